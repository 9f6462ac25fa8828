"""The reasons given for a claim."""

from __future__ import annotations

from reader.claims import find
from reader.document import Metadata
from reader.parse import parse


def test_why_says_what_raised_the_score() -> None:
    body = (
        "据华尔街日报报道，苹果将加大自研芯片的产量。他吃了饭。天气很热。\n\n"
        "苹果的自研芯片在2007年到2015年之间已经迭代三代。门开着。\n\n苹果和自研芯片都在变。他走了。"
    )
    made = parse(body, Metadata(title="苹果的芯片"))
    whys = {made.slice(claim.range): claim.why for claim in find(made, density=0.30)}
    first = whys["据华尔街日报报道，苹果将加大自研芯片的产量。"]
    assert "attributed (" in first or "with the title" in first
    assert 1 <= first.count(" · ") <= 2
    for text, why in whys.items():
        for reason in why.split(" · "):
            if reason.endswith(")"):
                shown = reason[reason.index("(") + 1 : -1]
                assert all(part in text for part in shown.split(", "))
