"""A session with no app: the page is a list of offsets, threads run at once, timers when a test says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from reader.document import Document, Range
from reader.loading import Findings, Opened, load
from reader.session import Article, Session, Topic
from reader.settings import Settings
from reader.source import Source


class FixedViewport:
    """A page of so many characters; `top_offset` is its first one."""

    def __init__(self, session: Session, characters: int = 200) -> None:
        self.session = session
        self.characters = characters
        self.rows = self.rows_at_rest = 20
        self.top_offset = 0
        self.ended = 0
        """How often the end was asked for."""

    @property
    def shown(self) -> Range:
        return Range(self.top_offset, self.top_offset + self.characters)

    @property
    def spot(self) -> tuple[int, int]:
        return self.top_offset, 0

    def go(self, offset: int, *, above: int = 0) -> None:
        self.top_offset = offset

    def reveal(self, where: Range) -> None:
        if not self.shown.start <= where.start < self.shown.end:
            self.top_offset = where.start

    def back_to(self, offset: int, above: int = 0) -> None:
        self.top_offset = offset

    def keep(self) -> None:
        pass

    def restore(self, offset: int) -> None:
        self.top_offset = offset

    def to_end(self) -> None:
        self.ended += 1
        self.top_offset = max(0, len(self.session.article.document.text) - self.characters)


class Pending:
    """A timer that a test fires."""

    def __init__(self, function: Callable[[], object]) -> None:
        self.function = function
        self.stopped = False

    def stop(self) -> None:
        self.stopped = True

    def fire(self) -> None:
        if not self.stopped:
            self.function()


class AtOnce:
    """A background with no threads: work is done when it is asked for."""

    running = True

    def __init__(self) -> None:
        self.timers: list[Pending] = []

    def run(self, work: Callable[[], object], *, group: str, exclusive: bool = False) -> None:
        if group != "watch":  # which goes on for good
            work()

    def run_now(self, work: Callable[[], object]) -> None:
        work()

    def tell(self, function: Callable[..., object], *arguments: object) -> None:
        function(*arguments)

    def later(self, seconds: float, function: Callable[[], object]) -> Pending:
        timer = Pending(function)
        self.timers.append(timer)
        return timer


class Heard(list[Topic]):
    """The topics a session announces from now on."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        session.changes.subscribe(self.append)


def source(text: str, path: Path | None = None) -> Source:
    """As `read` gives it."""
    name = "article.md" if path is None else str(path)
    return Source(text, name, None if path is None else str(path), None, "utf-8", f"digest of {len(text)}")


def documents(text: str) -> list[Document]:
    """The growing document, as it is parsed."""
    return list(load(source(text)))


def article(text: str, path: Path | None = None) -> Article:
    """An open article of these words, all of it loaded."""
    return Article(documents(text)[-1], source(text, path))


def session(
    text: str | Document,
    *,
    path: Path | None = None,
    settings: Settings | None = None,
    rest: Iterable[Document | Findings] = (),
    store: Path | None = None,
    folder: str | None = None,
    folders: Callable[[], tuple[str, ...]] = tuple,
    fresh: bool = False,
) -> Session:
    """A session on an article of these words, or on a document."""
    document = text if isinstance(text, Document) else documents(text)[-1]
    found = source(document.text, path)
    background = AtOnce()

    def now(function: Callable[..., object], *arguments: object) -> None:
        function(*arguments)

    made = Session(
        Opened(replace(found, text=""), settings or Settings(), (), document),
        background,
        rest=rest,
        store=None if store is None else lambda: str(store),
        later=now,
        folder=folder,
        folders=folders,
        fresh=fresh,
    )
    made.viewport = FixedViewport(made)
    return made


def stored(made: Session) -> None:
    """Waits until the store has done what it was asked, and what was asked of it with the answers."""
    for _ in range(3):
        if made.store._thread is not None:
            made.store._thread.submit(lambda: None).result()
