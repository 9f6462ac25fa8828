"""Matches as lines and as JSON."""

from __future__ import annotations

import json
import re

from samples import EVERY, document

from reader.export.matches import as_json, lines
from reader.search import Query, search


def test_every_article_is_searched():
    for path in EVERY:
        article = document(path)
        wanted = re.findall(r"\w{2,8}", article.text)[:: max(1, len(article.text) // 2000)][:5]
        for word in wanted:
            matches = search(article.text, Query(word, case="sensitive"))
            assert article.text.find(word) in {match.start for match in matches}, (path.name, word)
            assert len(list(lines(article, matches, colour=False))) >= 1
            assert json.loads(as_json(article, matches))["matches"][0]["section"] is not None
