"""From scores to claims, while an article grows."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise

import pytest

from reader.claims import Finder, explain, find
from reader.claims.choice import MOST, MOST_LATER, quota
from reader.claims.sentences import of_document
from reader.document import Document, Heading, Metadata, Paragraph, Section
from reader.parse import parse, pieces

LONG = "\n\n".join(
    f"## Part {part}\n\n"
    + "\n\n".join(
        f"According to study {number} of part {part}, the {word} tax will reduce smoking by {number}%. "
        f"My uncle {word} came by. 研究表明，第{number}条路比旧路更安全。他吃了饭。"
        for number, word in enumerate(("red", "green", "blue", "white", "black", "old", "new"))
    )
    for part in range(60)
)


@pytest.fixture(scope="module")
def long() -> Document:
    return parse(LONG, Metadata(title="A tax on smoking"))


def test_claims_are_sentences_in_reading_order(long: Document) -> None:
    claims = find(long)
    sentences = {(one.start, one.end) for one in of_document(long)}
    same = claims == find(long)
    assert same
    assert [claim.range.start for claim in claims] == sorted(claim.range.start for claim in claims)
    assert {(claim.range.start, claim.range.end) for claim in claims} <= sentences
    assert all(claim.kinds and claim.why and 0 <= claim.score <= 1 and not claim.author for claim in claims)
    assert len(claims) == pytest.approx(len(sentences) * 0.10, rel=0.02)


def test_a_lower_density_chooses_among_the_claims_of_a_higher_one(long: Document) -> None:
    finder = Finder(reasons=True)
    for _ in finder.feed(long):
        pass
    found = []
    for density in (0.0, 0.05, 0.10, 0.20, MOST, 1.0):
        finder.density = density
        found.append(finder.claims)
        same = found[-1] == find(long, density=density)
        assert same
    assert found[0] == ()
    assert all(set(few) <= set(many) for few, many in pairwise(found))
    assert found[4] == found[5]


def test_claims_do_not_depend_on_how_the_article_grew() -> None:
    source, metadata = LONG[: LONG.index("## Part 14")], Metadata(title="A tax on smoking")
    whole = find(parse(source, metadata))
    for first in (500, 8_000):
        finder = Finder(reasons=True)
        for document in pieces(source, metadata, first=first):
            *_, last = finder.feed(document)
            assert last is not None
            assert bool(last) == any(of_document(document)), "claims come with the first sentences"
            assert all(claim.range.end <= len(document.text) for claim in last)
        same = finder.claims == whole
        assert same


def test_reasons_that_are_asked_for_later_are_those_that_are_given_at_once(long: Document) -> None:
    finder = Finder(0.2)
    for _ in finder.feed(long):
        pass
    assert len(finder.pieces) > 4, "the last is one of a quick look"
    assert all(claim.why == "" for claim in finder.claims)
    at_once = find(long, density=0.2)
    for claim, told in [*zip(finder.claims, at_once, strict=True)][::17]:
        assert explain(long, finder.pieces, claim) == told.why != ""
        assert explain(long, finder.pieces, told) == told.why
    assert explain(long, (), finder.claims[0]) == ""


def test_later_in_a_very_long_article_no_more_than_a_tenth_can_be_claims(long: Document) -> None:
    finder = Finder(MOST)
    for _ in finder.feed(long):
        pass
    first, last = finder.pieces[0], finder.pieces[-1]
    assert len(first.claims) == quota(first.count, MOST)
    assert last.count >= 500
    assert len(last.claims) == quota(last.count, MOST_LATER)


def test_every_section_has_its_say(long: Document) -> None:
    with_claims = {long.section_index(claim.range.start) for claim in find(long)}
    assert len(with_claims) >= 0.85 * len(long.sections)


def test_quota() -> None:
    assert [quota(count, 0.10) for count in (0, 1, 2, 4, 9, 30, 31, 1000)] == [0, 1, 1, 2, 3, 3, 4, 100]
    assert quota(1000, 0.0) == 0
    assert quota(1000, 5.0) == quota(1000, MOST) == 200


def document(*blocks: tuple[type, dict[str, object], str], sections: tuple[Section, ...] = ()) -> Document:
    text, made = "", []
    for kind, extra, content in blocks:
        made.append(kind(len(text), len(text) + len(content), **extra))
        text += content + "\n\n"
    return Document(text=text.rstrip("\n"), blocks=tuple(made), sections=sections)


def test_only_running_text_has_claims() -> None:
    source = (
        "# Researchers found that taxes reduce smoking by 20%\n\n"
        "![Researchers found that taxes reduce smoking by 21%.](x.png)\n\n"
        "| Researchers found that taxes reduce smoking by 22%. | a |\n|---|---|\n| b | c |\n\n"
        "    Researchers found that taxes reduce smoking by 23%.\n\n"
        "Text with a note.[^1] Can researchers show that taxes reduce smoking by 25%?\n\n"
        "[Researchers found that taxes reduce smoking by 26%.](http://x.test)\n\n"
        "The tram came late again today.\n\n"
        "[^1]: Researchers found that taxes reduce smoking by 24%.\n"
    )
    parsed = parse(source)
    claims = find(parsed, density=0.30)
    assert claims
    assert not any(f"2{digit}%" in parsed.slice(claim.range) for claim in claims for digit in range(7))
    for role in ("credit", "footer", "caption", "term", "summary"):
        only = document((Paragraph, {"role": role}, "Researchers found that taxes reduce smoking by 20%."))
        assert find(only) == ()
    assert find(document((Heading, {"level": 2}, "Taxes reduce smoking by 20%."))) == ()
    assert find(Document()) == ()


def test_list_items_and_quotes_have_claims() -> None:
    parsed = parse(
        "Short words here now.\n\n- Researchers found that taxes reduce smoking.\n\n> 专家认为，税收可以减少吸烟。\n"
    )
    found = {parsed.slice(claim.range) for claim in find(parsed, density=0.3)}
    assert found <= {
        "Short words here now.",
        "Researchers found that taxes reduce smoking.",
        "专家认为，税收可以减少吸烟。",
    }
    assert len(list(of_document(parsed))) == 3


def test_nothing_is_read_at_import() -> None:
    code = (
        "import sys, reader.claims; "
        "print([name for name in sys.modules if name.startswith('reader.claims.') or name in ('json', 'textual')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['reader.claims.choice']"
