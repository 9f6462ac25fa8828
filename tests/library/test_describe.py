"""What an article says of itself, as it stands in the list."""

from __future__ import annotations

from pathlib import Path

import pytest
from samples import EVERY, NAMES, document

from reader.library import Entry, Found
from reader.library.describe import described, document_of
from reader.library.entry import DATE_FROM_PATH, TITLE_FROM_PATH, known_by_name, moved, path_date, path_title
from reader.loading import load
from reader.source import read


def entry(folder: Path, text: str, name: str = "words.md") -> Entry:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    source = read(str(path))
    return described(Found(str(path), path.stat().st_size, path.stat().st_mtime_ns), source, document_of(source))


def header(lines: str) -> str:
    return f"---\n{lines}\n---\n\nSome words.\n"


@pytest.mark.parametrize("path", EVERY, ids=NAMES)
def test_the_document_is_the_one_that_is_read(path):
    """Or the index would find what the page does not show."""
    assert document_of(read(str(path))).text == document(path).text
    assert document_of(read(str(path))).sections == document(path).sections


@pytest.mark.parametrize("name", ["page.html", "page.htm", "page", "page.txt", "page.md", "page.org"])
def test_a_web_page_is_read_as_one(tmp_path, name):
    path = tmp_path / name
    head = "<!doctype html><html><head><title>Gulls</title></head><body><nav><a href=/>Home</a></nav>"
    path.write_text(f"{head}<article><h1>Gulls</h1>{'<p>They cry by the harbour, all day long.</p>' * 9}</article>")
    *_, shown = load(read(str(path)))
    found = document_of(read(str(path)))
    assert (found.text, found.sections, found.warnings) == (shown.text, shown.sections, shown.warnings)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("---\ntitle: In the header\n---\n# On the page\n", "In the header"),
        ("# On *the* page\n\nWords.\n", "On the page"),
        ("---\ntags: a\n---\n\n## On the page\n\nWords.\n", "On the page"),
        ("作者：小岩\n\n# 标题\n\n正文。\n", "标题"),
        ("Words first, and enough of them to be a paragraph of its own.\n\n## Deep inside\n\nMore.\n", "words.md"),
        ("---\ntitle: \n---\n\nWords.\n", "words.md"),
        ("", "words.md"),
        ("---\ntitle: a\x1b]0;x\x07\n---\nWords.", "a␛]0;x␇"),
    ],
)
def test_titles(tmp_path, text, title):
    found = entry(tmp_path, text)
    assert found.title == title
    assert bool(found.guessed & TITLE_FROM_PATH) is (title == "words.md")


@pytest.mark.parametrize(
    ("lines", "authors"),
    [
        ("author: Jane Doe", ["Jane Doe"]),
        ("author: Doe, Jane", ["Doe, Jane"]),
        ("authors: [Jane Doe, 王小波]", ["Jane Doe", "王小波"]),
        ("author:\n  name: Jane Doe\n  email: j@example.org", ["Jane Doe"]),
        ("authors:\n  - name: Jane Doe\n  - name: 王小波", ["Jane Doe", "王小波"]),
        ("authors:\n  - [Jane Doe, John Roe]\n  - 王小波", ["Jane Doe", "John Roe", "王小波"]),
        ("作者: 王小波", ["王小波"]),
        ("title: x", []),
    ],
)
def test_authors(tmp_path, lines, authors):
    assert entry(tmp_path, header(lines)).authors.split("\n") == (authors or [""])


@pytest.mark.parametrize(
    ("lines", "tags"),
    [
        ("tags: [Rust, 机器学习]", ["Rust", "机器学习"]),
        ("tags:\n  - machine learning\n  - Rust", ["machine learning", "Rust"]),
        ("tags: rust, machine learning", ["rust", "machine learning"]),
        ("tags: rust learning", ["rust", "learning"]),
        ("tags: 机器 学习", ["机器 学习"]),
        ("tag: machine learning", ["machine learning"]),
        ("tags: 随笔、生活", ["随笔", "生活"]),
        ("tags: [[a, b], [c]]", ["a", "b", "c"]),
        ("tags:\n  - name: a\n  - b: c", ["a", "b"]),
        ("keywords: [x]\ntags: ['#y', y, '']", ["y", "x"]),
        ("Tags: [a]", ["a"]),
        ("标签: [随笔]", ["随笔"]),
        ("tags: " + "x" * 200, []),
        ("tags:", []),
    ],
)
def test_tags(tmp_path, lines, tags):
    assert entry(tmp_path, header(lines)).tags.split("\n") == (tags or [""])


def test_no_more_tags_than_a_person_reads(tmp_path):
    assert len(entry(tmp_path, header(f"tags: [{', '.join(map(str, range(900)))}]")).tags.split("\n")) == 50


@pytest.mark.parametrize(
    ("lines", "categories"),
    [
        ("categories: [Notes, 随笔]", ["Notes", "随笔"]),
        ("category: Web Development", ["Web Development"]),
        ("categories:\n  - [A, B]\n  - [C]", ["A", "B", "C"]),
    ],
)
def test_categories(tmp_path, lines, categories):
    assert entry(tmp_path, header(lines)).categories.split("\n") == categories


@pytest.mark.parametrize(
    ("lines", "name", "day", "updated"),
    [
        ("date: 2015-01-19", "a.md", "2015-01-19", ""),
        ("date: 2015-01-19 08:30:00 +0800", "a.md", "2015-01-19T08:30", ""),
        ("date: 19 January 2015", "a.md", "2015-01-19", ""),
        ("date: 2015-01-19\nupdated: 2016-02-03", "a.md", "2015-01-19", "2016-02-03"),
        ("created: 2015-01-19\nlastmod: 2016-02-03", "a.md", "2015-01-19", "2016-02-03"),
        ("lastmod: 2016-02-03", "a.md", "2016-02-03", "2016-02-03"),
        ("last_modified: 2016-02-03", "a.md", "2016-02-03", "2016-02-03"),
        ("path: /blog/2015/01/19/title", "a.md", "2015-01-19", ""),
        ("permalink: /2015/01/title/", "a.md", "2015-01", ""),
        ("title: x", "2015-01-19-title.md", "2015-01-19", ""),
        ("title: x", "2015/01/19/title.md", "2015-01-19", ""),
        ("date: 2014-05-06", "2015-01-19-title.md", "2014-05-06", ""),
        ("date: tomorrow", "a.md", "", ""),
        ("title: x", "a.md", "", ""),
    ],
)
def test_dates(tmp_path, lines, name, day, updated):
    found = entry(tmp_path, header(lines), name)
    assert (found.date, found.updated) == (day, updated)


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("notes/weekly notes 2024-05-01.md", "2024-05-01"),
        ("notes/_posts__2024-05-01-gulls.md", "2024-05-01"),
        ("notes/gulls-2024-13-01.md", ""),
        ("notes/version 12024-05-01.md", ""),
        ("notes/gulls 1024-2024.md", ""),
        ("/x/2015-01-19-gulls.md", "2015-01-19"),
        ("/x/20150119-gulls.md", "2015-01-19"),
        ("/x/2015_01_19.md", "2015-01-19"),
        ("/x/201501191.md", ""),
        ("/x/2015-13-19-gulls.md", ""),
        ("/x/2015/01/19/gulls.md", "2015-01-19"),
        ("/x/2015/1/gulls.md", "2015-01"),
        ("/x/2015-01/gulls.md", "2015-01"),
        ("/x/2015/gulls.md", "2015"),
        ("/x/2015/gulls/index.md", "2015"),
        ("/x/2015-01-19-gulls/index.md", "2015-01-19"),
        ("/x/2015/index.md", "2015"),
        ("/2015/01/19/x/gulls.md", ""),
        ("/x/1815/gulls.md", ""),
        ("gulls.md", ""),
        ("index.md", ""),
    ],
)
def test_dates_in_paths(path, day):
    assert path_date(path) == day


def test_titles_from_paths():
    assert path_title("/x/gulls.md") == "gulls.md"
    assert path_title("/x/gulls/index.md") == "gulls/index.md"
    assert path_title("/x/caf\udce9.md") == "caf\\xE9.md"


def test_language_minutes_and_length(tmp_path):
    found = entry(tmp_path, "港口的灯整夜亮着。" * 100 + "\n")
    assert (found.language, found.minutes, found.length) == ("zh", 2, 900)
    assert entry(tmp_path, header("lang: en-GB")).language == "en-GB"
    assert entry(tmp_path, "Some words.\n").language == ""
    assert entry(tmp_path, "Some words.\n").minutes == 1


def test_a_file_known_by_its_name():
    found = known_by_name(Found("/x/2015-01-19-gulls.md", 3, 4))
    assert (found.id, found.title, found.date, found.size) == (0, "2015-01-19-gulls.md", "2015-01-19", 3)
    assert known_by_name(Found("/x/a.md", 3, 4), "A title", "2020-01-02")[5:7] == ("A title", "2020-01-02")


def test_a_file_that_was_moved():
    before = known_by_name(Found("/x/2015-01-19-gulls.md", 3, 4))
    after = moved(before, Found("/x/2016-02-03-terns.md", 3, 5))
    assert (after.title, after.date, after.mtime_ns) == ("2016-02-03-terns.md", "2016-02-03", 5)
    assert after.guessed == TITLE_FROM_PATH | DATE_FROM_PATH
    said = before._replace(title="Gulls", date="2011", guessed=0)
    assert moved(said, Found("/y/a.md", 3, 5))[5:7] == ("Gulls", "2011")
