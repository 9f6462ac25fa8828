"""Stories of a reader whose article changes under the eyes: by an editor, by itself, and not at all any more."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest
from stories import WIDE, opened, ready, rows, status, until

from reader.document import Range
from reader.session.file import stamp
from reader.ui.app import ReaderApp
from reader.ui.terminal.editor import command, run

WORDS = "# Ropes\n\n" + "\n\n".join(f"Knot number {n} holds {n * 3} stones." for n in range(120)) + "\n"


@pytest.fixture
def ropes(tmp_path: Path) -> Path:
    path = tmp_path / "ropes.md"
    path.write_text(WORDS, encoding="utf-8")
    return path


async def test_reading_again_keeps_the_eye(ropes: Path) -> None:
    app = opened(ropes)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("h", "space", "space", "j")
        left, session = rows(app.page), app.session
        assert any(left)
        await pilot.press("R")
        await until(pilot, lambda: "has not changed" in status(app))
        assert app.session is session
        ropes.write_text(WORDS.replace("# Ropes", "# Ropes\n\nA word before.\n\n## Knots"), encoding="utf-8")
        await pilot.press("R")
        await until(pilot, lambda: "Read again" in status(app))
        assert rows(app.page) == left
        assert [section.title for section in app.session.article.document.sections] == ["Ropes", "Knots"]
        await pilot.press("g")
        assert "A word before." in "\n".join(rows(app.page))


async def test_the_search_and_the_way_back_live_on(ropes: Path) -> None:
    app = opened(ropes)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("slash")
        await until(pilot, lambda: app.search_line is not None and app.search_line.is_mounted)
        await pilot.pause()
        await pilot.press(*"number", "enter")
        await until(pilot, lambda: app.session.search.count.endswith("/120"))
        await pilot.press("G")
        ropes.write_text(WORDS.replace("# Ropes", "# Ropes\n\nKnot number none."), encoding="utf-8")
        await pilot.press("R")
        await until(pilot, lambda: app.session.search.count.endswith("/121"))
        # the place is kept once all of it is there
        await until(pilot, lambda: any("Knot number 119 " in row for row in rows(app.page)))
        await pilot.press("backspace")
        await until(pilot, lambda: "Knot number 0 " in "\n".join(rows(app.page)))


async def test_watching(ropes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []

    def look(path: str) -> tuple[int, ...] | None:
        looked.append(path)
        return stamp(path)

    monkeypatch.setattr("reader.session.file.stamp", look)
    app = opened(ropes)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("r")
        assert "Watching" in status(app)
        await until(pilot, lambda: len(looked) > 1)  # a change before its first look is none
        ropes.write_text(WORDS.replace("Knot", "Loop"), encoding="utf-8")
        await until(pilot, lambda: "Loop number 0" in "\n".join(rows(app.page)))
        # as editors do it: another file takes the name
        other = ropes.with_name("other")
        other.write_text(WORDS.replace("Knot", "Bend"), encoding="utf-8")
        other.replace(ropes)
        await until(pilot, lambda: "Bend number 0" in "\n".join(rows(app.page)))
        ropes.unlink()
        await until(pilot, lambda: "The file is gone" in status(app))
        assert "Bend number 0" in "\n".join(rows(app.page))
        ropes.write_text(WORDS, encoding="utf-8")
        await until(pilot, lambda: "Knot number 0" in "\n".join(rows(app.page)))
        await pilot.press("r")
        assert "No longer" in status(app)
        ropes.write_text("# Nothing", encoding="utf-8")
        await pilot.pause(1.2)
        assert "Knot number 0" in "\n".join(rows(app.page))


@pytest.mark.parametrize("meanwhile", ["", WORDS[: len(WORDS) // 8]], ids=["empty", "half written"])
async def test_a_place_that_a_change_takes_away_comes_back_with_it(meanwhile: str, ropes: Path) -> None:
    app = opened(ropes)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        app.page.go(app.session.article.document.text.index("Knot number 60 "))
        await pilot.pause()
        for text in (meanwhile, WORDS):
            ropes.write_text(text, encoding="utf-8")
            article = app.session.article
            await pilot.press("R")
            await until(
                pilot,
                lambda article=article: app.session.article is not article and app.session.article.document.complete,
            )
        assert "Knot number 60 " in "".join(rows(app.page)[:2])
        # but not under a reader who has moved
        ropes.write_text(meanwhile, encoding="utf-8")
        article = app.session.article
        await pilot.press("R")
        await until(pilot, lambda: app.session.article is not article and app.session.article.document.complete)
        app.page.show(0)
        app.page.top_offset = 1
        article = app.session.article
        ropes.write_text(WORDS, encoding="utf-8")
        await pilot.press("R")
        await until(pilot, lambda: app.session.article is not article and app.session.article.document.complete)
        assert "Knot number 60 " not in "".join(rows(app.page))


async def test_a_file_that_is_gone_keeps_its_text(ropes: Path) -> None:
    app = opened(ropes)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        ropes.unlink()
        await pilot.press("R")
        await until(pilot, lambda: "Not read again" in status(app))
        assert "Knot number 0" in "\n".join(rows(app.page))


@pytest.mark.parametrize(
    ("editor", "words"),
    [
        ("vim", ["vim", "+7", "/a b.md"]),
        ("/usr/bin/nvim -u 'my rc'", ["/usr/bin/nvim", "-u", "my rc", "+7", "/a b.md"]),
        ("nano", ["nano", "+7", "/a b.md"]),
        ("emacsclient -t", ["emacsclient", "-t", "+7", "/a b.md"]),
        ("code", ["code", "--wait", "--goto", "/a b.md:7"]),
        ("code -w", ["code", "-w", "--goto", "/a b.md:7"]),
        ("hx", ["hx", "/a b.md:7"]),
        ("subl", ["subl", "--wait", "/a b.md:7"]),
        ("strange", ["strange", "/a b.md"]),
        (None, ["vi", "+7", "/a b.md"]),
        ("'unclosed", ["vi", "+7", "/a b.md"]),
    ],
)
def test_the_editor_is_told_the_line(editor: str | None, words: list[str]) -> None:
    assert list(command(editor, "/a b.md", 7)) == words


def test_an_editor_that_does_not_start() -> None:
    assert "set VISUAL or EDITOR" in run(["/nowhere/at/all"])
    assert "code 1" in run(["false"])


async def test_editing_at_the_line_under_the_eye(ropes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []

    def edit(words: list[str]) -> str:
        asked.append(list(words))
        ropes.write_text(WORDS.replace("Knot number 9 ", "Splice number 9 "), encoding="utf-8")
        return ""

    def suspend(self: ReaderApp) -> AbstractContextManager[None]:
        return nullcontext()

    monkeypatch.setenv("VISUAL", "vi")
    monkeypatch.setattr("reader.ui.terminal.editor.run", edit)
    monkeypatch.setattr(ReaderApp, "suspend", suspend)
    app = opened(ropes)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        while "Knot number 8 " not in "".join(rows(app.page)[:2]):
            await pilot.press("j")
        await pilot.press("e")
        assert asked == [["vi", "+19", str(ropes)]]
        assert WORDS.splitlines()[18].startswith("Knot number 8 ")
        await until(pilot, lambda: "Splice number 9" in "\n".join(rows(app.page)))
        assert "Knot number 8 " in "".join(rows(app.page)[:2])
        await pilot.press("Y")
        assert app.clipboard == f"{ropes}:19"


async def test_what_is_copied_reaches_the_systems_clipboard(
    ropes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = tmp_path / "taken"
    for name, script in (("wl-copy", "exit 1"), ("xclip", f'cat > "{taken}"')):
        (tmp_path / name).write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    app = opened(ropes)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("y")
        await until(pilot, lambda: taken.exists() and taken.read_text())
        assert taken.read_text() == app.clipboard == "Ropes"


@pytest.mark.parametrize("program", [False, True], ids=["no clipboard", "a clipboard"])
async def test_what_is_too_long_for_a_terminal_is_not_sent_to_it(
    program: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = tmp_path / "taken"
    if program:
        (tmp_path / "xclip").write_text(f'#!/bin/sh\ncat > "{taken}"\n')
        (tmp_path / "xclip").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    article = tmp_path / "long.md"
    article.write_text("word " * 40_000, encoding="utf-8")
    app = opened(article)
    sent: list[str] = []
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        monkeypatch.setattr(app, "copy_to_clipboard", sent.append)
        text = app.session.article.document.text
        app.session.article.select(Range(0, len(text)))
        await pilot.press("y")
        if program:
            await until(pilot, lambda: taken.exists() and taken.read_text() == text)
            await until(pilot, lambda: "Copied the selection" in status(app))
        else:
            await until(
                pilot, lambda: f"Not copied: {len(text):,} characters are too many for a terminal" in status(app)
            )
        assert sent == []
