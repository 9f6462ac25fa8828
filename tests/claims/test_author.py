"""The claims the author made stand out."""

from __future__ import annotations

import pytest

from reader.claims import Finder, find
from reader.document import Document, Metadata, Paragraph, Range, Span
from reader.parse import parse


def authored(body: str, *claims: str) -> tuple[Document, Finder]:
    made = parse(body, Metadata(entries={"Key-Claims": tuple(claims)}))
    finder = Finder()
    for _ in finder.feed(made):
        pass
    return made, finder


@pytest.mark.parametrize(
    ("claim", "body", "expected"),
    [
        ("taxes reduce smoking", "We say: Taxes, reduce\nsmoking! Yes.", "Taxes, reduce smoking"),
        ("GPU比CPU快２倍", "其实ＧＰＵ 比 “CPU” 快2倍。好。", "ＧＰＵ 比 “CPU” 快2倍"),
        ("ガギグ コスト", "これはｶﾞｷﾞｸﾞ・ｺｽﾄだ。", "ｶﾞｷﾞｸﾞ・ｺｽﾄ"),
        ("a bold claim", "This is **a bold** claim.", "a bold claim"),
    ],
)
def test_what_the_author_lists_is_found_whatever_its_width_and_signs(claim: str, body: str, expected: str) -> None:
    made, finder = authored(body, claim)
    assert [made.slice(found.range) for found in finder.claims if found.author] == [expected]
    assert finder.warnings == ()


def test_what_is_not_in_the_article_is_a_warning() -> None:
    _, finder = authored("Some text stands here.", "other words", "!!!")
    assert not any(claim.author for claim in finder.claims)
    assert finder.warnings == (
        "not found in the article: the author's claim “other words”",
        "not found in the article: the author's claim “!!!”",
    )


def test_the_author_decides_first() -> None:
    made, finder = authored(
        "It rains. ==The tram came late by 20 minutes==. Researchers found that taxes reduce smoking. He ate.",
        "taxes reduce smoking",
    )
    for density in (0.0, 0.05, 0.30):
        finder.density = density
        own = [claim for claim in finder.claims if claim.author]
        assert [made.slice(claim.range) for claim in own] == [
            "The tram came late by 20 minutes",
            "taxes reduce smoking",
        ]
        assert own[0].kinds == ("author", "figure")
        assert [claim.score for claim in own] == [1.0, 1.0]
        others = [claim for claim in finder.claims if not claim.author]
        assert not any(claim.range.overlaps(one.range) for claim in others for one in own)


def test_a_listed_claim_is_found_across_two_pieces_of_a_growing_article() -> None:
    finder = Finder()
    metadata = Metadata(entries={"claims": "taxes reduce smoking"})
    text = "It rains. Taxes reduce smoking."
    one = Document(text=text[:9], metadata=metadata, blocks=(Paragraph(0, 9),), complete=False)
    list(finder.feed(one))
    assert finder.warnings == ()
    list(finder.feed(Document(text=text, metadata=metadata, blocks=(Paragraph(0, 9), Paragraph(10, 31)))))
    assert [claim.range for claim in finder.claims if claim.author] == [Range(10, 30)]


def test_an_article_of_marks_alone_has_so_many_claims_and_says_so() -> None:
    """Each was once compared with all before it: of 300,000 marks the process did not come back."""
    body = "".join(f"==Mark {number}== stands here.\n\n" for number in range(10_100))
    made = parse(body)
    finder = Finder()
    for _ in finder.feed(made):
        pass
    own = [claim for claim in finder.claims if claim.author]
    assert len(own) == 10_000
    assert made.slice(own[-1].range) == "Mark 9999"
    assert finder.warnings == ("more than 10,000 places are marked as claims: those after are plain text",)


def test_a_mark_is_exactly_what_the_author_marked() -> None:
    text = "One two three four five."
    made = Document(text=text, blocks=(Paragraph(0, len(text), spans=(Span(4, 7, kind="mark"),)),))
    assert [(claim.range, claim.kind) for claim in find(made) if claim.author] == [(Range(4, 7), "author")]
