"""The app stands whatever it is given: hostile articles, every real one, any size of terminal, a storm of sizes."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hostile import own, suite
from samples import EVERY, SHARED, document
from stories import in_one_chunk, opened, ready, until

from reader.document import Document
from reader.loading import load
from reader.session import Article
from reader.source import Source, read
from reader.ui.app import ReaderApp

OWN = own(20_000)
SUITE = suite()
TOUR = (("pagedown", "G"), ("right_square_bracket", "l"), ("2", "1"))
"""Keys that come together: a screen after each two."""


def source(text: str) -> Source:
    return Source(text, "article.md", None, None, "utf-8", "digest")


def beginning(text: str) -> Document:
    """The first piece, as if it were all: what the first screen has, and cheap to make."""
    return replace(next(load(source(text))), complete=True, progress=1.0)


async def toured(app: ReaderApp, articles: dict[str, Document]) -> None:
    """Puts one article after the other on the screen and walks over each."""
    async with app.run_test(size=(90, 24)) as pilot:
        await ready(pilot)
        for name, article in articles.items():
            app.session.opening.enter(Article(article, source("")))
            for keys in TOUR:
                await in_one_chunk(pilot, *keys)
            await pilot.resize_terminal(90 if app.size.width == 50 else 50, 24)
            await pilot.press("home")
            assert app.is_running
            assert app.session.article.document is article
            shown = "".join(app.page.render_line(y).text for y in range(app.page.size.height))
            assert shown.strip("│┃◆• ") or not article.text.strip(), name


async def test_own_hostile_articles():
    await toured(opened(source("# Start\n")), {name: beginning(text) for name, text in OWN.items()})


@pytest.mark.skipif(not SUITE, reason="../shared/suites/pathological is not here")
async def test_hostile_articles_of_the_suite():
    await toured(opened(source("# Start\n")), {name: beginning(read(str(path)).text) for name, path in SUITE.items()})


async def test_every_article_is_read_to_its_end():
    app = opened(source("# Start\n"))
    async with app.run_test(size=(100, 30)) as pilot:
        await ready(pilot)
        for path in EVERY:
            article = document(path)
            app.session.opening.enter(Article(article, source("")))
            await pilot.press("G")
            last = app.session.article.layout.row_of(len(article.text) - 1)
            assert app.page.top <= last < app.page.top + app.page.size.height, path.name
    if not SHARED.exists():
        pytest.skip("the project's own alone: ../shared is not here")


SCREENS = {
    "page": (),
    "sidebar": ("t",),
    "search line": ("slash", "e"),
    "help": ("question_mark",),
    "hints": ("f",),
    "links": ("2",),
    "list and filter": ("2", "slash", "a"),
    "table": ("T",),
    "palette": ("ctrl+p",),
}


SMALL = tuple(product(range(1, 13), (1, 2, 3, 5, 8)))
EDGES = tuple(size for size in SMALL if size[0] in (1, 7, 12) or size[1] in (1, 8))
"""Each width and each height of the small ones, with the least, the greatest and, of widths, one between."""


@pytest.mark.parametrize("keys", SCREENS.values(), ids=SCREENS)
@pytest.mark.parametrize("sizes", [EDGES, pytest.param(SMALL, marks=pytest.mark.fuzz)], ids=["edges", "all"])
async def test_the_smallest_terminals(keys, sizes):
    article = source(
        "---\ntitle: 标题\n---\n\n# One\n\n"
        "[link](a.md) 中文字 ![图](x.png)\n\n| a | 名 |\n|-|-|\n| 1 | 字 |\n\n## Two\n\n"
        "> - 👨🏽 [^1]\n\n```py\nlong = 'line'\n```\n\n[^1]: note\n" * 3
    )
    app = opened(article)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press(*keys)
        for size in (*sizes, (1, 60), (300, 1), (20, 5), (500, 80)):
            await pilot.resize_terminal(*size)
            assert app.is_running, size
            assert app.size == size
        await pilot.press("escape", "escape", "escape", "G", "g")
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: app.page.size.height > 0)
        assert app.page.top == 0


async def test_a_storm_of_sizes_keeps_the_place():
    app = opened(source("".join(f"## Part {n}\n\nWords of part {n}, and more of them.\n\n" for n in range(400))))
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        app.page.go(app.session.article.document.sections[200].start)
        await pilot.pause()
        eye = app.page.top_offset
        for number in range(150):
            app.post_message(resized(app, 20 + number * 37 % 130, 3 + number * 11 % 50))
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert app.page.top_offset == eye
        assert "Part 200" in "".join(app.page.render_line(y).text for y in range(4))


def resized(app: ReaderApp, width: int, height: int):
    from textual.events import Resize
    from textual.geometry import Size

    return Resize(Size(width, height), Size(width, height))
