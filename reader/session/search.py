"""The search of the open article: the query, the matches as they come, the current one, and the line it is typed on.

A scan runs in a thread over the text as it is loaded; when more is loaded it goes on where it stopped. Results of a
query that is no longer the one asked for are dropped.
"""

from __future__ import annotations

import sys
import time
from array import array
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from reader.document import Range
from reader.locale import _
from reader.sanitize import clean_line
from reader.session.article import Article
from reader.session.changes import Topic
from reader.session.marks import Mark, RangeMarks
from reader.session.reading import Reading

if TYPE_CHECKING:
    from reader.search import Matches, Query

_FIRST_REPORT_S = 0.05
"""From the beginning of a search to the first look of the screen at it. Most are over by then and are drawn once."""
_REPORT_INTERVAL_S = 0.1
"""Between two later looks."""
_MAX_HISTORY = 100


class Search:
    """What is searched, and what is found."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.history: list[str] = []
        """Queries, the latest first."""
        self.typing = False
        """Whether the search line is open."""
        self.asked: Query | None = None
        self.also: tuple[Query, ...] = ()
        """Other queries whose matches are lit and stepped to as well."""
        self.beyond: Callable[[int], bool] = lambda _: False
        """Asked to go on behind the last match (1), or before the first (-1): false where there is nowhere to go."""
        self.matches: Matches | None = None
        self.current: int | None = None
        """Index of the current match."""
        self.done = False
        """Whether all that is loaded has been searched."""
        self.problem = ""
        """What is wrong with the query."""
        self._origin = (0, 0)
        """The page's `spot` when the search began."""
        self._skimmed = False
        """Whether it began in the skim."""
        self._wanted: int | None = None
        """The offset from which on the first match is to be shown; None: nothing is to be shown."""
        self._last = False
        """Whether it is the last match that is to be shown."""
        self._steps = 0
        """Steps asked for before there were matches to go through."""
        reading.changes.subscribe(self._changed)

    def _changed(self, topic: Topic) -> None:
        if topic == "article":
            self._forget()
        elif topic == "grown" and self.asked is not None and self.asked.pattern and self.done:
            self._scan()

    # ---- the search line ---------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Opens the search line; where it is open, leaves it."""
        if self.typing:
            self.leave()
            return
        self._origin, self._skimmed = self.reading.viewport.spot, self.reading.article.skimming
        self.typing = True
        self.reading.announce("search line")

    def change(self, query: Query) -> None:
        """The search line asks for something else."""
        self._wanted = self._origin[0]
        self.ask(query)

    def keep(self) -> None:
        """Closes the search line; the matches stay."""
        if self.asked is not None and self.asked.pattern:
            self._remember(self.asked.pattern)
            if self.current is not None:
                self.reading.history.leave(self.reading.article.stop(*self._origin))
        self._origin = self.reading.viewport.spot
        self._close()

    def leave(self) -> None:
        """Closes the search line and goes back to where the search began."""
        self.clear()
        self._close()
        article = self.reading.article
        if self._skimmed and not article.skimming:
            article.skim(True)
        self.reading.viewport.back_to(*self._origin)

    def finish(self) -> None:
        """The end of the session: the process that waits for the next expression is not left behind."""
        if "reader.search" in sys.modules:
            from reader.search import close

            close()

    def _close(self) -> None:
        self.typing = False
        self.reading.announce("search line")
        self.reading.focus("page")

    def _remember(self, pattern: str) -> None:
        self.history = [pattern, *(old for old in self.history if old != pattern)][:_MAX_HISTORY]
        self.reading.store.ask(lambda store: store.add_search(pattern))

    def add_history(self, patterns: tuple[str, ...]) -> None:
        """Queries of runs before, the latest first."""
        self.history = [*self.history, *(old for old in patterns if old not in self.history)]

    # ---- the query ---------------------------------------------------------------------------------------------------

    def default_query(self) -> Query:
        """An empty query with the options of the settings."""
        from reader.search import Query

        options = self.reading.settings.search
        return Query(
            "",
            options.case,
            options.whole_word,
            options.regex,
            options.accents,
            options.variants,
            self.pinyin_available(),
        )

    def pinyin_available(self) -> bool:
        """Whether pinyin can be searched and the settings ask for it."""
        if not self.reading.settings.search.pinyin:
            return False
        from reader.search import pinyin_available

        return pinyin_available()

    def word(self) -> None:
        """Searches the selection, or the word last clicked or found."""
        from reader.search import word_at

        article, viewport = self.reading.article, self.reading.viewport
        selection = article.selection
        if selection is None:
            at = article.cursor if article.cursor is not None else viewport.top_offset
            selection = word_at(article.document.text, at)
        pattern = article.document.slice(selection).split("\n", 1)[0].strip()
        if not pattern:
            self.reading.say(_("No word here: select or click one, then * searches it"))
            return
        self._origin = viewport.spot
        self._remember(pattern)
        self._wanted = selection.start
        self.ask(replace(self.default_query(), pattern=pattern, regex=False))

    def light(self, queries: Sequence[Query], *, last: bool = False) -> None:
        """Searches an article just opened for all of these queries, from its first match on, or from its last."""
        self._origin, self._wanted, self._last = (0, 0), 0, last
        self.ask(queries[0], queries[1:])

    def ask(self, query: Query, also: Sequence[Query] = ()) -> None:
        """Searches for a query from the place the search began at, and for others with it."""
        self.asked, self.also, self.problem = query, tuple(also), ""
        self.matches, self.current, self.done = None, None, not query.pattern
        self._steps = 0
        if self._wanted is None:
            self._wanted = self._origin[0]
        if query.pattern:
            self._scan()
        else:
            self.clear()

    def again(self, query: Query) -> None:
        """Searches the article that was read again; nothing moves."""
        self.asked, self.done = query, False
        self._scan()

    def clear(self) -> None:
        """Nothing is searched any more."""
        self.asked, self.matches, self.current, self._wanted = None, None, None, None
        self.also, self._last, self._steps = (), False, 0
        self._unmark()
        self.reading.announce("matches")

    def _forget(self) -> None:
        if self.typing:
            self._close()
        self.clear()
        self._origin = (0, 0)

    def _unmark(self) -> None:
        self.reading.article.marks.set("matches")
        self.reading.article.marks.set("current")

    # ---- the scan ----------------------------------------------------------------------------------------------------

    def _scan(self) -> None:
        assert self.asked is not None
        self.done = False
        work = partial(self._work, self.reading.article, self.asked, self.matches)
        self.reading.background.run(work, group="search", exclusive=True)

    def _work(self, article: Article, query: Query, after: Matches | None) -> None:
        """Runs in a thread."""
        from reader.search import SearchError, scan

        tell, text, also = self.reading.background.tell, article.document.text, self.also
        found, told = after, time.monotonic() - _REPORT_INTERVAL_S + _FIRST_REPORT_S
        try:
            for found in scan(text, query, after=None if also else after):
                if query is not self.asked or article is not self.reading.article:
                    return
                if found and not also and time.monotonic() - told > _REPORT_INTERVAL_S:
                    tell(self._found, article, query, found, False)
                    told = time.monotonic()
            for other in also:
                more: Matches | None = None
                for part in scan(text, other):
                    if query is not self.asked or article is not self.reading.article:
                        return
                    more = part
                found = _together(found, more)
        except SearchError as problem:
            tell(self._failed, query, str(problem))
            return
        tell(self._found, article, query, found, True)

    def _found(self, article: Article, query: Query, matches: Matches | None, done: bool) -> None:
        if query is not self.asked or article is not self.reading.article:
            return
        viewport = self.reading.viewport
        self.done = done
        if matches is not None:
            self.matches = matches
            article.marks.set("matches", RangeMarks(len(matches), matches.__getitem__, "match"))
        found = self.matches
        if not self.typing and viewport.top_offset != self._origin[0]:
            self._wanted = None  # the person has moved the page meanwhile
        if found and self._wanted is not None:
            whole = done and article.document.complete
            there = found.following(self._wanted)
            if self._last:
                there = len(found) - 1 if whole else None
            elif there is None and whole:
                there = 0
            if there is not None:
                self._wanted, self._last = None, False
                self._go(there)
        if done:
            if found is not None and found.searched < len(article.document.text):
                self._scan()
                return
            if not found and self.typing:
                viewport.back_to(*self._origin)
            elif not found and article.document.complete and self._wanted is not None:
                self._wanted = None
                self.reading.say(_("Pattern not found: {pattern}").format(pattern=clean_line(query.pattern)))
            self._step_on()
        self.reading.announce("matches")

    def _failed(self, query: Query, problem: str) -> None:
        if query is self.asked:
            self.done = True
            self.problem = problem
            self._unmark()
            self.reading.announce("matches")
            if not self.typing:
                self.reading.say(problem, warning=True)

    # ---- the current match -------------------------------------------------------------------------------------------

    def step(self, step: int) -> None:
        """The next match (1) or the one before (-1), from the current one if it is on the page, else from the page."""
        found = self.matches
        if not found:
            if self.done and self.asked is not None and self.beyond(step):
                return
            waiting = self.asked is not None and not self.done
            self._steps += step if waiting else 0
            self.reading.say(_("Searching …") if waiting else _("No search pattern: / searches"))
            return
        shown = self.reading.viewport.shown
        if self.current is not None and found[self.current].overlaps(shown):
            there: int | None = self.current + step
        else:
            there = found.following(shown.start) if step > 0 else found.preceding(shown.end)
        wrapped = ""
        if there is None or not 0 <= there < len(found):
            if self.done and self.reading.article.document.complete and self.beyond(step):
                return
            there = 0 if step > 0 else len(found) - 1
            wrapped = _("Search continues at the top") if step > 0 else _("Search continues at the bottom")
            if not self.reading.article.document.complete and step > 0:
                wrapped = _("Search continues at the top of what is loaded")
            elif not self.reading.article.document.complete:
                wrapped = _("Search continues at the bottom of what is loaded")
        self._go(there)
        if wrapped:
            self.reading.say(wrapped)
        self.reading.announce("matches")

    def _step_on(self) -> None:
        """Takes the steps that were asked for while the matches were looked for."""
        steps, self._steps = self._steps, 0
        if steps and self.matches:
            self.reading.say("")  # that it searches
            for _step in range(abs(steps)):
                self.step(1 if steps > 0 else -1)

    def show(self, index: int) -> None:
        """Makes a match the current one and brings it into view."""
        self._go(index)
        self.reading.announce("matches")

    def _go(self, index: int) -> None:
        found, article = self.matches, self.reading.article
        assert found is not None
        self.current = index
        match = found[index]
        if article.hides(match):
            article.skim(False)
        article.marks.set("current", (Mark(match.start, match.end, "current"),))
        article.light("match", match)
        self.reading.viewport.reveal(match)

    @property
    def count(self) -> str:
        """ "3/620", with a + while it may grow; empty where nothing is found and nothing can be."""
        growing = "" if self.done and self.reading.article.document.complete else "+"
        if not self.matches:
            return "0+" if growing and self.asked is not None and self.asked.pattern else ""
        return f"{0 if self.current is None else self.current + 1}/{len(self.matches)}{growing}"

    def tally(self, where: Range) -> int:
        """Matches in a range."""
        return self.matches.tally(where) if self.matches else 0


def _together(found: Matches | None, more: Matches | None) -> Matches | None:
    """The matches of two queries as one: of those that overlap the earlier, or of two with one start the longer."""
    from reader.search import Matches

    if found is None or more is None:
        return found or more
    spans = array("I")
    for one in sorted([*found, *more], key=lambda match: (match.start, -match.end)):
        if not spans or one.start >= spans[-1]:
            spans.extend((one.start, one.end))
    return Matches(spans, len(spans) // 2, more.searched, more.searched)
