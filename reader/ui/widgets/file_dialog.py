"""Asking for a folder to export to, or a file to import. Imported when one is asked for."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input

from reader.layout import clip
from reader.locale import _
from reader.sanitize import clean_line
from reader.ui.style import ThemeStyles
from reader.ui.widgets.dialogs import Dialog, Lines


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
        self, styles: ThemeStyles, titles: tuple[str, str], path: str, formats: tuple[str, ...] = (), format: str = ""
    ) -> None:
        """`titles` are of this article and of all; without `formats` the first alone is meant."""
        super().__init__()
        self.theme_styles = styles
        self.titles = titles
        self.path = path
        self.formats = formats
        self.at = formats.index(format) if format in formats else 0
        self.everything = False

    def compose(self) -> ComposeResult:
        width = max(20, min(76, self.app.size.width - 4))
        with Vertical(id="box") as box:
            box.styles.width = width
            yield self._line()
            yield self._line()
            yield Input(self.path)
            yield self._line()

    def _line(self) -> Lines:
        line = Lines(self.theme_styles, ())
        line.styles.height = 1
        return line

    def on_mount(self) -> None:
        """The field has the keys."""
        field = self.query_one(Input)
        field.focus()
        field.cursor_position = len(self.path)
        self._draw()

    def _draw(self) -> None:
        head, choice, foot = self.query(Lines)
        head.set_rows([[(self.titles[self.everything], "heading")]])
        names: list[tuple[str, str]] = [(_("as") + " ", "label")] if self.formats else []
        for at, name in enumerate(self.formats):
            names.append((f" {name} ", "list-cursor" if at == self.at else "label"))
        choice.set_rows([names])
        keys = _("Enter exports   Tab other format   Ctrl+T all articles") if self.formats else _("Enter imports")
        foot.set_rows([[(clip(f"{keys}   {_('Esc leaves')}", max(8, self.app.size.width - 10)), "label")]])

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
