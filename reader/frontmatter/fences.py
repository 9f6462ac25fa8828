"""The fences of a header, and the header of each kind read.

Fences: YAML `---`, TOML `+++`, JSON `{` and `;;;`, Hexo's header without an opening line, a header inside a code fence
around the whole article, a header nobody closed. `handlers`, which brings yaml, is imported only when there is one. A
header of more than 64 KiB is body.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from reader.document import Metadata, Value
from reader.frontmatter.keys import KNOWN_KEYS
from reader.frontmatter.metadata import metadata_of
from reader.frontmatter.unfenced import unfenced
from reader.locale import _
from reader.sanitize import clean_line, pattern

if TYPE_CHECKING:
    from reader.frontmatter.handlers import Handler

MAX_HEADER: Final = 1 << 16
"""Characters between the fences at most."""

_MAX_WARNINGS: Final = 50
_MAX_FENCES: Final = 10_000
"""Code fences looked at to find out whether one wraps the article."""

_FIRST: Final = pattern(r"[ \t\n]*+")
_OPENER: Final = pattern(
    r"(?P<yaml>-{3,})[ \t]*\n|(?P<toml>\+{3,})[ \t]*\n|(?P<semicolons>;{3,})[ \t]*\n|(?P<json>\{)\s*\"|"
    r"(?P<fence>`{3,}+|~{3,}+)[ \t]*+[\w-]*+[ \t]*+\n(?=\s*+(?:---|\+\+\+|;;;))|(?P<bare>[A-Za-z][\w-]{0,200}):[ \t\n]"
)
_CLOSERS: Final = {
    "yaml": pattern(r"^(?:-{3,}|\.{3})[ \t]*(?:\n|\Z)", re.MULTILINE),
    "toml": pattern(r"^\+{3,}[ \t]*(?:\n|\Z)", re.MULTILINE),
    "semicolons": pattern(r"^;{3,}[ \t]*(?:\n|\Z)", re.MULTILINE),
    "bare": pattern(r"^-{3,}[ \t]*(?:\n|\Z)", re.MULTILINE),
}
_BLANK_LINE: Final = pattern(r"^[ \t]*\n", re.MULTILINE)
_ENTRY_LINE: Final = pattern(r"[A-Za-z][\w-]*:(?:[ \t]|$)|[ \t]+\S|-[ \t]|#")


class Header(NamedTuple):
    """What `split` found."""

    metadata: Metadata
    body: str
    """The article without its header; the whole text where there is none. Not sanitised."""
    line: int
    """0-based line of the file at which `body` starts."""
    warnings: tuple[str, ...]
    """Sanitised sentences for a quiet note."""


def split(text: str, *, loose: bool = True) -> Header:
    """Header and body of `text`, whose line ends may be of any kind; those of the body are "\\n". `loose`: lines at the
    top that are no less a header for having no fences are one."""
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _split(text, 0) or (_unfenced(text) if loose else None) or Header(Metadata(), text, 0, ())


def _unfenced(text: str) -> Header | None:
    """The header of a text that has no fences."""
    blank = _FIRST.match(text)
    at = text.rfind("\n", 0, blank.end()) + 1 if blank else 0
    found = unfenced(text[at : at + MAX_HEADER])
    if found is None:
        return None
    entries, end = found
    metadata, warnings = metadata_of({clean_line(key): clean_line(value) for key, value in entries.items()}, set())
    return Header(metadata, text[at + end :], text.count("\n", 0, at + end), tuple(warnings))


def _split(text: str, line: int) -> Header | None:
    blank = _FIRST.match(text)
    opener = _OPENER.match(text, text.rfind("\n", 0, blank.end()) + 1 if blank else 0)
    if opener is None:
        return None
    kind = opener.lastgroup or ""
    if kind == "fence":
        return _unwrapped(text, opener)
    if kind == "json":
        return _json(text, opener.start("json"), line)
    start = opener.start("bare") if kind == "bare" else opener.end()
    closer = _CLOSERS[kind].search(text, start, start + MAX_HEADER)
    if closer and closer.end() < len(text) and not closer[0].endswith("\n"):
        closer = None  # The limit cut a longer line.
    if closer and (kind != "bare" or _reads_as_entries(text[start : closer.start()])):
        header = _read(kind, text, start, closer.start(), closer.end(), line)
        if header:
            return header
    return _unclosed(text, start, line) if kind == "yaml" else None


def _read(kind: str, text: str, start: int, stop: int, body: int, line: int) -> Header | None:
    """The header `text[start:stop]` before the body at `body`; None where it is no mapping."""
    inner = text[start:stop]
    first = line + text.count("\n", 0, body)
    if not inner.strip():
        return Header(Metadata(), text[body:], first, ())
    # The package brings yaml: 20 ms that an article without a header need not pay.
    import frontmatter

    from reader.frontmatter import handlers

    handler: Handler = {
        "yaml": handlers.YAMLHandler,
        "bare": handlers.YAMLHandler,
        "toml": handlers.TOMLHandler,
        "semicolons": handlers.JSONHandler,
        "json": handlers.JSONHandler,
    }[kind](inner)
    try:
        parsed, _ = frontmatter.parse("", handler=handler)
    except handlers.NoHeader:
        return None
    entries = cast("dict[str, Value]", parsed)
    metadata, warnings = metadata_of(entries, handler.repeated)
    return Header(metadata, text[body:], first, tuple(dict.fromkeys((*handler.warnings, *warnings)))[:_MAX_WARNINGS])


def _json(text: str, start: int, line: int) -> Header | None:
    """An object, then nothing more on its line, then a body; a file that is all JSON is shown as it is."""
    import json

    try:
        _, stop = json.JSONDecoder(strict=False, parse_int=str).raw_decode(text[: start + MAX_HEADER], start)
    except (ValueError, RecursionError):
        return None
    rest = re.compile(r"[ \t]*+\n").match(text, stop)
    if rest is None or not text[rest.end() :].strip():
        return None
    return _read("json", text, start, stop, rest.end(), line)


def _unclosed(text: str, start: int, line: int) -> Header | None:
    """A header without its closing line ends at the first blank one, if all before that reads as entries."""
    blank = _BLANK_LINE.search(text, start, start + MAX_HEADER)
    if blank is None and len(text) > start + MAX_HEADER:
        return None
    stop, body = blank.span() if blank else (len(text), len(text))
    if not _reads_as_entries(text[start:stop]):
        return None
    header = _read("yaml", text, start, stop, body, line)
    warning = _("The front matter has no closing line; it is taken to end at the first blank one.")
    return header and header._replace(warnings=(warning, *header.warnings))


def _reads_as_entries(inner: str) -> bool:
    """Whether every line may stand in a header, and at least one has a key that is found in headers.

    As it is written there: `Summary: a book` with an underline is a heading.
    """
    lines = inner.splitlines()
    return all(map(_ENTRY_LINE.match, lines)) and any(line.partition(":")[0] in KNOWN_KEYS for line in lines)


def _unwrapped(text: str, opener: re.Match[str]) -> Header | None:
    """The article inside a code fence, with what follows it; None where the fence holds no more than a header.

    What follows, a footer, is shorter than the article: a longer text is what the article says of a sample in a fence.
    The line that closes the fence becomes a blank one, so that lines keep their numbers.
    """
    end = len(text.rstrip())
    closer = _closing_fence(text, opener, end)
    if closer is None:
        return None
    header = _split(text[opener.end() : closer.start()], text.count("\n", 0, opener.end()))
    rest = text[closer.end() :]
    if header is None or re.match(rf"\s*+{opener['fence']}[ \t]*+$", header.body, re.MULTILINE):
        return None
    if not rest.strip():
        return header
    return header._replace(body=header.body + rest) if len(rest.strip()) < len(header.body.strip()) else None


def _closing_fence(text: str, opener: re.Match[str], end: int) -> re.Match[str] | None:
    """The line that closes the fence around an article in which other fences may be.

    Fences without a language say by nothing but their order whether they open or close. So the one that closes is the
    last, if it ends the text; else the first, with pairs before it, that a rule follows; else the first of all, if the
    others are pairs.
    """
    fence = opener["fence"]
    mark = re.escape(fence[0])
    fences = re.compile(rf"^ {{0,3}}({mark}{{3,}})[ \t]*([^\n]*)$", re.MULTILINE)
    inside = ""
    bare: list[re.Match[str]] = []
    for count, found in enumerate(fences.finditer(text, opener.end(), end)):
        if count > _MAX_FENCES:
            return None
        run, info = found[1], found[2]
        if inside:
            inside = inside if info or len(run) < len(inside) else ""
        elif info:
            inside = run
        elif len(run) >= len(fence):
            bare.append(found)
    if len(bare) % 2 and bare[-1].end() == end:
        return bare[-1]
    ruled = next((found for found in bare[::2] if _RULE_NEXT.match(text, found.end())), None)
    return ruled or (bare[0] if len(bare) % 2 else None)


_RULE_NEXT: Final = pattern(r"\s*\n {0,3}(?:(?:-[ \t]*+){3,}|(?:\*[ \t]*+){3,}|(?:_[ \t]*+){3,})(?:\n|\Z)")
"""A thematic break on the next line that is not blank."""
