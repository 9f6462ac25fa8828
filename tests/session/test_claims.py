"""Which claims are chosen, of which kind, and which is the current one, with no app."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest
from samples import sample
from session_kit import Heard, session

from reader.claims import Finder, find
from reader.document import Document
from reader.loading import Findings
from reader.session import Session
from reader.settings import Claims, Settings, preferred
from reader.store import glance


def found(document: Document) -> Findings:
    finder = Finder()
    for _ in finder.feed(document):
        pass
    return Findings(finder.pieces, finder.authors, finder.warnings, True)


@pytest.fixture(scope="module")
def harbour() -> tuple[Document, Findings]:
    document = sample("harbour")
    return document, found(document)


def judged(harbour: tuple[Document, Findings], settings: Settings | None = None) -> Session:
    made = session(harbour[0], settings=settings)
    made.claims.found(harbour[1])
    return made


def test_density_is_a_choice_over_what_is_found(harbour):
    made = judged(harbour)
    ten = made.claims.chosen
    made.claims.thicken(1)
    assert made.claims.density == 20
    assert {claim.range for claim in ten} < {claim.range for claim in made.claims.chosen}
    made.claims.thicken(-1)
    assert made.claims.chosen == ten


def test_steps_go_round(harbour):
    made = judged(harbour)
    for index in range(len(made.claims.chosen)):
        made.claims.step(1)
        assert made.claims.current == index
    made.claims.step(1)
    assert made.claims.current == 0
    assert made.message.text == "Claims continue at the top"


def test_one_kind_only(harbour):
    made = judged(harbour)
    made.claims.next_kind()
    assert made.claims.kind is not None
    assert all(made.claims.kind in made.claims.chosen[at].kinds for at in made.claims.listed)
    while made.claims.kind is not None:
        made.claims.next_kind()
    assert list(made.claims.listed) == list(range(len(made.claims.chosen)))


def test_hidden_claims_mark_nothing(harbour):
    made = judged(harbour, Settings(claims=Claims(shown=False)))
    assert made.claims.signs == {}
    made.claims.toggle()
    assert made.claims.signs
    assert list(made.article.marks.over(0, 10**6))


def test_the_skim_shows_the_claims_and_goes_back(harbour):
    made = judged(harbour)
    heard = Heard(made)
    made.viewport.top_offset = 500
    made.claims.skim()
    assert made.article.skimming
    assert not made.article.hides(made.claims.chosen[0].range)
    made.viewport.top_offset = 0
    made.claims.skim()
    assert made.viewport.top_offset == 500
    assert heard.count("rows") == 2


def test_a_claim_that_was_stepped_to_is_the_passage_while_it_is_on_the_page(harbour):
    made = judged(harbour)
    made.claims.step(1)
    assert made.passage() == ("claim", made.claims.chosen[0].range)
    made.viewport.top_offset = made.claims.chosen[0].range.end + 500
    assert made.passage().kind == "paragraph"


def test_without_claims_a_step_says_so(harbour):
    made = session("# Nothing\n")
    made.claims.step(1)
    assert made.message.text == "No claims found so far"
    made.claims.found(Findings(complete=True))
    made.claims.step(1)
    assert made.message.text == "No claims"


MODEL = """
import json, sys
asked = json.load(sys.stdin)
with open(sys.argv[1], "a") as log:
    log.write("asked\\n")
print(json.dumps([{"number": 1, "kind": "figure", "why": "it is so"}, 9999]))
"""


def test_a_model_of_ones_own_chooses_and_is_asked_once_an_article(harbour, tmp_path):
    (tmp_path / "model.py").write_text(MODEL)
    command = (sys.executable, str(tmp_path / "model.py"), str(tmp_path / "log"))
    settings = Settings(claims=Claims(command=command))
    for _ in range(2):
        made = session(harbour[0], settings=settings, path=tmp_path / "a.md", store=tmp_path / "reader.sqlite")
        made.claims.found(harbour[1])
        assert not made.claims.asking
        assert [claim.kinds for claim in made.claims.chosen if not claim.author] == [("figure",)]
        made.finish()
    assert (tmp_path / "log").read_text() == "asked\n"


def test_a_command_that_fails_leaves_the_claims_that_were_found(harbour, tmp_path):
    settings = Settings(claims=Claims(command=(sys.executable, "-c", "raise SystemExit(3)")))
    made = session(harbour[0], settings=settings)
    made.claims.found(harbour[1])
    assert len(made.claims.chosen) > 1
    assert made.message.warning


def test_what_was_chosen_is_remembered_where_the_settings_say_nothing(harbour, tmp_path):
    path = str(tmp_path / "reader.sqlite")
    made = session(harbour[0], store=tmp_path / "reader.sqlite")
    made.claims.found(harbour[1])
    made.claims.thicken(1)
    made.claims.toggle()
    made.sidebar.show("claims")
    made.sidebar.widen(1)
    made.store.close()
    kept = glance(path).preferences
    again = preferred(Settings(), kept)
    assert (again.claims.density, again.claims.shown, again.sidebar.panel) == (20, False, "claims")
    assert again.sidebar.width == made.sidebar.width
    other = preferred(replace(Settings(), given=frozenset(["claims.density"])), kept)
    assert (other.claims.density, other.claims.shown) == (10, False)


def test_why_is_found_when_it_is_asked_for(harbour):
    made = judged(harbour)
    told = []
    made.claims.explain(made.claims.chosen[0], told.append)
    assert [(claim.range, claim.why) for claim in told] == [
        (made.claims.chosen[0].range, find(harbour[0])[0].why),
    ]
    made.claims.explain(told[0], told.append)
    assert told[1] is told[0], "what is known is not found again"


def test_a_density_that_an_article_has_not_is_not_claimed(harbour):
    document, findings = harbour
    few = tuple(replace(piece, claims=piece.claims[: piece.count // 20]) for piece in findings.pieces)
    made = judged((document, findings._replace(pieces=few)))
    made.claims.thicken(1)
    share = round(100 * len(made.claims.chosen) / sum(piece.count for piece in few))
    assert 0 < share < 15
    assert made.message.text == f"{len(made.claims.chosen)} claims, {share}% of the sentences: there are no more"
