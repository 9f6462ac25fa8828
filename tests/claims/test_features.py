"""What is measured of a sentence."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import CASES

from reader.claims.features import measure, names
from reader.claims.kinds import kinds_of


@pytest.mark.parametrize(("feature", "texts"), json.loads((CASES / "claims_features.json").read_text("utf-8")).items())
def test_a_feature_fires_in_every_language(feature: str, texts: dict[str, list[str]]) -> None:
    place = names().index(feature)
    assert [text for text in texts["yes"] if not measure(text).values[place]] == []
    assert [text for text in texts["no"] if measure(text).values[place]] == []


@given(st.text(max_size=200))
def test_every_feature_is_between_0_and_1(text: str) -> None:
    sentence = measure(text)
    assert len(sentence.values) == len(names())
    assert all(0 <= value <= 1 for value in sentence.values)
    assert kinds_of(sentence)
