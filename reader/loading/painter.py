"""Images as pictures in cells, by a process that can be ended.

Owns what is asked of `pictures`, the script that runs there, and the words for what went wrong. Refuses to know where
an image comes from: it is given bytes.

Invariant: an image costs at most the time limit and the memory of that process, and what is no picture is one line.
"""

from __future__ import annotations

import base64
from importlib.util import find_spec
from typing import Final

from reader.layout import Picture
from reader.loading.script_process import ScriptProcess
from reader.locale import N_, _

TIME_LIMIT_S: Final = 8.0
"""For one image, once the process has started."""
_PROBLEMS: Final = {
    "format": N_("it is no PNG, JPEG, GIF, WebP, AVIF or BMP"),
    "pixels": N_("it has over 50 million pixels"),
    "memory": N_("it needs too much memory"),
    "broken": N_("it is damaged"),
}


class PictureError(Exception):
    """The image cannot be shown; the message says why in half a line."""


def lacking_for_pictures() -> str:
    """What is missing for pictures to be made at all, in half a line; empty where nothing is."""
    return "" if find_spec("PIL") is not None else _("pictures need the package Pillow: pip install pillow")


class Painter:
    """Makes pictures, one at a time. The process is started with the first one."""

    def __init__(self, time_limit_s: float = TIME_LIMIT_S) -> None:
        """`time_limit_s` is what an image may take."""
        self.process = ScriptProcess("pictures.py", time_limit_s)

    def picture(
        self, data: bytes, columns: int, rows: int, ground: tuple[int, int, int], *, number: int = 0
    ) -> Picture:
        """The image of a file's bytes in at most `columns` times `rows` cells, what is transparent in it on `ground`.

        With `number` (1 to 0xFFFFFF) it is one for a terminal that draws it under that number. Blocks as long as it
        takes; to be called in any thread but the one that draws. Raises PictureError.
        """
        if problem := lacking_for_pictures():
            raise PictureError(problem)
        if data.lstrip()[:5] in (b"<svg ", b"<?xml", b"<!DOC") or b"<svg" in data[:1000]:
            raise PictureError(_("it is SVG, which is not drawn here"))
        said = base64.b64encode(data).decode("ascii")
        try:
            found = self.process.ask(
                {"data": said, "columns": columns, "rows": rows, "ground": ground, "png": bool(number)}
            )
        except ProcessLookupError:
            raise PictureError(_("it took too long or too much to decode")) from None
        if found is None or "problem" in found:
            raise PictureError(_(_PROBLEMS[found["problem"]]) if found else _("it could not be decoded"))
        made = base64.b64decode(found["data"])
        if number:
            return Picture(found["columns"], found["rows"], number=number, png=made)
        return Picture(found["columns"], found["rows"], made)

    def close(self) -> None:
        """Ends the process, whatever it is doing; from any thread."""
        self.process.close()
