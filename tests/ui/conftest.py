"""What several stories begin with: an article in a folder of its own, and a store that is not there yet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from stories import WORDS


@pytest.fixture
def lamp(tmp_path: Path) -> Path:
    path = tmp_path / "articles" / "lamp.md"
    path.parent.mkdir()
    path.write_text(WORDS, encoding="utf-8")
    return path


@pytest.fixture
def store(tmp_path: Path) -> Callable[[], str]:
    return lambda: str(tmp_path / "state" / "reader.sqlite")
