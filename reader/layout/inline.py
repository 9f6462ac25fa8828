"""Running text in rows: the spans of a block as runs of one style, with their ornaments, wrapped to a width.

Owns the ornaments inside a line (image labels, brackets, markers for outputs without styles) and the Unicode characters
for superscripts and subscripts. Refuses to know about blocks: it takes spans, a range and a role.

Invariant: the rows of a range show all of it in order, but for line breaks and white space at row ends.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from reader.document import Document, Range, Span
from reader.language import image_word
from reader.layout.rows import Piece, Row
from reader.layout.wrap import cells, wrapped

MIN_TEXT_CELLS = 2
"""Width that a hanging marker must leave to the text: that of the widest character."""
_MAX_SCRIPT_CHARS = 12
"""Length up to which a superscript or subscript without Unicode characters gets `^(…)` or `_(…)`; longer ones are small
print, not a formula, and are shown as they are."""

_SUPERSCRIPT = dict(
    zip("0123456789+-=()abcdefghijklmnoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", strict=True)
)
_SUBSCRIPT = dict(zip("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))


class Inline:
    """The running text of one document."""

    def __init__(self, document: Document, *, signs: bool = False, images: bool = True) -> None:
        self.text = document.text
        self._signs = signs
        self._images = images
        self._image_numbers: dict[int, int] = {}
        self._images_known = 0
        self._image_word = ""
        self.grow(document)

    def grow(self, document: Document) -> None:
        """Takes a document that extends the present one."""
        self.text = document.text
        self._image_numbers.update((image.start, image.number) for image in document.images[self._images_known :])
        self._images_known = len(document.images)
        if not self._image_word and self.text:
            self._image_word = image_word(self.text)

    def rows(
        self,
        spans: Sequence[Span],
        start: int,
        end: int,
        width: int,
        role: str,
        *,
        marker: str = "",
        continued: bool = False,
    ) -> Iterator[Row]:
        """Wraps the range [start, end) of the text to `width` cells; at least one row, an empty one for no text.

        `marker` is shown before the first row and the others are indented by its width; it is left out where it leaves
        no room. `continued`: the range continues a block, so blanks take the marker's place in the first row too.
        """
        indent = cells(marker)
        if indent + MIN_TEXT_CELLS > width:
            marker, indent = "", 0
        if continued:
            marker = " " * indent
        if not spans and not marker:
            shown = self.text[start:end]
            for first, last in wrapped(shown, width):
                yield Row((Piece(shown[first:last], role, Range(start + first, start + last)),) if last > first else ())
            return
        runs = self.runs(spans, start, end, role)
        shown = runs[0].text if len(runs) == 1 else "".join(run.text for run in runs)
        starts = [0]
        for run in runs:
            starts.append(starts[-1] + len(run.text))
        lead = Piece(marker, f"{role} sign")
        for first, last in wrapped(shown, width - indent) or ((0, 0),):
            pieces = _slice(runs, starts, first, last)
            yield Row((lead, *pieces) if marker else tuple(pieces))
            if indent:
                lead = Piece(" " * indent, role)

    def runs(self, spans: Sequence[Span], start: int, end: int, role: str) -> list[Piece]:
        """The range as runs of one role each, with ornaments where spans begin and end."""
        runs: list[Piece] = []
        text = self.text
        stack: list[tuple[Span, str]] = []
        at = start

        def emit(stop: int) -> None:
            nonlocal at
            if stop > at:
                kind = stack[-1][0].kind if stack else ""
                run_role = stack[-1][1] if stack else role
                shown = text[at:stop]
                if kind in ("sub", "sup"):
                    shown = _script_text(shown, kind)
                runs.append(Piece(shown, run_role, Range(at, stop)))
                at = stop

        def close() -> None:
            span, span_role = stack.pop()
            after = self._ornaments(span)[1]
            if after and span.end <= end:
                runs.append(Piece(after, span_role))

        for span in spans:
            if span.end <= start or span.start >= end:
                continue
            while stack and stack[-1][0].end <= span.start:
                emit(min(end, stack[-1][0].end))
                close()
            emit(max(start, span.start))
            if span.kind == "image" and not self._images:
                at = max(at, min(end, span.end))
                if not runs or runs[-1].text[-1:].isspace():
                    at += len(text[at:end]) - len(text[at:end].lstrip())
                continue
            name = f"sgr-{span.target}" if span.kind == "sgr" else span.kind
            stack.append((span, f"{stack[-1][1] if stack else role} {name}"))
            before = self._ornaments(span)[0]
            if before and span.start >= start:
                runs.append(Piece(before, stack[-1][1]))
        while stack:
            emit(min(end, stack[-1][0].end))
            close()
        emit(end)
        return runs

    def shown(self, spans: Sequence[Span], where: Range) -> str:
        """The characters a range is shown with before it is wrapped, ornaments included."""
        return "".join(run.text for run in self.runs(spans, where.start, where.end, ""))

    def _ornaments(self, span: Span) -> tuple[str, str]:
        """What is shown before and after a span."""
        match span.kind:
            case "image":
                number = self._image_numbers.get(span.start, 0)
                return f"🖼\u00a0{self._image_word}\u00a0{number}\u00a0·\u00a0", ""
            case "kbd" | "note":
                return "[", "]"
            case "code" if self._signs:
                return "`", "`"
            case "strike" if self._signs:
                return "~~", "~~"
            case "sub" | "sup" if len(span) <= _MAX_SCRIPT_CHARS:
                if _has_no_script(self.text[span.start : span.end], span.kind):
                    return ("_(", ")") if span.kind == "sub" else ("^(", ")")
                return "", ""
            case _:
                return "", ""


def lines(text: str, start: int, end: int) -> Iterator[Range]:
    """The lines of the range [start, end) of a text, their line feeds left out; an empty range is one empty line."""
    while True:
        found = text.find("\n", start, end)
        yield Range(start, end if found < 0 else found)
        if found < 0:
            return
        start = found + 1


def spans_in(spans: Sequence[Span], where: Range) -> Sequence[Span]:
    """The spans that start in a range, by bisection: a table may have a hundred thousand, each inside a cell."""
    first = bisect_left(spans, where.start, key=lambda span: span.start)
    return spans[first : bisect_left(spans, where.end, first, key=lambda span: span.start)]


def _slice(runs: Sequence[Piece], starts: Sequence[int], first: int, last: int) -> list[Piece]:
    """The characters [first, last) of runs set one after the other; `starts` are the places at which each begins."""
    found: list[Piece] = []
    index = max(0, bisect_right(starts, first) - 1)
    while index < len(runs) and starts[index] < last:
        run, begin, stop = runs[index], starts[index], starts[index + 1]
        if first <= begin and stop <= last:
            if stop > begin:
                found.append(run)
        else:
            low, high = max(0, first - begin), min(stop, last) - begin
            if high > low:
                where = run.range
                cut = None if where is None else Range(where.start + low, where.start + high)
                found.append(Piece(run.text[low:high], run.role, cut))
        index += 1
    return found


def _has_no_script(text: str, kind: str) -> bool:
    """Whether some letter or digit of `text` has no superscript ("sup") or subscript ("sub") character in Unicode."""
    table = _SUBSCRIPT if kind == "sub" else _SUPERSCRIPT
    return any(char.isalnum() and char not in table for char in text)


def _script_text(text: str, kind: str) -> str:
    """`text` in superscript or subscript characters; unchanged where some of it has none."""
    table = _SUBSCRIPT if kind == "sub" else _SUPERSCRIPT
    return text if _has_no_script(text, kind) else "".join(table.get(char, char) for char in text)
