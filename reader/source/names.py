"""How paths and sizes are written: a path as text that is safe to show, a size as people type it."""

from __future__ import annotations

import re
from typing import Final

from reader import sanitize

_ESCAPED_BYTE: Final = re.compile("[\udc80-\udcff]")


def shown_path(path: str) -> str:
    """A path as text that is safe to show; bytes of the name that are no UTF-8 appear as `\\xNN`."""
    return sanitize.clean_line(_ESCAPED_BYTE.sub(lambda match: f"\\x{ord(match[0]) - 0xDC00:02X}", path))


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
    raise ValueError(f"{sanitize.clean_line(text)!r} is not a size; write for example 500M or 2G")
