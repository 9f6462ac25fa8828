"""The commands within the command: `reader library …`. Their words come after a name that no file has.

Refuses options of its own: those of the command are given.
"""

from __future__ import annotations

from collections.abc import Sequence

from reader.cli.stdio import fail, write
from reader.locale import _


def library(words: Sequence[str], config: str | None, state: str | None) -> int:
    """`reader library add FOLDER …`, `remove FOLDER …`, `status`: the folders that make one library."""
    from reader.library import (
        FoldersError,
        Library,
        add_folder,
        folders_file,
        index_file,
        library_folders,
        remove_folder,
        status_lines,
    )
    from reader.settings import load as load_settings
    from reader.settings import store_path

    verb, *folders = words or ("status",)
    if verb not in ("add", "remove", "status") or bool(folders) != (verb != "status"):
        usage = _("write `reader library add FOLDER`, `reader library remove FOLDER` or `reader library status`")
        return fail(usage) + 1
    store = store_path(state)
    try:
        for folder in folders:
            changed = (add_folder if verb == "add" else remove_folder)(folders_file(store), folder)
            if not changed:
                said = _("{folder}: it is in the library already") if verb == "add" else _("{folder}: it was not added")
                fail(said.format(folder=folder))
        settings = load_settings(config)[0]
        chosen = library_folders(settings.library.folders, folders_file(store))
    except FoldersError as problem:
        return fail(str(problem))
    with Library(chosen, index_file(store), settings.dialect) as library:
        return write(status_lines(library))
