"""The registry of everything a key can do: bindings, help, footer, palette and the user's own keys come from here.

Owns ids, default keys and the words. Refuses to know how an action is done: an id is "group.verb", and `commands` has a
class for the group with a method for the verb.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from reader.document import record
from reader.locale import _
from reader.sanitize import clean_line
from reader.settings import Settings, bindings, written_key

GROUPS = (
    *("Move", "Sections and panes", "Search", "Claims", "Links and images", "Highlights and notes", "Places"),
    *("Library", "File", "View", "Reader"),
)


@record
class Action:
    """One thing the reader can be told to do."""

    id: str
    """What the settings file and the tests call it."""
    keys: tuple[str, ...]
    """Default keys, in Textual's names."""
    title: str
    """What help and palette say."""
    group: str
    footer: str = ""
    """A word or two for the bottom line; empty: not there."""


ACTIONS: tuple[Action, ...] = (
    Action("move.down", ("j", "down", "ctrl+e"), "One row down", "Move"),
    Action("move.up", ("k", "up", "ctrl+y"), "One row up", "Move"),
    Action("move.page_down", ("space", "pagedown", "ctrl+f"), "One page down", "Move"),
    Action("move.page_up", ("b", "pageup", "ctrl+b"), "One page up", "Move"),
    Action("move.half_down", ("d", "ctrl+d"), "Half a page down", "Move"),
    Action("move.half_up", ("u", "ctrl+u"), "Half a page up", "Move"),
    Action("move.first", ("g", "home"), "To the beginning", "Move"),
    Action("move.last", ("G", "end"), "To the end", "Move"),
    Action("move.percent", ("percent_sign",), "To a percentage: 50% with a count, else it is asked for", "Move"),
    Action("move.place", ("z",), "z and z t b: place the passage; a: fold; m r, 1 to 6: a level; M R: all", "Move"),
    Action("move.next_paragraph", ("right_curly_bracket",), "Next paragraph becomes the passage", "Move"),
    Action("move.previous_paragraph", ("left_curly_bracket",), "Paragraph before becomes the passage", "Move"),
    Action("move.left", ("left",), "Wide code: back towards its beginning", "Move"),
    Action("move.right", ("right",), "Wide code: on towards its end", "Move"),
    Action("move.next_section", ("right_square_bracket",), "Next section", "Sections and panes", "section"),
    Action("move.previous_section", ("left_square_bracket",), "Previous section", "Sections and panes"),
    Action("sidebar.next_pane", ("tab",), "To the next pane", "Sections and panes"),
    Action("sidebar.previous_pane", ("shift+tab",), "To the previous pane", "Sections and panes"),
    Action("sidebar.toggle", ("t",), "Show or hide the sidebar", "Sections and panes", "sidebar"),
    Action("sidebar.narrow", ("less_than_sign",), "Narrower sidebar", "Sections and panes"),
    Action("sidebar.widen", ("greater_than_sign",), "Wider sidebar", "Sections and panes"),
    Action("sidebar.sections", ("1", "alt+1"), "Sections in the sidebar", "Sections and panes"),
    Action("sidebar.links", ("2", "alt+2"), "Links and images in the sidebar", "Sections and panes"),
    Action("search.open", ("slash",), "Search in this article", "Search", "search"),
    Action("search.next", ("n",), "Next match", "Search"),
    Action("search.previous", ("N",), "Previous match", "Search"),
    Action("search.word", ("asterisk",), "Search the selection or the word last clicked", "Search"),
    Action("search.results", ("3", "alt+3"), "Matches in the sidebar", "Search"),
    Action("claim.next", ("c",), "Next claim", "Claims", "claim"),
    Action("claim.previous", ("C",), "Previous claim", "Claims"),
    Action("claim.why", ("w",), "Why this claim was chosen", "Claims"),
    Action("claim.toggle", ("h",), "Show the claims on the page, or not", "Claims"),
    Action("claim.more", ("plus", "equals_sign"), "More claims", "Claims"),
    Action("claim.fewer", ("minus",), "Fewer claims", "Claims"),
    Action("claim.kinds", ("K",), "Claims of one kind only", "Claims"),
    Action("claim.panel", ("4", "alt+4"), "Claims in the sidebar", "Claims"),
    Action("claim.skim", ("s",), "Skim: headings, images and claims only", "Claims", "skim"),
    Action("link.next", ("l",), "Next link or image", "Links and images", "link"),
    Action("link.previous", ("L",), "Previous link or image", "Links and images"),
    Action("link.open", ("enter",), "Open the link or image, or fold the heading", "Links and images"),
    Action("link.browser", ("B",), "Open the link, or this web page, in the browser", "Links and images"),
    Action("link.hints", ("f",), "Letters on all that leads somewhere, to follow it", "Links and images", "follow"),
    Action("link.peek", ("p",), "Look at a note, reference, image or linked article here", "Links and images"),
    Action("image.previews", ("i",), "Small previews of the images in the text, or none", "Links and images"),
    Action("place.back", ("backspace", "alt+left"), "Back to where the last jump began", "Places"),
    Action("place.forward", ("alt+right",), "Forward again", "Places"),
    Action("place.mark", ("m",), "Set a bookmark: m and a letter", "Places"),
    Action("place.to_mark", ("apostrophe",), "Go to a bookmark: ' and its letter", "Places"),
    Action("note.highlight", ("H",), "Highlight the passage, or no longer", "Highlights and notes", "highlight"),
    Action("note.write", ("a",), "Write a note on the passage", "Highlights and notes", "note"),
    Action("note.select", ("v",), "Select by keyboard, from the passage on", "Highlights and notes"),
    Action("note.whole", ("A",), "Write a note on the article as a whole", "Highlights and notes"),
    Action("note.undo", ("U",), "Undo the last change of a highlight, note or bookmark", "Highlights and notes"),
    Action("note.panel", ("5", "alt+5"), "Bookmarks, highlights and notes in the sidebar", "Highlights and notes"),
    Action("note.overview", ("6", "alt+6"), "Highlights and notes of all articles", "Highlights and notes"),
    Action("note.export", ("E",), "Export highlights and notes as files", "Highlights and notes"),
    Action("note.take_in", ("I",), "Import highlights and notes from a file", "Highlights and notes"),
    Action("library.open", ("o",), "The list of the library or the folder, else recent articles", "Library"),
    Action("library.recents", ("O",), "Choose one of the recent articles", "Library"),
    Action("library.next_article", ("full_stop",), "Next article of the list", "Library"),
    Action("library.previous_article", ("comma",), "Article before it in the list", "Library"),
    Action("library.next_unread", ("semicolon",), "Next unread article of the list", "Library"),
    Action("library.star", ("V",), "Star the article, or no longer", "Library"),
    Action("library.finish", ("F",), "The article is finished, or unread again", "Library"),
    Action("library.archive", ("X",), "Archive the article, or no longer", "Library"),
    Action("file.reload", ("R",), "Read the file again", "File"),
    Action("file.watch", ("r",), "Read the file again whenever it changes, or not", "File"),
    Action("file.save", ("S",), "Save an article of the web, or what a feed lists, into the library", "File"),
    Action("file.edit", ("e",), "Edit the file at the line at the top of the page", "File"),
    Action("file.end_pipe", ("ctrl+c",), "End the pipe that the article still comes by", "File"),
    Action("view.table", ("T",), "Open the table on the page in full; there s sorts, w wraps", "View"),
    Action("view.numbers", ("number_sign",), "Number the lines of code, or no longer", "View"),
    Action("view.card", ("M",), "Unfold the front matter", "View"),
    Action("view.narrow", ("left_parenthesis",), "Narrower page", "View"),
    Action("view.widen", ("right_parenthesis",), "Wider page", "View"),
    Action("view.margin", ("W",), "Beside a wide page: notes and reasons, notes, or nothing", "View"),
    Action("view.theme", ("D",), "Light or dark", "View"),
    Action("view.redraw", ("ctrl+l",), "Draw the screen again", "View"),
    Action("reader.copy", ("y",), "Copy the passage", "Reader"),
    Action("reader.copy_place", ("Y",), "Copy the place: file and line", "Reader"),
    Action("reader.command", ("colon",), "Go to a line, 50%, a #heading, or do a command by its name", "Reader"),
    Action("reader.help", ("question_mark",), "This help", "Reader", "help"),
    Action("reader.escape", ("escape",), "One level out: of a list, a selection, the skim", "Reader"),
    Action("reader.suspend", ("ctrl+z",), "To the shell; fg comes back", "Reader"),
    Action("reader.quit", ("q",), "Quit", "Reader", "quit"),
)

PRESETS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "textual": {},
    "less": {
        "move.down": ("j", "down", "e", "ctrl+e", "ctrl+n"),
        "move.up": ("k", "up", "ctrl+y", "ctrl+k"),
        "move.page_down": ("space", "pagedown", "f", "ctrl+f", "ctrl+v"),
        "move.page_up": ("b", "pageup", "ctrl+b", "alt+v"),
        "move.first": ("g", "home", "less_than_sign"),
        "move.last": ("G", "end", "greater_than_sign"),
        "link.hints": ("alt+f",),
        "file.edit": ("alt+e",),
        "sidebar.narrow": ("alt+comma",),
        "sidebar.widen": ("alt+full_stop",),
    },
    "vim": {
        "move.half_down": ("ctrl+d",),
        "move.half_up": ("ctrl+u",),
        "note.undo": ("u", "U"),
        "place.back": ("backspace", "alt+left", "ctrl+o"),
    },
}
"""What other keys an action has for hands that are used to another program, by its id. In all but the first, digits are
counts, and the panels of the sidebar have Alt with the digit."""
COUNTING = ("less", "vim")
_PANELS = ("sidebar.sections", "sidebar.links", "search.results", "claim.panel", "note.panel", "note.overview")


def of_preset(name: str) -> tuple[Action, ...]:
    """The registry with the keys of a preset. A key that an action has there is no other action's."""
    keys = dict(PRESETS[name])
    if name in COUNTING:
        keys |= {id: (f"alt+{number}",) for number, id in enumerate(_PANELS, 1)}
    taken = {key for chosen in keys.values() for key in chosen}
    return tuple(
        replace(action, keys=keys.get(action.id) or tuple(key for key in action.keys if key not in taken))
        for action in ACTIONS
    )


def bound(settings: Settings) -> tuple[Action, ...]:
    """The registry with the keys of this run: the person's own, else those of the preset as far as neither another
    action nor a program has got them. The first of two keys of a program stays its action's too: typed twice."""
    actions = of_preset(settings.preset)
    keys = bindings(settings.keys, actions)
    programs = {command.key for command in settings.commands.values()}
    return tuple(
        replace(action, keys=tuple(key for key in keys[action.id] if key not in programs)) for action in actions
    )


def keyless(settings: Settings) -> tuple[str, ...]:
    """Says which actions have lost all their keys to others, one line each; those whose keys were taken away with []
    are meant so."""
    actions = bound(settings)
    owner = {key: action.id for action in actions for key in action.keys}
    owner |= {command.key: f"commands.{name}" for name, command in settings.commands.items()}
    said = _("settings: {key!r} is the key of {action} now, and {other} has none; give it another under [keys], or []")
    return tuple(
        clean_line(said.format(key=written_key(before.keys[0]), action=owner[before.keys[0]], other=now.id))
        for before, now in zip(of_preset(settings.preset), actions, strict=True)
        if not now.keys and settings.keys.get(now.id) != ()
    )


_SIGNS = {"pagedown": "PgDn", "pageup": "PgUp", "escape": "Esc", "up": "↑", "down": "↓", "left": "←", "right": "→"}
"""Keys that are written otherwise than they are named."""


def sign(key: str) -> str:
    """A key as people write it."""
    held, plus, name = key.rpartition("+")
    shown = _SIGNS.get(name) or written_key(name)
    if len(shown) == 1:
        shown = shown.upper() if plus else shown
    elif name not in _SIGNS:
        shown = shown.title()
    return f"{held.title()}{plus}{shown}"


def written_keys(actions: Sequence[Action]) -> dict[str, str]:
    """The key of each action in this run as messages name it, by the action's id; without one the way by its name."""
    return {one.id: sign(one.keys[0]) if one.keys else f"Ctrl+P · {_(one.title)}" for one in actions}


def way_out(actions: Sequence[Action]) -> str:
    """Says which key quits, in this run."""
    return _("{key} quits").format(key=written_keys(actions)["reader.quit"])
