"""The switches of the dialect."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from document_picture import picture

from reader.document import Document, Metadata
from reader.frontmatter import split
from reader.parse import PLAIN, Dialect, page_pieces, parse


def test_switches_exist_for_all_and_nothing_else() -> None:
    assert Dialect.off() == PLAIN
    assert Dialect() != PLAIN


def test_each_switch_can_be_turned_off() -> None:
    source = "一句话。\n---\n\n**标题**\n\n正文在这里。"
    assert picture(parse(source, dialect=Dialect(false_headings=False)))[0] == "h2 | 一句话。"
    assert "p | ‹strong›标题‹/›" in picture(parse(source, dialect=Dialect(inferred_sections=False)))
    assert picture(parse("~~a~~ https://b.c", dialect=PLAIN))[0] == "p | ~~a~~ https://b.c"
    assert picture(parse("甲\n乙", dialect=PLAIN))[0] == "p | 甲 乙"


WORDS = "A sentence of some length, with a comma or two in it, so that it is read as prose, which it is."
SOURCES = {
    "tables": ["| a | b |\n|---|---|\n| c | d |\n"],
    "strikethrough": ["a ~~gone~~ b\n"],
    "tasks": ["- [x] done\n"],
    "alerts": ["> [!NOTE]\n> Words\n"],
    "links": ["see https://q.example/ there\n"],
    "footnotes": ["word[^1]\n\n[^1]: The note.\n", "word^[on the spot]\n"],
    "definitions": ["Term\n\n:   What it is.\n"],
    "math": ["$x^2$\n", "$$\n\\frac{a}{b}\n$$\n"],
    "marks": ["a ==mark== b\n"],
    "boxes": [":::tip Title\ntext\n:::\n", ":::message alert\na\n:::\n", ":::details More\nb\n:::\n"],
    "attributes": ["# Head {#id}\n", "![](a.png){fig-alt='x'}\n"],
    "templates": [
        "{% note %}\ntext\n{% endnote %}\n",
        "{{< highlight go >}}\nx\n{{< /highlight >}}\n",
        "[n]({% link a.md %})\n",
        "{% tabs a %}\n<!-- tab One -->\nx\n<!-- endtab -->\n{% endtabs %}\n",
        '{{< figure\n  src="a.png"\n  caption="A picture"\n>}}\n',
        "@[card](https://q.example/)\n",
        "{% include a.html %}\n",
    ],
    "emoji": [":tada:\n"],
    "cjk_emphasis": ["甲**标题：**乙\n", "**甲****乙**\n"],
    "cjk_breaks": ["甲\n乙\n"],
    "html_repair": [
        "a Map<String> b\n",
    ],
    "empty_links": ["see [](https://q.example/)\n"],
    "image_links": ["[words](a.png)\n"],
    "unwrapped": ["```markdown\n# Title\n\ntext\n```\n"],
    "books": [
        "```{note}\ntext\n```\n",
        "H~2~O and x^2^\n",
        "!!! note\n    text\n",
        '=== "Tab"\n    text\n',
        "::: {.callout-tip}\ntext\n:::\n",
        "+---+---+\n| a | b |\n+===+===+\n| c | d |\n+---+---+\n",
        "a     b\n----  ----\nc     d\n",
        "{ref}`a` {cite}`b`\n",
        "(label)=\n# Head\n",
    ],
    "wiki": [
        "[[Note|alias]]\n",
        "![[p.png]]\n",
        "![[p.png]] %%hidden%%\n",
        "![[p.png]]\n\na:: b\n",
        "> [!info] T\n> x\n",
    ],
    "mdx": [
        '<Aside type="tip">\n**x**\n</Aside>\n',
        "import a from 'b'\n\ntext\n",
        "# Head {/*id*/}\n\n<Tabs>\n</Tabs>\n",
    ],
    "unspaced_headings": ["##标题\n"],
    "false_headings": ["这是一句话，说完了。\n---\n\n正文\n"],
    "inferred_sections": [
        "**A bold title**\n\n" + WORDS + "\n",
        "<p><strong>一、起因</strong></p>\n<p>正文在这里。</p>\n",
    ],
    "credits": ["作者：小岩\n\n正文在这里，说明了一些事情。\n"],
    "footer": [WORDS + "\n\n---\n\n关注我们的公众号，获取更多内容。\n"],
    "loose_headers": ["Title: A post\nDate: 2024-01-02\n\ntext\n", "% Title\n\ntext\n", '[#]: subject: "T"\n\ntext\n'],
    "article": [f"<!doctype html><nav><a href=/>Home</a></nav><main><h1>Head</h1><p>{WORDS}</p><p>{WORDS}</p></main>"],
}


def read(name: str, source: str, dialect: Dialect) -> tuple[Document, Metadata]:
    if name == "article":
        *_, document = page_pieces(source, "https://q.example/", dialect=dialect)
    else:
        metadata, body, line, _ = split(source, loose=dialect.loose_headers)
        document = parse(body, metadata, first_line=line, dialect=dialect)
    return document, document.metadata


def test_every_switch_has_a_source() -> None:
    assert list(SOURCES) == [field.name for field in fields(Dialect)]


@pytest.mark.parametrize(
    ("name", "source"), [(name, source) for name, sources in SOURCES.items() for source in sources]
)
def test_the_switch_makes_the_difference(name: str, source: str) -> None:
    with_it, about = read(name, source, Dialect())
    without, about_without = read(name, source, replace(Dialect(), **{name: False}))
    assert (picture(with_it), about) != (picture(without), about_without)
    assert without.text
