"""Plain text becomes a Document line by line: logs, diffs, listings, manual pages.

Owns the reading of what terminals and line printers understand in such text: overstrikes (`_\\bx` underlined, `x\\bx`
bold, as `nroff` writes them) and SGR sequences (ECMA-48, 8.3.117), which become spans. All other controls are made
visible by `sanitize`, but for "erase to the end of the line" and "ASCII", which have no meaning on a page. Refuses
markup of any kind: nothing is joined, left out or lit.

A Document of such text holds paragraphs of role "lines", some 4,000 characters of whole lines each (one a line would
cost a hundred bytes a line), between which stands one line feed, as within them. It has no sections.

Invariant: the text is the source without those sequences, its tabs filled up with blanks to every eighth column.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, Literal, NamedTuple, TypeAlias

from reader.document import NO_TEXT, Document, Metadata, Shown
from reader.locale import _
from reader.parse.dialect import PLAIN
from reader.parse.writer import Writer
from reader.sanitize import clean, clean_line, joined, pattern

FIRST_CHARACTERS: Final = 16 * 1024
MAX_CHARACTERS: Final = 4 << 20
"""Of the first piece that is handed over, and of any; each is twice the one before, since each costs a copy of all."""
_BLOCK_CHARACTERS: Final = 4000
"""What the layout sets at a time."""
_MAX_LINE_CHARACTERS: Final = 1 << 16
"""A longer line is cut: it would be one block, and one that is not shown before it has ended."""
_MAX_SPANS: Final = 200_000
"""Spans of a Document; each costs some 100 bytes."""
_TAB: Final = 8

_SEQUENCE: Final = pattern(r"\x1b\[([0-9;:]*)m|\x1b\[[0-2]?K|\x1b\(B|\x0f")
_OVERSTRUCK: Final = pattern(r"[^\n\x08](?:\x08{1,2}[^\n\x08])++")
"""Characters struck one over the other; a wide one is stepped back over twice."""


def lines(arriving: Iterable[str], metadata: Metadata, *, size: int = 0) -> Iterator[Document]:
    """Growing Documents of a text that comes in parts, each an extension of the one before; the last is complete.

    `arriving` are the parts, line ends "\\n"; an empty one says that there is a pause. `size` is how many characters
    they have altogether; 0: nobody knows, and then a Document follows every part.
    """
    writer = _Lines(metadata)
    wanted = FIRST_CHARACTERS
    for part in arriving:
        for _part in writer.take(part):
            if writer.fresh >= wanted:
                yield writer.document(size)
                wanted = min(MAX_CHARACTERS, 2 * wanted)
        if writer.fresh and not size:
            yield writer.document(size)
    for _part in writer.take("", final=True):
        pass
    yield writer.document(size, complete=True)


class _Lines:
    """What is written of a text, and the end of it that is still to be written."""

    def __init__(self, metadata: Metadata) -> None:
        self.fresh = 0
        """Characters written since the last Document."""
        self._metadata = metadata
        self._writer = Writer(PLAIN)
        self._writer.enter(None, tight=True)
        self._rest = ""
        self._line = 0
        self._look = _PLAIN
        self._blank = 0
        """Blank lines that are read and not written: something must follow them."""
        self._spans = 0
        self._taken = 0
        self._text = NO_TEXT

    def take(self, part: str, *, final: bool = False) -> Iterator[None]:
        """Writes the lines that are whole, a block at a step. Blank lines wait until something follows them."""
        source = self._rest + part
        end = len(source) if final else source.rfind("\n")
        blank = end - len(source[: max(0, end)].rstrip("\n"))
        if blank <= _MAX_LINE_CHARACTERS:
            end -= blank
        start = 0
        while start < end:
            cut = end if end - start <= _BLOCK_CHARACTERS else source.rfind("\n", start + 1, start + _BLOCK_CHARACTERS)
            if cut < 0:
                cut = source.find("\n", start + 1, min(end, start + _MAX_LINE_CHARACTERS))
            if cut < 0:
                cut = min(end, start + _MAX_LINE_CHARACTERS)
            ended = source.startswith("\n", cut)
            self._write(source[start:cut], ended)
            start = cut + ended
            yield
        self._rest = source[start:]
        if not final and len(self._rest) > 2 * _MAX_LINE_CHARACTERS:
            yield from self.take("", final=True)

    def _write(self, source: str, ended: bool) -> None:
        self.fresh += len(source) + ended
        self._taken += len(source) + ended
        if self._look == _PLAIN and "\x1b" not in source and "\b" not in source and "\x0f" not in source:
            self._writer.plain("\n" * self._blank + source.expandtabs(_TAB), self._line - self._blank, "lines")
            self._blank = 0
        else:
            self._write_runs(self._runs(source), ended)
        self._line += source.count("\n") + ended

    def _write_runs(self, runs: list[tuple[str, Look]], ended: bool) -> None:
        """Writes a block, but for lines at its end that hold sequences alone: they are blank, and wait like others."""
        blank = 0
        while runs and (bare := runs[-1][0].rstrip("\n")) != runs[-1][0]:
            text, look = runs.pop()
            blank += len(text) - len(bare)
            if bare:
                runs.append((bare, look))
        if not runs:
            self._blank += blank + ended
            return
        writer = self._writer
        writer.begin(self._line - self._blank)
        writer.put("\n" * self._blank)
        self._blank = blank
        column = 0
        for text, look in runs:
            if "\t" in text:
                text = ("x" * column + text).expandtabs(_TAB)[column:]
            kinds = look.spans() if self._spans < _MAX_SPANS else ()
            for kind, target in kinds:
                writer.open(kind, target)
            writer.put(text)
            for kind, _target in reversed(kinds):
                writer.close(kind)
            line = text.rfind("\n")
            column = len(text) - line - 1 if line >= 0 else column + len(text)
        count = len(writer.blocks)
        writer.end_paragraph("lines")
        self._spans += sum(len(block.spans) for block in writer.blocks[count:])

    def _runs(self, source: str) -> list[tuple[str, Look]]:
        """The text in runs of one look; what the last sequence sets stays."""
        runs: list[tuple[str, Look]] = []
        at = 0
        for found in (*_SEQUENCE.finditer(source), None):
            runs += _struck(source[at : found.start() if found else len(source)], self._look)
            if found:
                at = found.end()
                if found[1] is not None:
                    self._look = self._look.after(found[1])
        return runs

    def document(self, size: int, *, complete: bool = False) -> Document:
        """The Document as far as it is written."""
        self.fresh = 0
        warnings: tuple[Shown, ...] = ()
        if self._spans >= _MAX_SPANS:
            few = _("Colours are shown in the beginning only: there are more than {count:,} places.").format(
                count=_MAX_SPANS
            )
            warnings = (clean_line(few),)
        self._text = joined((self._text, clean(self._writer.text_from(len(self._text)))))
        return Document(
            self._text,
            self._metadata,
            tuple(self._writer.blocks),
            warnings=warnings,
            complete=complete,
            progress=1.0 if complete or not size else min(1.0, self._taken / size),
        )


_Kind: TypeAlias = Literal["strong", "emphasis", "strike", "sgr"]


class Look(NamedTuple):
    """What SGR sequences have set so far."""

    bold: bool = False
    dim: bool = False
    italic: bool = False
    underline: bool = False
    reverse: bool = False
    strike: bool = False
    fore: str = ""
    """The parameters that set the colour; empty: the page's."""
    back: str = ""

    @lru_cache(maxsize=256)  # noqa: B019
    def spans(self) -> tuple[tuple[_Kind, str], ...]:
        """Kinds and targets of the spans that say it, outermost first."""
        # Text in the colour of its ground is shown in the page's: nothing is hidden by its colour.
        fore = "" if _same_colour(self.fore, self.back) else self.fore
        codes = ";".join(filter(None, ("2" * self.dim, "7" * self.reverse, fore, self.back)))
        said: tuple[tuple[_Kind, str | bool], ...] = (
            ("strong", self.bold),
            ("emphasis", self.italic or self.underline),
            ("strike", self.strike),
            ("sgr", codes),
        )
        return tuple((kind, value if isinstance(value, str) else "") for kind, value in said if value)

    @lru_cache(maxsize=1024)  # noqa: B019
    def after(self, parameters: str) -> Look:
        """The look that a sequence leaves; parameters that are not known, or would hide text, change nothing."""
        look = self
        codes = parameters.split(";")
        at = 0
        while at < len(codes):
            code, _, more = codes[at].partition(":")
            at += 1
            if code in ("38", "48"):
                if more:
                    parts = [part for part in more.split(":") if part]
                else:
                    parts = codes[at : at + (2 if codes[at : at + 1] == ["5"] else 4)]
                    at += len(parts)
                if colour := _extended(parts):
                    name = "fore" if code == "38" else "back"
                    look = look._replace(**{name: f"{code};{colour}"})  # type: ignore[arg-type]
            elif code == "4":
                look = look._replace(underline=more != "0")
            elif len(code) < 4:
                look = look._obeyed(int(code) if code.isdecimal() else 0)
        return look

    def _obeyed(self, code: int) -> Look:
        match code:
            case 0:
                return Look()
            case 1:
                return self._replace(bold=True)
            case 2:
                return self._replace(dim=True)
            case 22:
                return self._replace(bold=False, dim=False)
            case 3 | 23:
                return self._replace(italic=code == 3)
            case 21 | 24:
                return self._replace(underline=code == 21)
            case 7 | 27:
                return self._replace(reverse=code == 7)
            case 9 | 29:
                return self._replace(strike=code == 9)
            case 39:
                return self._replace(fore="")
            case 49:
                return self._replace(back="")
            case _ if 30 <= code <= 37 or 90 <= code <= 97:
                return self._replace(fore=str(code))
            case _ if 40 <= code <= 47 or 100 <= code <= 107:
                return self._replace(back=str(code))
            case _:
                return self


_PLAIN: Final = Look()


def _extended(parts: list[str]) -> str:
    """A colour of a table ("5;n") or of three parts ("2;r;g;b") (ITU-T T.416, 13.1.8); empty where it is none."""
    kind, values = parts[:1], parts[1:]
    count = {"5": 1, "2": 3}.get("".join(kind), 0)
    values = values[-count:] if count else []  # the form with colons may name a colour space before the parts
    if len(values) < count or not count:
        return ""
    numbers = [int(value) if value.isdecimal() and len(value) < 4 else 256 for value in values]
    return ";".join(map(str, (*kind, *numbers))) if max(numbers) < 256 else ""


def _same_colour(fore: str, back: str) -> bool:
    one, _, rest = fore.partition(";")
    other, _, same = back.partition(";")
    return bool(one and other) and int(one) + 10 == int(other) and rest == same


def _struck(text: str, look: Look) -> Iterator[tuple[str, Look]]:
    """A run that has no sequences, its overstrikes resolved; neighbours of one look are one."""
    if "\b" not in text:
        if text:
            yield text, look
        return
    at = 0
    shown, seen = "", look
    for found in _OVERSTRUCK.finditer(text):
        signs = found[0].replace("\b", "")
        drawn = signs.replace("_", "") or signs
        now = look._replace(
            bold=look.bold or drawn.count(drawn[-1]) > 1, underline=look.underline or len(drawn) < len(signs)
        )
        if now != seen or found.start() > at:
            if shown:
                yield shown, seen
            if found.start() > at:
                yield text[at : found.start()], look
            shown, seen = "", now
        shown += drawn[-1]
        at = found.end()
    if shown:
        yield shown, seen
    if at < len(text):
        yield text[at:], look
