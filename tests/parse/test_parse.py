"""Markdown to Document, whole and piece by piece. A case of `cases/parse/*.txt` is a source and its picture."""

from __future__ import annotations

from pathlib import Path

import pytest
from document_picture import picture
from hypothesis import given
from hypothesis import strategies as st
from invariants import check_document as check
from invariants import check_growth as grows
from invariants import same_document as same
from samples import CASES, OWN, REAL, SHARED
from strategies import sources

from reader.document import Heading, Metadata, Paragraph, Rule, Title
from reader.language import OPENING_CHARACTERS
from reader.parse import PLAIN, parse, pieces

LISTED = CASES / "parse"


TITLE = "寻求合作伙伴，展开豪赌，推出神秘AI项目...苹果能否突破AI困境？"


def cases() -> list[object]:
    """Every case: in a file `%%%% name`, the source, `%%%%=>`, the lines of the picture."""
    found: list[object] = []
    for path in sorted(LISTED.glob("*.txt")):
        for part in path.read_text("utf-8").split("%%%% ")[1:]:
            name, _, rest = part.partition("\n")
            source, _, expected = rest.partition("%%%%=>\n")
            found.append(pytest.param(source, expected.rstrip("\n").split("\n"), id=f"{path.stem}: {name}"))
    return found


@pytest.mark.parametrize(("source", "expected"), cases())
def test_picture(source: str, expected: list[str]) -> None:
    assert picture(parse(source)) == expected


def seed() -> str:
    path = SHARED / "seeds" / "000_109d8ad066f64821.txt"
    if not path.exists():
        pytest.skip("../shared/seeds is not here")
    return path.read_text("utf-8")


def test_the_seed_reads_as_the_issue_says() -> None:
    source = seed()
    header = source.index("---", 4) + 4
    document = parse(source[header:], Metadata(title=TITLE), first_line=source.count("\n", 0, header))
    assert [(s.title, s.level, s.inferred, s.opening) for s in document.sections] == [
        ("开篇", 3, False, True),
        ("苹果折戟AI赛道，是否能搭上快车实现弯道超车？", 3, False, False),
        ("与OpenAI敲定协议，将其技术引入Iphone。", 4, True, False),
        ("宁死不用英伟达？苹果在下一盘“研发自由芯片”的大旗？", 3, False, False),
    ]
    assert [(credit.label, credit.names) for credit in document.metadata.credits] == [
        ("作者", "小岩"),
        ("编辑", "彩云"),
    ]
    assert isinstance(document.blocks[0], Title)
    assert document.slice(document.blocks[0]) == TITLE
    last = document.blocks[-1]
    assert isinstance(last, Paragraph)
    assert last.role == "footer"
    assert isinstance(document.blocks[-2], Rule)
    assert isinstance(document.blocks[-3], Paragraph)
    lines = source.split("\n")
    for block in document.blocks[1:]:
        if isinstance(block, Paragraph) and not block.spans:
            assert lines[block.line].startswith(document.slice(block)[:4])


@pytest.mark.parametrize("before", ["", "\n", "\n\n", "\r\n", " \n"])
def test_empty_lines_at_the_top_count(before):
    document = parse(f"{before}words\n\n# Heading", first_line=5)
    first = 5 + len(before.splitlines())
    assert [block.line for block in document.blocks] == [first, first + 2]


def test_a_body_that_opens_with_its_title_has_it_once() -> None:
    title = Metadata(title="My “Title”")
    assert [type(block) for block in parse("# My *Title*\n\ntext", title).blocks] == [Heading, Paragraph]
    assert [type(block) for block in parse("text\n\n# My Title", title).blocks] == [Title, Paragraph, Heading]
    assert picture(parse("", title)) == ["title | My “Title”"]
    assert parse("").text == ""


def test_lines_are_those_of_the_file() -> None:
    document = parse("a\n\n- b\n- c\n\n> d\n\n```\ne\n```\n", first_line=10)
    assert [block.line for block in document.blocks] == [10, 12, 13, 15, 17]


def test_anchors_are_github_slugs_and_unique() -> None:
    document = parse('# A b!\n\n# A b\n\n# 中文 标题\n\n# x {#own}\n\n<a id="there"></a>\n\ntext')
    anchors = [block.anchor for block in document.blocks if isinstance(block, Heading)]
    assert anchors == ["a-b", "a-b-1", "中文-标题", "own"]
    assert document.text[document.anchors["own"] :].startswith("x")
    assert "there" in document.anchors


def test_names_at_the_end_of_headings_lead_to_them() -> None:
    document = parse('# A <a id="x"></a>\n\ntext\n\n## <a name="y" href="#y"></a>\n\nmore\n\n# C <a href="#c"></a>')
    assert [block.anchor for block in document.blocks if isinstance(block, Heading)] == ["a", "c"]
    assert document.text == "A\n\ntext\n\nmore\n\nC"
    assert {name: document.text[at:][:1] for name, at in document.anchors.items()} == {
        "x": "A",
        "a": "A",
        "y": "m",
        "c": "C",
    }


def test_text_has_separators_and_no_markup() -> None:
    document = parse("# *h*\n\n- a\n- b\n\n1. c\n\n2. d\n\n| x | y |\n|---|---|\n| 1 | 2 |")
    assert document.text == "h\n\na\nb\n\nc\n\nd\n\nx\ty\n1\t2"


def test_everything_is_sanitised_but_targets_stay_true() -> None:
    esc = "\x1bc\x07"
    document = parse(
        f"a{esc} [b{esc}](http://x/) `c{esc}` ![d{esc}](e) &#x1b; <http://q/%1b]52>\n\n```{esc}\nf{esc}\n```"
    )
    assert "\x1b" not in document.text
    assert "\x07" not in document.text
    assert not any("\x1b" in getattr(block, "language", "") for block in document.blocks)
    assert "\x1b" not in document.images[0].alt
    assert document.links[-1].href == "http://q/%1b]52"


def test_warnings_are_few_and_say_where() -> None:
    deep = "> " * 200 + "end\n\n"
    document = parse((deep + "ok\n\n") * 20)
    assert document.text.count("end") == 20
    assert document.text.count("ok") == 20
    assert document.warnings[0].startswith("Line 1 is shown as plain text")
    assert len(document.warnings) <= 12
    assert all(len(block.containers) <= 32 for block in document.blocks)


@given(sources(), st.sampled_from([1, 20, 100, 1000]))
def test_pieces_grow_to_the_same_document(source: str, first: int) -> None:
    whole = parse(source)
    check(whole)
    grown = list(pieces(source, first=first))
    grows(grown)
    assert same(grown[-1], whole)


def test_the_clock_hands_over_no_beginning_that_is_too_short_to_tell_its_language(monkeypatch) -> None:
    """A busy machine showed a Chinese article that begins with English words with "Image 1" for "图 1"."""
    monkeypatch.setattr("reader.parse._SECONDS", 0.0)
    source = "Words to begin with.\n\n" + "".join(f"## {number}\n\n" + "一段话。" * 40 + "\n\n" for number in range(60))
    first = next(document for document in pieces(source, first=10**9) if document.text)
    assert OPENING_CHARACTERS <= len(first.text) < len(parse(source).text)


@given(sources())
def test_any_source_is_parsed_plainly_too(source: str) -> None:
    check(parse(source, dialect=PLAIN))


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


PATHOLOGICAL = sorted((SHARED / "suites" / "pathological").glob("*")) or [Path("absent")]


@pytest.mark.parametrize("path", PATHOLOGICAL, ids=lambda path: path.name)
def test_pathological(path: Path) -> None:
    if not path.exists():
        pytest.skip("../shared/suites is not here")
    source = path.read_text("utf-8")[:50_000]
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
