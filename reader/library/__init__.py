"""What there is to read: the articles of some folders, listed at once, searched in all their text.

Owns which files are articles (`files`), what they say of themselves (`head`, `describe`, `entry`), the index of them
(`index`, `schema`) and the second process that keeps it up to date (`build`, `indexer`, `indexing`), what is searched
(`terms`, `corpus`, `finding`), the order of the list (`order`), all of it together (`library`), what a command prints
of it (`outside`), which folders are one (`folders`), which file a link by name means (`vault`), and how an article is
saved into a folder (`saving`). Refuses to keep
what a person has set, to follow links to other folders, and to be held up by a file that cannot be read: it is listed
by its name, with the reason.

Invariant: only `saving` writes to a folder of articles; importing this package imports neither sqlite3 nor the parser.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from reader.library.files import ARTICLES, Found, Unread, is_article, scan
from reader.library.head import named_date, peek
from reader.library.head import peeked as peek_file
from reader.library.listing import Work, ago, works

if TYPE_CHECKING:
    from reader.library.build import Progress as Progress
    from reader.library.describe import document_of as document_of
    from reader.library.entry import Entry as Entry
    from reader.library.entry import State as State
    from reader.library.finding import Answer as Answer
    from reader.library.finding import Hit as Hit
    from reader.library.finding import find as find
    from reader.library.folders import FoldersError as FoldersError
    from reader.library.folders import add_folder as add_folder
    from reader.library.folders import added_folders as added_folders
    from reader.library.folders import folders_file as folders_file
    from reader.library.folders import index_file as index_file
    from reader.library.folders import library_folders as library_folders
    from reader.library.folders import remove_folder as remove_folder
    from reader.library.index import Backlink as Backlink
    from reader.library.index import Index as Index
    from reader.library.library import Library as Library
    from reader.library.library import Listing as Listing
    from reader.library.order import GROUP_KEYS as GROUP_KEYS
    from reader.library.order import SORT_KEYS as SORT_KEYS
    from reader.library.order import Fold as Fold
    from reader.library.order import Group as Group
    from reader.library.order import GroupKey as GroupKey
    from reader.library.order import SortKey as SortKey
    from reader.library.order import Trail as Trail
    from reader.library.order import folded as folded
    from reader.library.order import folder_of as folder_of
    from reader.library.order import grouped as grouped
    from reader.library.order import ordered as ordered
    from reader.library.order import unread as unread
    from reader.library.outside import list_json as list_json
    from reader.library.outside import search_json as search_json
    from reader.library.outside import search_lines as search_lines
    from reader.library.outside import status_lines as status_lines
    from reader.library.saving import MAX_IMAGE_BYTES as MAX_IMAGE_BYTES
    from reader.library.saving import Saved as Saved
    from reader.library.saving import safe_name as safe_name
    from reader.library.saving import save as save
    from reader.library.saving import saved_addresses as saved_addresses
    from reader.library.terms import Filter as Filter
    from reader.library.terms import Wanted as Wanted
    from reader.library.terms import only as only
    from reader.library.terms import wanted as wanted
    from reader.library.vault import find_named as find_named
    from reader.library.vault import vault_of as vault_of
else:
    _LATE = {
        **dict.fromkeys(("Progress",), "build"),
        **dict.fromkeys(("document_of",), "describe"),
        **dict.fromkeys(("Entry", "State"), "entry"),
        **dict.fromkeys(("Answer", "Hit", "find"), "finding"),
        **dict.fromkeys(("Library", "Listing"), "library"),
        **dict.fromkeys(("GROUP_KEYS", "SORT_KEYS", "Fold", "Group", "GroupKey", "SortKey", "Trail"), "order"),
        **dict.fromkeys(("folded", "folder_of", "grouped", "ordered", "unread"), "order"),
        **dict.fromkeys(("FoldersError", "add_folder", "added_folders", "folders_file", "index_file"), "folders"),
        **dict.fromkeys(("library_folders", "remove_folder"), "folders"),
        **dict.fromkeys(("list_json", "search_json", "search_lines", "status_lines"), "outside"),
        **dict.fromkeys(("MAX_IMAGE_BYTES", "Saved", "safe_name", "save", "saved_addresses"), "saving"),
        **dict.fromkeys(("Backlink", "Index"), "index"),
        **dict.fromkeys(("find_named", "vault_of"), "vault"),
        **dict.fromkeys(("Filter", "Wanted", "only", "wanted"), "terms"),
    }

    def __getattr__(name):
        """The names of a library with an index, at their first use."""
        if name in _LATE:
            found = getattr(import_module(f"reader.library.{_LATE[name]}"), name)
            globals()[name] = found
            return found
        raise AttributeError(name)


__all__ = [
    "ARTICLES",
    "GROUP_KEYS",
    "MAX_IMAGE_BYTES",
    "SORT_KEYS",
    "Answer",
    "Backlink",
    "Entry",
    "Filter",
    "Fold",
    "FoldersError",
    "Found",
    "Group",
    "GroupKey",
    "Hit",
    "Index",
    "Library",
    "Listing",
    "Progress",
    "Saved",
    "SortKey",
    "State",
    "Trail",
    "Unread",
    "Wanted",
    "Work",
    "add_folder",
    "added_folders",
    "ago",
    "document_of",
    "find",
    "find_named",
    "folded",
    "folder_of",
    "folders_file",
    "grouped",
    "index_file",
    "is_article",
    "library_folders",
    "list_json",
    "named_date",
    "only",
    "ordered",
    "peek",
    "peek_file",
    "remove_folder",
    "safe_name",
    "save",
    "saved_addresses",
    "scan",
    "search_json",
    "search_lines",
    "status_lines",
    "unread",
    "vault_of",
    "wanted",
    "works",
]
