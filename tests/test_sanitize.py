"""What reaches a screen holds nothing a terminal obeys, and clean text is not touched."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import ROOT, SHARED

from reader import sanitize

SUITE = SHARED / "suites" / "escapes.json"

ODD = "".join(map(chr, (*range(0x20), *range(0x7F, 0xA1), 0xAD, 0x61C, *range(0x200B, 0x2010))))
ODD += "".join(map(chr, (*range(0x2028, 0x2030), *range(0x2060, 0x2070), 0xFEFF, 0xD83D, 0xDE00, 0xDB40, 0xDC41)))
ODD += "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e0041\U000e007f"
texts = st.text(st.characters() | st.sampled_from(ODD + "ab中。 \n\t"))
SCOTLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"


def controls(text: str) -> list[str]:
    """What may stand in no output: controls, directions, surrogates, line separators, soft hyphens, stray marks."""
    flagless = text.replace(SCOTLAND, "")
    return [
        character
        for character in flagless
        if unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}
        or unicodedata.bidirectional(character) in {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}
        or character in "\xad\ufeff\u061c\u200e\u200f"
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", "␛[31mred"),
        ("\x9b31mred", "␛[31mred"),
        ("\x9d0;pwn\x9c", "␛]0;pwn␛\\"),
        ("a\x00b\x7fc\x07", "a␀b␡c␇"),
        ("good\rbad", "good␍bad"),
        ("one\r\ntwo\x85three\u2028four\u2029five\n", "one\ntwo\nthree\nfour\nfive\n"),
        ("a\tb", "a\tb"),
        ("user\u202etxt.exe\u202c", "user‹RLO›txt.exe‹PDF›"),
        ("\u2066a\u2069\u061cb\u200e\u200f", "‹LRI›a‹PDI›‹ALM›b"),
        ("soft\xadhyphen, \ufeffmark", "softhyphen, mark"),
        ("a\U000e0041\U000e0042b", "ab"),
        (SCOTLAND, SCOTLAND),
        ("\U0001f3f4" + "\U000e0061" * 8 + "\U000e007f", "\U0001f3f4"),
        ("\ud83d\ude00 \ud83d x \udcff", "😀 \ufffd x \ufffd"),
        ("\udb40\udc41", ""),
        ("zero\u200bwidth \u200d stays \ufffe", "zero\u200bwidth \u200d stays \ufffe"),
    ],
)
def test_odd_characters_are_shown_or_dropped(text: str, shown: str) -> None:
    assert sanitize.clean(text) == shown


@pytest.mark.skipif(not SUITE.exists(), reason=f"{SUITE} is absent")
def test_no_payload_of_the_suite_survives() -> None:
    payloads = json.loads(SUITE.read_text("utf-8"))
    assert payloads
    for payload in payloads:
        for cleaned in (sanitize.clean(payload["text"]), sanitize.clean_line(payload["text"])):
            assert set(controls(cleaned)) <= {"\n"}, payload["name"]
        assert not controls(sanitize.href(payload["text"])), payload["name"]


@given(texts)
def test_clean_leaves_no_control_and_is_idempotent(text: str) -> None:
    cleaned = sanitize.clean(text)
    assert set(controls(cleaned)) <= {"\n", "\t"}
    assert sanitize.clean(cleaned) is cleaned or SCOTLAND[0] in cleaned
    assert sanitize.clean(cleaned) == cleaned


@given(texts)
def test_clean_line_is_one_line_and_idempotent(text: str) -> None:
    line = sanitize.clean_line(text)
    assert not controls(line)
    assert sanitize.clean_line(line) == line


@given(texts)
def test_clean_text_is_returned_as_the_same_object(text: str) -> None:
    cleaned = sanitize.clean(text.replace(SCOTLAND[0], ""))
    assert sanitize.clean(cleaned) is cleaned
    line = sanitize.clean_line(cleaned)
    assert sanitize.clean_line(line) is line


@given(texts)
def test_a_shown_target_is_one_visible_line(text: str) -> None:
    shown = sanitize.href(text)
    assert not controls(shown)
    target = shown.split(" (")[0]
    assert not set(target) & set("\n\t\xa0\u200b\u200c\u200d\u2060\u2064\u206a\u206f")
    assert target.isascii() or " " not in target


@given(st.dictionaries(texts, texts))
def test_json_keeps_its_value_and_prints_no_control(value: dict[str, str]) -> None:
    printed = sanitize.json_text(json.dumps(value, ensure_ascii=False, indent=1))
    assert set(controls(printed)) <= {"\n"}
    assert json.loads(printed) == json.loads(json.dumps(value))


@pytest.mark.parametrize(
    ("text", "line"),
    [("one\ntwo", "one two"), ("one \n\t two\r\nthree", "one two three"), ("two  blanks", "two  blanks")],
)
def test_newlines_and_tabs_become_one_blank(text: str, line: str) -> None:
    assert sanitize.clean_line(text) == line


@pytest.mark.parametrize(
    ("target", "shown"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("http://q/\x1b]52;c;x\x07", "http://q/%1B]52;c;x%07"),
        (" a b\n.md ", "a%20b%0A.md"),
        ("https://good.example\u202e/moc", "https://good.example%E2%80%AE/moc"),
        ("文章/第一章.md", "文章/第一章.md"),
        ("https://аpple.com/x", "https://аpple.com/x (xn--pple-43d.com)"),
        ("https://a@例え.jp:8080/", "https://a@例え.jp:8080/ (xn--r8jz45g.jp)"),
        ("https://" + "é" * 70 + ".com/", "https://" + "é" * 70 + ".com/ (not a valid host)"),
        ("\udcff.md", "%ED%B3%BF.md"),
    ],
)
def test_a_target_is_shown_truly(target: str, shown: str) -> None:
    assert sanitize.href(target) == shown


def test_only_this_room_says_what_may_be_shown():
    """`Shown` is a promise: whoever else makes one goes around the choke point, and mypy cannot tell."""
    import ast

    promising = set()
    for path in (ROOT / "reader").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Shown":
                promising.add(path.relative_to(ROOT / "reader").as_posix())
    assert promising == {"document.py", "sanitize.py"}


PAYLOADS = ("\x1b]52;c;YQ==\x07", "\x1b]0;PWNED\x07", "\x9b2J", "\u202e", "\ud800", "\x00", "\x7f", "\u2066")
PLACES = (
    "Author: J{} ane {}Doe\n\nwords\n",
    "作者：小{}岩\n\n文章。\n",
    "By Jane {}Doe\n\nwords\n",
    "글 {}김기자\n\n글입니다.\n",
    "---\ntitle: a{}b\nauthor: c{}d\nx{}: y{}\ndate: {}\n---\nwords\n",
    "# a{}b {{#c{}d}}\n\n## {}\n",
    "![a{}b](c{}d.png) [e{}f](g{}h)\n",
    "```l{}ang\ncode {}\n```\n",
    "$$x{}$$\n\n$y{}$\n",
    "> [!NOTE] a{}b\n> c\n",
    "word[^n{}]\n\n[^n{}]: note {}\n",
    "<details><summary>s{}</summary>\n\nx\n\n</details>\n",
    "<div>{}</div>\n",
    "| a{} | b |\n|--|--|\n| c{} | d |\n",
)


@pytest.mark.parametrize("place", PLACES)
def test_no_field_of_a_document_holds_a_control(place):
    """Wherever a payload stands, in whatever it becomes: every string that may be shown is looked at, by its type."""
    from dataclasses import fields, is_dataclass

    from session_kit import documents

    def strings(value, name=""):
        if isinstance(value, str):
            yield name, value
        elif is_dataclass(value):
            for one in fields(value):
                if one.name not in ("target", "href", "src", "label", "anchor", "kind"):  # what the author wrote
                    yield from strings(getattr(value, one.name), f"{type(value).__name__}.{one.name}")
        elif isinstance(value, dict) or hasattr(value, "items"):
            for key, inner in value.items():
                if name not in ("Document.notes", "Document.anchors"):
                    yield name, key
                yield from strings(inner, name)
        elif isinstance(value, tuple | list):
            for inner in value:
                yield from strings(inner, name)

    for payload in PAYLOADS:
        document = documents(place.replace("{}", payload).replace("{{", "{").replace("}}", "}"))[-1]
        for name, text in strings(document):
            assert text == sanitize.clean(text), (name, payload)


@given(st.text(alphabet=st.sampled_from("\x1b[];0m1H\x07\x9b\x00\n\ta图\u202e")) | st.text())
def test_what_is_printed_holds_colours_and_no_other_control(text):
    import re

    printed = sanitize.printable(text)
    assert re.sub(r"\x1b\[[0-9;]*m", "", printed) == sanitize.clean(re.sub(r"\x1b\[[0-9;]*m", "", printed))
    assert sanitize.printable(printed) == printed


def test_colours_come_through_and_the_rest_becomes_visible():
    assert sanitize.printable("a\x1b[1;31mb\x1b[0m") == "a\x1b[1;31mb\x1b[0m"
    assert sanitize.printable("a\x1b[2Jb\x1b[0m") == "a␛[2Jb\x1b[0m"


def test_the_form_of_a_host_is_made_once_and_none_is_made_of_one_that_is_too_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[str] = []
    idna = sanitize._idna
    monkeypatch.setattr(sanitize, "_idna", lambda host: made.append(host) or idna(host))
    han = "".join(map(chr, range(0x4E00, 0x4E00 + 1_900)))
    for host in (han, f"{han[:64]}.cn", ".".join(han[at : at + 60] for at in range(0, 300, 60))):
        assert sanitize.href(f"https://{host}/") == f"https://{host}/ (not a valid host)"
    assert made == []
    idna.cache_clear()
    for _ in range(3):
        assert sanitize.href("https://例え.jp/").endswith(" (xn--r8jz45g.jp)")
    assert idna.cache_info().misses == 1


@given(texts, texts)
def test_a_text_that_goes_on_is_cleaned_from_where_it_was_clean(first, more):
    before = sanitize.clean(first)
    assert sanitize.clean_on(before + more, before) == before + sanitize.clean(more)
    assert sanitize.clean_on(first, before) == before
