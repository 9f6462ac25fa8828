"""The screens in Chinese: nothing of the program's is left in English, and nothing of it is cut."""

import re
from dataclasses import replace

import pytest
from stories import own, ready, until

from reader import locale
from reader.layout import cells
from reader.loading import Opened, loaded
from reader.locale import LANGUAGES
from reader.settings import Settings
from reader.source import read
from reader.ui.actions import ACTIONS
from reader.ui.app import ReaderApp
from reader.ui.widgets.help import TWO_COLUMNS_CELLS, help_rows

SCREENS = (("zh_Hans", (80, 24)), ("zh_Hans", (120, 40)), ("zh_Hant", (80, 24)))
NAMES = {
    *("Enter", "Esc", "Tab", "Space", "PgDn", "PgUp", "Backspace", "Home", "End", "Ctrl", "Alt", "Shift"),
    *("shell", "Markdown", "Web", "Annotations", "Hypothesis", "Readwise", "ink", "paper"),
    *("yellow", "green", "blue", "pink"),
}
"""What is called so in every language: keys, formats, themes, the colours as the settings name them."""

STORIES = {
    "page": ((), ""),
    "links": (("2",), ""),
    "claims": (("4",), ""),
    "places": (("5",), ""),
    "claim": (("c",), ""),
    "kinds": (("K",), ""),
    "skim": (("s",), ""),
    "why": (("c", "w"), "Dialog"),
    "help": (("question_mark",), "Dialog"),
    "palette": (("ctrl+p",), "Dialog"),
    "search": (("slash", "人"), ""),
    "matches": (("slash", "人", "enter", "3"), ""),
    "note": (("a",), "Dialog"),
    "highlight": (("H",), ""),
    "bookmark": (("m",), ""),
    "letters": (("f",), ""),
    "recents": (("O",), "LibraryScreen"),
}
"""The keys, and the kind of screen they open, if any."""


@pytest.fixture(autouse=True)
def english_after():
    yield
    locale.use("en")


def on_screen(app: ReaderApp) -> list[str]:
    """The rows of the whole screen as they are drawn."""
    return [strip.text for strip in app.screen._compositor.render_strips()]


def english(text: str) -> set[str]:
    return set(re.findall(r"[A-Za-z]{3,}", text)) - NAMES


@pytest.mark.parametrize(("language", "size"), SCREENS, ids=str)
@pytest.mark.parametrize("story", STORIES)
async def test_a_screen_has_no_english_and_nothing_cut(story, language, size):
    keys, kind = STORIES[story]
    source = read(str(own("rain")))
    first, *rest = loaded(source)
    app = ReaderApp(Opened(replace(source, text=""), Settings(language=language), (), first), iter(rest))
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        await until(pilot, lambda: app.session.claims.complete)
        own_words = english(app.session.article.document.text + app.session.article.title)
        own_words |= english(str(own("rain")))
        own_words |= english(" ".join(map(str, app.session.article.document.metadata.entries.items())))
        await pilot.press(*keys)
        if kind:
            await until(pilot, lambda: any(kind == one.__name__ for one in type(app.screen).__mro__))
        await pilot.pause()
        shown = on_screen(app)
        if app.session.message.text:
            assert cells(app.session.message.text) < size[0] or story == "claim", app.session.message.text
        left = english("\n".join(shown)) - own_words
        assert not left, "\n".join(shown)
        if kind == "Dialog" and story not in ("why", "note"):
            assert not [row for row in inside(shown) if "…" in row.replace(" …", "")], "\n".join(shown)


def inside(rows: list[str]) -> list[str]:
    """What stands in the box of a dialog, and on its edges."""
    return [row[row.index("│") :] if "│" in row else row for row in rows if re.search("[╭╰│]", row)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [50, 72, TWO_COLUMNS_CELLS, 140])
def test_help_is_whole_at_any_width(width, language):
    locale.use(language)
    rows = help_rows(ACTIONS, width)
    said = "".join(text for row in rows for text, _ in row)
    assert not [text for row in rows for text, role in row if role == "body" and "…" in text]
    assert max(sum(cells(text) for text, _ in row) for row in rows) <= width
    if width < TWO_COLUMNS_CELLS:
        plain = re.sub(r"\s", "", said)
        assert all(re.sub(r"\s", "", locale.gettext(action.title)) in plain for action in ACTIONS)
