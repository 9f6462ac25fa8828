"""Where an article's header ends and its body begins, and what the header says.

Owns the fences (YAML `---`, TOML `+++`, JSON `{` and `;;;`, Hexo's header without an opening line, a header inside a
code fence around the whole article, a header nobody closed) and the meaning of the few entries the reader uses itself.
The inside of a header is read by python-frontmatter through `reader.handlers`, imported only when there is one. Refuses
to lose text: whatever is no mapping of keys is body, and so is a header of more than 64 KiB.

Invariant: `split` raises nothing, and each word of the text is in the body, in the metadata's entries, or named in a
warning; only what a format itself calls a comment is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from reader.document import Metadata, Value
from reader.pattern import pattern

if TYPE_CHECKING:
    from reader.handlers import Handler

MAX_HEADER: Final = 1 << 16
"""Characters between the fences at most."""

_MAX_WARNINGS: Final = 50
_MAX_FENCES: Final = 10_000
"""Code fences looked at to find out whether one wraps the article."""

_FIRST: Final = re.compile(r"[ \t\n]*+")
_OPENER: Final = re.compile(
    r"(?P<yaml>-{3,})[ \t]*\n|(?P<toml>\+{3,})[ \t]*\n|(?P<semicolons>;{3,})[ \t]*\n|(?P<json>\{)\s*\"|"
    r"(?P<fence>`{3,}|~{3,})[ \t]*[\w-]*[ \t]*\n(?=\s*(?:---|\+\+\+|;;;))|(?P<bare>[A-Za-z][\w-]*):[ \t\n]"
)
_CLOSERS: Final = {
    "yaml": re.compile(r"^(?:-{3,}|\.{3})[ \t]*(?:\n|\Z)", re.MULTILINE),
    "toml": re.compile(r"^\+{3,}[ \t]*(?:\n|\Z)", re.MULTILINE),
    "semicolons": re.compile(r"^;{3,}[ \t]*(?:\n|\Z)", re.MULTILINE),
    "bare": re.compile(r"^-{3,}[ \t]*(?:\n|\Z)", re.MULTILINE),
}
_BLANK_LINE: Final = re.compile(r"^[ \t]*\n", re.MULTILINE)
_ENTRY_LINE: Final = re.compile(r"[A-Za-z][\w-]*:(?:[ \t]|$)|[ \t]+\S|-[ \t]|#")


_KNOWN: Final = frozenset(
    (
        *("title", "subtitle", "date", "author", "authors", "tags", "tag", "categories", "category", "keywords"),
        *("description", "summary", "excerpt", "draft", "slug", "url", "permalink", "published", "updated", "layout"),
        *("created", "modified", "image", "cover", "toc", "comments", "lang", "language", "weight", "aliases"),
        *("series", "lastmod", "标题", "標題", "タイトル", "제목", "日期", "日付", "날짜", "作者", "著者", "저자"),
        *("标签", "標籤", "タグ", "태그", "分类", "分類", "摘要", "描述"),
    )
)


class Header(NamedTuple):
    """What `split` found."""

    metadata: Metadata
    body: str
    """The article without its header; the whole text where there is none. Not sanitised."""
    line: int
    """0-based line of the file at which `body` starts."""
    warnings: tuple[str, ...]
    """Sanitised sentences for a quiet note."""


def split(text: str) -> Header:
    """Header and body of `text`, whose line ends may be of any kind; those of the body are "\\n"."""
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    found = _split(text, 0)
    return found or Header(Metadata(), text, 0, ())


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


def is_known(key: str) -> bool:
    """Whether front matter of the common generators uses this key."""
    return key.lower() in _KNOWN


def _read(kind: str, text: str, start: int, stop: int, body: int, line: int) -> Header | None:
    """The header `text[start:stop]` before the body at `body`; None where it is no mapping."""
    inner = text[start:stop]
    first = line + text.count("\n", 0, body)
    if not inner.strip():
        return Header(Metadata(), text[body:], first, ())
    # The package brings yaml: 20 ms that an article without a header need not pay.
    import frontmatter

    from reader import handlers

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
    metadata, warnings = _metadata(entries, handler.repeated)
    return Header(metadata, text[body:], first, tuple(dict.fromkeys((*handler.warnings, *warnings)))[:_MAX_WARNINGS])


def _json(text: str, start: int, line: int) -> Header | None:
    """An object, then nothing more on its line, then a body; a file that is all JSON is shown as it is."""
    import json

    try:
        _, stop = json.JSONDecoder(strict=False, parse_int=str).raw_decode(text[: start + MAX_HEADER], start)
    except (ValueError, RecursionError):
        return None
    rest = re.compile(r"[ \t]*\n").match(text, stop)
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
    warning = "The front matter has no closing line; it is taken to end at the first blank one."
    return header and header._replace(warnings=(warning, *header.warnings))


def _reads_as_entries(inner: str) -> bool:
    """Whether every line may stand in a header, and at least one has a key that is found in headers.

    As it is written there: `Summary: a book` with an underline is a heading.
    """
    lines = inner.splitlines()
    return all(map(_ENTRY_LINE.match, lines)) and any(line.partition(":")[0] in _KNOWN for line in lines)


def _unwrapped(text: str, opener: re.Match[str]) -> Header | None:
    """The article inside a code fence that ends only on the last line."""
    fence = opener["fence"]
    end = len(text.rstrip())
    last = text.rfind("\n", 0, end) + 1
    mark = re.escape(fence[0])
    inside = ""
    fences = re.compile(rf"^ {{0,3}}({mark}{{3,}})[ \t]*([^\n]*)$", re.MULTILINE)
    for count, found in enumerate(fences.finditer(text, opener.end(), end)):
        if count > _MAX_FENCES:
            return None
        run, info = found[1], found[2]
        if inside:
            inside = inside if info or len(run) < len(inside) else ""
        elif info:
            inside = run
        elif len(run) >= len(fence):
            if found.start() != last:
                return None
            inner = text[opener.end() : last]
            return _split(inner, text.count("\n", 0, opener.end()))
    return None


# --- What the entries mean -------------------------------------------------------------------------------------------

_TITLES: Final = ("title", "headline", "标题", "標題", "题目", "題目", "タイトル", "題名", "제목", "subject")
_AUTHORS: Final = ("author", "authors", "作者", "byline", "by", "writer", "著者", "筆者", "저자", "글쓴이", "creator")
_DATES: Final = (
    *("date", "pubdate", "published", "publishdate", "publisheddate", "datepublished", "publishedat", "publishedon"),
    *("日期", "发布日期", "發布日期", "发布时间", "發布時間", "日付", "公開日", "날짜", "작성일"),
    *("created", "createdat", "createdon", "datecreated", "creationdate", "创建时间", "建立時間", "作成日"),
    *(
        "updated",
        "updatedat",
        "lastmod",
        "lastupdated",
        "modified",
        "lastmodified",
        "更新时间",
        "更新時間",
        "更新日",
        "time",
    ),
)
_NAME_KEYS: Final = ("name", "display_name", "displayname", "nickname", "fullname", "title", "login")
_NOTHING: Final = frozenset(("", "null", "Null", "NULL", "~"))


def _metadata(entries: Mapping[str, Value], repeated: set[str]) -> tuple[Metadata, list[str]]:
    by_name: dict[str, Value] = {}
    for key, value in entries.items():
        counting = value[-1] if key in repeated and isinstance(value, tuple) else value
        name = re.sub(r"[\s_-]", "", key.lower())
        if name not in by_name or _names(by_name[name]) == "":
            by_name[name] = counting
    title = next(filter(None, (_names(by_name[name]) for name in _TITLES if name in by_name)), "")
    author = next(filter(None, (_names(by_name[name]) for name in _AUTHORS if name in by_name)), "")
    when: date | datetime | None = None
    warnings: list[str] = []
    for name in _DATES:
        written = _names(by_name.get(name, ""))
        if written and (when := parse_date(written)):
            break
        if written and name == "date":
            warnings.append(f"The date “{written[:80]}” is not understood.")
    return Metadata(title=title, date=when, author=author, entries=MappingProxyType(dict(entries))), warnings


def _names(value: Value) -> str:
    """One line of a value that should be a name: several are joined with ", ", of a mapping its name is taken."""
    if isinstance(value, str):
        return "" if value in _NOTHING else value
    if isinstance(value, Mapping):
        keys = {key.lower(): key for key in value}
        return next(filter(None, (_names(value[keys[key]]) for key in _NAME_KEYS if key in keys)), "")
    return ", ".join(filter(None, map(_names, value)))


_MONTHS: Final = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_YEAR_MONTH_DAY: Final = str.maketrans("年月日년월일", "-- -- ")
_NUMERIC: Final = pattern(r"(\d{4})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})(?!\d)")
_COMPACT: Final = pattern(r"(\d{4})(\d{2})(\d{2})(?=T|\s|$)")
_DAY_FIRST: Final = pattern(r"(?i)(?:[a-z]{3,9}\.?,?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s-]+([a-z]{3,9})\.?,?[\s-]+(\d{4})")
_MONTH_FIRST: Final = pattern(r"(?i)(?:[a-z]{3,9}\.?,?\s+)?([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_TIME: Final = pattern(
    r"(?i)[T\s,]*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s*(am|pm)?\s*"
    r"(Z|UTC|GMT|[+-]\d{1,2}:?\d{2}|[+-]\d{1,2})?"
)


def parse_date(text: str) -> date | datetime | None:
    """The day, or the moment, that the author wrote in one of the usual ways; None for anything else.

    Year first with `-`, `/`, `.` or 年月日, with the month's English name, RFC 2822, ISO 8601; with a time and an
    offset where there are any. Names of time zones other than UTC are passed over. Day and month in numbers with the
    year last are not guessed at.
    """
    text = text.strip()[:100].translate(_YEAR_MONTH_DAY)
    if match := _NUMERIC.match(text) or _COMPACT.match(text):
        year, month, day = map(int, match.groups())
    elif match := _DAY_FIRST.match(text):
        day, month, year = int(match[1]), _month(match[2]), int(match[3])
    elif match := _MONTH_FIRST.match(text):
        month, day, year = _month(match[1]), int(match[2]), int(match[3])
    else:
        return None
    try:
        clock = _TIME.match(text, match.end())
        if clock is None:
            return date(year, month, day)
        hour = int(clock[1])
        if clock[5]:
            hour = hour % 12 + (12 if clock[5].lower() == "pm" else 0)
        micro = int((clock[4] or "0")[:6].ljust(6, "0"))
        return datetime(year, month, day, hour, int(clock[2]), int(clock[3] or 0), micro, _zone(clock[6]))
    except ValueError:
        return None


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1 if name[:3].lower() in _MONTHS else 0


def _zone(written: str | None) -> tzinfo | None:
    if not written:
        return None
    if written[0] not in "+-":
        return UTC
    digits = written[1:].replace(":", "")
    hours, minutes = (int(digits), 0) if len(digits) < 3 else (int(digits[:-2]), int(digits[-2:]))
    return timezone((-1 if written[0] == "-" else 1) * timedelta(hours=hours, minutes=minutes))
