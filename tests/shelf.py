"""A library on disk for the tests: articles by name and source, read by the program's own second process."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from reader.library import Entry, Library, Listing


def write(folder: Path, articles: Mapping[str, str]) -> None:
    """Makes files of these names and texts."""
    for name, text in articles.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8", "surrogateescape"))


def opened(tmp_path: Path, articles: Mapping[str, str] | None = None, **options: object) -> Library:
    """The library of `tmp_path/articles`, with its index in `tmp_path/state`."""
    folder = tmp_path / "articles"
    folder.mkdir(exist_ok=True)
    write(folder, articles or {})
    return Library([str(folder)], str(tmp_path / "state" / "library.sqlite"), **options)  # type: ignore[arg-type]


def read(library: Library) -> Listing:
    """The listing when everything has been read."""
    listing = library.look()
    last = None
    for progress in library.update():
        listing, last = listing.updated(progress), progress
    assert last is not None
    assert last.complete
    return listing


def names(listing: Listing, library: Library) -> list[str]:
    """The articles' paths within the library."""
    return sorted(os.path.relpath(path, library.folders[0]) for path in listing.entries)


def named(listing: Listing, name: str) -> Entry:
    """The article of this file name."""
    return next(entry for path, entry in listing.entries.items() if path.endswith(f"/{name}"))
