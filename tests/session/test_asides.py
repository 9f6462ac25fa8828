"""What stands beside the page, with no screen: notes, reasons of claims, and when they are looked for."""

from __future__ import annotations

import pytest
from session_kit import Heard, session

from reader.document import Range
from reader.loading import Findings
from reader.settings import Settings

TEXT = (
    "# The lamp\n\nThe lamp turned. In 2019 the trust spent 12 million euros on the lamp, 40% more than before.\n\n"
    + "The keeper slept. According to the harbour trust, the lamp saved 212 ships in one winter.\n\n" * 12
)


@pytest.fixture
def made(tmp_path):
    from reader.claims import Finder

    session_ = session(TEXT, path=tmp_path / "lamp.md", store=tmp_path / "store.db")
    finder = Finder()
    for _step in finder.feed(session_.article.document):
        pass
    session_.claims.found(Findings(finder.pieces, finder.authors, (), complete=True))
    session_.asides.fit(160)
    session_.asides.drawn = True
    yield session_
    session_.finish()


def everywhere(made) -> Range:
    return Range(0, len(made.article.document.text))


def test_reasons_are_found_when_the_page_rests(made):
    assert made.claims.chosen
    assert made.asides.over(everywhere(made)) == []
    made.asides.look()
    heard = Heard(made)
    made.background.timers[-1].fire()
    assert "margin" in heard
    told = made.asides.over(everywhere(made))
    near = [claim for claim in made.claims.chosen if claim.range.start < 2 * made.viewport.shown.end]
    assert [one.offset for one in told] == [claim.range.start for claim in near]
    assert all(one.text for one in told)
    count = len(made.background.timers)
    made.asides.look()
    assert len(made.background.timers) == count, "what is known is not looked for again"


def test_a_page_that_goes_on_stops_the_search_before_it_begins(made):
    made.asides.look()
    first = made.background.timers[-1]
    made.announce("moved")
    assert first.stopped
    assert not made.background.timers[-1].stopped


def test_where_none_are_drawn_none_are_looked_for(made):
    made.asides.drawn = False
    count = len(made.background.timers)
    made.asides.look()
    assert len(made.background.timers) == count


def test_notes_reasons_or_nothing(made):
    made.annotations.add(Range(0, 8), words="My own words")
    made.asides.look()
    made.background.timers[-1].fire()
    both = made.asides.over(everywhere(made))
    assert (both[0].sign, both[0].text) == ("✎", "My own words")
    assert len(both) > 1
    made.asides.step()
    assert [one.text for one in made.asides.over(everywhere(made))] == ["My own words"]
    assert made.asides.shown
    made.asides.step()
    assert not made.asides.shown
    made.asides.step()
    assert made.asides.over(everywhere(made)) == both


def test_claims_that_are_not_shown_have_no_reasons(made):
    made.asides.look()
    made.background.timers[-1].fire()
    assert made.asides.over(everywhere(made))
    made.claims.toggle()
    assert not made.asides.over(everywhere(made))


def test_a_narrow_terminal_has_none_and_says_so(made):
    made.asides.fit(149)
    assert not made.asides.shown
    made.asides.step()
    assert "150 cells" in made.message.text


def test_choosing_one_makes_it_the_passage(made):
    made.annotations.add(Range(0, 8), words="My own words")
    made.asides.look()
    made.background.timers[-1].fire()
    note, reason = made.asides.over(everywhere(made))[:2]
    assert made.asides.choose(note).one.words == "My own words"
    assert made.passage().range == Range(0, 8)
    assert made.asides.choose(reason) is None
    assert made.claims.current == reason.of
    assert made.asides.over(everywhere(made))[1].current


def test_the_setting_is_how_it_begins():
    assert session(TEXT, settings=Settings(margin="none")).asides.wanted == "none"
