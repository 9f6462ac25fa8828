"""The way of an article in one process."""

from __future__ import annotations

from reader.loading import load
from reader.source import read


def test_a_date_in_the_name_stands_in_for_one_in_the_header(tmp_path):
    for name, said, year in [("2015-01-19-a.md", "", 2015), ("2015-13-19-a.md", "", None), ("x.md", "", None)]:
        article = tmp_path / name
        article.write_text(f"---\ntitle: A\n{said}---\nwords\n", encoding="utf-8")
        *_, last = load(read(str(article)))
        assert (last.metadata.date and last.metadata.date.year) == year
