"""`reader notes export`, `reader notes import` and `reader --notes` from outside."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from test_cli import printed, reader, refused

from reader.source import read
from reader.store import Article, Store, annotation, selector_at

TEXT = "# The pond\n\nA heron stood in the pond. Nobody had seen one for years.\n"


@pytest.fixture
def pond(tmp_path: Path) -> Path:
    path = tmp_path / "pond.md"
    path.write_text(TEXT, encoding="utf-8")
    start = 0
    text = "The pond\n\nA heron stood in the pond. Nobody had seen one for years."
    with Store(str(tmp_path / "state" / "reader.sqlite")) as store:
        source = read(str(path))
        article = Article(source.path, source.digest, "The pond")
        for quote, words in (("A heron", "Grey.\nOr white? #bird"), ("Nobody had seen one", "")):
            start = text.index(quote)
            selector = selector_at(start, start + len(quote), text, (), article.digest)
            assert store.save_annotation(article, annotation(selector, colour="yellow", words=words))
    return path


@pytest.fixture
def state(pond: Path) -> tuple[str, Path]:
    return ("--state", pond.parent / "state")


def test_markdown_to_standard_output(pond, state):
    text = printed("notes", "export", pond, *state)
    assert text.startswith('---\ntitle: "The pond"\n')
    assert "> A heron\n\nGrey.\nOr white? #bird\n\n^" in text
    assert text.endswith("<!-- reader: end -->\n")
    assert printed(*state, "notes", "export", pond) == text, "the options may stand before"


def test_each_format(pond, state, tmp_path):
    found = json.loads(printed("notes", "export", "--all", "--format", "json", *state))
    assert [item["target"]["selector"][0]["exact"] for item in found["items"]] == ["A heron", "Nobody had seen one"]
    assert printed("notes", "export", "--all", "--format", "csv", *state).splitlines()[0] == (
        "Highlight,Title,Author,URL,Note,Location,Date"
    )
    assert "<mark" in printed("notes", "export", pond, "--format", "html", *state)
    out = tmp_path / "out"
    for kind in ("md", "json", "csv", "html"):
        said = printed("notes", "export", "--all", "--format", kind, "--into", out, *state)
        assert said == "1 file, 1 of them new or changed\n"
    assert sorted(path.name for path in out.iterdir()) == ["The pond.html", "The pond.md", "notes.csv", "notes.json"]
    assert pond.read_text(encoding="utf-8") == TEXT


def test_out_and_in_again(pond, state, tmp_path):
    file = tmp_path / "notes.json"
    file.write_text(printed("notes", "export", "--all", "--format", "json", *state), encoding="utf-8")
    assert printed("notes", "import", file, *state) == f"{pond}: 0 new, 0 changed, 2 known already\n"
    other = ("--state", tmp_path / "other")
    assert printed("notes", "import", file, *other) == f"{pond}: 2 new, 0 changed, 0 known already\n"
    pond.write_text("# The pond\n\nNothing is left of it.\n", encoding="utf-8")
    third = printed("notes", "import", file, "--state", tmp_path / "third").splitlines()
    assert third == [
        f"{pond}: 2 new, 0 changed, 0 known already",
        "  2 not found in the article; they are kept as lost notes:",
        "    A heron",
        "    Nobody had seen one",
    ]


def test_the_list(pond, state):
    assert printed("--notes", *state).splitlines() == [
        f"The pond  {pond}",
        "  ✎ A heron",
        "      Grey.",
        "      Or white? #bird",
        "  ▍ Nobody had seen one",
    ]
    assert printed("--notes", *state, pond.parent) == printed("--notes", *state)
    assert printed("--notes", "--search", "white", *state).splitlines()[1:] == [
        "  ✎ A heron",
        "      Grey.",
        "      Or white? #bird",
    ]
    nothing = reader("--notes", "--search", "camel", *state)
    assert (nothing.returncode, nothing.stdout) == (1, b"")
    assert nothing.stderr == b"reader: there are no such notes\n"


@pytest.mark.parametrize(
    ("arguments", "code", "line"),
    [
        (("export",), 2, "name articles or folders to export the notes of, or write --all"),
        (("export", "--all", "nowhere.md"), 2, "name articles or folders to export the notes of, or write --all"),
        (("export", "nowhere.md"), 1, "nowhere.md: there is no such file, and there are no notes on one"),
        (
            ("export", "--all", "--since", "soon"),
            2,
            "--since takes the word last or a date like 2026-11-26, not 'soon'",
        ),
        (("import",), 2, "name the file of notes to import"),
        (("import", "nowhere.json"), 1, "nowhere.json: it cannot be read (no such file or directory)"),
        (("import", "pond.md"), 1, "pond.md: it is neither JSON nor a CSV with a column named Highlight"),
        (("import", "pond.md", "--format", "md"), 2, "--format is an option of export"),
        (("export", "--all", "--into", "pond.md"), 1, "pond.md: it could not be written (file exists)"),
    ],
)
def test_what_is_wrong_is_one_line(pond, state, arguments, code, line):
    assert refused(code, "notes", *arguments, *state, cwd=pond.parent) == f"reader: {line}\n"


def test_a_template_that_cannot_be_used_is_said(pond, state, tmp_path):
    config = tmp_path / "config.toml"
    config.write_text('[notes]\nnote = "{quotation}"\n', encoding="utf-8")
    done = reader("notes", "export", pond, "--config", config, *state)
    assert done.returncode == 0
    assert b"notes.note in the settings: there is no field {quotation}" in done.stderr
    assert b"> A heron" in done.stdout


def test_a_folder_of_that_name_is_opened(pond, state, tmp_path):
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_text("# A\n", encoding="utf-8")
    done = reader("notes", *state, cwd=tmp_path)
    assert done.stdout == b"notes/a.md\t\tA\n"
    assert reader("notes", "export", pond, *state, cwd=tmp_path).stdout.startswith(b"---\ntitle")


def test_a_store_that_cannot_be_used_is_one_line_and_nothing_is_said_to_be_kept(pond, state, tmp_path):
    path = pond.parent / "state" / "reader.sqlite"
    kept = tmp_path / "notes.json"
    kept.write_text(printed("notes", "export", "--all", "--format", "json", *state), encoding="utf-8")
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 9999")
    for arguments in (("notes", "export", pond), ("notes", "export", "--all", "--format", "csv"), ("--notes",)):
        assert refused(1, *arguments, *state) == f"reader: {path}: it is of a newer version of the reader\n"
    assert refused(1, "notes", "import", kept, *state) == f"reader: {path}: it is of a newer version of the reader\n"


def test_a_store_that_was_damaged_is_said(pond, state):
    path = pond.parent / "state" / "reader.sqlite"
    path.write_text("no database, " * 1000, encoding="utf-8")
    said = reader("--notes", *state).stderr.decode()
    assert said.count("\n") == 2
    assert "was damaged and has been set aside" in said
