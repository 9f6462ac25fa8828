"""A body as its server packed it (RFC 9110, 8.4.1), unpacked in parts of a bounded size.

Owns which codings are asked for: gzip and deflate always, `br` (RFC 7932) and `zstd` (RFC 8878) where the packages of
the extra `web` are at hand. Refuses several codings on top of one another, and a Brotli package that cannot bound what
it gives.

Invariant: however little a body is, no part that comes out of it is larger than `PART_BYTES`.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, Final

PART_BYTES: Final = 4 << 20
_CHUNK_BYTES: Final = 1 << 20
_ZSTD_SLICE_BYTES: Final = 64
"""Of the packed body at once: four bytes of it can stand for 128 KiB (RFC 8878, 3.1.1.2)."""
_ZSTD_WINDOW_BYTES: Final = 8 << 20
"""The most that a server may ask a client to hold (RFC 9659)."""


class PackError(Exception):
    """A body that is not what its coding says; the message says how."""


class CutShort(PackError):
    """A body that ends too early."""


class UnknownCoding(PackError):
    """A coding that is not read."""


@cache
def codings() -> tuple[str, ...]:
    """The codings that can be unpacked, the ones to be preferred first."""
    more = [name for name, maker in (("zstd", _zstd_maker), ("br", _brotli_maker)) if maker() is not None]
    return (*more, "gzip", "deflate")


def unpacked(chunks: Iterator[bytes], coding: str) -> Iterator[bytes]:
    """The parts of a body; empty ones too, between which the caller can look at the clock. Raises `PackError`."""
    if coding not in (*codings(), "x-gzip"):
        raise UnknownCoding(coding)
    if coding == "br":
        yield from _brotli(chunks)
    elif coding == "zstd":
        yield from _zstd(chunks)
    else:
        yield from _zlib(chunks, coding)


def _zlib(chunks: Iterator[bytes], coding: str) -> Iterator[bytes]:
    unpacker = None
    try:
        for chunk in chunks:
            while chunk:
                if unpacker is None:
                    # 32: a gzip or a zlib header. Some servers send "deflate" without one.
                    raw = coding == "deflate" and (chunk[0] & 15 != 8 or int.from_bytes(chunk[:2], "big") % 31 != 0)
                    unpacker = zlib.decompressobj(-zlib.MAX_WBITS if raw else zlib.MAX_WBITS | 32)
                yield unpacker.decompress(chunk, _CHUNK_BYTES)
                chunk = unpacker.unconsumed_tail
                if unpacker.eof:
                    chunk, unpacker = unpacker.unused_data, None
        if unpacker is not None:
            yield unpacker.flush()
            if not unpacker.eof:
                raise CutShort
    except zlib.error as error:
        raise PackError from error


def _brotli(chunks: Iterator[bytes]) -> Iterator[bytes]:
    made = _brotli_maker()
    assert made is not None  # `codings` has it
    unpacker = made()
    try:
        for chunk in chunks:
            yield unpacker.process(chunk, output_buffer_limit=_CHUNK_BYTES)
            # Some may be left when more can be taken already.
            while more := unpacker.process(b"", output_buffer_limit=_CHUNK_BYTES):
                yield more
    except Exception as error:  # the package's own kind
        raise PackError from error
    if not unpacker.is_finished():
        raise CutShort


def _zstd(chunks: Iterator[bytes]) -> Iterator[bytes]:
    made = _zstd_maker()
    assert made is not None  # `codings` has it
    unpacker = made()
    begun = False
    try:
        for chunk in chunks:
            for at in range(0, len(chunk), _ZSTD_SLICE_BYTES):
                part = chunk[at : at + _ZSTD_SLICE_BYTES]
                while part:
                    begun = True
                    yield unpacker.decompress(part)
                    part = b""
                    if unpacker.eof:  # another frame may follow
                        part, unpacker, begun = unpacker.unused_data, made(), False
    except Exception as error:  # the package's own kind
        raise PackError from error
    if begun:
        raise CutShort


def _brotli_maker() -> Callable[[], Any] | None:
    """Makes unpackers; None where the package is missing, or older than its bound on what comes out (1.2)."""
    try:
        import brotli

        brotli.Decompressor().process(b"", output_buffer_limit=1)
    except (ImportError, AttributeError, TypeError):
        return None
    made: Callable[[], Any] = brotli.Decompressor
    return made


def _zstd_maker() -> Callable[[], Any] | None:
    try:
        import zstandard
    except ImportError:
        return None
    return lambda: zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW_BYTES).decompressobj()
