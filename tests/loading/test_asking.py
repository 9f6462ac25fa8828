"""A model of the reader's own is run: a little program of ours stands in for it."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from reader.document import Document, Metadata
from reader.loading import AskError, ask
from reader.parse import parse

MODEL = """
import json, pathlib, sys, time
mode, log = sys.argv[1], pathlib.Path(sys.argv[2])
asked = json.load(sys.stdin)
log.write_text(log.read_text() + "x" if log.exists() else "x")
if mode == "longest":
    best = sorted(asked["sentences"], key=lambda one: -len(one["text"]))
    print(json.dumps([{"number": one["number"], "reason": "long"} for one in best[: asked["pick"]]]))
elif mode == "talks":
    print("No idea; ask again later.")
elif mode == "fails":
    sys.exit("model not found\\nno such model: x")
else:
    time.sleep(60)
"""


@pytest.fixture
def article() -> Document:
    return parse("It rained. The ferry toll rises to 12 euros in May for all but islanders. He left.\n", Metadata())


@pytest.fixture
def command(tmp_path: Path) -> list[str]:
    (tmp_path / "model.py").write_text(MODEL, encoding="utf-8")
    return [sys.executable, str(tmp_path / "model.py"), "longest", str(tmp_path / "log; echo $HOME")]


class Kept:
    def __init__(self) -> None:
        self.texts: dict[str, str] = {}

    def load(self, key: str) -> str | None:
        return self.texts.get(key)

    def save(self, key: str, text: str) -> None:
        self.texts[key] = text


def test_the_model_is_asked_once_an_article(article: Document, command: list[str]) -> None:
    kept = Kept()
    first = ask(article, command, answers=kept)
    again = ask(article, command, answers=kept)
    assert first == again
    assert [article.slice(claim.range) for claim in first.piece.claims] == [
        "The ferry toll rises to 12 euros in May for all but islanders."
    ]
    assert first.piece.claims[0].why.endswith(": long")
    assert Path(command[3]).read_text() == "x"
    assert len(kept.texts) == 1


def test_what_was_kept_and_is_no_answer_is_asked_again(article: Document, command: list[str]) -> None:
    kept = Kept()
    ask(article, command, answers=kept)
    kept.texts = dict.fromkeys(kept.texts, "nonsense")
    assert ask(article, command, answers=kept).piece.claims
    assert Path(command[3]).read_text() == "xx"


@pytest.mark.parametrize(
    ("mode", "said"), [("talks", "no JSON list of numbers: 'No idea"), ("fails", "ended with 1: no such model: x")]
)
def test_what_goes_wrong_is_one_line_and_is_not_kept(
    article: Document, command: list[str], mode: str, said: str
) -> None:
    kept = Kept()
    with pytest.raises(AskError, match="command") as error:
        ask(article, [*command[:2], mode, command[3]], answers=kept)
    assert said in str(error.value)
    assert "\n" not in str(error.value)
    assert not kept.texts


def test_a_program_that_is_not_there_says_so(article: Document) -> None:
    with pytest.raises(AskError, match="'no-such-model' cannot be run"):
        ask(article, ["no-such-model"])


def test_a_model_that_takes_too_long_is_ended(article: Document, command: list[str]) -> None:
    started = time.monotonic()
    with pytest.raises(AskError, match=r"no answer within 0\.5 s"):
        ask(article, [*command[:2], "sleeps", command[3]], time_limit_s=0.5)
    assert time.monotonic() - started < 30


def test_an_answer_that_is_no_longer_wanted_is_not_waited_for(article: Document, command: list[str]) -> None:
    with pytest.raises(AskError) as error:
        ask(article, [*command[:2], "sleeps", command[3]], wanted=lambda: False)
    assert str(error.value) == ""
