"""Title and date from the first lines of a file, and from its name."""

from __future__ import annotations

import os

import pytest

from reader.library import named_date, peek
from reader.library.head import peeked


@pytest.mark.parametrize(
    ("text", "title", "day"),
    [
        ("---\ntitle: A plain one # not this\ndate: 2020-01-02 10:00\n---\nx", "A plain one", "2020-01-02"),
        ('---\ntitle: "Quoted: so"\n---\n', "Quoted: so", ""),
        ("---\ntitle: 'It''s'\nDate: 2020/1/2\n---", "It's", "2020-01-02"),
        ('+++\ntitle = "Hugo"\ndate = 2020-01-02\n+++\n', "Hugo", "2020-01-02"),
        ("---\ntitle: >\n  folded\n---\n# The heading", "The heading", ""),
        ("---\nno: title\n---\n\n\n## A heading ##\nwords", "A heading", ""),
        ("---\nno: title\n---\nwords", "", ""),
        ("---\nlastmod: 2021-03-04\n---\nwords", "", "2021-03-04"),
        ("---\nlastmod: 2021-03-04\ndate: 2020-01-02\n---\nwords", "", "2020-01-02"),
        ("---\ntitle: a\x1b]0;x\x07\n---", "a␛]0;x␇", ""),
        ("# On top\n", "On top", ""),
        ("", "", ""),
        ("---", "", ""),
    ],
)
def test_a_peek_at_the_head_of_a_file(text: str, title: str, day: str) -> None:
    assert peek(text) == (title, day)


@pytest.mark.parametrize("blanks", ["", " ", "  ", "\t", " \t ", "\u3000"])
@pytest.mark.parametrize("key", ["title", "date"])
def test_an_empty_entry_is_none(key: str, blanks: str) -> None:
    assert peek(f"---\n{key}:{blanks}\n---\n# The heading\n") == ("The heading", "")


@pytest.mark.parametrize("written", ['""', "''", '"', "'", '" "', "#", "# only a comment"])
def test_an_entry_of_nothing_but_signs(written: str) -> None:
    assert peek(f"---\ntitle: {written}\n---\n# The heading\n")[0] in ("The heading", written)


def test_a_heading_deep_in_the_text_is_no_title() -> None:
    assert peek("words\n\n## A heading\n") == ("", "")


def test_long_lines_take_no_longer_than_their_length() -> None:
    assert peek("---\ntitle" + " " * 8000 + "x\n---\n# H") == ("H", "")
    assert peek("---\ntitle:" + " " * 8000 + "\n---\n# H") == ("H", "")
    assert peek("#" + " " * 8000 + "\n") == ("", "")


def test_dates_in_names() -> None:
    assert str(named_date("/x/2015-01-19-gulls.md")) == "2015-01-19"
    for name in ("2015-13-19-a.md", "2015-1-19-a.md", "20150119-a.md", "2015-01-19.md", "2015-01-1９-a.md"):
        assert named_date(name) is None


def test_a_file_is_looked_at_before_it_is_opened(tmp_path, monkeypatch) -> None:
    os.mkfifo(tmp_path / "x.md")
    opened: list[str] = []
    monkeypatch.setattr(os, "open", lambda path, *_: opened.append(path))
    assert peeked(str(tmp_path / "x.md")) == ("", "")
    assert opened == []


def test_a_file_that_cannot_be_read_has_no_head(tmp_path) -> None:
    assert peeked(str(tmp_path / "nowhere.md")) == ("", "")
    assert peeked(str(tmp_path)) == ("", "")
    assert peeked("a\0b.md") == ("", "")
