"""Finding Han text by pinyin typed on a plain keyboard: full syllables, initials, or both ("pingguo", "pg", "pguo").

Owns the reading of Han characters without tones and the walk of typed letters over a text. Refuses to guess: every
reading that the dictionary gives a character is good, nothing is decided from context. The readings are those of
pypinyin (MIT), an optional extra; only its table of characters is loaded, its table of words takes half a second more.

Invariant: a match uses up all the letters, each character of it some of them: a Han character one of its readings, the
initial of one (z or zh), or, as the last, the beginning of one; any other character itself. It has two Han characters
at the least, or one by its full reading, or every "p" would light a twentieth of an article.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from importlib import util
from types import ModuleType

from reader.sanitize import pattern

_HAN = range(0x4E00, 0xA000)
_INITIALS = ("zh", "ch", "sh")
_TONES = str.maketrans("", "", "\u0300\u0301\u0302\u0304\u030c")
_SEPARATORS = pattern(r"[\s'’]+")
_LOOK_AHEAD = 3
"""Characters that a pattern checks before the exact walk begins."""


def available() -> bool:
    """Whether pypinyin is installed (it is not imported)."""
    return util.find_spec("pypinyin") is not None


def letters(wanted: str) -> str:
    """A query as typed pinyin: lower case, without spaces and apostrophes, ü as v; empty when it cannot be any."""
    typed = _SEPARATORS.sub("", wanted.lower()).replace("ü", "v")
    return typed if len(typed) > 1 and typed.isascii() and typed.isalnum() else ""


def _character_table() -> ModuleType:
    """pypinyin's table of characters, without running the package around it, whose table of words is not needed."""
    package = util.find_spec("pypinyin")
    folders = package.submodule_search_locations if package else None
    if not folders:
        raise ModuleNotFoundError("pypinyin is not installed")
    spec = util.spec_from_file_location("reader._pinyin_table", f"{folders[0]}/pinyin_dict.py")
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError("pypinyin has no table of characters")
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@lru_cache(maxsize=1)
def _readings() -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    """Han character -> its readings without tones, and the other way round; ü is both v and u, as people type it."""
    table: dict[int, str] = _character_table().pinyin_dict
    by_char: dict[str, tuple[str, ...]] = {}
    by_reading: dict[str, str] = {}
    for code in _HAN:
        plain = unicodedata.normalize("NFD", table.get(code, "")).translate(_TONES).replace("u\u0308", "v")
        if plain:
            sounds = {sound for sound in plain.split(",") if sound.isascii() and sound}
            sounds |= {sound.replace("v", "u") for sound in sounds}
            by_char[chr(code)] = tuple(sorted(sounds))
            for sound in sounds:
                by_reading[sound] = by_reading.get(sound, "") + chr(code)
    return by_char, by_reading


def _advances(sound: str, typed: str, at: int) -> tuple[int, ...]:
    """Where in `typed` one may be after a Han character of this sound, taken up at `at`."""
    ends = set()
    if typed.startswith(sound, at):
        ends.add(at + len(sound))
    if typed.startswith(sound[0], at):
        ends.add(at + 1)
    if sound.startswith(_INITIALS) and typed.startswith(sound[:2], at):
        ends.add(at + 2)
    if sound.startswith(typed[at:]):
        ends.add(len(typed))
    return tuple(ends)


def _plain(char: str) -> str:
    return unicodedata.normalize("NFKC", char).casefold()


class Finder:
    """Finds what was typed (see `letters`) in texts."""

    __slots__ = ("_by_char", "_start", "_typed")

    def __init__(self, typed: str) -> None:
        """Reads the table of readings the first time, which takes some 0.1 s."""
        self._by_char, by_reading = _readings()
        self._typed = typed
        classes: list[str] = []
        reached = {0}
        while len(classes) < _LOOK_AHEAD and len(typed) not in reached:
            han: list[str] = []
            plain: set[str] = set()
            after: set[int] = set()
            for at in reached:
                wide = chr(ord(typed[at]) + 0xFEE0)
                plain |= {typed[at], typed[at].upper(), wide, wide.upper()}
                after.add(at + 1)
                for sound, chars in by_reading.items():
                    if ends := _advances(sound, typed, at):
                        after.update(ends)
                        han.append(chars)
            classes.append("[" + "".join(sorted({*"".join(han), *plain})) + "]")
            reached = after
        first, rest = classes[0], "".join(classes[1:])
        self._start = re.compile(first + (f"(?={rest})" if rest else ""))

    def find(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The matches in `text[start:end]`, in order, not overlapping."""
        while (found := self._start.search(text, start, end)) is not None:
            stop = self._walk(text, found.start(), end)
            if stop is not None:
                yield found.start(), stop
            start = stop if stop is not None else found.start() + 1

    def _walk(self, text: str, at: int, end: int) -> int | None:
        """Where the shortest match that begins at `at` ends."""
        # a state: letters used up, Han characters met (2 for more), the last of them by its full reading
        states = {(0, 0, False)}
        while states and at < end:
            char = text[at]
            at += 1
            after: set[tuple[int, int, bool]] = set()
            sounds = self._by_char.get(char)
            for used, han, full in states:
                if used == len(self._typed):
                    continue
                if sounds is None:
                    if _plain(char) == self._typed[used]:
                        after.add((used + 1, han, full))
                    continue
                for sound in sounds:
                    for to in _advances(sound, self._typed, used):
                        whole = to - used == len(sound)
                        after.add((to, min(2, han + 1), full or whole))
            if any(used == len(self._typed) and (han > 1 or (han and full)) for used, han, full in after):
                return at
            states = after
        return None
