"""Notes put to an article: by quote, at one place or at none."""

from __future__ import annotations

from dataclasses import replace

from reader.export.notes import Imported, belonging, take
from reader.store import Article, anchored
from tests.export.notes.making import harbour

ARTICLE = Article("/articles/harbour.md", "d1", "The harbour")
TWICE = "The bell rang. Then the fog came.\n\nIn the morning the bell rang. Nobody came.\n"


def where(one: Imported, source: str) -> str | None:
    document = harbour(source)
    taken = take([one], ARTICLE, document)
    if taken.unanchored:
        return None
    selector = taken.annotations[0].selector
    assert selector is not None
    return document.text[selector.start - 4 if selector.start else 0 : selector.end]


def test_a_quote_that_stands_once_needs_nothing_else():
    assert where(Imported(exact="Nobody came"), TWICE) == "ng. Nobody came"
    assert where(Imported(exact="Nobody   came"), TWICE) == "ng. Nobody came", "white space is not compared"
    assert where(Imported(exact="Nobodycame"), TWICE) == "ng. Nobody came"
    assert where(Imported(exact="Somebody sang"), TWICE) is None


def test_a_quote_that_stands_twice_needs_what_stands_beside_it():
    assert where(Imported(exact="bell rang"), TWICE) is None
    assert where(Imported(exact="bell rang", prefix="In the morning the ", suffix=". Nobody"), TWICE) == "the bell rang"
    found = take(
        [Imported(exact="bell rang", prefix="In the morning the ", suffix=". Nobody")], ARTICLE, harbour(TWICE)
    )
    assert found.annotations[0].selector is not None
    assert found.annotations[0].selector.start == harbour(TWICE).text.rindex("bell")
    start = harbour(TWICE).text.rindex("bell")
    assert take([Imported(exact="bell rang", start=start, digest="d1")], ARTICLE, harbour(TWICE)).unanchored == ()


def test_a_place_alone_tells_which_of_two_is_meant_where_the_very_text_stands_there():
    start = harbour(TWICE).text.rindex("bell")
    taken = take([Imported(exact="bell rang", start=start)], ARTICLE, harbour(TWICE))
    assert taken.unanchored == ()
    (made,) = taken.annotations
    assert made.selector is not None
    assert made.selector.start == start
    assert take([Imported(exact="bell rang", start=start + 1)], ARTICLE, harbour(TWICE)).unanchored != ()
    beside = Imported(exact="bell rang", start=start, prefix="Nothing of the kind ", suffix=" was here")
    assert take([beside], ARTICLE, harbour(TWICE)).unanchored == (beside,)


def test_what_did_not_anchor_is_kept_as_lost():
    one = Imported(exact="Somebody sang all night", words="really?", created=5.0)
    document = harbour(TWICE)
    taken = take([one], ARTICLE, document)
    assert taken.unanchored == (one,)
    (made,) = taken.annotations
    assert made.words == "really?"
    assert made.selector is not None
    assert made.selector.exact == "Somebody sang all night"
    assert anchored([made.selector], document.text, document.sections, "d1")[0].status == "lost"


def test_the_same_note_has_the_same_id():
    one = Imported(origin="readwise", exact="bell rang", created=5.0)
    other = replace(one, exact="fog came")
    ids = [take([note], ARTICLE, harbour(TWICE)).annotations[0].id for note in (one, one, other)]
    assert ids[0] == ids[1] != ids[2]
    kept = "0123abcd-0000-4000-8000-00000000000f"
    assert take([replace(one, id=kept)], ARTICLE, harbour(TWICE)).annotations[0].id == kept


def test_which_notes_are_of_an_article():
    document = harbour(TWICE, url="https://www.example.org/h/#top")
    ours = [
        Imported(digest="d1"),
        Imported(path="/articles/harbour.md"),
        Imported(url="http://example.org/h"),
        Imported(title="the  HARBOUR"),
    ]
    others = [Imported(), Imported(digest="d2"), Imported(url="https://example.org/i"), Imported(title="Harbours")]
    assert belonging([*ours, *others], ARTICLE, document) == tuple(ours)


def test_many_notes_at_once():
    document = harbour("\n\n".join(f"Line number {n} of the book, {n * 7919 % 1000}." for n in range(200)))
    several = [Imported(exact=f"Line number {n} of the book") for n in range(200)]
    taken = take(several, ARTICLE, document)
    assert not taken.unanchored
    assert len({one.id for one in taken.annotations}) == 200
