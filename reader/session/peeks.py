"""A look at what a place of the page leads to, without going there: a note, a reference, a place, another article.

Owns what is shown of each, as a Document of a few blocks, and where Enter goes. Refuses the network: the head of a web
page is looked at only when the person has said yes, which a command asks.

Invariant: at most `MAX_CHARACTERS` of running text, or one entry, are shown; a look that comes late, when the person is
elsewhere, is dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain, islice
from typing import NamedTuple

from reader import sanitize
from reader.document import Block, Document, Heading, Note, Paragraph, Range, Title
from reader.layout import Line, ReadingTime, front
from reader.loading import Feed, FeedError
from reader.locale import _, ngettext
from reader.session.article import Article
from reader.session.links import Links, anchor_offset
from reader.session.opening import Opening
from reader.session.reading import Reading
from reader.session.references import Abbreviated, Cited, References

MAX_CHARACTERS = 1500


class Peek(NamedTuple):
    """What is shown."""

    title: str
    document: Document
    """Its blocks alone are shown."""
    go: Callable[[], object] | None
    """Goes there; None where it stands nowhere in an article."""
    front: tuple[Line, ...] = ()
    """Lines under the title."""


class Peeks:
    """Looks at what the open article leads to."""

    def __init__(self, reading: Reading, links: Links, opening: Opening) -> None:
        self.reading = reading
        self.links = links
        self.opening = opening
        self._references: References | None = None
        self._asked: object = None
        """The look that is waited for."""

    @property
    def references(self) -> References:
        """Those of the document as it is now."""
        document = self.reading.article.document
        if self._references is None or self._references.document is not document:
            self._references = References(document)
        return self._references

    def note(self, label: str) -> Peek | None:
        """A footnote; None, said, where it is not defined."""
        document = self.reading.article.document
        start = document.notes.get(label)
        if start is None:
            self.links.to_footnote(label)
            return None
        blocks: list[Block] = []
        for block in document.blocks[document.block_index(start) :]:
            if not any(isinstance(one, Note) and one.label == label for one in block.containers):
                break
            blocks.append(block)
        return Peek(_("Footnote"), _only(document, blocks), partial(self.links.to_footnote, label))

    def in_text(self, shown: Range) -> list[Cited | Abbreviated]:
        """The words in a range of the text that refer to something, though they are no links."""
        return [*self.references.cited(shown), *self.references.abbreviated(shown)]

    def said(self, place: Cited | Abbreviated) -> Peek:
        """The entries a place cites, or what a word stands for."""
        document, entries = self.reading.article.document, self.references.entries
        if isinstance(place, Abbreviated):
            text = document.abbreviations[place.word]
            return Peek(place.word, Document(text, blocks=(Paragraph(0, len(text)),)), None)
        cited = place
        blocks = [_part(document, entries[number]) for number in cited.numbers]
        first = entries[cited.numbers[0]].start
        title = ngettext("Reference", "References", len(blocks))
        go = partial(self.reading.jump, first, above=self.reading.viewport.rows // 3)
        return Peek(title, _only(document, blocks), go)

    def place(self, name: str) -> Peek | None:
        """A place in the open article; None, said, where there is none."""
        document = self.reading.article.document
        there = anchor_offset(document, name)
        if there is None:
            self.links.to_anchor(name)
            return None
        return Peek(_("In this article"), _only(document, _from(document, there)), partial(self.links.to_anchor, name))

    def article(self, target: str, anchor: str, then: Callable[[Peek], object]) -> None:
        """The head of another article, or a place in it; `then` gets it when it is read. `target` is a path, or an
        address that the person wants fetched."""
        self.reading.say(_("Looking at {name} …").format(name=sanitize.clean_line(target)))
        asked = self._asked = object()
        here = (self.reading.article, self.reading.viewport.top_offset)
        self.reading.background.run(partial(self._look, asked, here, target, anchor, then), group="peek")

    def _look(
        self, asked: object, here: tuple[Article, int], target: str, anchor: str, then: Callable[[Peek], object]
    ) -> None:
        """Runs in a thread."""
        feed = Feed(self.opening.order_for(target))
        found: Peek | str
        try:
            document = feed.open().document
            coming = chain((document,), feed.rest())
            for document in (one for one in coming if isinstance(one, Document)):
                there = anchor_offset(document, anchor) if anchor else 0
                if (
                    asked is not self._asked
                    or document.complete
                    or (there is not None and len(document.text) > there + MAX_CHARACTERS)
                ):
                    break
            found = self._head(document, target, anchor)
        except FeedError as problem:
            found = str(problem)
        finally:
            feed.close()
        self.reading.background.tell(self._looked, asked, here, found, then)

    def _head(self, document: Document, target: str, anchor: str) -> Peek:
        go = partial(self.opening.open, target, anchor)
        there = anchor_offset(document, anchor) if anchor else None
        if there:
            return Peek(sanitize.clean_line(target), _only(document, _from(document, there)), go)
        time = ReadingTime()
        time.count(document.text)
        lines = front(document, time.minutes(document))
        return Peek(sanitize.clean_line(target), _only(document, _from(document, 0)), go, lines)

    def _looked(
        self, asked: object, here: tuple[Article, int], found: Peek | str, then: Callable[[Peek], object]
    ) -> None:
        if asked is not self._asked or here != (self.reading.article, self.reading.viewport.top_offset):
            return
        self._asked = None
        if isinstance(found, str):
            self.reading.say(found, warning=True)
        else:
            self.reading.say("")
            then(found)


def _only(document: Document, blocks: Sequence[Block]) -> Document:
    return replace(document, blocks=tuple(blocks), sections=())


def _part(document: Document, where: Range) -> Block:
    """The block of a range, cut to it."""
    block = document.blocks[document.block_index(where.start)]
    spans = tuple(span for span in block.spans if where.start <= span.start and span.end <= where.end)
    return replace(block, start=where.start, end=where.end, spans=spans)


def _from(document: Document, offset: int) -> list[Block]:
    """The blocks from an offset on: its section, as far as it is not too long."""
    return list(_blocks_from(document, offset))


def _blocks_from(document: Document, offset: int) -> Iterator[Block]:
    first = document.block_index(offset)
    characters = 0
    for index, block in enumerate(islice(document.blocks, first, None)):
        if characters and (isinstance(block, Heading) and characters > MAX_CHARACTERS // 5):
            return
        if characters + len(block) > MAX_CHARACTERS:
            if index == 0 or characters < MAX_CHARACTERS // 5:
                yield _part(document, Range(block.start, block.start + _whole(document, block, characters)))
            return
        yield block
        characters += 0 if isinstance(block, Title | Heading) else len(block)


def _whole(document: Document, block: Block, characters: int) -> int:
    """How much of a block that is too long is shown: up to a sentence's end, or a word's."""
    most = MAX_CHARACTERS - characters
    text = document.text[block.start : block.start + most]
    for marks in ("\n", "。！？!?.", " ，、；"):
        cut = max(text.rfind(mark, most // 2) for mark in marks) + 1
        if cut:
            return cut
    return most
