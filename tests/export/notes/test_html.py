"""The page with notes: elements that nest, every word once, nothing that acts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document import Document
from reader.export.notes import as_html
from reader.export.notes.html import STYLE, segments
from reader.sanitize import clean
from reader.store import Annotation, annotation, selector_at
from tests.export.notes.making import HOSTILE, harbour, marked, notes
from tests.export.test_html import Page
from tests.samples import EVERY, document


def page(article: Document, *made: Annotation) -> str:
    return "\n".join(as_html(notes(article, *made), article))


def test_highlights_are_lit_and_notes_stand_beside_them():
    article = harbour()
    pier = marked(article, "took nine years", words="so\nlong", colour="green")
    across = marked(article, "oak from the hills\niron from the north", colour="blue")
    html = page(article, pier, across, annotation(None, words="all of it"))
    assert '<span id="at-1"></span><mark data-colour="green">took nine years</mark>' in html
    assert '<aside class="mine" id="mine-1"><a href="#at-1">↩</a> so\nlong</aside>' in html
    assert '<mark data-colour="blue">oak from the hills</mark>' in html
    assert '<em><mark data-colour="blue">north</mark></em>' in html
    assert html.index("all of it") < html.index("The pier")
    Page(html)


def test_a_note_stands_beside_its_passage_and_not_beside_the_paragraph_after():
    article = harbour()
    html = page(article, marked(article, "took nine years", words="so long"))
    begins = html.index('<div class="beside"><div>')
    assert begins < html.index("so long</aside>") < html.index("took nine years</mark>")
    assert html[begins : html.index("took nine years</mark>")].count("<p") == 1


def test_a_note_without_a_highlight_is_not_lit_in_the_dark():
    dark = STYLE[STYLE.index("dark)") :]
    assert dark.rindex("mark[data-colour='']{background:none}") > max(
        map(dark.rindex, ("mark[data-colour]{", "=purple]{"))
    )


def test_colours_with_names_of_the_persons_own_have_those_of_their_places():
    article = harbour()
    one, two = marked(article, "took nine years", colour="doubt"), marked(article, "burned until four", colour="gone")
    html = "\n".join(as_html(notes(article, one, two), article, ("idea", "doubt", "fact", "later")))
    assert '<mark data-colour="green">took nine years</mark>' in html
    assert '<mark data-colour="yellow">burned until four</mark>' in html


def test_lost_ones_stand_at_the_end():
    gone = marked(harbour("A sentence about whales and nothing else at all.\n"), "about whales and nothing else")
    html = page(harbour(), gone)
    assert html.index("Not in the article any more") > html.index("Per")
    assert "about whales and nothing else" in html


def test_nothing_acts():
    article = harbour()
    made = annotation(marked(article, "nine years").selector, words=clean(HOSTILE), colour='"><script>')
    html = page(article, made)
    assert "<script" not in html
    assert clean(html) == html
    assert "default-src 'none'" in html


@pytest.mark.parametrize("path", EVERY[::7], ids=lambda path: path.name)
def test_every_article_nests_and_keeps_its_words(path):
    article = document(path)
    size = len(article.text)
    made = [
        annotation(
            selector_at(at, min(size, at + long), article.text, article.sections, "d1"), colour="green", words="w"
        )
        for at, long in ((size * n // 9, 40 * n * n + 3) for n in range(9))
    ]
    seen = "".join("".join(Page(page(article, *made)).seen).split())
    lost = [block for block in article.blocks[1:] if "".join(article.slice(block).split()) not in seen]
    assert lost == []


ranges = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=8)


@given(ranges)
def test_segments_cover_what_the_ranges_cover(several):
    found = segments(several)
    lit = {at for start, end in several for at in range(start, end)}
    assert [at for one in found for at in range(one.start, one.end)] == sorted(lit)
    assert sorted(number for one in found for number in one.begins) == [n for n, (s, e) in enumerate(several) if s < e]
    for one in found:
        start, end = several[one.top]
        assert start <= one.start < one.end <= end
