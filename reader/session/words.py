"""Where words, sentences and paragraphs begin and end, for selecting by keyboard.

Owns the rules: a run of letters and digits is a word; Han text is cut into words where the package jieba is installed
and has been loaded, else each character is one; kana go by runs of one kind. Sentences are those of the claims; a
footnote's mark belongs to none.
Refuses to load jieba by itself where a key waits: `load` is for a thread.

Invariant: linear in the text looked at, which is one block and its neighbours.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeAlias

from reader.document import Block, Document, Paragraph, Range
from reader.sanitize import pattern

Cut: TypeAlias = Callable[[str], Iterable[str]]
"""From Han text to its words, whose join is the text."""

_HAN: Final = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD: Final = pattern(
    rf"[{_HAN}]+|[\u3041-\u309f]+|[\u30a1-\u30ff\u31f0-\u31ff]+|[^\W{_HAN}\u3041-\u30ff]+(?:['’.\-][^\W{_HAN}\u3041-\u30ff]+)*"
)
_IS_HAN: Final = pattern(rf"[{_HAN}]")
_MAX_BLOCK: Final = 1 << 16
"""Characters of a block that are cut at once; of a longer one the part around the place is."""


def load() -> Cut | None:
    """What cuts Han text into words; None where jieba is not installed. Takes a second: for a thread."""
    try:
        import jieba
    except ImportError:
        return None
    made = jieba.Tokenizer()
    # as `initialize` does it, but for its cache: that is a file of a known name in a folder that everybody may write to
    made.FREQ, made.total = made.gen_pfdict(made.get_dict_file())
    made.initialized = True
    cut: Cut = made.cut
    return cut


def words(text: str, start: int = 0, cut: Cut | None = None) -> list[Range]:
    """The words of a text that begins at offset `start`."""
    found: list[Range] = []
    for match in _WORD.finditer(text):
        first = start + match.start()
        if not _IS_HAN.match(match[0]):
            found.append(Range(first, first + len(match[0])))
            continue
        for part in cut(match[0]) if cut is not None else match[0]:
            found.append(Range(first, first + len(part)))
            first += len(part)
    return found


def sentences(text: str, start: int = 0, *, lines: bool = True) -> Iterator[Range]:
    """The sentences of a text that begins at offset `start`, without the white space between them. `lines`: a line
    break ends one, too."""
    from reader.claims import split

    return (Range(start + first, start + end) for first, end in split(text, lines=lines))


class Units:
    """The words, sentences and paragraphs of one document."""

    def __init__(self, document: Document, cut: Cut | None = None) -> None:
        self.document = document
        self.cut = cut

    def word(self, offset: int, step: int) -> Range | None:
        """The first word that begins at `offset` or later (1), or the last that ends there or before (-1)."""
        return self._unit(offset, step, lambda text, start: words(text, start, self.cut))

    def word_at(self, offset: int) -> Range | None:
        """The word over an offset, else the one after it."""
        return self.over(offset, lambda text, start: words(text, start, self.cut)) or self.word(offset, 1)

    def sentence(self, offset: int, step: int) -> Range | None:
        """The first sentence that ends after `offset` (1), or the last that begins before it (-1)."""
        for block in self._blocks(offset, step):
            text, start = self._text(block, offset)
            for mark in block.spans:
                if mark.kind == "note" and start <= mark.start and mark.end <= start + len(text):
                    text = f"{text[: mark.start - start]}{' ' * len(mark)}{text[mark.end - start :]}"
            flows = isinstance(block, Paragraph) and block.role == "plain"
            found = list(sentences(text, start, lines=not flows))
            if step > 0:
                at = bisect_right(found, offset, key=lambda one: one.end)
            else:
                at = bisect_left(found, offset, key=lambda one: one.start) - 1
            if 0 <= at < len(found):
                return found[at]
        return None

    def paragraph(self, offset: int, step: int) -> Range | None:
        """The first paragraph that ends after `offset` (1), or the last that begins before it (-1)."""
        for block in self._blocks(offset, step):
            if block.start < block.end and (block.end > offset if step > 0 else block.start < offset):
                return Range(block.start, block.end)
        return None

    def over(self, offset: int, units: Callable[[str, int], Iterable[Range]]) -> Range | None:
        """The unit over an offset; None between two."""
        if not self.document.blocks:
            return None
        text, start = self._text(self.document.blocks[self.document.block_index(offset)], offset)
        return next((unit for unit in units(text, start) if unit.start <= offset < unit.end), None)

    def _unit(self, offset: int, step: int, units: Callable[[str, int], list[Range]]) -> Range | None:
        for block in self._blocks(offset, step):
            text, start = self._text(block, offset)
            found = units(text, start)
            if step > 0:
                at = bisect_left(found, offset, key=lambda one: one.start)
            else:
                at = bisect_right(found, offset, key=lambda one: one.end) - 1
            if 0 <= at < len(found):
                return found[at]
        return None

    def _blocks(self, offset: int, step: int) -> Iterator[Block]:
        blocks = self.document.blocks
        at = self.document.block_index(offset) if blocks else 0
        while 0 <= at < len(blocks):
            yield blocks[at]
            at += step

    def _text(self, block: Block, offset: int) -> tuple[str, int]:
        """The text of a block and where it begins; of a very long one the part around `offset`."""
        start, end = block.start, block.end
        if end - start > _MAX_BLOCK:
            middle = max(start, min(offset, end))
            start, end = max(start, middle - _MAX_BLOCK // 2), min(end, middle + _MAX_BLOCK // 2)
        return self.document.text[start:end], start
