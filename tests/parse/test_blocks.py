"""Whatever goes wrong in a part of an article, it is that part alone that is plain text."""

from __future__ import annotations

import pytest
from growth import superlinear
from hypothesis import given
from hypothesis import strategies as st
from invariants import check_document as check
from invariants import check_growth as grows

from reader.document import Document, Heading, Paragraph
from reader.parse import grammar, parse, pieces
from reader.parse.blocks import Builder
from reader.parse.grammar import Grammar

NOTE = "shown as plain text"


def plain(document: Document) -> list[str]:
    return [
        document.slice(block) for block in document.blocks if isinstance(block, Paragraph) and block.role == "plain"
    ]


ARTICLE = (
    "# One\n\n"
    "First with a [link](u) and a note[^a].\n\n"
    "<details>\n\n- boom **bold** [inner](v)\n- ![image](i.png) {#x}\n\n</details>\n\n"
    "## Two {#two}\n\n"
    "Last with an ![image](j.png).\n\n"
    "[^a]: The note.\n"
)


class Broken(Exception):
    """What a rule raises."""


@pytest.fixture(params=["tokens", "half", "inline"])
def broken(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Something fails for whatever holds the word "boom"."""
    blocks, write, inline = Grammar.blocks, Builder._write_tokens, Grammar.inline

    def no_tokens(self, source, line):
        if "boom" in source:
            raise Broken
        return blocks(self, source, line)

    def half_written(self, tokens, line, *, joined=False):
        write(self, tokens, line, joined=joined)
        if any("boom" in token.content for token in tokens):
            self._flow.block("<table><tr><td>begun", line)
            self._writer.anchor("nowhere")
            raise Broken

    def no_inline(self, content):
        if "boom" in content:
            raise grammar.TooCostly
        return inline(self, content)

    if request.param == "tokens":
        monkeypatch.setattr(Grammar, "blocks", no_tokens)
    elif request.param == "half":
        monkeypatch.setattr(Builder, "_write_tokens", half_written)
    else:
        monkeypatch.setattr(Grammar, "inline", no_inline)
    return str(request.param)


def test_a_part_that_fails_is_plain_and_the_others_are_as_ever(broken: str) -> None:
    document = parse(ARTICLE)
    check(document)
    (written,) = plain(document)
    assert "boom **bold** [inner](v)" in written
    assert [section.title for section in document.sections] == ["One", "Two"]
    assert [document.slice(block) for block in document.blocks if isinstance(block, Heading)] == ["One", "Two"]
    assert [link.href for link in document.links] == ["u"]
    assert [image.src for image in document.images][-1] == "j.png"
    assert "nowhere" not in document.anchors
    assert document.text[document.notes["a"] :].startswith("The note.")
    assert [warning for warning in document.warnings if NOTE in warning]
    grows(list(pieces(ARTICLE, first=1)))


def test_what_costs_too_much_time_is_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock is asked where the steps that are counted do not tell: here a rule takes an hour at the sign ~."""
    hours = [0.0]
    monkeypatch.setattr(grammar, "thread_time", lambda: hours[0] * 3600)
    follow = grammar._Inline._next

    def slowly(self, state, pos, *, silent):
        hours[0] += state.src[pos] == "~"
        return follow(self, state, pos, silent=silent)

    monkeypatch.setattr(grammar._Inline, "_next", slowly)
    costly = "~`a` " * 200
    document = parse(f"# A *title*\n\nBefore *it*.\n\n{costly}\n\n## Behind\n\nAfter **it**.\n")
    assert plain(document) == [costly.strip()]
    assert [section.title for section in document.sections] == ["A title", "Behind"]
    assert [span.kind for block in document.blocks for span in block.spans] == ["emphasis", "emphasis", "strong"]
    assert [warning for warning in document.warnings if NOTE in warning] == [
        "Line 5 is shown as plain text: the Markdown there is nested too deeply or too tangled."
    ]


def test_a_reference_to_no_character_is_nothing() -> None:
    for source in (
        "<div>&#1;</div>",
        "<td>&#1;</td>",
        "<pre>&#1;</pre>",
        "<table><tr><td>&#1;</table>",
        "a<b>&#1;</b>",
    ):
        document = parse(f"{source}\n\nend")
        assert document.warnings == (), source
        assert document.text.endswith("end")


PARTS = (
    *("a", "a b", "字", " ", "  ", "\t", "\n", "\n\n", "\\", "`", "``", "```\n", "~~~\n", "*", "**", "_"),
    *("__", "~~", "==", "[", "]", "](", "](u)", "![", "[^", "[^a]", "^[", "(", ")", "[x][y]", "![](a)"),
    *("[a]: ", "[a]:", "[^a]: ", "<", "<a ", "<a b='", "<b>", "</b>", "<!--", "-->", "<!", "<?", "?>"),
    *("<![CDATA[", "]]>", "<http://a>", "<br>", "&", "&amp;", "&#1;", "&#xD800;", "&#x110000;", "&nbsp;"),
    *("\x00", "\x1b", "\ud800", "\u2028", "\x0b", "\x1c", "́", "$", "$$", "$$\n", "$\\frac{", "=", ":"),
    *("::: a\n", ":::\n", "::: details\n", "www.", "http://", "http://a.b", "{", "}", "{: a=", "{#"),
    *("{:toc}", "{{< figure ", "{% img ", "{% raw %}\n", "{% highlight a %}\n", "{% endraw %}\n", "- ", "-"),
    *("1. ", "²", "١. ", "> ", "# ", "#", "|", "|-|\n", "| a | b |\n", "---\n", "===\n", ": ", "    "),
    *("- [x] ", "<div>", "</div>", "<pre>", "</pre>", "<script>", "<table>", "<tr>", "<td>&#1;", "<ul><li>"),
    *("</ul>", "<details>", "<img src='&#1;'>", "<ol start='²'>", "<h0>", "<iframe src='http://[::1'>"),
    *("<source src=//[>", "<summary>", "<dd>", "> [!NOTE]\n", "作者：a", "。", "```math\n", "**标题**\n"),
)  # fmt: skip
"""Of Markdown and HTML, and what stands for characters that are none."""


@pytest.fixture
def failures(monkeypatch: pytest.MonkeyPatch) -> list[Exception]:
    """What rules raise, which the article does not show."""
    found: list[Exception] = []
    for owner, name in ((Grammar, "blocks"), (Builder, "_write_group"), (grammar._Inline, "parse")):
        asked = getattr(owner, name)

        def asks(*arguments, asked=asked):
            try:
                return asked(*arguments)
            except grammar.TooCostly:
                raise
            except Exception as failure:
                found.append(failure)
                raise

        monkeypatch.setattr(owner, name, asks)
    return found


def test_no_rule_fails(failures: list[Exception]) -> None:
    @given(st.lists(st.sampled_from(PARTS), max_size=40).map("".join))
    def whatever_is_written(source: str) -> None:
        failures.clear()
        check(parse(source))
        assert failures == []

    whatever_is_written()


GROWING = {
    "attributes in a line": lambda n: "x {: a=" + "aaaa=" * (n // 5) + ' "',
    "attributes of a heading": lambda n: "# a {:" + "\t" * n + "}",
    "a box": lambda n: ":::" + " " * n + "{",
    "a figure": lambda n: "x {{< figure " + " " * n + "x",
    "figures": lambda n: "{{< figure a" * (n // 12),
    "a definition": lambda n: "[a]:" + " " * n,
    "definitions": lambda n: "[a]: " * (n // 5),
    "a heading": lambda n: "# a" + " " * n + "b",
    "a paragraph": lambda n: "a" + " " * n + "b\tc",
    "open spans": lambda n: "<div><b> x " * (n // 11),
    "open spans of each paragraph": lambda n: "<div><b>\n\nx\n\n" * (n // 13),
    "open lists": lambda n: "<ul><li>a\n" * (n // 10),
    "open lists of each paragraph": lambda n: "<ul><li>\n\na\n\n" * (n // 13),
    "open pre": lambda n: "<div><pre>\n\n" * (n // 12),
    "pre": lambda n: "<pre>\n\n</pre><pre>\n\n" * (n // 20),
    "open scripts": lambda n: "<script>\n\n" * (n // 10),
    "open comments": lambda n: "a <!-- " * (n // 7),
    "open comments in HTML": lambda n: "<p><!-- " * (n // 8),
    "open data": lambda n: "<p><![CDATA[ " * (n // 13),
    "closing tags": lambda n: "<b>" * (n // 7) + "</i>" * (n // 7),
    "parentheses behind an address": lambda n: "www.a.b/" + ")" * n,
    "addresses of nothing": lambda n: "http://）" * (n // 8),
    "formulas": lambda n: "$$a\n" * (n // 4),
    "templates": lambda n: "{% highlight a %}\n" * (n // 18),
    "stops": lambda n: "a" + "。" * n,
    "headings": lambda n: "# a\n\n" * (n // 5),
    "images": lambda n: "![](a)\n" * (n // 7),
}
"""Articles of any size that were slow, or are next to one that was."""


@pytest.mark.parametrize("name", GROWING)
def test_parsing_takes_time_in_proportion(name: str) -> None:
    assert superlinear(parse, GROWING[name]) == ""


@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=4).map("".join))
def grows_in_proportion(unit: str) -> None:
    assert superlinear(parse, lambda size: unit * (size // len(unit)), 1_000) == ""


def test_parsing_whatever_is_repeated_takes_time_in_proportion() -> None:
    from hypothesis import Phase, settings

    settings(max_examples=40, phases=[Phase.generate])(grows_in_proportion)()
