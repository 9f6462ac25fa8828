"""What a sentence tells by itself, in every language."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import CASES

from reader.claims.features import SHAPES, flags, measure


def has(text: str, feature: str) -> bool:
    sentence = measure(text)
    if feature in SHAPES:
        return sentence.shape[SHAPES.index(feature)] > 0
    return flags().index(feature) in sentence.flags


@pytest.mark.parametrize(("feature", "texts"), json.loads((CASES / "claims_features.json").read_text("utf-8")).items())
def test_a_feature_fires_in_every_language(feature: str, texts: dict[str, list[str]]) -> None:
    assert [text for text in texts["yes"] if not has(text, feature)] == []
    assert [text for text in texts["no"] if has(text, feature)] == []


@given(st.text(max_size=200))
def test_every_shape_is_between_0_and_1_and_every_flag_is_known(text: str) -> None:
    sentence = measure(text)
    assert len(sentence.shape) == len(SHAPES)
    assert all(0 <= value <= 1 for value in sentence.shape)
    assert len(set(sentence.flags)) == len(sentence.flags)
    assert all(0 <= flag < len(flags()) for flag in sentence.flags)
