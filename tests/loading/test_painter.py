"""Images become pictures in a process that hostile ones can end, and nothing else."""

from __future__ import annotations

import contextlib
import io
import sys
import time
from collections.abc import Iterator

import pytest

pytest.importorskip("PIL", reason="Pillow is not installed")

from image_files import BLUE, GREEN, RED, claiming, flag

from reader.layout import cells
from reader.loading import Painter, PictureError, painter

BLACK = (0, 0, 0)


@pytest.fixture(scope="module")
def made() -> Iterator[Painter]:
    one = Painter()
    yield one
    one.close()


def near(pixel: bytes, colour: tuple[int, int, int]) -> bool:
    return all(abs(a - b) < 12 for a, b in zip(pixel, colour, strict=True))


@pytest.mark.parametrize(
    ("form", "mode"),
    [
        *(("PNG", mode) for mode in ("RGB", "RGBA", "P")),
        ("JPEG", "RGB"),
        ("JPEG", "CMYK"),
        ("GIF", "P"),
        ("WEBP", "RGB"),
        ("BMP", "RGB"),
    ],
)
def test_every_format_has_its_colours(made: Painter, form: str, mode: str) -> None:
    picture = made.picture(flag(form, mode=mode), 30, 20, BLACK)
    assert (picture.columns, picture.rows) == (30, 7)  # 90 by 40 pixels, of which a cell shows two
    row = [picture.pixels[at : at + 3] for at in range(0, 3 * 30, 3)]
    assert near(row[2], RED)
    assert near(row[15], GREEN)
    assert near(row[27], BLUE)
    assert len(picture.pixels) == 30 * 7 * 2 * 3


@pytest.mark.parametrize("mode", ["1", "L", "LA", "I;16"])
def test_grey_of_every_depth(made: Painter, mode: str) -> None:
    from PIL import Image

    written = io.BytesIO()
    full = {"I;16": 65535, "LA": (255, 255), "1": 1}.get(mode, 255)
    Image.new(mode, (10, 10), full).save(written, "PNG")
    picture = made.picture(written.getvalue(), 10, 10, BLACK)
    assert near(picture.pixels[:3], (255, 255, 255))


def test_it_fits_and_is_never_larger_than_the_image(made: Painter) -> None:
    for size, room, fits in (
        ((90, 40), (200, 100), (90, 20)),
        ((90, 40), (45, 100), (45, 10)),
        ((90, 40), (200, 5), (22, 5)),
        ((1, 1), (80, 24), (1, 1)),
        ((3000, 3), (80, 24), (80, 1)),
        ((3, 3000), (80, 24), (1, 24)),
    ):
        picture = made.picture(flag(size=size), *room, BLACK)
        assert (picture.columns, picture.rows) == fits, size


def test_what_is_transparent_shows_the_ground(made: Painter) -> None:
    from PIL import Image

    written = io.BytesIO()
    Image.new("RGBA", (4, 4), (255, 0, 0, 0)).save(written, "PNG")
    assert made.picture(written.getvalue(), 4, 4, (12, 34, 56)).pixels[:3] == bytes((12, 34, 56))


def test_a_thin_line_on_an_even_ground_is_still_seen_when_it_is_small(made: Painter) -> None:
    from PIL import Image

    chart = Image.new("RGB", (1000, 1000), "white")
    chart.paste((200, 0, 0), (500, 0, 503, 1000))  # a line of three pixels
    photo = Image.effect_noise((1000, 1000), 60).convert("RGB")
    for image, strength in ((chart, 2), (photo, 1)):
        written = io.BytesIO()
        image.save(written, "PNG")
        picture = made.picture(written.getvalue(), 50, 50, BLACK)
        plain = image.resize((50, 50), Image.Resampling.LANCZOS, reducing_gap=3.0)
        now, before = 255 - min(picture.pixels[1::3]), 255 - min(plain.getdata(1))
        assert before > 10
        assert now >= strength * before
        assert (now == before) is (image is photo), "a photo stays as it is"


def test_an_image_lying_on_its_side_is_set_upright(made: Painter) -> None:
    from PIL import Image

    written = io.BytesIO()
    image = Image.open(io.BytesIO(flag()))
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    image.save(written, "JPEG", exif=exif)
    picture = made.picture(written.getvalue(), 80, 80, BLACK)
    assert (picture.columns, picture.rows) == (40, 45)


def test_one_for_a_terminal_that_draws_is_a_png_of_ours(made: Painter) -> None:
    from PIL import Image

    picture = made.picture(flag("JPEG", size=(900, 400)), 30, 20, BLACK, number=7)
    assert (picture.number, picture.columns, picture.rows, picture.pixels) == (7, 30, 7, b"")
    image = Image.open(io.BytesIO(picture.png))
    assert (image.format, image.size) == ("PNG", (300, 140))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "no PNG, JPEG"),
        (b"hello", "no PNG, JPEG"),
        (b"%PDF-1.7 ...", "no PNG, JPEG"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n", "no PNG, JPEG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        (b"<?xml version='1.0'?><svg/>", "SVG"),
        (claiming(100_000, 100_000), "over 50 million pixels"),
        (claiming(8000, 7000), "over 50 million pixels"),
        (claiming(2000, 2000), "damaged"),
    ],
    ids=["nothing", "words", "pdf", "eps", "svg", "xml", "ten billion pixels", "too many pixels", "cut short"],
)
def test_what_is_no_picture_says_why(made: Painter, data: bytes, why: str) -> None:
    with pytest.raises(PictureError, match=why):
        made.picture(data, 80, 24, BLACK)
    assert made.picture(flag(), 80, 24, BLACK).columns == 80, "the next one is shown"


def test_formats_outside_the_list_are_not_tried(made: Painter) -> None:
    for form in ("TIFF", "PPM", "ICO"):
        with pytest.raises(PictureError, match="no PNG, JPEG"):
            made.picture(flag(form), 80, 24, BLACK)


def test_noise_behind_a_good_head_ends_nothing(made: Painter) -> None:
    for form in ("PNG", "JPEG", "GIF", "WEBP", "BMP"):
        good = flag(form)
        for at in (len(good) // 3, len(good) // 2):
            bad = good[:at] + bytes(byte ^ 0x5A for byte in good[at : at + 40]) + good[at + 40 :]
            with contextlib.suppress(PictureError):
                made.picture(bad, 40, 20, BLACK)
    assert made.picture(flag(), 80, 24, BLACK).columns == 80


def test_one_that_takes_too_long_is_ended_and_the_next_is_shown() -> None:
    one = Painter(time_limit_s=0.2)
    large = flag(size=(7000, 7000))
    began = time.monotonic()
    with pytest.raises(PictureError, match="too long"):
        one.picture(large, 80, 24, BLACK)
    assert time.monotonic() - began < 60
    assert one.process.pid is None
    one.close()


@pytest.mark.skipif(sys.platform != "linux", reason="limits are read from /proc")
def test_the_process_may_use_little_and_write_nothing(made: Painter) -> None:
    made.picture(flag(), 8, 8, BLACK)
    with open(f"/proc/{made.process.pid}/limits", encoding="ascii") as file:
        limits = {line[:25].strip(): line[25:46].strip() for line in file}
    assert limits["Max address space"] == str(1 << 30)
    assert limits["Max file size"] == "0"
    assert limits["Max core file size"] == "0"


def test_without_pillow_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(painter, "find_spec", lambda name: None)
    with pytest.raises(PictureError, match="pip install pillow"):
        Painter().picture(flag(), 8, 8, BLACK)


@pytest.mark.parametrize("number", [0, 0x2A17])
def test_every_row_has_the_columns(made: Painter, number: int) -> None:
    picture = made.picture(flag(size=(2000, 2000)), 120, 40, BLACK, number=number)
    rows = [*picture.lines()]
    assert len(rows) == picture.rows
    assert {cells(row.text) for row in rows} == {picture.columns}
    assert {piece.range for row in rows for piece in row.pieces} == {None}
