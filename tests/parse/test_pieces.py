"""A Document that grows: each piece extends the one before, and no choice of sizes or of cuts changes the result."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import OWN, REAL, SHARED

import reader.parse as parsing
from reader.document import Document, Table
from reader.parse import PLAIN, Dialect, parse, pieces
from reader.parse.cut import LIMIT, Fragment, fragments, unwrap

WORDS = st.from_regex(
    r"word|字|标题|。|，|한국|かな|\*\*|\*|_|`|\[a\]|\[\^n\]|\]\(u\)|!\[|<b>|</b>|==|~~|\$x\$|https://a\.b|<br>|&amp;|\\|\||"
    r"\{#i\}|\{:\.c\}|“|”|<!--c-->|\x1b|\u202e",
    fullmatch=True,
)
LINE = st.lists(st.one_of(WORDS, st.sampled_from([" ", "  "])), min_size=1, max_size=6).map("".join)
PREFIX = st.sampled_from(
    (
        *[""] * 4,
        "# ",
        "## ",
        "- ",
        "1. ",
        "> ",
        "> - ",
        "    ",
        "  ",
        "| ",
        ": ",
        "[^n]: ",
        "[a]: ",
        "- [x] ",
        ":::note ",
    )
)
SOLID = st.from_regex(
    r"---|===|```|~~~|\$\$|<div>|</div>|<details>|</details>|<table><tr><td>|<pre>|</pre>|<!--|-->|\|---\|---\||\|a\|b\||"
    r":::|作者：甲|\*\*粗体标题\*\*|一、短标题|<ul><li>|\{% raw %\}",
    fullmatch=True,
)
ARTICLE = st.lists(st.one_of(st.tuples(PREFIX, LINE).map("".join), SOLID, st.just("")), max_size=30).map("\n".join)


def same(one: Document, other: Document) -> bool:
    """Equal in all but the identity of containers."""
    return (
        one.text == other.text
        and [(type(b), b.start, b.end, b.line, b.spans, shape(b.containers)) for b in one.blocks]
        == [(type(b), b.start, b.end, b.line, b.spans, shape(b.containers)) for b in other.blocks]
        and one.sections == other.sections
        and one.links == other.links
        and one.images == other.images
        and dict(one.notes) == dict(other.notes)
        and dict(one.anchors) == dict(other.anchors)
        and one.metadata == other.metadata
        and one.warnings == other.warnings
    )


def shape(containers: Iterable[object]) -> list[str]:
    return [type(container).__name__ for container in containers]


def check(document: Document) -> None:
    """The invariants of a Document."""
    text = document.text
    assert [block.start for block in document.blocks] == sorted({block.start for block in document.blocks})
    for before, after in pairwise(document.blocks):
        assert before.end < after.start
        assert not text[before.end : after.start].strip("\n")
    if document.blocks:
        assert document.blocks[0].start == 0
        assert document.blocks[-1].end == len(text)
    for block in document.blocks:
        assert 0 <= block.start <= block.end <= len(text)
        assert len(block.containers) <= 32
        open_ends: list[int] = []
        for span in block.spans:
            assert block.start <= span.start < span.end <= block.end
            while open_ends and open_ends[-1] <= span.start:
                open_ends.pop()
            assert not open_ends or span.end <= open_ends[-1]
            open_ends.append(span.end)
        starts = [(span.start, -span.end) for span in block.spans]
        assert starts == sorted(starts)
        if isinstance(block, Table):
            cells = [cell for row in block.rows for cell in row]
            assert all(block.start <= cell.start <= cell.end <= block.end for cell in cells)
            assert all(one.end < two.start for one, two in pairwise(cells))
    for one, two in pairwise(document.sections):
        assert one.end == two.start
    if document.sections:
        assert document.sections[-1].end == len(text)
    assert [image.number for image in document.images] == list(range(1, len(document.images) + 1))
    for item in (*document.links, *document.images):
        assert 0 <= item.start <= item.end <= len(text)
    assert all(0 <= offset <= len(text) for offset in (*document.notes.values(), *document.anchors.values()))
    assert all("\n" not in warning for warning in document.warnings)
    assert not any(ord(char) < 32 and char not in "\n\t" for char in text)


def grows(grown: list[Document]) -> None:
    """Each is an extension of the one before, and the last one is complete."""
    for one, two in pairwise(grown):
        assert two.text.startswith(one.text)
        assert two.blocks[: len(one.blocks)] == one.blocks
        assert two.links[: len(one.links)] == one.links
        assert two.images[: len(one.images)] == one.images
        assert [(s.start, s.title, s.level) for s in one.sections] == [
            (s.start, s.title, s.level) for s in two.sections[: len(one.sections)]
        ]
        assert one.progress <= two.progress
        assert not one.complete
    assert grown[-1].complete
    assert grown[-1].progress == 1.0


@given(ARTICLE, st.sampled_from([1, 20, 100, 1000]))
def test_pieces_grow_to_the_same_document(source: str, first: int) -> None:
    whole = parse(source)
    check(whole)
    grown = list(pieces(source, first=first))
    grows(grown)
    assert same(grown[-1], whole)


@given(ARTICLE)
def test_any_source_is_parsed_plainly_too(source: str) -> None:
    check(parse(source, dialect=PLAIN))


LETTERS = st.text(st.sampled_from("abc字句한かx。,"), min_size=1, max_size=8)
PROSE = st.lists(
    st.one_of(
        LETTERS,
        LETTERS.map(lambda text: f"## {text}"),
        LETTERS.map(lambda text: f"- {text}\n- {text}"),
        LETTERS.map(lambda text: f"> {text}\n> {text}"),
        LETTERS.map(lambda text: f"```\n{text}\n\n# {text}\n```"),
        LETTERS.map(lambda text: f"<div>{text}</div>"),
        LETTERS.map(lambda text: f"1. {text}\n\n   {text}\n\n   ```\n   {text}\n\n   {text}\n   ```"),
        LETTERS.map(lambda text: f"{text}\n: {text}\n\n    {text}"),
        LETTERS.map(lambda text: f"| {text} | b |\n|---|---|\n| **{text}** |"),
        LETTERS.map(lambda text: f"<!-- {text}\n\n{text} -->"),
        LETTERS.map(lambda text: f"[^{len(text)}]: {text}\n\n    {text}"),
        LETTERS.map(lambda text: f"{text}\n---"),
        LETTERS.map(lambda text: f"<table><tr><td><pre>{text}\n\n{text}\n</pre></td></tr></table>"),
    ),
    max_size=12,
).map("\n\n".join)


@given(st.one_of(PROSE, ARTICLE.filter(lambda source: "]:" not in source)))
def test_cutting_changes_nothing(source: str) -> None:
    """What is cut at safe places and parsed part by part is what the source gives uncut."""
    cut = parse(source)
    check(cut)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parsing, "fragments", lambda body: [Fragment(0, len(body), 0, len(body), safe=False)])
        assert same(parse(source), cut)


@given(ARTICLE)
def test_fragments_are_the_source(source: str) -> None:
    source = "\n" + source
    assert "".join(source[part.start : part.end] for part in fragments(source)) == source


@given(st.lists(st.text(st.characters(categories=["L"]), min_size=1), min_size=1, max_size=20))
def test_no_word_is_lost(words: list[str]) -> None:
    text = parse(" ".join(words)).text
    assert "".join(text.split()) == "".join("".join(words).split())


@pytest.mark.parametrize("path", OWN + REAL, ids=lambda path: path.name)
def test_real_articles(path: Path) -> None:
    source = path.read_bytes().decode("utf-8", "replace")
    whole = parse(source)
    check(whole)
    for first in (1, 3000):
        grown = list(pieces(source, first=first))
        grows(grown)
        assert same(grown[-1], whole)


GIANTS = {
    "fence": "```py\n" + "x = 1  # 注释\n\n" * 20_000 + "```\n\nend\n",
    "list": "".join(f"{number}. item **{number}**\n" for number in range(1, 8_000)) + "\nend\n",
    "table": "| a | b |\n|---|--:|\n" + "| one | 2 |\n" * 8_000 + "\nend\n",
    "paragraph": "这是一句话。And another sentence here. " * 5_000 + "\n\nend\n",
    "lines": "a line of text that is plain\n" * 6_000 + "\nend\n",
    "word": "a" * 300_000 + "\n\nend\n",
    "comment": "<!--\n" + "hidden\n\n" * 30_000 + "-->\n\nend\n",
    "pre": "<pre>\n" + "kept\n\n" * 30_000 + "</pre>\n\nend\n",
    "quote": "> quoted line\n" * 10_000 + "\nend\n",
    "nested": "".join("  " * depth + "- item\n" for depth in range(400)) + "\nend\n",
    "footnotes": "".join(f"[^{number}]: note\n\n" for number in range(3_000)) + "end\n",
    "references": "".join(f"[r{number}]: /u{number}\n" for number in range(10_000)) + "\n[r1] end\n",
}


@pytest.mark.parametrize("name", GIANTS)
def test_giants_without_a_safe_place_are_cut_by_rule(name: str) -> None:
    source = GIANTS[name]
    parts = list(fragments("\n" + source))
    assert max(part.end - part.start for part in parts) <= 2 * LIMIT
    grown = list(pieces(source))
    grows(grown)
    document = grown[-1]
    check(document)
    assert document.text.endswith("end")
    if name not in ("footnotes", "references"):
        assert len(grown[0].text) < 80_000
    kept = {
        "fence": ("x = 1", 20_000),
        "pre": ("kept", 30_000),
        "quote": ("quoted line", 10_000),
        "nested": ("item", 400),
    }
    kept |= {
        "lines": ("a line of", 6_000),
        "list": ("item", 7_999),
        "table": ("one", 8_000),
        "paragraph": ("And", 5_000),
    }
    kept |= {"word": ("a", 300_000), "comment": ("hidden", 0), "footnotes": ("note", 3_000)}
    if name in kept:
        needle, count = kept[name]
        assert document.text.count(needle) == count


def test_a_cut_list_goes_on_counting() -> None:
    document = parse(GIANTS["list"])
    numbers = [getattr(block.containers[0], "number", None) for block in document.blocks[:-1]]
    assert numbers == list(range(1, 8_000))
    assert all(document.text[block.end] == "\n" for block in document.blocks[:-1])


PATHOLOGICAL = sorted((SHARED / "suites" / "pathological").glob("*")) or [Path("absent")]


@pytest.mark.parametrize("path", PATHOLOGICAL, ids=lambda path: path.name)
def test_pathological(path: Path) -> None:
    if not path.exists():
        pytest.skip("../shared/suites is not here")
    source = path.read_text("utf-8")[:120_000]
    grown = list(pieces(source))
    grows(grown)
    check(grown[-1])
    assert len(grown[-1].warnings) <= 12
    letters = [char for char in source if char.isalpha()][:50]
    assert letters[:1] == [] or letters[0] in grown[-1].text or "[" in source


def test_definitions_of_the_whole_source_are_known_to_its_first_piece() -> None:
    filler = "A paragraph of filler text.\n\n" * 2_000
    source = f"[link] and [^n].\n\n```\n[link]: /wrong\n```\n\n{filler}[link]: /right\n\n[^n]: The note.\n"
    grown = list(pieces(source))
    assert len(grown) > 1
    assert [link.href for link in grown[0].links] == ["/right"]
    assert grown[0].blocks[0].spans[-1].kind == "note"
    assert grown[-1].text[grown[-1].notes["n"] :].startswith("The note.")


def test_a_wrapping_fence_is_taken_off() -> None:
    assert unwrap("```md\n# a\n```") == ("# a\n", 1)
    assert unwrap("\n~~~markdown\na\n~~~\n\n") == ("a\n", 2)
    assert unwrap("```md\n# a long article\n```\n\n---\nend\n") == ("# a long article\n\n\n---\nend\n", 1)
    assert unwrap("```md\n# a\n```\nx\n```\nb\n```\n---\n")[0] == "# a\n```\nx\n```\nb\n\n---\n"
    assert unwrap("````markdown\n```\nx\n```\n````")[0] == "```\nx\n```\n"
    for kept in (
        "```py\na\n```",
        "```\na\n```",
        "```md\n# a\n```\n\nIt shows a heading.",
        "~~~\na\n~~~\n\n",
        "```\na\n```\nb\n```\nc\n```",
        "```md\na",
        "text\n```\na\n```",
    ):
        assert unwrap(kept) == (kept, 0)


def test_deep_nesting_keeps_its_text() -> None:
    for source in (
        "> " * 3_000 + "end",
        "- " * 3_000 + "end",
        "[" * 5_000 + "end",
        "*" * 4_000 + "end",
        "![" * 3_000 + "end",
    ):
        document = parse(source)
        check(document)
        assert document.text.rstrip("]*").endswith("end")
    assert parse("<div>" * 3_000 + "end").text == "end"
    assert parse("<blockquote>" * 3_000 + "end").text == "end"


def test_switches_exist_for_all_and_nothing_else() -> None:
    assert Dialect.off() == PLAIN
    assert Dialect() != PLAIN
