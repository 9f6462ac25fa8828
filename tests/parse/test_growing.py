"""Markdown that is still being written: what is shown only grows, and in the end it is the whole article."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invariants import check_document, check_growth, same_document
from samples import NAMES, OWN
from strategies import sources

from reader.document import Document, Metadata
from reader.frontmatter import split
from reader.parse import growing_pieces, pieces
from reader.source import read


def grown(*parts: str) -> list[Document]:
    found = list(growing_pieces(parts[0], parts[1:]))
    check_growth(found)
    check_document(found[-1])
    return found


def texts(*parts: str) -> list[str]:
    return [document.text for document in grown(*parts)]


def whole(source: str) -> Document:
    *_, last = pieces(source)
    return last


FAR = "Words that follow, so that it is known what stands before them. " * 14


def test_blocks_are_shown_when_it_is_known_that_they_are_whole() -> None:
    shown = texts("# One\n\nText of it.\n\n", f"{FAR}\n\n", f"{FAR}\n\n", "end")
    assert len(shown) > 2
    assert shown[0] == "One"
    assert shown[-2].startswith("One\n\nText of it.")
    assert shown[-1].endswith("end")


def test_at_a_pause_all_with_a_blank_line_behind_it_is_shown() -> None:
    assert texts("# One\n", "", "\nText of", "", " it.\n\n", "", "More", "", "") == [
        "One",
        "One\n\nText of it.",
        "One\n\nText of it.\n\nMore",
    ]


def test_a_fence_waits_for_its_end() -> None:
    assert texts("One.\n\n", "", "```\ncode\n\n", "", "more\n```\n\n", "", "End.\n") == [
        "One.",
        "One.\n\ncode\n\nmore",
        "One.\n\ncode\n\nmore\n\nEnd.",
    ]


def test_a_comment_waits_for_its_end() -> None:
    assert texts("One.\n\n", "", "<!-- not\n\n", "", "shown -->\n\n", "", "End.\n")[-1] == "One.\n\nEnd."


def test_a_list_that_goes_on_after_a_pause_keeps_its_numbers() -> None:
    found = grown("1. one\n2. two\n\n", "", "3. three\n\nEnd.\n")[-1]
    assert [getattr(block.containers[0], "number", None) for block in found.blocks[:3]] == [1, 2, 3]


def test_a_reference_that_is_known_is_used_and_one_to_come_is_not() -> None:
    known = grown("[a]: https://e.org\n\nSee [a].\n\n", "", "End.\n")[-1]
    assert [link.href for link in known.links] == ["https://e.org"]
    assert known.text.startswith("See a.")
    late = grown("See [a].\n\n", "", "[a]: https://e.org\n\nAnd [a].\n")[-1]
    assert late.text == "See [a].\n\nAnd a."


def test_half_a_definition_is_none() -> None:
    found = grown("See [a].\n\n", "[a]: https://e.o", "", "rg/x\n\nAnd [a].\n")[-1]
    assert [link.href for link in found.links] == ["https://e.org/x"]


def test_footnotes_have_one_number_each() -> None:
    found = grown("[^b]: Two.\n\nA[^b].\n\n", "", "[^a]: One.\n\nB[^a], C[^b].\n")[-1]
    assert [found.slice(span) for block in found.blocks for span in block.spans if span.kind == "note"] == [
        "1",
        "2",
        "1",
    ]


def test_what_has_come_before_the_first_is_shown_is_an_article_like_any() -> None:
    fenced = "```markdown\n# One\n\nText.\n```\n"
    assert same_document(grown(fenced)[-1], whole(fenced))
    assert same_document(grown(fenced[:9], fenced[9:])[-1], whole(fenced))
    assert texts("") == [""]


def test_lines_are_those_of_the_file() -> None:
    parts = [f"Paragraph {number} of it.\n\n{FAR}\n\n" for number in range(9)]
    *_, last = growing_pieces(parts[0], parts[1:], Metadata(), first_line=5)
    assert [block.line for block in last.blocks] == [5 + 2 * number for number in range(18)]


@pytest.mark.parametrize("path", OWN, ids=[path.name for path in OWN])
@pytest.mark.parametrize("size", [700, 3000])
def test_own_samples_in_parts_are_what_they_are_as_a_whole(path, size) -> None:
    metadata, body, line, _ = split(read(str(path)).text)
    if "]:" in body:
        pytest.skip("its references come at its end")
    parts = [body[at : at + size] for at in range(0, len(body), size)] or [""]
    found = list(growing_pieces(parts[0], parts[1:], metadata, first_line=line))
    check_growth(found)
    *_, last = pieces(body, metadata, first_line=line)
    assert found[-1].text == last.text
    assert len(found[-1].blocks) == len(last.blocks)


@given(sources(), st.lists(st.integers(0, 400), max_size=5), st.booleans())
@settings(max_examples=200, deadline=None)
def test_whatever_comes_a_document_only_grows(source: str, cuts: list[int], pauses: bool) -> None:
    cuts = sorted(min(cut, len(source)) for cut in cuts)
    parts = [source[one:two] for one, two in zip([0, *cuts], [*cuts, len(source)], strict=True)]
    if pauses:
        parts = [part for each in parts for part in (each, "")]
    grown(*parts)


assert NAMES
