"""Stories of a reader who wants to see the pictures."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("PIL", reason="Pillow is not installed")

from image_files import written_flag
from stories import NARROW, WIDE, launches, opened, ready, rows, status, until

from reader.settings import Images, Settings
from reader.ui.app import ReaderApp
from reader.ui.style import INK, PAPER
from reader.ui.widgets.dialogs import AskDialog, Box, Lines
from reader.ui.widgets.picture_dialog import PictureDialog

FAR = "https://example.org/far.png"
ARTICLE = f"""# Flags

Before them.

![near](flag.png)

Between them, and [a link](b.md).

![far]({FAR})

{"After. " * 20}
"""


def album(tmp_path: Path, text: str = ARTICLE, settings: Settings | None = None) -> ReaderApp:
    written_flag(tmp_path)
    path = tmp_path / "a.md"
    path.write_text(text, encoding="utf-8")
    return opened(path, settings=settings)


def colours(app: ReaderApp) -> set[str]:
    """The colours of the half-blocks on the page."""
    found = set()
    for y in range(app.page.size.height):
        for segment in app.page.render_line(y):
            if "▀" in segment.text and segment.style is not None and segment.style.color is not None:
                found.add(segment.style.color.name)
    return found


def title(box: Box) -> str:
    """What stands in the frame."""
    return str(box._border_title.plain)


@pytest.mark.parametrize("size", [WIDE, NARROW, (200, 60)])
async def test_p_shows_the_image_stepped_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    launched = launches(monkeypatch)
    app = album(tmp_path)
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        left = rows(app.page)
        await pilot.press("l", "p")
        await until(pilot, lambda: isinstance(app.screen, PictureDialog))
        await until(pilot, lambda: app.screen.query(Lines))
        picture, box = app.screen.query_one(Lines), app.screen.query_one(Box)
        assert (title(box), "closes" in str(box.border_subtitle)) == ("🖼 1  near", True)
        assert isinstance(app.screen, PictureDialog)
        assert app.screen.picture.columns == min(90, size[0] * 94 // 100 - 8)
        await until(pilot, lambda: picture.size.height == app.screen.picture.rows)  # all of it is to be seen
        assert {row.strip(" ") for row in rows(picture)} == {"▀" * app.screen.picture.columns}
        await pilot.press("escape")
        assert rows(app.page) == left
        assert not launched
        await pilot.press("enter")  # as ever: the viewer, after a question
        await until(pilot, lambda: isinstance(app.screen, AskDialog))
        await pilot.press("enter")
        await until(pilot, lambda: launched == [str(tmp_path / "flag.png")])


async def test_an_image_of_the_web_is_asked_about(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from reader.source import Fetched, web

    asked: list[str] = []

    def fetch(target: str, *_: object) -> Fetched:
        asked.append(target)
        return Fetched(200, target, {}, (tmp_path / "flag.png").read_bytes())

    monkeypatch.setattr(web, "fetch", fetch)
    app = album(tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("l", "p")
        await until(pilot, lambda: isinstance(app.screen, PictureDialog))
        await pilot.press("l")  # the next picture
        await until(pilot, lambda: isinstance(app.screen, AskDialog))
        await pilot.press("n")
        assert not asked
        await pilot.press("l", "l", "p")
        await until(pilot, lambda: isinstance(app.screen, AskDialog))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, PictureDialog))
        assert asked == [FAR]
        await pilot.press("escape", "p")  # kept: no second question
        await until(pilot, lambda: isinstance(app.screen, PictureDialog))
        await pilot.press("L")
        await until(pilot, lambda: isinstance(app.screen, PictureDialog) and "near" in app.screen.heading)
        await pilot.press("L")
        await until(pilot, lambda: "No image before this one" in status(app))
        assert asked == [FAR]


async def test_the_words_of_an_image_are_no_markup(tmp_path: Path) -> None:
    app = album(tmp_path, r"![\[red\]x\[/blue\]](flag.png)")
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("l", "p")
        await until(pilot, lambda: isinstance(app.screen, PictureDialog) and app.screen.query(Box))
        assert title(app.screen.query_one(Box)) == "🖼 1  [red]x[/blue]"


async def test_previews_come_and_go_and_the_page_stays(tmp_path: Path) -> None:
    waves = "\n\n".join(f"Wave {number}." for number in range(60))
    app = album(tmp_path, f"# Flags\n\n![near](flag.png)\n\n{waves}\n\n![second](flag.png)\n\nMiddle.\n\n{waves}")
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        app.page.go(app.session.article.document.text.index("Middle"))
        before = rows(app.page)
        await pilot.press("i")
        await until(pilot, lambda: len(app.session.article._page._blocks.pictures) == 1)
        assert rows(app.page) == before, "what comes above moves nothing"
        await pilot.press("k", "k", "k")
        assert colours(app)
        await pilot.press("i")
        assert not colours(app)
        assert "hidden" in status(app)


async def test_previews_ask_before_they_fetch_and_no_is_local_only(tmp_path: Path) -> None:
    app = album(tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("i")
        await until(pilot, lambda: isinstance(app.screen, AskDialog))
        assert isinstance(app.screen, AskDialog)
        assert "1 image" in app.screen.question
        assert "example.org" in app.screen.question
        await pilot.press("escape")
        await until(pilot, lambda: colours(app))
        assert len(app.session.article._page._blocks.pictures) == 1


async def test_no_previews_without_images_nor_unasked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = album(tmp_path, "# Flags\n\nNone.\n")
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("i")
        assert "No images" in status(app)
    app = album(tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        assert app.session.images._painter is None
        assert not colours(app)
    monkeypatch.setattr("reader.loading.painter.find_spec", lambda _: None)
    app = album(tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("i")
        assert "No previews: pictures need the package Pillow" in status(app), "and nothing is asked nor fetched"
        assert not app.session.images.previewing


async def test_another_theme_is_another_ground(tmp_path: Path) -> None:
    from PIL import Image

    app = album(tmp_path, "# Flags\n\n![clear](clear.png)\n")
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(tmp_path / "clear.png")
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("i")
        await until(pilot, lambda: colours(app) == {INK.background})
        await pilot.press("D")
        await until(pilot, lambda: colours(app) == {PAPER.background})


async def test_the_front_matter_has_a_key_still(tmp_path: Path) -> None:
    app = album(tmp_path, "---\ntitle: Flags\nmood: calm\n---\n\nText.\n")
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        assert not any("calm" in row for row in rows(app.page))
        await pilot.press("M")
        assert any("calm" in row for row in rows(app.page))


async def test_a_terminal_that_draws_is_given_the_picture_before_its_places(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    app = album(tmp_path, settings=Settings(images=Images("kitty")))
    sent: list[str] = []
    monkeypatch.setattr(app.terminal, "_send", sent.append)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        app.session.images.place = lambda picture: app.terminal.place((picture,))  # a headless console has few colours
        await pilot.press("l", "p")
        await until(pilot, lambda: isinstance(app.screen, PictureDialog))
        assert sent[0].startswith("\x1b_Ga=T,U=1,q=2,f=100,t=d,i=1,c=9,r=2,m=0;")
        await pilot.press("escape")
        app._resume()
        assert sent[1] == sent[0], "after a stop it is given again"
        app.session.images.forget = app.terminal.remove
        (tmp_path / "b.md").write_text("# Another\n\nText.\n", encoding="utf-8")
        app.session.opening.open(str(tmp_path / "b.md"))
        await until(pilot, lambda: app.session.article.title == "Another")
        assert sent[2:] == ["\x1b_Ga=d,d=I,q=2,i=1\x1b\\"], "a picture that is left is forgotten"
    assert sent[3:] == []
