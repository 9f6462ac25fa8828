"""Articles for property tests: Markdown of every shape, nested, in many scripts, with what does not belong there.

Owns three strategies. `articles()` builds whole blocks from whole inline parts, so it knows which words a reader must
be shown. `broken()` cuts, repeats and mixes such articles: nothing is known of them but that the program must stand it.
`sources()` is smaller, for the parser alone.
Refuses to know the program.

Invariant: each word `articles()` gives stands once in its source, in a place that is text by every reading.
"""

from __future__ import annotations

import re
from itertools import count
from typing import NamedTuple

from hypothesis import strategies as st

_WORD, _LABEL = "\ue000", "\ue001"
"""Stand for a word to be found again, and for a label used once; numbered when the article is whole."""

_ATOMS = st.sampled_from(
    (
        *[_WORD] * 8,
        *("and", "the", "C++", "2.4", "$5", "don't", "—", "…", "“q”", "a.b", "https://q.example/x", "www.q.example"),
        *(
            "灯塔",
            "整夜亮着，",
            "「引号」",
            "《书名》。",
            "２．４",
            "か\u3099な",
            "カタカナ",
            "ー",
            "한국어",
            "\u1112\u1161\u11ab",
        ),
        *("e\u0301", "👩‍👩‍👧", "🇨🇳", "❤️", "🏴\U000e0067\U000e0062\U000e007f", "\u200b", "\u200d", "\ufe0f", "ﷺ"),
        *("שלום", "مرحبا", "\u202eabc\u202c", "\u2066x\u2069", "\u200f", "\u061c"),
        *("\x1b[31m", "\x9b31m", "\x07", "\x00", "\x85", "\u2028", "\xad", "\ufeff", "\U000e0041", "\x7f", "\t"),
        *("&amp;", "&#27;", "&nbsp;", "\\*", "*", "_", "`", "~", "|", "[", "]", "!", "#", "-", "1.", ">", "=", ":"),
    )
)
_PLAIN = st.lists(_ATOMS, min_size=1, max_size=6).map(" ".join)
_TIGHT = st.lists(_ATOMS, min_size=1, max_size=4).map("".join)
_WRAPS = st.sampled_from(
    (
        *("**{}**", "*{}*", "_{}_", "***{}***", "~~{}~~", "=={}==", "`{}`", "`` {} ``"),
        *(
            "[{}](https://q.example/a)",
            "[{}](./other.md#x '{}')",
            "[{}](<javascript:x y>)",
            "![{}](a.png)",
            "[{}][ref]",
        ),
        *("<kbd>{}</kbd>", "x<sub>{}</sub>", "x<sup>{}</sup>", "<span title='a'>{}</span>", "“{}”", "（{}）", "{}<br>"),
    )
)


def _wrapped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds(lambda wrap, text: wrap.replace("{}", text, 1).replace("{}", "t"), _WRAPS, inner),
        st.lists(inner, min_size=1, max_size=3).map(" ".join),
        st.lists(inner, min_size=2, max_size=2).map("".join),
    )


_INLINE = st.recursive(st.one_of(_PLAIN, _TIGHT), _wrapped, max_leaves=6).map(
    # what would end the text: a bar ends a cell, code and links must not be left open over the words behind them
    lambda text: re.sub(r"[`\[\]<>|\\$]{3,}|[\n\r]", " ", text)
)
_SAFE = _INLINE.map(lambda text: re.sub(r"^[\s#>|:=~`\-+*\d.)\[!<\x85\u2028]+|\|", "x ", text))
"""Text that begins no block of its own and ends no cell."""
_LINES = st.lists(_SAFE, min_size=1, max_size=3).map("\n".join)


def _table(rows: list[tuple[str, str]]) -> str:
    (one, two), *rest = rows
    return "\n".join([f"| {one} | {two} |", "| --- | :-: |", *(f"| {a} | {b} |" for a, b in rest)])


_CELL = st.lists(st.sampled_from((_WORD, "灯", "**b**", "", "👩‍👧")), max_size=3).map(" ".join)
_CODE = st.lists(st.sampled_from((_WORD, "if x:\n\ty", "   ", "\x1b[0m", "灯 = 1", "")), max_size=4).map("\n".join)
_LEAVES = st.one_of(
    _LINES,
    _LINES,
    st.builds("{} {}".format, st.sampled_from(("#", "##", "###", "######")), _SAFE),
    _SAFE.map("{}\n---".format),
    _SAFE.map("**{}**".format),
    _CODE.map("```py\n{}\n```".format),
    st.lists(st.tuples(_CELL, _CELL), min_size=1, max_size=4).map(_table),
    _PLAIN.map(f"note[^{_LABEL}]\n\n[^{_LABEL}]: x {{}}".format),
    st.just(f"{_WORD}\n: {_WORD}"),
    st.just("---"),
    st.just("$$\nx^2 + \\frac{a}{b}\n$$"),
    st.just(f"作者：{_WORD}"),
    st.just("[ref]: https://q.example/r"),
    st.just(f"![{_WORD}](a.png)\n![](b.png)"),
)


def _held(first: str, rest: str, block: str) -> str:
    head, *tail = block.split("\n")
    return "\n".join([first + head, *(rest + line if line else rest.rstrip() for line in tail)])


_HOLDS = st.sampled_from((("> ", "> "), ("- ", "  "), ("1. ", "   "), ("- [x] ", "  "), ("> [!TIP]\n> ", "> ")))


def _containers(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(inner, min_size=1, max_size=3).map("\n\n".join)
    return st.one_of(
        st.builds(lambda hold, block: _held(*hold, block), _HOLDS, several),
        several.map(f"<details><summary>{_WORD}</summary>\n\n{{}}\n\n</details>".format),
    )


_BLOCKS = st.recursive(_LEAVES, _containers, max_leaves=8)
_FRONTS = st.sampled_from(
    (
        *[""] * 3,
        f"---\ntitle: {_WORD}\ntags: [a, '灯']\ndate: 2024-05-06\n---\n",
        f'+++\ntitle = "{_WORD}"\n+++\n',
        '---\ntitle: "\\e[31m \\x9b0m"\nclaims: [the]\n---\n\n',
    )
)


class Article(NamedTuple):
    """A source, and what of it a reader must be shown."""

    source: str
    words: tuple[str, ...]


def _numbered(source: str) -> Article:
    numbers = count()
    words: list[str] = []

    def named(_: re.Match[str]) -> str:
        words.append(f"w{next(numbers)}q")
        return words[-1]

    source = re.sub(_WORD, named, source)
    while _LABEL in source:  # a reference and its definition stand in one block and are numbered together
        source = source.replace(_LABEL, f"n{next(numbers)}", 2)
    return Article(source, tuple(words))


def articles() -> st.SearchStrategy[Article]:
    """Whole articles."""
    return st.builds(
        lambda front, blocks: _numbered(front + "\n\n".join(blocks) + "\n"), _FRONTS, st.lists(_BLOCKS, max_size=6)
    )


_OPEN = st.sampled_from(
    (
        *(
            "```",
            "~~~~",
            "<!--",
            "<div",
            "<pre>",
            "<details>",
            "<a href='",
            "$$",
            "$",
            "[",
            "![",
            "](",
            "](<",
            "[^",
            "==",
            "**",
        ),
        *(
            "\n---\n",
            "\n===\n",
            "\n+++\n",
            "---\n",
            "| ",
            "\n|-|-|\n",
            "\n\n",
            "\n",
            "> ",
            "    ",
            "\t",
            "- ",
            ":::",
            "{% raw %}",
        ),
        *(
            "[a]: <",
            "[^1]: ",
            "&#x",
            "&#0;",
            "\\",
            "<script>",
            "<![CDATA[",
            "<?",
            "</details>",
            "{#id}",
            "{:.c}",
            "\u202e",
        ),
        *(
            "\r\n",
            "\r",
            "\ud800",
            "\U0010ffff",
            "\ufffe",
            "﷽",
            "\u0300" * 40,
            "👩\u200d" * 9,
            "a" * 300,
            "灯" * 90,
            "> " * 40,
        ),
    )
)


def broken() -> st.SearchStrategy[str]:
    """Articles in pieces: cut anywhere, joined anyhow, with openers nobody closes."""
    cut = st.builds(
        lambda a, x, y: a.source[min(x, y) : max(x, y)], articles(), st.integers(0, 200), st.integers(0, 400)
    )
    return st.lists(st.one_of(cut, _OPEN, st.text(max_size=8)), max_size=12).map("".join)


_MARKUP = st.from_regex(
    r"word|字|标题|。|，|한국|かな|\*\*|\*|_|`|\[a\]|\[\^n\]|\]\(u\)|!\[|<b>|</b>|==|~~|\$x\$|https://a\.b|<br>|&amp;|\\|\||"
    r"\{#i\}|\{:\.c\}|“|”|<!--c-->|\x1b|\u202e",
    fullmatch=True,
)
_LINE = st.lists(st.one_of(_MARKUP, st.sampled_from([" ", "  "])), min_size=1, max_size=6).map("".join)
_PREFIX = st.sampled_from(
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
_WHOLE_LINE = st.from_regex(
    r"---|===|```|~~~|\$\$|<div>|</div>|<details>|</details>|<table><tr><td>|<pre>|</pre>|<!--|-->|\|---\|---\||\|a\|b\||"
    r":::|作者：甲|\*\*粗体标题\*\*|一、短标题|<ul><li>|\{% raw %\}",
    fullmatch=True,
)


def sources() -> st.SearchStrategy[str]:
    """Lines of Markdown in any order: smaller than `articles()`, and with more that opens and never closes."""
    line = st.one_of(st.tuples(_PREFIX, _LINE).map("".join), _WHOLE_LINE, st.just(""))
    return st.lists(line, max_size=30).map("\n".join)
