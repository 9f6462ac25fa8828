"""The handlers of each format: hostile headers are read or shown, and run nothing."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from header_attacks import ATTACKS, TOML_ATTACKS

from reader.frontmatter import split


@pytest.mark.parametrize("text", [f"---\n{attack}\n---\nbody" for attack in ATTACKS.values()], ids=ATTACKS)
def test_a_yaml_attack_is_read_or_shown(text: str) -> None:
    assert_survived(text)


@pytest.mark.parametrize("text", [f"+++\n{attack}\n+++\nbody" for attack in TOML_ATTACKS.values()], ids=TOML_ATTACKS)
def test_a_toml_attack_is_read_or_shown(text: str) -> None:
    assert_survived(text)


def assert_survived(text: str) -> None:
    started = time.process_time()
    found = split(text)
    taken = time.process_time() - started
    assert found.body.endswith("body")
    # No figure, which is 50 ms and the bench's matter: the unbounded parsers took from a second to a crash.
    assert taken < 1


@pytest.mark.parametrize("text", ['{"a": ' + "[" * 60_000 + "]" * 60_000 + "}\n\nbody", '{"a":' * 20_000 + "\n\nbody"])
def test_a_json_attack_is_shown(text: str) -> None:
    assert split(text).body == text


def test_a_tag_runs_nothing(tmp_path: Path) -> None:
    made = tmp_path / "made"
    split(f'---\nx: !!python/object/apply:os.system ["touch {made}"]\n---\n')
    assert not made.exists()


def test_python_frontmatter_reads_the_header(monkeypatch: pytest.MonkeyPatch) -> None:
    import frontmatter

    asked: list[object] = []
    plain_parse = frontmatter.parse
    monkeypatch.setattr(frontmatter, "parse", lambda *a, **k: asked.append(k["handler"]) or plain_parse(*a, **k))
    split("---\ntitle: A\n---\nbody")
    assert [type(handler).__mro__[-2] for handler in asked] == [frontmatter.default_handlers.BaseHandler]
