"""Every regular expression of the package takes time in proportion to the text, whatever the text is.

What is not: the patterns a person types (those have a time limit of their own), and those of other packages.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import chain
from types import SimpleNamespace
from typing import Any

import pattern_attacks
import pytest
from pattern_attacks import ALL_WAYS, Use, collected, modules, slow

from reader.claims.patterns import sections
from reader.search.folding import literal


def _unknown() -> dict[str, dict[str, Any]]:
    """Sample values of the local names that patterns are made from, by module."""
    phrase = literal("lamp  e 灯台", "Lamp é 燈臺\u3000", case=False, accents=False, variants=True, whole_word=True)
    assert phrase is not None
    return {
        "reader.claims.cues": {"firsts": set("研表"), "single": {"称": (0,)}, "seconds": set("究明")},
        "reader.claims.fitness": {
            "begins": True,
            "found": "|".join(chain.from_iterable(lines for *_, lines in sections("unfit.txt"))),
        },
        "reader.claims.patterns": {"source": "[a-z]"},
        "reader.frontmatter.fences": {"mark": "`", "opener": {"fence": "```"}},
        "reader.loading.pipeline": {"opener": ("---\n", "---")},
        "reader.parse.cut": {"closer": "</script>"},
        "reader.parse.fragment": {"fragment": SimpleNamespace(indent=4)},
        "reader.parse.grammar": {"stops": ["\\\\", "`", r":(?=//)", r"!(?=\[)"]},
        "reader.parse.math": {"found": ("", "\\", "align", "*")},
        "reader.parse.templates": {"name": "note"},
        "reader.parse.rules": {"found": ("", "raw", "script"), "closer": "</script"},
        "reader.parse.web.tree": {"name": "article"},
        "reader.session.references": {"known": ["HTML", "C++"]},
        "reader.source.names": {"form": r"(.+):(\d{1,9}):\d{1,9}:?"},
        "reader.sanitize": {"self": SimpleNamespace(_source="[a-z]", _flags=0)},
        "reader.search.fitted": {
            "parts": "[\u0300-\u036f]",
            "several": ["\ufb01", "\u00df"],
            "single": {"\u0130", "\uff21"},
        },
        "reader.search.folding": {"parts": [phrase.pattern]},
        "reader.search.joined": {"string": "灯台灯台"},
        "reader.search.pinyin": {"first": "[灯dD]", "rest": "[eE台][n间]"},
    }


ONCE = {
    "reader.parse.survey destination": "matched behind a label at the start of a line, so once a line, in two lines",
    "reader.frontmatter.fences _RULE_NEXT": "matched behind the line of each fence, up to the next text",
    "reader.parse.fences _RULE_NEXT": "matched behind the line of each fence, up to the next text",
    "reader.frontmatter.handlers _COMMENT_LIKE": "matched once behind a value, on its line",
}
"""Patterns that are matched from a place of a text, but at few places."""


@cache
def everything() -> tuple[list[Use], list[str]]:
    """All patterns of the package, and which cannot be evaluated."""
    return collected(_unknown())


@cache
def uses() -> dict[str, list[Use]]:
    """The patterns of the package, by module."""
    found: dict[str, list[Use]] = {name: [] for name in modules()}
    for use in everything()[0]:
        module, _, place = use.where.partition(":")
        if f"{module} {place.partition(' ')[2]}" in ONCE:
            use = replace(use, ways=frozenset(("match",)))
        elif use.where.endswith(" SIGNS"):  # a match at one place is no more work than a search from all
            use = replace(use, ways=frozenset(("search",)))
        found[module.split(" ")[0]].append(use)
    return found


@pytest.mark.parametrize("module", modules())
def test_every_pattern_is_linear(module: str) -> None:
    assert [why for use in uses().get(module, ()) if (why := slow(use))] == []


def test_every_pattern_can_be_evaluated() -> None:
    assert everything()[1] == []


def test_patterns_are_collected_from_calls_names_and_containers() -> None:
    found_in = {use.where.partition(":")[0]: use for use in (use for found in uses().values() for use in found)}
    assert {"reader.sanitize", "reader.parse.html", "reader.parse.cut", "reader.frontmatter.fences"} <= set(found_in)
    assert sum(map(len, uses().values())) > 100
    (tag,) = (use for use in uses()["reader.parse.html"] if use.where.endswith(" _TAG"))
    assert "search" in tag.ways, "it is matched from place to place"


@pytest.mark.parametrize(
    ("source", "way"),
    [
        (r"(?:a+)+b", "match"),
        (r"(?:a|aa)+$", "match"),
        (r" +$", "search"),
        (r"[ \t]*\s*x", "match"),
        (r"\{:?[ \t]*(?:[^{}\n]*[ \t])?#x", "search"),
        (r"(?:\w+=\w+[ \t]*)+\}", "match"),
        (r"<!--.*?-->", "search"),
        (r"x(?:[^y]*[^z]*)y", "match"),
        (r"\s*=\s*(?=\S)|\s+\Z", "search"),
    ],
)
def test_a_slow_pattern_is_found(source: str, way: str) -> None:
    assert slow(Use(source, re.compile(source), frozenset((way,))))


def test_a_suspect_of_a_busy_machine_is_not_tried_at_twice_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = []
    monkeypatch.setattr(pattern_attacks, "seconds", lambda apply, text, times=1: sizes.append(len(text)) or 0.0015)
    assert pattern_attacks._grows(len, str, "a".__mul__, 16) == ""
    assert set(sizes) == {16}


@pytest.mark.parametrize(
    ("source", "ways"),
    [
        (r" ++\Z", ("match", "fullmatch")),
        (r"(?<! ) +\Z", ALL_WAYS),
        (r"(?:a++b?)*+c", ("match",)),
        (r"[^\n]*\n", ("match",)),
        (r"(?<![a-z])[a-z]*+=", ALL_WAYS),
        (r"\[[^\[\]]{0,99}\]", ALL_WAYS),
        ("a|b", ALL_WAYS),
    ],
)
def test_a_linear_one_is_none(source: str, ways: tuple[str, ...]) -> None:
    assert not slow(Use(source, re.compile(source), frozenset(ways)))
