"""Why a sentence was chosen."""

from __future__ import annotations

from pathlib import Path

import pytest
from samples import ROOT

from reader import frontmatter
from reader.claims import find
from reader.document import Metadata
from reader.parse import parse
from reader.source import read

SAMPLES = ROOT / "sample_articles"


def test_why_says_what_raised_the_score() -> None:
    body = (
        "据华尔街日报报道，苹果将加大自研芯片的产量。他吃了饭。天气很热。\n\n"
        "苹果的自研芯片在2007年到2015年之间已经迭代三代。门开着。\n\n苹果和自研芯片都在变。他走了。"
    )
    made = parse(body, Metadata(title="苹果的芯片"))
    whys = {made.slice(claim.range): claim.why for claim in find(made, density=0.30)}
    first = whys["据华尔街日报报道，苹果将加大自研芯片的产量。"]
    assert first.split(" · ")[:2] == ["names what the title names", "reported: 据华尔街日报报道"]
    assert first.count(" · ") <= 2
    for text, why in whys.items():
        for reason in why.split(" · "):
            shown = reason[reason.index("(") + 1 : -1] if reason.endswith(")") else reason.partition(": ")[2]
            assert all(part in text for part in shown.split(", "))


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.md")), ids=lambda path: path.name)
def test_the_claims_of_the_samples_are_whole_sentences_with_a_reason(path: Path) -> None:
    source = read(str(path))
    header = frontmatter.split(source.text)
    made = parse(header.body, header.metadata)
    claims = find(made)
    assert claims
    for claim in claims:
        text = made.slice(claim.range)
        assert text == text.strip()
        assert claim.why
        assert claim.author or not text.endswith(("?", "？", ":", "："))
