"""What a person has said of articles: unread, reading, finished, starred, archived.

Owns what is known of it in this run and the way into the store, one article or many at once, each change to be undone.
An article that was read to its end is finished by itself, once while it is open; opened again after it was set unread,
it is being read. Refuses to keep anything itself: the store does.

Invariant: `known` is replaced, never changed, so that a thread may go through it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final, NamedTuple

from reader.locale import ngettext
from reader.session.changes import Topic
from reader.session.reading import Reading
from reader.session.undo import Undo
from reader.store import Article as Known
from reader.store import ReadState, State

NOTHING: Final = State()


class Change(NamedTuple):
    """What is set; None: it stays as it is."""

    read: ReadState | None = None
    starred: bool | None = None
    archived: bool | None = None

    def of(self, state: State) -> State:
        """A state after it."""
        return replace(
            state,
            read=state.read if self.read is None else self.read,
            starred=state.starred if self.starred is None else self.starred,
            archived=state.archived if self.archived is None else self.archived,
        )


class States:
    """The states of articles, by path."""

    def __init__(self, reading: Reading, undo: Undo, key: Callable[[], Known | None]) -> None:
        """`key` is what the open article is to the store."""
        self.reading = reading
        self.undo = undo
        self.known: Mapping[str, State] = MappingProxyType({})
        self.ready = False
        """Whether the store has been asked."""
        self._key = key
        self._version = 0
        """Of what was set in this run."""
        self._decided = False
        """Whether the open article was finished in this visit, or the person has said what it is."""
        reading.changes.subscribe(self._changed)

    def _changed(self, topic: Topic) -> None:
        if topic == "article":
            self._decided = False
            self.begin()

    def begin(self) -> None:
        """The open article is being read, if it was set unread before."""
        known = self._key()
        if known is not None and known.path is not None:
            path = known.path
            self.reading.store.ask(lambda store: store.begin(path))

    # ---- asking ------------------------------------------------------------------------------------------------------

    def of(self, path: str) -> State:
        """The state of an article."""
        return self.known.get(path, NOTHING)

    def have(self, known: Mapping[str, State]) -> None:
        """What the store has said."""
        self.known, self.ready = MappingProxyType(dict(known)), True
        self.reading.announce("articles")

    def fetch(self, then: Callable[[], object] = lambda: None) -> None:
        """Asks the store; `then` is called when it has answered."""
        version = self._version

        def have(known: Mapping[str, State]) -> None:
            if version != self._version:
                self.fetch(then)  # something was set meanwhile, which the answer does not know
            else:
                self.have(known)
                then()

        self.reading.store.ask(lambda store: store.states(), have)

    def moved(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Files have been moved: what is remembered goes along."""
        known = dict(self.known)
        for old, new in pairs:
            self.reading.store.ask(lambda store, old=old, new=new: store.move(old, new))  # type: ignore[misc]
            if old in known and new not in known:
                known[new] = known.pop(old)
        self.known = MappingProxyType(known)

    # ---- setting -----------------------------------------------------------------------------------------------------

    def set(self, several: Sequence[Known], change: Change, said: str) -> None:
        """Sets a state of all these articles; `said` is what is said of it."""
        paths = [one.path for one in several if one.path is not None]
        before = {path: self.of(path) for path in paths}
        self._write(several, dict.fromkeys(paths, change))
        changes = {
            path: Change(
                state.read if change.read is not None else None,
                state.starred if change.starred is not None else None,
                state.archived if change.archived is not None else None,
            )
            for path, state in before.items()
        }
        what = ngettext("The state", "The state of the articles", len(paths))
        self.undo.offer(what, lambda: self._write(several, changes), said)

    def set_open(self, change: Change, said: str) -> None:
        """Sets a state of the open article."""
        known = self._key()
        if known is not None:
            self._decided = self._decided or change.read is not None
            self.set([known], change, said)

    def finish(self) -> None:
        """The open article has been read to its end."""
        known = self._key()
        if known is None or self._decided:
            return
        self._decided = True
        self._write([known], {known.path or "": Change("finished")})

    def _write(self, several: Sequence[Known], changes: Mapping[str, Change]) -> None:
        self._version += 1
        known = dict(self.known)
        groups: dict[Change, list[Known]] = {}
        for one in several:
            if one.path is not None:
                change = changes[one.path]
                known[one.path] = change.of(known.get(one.path, NOTHING))
                groups.setdefault(change, []).append(one)
        self.known = MappingProxyType(known)
        for change, some in groups.items():
            self.reading.store.ask(
                lambda store, some=some, change=change: store.set_state(some, **change._asdict()),  # type: ignore[misc]
                self._said,
            )
        self.reading.announce("articles")

    def _said(self, kept: bool) -> None:
        """What is not in the file is said to be not."""
        if not kept and self.reading.store.problem:
            self.reading.say(self.reading.store.problem, warning=True)
