"""Links, images and footnotes: lighting one, showing where it leads, following it.

A target is always shown before it is opened: moving to it puts it on the bottom line, a click lights it first. What is
no web address, mail address or place in this article is asked about.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from reader import sanitize
from reader.document import Image
from reader.session import address_of
from reader.ui.parts.part import Part

_WEB = ("http", "https", "mailto")


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
        """Follows the lit link, else the footnote or link nearest to the top of the page."""
        session = self.app.session
        if session.skimming:
            self.app.claiming.unskim()
            return
        if session.focus is None:
            self.next()
            return
        self.follow(address_of(session.targets[session.focus]))

    def follow(self, address: str) -> None:
        """Goes where an address leads: inside the article, to the browser, or to a question."""
        if address.startswith("#"):
            self._to_anchor(unquote(address[1:]))
            return
        scheme = urlsplit(address).scheme.lower() if ":" in address else ""
        if address.startswith("//"):
            address, scheme = f"https:{address}", "https"
        if scheme in _WEB:
            self.launch(address)
            return
        from reader.ui.dialogs import AskDialog

        if scheme in ("", "file"):
            path = self._path(address)
            if not path.exists():
                self.app.say(f"There is no file {sanitize.clean_line(str(path))}", warning=True)
                return
            question = f"Open this file with the system's viewer?\n\n{sanitize.clean_line(str(path))}"
            self.app.push_screen(
                AskDialog(self.app.looks, question), lambda yes: self.launch(str(path)) if yes else None
            )
            return
        self.app.say(f"Not opened: {sanitize.href(address)} is no web address. y copies it", warning=True)

    def launch(self, address: str) -> None:
        """Hands an address or a file to the system."""
        from reader.ui.launch import launch

        problem = launch(address)
        shown = sanitize.href(address)
        self.app.say(problem or f"Opened {shown}", warning=bool(problem))

    def _path(self, address: str) -> Path:
        path = unquote(urlsplit(address).path) if not Path(address).exists() else address
        return Path(self.app.folder or ".") / path

    def _to_anchor(self, name: str) -> None:
        anchors = self.app.session.document.anchors
        there = anchors.get(name, anchors.get(name.lower()))
        if there is None:
            loaded = "" if self.app.session.document.complete else " so far"
            self.app.say(f"No place named #{sanitize.clean_line(name)} in this article{loaded}", warning=True)
        else:
            self.app.move.jump(there)

    def _to_note(self, label: str) -> None:
        there = self.app.session.document.notes.get(label)
        if there is None:
            self.app.say(f"Footnote {sanitize.clean_line(label)} is not defined", warning=True)
        else:
            self.app.move.jump(there, above=self.app.article.size.height // 3)
