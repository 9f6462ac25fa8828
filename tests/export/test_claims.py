"""Claims: their lines, and their marks in other formats."""

from __future__ import annotations

import re
from random import Random

import pytest
from samples import sample

from reader.claims import Claim, find
from reader.document import Range
from reader.export import claims, text

SGR = re.compile(r"\x1b\[[0-9;]*m")


def test_marks_light_the_claims():
    article = sample("harbour")
    found = find(article)
    assert found

    lit = claims.marker(found)

    def marks(start, end):
        return lit(start, end)

    drawn = list(text.ansi(article, 80, marks=marks))
    assert [SGR.sub("", row).rstrip() for row in drawn] == list(text.text(article, 80))
    lit = " ".join(" ".join(re.findall(r"\x1b\[4;33m([^\x1b]*)", row)) for row in drawn)
    first = article.slice(found[0].range)
    assert "".join(first.split()) in "".join(lit.split())


@pytest.mark.parametrize("seed", range(20))
def test_a_marker_tells_each_claim_over_a_range_even_where_they_nest(seed):
    random = Random(seed)
    found = []
    for _ in range(30):
        start = random.randrange(100)
        found.append(Claim(Range(start, start + random.randrange(1, 30)), ("author",), 1.0, ""))
    found.sort(key=lambda claim: (claim.range.start, claim.range.end))
    lit = claims.marker(found)
    for start in range(0, 120, 7):
        where = Range(start, start + random.randrange(1, 20))
        over = [(claim.range.start, claim.range.end, "claim") for claim in found if claim.range.overlaps(where)]
        assert lit(where.start, where.end) == over


def test_claims_stand_under_their_sections():
    article = sample("harbour")
    found = find(article)
    rows = list(claims.lines(article, found))
    titles = {section.title for section in article.sections}
    assert rows[0] in titles
    assert sum(row.startswith("      why: ") for row in rows) == len(found)
    assert all(row.strip() in titles or row.startswith("  ") for row in rows)
