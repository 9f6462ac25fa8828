"""Headers as people write them: what is read from each, where the body begins, and that no word is lost."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import CASES, SHARED

from reader.document import Value
from reader.frontmatter import Header, split

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
