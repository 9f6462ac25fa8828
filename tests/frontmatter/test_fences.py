"""Headers as people write them: what is read from each, where the body begins, and that no word is lost."""

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import CASES, SHARED

from reader.document import Value
from reader.frontmatter import Header, parse_date, split

LISTED = json.loads((CASES / "frontmatter.json").read_text("utf-8"))
SUITE = SHARED / "suites" / "frontmatter.json"


def plain(value: Value) -> Any:
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return {key: plain(item) for key, item in value.items()}


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    else:
        for item in value.items() if isinstance(value, dict) else value:
            yield from strings(item)


@pytest.mark.parametrize("case", LISTED, ids=[case["name"] for case in LISTED])
def test_case(case: dict[str, Any]) -> None:
    found = split(case["text"])
    when = found.metadata.date
    assert {
        "title": found.metadata.title,
        "date": when.isoformat() if when else "",
        "author": found.metadata.author,
        "entries": plain(found.metadata.entries),
        "body": found.body,
        "line": found.line,
        "warnings": list(found.warnings),
    } == {"title": "", "date": "", "author": "", "entries": {}, "warnings": []} | {
        key: value for key, value in case.items() if key not in {"name", "text"}
    }


@pytest.mark.skipif(not SUITE.exists(), reason=f"{SUITE} is absent")
def test_every_case_of_the_suite_has_its_expected_result_here() -> None:
    ours = {case["name"]: case["text"] for case in LISTED}
    suite = {case["name"]: case["text"] for case in json.loads(SUITE.read_text("utf-8"))}
    assert suite
    assert {name: text for name, text in suite.items() if ours.get(name) != text} == {}


def words(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", re.sub(r"\\e|\\u\w{4}|(?<=\d)T(?=\d)", " ", text)))


def assert_nothing_lost(text: str, found: Header) -> None:
    kept = "\n".join((*strings(plain(found.metadata.entries)), found.body, *found.warnings))
    assert words(text) <= words(kept)


@pytest.mark.parametrize("case", LISTED, ids=[case["name"] for case in LISTED])
def test_no_word_is_lost(case: dict[str, Any]) -> None:
    # Left out: a language on the fence around it all, what a format calls a comment or null, and JSON's own words.
    text = re.sub(r"^\s*[`~]+\w+|# a comment|null\}|\u00ad", "", case["text"])
    assert_nothing_lost(text, split(case["text"]))


@pytest.mark.parametrize("case", LISTED, ids=[case["name"] for case in LISTED])
def test_the_body_starts_on_its_line(case: dict[str, Any]) -> None:
    found = split(case["text"])
    lines = case["text"].replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff").split("\n")
    for number, (written, kept) in enumerate(zip(lines[found.line :], found.body.split("\n"), strict=False)):
        # The line that closed a fence around the article is blank now.
        assert written == kept or not kept, number


keys = st.sampled_from(["title", "date", "tags", "x", "标题", "a b", '"q"', "- ", "  y", "#", "<<", "? k", ""])
seps = st.sampled_from([": ", ":", "：", " = ", " : ", " ", ":\t", "\n  - ", ": |\n  ", ": >-\n\n   "])
values = st.text(st.sampled_from("ab 中文'\"[]{}:,#&*!|>%@`-\\e\x1b\x00\u2028\u202e\ud800.1\t"), max_size=12)
entry = st.tuples(keys, seps, values).map("".join)
fences = st.sampled_from(["---", "--- ", "+++", ";;;", "...", "```", "{", "}", "", "----"])
headers = st.tuples(fences, st.lists(entry, max_size=6).map("\n".join), fences, values).map("\n".join)


@given(headers)
def test_any_header_opens(text: str) -> None:
    found = split(text)
    for kept in (*strings(plain(found.metadata.entries)), found.metadata.title, found.metadata.author, *found.warnings):
        assert kept.isprintable() or re.fullmatch(r"[^\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ud800-\udfff]*", kept)
    rest = text.replace("\r\n", "\n").replace("\r", "\n")
    assert rest.endswith(found.body)
    assert found.line == rest[: len(rest) - len(found.body)].count("\n") or "```" in text


worded_keys = st.sampled_from(["title", "date", "tags", "x", "标题", "two words", '"q"'])
plain_seps = (": ", ":", "：", " = ", ": - ", ":\n  - ", ": |\n  ", ": >-\n\n   ")
broken_seps = (": [", ": {k: ", ": '", ': "', ": &k ", ": *k ", ": !k ", ": @", ": %")
worded_seps = st.sampled_from((*plain_seps, *broken_seps))
worded_values = st.lists(
    st.sampled_from(["w1", "二字", "k:b", "w4]", "w5'", "'w6", "w7}", "- w8", ", w9", "\n w10", "\n\nw11", "\nw12"]),
    max_size=5,
).map(" ".join)
worded = st.tuples(
    st.sampled_from(["---\n", "+++\n", ";;;\n", "", "----\n", "\n---\n"]),
    st.lists(st.tuples(worded_keys, worded_seps, worded_values).map("".join), max_size=5).map("\n".join),
    st.sampled_from(["\n---\n", "\n+++\n", "\n...\n", "\n;;;\n", "\n\n", "\n"]),
    st.just("body w13"),
).map("".join)


@given(worded)
def test_no_word_of_any_header_is_lost(text: str) -> None:
    found = split(text)
    kept = "\n".join((*strings(plain(found.metadata.entries)), found.body, *found.warnings))
    # k: the name of an anchor, which is no text
    assert words(text) <= words(kept) | {"k"}


def repeated(unit: str, size: int) -> str:
    return unit * (size // len(unit))


ATTACKS = {
    "flow sequences": "a: " + repeated("[", 60_000),
    "flow mappings": "a: " + repeated("{", 60_000),
    "dashes": repeated("- ", 60_000),
    "question marks": repeated("? ", 60_000),
    "indentation": "\n".join(" " * depth + "a:" for depth in range(340)),
    "long key": repeated("a", 60_000) + ": b",
    "long value": "title: " + repeated("a", 60_000),
    "many keys": "\n".join(f"key{number}: a" for number in range(5000)),
    "one key many times": repeated("title: a\n", 60_000),
    "broken entries": repeated("title: @a\n", 60_000),
    "many values": "a: [" + repeated("a,", 60_000) + "]",
    "aliases": "a: &a [x, x]\n"
    + "".join(f"b{n}: &b{n} [*{before}, *{before}]\n" for n, before in enumerate(["a", *(f"b{n}" for n in range(30))])),
    "merges": "a: &a {x: y}\n" + repeated("b: {<<: *a}\n", 60_000),
    "tags": "\n".join(f"a{n}: !!python/object/apply:os.system [x]" for n in range(1000)),
    "open quote": "a: '" + repeated("x\n", 60_000),
    "tabs": "a:\n" + repeated("\tb: c\n", 60_000),
}
TOML_ATTACKS = {
    "arrays": "a = " + repeated("[", 60_000),
    "inline tables": "a = " + repeated("{a=", 60_000),
    "dotted key": repeated("a.", 60_000) + "a = 1",
    "dotted table": "[" + repeated("a . ", 60_000) + "a]",
    "dotted keys": "\n".join("a." * 90 + f"k{n} = 1" for n in range(300)),
    "tables": "\n".join(f"[a{n}]" for n in range(7000)),
    "digits": "a = " + repeated("9", 60_000),
}


@pytest.mark.parametrize("text", [f"---\n{attack}\n---\nbody" for attack in ATTACKS.values()], ids=ATTACKS)
def test_a_yaml_attack_is_read_or_shown(text: str) -> None:
    assert_survived(text)


@pytest.mark.parametrize("text", [f"+++\n{attack}\n+++\nbody" for attack in TOML_ATTACKS.values()], ids=TOML_ATTACKS)
def test_a_toml_attack_is_read_or_shown(text: str) -> None:
    assert_survived(text)


def assert_survived(text: str) -> None:
    started = time.process_time()
    found = split(text)
    taken = time.process_time() - started
    assert found.body.endswith("body")
    # No figure, which is 50 ms and the bench's matter: the unbounded parsers took from a second to a crash.
    assert taken < 1


@pytest.mark.parametrize("text", ['{"a": ' + "[" * 60_000 + "]" * 60_000 + "}\n\nbody", '{"a":' * 20_000 + "\n\nbody"])
def test_a_json_attack_is_shown(text: str) -> None:
    assert split(text).body == text


def test_a_header_over_the_limit_is_body() -> None:
    text = "---\ntitle: A\ndescription: " + "long " * 14_000 + "\n---\nbody"
    assert split(text).body == text


@pytest.mark.parametrize("length", range(-12, 13))
def test_the_limit_cuts_no_character(length: int) -> None:
    value = "x" * ((1 << 16) + length)
    for end in ("\n---\nbody", "\n---- no fence\nbody", "\n\nbody"):
        text = f"---\ntitle: {value}{end}"
        found = split(text)
        assert text.endswith(found.body)
        assert found.body == text or text[: -len(found.body)].endswith("\n")


def test_a_tag_runs_nothing(tmp_path: Path) -> None:
    made = tmp_path / "made"
    split(f'---\nx: !!python/object/apply:os.system ["touch {made}"]\n---\n')
    assert not made.exists()


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("2024-06-01", date(2024, 6, 1)),
        ("2024-6-1", date(2024, 6, 1)),
        ("2024.06.01", date(2024, 6, 1)),
        ("2024. 6. 1.", date(2024, 6, 1)),
        ("2024年6月1日", date(2024, 6, 1)),
        ("2024年6月1日 8:05", datetime(2024, 6, 1, 8, 5)),
        ("2024-06-01T12:30:45.250Z", datetime(2024, 6, 1, 12, 30, 45, 250_000, UTC)),
        ("2024-06-01 12:30:45 +0530", datetime(2024, 6, 1, 12, 30, 45, 0, timezone(timedelta(hours=5, minutes=30)))),
        ("2024-06-01T12:30-08", datetime(2024, 6, 1, 12, 30, 0, 0, timezone(timedelta(hours=-8)))),
        ("2024-06-01 12:30:00 CST", datetime(2024, 6, 1, 12, 30)),
        ("1 June 2024", date(2024, 6, 1)),
        ("Saturday, 1-Jun-2024", date(2024, 6, 1)),
        ("Sept. 9, 2024", date(2024, 9, 9)),
        ("June 1, 2024 12:00 am", datetime(2024, 6, 1, 0, 0)),
        ("2024-02-30", None),
        ("2024-06-01 25:00", None),
        ("2024-06-01 10:00 +99:99", None),
        ("2024", None),
        ("06/01/2024", None),
        ("Juno 41, 2024", None),
        ("soon", None),
        ("", None),
    ],
)
def test_dates(text: str, when: date | datetime | None) -> None:
    assert parse_date(text) == when


@given(st.text(max_size=40) | st.from_regex(r"\d{4}.\d\d?.\d\d?.{0,20}"))
def test_any_date_is_read_or_not(text: str) -> None:
    assert parse_date(text) is None or parse_date(text) == parse_date(text + " ")


def test_no_parser_is_imported_without_a_fence() -> None:
    code = (
        "import sys; from reader.frontmatter import split; split('# Title\\n\\nNote: words\\n\\n---\\n\\nmore');"
        "print([name for name in ('yaml', 'frontmatter', 'json', 'tomllib') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_python_frontmatter_reads_the_header(monkeypatch: pytest.MonkeyPatch) -> None:
    import frontmatter

    asked: list[object] = []
    plain_parse = frontmatter.parse
    monkeypatch.setattr(frontmatter, "parse", lambda *a, **k: asked.append(k["handler"]) or plain_parse(*a, **k))
    split("---\ntitle: A\n---\nbody")
    assert [type(handler).__mro__[-2] for handler in asked] == [frontmatter.default_handlers.BaseHandler]
