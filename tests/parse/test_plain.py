"""Plain text line by line: nothing is joined or lost, and what terminals understand becomes spans."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invariants import check_document, check_growth, check_layout, same_document

from reader.document import Document, Metadata, Paragraph
from reader.layout import Layout
from reader.parse import plain, plain_pieces
from reader.parse.plain import Look


def parsed(source: str) -> Document:
    *_, last = plain_pieces((source,), size=len(source))
    check_document(last)
    return last


def spans(source: str) -> list[tuple[str, str, str]]:
    """Text, kind and target of each span."""
    document = parsed(source)
    return [(document.slice(span), span.kind, span.target) for block in document.blocks for span in block.spans]


def rows(source: str, width: int = 40) -> list[str]:
    return [row.text for row in Layout(parsed(source), width).walk()]


def test_lines_stand_as_they_are() -> None:
    source = "usage: lamp [-h] <options>\n\n  # *not* a title\n\n\n    indented\n- [a](b)\n+ **c**"
    assert parsed(source).text == source
    assert rows(source) == source.split("\n")


def test_a_long_line_is_wrapped_and_blanks_before_it_stay() -> None:
    assert rows("  one two three four", 10) == ["  one two", "three four"]


def test_nothing_of_it_is_a_claim_a_section_or_a_link() -> None:
    from reader.claims import Finder

    document = parsed("The lamp costs 30% more than last year, a study says. https://e.org\n" * 30)
    assert not document.sections
    assert not document.links
    finder = Finder()
    for _ in finder.feed(document):
        pass
    assert not finder.claims


def test_tabs_are_filled_up_to_every_eighth_column() -> None:
    assert parsed("a\tb\n1234567\tc\n\x1b[1mab\x1b[m\td").text == "a       b\n1234567 c\nab      d"


def test_lines_know_their_place_in_the_file() -> None:
    source = "".join(f"line {number} of it\n" for number in range(2000))
    document = parsed(source)
    assert len(document.blocks) > 5
    for block in document.blocks:
        assert isinstance(block, Paragraph)
        assert block.role == "lines"
        assert document.slice(block).startswith(f"line {block.line} of it")
        assert len(block) <= 4000


def test_blank_lines_at_the_end_are_none() -> None:
    assert parsed("a\n\n\n").text == "a"
    assert parsed("\n\n\na").text == "\n\n\na"
    assert parsed("\n\n").text == parsed("").text == ""


def test_a_line_without_end_is_cut() -> None:
    document = parsed("a" * 200_000 + "\nb")
    assert document.text.replace("\n", "") == "a" * 200_000 + "b"
    assert len(document.blocks) == 5
    assert document.blocks[-1].line == 0 or document.slice(document.blocks[-1]).startswith("b")


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("l\bla\bam\bmp\bp", [("lamp", "strong", "")]),
        ("_\bl_\ba_\bm_\bp", [("lamp", "emphasis", "")]),
        ("l\b_a\b_", [("la", "emphasis", "")]),
        ("_\bl\bl", [("l", "strong", ""), ("l", "emphasis", "")]),
        ("_\b_", [("_", "strong", "")]),
        ("+\bo", []),
        ("灯\b\b灯", [("灯", "strong", "")]),
        ("灯\b灯", [("灯", "strong", "")]),
        ("a\bab _\bc", [("a", "strong", ""), ("c", "emphasis", "")]),
        ("\x1b[31ma\bab\x1b[m", [("a", "strong", ""), ("a", "sgr", "31"), ("b", "sgr", "31")]),
    ],
)
def test_overstrikes(source: str, shown: list[tuple[str, str, str]]) -> None:
    assert spans(source) == shown
    assert "\u2408" not in parsed(source).text


def test_a_backspace_over_nothing_is_visible() -> None:
    assert parsed("\ba\n\bb").text == "␈a\n␈b"


@pytest.mark.parametrize(
    ("parameters", "target"),
    [
        ("31", "31"),
        ("0;31", "31"),
        ("031", "31"),
        ("97", "97"),
        ("44", "44"),
        ("31;44", "31;44"),
        ("44;31", "31;44"),
        ("38;5;208", "38;5;208"),
        ("38:5:208", "38;5;208"),
        ("48;2;1;2;3", "48;2;1;2;3"),
        ("38:2::1:2:3", "38;2;1;2;3"),
        ("2", "2"),
        ("7", "7"),
        ("2;7;31;44", "2;7;31;44"),
        ("31;39", ""),
        ("31;0", ""),
        ("31;", ""),
        ("", ""),
        ("5", ""),
        ("8", ""),
        ("31;41", "41"),
        ("38;5;9;48;5;9", "48;5;9"),
        ("38;5;256", ""),
        ("38;5", ""),
        ("38;2;1;2", ""),
        ("38", ""),
        ("38;9;31", ""),
        ("999999999999", ""),
        ("1000", ""),
    ],
)
def test_colours(parameters: str, target: str) -> None:
    assert spans(f"\x1b[{parameters}ma") == ([("a", "sgr", target)] if target else [])


@pytest.mark.parametrize(
    ("parameters", "kind"),
    [("1", "strong"), ("3", "emphasis"), ("4", "emphasis"), ("4:3", "emphasis"), ("21", "emphasis"), ("9", "strike")],
)
def test_weights_and_lines(parameters: str, kind: str) -> None:
    assert spans(f"\x1b[{parameters}ma\x1b[22;23;24;29mb") == [("a", kind, "")]
    assert spans("\x1b[4:0ma") == []


def test_what_is_set_stays_over_lines_and_blocks() -> None:
    document = parsed("\x1b[32m" + "a line of it\n" * 1000 + "\x1b[mend")
    assert len(document.blocks) > 2
    assert all(block.spans[-1].target == "32" for block in document.blocks if document.slice(block) != "end")
    assert "end" not in "".join(document.slice(span) for block in document.blocks for span in block.spans)


@pytest.mark.parametrize(
    "source", ["a\x1b]0;title\x07b", "a\x1b[2Jb", "a\x1b[Hb", "a\x1bPb", "a\x9b31mb", "a\x1b[31", "a\x07b", "a\u202eb"]
)
def test_all_other_controls_are_visible(source: str) -> None:
    text = parsed(source).text
    assert text.isprintable()
    assert len(text) > 2


def test_the_rest_of_a_line_is_not_erased() -> None:
    assert parsed("\x1b[01;31m\x1b[Ka\x1b[m\x1b[K b\x1b(B\x1b[m\x0f").text == "a b"


def test_too_many_colours_are_left_out_and_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain, "_MAX_SPANS", 1000)
    document = parsed("\x1b[31ma\x1b[m b\n" * 5000)
    assert document.text == "a b\n" * 4999 + "a b"
    assert sum(len(block.spans) for block in document.blocks) < 3000
    assert document.warnings[0].startswith("Colours are shown in the beginning only")


SOURCES = st.lists(
    st.sampled_from(
        ["a", "b ", "\n", "\n\n", "\t", "\b", "_\b", "灯", "\x1b[31m", "\x1b[m", "\x1b[", "1m", "\x07", "\u0301"]
    ),
    max_size=40,
).map("".join)


@given(SOURCES, st.lists(st.integers(0, 60), max_size=4))
def test_the_parts_make_no_difference_to_the_text(source: str, cuts: list[int]) -> None:
    cuts = sorted(min(cut, len(source)) for cut in cuts)
    parts = [source[one:two] for one, two in zip([0, *cuts], [*cuts, len(source)], strict=True)]
    grown = list(plain_pieces(parts))
    check_growth(grown)
    check_document(grown[-1])
    assert grown[-1].text == parsed(source).text


@given(SOURCES, st.integers(3, 20))
def test_it_is_laid_out_whole(source: str, width: int) -> None:
    check_layout(Layout(parsed(source), width))


@given(st.text("ab \n\t灯", max_size=60))
def test_without_controls_the_text_is_the_source(source: str) -> None:
    assert parsed(source).text == source.expandtabs(8).rstrip("\n")


def test_a_long_log_comes_in_growing_pieces() -> None:
    source = "2024-01-01 12:00 INFO a line of it\n" * 30_000
    grown = list(plain_pieces((source,), size=len(source)))
    assert 3 < len(grown) < 15
    check_growth(grown)
    assert len(grown[0].text) < 40_000
    assert same_document(grown[-1], parsed(source))


def test_each_part_of_a_stream_is_shown() -> None:
    grown = plain_pieces(iter(["one\ntw", "", "o\n", "three"]), Metadata())
    assert [document.text for document in grown] == ["one", "one\ntwo", "one\ntwo\nthree"]


@given(st.text("0123456789;:", max_size=30))
def test_any_parameters_leave_a_look_of_known_parts(parameters: str) -> None:
    for kind, target in Look().after(parameters).spans():
        assert kind != "sgr" or re.fullmatch(r"(?:[27]|[349]\d|10\d|[34]8;5;\d{1,3}|[34]8;2(?:;\d{1,3}){3}|;)+", target)
