"""The app: makes the session, the widgets and the commands, ties them together, and handles the terminal's events.

Owns the wiring and nothing else: state lives in the session, what a key does in `commands/`, drawing in `widgets/`.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import App, ComposeResult
from textual.await_complete import AwaitComplete
from textual.containers import Horizontal
from textual.driver import Driver
from textual.geometry import Size
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget

from reader import sanitize
from reader.document import Document
from reader.layout import Picture, cells, set_ambiguous_wide
from reader.loading import Feed, Findings, Opened, Order
from reader.locale import N_, _, in_language, use
from reader.session import Pane as PaneName
from reader.session import Session, Topic
from reader.settings import language, no_color
from reader.ui.actions import COUNTING, Action, bound, keyless, sign, way_out, written_keys
from reader.ui.background import AppBackground
from reader.ui.commands import Commands
from reader.ui.key_hints import KeyHints
from reader.ui.style import THEMES, ThemeStyles
from reader.ui.survival import Surviving
from reader.ui.terminal.control import TerminalControl, clipboard_sequence
from reader.ui.terminal.gate import Gate, gated
from reader.ui.terminal.ground import QUERY, GroundTold, guessed_light, listen
from reader.ui.terminal.lifecycle import Lifecycle
from reader.ui.terminal.screen_diff import ScreenDiff
from reader.ui.type_ahead import OVERDUE_S, Passed, TypeAhead
from reader.ui.widgets.page import Page
from reader.ui.widgets.pane import Pane
from reader.ui.widgets.sidebar import Sidebar
from reader.ui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from reader.search import Query
    from reader.session import Images
    from reader.source import Target
    from reader.ui.widgets.answer_panel import AnswerPanel
    from reader.ui.widgets.command_line import CommandLine
    from reader.ui.widgets.long_message import LongMessage
    from reader.ui.widgets.search_line import SearchLine
    from reader.ui.widgets.typed_line import TypedLine


class ReaderApp(Surviving, App[None]):
    """One open article, its sections beside it. It is the commands' `Host`."""

    CSS_PATH = "reader.tcss"
    TITLE = "reader"

    def __init__(
        self,
        opened: Opened,
        rest: Iterable[Document | Findings] = (),
        *,
        search: Query | None = None,
        feed: Feed | None = None,
        pending: Feed | None = None,
        order: Order | None = None,
        store: Callable[[], str] | None = None,
        fresh: bool = False,
        watch: bool | None = None,
        folder: str | None = None,
        files: Sequence[str] = (),
        folders: Callable[[], tuple[str, ...]] = tuple,
        at: Target | None = None,
    ) -> None:
        """`search` is looked for at once; `folder` is listed first, or where it is empty the recent articles; None:
        `opened` is an article. All else is as of `Session`."""
        self.gate = Gate()
        self.survives = False
        self._ahead = TypeAhead()
        self._watch: Timer | None = None
        """Runs while keys wait."""
        super().__init__()
        use(language(opened.settings.language))
        set_ambiguous_wide(opened.settings.ambiguous == "wide")
        for theme in THEMES:
            self.register_theme(theme)
        wanted = opened.settings.theme
        self._terminal_theme = "paper" if guessed_light() else "ink"
        """What suits the terminal."""
        self._follows_terminal = wanted == "auto"
        known = wanted in self.available_themes or self._follows_terminal
        # without the watcher, which has all style sheets parsed anew
        self.set_reactive(App.theme, self._terminal_theme if self._follows_terminal else wanted if known else "ink")
        self.set_class(self.current_theme.dark, "-dark-mode", update=False)
        self.stylesheet.set_variables(self.get_css_variables())
        if self._follows_terminal and self._listens:
            self.gate.question = QUERY
        no_theme = () if known else (_("there is no theme {name!r}").format(name=wanted),)
        self._problems = (*opened.problems, *no_theme, *keyless(opened.settings))
        self._search = search
        self._pending = pending is not None
        self._screen_diff = ScreenDiff()
        self._fine = self.console.color_system in ("truecolor", "windows") and not no_color()
        self.theme_styles = ThemeStyles(self.get_css_variables(), fine=self._fine)
        self.terminal = TerminalControl(self, self._screen_diff, self.gate)
        self.session = Session(
            opened,
            AppBackground(self, self.failed),
            rest=rest,
            feed=feed,
            pending=pending,
            order=order,
            store=store,
            later=self.call_later,
            fresh=fresh or search is not None,
            watch=watch,
            folder=folder,
            files=files,
            folders=folders,
            at=at,
        )
        self.page = Page(self.session, self.theme_styles)
        self.sidebar = Sidebar(self.session, self.theme_styles)
        self.actions: Sequence[Action] = bound(self.session.settings)
        for action in self.actions:
            for pressed in action.keys:
                self._bindings.key_to_bindings.pop(pressed, None)  # what Textual gives it is not meant
                self.bind(pressed, f"do('{action.id}')", show=False)
        self.session.keys = written_keys(self.actions)
        if opened.settings.preset in COUNTING:
            for digit in "123456789":
                self.bind(digit, f"count('{digit}')", show=False)
        hints = KeyHints(self.session, self.page, self.sidebar, self.actions)
        self.status = StatusLine(self.session, self.theme_styles, hints)
        self.status.clicked = self._hint_clicked
        self.sidebar.list.rekeyed = self.status.refresh
        self.search_line: SearchLine | None = None
        self.command_line: CommandLine | None = None
        self.answer_panel: AnswerPanel | None = None
        self._long_message: LongMessage | None = None
        self._images: Images | None = None
        self.session.images_made = self._images_made
        self.commands = Commands(self)
        self.session.opening.refused = lambda problem: self.commands.library.open(problem)
        self.sidebar.list.chosen = lambda entry: self.commands.sidebar.chosen(entry)
        self.sidebar.list.hovered = self.session.sidebar.follow
        self.sidebar.list.removed = self.session.sidebar.remove
        self.sidebar.list.edited = lambda entry: self.commands.notes.edit_entry(entry)
        self.sidebar.list.undone = self.session.undo.undo
        self.session.show_first()

    # ---- the screen --------------------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        with Horizontal(id="main"):
            yield self.sidebar
            yield self.page
        yield self.status

    def on_mount(self) -> None:
        """The first screen is all that is done before the rest is loaded."""
        self.title = self.session.article.title
        self.theme_changed_signal.subscribe(self, lambda _: self._restyle())
        self.app_resume_signal.subscribe(self, lambda _: self._resume())
        self.session.changes.subscribe(self._changed)
        self.page.focus()
        self.sidebar.refill()
        for key in self.commands.programs.first_keys() if self.session.settings.commands else ():
            self._bindings.key_to_bindings.pop(key, None)  # typed once more it is what it was
            self.bind(key, f"program('{key}')", show=False)
        if not self.is_headless:
            Lifecycle(self.quit, self.session.finish).begin()
        self._listing = not self.session.article.source.origin and not self._pending
        if self._listing:
            self.commands.library.open()  # at once: an empty page need not be drawn before it
        self.call_after_refresh(self._start)

    def _images_made(self, images: Images) -> None:
        self._images = images
        if self.console.color_system == "truecolor" and not self.no_color:  # a picture's number is a colour
            images.place = self._place
            images.forget = self._forget
        images.set_ground(self.theme_styles.ground)

    def _place(self, picture: Picture) -> None:
        self.add_class("-placed")
        self.terminal.place((picture,))

    def _forget(self, numbers: Iterable[int]) -> None:
        self.remove_class("-placed")
        self.terminal.remove(numbers)

    def _resume(self) -> None:
        """The terminal may have forgotten all it was given."""
        if self._images is not None:
            self.terminal.place(self._images.placed.values())
        self.terminal.redraw()

    def _start(self) -> None:
        gc.freeze()
        gc.enable()
        self.survives = not self.is_headless
        if not self._listing:
            self.session.start()
        if self._problems:
            first, *others = self._problems
            several = _("1 of {count} problems: {problem}").format(count=len(self._problems), problem=first)
            self.say(several if others else first, warning=True)
        if self._search is not None:
            self.session.search.ask(self._search)

    def on_unmount(self) -> None:
        """The end of the screen is the end of all."""
        if self._images is not None:
            self.terminal.remove(self._images.placed)
        self.session.finish()

    def _restyle(self) -> None:
        self.theme_styles = ThemeStyles(self.theme_variables, fine=self._fine)
        if self._images is not None:
            self._images.set_ground(self.theme_styles.ground)
        for screen in self.screen_stack:  # a list or a dialog may be over the page
            for widget in (screen, *screen.walk_children()):
                if hasattr(widget, "theme_styles"):
                    widget.theme_styles = self.theme_styles
                    widget.refresh()
        self.refresh(layout=True)

    def get_driver_class(self) -> type[Driver]:
        """Textual's driver, writing through the gate."""
        driver = super().get_driver_class()
        self._listens = listen(driver)
        return gated(driver, self.gate)

    def copy_to_clipboard(self, text: str) -> None:
        """Copies by way of the terminal; that the person asked for it is told to the gate."""
        self.gate.announce(clipboard_sequence(text))
        super().copy_to_clipboard(text)

    def bell(self) -> None:
        """A sound, or a flash; that it is meant is told to the gate."""
        self.gate.announce("\x07")
        super().bell()

    def _display(self, screen: Screen[Any], renderable: Any, *more: Any) -> None:
        super()._display(screen, self._screen_diff.changes(renderable), *more)

    # ---- changes of the session --------------------------------------------------------------------------------------

    def _changed(self, topic: Topic) -> None:
        match topic:
            case "article":
                self.title = self.session.article.title
            case "focus":
                self.screen.set_focus(self._panes[self.session.pane])  # at once: the next key is for it
            case "search line":
                self._show_search_line()
            case "command line":
                self._show_command_line()
            case "answer":
                self._show_answer(self.size.width)
            case "message":
                self._show_message(self.size)
            case _:
                pass

    def _show_command_line(self) -> None:
        if self.session.going.typing and self.command_line is None:
            from reader.ui.widgets.command_line import CommandLine

            self.command_line = CommandLine(self.session, self.theme_styles, self._typed_command)
            self._put_up(self.command_line)
        elif not self.session.going.typing and self.command_line is not None:
            self._take_down(self.command_line)
            self.command_line = None

    def _put_up(self, line: TypedLine) -> None:
        """Shows a line with a field; keys typed from now on are for it."""
        before = self.focused
        self.mount(line, before=self.status)
        self._ahead.put_up(line, before)
        line.call_later(self.call_later, self._stands, line)

    def _take_down(self, line: TypedLine) -> None:
        line.remove()
        self._ahead.taken_down()
        self.call_later(self._give_on)

    def _typed_command(self, text: str) -> None:
        id = self.commands.reader.run(text)
        if id:
            self.action_do(id)

    def _show_search_line(self) -> None:
        if self.session.search.typing:
            from reader.ui.widgets.search_line import SearchLine

            self.search_line = SearchLine(self.session, self.theme_styles)
            self._put_up(self.search_line)
        elif self.search_line is not None:
            self._take_down(self.search_line)
            self.search_line = None

    def _show_message(self, size: Size) -> None:
        """Shows a message that the bottom line has no room for over it and the page's last rows, or takes it away."""
        typing = self.search_line is not None or self.command_line is not None
        if not typing and cells(self.session.message.text) + 2 > size.width:
            if self._long_message is None:
                from reader.ui.widgets.long_message import LongMessage

                self._long_message = LongMessage(self.theme_styles)
                self.screen_stack[0].mount(self._long_message)
            self.page.covered = self._long_message.say(self.session.message, size) - 1
        elif self._long_message is not None and self.page.covered:
            self._long_message.display = False
            self.page.covered = 0

    def _show_answer(self, width: int) -> None:
        """Shows the panel of programs where it belongs in a terminal of `width` cells, or takes it away."""
        shown, panel = self.session.programs.shown, self.answer_panel
        if shown is None and panel is None:
            return
        from reader.ui.widgets.answer_panel import BESIDE_CELLS, AnswerPanel

        beside = width >= BESIDE_CELLS
        if panel is not None and (shown is None or panel.beside != beside):
            panel.remove()
            self.answer_panel = None
            if self.session.pane == "answer":
                self.session.focus("page")
        if shown is not None and self.answer_panel is None:
            self.answer_panel = AnswerPanel(self.session, self.theme_styles, beside=beside)
            self.answer_panel.copied = self.commands.programs.copy
            self.mount(self.answer_panel, **({"after": self.page} if beside else {"before": self.status}))
        if shown is not None:
            self.call_after_refresh(self.page.reveal, shown.range)

    # ---- what the widgets post ---------------------------------------------------------------------------------------

    def on_pane_moved(self, event: Pane.Moved) -> None:
        """The page shows other rows."""
        if event.pane is self.page:
            self._tell_moved()

    def _tell_moved(self) -> None:
        if self.page.take_moved():
            self.session.has_moved()

    def on_ground_told(self, event: GroundTold) -> None:
        """The terminal has said whether it is light."""
        self._terminal_theme = "paper" if event.light else "ink"
        if self._follows_terminal:
            self.theme = self._terminal_theme

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """A click has given the keys to another pane."""
        if not self.screen_stack:  # the app ends, and this was still to be handled
            return
        pane = next((name for name, widget in self._panes.items() if widget is event.widget), None)
        if pane is not None and self.focused is event.widget and pane != self.session.pane:
            self.session.focus(pane)

    @property
    def _panes(self) -> Mapping[PaneName, Widget]:
        """The widgets that can have the keys."""
        answer = self.answer_panel or self.page
        return {"page": self.page, "sidebar": self.sidebar.list, "answer": answer}

    async def _do_hint(self, id: str) -> None:
        where, _dot, action = id.partition(".")
        line = self.search_line or self.command_line
        widget = {"list": self.sidebar.list, "answer": self.answer_panel, "line": line}.get(where)
        if widget is not None:
            await widget.run_action(action)
        else:
            self.action_do(id)

    def _hint_clicked(self, id: str) -> None:
        self.run_worker(self._do_hint(id), exit_on_error=False)

    def on_page_followed(self, event: Page.Followed) -> None:
        """A click on something that leads somewhere."""
        self.commands.links.clicked(event.offset)

    # ---- the terminal's events ---------------------------------------------------------------------------------------

    def on_resize(self, event: events.Resize) -> None:
        """A terminal of another size has drawn its rows anew; a narrow one has no sidebar."""
        self._screen_diff.forget()
        if self.page.catching:
            self.say("")  # it asked for a key that now means what it always does
        self.session.asides.fit(event.size.width)
        self.sidebar.fit(event.size.width)  # the app's own size is still the old one
        self._show_message(event.size)
        if self.answer_panel is not None:
            self._show_answer(event.size.width)

    async def on_event(self, event: events.Event) -> None:
        """What is pasted comes from outside too, and is shown in a field as it is: so it is made safe on its way in. A
        message goes with the next key, whatever that key does."""
        if isinstance(event, events.Paste):
            lines = event.text.replace("\r\n", "\n").replace("\r", "\n")  # terminals send a CR for each line's end
            event.text = sanitize.clean_line(lines.strip("\n"))
        elif isinstance(event, events.Key) and not event.is_forwarded:
            if self._ahead.waits:
                self._keep(event)
            else:
                await self._take_key(event)
            return
        await super().on_event(event)

    async def _take_key(self, event: events.Key) -> None:
        self._unsay()
        target = self.focused or self.screen
        alone = len(self.screen_stack) == 1 and isinstance(target, Pane)
        await super().on_event(event)
        if not alone and target is (self.focused or self.screen):
            self._ahead.given(target)

    def _unsay(self) -> None:
        if not self.session.opening.visiting:  # that is said until it is there
            self.say("")

    def _keep(self, event: events.Key) -> None:
        self._ahead.keep(event)
        if self._watch is None:
            self._watch = self.set_interval(OVERDUE_S, self._overdue)

    def on_key(self, event: events.Key) -> None:
        """A key typed so soon that it has passed the page before the action that waits for it was done."""
        if self._ahead.late:
            self._keep(event)
            event.stop()
            event.prevent_default()
        else:
            self.page.on_key(event)

    async def on_passed(self, event: Passed) -> None:
        """A widget has done what it was given."""
        self._ahead.passed(event)
        await self._give_on()

    async def _stands(self, new: Widget) -> None:
        self._ahead.stands(new)
        await self._give_on()

    async def _overdue(self) -> None:
        self._ahead.overdue()
        await self._give_on()
        if not self._ahead.waits and self._watch is not None:
            self._watch.stop()
            self._watch = None

    async def _give_on(self) -> None:
        """The keys that waited."""
        while (event := self._ahead.take()) is not None:
            await self._take_key(event)

    # ---- what commands ask for ---------------------------------------------------------------------------------------

    def action_do(self, id: str) -> None:
        """Does the action of the registry with this id; `u` right behind "u undoes" is undo."""
        undoes = self.session.undo.take_offer() and id == "move.half_up" and self.session.undo.key == "u"
        self._unsay()
        self.commands.do("note.undo" if undoes else id)
        self._tell_moved()  # at once: what the message brings would be drawn after the page, by the next frame

    def action_count(self, digits: str) -> None:
        """Begins a number; the key behind it is done so many times, or goes there."""
        self.say(digits)

        def key(event: events.Key) -> bool | None:
            nonlocal digits
            if event.character is not None and event.character in "0123456789":
                digits = (digits + event.character)[:_COUNT_DIGITS]  # more would be more than there is
                self.say(digits)
                return True
            self.say("")
            known = next((action.id for action in self.actions if event.key in action.keys), None)
            if event.key == "escape" or known is None:
                return False if event.key == "escape" else None
            self.commands.do(known, int(digits))
            return False

        self.page.catch(key, alone=False)

    def action_program(self, key: str) -> None:
        """A key of one of the person's own programs."""
        self.say("")
        formerly = next((action for action in self.actions if key in action.keys), None)
        self.commands.programs.press(key, formerly, self.action_do)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Ctrl+P opens the palette before any widget is asked, but not where a screen says that it takes the key."""
        if action == "command_palette" and getattr(self.screen, "takes_palette_key", False):
            return False
        return super().check_action(action, parameters)

    def action_command_palette(self) -> None:
        """Opens the palette."""
        from reader.ui.widgets.palette import Command, Palette

        if not isinstance(self.screen, Palette):
            commands = [
                Command(a.id, _(a.title), "  ".join(map(sign, a.keys)), _(a.group), in_all_languages(a.title))
                for a in self.actions
            ]
            commands += [
                Command(
                    f"program.{name}",
                    sanitize.clean_line(name),
                    "  ".join(map(sign, one.key.split())),
                    _("the passage to {program}").format(program=sanitize.clean_line(one.run[0])),
                )
                for name, one in self.session.programs.named.items()
            ]
            title = N_("Theme {name}")
            commands += [
                Command(
                    f"theme.{name}",
                    _(title).format(name=name),
                    also=_COLOURS,
                    names=tuple(other.format(name=name) for other in in_all_languages(title)),
                )
                for name in self.available_themes
            ]
            self.push_screen(Palette(self.theme_styles, commands), self._from_palette)

    def _from_palette(self, id: str | None) -> None:
        if id is not None and id.startswith("theme."):
            self._choose_theme(id.removeprefix("theme."))
        elif id is not None and id.startswith("program."):
            self.say("")
            self.commands.programs.run(id.removeprefix("program."))
        elif id:
            self.action_do(id)

    def action_help_quit(self) -> None:
        """Ctrl+C, from a person who wants to leave."""
        self.say(way_out(self.actions))

    def push(self, screen: Screen[Any], then: Callable[[Any], Any] | None = None) -> None:
        """Shows a screen over the page; `then` gets its answer."""
        self.push_screen(screen, then)

    def push_screen(self, screen: Any, *more: Any, **named: Any) -> Any:
        """As Textual does it; keys typed from now on are for `screen`."""
        before = self.focused if self.screen_stack else None
        pushed = super().push_screen(screen, *more, **named)
        now = self.screen
        self._ahead.put_up(now, before)
        now.call_later(self.call_later, self._stands, now)  # behind its mounting and the focus it asks for
        return pushed

    def pop_screen(self) -> AwaitComplete:
        """As Textual does it; keys typed behind the one that closed it are for what is below."""
        popped = super().pop_screen()
        self._ahead.taken_down()
        self.call_later(self._give_on)
        return popped

    def toggle_theme(self) -> None:
        """From dark to light and back."""
        self._choose_theme("paper" if self.current_theme.dark else "ink")

    def _choose_theme(self, name: str) -> None:
        self._follows_terminal = False
        self.theme = name
        self.session.remember("theme", "auto" if self.theme == self._terminal_theme else self.theme)

    def quit(self) -> None:
        """Ends the app."""
        self.exit()

    def say(self, text: str, *, warning: bool = False) -> None:
        """One line at the bottom."""
        self.session.say(text, warning=warning)

    def failed(self, error: Exception) -> None:
        """Work in the background has raised: that is said, and the program lives."""
        said = _("Internal error, please report it: {error!r}").format(error=error)
        self.say(sanitize.clean_line(said), warning=True)


_COUNT_DIGITS = 6
_COLOURS = "colours colors 主题 主題 配色"
"""Other words for a theme."""


def in_all_languages(message: str) -> tuple[str, ...]:
    """A command's name in English and in Chinese of both scripts."""
    return (message, *(in_language(language, message) for language in ("zh_Hans", "zh_Hant")))
