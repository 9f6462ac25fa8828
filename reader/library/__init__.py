"""What there is to read: the articles of a folder, and the look into the first lines of their files.

Owns which files are articles (`files`), what their heads say (`head`) and the list by name (`listing`). Refuses to
open an article, to follow links to other folders, and to be held up by a file that cannot be read: it is listed by its
name.

Invariant: listing changes nothing, and reads at most 8 KiB of each file.
"""

from reader.library.entry import Entry
from reader.library.files import ARTICLES, Found, Unread, is_article, scan
from reader.library.head import named_date, peek
from reader.library.listing import Work, ago, works

__all__ = ["ARTICLES", "Entry", "Found", "Unread", "Work", "ago", "is_article", "named_date", "peek", "scan", "works"]
