"""The state of the app with no widget in it: what is open, what is searched, chosen, marked, kept and listed.

Owns one class a concern; `reading` is what they share, `session` all of them together. A change is announced once
(`changes`), and whoever shows it draws again. Refuses to draw, to import Textual, and to know a widget: the page is a
`Viewport`, threads and timers are the `Background`, both given by the app or by a test.

Invariant: every place is an offset into the article's text, so the state survives a resize and more text.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from reader.session.annotations import colour_name
from reader.session.article import NO_SOURCE, PASSAGES, Article, Passage, Target
from reader.session.asides import Aside, Asides
from reader.session.changes import Changes, Topic
from reader.session.claims import DENSITIES, NAMES, SIGNS, kinds_in_words
from reader.session.entries import Entry, Grouped, Kept, Outline, results
from reader.session.history import History, Stop
from reader.session.library import Listing
from reader.session.links import (
    Anchor,
    Destination,
    Nowhere,
    OtherArticle,
    OtherFile,
    Web,
    WebArticle,
    address_of,
    anchor_offset,
)
from reader.session.marks import Mark
from reader.session.reading import Background, Message, Pane, Reading, Timer, Viewport
from reader.session.session import Session
from reader.session.sidebar import MIN_WIDTH, Content, Panel
from reader.session.standing import Placed

if TYPE_CHECKING:
    from reader.session import exchange as exchange  # a module that is imported when it is asked for
    from reader.session.arranging import Arranged as Arranged
    from reader.session.arranging import Row as Row
    from reader.session.articles import Articles as Articles
    from reader.session.images import Images as Images
    from reader.session.images import RemoteImage as RemoteImage
    from reader.session.overview import lost_entries as lost_entries
    from reader.session.peeks import Peek as Peek
    from reader.session.programs import Answer as Answer
    from reader.session.references import Abbreviated as Abbreviated
    from reader.session.references import Cited as Cited
    from reader.session.saving import Plan as Plan
    from reader.session.selecting import HELP as SELECTING_HELP
    from reader.session.selecting import Step as SelectingStep
else:
    _LATE = {
        "Answer": "programs.Answer",
        "Arranged": "arranging.Arranged",
        "Articles": "articles.Articles",
        "Abbreviated": "references.Abbreviated",
        "Cited": "references.Cited",
        "Images": "images.Images",
        "Peek": "peeks.Peek",
        "Plan": "saving.Plan",
        "RemoteImage": "images.RemoteImage",
        "Row": "arranging.Row",
        "SELECTING_HELP": "selecting.HELP",
        "SelectingStep": "selecting.Step",
        "lost_entries": "overview.lost_entries",
    }

    def __getattr__(name):
        """The names that no first screen needs, at their first use."""
        if name in _LATE:
            module, _, own = _LATE[name].partition(".")
            return getattr(import_module(f"reader.session.{module}"), own)
        raise AttributeError(name)


__all__ = [
    "DENSITIES",
    "MIN_WIDTH",
    "NAMES",
    "NO_SOURCE",
    "PASSAGES",
    "SELECTING_HELP",
    "SIGNS",
    "Abbreviated",
    "Anchor",
    "Answer",
    "Arranged",
    "Article",
    "Articles",
    "Aside",
    "Asides",
    "Background",
    "Changes",
    "Cited",
    "Content",
    "Destination",
    "Entry",
    "Grouped",
    "History",
    "Images",
    "Kept",
    "Listing",
    "Mark",
    "Message",
    "Nowhere",
    "OtherArticle",
    "OtherFile",
    "Outline",
    "Pane",
    "Panel",
    "Passage",
    "Peek",
    "Placed",
    "Plan",
    "Reading",
    "RemoteImage",
    "Row",
    "SelectingStep",
    "Session",
    "Stop",
    "Target",
    "Timer",
    "Topic",
    "Viewport",
    "Web",
    "WebArticle",
    "address_of",
    "anchor_offset",
    "colour_name",
    "exchange",
    "kinds_in_words",
    "lost_entries",
    "results",
]
