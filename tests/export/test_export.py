"""The package: every article prints in every format, nothing raises, what is printed is the article."""

from __future__ import annotations

import json
import re

import pytest
from samples import EVERY, document

from reader.export import FORMATS, rendered


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
