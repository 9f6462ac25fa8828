"""What keys do in the list of the library. Imported when it is asked for."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical

from reader.layout import pad
from reader.locale import N_, _
from reader.ui.style import ThemeStyles
from reader.ui.widgets.dialogs import Dialog, Lines

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
    ("-", "Before any of them: it must not be there"),
)
SIGNS = N_("● unread   ◐ being read   ✓ finished   ★ starred   ▣ archived   ▶ marked   ×6 six of one title")
_KEY_CELLS = 23


class ArticlesHelp(Dialog[None]):
    """The keys of the list, and the language of its query line."""

    def __init__(self, styles: ThemeStyles) -> None:
        super().__init__()
        self.theme_styles = styles

    def compose(self) -> ComposeResult:
        rows: list[list[tuple[str, str]]] = [[(_("In the list"), "heading")]]
        rows += [[("  " + pad(keys, _KEY_CELLS), "bullet"), (_(words), "body")] for keys, words in LIST_KEYS]
        rows += [[], [(_("On the query line"), "heading")]]
        rows += [[("  " + pad(_(typed), _KEY_CELLS), "bullet"), (_(words), "body")] for typed, words in QUERY]
        rows += [[], [(_(SIGNS), "label")]]
        lines = Lines(self.theme_styles, rows)
        lines.styles.height = min(len(rows), max(3, self.app.size.height - 6))
        with Vertical(id="box") as box:
            box.styles.width = 104
            yield lines
