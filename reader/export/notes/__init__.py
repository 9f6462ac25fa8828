"""Highlights and notes out of the program, and in again.

Owns the formats: Markdown for note-taking programs (`markdown`, `files`), W3C Web Annotations (`webannotation`),
Readwise's CSV (`readwise`), one HTML page (`html`); and the reading of these and of Hypothesis' exports (`reading`),
put to articles by their quotes (`taking`). Refuses to read articles and stores: both are handed in as values.

Invariant: every string that goes out is sanitised, and nothing in it is a formula, markup or a script where it lands.
"""

from reader.export.notes.files import Written, file_name, write_file, write_notes
from reader.export.notes.html import as_html
from reader.export.notes.imported import Imported
from reader.export.notes.markdown import (
    ARTICLE_FIELDS,
    ARTICLE_TEMPLATE,
    END,
    NOTE_FIELDS,
    NOTE_TEMPLATE,
    as_markdown,
    template_problem,
)
from reader.export.notes.reading import MAX_IMPORT_BYTES, read_notes
from reader.export.notes.readwise import as_csv
from reader.export.notes.taking import Taken, belonging, take
from reader.export.notes.value import ArticleNotes, PlacedNote, article_notes, newer
from reader.export.notes.webannotation import as_json

__all__ = [
    "ARTICLE_FIELDS",
    "ARTICLE_TEMPLATE",
    "END",
    "MAX_IMPORT_BYTES",
    "NOTE_FIELDS",
    "NOTE_TEMPLATE",
    "ArticleNotes",
    "Imported",
    "PlacedNote",
    "Taken",
    "Written",
    "article_notes",
    "as_csv",
    "as_html",
    "as_json",
    "as_markdown",
    "belonging",
    "file_name",
    "newer",
    "read_notes",
    "take",
    "template_problem",
    "write_file",
    "write_notes",
]
