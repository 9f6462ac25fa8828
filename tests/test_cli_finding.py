"""`--search`, `--to claims` and `--density` from outside."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from samples import ROOT
from test_cli import NEWS, SAMPLES, printed, reader, refused

from reader.store import Article, Store

REPORT = SAMPLES / "harbour-seagrass-report.md"


@pytest.fixture
def birds(tmp_path: Path) -> Path:
    path = tmp_path / "birds.md"
    path.write_text("# The pond\n\nOne **her**on. A Heron.\n\n## Later\n\nA crane, an héron.\n", encoding="utf-8")
    return path


def on_a_terminal(*arguments: object) -> str:
    """What is printed where standard output is a terminal."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "reader", *map(str, arguments)]
    with subprocess.Popen(command, stdout=theirs, stdin=subprocess.DEVNULL, cwd=ROOT) as process:
        os.close(theirs)
        found = b""
        while True:
            try:
                more = os.read(ours, 65536)
            except OSError:  # Linux: the other side is closed
                break
            if not more:
                break
            found += more
        process.wait(timeout=60)
    os.close(ours)
    return found.decode().replace("\r\n", "\n")


def test_a_line_for_each_match_under_its_section(birds):
    assert printed(birds, "--search", "heron").splitlines() == [
        "The pond: One heron. A Heron.",
        "The pond: One heron. A Heron.",
        "Later: A crane, an héron.",
    ]


def test_the_match_is_coloured_on_a_terminal_alone(birds):
    line = "The pond: One heron. A \x1b[1;7mHeron\x1b[0m."
    assert on_a_terminal(birds, "--to", "text", "--search", "Heron") == line + "\n"
    assert printed(birds, "--to", "ansi", "--search", "Heron") == line + "\n"
    assert printed(birds, "--to", "text", "--search", "Heron") == "The pond: One heron. A Heron.\n"


@pytest.mark.parametrize(
    ("options", "count"),
    [
        (("Heron",), 1),
        (("Heron", "--case", "insensitive"), 3),
        (("heron", "--case", "sensitive"), 2),
        (("ero", "--word"), 0),
        (("h.ron", "--regex"), 3),
        (("^A", "--regex"), 1),
        (("", "--regex"), 0),
    ],
)
def test_options(birds, options, count):
    done = reader(birds, "--search", *options)
    assert (done.returncode, done.stdout.count(b"\n")) == (0 if count else 1, count)


def test_the_shape_of_the_json(birds):
    text = json.loads(printed(birds, "--to", "json"))["text"]
    found = json.loads(printed(birds, "--to", "json", "--search", "heron"))
    assert list(found) == ["matches"]
    assert [list(match) for match in found["matches"]] == [["start", "end", "section", "line"]] * 3
    assert [text[match["start"] : match["end"]] for match in found["matches"]] == ["heron", "Heron", "héron"]
    assert found["matches"][2]["section"] == "Later"


def test_nothing_found_is_1_in_json_too(birds):
    done = reader(birds, "--to", "json", "--search", "stork")
    assert (done.returncode, json.loads(done.stdout)) == (1, {"matches": []})


def test_the_count_is_the_same_at_every_width():
    counts = {printed(NEWS, "--search", "电池", "--width", width).count("\n") for width in (40, 60, 100, 150, 220)}
    assert len(counts) == 1


def test_a_slow_pattern_ends(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("a" * 5000, encoding="utf-8")
    assert "pattern too costly" in refused(2, path, "--regex", "--search", "(a|aa|a.)+b")


def test_claims_say_section_kinds_and_why():
    lines = printed(REPORT, "--to", "claims").splitlines()
    at = next(number for number, line in enumerate(lines) if "The meadow has grown" in line)
    assert lines[0] == "Opening"
    assert lines[at].startswith("  [author, figure] ")
    assert lines[at + 1] == "      why: the author marked it"
    assert lines.count("What a chain does") == 1


def test_density_says_how_many():
    counts = [printed(NEWS, "--to", "claims", "--density", density).count("why: ") for density in (5, 10, 20)]
    assert counts == sorted(set(counts))
    assert printed(NEWS, "--to", "claims") == printed(NEWS, "--to", "claims", "--density", 10)
    assert "--density" in refused(2, NEWS, "--to", "claims", "--density", 15)


def test_the_json_has_the_same_claims():
    whole = json.loads(printed(NEWS, "--to", "json"))
    said = printed(NEWS, "--to", "claims")
    for claim in whole["claims"]:
        assert whole["text"][claim["start"] : claim["end"]] == claim["text"]
        assert " ".join(claim["text"].split()) in said
        assert claim["kind"] == claim["kinds"][0]
    assert said.count("why: ") == len(whole["claims"])


def test_an_authors_claim_that_is_not_in_the_text_is_a_warning(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("---\nclaims:\n- Nobody said this.\n---\nThe pier is too short for both.\n", encoding="utf-8")
    assert ["Nobody said this." in warning for warning in json.loads(printed(path, "--to", "json"))["warnings"]] == [
        True
    ]
    done = reader(path, "--to", "claims")
    assert done.returncode == 0
    assert "Nobody said this." in done.stderr.decode()


def test_ansi_lights_the_claims():
    lit = printed(REPORT, "--to", "ansi", "--density", 20)
    dark = printed(REPORT, "--to", "ansi", "--density", 5)
    assert lit != dark
    assert "\x1b[" in lit


def test_a_folder_in_which_nothing_is_found_is_1_in_json_too(birds, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    birds.rename(folder / "birds.md")
    state = ("--state", tmp_path / "state", "--to", "json", "--search")
    done = reader(folder, *state, "stork")
    assert (done.returncode, json.loads(done.stdout)) == (1, {"version": 1, "articles": []})
    done = reader(folder, *state, "heron")
    assert done.returncode == 0
    assert len(json.loads(done.stdout)["articles"]) == 1


def test_the_list_of_a_folder_has_what_a_person_has_set(birds, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    path = birds.rename(folder / "birds.md")
    command = (folder, "--state", tmp_path / "state", "--to", "json")
    assert "starred" not in json.loads(printed(*command))["articles"][0]
    with Store(str(tmp_path / "state" / "reader.sqlite")) as store:
        store.set_state([Article(str(path), "", "")], read="finished", starred=True)
    (article,) = json.loads(printed(*command))["articles"]
    assert (article["read"], article["starred"], article["archived"]) == ("finished", True, False)
