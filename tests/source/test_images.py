"""Where the images of an article are looked for, and what is kept of the web."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reader.source import SourceError, data_bytes, file_bytes, image_file, is_kept, kept_image
from reader.source.images import fetched_image


def made(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"image")


@pytest.mark.parametrize(
    ("src", "file"),
    [
        ("a.png", "site/_posts/a.png"),
        ("./img/b.png", "site/_posts/img/b.png"),
        ("../c.png", "site/c.png"),
        ("with%20blank.png", "site/_posts/with blank.png"),
        ("50%.png", "site/_posts/50%.png"),
        ("a.png?raw=1#x", "site/_posts/a.png"),
        ("own.png", "site/_posts/post/own.png"),  # as Hexo keeps them
        ("pasted.png", "site/_posts/post.assets/pasted.png"),  # as Typora does
        ("/images/d.png", "site/images/d.png"),  # of the site
        ("/e.png", "site/static/e.png"),  # as Hugo has it
        ("{{ site.baseurl }}/images/d.png", "site/images/d.png"),
        ("{{site.url}}/images/d.png", "site/images/d.png"),
        ("gone.png", None),
        ("/gone.png", None),
        ("", None),
        ("_folder", None),
        ("https://example.org/a.png", None),
        ("//example.org/a.png", None),
        ("file:///etc/passwd", None),
        ("a\0.png", None),
    ],
)
def test_the_file_that_is_meant(tmp_path: Path, src: str, file: str | None) -> None:
    made(tmp_path, "site/_posts/a.png", "site/_posts/img/b.png", "site/c.png", "site/_posts/with blank.png")
    made(tmp_path, "site/_posts/50%.png", "site/_posts/post/own.png", "site/_posts/post.assets/pasted.png")
    made(tmp_path, "site/images/d.png", "site/static/e.png", "site/_posts/post.md", "site/_posts/_folder/x")
    found = image_file(str(tmp_path / "site/_posts/post.md"), src)
    assert found == (None if file is None else str(tmp_path / file))


def test_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    assert image_file(str(tmp_path / "a.md"), "pipe.png") is None


def test_bytes_of_a_file(tmp_path: Path) -> None:
    made(tmp_path, "a.png")
    assert file_bytes(str(tmp_path / "a.png")) == b"image"


@pytest.mark.parametrize(
    ("src", "data"),
    [
        ("data:image/png;base64,aGVsbG8=", b"hello"),
        ("DATA:image/png;base64,aGVs%62G8=", b"hello"),
        ("data:,a%20b", b"a b"),
        ("data:image/png;base64,a", None),
        ("data:image/png", None),
        ("a.png", None),
    ],
)
def test_bytes_in_an_address(src: str, data: bytes | None) -> None:
    assert data_bytes(src) == data


def test_a_fetched_image_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from reader.source import Fetched, web

    asked: list[str] = []

    def fetch(target: str, *_: object) -> Fetched:
        asked.append(target)
        return Fetched(200, target, {}, b"image")

    monkeypatch.setattr(web, "fetch", fetch)
    folder, address = str(tmp_path / "images"), "https://example.org/a.png"
    assert not is_kept(folder, address)
    assert fetched_image(folder, address) == b"image"
    assert is_kept(folder, address)
    assert kept_image(folder, address) == b"image"
    assert fetched_image(None, "https://example.org/b.png") == b"image"
    assert asked == [address, "https://example.org/b.png"]
    assert len(os.listdir(folder)) == 1


def test_a_kept_image_that_is_damaged_is_fetched_anew(tmp_path: Path) -> None:
    from reader.source.cache import place

    folder, address = str(tmp_path), "https://example.org/a.png"
    place(folder, address).write_bytes(b"half")
    assert is_kept(folder, address)
    with pytest.raises(SourceError, match="damaged"):
        kept_image(folder, address)
    assert not is_kept(folder, address)
