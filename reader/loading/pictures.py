"""An image file's bytes become pixels for cells, or a small PNG for a terminal that draws pictures itself.

Owns the bounds: formats, pixels, memory. It is a script for a `ScriptProcess`, and no module of the package is
imported: Pillow's decoders are third-party code in C over an author's bytes. The process may use `MEMORY_BYTES`, write
no file, and open few. Refuses animation (the first frame is shown) and everything that is not in `FORMATS`, SVG above
all, which is a program's worth of rendering.

Invariant: what comes out is at most as large as was asked for, never larger than the image, and made by Pillow from
pixels: nothing of the author's bytes is passed on.
"""

from __future__ import annotations

import base64
import contextlib
import io
from typing import Any

FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "AVIF", "BMP")
MAX_PIXELS = 50_000_000
MEMORY_BYTES = 1 << 30
CELL_PIXELS = (10, 20)
"""Of a cell of a terminal that draws pictures itself, about: the terminal scales to its own."""


_THIN_SCALE = 0.25
"""An image made smaller than this may lose lines of a few pixels."""
_GROUND_SHARE = 0.4
_STRENGTH = 2.2


def prepare() -> None:
    """Imports the decoders, and gives up what they do not need."""
    import PIL.Image
    from PIL import BmpImagePlugin, GifImagePlugin, JpegImagePlugin, PngImagePlugin, WebPImagePlugin  # noqa: F401

    with contextlib.suppress(ImportError):  # not in every build
        from PIL import AvifImagePlugin  # noqa: F401
    PIL.Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    for what, most in (("RLIMIT_AS", MEMORY_BYTES), ("RLIMIT_FSIZE", 0), ("RLIMIT_CORE", 0), ("RLIMIT_NOFILE", 64)):
        with contextlib.suppress(ValueError, OSError, AttributeError):
            resource.setrlimit(getattr(resource, what), (most, most))


def answer(question: dict[str, Any]) -> dict[str, Any]:
    """`{"data": base64, "columns", "rows", "ground": [r, g, b], "png": bool}` as `{"columns", "rows", "data": base64}`,
    two pixels a cell from the top (RGB) or a PNG, or as `{"problem": …}` with a word for what is wrong."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    data = base64.b64decode(question["data"])
    known = [name for name in FORMATS if name in Image.OPEN]
    try:
        image = Image.open(io.BytesIO(data), formats=known)
        width, height = image.size
        if width * height > MAX_PIXELS:
            return {"problem": "pixels", "size": [width, height]}
        image.draft("RGB", (2000, 2000))  # a JPEG is made smaller while it is decoded
        image.load()
        ImageOps.exif_transpose(image, in_place=True)
        return _fitted(image, question)
    except UnidentifiedImageError:
        return {"problem": "format"}
    except Image.DecompressionBombError:
        return {"problem": "pixels"}
    except MemoryError:
        return {"problem": "memory"}
    except Exception:  # what decoders raise over broken bytes is of every kind
        return {"problem": "broken"}


def _with_thin_lines(image: Any) -> Any:
    """A chart, a drawing or a page of text made this small has lost its thin lines to the ground they stand on: where
    one colour is the ground of most of an image, all that differs from it is made to differ more."""
    count, ground = max(image.getcolors(image.width * image.height), key=lambda found: found[0])
    if count < _GROUND_SHARE * image.width * image.height:
        return image
    table = [min(255, max(0, round(level + _STRENGTH * (value - level)))) for level in ground for value in range(256)]
    return image.point(table)


def _fitted(image: Any, question: dict[str, Any]) -> dict[str, Any]:
    from PIL import Image

    wide, high = CELL_PIXELS if question["png"] else (1, 2)
    columns, rows = question["columns"], question["rows"]
    scale = min(columns * wide / image.width, rows * high / image.height, 1.0)
    size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    columns, rows = min(columns, -(-size[0] // wide)), min(rows, -(-size[1] // high))
    ground = tuple(question["ground"])
    # all to one mode before it is scaled: palettes cannot be, and of 16 bits a pixel only the upper are kept
    if image.mode.startswith(("I", "F")):
        image = image.point(lambda value: value / 257 if image.mode != "F" else value).convert("L")
    image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    image = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    flat = Image.new("RGB", (columns * wide, rows * high), ground)
    flat.paste(image, (0, 0), image if image.mode == "RGBA" else None)
    if scale < _THIN_SCALE and not question["png"]:
        flat = _with_thin_lines(flat)
    if question["png"]:
        written = io.BytesIO()
        flat.save(written, "PNG")
        pixels = written.getvalue()
    else:
        pixels = flat.tobytes()
    return {"columns": columns, "rows": rows, "data": base64.b64encode(pixels).decode("ascii")}
