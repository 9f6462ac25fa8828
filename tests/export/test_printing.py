"""Every article there is prints in every format and is searched: nothing raises, what is printed is the article."""

from __future__ import annotations

import json
import re

import pytest
from samples import EVERY, document

from reader.export import FORMATS, rendered
from reader.export.matches import as_json, lines
from reader.search import Query, search


@pytest.mark.parametrize("to", FORMATS)
def test_every_article_prints(to):
    for path in EVERY:
        article = document(path)
        printed = "\n".join(rendered(article, to, origin="article.md", width=72, density=0.1).lines)
        assert not re.search(r"[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f]", printed), path.name
        if to == "json":
            assert json.loads(printed)["text"] == article.text
        elif to == "text":
            words = set(re.findall(r"[a-z]{5,}", article.text)) - set(re.findall(r"[a-z]{5,}", printed))
            assert all(len(word) > 60 for word in words), (path.name, words)
        elif to in ("links", "images"):
            assert len(printed.splitlines()) == len(getattr(article, to)), path.name


def test_every_article_is_searched():
    for path in EVERY:
        article = document(path)
        wanted = re.findall(r"\w{2,8}", article.text)[:: max(1, len(article.text) // 2000)][:5]
        for word in wanted:
            matches = search(article.text, Query(word, case="sensitive"))
            assert article.text.find(word) in {match.start for match in matches}, (path.name, word)
            assert len(list(lines(article, matches, colour=False))) >= 1
            assert json.loads(as_json(article, matches))["matches"][0]["section"] is not None
