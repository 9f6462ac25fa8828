"""The screens in Chinese: nothing of the program's is left in English, and nothing of it is cut."""

import re
from dataclasses import replace
from importlib.util import find_spec

import pytest
from image_files import flag
from stories import own, ready, until

from reader import locale
from reader.document import Document
from reader.layout import cells
from reader.loading import Opened, loaded
from reader.locale import LANGUAGES
from reader.settings import Settings
from reader.source import read
from reader.ui.actions import ACTIONS
from reader.ui.app import ReaderApp
from reader.ui.widgets.help import TWO_COLUMNS_CELLS, help_rows

SCREENS = [
    *(("zh_Hans", (80, 24)), ("zh_Hans", (120, 40)), ("zh_Hant", (80, 24))),
    pytest.param("zh_Hant", (120, 40), marks=pytest.mark.fuzz),
]
"""A word is English at either size, and what has no room has none in either script, whose words are as wide."""
NAMES = {
    *("Enter", "Esc", "Tab", "Space", "PgDn", "PgUp", "Backspace", "Home", "End", "Ctrl", "Alt", "Shift"),
    *("shell", "Markdown", "Web", "Annotations", "Hypothesis", "Readwise", "ink", "paper"),
    *("json", "csv", "html", "notes", "tag", "author", "after", "before", "unread", "reading", "finished", "starred"),
    *("archived",),
}
"""What is called so in every language: keys, formats, themes, words of the query line, the folder proposed."""

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


ARTICLE = """---
title: 港口的三份清单
---

港口办公室记了八十年的三份清单，从来没有人数过。[^1] 因此这些清单是海岸最好的记录。

一份[旧报告](报告.pdf)提到了它们，[另一篇文章](二.md)也提到了。

![水面的图](图.png)

| 船 | 港 | 吨 |
|----|----|---:|
| 甲 | 东港 | 120 |

## 灯

油很贵，光很便宜。

[^1]: 有两个人数过其中一份，差了十一艘船。
"""
OVER = {
    "file": (("l", "enter"), "AskDialog"),
    "table": (("T",), "TableDialog"),
    "footnote": (("p", "a"), "PeekDialog"),
    "other article": (("l", "l", "p"), "PeekDialog"),
    "picture": (("l", "l", "l", "p"), "PictureDialog"),
    "previews": (("i",), ""),
    "export": (("E",), "FileDialog"),
    "import": (("I",), "FileDialog"),
    "note": (("a",), "NoteDialog"),
    "colours": (("H",), ""),
    "command line": (("colon",), ""),
    "palette": (("ctrl+p", *"dc"), "Palette"),
    "filtered help": (("question_mark", *"bq"), "HelpDialog"),
    "notes": (("H", "6"), "NotesScreen"),
    "list": (("o",), "ArticlesScreen"),
    "order of the list": (("o", "s", "v", "m", "V"), "ArticlesScreen"),
    "help of the list": (("o", "question_mark"), "ArticlesHelp"),
    "query": (("o", "slash", *"ab"), "ArticlesScreen"),
}
"""Keys on the article above, in a folder with another one, and the screen they open."""


@pytest.mark.parametrize(("language", "size"), SCREENS, ids=str)
@pytest.mark.parametrize("story", OVER)
async def test_what_opens_over_the_page_has_no_english_and_nothing_cut(story, language, size, tmp_path, monkeypatch):
    if story == "picture" and not find_spec("PIL"):
        pytest.skip("Pillow is not installed")
    folder = tmp_path / "文"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for name, text in (("一.md", ARTICLE), ("二.md", "# 灯塔\n\n灯塔旁边很安静。\n"), ("报告.pdf", "")):
        (folder / name).write_text(text, encoding="utf-8")
    if story == "picture":
        (folder / "图.png").write_bytes(flag(size=(12, 8)))
    source = read("一.md")
    first, *rest = loaded(source)
    shown = Opened(replace(source, text=""), Settings(language=language), (), first)
    app = ReaderApp(shown, iter(rest), store=lambda: str(tmp_path / "state" / "s.sqlite"), folder=str(folder))
    keys, kind = OVER[story]
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        await until(pilot, lambda: app.session.claims.complete)
        for key in keys:
            before = app.screen
            await pilot.press(key)
            if key in ("o", "6"):
                await until(pilot, lambda: app.screen is not before)  # noqa: B023
        await until(pilot, lambda: not kind or type(app.screen).__name__ == kind)
        if kind == "ArticlesScreen":
            await until(pilot, lambda: app.screen.articles.ready and not app.screen.articles.folders.passing)
        await pilot.pause()
        drawn = on_screen(app)
        own_words = english(f"{folder} {ARTICLE} 报告.pdf")
        left = {word for word in english("\n".join(drawn)) if not any(own.startswith(word) for own in own_words)}
        assert not left, "\n".join(drawn)
        looked = inside(drawn) if kind.endswith(("Dialog", "Help", "Palette")) else [drawn[0], drawn[-1]]
        assert looked
        if kind != "PeekDialog":  # the article's words may be cut
            assert not [row for row in looked if re.search("(?<! )…", row)], "\n".join(drawn)


@pytest.mark.parametrize(("language", "size"), [*SCREENS, ("zh_Hans", (50, 20))], ids=str)
async def test_who_has_read_nothing_is_told_what_to_press(language, size, tmp_path, monkeypatch):
    folder = tmp_path / "文"
    folder.mkdir()
    (folder / "一.md").write_text(ARTICLE, encoding="utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.setattr("reader.session.library.samples", lambda: "")
    nothing = Opened(replace(read("一.md"), text="", origin="", path=None), Settings(language=language), (), Document())
    app = ReaderApp(nothing, store=lambda: str(tmp_path / "state" / "s.sqlite"))
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: type(app.screen).__name__ == "LibraryScreen" and app.screen.listing.works)
        await pilot.pause()
        drawn = on_screen(app)
        text = re.sub(r"\s", "", "".join(drawn))
        for line in app.screen.listing.guide:
            assert re.sub(r"\s", "", line) in text, "\n".join(drawn)
        assert len(app.screen.listing.guide) == 3
        assert any("港口的三份清单" in row for row in drawn)
        assert not english("\n".join(drawn)), "\n".join(drawn)
        assert "…" not in drawn[0] + drawn[-1]
        assert drawn[0].rstrip().endswith(" 1"), "how many there are stands apart from the title"
        assert " q " in drawn[-1]


def inside(rows: list[str]) -> list[str]:
    """What stands in the box of a dialog, and on its edges."""
    edged = [row[row.index("│") : row.rindex("│") + 1] if "│" in row else row for row in rows]
    return [row for row in edged if re.search("[╭╰│]", row)]


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
