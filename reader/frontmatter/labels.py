"""What a header lists: tags and categories out of the many ways in which people write a list.

Owns the texts of a value however nested, and the names in a line. Invariant: each name stands once, in the author's
order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from reader.document import NO_TEXT, TAG_KEYS, Shown, Value
from reader.sanitize import clean_line, pattern, stripped

CATEGORIES: Final = ("categories", "category", "分类", "分類", "カテゴリ", "분류")

_NAME_KEYS: Final = ("name", "title", "slug", "label")
_SIGNS: Final = pattern("[,，、;；]")
_MAX_NAMES: Final = 50
_MAX_CHARACTERS: Final = 100
"""Of one name; more is no tag but a text."""


def by_name(entries: Mapping[str, Value]) -> dict[str, Value]:
    """The entries by their keys as they are compared: in small letters, without `_` and `-`."""
    return {key.lower().replace("_", "").replace("-", ""): value for key, value in entries.items()}


def labels(entries: Mapping[str, Value], keys: tuple[str, ...] = TAG_KEYS) -> tuple[Shown, ...]:
    """The tags or categories of an article: in order, each once, 50 at the most."""
    named = by_name(entries)
    names: dict[Shown, None] = {}
    for key in keys:
        value = named.get(key, NO_TEXT)
        for name in _listed(value, several=key.endswith("s")) if isinstance(value, str) else flat(value):
            shown = stripped(clean_line(name.strip().removeprefix("#")))
            if shown and len(shown) <= _MAX_CHARACTERS and len(names) < _MAX_NAMES:
                names.setdefault(shown)
    return tuple(names)


def flat(value: Value) -> Iterator[str]:
    """The texts of a value however nested; of a mapping its name."""
    if isinstance(value, str):
        if value:
            yield " ".join(value.split())
    elif isinstance(value, Mapping):
        keys = {key.lower(): key for key in value}
        named = next((keys[name] for name in _NAME_KEYS if name in keys), None)
        # {"Rust": null} is how some write a list
        yield from flat(value[named]) if named else map(str, value)
    else:
        for inner in value:
            yield from flat(inner)


def _listed(text: str, *, several: bool) -> list[str]:
    """The names in one line: parted by commas, or by blanks where the key says that they are several, as Jekyll has it
    (jekyllrb.com/docs/posts, "Tags and Categories")."""
    parts = _SIGNS.split(text)
    if len(parts) > 1:
        return parts
    return text.split() if several and text.isascii() else [text]
