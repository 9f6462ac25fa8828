"""What the place of a sentence says for it."""

from __future__ import annotations

from reader.claims import find
from reader.claims.context import Context, contexts, favours
from reader.claims.features import measure
from reader.claims.sentences import of_document
from reader.document import Document, Metadata
from reader.parse import parse


def placed(body: str) -> dict[str, Context]:
    document = parse(body)
    statements = list(of_document(document))
    measured = [measure(document.slice(one)) for one in statements]
    found = contexts(document, statements, measured, last=True)
    return {document.slice(one): where for one, where in zip(statements, found, strict=True)}


def test_headings_lists_quotes_and_bold_are_known() -> None:
    found = placed(
        "## Why do tolls rise?\n\nThe ferry costs more to run. It needs fuel.\n\n- Fuel is dear.\n\n"
        "> A guest complained.\n\n## Key takeaways\n\n- **The toll is twelve euros.**\n\nThe end came early.\n"
    )
    assert found["The ferry costs more to run."].answers
    assert not found["It needs fuel."].answers
    assert found["Fuel is dear."].item
    assert found["A guest complained."].quote
    assert found["The toll is twelve euros."].summary
    assert found["The toll is twelve euros."].bold == 1.0
    assert found["The end came early."].closes


def test_a_line_alone_announces_a_summary() -> None:
    found = placed("正文写了很多内容，这里不再多说。\n\n划重点：\n\n- 渡轮票价涨到十二欧元。\n\n后面还有一段正文。\n")
    assert found["渡轮票价涨到十二欧元。"].summary
    assert not found["后面还有一段正文。"].summary


def test_the_sentence_that_says_what_its_heading_says() -> None:
    found = placed("## 渡轮公司上调票价\n\n海边风很大。渡轮公司周一宣布上调票价。有人在排队。\n")
    assert found["渡轮公司周一宣布上调票价。"].named > 0.5
    assert found["海边风很大。"].named == 0.0


def test_a_section_about_the_company_is_an_aside() -> None:
    body = "The toll rises to 12 euros in May.\n\n## About Blue Ferries\n\nBlue Ferries has run 40 boats since 1931.\n"
    assert placed(body)["Blue Ferries has run 40 boats since 1931."].aside
    document = parse(body, Metadata(title="Toll rises"))
    assert "Blue Ferries has" not in "".join(document.slice(claim.range) for claim in find(document, density=0.2))


def test_bold_counts_only_where_it_is_rare() -> None:
    few = [Context(bold=1.0, han=True)] + [Context()] * 9
    assert favours(few)[0] > 0
    assert favours([Context(bold=1.0)] * 10) == [0.0] * 10


def test_an_article_without_any_of_it_has_no_favours() -> None:
    assert favours([Context()] * 3) == [0.0] * 3
    assert contexts(Document(), [], [], last=True) == []
