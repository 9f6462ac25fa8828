"""Asking for a folder to export to, or a file to import. Imported when one is asked for."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from reader.layout import wrapped
from reader.locale import _
from reader.sanitize import clean_line
from reader.ui.style import ThemeStyles
from reader.ui.widgets.dialogs import Box, Dialog, Lines
from reader.ui.widgets.list_screen import BETWEEN


class Asked(NamedTuple):
    """What the person has answered."""

    path: str
    format: str = ""
    everything: bool = False
    """The notes of all articles."""


class FileDialog(Dialog[Asked]):
    """A path to type, and with `formats` a choice among them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", show=False, priority=True),
        Binding("tab", "format(1)", show=False, priority=True),
        Binding("shift+tab", "format(-1)", show=False, priority=True),
        Binding("alt+a,ctrl+t", "scope", show=False, priority=True),
    ]

    def __init__(
        self,
        styles: ThemeStyles,
        titles: tuple[str, str],
        what: str,
        path: str,
        formats: tuple[str, ...] = (),
        format: str = "",
    ) -> None:
        """`titles` are of this article and of all; without `formats` the first alone is meant. `what` says what the
        path is of."""
        super().__init__()
        self.theme_styles = styles
        self.titles = titles
        self.what = what
        self.path = path
        self.formats = formats
        self.at = formats.index(format) if format in formats else 0
        self.everything = False

    def compose(self) -> ComposeResult:
        exports, imports = _("Enter exports   Tab other format   Ctrl+T all articles"), _("Enter imports")
        keys = BETWEEN.join((exports if self.formats else imports, _("Esc leaves")))
        self.box = Box(self.titles[0], keys)
        room = max(10, min(74, self.app.size.width * 94 // 100 - 8))
        label = Lines(self.theme_styles, [[(self.what[s:e], "label")] for s, e in wrapped(self.what, room)])
        label.styles.height = len(label.rows)
        with self.box:
            yield label
            yield Input(self.path)
            if self.formats:
                self.choice = Lines(self.theme_styles, ())
                self.choice.styles.height = 1
                self.choice.styles.margin = (1, 0, 0, 0)
                yield self.choice

    def on_mount(self) -> None:
        """The field has the keys."""
        field = self.query_one(Input)
        field.focus()
        field.cursor_position = len(self.path)
        self._draw()

    def _draw(self) -> None:
        self.box.set_title(self.titles[self.everything])
        if self.formats:
            names: list[tuple[str, str]] = [(_("as") + " ", "label")]
            for at, name in enumerate(self.formats):
                names.append((f" {name} ", "list-cursor" if at == self.at else "label"))
            self.choice.set_rows([names])

    def action_format(self, step: int) -> None:
        """The format after this one (1), or before it."""
        if self.formats:
            self.at = (self.at + step) % len(self.formats)
            self._draw()

    def action_scope(self) -> None:
        """This article, or all."""
        if self.formats:
            self.everything = not self.everything
            self._draw()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter."""
        path = clean_line(event.value).strip()
        if path:
            self.dismiss(Asked(path, self.formats[self.at] if self.formats else "", self.everything))

    def on_paste(self, event: events.Paste) -> None:
        """What is pasted was made safe by the app, on one line."""
