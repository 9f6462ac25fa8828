"""The way of an article in one process."""

from __future__ import annotations

from dataclasses import replace

from reader.loading import load
from reader.source import Source, read


def test_a_date_in_the_name_stands_in_for_one_in_the_header(tmp_path):
    for name, said, year in [("2015-01-19-a.md", "", 2015), ("2015-13-19-a.md", "", None), ("x.md", "", None)]:
        article = tmp_path / name
        article.write_text(f"---\ntitle: A\n{said}---\nwords\n", encoding="utf-8")
        *_, last = load(read(str(article)))
        assert (last.metadata.date and last.metadata.date.year) == year


def documents(path, text, **options):
    path.write_text(text, encoding="utf-8")
    return list(load(read(str(path), **options)))


def test_each_kind_goes_its_way(tmp_path):
    lines = "INFO a <x> *c*\nINFO **d**\n"
    assert documents(tmp_path / "a.log", lines)[-1].text == lines.rstrip("\n")
    assert documents(tmp_path / "a.md", lines)[-1].text == "INFO a <x> c INFO d"
    assert documents(tmp_path / "b.log", lines, kind="markdown")[-1].text == "INFO a <x> c INFO d"
    novel = "第一章 雪夜\n　　雪下得很大，路上没有一个人。\n"
    assert [section.title for section in documents(tmp_path / "a.txt", novel)[-1].sections] == ["第一章 雪夜"]
    page = "<!doctype html><title>T</title><body><article><p>Some words of it.</p></article>"
    assert documents(tmp_path / "a.html", page)[-1].text.endswith("Some words of it.")
    assert documents(tmp_path / "b.html", page, kind="plain")[-1].text == page


def test_links_by_name_are_links_in_the_folder_of_a_vault(tmp_path):
    folder = tmp_path / "vault" / "notes"
    folder.mkdir(parents=True)
    assert not documents(folder / "a.md", "See [[Other]] there.\n")[-1].links
    (tmp_path / "vault" / ".obsidian").mkdir()
    (link,) = documents(folder / "a.md", "See [[Other]] there.\n")[-1].links
    assert link.href == "Other.md"


def test_a_date_in_the_name_of_a_log(tmp_path):
    assert documents(tmp_path / "2024-02-09-run.log", "INFO a\n")[-1].metadata.date.day == 9


class Piped:
    """What `Pipe` is to `load`: parts that are there already."""

    def __init__(self, first, *parts, kind="markdown"):
        self.source = Source(first, "stdin", None, None, "utf-8", "", kind=kind)
        self.ended = False
        self._parts = parts

    def rest(self):
        yield from self._parts
        self.ended = True
        self.source = replace(self.source, warnings=("The file is not quite utf-8.",))


def piped(first, *parts, **options):
    pipe = Piped(first, *parts, **options)
    return list(load(pipe.source, pipe=pipe))


def test_an_article_is_shown_as_it_comes():
    found = piped("# One\n\nText of it.\n\n", "", "More of", "", " it.\n\n", "")
    shown = list(dict.fromkeys(document.text for document in found))  # a slow machine shows a text again
    assert shown == ["One", "One\n\nText of it.", "One\n\nText of it.\n\nMore of it."]
    assert [document.complete for document in found] == [*[False] * (len(found) - 1), True]
    assert found[-1].warnings == ("The file is not quite utf-8.",)


def test_front_matter_is_waited_for():
    found = piped("---\ntitle: On", "", "e\nauthor: A\n\n", "", "---\n\nText of it.\n\n", "", "End.\n")
    assert found[0].text == "One\n\nA\n\nText of it."
    assert (found[0].metadata.title, found[0].metadata.author) == ("One", "A")
    assert found[0].blocks[2].line == 6


def test_a_log_is_shown_as_it_comes():
    found = piped("INFO a\nINFO", " b\n", "", "INFO c", kind="plain")
    assert [document.text for document in found] == ["INFO a", "INFO a\nINFO b", "INFO a\nINFO b\nINFO c"]
    assert all(document.progress == 1.0 for document in found)


def test_a_page_is_waited_for():
    found = piped(
        "<!doctype html><title>T</title><body><article>", "", "<p>Some words of it.</p></article>", kind="html"
    )
    assert found[0].complete
    assert found[0].text.endswith("Some words of it.")


def test_what_has_ended_is_an_article_like_any():
    pipe = Piped("```markdown\n# One\n```\n")
    pipe.ended = True
    (document,) = load(pipe.source, pipe=pipe)
    assert [type(block).__name__ for block in document.blocks] == ["Heading"]
