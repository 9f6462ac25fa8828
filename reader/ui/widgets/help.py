"""The help: every action with its keys, the most used first, filtered by typing, and what the signs mean.

Owns the order and the columns: two from `TWO_COLUMNS_CELLS` on. Imported when it is first asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, TypeAlias

from textual import events
from textual.binding import Binding, BindingType

from reader.layout import cells, clip, pad, wrapped
from reader.locale import N_, _
from reader.session import NAMES, SIGNS
from reader.ui.actions import GROUPS, Action, sign
from reader.ui.finding import Named, rank
from reader.ui.style import ThemeStyles
from reader.ui.widgets.dialogs import Box, Lines, LinesDialog

TWO_COLUMNS_CELLS = 90
"""Of the inside of the box, which has two columns from a terminal of 100 cells on."""
_GUTTER_CELLS = 3
_KEYS = N_("type to filter   ↑ ↓ PgDn scroll   Esc closes")
_MOST_USED = (
    *("move.page_down", "move.page_up", "move.next_section", "search.open", "claim.next", "claim.skim", "link.hints"),
    *("note.highlight", "note.write", "library.open", "reader.command", "reader.escape", "reader.quit"),
)
_IN_A_LIST = (
    ("j k", "Up and down"),
    ("Enter", "Go there"),
    ("← →", "Fold and unfold"),
    ("&", "Filter it by typing"),
    ("x  u", "Remove, and bring back"),
    ("Tab", "To the page and back"),
)
_ELSEWHERE = (
    ("Ctrl+P", "Find a command by its name"),
    ("Esc", "One level out; never quits"),
    (N_("Click"), "Follow, choose, a hint at the bottom"),
    (N_("Drag"), "Select"),
)
_PAGE_SIGNS = (
    (
        "▏",
        "The passage, which commands act on: the selection, else the claim, match, link or highlight stepped to, else "
        "this paragraph",
    ),
    ("▶ ✓", "Where you are, what is behind you"),
    ("≈", "A section found in a line that is no heading"),
    ("▸ ▾", "Folded, unfolded"),
    ("▍", "A highlight"),
    ("✎", "A note"),
    ("'a", "The bookmark a"),
    ("• ◆", "A claim or a match on the scroll bar; in what is shown"),
    ("›", "Code goes on to the right"),
)
_Rows: TypeAlias = "list[list[tuple[str, str]]]"


def groups(
    actions: Sequence[Action], programs: Sequence[tuple[str, str]] = ()
) -> list[tuple[str, list[tuple[str, str]]]]:
    """Titles, and under each its keys and what they do."""
    by_id = {action.id: action for action in actions}
    made = [(_("Most used"), [_line(by_id[id], 2) for id in _MOST_USED])]
    for group in GROUPS:
        made.append((_(group), [_line(action) for action in actions if action.group == group]))
    if programs:
        made.append((_("The passage to"), [*programs]))
    kinds = [(SIGNS[kind], _("Claim: {kind}").format(kind=_(NAMES[kind]))) for kind in SIGNS if SIGNS[kind]]
    in_list, elsewhere, signs = (
        [(_(keys), _(does)) for keys, does in table] for table in (_IN_A_LIST, _ELSEWHERE, _PAGE_SIGNS)
    )
    return [*made, (_("In a list"), in_list), (_("Anywhere"), elsewhere), (_("Signs"), [*kinds, *signs])]


def _line(action: Action, most: int | None = None) -> tuple[str, str]:
    """Its keys, `most` of them, and what it does."""
    return "  ".join(sign(key) for key in action.keys[:most]), _(action.title)


def help_rows(
    actions: Sequence[Action], width: int, typed: str = "", programs: Sequence[tuple[str, str]] = ()
) -> _Rows:
    """The rows in `width` cells; only what holds all the words typed, else the commands that are found by them in the
    palette."""
    words = typed.casefold().split()
    two = width >= TWO_COLUMNS_CELLS
    column = (width - _GUTTER_CELLS) // 2 if two else width
    whole = groups(actions, programs)
    kept = [
        (title, [line for line in lines if all(word in f"{title} {' '.join(line)}".casefold() for word in words)])
        for title, lines in whole
    ]
    if not any(lines for _title, lines in kept):
        named = ((one, Named(one.id, (one.title, _(one.title)), one.id.replace(".", " "))) for one in actions)
        fitting = {_(one.title) for one, names in named if rank(typed, names)}
        kept = [(title, [line for line in lines if line[1] in fitting]) for title, lines in whole[1:]]
    blocks = [_block(title, lines, column) for title, lines in kept if lines]
    if not blocks:
        return [[(_("Nothing here is named so. Backspace takes a letter back."), "label")]]
    if not two:
        return [row for block in blocks for row in block]
    height = sum(map(len, blocks))
    left: _Rows = []
    while blocks and len(left) + len(blocks[0]) // 2 <= height // 2:
        left += blocks.pop(0)
    right = [row for block in blocks for row in block]
    rows: _Rows = []
    for number in range(max(len(left), len(right))):
        one = left[number] if number < len(left) else []
        other = right[number] if number < len(right) else []
        blank = column + _GUTTER_CELLS - sum(cells(text) for text, _ in one)
        rows.append([*one, (" " * blank, "body"), *other])
    return rows


def _block(title: str, lines: Sequence[tuple[str, str]], width: int) -> _Rows:
    key_cells = min(max(cells(keys) for keys, _ in lines), max(8, width * 2 // 5))
    rows: _Rows = [[(title, "heading")]]
    for keys, does in lines:
        cuts = wrapped(does, max(8, width - key_cells - 4)) or ((0, 0),)
        for number, (start, end) in enumerate(cuts):
            shown = pad(clip(keys, key_cells), key_cells) if not number else " " * key_cells
            rows.append([(f"  {shown}  ", "bullet"), (does[start:end].rstrip(), "body")])
    return [*rows, []]


class HelpDialog(LinesDialog):
    """Every action with its keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", show=False, priority=True),
        Binding("ctrl+l", "app.do('view.redraw')", show=False),
    ]

    def __init__(self, styles: ThemeStyles, actions: Sequence[Action], programs: Sequence[tuple[str, str]]) -> None:
        """`programs` are the person's own: their keys and names."""
        super().__init__()
        self.theme_styles = styles
        self.actions = actions
        self.programs = programs
        self.typed = ""
        self.lines = HelpLines(styles, ())
        self.box = Box(_("Keys"), _(_KEYS), classes="tall wide")

    def fill(self) -> None:
        title = _("Keys with {typed}").format(typed=f"{self.typed}▏") if self.typed else _("Keys")
        self.box.set_title(title)
        self.box.set_keys(_("Esc shows all") if self.typed else _(_KEYS))
        self.lines.set_rows(help_rows(self.actions, max(20, self.lines.size.width - 2), self.typed, self.programs))
        self.lines.show(0)

    def on_key(self, event: events.Key) -> None:
        """Types the filter; q and ? close where nothing is typed."""
        if event.key == "backspace":
            self.typed = self.typed[:-1]
        elif event.key in ("q", "question_mark") and not self.typed:
            event.stop()
            self.dismiss()
            return
        elif event.character is not None and event.is_printable and (self.typed or event.key != "space"):
            self.typed += event.character
        else:
            return
        event.stop()
        event.prevent_default()
        self.fill()

    def action_back(self) -> None:
        """Esc: all again, then out."""
        if self.typed:
            self.typed = ""
            self.fill()
        else:
            self.dismiss()


class HelpLines(Lines, inherit_bindings=False):
    """Rows that leave the letters to the filter."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "rows(1)", show=False),
        Binding("up", "rows(-1)", show=False),
        Binding("pagedown,ctrl+f,space", "rows(15)", show=False),
        Binding("pageup,ctrl+b", "rows(-15)", show=False),
        Binding("home", "rows(-1000000)", show=False),
        Binding("end", "rows(1000000)", show=False),
    ]
