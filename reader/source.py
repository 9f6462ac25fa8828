"""From what a person names (a path, `-` or a web address) to text: the only room that opens articles.

Owns reading, its limits, and decoding. Refuses what is no article (a folder, a device, a program, a picture) with one
`SourceError` that says what, where and what to do; nothing else is raised for whatever a path or its bytes may be.

Decoding: byte order mark, strict UTF-8, UTF-8 with a few broken bytes, then `charset`. Line ends are normalised here,
CRLF and CR alone to "\\n", as editors read them. A file that is empty is an empty article, not an error, and says so in
a warning.

Invariant: the same bytes give the same text and digest wherever they come from.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import sys
from dataclasses import dataclass
from typing import IO, Final, NoReturn

from reader import sanitize

DEFAULT_LIMIT: Final = 256 << 20
"""Bytes read at most unless asked for more."""

FETCH_SECONDS: Final = 30.0
"""A web address that has not answered in full by then is given up; a stalled connection in half that time."""

_CHUNK: Final = 1 << 20
_ATTEMPTS: Final = 3
_ESCAPED_BYTE: Final = re.compile("[\udc80-\udcff]")
_CONTROLS: Final = bytes({*range(0x20), 0x7F} - set(b"\t\n\x0c\r\x1a\x1b"))

_BYTE_ORDER_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)

_UNPACK: Final = "unpack it and name the article inside"
_CONVERT: Final = "convert it to Markdown first, for example with pandoc"
_SIGNATURES: Final = (
    (b"%PDF-", "a PDF", _CONVERT),
    (b"PK\x03\x04", "a ZIP archive, an EPUB or an Office document", _CONVERT),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document", _CONVERT),
    (b"\x89PNG\r\n", "a PNG image", ""),
    (b"\xff\xd8\xff", "a JPEG image", ""),
    (b"GIF87a", "a GIF image", ""),
    (b"GIF89a", "a GIF image", ""),
    (b"RIFF", "a WebP image or a sound or video file", ""),
    (b"OggS", "a sound or video file", ""),
    (b"ID3", "a sound file", ""),
    (b"fLaC", "a sound file", ""),
    (b"\x1aE\xdf\xa3", "a video file", ""),
    (b"\x1f\x8b", "a gzip archive", _UNPACK),
    (b"BZh", "a bzip2 archive", _UNPACK),
    (b"\xfd7zXZ\x00", "an xz archive", _UNPACK),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", _UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (b"\x7fELF", "a program", ""),
    (b"MZ", "a program", ""),
    (b"\xca\xfe\xba\xbe", "a program", ""),
    (b"\xcf\xfa\xed\xfe", "a program", ""),
    (b"\x00asm", "a program", ""),
    (b"SQLite format 3\x00", "an SQLite database", ""),
    (b"wOF2", "a font", ""),
    (b"wOFF", "a font", ""),
)


class SourceError(Exception):
    """What was asked for cannot be read; the message is one sanitised line: where, what, and the remedy if any."""

    def __init__(self, where: str, what: str, remedy: str = "") -> None:
        super().__init__(
            sanitize.clean_line(": ".join(filter(None, (where, what))) + (f"; {remedy}" if remedy else ""))
        )


@dataclass(frozen=True, slots=True)
class Source:
    """An article as it was found, decoded."""

    text: str
    """Everything that stood there, without a byte order mark, lines ended by "\\n". Not sanitised."""
    origin: str
    """How a person would name it: the path as given, "stdin" or the address. Sanitised, on one line."""
    path: str | None
    """Absolute path, as `os` takes it (it may hold surrogates); None for stdin and the web."""
    url: str | None
    """The address it came from at last, after redirections; None for files and stdin."""
    encoding: str
    """Python's name of the codec."""
    digest: str
    """The BLAKE2b hash of the bytes, 32 hexadecimal digits."""
    warnings: tuple[str, ...] = ()
    """What went less than well, a sentence each, for a quiet note."""


def read(target: str, *, encoding: str | None = None, limit: int = DEFAULT_LIMIT) -> Source:
    """The article `target` names: `-` is stdin, `http://` and `https://` are fetched, all else is a path.

    `encoding` overrides what the bytes say; `limit` is in bytes. A file that keeps changing while it is read is read
    again, and after the third time taken as it is, with a warning. Raises `SourceError`.
    """
    url = None
    path = None
    warnings: list[str] = []
    if target == "-":
        origin = "stdin"
        data = _read_stdin(limit)
    elif target[:8].lower().startswith(("http://", "https://")):
        origin = sanitize.href(target)
        data, url, declared = _fetch(target, origin, limit)
        encoding = encoding or declared
    else:
        origin = shown_path(target)
        path = os.path.abspath(target) if "\0" not in target else _fail(origin, "no file has such a name")
        data = _read_file(target, origin, limit, warnings)
    text, name = _decode(data, origin, encoding, warnings)
    if not text:
        warnings.append("The file is empty.")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Source(text, origin, path, url, name, _digest(data), tuple(warnings))


def _digest(data: bytes) -> str:
    try:
        from _blake2 import blake2b  # what hashlib has, without the 4 MiB and 3 ms of the OpenSSL that comes with it
    except ImportError:
        from hashlib import blake2b
    return blake2b(data, digest_size=16).hexdigest()


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


def _fail(where: str, what: str, remedy: str = "") -> NoReturn:
    raise SourceError(where, what, remedy)


# --- Reading ---------------------------------------------------------------------------------------------------------


def _read_file(path: str, origin: str, limit: int, warnings: list[str]) -> bytes:
    try:
        return _read_regular(path, origin, limit, warnings)
    except OSError as error:
        raise _explain(error, path, origin) from error
    except UnicodeEncodeError:
        _fail(origin, "no file has such a name")


def _read_regular(path: str, origin: str, limit: int, warnings: list[str]) -> bytes:
    if path.startswith(("/dev/fd/", "/proc/self/fd/")) or path == "/dev/stdin":
        # A shell's `<(command)`: a pipe, but one with somebody at the other end already.
        with open(path, "rb", buffering=0) as pipe:
            return _read_all(pipe, origin, limit)
    # Opening a pipe waits for a writer and opening a device may do things, so what it is comes first.
    _refuse_unless_regular(os.stat(path).st_mode, origin)
    for _ in range(_ATTEMPTS):
        # It may have been exchanged in between; without waiting it can do no harm, and is asked again.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
        with open(os.open(path, flags), "rb", buffering=0) as file:
            before = os.fstat(file.fileno())
            _refuse_unless_regular(before.st_mode, origin)
            if before.st_size > limit:
                raise _over(origin, limit, before.st_size)
            data = _read_all(file, origin, limit, before.st_size + 1)
            after = os.fstat(file.fileno())
        if (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns):
            return data
    warnings.append("The file kept changing while it was read; what is shown may be half of an edit.")
    return data


def _read_all(file: IO[bytes], origin: str, limit: int, first: int = _CHUNK) -> bytes:
    chunks: list[bytes] = []
    size = 0
    wanted = first
    while chunk := file.read(wanted):
        chunks.append(chunk)
        size += len(chunk)
        if size > limit:
            raise _over(origin, limit)
        wanted = _CHUNK
    return chunks[0] if len(chunks) == 1 else b"".join(chunks)


def _read_stdin(limit: int) -> bytes:
    if sys.stdin is None:
        _fail("stdin", "it is closed", "pipe an article in: `command | reader -`")
    try:
        return _read_all(sys.stdin.buffer, "stdin", limit)
    except OSError as error:
        raise SourceError("stdin", _reason(error)) from error


def _refuse_unless_regular(mode: int, origin: str) -> None:
    if stat.S_ISREG(mode):
        return
    if stat.S_ISDIR(mode):
        _fail(origin, "it is a folder", "name an article in it")
    if stat.S_ISFIFO(mode):
        _fail(origin, "it is a named pipe", "to read what comes through it: `reader - < NAME`")
    if stat.S_ISSOCK(mode):
        _fail(origin, "it is a socket, not an article")
    _fail(origin, "it is a device, not an article")


def _over(origin: str, limit: int, size: int | None = None) -> SourceError:
    what = (
        f"it has {_size(size)}, over the limit of {_size(limit)}" if size else f"it is over the limit of {_size(limit)}"
    )
    return SourceError(origin, what, f"raise it with `--limit {_suggested_limit(size or 2 * limit)}`")


def _size(size: int) -> str:
    for unit, shift in (("GiB", 30), ("MiB", 20), ("KiB", 10)):
        if size >= 1 << shift:
            return f"{size / (1 << shift):.1f}".removesuffix(".0") + f" {unit}"
    return f"{size} bytes"


def _suggested_limit(size: int) -> str:
    unit, shift = ("G", 30) if size >= 1 << 30 else ("M", 20)
    return f"{-(-size // (1 << shift))}{unit}"


def _reason(error: OSError) -> str:
    return (error.strerror or error.__class__.__name__).lower()


def _explain(error: OSError, path: str, origin: str) -> SourceError:
    if isinstance(error, (FileNotFoundError, NotADirectoryError)):
        if os.path.islink(path):
            return SourceError(origin, f"a broken link to {shown_path(os.readlink(path))}, which does not exist")
        return SourceError(origin, "no such file", _similar(path))
    if isinstance(error, PermissionError):
        return SourceError(origin, "you have no permission to read it", "see who has with `ls -l`")
    if isinstance(error, IsADirectoryError):
        return SourceError(origin, "it is a folder", "name an article in it")
    if error.errno == errno.ELOOP:
        return SourceError(origin, "a link that leads back to itself")
    if error.errno == errno.ENAMETOOLONG:
        return SourceError(origin[:60] + "…", "no file has so long a name")
    return SourceError(origin, f"it could not be read ({_reason(error)})")


def _similar(path: str) -> str:
    """ "did you mean …?" from the names in the folder, or which folder is missing."""
    folder, name = os.path.split(path)
    if folder and not os.path.isdir(folder):
        return f"there is no folder {shown_path(folder)} either"
    try:
        with os.scandir(folder or ".") as entries:
            names = [entry.name for entry, _ in zip(entries, range(5000), strict=False)]
    except OSError:
        return ""
    import difflib

    folded = {other.lower(): other for other in sorted(names, reverse=True)}
    stems = {os.path.splitext(other)[0].lower(): other for other in sorted(names, reverse=True)}
    near = [stems[name.lower()]] if name.lower() in stems else []
    near += [folded[found] for found in difflib.get_close_matches(name.lower(), folded, n=3, cutoff=0.7)]
    shown = [shown_path(os.path.join(folder, other)) for other in dict.fromkeys(near)][:3]
    return f"did you mean {' or '.join(shown)}?" if shown else ""


def _fetch(target: str, origin: str, limit: int) -> tuple[bytes, str, str | None]:
    """Bytes, final address and declared charset; only http and https are ever asked, redirected or not."""
    import http.client
    import ssl
    import time
    from urllib import error, parse, request

    deadline = time.monotonic() + FETCH_SECONDS
    opener = request.OpenerDirector()
    for handler in (
        *(request.ProxyHandler, request.HTTPHandler, request.HTTPSHandler),
        *(request.HTTPRedirectHandler, request.HTTPDefaultErrorHandler, request.HTTPErrorProcessor),
    ):
        opener.add_handler(handler())
    try:
        parts = parse.urlsplit(target.strip())
        host = (parts.hostname or "").encode("idna").decode("ascii")
        host = (f"[{host}]" if ":" in host else host) + (f":{parts.port}" if parts.port else "")
        safe = "/?&=+;,:@!$'()*~%[]"
        query = parse.quote(parts.query, safe=safe)
        address = parse.urlunsplit((parts.scheme.lower(), host, parse.quote(parts.path, safe=safe) or "/", query, ""))
        asked = request.Request(address, headers={"User-Agent": "article-reader", "Accept": "text/*, */*;q=0.5"})
        with opener.open(asked, timeout=FETCH_SECONDS / 2) as answer:
            chunks: list[bytes] = []
            size = 0
            while chunk := answer.read1(_CHUNK):
                chunks.append(chunk)
                size += len(chunk)
                if size > limit:
                    raise _over(origin, limit)
                if time.monotonic() > deadline:
                    raise TimeoutError
            if answer.length:
                raise SourceError(
                    origin, f"the answer was cut short, {answer.length} bytes of it did not come", "try again"
                )
            declared = answer.headers.get_content_charset()
            return b"".join(chunks), answer.geturl(), _known_codec(declared)
    except error.HTTPError as problem:
        raise SourceError(origin, f"the server answered {problem.code} {problem.reason}") from problem
    except (TimeoutError, error.URLError, http.client.HTTPException, ssl.SSLError, OSError, ValueError) as problem:
        reason = getattr(problem, "reason", problem)
        if isinstance(reason, TimeoutError):
            raise SourceError(origin, "no answer in time", "try again, or download it and open the file") from problem
        what = reason.strerror if isinstance(reason, OSError) and reason.strerror else str(reason)
        raise SourceError(origin, f"it could not be fetched ({what or type(problem).__name__})") from problem


def _known_codec(name: str | None) -> str | None:
    """A declared charset where it is worth more than a look at the bytes: servers say latin-1 without looking."""
    import codecs

    try:
        found = codecs.lookup(name or "")
    except LookupError:
        return None
    return None if found.name in {"iso8859-1", "ascii", "utf-8"} or not found._is_text_encoding else found.name


# --- Decoding --------------------------------------------------------------------------------------------------------


def _decode(data: bytes, origin: str, encoding: str | None, warnings: list[str]) -> tuple[str, str]:
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
        from reader import charset

        if wide := charset.guess_wide(data):
            return _lenient(data, wide, warnings), wide
        if controls > len(head) / 2:
            raise _binary(origin)
    return text, "utf-8"


def _decode_unknown(data: bytes, origin: str, warnings: list[str]) -> tuple[str, str]:
    text = data.decode(errors="replace")
    replaced = text.count("\ufffd")
    foreign = len(text) - len(text.encode("ascii", "ignore"))
    # In another encoding nearly all that is not ASCII would be broken; here it is one in many, or the very end is cut.
    if foreign >= 5 * replaced:
        warnings.append(_replaced(replaced - data.count("\ufffd".encode()), "utf-8"))
        return text, "utf-8"
    from reader import charset

    name = charset.guess(data)
    if name is None:
        raise _binary(origin)
    return _lenient(data, name, warnings), name


def _decode_as(data: bytes, origin: str, encoding: str, warnings: list[str]) -> tuple[str, str]:
    """By the encoding a person or a server named, which is believed even where it is wrong."""
    import codecs

    unknown = SourceError(origin, f"there is no encoding called {encoding}", "try utf-8, gb18030, big5 or shift_jis")
    try:
        name = codecs.lookup(encoding).name
        return _lenient(data, name, warnings).removeprefix("\ufeff"), name
    except (LookupError, ValueError) as error:
        # A ValueError comes of a name with a NUL, and of codecs that know no "replace".
        raise unknown from error


def _lenient(data: bytes, name: str, warnings: list[str]) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        text = data.decode(name, "replace")
        warnings.append(_replaced(text.count("\ufffd"), name))
        return text


def _replaced(count: int, name: str) -> str:
    places = f"{count} places" if count > 1 else "one place"
    return f"The file is not quite {name}: in {places} what could not be decoded is shown as \ufffd."


def _binary(origin: str) -> SourceError:
    return SourceError(origin, "it looks like binary data, not text", "if it is text, name its `--encoding`")


def _refuse_known_binary(data: bytes, origin: str) -> None:
    for signature, what, remedy in _SIGNATURES:
        # Letters alone could begin an article; a file of that kind has NULs soon after.
        if data.startswith(signature) and (0 in data[:4096] or not signature.isalnum()):
            raise SourceError(origin, f"it looks like {what}, not an article", remedy)
    if data[257:262] == b"ustar":
        raise SourceError(origin, "it looks like a tar archive, not an article", _UNPACK)
