"""What a model of the reader's own is asked, and what is made of its answer."""

from __future__ import annotations

import json

import pytest

from reader.claims import AnswerError, answer_key, answered, choose, question
from reader.document import Document, Metadata
from reader.parse import parse

BODY = (
    "## Tolls\n\nThe ferry toll rises to 12 euros in May. Islanders ride for free.\n\nGulls sat on the pier.\n\n"
    "## Boats\n\nTwo new boats replace the old one. They run on hydrogen.\n\nMia sells tickets.\n"
)
COMMAND = ("llm", "-m", "a model")


@pytest.fixture(scope="module")
def ferry() -> Document:
    return parse(BODY, Metadata(title="Ferry toll rises"))


def test_the_question_has_all_a_model_needs(ferry: Document) -> None:
    asked = json.loads(question(ferry))
    assert asked["title"] == "Ferry toll rises"
    assert "Tolls" in asked["sections"]
    assert [one["number"] for one in asked["sentences"]] == [1, 2, 3, 4, 5, 6]
    assert asked["sentences"][3] == {"number": 4, "section": "Boats", "text": "Two new boats replace the old one."}
    assert 1 <= asked["pick"] <= 3
    assert "key claim" in asked["task"]


def texts(document: Document, answer: str) -> list[str]:
    return [document.slice(claim.range) for claim in answered(document, answer, COMMAND).piece.claims]


@pytest.mark.parametrize(
    "answer",
    [
        "[4, 1]",
        "Here you are:\n```json\n[4, 1]\n```\nAnything else?",
        '{"claims": [4, 1]}',
        '[{"number": 4}, {"number": 1, "kind": "figure"}]',
        "[4, 1, 4]",
        "<think>\nThe first are [2, 3], or [1].\n</think>\n\n[4, 1]",
        "Thinking...\nPerhaps [2], since Islanders [3] …\n...done thinking.\n\n[4, 1]\n",
    ],
)
def test_the_list_is_found_where_models_put_it(ferry: Document, answer: str) -> None:
    assert texts(ferry, answer) == ["Two new boats replace the old one.", "The ferry toll rises to 12 euros in May."]


def test_kind_and_reason_are_taken_where_they_are_given_and_ours(ferry: Document) -> None:
    answer = answered(
        ferry,
        '[{"number": 5, "kind": "cause", "reason": "green\\u001b[2J boats"}, {"number": 1, "kind": "x"}]',
        COMMAND,
    )
    first, second = answer.piece.claims
    assert first.kinds == ("cause",)
    assert first.why.startswith("chosen by llm -m 'a model': green")
    assert "\x1b" not in first.why
    assert second.kinds == ("figure",)
    assert second.why == "chosen by llm -m 'a model'"


def test_what_no_sentence_has_is_left_out_and_said_once(ferry: Document) -> None:
    answer = answered(ferry, '[0, 99, true, "1", null, 1.5, 1]', COMMAND)
    assert len(answer.piece.claims) == 1
    assert answer.warning == "llm -m 'a model': the answer has 6 entries that name no sentence; left out"
    assert answered(ferry, "[1]", COMMAND).warning == ""


@pytest.mark.parametrize("answer", ["", "I cannot do that.", "{}", "[1, 2", '{"a": [1], "b": [2]}', "[" * 100_000])
def test_no_list_is_an_error_in_a_line(ferry: Document, answer: str) -> None:
    with pytest.raises(AnswerError) as error:
        answered(ferry, answer, COMMAND)
    assert "\n" not in str(error.value)
    assert len(str(error.value)) < 160


def test_its_choice_is_chosen_from_like_any_other(ferry: Document) -> None:
    piece = answered(ferry, "[6, 4, 1]", COMMAND).piece
    few, many = choose([piece], density=0.05), choose([piece], density=0.20)
    assert set(few) <= set(many)
    assert [claim.range.start for claim in many] == sorted(claim.range.start for claim in many)


def test_an_article_that_is_too_long_is_not_asked_about() -> None:
    with pytest.raises(AnswerError, match="3,001 sentences"):
        question(parse("A sentence stands here. " * 3001))


def test_an_answer_is_kept_by_text_and_command(ferry: Document) -> None:
    other = parse(BODY + "More.\n", Metadata(title="Ferry toll rises"))
    assert answer_key(ferry, COMMAND) == answer_key(ferry, list(COMMAND))
    assert len({answer_key(ferry, COMMAND), answer_key(ferry, ("llm",)), answer_key(other, COMMAND)}) == 3
