"""Programs on the passage: asked once, shown, kept for the run, closed."""

from __future__ import annotations

import sys
from pathlib import Path

from session_kit import Heard, session

from reader.session import Session
from reader.settings import Command, Settings

ARTICLE = "# The harbour\n\nIt rained.\n\nThe bell rang.\n"
COUNTS = (
    "import sys, pathlib; p = pathlib.Path(sys.argv[1]); p.write_text((p.read_text() if p.exists() else '') + 'x'); "
)
SAYS = COUNTS + "print('\\x1b[31m' + sys.stdin.read().upper() + '\\x1b[0m \\x1b]0;title\\x07')"


def made(tmp_path: Path, code: str = SAYS, *arguments: str) -> Session:
    run = (sys.executable, "-c", code, *(arguments or (str(tmp_path / "runs"),)))
    other = Command((sys.executable, "-c", "print('other')"))
    return session(ARTICLE, settings=Settings(commands={"shout": Command(run), "other": other}))


def test_the_answer_is_sanitised_and_kept_for_the_run(tmp_path: Path) -> None:
    one = made(tmp_path)
    heard = Heard(one)
    one.article.step_paragraph(1)
    one.programs.run("shout")
    shown = one.programs.shown
    assert shown is not None
    assert (shown.text, shown.kind, shown.running) == ("IT RAINED. ␛]0;title␇", "paragraph", False)
    assert one.article.document.slice(shown.range) == "It rained."
    assert heard.count("answer") == 2  # that it is asked, and that it has answered
    one.programs.run("other")
    assert one.programs.shown is not None
    assert one.programs.shown.text == "other"
    one.programs.run("shout")
    assert one.programs.shown == shown
    assert (tmp_path / "runs").read_text() == "x", "it was not run again"
    one.article.step_paragraph(1)
    one.programs.run("shout")
    assert one.programs.shown.text.startswith("THE BELL RANG.")
    assert (tmp_path / "runs").read_text() == "xx"


def test_it_closes_by_itself_for_another_article_only(tmp_path: Path) -> None:
    one = made(tmp_path)
    assert not one.programs.close()
    one.programs.run("shout")
    one.announce("article")  # the same one, read again
    assert one.programs.shown is not None
    assert one.programs.close()
    assert one.programs.shown is None


def test_a_failure_is_said_and_not_kept(tmp_path: Path) -> None:
    one = made(tmp_path, COUNTS + "sys.exit('no key')")
    for runs in ("x", "xx"):
        one.programs.run("shout")
        assert one.programs.shown is None
        assert one.message.warning
        assert one.message.text.startswith("shout: ")
        assert one.message.text.endswith("ended with 1: no key")
        assert (tmp_path / "runs").read_text() == runs


def test_one_that_prints_nothing_has_no_panel(tmp_path: Path) -> None:
    one = made(tmp_path, "print()")
    one.programs.run("shout")
    assert one.programs.shown is None
    assert one.message.text == "shout is done and has printed nothing"


def test_nothing_is_run_that_the_settings_do_not_name() -> None:
    assert session(ARTICLE).programs.named == {}
