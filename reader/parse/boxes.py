"""Boxes of the dialects, written: `:::tip`, components of MDX, paired template tags, `!!! note`.

Owns which container each becomes, and that it ends where it is closed, also when that line stands inside a list the box
holds. Refuses to find them in the source; that is for the rules of each dialect. Invariant: a box that is never closed
ends with what it stands in.
"""

from __future__ import annotations

from typing import Final

from markdown_it.token import Token

from reader.document import Alert, Details, ParagraphRole, Quote
from reader.parse import dialect as judge
from reader.parse.writer import Writer
from reader.sanitize import clean_line

TOKENS: Final = frozenset(("box_open", "box_close", "component_open", "component_close", "component", "tag"))
"""Types of block tokens that are handled here. `info` is the name of the box, `content` its title."""

_TAG: Final = ":::"
"""Of the containers of boxes, as others have the name of their HTML tag."""
_FOLD: Final = ":::fold"
"""Of what is folded in an alert: it ends with the alert."""
_KINDLESS: Final = frozenset(("aside", "admonition", "callout", "alert"))
"""Components that are alerts, of a kind that an attribute says."""
_ALERTS: Final = frozenset(("note", "tip", "info", "warning", "danger", "caution", "important", "hint"))
"""Components that are alerts, of the kind of their name."""
_PARTS: Final = frozenset(
    ("tabitem", "tab", "tabpanel", "accordion", "accordionitem", "details", "collapse", "expandable")
)
"""Components that are a part with a label."""
_TITLED: Final = frozenset(("card", "step", "feature"))
"""Components whose title is a line of its own."""
_PICTURES: Final = frozenset(("image", "img", "figure", "picture", "zoomableimage", "themedimage"))
_LABELS: Final = ("label", "title", "summary", "heading", "name", "value")
_KINDS: Final = ("type", "kind", "variant", "status", "intent")


class Boxes:
    """Opens and closes boxes in a writer."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._waiting = 0
        """Boxes that were closed inside a container of Markdown which is still open."""
        self._begun: tuple[object, int, int] = (None, 0, -1)
        """The alert that was opened last, how many blocks there were, and its line; -1 where its author gave no title.
        A title with nothing below it is all that the alert says."""

    def take(self, token: Token, line: int) -> None:
        """Write what a token of `TOKENS` stands for."""
        kind = token.type
        if kind == "box_open":
            self._open(token.info, token.content, line, is_open=token.meta.get("open"))
        elif kind == "box_close":
            self._close(_TAG)
        elif kind == "tag":
            self._writer.plain(token.content, line, "footer")
        elif kind == "component_close":
            self._close(f"<{token.info}>")
        else:
            self._component(token, line)

    def callout(self, name: str, title: str, line: int, *, is_open: bool | None) -> None:
        """Open the alert of a vault. What of it can be folded is a part of its own, whose label is the title."""
        kind, shown = judge.alert_kind(name)
        title = clean_line(judge.without_marks(title))
        if name.lower() in ("quote", "cite") and is_open is None:
            self._writer.enter(Quote())
            self._line(title, "caption", line)
            return
        if is_open is None:
            self._writer.enter(Alert(kind, title or clean_line(shown)))
            return
        self._writer.enter(Alert(kind, clean_line(shown)))
        self._fold(title or clean_line(name.capitalize()), line, is_open=is_open)

    def _fold(self, title: str, line: int, tag: str = "", *, is_open: bool) -> None:
        """What is in the alert just entered is a part that can be folded."""
        self._writer.enter(Details(is_open), tag=tag)
        self._line(title, "summary", line)

    def _line(self, title: str, role: ParagraphRole, line: int) -> None:
        if title:
            self._writer.begin(line, one_line=True)
            self._writer.put(title)
            self._writer.end_paragraph(role)

    def settle(self) -> None:
        """A block at the top has ended, and with it every list and quote of Markdown."""
        while self._waiting:
            self._waiting -= 1
            self._close(_TAG)
        self._waiting = 0

    def _open(self, name: str, title: str, line: int, tag: str = _TAG, *, is_open: bool | None = None) -> None:
        """`is_open` says of a box that can be folded whether its author shows what is in it; None where it cannot."""
        title = clean_line(judge.without_marks(title))
        if name in ("div", "code-group"):
            self._writer.enter(None, tag=tag)
        elif name.lower() in ("details", "tab", "quote"):
            shows = name.lower() == "tab" or is_open or False
            self._writer.enter(Quote() if name.lower() == "quote" else Details(shows), tag=tag)
            self._line(title, "caption" if name.lower() == "quote" else "summary", line)
        else:
            kind, shown = judge.alert_kind(name, "" if is_open is not None else title)
            scope = self._writer.enter(Alert(kind, clean_line(shown)), tag=tag)
            self._begun = (scope, len(self._writer.blocks), line if title else -1)
            if is_open is not None:
                self._fold(title or clean_line(name.capitalize()), line, _FOLD, is_open=is_open)

    def _close(self, tag: str) -> None:
        scopes = self._writer.scopes
        for depth in range(len(scopes) - 1, -1, -1):
            if scopes[depth].tag == tag:
                alert = scopes[depth].container
                scope, blocks, line = self._begun
                empty = scope is scopes[depth] and blocks == len(self._writer.blocks)
                self._writer.leave(depth)
                if empty and line >= 0 and isinstance(alert, Alert):
                    self._writer.enter(Alert(alert.kind))
                    self._line(alert.title, "body", line)
                    self._writer.leave(depth)
                return
            if not scopes[depth].tag:
                if tag == _TAG and any(scope.tag == tag for scope in scopes[:depth]):
                    self._waiting += 1
                return

    def _component(self, token: Token, line: int) -> None:
        name = token.info.lower()
        attributes: dict[str, str] = token.meta
        if name in _PICTURES:
            if src := attributes.get("src") or attributes.get("sources", ""):
                self._writer.begin(line)
                self._writer.image(attributes.get("alt") or attributes.get("caption", ""), src)
                self._writer.end_paragraph()
            else:  # where it is, only a program can tell
                self._line(clean_line(attributes.get("alt", "")), "caption", line)
        elif name in ("linkcard", "linkbutton", "card") and attributes.get("href"):
            self._writer.begin(line)
            self._writer.span_link(attributes.get("title") or attributes["href"], attributes["href"])
            self._writer.end_paragraph()
        elif name in _TITLED and attributes.get("title"):
            self._writer.begin(line, one_line=True)
            self._writer.span("strong", attributes["title"])
            self._writer.end_paragraph()
        if token.type == "component":
            return
        label = next((attributes[key] for key in _LABELS if attributes.get(key)), "")
        tag = f"<{token.info}>"
        if name in _ALERTS or name in _KINDLESS:
            kind = next((attributes[key] for key in _KINDS if attributes.get(key)), "note")
            self._open(kind if name in _KINDLESS else name, attributes.get("title", ""), line, tag)
        elif name in _PARTS:
            self._open("tab" if name.startswith("tab") else "details", label, line, tag)
