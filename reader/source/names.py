"""How targets, paths and sizes are written: what an argument names and where in it, a path as text that is safe to
show, a size as people type it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from reader import sanitize
from reader.document import record
from reader.locale import _
from reader.sanitize import pattern

_ESCAPED_BYTE: Final = pattern("[\udc80-\udcff]")


def shown_path(path: str) -> str:
    """A path as text that is safe to show; bytes of the name that are no UTF-8 appear as `\\xNN`."""
    return sanitize.clean_line(_ESCAPED_BYTE.sub(lambda match: f"\\x{ord(match[0]) - 0xDC00:02X}", path))


def descriptor(target: str) -> int | None:
    """The number of the open file that a target names: 0 for `-` and `/dev/stdin`, 63 for the `/dev/fd/63` that a
    shell's `<(command)` stands for; None for every other name."""
    if target in ("-", "/dev/stdin"):
        return 0
    found = re.fullmatch(r"/(?:dev|proc/self)/fd/(\d{1,4})", target)
    return int(found[1]) if found else None


def is_web(target: str) -> bool:
    """Whether a target is an address that is fetched; every other one is a path or a pipe."""
    return target[:8].lower().startswith(("http://", "https://"))


@record
class Target:
    """What is to be opened, and where in it."""

    name: str
    """A path, an address without its fragment, or `-`."""
    line: int | None = None
    """Line of the file, counted from 1."""
    anchor: str | None = None
    """What stood behind `#`, its percent-encoding taken off."""


def parse_target(text: str, exists: Callable[[str], bool] = os.path.lexists) -> Target:
    """What an argument names: `a.md`, `a.md:42` (also `a.md:42:7`, as compilers and `grep -n` write it), `a.md#anchor`.

    A file of that very name wins; where there is no file of the shorter name either, the argument is taken as it is.
    Of an address only the fragment is taken off: a `:42` may be its port.
    """
    if is_web(text):
        name, _, fragment = text.partition("#")
        return Target(name, anchor=_unquoted(fragment) or None)
    if descriptor(text) is not None or exists(text):
        return Target(text)
    for form in (r"(.+):(\d{1,9}):?", r"(.+):(\d{1,9}):\d{1,9}:?"):
        found = re.fullmatch(form, text, re.DOTALL)
        if found and exists(found[1]):
            return Target(found[1], line=max(1, int(found[2])))
    at = text.rfind("#")
    while at > 0:
        if exists(text[:at]):
            return Target(text[:at], anchor=_unquoted(text[at + 1 :]) or None)
        at = text.rfind("#", 0, at)
    return Target(text)


def parse_targets(words: Iterable[str], exists: Callable[[str], bool] = os.path.lexists) -> tuple[Target, ...]:
    """What the arguments of a command name. `+42` is a line of the target before it, or of the first where it stands
    before all (as pagers and editors have it); a file called `+42` wins."""
    targets: list[Target] = []
    line: int | None = None
    for word in words:
        if re.fullmatch(r"\+\d{1,9}", word) and not exists(word):
            if targets:
                targets[-1] = replace(targets[-1], line=max(1, int(word)))
            else:
                line = max(1, int(word))
            continue
        target = parse_target(word, exists)
        if line is not None and target.line is None:
            target = replace(target, line=line)
        targets.append(target)
        line = None
    return tuple(targets)


def _unquoted(fragment: str) -> str:
    if "%" not in fragment:
        return fragment
    from urllib.parse import unquote

    return unquote(fragment)


def parse_size(text: str) -> int:
    """Bytes meant by `300M`, `2GiB` or `1000000`: powers of 1024. Raises ValueError that names what is accepted."""
    number = text.strip().lower().removesuffix("b").removesuffix("i")
    shift = {"k": 10, "m": 20, "g": 30, "t": 40}.get(number[-1:], 0)
    try:
        size = float(number[:-1] if shift else number)
        if 0 < size < 1 << 50:
            return int(size * (1 << shift))
    except ValueError:
        pass
    raise ValueError(_("{text!r} is not a size; write for example 500M or 2G").format(text=sanitize.clean_line(text)))
