"""The names of keys: as people write them in the settings, and as Textual calls them.

Owns both ways. Refuses to know what a key does.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Final

_KEY_WORDS: Final = frozenset(
    (
        *("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "insert", "delete", "enter", "escape"),
        *("tab", "space", "backspace", *(f"f{number}" for number in range(1, 25))),
    )
)
_KEY_ALIASES: Final = {
    "esc": "escape",
    "return": "enter",
    "pgup": "pageup",
    "pgdn": "pagedown",
    "page_up": "pageup",
    "page_down": "pagedown",
    "del": "delete",
    "ins": "insert",
}
_SHORT_NAMES: Final = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}


def key_name(written: str) -> str | None:
    """Textual's name of a key as people write it: `]` is right_square_bracket, `Ctrl+X` ctrl+x; None: no key."""
    if written.endswith("+"):
        before, key = written[:-1].removesuffix("+"), "+"
    else:
        before, _, key = written.rpartition("+")
    modifiers = [modifier.strip().lower() for modifier in before.split("+")] if before else []
    if not set(modifiers) <= {"ctrl", "shift", "alt", "super", "hyper", "meta"}:
        return None
    if len(key) == 1:
        name = _character_name(key)
        name = name.lower() if "ctrl" in modifiers else name
    else:
        name = key.strip().lower()
        name = _KEY_ALIASES.get(name, name)
        if name not in _KEY_WORDS and name not in _signs():
            return None
    return "+".join((*dict.fromkeys(modifiers), name)) if name else None


def _character_name(character: str) -> str:
    """What Textual calls the key of a character; empty where there can be none."""
    if character.isalnum() or not character.isprintable():
        return character if character.isalnum() else ""
    name = unicodedata.name(character, "").lower().replace("-", "_").replace(" ", "_")
    return _SHORT_NAMES.get(name, name)


@cache
def _signs() -> Mapping[str, str]:
    """The signs of ASCII by their names."""
    return {_character_name(sign): sign for sign in map(chr, range(0x21, 0x7F)) if not sign.isalnum()}


def written_key(key: str) -> str:
    """A key as one would type it into the file, which is Textual's name but for signs."""
    *modifiers, name = key.split("+")
    return "+".join((*modifiers, _signs().get(name, name)))
