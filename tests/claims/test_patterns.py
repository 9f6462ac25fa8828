"""The files of regular expressions beside the modules that use them."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from reader.claims import patterns
from reader.claims.patterns import compiled, sections, sources
from reader.claims.signs import SIGNS


@pytest.fixture
def written(tmp_path, monkeypatch):
    """Makes a file of patterns."""

    def write(text: str) -> str:
        (tmp_path / "made.txt").write_text(text, encoding="utf-8")
        monkeypatch.setattr(patterns, "files", lambda _package: tmp_path)
        return "made.txt"

    return write


def test_sections(written) -> None:
    name = written("# of boats\n[boat]\nferry|tug\n\n    |barge\n[early ^]\nraft\n[seen] (?i)\\b(?:...)\\b\n# none\n")
    assert sections(name) == [
        ("boat", False, "", ["ferry|tug|barge"]),
        ("early", True, "", ["raft"]),
        ("seen", False, r"(?i)\b(?:...)\b", []),
    ]


def test_a_pattern_is_made_of_others(written) -> None:
    name = written("[boat]\nferry\ntug\n[seen] (?i)(?:...)\\.\n{boat} at [0-9]{1,2}\nno {boat}\n")
    assert sources(name) == {"boat": "ferry|tug", "seen": r"(?i)(?:(?:ferry|tug) at [0-9]{1,2}|no (?:ferry|tug))\."}
    assert compiled(name)["seen"].search("A TUG AT 12.")


def test_a_name_that_stands_behind_is_unknown(written) -> None:
    with pytest.raises(KeyError, match="boat"):
        sources(written("[seen]\n{boat}\n[boat]\nferry\n"))


def test_every_sign_is_used() -> None:
    package = files("reader.claims")
    read = [(package / name).read_text(encoding="utf-8") for name in ("signs.py", "ahead.py", "signs.txt")]
    users = "\n".join(line for text in read for line in text.splitlines() if not line.startswith("#"))
    used = re.findall(r'SIGNS\["([a-z_]+)"\]|\{([a-z_]+)\}', users)
    assert SIGNS.keys() == {code or named for code, named in used}
