"""What the palette finds for what a person types, in any of the languages of the commands."""

import pytest
from stories import WIDE, opened, own, ready, until

from reader import locale
from reader.locale import in_language
from reader.settings import Settings
from reader.ui.actions import ACTIONS
from reader.ui.finding import WORDS, Named, rank, readings
from reader.ui.widgets.help import help_rows
from reader.ui.widgets.palette import Palette


def commands() -> list[Named]:
    return [
        Named(one.id, (one.title, *(in_language(name, one.title) for name in ("zh_Hans", "zh_Hant"))), one.group)
        for one in ACTIONS
    ]


def best(typed: str, most: int = 6) -> list[str]:
    """The ids of what is found, the best first."""
    ranked = sorted(((rank(typed, one), -at, one.id) for at, one in enumerate(commands())), reverse=True)
    return [id for score, _, id in ranked if score][:most]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("to the end", "move.last"), ("end the", "move.last"), ("next clai", "claim.next"),
        ("width", "view.widen"), ("highlight", "note.highlight"), ("toc", "sidebar.sections"), ("night", "view.theme"),
        ("find", "search.open"), ("bookmark", "place.mark"), ("clipboard", "reader.copy"), ("exit", "reader.quit"),
        ("宽度", "view.widen"), ("高亮", "note.highlight"), ("目录", "sidebar.sections"), ("查找", "search.open"),
        ("寬度", "view.narrow"), ("標示", "note.highlight"), ("目錄", "sidebar.toggle"), ("剪貼簿", "reader.copy"),
        ("export", "note.export"), ("导出", "note.export"), ("匯出", "note.export"), ("dc", "note.export"),
        ("kd", "view.widen"), ("gl", "note.highlight"), ("gaoliang", "note.highlight"), ("shuq", "place.mark"),
        ("ss", "search.open"), ("tc", "reader.quit"), ("CXDQ", "file.reload"), ("view.narrow", "view.narrow"),
    ],
)  # fmt: skip
def test_a_command_is_found_by_names_other_words_and_pinyin(typed, wanted):
    assert wanted in best(typed)


@pytest.mark.parametrize("typed", ["", "  ", "xyzzy", "无此命令", "highlight xyzzy", "q\u0000"])
def test_what_is_nothing_finds_nothing(typed):
    assert best(typed) == []


def test_every_name_finds_its_own_command_first():
    for command in commands():
        for name in command.names:
            assert rank(name, command) == 1.0, name


def test_every_han_character_of_a_name_can_be_spelled():
    texts = [name for command in commands() for name in command.names] + list(WORDS.values())
    han = {character for text in texts for character in text if "\u4e00" <= character <= "\u9fff"}
    assert han <= set(readings()), "run `python -m tests.tools.catalogues`"


def test_other_words_are_of_commands_there_are():
    assert set(WORDS) <= {action.id for action in ACTIONS}


@pytest.mark.parametrize(("language", "said"), [("zh_Hans", "没有这样的命令"), ("zh_Hant", "沒有這樣的指令")])
async def test_the_palette_speaks_chinese_and_takes_pinyin(language, said):
    app = opened(own("days"), settings=Settings(language=language))
    try:
        async with app.run_test(size=WIDE) as pilot:
            await ready(pilot)
            await pilot.press("ctrl+p")
            await until(pilot, lambda: isinstance(app.screen, Palette) and app.screen.list.entries)
            palette = app.screen
            await pilot.press(*"gjwx")
            await until(pilot, lambda: not palette.list.entries)
            assert palette.list.empty == said
            await pilot.press(*["backspace"] * 4, *"djw")  # 到结尾
            await until(pilot, lambda: palette.list.entries)
            assert palette.list.entries[0].text == in_language(language, "To the end")
            await pilot.press("enter")
            await until(pilot, lambda: app.page.top + app.page.size.height == app.page.total)
    finally:
        locale.use("en")


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (50, 20)])
async def test_the_palette_is_as_high_as_what_it_finds_and_its_field_stays_where_it_is(size):
    async with opened(own("days")).run_test(size=size) as pilot:
        app = await ready(pilot)
        await pilot.press("ctrl+p")
        await until(pilot, lambda: isinstance(app.screen, Palette) and app.screen.list.entries)
        palette = app.screen
        box, field = palette.query_one("#box"), palette.field.region
        await until(pilot, lambda: box.size.height > 10)
        whole = box.outer_size.height
        assert whole == size[1] * 9 // 10, "there are more commands than rows"
        await pilot.press(*"zzqq")
        await until(pilot, lambda: not palette.list.entries and palette.list.size.height == 1)
        assert palette.list.render_line(0).text.strip() == palette.list.empty
        assert (box.outer_size.height, palette.field.region) == (5, field)
        await pilot.press(*["backspace"] * 4)
        await until(pilot, lambda: box.outer_size.height == whole)
        await pilot.resize_terminal(size[0], 12)
        await until(pilot, lambda: box.outer_size.height == 10)


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("leave", "Quit"),
        ("exit", "Quit"),
        ("theme", "Light or dark"),
        ("undo", "Undo the last change of a highlight, note or bookmark"),
        ("标注", "Highlight the passage, or no longer"),
    ],
)
def test_the_help_finds_by_other_words_what_its_own_do_not_say(typed, title):
    shown = ["".join(text for text, _ in row).strip() for row in help_rows(ACTIONS, 80, typed)]
    assert any(row.endswith(title) for row in shown)
    assert len(help_rows(ACTIONS, 80, "zzqq")) == 1
    assert len(help_rows(ACTIONS, 80, "copy")) == 4, "where the help says it itself nothing else is added"
