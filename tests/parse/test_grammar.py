"""The structure extracted from all examples of the CommonMark spec, against the spec's own HTML.

Compared are headings, links, images, code and emphasis, as kind and text and target. Three things are taken as equal on
purpose: blanks within text, the percent-encoding of targets (ours are as the author wrote them), and line breaks at the
edges of code.
"""

from __future__ import annotations

import json
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest
from samples import SHARED

from reader.document import Code, Document, Heading
from reader.parse import PLAIN, parse

SUITE = SHARED / "suites" / "commonmark-0.31.2.json"
KINDS = {"em": "emphasis", "i": "emphasis", "strong": "strong", "b": "strong", "del": "strike", "code": "code"}
Found = tuple[str, str, str]


def tidy(kind: str, text: str, target: str = "") -> Found:
    return kind, text.strip("\n") if kind == "block" else " ".join(text.split()), unquote(target)


class Expected(HTMLParser):
    """Reads the same structure from HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[list[str]] = []
        self._open: list[tuple[str, list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        kind = KINDS.get(tag, "")
        if tag == "img":
            alt = values.get("alt") or values.get("title", "")
            self.found.append(["image", alt, values.get("src", "")])
            self.handle_data(alt)
            return
        if tag == "code" and self._open and self._open[-1][0] == "pre":
            kind = "block"
        elif tag == "a" and "href" in values:
            kind = "link"
        elif tag[0] == "h" and tag[1:].isdigit():
            kind = f"heading{tag[1:]}"
        entry = [kind, "", values.get("href", "") if kind == "link" else ""]
        if kind:
            self.found.append(entry)
        elif tag in ("br", "p", "li", "div", "td", "th", "tr"):
            self.handle_data(" ")
        if tag not in ("br", "hr", "input", "meta"):
            self._open.append((tag, entry))

    def handle_data(self, data: str) -> None:
        for _, entry in self._open:
            entry[1] += data

    def handle_endtag(self, tag: str) -> None:
        for at in range(len(self._open) - 1, -1, -1):
            if self._open[at][0] == tag:
                del self._open[at:]
                break


def expected(html: str) -> list[Found]:
    parser = Expected()
    parser.feed(html)
    parser.close()
    return sorted(relevant([tidy(*entry) for entry in parser.found]))


def extracted(document: Document) -> list[Found]:
    found: list[Found] = []
    for block in document.blocks:
        if isinstance(block, Heading):
            found.append(tidy(f"heading{block.level}", document.slice(block)))
        elif isinstance(block, Code):
            found.append(tidy("block", document.slice(block)))
        found += [tidy(span.kind, document.slice(span)) for span in block.spans if span.kind in KINDS.values()]
    found += [tidy("link", document.slice(link), link.href) for link in document.links]
    found += [tidy("image", image.alt, image.src) for image in document.images]
    return sorted(relevant(found))


def relevant(found: list[Found]) -> list[Found]:
    """Emphasis and code of nothing has no range."""
    return [entry for entry in found if entry[1] or entry[0] not in KINDS.values()]


def test_all_examples_of_the_spec() -> None:
    if not SUITE.exists():
        pytest.skip("../shared/suites is not here")
    examples = json.loads(SUITE.read_text("utf-8"))
    failed = [
        example["example"]
        for example in examples
        if extracted(parse(example["markdown"], dialect=PLAIN)) != expected(example["html"])
    ]
    print(f"CommonMark 0.31.2: {len(examples) - len(failed)} of {len(examples)}")
    assert len(examples) == 652
    assert failed == []
