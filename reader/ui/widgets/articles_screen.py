"""The screen of the library: its list, what is known of the chosen article, the query line, the keys.

Owns the keys of the list. Dismisses with the path chosen, or with None; it opens nothing itself.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from reader.locale import N_, _
from reader.session import Articles, Session, Topic
from reader.ui.style import ThemeStyles
from reader.ui.widgets.article_list import ArticleList, Below
from reader.ui.widgets.list_screen import BETWEEN, ListScreen

_BELOW_ROWS = 7
_MIN_LIST_ROWS = 8
"""Where the list would have fewer, nothing stands below it."""
_BAR_CELLS = 12
KEYS = (
    ("Enter", N_("opens")),
    ("/", N_("searches")),
    ("s", N_("order")),
    ("v", N_("groups")),
    ("V", N_("star")),
    ("F", N_("finished")),
    ("X", N_("archive")),
    ("m", N_("marks")),
    ("n", N_("next unread")),
    ("?", N_("help")),
)
"""At the bottom, with the way out behind them: as many as fit."""


class _Query(Input):
    """The query line. Its keys are the screen's, before the field's own, whose messages would come too late. It is made
    when it is first wanted."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.choose", show=False, priority=True),
        Binding("escape", "screen.close", show=False, priority=True),
        Binding("down", "screen.cursor(1)", show=False),
        Binding("up", "screen.cursor(-1)", show=False),
        Binding("pagedown", "screen.page(1)", show=False),
        Binding("pageup", "screen.page(-1)", show=False),
        Binding("tab", "screen.to_list", show=False, priority=True),
    ]


class ArticlesScreen(ListScreen[str | None]):
    """The list of the library over everything."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "cursor(1)", show=False),
        Binding("up,k", "cursor(-1)", show=False),
        Binding("pagedown,space", "page(1)", show=False),
        Binding("pageup,b", "page(-1)", show=False),
        Binding("home,g", "end(-1)", show=False),
        Binding("end,G", "end(1)", show=False),
        Binding("enter", "choose", show=False),
        Binding("n", "next_unread", show=False),
        Binding("m", "mark", show=False),
        Binding("M", "mark_all", show=False),
        Binding("V,asterisk", "star", show=False),
        Binding("F", "finish", show=False),
        Binding("X", "archive", show=False),
        Binding("N", "unread", show=False),
        Binding("c", "reading", show=False),
        Binding("s", "sort", show=False),
        Binding("r", "turn", show=False),
        Binding("v", "group", show=False),
        Binding("z", "fold_titles", show=False),
        Binding("left,h", "fold(True)", show=False),
        Binding("right,l", "fold(False)", show=False),
        Binding("R", "look_again", show=False),
        Binding("u,U", "undo", show=False),
        Binding("O", "recents", show=False),
        Binding("escape,backspace", "close", show=False),
        Binding("o", "back", show=False),
        Binding("q", "leave", show=False),
        Binding("question_mark", "help", show=False),
        Binding("ctrl+p,alt+up", "query(1)", show=False),
        Binding("ctrl+n,alt+down", "query(-1)", show=False),
    ]

    def __init__(self, styles: ThemeStyles, session: Session, articles: Articles, *, behind: bool) -> None:
        """`behind`: there is an article to go back to."""
        super().__init__(styles)
        self.session = session
        self.articles = articles
        self.recents = False
        """Whether it was left for the recent articles."""
        self.left = False
        """Whether the person wants to leave the program."""
        self._behind = behind
        self._list = ArticleList(styles, articles)
        self._below = Below(styles, articles)
        self._query: _Query | None = None
        self._unsubscribe: Callable[[], object] = lambda: None

    def compose(self) -> ComposeResult:
        yield self.head
        yield self._list
        yield self._below
        yield self.foot

    def on_mount(self) -> None:
        """The list has the keys."""
        self._unsubscribe = self.session.changes.subscribe(self._changed)
        self._list.chosen = self.action_choose  # type: ignore[method-assign]
        self.articles.lead_came, self.articles.after_drawing = self._below.sync, self.call_after_refresh
        self._list.query_key = self._query_key  # type: ignore[method-assign]
        if self.articles.typed:
            self._field()
        self._list.focus()
        self.articles.show()
        self._sync()

    def on_unmount(self) -> None:
        """Nobody looks at the list any more."""
        self._unsubscribe()
        self.articles.lead_came, self.articles.after_drawing = lambda: None, lambda work: work()
        self.articles.hide()

    def _changed(self, topic: Topic) -> None:
        if topic == "articles":
            self._sync()
        elif topic == "message":
            self._say()

    def _sync(self) -> None:
        articles, folders = self.articles, self.articles.folders
        if articles.ready and not articles.arranged.rows:
            searched = articles.arranged.wanted is not None
            self._list.empty = _("Nothing like it") if searched else _("No articles here")
            if not searched and folders.passing:
                self._list.empty = _("Looking for articles …")
        self._list.sync()
        self._below.sync()
        self._say()

    def _say(self) -> None:
        articles, folders, made = self.articles, self.articles.folders, self.articles.arranged
        count = f"{made.found:,}"
        if made.found != made.total:
            count = _("{count:,} of {total:,}").format(count=made.found, total=made.total)
        parts = [articles.title, count if articles.ready else ""]
        if made.ranked:
            parts.append(_("the best first"))
        else:
            turned, group = articles.view.turned, articles.view.group
            parts.append(_(_ORDERS[articles.view.order]) + (" ↑" if turned else ""))
            parts.append("" if group is None else _(_GROUPS[group]))
        parts.append(_("{count:,} marked").format(count=len(articles.marked)) if articles.marked else "")
        left = BETWEEN.join(part for part in parts if part)
        right = ""
        if folders.passing and folders.total > folders.done:
            filled = round(_BAR_CELLS * folders.done / folders.total)
            bar = "█" * filled + "░" * (_BAR_CELLS - filled)
            read = _("{count:,} of {total:,} read").format(count=folders.done, total=folders.total)
            right = f"{bar} {read} "
        elif not made.complete:
            right = _("searching …") + " "
        self.head.say((left, ""), (right, "label"))
        message = self.session.message
        problem = articles.problem or (
            folders.listing.problems[-1] if folders.listing and folders.listing.problems else ""
        )
        if articles.problem:
            said = (articles.problem, "warning")
        elif message.text:
            said = (message.text, "warning" if message.warning else "said")
        elif problem and not articles.typing:
            said = (problem, "warning")
        elif articles.typing:
            said = (_("↑ ↓ choose   Enter opens   Tab to the list   Esc keeps it   Ctrl+P earlier"), "label")
        else:
            said = (self._keys(), "label")
        waiting = _("{count:,} still to be read").format(count=made.waiting) + " "
        waiting = waiting if made.waiting and made.wanted is not None else ""
        self.foot.say(said, (waiting, "label"))

    def _keys(self) -> str:
        out = ("Esc", N_("back")) if self._behind else ("q", N_("quits"))
        return BETWEEN.join(f"{key} {_(word)}" for key, word in (*KEYS, out))

    def on_resize(self, event: events.Resize) -> None:
        """Where there is little room, the list has all of it."""
        self._below.display = event.size.height >= _BELOW_ROWS + _MIN_LIST_ROWS + 2
        self._say()

    # ---- the query line ----------------------------------------------------------------------------------------------

    def _field(self) -> _Query:
        """The query line, made where there was none."""
        if self._query is None:
            hint = _('words  "phrase"  /regex/  tag:  author:  in:  after:  is:unread  -not')
            self._query = _Query(self.articles.typed, placeholder=hint, compact=True, id="articles-query")
            self.mount(self._query, before=self.foot)
        return self._query

    def _open_query(self) -> None:
        """The query line has the keys."""
        field = self._field()
        field.display = True
        self.articles.typing = True
        self.articles.queries.fetch()
        self.articles.prepare()
        field.cursor_position = len(field.value)
        field.focus()
        self._sync()

    def _query_key(self, event: events.Key) -> None:
        """Opens the query line; a key that comes before it can take one is for it too."""
        field = self._field()
        if not self.articles.typing:
            self._open_query()
        elif event.key == "enter":
            self.action_choose()
        elif event.key == "escape":
            self.action_close()
        elif event.key == "tab":
            self.action_to_list()
        else:
            if event.key == "backspace":
                field.value = field.value[:-1]
            elif event.character is not None and event.is_printable:
                field.value += event.character
            field.cursor_position = len(field.value)
            self.articles.ask(field.value)

    def action_to_list(self) -> None:
        """The list has the keys; the query stays."""
        field = self._field()
        self.articles.ask(field.value)
        self.articles.queries.keep(field.value)
        self.articles.typing = False
        field.display = bool(field.value)
        self.set_focus(self._list)
        self._sync()

    async def on_input_changed(self, event: Input.Changed) -> None:
        """Searches while the person types; what is found at once is drawn with what was typed."""
        event.stop()
        self.articles.ask(event.value)
        # The widgets say that they are to be drawn before the screen is done with this, and begins its next repaint.
        await asyncio.sleep(0)

    def on_key(self, event: events.Key) -> None:
        """What was said is said until the next key."""
        self.session.say("")

    # ---- what keys do ------------------------------------------------------------------------------------------------

    def action_cursor(self, step: int) -> None:
        """So many rows on."""
        self.articles.move(step)

    def action_query(self, step: int) -> None:
        """An earlier query on the line, or a later one."""
        if not self.articles.typing:
            return
        field = self._field()
        field.value = self.articles.queries.walk(step, field.value)
        field.cursor_position = len(field.value)
        self.articles.ask(field.value)

    @property
    def takes_palette_key(self) -> bool:
        """On the query line Ctrl+P is for an earlier query."""
        return self.articles.typing

    def action_page(self, step: int) -> None:
        """A page of rows on."""
        self.articles.move(step * self._list.rows)

    def action_end(self, step: int) -> None:
        """To the first row, or the last."""
        self.articles.move_to_end(step)

    def action_choose(self) -> None:
        """Opens the chosen article; from the query line, what it asks for."""
        if self.articles.typing:
            self.articles.ask(self._field().value)
            self.articles.queries.keep(self.articles.typed)
        self.articles.choose(self.leave)

    def action_next_unread(self) -> None:
        """To the next article that is unread."""
        self.articles.next_unread()

    def action_mark(self) -> None:
        """Marks the chosen row, or no longer."""
        self.articles.mark()

    def action_mark_all(self) -> None:
        """Marks all, or none."""
        self.articles.mark_all()

    def action_star(self) -> None:
        """Stars what is chosen or marked, or no longer."""
        self.articles.toggle_star()

    def action_finish(self) -> None:
        """It is finished, or unread again."""
        self.articles.toggle_finished()

    def action_archive(self) -> None:
        """Archives it, or no longer."""
        self.articles.toggle_archived()

    def action_unread(self) -> None:
        """It is unread."""
        self.articles.set_unread()

    def action_reading(self) -> None:
        """It is being read."""
        self.articles.set_reading()

    def action_sort(self) -> None:
        """The next order."""
        self.articles.sort()

    def action_turn(self) -> None:
        """The order the other way round."""
        self.articles.turn()

    def action_group(self) -> None:
        """Grouped by day, by folder, or not."""
        self.articles.group()

    def action_fold_titles(self) -> None:
        """Articles of one title on one row, or each on its own."""
        self.articles.fold_titles()

    def action_fold(self, fold: bool) -> None:
        """The articles of one title on one row, or each on its own, here alone."""
        self.articles.fold(fold)

    def action_look_again(self) -> None:
        """Looks into the folders again."""
        self.articles.look_again()

    def action_undo(self) -> None:
        """The last state that was set is as before."""
        self.session.undo.undo()

    def action_recents(self) -> None:
        """The recent articles instead."""
        self.recents = True
        self.leave(None)

    def action_help(self) -> None:
        """What keys do here."""
        from reader.ui.widgets.articles_help import ArticlesHelp

        self.app.push_screen(ArticlesHelp(self.theme_styles))

    def action_close(self) -> None:
        """Leaves the query line; takes the query away; goes back to the article."""
        if self.articles.typing:
            self.action_to_list()
        elif self.articles.typed:
            self._field().value = ""
            self.action_to_list()
        elif self.articles.marked:
            self.articles.mark_all()
        else:
            self.action_back()

    def action_back(self) -> None:
        """Back to the article, if there is one behind the list."""
        if self._behind:
            self.leave(None)
        else:
            self.session.say(_("q quits"))

    def action_leave(self) -> None:
        """The program is left where no article is behind the list."""
        self.left = True
        self.leave(None)


_ORDERS = {
    "date": N_("by date"),
    "title": N_("by title"),
    "length": N_("by length"),
    "progress": N_("by progress"),
    "read": N_("by last read"),
    "path": N_("by path"),
}
_GROUPS = {"day": N_("grouped by day"), "folder": N_("grouped by folder")}
