"""What keys do in the list of the library. Imported when it is asked for."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult

from reader.layout import pad, wrapped
from reader.locale import N_, _
from reader.ui.style import ThemeStyles
from reader.ui.widgets.dialogs import Box, Dialog, Lines

LIST_KEYS: tuple[tuple[str, str], ...] = (
    ("Enter", "Open the article"),
    ("o  Esc", "Back to the article behind the list"),
    ("q", "Quit, where no article is behind it"),
    ("j  k  Space  b  g  G", "Move"),
    ("n", "To the next unread article"),
    ("/", "Search"),
    ("s  r", "Next order; the other way round"),
    ("v", "Grouped by day, by folder, or not"),
    ("z  →  ←", "Repeated titles on one row, or not; here alone"),
    ("V  F  N  c  X", "Star; finished; unread; being read; archive"),
    ("m  M", "Mark a row, or all: the next of those is for them all"),
    ("u", "The state set last is as it was before"),
    ("R  O", "Look into the folders again; recent articles"),
)
QUERY: tuple[tuple[str, str], ...] = (
    (N_('words  "a phrase"'), "All must be in title, author, tags or text"),
    (N_("/expression/"), "A regular expression"),
    ("tag:  author:  in:", "A tag, a name, a folder"),
    ("after:  before:", "A year, a month or a day: 2024-05"),
    ("is:", "unread, reading, finished, starred, archived"),
    ("Ctrl+P  Ctrl+N", "An earlier query, a later one; so do Alt+↑ and Alt+↓"),
    ("-", "Before any of them: it must not be there"),
)
SIGNS = N_("● unread   ◐ being read   ✓ finished   ★ starred   ▣ archived   ▶ marked   ×6 six of one title")
_KEY_CELLS = 22
_WIDEST_CELLS = 100
_FRAME_CELLS, _FRAME_ROWS = 5, 2
"""Of the box around its lines: border, padding, track."""


class ArticlesHelp(Dialog[None]):
    """The keys of the list, and the language of its query line."""

    def __init__(self, styles: ThemeStyles) -> None:
        super().__init__()
        self.theme_styles = styles

    def compose(self) -> ComposeResult:
        self.lines = Lines(self.theme_styles, ())
        with Box(_("Keys of the list"), _("↑ ↓ PgDn scroll   Esc closes"), classes="wide fitted"):
            yield self.lines

    def on_resize(self, event: events.Resize) -> None:
        """The rows in the width there is."""
        width = max(20, min(_WIDEST_CELLS, event.size.width * 96 // 100 - _FRAME_CELLS))
        rows = [
            *_part(_("In the list"), [(keys, _(words)) for keys, words in LIST_KEYS], width),
            *_part(_("On the query line"), [(_(typed), _(words)) for typed, words in QUERY], width),
        ]
        signs = _(SIGNS)
        rows += [[(signs[start:end].rstrip(), "label")] for start, end in wrapped(signs, width)]
        self.lines.set_rows(rows)
        self.lines.styles.height = max(1, min(len(rows), event.size.height * 9 // 10 - _FRAME_ROWS))
        self.query_one(Box).styles.width = width + _FRAME_CELLS


def _part(title: str, lines: list[tuple[str, str]], width: int) -> list[list[tuple[str, str]]]:
    """Rows of keys and what they do, which goes on below itself where it is longer than its column."""
    key_cells = min(_KEY_CELLS, width * 2 // 5)
    rows: list[list[tuple[str, str]]] = [[(title, "heading")]]
    for keys, words in lines:
        cuts, parts = wrapped(words, max(8, width - key_cells - 3)), wrapped(keys, key_cells)
        for number in range(max(len(cuts), len(parts))):
            shown = keys[slice(*parts[number])].rstrip() if number < len(parts) else ""
            does = words[slice(*cuts[number])].rstrip() if number < len(cuts) else ""
            rows.append([("  " + pad(shown, key_cells + 1), "bullet"), (does, "body")])
    return [*rows, []]
