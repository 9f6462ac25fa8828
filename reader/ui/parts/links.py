"""Links, images and footnotes: lighting one, showing where it leads, following it.

A target is always shown before it is opened: moving to it puts it on the bottom line, a click lights it first. What is
no web address, mail address, article or place in this one is asked about.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from reader import sanitize
from reader.document import Image, Note
from reader.session import address_of
from reader.ui.parts.part import Part

if TYPE_CHECKING:
    from textual import events

    from reader.ui.hints import Spot

_WEB = ("http", "https", "mailto")
ARTICLES = (".md", ".markdown", ".mdown", ".mkd", ".txt")
"""How the names of files end that are opened inside."""


class Links(Part):
    """The links and images of the page."""

    def next(self) -> None:
        """Lights the next one."""
        self._step(1)

    def previous(self) -> None:
        """Lights the one before."""
        self._step(-1)

    def _step(self, step: int) -> None:
        session, article = self.app.session, self.app.article
        shown = article.shown
        index = session.near_target(shown.start, shown.end, step)
        if index is None:
            self.app.say("No link after this one" if step > 0 else "No link before this one")
            return
        self.light(index)
        article.reveal(session.targets[index])

    def light(self, index: int) -> None:
        """Lights a link and shows where it leads."""
        session = self.app.session
        session.set_focus(index)
        target = session.targets[index]
        sign = f"🖼 {target.number}" if isinstance(target, Image) else "↗"
        self.app.say(f"{sign} {sanitize.href(address_of(target))}")
        self.app.article.refresh()

    def clicked(self, offset: int) -> None:
        """A footnote is followed at once; a link is lit by the first click and followed by the second."""
        session = self.app.session
        label = session.note_at(offset)
        if label is not None:
            self._to_note(label)
            return
        index = session.target_at(offset)
        if index is None:
            return
        if session.focus == index:
            self.open()
        else:
            self.light(index)

    def open(self) -> None:
        """Follows the lit link, else lights the one nearest to the top of the page."""
        session = self.app.session
        if session.skimming:
            self.app.claiming.unskim()
            return
        if session.focus is None:
            self.next()
            return
        self.follow(address_of(session.targets[session.focus]))

    # ---- where an address leads --------------------------------------------------------------------------------------

    def follow(self, address: str) -> None:
        """Goes where an address leads: inside the article, to another, to the browser, or to a question."""
        if address.startswith("#"):
            self._to_anchor(unquote(address[1:]))
            return
        if not address.strip():
            self.app.say("This link leads nowhere", warning=True)
            return
        if "\0" in unquote(address):
            self.app.say(f"Not opened: no file is called {sanitize.href(address)}", warning=True)
            return
        if address.startswith("//"):
            address = f"https:{address}"
        url = self.app.source.url
        if url is not None:
            address = urljoin(url, address)
        try:
            parts = urlsplit(address)
        except ValueError:
            self.app.say(f"Not opened: {sanitize.href(address)} is no address. y copies it", warning=True)
            return
        if parts.scheme.lower() in _WEB:
            self.launch(address)
        elif parts.scheme.lower() == "file" and url is not None:
            self.app.say(f"Not opened: {sanitize.href(address)} is on this machine, the article is not", warning=True)
        elif parts.scheme.lower() == "file" and parts.netloc in ("", "localhost"):
            self._to_file(unquote(parts.path), unquote(parts.fragment))
        elif not parts.scheme or os.path.exists(self._path(address)):
            whole = os.path.exists(self._path(address))  # a name may hold a # or a %
            path, anchor = (address, "") if whole else (unquote(parts.path), unquote(parts.fragment))
            self._to_file(path, anchor)
        else:
            self.app.say(f"Not opened: {sanitize.href(address)} is no web address. y copies it", warning=True)

    def launch(self, address: str) -> None:
        """Hands an address or a file to the system."""
        from reader.ui.launch import launch

        problem = launch(address)
        shown = sanitize.href(address)
        self.app.say(problem or f"Opened {shown}", warning=bool(problem))

    def _path(self, address: str) -> str:
        return os.path.normpath(os.path.join(self.app.folder, address))

    def _to_file(self, name: str, anchor: str) -> None:
        path = self._path(name)
        if not os.path.exists(path):
            self.app.say(f"There is no file {sanitize.clean_line(path)}", warning=True)
        elif path.lower().endswith(ARTICLES) and os.path.isfile(path):
            if self.app.source.path is not None and os.path.samefile(path, self.app.source.path):
                self._to_anchor(anchor)
            else:
                self.app.open_article(path, anchor)
        else:
            from reader.ui.dialogs import AskDialog

            question = f"Open this with the system's viewer?\n\n{sanitize.clean_line(path)}"
            self.app.push_screen(AskDialog(self.app.looks, question), lambda yes: self.launch(path) if yes else None)

    def _to_anchor(self, name: str) -> None:
        document = self.app.session.document
        there = document.anchors.get(name, document.anchors.get(name.lower()))
        if there is None and name.lower() in ("", "top"):
            there = 0  # html.spec.whatwg.org, "find a potential indicated element": the top of the document
        if there is None:
            loaded = "" if document.complete else " so far"
            self.app.say(f"No place named #{sanitize.clean_line(name)} in this article{loaded}", warning=True)
        else:
            self.app.move.jump(there)

    # ---- footnotes ---------------------------------------------------------------------------------------------------

    def _to_note(self, label: str) -> None:
        there = self.app.session.document.notes.get(label)
        if there is None:
            self.app.say(f"Footnote {sanitize.clean_line(label)} is not defined", warning=True)
        else:
            self.app.move.jump(there, above=self.app.article.size.height // 3)

    def peek(self) -> None:
        """Shows a footnote of the page in a small box; asks which where there are several."""
        from reader.ui.hints import spots

        there = spots(self.app.article, only_notes=True)
        if not there:
            self.app.say("No footnote on this page")
        elif len({spot.note for spot in there}) == 1:
            self._peek(there[0])
        else:
            self._hint(there, self._peek)

    def _peek(self, spot: Spot) -> None:
        from reader.layout import Layout
        from reader.ui.dialogs import PeekDialog

        document = self.app.session.document
        start = document.notes.get(spot.note)
        if start is None:
            self._to_note(spot.note)
            return
        blocks = []
        for block in document.blocks[document.block_index(start) :]:
            if not any(isinstance(one, Note) and one.label == spot.note for one in block.containers):
                break
            blocks.append(block)
        width = max(10, min(self.app.session.layout.width, self.app.size.width - 14))
        rows = [*Layout(replace(document, blocks=tuple(blocks), sections=()), width).walk()]
        self.app.push_screen(
            PeekDialog(self.app.looks, rows, width), lambda go: self._to_note(spot.note) if go else None
        )

    # ---- hints -------------------------------------------------------------------------------------------------------

    def hints(self) -> None:
        """Puts letters on every link, image and footnote of the page; typing some follows it."""
        from reader.ui.hints import spots

        there = spots(self.app.article)
        if not there:
            self.app.say("No link, image or footnote on this page")
            return
        self._hint(there, self._follow_spot)

    def _follow_spot(self, spot: Spot) -> None:
        session = self.app.session
        if spot.target is None:
            self._to_note(spot.note)
        else:
            self.light(spot.target)
            self.follow(address_of(session.targets[spot.target]))

    def _hint(self, there: Sequence[Spot], follow: Callable[[Spot], object]) -> None:
        from reader.ui.hints import labels

        article = self.app.article
        by_label = dict(zip(labels(len(there)), there, strict=True))

        def draw(typed: str) -> None:
            rows: dict[int, list[tuple[int, str]]] = {}
            for label, spot in by_label.items():
                if label.startswith(typed):
                    rows.setdefault(spot.row, []).append((spot.x, label[len(typed) :]))
            article.overlay(rows)
            self.app.say(f"Follow: type the letters, Esc leaves   {typed}")

        typed = ""

        def key(event: events.Key) -> bool:
            nonlocal typed
            if event.key == "backspace":
                typed = typed[:-1]
            elif event.character is not None and any(
                label.startswith(typed + event.character.lower()) for label in by_label
            ):
                typed += event.character.lower()
            else:
                article.release()
                self.app.say("" if event.key == "escape" else "No such letters")
                return False
            spot = by_label.get(typed)
            if spot is None:
                draw(typed)
                return True
            article.release()
            self.app.say("")
            follow(spot)
            return False

        article.catch(key)
        draw(typed)
