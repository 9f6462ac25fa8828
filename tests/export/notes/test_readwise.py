"""Readwise's CSV: its columns, no formulas, and read again."""

from __future__ import annotations

import csv
import io

import pytest

from reader.export.notes import as_csv, read_notes, take
from reader.store import Article, annotation
from tests.export.notes.making import harbour, marked, notes


def table(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_a_row_a_note():
    document = harbour(url="https://example.org/h")
    pier = marked(document, "took nine years", words='so "long",\nsaid he', time=0.0)
    rows = table(as_csv([notes(document, annotation(None, words="all of it", time=0.0), pier)]))
    assert rows == [
        ["Highlight", "Title", "Author", "URL", "Note", "Location", "Date"],
        ["", "The harbour", "M. Lind", "https://example.org/h", "all of it", "", "1970-01-01 00:00:00"],
        [
            *("took nine years", "The harbour", "M. Lind", "https://example.org/h", 'so "long",\nsaid he'),
            *(str(document.text.index("took nine years")), "1970-01-01 00:00:00"),
        ],
    ]


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\n=1"])
def test_no_cell_is_a_formula(words):
    document = harbour()
    text = as_csv([notes(document, annotation(None, words=words))])
    assert table(text)[1][4] == f"'{words}"
    (one,) = read_notes(text.encode())
    assert one.words == words.strip()


def test_what_is_written_is_read_again():
    document = harbour()
    made = [marked(document, "took nine years", words="long #time", time=1e9), marked(document, "Anna", time=1e9)]
    taken = take(read_notes(as_csv([notes(document, *made)]).encode()), Article("/articles/harbour.md", "d1"), document)
    assert [(one.selector, one.words, one.created) for one in taken.annotations] == [
        (one.selector, one.words, one.created) for one in made
    ]


def test_what_readwise_gives_out():
    text = (
        "\ufeffHighlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,Location,Highlighted at\n"
        '"took nine  years",The harbour,M. Lind,,,yellow,"pier, deep time",location,12,2021-03-04 05:06:07+00:00\n'
        ",,,,,,,,,\n"
        "short row\n"
    )
    first, second = read_notes(text.encode())
    assert (first.exact, first.title, first.colour, first.tags) == (
        *("took nine  years", "The harbour", "yellow"),
        ("pier", "deep time"),
    )
    assert first.created == 1614834367.0
    assert second.exact == "short row"
    taken = take([first, second], Article("/a.md", "d1"), harbour())
    assert taken.unanchored == (second,)
    assert taken.annotations[0].selector is not None
    assert taken.annotations[0].selector.exact == "took nine years", "blanks may differ"
