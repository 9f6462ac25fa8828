"""What the sidebar lists."""

from __future__ import annotations

import pytest

from reader.document import Document, Paragraph, Range, Section
from reader.session.entries import Kept, places
from reader.store import Selector, annotation

LONG = "The lamp is lit at dusk and put out at dawn. " * 6
CUT = LONG[:200].strip()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("The lamp is lit.", "The lamp is lit."),
        (LONG, f"{LONG[:200].strip()}…"),
        (LONG[:200] + "\n\n", LONG[:200].strip()),
    ],
    ids=["whole", "cut", "just fits"],
)
def test_a_passage_that_is_cut_says_that_it_goes_on(text, shown):
    document = Document(text, blocks=(Paragraph(0, len(text)),))
    (entry,) = places(document, [Kept(0, "✎", "", "1", len(text))])
    assert entry.text == f"✎ {shown}"


def test_kept_ones_stand_under_their_sections_with_their_words_and_lost_ones_last():
    text = "One lamp.\n\nTwo lamps.\n\nThree lamps."
    sections = (Section(0, 11, "First", 1), Section(11, 23, "Second", 1), Section(23, len(text), "Third", 1))
    document = Document(text, blocks=(Paragraph(0, 9), Paragraph(11, 21), Paragraph(23, 35)), sections=sections)
    kept = [Kept(0, "'a", "", "a"), Kept(4, "✎", "why\n\nnot", "1", 8), Kept(23, "▍", "", "2", 28, "green")]
    lost = annotation(Selector(3, 9, "a stair", "", ""), words="gone")
    whole = annotation(None, words="On  all")
    listed = places(document, kept, [whole], [lost])
    assert [(entry.text, entry.role, entry.range) for entry in listed] == [
        ("✎ On all", "", Range(0, 0)),
        ("First", "list-head", None),
        ("'a One lamp. Two lamps. Three lamps.", "", Range(0, 1)),
        ("✎ lamp", "", Range(4, 8)),
        ("  why", "list-note", Range(4, 8)),
        ("  not", "list-note", Range(4, 8)),
        ("Third", "list-head", None),
        ("▍ Three", "", Range(23, 28)),
        ("Lost  1", "list-head", None),
        ("✗ a stair", "list-done", Range(0, 0)),
        ("  gone", "list-note", Range(0, 0)),
    ]
    assert (listed[-1].id, listed[7].id, len(listed)) == (lost.id, "2", 11)
    assert "green" in listed[7].also
