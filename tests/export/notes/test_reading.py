"""Files of notes: whatever is in them, notes come out or one line."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.export.notes import read_notes


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "neither JSON nor a CSV"),
        (b"a,b\n1,2\n", "neither JSON nor a CSV"),
        (b"{", "no JSON"),
        (b"[" * 100_000, "no JSON"),
        (b"{}", "no notes"),
        (b'[1, "x", null]', "no notes"),
        (b"\xff\xfe", "not UTF-8"),
        (b'Highlight\n"' + b"x" * (1 << 23), "no CSV"),
    ],
)
def test_what_holds_no_notes_is_said(data, problem):
    with pytest.raises(ValueError, match=problem):
        read_notes(data)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(
            ["target", "selector", "type", "exact", "prefix", "start", "end", "body", "value", "uri", "items", "first",
             "rows", "annotations", "tags", "document", "title", "created", "id", "reader", "refinedBy", "source"]
        ),
        inner,
        max_size=5,
    ),
    max_leaves=25,
)  # fmt: skip


@given(json_values)
def test_any_json_gives_notes_or_one_line(found):
    with suppress(ValueError):
        read_notes(json.dumps(found).encode("utf-8", "surrogatepass"))
