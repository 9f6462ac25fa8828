"""Text from a pipe as it comes: every byte once, in time, decoded as the whole would be."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.source import SourceError, pipe, read
from reader.source.pipe import Decoder, Pipe

DESCRIPTORS = Path("/dev/fd")
pytestmark = pytest.mark.skipif(not DESCRIPTORS.exists(), reason="this system names no open files")


class Producer:
    """Writes into a pipe whose other end has a name."""

    def __init__(self) -> None:
        self._out, self._in = os.pipe()
        self.name = f"/dev/fd/{self._out}"

    def write(self, data: bytes) -> None:
        os.write(self._in, data)

    def write_on(self) -> None:
        for _ in range(200):
            self.write(b"two\n")
            time.sleep(0.01)

    def end(self) -> None:
        ended, self._in = self._in, -1  # before it is closed: who reads it may end the test at once
        if ended >= 0:
            os.close(ended)

    def close_reading(self) -> None:
        """Leaves the end to read from to whoever has opened it by its name."""
        if self._out >= 0:
            os.close(self._out)
            self._out = -1

    def close(self) -> None:
        self.end()
        self.close_reading()


@pytest.fixture
def producer() -> Iterator[Producer]:
    made = Producer()
    yield made
    made.close()


def text_of(opened: Pipe) -> str:
    return opened.source.text + "".join(opened.rest())


def test_the_first_text_comes_before_the_end(producer: Producer) -> None:
    producer.write(b"one\n")
    opened = Pipe(producer.name)
    assert (opened.source.text, opened.ended) == ("one\n", False)
    rest = opened.rest()
    assert next(rest) == "", "a pause"
    producer.write(b"two\n")
    assert next(rest) == "two\n"
    producer.end()
    assert "".join(rest) == ""
    assert opened.ended


def test_a_pause_is_told_once(producer: Producer) -> None:
    producer.write(b"one\n")
    rest = Pipe(producer.name).rest()
    assert next(rest) == ""
    told = threading.Event()
    threading.Thread(target=lambda: (next(rest), told.set()), daemon=True).start()
    assert not told.wait(5 * pipe.PAUSE_S)
    producer.write(b"two\n")
    assert told.wait(10)


def test_what_comes_at_once_is_read_as_a_whole(producer: Producer) -> None:
    threading.Thread(target=lambda: (producer.write(b"# Lamp\n\n" + b"word " * 50_000), producer.end())).start()
    opened = Pipe(producer.name)
    assert opened.ended
    assert len(opened.source.text) == 250_008
    assert (opened.source.kind, opened.source.path, opened.source.url) == ("markdown", None, None)


def test_its_source_is_that_of_a_file_at_the_end(producer: Producer, tmp_path: Path) -> None:
    data = "灯\r\nlamp\r".encode() * 100
    (tmp_path / "a.md").write_bytes(data)
    producer.write(data[:151])
    opened = Pipe(producer.name)
    producer.write(data[151:])
    producer.end()
    found = read(str(tmp_path / "a.md"))
    assert text_of(opened) == found.text
    assert (opened.source.digest, opened.source.encoding) == (found.digest, found.encoding)


def test_a_pipe_without_a_word_is_empty_and_says_so(producer: Producer) -> None:
    producer.end()
    opened = Pipe(producer.name)
    assert (opened.source.text, opened.source.warnings) == ("", ("The file is empty.",))


def test_a_fast_and_long_one_waits_for_who_reads(producer: Producer) -> None:
    count = 200
    written = []

    def write() -> None:
        for _ in range(count):
            producer.write(b"INFO a line of it\n" * 4000)
            written.append(1)
        producer.end()

    threading.Thread(target=write, daemon=True).start()
    opened = Pipe(producer.name)
    time.sleep(0.2)
    assert len(written) < count, "it waits"
    assert len(text_of(opened)) == count * 4000 * 18


def test_the_limit_ends_it(producer: Producer) -> None:
    producer.write(b"INFO 1\nINFO 2\n")
    opened = Pipe(producer.name, limit=10)
    assert text_of(opened) == "INFO 1\nINF"
    (warning,) = opened.source.warnings
    assert "over the limit of 10 bytes; raise it with `--limit 1M`" in warning


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n" + bytes(100), bytes(range(256)) * 64, b"%PDF-1.4\n\0"])
def test_what_is_no_text_is_refused(producer: Producer, data: bytes) -> None:
    producer.write(data)
    producer.end()
    with pytest.raises(SourceError, match=r"binary|a PNG|a PDF"):
        Pipe(producer.name)


def test_a_name_that_is_not_open_is_refused() -> None:
    with pytest.raises(SourceError):
        Pipe("/dev/fd/987")


# --- Decoding


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60), st.lists(st.integers(1, 9), max_size=30))
def test_utf8_in_parts_is_utf8(text: str, sizes: list[int]) -> None:
    text = text.replace("\0", "")
    data, parts = text.encode(), []
    for size in sizes:
        parts.append(data[:size])
        data = data[size:]
    decoder = Decoder("a", "utf-8")
    found = "".join([*map(decoder.decode, parts), decoder.decode(data, final=True)])
    assert found == text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    assert decoder.warnings == ()


def decoded(parts: list[bytes], encoding: str | None = None) -> tuple[str, str, tuple[str, ...]]:
    decoder = Decoder("a", encoding)
    text = "".join([*map(decoder.decode, parts), decoder.decode(b"", final=True)])
    return text, decoder.encoding, decoder.warnings


CHINESE = "河边的图书馆很安静，那里的人不多。\n" * 20


@pytest.mark.parametrize("encoding", ["gb18030", "big5", "utf-16", "utf-16-le", "utf-8-sig", "shift_jis", "euc_kr"])
@pytest.mark.parametrize("size", [3, 1000, 100_000])
def test_other_encodings_are_recognised(encoding: str, size: int) -> None:
    text = {
        "big5": "河邊的圖書館很安靜，那裡的人不多。\n",
        "shift_jis": "川のそばの図書館は静かで、人は少ない。\n",
        "euc_kr": "강가의 도서관은 조용하고 사람이 적다.\n",
    }.get(encoding, CHINESE) * 20
    data = text.encode(encoding)
    parts = [data[:2000], *(data[at : at + size] for at in range(2000, len(data), size))]
    assert decoded(parts)[0] == text


def test_the_first_bytes_beyond_ascii_decide() -> None:
    code = "int main(void) { return 0; }\n" * 100
    data = (code + CHINESE).encode("gb18030")
    parts = [data[at : at + 1000] for at in range(0, len(data), 1000)]
    assert decoded(parts) == (code + CHINESE, "gb18030", ())


def test_a_broken_place_in_utf8_is_replaced_and_said() -> None:
    data = CHINESE.encode()
    text, encoding, (warning,) = decoded([data[:30], b"\xff" + data[30:]])
    assert (text.replace("\ufffd", ""), encoding) == (CHINESE, "utf-8")
    assert "in one place" in warning


def test_rubbish_behind_text_is_replaced() -> None:
    text, encoding, warnings = decoded([b"plain words\n" * 10, bytes(range(128, 256)) * 40 + bytes(900)])
    assert text.startswith("plain words\n" * 10)
    assert warnings or encoding != "utf-8"


def test_a_named_encoding_is_believed() -> None:
    assert decoded(["Straße".encode("cp1252")], "cp437")[0] == "Stra▀e"
    assert decoded([b"\xef\xbb", b"\xbfa"], "utf8")[0] == "a"
    with pytest.raises(SourceError, match="no encoding of text"):
        decoded([b"abcd"], "punycode")


@given(st.lists(st.binary(max_size=40), max_size=8))
def test_any_bytes_are_text_or_refused(parts: list[bytes]) -> None:
    try:
        text, _, _ = decoded(parts)
    except SourceError:
        return
    assert "\r" not in text


def test_a_pipe_that_is_ended_by_hand_is_complete_and_its_producer_is_told(producer: Producer) -> None:
    producer.write(b"one\n")
    opened = Pipe(producer.name)
    producer.close_reading()
    waiting = threading.Timer(0.2, opened.end)
    waiting.start()
    assert "".join(opened.rest()) == "", "it waited for more"
    assert opened.ended
    assert opened.source.digest
    with pytest.raises(BrokenPipeError):
        producer.write_on()
