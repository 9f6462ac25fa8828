"""Articles saved with and without their images, whatever titles and addresses say."""

from __future__ import annotations

import pytest

from reader.document import Document
from reader.frontmatter import split
from reader.library import safe_name, save
from reader.parse import parse

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
TEXT = '---\ntitle: "A/B: 灯塔"\n---\n\nWords ![one](https://q.example/i/a%2F..%2Fb.png?w=1) and ![](https://q.example/two).\n'


def article(text: str = TEXT) -> Document:
    header = split(text)
    return parse(header.body, header.metadata)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("A/B: 灯塔", "A-B-灯塔"),
        ("../../etc/passwd", "etc-passwd"),
        (".hidden", "hidden"),
        ("con", "con-"),
        ("NUL.txt", "NUL.txt-"),
        ("a\x00b\nc\u202e", "a-b-c-RLO"),
        ("???", "article"),
        ("", "article"),
        ("ends in dots...", "ends-in-dots"),
        ("v1.2 notes", "v1.2-notes"),
    ],
)
def test_names(title, name):
    assert safe_name(title) == name


def test_a_name_is_short_enough_for_any_file_system():
    for title in ("x" * 1000, "灯" * 1000, "👩‍👩‍👧" * 100):
        assert 0 < len(safe_name(title).encode()) <= 121


def test_an_article_is_saved_as_markdown(tmp_path):
    saved = save(article(), tmp_path / "new")
    assert saved.path == tmp_path / "new" / "A-B-灯塔.md"
    assert saved.path.read_text("utf-8") == (
        '---\ntitle: "A/B: 灯塔"\n---\n\n'
        "Words ![one](https://q.example/i/a%2F..%2Fb.png?w=1) and ![](https://q.example/two).\n"
    )
    assert saved.images == ()


def test_nothing_is_written_over(tmp_path):
    first, second = save(article(), tmp_path), save(article(), tmp_path)
    assert [one.path.name for one in (first, second)] == ["A-B-灯塔.md", "A-B-灯塔-2.md"]
    (tmp_path / "other").mkdir()
    assert save(article(), tmp_path, name="other").path.name == "other-2.md"
    (tmp_path / "link.md").symlink_to(tmp_path / "target.md")
    assert save(article(), tmp_path, name="link").path.name == "link-2.md"
    assert not (tmp_path / "target.md").exists()


def test_with_its_images(tmp_path):
    def fetch(address: str) -> bytes:
        if address.endswith("two"):
            raise OSError("no answer\x1b[31m")
        return PNG

    saved = save(article(), tmp_path, name="x", fetch_image=fetch)
    assert [path.relative_to(tmp_path).as_posix() for path in saved.images] == ["x/01-b.png"]
    assert saved.images[0].read_bytes() == PNG
    assert "![one](x/01-b.png) and ![](https://q.example/two)" in saved.path.read_text("utf-8")
    assert saved.problems == ("Image 2 was not saved: no answer␛[31m",)


def test_what_is_no_image_is_not_saved(tmp_path):
    saved = save(article(), tmp_path, name="x", fetch_image=lambda _: b"<html>please sign in</html>")
    assert saved.images == ()
    assert len(saved.problems) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["x.md"]


def test_only_web_addresses_are_asked_for(tmp_path):
    asked: list[str] = []
    document = article("![a](file:///etc/passwd) ![b](javascript:x) ![c](data:image/png;base64,AA) ![d](local.png)\n")
    save(document, tmp_path, fetch_image=lambda address: asked.append(address) or PNG)
    assert asked == []
