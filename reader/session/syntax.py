"""Code in colour: the blocks on the page are coloured once each, by a process that a thread waits for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from reader.document import Code
from reader.session.article import Article
from reader.session.changes import Topic
from reader.session.marks import Mark
from reader.session.reading import Reading

if TYPE_CHECKING:
    from reader.loading import Colourer


class Syntax:
    """The colours of the code blocks of the open article."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._known: dict[int, Sequence[Mark]] = {}
        """Index of a block to its marks; empty marks: none, or they are still being made."""
        self._colourer: Colourer | None = None
        reading.changes.subscribe(self._changed)

    def close(self) -> None:
        """Ends the process."""
        if self._colourer is not None:
            self._colourer.close()

    def _changed(self, topic: Topic) -> None:
        if topic == "article":
            self._known = {}
        elif topic == "moved":
            self.colour()

    def colour(self) -> None:
        """Has the code on the page coloured."""
        article, shown = self.reading.article, self.reading.viewport.shown
        document = article.document
        if not document.blocks or article.skimming:
            return
        first, last = document.block_index(shown.start), document.block_index(shown.end)
        for index in range(first, last + 1):
            block = document.blocks[index]
            if isinstance(block, Code) and block.language and index not in self._known:
                self._known[index] = ()
                if self._colourer is None:
                    from reader.loading import Colourer

                    self._colourer = Colourer()
                self.reading.background.run(partial(self._work, self._colourer, article, index, block), group="syntax")

    def _work(self, colourer: Colourer, article: Article, index: int, block: Code) -> None:
        """Runs in a thread."""
        found = colourer.tokens(article.document.slice(block), block.language)
        marks = [Mark(block.start + start, block.start + end, role) for start, end, role in found]
        if marks:
            self.reading.background.tell(self._coloured, article, index, marks)

    def _coloured(self, article: Article, index: int, marks: list[Mark]) -> None:
        if article is self.reading.article:
            self._known[index] = marks
            article.marks.set("syntax", [mark for at in sorted(self._known) for mark in self._known[at]])
            self.reading.announce("marks")
