"""Notes as Markdown, as note-taking programs keep it: a file an article, its notes by section, each with a block id.

Owns the shape, and the templates a person may give instead. Refuses to let a quote be anything but text: what would be
markup, a tag or a link in it is escaped. A person's own words are Markdown and stay so, but HTML in them is text.

Invariant: the same notes give the same text, and the line `END` stands in it once, at its end.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import groupby
from typing import Final

from reader.export.notes.value import ArticleNotes, PlacedNote
from reader.locale import _
from reader.sanitize import clean_line, pattern

END: Final = "<!-- reader: end -->"
"""What a person adds below this line is theirs: it is never touched."""

ARTICLE_TEMPLATE: Final = "# {title}\n\n{notes}"
NOTE_TEMPLATE: Final = "{quote}\n\n{words}\n\n{id}"
ARTICLE_FIELDS: Final = ("title", "author", "source", "date", "tags", "notes")
NOTE_FIELDS: Final = ("quote", "words", "colour", "tags", "section", "status", "created", "modified", "id")

_FIELD: Final = pattern(r"\{(\w*)\}")
_MARKUP: Final = pattern(
    r"\\(?=[!-/:-@\[-`{-~]|$)|`|\*(?!\s)|(?<!\s)\*|_(?!\w)|(?<!\w)_|\[(?=[\[^])|~~|(?<=[A-Za-z)\]])~(?=[A-Za-z0-9+-])|==+"
    r"|<(?=[A-Za-z/!?])|&(?=#?\w+;)|\$|\^(?=\[)|(?<=[A-Za-z0-9)\]])\^(?=[A-Za-z0-9+-])|%(?=%)|(?<=%)%"
    r"|(?<![\w&])#(?=\w)(?!\d+(?![\w/-]))|(?<![^\W_])(?<!:):(?=[a-z0-9_+-]{1,40}:)|:(?=:\s)|\{(?=[#:.%{/-])|(?<=\{)\{",
    re.MULTILINE,
)
"""What is markup wherever it stands, in CommonMark or in what note-taking programs add to it."""
_BRACKETS: Final = ("](", "][", "]:", "]{")
"""Where one of these is, a bracket may begin a link."""
_BRACKET: Final = pattern(r"(?<!\\)\[")
_CLOSING: Final = pattern(r"(?<!\S)(#+\s*)$")
_AT_START: Final = pattern(
    r"(?m)^([^\S\n]*+)(?:(\d{1,9})(?=[.)](?:\s|$))|(?=##|#(?:\s|$)|>|[-+*](?:\s|$)|[-=]+\s*$|[-:|][-:| ]*$|:\s"
    r"|~(?:\s|~~)|\||:::|!!!|\?\?\?|<<<|\[|\(@|\+{3}|%\s))"
)
"""What is markup at the start of a line."""
_AT_END: Final = pattern(r"(?m)(?<!\S)\^(?=[A-Za-z0-9-]+[^\S\n]*$)")
_HTML: Final = pattern(r"<(?=[A-Za-z/!?])")
_BLANKS: Final = pattern(r"\n{3,}")


def template_problem(template: str, fields: tuple[str, ...]) -> str:
    """What is wrong with a template from the settings; empty where nothing is."""
    for name in _FIELD.findall(template):
        if name not in fields:
            known = ", ".join(f"{{{field}}}" for field in fields)
            return clean_line(_("there is no field {name}; there are {names}").format(name=f"{{{name}}}", names=known))
    return ""


def as_markdown(
    notes: ArticleNotes, *, article_template: str = ARTICLE_TEMPLATE, note_template: str = NOTE_TEMPLATE
) -> str:
    """The text of the file: front matter, the notes by section, and the line `END`.

    Fields in braces that a template does not know stay as they are.
    """
    parts: list[str] = []
    for section, several in groupby(notes.notes, key=_heading):
        if section:
            parts.append(f"## {_title(section)}")
        parts += [_note(one, note_template) for one in several]
    body = _filled(
        article_template,
        {
            "title": _title(notes.title),
            "author": _text(notes.author),
            "source": _text(notes.source),
            "date": notes.date,
            "tags": " ".join(f"#{_tag(tag)}" for tag in notes.tags),
            "notes": "\n\n".join(parts),
        },
    )
    return f"{_front(notes)}\n{_tidy(body)}\n\n{END}\n"


def _front(notes: ArticleNotes) -> str:
    """YAML, its strings as JSON has them (YAML 1.2, 5.7: each JSON string is a YAML scalar)."""
    lines = ["---", f"title: {_quoted(notes.title)}"]
    for key, value in (("author", notes.author), ("source", notes.source), ("date", notes.date)):
        if value:
            lines.append(f"{key}: {_quoted(value)}")
    tags = dict.fromkeys([*notes.tags, *(tag for one in notes.notes for tag in one.annotation.tags)])
    if tags:
        lines.append(f"tags: [{', '.join(map(_quoted, tags))}]")
    return "\n".join([*lines, "---", ""])


def _quoted(text: str) -> str:
    return json.dumps(clean_line(text), ensure_ascii=False)


def _heading(one: PlacedNote) -> str:
    if one.annotation.selector is None:
        return ""
    return _("Not in the article any more") if one.lost else one.section


def _note(one: PlacedNote, template: str) -> str:
    made = one.annotation
    return _tidy(
        _filled(
            template,
            {
                "quote": "\n".join(f"> {line}".rstrip() for line in _text(one.quote).split("\n")) if one.quote else "",
                "words": _HTML.sub(r"\\<", made.words).strip("\n"),
                "colour": _text(made.colour),
                "tags": " ".join(f"#{tag}" for tag in made.tags),
                "section": _text(one.section),
                "status": one.place.status if one.place else "",
                "created": _time(made.created),
                "modified": _time(made.modified),
                "id": f"^{_block_id(made.id)}",
            },
        )
    )


def _filled(template: str, values: Mapping[str, str]) -> str:
    return _FIELD.sub(lambda found: values.get(found[1], found[0]), template)


def _text(text: str) -> str:
    """Text of which nothing is read as markup, and nothing is escaped that would not be."""
    return _AT_START.sub(lambda found: f"{found[1]}{found[2] or ''}\\", _AT_END.sub(r"\\^", _inner(text)))


def _title(text: str) -> str:
    """The same of a line behind the signs of a heading."""
    inner = _CLOSING.sub(r"\\\1", _inner(text))
    # What looks like attributes at the end is taken off, whatever stands before its brace.
    return inner.replace("\\{", "&#123;").replace("{", "&#123;") if inner.endswith("}") else inner


def _inner(text: str) -> str:
    """The same, but for what is markup at the start or the end of a line."""
    text = _MARKUP.sub(_escaped if text.count("$") > 1 else _escaped_alone, text)
    if any(sign in text for sign in _BRACKETS):
        text = _BRACKET.sub(r"\\[", text)
    return text


def _escaped(found: re.Match[str]) -> str:
    return "".join(f"\\{sign}" for sign in found[0])


def _escaped_alone(found: re.Match[str]) -> str:
    """As `_escaped`, of a text with one dollar, which is a price."""
    return found[0] if found[0] == "$" else _escaped(found)


def _tag(tag: str) -> str:
    return re.sub(r"[^\w/-]+", "-", tag).strip("-")


def _block_id(id: str) -> str:
    """Letters, digits and hyphens, which is what a block id may have."""
    return re.sub(r"[^A-Za-z0-9-]+", "-", id)


def _time(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M")


def _tidy(text: str) -> str:
    """No more than one empty line in a row, none at the ends."""
    return _BLANKS.sub("\n\n", text).strip("\n")
