"""A reader's story: the sidebar, the links and images, the dialogs, copying, the looks."""

from __future__ import annotations

import pytest
from stories import NARROW, WIDE, drag, launches, lit, opened, own, place, ready, rows, status, until, written
from textual import events

from reader.session import address_of
from reader.ui.actions import ACTIONS, GROUPS, sign
from reader.ui.commands.follow import follow
from reader.ui.widgets.dialogs import AskDialog, Dialog, Lines
from reader.ui.widgets.help import HelpDialog
from reader.ui.widgets.palette import Palette
from reader.ui.widgets.table_dialog import TableDialog, sort_key

# ------------------------------------------------------------------------------------------------------ the registry


def test_every_action_is_a_method_that_says_what_it_does():
    app = opened(own("rain"))
    for action in ACTIONS:
        part, _, verb = action.id.partition(".")
        method = getattr(app.commands.group(part), verb)
        assert callable(method), action.id
        assert method.__doc__, action.id
        assert action.title
        assert action.group in GROUPS, action.id
        assert action.keys, action.id


def test_no_key_has_two_meanings():
    keys = [key for action in ACTIONS for key in action.keys]
    assert len(keys) == len(set(keys))
    assert len({action.id for action in ACTIONS}) == len(ACTIONS)
    bound = opened(own("rain"))._bindings.key_to_bindings
    assert all(bound[key][0].action == f"do('{action.id}')" for action in ACTIONS for key in action.keys)


async def test_every_action_can_be_done_on_every_kind_of_page():
    for name in ("days", "swifts"):
        async with opened(own(name)).run_test(size=(90, 24)) as pilot:
            app = await ready(pilot)
            for action in ACTIONS:
                if action.id in ("reader.quit", "file.edit"):
                    continue
                app.action_do(action.id)
                await pilot.pause()
                assert app.is_running, action.id
                assert app._exception is None, action.id
                while len(app.screen_stack) > 1:
                    await app.pop_screen()
                await pilot.press("escape")


# ------------------------------------------------------------------------------------------------------- the sidebar


async def test_enter_on_a_section_jumps():
    async with opened(own("days")).run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        await pilot.press("tab")
        assert app.focused is app.sidebar.list
        await pilot.press("j", "down", "j", "enter")
        there = app.session.article.document.sections[3]
        assert app.page.top_offset == there.start
        assert app.focused is app.page
        assert there.title in status(app)
        await pilot.press("tab", "shift+tab")
        assert app.focused is app.page


async def test_the_tree_folds():
    async with opened(own("days")).run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        shown = len([row for row in rows(app.sidebar.list) if row])
        await pilot.press("tab", "j", "left")
        folded = [row for row in rows(app.sidebar.list) if row]
        assert len(folded) == shown - 1
        assert "▸" in folded[1]
        await pilot.press("j")
        assert app.sidebar.list.cursor == 3, "what is folded away is stepped over"
        await pilot.press("k", "right")
        assert len([row for row in rows(app.sidebar.list) if row]) == shown


async def test_a_click_on_a_section():
    async with opened(own("days")).run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        await pilot.click(app.sidebar.list, offset=(8, 4))
        assert app.page.top_offset == app.session.article.document.sections[4].start
        assert app.focused is app.page


async def test_a_click_on_a_fold_sign_folds():
    async with opened(own("days")).run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        x = rows(app.sidebar.list)[1].index("▾")
        await pilot.click(app.sidebar.list, offset=(x, 1))
        assert "▸" in rows(app.sidebar.list)[1]
        assert app.page.top == 0


async def test_the_sidebar_comes_and_goes():
    async with opened(own("days")).run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        wide = app.page.size.width
        await pilot.press("t")
        assert not app.sidebar.display
        assert app.page.size.width > wide
        await pilot.press("t")
        assert app.sidebar.display
        before = app.sidebar.size.width
        await pilot.press("greater_than_sign")
        await until(pilot, lambda: app.sidebar.size.width > before)
        await pilot.press("less_than_sign", "less_than_sign")
        await until(pilot, lambda: app.sidebar.size.width < before)


async def test_a_narrow_terminal_has_no_sidebar():
    async with opened(own("days")).run_test(size=NARROW) as pilot:
        app = await ready(pilot)
        assert not app.sidebar.display
        await pilot.resize_terminal(*WIDE)
        await until(pilot, lambda: app.sidebar.display)
        await pilot.resize_terminal(*NARROW)
        await until(pilot, lambda: not app.sidebar.display)
        await pilot.press("t")
        assert app.sidebar.display, "asked for, it comes all the same"


async def test_the_links_panel(monkeypatch):
    async with opened(own("days")).run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        await pilot.press("2")
        assert app.focused is app.sidebar.list
        panel = rows(app.sidebar.list)
        assert any("🖼" in row for row in panel)
        assert any("↗" in row for row in panel)
        followed: list[str] = []
        monkeypatch.setattr(
            "reader.ui.commands.sidebar.follow_target", lambda host, target: followed.append(address_of(target))
        )
        await pilot.press("end", "enter")
        last = app.session.article.targets[-1]
        assert followed == [address_of(last)]
        assert app.session.article.focus == len(app.session.article.targets) - 1
        assert app.focused is app.page
        assert app.session.article.document.slice(last) in " ".join(" ".join(rows(app.page)).split())
        await pilot.press("1")
        assert any("Ten days in October" in row for row in rows(app.sidebar.list))


# --------------------------------------------------------------------------------------------------- links and images


async def test_from_link_to_link():
    async with opened(own("rain")).run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        for target in app.session.article.targets:
            await pilot.press("l")
            assert lit(app) == app.session.article.document.slice(target)
            assert address_of(target) in status(app)
            assert any(app.session.article.document.slice(target)[:4] in row for row in rows(app.page))
        await pilot.press("l")
        assert "No more links" in status(app)
        for target in reversed(app.session.article.targets[:-1]):
            await pilot.press("L")
            assert lit(app) == app.session.article.document.slice(target)
        await pilot.press("escape")
        assert app.session.article.focus is None


async def test_no_yes_to_a_question_that_cannot_be_read(tmp_path, monkeypatch):
    started = launches(monkeypatch)
    (tmp_path / "pic.png").write_bytes(b"x")
    async with written(tmp_path, "![pic](pic.png)\n").run_test(size=(20, 5)) as pilot:
        app = await ready(pilot)
        await pilot.press("l", "enter")
        await until(pilot, lambda: isinstance(app.screen, AskDialog))
        await pilot.press("enter", "y")
        assert isinstance(app.screen, AskDialog)
        assert started == []
        await pilot.resize_terminal(60, 20)
        await until(pilot, lambda: app.screen.query_one(Lines).size.height >= 4)
        asked = "".join("".join(text for text, _ in row) for row in app.screen.query_one(Lines).rows)
        assert str(tmp_path / "pic.png") in asked, "wrapped to the width there is now"
        await pilot.press("y")
        await until(pilot, lambda: started)
        assert started == [str(tmp_path / "pic.png")]


@pytest.mark.parametrize(
    ("address", "url", "said"),
    [
        ("a%00b.md", None, "Not opened: no file is called a%00b.md"),
        ("", None, "This link has no address"),
        ("file:///etc/passwd", "https://q.example/a.md", "Not opened: file:///etc/passwd is on this machine"),
    ],
)
async def test_addresses_that_are_not_followed(address, url, said, tmp_path):
    from dataclasses import replace

    (tmp_path / "ab.md").write_text("# Another\n", encoding="utf-8")
    async with written(tmp_path, "words\n").run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        if url is not None:
            app.session.article.source = replace(app.session.article.source, path=None, url=url)
        follow(app, address)
        await pilot.pause()
        assert said in status(app)
        assert not isinstance(app.screen, AskDialog)
        assert app.session.article.title != "Another"


async def test_letters_that_a_resize_takes_away_are_not_asked_for(tmp_path):
    async with written(tmp_path, "A [link](https://q.example/) here.\n").run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        await pilot.press("f")
        assert "type the letters" in status(app)
        await pilot.resize_terminal(90, 30)
        await until(pilot, lambda: "type the letters" not in status(app))


async def test_who_wants_to_leave_is_told_how(tmp_path):
    async with written(tmp_path, "words\n").run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        await pilot.press("ctrl+c")
        assert "q quits" in status(app)


async def test_a_web_address_goes_to_the_browser_and_enter_asks_before_a_file(tmp_path, monkeypatch):
    started = launches(monkeypatch)
    (tmp_path / "pic.png").write_bytes(b"x")
    text = "[web](https://q.example/a) ![pic](pic.png) [gone](gone.png) [bad](ssh://host) [here](#part)\n\n## Part\n"
    async with written(tmp_path, text + "\nx\n\n" * 60).run_test(size=NARROW) as pilot:
        app = await ready(pilot)
        await pilot.press("l", "B")
        await until(pilot, lambda: started == ["https://q.example/a"])
        await pilot.press("l", "enter")
        await until(pilot, lambda: isinstance(app.screen, AskDialog))
        await pilot.press("escape")
        assert len(started) == 1
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, AskDialog))
        await pilot.press("enter")
        await until(pilot, lambda: len(started) == 2)
        assert started[1] == str(tmp_path / "pic.png")
        top = app.page.top
        await pilot.press("l", "enter")
        await pilot.pause()
        assert app.page.top == top, "a broken link moves nothing"
        await pilot.press("l", "enter")
        await pilot.pause()
        await pilot.press("escape")
        assert len(started) == 2
    async with written(tmp_path, "[here](#part)\n\n" + "x\n\n" * 60 + "## Part\n\n" + "y\n\n" * 60).run_test() as pilot:
        app = await ready(pilot)
        await pilot.press("l", "enter")
        assert app.page.top_offset == app.session.article.document.anchors["part"]


async def test_a_click_lights_a_link_and_a_second_opens_it(tmp_path, monkeypatch):
    started = launches(monkeypatch)
    async with written(tmp_path, "Some [words here](mailto:a@q.example) and more.\n").run_test(size=NARROW) as pilot:
        app = await ready(pilot)
        x, y = place(app, "words here")
        await pilot.click(app.page, offset=(x + 2, y))
        assert lit(app) == "words here"
        assert "mailto:a@q.example" in status(app)
        assert started == []
        await pilot.click(app.page, offset=(x + 2, y))
        await until(pilot, lambda: started == ["mailto:a@q.example"])


# ----------------------------------------------------------------------------------------------------------- dialogs


async def test_help_names_every_action():
    async with opened(own("rain")).run_test(size=(99, 90)) as pilot:  # one column
        app = await ready(pilot)
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(app.screen, HelpDialog) and app.screen.query("Lines"))
        await pilot.pause()
        lines = app.screen.query_one("Lines")
        said = "\n".join("".join(text for text, _ in row) for row in lines.rows)
        flat = " ".join(said.split())
        for action in ACTIONS:
            assert " ".join(action.title.split()[:3]) in flat
            assert sign(action.keys[0]) in said
        await pilot.press("escape")
        assert not isinstance(app.screen, HelpDialog)


async def test_the_palette_finds_an_action():
    async with opened(own("days")).run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        await pilot.press("ctrl+p")
        await until(pilot, lambda: isinstance(app.screen, Palette) and app.screen.list.entries)
        assert {action.title for action in ACTIONS} <= {entry.text for entry in app.screen.list.entries}
        await pilot.press(*"to the end")
        await until(pilot, lambda: app.screen.list.entries[0].text == "To the end")
        assert rows(app.screen.list)[0].strip().endswith("End"), "its keys at the right"
        await pilot.press("enter")
        await until(pilot, lambda: app.page.top + app.page.size.height == app.page.total)


async def test_a_wide_first_column_stands_still_too(tmp_path):
    table = "| The name of the harbour, in full | Lamps | Keepers |\n|---|---|---|\n| Larkmouth by the sea | 62 | 3 |\n"
    async with written(tmp_path, table + "| b | 7 | 1 |\n").run_test(size=(44, 20)) as pilot:
        app = await ready(pilot)
        await pilot.press("T")
        await until(pilot, lambda: isinstance(app.screen, TableDialog) and app.screen.lines.rows)
        await pilot.pause()
        lines = app.screen.lines
        assert rows(lines)[0].startswith("The name of the harbour, in full"), "whole, before it is shifted"
        await pilot.press("right", "right", "right")
        assert [row[:13] for row in rows(lines)[:3]] == ["The name of │", "────────────┼", "Larkmouth by│"]
        assert "Keepers" in rows(lines)[0]
        await pilot.click(lines, offset=(rows(lines)[0].index("Keepers"), 0))
        await until(pilot, lambda: "by Keepers ↑" in str(app.screen.box.border_title))


async def test_a_table_in_full_and_sideways():
    async with opened(own("days")).run_test(size=(70, 30)) as pilot:
        app = await ready(pilot)
        await pilot.press("T")
        assert "No table on this page" in status(app)
        while not any("Country" in row for row in rows(app.page)):
            await pilot.press("space")
        await pilot.press("T")
        await until(pilot, lambda: isinstance(app.screen, TableDialog) and app.screen.query("Lines"))
        await pilot.pause()
        lines = app.screen.query_one("Lines")
        assert rows(lines)[0].startswith("Country")
        assert {row.rstrip()[-1] for row in rows(lines)} == {"›"}, "there is more at the right"
        await pilot.press("right", "right")
        assert lines.shifted == 16
        assert rows(lines)[0].startswith("Country"), "the first column stands still"
        assert "arrows scroll" in str(app.screen.box.border_subtitle)
        await pilot.press(*["right"] * 30)
        assert not [row for row in rows(lines) if "›" in row], "that was all"
        await pilot.press(*["left"] * 30)
        first = [row.split("│")[0].strip() for row in rows(lines)[2:] if "│" in row]
        await pilot.click(lines, offset=(1, 0))
        await until(pilot, lambda: "by Country ↑" in str(app.screen.box.border_title))
        by_name = [row.split("│")[0].strip() for row in rows(lines)[2:] if "│" in row]
        assert by_name == sorted(first, key=sort_key)
        await pilot.press("s", "w")
        assert "↓" in str(app.screen.box.border_title)
        assert lines.widest < lines.size.width, "wrapped"
        assert not [row for row in rows(lines) if "›" in row]
        await pilot.press("escape")
        assert not isinstance(app.screen, TableDialog)


# ------------------------------------------------------------------------------------------- what the page looks like


async def test_the_card_unfolds():
    async with opened(own("harbour")).run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        assert any("▸" in row and "field" in row for row in rows(app.page))
        await pilot.press("M")
        assert any("Environment" in row for row in rows(app.page))
        await pilot.press("M")
        assert not any("Environment" in row for row in rows(app.page))


async def test_the_card_unfolds_from_anywhere_and_the_way_back_is_kept():
    async with opened(own("days")).run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        await pilot.press("space", "space", "M")
        assert app.page.top == 0
        assert any("subtitle" in row for row in rows(app.page))


async def test_the_measure():
    async with opened(own("days")).run_test(size=(160, 40)) as pilot:
        app = await ready(pilot)
        await pilot.press("space", "space")
        eye, before = app.page.top_offset, app.session.article.layout.width
        await pilot.press("left_parenthesis")
        assert app.session.article.layout.width == before - 4
        assert app.page.top_offset == eye
        await pilot.press("right_parenthesis", "right_parenthesis")
        assert app.session.article.layout.width == before + 4
        assert app.page.top_offset == eye


async def test_light_and_dark():
    async with opened(own("days")).run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        ground = app.page.render_line(0)._segments[0].style.bgcolor
        await pilot.press("D")
        await until(pilot, lambda: app.page.render_line(0)._segments[0].style.bgcolor != ground)
        assert not app.current_theme.dark
        await pilot.press("D")
        await until(pilot, lambda: app.page.render_line(0)._segments[0].style.bgcolor == ground)


async def test_code_is_coloured_when_it_is_on_the_page(tmp_path):
    async with written(tmp_path, "x\n\n```python\nreturn 'words'\n```\n").run_test(size=NARROW) as pilot:
        app = await ready(pilot)
        y = place(app, "return")[1]

        def weights() -> set[str]:
            return {segment.text for segment in app.page.render_line(y) if segment.style and segment.style.bold}

        await until(pilot, lambda: "return" in weights())


# ---------------------------------------------------------------------------------------------------------- copying


async def test_a_drag_selects_and_copies_without_ornaments(tmp_path):
    async with written(tmp_path, "words\n\n> quoted **words** that\n> wrap\n\n- item\n").run_test(size=NARROW) as pilot:
        app = await ready(pilot)
        start, end = place(app, "quoted"), place(app, "item")
        await drag(pilot, app.page, start, (end[0] + 3, end[1]))
        await pilot.press("y")
        assert app.clipboard == "quoted words that wrap\n\nitem"
        await until(pilot, lambda: "the selection, 28 characters" in status(app))
        await pilot.press("escape")
        assert app.session.article.selection is None


@pytest.mark.parametrize("down", [True, False])
async def test_a_drag_that_is_held_beyond_the_edge_scrolls_and_selects_on(down):
    async with opened(own("days")).run_test(size=NARROW) as pilot:
        app = await ready(pilot)
        page, height = app.page, app.page.size.height
        await pilot.press("space", "space")
        top = page.top
        await pilot.mouse_down(page, offset=(20, height // 2))
        edge = height if down else 0
        await pilot._post_mouse_events([events.MouseMove], None, offset=(20, edge), button=1)
        await until(pilot, lambda: abs(page.top - top) >= 5)  # and the mouse is still
        selected = app.session.article.selection
        assert selected is not None
        rows_selected = page.height_of(selected)
        assert rows_selected >= height // 2 + 4
        assert (page.top > top) == down
        await pilot.mouse_up(page, offset=(20, 5))
        at = page.top
        await pilot.pause(0.2)
        assert page.top == at, "it ends with the drag"
        assert app.session.article.selection is not None


async def test_the_border_of_the_sidebar_can_be_dragged():
    async with opened(own("days")).run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        border = app.sidebar.region.right - 1
        await pilot.mouse_down(offset=(border, 10))
        for x in (border + 3, border + 9):
            await pilot._post_mouse_events([events.MouseMove], None, offset=(x, 10), button=1)
            await until(pilot, lambda x=x: app.sidebar.region.right == x + 1)
        await pilot.mouse_up(offset=(border + 9, 10))
        await pilot._post_mouse_events([events.MouseMove], None, offset=(border - 9, 10))
        await pilot.pause()
        assert app.sidebar.region.right == border + 10, "it was let go of"
        assert app.session.sidebar.width == border + 10
        assert app.session.article.selection is None


async def test_a_click_beside_a_box_closes_it_and_one_inside_does_not():
    async with opened(own("days")).run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        for keys in ("question_mark", "ctrl+p"):
            await pilot.press(keys)
            await until(pilot, lambda: isinstance(app.screen, Dialog) and app.screen.query_one("#box").region.height)
            box = app.screen.query_one("#box").region
            await pilot.click(offset=(box.x + 3, box.y))
            assert isinstance(app.screen, Dialog)
            await pilot.click(offset=(box.x + 3, box.bottom))
            await until(pilot, lambda: not isinstance(app.screen, Dialog))
            assert app.session.article.cursor is None, "what is below has heard nothing of it"


async def test_two_clicks_take_the_word(tmp_path):
    async with written(tmp_path, "Some words, and more.\n").run_test(size=NARROW) as pilot:
        app = await ready(pilot)
        x, y = place(app, "words")
        await pilot.click(app.page, offset=(x + 2, y), times=2)
        await pilot.press("y")
        assert app.clipboard == "words"
        await pilot.click(app.page, offset=(x + 2, y), times=3)
        await pilot.press("y")
        assert app.clipboard == "Some words, and more."


async def test_commands_act_on_what_was_stepped_to(tmp_path):
    words = "First of all, a lamp.\n\nA second paragraph has a lamp too, and a [link](https://q.example/).\n"
    async with written(tmp_path, words).run_test(size=NARROW) as pilot:
        app = await ready(pilot)
        await pilot.press("slash", *"second", "enter", "y")
        assert app.clipboard == "second"
        await pilot.press("l", "y")
        assert app.clipboard == "https://q.example/"
        await pilot.press("escape", "y")  # the current passage is where the link was
        assert app.clipboard == "A second paragraph has a lamp too, and a link."
        await pilot.press("left_curly_bracket", "y")
        assert app.clipboard == "First of all, a lamp."


async def test_y_copies_the_link_or_the_paragraph(tmp_path):
    async with written(tmp_path, "First of [all](https://q.example/).\n\nSecond.\n").run_test(size=NARROW) as pilot:
        app = await ready(pilot)
        await pilot.press("l", "y")
        assert app.clipboard == "https://q.example/"
        await pilot.press("escape", "y")
        assert app.clipboard == "First of all."


@pytest.mark.parametrize("theme", ["ink", "paper", "textual-dark", "textual-light", "nord", "gruvbox", "ansi-dark"])
async def test_every_theme_draws_every_sample_page(theme):
    from dataclasses import replace

    from reader.settings import Settings

    async with opened(own("days"), settings=replace(Settings(), theme=theme)).run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        assert app.theme == theme
        while app.page.top + app.page.size.height < app.page.total:
            await pilot.press("space")
        assert app._exception is None


def test_the_end_without_a_terminal_is_come_to_once(monkeypatch):
    """The event loop and the thread that watches may both come to it, and neither may cut the other short."""
    import os
    import threading
    import time

    from reader.ui.terminal.lifecycle import Lifecycle

    said: list[str] = []

    def finish() -> None:
        said.append("begun")
        time.sleep(0.2)
        said.append("written")

    monkeypatch.setattr(os, "_exit", lambda code: said.append("over"))
    lifecycle = Lifecycle(lambda: None, finish)
    ends = [threading.Thread(target=lifecycle.gone, daemon=True) for _ in range(2)]
    for end in ends:
        end.start()
    ends[0].join(10)
    assert said == ["begun", "written", "over"]


async def test_the_list_has_its_own_keys_and_leaves_the_page_those_of_the_page():
    async with opened(own("days")).run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        assert "] section" in status(app)
        await pilot.press("1")
        assert app.session.pane == "sidebar"
        assert "Enter goes there" in status(app)
        assert "] section" not in status(app)
        await pilot.press("space", "b", "G")
        assert app.page.top + app.page.size.height == app.page.total, "the page's keys scroll the page"
        assert app.focused is app.sidebar.list
        await pilot.press("g")
        assert app.page.top == 0
        await pilot.press("ampersand", *"October")
        assert rows(app.sidebar.list)[0].strip() == "& October▏".replace("▏", "")
        await pilot.press("escape")
        assert app.sidebar.list.filter == ""
        await pilot.press("slash")
        assert app.session.search.typing, "/ searches the article from everywhere"
        await pilot.press("escape")


async def test_a_hint_is_clicked():
    async with opened(own("days")).run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        x = status(app).index("] section") + 1
        await pilot.click(app.status, offset=(x, 0))
        await until(pilot, lambda: app.page.top_offset == app.session.article.document.sections[1].start)


async def test_the_bottom_line_says_where_and_how_long_yet():
    async with opened(own("days")).run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        assert "The Days That Never Were › Opening · 1 of 13 min left" in status(app)
        await pilot.press("right_square_bracket")
        assert status(app).startswith(" The problem is that nothing divides · 2 of 13 min left"), "the title gives way"
        await pilot.press("G")
        assert "min left" not in status(app)
        await pilot.resize_terminal(50, 20)
        await pilot.press("g")
        await until(pilot, lambda: status(app).startswith(" Opening · 1 of 13 min left"))


def test_cells_are_sorted_as_a_person_would():
    cells = ["", "b", "10", "9.5", "-3", "1,200", "a", "$40"]
    assert sorted(cells, key=sort_key) == ["-3", "9.5", "10", "$40", "1,200", "a", "b", ""]


async def test_lines_of_code_are_numbered_and_a_block_is_copied_whole(tmp_path):
    async with written(tmp_path, "# A\n\n```py\nx = 1\ny = 2\n```\n").run_test(size=(80, 24)) as pilot:
        app = await ready(pilot)
        await pilot.press("number_sign")
        assert any(row.split() == ["2", "y", "=", "2"] for row in rows(app.page))
        await pilot.press("right_curly_bracket", "y")
        assert app.clipboard == "x = 1\ny = 2"
        await until(pilot, lambda: "the code" in status(app))
        await pilot.press("number_sign")
        assert any(row.split() == ["y", "=", "2"] for row in rows(app.page))


BOX = "<details><summary>More</summary>\n\nHidden herons.\n\n</details>"
FOLDS = f"# A\n\nIntro.\n\n## One\n\nFirst lamp.\n\n## Two\n\n{BOX}\n\nEnd.\n"


@pytest.mark.parametrize("size", [(80, 30), (50, 20)])
async def test_sections_and_boxes_fold(tmp_path, size):
    async with written(tmp_path, FOLDS).run_test(size=size) as pilot:
        app = await ready(pilot)

        def shows(text: str) -> bool:
            return any(text in row for row in rows(app.page))

        assert shows("▸ More")
        assert not shows("herons")
        await pilot.press("right_curly_bracket", "right_curly_bracket", "z", "a")
        assert not shows("First lamp")
        assert shows("Two")
        await pilot.press("enter")
        assert shows("First lamp"), "Enter on a heading"
        await pilot.press("z", "M")
        assert not shows("Intro")
        await pilot.press("z", "R")
        assert app.session.article.folds.hidden == ()
        await pilot.press("z", "M", "slash", *"herons", "enter")
        await until(pilot, lambda: shows("Hidden herons"))
        x, y = place(app, "More")
        await pilot.click(app.page, offset=(x, y))
        await until(pilot, lambda: not shows("herons"))
        await pilot.click(app.page, offset=(x, y))
        await until(pilot, lambda: shows("herons"))


async def test_the_card_unfolds_by_a_click():
    async with opened(own("harbour")).run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        x, y = place(app, "more field")
        await pilot.click(app.page, offset=(x, y))
        await until(pilot, lambda: any("Environment" in row for row in rows(app.page)))


async def test_the_page_is_dimmed_while_another_pane_has_the_keys():
    async with opened(own("days")).run_test(size=WIDE) as pilot:
        app = await ready(pilot)

        def ink() -> object:
            """The colour of some words on the page, as it is sent to the terminal."""
            strips = app.screen._compositor.render_strips()
            return next(one.style.color for strip in strips for one in strip if "people in Rome" in one.text)

        bright = ink()
        await pilot.press("tab")
        await pilot.pause()
        assert ink() != bright
        await pilot.press("escape")
        await pilot.pause()
        assert ink() == bright
