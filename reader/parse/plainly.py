"""What is said of places that are shown as plain text, since the Markdown there costs too much. Owns the words only."""

from __future__ import annotations

from reader.locale import ngettext


def plain_lines(first: int, last: int) -> str:
    """Of the lines of the file from `first` to `last`, counted from 0."""
    said = ngettext(
        "Line {first} is shown as plain text: the Markdown there is nested too deeply or too tangled.",
        "Lines {first}–{last} are shown as plain text: the Markdown there is nested too deeply or too tangled.",
        last - first + 1,
    )
    return said.format(first=first + 1, last=last + 1)


def plain_places(count: int) -> str:
    """Of so many places more."""
    said = ngettext("{count} more place is shown as plain text.", "{count} more places are shown as plain text.", count)
    return said.format(count=count)
