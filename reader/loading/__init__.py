"""An article on its way to a screen or to an output: read, parsed and judged, in this process or in a second one.

Owns the way itself (`pipeline`), the second process (started by `process`; `feed` on the side of the screen, `serve` on
the other side, `frames` between them), what third-party code does with code blocks (`syntax`, by the `colourer`) and
with images (`pictures`, by the `painter`), each in a `script_process` whose other side is `answering`; the running of
programs that the settings name (`program`), and the asking of such a one for claims (`asking`). Refuses to show
anything.

Invariant: what comes out of a `Feed` is what `loaded` yields in one process, in the same order. The two sides do not
import one another, and importing this package imports neither.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.loading.asking import Answers as Answers
    from reader.loading.asking import AskError as AskError
    from reader.loading.asking import ask as ask
    from reader.loading.colourer import Colourer as Colourer
    from reader.loading.feed import Feed as Feed
    from reader.loading.feed import FeedError as FeedError
    from reader.loading.frames import CUT_SHORT as CUT_SHORT
    from reader.loading.frames import Findings as Findings
    from reader.loading.frames import Growth as Growth
    from reader.loading.frames import Opened as Opened
    from reader.loading.frames import Order as Order
    from reader.loading.frames import grown as grown
    from reader.loading.painter import Painter as Painter
    from reader.loading.painter import PictureError as PictureError
    from reader.loading.painter import lacking_for_pictures as lacking_for_pictures
    from reader.loading.pipeline import load as load
    from reader.loading.pipeline import loaded as loaded
    from reader.loading.process import start_ahead as start_ahead
    from reader.loading.program import ProgramError as ProgramError
    from reader.loading.program import run_program as run_program
else:
    _LATE = {
        **dict.fromkeys(("Answers", "AskError", "ask"), "asking"),
        **dict.fromkeys(("Feed", "FeedError"), "feed"),
        **dict.fromkeys(("CUT_SHORT", "Findings", "Growth", "Opened", "Order", "grown"), "frames"),
        **dict.fromkeys(("load", "loaded"), "pipeline"),
        **dict.fromkeys(("ProgramError", "run_program"), "program"),
        **dict.fromkeys(("Painter", "PictureError", "lacking_for_pictures"), "painter"),
        "Colourer": "colourer",
        "start_ahead": "process",
    }

    def __getattr__(name):
        """The names of either side, at their first use."""
        if name in _LATE:
            return getattr(import_module(f"reader.loading.{_LATE[name]}"), name)
        raise AttributeError(name)


__all__ = [
    "CUT_SHORT",
    "Answers",
    "AskError",
    "Colourer",
    "Feed",
    "FeedError",
    "Findings",
    "Growth",
    "Opened",
    "Order",
    "Painter",
    "PictureError",
    "ProgramError",
    "ask",
    "grown",
    "lacking_for_pictures",
    "load",
    "loaded",
    "run_program",
    "start_ahead",
]
