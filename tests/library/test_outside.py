"""What a command prints of a library."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

import pytest
from shelf import opened, write

from reader.library import list_json, only, search_json, search_lines, status_lines, wanted
from reader.search import Query, SearchError

ARTICLES = {
    "a.md": """---
title: Gulls and a harbour
date: 2020-05-06
---

The first harbour of all,
the second **harbour**, and
the third, a har*bour*.

## Later

- One.
- A harbour in a list.

```
code and
a harbour
```
""",
    "p/b.md": "Nothing of the kind.\n",
    "p/灯塔.md": "# 灯塔\n\n港口的燈塔。\n",
    "tagged.md": "---\ntags: harbour\n---\n\nOnly tagged.\n",
}


@dataclass(frozen=True, slots=True)
class Marks:
    read: str = "reading"
    starred: bool = True
    archived: bool = False
    progress: float = 0.25
    opened: float = 86400.0


def lines(tmp_path: Path, typed: str, **options: object) -> list[str]:
    with opened(tmp_path, ARTICLES) as library:
        return list(search_lines(library, wanted(typed), **options))  # type: ignore[arg-type]


def test_matches_are_printed_with_the_lines_of_their_files(tmp_path):
    assert lines(tmp_path, "harbour", given="articles") == [
        "articles/a.md:2: Opening: Gulls and a harbour",
        "articles/a.md:6: Opening: The first harbour of all, the second harbour, and the third, a harbour.",
        "articles/a.md:7: Opening: The first harbour of all, the second harbour, and the third, a harbour.",
        "articles/a.md:6: Opening: …l, the second harbour, and the third, a harbour.",
        "articles/a.md:13: Later: A harbour in a list.",
        "articles/a.md:17: Later: a harbour",
        "articles/tagged.md:2: Opening: #harbour",
    ]


def test_every_line_that_is_named_has_the_word(tmp_path):
    for line in lines(tmp_path, "second"):
        path, number, _ = line.split(":", 2)
        assert "second" in Path(path).read_text().split("\n")[int(number) - 1]


def test_a_match_may_be_lit(tmp_path):
    assert lines(tmp_path, "灯塔", given=".", colour=True) == [
        "./p/灯塔.md:1: 灯塔: \x1b[1;7m灯塔\x1b[0m",
        "./p/灯塔.md:3: 灯塔: 港口的\x1b[1;7m燈塔\x1b[0m。",
    ]


def test_paths_are_whole_where_nothing_was_given(tmp_path):
    (line,) = lines(tmp_path, "kind")
    assert line == f"{tmp_path}/articles/p/b.md:1: Opening: Nothing of the kind."


def test_nothing_found_is_no_line(tmp_path):
    assert lines(tmp_path, "nowhere to be found") == []


def test_filters_and_states_hold_here_too(tmp_path):
    states = {str(tmp_path / "articles" / "p" / "b.md"): Marks()}
    assert len(lines(tmp_path, "is:starred of", states=states)) == 1
    assert lines(tmp_path, "of after:2021") == []


def test_several_words_are_all_shown_in_order(tmp_path):
    found = lines(tmp_path, "nothing kind", given="x")
    assert found == ["x/p/b.md:1: Opening: Nothing of the kind."] * 2


def test_an_expression(tmp_path):
    with opened(tmp_path, ARTICLES) as library:
        found = list(search_lines(library, only(Query(r"^a \w+$", regex=True)), given="x"))
        assert found == ["x/a.md:17: Later: a harbour"]
        with pytest.raises(SearchError, match="wrong pattern"):
            list(search_lines(library, only(Query("(", regex=True))))


def test_as_json_with_ranges(tmp_path):
    with opened(tmp_path, ARTICLES) as library:
        said = json.loads("\n".join(search_json(library, wanted("second"))))
        (article,) = said["articles"]
        (match,) = article["matches"]
        (entry,) = [entry for group in library.settled() for entry in group if entry.path == article["path"]]
        text = library.index.texts((entry.id,))[entry.id]
    assert (said["version"], article["title"], article["digest"]) == (1, "Gulls and a harbour", entry.digest)
    assert text[match["start"] : match["end"]] == "second"
    assert (match["section"], match["file_line"]) == ("Opening", 7)
    assert "second" in match["line"]


def test_as_json_with_nothing_found(tmp_path):
    with opened(tmp_path, ARTICLES) as library:
        assert json.loads("\n".join(search_json(library, wanted("nowhere")))) == {"version": 1, "articles": []}


def test_the_list_as_json(tmp_path):
    states = {str(tmp_path / "articles" / "a.md"): Marks()}
    with opened(tmp_path, ARTICLES) as library:
        os.utime(tmp_path / "articles" / "a.md", (0, 0))
        said = json.loads("\n".join(list_json(library, states=states)))
    assert said["folders"] == [str(tmp_path / "articles")]
    assert [os.path.basename(article["path"]) for article in said["articles"]] == [
        "a.md",
        "b.md",
        "灯塔.md",
        "tagged.md",
    ]
    first, tagged = said["articles"][0], said["articles"][3]
    assert first == {
        "path": str(tmp_path / "articles" / "a.md"),
        "title": "Gulls and a harbour",
        "date": "2020-05-06",
        "updated": None,
        "authors": [],
        "tags": [],
        "categories": [],
        "minutes": 1,
        "language": None,
        "characters": first["characters"],
        "digest": first["digest"],
        "size": len(ARTICLES["a.md"]),
        "modified": "1970-01-01T00:00:00+00:00",
        "problem": None,
        "read": "reading",
        "starred": True,
        "archived": False,
        "progress": 0.25,
        "opened": "1970-01-02T00:00:00+00:00",
    }
    assert (tagged["title"], tagged["tags"], "read" in tagged) == ("tagged.md", ["harbour"], False)


def test_an_empty_library_as_json(tmp_path):
    with opened(tmp_path) as library:
        assert json.loads("\n".join(list_json(library)))["articles"] == []


def test_what_cannot_be_read_is_reported_once(tmp_path, monkeypatch):
    write(tmp_path / "articles", {"closed/a.md": "x", **{f"{number}.md": "words" for number in range(450)}})
    real = os.scandir

    def scandir(path: str):
        if path.endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    told: list[str] = []
    with opened(tmp_path) as library:
        found = list(search_lines(library, wanted("words"), report=told.append))
    assert len(found) == 450
    assert told == [f"{tmp_path}/articles/closed: it could not be read (permission denied)"]


def test_output_is_safe_to_print(tmp_path):
    write(tmp_path / "articles", {"a\x1b]0;x\x07.md": "# a\x1b[31m harbour\x9b0m\n", "caf\udce9.md": "harbour"})
    with opened(tmp_path) as library:
        printed = [*search_lines(library, wanted("harbour")), *search_json(library, wanted("harbour"))]
        printed += [*list_json(library), *status_lines(library)]
    assert not any(
        ord(char) < 32 or 0x7F <= ord(char) < 0xA0 or 0xD800 <= ord(char) < 0xE000 for char in "".join(printed)
    )


def test_how_the_library_stands(tmp_path):
    with opened(tmp_path, ARTICLES) as library:
        assert next(iter(status_lines(library))) == f"{tmp_path}/articles: 4 articles, 4 of them still to be read"
        list(library.settled())
        folder, index = status_lines(library)
        assert folder == f"{tmp_path}/articles: 4 articles"
        assert index.startswith(f"index: {tmp_path}/state/library.sqlite, ")


def test_a_library_without_folders(tmp_path):
    from reader.library import Library

    with Library([], str(tmp_path / "library.sqlite")) as library:
        assert list(status_lines(library)) == ["no folder is a library; `reader library add FOLDER` makes one of it"]
        assert list(library.settled()) == []
