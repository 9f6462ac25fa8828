"""The choice of the article against a public benchmark: a part of its pages, where they are beside the project.

`../shared/tools/web_eval.py` measures all of them, in the same way: the 4-grams of words of what is shown and of what a
person marked as the article, precision and recall as means over the pages. What a page has more than running text
(title, images, captions) is no part of the marked text and is left out of the comparison.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter

import pytest
from samples import SHARED

from reader.document import Document, Paragraph, Title
from reader.parse import page_pieces

FOLDER = SHARED / "web"
EVERY = 4
"""One page in so many is looked at here."""


def grams(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(zip(words, words[1:], words[2:], words[3:], strict=False))


def prose(document: Document) -> str:
    parts = []
    for block in document.blocks:
        if not isinstance(block, Title) and not (isinstance(block, Paragraph) and block.role == "caption"):
            at = block.start
            for span in block.spans:
                if span.kind == "image":
                    parts.append(document.text[at : span.start])
                    at = span.end
            parts.append(document.text[at : block.end] + "\n")
    return "".join(parts)


@pytest.mark.skipif(not FOLDER.exists(), reason="../shared/web is not here")
def test_the_article_is_found() -> None:
    precision, recall = [], []
    with gzip.open(FOLDER / "truth.jsonl.gz", "rt", encoding="utf-8") as truth:
        for line in list(truth)[::EVERY]:
            page = json.loads(line)
            source = gzip.decompress((FOLDER / "html" / f"{page['id']}.html.gz").read_bytes()).decode(
                "utf-8", "replace"
            )
            document = Document()
            for document in page_pieces(source):  # noqa: B007
                pass
            mine, true = grams(prose(document)), grams(page["text"])
            shared = (mine & true).total()
            precision.append(shared / mine.total() if mine else 0.0)
            recall.append(shared / true.total() if true else 1.0)
    p, r = sum(precision) / len(precision), sum(recall) / len(recall)
    assert 2 * p * r / (p + r) >= 0.955, f"precision {p:.3f}, recall {r:.3f}"
