"""Where sentences begin and end."""

from __future__ import annotations

from itertools import pairwise

import pytest
from claims_cases import cases
from hypothesis import given
from hypothesis import strategies as st

from reader.claims.sentences import of_document, split
from reader.parse import parse


@pytest.mark.parametrize("case", cases("claims_sentences.json"), ids=lambda case: str(case["text"])[:24])
def test_sentences_begin_and_end_where_a_person_says(case: dict[str, object]) -> None:
    text = str(case["text"])
    assert [text[start:end] for start, end in split(text)] == case["sentences"]


@given(st.text(alphabet="ab A.1。！？!?…“”\"'「」（）()\n 中文字, ，:e.g", max_size=120))
def test_the_splitter_loses_no_letter_and_keeps_order(text: str) -> None:
    found = split(text)
    assert all(start < end for start, end in found)
    assert all(one[1] <= other[0] for one, other in pairwise(found))
    assert all(text[start:end] == text[start:end].strip() for start, end in found)
    covered = set().union(*(range(start, end) for start, end in found)) if found else set()
    assert not [text[at] for at in range(len(text)) if at not in covered and text[at].isalnum()]


def test_plain_source_lines_are_no_sentences() -> None:
    assert split("one line\nand its rest. Then", lines=False) == [(0, 22), (23, 27)]


def test_a_paragraph_without_a_full_stop_is_split_in_linear_time() -> None:
    for text in ("a" * 200_000, "（" * 50_000, '"' * 50_000, "a." * 100_000, "。“" * 50_000):
        assert isinstance(split(text), list)


def test_a_picture_within_a_sentence_is_no_part_of_its_edges() -> None:
    parsed = parse("![a.b](x.png) Taxes reduce smoking a lot. The end came.\n")
    assert [parsed.slice(one) for one in of_document(parsed)] == ["Taxes reduce smoking a lot.", "The end came."]


def test_the_number_of_a_footnote_does_not_hide_the_end_of_a_sentence() -> None:
    parsed = parse("It ran until 2013.[^1] And then it stopped.\n\n[^1]: A note.\n")
    found = [parsed.slice(one) for one in of_document(parsed)]
    assert found == ["It ran until 2013.", "And then it stopped."]


def test_a_statement_knows_how_much_of_it_is_bold() -> None:
    parsed = parse("Plain words stand here. **All of this is bold.** Half of **this is**.\n")
    bold = [one.bold for one in of_document(parsed)]
    assert bold[:2] == [0.0, 1.0]
    assert 0.2 < bold[2] < 0.6
