"""What kind of text something is: Markdown, a web page, plain text shown line by line, or prose without markup.

Owns the decision, made on the name and the first 32 Ki characters. Files are Markdown whatever they hold, but for the
endings that say otherwise; standard input and `.txt` are looked at. What has any Markdown in it is Markdown, unless it
begins as the output of a program does that has Markdown in its lines (a diff, `git log`). Refuses to parse.

Invariant: in doubt the answer is "plain", in which nothing is joined and nothing disappears.
"""

from __future__ import annotations

import os
from typing import Final, Literal, TypeAlias

from reader.sanitize import pattern
from reader.source.names import descriptor
from reader.source.page import TEXTS, is_feed, is_html

Kind: TypeAlias = Literal["markdown", "html", "plain", "prose", "feed"]
"""markdown: an article. html: a web page, whose article is shown. feed: RSS, Atom or a sitemap, whose entries are
listed. plain: a log, a listing, a diff, a manual page: each
line is one. prose: a novel or another text of sentences without any markup; a line, or what was wrapped of one, is a
paragraph."""

_HEAD_CHARACTERS: Final = 1 << 15
_PLAIN_ENDINGS: Final = frozenset((".log", ".diff", ".patch"))
_OPEN_ENDINGS: Final = frozenset((".txt", ".text"))
_PAGES: Final = ("text/html", "application/xhtml+xml")
"""What servers call a web page."""

_TERMINAL: Final = pattern(r"[^\n\x08]\x08|\x1b\[[0-9;:]*m")
"""Overstrikes (`_\\bx`, `x\\bx`) and SGR sequences (ECMA-48, 8.3.117)."""
_PROGRAM: Final = pattern(
    r"""(?x)\s*+(?:
      diff\ --git\ | diff\ -\w | Index:\ \S | ---\ \S[^\n]*\n\+\+\+\ \S | @@\ -\d     # a diff
    | commit\ [0-9a-f]{7,64}\b | From\ [0-9a-f]{40}\                              # git log, git format-patch
    | \#!                                                                         # a script
    | \S{1,60}\(\d\w{0,3}\)[ ]{2,}+[^\n]{1,200}\(\d\w{0,3}\)[ \t]{0,9}\n              # the head of a manual page
    )"""
)
"""How the output of a program begins that may hold anything, Markdown included."""
_FRONT_MATTER: Final = pattern(r"\s*+(?:-{3,}+[ \t]*+\n[ \t]*+\w[\w-]*+[ \t]*+:|\+{3,}+[ \t]*+\n|;{3,}+[ \t]*+\n)")
_LOG_LINE: Final = pattern(
    r"""(?x)[ \t]*(?:
      [\[(<]?\d{4}[-/.]\d{1,2}[-/.]\d{1,2}[T ,]+\d{1,2}:\d\d                  # 2024-01-31 12:00
    | [A-Z][a-z]{2}\ +\d{1,2}\ \d\d:\d\d:\d\d\                                # Jan 31 12:00:00 (syslog)
    | \[?\d{1,2}:\d\d:\d\d\b                                                 # 12:00:00
    | \[\ *\d+\.\d+\]\                                                        # the kernel's seconds
    | (?:\d{1,3}\.){3}\d{1,3}\ \S+\ \S+\ \[                                  # a web server's access log
    | [\[(<]?(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL)\b
    | [*|\\/_ ]{0,40}[0-9a-f]{7,40}\ \S                                       # git log --oneline
    )"""
)
_MARKDOWN: Final = pattern(
    r"""(?x)
      (?:\A|\n[ \t]{0,9}\n)\ {0,3}\#{2,6}\ +\S                                  # a heading
    | (?:\A|\n)[^\s][^\n]{0,80}\n={3,}+(?=\n[ \t]{0,9}\n)
    | (?:\A|\n)\ {0,3}(?:```|~~~)                                           # a fence
    | \]\((?:<[^<>\n]+>|https?://|mailto:|\#|[^\s()]{0,200}/|[^\s()]{1,200}\.(?:md|html?|png|jpe?g|gif|svg|webp|pdf)\b)
    | (?:\A|\n)\ {0,3}\[[^\]\n]{1,100}\]:[ ]+(?:<|https?://|/|\.)           # a reference
    | \[\^[^\]\s]{1,40}\]                                                    # a footnote
    | (?<![A-Za-z0-9_*])\*\*(?=[^\s*])[^*\n]{1,100}(?<=[^\s*])\*\*(?![A-Za-z0-9_*])
    | \n[ ]{0,3}\|?[ ]?:?-{3,}:?[ ]?\|[ |:-]*(?=\n)                          # a table
    | </?(?:p|br|img|div|h[1-6]|ul|ol|li|table|blockquote|figure)(?:\s[^<>\n]{0,300})?/?>|<a\ href=
    """
)
"""Signs that are hardly ever anything but Markdown. Lists and quotes with ">" are not among them: letters, help texts
and commit messages have them too."""
_TITLE: Final = pattern(r"(?:\A|\n[ \t]{0,9}\n)# +\S[^\n]*+(?=\n[ \t]{0,9}(?:\n|\Z)|\Z)")
_COMMENTS: Final = pattern(r"(?:\A|\n)#(?!#)[^\n]*+\n#(?!#)")
"""A line with one "#" may be a comment of a script or of settings; where two follow one another it is."""

_COLUMNS: Final = pattern(r"\S(?:[ ]{3,}+\S|[ ]*+\t)")
_WORD: Final = pattern(r"[\"'(“‘«„\[]{0,3}[^\W\d_]++(?:['’-][^\W\d_]++)*+[.,;:!?…)\"'”’»\]—–-]{0,4}")
_STOP: Final = pattern(r"[.!?…][\"'”’»)]{0,2}(?:\s|$)")
_CJK: Final = pattern("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_CJK_STOP: Final = pattern("[，。！？、；…」』”]")
_PROSE_SHARE: Final = 0.7
"""Of the characters, in lines that read as prose."""
_LEAST_WORDS: Final = 5
"""Words of a line of prose, on average."""


def kind_of(text: str, name: str | None, content_type: str = "") -> Kind:
    """The kind of a text that comes from a path, an address or a pipe; None is standard input.

    `text` may be no more than its beginning. `content_type` is what a server calls it, without parameters: it is
    believed where the name says nothing else.
    """
    piped = name is None or descriptor(name) is not None
    if is_feed(text):
        return "feed"
    if content_type and not _has_ending(name or ""):
        if content_type in _PAGES and "<" in text[:_HEAD_CHARACTERS]:
            return "html"
        if content_type == "text/plain":
            piped, name = True, None
    if is_html(text, "" if piped else name or ""):
        return "html"
    if name is not None and not piped:
        path = name.partition("?")[0].partition("#")[0] if "://" in name[:12] else name
        ending = os.path.splitext(path)[1].lower()
        if ending in _PLAIN_ENDINGS:
            return "plain"
        if ending not in _OPEN_ENDINGS:
            return "markdown"
    head = text[:_HEAD_CHARACTERS]
    if _FRONT_MATTER.match(head):
        return "markdown"
    if _TERMINAL.search(head) or _PROGRAM.match(head):
        return "plain"
    if len(head) < len(text):
        head = head[: head.rfind("\n") + 1] or head
    lines = [line for line in head.split("\n") if line.strip()]
    if 2 * sum(_LOG_LINE.match(line) is not None for line in lines) > len(lines):
        return "plain"
    if _MARKDOWN.search(head) or (_TITLE.search(head) and not _COMMENTS.search(head)):
        return "markdown"
    return "prose" if _reads_as_prose(lines) else "plain"


def _has_ending(address: str) -> bool:
    """Whether an address ends as the name of a text does."""
    path = address.partition("?")[0].partition("#")[0].lower()
    return path.endswith((*TEXTS, *_PLAIN_ENDINGS))


def _reads_as_prose(lines: list[str]) -> bool:
    """Whether most of a text are sentences, and none of it is set in columns."""
    size = sum(map(len, lines))
    columns = sum(_COLUMNS.search(line.strip()) is not None for line in lines)
    if columns * 20 > len(lines):
        return False
    han = sum(len(_CJK.findall(line)) for line in lines)
    if han * 4 > size:
        return sum(len(line) for line in lines if _CJK_STOP.search(line)) > _PROSE_SHARE * size
    words = [line.split() for line in lines]
    count = sum(map(len, words))
    good = sum(len(word) for line in words for word in line if _WORD.fullmatch(word))
    stops = sum(len(_STOP.findall(line)) for line in lines)
    return good > 0.85 * sum(len(word) for line in words for word in line) and (
        count >= _LEAST_WORDS * len(lines) and stops * 60 >= count
    )
