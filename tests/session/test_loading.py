"""An article that grows, with no app."""

from __future__ import annotations

from session_kit import Heard, article, documents, session

from reader.loading import CUT_SHORT, Findings

LONG = "\n\n".join(f"# Section {number}\n\nWords of it, and some more of them." for number in range(3000))


def test_the_rest_is_taken_after_the_first_screen():
    first, *rest = documents(LONG)
    made = session(first, rest=[*rest, Findings(complete=True)])
    heard = Heard(made)
    made.start()
    assert not made.article.document.complete
    made.background.timers[0].fire()
    assert made.article.document.complete
    assert made.claims.complete
    assert "grown" in heard


def test_the_end_is_followed_until_it_is_the_end():
    first, *_, last = documents(LONG)
    made = session(first)
    made.loading.to_end()
    assert made.message.text.startswith("The end of what is loaded")
    made.loading.take(made.article, last)
    assert made.viewport.shown.end == len(last.text)
    assert made.message.text == ""


def test_who_has_moved_is_left_alone():
    first, *_, last = documents(LONG)
    made = session(first)
    made.loading.to_end()
    made.viewport.top_offset = 5
    made.loading.take(made.article, last)
    assert made.viewport.top_offset == 5


def test_an_article_that_was_left_grows_only_if_it_cannot_be_read_again():
    first, *_, last = documents(LONG)
    made = session(first)
    left = made.article
    made.loading.kept = left
    made.opening.enter(article("# Other\n"))
    made.loading.take(left, last)
    assert left.document is last
    assert made.article.title == "Other"


def test_an_article_cut_short_is_said_to_be():
    from dataclasses import replace

    first, *_ = documents(LONG)
    made = session(first)
    made.loading.take(made.article, replace(first, warnings=(CUT_SHORT,), complete=True))
    assert made.message.warning
    assert "R reads it again" in made.message.text
