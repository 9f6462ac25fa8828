"""The engine of the key claims: score, choice, author's claims and why, on sentences of our own."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import CASES, ROOT

from reader import frontmatter
from reader.claims import Finder, find, score
from reader.claims.choice import MOST, quota
from reader.claims.features import measure, names
from reader.claims.kinds import kinds_of
from reader.claims.model import central, newslike, ranked, spread
from reader.claims.sentences import of_document, split
from reader.document import Document, Heading, Metadata, Paragraph, Range, Section, Span
from reader.parse import parse, pieces
from reader.source import read

SAMPLES = ROOT / "sample_articles"


def cases(name: str) -> list[dict[str, object]]:
    return json.loads((CASES / name).read_text(encoding="utf-8"))


# Sentences


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


# Features and kinds


@pytest.mark.parametrize(("feature", "texts"), json.loads((CASES / "claims_features.json").read_text("utf-8")).items())
def test_a_feature_fires_in_every_language(feature: str, texts: dict[str, list[str]]) -> None:
    place = names().index(feature)
    assert [text for text in texts["yes"] if not measure(text).values[place]] == []
    assert [text for text in texts["no"] if measure(text).values[place]] == []


@pytest.mark.parametrize("case", cases("claims_kinds.json"), ids=lambda case: str(case["text"])[:24])
def test_kinds(case: dict[str, object]) -> None:
    assert list(kinds_of(measure(str(case["text"])))) == case["kinds"]


@given(st.text(max_size=200))
def test_every_feature_is_between_0_and_1(text: str) -> None:
    sentence = measure(text)
    assert len(sentence.values) == len(names())
    assert all(0 <= value <= 1 for value in sentence.values)
    assert kinds_of(sentence)


# Score

SENTENCE = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        ["", " ", "。", "The tax will rise by 5%.", "研究表明，睡眠有助于记忆。", "그는 갔다.", "a" * 4000, "9" * 3000]
    ),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(SENTENCE, max_size=30), st.text(max_size=40), st.booleans(), st.integers(1, 5))
def test_score_gives_one_number_a_sentence(sentences: list[str], title: str, known: bool, length: int) -> None:
    paragraphs = [number // length for number in range(len(sentences))] if known else None
    found = score(sentences, title=title, paragraphs=paragraphs)
    assert len(found) == len(sentences)
    assert all(math.isfinite(value) and 0 <= value <= 1 for value in found)
    assert found == score(sentences, title=title, paragraphs=paragraphs)


def test_score_refuses_paragraphs_of_another_length() -> None:
    with pytest.raises(ValueError, match="2 sentences, but 1 paragraph"):
        score(["a", "b"], paragraphs=[0])


def test_ranks() -> None:
    assert ranked([3.0, 1.0, None, 1.0]) == pytest.approx([5 / 6, 1 / 3, 0.5, 1 / 3])
    assert ranked([]) == []
    assert spread([0.1, 0.9, 0.2, 0.8, 0.5], 1.0) == [0.5] * 5


def test_the_centre_of_an_article_is_what_its_sentences_share() -> None:
    texts = [
        "Bees make honey in summer.",
        "Honey from bees is sweet in summer.",
        "My uncle owns a red car.",
        "Honey keeps.",
    ]
    found = central([measure(text) for text in texts])
    assert max(range(4), key=found.__getitem__) in (0, 1)
    assert min(range(4), key=found.__getitem__) == 2


def test_only_a_headline_makes_a_report() -> None:
    assert newslike([0.8, 0.1], frozenset("abcd")) == 1.0
    assert newslike([0.8, 0.1], frozenset("abc")) == 0.0
    assert newslike([0.1, 0.1, 0.9], frozenset("abcdef")) == 0.0


def articles() -> Iterator[tuple[str, str, list[tuple[str, int, int]]]]:
    """Genre, title, and (sentence, gold, paragraph) of our little labelled articles."""
    title, genre, paragraph, found = "", "", 0, list[tuple[str, int, int]]()
    for line in [*(CASES / "claims_articles.txt").read_text(encoding="utf-8").splitlines(), "= end"]:
        if line.startswith("= "):
            if found:
                yield genre, title, found
            title, found, paragraph = line[2:], [], 0
        elif line.startswith("@ "):
            genre = line[2:]
        elif not line:
            paragraph += 1
        elif not line.startswith("#"):
            found.append((line.removeprefix("* "), int(line.startswith("* ")), paragraph))


def precision(gold: list[int], values: list[float]) -> float:
    """The share of gold among as many of the best as there are gold ones."""
    best = sorted(range(len(gold)), key=lambda number: -values[number])[: sum(gold)]
    return sum(gold[number] for number in best) / sum(gold)


def test_the_score_beats_order_length_and_centrality() -> None:
    figures: dict[str, list[float]] = {name: [] for name in ("score", "random", "lead", "longest", "central")}
    genres: list[str] = []
    for genre, title, rows in articles():
        texts, gold, paragraphs = [row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows]
        genres.append(genre)
        figures["score"].append(precision(gold, score(texts, title=title, paragraphs=paragraphs)))
        figures["random"].append(sum(gold) / len(gold))
        figures["lead"].append(precision(gold, [-float(number) for number in range(len(texts))]))
        figures["longest"].append(precision(gold, [float(len(text)) for text in texts]))
        figures["central"].append(precision(gold, central([measure(text) for text in texts])))
    means = {name: sum(values) / len(values) for name, values in figures.items()}
    assert len(genres) >= 9
    assert means["score"] > 1.1 * max(value for name, value in means.items() if name != "score"), means
    for genre in set(genres):
        own = [number for number, name in enumerate(genres) if name == genre]
        for other in ("random", "lead"):
            assert sum(figures["score"][number] for number in own) > sum(figures[other][number] for number in own), (
                genre
            )


# Claims of a document

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
    finder = Finder()
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


def test_claims_do_not_depend_on_how_the_article_grew(long: Document) -> None:
    whole = find(long)
    for first in (500, 20_000):
        finder = Finder()
        for document in pieces(LONG, Metadata(title="A tax on smoking"), first=first):
            *_, last = finder.feed(document)
            assert last is not None
            assert bool(last) == any(of_document(document)), "claims come with the first sentences"
            assert all(claim.range.end <= len(document.text) for claim in last)
        same = finder.claims == whole
        assert same


def test_every_section_has_its_say(long: Document) -> None:
    with_claims = {long.section_index(claim.range.start) for claim in find(long)}
    assert len(with_claims) >= 0.85 * len(long.sections)


def test_quota() -> None:
    assert [quota(count, 0.10) for count in (0, 1, 2, 4, 9, 30, 31, 1000)] == [0, 1, 1, 2, 3, 3, 4, 100]
    assert quota(1000, 0.0) == 0
    assert quota(1000, 5.0) == quota(1000, MOST) == 300


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


def test_a_picture_within_a_sentence_is_no_part_of_its_edges() -> None:
    parsed = parse("![a.b](x.png) Taxes reduce smoking a lot. The end came.\n")
    assert [parsed.slice(one) for one in of_document(parsed)] == ["Taxes reduce smoking a lot.", "The end came."]


# The author's claims


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


# Why


def test_why_says_what_raised_the_score() -> None:
    body = (
        "据华尔街日报报道，苹果将加大自研芯片的产量。他吃了饭。天气很热。\n\n"
        "苹果的自研芯片在2007年到2015年之间已经迭代三代。门开着。\n\n苹果和自研芯片都在变。他走了。"
    )
    made = parse(body, Metadata(title="苹果的芯片"))
    whys = {made.slice(claim.range): claim.why for claim in find(made, density=0.30)}
    first = whys["据华尔街日报报道，苹果将加大自研芯片的产量。"]
    assert "attributed (" in first or "with the title" in first
    assert 1 <= first.count(" · ") <= 2
    for text, why in whys.items():
        for reason in why.split(" · "):
            if reason.endswith(")"):
                shown = reason[reason.index("(") + 1 : -1]
                assert all(part in text for part in shown.split(", "))


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.md")), ids=lambda path: path.name)
def test_the_claims_of_the_samples_are_whole_sentences_with_a_reason(path: Path) -> None:
    source = read(str(path))
    header = frontmatter.split(source.text)
    made = parse(header.body, header.metadata)
    claims = find(made)
    assert claims
    for claim in claims:
        text = made.slice(claim.range)
        assert text == text.strip()
        assert claim.why
        assert claim.author or not text.endswith(("?", "？", ":", "："))


# Weights


def test_nothing_is_read_at_import() -> None:
    code = (
        "import sys, reader.claims; "
        "print([name for name in sys.modules if name.startswith('reader.claims.') or name in ('json', 'textual')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['reader.claims.choice']"
