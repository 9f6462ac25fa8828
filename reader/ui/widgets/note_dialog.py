"""Writing a note: the quoted passage, and below it a field of several lines. Imported when the first one is written.

It opens below the passage, so that what the note is on can be read meanwhile. Enter keeps the note,
as it does everywhere else; Alt+Enter, Shift+Enter and Ctrl+J, of which each terminal knows one, begin another line.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import AbstractContextManager
from typing import ClassVar, NamedTuple, Protocol

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.widgets import TextArea

from reader.layout import clip, wrapped
from reader.locale import _, pgettext
from reader.sanitize import clean
from reader.ui.style import ThemeStyles
from reader.ui.widgets.dialogs import Box, Dialog, Lines, widest

_QUOTE_ROWS = 4
_FIELD_ROWS = 5
_BESIDE_CELLS = 9
"""Of the frame, the space within it, the bar before the quote and the column that a scroll bar may take."""
_EDGE_ROWS = 4
"""Of the frame and the space within it."""
MOST_ROWS = _QUOTE_ROWS + _FIELD_ROWS + _EDGE_ROWS

_KEYS = {
    "enter": "screen.keep",
    "escape": "screen.close",
    "ctrl+e": "screen.editor",
    "alt+enter": "new_line",
    "shift+enter": "new_line",
    "ctrl+j": "new_line",
}


class Written(NamedTuple):
    """What the person has written."""

    words: str
    done: bool
    """False: left with Esc."""


class Lender(Protocol):
    """Who can give the terminal to another program."""

    def lent(self) -> AbstractContextManager[None]:
        """Gives it away for a while. Raises SuspendNotSupported."""


class _Field(TextArea):
    """The words. Its keys are no bindings with priority: those are done before the letters typed just before them."""

    async def on_key(self, event: events.Key) -> None:
        """The keys that are the dialog's."""
        action = _KEYS.get(event.key)
        if action is not None:
            event.stop()
            event.prevent_default()
            await self.run_action(action)

    def action_new_line(self) -> None:
        """Begins another line."""
        self.insert("\n")


class NoteDialog(Dialog[Written]):
    """A passage and the words on it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", show=False)]

    def __init__(self, styles: ThemeStyles, terminal: Lender, quote: str, words: str, rows: tuple[int, int]) -> None:
        """`rows` are the first row of the screen with the passage and the first below it."""
        super().__init__()
        self.theme_styles = styles
        self.terminal = terminal
        self.quote = " ".join(quote.split())
        self.words = words
        self.rows = rows

    def compose(self) -> ComposeResult:
        keys = _("Enter keeps   Esc leaves   Alt+Enter new line   Ctrl+E editor")
        field = _Field(self.words, soft_wrap=True, show_line_numbers=False)
        field.styles.height = _FIELD_ROWS
        self.box = Box(pgettext("removed", "Note"), keys)
        self.shown = Lines(self.theme_styles, ())
        with self.box:
            yield self.shown
            yield field
        self._fit(self.app.size)
        self.beside(self.box, self.rows, len(self.shown.rows) + _FIELD_ROWS + _EDGE_ROWS)

    def on_resize(self, event: events.Resize) -> None:
        """The quote in the width there is."""
        self._fit(event.size)

    def _fit(self, screen: Size) -> None:
        """As many rows of the quote as leave the field its own."""
        width = max(20, min(76, widest(screen.width)))
        cuts = wrapped(self.quote, width - _BESIDE_CELLS)
        room = max(0, min(_QUOTE_ROWS, screen.height * 9 // 10 - _FIELD_ROWS - _EDGE_ROWS))
        shown = [self.quote[start:end] for start, end in cuts[:room]]
        if shown and len(cuts) > room:
            shown[-1] = clip(shown[-1] + " …", width - _BESIDE_CELLS)
        self.shown.set_rows([[("▎ ", "quote-bar"), (row, "caption")] for row in shown])
        self.shown.styles.height = len(shown)
        self.shown.display = bool(shown)
        self.box.styles.width = width

    def on_mount(self) -> None:
        """The field has the keys."""
        field = self.query_one(_Field)
        field.focus()
        field.move_cursor(field.document.end)

    def on_paste(self, event: events.Paste) -> None:
        """What is pasted was made safe by the app, on one line."""

    def action_keep(self) -> None:
        """Enter."""
        self.dismiss(Written(clean(self.query_one(_Field).text), True))

    def action_close(self) -> None:
        """Esc: what was written is not lost."""
        self.dismiss(Written(clean(self.query_one(_Field).text), False))

    def action_editor(self) -> None:
        """The words in $EDITOR."""
        from textual.app import SuspendNotSupported

        from reader.settings import editor
        from reader.ui.terminal.editor import command, run

        field = self.query_one(_Field)
        handle, path = tempfile.mkstemp(suffix=".md", prefix="note-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(f"{field.text}\n" if field.text else "")
            try:
                with self.terminal.lent():
                    problem = run(command(editor(), path, 1))
            except SuspendNotSupported:
                problem = _("This terminal cannot be handed to an editor")
            if problem:
                self.box.set_keys(problem)
            else:
                with open(path, encoding="utf-8", errors="replace") as file:
                    field.text = clean(file.read(1 << 20)).strip()
                field.move_cursor(field.document.end)
        finally:
            os.unlink(path)
