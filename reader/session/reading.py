"""What every concern of a session shares: the open article, where the page is, who is told, and where work is done.

Owns the seams to the outside as protocols: the `Viewport` (the page widget) and the `Background` (threads and timers of
the event loop). Refuses to know a widget; a test gives its own.

Invariant: state changes on the event loop only. Work in a thread returns values; `Background.tell` brings them back.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, Protocol, TypeAlias

from reader.document import Range, record
from reader.locale import _
from reader.session.article import Article, Passage
from reader.session.changes import Changes, Topic
from reader.session.history import History
from reader.session.store_thread import StoreThread
from reader.settings import Settings

Pane: TypeAlias = Literal["page", "sidebar", "answer"]


class Viewport(Protocol):
    """The part of the page that is on the screen."""

    @property
    def shown(self) -> Range:
        """The offsets on the screen."""

    @property
    def rows(self) -> int:
        """Rows of the screen the page has."""

    @property
    def rows_at_rest(self) -> int:
        """Those it has when nothing is typed on a line below it."""

    @property
    def top_offset(self) -> int:
        """The offset that stays where it is when the page is laid out again: near the top of the screen."""

    @property
    def spot(self) -> tuple[int, int]:
        """`top_offset`, and the rows of the page over it; negative where its row is above the screen."""

    def go(self, offset: int, *, above: int = 0) -> None:
        """Brings `offset` to the top, `above` rows under it."""

    def reveal(self, where: Range) -> None:
        """Brings a range into view with some text around it, if it is not in view."""

    def back_to(self, offset: int, above: int = 0) -> None:
        """Shows the page as it was when `spot` was this."""

    def keep(self) -> None:
        """Brings `top_offset` back after the rows have changed."""

    def restore(self, offset: int) -> None:
        """As `back_to`, also before the page has a size: it then begins there."""

    def to_end(self) -> None:
        """Shows the last rows."""


class Timer(Protocol):
    """Something that will be called."""

    def stop(self) -> None:
        """It will not be called."""


class Background(Protocol):
    """Where work is done that no key waits for."""

    @property
    def running(self) -> bool:
        """False once the program ends: a thread gives up then."""

    def run(self, work: Callable[[], object], *, group: str, exclusive: bool = False) -> None:
        """Does `work` in a thread; `exclusive` asks those of the same group that have not begun to be left out."""

    def run_now(self, work: Callable[[], object]) -> None:
        """Does `work` in a thread that begins at once, even if who asks for it on the event loop waits for it then."""

    def tell(self, function: Callable[..., object], *arguments: object) -> None:
        """From such a thread: calls `function` on the event loop and waits until it is done."""

    def later(self, seconds: float, function: Callable[[], object]) -> Timer:
        """Calls `function` on the event loop after a while."""


@record
class Message:
    """A line for the person."""

    text: str = ""
    warning: bool = False


class Reading:
    """The open article and its surroundings."""

    viewport: Viewport
    """Set by the page before it is shown."""

    def __init__(self, article: Article, settings: Settings, background: Background, store: StoreThread) -> None:
        self.article = article
        self.settings = settings
        self.background = background
        self.store = store
        self.history = History()
        self.changes = Changes()
        self.message = Message()
        self.pane: Pane = "page"
        """Which pane has the keys."""
        self.share = 0.0
        """How far the page is on its way through the article: 0 at its beginning, 1 where its end is shown. `going`
        goes to such a share."""

    def announce(self, topic: Topic) -> None:
        """Tells everybody of a change."""
        self.changes.announce(topic)

    def say(self, text: str, *, warning: bool = False) -> None:
        """One line at the bottom, until the next key; an empty one takes it away."""
        if text != self.message.text:
            self.message = Message(text, warning)
            self.announce("message")

    def remember(self, name: str, value: object) -> None:
        """Keeps a choice of the person for the runs to come, by the name of its setting (`settings.PREFERENCES`),
        unless the settings file has the last word on it."""
        if name not in self.settings.given:
            written = str(value).lower() if isinstance(value, bool) else str(value)
            self.store.ask(lambda store: store.set_preference(f"view.{name}", written))

    def focus(self, pane: Pane) -> None:
        """Gives the keys to a pane."""
        self.pane = pane
        self.announce("focus")

    @property
    def on_fold(self) -> bool:
        """Whether the person has stepped to, or clicked, a heading or summary that folds."""
        article, cursor = self.article, self.article.cursor
        if cursor is None or article.skimming or not article.document.blocks:
            return False
        block = article.document.blocks[article.document.block_index(cursor)]
        here = block.start < self.viewport.shown.end and block.end > self.viewport.shown.start
        return here and article.folds.stands_for(article.document, block.start) is not None

    def fold_at(self, offset: int, how: str = "a") -> bool:
        """Folds the section or box an offset is in or on ("c"), unfolds it ("o"), or one of them ("a"); whether there
        is one."""
        article = self.article
        name = article.folds.at(article.document, offset)
        if name is None:
            self.say(_("No section and no box to fold here"))
            return False
        article.set_fold(name, name not in article.folds.folded if how == "a" else how == "c")
        self.viewport.keep() if self.viewport.top_offset <= name else self.viewport.go(name)
        self.announce("rows")
        return True

    def fold_level(self, level: int | None, folded: bool | None = None) -> None:
        """Folds or unfolds every section of a level, or of the next one (None) there is to fold or unfold."""
        article = self.article
        if level is None:
            level = article.folds.next_level(article.document, bool(folded))
        now = None if level is None else article.fold_level(level, folded)
        if level is None:
            self.say(_("Every section is folded") if folded else _("No section is folded"))
        elif now is None:
            self.say(_("No section of level {level} folds").format(level=level))
        else:
            said = _("Sections of level {level} are folded") if now else _("Sections of level {level} are unfolded")
            self.say(said.format(level=level))
            self.viewport.keep()
            self.announce("rows")

    def passage(self) -> Passage | None:
        """What a command acts on now."""
        return self.article.passage(self.viewport.shown)

    def leave(self) -> None:
        """Notes the place before a jump."""
        self.history.leave(self.article.stop(*self.viewport.spot))

    def jump(self, offset: int, *, above: int = 0) -> None:
        """Goes to an offset and notes the place left."""
        self.leave()
        self.viewport.go(offset, above=above)

    @property
    def before_end(self) -> int:
        """Characters before the page that shows the end, of all that is loaded or still to come; an estimate."""
        document, layout = self.article.document, self.article.layout
        known = round(len(document.text) / max(document.progress, 0.001))
        last_page = max(0, layout.height - self.viewport.rows_at_rest)
        return known - (len(document.text) - layout.rough_offset(last_page)) if last_page else 0

    def has_moved(self) -> None:
        """The page shows other rows now."""
        document, shown = self.article.document, self.viewport.shown
        before_end, top = self.before_end, self.viewport.top_offset
        at_end = before_end <= 0 or (document.complete and shown.end >= len(document.text))
        self.share = 1.0 if at_end else min(_MOST_BEFORE_END, top / before_end)
        if self.article.follow_page(shown, self.viewport.top_offset):
            self.announce("marks")
        self.announce("moved")


_MOST_BEFORE_END = 0.99
"""The most that `share` is where the end is not shown."""
