"""The state of the app with no widget in it: what is open, what is searched, chosen, marked, kept and listed.

Owns one class a concern; `reading` is what they share, `session` all of them together. A change is announced once
(`changes`), and whoever shows it draws again. Refuses to draw, to import Textual, and to know a widget: the page is a
`Viewport`, threads and timers are the `Background`, both given by the app or by a test.

Invariant: every place is an offset into the article's text, so the state survives a resize and more text.
"""

from typing import TYPE_CHECKING

from reader.session.annotations import Placed
from reader.session.article import NO_SOURCE, Article, Passage, Target
from reader.session.changes import Changes, Topic
from reader.session.claims import DENSITIES, NAMES, SIGNS, kinds_in_words
from reader.session.entries import Entry, Grouped, Kept, Outline, results
from reader.session.history import History, Stop
from reader.session.images import RemoteImage
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
from reader.session.overview import lost_entries
from reader.session.peeks import Peek
from reader.session.programs import Answer
from reader.session.reading import Background, Message, Pane, Reading, Timer, Viewport
from reader.session.references import Cited
from reader.session.saving import Plan
from reader.session.selecting import HELP as SELECTING_HELP
from reader.session.selecting import Step as SelectingStep
from reader.session.session import Session
from reader.session.sidebar import MIN_WIDTH, Content, Panel

if TYPE_CHECKING:
    from reader.session import exchange as exchange  # a module that is imported when it is asked for
    from reader.session.arranging import Arranged as Arranged
    from reader.session.arranging import Row as Row
    from reader.session.articles import Articles as Articles
else:

    def __getattr__(name):
        """The names of the library's list, at their first use."""
        if name in ("Arranged", "Articles", "Row"):
            from reader.session import arranging, articles

            return articles.Articles if name == "Articles" else getattr(arranging, name)
        raise AttributeError(name)


__all__ = [
    "DENSITIES",
    "MIN_WIDTH",
    "NAMES",
    "NO_SOURCE",
    "SELECTING_HELP",
    "SIGNS",
    "Anchor",
    "Answer",
    "Arranged",
    "Article",
    "Articles",
    "Background",
    "Changes",
    "Cited",
    "Content",
    "Destination",
    "Entry",
    "Grouped",
    "History",
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
    "exchange",
    "kinds_in_words",
    "lost_entries",
    "results",
]
