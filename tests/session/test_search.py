"""The state of a search, with no app."""

from __future__ import annotations

from session_kit import Heard, documents, session, source

from reader.document import Range
from reader.search import Query, expression
from reader.session import Article

TEXT = "\n\n".join(f"Paragraph {number} has a lamp and a stair." for number in range(40))


def test_the_first_match_from_the_page_on_is_the_current_one():
    made = session(TEXT)
    made.search.open()
    made.search.change(Query("Paragraph 7 "))
    assert made.search.count == "1/1"
    assert made.viewport.shown.overlaps(made.search.matches[0])


def test_enter_keeps_the_matches_and_esc_goes_back():
    made = session(TEXT)
    made.viewport.top_offset = 30
    made.search.open()
    assert made.search.typing
    made.search.change(Query("Paragraph 30"))
    assert made.viewport.top_offset > 30
    made.search.leave()
    assert (made.viewport.top_offset, made.search.matches, made.search.typing) == (30, None, False)
    made.search.open()
    made.search.change(Query("Paragraph 30"))
    made.search.keep()
    assert len(made.search.matches) == 1
    assert made.search.history == ["Paragraph 30"]


def test_steps_go_round_and_say_so():
    made = session(TEXT)
    made.search.ask(Query("lamp"))
    made.viewport.top_offset = 0
    made.search.step(-1)
    assert made.search.current == 39
    assert made.message.text == "Search continues at the bottom"
    made.search.step(1)
    assert made.search.current == 0
    assert made.message.text == "Search continues at the top"


def test_steps_asked_for_while_it_searches_are_taken_once_it_has_found(monkeypatch):
    made = session(TEXT)
    held = []
    monkeypatch.setattr(made.search.reading.background, "run", lambda work, **_: held.append(work))
    made.search.ask(Query("lamp"))
    made.search.step(1)
    made.search.step(1)
    assert made.message.text == "Searching …"
    held.pop()()
    assert made.search.current == 2
    assert made.message.text == ""
    made.search.ask(Query("xyzzy"))
    made.search.step(1)
    held.pop()()
    assert made.message.text == "Pattern not found: xyzzy"
    made.search.ask(Query("stair"))
    held.pop()()
    assert made.search.current == 0, "no step of the search before is taken"


def test_without_a_pattern_a_step_says_how_to_search():
    made = session(TEXT)
    made.search.step(1)
    assert made.message.text == "No search pattern: / searches"


def test_a_pattern_that_is_not_there_is_said():
    made = session(TEXT)
    made.search.ask(Query("xyzzy"))
    assert made.message.text == "Pattern not found: xyzzy"


def test_a_wrong_expression_is_a_problem_and_marks_nothing():
    made = session(TEXT)
    made.search.typing = True
    made.search.ask(Query("(", regex=True))
    assert made.search.problem
    assert list(made.article.marks.over(0, 1000)) == []


def test_the_count_grows_with_the_article():
    first, *_, last = documents("\n\n".join(f"Lamp {number} burns all the night." for number in range(3000)))
    made = session(first)
    made.search.ask(Query("lamp"))
    few = len(made.search.matches)
    assert made.search.count.endswith("+")
    made.loading.take(made.article, last)
    assert len(made.search.matches) == 3000 > few
    assert made.search.count == "1/3000"


def test_a_change_is_announced():
    made = session(TEXT)
    heard = Heard(made)
    made.search.ask(Query("lamp"))
    assert "matches" in heard


def test_the_word_at_the_cursor():
    made = session(TEXT)
    made.article.cursor = TEXT.index("stair") + 2
    made.search.word()
    assert made.search.asked.pattern == "stair"
    assert len(made.search.matches) == 40


def test_the_process_of_a_regular_expression_ends_with_the_session():
    made = session("One two three.")
    made.search.ask(Query("t.o", regex=True))
    assert len(made.search.matches) == 1
    (process,) = expression._waiting
    made.finish()
    assert not expression._waiting
    assert process.ended


# ---- several queries at once, and beyond -----------------------------------------------------------------------------


def test_all_words_of_a_query_are_lit():
    made = session("one two three two one")
    made.search.light((Query("one"), Query("two"), Query("two th")))
    assert made.search.matches is not None
    assert [made.article.document.slice(match) for match in made.search.matches] == [
        "one",
        "two three"[:6],
        "two",
        "one",
    ]
    assert made.search.count == "1/4"
    made.search.light((Query("two"),), last=True)
    assert made.search.count == "2/2"


def test_behind_the_last_match_the_search_goes_beyond():
    made = session("one two one")
    asked: list[int] = []
    made.search.light((Query("one"),))
    made.search.beyond = lambda step: asked.append(step) or len(asked) > 1
    made.search.step(1)
    assert (made.search.count, asked) == ("2/2", [])
    made.search.step(1)
    assert (made.search.count, asked) == ("1/2", [1]), "there was nothing beyond: it begins again"
    made.search.step(-1)
    assert (made.search.count, asked) == ("1/2", [1, -1])


def test_an_article_that_was_found_by_its_author_alone_is_passed():
    made = session("words")
    made.search.light((Query("Ann"),))
    asked: list[int] = []
    made.search.beyond = lambda step: bool(asked.append(step)) or True
    made.search.step(1)
    assert asked == [1]


def test_another_article_has_no_query_left_of_the_one_before():
    made = session("one two")
    made.search.light((Query("one"), Query("two")))
    made.opening.enter(Article(documents("one")[-1], source("one")))
    assert (made.search.asked, made.search.also) == (None, ())
    assert made.search.matches is None
    made.search.ask(Query("one"))
    assert made.search.matches is not None
    assert list(made.search.matches) == [Range(0, 3)]
