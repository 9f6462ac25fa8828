"""Nothing an article, a name or a message holds reaches the terminal as a command: the real program, byte for byte.

The program runs in a pseudo-terminal, once on a harmless article and once on a hostile one of the same shape, with the
same keys. All it writes is read by a strict parser; what the hostile article adds to it is an escape that got through.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest

pytest.importorskip("pty")

from pseudo_terminal import Terminal
from samples import CASES, SHARED

SUITE = SHARED / "suites" / "escapes.json"
READER = (sys.executable, "-m", "reader")
OWN = [case["text"] for case in json.loads((CASES / "escapes.json").read_text(encoding="utf-8"))]
BREAKS = {r"control '\r'", r"control '\n'"}
TABS = {r"control '\t'"}
"""Between the fields of a line that is meant for other programs."""
HARMLESS = ["word", "two words", "three little words"]

_TOKEN = re.compile(
    r"\x1b\[(?P<csi>[<-?]?[0-9;:]*[ -/]*[@-~])"
    r"|\x1b\](?P<osc>[^\x00-\x1f\x7f-\x9f]*)(?:\x07|\x1b\\)"
    r"|\x1b(?P<short>[ -/]*[0-OQ-WYZ`-~])"
    r"|(?P<string>\x1b[PX^_].*?\x1b\\)"
    r"|(?P<control>[\x00-\x1f\x7f-\x9f\u2028\u2029])"
    r"|(?P<hidden>[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f])",
    re.DOTALL,
)


def commands(raw: bytes) -> set[str]:
    """What `raw` tells a terminal to do, each kind of command once; the text between is not looked at.

    Colours and cursor moves are kinds whatever their numbers; modes, strings and controls are each their own.
    Raises UnicodeDecodeError if this is no UTF-8: a stray byte may be a C1 control.
    """
    found = set()
    for token in _TOKEN.finditer(raw.decode("utf-8")):
        match token.lastgroup:
            case "csi":
                body = token["csi"]
                found.add("CSI " + (body if body[0] in "<=>?" or body[-1] not in "mHABCD" else body[-1]))
            case "osc" if token["osc"].startswith("8;"):
                assert re.fullmatch(r"8;[\w=-]*;[!-~]*", token["osc"]), f"no sane address: {token['osc']!r}"
                found.add("OSC 8")
            case "osc" if re.fullmatch(r"52;c;[A-Za-z0-9+/]*=*", token["osc"]):
                found.add("OSC 52")  # what it copies may be anything: it is no text to the terminal
            case "osc":
                found.add("OSC " + token["osc"])
            case kind:
                found.add(f"{kind} {token[0]!r}")
    return found


def test_the_parser_is_strict():
    assert commands("plain 文字\r\n".encode()) == {r"control '\r'", r"control '\n'"}
    assert commands(b"\x1b[1;31mx\x1b[0m\x1b[3;4H\x1b[?1049h") == {"CSI m", "CSI H", "CSI ?1049h"}
    assert commands(b"\x1b]52;c;AAAA\x07") == {"OSC 52"}
    assert commands(b"\x1b]52;c;?\x07") == {"OSC 52;c;?"}
    assert commands("\x9b31m\x9d0;x\x9c".encode()) == {r"control '\x9b'", r"control '\x9d'", r"control '\x9c'"}
    assert commands(b"\x1bPq\x1b\\") == {r"string '\x1bPq\x1b\\'"}
    assert commands(b"\x1bc\x1b(0") == {r"short '\x1bc'", r"short '\x1b(0'"}
    assert commands(b"half\x1b[") == {r"control '\x1b'"}
    with pytest.raises(UnicodeDecodeError):
        commands(b"\x9b31m")
    with pytest.raises(AssertionError):
        commands(b"\x1b]8;;http://a b\x1b\\")


def payloads(suite: bool) -> list[str]:
    if not suite:
        return OWN
    if not SUITE.exists():
        pytest.skip(f"{SUITE} is not here")
    return [case["text"] for case in json.loads(SUITE.read_text(encoding="utf-8"))]


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """All there are, our own and those of the suite."""
    return OWN + (payloads(True) if SUITE.exists() else [])


def assert_not_raw(raw: bytes, texts: list[str]) -> None:
    """No sequence stands in the output as it was given; needed for colours, which the program itself uses too."""
    for text in texts:
        if re.search(r"[\x1b\x80-\x9f].", text):
            assert text.encode() not in raw, f"{text!r} got through"


def article(texts: list[str]) -> str:
    """One article with each of `texts` in every place a string can come from."""
    everything = " ".join(texts)
    one_line = re.sub(r"[\r\n\x0b\x0c\x85\u2028\u2029]", " ", everything)
    inline = one_line.replace("`", "").replace("]", "\\]").replace("<", "\\<")
    parts = [
        "---",
        f"title: {json.dumps(everything)}",
        f"author: {json.dumps(everything)}",
        f"date: {json.dumps(everything)}",
        'description: "\\e[31mred\\e]0;pwned\\a \\x9b31m \\N\\L\\P"',
        f"tags: [{', '.join(json.dumps(text) for text in texts)}]",
        f"{json.dumps(one_line[:60])}: key",
        "---",
        "The beginning of the article.",
        f"作者：{inline}",
        f"# {inline}",
    ]
    for number, text in enumerate(texts):
        line = re.sub(r"[\r\n\x0b\x0c\x85\u2028\u2029]", " ", text)
        parts += [
            f"## Section {number} {line}",
            f"Paragraph {text} with **bold {text}** and `code {line}` and ==mark {line}==.",
            f"A [link {line}](https://q.example/{quote(text, safe='')} {json.dumps('title ' + line)}) "
            f"and <http://q.example/{quote(text, safe='')}> and [raw](<https://q.example/{line}>) "
            f"and [relative](./{quote(text, safe='')}.md) and [odd](javascript:{quote(text, safe='')}).",
            f"![alt {line}](pictures/{quote(text, safe='')}.png) and ![](<{line}.png>)",
            f"```py{line.replace('`', '')} {line.replace('`', '')}\ncode {text}\n```",
            f"<div title={json.dumps(line)}>html {text} <b>bold {line}</b> &#27;[31m &#x9b;31m &#8238;</div>",
            f"<details><summary>sum {line}</summary>\n\ninner {line}\n\n</details>",
            f"| head {line} | b |\n| --- | --- |\n| cell {line} | 1 |",
            f"- [ ] task {line}\n- item {text}",
            f"> [!NOTE]\n> alert {line}",
            f"note[^a{number}]\n\n[^a{number}]: footnote {line}",
            f"$$\nx_{{{line}}}\n$$",
        ]
    return "\n\n".join(parts) + "\n"


KEYS = [
    *("M", " ", " ", "d", "G", "g", "]", "]", "[", "l", "l", "L", "\r", "\x1b", "2", "\t", "j", "j", "\r", "\x1b", "1"),
    *("\t", "T", "\x1b", "?", "\x1b", "c", "w", "\x1b", "/", "PASTE", "\r", "n", "\x1b", "f", "\x1b", "\x10", "\x1b"),
    *(
        "D",
        "t",
        "t",
        "p",
        "\x1b",
        "s",
        "3",
        "4",
        "K",
        "\x1b",
        "s",
        "m",
        "q",
        "a",
        "PASTE",
        "\r",
        "5",
        "j",
        "\r",
        "'",
        "q",
    ),
    *("g", "j", "*", "n", "l", "y", "\x1b", "Y", "y", "\x0c"),
]
"""A walk through the screens: card, pages, sections, links and their targets, panels, table, help, search, palette,
footnotes, the skim, bookmarks and notes, copies."""

CHOOSING = ["j", "j", "k", "/", "PASTE", "\x1b", "\r", " ", "/", "\x1b[A", "\x1b[A", "\x1b", "o", "j", "d", "\x1b"]
"""A walk over a list of articles, and into the first of them: filter, open, the searches of before, the list again."""


def walk(arguments: list[str], texts: list[str], folder: Path, keys: list[str] = KEYS) -> bytes:
    """All the app writes while it is walked through, from its start to its end. Its state and settings are in `folder`.

    It is left by `q`, whatever screens are open."""
    homes = {"HOME": str(folder), **{f"XDG_{kind}_HOME": str(folder / kind) for kind in ("STATE", "CONFIG", "DATA")}}
    pasted = re.sub("[\x1b\r\n]", "", "".join(texts))  # a terminal pastes no ESC; Textual would see keys in it
    with Terminal([*READER, *arguments], env={**homes, "PATH": str(folder)}, cwd=folder, rows=32) as terminal:
        terminal.expect(lambda: b"\x1b[?2026l" in terminal.raw)  # the first screen
        terminal.rest()
        terminal.press(*(f"\x1b[200~{pasted}\x1b[201~" if key == "PASTE" else key for key in keys))
        terminal.press(*" " * (40 if keys is KEYS else 2))
        terminal.resize(60, 20)
        terminal.rest()
        terminal.press("\x1b", "q")
        if terminal.alive:  # a dialog was open
            terminal.press("\x1b", "q")
        assert terminal.ends() == 0
        return bytes(terminal.raw)


@pytest.fixture(scope="module")
def harmless(tmp_path_factory) -> set[str]:
    """The commands the app itself uses on the same walk."""
    folder = tmp_path_factory.mktemp("harmless")
    (folder / "article.md").write_text(article(HARMLESS), encoding="utf-8")
    found = commands(walk(["article.md"], HARMLESS, folder))
    found |= commands(walk([], HARMLESS, folder, CHOOSING))
    assert "CSI ?1049h" in found, "the app took the screen"
    assert not [command for command in found if command.startswith(("string", "hidden"))]
    return found


def components(texts: list[str]) -> list[str]:
    """File names of at most 200 bytes that hold all `texts` between them."""
    names = [""]
    for text in texts:
        text = text.replace("/", "∕").replace("\0", "")
        if len((names[-1] + text).encode()) > 200:
            names.append("")
        names[-1] += text
    return names


@pytest.mark.parametrize("suite", [False, True], ids=["own", "suite"])
def test_the_app(suite, harmless, tmp_path):
    texts = payloads(suite)
    *folders, name = components(texts)
    inner = tmp_path.joinpath(*folders)
    inner.mkdir(parents=True)
    path = inner / f"{name}.md"
    path.write_text(article(texts), encoding="utf-8")
    raw = walk([str(path)], texts, tmp_path)
    assert commands(raw) <= harmless
    assert_not_raw(raw, texts)
    # what it remembers of the article is hostile now: the recent articles, and the searches of before
    raw = walk([], texts, tmp_path, CHOOSING)
    assert commands(raw) <= harmless
    assert_not_raw(raw, texts)


@pytest.mark.parametrize("suite", [False, True], ids=["own", "suite"])
def test_a_folder_to_choose_from(suite, harmless, tmp_path):
    texts = payloads(suite)
    folder = tmp_path / components(texts)[0]
    folder.mkdir()
    for number, name in enumerate(components(texts)):
        (folder / f"{name}.md").write_text(article(texts[number::3]), encoding="utf-8")
    (folder / "broken.md").symlink_to(components(texts)[0])
    raw = walk([str(folder)], texts, tmp_path, CHOOSING)
    assert b"Traceback" + b" (most" not in raw
    assert commands(raw) <= harmless
    assert_not_raw(raw, texts)


def test_settings(texts, harmless, tmp_path):
    (tmp_path / "article.md").write_text("# Title\n\nText.\n", encoding="utf-8")
    config = tmp_path / f"{components(texts)[0]}.toml"
    odd = json.dumps("".join(texts)).replace("\\ud8", "\\u00").replace("\x7f", "\\u007f")
    for body in (
        f"theme = {odd}",
        f"{odd} = 1\nmeasure = {odd}",
        f"[keys]\n{odd} = 'x'\n'move.down' = {odd}",
        f"[dialect]\n{odd} = {odd}",
        "measure = \x1b[31m\x9b0m",
    ):
        config.write_text(body, encoding="utf-8")
        with Terminal([*READER, "article.md", "--to", "text", "--config", str(config)], cwd=tmp_path) as terminal:
            assert terminal.ends() == 0
            raw = bytes(terminal.raw)
        assert b"Traceback" + b" (most" not in raw
        assert b"reader: " in raw, "it says what is wrong"
        assert commands(raw) <= BREAKS
        assert_not_raw(raw, texts)
    for name in (str(config), str(tmp_path / "no" / components(texts)[-1])):
        raw = walk(["article.md", "--config", name, "--theme", "".join(texts).replace("\0", "")], texts, tmp_path, [])
        assert commands(raw) <= harmless
        assert_not_raw(raw, texts)


def test_searching_and_listing(texts, harmless, tmp_path):
    name = components(texts)[0]
    path = tmp_path / f"{name}.md"
    path.write_text(article(texts), encoding="utf-8")
    everything = "".join(texts).replace("\0", "")
    for allowed, *arguments in (
        (BREAKS | {"CSI m"}, str(path), "--search", "e", "--to", "ansi"),
        (BREAKS, str(path), "--search", "e", "--to", "json"),
        (BREAKS, str(path), "--search", everything, "--to", "text"),
        (BREAKS, str(path), "--search", f"({everything}", "--regex", "--to", "text"),
        (BREAKS | TABS, str(tmp_path), "--to", "text"),
    ):
        with Terminal([*READER, *arguments], env={"PAGER": "cat"}, cwd=tmp_path) as terminal:
            code = terminal.ends()
            raw = bytes(terminal.raw)
        assert code in (0, 1, 2), arguments
        assert b"Traceback" + b" (most" not in raw
        assert commands(raw) <= allowed, arguments[1:]
        assert_not_raw(raw, texts)
    raw = walk([str(path), "--search", everything], texts, tmp_path, [])
    assert commands(raw) <= harmless
    assert_not_raw(raw, texts)


@pytest.mark.parametrize("to", ["text", "ansi", "json", "outline", "links", "images", "claims", "html"])
def test_what_is_printed(to, texts, tmp_path):
    path = tmp_path / (components(texts)[0] + ".md")
    path.write_text(article(texts), encoding="utf-8")
    with Terminal([*READER, str(path), "--to", to]) as terminal:
        code = terminal.ends()
        raw = bytes(terminal.raw)
    if code == 2:
        pytest.skip(f"--to {to} is not there yet")
    assert code == 0
    assert len(raw) > 100
    allowed = BREAKS | ({"CSI m", "OSC 8"} if to == "ansi" else TABS if to in ("links", "images", "claims") else set())
    assert commands(raw) <= allowed
    assert_not_raw(raw, texts)
    piped = subprocess.run([*READER, str(path), "--to", to], capture_output=True, check=True).stdout
    assert commands(piped) <= allowed
    assert_not_raw(piped, texts)


def test_messages(texts, tmp_path):
    everything = "".join(texts).replace("\0", "")
    for arguments in (
        [everything],
        ["/".join(["no", *components(texts), "such.md"])],
        [str(tmp_path), everything],
        ["--to", everything],
        ["--encoding", everything, __file__],
        ["--width", everything],
        ["--theme", everything, "--to", "text", __file__],
        [f"--{everything}"],
    ):
        with Terminal([*READER, *arguments], cwd=tmp_path) as terminal:
            code = terminal.ends()
            raw = bytes(terminal.raw)
        assert code in (0, 1, 2), arguments
        assert b"Traceback" + b" (most" not in raw
        assert commands(raw) <= BREAKS | TABS, arguments[:1]
        assert_not_raw(raw, texts)


def test_a_name_that_is_no_utf8(tmp_path):
    name = os.fsdecode(b"caf\xe9\x9b31m\xff.md")
    for write in (False, True):
        if write:
            try:
                (tmp_path / name).write_text("# Title\n\nText.\n", encoding="utf-8")
            except OSError:
                pytest.skip("this file system takes no such name")
        for to in ("text", "json"):
            with Terminal([*READER, name, "--to", to], cwd=tmp_path) as terminal:
                code = terminal.ends()
                raw = bytes(terminal.raw)
            assert code == (0 if write else 1), raw
            assert b"Traceback" + b" (most" not in raw
            assert commands(raw) <= BREAKS
