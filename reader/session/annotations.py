"""The person's own highlights and notes on the open article.

Owns which there are, where they stand in the text as it is now, and their marks. Each is anchored by the store's rules:
exact, moved, lost, or pending while the article still loads. Refuses to draw and to ask for words.

Invariant: what is shown as kept is in the store's file; what is not is said to be not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from reader.document import Range
from reader.locale import _, pgettext
from reader.sanitize import clean
from reader.session.article import Article
from reader.session.changes import Topic
from reader.session.reading import Reading
from reader.session.standing import Placed, Standing
from reader.session.undo import Undo
from reader.store import Annotation
from reader.store import Article as Known

if TYPE_CHECKING:
    from reader.store import Anchored, Selector, Store

_SAME = 0.8
"""Share of both together that a passage and a highlight have in common, from which on the one is the other."""
_COMPARED_AFTER_S = 0.3
"""After a passage was marked, until it is compared with other places: the page is drawn before. Where the program ends
first, the next look at the article does it."""
_ROLE = "highlight-1"
"""Of a colour that is not among those of the settings; each of them has the role of its place."""


class Annotations:
    """The highlights and notes of the open article, as far as the store has told of them."""

    def __init__(self, reading: Reading, undo: Undo, known: Callable[[], Known | None]) -> None:
        """`known` says what the open article is to the store; None for what came by standard input."""
        self.reading = reading
        self.undo = undo
        self._known = known
        self.all: dict[str, Annotation] = {}
        """By id."""
        self.standing = Standing()
        """Those that stand in the text."""
        self.lost: list[Annotation] = []
        """Those whose passage is not in the text any more."""
        self.whole: list[Annotation] = []
        """Those on the article as a whole."""
        self.drafts: dict[str, Annotation] = {}
        """Notes whose words were left unfinished, by id."""
        reading.changes.subscribe(self._changed)

    def _changed(self, topic: Topic) -> None:
        if topic == "article":
            self.all, self.standing, self.lost, self.whole, self.drafts = {}, Standing(), [], [], {}
        elif topic == "grown" and self.all and self.reading.article.document.complete:
            self._anchor()

    @property
    def placed(self) -> Sequence[Placed]:
        """Those that stand in the text, by start."""
        return self.standing.all

    # ---- where they stand --------------------------------------------------------------------------------------------

    def have(self, several: Sequence[Annotation]) -> None:
        """Takes what the store holds."""
        self.all = {**{one.id: one for one in several}, **self.all}
        if self.all:
            self._anchor()
        known = self._known()
        if known is not None:
            self.reading.store.ask(lambda store: store.drafts(known), partial(self._have_drafts, self.reading.article))

    def again(self) -> None:
        """Takes anew what the store holds: another has written into it."""
        known, article = self._known(), self.reading.article

        def fetched(several: tuple[Annotation, ...]) -> None:
            if article is self.reading.article:
                self.all = {one.id: one for one in several}
                self._anchor()

        if known is not None:
            self.reading.store.ask(lambda store: store.annotations(known), fetched)

    def _anchor(self) -> None:
        """Finds where they stand; where the file has changed, by the text as it was when they were placed."""
        article, known = self.reading.article, self._known()
        asked = tuple(one for one in self.all.values() if one.selector is not None)
        changed = any(one.selector.digest != article.digest for one in asked if one.selector is not None)
        if known is None or not changed or not article.document.complete:
            self._place(article, asked, {})
            return
        self.reading.store.ask(lambda store: store.versions(known), partial(self._place, article, asked))

    def _place(self, article: Article, asked: tuple[Annotation, ...], before: Mapping[str, str]) -> None:
        """In a thread: an article that was rewritten is searched through for each."""
        if article is self.reading.article:
            self.reading.background.run(partial(self._work, article, asked, before), group="anchor", exclusive=True)

    def _work(self, article: Article, asked: tuple[Annotation, ...], before: Mapping[str, str]) -> None:
        """Runs in a thread."""
        from reader.store import anchored, refreshed

        document = article.document
        selectors = [one.selector for one in asked if one.selector is not None]
        there = (document.text, document.sections, article.digest)
        found = anchored(selectors, *there, before=before, complete=document.complete)
        fresh = refreshed(selectors, found, *there) if document.complete else ()
        changes = {one.id: new for one, new in zip(asked, fresh, strict=False) if new is not None}
        self.reading.background.tell(self._anchored, article, dict(zip((one.id for one in asked), found, strict=True)))
        if changes:
            self.reading.store.ask(lambda store: store.save_selectors(changes))

    def _anchored(self, article: Article, found: dict[str, Anchored]) -> None:
        if article is not self.reading.article:
            return
        placed: list[Placed] = []
        self.lost, self.whole = [], []
        for one in self.all.values():
            place = found.get(one.id)
            if one.selector is None:
                self.whole.append(one)
            elif place is None:
                continue  # it was made meanwhile, and the next look finds it
            elif place.range is not None:
                placed.append(Placed(place.range.start, place.range.end, one))
            elif place.status == "lost":
                self.lost.append(one)
        self.standing = Standing(placed)
        self._keep_version(article)
        self._show(Range(0, len(article.document.text)))

    def _keep_version(self, article: Article) -> None:
        """Has the text kept in which they stand, as soon as there are any and it is whole."""
        known = self._known()
        if known is not None and self.all and article.document.complete:
            text = article.document.text
            self.reading.store.ask(lambda store: store.keep_version(known, text))

    def _show(self, *changed: Range) -> None:
        """Draws them anew in the ranges that have `changed`, and only there: there may be thousands."""
        roles = {colour: f"highlight-{n}" for n, colour in enumerate(self.reading.settings.highlight.colours, 1)}
        for where in changed:
            marks = self.standing.marks(where, lambda one: roles.get(one.colour, _ROLE))
            self.reading.article.marks.patch("highlights", where, marks)
        self.reading.announce("places")
        self.reading.announce("marks")

    def at(self, where: Range) -> Placed | None:
        """The innermost annotation that a passage stands in, or that stands in the passage."""
        return min(self.standing.over(where), key=lambda placed: placed.end - placed.start, default=None)

    def on(self, where: Range) -> Placed | None:
        """The annotation on just this passage, else as `at`."""
        there = (placed for placed in self.standing.over(where) if placed.range == where)
        return next(there, None) or self.at(where)

    def with_id(self, id: str) -> Placed | None:
        """The one with this id, if it stands in the text."""
        return self.standing.with_id(id)

    # ---- making and changing -----------------------------------------------------------------------------------------

    def like(self, where: Range) -> Placed | None:
        """The highlight that a passage is, give or take a few characters; not one within it or around it."""

        def shared(placed: Placed) -> float:
            both = min(placed.end, where.end) - max(placed.start, where.start)
            return both / max(1, max(placed.end, where.end) - min(placed.start, where.start))

        lit = [placed for placed in self.standing.over(where) if placed.one.colour]
        best = max(lit, key=shared, default=None)
        return best if best is not None and shared(best) >= _SAME else None

    def toggle_highlight(self, where: Range) -> Placed | None:
        """Highlights a passage, or takes the highlight that it is away; the new one, None where there is none now."""
        there = self.like(where)
        if there is None:
            self.add(where, colour=self.reading.settings.highlight.colours[0])
            return self.like(where)
        if there.one.words:
            self._change(there.one, colour="")
            what = pgettext("removed", "Highlight")
            self.undo.offer(what, lambda: self._change(there.one, colour=there.one.colour))
        else:
            self.remove(there.one.id)
        return None

    def add(self, where: Range | None, *, words: str = "", colour: str = "") -> None:
        """Keeps a highlight, a note, or both on a passage, or on the article where it is None."""
        from reader.store import annotation, selector_at

        known, article = self._known(), self.reading.article
        if known is None:
            self.reading.say(_("This article has no file or address to keep notes for"), warning=True)
            return
        document = article.document
        selector = None
        if where is not None:
            there = (document.text, document.sections, article.digest)
            selector = selector_at(where.start, where.end, *there, compared=False)
        one = annotation(selector, colour=colour, words=clean(words))
        self._keep(one, where, lambda store: store.save_annotation(known, one))
        if selector is not None:
            compare = partial(self.reading.background.run, partial(self._compare, article, one), group="compare")
            self.reading.background.later(_COMPARED_AFTER_S, compare)
        self.undo.note(partial(self._unmake, known, article, one))
        if one.words:
            self.undo.say(_("Note added"))
        else:
            self.reading.say(_("Highlighted"))

    def _compare(self, article: Article, one: Annotation) -> None:
        """Finds out how much a new passage is like other places. Runs in a thread."""
        from reader.store import selector_at

        document, before = article.document, one.selector
        if before is not None and document.text.startswith(before.exact, before.start):
            there = (document.text, document.sections, article.digest)
            selector = selector_at(before.start, before.end, *there)
            self.reading.background.tell(self._compared, one.id, before, selector)

    def _compared(self, id: str, before: Selector, selector: Selector) -> None:
        one = self.all.get(id)
        if one is not None and one.selector == before:
            self.all[id] = replace(one, selector=selector)
            self.standing.change(self.all[id])
            self.reading.store.ask(lambda store: store.save_selectors({id: selector}))

    def _unmake(self, known: Known, article: Article, one: Annotation) -> None:
        """One that was added is not there; the words of a note are a draft."""
        from reader.store import annotation

        self._take_out(one.id)
        self.reading.store.ask(lambda store: store.remove_annotation(one.id), self._said)
        if one.words:
            self._save_draft(known, article, annotation(one.selector, words=one.words))
        else:
            self.reading.say(_("{what} removed").format(what=pgettext("removed", "Highlight")))

    def edit(self, id: str, words: str) -> None:
        """Other words for a note, the first ones for a highlight. A note of nothing is none, but for its highlight."""
        one, words = self.all.get(id), clean(words).strip()
        if one is None or words == one.words:
            return
        if not (words or one.colour):
            self.remove(id)
            return
        self._change(one, words=words)
        what = pgettext("removed", "The note as it was")
        said = _("{what} removed").format(what=pgettext("removed", "Note"))
        if words:
            said = _("Note changed") if one.words else _("Note added")
        self.undo.offer(what, lambda: self._change(one, words=one.words), said)

    def recolour(self, id: str, colour: str) -> None:
        """Another colour for a highlight."""
        one = self.all.get(id)
        if one is not None and colour != one.colour:
            self._change(one, colour=colour)
            said = _("Highlighted in {colour}").format(colour=colour_name(colour))
            what = pgettext("removed", "The colour")
            self.undo.offer(what, lambda: self._change(one, colour=one.colour), said)

    def remove(self, id: str) -> None:
        """Takes one away, so that it can come back."""
        one = self.all.get(id)
        if one is None:
            return
        there = self._take_out(id)
        self.reading.store.ask(lambda store: store.remove_annotation(id), self._said)
        article = self.reading.article
        what = pgettext("removed", "Note") if one.words else pgettext("removed", "Highlight")
        self.undo.offer(what, lambda: self._restore(article, one, there))

    def _take_out(self, id: str) -> Placed | None:
        self.all.pop(id, None)
        there = self._without(id)
        self._show(*_ranges(there))
        return there

    def _restore(self, article: Article, one: Annotation, there: Placed | None) -> None:
        self.reading.store.ask(lambda store: store.restore_annotation(one.id), self._said)
        if article.target == self.reading.article.target:
            self.all[one.id] = one
            if there is not None and article is self.reading.article:
                self.standing.add(there)
                self._show(there.range)
            else:
                self._anchor()

    def place_again(self, one: Annotation, where: Range) -> None:
        """Puts a lost one at a passage chosen by hand."""
        from reader.store import selector_at

        article = self.reading.article
        document = article.document
        selector = selector_at(where.start, where.end, document.text, document.sections, article.digest)
        new = replace(one, selector=selector)
        self.lost = [other for other in self.lost if other.id != one.id]
        self._keep(new, where, lambda store: store.place_again(one.id, selector))
        self.undo.note(partial(self._lose, one), _("The note is lost again"))
        self.undo.say(_("The lost note stands here now"))

    def _lose(self, one: Annotation) -> None:
        """One that was placed by hand is lost as before, with the words it has now."""
        selector = one.selector
        if one.id in self.all:
            self.lost.append(replace(self.all[one.id], selector=selector))
            self.all[one.id] = self.lost[-1]
            self._show(*_ranges(self.standing.take(one.id)))
        if selector is not None:
            self.reading.store.ask(lambda store: store.place_again(one.id, selector), self._said)

    def _change(self, one: Annotation, *, words: str | None = None, colour: str | None = None) -> None:
        new = replace(one, words=one.words if words is None else words, colour=one.colour if colour is None else colour)
        if one.id in self.all:  # what is undone may be of another article
            self.all[one.id] = new
        there = self.standing.change(new)
        self.lost = [new if other.id == one.id else other for other in self.lost]
        self.whole = [new if other.id == one.id else other for other in self.whole]
        self._show(*_ranges(there))
        self.reading.store.ask(lambda store: store.change_annotation(one.id, words=words, colour=colour), self._said)

    def _keep(self, one: Annotation, where: Range | None, write: Callable[[Store], bool]) -> None:
        self.all[one.id] = one
        there = self._without(one.id)
        if where is None:
            self.whole.append(one)
        else:
            self.standing.add(Placed(where.start, where.end, one))
        self._show(*_ranges(there), *(() if where is None else (where,)))
        self.reading.store.ask(write, self._said)
        self._keep_version(self.reading.article)

    def _without(self, id: str) -> Placed | None:
        self.lost = [other for other in self.lost if other.id != id]
        self.whole = [other for other in self.whole if other.id != id]
        return self.standing.take(id)

    def _said(self, kept: bool) -> None:
        """What is not in the file is said to be not, each time."""
        if not kept and self.reading.store.problem:
            self.reading.say(self.reading.store.problem, warning=True)

    # ---- drafts ------------------------------------------------------------------------------------------------------

    def keep_draft(self, where: Range | None, words: str) -> None:
        """Words that were left unfinished are offered when a note is written there again, after a crash too."""
        from reader.store import annotation, selector_at

        article, known = self.reading.article, self._known()
        document = article.document
        before = self._draft(where)
        if before is not None:
            one = replace(before, words=clean(words))
        else:
            there = None
            if where is not None:
                there = selector_at(where.start, where.end, document.text, document.sections, article.digest)
            one = annotation(there, words=clean(words))
        self._save_draft(known, article, one)

    def _save_draft(self, known: Known | None, article: Article, one: Annotation) -> None:
        if article is self.reading.article:
            self.drafts[one.id] = one
        if known is not None:
            self.reading.store.ask(lambda store: store.save_draft(known, one), self._said)
        key = self.reading.keys.get("note.whole" if one.selector is None else "note.write", "a")
        self.reading.say(_("Kept as a draft: {key} goes on with it").format(key=key))

    def draft(self, where: Range | None) -> str:
        """The words left unfinished at a passage."""
        found = self._draft(where)
        return found.words if found is not None else ""

    def drop_draft(self, where: Range | None) -> None:
        """The words left unfinished at a passage are done with."""
        found = self._draft(where)
        if found is not None:
            del self.drafts[found.id]
            self.reading.store.ask(lambda store: store.discard_draft(found.id), self._said)

    def _draft(self, where: Range | None) -> Annotation | None:
        exact = None if where is None else self.reading.article.document.slice(where)
        return next(
            (one for one in self.drafts.values() if (one.selector.exact if one.selector else None) == exact), None
        )

    def _have_drafts(self, article: Article, several: Sequence[Annotation]) -> None:
        if article is self.reading.article:
            self.drafts = {**{one.id: one for one in several}, **self.drafts}


def _ranges(placed: Placed | None) -> tuple[Range, ...]:
    return () if placed is None else (placed.range,)


def colour_name(colour: str) -> str:
    """The name of a colour of highlights in the language that is spoken; one that the person has named is called so in
    every language."""
    names = {
        "yellow": pgettext("colour", "yellow"),
        "green": pgettext("colour", "green"),
        "blue": pgettext("colour", "blue"),
        "pink": pgettext("colour", "pink"),
    }
    return names.get(colour, colour)
