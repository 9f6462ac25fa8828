"""What is typed into a library's search line, as a value.

Words, all of which must be in the title, the authors, the tags or the text; `"phrase"`; `/expression/`; and filters:
`tag:`, `author:`, `in:folder`, `after:2024-05`, `before:`, `is:unread`. A `-` before any of them asks for its absence.
Signs as a Chinese keyboard types them (`：`, `“”`) are taken too.

Owns the language. Refuses to complain of what is not typed to its end: a filter without a value, an expression without
its second slash and a quote without its end mean what is there so far.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final, Literal, TypeAlias, get_args

from reader.document import record
from reader.locale import _
from reader.sanitize import clean_line, pattern
from reader.search import Query, SearchError

FilterKind: TypeAlias = Literal["tag", "author", "in", "after", "before", "is"]
States: TypeAlias = Literal["unread", "reading", "finished", "starred", "archived"]
STATES: Final[tuple[str, ...]] = get_args(States)
_DEFAULTS: Final = Query("", variants=True)

_TERM: Final = pattern(
    r"""(?P<without>-)?+(?:
        (?P<kind>tag|author|in|after|before|is)[:：](?:"(?P<quoted>[^"]*+)(?:"|\Z)|“(?P<curly>[^”]*+)(?:”|\Z)|(?P<value>\S*+))
      | "(?P<phrase>[^"]*+)(?:"|\Z)
      | “(?P<curled>[^”]*+)(?:”|\Z)
      | /(?P<expression>(?:[^/\\]|\\.)++)/(?=\s|\Z)
      | (?P<word>\S++)
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_DATE: Final = pattern(r"([0-9]{4})(?:[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?)?")


@record
class Filter:
    """A condition on an article apart from its words."""

    kind: FilterKind
    value: str
    """A name; a folder with `/` between its parts; a date as ISO 8601 has it, as far as it was typed; a state."""
    without: bool = False
    """It must not hold."""


@record
class Wanted:
    """What is searched in a library."""

    texts: tuple[Query, ...] = ()
    """Each must be found in the title, the authors, the tags, the categories or the text. They are what is lit in an
    article that is opened from the answer."""
    without: tuple[Query, ...] = ()
    """None of them may be found there."""
    filters: tuple[Filter, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.texts or self.without or self.filters)


def wanted(typed: str, like: Query = _DEFAULTS) -> Wanted:
    """The value of a search line; `like` has the options of its words and expressions.

    Raises SearchError, a line for the person, for a date or a state that is none.
    """
    texts: list[Query] = []
    without: list[Query] = []
    filters: list[Filter] = []
    for found in _TERM.finditer(clean_line(typed)):
        negative = found["without"] is not None
        if kind := found["kind"]:
            value = (found["quoted"] or found["curly"] or found["value"] or "").strip()
            if value:
                filters.append(_filter(kind.lower(), value, negative))
            continue
        expression = found["expression"]
        words = expression or found["phrase"] or found["curled"] or found["word"] or ""
        if words and not words.isspace():
            (without if negative else texts).append(replace(like, pattern=words, regex=expression is not None))
    return Wanted(tuple(dict.fromkeys(texts)), tuple(dict.fromkeys(without)), tuple(dict.fromkeys(filters)))


def only(query: Query) -> Wanted:
    """That one query, as the command's `--search` has it."""
    return Wanted((query,) if query.pattern else ())


def _filter(kind: str, value: str, without: bool) -> Filter:
    match kind:
        case "after" | "before":
            return Filter("after" if kind == "after" else "before", _date(kind, value), without)
        case "is":
            if value.lower() not in STATES:
                raise SearchError(_("is: {value}? there are {names}").format(value=value, names=", ".join(STATES)))
            return Filter("is", value.lower(), without)
        case "in":
            return Filter("in", value.replace("\\", "/").strip("/").casefold(), without)
        case _:
            return Filter("tag" if kind == "tag" else "author", value, without)


def _date(kind: str, value: str) -> str:
    found = _DATE.fullmatch(value)
    if found is None:
        said = _("{word}: {value} is no date; write 2024, 2024-05 or 2024-05-06")
        raise SearchError(said.format(word=kind, value=value))
    return "-".join(part.zfill(2) for part in found.groups() if part)
