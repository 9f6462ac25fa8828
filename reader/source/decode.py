"""Bytes to text: byte order mark, strict UTF-8, UTF-8 with a few broken bytes, then `charset`.

Refuses bytes that are known to be no text (an archive, a picture, a program) with a remedy.
"""

from __future__ import annotations

import contextlib
from typing import Final

from reader.locale import N_, _, ngettext
from reader.source.page import declared_charset
from reader.source.value import SourceError

_CONTROLS: Final = bytes({*range(0x20), 0x7F} - set(b"\t\n\x0c\r\x1a\x1b"))

_BYTE_ORDER_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)

_UNPACK: Final = N_("unpack it and name the article inside")
_CONVERT: Final = N_("convert it to Markdown first, for example with pandoc")
_SIGNATURES: Final = (
    (b"%PDF-", N_("a PDF"), _CONVERT),
    (b"PK\x03\x04", N_("a ZIP archive, an EPUB or an Office document"), _CONVERT),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", N_("an old Office document"), _CONVERT),
    (b"\x89PNG\r\n", N_("a PNG image"), ""),
    (b"\xff\xd8\xff", N_("a JPEG image"), ""),
    (b"GIF87a", N_("a GIF image"), ""),
    (b"GIF89a", N_("a GIF image"), ""),
    (b"RIFF", N_("a WebP image or a sound or video file"), ""),
    (b"OggS", N_("a sound or video file"), ""),
    (b"ID3", N_("a sound file"), ""),
    (b"fLaC", N_("a sound file"), ""),
    (b"\x1aE\xdf\xa3", N_("a video file"), ""),
    (b"\x1f\x8b", N_("a gzip archive"), _UNPACK),
    (b"BZh", N_("a bzip2 archive"), _UNPACK),
    (b"\xfd7zXZ\x00", N_("an xz archive"), _UNPACK),
    (b"\x28\xb5\x2f\xfd", N_("a zstd archive"), _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", N_("a 7z archive"), _UNPACK),
    (b"Rar!\x1a\x07", N_("a RAR archive"), _UNPACK),
    (b"\x7fELF", N_("a program"), ""),
    (b"MZ", N_("a program"), ""),
    (b"\xca\xfe\xba\xbe", N_("a program"), ""),
    (b"\xcf\xfa\xed\xfe", N_("a program"), ""),
    (b"\x00asm", N_("a program"), ""),
    (b"SQLite format 3\x00", N_("an SQLite database"), ""),
    (b"wOF2", N_("a font"), ""),
    (b"wOFF", N_("a font"), ""),
)


def decode(data: bytes, origin: str, encoding: str | None, warnings: list[str]) -> tuple[str, str]:
    """Text and codec; adds a warning where bytes had to be replaced."""
    if encoding:
        return _decode_as(data, origin, encoding, warnings)
    for mark, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _lenient(data[len(mark) :], name, warnings), name
    _refuse_known_binary(data, origin)
    if 0x1B in data and b"\x1b$" in data and data.isascii():
        with contextlib.suppress(UnicodeDecodeError):
            return data.decode("iso2022_jp"), "iso2022_jp"
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return _decode_unknown(data, origin, warnings)
    head = data[:4096]
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls or 0 in data:
        from reader.source import charset

        if wide := charset.guess_wide(data):
            return _lenient(data, wide, warnings), wide
        if controls > len(head) / 2:
            raise _binary(origin)
    return text, "utf-8"


def _decode_unknown(data: bytes, origin: str, warnings: list[str]) -> tuple[str, str]:
    text = data.decode(errors="replace")
    broken = text.count("\ufffd")
    foreign = len(text) - len(text.encode("ascii", "ignore"))
    # In another encoding nearly all that is not ASCII would be broken; here it is one in many, or the very end is cut.
    if foreign >= 5 * broken:
        warnings.append(replaced(broken - data.count("\ufffd".encode()), "utf-8"))
        return text, "utf-8"
    from reader.source import charset

    name = declared_charset(data) or charset.guess(data)
    if name is None:
        raise _binary(origin)
    return _lenient(data, name, warnings), name


def _decode_as(data: bytes, origin: str, encoding: str, warnings: list[str]) -> tuple[str, str]:
    """By the encoding a person or a server named, which is believed even where it is wrong."""
    from reader.source.codec import text_codec

    name = text_codec(encoding)
    if name is None:
        what = _("{encoding} is no encoding of text").format(encoding=encoding[:40])
        raise SourceError(origin, what, _("try utf-8, gb18030, big5 or shift_jis"))
    return _lenient(data, name, warnings).removeprefix("\ufeff"), name


def _lenient(data: bytes, name: str, warnings: list[str]) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        text = data.decode(name, "replace")
        warnings.append(replaced(text.count("\ufffd"), name))
        return text


def replaced(count: int, name: str) -> str:
    """The warning that in `count` places what is no `name` was replaced."""
    said = ngettext(
        "The file is not quite {encoding}: in one place what could not be decoded is shown as \ufffd.",
        "The file is not quite {encoding}: in {count} places what could not be decoded is shown as \ufffd.",
        count,
    )
    return said.format(encoding=name, count=count)


def _binary(origin: str) -> SourceError:
    return SourceError(origin, _("it looks like binary data, not text"), _("if it is text, name its `--encoding`"))


def _refuse_known_binary(data: bytes, origin: str) -> None:
    for signature, what, remedy in _SIGNATURES:
        # Letters alone could begin an article; a file of that kind has NULs soon after.
        if data.startswith(signature) and (0 in data[:4096] or not signature.isalnum()):
            raise SourceError(origin, _("it looks like {what}, not an article").format(what=_(what)), _(remedy))
    if data[257:262] == b"ustar":
        raise SourceError(origin, _("it looks like a tar archive, not an article"), _(_UNPACK))
