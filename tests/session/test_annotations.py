"""Highlights and notes on the open article, with no app."""

from __future__ import annotations

from typing import get_args

from session_kit import Heard, session, stored

from reader.document import Range
from reader.session import PASSAGES
from reader.session.article import PassageKind
from reader.session.marks import Mark
from reader.session.standing import Placed, Standing, flattened
from reader.store import annotation

TEXT = "The keeper climbs.\n\nThe lens turns all night.\n\nNobody sleeps."


def made(tmp_path, text=TEXT):
    one = session(text, path=tmp_path / "a.md", store=tmp_path / "reader.sqlite")
    one.start()
    stored(one)
    return one


def marks(*several: tuple[int, int]) -> list[tuple[int, int, str]]:
    """Of highlights over these ranges; each is named by its start and end."""
    placed = [Placed(start, end, annotation(None, colour=f"{start}-{end}")) for start, end in several]
    placed.sort(key=lambda placed: (placed.start, -placed.end))
    return [tuple(mark) for mark in flattened(placed, lambda one: one.colour)]


def test_highlights_apart_nested_and_overlapping_as_marks_that_do_not_overlap():
    assert marks((0, 5), (7, 9)) == [(0, 5, "0-5"), (7, 9, "7-9")]
    assert marks((0, 9), (3, 5)) == [(0, 3, "0-9"), (3, 5, "3-5"), (5, 9, "0-9")]
    assert marks((0, 5), (3, 9)) == [(0, 3, "0-5"), (3, 9, "3-9")]
    assert marks((0, 9), (0, 4)) == [(0, 4, "0-4"), (4, 9, "0-9")]
    assert marks((0, 20), (2, 8), (4, 6), (10, 30)) == [
        (0, 2, "0-20"),
        (2, 4, "2-8"),
        (4, 6, "4-6"),
        (6, 8, "2-8"),
        (8, 10, "0-20"),
        (10, 30, "10-30"),
    ]


def test_a_highlight_is_made_coloured_and_taken_away(tmp_path):
    one = made(tmp_path)
    heard = Heard(one)
    where = one.passage().range
    assert one.annotations.toggle_highlight(where)
    placed = one.annotations.placed[0]
    assert (placed.range, placed.one.colour, placed.sign) == (where, "yellow", "▍")
    assert list(one.article.marks.over(placed.range.start, placed.range.end)) == [
        Mark(where.start, where.end, "highlight-1")
    ]
    one.annotations.recolour(placed.one.id, "pink")
    assert one.article.marks["highlights"][0].role == "highlight-4"
    assert not one.annotations.toggle_highlight(where)
    assert one.annotations.placed == []
    one.undo.undo()
    assert one.annotations.placed[0].one.colour == "pink"
    one.undo.undo()
    assert one.annotations.placed[0].one.colour == "yellow"
    assert "places" in heard
    one.finish()


def test_each_change_is_undone_the_latest_first(tmp_path):
    one = made(tmp_path)
    notes, where = one.annotations, Range(20, 44)
    notes.toggle_highlight(where)
    notes.add(Range(0, 18), words="alone")
    assert one.message.text == "Note added, u undoes"
    assert one.undo.take_offer()
    notes.recolour(notes.like(where).one.id, "blue")
    notes.edit(notes.like(where).one.id, "why")
    one.undo.undo()
    assert [(placed.one.words, placed.one.colour) for placed in notes.placed] == [("alone", ""), ("", "blue")]
    one.undo.undo()
    assert [(placed.one.words, placed.one.colour) for placed in notes.placed] == [("alone", ""), ("", "yellow")]
    one.undo.undo()
    assert [placed.range for placed in notes.placed] == [where]
    assert notes.draft(Range(0, 18)) == "alone", "no words are lost"
    assert one.message.text == "Kept as a draft: a goes on with it"
    one.undo.undo()
    assert notes.placed == []
    assert one.message.text == "Highlight removed"
    assert not one.article.marks["highlights"]
    one.undo.undo()
    assert one.message.text == "Nothing to undo"
    one.finish()
    again = made(tmp_path)
    assert again.annotations.all == {}
    assert again.annotations.draft(Range(0, 18)) == "alone"
    again.finish()


def test_a_passage_is_compared_with_other_places_behind_the_key(tmp_path):
    one = made(tmp_path)
    one.annotations.toggle_highlight(Range(20, 44))
    assert one.annotations.placed[0].one.selector.rival < 0
    for timer in one.annotations.reading.background.timers:
        timer.fire()
    there = one.annotations.placed[0].one
    assert there.selector.rival >= 0
    assert one.annotations.all[there.id] is there
    one.annotations.toggle_highlight(Range(0, 18))
    one.finish()
    again = made(tmp_path)
    kept = again.annotations.all[there.id]
    assert kept.selector == there.selector
    again.finish()
    third = made(tmp_path)
    assert all(found.one.selector.rival >= 0 for found in third.annotations.placed), "the next look has done it"
    third.finish()


def test_what_is_undone_in_another_article_is_not_taken_for_one_of_this(tmp_path):
    one = made(tmp_path)
    there = one.annotations.toggle_highlight(Range(20, 44)).one
    one.annotations.edit(there.id, "why")
    kept = dict(one.annotations.all)
    one.annotations.all, one.annotations.standing = {}, Standing()
    one.undo.undo()
    one.undo.undo()
    assert one.annotations.all == {}
    assert one.annotations.lost == []
    one.finish()
    assert list(kept) == [there.id]
    again = made(tmp_path)
    assert again.annotations.all == {}
    again.finish()


def test_all_of_it_is_there_again(tmp_path):
    one = made(tmp_path)
    one.annotations.add(Range(20, 44), words="why? #light", colour="green")
    one.annotations.add(None, words="on the whole")
    one.finish()
    again = made(tmp_path)
    assert [(placed.range, placed.one.words, placed.one.tags) for placed in again.annotations.placed] == [
        (Range(20, 44), "why? #light", ("light",))
    ]
    assert [whole.words for whole in again.annotations.whole] == ["on the whole"]
    again.finish()


def test_a_note_loses_its_colour_before_its_words(tmp_path):
    one = made(tmp_path)
    one.annotations.add(Range(20, 44), words="keep me", colour="green")
    one.annotations.toggle_highlight(Range(20, 44))
    assert [(placed.one.words, placed.one.colour) for placed in one.annotations.placed] == [("keep me", "")]
    one.finish()


def test_what_is_gone_from_the_text_is_lost_and_can_be_placed_again(tmp_path):
    one = made(tmp_path)
    one.annotations.add(Range(20, 44), words="the lens")
    one.finish()
    again = made(tmp_path, TEXT.replace("The lens turns all night.", "A storm came up instead of it."))
    assert [lost.words for lost in again.annotations.lost] == ["the lens"]
    again.annotations.place_again(again.annotations.lost[0], Range(0, 18))
    assert again.annotations.lost == []
    assert again.annotations.placed[0].range == Range(0, 18)
    assert again.message.text == "The lost note stands here now, u undoes"
    again.undo.undo()
    assert again.message.text == "The note is lost again"
    assert [lost.words for lost in again.annotations.lost] == ["the lens"]
    assert again.annotations.placed == []
    again.finish()
    third = made(tmp_path, TEXT.replace("The lens turns all night.", "A storm came up instead of it."))
    assert [lost.words for lost in third.annotations.lost] == ["the lens"]
    third.finish()


def test_what_came_by_standard_input_keeps_nothing():
    one = session(TEXT)
    one.annotations.add(Range(0, 3), colour="yellow")
    assert one.annotations.placed == []
    assert "no file" in one.message.text


def test_the_current_paragraph_is_stepped_and_follows_the_page():
    one = session("\n\n".join(f"Paragraph {n} of a text." for n in range(60)))
    one.has_moved()
    assert one.article.step_paragraph(1) == Range(24, 46)
    assert one.passage().range == Range(24, 46)
    one.viewport.top_offset = 800
    one.has_moved()
    assert one.passage().range.start >= 775
    assert one.article.step_paragraph(-1) is not None
    one.article.paragraph = 59
    assert one.article.step_paragraph(1) is None


def test_highlights_may_stand_within_one_another(tmp_path):
    one = made(tmp_path)
    outer, inner, beside = Range(0, 44), Range(20, 30), Range(25, 60)
    for where in (outer, inner, beside):
        there = one.annotations.toggle_highlight(where)
        assert there is not None
        assert there.range == where
    assert one.annotations.toggle_highlight(inner) is None
    assert [placed.range for placed in one.annotations.placed] == [outer, beside], "the very one goes"
    one.finish()


def test_what_is_stepped_to_is_the_passage_in_place_of_a_selection(tmp_path):
    one = made(tmp_path)
    one.article.select(Range(0, 3))
    one.article.light("claim", Range(20, 30))
    assert one.passage().kind == "claim"


def test_every_kind_of_passage_has_words():
    assert set(PASSAGES) == set(get_args(PassageKind))


def test_what_became_of_a_note_is_said_as_it_is(tmp_path):
    one = made(tmp_path)
    there = one.annotations.toggle_highlight(Range(20, 44))
    one.annotations.edit(there.one.id, "why")
    assert one.message.text.startswith("Note added")
    one.annotations.edit(there.one.id, "why not")
    assert one.message.text.startswith("Note changed")
    one.annotations.edit(there.one.id, " ")
    assert one.message.text.startswith("Note removed")
    assert [placed.one.colour for placed in one.annotations.placed] == ["yellow"], "the highlight stays"
    one.undo.undo()
    assert one.annotations.placed[0].one.words == "why not"
    one.annotations.add(Range(0, 18), words="alone")
    alone = one.annotations.placed[0].one.id
    one.annotations.edit(alone, "")
    assert [placed.one.words for placed in one.annotations.placed] == ["why not"], "a note of nothing is none"
    one.undo.undo()
    assert [placed.one.words for placed in one.annotations.placed] == ["alone", "why not"]
    one.finish()
