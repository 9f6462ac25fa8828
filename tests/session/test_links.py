"""The focus on links, and where an address leads."""

from __future__ import annotations

from dataclasses import replace

import pytest
from session_kit import session

from reader.session import Anchor, Nowhere, OtherArticle, OtherFile, Web

TEXT = "See [one](https://q.example/) and [two](b.md#there).\n\n# Place\n\nWords.\n"


def test_steps_focus_one_after_the_other():
    made = session(TEXT)
    made.links.step(1)
    assert made.links.focused.href == "https://q.example/"
    assert made.message.text == "↗ https://q.example/"
    made.links.step(1)
    assert made.links.focused.href == "b.md#there"
    made.links.step(1)
    assert made.message.text == "No more links"
    assert made.links.focused.href == "b.md#there"


def test_where_addresses_lead(tmp_path):
    (tmp_path / "b.md").write_text("# B\n")
    (tmp_path / "p.pdf").write_text("x")
    (tmp_path / "a.md").write_text(TEXT)
    made = session(TEXT, path=tmp_path / "a.md")
    leads = made.links.destination
    assert leads("#place") == Anchor("place")
    assert leads("https://q.example/x") == Web("https://q.example/x")
    assert leads("//q.example/x") == Web("https://q.example/x")
    assert leads("mailto:a@q.example") == Web("mailto:a@q.example")
    assert leads("b.md#there") == OtherArticle(str(tmp_path / "b.md"), "there")
    assert leads("a.md#place") == Anchor("place")
    assert leads("p.pdf") == OtherFile(str(tmp_path / "p.pdf"))
    for nowhere in ("", "javascript:alert(1)", "gone.md", "a%00b"):
        assert isinstance(leads(nowhere), Nowhere), nowhere


def test_an_article_of_the_web_has_no_files():
    made = session(TEXT)
    made.article.source = replace(made.article.source, path=None, url="https://q.example/a/b.html")
    assert made.links.destination("c.html") == Web("https://q.example/a/c.html")
    assert isinstance(made.links.destination("file:///etc/passwd"), Nowhere)


@pytest.mark.parametrize(
    ("name", "there"), [("place", True), ("Place", True), ("", True), ("top", True), ("no", False)]
)
def test_places_that_are_named(name, there):
    made = session(TEXT)
    made.links.to_anchor(name)
    assert bool(made.history.back) is there
    assert ("No place named" in made.message.text) is not there
