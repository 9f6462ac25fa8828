"""A reader's story: searching the open article by every key there is for it."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from stories import WIDE, opened, own, ready, rows, status, until, written
from textual.events import Key, Paste
from textual.widgets import Input

from reader.document import Document, Range
from reader.layout import clip
from reader.loading import Opened, load
from reader.settings import Search, Settings
from reader.source import read
from reader.ui.app import ReaderApp
from reader.ui.widgets.list_view import in_view

WORDS = " ".join(["the tide turns slowly and the boats lie still in the mud of the creek"] * 12)
EVERYWHERE = f"""---
title: The heron at noon
---
{WORDS} the **her**on stands. A [heron](https://example.org) in a link. A heron
on two lines. HERON in capitals, ｈｅｒｏｎ in full width, héron with an accent, herons in a longer word.

| bird | where |
|---|---|
| heron | pond |

![a heron](heron.png)

```python
heron = 1
```

A note[^1].

[^1]: The heron of the footnote.

## The pond

{WORDS}

> A heron, quoted. Its “bill” is long.

- a heron in a list
"""
HERONS = 14
"""Of title, strong, link, two lines, capitals, width, accent, longer word, table, image, code, note, quote and list."""


async def searched(pilot, text: str) -> ReaderApp:
    """The search line is open, the text typed, the search done."""
    await pilot.press("slash")
    app = pilot.app
    await until(pilot, lambda: app.search_line is not None and isinstance(app.focused, Input))
    await typed(pilot, text)
    return app


async def typed(pilot, text: str) -> None:
    app = pilot.app
    app.focused.value = text
    await settled(pilot, lambda: app.session.search.asked is not None and app.session.search.asked.pattern == text)


async def settled(pilot, condition=lambda: True) -> None:
    await until(pilot, lambda: condition() and app_done(pilot.app))
    await pilot.pause()


def app_done(app: ReaderApp) -> bool:
    return app.session.search.done or app.session.search.asked is None


def line(app: ReaderApp) -> str:
    """What the search line says beside the field."""
    return app.search_line._signs.render_line(0).text


def current(app: ReaderApp) -> Range:
    return app.session.search.matches[app.session.search.current]


@pytest.mark.parametrize("width", [40, 60, 100, 150, 220])
async def test_the_count_is_the_same_at_every_width(tmp_path, width):
    async with written(tmp_path, EVERYWHERE).run_test(size=(width, 40)) as pilot:
        await ready(pilot)
        app = await searched(pilot, "heron")
        assert len(app.session.search.matches) == HERONS
        assert f"1/{HERONS}" in line(app)
        await pilot.press("enter")
        assert f"1/{HERONS}" in status(app)


async def test_all_matches_are_lit_and_the_current_one_stronger(tmp_path):
    async with written(tmp_path, EVERYWHERE).run_test(size=WIDE) as pilot:
        await ready(pilot)
        app = await searched(pilot, "heron")
        await pilot.press("enter", "n")
        second = current(app)
        roles = {
            (mark.start, mark.role)
            for mark in app.session.article.marks.over(0, len(app.session.article.document.text))
        }
        assert {start for start, role in roles if role == "match"} == {
            match.start for match in app.session.search.matches
        }
        assert {start for start, role in roles if role == "current"} == {second.start}
        assert app.theme_styles.mark("current") != app.theme_styles.mark("match")
        assert any("tick-match" in tick for tick in app.page.ticks.values())


async def test_sections_say_how_many_matches_they_have(tmp_path):
    async with written(tmp_path, EVERYWHERE).run_test(size=WIDE) as pilot:
        await ready(pilot)
        app = await searched(pilot, "heron")
        side = rows(app.sidebar.list)
        assert any("Opening" in row and row.endswith("12") for row in side)
        assert any("The pond" in row and row.endswith("2") for row in side)


async def test_next_and_previous_go_round_and_say_so(tmp_path):
    async with written(tmp_path, EVERYWHERE).run_test(size=(80, 16)) as pilot:
        await ready(pilot)
        app = await searched(pilot, "heron")
        await pilot.press("enter", "N")
        assert app.session.search.current == HERONS - 1
        assert "Search continues at the bottom" in status(app)
        await pilot.press("n")
        assert app.session.search.current == 0
        assert "Search continues at the top" in status(app)
        for index in range(1, HERONS):
            await pilot.press("n")
            assert app.session.search.current == index
            assert current(app).start in app.page.shown


async def test_next_goes_on_from_where_the_reader_is(tmp_path):
    async with written(tmp_path, EVERYWHERE).run_test(size=(80, 16)) as pilot:
        await ready(pilot)
        app = await searched(pilot, "heron")
        await pilot.press("enter", "G", "N")
        assert app.session.search.current == HERONS - 1
        await pilot.press("g", "n")
        assert app.session.search.current == 0


async def test_results_come_while_typing_and_esc_is_the_way_back():
    async with opened(own("days")).run_test(size=(100, 20)) as pilot:
        app = await ready(pilot)
        await pilot.press("space", "j", "j", "j")
        before = rows(app.page)
        await pilot.press("slash")
        await until(pilot, lambda: isinstance(app.focused, Input))
        for letter in "days":
            await pilot.press(letter)
        await settled(pilot, lambda: app.session.search.asked.pattern == "days")
        assert app.session.search.current is not None
        await pilot.press("escape")
        await until(pilot, lambda: app.search_line is None)
        await pilot.pause()
        assert rows(app.page) == before
        assert app.session.search.matches is None
        assert app.focused is app.page


async def test_enter_keeps_the_matches_and_the_line_comes_back_with_its_count(tmp_path):
    async with written(tmp_path, EVERYWHERE).run_test(size=WIDE) as pilot:
        await ready(pilot)
        app = await searched(pilot, "pond")
        await pilot.press("enter")
        await until(pilot, lambda: app.search_line is None)
        assert app.focused is app.page
        await pilot.press("slash")
        await until(pilot, lambda: isinstance(app.focused, Input))
        await pilot.pause()
        assert app.focused.value == "pond"
        assert "1/2" in line(app)


async def test_enter_is_a_jump_that_can_be_walked_back():
    async with opened(own("days")).run_test(size=(100, 20)) as pilot:
        app = await ready(pilot)
        await pilot.press("space", "j")
        before = rows(app.page)
        await searched(pilot, app.session.article.document.text[-40:-20].split("\n")[0])
        await pilot.press("enter")
        await until(pilot, lambda: app.search_line is None)
        assert rows(app.page) != before
        await pilot.press("backspace")
        await pilot.pause()
        assert rows(app.page) == before


async def test_up_and_down_walk_the_searches_before(tmp_path):
    async with written(tmp_path, EVERYWHERE).run_test(size=WIDE) as pilot:
        await ready(pilot)
        for text in ("heron", "pond", "creek"):
            app = await searched(pilot, text)
            await pilot.press("enter")
            await until(pilot, lambda: pilot.app.search_line is None)
        await pilot.press("slash")
        await until(pilot, lambda: isinstance(app.focused, Input))
        field = app.focused
        assert field.value == "creek"
        seen = []
        for key in ("up", "up", "up", "down", "down", "down"):
            await pilot.press(key)
            seen.append(field.value)
        assert seen == ["pond", "heron", "heron", "pond", "creek", "creek"]


@pytest.mark.parametrize(
    ("key", "text", "without", "with_it"),
    [
        ("alt+c", "heron", HERONS, HERONS - 1),
        ("alt+w", "heron", HERONS, HERONS - 1),
        ("alt+a", "héron", HERONS, 1),
        ("alt+r", "h.ron", 0, HERONS - 3),  # neither full width nor an accent is folded, and a line break is no dot
        ("alt+v", "龙", 1, 2),
    ],
)
async def test_toggles(tmp_path, key, text, without, with_it):
    article = EVERYWHERE + "\n龙和龍。\n" if key == "alt+v" else EVERYWHERE
    async with written(tmp_path, article).run_test(size=WIDE) as pilot:
        await ready(pilot)
        app = await searched(pilot, text)
        assert len(app.session.search.matches or ()) == without
        asked = app.session.search.asked
        await pilot.press(key)
        await settled(pilot, lambda: app.session.search.asked is not asked)
        assert "✓" in line(app)
        if key != "alt+r":
            assert len(app.session.search.matches or ()) == with_it
        else:
            assert len(app.session.search.matches) > 5
        assert app.focused.value == text
        await pilot.press(key)
        await settled(pilot, lambda: app.session.search.asked == asked)
        assert len(app.session.search.matches or ()) == without


async def test_alt_and_a_letter_is_no_letter_for_the_field(tmp_path):
    """A terminal sends Alt+r as Esc r: a key with a letter, which a field would take."""
    from textual import events

    async with written(tmp_path, EVERYWHERE).run_test(size=WIDE) as pilot:
        await ready(pilot)
        app = await searched(pilot, "heron")
        app.post_message(events.Key("alt+r", "r"))
        await settled(pilot, lambda: app.session.search.asked.regex)
        assert app.focused.value == "heron"


async def test_a_click_on_a_sign_switches(tmp_path):
    async with written(tmp_path, EVERYWHERE).run_test(size=WIDE) as pilot:
        await ready(pilot)
        app = await searched(pilot, "heron")
        at = line(app).index("w:word")
        await pilot.click("#search-toggles", offset=(at + 1, 0))
        await settled(pilot, lambda: app.session.search.asked.whole_word)
        assert len(app.session.search.matches) == HERONS - 1


async def test_smart_case(tmp_path):
    async with written(tmp_path, EVERYWHERE).run_test(size=WIDE) as pilot:
        await ready(pilot)
        app = await searched(pilot, "HERON")
        assert [app.session.article.document.slice(match) for match in app.session.search.matches] == ["HERON"]


async def test_a_wrong_pattern_says_where_and_a_slow_one_that_it_is(tmp_path):
    async with written(tmp_path, EVERYWHERE + "\n" + "a" * 5000 + "\n").run_test(size=WIDE) as pilot:
        await ready(pilot)
        app = await searched(pilot, "her")
        await pilot.press("alt+r")
        await settled(pilot, lambda: app.session.search.asked.regex)
        await typed(pilot, "her(")
        await until(pilot, lambda: "wrong pattern at 5" in line(app))
        assert app.session.search.matches is None
        assert "/" not in status(app)[-12:], "no count"
        app.focused.value = "(a|aa|a.)+b"
        await until(pilot, lambda: app.session.search.asked.pattern == "(a|aa|a.)+b")
        await pilot.press("end", "x", "backspace")
        assert app.focused.value == "(a|aa|a.)+b", "the keys work meanwhile"
        await until(pilot, lambda: "pattern too costly" in line(app))


async def test_nothing_found_leaves_the_page_where_it_is():
    async with opened(own("days")).run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        await pilot.press("space")
        before = rows(app.page)[:-1]
        await searched(pilot, "xyzzy plugh")
        assert "no match" in line(app)
        assert rows(app.page) == before
        await pilot.press("enter")
        await until(pilot, lambda: app.search_line is None)
        await pilot.press("n")
        assert "No search pattern" in status(app)


async def test_the_word_last_clicked(tmp_path):
    async with written(tmp_path, "# Birds\n\nOne heron. Two herons, a heron.\n").run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        y = next(y for y, row in enumerate(rows(app.page)) if "Two herons" in row)
        x = rows(app.page)[y].index("a heron") + 3
        await pilot.click("#page", offset=(x, y))
        await pilot.press("asterisk")
        await settled(pilot, lambda: app.session.search.asked is not None)
        assert app.session.search.asked.pattern == "heron"
        assert app.session.search.current == 2
        assert app.session.search.history[0] == "heron"


async def test_the_selection(tmp_path):
    async with written(tmp_path, "# 鳥\n\n白鷺が立つ。白鷺が飛ぶ。\n").run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        text = app.session.article.document.text
        app.session.article.select(Range(text.index("白鷺が"), text.index("白鷺が") + 3))
        await pilot.press("asterisk")
        await settled(pilot, lambda: app.session.search.asked is not None)
        assert app.session.search.asked.pattern == "白鷺が"
        assert len(app.session.search.matches) == 2


async def test_the_results_panel(tmp_path):
    async with written(tmp_path, EVERYWHERE).run_test(size=(120, 20)) as pilot:
        await ready(pilot)
        app = await searched(pilot, "heron")
        await pilot.press("enter", "3")
        await pilot.pause()
        assert app.focused is app.sidebar.list
        assert f"Matches  {HERONS}" in app.sidebar.head.text
        assert rows(app.sidebar.list)[0].endswith("12")  # how many the section has
        listed = "\n".join(rows(app.sidebar.list))
        assert listed.count("eron") >= 10
        for index in range(1, 5):
            await pilot.press("j")
            await pilot.pause()
            assert app.session.search.current == index
            assert current(app).start in app.page.shown
        await pilot.press("enter")
        await pilot.pause()
        assert app.focused is app.page
        assert app.session.search.current == 4
        await pilot.press("n", "3")
        await pilot.pause()
        assert app.sidebar.list.entries[app.sidebar.list.cursor].key == 5


async def test_the_panel_of_results_without_a_search_says_so(tmp_path):
    async with written(tmp_path, EVERYWHERE).run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        await pilot.press("3")
        assert "/ searches" in status(app)
        assert app.focused is app.page


async def test_a_list_of_very_many_results(tmp_path):
    async with written(tmp_path, "".join(f"## {n}\n\n{'a ' * 40}\n\n" for n in range(100))).run_test(
        size=WIDE
    ) as pilot:
        await ready(pilot)
        app = await searched(pilot, "a")
        await pilot.press("enter", "3")
        await pilot.pause()
        listing = app.sidebar.list
        assert len(app.session.search.matches) == 4000
        assert listing.total == 4100  # titles too
        assert rows(listing)[0].strip().startswith("0")
        await pilot.press("end")
        await pilot.pause()
        assert app.session.search.current == 3999
        assert current(app).start in app.page.shown


async def test_a_match_the_skim_hides_brings_the_page_back():
    async with opened(own("days")).run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        await pilot.press("s")
        await searched(pilot, app.session.article.document.text[-60:-40].split("\n")[0])
        assert not app.session.article.skimming
        await pilot.press("escape")
        await until(pilot, lambda: app.search_line is None)
        assert app.session.article.skimming


async def test_it_opens_at_the_first_match():
    from reader.search import Query

    source = read(str(own("days")))
    first, *rest = load(source)
    shown = Opened(replace(source, text=""), Settings(), (), first)
    app = ReaderApp(shown, iter(rest), search=Query(source.text[-60:-40].split("\n")[0]))
    async with app.run_test(size=(80, 12)) as pilot:
        await ready(pilot)
        await settled(pilot, lambda: app.session.search.current is not None)
        assert current(app).start in app.page.shown
        assert app.page.top > 0


async def test_what_is_loaded_is_searched_and_the_count_says_that_it_grows(tmp_path):
    go = threading.Event()
    path = tmp_path / "long.md"
    path.write_text("".join(f"## {n}\n\na heron {'x ' * 200}\n\n" for n in range(400)), encoding="utf-8")
    source = read(str(path))
    first, *rest = load(source)
    assert not first.complete

    def later():
        assert go.wait(30)
        yield from rest

    app = ReaderApp(Opened(replace(source, text=""), Settings(), (), first), later())
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: app.page.size.height > 0)
        await searched(pilot, "heron")
        so_far = len(app.session.search.matches)
        assert 0 < so_far < 400
        assert f"1/{so_far}+" in line(app)
        await pilot.press("enter", "j", "n")
        assert f"2/{so_far}+" in status(app)
        await pilot.press("g", "N", "N")
        assert "of what is loaded" in status(app)
        go.set()
        await until(
            pilot,
            lambda: (
                app.session.article.document.complete
                and app.session.search.done
                and len(app.session.search.matches) == 400
            ),
        )
        await pilot.pause()
        assert app.session.search.current == so_far - 1
        assert f"{so_far}/400 " in status(app)


async def test_the_settings_are_where_a_search_begins(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("A heron, a Heron.\n", encoding="utf-8")
    settings = Settings(search=Search(case="sensitive"))
    async with opened(path, settings=settings).run_test(size=WIDE) as pilot:
        await ready(pilot)
        app = await searched(pilot, "heron")
        assert len(app.session.search.matches) == 1


async def test_a_narrow_line_keeps_its_field(tmp_path):
    async with written(tmp_path, EVERYWHERE).run_test(size=(40, 20)) as pilot:
        await ready(pilot)
        app = await searched(pilot, "heron")
        await pilot.pause()
        assert app.focused.size.width >= 20
        assert f"1/{HERONS}" in line(app)


def test_a_listed_line_is_cut_so_that_its_match_is_in_sight():
    text = "苹果在技术创新方面的步伐，是明显落后了"
    mark = Range(13, 15)
    shown, lit = in_view(text, mark, 16)
    assert (shown, shown[lit.start : lit.end]) == ("…伐，是明显落后…", "是明")
    assert in_view(text, Range(0, 2), 16) == ("苹果在技术创新…", Range(0, 2))
    assert in_view("short", Range(1, 2), 16) == ("short", Range(1, 2))


def test_a_document_without_sections_lists_matches_alone():
    from reader.search import Query, search
    from reader.session import results

    document = Document(text="a b a")
    listed = results(document, search(document.text, Query("a")))
    assert [entry.range for entry in listed] == [Range(0, 1), Range(4, 5)]
    assert listed.row(1) == 1


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
async def test_what_is_pasted_is_searched_across_its_line_ends(end, tmp_path):
    """Terminals send a carriage return for each line's end."""
    article = tmp_path / "a.md"
    article.write_text("The heron stands\nin the pond.\n", encoding="utf-8")
    async with opened(article).run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        await pilot.press("slash")
        await until(pilot, lambda: app.search_line is not None and isinstance(app.focused, Input))
        app.post_message(Paste(f"stands{end}in the{end}"))
        await until(pilot, lambda: app.session.search.matches)
        assert app.session.search.asked is not None
        assert app.session.search.asked.pattern == "stands in the"


async def test_listed_matches_wrap_over_three_rows_with_the_match_in_sight(tmp_path):
    long = "gull " * 60 + "heron" + " tern" * 60
    async with written(tmp_path, f"# A\n\n{long}\n\nA heron.\n").run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        assert app.sidebar.region.width == 36
        await pilot.press("slash", *"heron", "enter", "3")
        await until(pilot, lambda: len(app.sidebar.list.entries) == 3)
        shown = rows(app.sidebar.list)
        assert [bool(row) for row in shown[:6]] == [True] * 5 + [False]
        assert sum("heron" in row for row in shown) == 2
        assert "heron" in " ".join(shown[1:4])
        lit = [
            segment.text
            for y in range(6)
            for segment in app.sidebar.list.render_line(y)
            if segment.style.bgcolor == app.theme_styles.mark("match").bgcolor
        ]
        assert lit == ["heron", "heron"]


async def test_after_a_query_typed_all_at_once_the_keys_are_the_pages(tmp_path):
    """As fast as a paste: Enter comes before the line is on the screen, and what follows is no query."""
    async with written(tmp_path, EVERYWHERE).run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        for key in ("slash", *"heron", "enter"):
            app.post_message(Key(key, "/" if key == "slash" else key if len(key) == 1 else None))
        await settled(pilot, lambda: app.session.search.asked is not None and app.search_line is None)
        first = current(app)
        await pilot.press("n")
        assert current(app) != first
        await pilot.press("question_mark")
        assert app.screen_stack[1:]


@pytest.mark.parametrize("word", ["needle", "钠离子", "unbelievability"])
async def test_in_the_list_of_matches_each_match_is_seen_whole(tmp_path, word):
    """Rows that words do not fill hold less than their cells; a match near the end of what fits is not cut."""
    before, after = (
        ("an extraordinarily long word ", "and so on ") if word.isascii() else ("从前有一座灯塔，", "后来，")
    )
    parts = [f"{before * 6}{'x' * n} {word} {after * 9}" for n in range(40)]
    async with written(tmp_path, "\n\n".join(parts)).run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        await pilot.press("slash", *word, "enter")
        await until(pilot, lambda: app.session.search.done and len(app.session.search.matches) == 40)
        await pilot.press("3")
        await until(pilot, lambda: len(app.sidebar.list._wrapped) > 40)
        for one in app.sidebar.list._wrapped:
            if one.mark is not None:
                assert one.text[one.mark.start : one.mark.end] == word
                assert one.mark.end <= one.rows[-1][1]
                last = one.text[slice(*one.rows[-1])].rstrip()
                seen = clip(last, app.sidebar.list._wrapped_at - 5)
                assert one.mark.end <= one.rows[-1][0] + len(seen.rstrip("…")), (one, seen)
