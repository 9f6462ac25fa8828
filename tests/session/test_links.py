"""The focus on links, and where an address leads."""

from __future__ import annotations

from dataclasses import replace

import pytest
from session_kit import session

from reader.session import Anchor, Nowhere, OtherArticle, OtherFile, Web, WebArticle, address_of

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
    assert leads("https://q.example/x") == WebArticle("https://q.example/x")
    assert leads("https://q.example/x?a=1#part") == WebArticle("https://q.example/x?a=1", "part")
    assert leads("//q.example/x") == WebArticle("https://q.example/x")
    assert leads("https://q.example/x.PDF?a=1") == Web("https://q.example/x.PDF?a=1")
    assert leads("mailto:a@q.example") == Web("mailto:a@q.example")
    assert leads("b.md#there") == OtherArticle(str(tmp_path / "b.md"), "there")
    assert leads("a.md#place") == Anchor("place")
    assert leads("p.pdf") == OtherFile(str(tmp_path / "p.pdf"))
    for nowhere in ("", "javascript:alert(1)", "gone.md", "a%00b"):
        assert isinstance(leads(nowhere), Nowhere), nowhere


def test_an_article_of_the_web_has_no_files():
    made = session(TEXT)
    made.article.source = replace(made.article.source, path=None, url="https://q.example/a/b.html")
    assert made.links.destination("c.html") == WebArticle("https://q.example/a/c.html")
    assert made.links.destination("/d.md#e") == WebArticle("https://q.example/d.md", "e")
    assert made.links.destination("b.html#f") == Anchor("f")
    assert isinstance(made.links.destination("file:///etc/passwd"), Nowhere)


@pytest.mark.parametrize(
    ("name", "there"), [("place", True), ("Place", True), ("", True), ("top", True), ("no", False)]
)
def test_places_that_are_named(name, there):
    made = session(TEXT)
    made.links.to_anchor(name)
    assert bool(made.history.back) is there
    assert ("No place named" in made.message.text) is not there


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("https://e/&#10;rm -rf ~&#10;", "https://e/%0Arm%20-rf%20~"),
        ("https://e/%1b]52;c;x%07", "https://e/%1b]52;c;x%07"),
        ("https://e/\u202eevil", "https://e/%E2%80%AEevil"),
        ("https://e/文章", "https://e/文章"),
        ("my file.md", "my%20file.md"),
    ],
)
def test_what_is_shown_copied_and_opened_is_one_value(written, value):
    made = session(f'<a href="{written}">words</a>\n')
    target = made.article.targets[0]
    assert address_of(target) == value
    made.links.step(1)
    assert value in made.message.text
    match made.links.destination(address_of(target)):
        case WebArticle(address):
            assert address == value
        case other:
            assert isinstance(other, Nowhere)


def test_a_name_with_a_blank_is_found_and_one_like_an_option_is_absolute(tmp_path, monkeypatch):
    (tmp_path / "my file.md").write_text("# A\n")
    (tmp_path / "--version").write_text("x")
    made = session("words", path=tmp_path / "a.md")
    assert made.links.destination("my%20file.md") == OtherArticle(str(tmp_path / "my file.md"))
    monkeypatch.chdir(tmp_path)
    piped = session("words")
    assert piped.links.destination("--version") == OtherFile(str(tmp_path / "--version"))


def test_a_file_whose_name_cannot_be_shown_is_not_opened(tmp_path):
    (tmp_path / "a\nb.md").write_text("# A\n")
    made = session("words", path=tmp_path / "x.md")
    assert isinstance(made.links.destination("a%0Ab.md"), Nowhere)


def test_nothing_of_this_machine_opens_from_the_web(tmp_path):
    (tmp_path / "a.md").write_text("# A\n")
    made = session("words")
    made.article.source = replace(made.article.source, path=None, url="https://q.example/a/b.html")
    for address in (
        f"x:/../../../../{tmp_path}/a.md",
        f"file://{tmp_path}/a.md",
        f"x:{tmp_path}/a.md",
        f"http:/../../../../{tmp_path}/a.md",
        f"http://{tmp_path}/a.md",
        f"HTTP:{tmp_path}/a.md",
    ):
        assert isinstance(made.links.destination(address), Nowhere), address
    for address in (f"{tmp_path}/a.md", f"../../../../..{tmp_path}/a.md", f"https:{tmp_path}/a.md"):
        assert made.links.destination(address) == WebArticle(f"https://q.example{tmp_path}/a.md"), address


def test_a_page_that_was_piped_names_no_file(tmp_path, monkeypatch):
    (tmp_path / "a.md").write_text("# A\n")
    monkeypatch.chdir(tmp_path)
    made = session("words")
    made.article.source = replace(made.article.source, kind="html")
    for address in (f"{tmp_path}/a.md", "a.md", f"file://{tmp_path}/a.md", f"x:/../../../../{tmp_path}/a.md"):
        assert isinstance(made.links.destination(address), Nowhere), address
    assert made.links.destination("https://q.example/") == WebArticle("https://q.example/")


def test_a_page_in_a_file_asks_before_it_leads_out_of_its_folder(tmp_path):
    (tmp_path / "site").mkdir()
    for name in ("out.md", "site/in.md"):
        (tmp_path / name).write_text("# A\n")
    made = session("words", path=tmp_path / "site" / "page.html")
    made.article.source = replace(made.article.source, kind="html")
    assert made.links.destination("in.md") == OtherArticle(str(tmp_path / "site" / "in.md"))
    for address in ("../out.md", f"{tmp_path}/out.md", f"file://{tmp_path}/out.md"):
        assert made.links.destination(address) == OtherArticle(str(tmp_path / "out.md"), "", True), address


def test_a_link_by_name_leads_to_the_nearest_file_of_the_vault(tmp_path):
    for name in ("notes/deep/A.md", "other/A.md", "other/B.md", "What? now: 5%.md", "Node.js.md", "img/p.png"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("# A\n")
    (tmp_path / ".obsidian").mkdir()
    text = "[[A]] [[B#Some Part]] [[B^id]] [[What? now: 5%]] [[Node.js]] ![[p.png]] [[gone]] ![[A]]\n"
    made = session(text, path=tmp_path / "notes" / "home.md")
    assert [made.links.destination(address_of(target)) for target in made.article.targets] == [
        OtherArticle(str(tmp_path / "notes/deep/A.md")),
        OtherArticle(str(tmp_path / "other/B.md"), "some-part"),
        OtherArticle(str(tmp_path / "other/B.md"), "^id"),
        OtherArticle(str(tmp_path / "What? now: 5%.md")),
        OtherArticle(str(tmp_path / "Node.js.md")),
        OtherFile(str(tmp_path / "img/p.png")),
        Nowhere(f"There is no file {tmp_path}/notes/gone.md"),
        OtherArticle(str(tmp_path / "notes/deep/A.md")),
    ]


def test_names_are_looked_for_in_the_library_else_below_the_article(tmp_path):
    for name in ("library/x/A.md", "library/y/home.md", "else/z/B.md", "A.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("# A\n")
    inside = session("words", path=tmp_path / "library" / "y" / "home.md")
    assert isinstance(inside.links.destination("A.md"), Nowhere)
    inside.links._folders = lambda: (str(tmp_path / "library"),)
    assert inside.links.destination("A.md") == OtherArticle(str(tmp_path / "library/x/A.md"))
    outside = session("words", path=tmp_path / "else" / "home.md")
    assert outside.links.destination("B.md") == OtherArticle(str(tmp_path / "else/z/B.md"))
    assert isinstance(outside.links.destination("A.md"), Nowhere)
    assert isinstance(outside.links.destination("/A.md"), Nowhere)
