"""The package: what is found, by the cases of `cases/search.json`, and what it imports."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest
from match_picture import lit
from samples import CASES

from reader.search import Query

LISTED = json.loads((CASES / "search.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", LISTED, ids=[case["name"] for case in LISTED])
def test_case(case: dict[str, object]) -> None:
    options = {key: value for key, value in case.items() if key not in ("name", "query", "text")}
    query = Query(str(case["query"]), **options)  # type: ignore[arg-type]
    marked = str(case["text"])
    assert lit(re.sub("[⟦⟧]", "", marked), query) == marked


def test_case_names_are_unique() -> None:
    names = [case["name"] for case in LISTED]
    assert len(names) == len(set(names)) > 60


def test_search_loads_what_it_needs_only() -> None:
    code = (
        "import sys; from reader.search import *; search('苹果', Query('a'));"
        "print(*(m for m in ('regex', 'pypinyin', 'reader.variants', 'reader.pinyin', 'textual') if m in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
