"""Keys that hands bring along from less and vi: presets, counts, z and a letter, and the line that : opens."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from stories import NARROW, WIDE, opened, own, ready, rows, status, until, written

from reader.locale import use
from reader.settings import PRESETS as NAMES
from reader.settings import Settings, bindings, load
from reader.ui.actions import ACTIONS, COUNTING, PRESETS, of_preset
from reader.ui.widgets.help import HelpDialog, help_rows

VIM = replace(Settings(), preset="vim")


def test_the_presets_are_those_of_the_settings():
    assert tuple(PRESETS) == NAMES
    assert [action.id for action in of_preset("textual")] == [action.id for action in ACTIONS]
    assert of_preset("textual") == ACTIONS or all(
        set(of_preset("textual")[n].keys) == set(action.keys) for n, action in enumerate(ACTIONS)
    )


@pytest.mark.parametrize("name", NAMES)
def test_no_key_has_two_actions_in_a_preset_and_every_action_has_one(name):
    keys = Counter(key for action in of_preset(name) for key in action.keys)
    assert [key for key, count in keys.items() if count > 1] == []
    assert [action.id for action in of_preset(name) if not action.keys] == []
    if name in COUNTING:
        assert not [key for key in keys if key.isdigit()]


def test_the_settings_name_a_preset_in_two_ways_and_ones_own_keys_win(tmp_path):
    file = tmp_path / "config.toml"
    for text in ('keys = "vim"', '[keys]\npreset = "vim"\n"reader.quit" = "ctrl+d"'):
        file.write_text(text, encoding="utf-8")
        made, problems = load(str(file), actions=ACTIONS)
        assert (made.preset, problems) == ("vim", ())
    found = bindings(made.keys, of_preset(made.preset))
    assert found["reader.quit"] == ("ctrl+d",)
    assert found["move.half_down"] == ()
    file.write_text('keys = "emacs"', encoding="utf-8")
    made, problems = load(str(file), actions=ACTIONS)
    assert made.preset == "textual"
    assert "there are no keys of 'emacs'" in problems[0]


async def test_counts():
    async with opened(own("days"), settings=VIM).run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        await pilot.press("1", "2", "j")
        assert app.page.top == 12
        await pilot.press("4", "k")
        assert app.page.top == 8
        await pilot.press("5", "0", "percent_sign")
        assert abs(app.session.share - 0.5) < 0.005
        await pilot.press("1", "G")
        assert app.page.top <= 3
        await pilot.press("3", "right_square_bracket")
        assert app.page.top_offset == app.session.article.document.sections[3].start
        await pilot.press("7")
        assert status(app).startswith(" 7 ")
        await pilot.press("escape")
        await pilot.press(*"12345678901", "j")
        assert app.page.top + app.page.size.height == app.page.total, "so many that it is the end, and no other count"
        await pilot.press("alt+4")
        assert app.session.sidebar.panel == "claims", "the panels have Alt"
        assert app.session.pane == "sidebar"


async def test_messages_name_the_keys_of_this_run():
    own_keys = {"place.mark": ("f2",), "search.open": ("f3",), "note.highlight": ()}
    async with opened(own("days"), settings=Settings(keys=own_keys)).run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        await pilot.press("apostrophe")
        assert "F2 and a letter sets one" in status(app)
        await pilot.press("n")
        assert "F3 searches" in status(app)
        assert app.session.keys["note.highlight"].startswith("Ctrl+P · "), "it has no key"


@pytest.mark.parametrize(
    ("language", "keys", "said"),
    [
        ("en", {}, "q quits"),
        ("en", {"reader.quit": ("Q",)}, "Q quits"),
        ("zh_Hans", {"reader.quit": ("f10",)}, "按 F10 退出"),
        ("en", {"reader.quit": ()}, "Ctrl+P · Quit"),
    ],
)
async def test_esc_where_nothing_is_open_says_how_to_leave(language, keys, said):
    try:
        async with opened(own("days"), settings=Settings(language=language, keys=keys)).run_test(size=WIDE) as pilot:
            app = await ready(pilot)
            await pilot.press("escape")
            assert said in status(app)
    finally:
        use("en")


@pytest.mark.parametrize("preset", NAMES)
async def test_the_persons_own_keys_stand_over_every_preset(tmp_path, preset):
    file = tmp_path / "settings.toml"
    file.write_text(
        f'[keys]\npreset = "{preset}"\n"move.down" = "J"\n"claim.next" = ["j", "ctrl+g"]\n"reader.help" = "F1"\n'
        '"search.open" = "c"\n"view.theme" = "c"\n"link.hints" = []\n"move.nothing" = "x"\n',
        encoding="utf-8",
    )
    settings, problems = load(str(file), actions=ACTIONS)
    page = tmp_path / "lamp.md"
    page.write_text("# Lamp\n\n" + "The lamp turns.\n\n" * 80, encoding="utf-8")
    async with opened(page, settings=settings, problems=problems).run_test(size=(180, 40)) as pilot:
        app = await ready(pilot)
        await until(pilot, lambda: status(app).startswith(" 1 of 2 problems: "))
        assert "there is no action 'move.nothing'" in problems[0]
        assert "'c' is already the key of search.open" in problems[1]
        await pilot.press("J", "J")
        assert app.page.top == 2
        assert "F1 help" in status(app)
        assert "c search" in status(app)
        assert "j claim" in status(app)
        await pilot.press("f1")
        await until(pilot, lambda: isinstance(app.screen, HelpDialog) and app.screen.lines.rows)
        shown = ["".join(text for text, _ in row) for row in help_rows(app.actions, 80)]
        by_title = {row.rsplit("  ", 1)[-1].strip(): row.split() for row in shown}
        assert by_title["One row down"][0] == "J"
        assert by_title["Next claim"][:2] == ["j", "Ctrl+G"]
        assert by_title["Light or dark"][0] == "D", "what it was to have is another's, so it keeps its own"
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, HelpDialog))
        await pilot.press("c")
        await until(pilot, lambda: app.search_line is not None)


@pytest.mark.parametrize("name", ["sodium", "hangul", "days", "broken"])
async def test_a_percentage_typed_is_the_one_the_status_line_says(name):
    async with opened(own(name), settings=VIM).run_test(size=(80, 24)) as pilot:
        app = await ready(pilot)
        for typed in ("75", "50", "51", "10", "25"):
            await pilot.press(*typed, "percent_sign")
            assert status(app).endswith(f" {typed}% ")
            await pilot.press("colon", *typed, "percent_sign", "enter")
            await until(pilot, lambda: app.command_line is None)
            assert status(app).endswith(f" {typed}% ")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[keys]\n"move.page_down" = ["f"]', "'f' is the key of move.page_down now, and link.hints has none"),
        ('[commands.say]\nkey = "f"\nrun = ["say"]', "'f' is the key of commands.say now, and link.hints has none"),
        ('[keys]\n"move.page_down" = ["f"]\n"link.hints" = []', ""),
        ('[keys]\n"move.page_down" = ["f"]\n"link.hints" = "alt+f"', ""),
        ('[keys]\n"move.page_down" = ["j"]', ""),
        ('[keys]\npreset = "less"\n"move.page_down" = ["f"]', ""),
        ('[keys]\npreset = "less"\n"move.page_down" = ["f", "alt+f"]', "'alt+f' is the key of move.page_down now"),
        ('[commands.say]\nkey = "X t"\nrun = ["say"]', ""),
    ],
)
async def test_an_action_that_has_lost_its_only_key_is_named(tmp_path, text, said):
    file = tmp_path / "settings.toml"
    file.write_text(text + "\n", encoding="utf-8")
    settings, problems = load(str(file), actions=ACTIONS)
    assert problems == ()
    async with opened(own("days"), settings=settings).run_test(size=(200, 40)) as pilot:
        app = await ready(pilot)
        assert said in app.session.message.text
        assert bool(said) is app.session.message.warning


async def test_without_a_preset_digits_are_panels():
    async with opened(own("days")).run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        await pilot.press("4")
        assert app.session.sidebar.panel == "claims"
        await pilot.press("alt+1")
        assert app.session.sidebar.panel == "sections"


async def test_pages_and_halves_as_in_less_and_vi():
    async with opened(own("days")).run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        height = app.page.size.height
        await pilot.press("ctrl+f")
        assert app.page.top == height - 1
        await pilot.press("ctrl+b", "ctrl+d")
        assert app.page.top == height // 2
        await pilot.press("ctrl+u", "ctrl+e", "ctrl+e", "ctrl+y")
        assert app.page.top == 1


async def test_the_passage_in_the_middle_at_the_top_and_at_the_bottom():
    async with opened(own("days")).run_test(size=WIDE) as pilot:
        app = await ready(pilot)
        await pilot.press("space", "space", "right_curly_bracket")
        where = app.session.passage().range

        def row() -> int:
            return app.session.article.layout.row_of(where.start) - app.page.top

        await pilot.press("z", "t")
        assert row() <= 2, "with the blank rows over a heading"
        await pilot.press("z", "b")
        assert row() + app.page.height_of(where) == app.page.size.height
        await pilot.press("z", "z")
        assert abs(row() - (app.page.size.height - app.page.height_of(where)) // 2) <= 1
        await pilot.press("z", "x")
        assert app.session.passage().range == where


@pytest.mark.parametrize("size", [WIDE, NARROW, (50, 20)])
async def test_the_line_for_places_and_commands(size):
    async with opened(own("days")).run_test(size=size) as pilot:
        app = await ready(pilot)
        document = app.session.article.document
        await pilot.press("colon", *"#ten days", "enter")
        ten = next(section for section in document.sections if section.title.startswith("Ten days"))
        await until(pilot, lambda: app.page.top_offset == ten.start)
        assert app.focused is app.page
        await pilot.press("colon", *"30", "enter")
        block = document.blocks[document.block_index(app.page.top_offset)]
        assert block.line <= 29
        await pilot.press("colon", *"100%", "enter")
        await until(pilot, lambda: "100%" in status(app))
        await pilot.press("colon", *"wider side", "enter")
        assert app.session.sidebar.width
        theme = app.theme
        await pilot.press("colon", *"light", "enter")
        assert app.theme != theme, "a name that begins so is meant, though others hold the word"
        await pilot.press("colon", *"no such thing", "enter")
        assert "No place and no command" in status(app)
        before = app.page.top
        await pilot.press("colon", *"5", "escape")
        assert app.page.top == before
        assert app.focused is app.page
        await pilot.press("colon", "backspace", "j")
        assert app.focused is app.page


async def test_help_is_filtered_by_typing_and_fits_a_narrow_terminal(tmp_path):
    for size in ((50, 20), (80, 24), (99, 30), (100, 30), (120, 40), (200, 60)):
        async with written(tmp_path, "# A\n\nB.\n").run_test(size=size) as pilot:
            app = await ready(pilot)
            await pilot.press("question_mark")
            await until(pilot, lambda app=app: app.screen.query("HelpLines") and app.screen.lines.rows)
            lines = app.screen.lines
            assert lines.widest < lines.size.width
            both = [row for row in lines.rows if sum(role == "heading" for _, role in row) == 2]
            assert bool(both) is (size[0] >= 100), "two columns from 100 cells on"
            await pilot.press(*"bookmark")
            said = ["".join(text for text, _ in row) for row in lines.rows]
            assert len(said) < 20
            assert any("Set a bookmark" in row for row in said)
            assert not any("Next section" in row for row in said)
            await pilot.press("escape")
            assert len(lines.rows) > 20
            await pilot.press("escape")
            assert rows(app.page)[1].strip() == "A"
