"""What the header says is on the page, and what is on the page is found."""

from __future__ import annotations

from dataclasses import replace

from stories import rows, status, until

from reader.frontmatter import split
from reader.loading import Opened
from reader.parse import parse
from reader.search import Query
from reader.settings import Settings
from reader.source import Source
from reader.ui.app import ReaderApp

ARTICLE = """---
title: The Lamp
author: Ada Lovelace
date: 2024-02-09
tags: [light, sea marks]
---

It burns all night.

Edited by Jane Doe
"""


def app() -> ReaderApp:
    metadata, body, first, _ = split(ARTICLE)
    document = parse(body, metadata, first_line=first)
    source = Source(ARTICLE, "lamp.md", None, None, "utf-8", "0")
    return ReaderApp(Opened(replace(source, text=""), Settings(), (), document))


async def test_author_date_and_tags_are_found_where_they_stand():
    made = app()
    async with made.run_test(size=(100, 20)) as pilot:
        await until(
            pilot, lambda: any("Ada Lovelace · 2024-02-09 · #light #sea marks" in row for row in rows(made.page))
        )
        for word in ("lovelace", "2024-02", "sea marks", "jane doe"):
            made.session.search.ask(Query(word))
            await until(pilot, lambda: made.session.search.count == "1/1")
            (match,) = made.session.search.matches
            assert made.session.article.document.slice(match).lower() == word
        assert "1/1" in status(made)
