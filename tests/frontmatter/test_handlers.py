"""The handlers of each format: hostile headers are read or shown, and run nothing."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from reader.frontmatter import split


def repeated(unit: str, size: int) -> str:
    return unit * (size // len(unit))


ATTACKS = {
    "flow sequences": "a: " + repeated("[", 60_000),
    "flow mappings": "a: " + repeated("{", 60_000),
    "dashes": repeated("- ", 60_000),
    "question marks": repeated("? ", 60_000),
    "indentation": "\n".join(" " * depth + "a:" for depth in range(340)),
    "long key": repeated("a", 60_000) + ": b",
    "long value": "title: " + repeated("a", 60_000),
    "many keys": "\n".join(f"key{number}: a" for number in range(5000)),
    "one key many times": repeated("title: a\n", 60_000),
    "broken entries": repeated("title: @a\n", 60_000),
    "many values": "a: [" + repeated("a,", 60_000) + "]",
    "aliases": "a: &a [x, x]\n"
    + "".join(f"b{n}: &b{n} [*{before}, *{before}]\n" for n, before in enumerate(["a", *(f"b{n}" for n in range(30))])),
    "merges": "a: &a {x: y}\n" + repeated("b: {<<: *a}\n", 60_000),
    "tags": "\n".join(f"a{n}: !!python/object/apply:os.system [x]" for n in range(1000)),
    "open quote": "a: '" + repeated("x\n", 60_000),
    "tabs": "a:\n" + repeated("\tb: c\n", 60_000),
}


TOML_ATTACKS = {
    "arrays": "a = " + repeated("[", 60_000),
    "inline tables": "a = " + repeated("{a=", 60_000),
    "dotted key": repeated("a.", 60_000) + "a = 1",
    "dotted table": "[" + repeated("a . ", 60_000) + "a]",
    "dotted keys": "\n".join("a." * 90 + f"k{n} = 1" for n in range(300)),
    "tables": "\n".join(f"[a{n}]" for n in range(7000)),
    "digits": "a = " + repeated("9", 60_000),
}


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
