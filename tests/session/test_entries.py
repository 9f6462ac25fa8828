"""What the sidebar lists."""

from __future__ import annotations

import pytest

from reader.document import Document, Paragraph
from reader.session.entries import Kept, places

LONG = "The lamp is lit at dusk and put out at dawn. " * 6
CUT = LONG[:200].strip()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("The lamp is lit.", "The lamp is lit."),
        (LONG, f"{LONG[:200].strip()}…"),
        (LONG[:200] + "\n\n", LONG[:200].strip()),
    ],
    ids=["whole", "cut", "just fits"],
)
def test_a_passage_that_is_cut_says_that_it_goes_on(text, shown):
    document = Document(text, blocks=(Paragraph(0, len(text)),))
    (entry,) = places(document, [Kept(0, "✎", "", "1", len(text))])
    assert entry.text == f"✎ {shown}"
