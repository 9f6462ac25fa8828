"""What several stories begin with: an article in a folder of its own, and a store that is not there yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from stories import WORDS
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

_rules: dict[object, list[RuleSet]] = {}


@pytest.fixture(scope="session", autouse=True)
def style_sheets_are_parsed_once() -> Iterator[None]:
    """Each app parses the same style sheets, several times while it starts: a sixth of what starting one costs. Here a
    process parses each of them once for each theme; what the rules match is found as ever."""
    parse = Stylesheet._parse_rules

    def parsed(self: Stylesheet, css: str, *rest: Any, **more: Any) -> list[RuleSet]:
        key = (css, rest, *sorted(more.items()), *sorted(self._variables.items()))
        if key not in _rules:
            _rules[key] = parse(self, css, *rest, **more)
        return _rules[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", parsed)
        yield


@pytest.fixture
def lamp(tmp_path: Path) -> Path:
    path = tmp_path / "articles" / "lamp.md"
    path.parent.mkdir()
    path.write_text(WORDS, encoding="utf-8")
    return path


@pytest.fixture
def store(tmp_path: Path) -> Callable[[], str]:
    return lambda: str(tmp_path / "state" / "reader.sqlite")
