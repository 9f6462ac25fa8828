"""A reader's story: moving over the page, by key and by wheel, and never losing the place."""

from __future__ import annotations

import pytest
from stories import NARROW, WIDE, opened, own, place, ready, rows, status, until, wheel, written

from reader.layout import Layout


async def test_the_first_screen():
    async with opened(own("sodium")).run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        page = [row.strip() for row in rows(app.page)]
        assert page[0] == "", "a blank row above the title"
        assert page[1].startswith("不用锂、不怕冷")
        assert "2024-06-18" in page[3]
        assert "约 3 分钟" in page[3]
        assert "作者：林栖" in page
        assert app.sidebar.display
        assert "≈ 把钠电池装进换电柜" in "\n".join(rows(app.sidebar.list))
        assert app.focused is app.page
        assert "help" in status(app)


@pytest.mark.parametrize(
    ("keys", "moved"),
    [
        (("j",), "row"),
        (("down",), "row"),
        (("space",), "page"),
        (("pagedown",), "page"),
        (("d",), "half"),
        (("j", "j", "k", "up", "j"), "row"),
        (("space", "space", "b"), "page"),
        (("space", "space", "pageup"), "page"),
        (("d", "d", "u"), "half"),
    ],
)
async def test_moving_by_key(keys, moved):
    async with opened(own("days")).run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        height = app.page.size.height
        await pilot.press(*keys)
        assert app.page.top == {"row": 1, "page": height - 1, "half": height // 2}[moved]


async def test_a_page_on_keeps_a_row_in_view():
    async with opened(own("days")).run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        last = rows(app.page)[-1]
        await pilot.press("space")
        assert rows(app.page)[0] == last


@pytest.mark.parametrize(("end", "home"), [("G", "g"), ("end", "home")])
async def test_to_the_end_and_back(end, home):
    async with opened(own("days")).run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        await pilot.press(end)
        assert app.page.top + app.page.size.height == app.page.total
        assert "mended" in "".join(rows(app.page)[-3:])
        assert "100%" in status(app)
        await pilot.press("j", "space")
        assert app.page.top + app.page.size.height == app.page.total, "there is nothing below"
        await pilot.press(home)
        assert app.page.top == 0
        assert rows(app.page)[1].strip() == "The Days That Never Were"
        await pilot.press("k", "b")
        assert app.page.top == 0


async def test_every_row_is_met_on_the_way_down():
    async with opened(own("rain")).run_test(size=(70, 16)) as pilot:
        app = await ready(pilot)
        whole = Layout(
            app.session.article.document,
            app.session.article.layout.width,
            front=app.session.article.front(),
            top=1,
        )
        met = [row.strip() for row in rows(app.page)]
        while app.page.top + app.page.size.height < app.page.total:
            before = app.page.top
            await pilot.press("space")
            new = app.page.top - before
            met += [row.strip() for row in rows(app.page)[-new:]]
        lines = [row.text.strip() for row in whole.walk()]
        assert [row.lstrip('•#＂"※→←▲◇ ').strip() for row in met if row][-20:] == [row for row in lines if row][-20:]
        assert len(met) == len(lines)


async def test_from_section_to_section():
    async with opened(own("days")).run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        sections = app.session.article.document.sections
        for section in sections[1:4]:
            await pilot.press("right_square_bracket")
            assert app.page.top_offset == section.start
            assert section.title in status(app)
            assert app.sidebar.list.here == sections.index(section)
        await pilot.press("left_square_bracket")
        assert app.page.top_offset == sections[2].start
        await pilot.press("j", "j", "left_square_bracket")
        assert app.page.top_offset == sections[2].start, "first to the head of this section"
        for _ in sections:
            await pilot.press("left_square_bracket")
        assert app.page.top == 0
        await pilot.press("left_square_bracket")
        assert "No section" in status(app)
        await pilot.press("j")
        assert "No more sections" not in status(app), "a message is gone with the next key"


async def test_the_last_sections_can_be_walked_though_the_page_stands_still():
    async with opened(own("sodium")).run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        sections = app.session.article.document.sections
        for section in sections[1:]:
            await pilot.press("right_square_bracket")
            assert app.page.top_offset == section.start
        await pilot.press("right_square_bracket")
        assert "No more sections" in status(app)


async def test_the_wheel():
    async with opened(own("days")).run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        await wheel(pilot, app.page, True)
        assert app.page.top == app.page.WHEEL_ROWS
        await wheel(pilot, app.page, False)
        assert app.page.top == 0


async def test_the_track_takes_the_page_along():
    async with opened(own("days")).run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        await pilot.mouse_down(app.page, offset=(app.page.size.width - 1, app.page.size.height - 1))
        await pilot.mouse_up(app.page, offset=(app.page.size.width - 1, app.page.size.height - 1))
        assert app.page.top + app.page.size.height == app.page.total


@pytest.mark.parametrize("size", [(40, 12), (60, 30), (90, 50), (200, 60)])
async def test_a_resize_keeps_the_place(size):
    async with opened(own("days")).run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        await pilot.press("right_square_bracket", "right_square_bracket", "j", "j", "j", "j")
        eye = app.page.top_offset
        words = app.session.article.document.text[eye : eye + 3]
        await pilot.resize_terminal(*size)
        await until(pilot, lambda: app.page.size.height == size[1] - 1)
        assert app.page.top_offset == eye
        assert words in rows(app.page)[0]
        await pilot.resize_terminal(*WIDE)
        await until(pilot, lambda: app.page.size.height == WIDE[1] - 1)
        assert app.page.top_offset == eye
        assert words in rows(app.page)[0]


@pytest.mark.parametrize("size", [(1, 1), (2, 2), (5, 3), (300, 3)])
async def test_odd_terminals(size):
    async with opened(own("days")).run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        await pilot.resize_terminal(*size)
        await pilot.press("space", "j", "G", "g", "right_square_bracket", "t", "l", "escape")
        await pilot.resize_terminal(*WIDE)
        await until(pilot, lambda: app.page.size.height == WIDE[1] - 1)
        assert app.is_running


async def test_wide_code_is_shifted_and_not_wrapped(tmp_path):
    line = "0123456789" * 12
    async with written(tmp_path, f"words\n\n```\n{line}\nshort\n```\n\nmore words\n").run_test(size=NARROW) as pilot:
        app = await ready(pilot)
        assert "›" in rows(app.page)[place(app, "0123456789")[1]]
        await pilot.press("right")
        assert not any("  0123456789" in row for row in rows(app.page))
        assert any("8901234567" in row for row in rows(app.page))
        await pilot.press("left")
        assert any("  0123456789" in row for row in rows(app.page))
        await pilot.press(*["right"] * 30)
        assert not any("›" in row for row in rows(app.page)), "the end of the line is reached"


async def test_nothing_to_shift():
    async with opened(own("rain")).run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        await pilot.press("right")
        assert "Nothing here is wider" in status(app)


async def test_the_page_grows_while_it_is_read(tmp_path):
    text = "".join(f"## Part {n}\n\nWords of part {n} and some more of them.\n\n" for n in range(4000))
    app = written(tmp_path, text)
    assert not app.session.article.document.complete
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("space", "space")
        eye = app.page.top_offset
        top = rows(app.page)[0]
        await ready(pilot)
        assert app.page.top_offset == eye
        assert rows(app.page)[0] == top
        assert len(app.sidebar.list.entries) == 4000
        await pilot.press("G")
        assert any("Words of part 3999" in row for row in rows(app.page))


async def test_an_empty_article(tmp_path):
    async with written(tmp_path, "").run_test(size=NARROW) as pilot:
        app = await ready(pilot)
        await pilot.press("space", "j", "G", "g", "right_square_bracket", "l", "enter", "y", "T", "i", "c", "w", "s")
        assert app.is_running


async def test_quit():
    async with opened(own("rain")).run_test(size=NARROW) as pilot:
        app = await ready(pilot)
        await pilot.press("q")
        await until(pilot, lambda: not app.is_running)
    assert app.return_code == 0


async def test_what_follows_the_page_follows_with_the_key(tmp_path):
    """Not by a message that comes after it: the status line and the sidebar would be drawn a frame later."""
    parts = "".join(f"## Part {number}\n\n{'words ' * 300}\n\n" for number in range(9))
    async with written(tmp_path, parts).run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        told = []
        app.session.changes.subscribe(told.append)
        app.action_do("move.page_down")
        assert told.count("moved") == 1
        assert 0 < app.session.share < 1
        await pilot.pause()
        assert told.count("moved") == 1
