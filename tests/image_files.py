"""Image files that tests make: flags of a few colours, whose pixels are known."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

RED, GREEN, BLUE = (200, 30, 30), (30, 160, 60), (40, 60, 200)


def flag(form: str = "PNG", size: tuple[int, int] = (90, 40), mode: str = "RGB") -> bytes:
    """Three upright stripes, red, green and blue."""
    from PIL import Image

    image = Image.new("RGB", size)
    third = size[0] // 3
    for index, colour in enumerate((RED, GREEN, BLUE)):
        image.paste(colour, (index * third, 0, (index + 1) * third, size[1]))
    written = io.BytesIO()
    image.convert(mode).save(written, form)
    return written.getvalue()


def claiming(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose head says that it has so many pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def written_flag(folder: Path, name: str = "flag.png") -> Path:
    """A flag in a file."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(flag())
    return path
