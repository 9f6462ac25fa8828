"""The value all rooms share: ranges, and what stands at an offset."""

from __future__ import annotations

from dataclasses import field

import pytest

from reader.document import Document, Item, Paragraph, Range, Section, Title, record

TEXT = "One.\n\nHeading\n\nTwo."
DOCUMENT = Document(
    TEXT,
    blocks=(Paragraph(0, 4), Paragraph(6, 13), Paragraph(15, 19)),
    sections=(Section(0, 6, title="", level=1, opening=True), Section(6, 19, title="Heading", level=1)),
)


def test_a_range_is_half_open():
    assert len(Range(2, 5)) == 3
    assert [offset in Range(2, 5) for offset in (1, 2, 4, 5)] == [False, True, True, False]
    assert not Range(2, 2)


@pytest.mark.parametrize(
    ("other", "overlaps"), [(Range(0, 2), False), (Range(0, 3), True), (Range(4, 9), True), (Range(5, 9), False)]
)
def test_ranges_overlap_where_they_share_a_character(other, overlaps):
    assert Range(2, 5).overlaps(other) is overlaps


def test_what_stands_at_an_offset():
    assert [DOCUMENT.slice(block) for block in DOCUMENT.blocks] == ["One.", "Heading", "Two."]
    assert [DOCUMENT.block_index(offset) for offset in (0, 5, 6, 14, 15, 99)] == [0, 0, 1, 1, 2, 2]
    assert [DOCUMENT.section_index(offset) for offset in (0, 5, 6, 99)] == [0, 0, 1, 1]
    assert Document().section_index(3) is None
    assert Document().block_index(3) == 0


LOG = Document("a\nbb\n\nc\nd", blocks=(Paragraph(0, 4, line=3, role="lines"), Paragraph(5, 9, line=5, role="lines")))


def test_the_line_of_the_file_at_an_offset():
    assert [LOG.line_at(offset) for offset in (0, 1, 2, 4, 6, 8)] == [3, 3, 4, 4, 6, 7]
    text = Document("a\nb\n\nc", blocks=(Paragraph(0, 3, line=3), Paragraph(5, 6, line=9)))
    assert [text.line_at(offset) for offset in (0, 2, 5)] == [3, 3, 9]
    assert Document().line_at(7) == 0


def test_the_offset_of_a_line_of_the_file():
    assert [LOG.offset_at(line) for line in (0, 3, 4, 5, 6, 7, 99)] == [0, 0, 2, 5, 6, 8, 8]
    text = Document("a\nb\n\nc", blocks=(Paragraph(0, 3, line=3), Paragraph(5, 6, line=9)), complete=False)
    assert [text.offset_at(line) for line in (3, 4, 8, 9)] == [0, 0, 0, None]
    assert Document().offset_at(1) is None


def test_mypy_is_told_that_the_fields_of_a_record_do_not_change():
    said = record.__dataclass_transform__  # type: ignore[attr-defined]
    assert {**said, **said["kwargs"]}["frozen_default"]  # in "kwargs" before Python 3.12


@record
class Mark(Range):
    name: str = ""
    seen: bool = field(default=False, compare=False)


def test_records_are_compared_hashed_and_shown_by_their_fields():
    assert Mark(1, 2, "a") == Mark(1, 2, "a", seen=True) != Mark(1, 2, "b")
    assert Mark(1, 2) != Range(1, 2)
    assert len({Mark(1, 2, "a"), Mark(1, 2, "a", seen=True), Range(1, 2)}) == 2
    assert repr(Mark(1, 2, "a")) == "Mark(start=1, end=2, name='a', seen=False)"
    assert not hasattr(Mark(1, 2), "__dict__")


def test_an_item_of_a_list_is_equal_to_itself_alone():
    item = Item(1)
    assert item == item
    assert item != Item(1)


def test_the_first_of_several_blocks_of_a_line_is_where_the_line_is():
    title, byline = Title(0, 1), Paragraph(3, 6, role="byline")
    document = Document("T\n\nAda\n\nText", blocks=(title, byline, Paragraph(8, 12, line=5)))
    assert [document.offset_at(line) for line in (0, 1, 4, 5, 9)] == [0, 0, 0, 8, 8]
