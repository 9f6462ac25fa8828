"""What the entries of a header mean: title, author and date out of the keys that people use for them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from reader.document import NO_TEXT, Metadata, Shown, Value
from reader.frontmatter.dates import parse_date
from reader.locale import _
from reader.sanitize import clean_line, joined, pattern

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
_WIKI_LINK: Final = pattern(r"\[\[(?:[^\[\]|]*+\|)?([^\[\]|]++)\]\]")
_NOTHING: Final = frozenset(("", "null", "Null", "NULL", "~"))


def metadata_of(entries: Mapping[str, Value], repeated: set[str]) -> tuple[Metadata, list[str]]:
    """The metadata and warnings; of a key in `repeated` the last value counts."""
    by_name: dict[str, Value] = {}
    for key, value in entries.items():
        counting = value[-1] if key in repeated and isinstance(value, tuple) else value
        name = re.sub(r"[\s_-]", "", key.lower())
        if name not in by_name or _names(by_name[name]) == "":
            by_name[name] = counting
    title = next(filter(None, (_names(by_name[name]) for name in _TITLES if name in by_name)), NO_TEXT)
    author = next(filter(None, (_names(by_name[name]) for name in _AUTHORS if name in by_name)), NO_TEXT)
    when: date | datetime | None = None
    warnings: list[str] = []
    for name in _DATES:
        written = _names(by_name.get(name, NO_TEXT))
        if written and (when := parse_date(written)):
            break
        if written and name == "date":
            warnings.append(_("The date “{date}” is not understood.").format(date=written[:80]))
    return Metadata(title=title, date=when, author=author, entries=MappingProxyType(dict(entries))), warnings


def _names(value: Value) -> Shown:
    """One line of a value that should be a name: several are joined with ", ", of a mapping its name is taken."""
    if isinstance(value, str):
        if value in _NOTHING:
            return NO_TEXT
        return clean_line(_WIKI_LINK.sub(r"\1", value)) if "[[" in value else value
    if isinstance(value, Mapping):
        keys = {key.lower(): key for key in value}
        return next(filter(None, (_names(value[keys[key]]) for key in _NAME_KEYS if key in keys)), NO_TEXT)
    return joined(filter(None, map(_names, value)), ", ")
