"""Searching: the line, the matches as they come, walking them, and the panel of results.

A scan runs in a worker over the text as it is loaded; when more is loaded the scan goes on where it stopped. Results
of a query that is no longer the one asked for are dropped.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from reader.document import Range
from reader.sanitize import clean_line
from reader.session import Mark, Session
from reader.ui.parts.part import Part

if TYPE_CHECKING:
    from reader.search import Matches, Query
    from reader.ui.app import ReaderApp
    from reader.ui.searchbar import SearchBar


_OFTEN = 0.1
"""Seconds between two looks of the screen at a search that goes on."""


class MatchMarks(Sequence[Mark]):
    """Matches as marks, made when they are drawn: there may be a million."""

    def __init__(self, matches: Matches) -> None:
        self._matches = matches

    def __len__(self) -> int:
        return len(self._matches)

    def __getitem__(self, index):  # type: ignore[no-untyped-def]
        found = self._matches[index]
        return Mark(found.start, found.end, "match")


class Find(Part):
    """The search of the open article."""

    def __init__(self, app: ReaderApp) -> None:
        super().__init__(app)
        self.history: list[str] = []
        """Queries, the latest first."""
        self.bar: SearchBar | None = None
        self.asked: Query | None = None
        self.matches: Matches | None = None
        self.current: int | None = None
        self.done = False
        self._origin = (0, 0)
        """The article's `spot` when the search began."""
        self._skimmed = False
        """Whether it began in the skim."""
        self._wanted: int | None = None

    # ---- actions -----------------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Opens the search line."""
        from reader.ui.searchbar import SearchBar

        if self.bar is not None:
            self.bar.action_leave()
            return
        self._origin, self._skimmed = self.app.article.spot, self.app.session.skimming
        query = self.asked or self._wished()
        self.bar = SearchBar(self.app.looks, self.history, query, pinyin=self._pinyin())
        self.app.mount(self.bar, before=self.app.status)
        self.app.article.catch(self.bar.early)  # what is typed before the field is there, until it takes the keys
        if self.asked is not None:
            self._tell()

    def next(self) -> None:
        """The next match."""
        self._step(1)

    def previous(self) -> None:
        """The match before."""
        self._step(-1)

    def word(self) -> None:
        """Searches the selection, or the word last clicked or found."""
        from reader.search import word_at

        session = self.app.session
        selection = session.selection
        if selection is None:
            at = session.cursor if session.cursor is not None else self.app.article.eye
            selection = word_at(session.document.text, at)
        pattern = session.document.slice(selection).split("\n", 1)[0].strip()
        if not pattern:
            self.app.say("Select a word, or click one, and * searches it")
            return
        self._origin = self.app.article.spot
        self._remember(pattern)
        self._wanted = selection.start
        self.ask(replace(self._wished(), pattern=pattern, regex=False))

    def results(self) -> None:
        """Lists the matches in the sidebar."""
        if not self.matches:
            self.app.say("Nothing is searched yet: / searches")
            return
        self.app.panes.results()

    # ---- the query ---------------------------------------------------------------------------------------------------

    def _wished(self) -> Query:
        """An empty query with the options of the settings."""
        from reader.search import Query

        wished = self.app.settings.search
        return Query("", wished.case, wished.whole_word, wished.regex, wished.accents, wished.variants, self._pinyin())

    def _pinyin(self) -> bool:
        if not self.app.settings.search.pinyin:
            return False
        from reader.search import pinyin_available as available

        return available()

    def ask(self, query: Query) -> None:
        """Searches for a query from the place the search began at."""
        self.asked = query
        self.matches, self.current, self.done = None, None, not query.pattern
        if self._wanted is None:
            self._wanted = self._origin[0]
        if query.pattern:
            self._scan()
        else:
            self.clear()

    def clear(self) -> None:
        """Nothing is searched any more."""
        session = self.app.session
        self.app.workers.cancel_group(self.app, "search")
        self.asked, self.matches, self.current, self._wanted = None, None, None, None
        session.set_marks("matches", ())
        session.set_marks("current", ())
        self._lit()

    def forget(self) -> None:
        if self.bar is not None:
            self._close()
        self.clear()
        self._origin = (0, 0)

    def again(self, query: Query) -> None:
        """Searches the article that was read again; nothing moves."""
        self.asked, self.done = query, False
        self._scan()

    def grown(self) -> None:
        """More of the article is loaded: the search goes on."""
        if self.asked is not None and self.asked.pattern and self.done:
            self._scan()

    def changed(self, query: Query) -> None:
        """The search line asks for something else."""
        self._wanted = self._origin[0]
        self.ask(query)

    def keep(self) -> None:
        """Enter on the search line: the matches stay, the keys go to the page."""
        if self.asked is not None and self.asked.pattern:
            self._remember(self.asked.pattern)
            if self.current is not None:
                self.app.session.leave(*self._origin)
        self._origin = self.app.article.spot
        self._close()

    def leave(self) -> None:
        """Esc on the search line: back to where the reader was."""
        self.clear()
        self._close()
        if self._skimmed and not self.app.session.skimming:
            self.app.session.skim(True)
        self.app.article.back_to(*self._origin)

    def _close(self) -> None:
        bar, self.bar = self.bar, None
        if bar is not None:
            bar.remove()
        self.app.article.focus()

    def _remember(self, pattern: str) -> None:
        self.history = [pattern, *(old for old in self.history if old != pattern)][:100]
        self.app.places.remember_search(pattern)

    # ---- the scan ----------------------------------------------------------------------------------------------------

    def _scan(self) -> None:
        assert self.asked is not None
        self.done = False
        work = partial(self._work, self.app.session, self.asked, self.matches)
        self.app.run_worker(work, thread=True, exclusive=True, group="search", exit_on_error=False)

    def _work(self, session: Session, query: Query, after: Matches | None) -> None:
        from reader.search import SearchError, scan

        found, told = after, 0.0
        try:
            for found in scan(session.document.text, query, after=after):
                if query is not self.asked or session is not self.app.session:
                    return
                if found and time.monotonic() - told > _OFTEN:
                    self.app.call_from_thread(self._found, session, query, found, False)
                    told = time.monotonic()
        except SearchError as problem:
            self.app.call_from_thread(self._failed, query, str(problem))
            return
        self.app.call_from_thread(self._found, session, query, found, True)

    def _found(self, session: Session, query: Query, matches: Matches | None, done: bool) -> None:
        if query is not self.asked or session is not self.app.session:
            return
        self.done = done
        if matches is not None:
            self.matches = matches
            session.set_marks("matches", MatchMarks(matches))
        found = self.matches
        if self.bar is None and self.app.article.eye != self._origin[0]:
            self._wanted = None  # the reader has gone elsewhere meanwhile
        if found and self._wanted is not None:
            there = found.following(self._wanted)
            if there is None and done and session.document.complete:
                there = 0
            if there is not None:
                self._wanted = None
                self._go(there)
        if done:
            if found is not None and found.searched < len(session.document.text):
                self._scan()
                return
            if not found and self.bar is not None:
                self.app.article.back_to(*self._origin)
            elif not found and session.document.complete and self._wanted is not None:
                self._wanted = None
                self.app.say(f"Nothing found for {clean_line(query.pattern)}")
        self._lit()

    def _failed(self, query: Query, problem: str) -> None:
        if query is self.asked:
            self.done = True
            self.app.session.set_marks("matches", ())
            self.app.session.set_marks("current", ())
            self._lit()
            if self.bar is not None:
                self.bar.tell("", problem)
            else:
                self.app.say(problem, warning=True)

    # ---- walking -----------------------------------------------------------------------------------------------------

    def _step(self, step: int) -> None:
        found, article = self.matches, self.app.article
        if not found:
            waiting = self.asked is not None and not self.done
            self.app.say("Still searching" if waiting else "Nothing is searched yet: / searches")
            return
        shown = article.shown
        if self.current is not None and found[self.current].overlaps(shown):
            there: int | None = self.current + step
        else:
            there = found.following(shown.start) if step > 0 else found.preceding(shown.end)
        around = ""
        if there is None or not 0 <= there < len(found):
            there = 0 if step > 0 else len(found) - 1
            around = "From the end on to the first match" if step > 0 else "From the beginning back to the last match"
            if not self.app.session.document.complete:
                around += " so far"
        self._go(there)
        if around:
            self.app.say(around)
        self._lit()

    def _go(self, index: int) -> None:
        found = self.matches
        assert found is not None
        self.current = index
        match = found[index]
        if self.app.session.hides(match):
            self.app.session.skim(False)
        self.app.session.set_marks("current", (Mark(match.start, match.end, "current"),))
        self.app.session.cursor = match.start
        self.app.article.reveal(match)

    def show(self, index: int) -> None:
        """The match of the results panel under the cursor."""
        self._go(index)
        self._lit()

    def _lit(self) -> None:
        self.app.article.set_ticks()
        self.app.place()
        self.app.panes.counted()
        self.app.article.refresh()
        if self.bar is not None:
            self._tell()

    def _tell(self) -> None:
        assert self.bar is not None
        asked = self.asked is not None and self.asked.pattern
        self.bar.tell((self.count or "no match") if asked and (self.matches or self.done) else "")

    @property
    def count(self) -> str:
        """ "3/620", with a + while it may grow; empty where nothing is found and nothing can be."""
        growing = "" if self.done and self.app.session.document.complete else "+"
        if not self.matches:
            return "0+" if growing and self.asked is not None and self.asked.pattern else ""
        return f"{0 if self.current is None else self.current + 1}/{len(self.matches)}{growing}"

    def tally(self, where: Range) -> int:
        """Matches in a range."""
        return self.matches.tally(where) if self.matches else 0
