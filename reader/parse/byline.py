"""What the header says about the article, as the lines under its title: author, credits, date and tags.

Owns their order and their words. They are a block of the text (role "byline"), so that a search finds what stands on
the page. Refuses the credits that stand in the body: they are text where they stand.
"""

from __future__ import annotations

from datetime import datetime

from reader.document import Metadata, Shown
from reader.frontmatter import labels
from reader.sanitize import clean_line, joined


def byline(metadata: Metadata) -> Shown:
    """The lines, each a part that is shown whole where it has room; empty where there is nothing to say."""
    parts: list[str] = [metadata.author, *(f"{credit.label} {credit.names}".strip() for credit in metadata.credits)]
    if metadata.date is not None:
        clock = isinstance(metadata.date, datetime) and (metadata.date.hour or metadata.date.minute)
        parts.append(metadata.date.strftime("%Y-%m-%d %H:%M" if clock else "%Y-%m-%d"))
    parts.append(" ".join(f"#{tag}" for tag in labels(metadata.entries)))
    return joined((clean_line(part) for part in parts if part), "\n")
