"""Images as pictures: where they come from, what is asked before the network, which previews are made."""

from __future__ import annotations

import base64
from copy import copy
from pathlib import Path

import pytest

pytest.importorskip("PIL", reason="Pillow is not installed")

from image_files import flag, written_flag
from session_kit import Heard, session

from reader.layout import Picture
from reader.session import Nowhere, RemoteImage, Session
from reader.session.images import LocalImage
from reader.settings import Images, Settings
from reader.source import Fetched, SourceError, web

FAR = "https://example.org/far.png"
HERE = f"data:image/png;base64,{base64.b64encode(flag()).decode()}"
ARTICLE = f"""# Flags

![near](flag.png)

![far]({FAR})

![inside]({HERE})

![gone](gone.png)

![script](javascript:x)

![far again]({FAR})
"""


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that are fetched from now on."""
    fetched: list[str] = []

    def fetch(target: str, *_: object) -> Fetched:
        fetched.append(target)
        return Fetched(200, target, {}, flag())

    monkeypatch.setattr(web, "fetch", fetch)
    return fetched


def made(tmp_path: Path, *, text: str = ARTICLE, settings: Settings | None = None) -> Session:
    written_flag(tmp_path)
    one = session(text, path=tmp_path / "a.md", settings=settings, store=tmp_path / "state" / "store.sqlite")
    one.viewport.characters = 10_000
    return one


def previews(one: Session) -> list[str]:
    """The alt texts of the images that have a preview."""
    pictures = one.article._page._blocks.pictures
    return [image.alt for image in one.article.document.images if image.start in pictures]


def test_where_images_come_from(tmp_path: Path, asked: list[str]) -> None:
    one = made(tmp_path)
    kinds = [type(one.images.origin(image)) for image in one.article.document.images]
    assert kinds == [LocalImage, RemoteImage, LocalImage, Nowhere, Nowhere, RemoteImage]
    assert one.images.to_fetch() == (FAR,)
    assert asked == []


def test_a_look_fetches_once_and_keeps(tmp_path: Path, asked: list[str]) -> None:
    one = made(tmp_path)
    far = one.article.document.images[1]
    looks: list[Picture] = []
    one.images.look(far, 30, 10, looks.append)
    one.images.look(far, 90, 30, looks.append)
    assert [(look.columns, look.rows) for look in looks] == [(30, 7), (90, 20)]
    assert asked == [FAR]
    again = made(tmp_path)  # another run of the program
    assert isinstance(again.images.origin(far), LocalImage)
    assert again.images.to_fetch() == ()
    one.finish()
    again.finish()


def test_what_cannot_be_shown_is_said(tmp_path: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    one = made(tmp_path)
    images = one.article.document.images
    looks: list[Picture] = []
    one.images.look(images[3], 30, 10, looks.append)
    assert one.message.text.startswith("There is no file ")
    one.images.look(images[4], 30, 10, looks.append)
    assert one.message.text.startswith("Not opened: javascript:x")
    (tmp_path / "flag.png").write_bytes(b"no flag")
    one.images.look(images[0], 30, 10, looks.append)
    assert one.message.text.startswith("No picture of image 1: it is no PNG")

    def fails(*_: object) -> Fetched:
        raise SourceError(FAR, "the server answered 404")

    monkeypatch.setattr(web, "fetch", fails)
    one.images.look(images[1], 30, 10, looks.append)
    assert "the server answered 404" in one.message.text
    assert not looks
    one.finish()


def test_previews_of_what_is_here_and_of_the_web_only_with_a_yes(tmp_path: Path, asked: list[str]) -> None:
    one = made(tmp_path)
    heard = Heard(one)
    one.images.preview(fetch=False)
    assert previews(one) == ["near", "inside"]
    assert asked == []
    assert "rows" in heard
    one.images.hide()
    assert previews(one) == []
    one.images.preview(fetch=True)
    assert previews(one) == ["near", "far", "inside", "far again"]
    assert asked == [FAR]
    one.finish()


def test_only_images_near_the_page_are_made_into_previews(tmp_path: Path, asked: list[str]) -> None:
    waves = "\n\n".join("Wave." for _ in range(400))
    one = made(tmp_path, text=f"![first](flag.png)\n\n{waves}\n\n![last](flag.png)\n")
    one.viewport.characters = 100
    one.images.preview(fetch=False)
    assert previews(one) == ["first"]
    one.viewport.top_offset = len(one.article.document.text) - 100
    one.has_moved()
    assert previews(one) == ["first", "last"]
    one.finish()


def test_previews_are_made_again_for_a_narrower_page(tmp_path: Path, asked: list[str]) -> None:
    one = made(tmp_path)
    one.images.preview(fetch=False)
    one.article.resize(20)
    one.has_moved()
    pictures = one.article._page._blocks.pictures.values()
    assert {picture.columns for picture in pictures} == {20}
    one.finish()


def test_another_article_begins_without_previews_and_the_same_keeps_them(tmp_path: Path, asked: list[str]) -> None:
    one = made(tmp_path)
    one.images.preview(fetch=False)
    one.announce("article")  # read again
    assert one.images.previewing
    one.article = copy(one.article)
    one.article.target = "another"
    one.announce("article")
    assert not one.images.previewing
    one.finish()


def test_badges_are_no_previews(tmp_path: Path, asked: list[str]) -> None:
    (tmp_path / "badge.png").write_bytes(flag(size=(3, 3)))
    one = made(tmp_path, text="![badge](badge.png)\n")
    one.images.preview(fetch=False)
    assert previews(one) == []
    one.finish()


@pytest.mark.parametrize(
    ("form", "environment", "placed"),
    [
        ("auto", {}, False),
        ("auto", {"KITTY_WINDOW_ID": "1"}, True),
        ("auto", {"TERM": "xterm-ghostty"}, True),
        ("auto", {"KITTY_WINDOW_ID": "1", "TMUX": "/tmp/x"}, False),
        ("blocks", {"KITTY_WINDOW_ID": "1"}, False),
        ("kitty", {}, True),
        ("kitty", {"TMUX": "/tmp/x"}, True),
    ],
)
def test_a_terminal_draws_where_it_is_known_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str, environment: dict[str, str], placed: bool
) -> None:
    for name in ("KITTY_WINDOW_ID", "GHOSTTY_RESOURCES_DIR", "TMUX", "STY", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    one = made(tmp_path, settings=Settings(images=Images(form)))  # type: ignore[arg-type]
    given: list[Picture] = []
    looks: list[Picture] = []
    one.images.place = given.append
    one.images.look(one.article.document.images[0], 30, 10, looks.append)
    one.images.look(one.article.document.images[0], 30, 10, looks.append)
    assert [bool(look.number) for look in looks] == [placed, placed]
    assert given == (looks if placed else [])
    assert len({look.number for look in looks}) == (2 if placed else 1)
    assert list(one.images.placed) == [look.number for look in looks if placed]
    one.finish()
