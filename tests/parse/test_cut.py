"""Where a source is cut: at safe places, by rule where there are none, and with no change to the result."""

from __future__ import annotations

from itertools import islice

import pytest
from growth import timed
from hypothesis import given
from hypothesis import strategies as st
from invariants import check_document as check
from invariants import check_growth as grows
from invariants import same_document as same
from strategies import sources

import reader.parse as parsing
from reader.parse import parse, pieces
from reader.parse.cut import LIMIT, Fragment, fragments
from reader.parse.fences import unwrap

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


@given(st.one_of(PROSE, sources().filter(lambda source: "]:" not in source)))
def test_cutting_changes_nothing(source: str) -> None:
    """What is cut at safe places and parsed part by part is what the source gives uncut."""
    cut = parse(source)
    check(cut)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parsing, "fragments", lambda body: [Fragment(0, len(body), 0, len(body), safe=False)])
        assert same(parse(source), cut)


@given(sources())
def test_fragments_are_the_source(source: str) -> None:
    source = "\n" + source
    assert "".join(source[part.start : part.end] for part in fragments(source)) == source


@pytest.mark.parametrize(
    "source",
    [
        "```\n``` a\nx y z ```\n",
        "```\n```` `\ntext ```\n\nend\n",
        "~~~\nlong text ~~~\n~~~\n",
        "```\nlong text ```",
        "```",
    ],
)
def test_the_line_that_opens_a_fence_does_not_close_it(source: str) -> None:
    source = "\n" + source
    parts = list(islice(fragments(source), 10))
    assert "".join(source[part.start : part.end] for part in parts) == source


UNENDING = {
    "fence": lambda n: "```\n" + "x = 1\n" * (n // 6) + "```\n",
    "fence with others in it": lambda n: "````md\n" + "```py\nx = 1\n```\n\ntext\n" * (n // 22) + "````\n",
    "fence of marks": lambda n: "```\n" + "```x\n" * (n // 5),
    "fence of nothing": lambda n: "```\n" + "\n" * n + "```\n",
    "nothing": lambda n: "\n" * n,
    "comment": lambda n: "<!--\n" + "a line of text\n" * (n // 15) + "-->\n",
}


@pytest.mark.parametrize("name", UNENDING)
def test_the_first_fragment_does_not_wait_for_the_last(name: str) -> None:
    """It takes no longer in a source eight times as large, but for the cost of looking for a mark in it."""

    def first(size: int) -> float:
        body = "\n" + unwrap(UNENDING[name](size))[0]
        return min(timed(lambda: next(fragments(body))) for _ in range(3))

    assert first(8_000_000) < max(0.02, 4 * first(1_000_000))


GIANTS = {
    "fence": "```py\n" + "x = 1  # 注释\n\n" * 20_000 + "```\n\nend\n",
    "list": "".join(f"{number}. item **{number}**\n" for number in range(1, 5_000)) + "\nend\n",
    "table": "| a | b |\n|---|--:|\n" + "| one | 2 |\n" * 5_000 + "\nend\n",
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
        "list": ("item", 4_999),
        "table": ("one", 5_000),
        "paragraph": ("And", 5_000),
    }
    kept |= {"word": ("a", 300_000), "comment": ("hidden", 0), "footnotes": ("note", 3_000)}
    if name in kept:
        needle, count = kept[name]
        assert document.text.count(needle) == count


def test_a_cut_list_goes_on_counting() -> None:
    document = parse(GIANTS["list"])
    numbers = [getattr(block.containers[0], "number", None) for block in document.blocks[:-1]]
    assert numbers == list(range(1, 5_000))
    assert all(document.text[block.end] == "\n" for block in document.blocks[:-1])


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
