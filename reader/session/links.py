"""Links and images: which one has the focus, and where an address leads.

Owns the judgment of addresses: a place in this article, another article, a page of the web, what only another program
can show, or nowhere. Refuses to open anything, and to let an article that has come from the web name a file of this
machine.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

from reader import sanitize
from reader.document import Document, Image, Link, Shown, record
from reader.library import is_article
from reader.locale import _
from reader.session.article import Article, Target
from reader.session.reading import Reading
from reader.source import is_web

if TYPE_CHECKING:
    from reader.library import Backlink

_WEB = ("http", "https", "mailto")
_OUTSIDE = (
    *(".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif", ".bmp", ".ico", ".tiff"),
    *(".pdf", ".epub", ".mobi", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".odt", ".ods", ".odp"),
    *(".zip", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".7z", ".rar", ".tar", ".dmg", ".exe", ".msi", ".deb", ".rpm"),
    *(".mp3", ".m4a", ".ogg", ".wav", ".flac", ".mp4", ".mkv", ".mov", ".avi", ".webm", ".iso", ".apk"),
)
"""How addresses end of what is no article."""


@record
class Anchor:
    """A place in the open article."""

    name: str


@record
class OtherArticle:
    """An article that opens in the reader."""

    path: str
    anchor: str = ""
    asks: bool = False
    """A page of the web names it, out of its own folder: the person is asked first."""


@record
class WebArticle:
    """A page of the web, which opens in the reader."""

    address: str
    """http or https, with a host; without its fragment."""
    anchor: str = ""

    @property
    def whole(self) -> str:
        """The address with its fragment."""
        return f"{self.address}#{self.anchor}" if self.anchor else self.address


@record
class Web:
    """An address for the browser or the mail program."""

    address: str


@record
class OtherFile:
    """A file that only another program can show."""

    path: str


@record
class Nowhere:
    """An address that is not followed."""

    reason: str
    """One line for the person, sanitised."""


Destination: TypeAlias = Anchor | OtherArticle | WebArticle | Web | OtherFile | Nowhere


class Links:
    """The links and images of the open article."""

    def __init__(
        self,
        reading: Reading,
        folders: Callable[[], tuple[str, ...]] = tuple,
        state: Callable[[], str] | None = None,
    ) -> None:
        """`folders` are those of the library; `state` is where the store is, beside which its index stands."""
        self.reading = reading
        self._backlinks: tuple[Backlink, ...] = ()
        self._folders = folders
        self._state = state
        self._asked: Article | None = None

    def step(self, step: int) -> None:
        """Focuses the next one (1) or the one before (-1) and brings it into view."""
        article, shown = self.reading.article, self.reading.viewport.shown
        index = article.near_target(shown.start, shown.end, step)
        if index is None:
            self.reading.say(_("No more links") if step > 0 else _("No link before this one"))
            return
        self.focus(index)
        self.reading.viewport.reveal(article.targets[index])

    def focus(self, index: int) -> None:
        """Focuses a link and says where it leads."""
        article = self.reading.article
        article.set_focus(index)
        target = article.targets[index]
        sign = f"🖼 {target.number}" if isinstance(target, Image) else "↗"
        self.reading.say(f"{sign} {sanitize.href(address_of(target))}")
        self.reading.announce("marks")

    @property
    def focused(self) -> Target | None:
        """The focused link or image."""
        article = self.reading.article
        return None if article.focus is None else article.targets[article.focus]

    def destination(self, address: str) -> Destination:
        """Where an address in the open article leads. Looks at the file system, not at the web."""
        if address.startswith("#"):
            return Anchor(unquote(address[1:]))
        if not address.strip():
            return Nowhere(_("This link has no address"))
        if "\0" in unquote(address):
            return Nowhere(_("Not opened: no file is called {name}").format(name=sanitize.href(address)))
        if address.startswith("//"):
            address = f"https:{address}"
        url = self.reading.article.source.url
        try:
            if url is not None:
                address = urljoin(url, address)
            parts = urlsplit(address)
        except ValueError:
            return Nowhere(
                _("Not opened: {address} is no address. {keys[reader.copy]} copies it").format(
                    address=sanitize.href(address), keys=self.reading.keys
                )
            )
        scheme = parts.scheme.lower()
        if scheme in ("http", "https"):
            return self._page(address, parts)
        if scheme in _WEB:
            return Web(sanitize.address(address))
        if url is not None:
            here = _("Not opened: {address} is on this machine, the article is not")
            said = (
                here
                if scheme == "file"
                else _("Not opened: {address} is no web address. {keys[reader.copy]} copies it")
            )
            return Nowhere(said.format(address=sanitize.href(address), keys=self.reading.keys))
        if self.reading.article.source.kind == "html" and self.reading.article.source.path is None:
            said = _("Not opened: {address} is relative, and where the page is from is not known")
            return Nowhere(said.format(address=sanitize.href(address), keys=self.reading.keys))
        if scheme == "file" and parts.netloc in ("", "localhost"):
            return self._file(unquote(parts.path), unquote(parts.fragment))
        if os.path.exists(os.path.join(self._folder(), address)):  # a name may hold a # or a %
            return self._file(address, "")
        if not scheme:
            return self._file(unquote(parts.path), unquote(parts.fragment))
        said = _("Not opened: {address} is no web address. {keys[reader.copy]} copies it")
        return Nowhere(said.format(address=sanitize.href(address), keys=self.reading.keys))

    def _page(self, address: str, parts: SplitResult) -> Destination:
        """Where an address of the web leads."""
        if not parts.netloc or not is_web(address):  # `http:/a/b` would be taken for a path
            said = _("Not opened: {address} names no host. {keys[reader.copy]} copies it")
            return Nowhere(said.format(address=sanitize.href(address), keys=self.reading.keys))
        if parts.path.lower().endswith(_OUTSIDE):
            return Web(sanitize.address(address))
        page, _sign, anchor = address.partition("#")
        own = self.reading.article.source.url
        if own is not None and anchor and page == own.partition("#")[0]:
            return Anchor(unquote(anchor))
        return WebArticle(sanitize.address(page), unquote(anchor))

    def can_peek(self, target: Target) -> bool:
        """Whether there is something to look at without going there, and without the network."""
        address = address_of(target)
        destination = self.destination(address)
        if isinstance(destination, Anchor):
            return anchor_offset(self.reading.article.document, destination.name) is not None
        return isinstance(target, Image) or (isinstance(destination, OtherArticle) and not destination.asks)

    def _folder(self) -> str:
        """Where relative names start: the article's folder, else the working folder."""
        path = self.reading.article.source.path
        return os.path.dirname(path) if path else os.curdir

    def _file(self, name: str, anchor: str) -> Destination:
        try:
            path = os.path.abspath(os.path.join(self._folder(), name))  # never a name that begins as an option does
        except FileNotFoundError:
            return Nowhere(_("Not opened: the working folder has been deleted"))
        if path != sanitize.clean_line(path):
            said = _("Not opened: {file} has signs in its name that cannot be shown")
            return Nowhere(said.format(file=sanitize.clean_line(path)))
        if not os.path.exists(path):
            path = self._named(name) or path
        if not os.path.exists(path):
            return Nowhere(_("There is no file {file}").format(file=sanitize.clean_line(path)))
        if not is_article(path) or not os.path.isfile(path):
            return OtherFile(path)
        own = self.reading.article.source.path
        if own is not None and os.path.exists(own) and os.path.samefile(path, own):
            return Anchor(anchor)
        asks = self.reading.article.source.kind == "html" and not path.startswith(
            os.path.join(os.path.abspath(self._folder()), "")
        )
        return OtherArticle(path, anchor, asks)

    def _named(self, name: str) -> str | None:
        """The nearest file of a name, as a vault has it: in the vault or the library that the article is in."""
        own = self.reading.article.source.path
        if own is None or os.path.isabs(name) or self.reading.article.source.kind == "html":
            return None
        from reader.library import find_named, vault_of

        root = vault_of(own)
        if root is None:
            inside = (folder for folder in self._folders() if own.startswith(os.path.join(folder, "")))
            root = next(inside, os.path.dirname(own))
        return find_named(name, own, root) or (None if is_article(name) else find_named(f"{name}.md", own, root))

    @property
    def backlinks(self) -> tuple[Backlink, ...]:
        """The articles of the library with a link to the open one, when they were asked for and found."""
        return self._backlinks if self._asked is self.reading.article else ()

    def ask_backlinks(self) -> None:
        """Looks, in a thread, for the articles of the library with a link to this one; once an article."""
        article = self.reading.article
        path = article.source.path
        if article is self._asked or not article.document.complete:
            return
        self._asked, self._backlinks = article, ()
        if path is None or self._state is None:
            return
        state = self._state

        def work() -> None:
            from reader.library import Index, index_file

            file = index_file(state())
            if os.path.isfile(file):
                with Index(file) as index:
                    found = index.backlinks(path)
                self.reading.background.tell(have, found)

        def have(found: tuple[Backlink, ...]) -> None:
            if found and article is self.reading.article:
                self._backlinks = found
                self.reading.announce("sidebar")

        self.reading.background.run(work, group="backlinks")

    def to_anchor(self, name: str) -> None:
        """Goes to a place that the article names."""
        document = self.reading.article.document
        there = anchor_offset(document, name)
        if there is None:
            said = _("No place named #{name} in this article")
            said = said if document.complete else _("No place named #{name} in this article so far")
            self.reading.say(said.format(name=sanitize.clean_line(name)), warning=True)
        else:
            self.reading.jump(there)

    def to_footnote(self, label: str) -> None:
        """Goes to the text of a footnote."""
        there = self.reading.article.document.notes.get(label)
        if there is None:
            self.reading.say(
                _("Footnote {label} is not defined").format(label=sanitize.clean_line(label)), warning=True
            )
        else:
            self.reading.jump(there, above=self.reading.viewport.rows // 3)


def address_of(target: Target) -> Shown:
    """Where a link or an image leads: the one value that is shown, copied and opened."""
    return sanitize.address(target.href if isinstance(target, Link) else target.src)


def anchor_offset(document: Document, name: str) -> int | None:
    """Where the place that `#name` means is; None where there is none."""
    there = document.anchors.get(name, document.anchors.get(name.lower()))
    if there is None and name.lower() in ("", "top"):
        return 0  # html.spec.whatwg.org, "find a potential indicated element": the top of the document
    return there
