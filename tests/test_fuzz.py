"""Any article at all: nothing raises, no word is lost, every range is in its place, every row on the page.

The ordinary run is short; `pytest -m fuzz` runs the same properties for long (`FUZZ=20000` examples each, if set).
"""

from __future__ import annotations

import asyncio
import json
import os
import re
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invariants import check_document, check_layout
from strategies import articles, broken

from reader.claims import find
from reader.document import Document, Paragraph
from reader.export import FORMATS, rendered
from reader.layout import Layout
from reader.loading import Opened, load
from reader.sanitize import clean
from reader.search import Query, search
from reader.search.folding import fold
from reader.settings import Settings
from reader.source import Source
from reader.ui.actions import ACTIONS
from reader.ui.app import ReaderApp
from reader.ui.terminal import opener

LONG = int(os.environ.get("FUZZ", "5000"))


PROPERTIES = []


def holds(short: int, long: int):
    """Registers a property: `short` examples of it every time, `long` of them when fuzzing is asked for."""

    def register(of_any):
        PROPERTIES.append((of_any, short, long))
        return of_any

    return register


def examples(of_any, quantity: int) -> None:
    settings(max_examples=quantity, deadline=None, suppress_health_check=list(HealthCheck))(of_any)()


def source(text: str) -> Source:
    return Source(text, "article.md", None, None, "utf-8", "digest")


def parsed(text: str) -> Document:
    *_, document = load(source(text))
    return document


def shown(document: Document) -> str:
    """All a reader can get to see: the text and the front matter."""
    metadata = document.metadata
    credits = " ".join(f"{credit.label} {credit.names}" for credit in metadata.credits)
    return " ".join((document.text, metadata.title, metadata.author, credits, str(metadata.entries)))


@holds(20, LONG)
@given(articles())
def no_word_is_lost(article):
    document = parsed(article.source)
    check_document(document)
    everything = shown(document)
    assert [word for word in article.words if word not in everything] == []


@holds(20, LONG)
@given(broken())
def anything_is_a_document(text):
    document = parsed(text)
    check_document(document)
    assert clean(document.text) == document.text


@holds(12, LONG // 2)
@given(st.one_of(articles().map(lambda article: article.source), broken()), st.integers(1, 90), st.booleans())
def every_row_is_on_the_page(text, width, signs):
    check_layout(Layout(parsed(text), width, signs=signs))


@holds(12, LONG // 2)
@given(articles(), st.data())
def what_is_searched_is_found(article, data):
    text = parsed(article.source).text
    for word in article.words[:3]:
        found = search(text, Query(word, case="sensitive"))
        assert [match.start for match in found] == [match.start() for match in re.finditer(word, text)]
    if not text:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    wanted = text[start : start + data.draw(st.integers(1, 6))].strip()
    if not wanted:
        return
    matches = search(text, Query(wanted, case="sensitive", accents=True))
    goal = " ".join(fold(wanted, case=True, accents=True).split())
    for match in matches:
        # with what belongs to its last letter: the rest of a family, where its first member is looked for
        assert " ".join(fold(text[match.start : match.end], case=True, accents=True).split()).startswith(goal)
    assert all(one.end <= other.start for one, other in pairwise(matches))


@holds(12, LONG // 2)
@given(st.one_of(articles().map(lambda article: article.source), broken()))
def claims_are_in_the_text(text):
    document = parsed(text)
    claims = find(document)
    reached = 0
    for claim in claims:
        where = claim.range
        assert 0 <= where.start < where.end <= len(document.text)
        assert document.slice(where).strip()
        assert 0 <= claim.score <= 1
        if not claim.author:
            block = document.blocks[document.block_index(where.start)]
            assert isinstance(block, Paragraph)
            assert where.end <= block.end
            assert where.start >= reached
            reached = where.end


@holds(10, LONG // 5)
@given(st.one_of(articles().map(lambda article: article.source), broken()), st.integers(1, 100))
def every_format_prints(text, width):
    document = parsed(text)
    for to in FORMATS:
        printed = "\n".join(rendered(document, to, origin="article.md", width=width, density=0.1).lines)
        controls = set(re.findall(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", printed))
        assert controls <= ({"\x1b"} if to == "ansi" else set())
        if to == "json":
            assert json.loads(printed)["text"] == document.text


KEYS = sorted(
    {key for action in ACTIONS if action.id not in ("reader.quit", "file.edit") for key in action.keys}
    | {"escape", "enter", "backspace", "delete", "tab", "up", "down", "left", "right", "a", "s", "x", "1", "f"}
)
SIZES = st.tuples(st.integers(1, 140), st.integers(1, 45))


@holds(4, LONG // 20)
@given(
    st.one_of(articles().map(lambda article: article.source), broken()),
    SIZES,
    st.lists(st.one_of(st.sampled_from(KEYS), st.sampled_from(KEYS), SIZES), max_size=20),
)
def no_key_breaks_the_app(text, size, steps):
    asyncio.run(used(text, size, steps))


async def used(text: str, size: tuple[int, int], steps: list[str | tuple[int, int]]) -> None:
    """The app in use: keys and sizes, one after the other. What fails in it is raised here."""
    first, *rest = load(source(text))
    app = ReaderApp(Opened(source(""), Settings(), (), first), iter(rest))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opener, "launch", lambda target, browsers=(): opener.Outcome(True))
        await pressed(app, size, steps)


async def pressed(app: ReaderApp, size: tuple[int, int], steps: list[str | tuple[int, int]]) -> None:
    async with app.run_test(size=size) as pilot:
        for step in steps:
            if isinstance(step, str):
                await pilot.press(step)
            else:
                await pilot.resize_terminal(*step)
            await pilot.pause()
        assert app.is_running


NAMES = [of_any.__name__ for of_any, _, _ in PROPERTIES]


@pytest.mark.parametrize(("of_any", "short", "_"), PROPERTIES, ids=NAMES)
def test_briefly(of_any, short, _):
    examples(of_any, short)


@pytest.mark.fuzz
@pytest.mark.parametrize(("of_any", "_", "long"), PROPERTIES, ids=NAMES)
def test_at_length(of_any, _, long):
    examples(of_any, long)
