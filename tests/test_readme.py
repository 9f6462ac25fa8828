"""The README says everything: each key, each option, each format, and two commands that work as they stand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reader.cli import FORMATS, parser
from reader.ui.actions import ACTIONS, sign

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_every_action_stands_in_the_table_of_keys(action):
    keys = " ".join(f"`{sign(key)}`" for key in action.keys)
    assert f"| {keys} | {action.title} | `{action.id}` |" in README


def test_every_option_and_format_is_named():
    options = [name for action in parser()._actions for name in action.option_strings if name.startswith("--")]
    assert len(options) > 10
    missing = [name for name in (*options, *FORMATS) if name != "--help" and f"{name}" not in README]
    assert missing == []


def test_what_it_names_is_there():
    folder = Path(__file__).parents[1]
    named = re.findall(r"(?<![\w-])(?:sample_articles|reader|tests|\.readme)/[\w./-]*\w", README)
    assert named
    assert [path for path in named if not (folder / path).exists()] == []


def test_the_commands_are_there_word_for_word():
    install = ".venv/bin/pip install -q . && .venv/bin/reader sample_articles/"
    assert f"python3 -m venv .venv && {install}" in README
    assert "# run the tests\npython3 -m venv .venv && .venv/bin/pip install -q -e '.[test]'" in README


def test_the_table_of_what_is_shown_names_a_switch_in_each_row():
    from reader.settings import DIALECT

    table = README.partition("| written | shown | switch |\n|---|---|---|\n")[2].partition("\n\n")[0]
    rows = [row.rsplit("|", 2)[1] for row in table.split("\n")]
    assert len(rows) > 20
    for row in rows:
        named = re.findall(r"`(\w+)`", row)
        assert set(named) <= set(DIALECT), row
        assert named or "CommonMark" in row
