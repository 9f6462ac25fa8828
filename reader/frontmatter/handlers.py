"""python-frontmatter's handlers, hardened: what stands between two fences -> an ordered mapping of plain values.

Owns YAML, TOML and JSON headers and their repair. Refuses whatever makes a parser dangerous or slow: aliases, nesting
over 32, more than 2,000 values, tags (their name is reported, what they stand for never made). The package's own
handlers resolve types (`no` is False, 1984 a number, 12:30 minutes) and crash or lose text on broken headers, so only
their protocol is used. Scalars stay the strings the author wrote.

Invariant: `load` returns a mapping of everything it was given, or raises `NoHeader`; never anything else. Imported
late, for it brings yaml: a file without a fence has no use for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from types import MappingProxyType
from typing import Any, Final

import yaml
from frontmatter.default_handlers import BaseHandler

from reader import sanitize
from reader.document import NO_TEXT, Shown, Value
from reader.frontmatter.keys import is_known
from reader.locale import _
from reader.sanitize import pattern

MAX_DEPTH: Final = 32
MAX_VALUES: Final = 2_000
_MAX_TRIED_ALONE: Final = 200
"""Entries of a broken header that are tried as YAML by themselves; the rest are taken as they stand."""

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_KEY: Final = pattern(
    r"""(?P<key>"[^"\n]+"|'[^'\n]+'|[^\W\d_][\w.-]*(?:[ ][\w.-]+){0,2}|[^\x00-\x7f：][\w.-]*)
        [ \t]*(?:(?P<yaml>:)(?=\s|$)|[：:](?!//))[ \t]*(?P<value>.*)""",
    re.VERBOSE,
)
_TOML_KEY: Final = pattern(r"(?P<key>[\w.\"'-]+)[ \t]*=[ \t]*(?P<value>.*)")
_DEEP_KEY: Final = pattern(rf"""(?:\.[ \t]*+(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+){{{MAX_DEPTH}}}""")
_BLOCK: Final = pattern(r"[|>][+-]?\d?$")
_COMMENT_LIKE: Final = pattern(r"[ \t]*#[^\s#].*")
_PAIR_ESCAPE: Final = pattern(r"\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})", re.IGNORECASE)
_LEADING_TABS: Final = pattern(r"^[ ]*\t+[ \t]*", re.MULTILINE)


class NoHeader(ValueError):
    """What stands between the fences is no mapping, and so belongs to the body."""


class Refused(ValueError):
    """The header asks for what is not given: aliases, nesting too deep, too many values."""


class Handler(BaseHandler):
    """One kind of header, for one text: `split` gives what stood between the fences, `load` reads it.

    `warnings` and `repeated` (keys given more than once, whose value is the tuple of all) are filled by `load`.
    """

    FM_BOUNDARY = pattern("")  # The protocol demands one; fences are found by `fences`.
    kind = ""

    def __init__(self, inner: str) -> None:
        super().__init__()
        self.inner = inner
        self.warnings: list[str] = []
        self.repeated: set[str] = set()

    def split(self, text: str) -> tuple[str, str]:
        """The header found before, and an empty body: a body of megabytes is not sent through the package."""
        return self.inner, ""

    def load(self, fm: str) -> dict[str, Value]:
        """Key and value as written, sanitised, in order. Raises `NoHeader`."""
        source = sanitize.clean(fm)
        try:
            return self.strict(source)
        except (ValueError, RecursionError, yaml.YAMLError) as error:
            if isinstance(error, NoHeader):
                reason = ""
            elif isinstance(error, Refused):
                reason = str(error)
            else:
                reason = _("it is not valid {kind}").format(kind=self.kind)
            self._forget()
            entries = self.tolerant(source)
            if len(entries) < 2 and not any(is_known(key) for key in entries):
                raise NoHeader from error
            if reason:
                self.warnings.append(_("The front matter was read line by line: {reason}.").format(reason=reason))
            return entries

    def strict(self, text: str) -> dict[str, Value]:
        """As the format's definition has it. Raises ValueError, RecursionError or YAMLError."""
        raise NotImplementedError

    def tolerant(self, text: str) -> dict[str, Value]:
        """Line by line, as a person would read it. Raises `NoHeader`."""
        raise NotImplementedError

    def gather(self, pairs: Iterator[tuple[str, Value]], top: bool = True) -> dict[str, Value]:
        """A mapping that loses no value of a key given twice."""
        entries: dict[str, Value] = {}
        several: dict[str, list[Value]] = {}
        for key, value in pairs:
            key = _line(key)
            if key not in entries:
                entries[key] = value
            else:
                values = several.setdefault(key, list(_several(entries[key])))
                values.extend(_several(value))
        for key, values in several.items():
            entries[key] = tuple(values)
            said = _("“{key}” is given more than once in the front matter; the last one counts.")
            self.warnings.append(said.format(key=key))
        if top:
            self.repeated.update(several)
        return entries

    def _forget(self) -> None:
        self.warnings.clear()
        self.repeated.clear()


class YAMLHandler(Handler):
    """Between `---` lines."""

    kind = "YAML"

    def strict(self, text: str) -> dict[str, Value]:
        try:
            return _Composer(text, self).document()
        except yaml.YAMLError:
            repaired = _LEADING_TABS.sub(lambda match: match[0].replace("\t", "  "), text)
            repaired = _PAIR_ESCAPE.sub(_joined, repaired)
            if repaired == text:
                raise
            self._forget()
            return _Composer(repaired, self).document()

    def tolerant(self, text: str) -> dict[str, Value]:
        entries = _entries_of(text.split("\n"), _KEY)
        alone = _MAX_TRIED_ALONE if len(entries) > 1 else 0
        return self.gather(
            (key, self._value(lines, strict and at < alone)) for at, (key, lines, strict) in enumerate(entries)
        )

    def _value(self, lines: list[str], as_yaml: bool) -> Value:
        if as_yaml:
            try:
                alone = type(self)("")
                entry = alone.strict("\n".join(lines))
            except (ValueError, RecursionError, yaml.YAMLError):
                pass
            else:
                self.warnings += alone.warnings
                return entry.popitem()[1]
        match = _KEY.match(lines[0])
        assert match is not None
        first = match["value"].strip()
        rest = [line.strip() for line in lines[1:]]
        items = [line for line in rest if line]
        if not first and items and all(re.match(r"-(\s|$)", item) for item in items):
            return tuple(_line(_unquoted(item[1:].strip())) for item in items)
        return _line("\n".join(["" if _BLOCK.match(first) else _unquoted(first), *rest]))


class TOMLHandler(Handler):
    """Between `+++` lines."""

    kind = "TOML"

    def strict(self, text: str) -> dict[str, Value]:
        import tomllib

        # The parser takes quadratic time over dotted keys, and a recursion for each table in a table.
        if text.count("\n") + text.count(",") > MAX_VALUES:
            raise Refused(_("it holds more than {count} values").format(count=MAX_VALUES))
        if _DEEP_KEY.search(text):
            raise Refused(_("it is nested deeper than {depth}").format(depth=MAX_DEPTH))
        return self.gather(_plain_pairs(tomllib.loads(text, parse_float=str).items(), self, 1))

    def tolerant(self, text: str) -> dict[str, Value]:
        entries = _entries_of(text.split("\n"), _TOML_KEY)
        return self.gather((key, _toml_value(lines)) for key, lines, _ in entries)


class JSONHandler(Handler):
    """An object, or its inside between `;;;` lines."""

    kind = "JSON"

    def strict(self, text: str) -> dict[str, Value]:
        import json

        inside = text.strip()
        inside = inside if inside.startswith("{") else f"{{{inside.removesuffix(',')}}}"
        pairs = json.loads(
            inside, object_pairs_hook=_Pairs, parse_int=str, parse_float=str, parse_constant=str, strict=False
        )
        return self.gather(_plain_pairs(pairs, self, 1))

    def tolerant(self, text: str) -> dict[str, Value]:
        raise NoHeader


class _Pairs(list[tuple[str, Any]]):
    """An object of JSON before keys given twice are merged."""


class _Composer:
    """A YAML document from its events, which make nothing but strings, tuples and mappings."""

    def __init__(self, text: str, handler: Handler) -> None:
        self.lines = text.split("\n")
        self.events = yaml.parse(text, Loader=_LOADER)
        self.handler = handler
        self.left = MAX_VALUES

    def document(self) -> dict[str, Value]:
        """The one document of the text, a mapping. Raises `NoHeader` for another kind or an empty one."""
        next(self.events)
        if not isinstance(next(self.events), yaml.DocumentStartEvent):
            raise NoHeader
        event = next(self.events)
        # Only a mapping is a header, and to learn that the rest need not be read.
        if not isinstance(event, yaml.MappingStartEvent):
            raise NoHeader
        entries = self._mapping(event, 1)
        next(self.events)
        if not isinstance(next(self.events), yaml.StreamEndEvent):
            raise NoHeader
        return entries

    def _node(self, event: yaml.Event, depth: int) -> Value:
        self.left -= 1
        if self.left < 0:
            raise Refused(_("it holds more than {count} values").format(count=MAX_VALUES))
        if depth > MAX_DEPTH:
            raise Refused(_("it is nested deeper than {depth}").format(depth=MAX_DEPTH))
        if isinstance(event, yaml.ScalarEvent):
            self._report_tag(event)
            return _line(event.value + self._comment_like(event))
        if isinstance(event, yaml.SequenceStartEvent):
            self._report_tag(event)
            items: list[Value] = []
            while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
                items.append(self._node(event, depth + 1))
            return tuple(items)
        if isinstance(event, yaml.MappingStartEvent):
            return MappingProxyType(self._mapping(event, depth))
        raise Refused(_("it uses aliases"))

    def _mapping(self, event: yaml.MappingStartEvent, depth: int) -> dict[str, Value]:
        self._report_tag(event)
        return self.handler.gather(self._pairs(depth), depth == 1)

    def _pairs(self, depth: int) -> Iterator[tuple[str, Value]]:
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            if isinstance(event, yaml.AliasEvent):
                raise Refused(_("it uses aliases"))
            if not isinstance(event, yaml.ScalarEvent):
                raise Refused(_("it has a key that is no text"))
            yield event.value, self._node(next(self.events), depth + 1)

    def _comment_like(self, event: yaml.ScalarEvent) -> str:
        """` #5` after a value: by YAML a comment, but a title like "Issue #5" and `color: #fff` mean it."""
        mark = event.end_mark
        if mark is None or event.style in ("|", ">"):
            return ""
        line = self.lines[mark.line] if mark.line < len(self.lines) else ""
        found = _COMMENT_LIKE.match(line, mark.column) if mark.column else None
        return (found[0] if event.value else found[0].strip()) if found else ""

    def _report_tag(self, event: yaml.NodeEvent) -> None:
        tag = getattr(event, "tag", None)
        if tag:
            shown = _line(tag).replace("tag:yaml.org,2002:", "!!", 1)
            said = _("The tag {tag} in the front matter is ignored.")
            self.handler.warnings.append(said.format(tag=shown))


def _plain_pairs(pairs: Any, handler: Handler, depth: int) -> Iterator[tuple[str, Value]]:
    for key, value in pairs:
        yield key, _plain(value, handler, depth + 1)


def _plain(value: object, handler: Handler, depth: int) -> Value:
    """A value of TOML or JSON with every scalar a string."""
    if depth > MAX_DEPTH:
        raise Refused(_("it is nested deeper than {depth}").format(depth=MAX_DEPTH))
    match value:
        case str():
            return _line(value)
        case None:
            return NO_TEXT
        case bool():
            return _line(str(value).lower())
        case date():
            return _line(value.isoformat())
        case _Pairs():
            return MappingProxyType(handler.gather(_plain_pairs(value, handler, depth), False))
        case dict():
            return MappingProxyType(handler.gather(_plain_pairs(value.items(), handler, depth), False))
        case list():
            return tuple(_plain(item, handler, depth + 1) for item in value)
        case _:
            return _line(str(value))


def _entries_of(lines: list[str], pattern: re.Pattern[str]) -> list[tuple[str, list[str], bool]]:
    """Key, lines, and whether the key is written as the format wants it; lines that start no entry continue one."""
    entries: list[tuple[str, list[str], bool]] = []
    blank = False
    for line in lines:
        if not line.strip():
            blank = True
            continue
        match = None if line[0] in " \t" else pattern.match(line)
        if match:
            if len(entries) == MAX_VALUES:
                raise NoHeader
            entries.append((_unquoted(match["key"]), [line], match.groupdict().get("yaml") is not None))
        elif line.startswith("#") and pattern is _KEY:
            continue
        elif entries and (not blank or line[0] in " \t-"):
            entries[-1][1].append(line)
        else:
            # A paragraph of its own: this was never a header.
            raise NoHeader
        blank = False
    if not entries:
        raise NoHeader
    return entries


def _several(value: Value) -> tuple[Value, ...]:
    return value if isinstance(value, tuple) else (value,)


def _toml_value(lines: list[str]) -> Shown:
    match = _TOML_KEY.match(lines[0])
    assert match is not None
    return _line("\n".join([_unquoted(match["value"].strip()), *(line.strip() for line in lines[1:])]))


def _joined(match: re.Match[str]) -> str:
    return sanitize.clean(chr(int(match[1], 16)) + chr(int(match[2], 16)))


def _unquoted(text: str) -> str:
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"" else text


def _line(text: str) -> Shown:
    return sanitize.stripped(sanitize.clean_line(text))
