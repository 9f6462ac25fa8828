"""What there is to read: the articles of a folder, and the look into the first lines of their files.

Owns which files are articles (`files`), what their heads say (`head`), the list by name (`listing`), and how an article
is saved into a folder (`saving`). Refuses to open an article, to follow links to other folders, and to be held up by a
file that cannot be read: it is listed by its name.

Invariant: listing changes nothing, and reads at most 8 KiB of each file.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from reader.library.entry import Entry
from reader.library.files import ARTICLES, Found, Unread, is_article, scan
from reader.library.head import named_date, peek
from reader.library.listing import Work, ago, works

if TYPE_CHECKING:
    from reader.library.saving import Saved as Saved
    from reader.library.saving import safe_name as safe_name
    from reader.library.saving import save as save
else:

    def __getattr__(name):
        """The names of `saving`, at their first use."""
        if name in ("Saved", "safe_name", "save"):
            return getattr(import_module("reader.library.saving"), name)
        raise AttributeError(name)


__all__ = [
    "ARTICLES",
    "Entry",
    "Found",
    "Saved",
    "Unread",
    "Work",
    "ago",
    "is_article",
    "named_date",
    "peek",
    "safe_name",
    "save",
    "scan",
    "works",
]
