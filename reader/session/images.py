"""Images as pictures: the one that is looked at, and the small previews in the text of an article.

Owns where an image comes from (a file, a `data:` address, a kept one of the web, the web), which previews are shown,
and what may be fetched: nothing before the person has said yes, once for an article's previews and once for an image
that is looked at. Refuses to draw, and to decode: a process of `reader.loading` does.

Invariant: no picture is made before it is asked for, and previews only of the images near the page.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from random import randrange
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from reader import sanitize
from reader.document import Image
from reader.layout import MAX_PLACED, Picture
from reader.locale import _
from reader.session.article import Article
from reader.session.changes import Topic
from reader.session.links import Links, Nowhere, Web, WebArticle, address_of
from reader.session.reading import Reading
from reader.settings import draws_images, multiplexer
from reader.source import SourceError

if TYPE_CHECKING:
    from reader.loading import Painter

PREVIEW_CELLS = (48, 10)
"""Columns and rows of a preview at the most."""
_LEAST_CELLS = (4, 2)
"""What is smaller (a badge, a counting pixel) is no preview."""
_MAX_PLACES = 0x4000


class LocalImage(NamedTuple):
    """An image that needs no network."""

    data: Callable[[], bytes]
    """Reads it, in a thread. Raises `SourceError`."""


class RemoteImage(NamedTuple):
    """An image of the web that is not kept."""

    address: str


Origin: TypeAlias = LocalImage | RemoteImage | Nowhere


class Images:
    """The images of the open article as pictures."""

    def __init__(self, reading: Reading, links: Links, folder: Callable[[], str | None]) -> None:
        """`folder` says where fetched images are kept; None: for the run only."""
        self.reading = reading
        self.links = links
        self.previewing = False
        """Whether the article shows previews."""
        self.place: Callable[[Picture], object] | None = None
        """Gives a picture to a terminal that draws it; None: this one does not."""
        self.forget: Callable[[Iterable[int]], object] = lambda _: None
        """Has that terminal forget the pictures with these numbers."""
        self._folder = folder
        self._fetched: dict[str, bytes] = {}
        """Of the web, where there is no folder to keep them in."""
        self._ground = (0, 0, 0)
        self._fetches = False
        """Whether the previews of this article may be fetched."""
        self._asked: dict[int, int] = {}
        """Offset of each image a preview was asked for, to the columns it was to fit in."""
        self._painter: Painter | None = None
        # behind a multiplexer several readers share the numbers of one terminal
        self._number = randrange(_MAX_PLACES) if multiplexer() else 0
        self.placed: dict[int, Picture] = {}
        """What the terminal was given, by number."""
        self._of = reading.article
        reading.changes.subscribe(self._changed)

    def close(self) -> None:
        """Ends the process."""
        if self._painter is not None:
            self._painter.close()

    def _changed(self, topic: Topic) -> None:
        if topic == "article":
            again = self._of.target == self.reading.article.target
            self._asked = {}
            self.previewing, self._fetches = again and self.previewing, again and self._fetches
            if not again:  # their places are gone with the article
                self.forget(self.placed)
                self.placed = {}
            self._of = self.reading.article
        if topic in ("article", "moved", "grown") and self.previewing:
            self._preview_near()

    @property
    def ground(self) -> tuple[int, int, int]:
        """The colour behind what is transparent: red, green and blue, 0 to 255."""
        return self._ground

    def set_ground(self, ground: tuple[int, int, int]) -> None:
        """Another theme: what is transparent in the previews stands on its ground."""
        if ground != self._ground:
            self._ground, self._asked = ground, {}
            if self.previewing:
                self._preview_near()

    # ---- where an image comes from -----------------------------------------------------------------------------------

    def origin(self, image: Image) -> Origin:
        """Where an image is. Looks at the file system, not at the web."""
        from reader.source import data_bytes, file_bytes, image_file

        source = self.reading.article.source
        inside = data_bytes(image.src)
        if inside is not None:
            return LocalImage(lambda: inside)
        if source.url is None and (path := image_file(source.path, image.src)) is not None:
            return LocalImage(partial(file_bytes, path))
        destination = self.links.destination(address_of(image))
        if isinstance(destination, WebArticle | Web):
            address = destination.whole if isinstance(destination, WebArticle) else destination.address
            if address.startswith("http"):
                return self._kept(address) or RemoteImage(address)
        if isinstance(destination, Nowhere):
            return destination
        return Nowhere(_("No image: {address}").format(address=sanitize.href(address_of(image))))

    def _kept(self, address: str) -> LocalImage | None:
        from reader.source import is_kept, kept_image

        folder = self._folder()
        if folder is None:
            data = self._fetched.get(address)
            return None if data is None else LocalImage(lambda: data)
        return LocalImage(partial(kept_image, folder, address)) if is_kept(folder, address) else None

    def _fetch(self, address: str) -> bytes:
        """Runs in a thread. Raises SourceError."""
        from reader.source import fetched_image

        folder = self._folder()
        data = fetched_image(folder, address)
        if folder is None:
            self._fetched[address] = data
        return data

    # ---- one that is looked at ---------------------------------------------------------------------------------------

    def look(self, image: Image, columns: int, rows: int, then: Callable[[Picture], object]) -> None:
        """Makes a picture of at most so many cells, fetching the image where it is not here: the person has said yes.
        `then` gets it; what goes wrong is said."""
        origin = self.origin(image)
        if isinstance(origin, Nowhere):
            self.reading.say(origin.reason, warning=True)
            return
        self.reading.say(_("Fetching the image …") if isinstance(origin, RemoteImage) else "")

        def made(found: Picture | str) -> None:
            if isinstance(found, str):
                said = _("No picture of image {number}: {problem}")
                self.reading.say(said.format(number=image.number, problem=found), warning=True)
            else:
                self.reading.say("")
                then(found)

        self._make(origin, columns, rows, self.reading.article, made)

    def _make(
        self,
        origin: LocalImage | RemoteImage,
        columns: int,
        rows: int,
        article: Article,
        then: Callable[[Picture | str], object],
    ) -> None:
        from reader.loading import Painter

        if self._painter is None:
            self._painter = Painter()
        number = 0
        if self.place is not None and self._is_placed:
            self._number = self._number % _MAX_PLACES + 1
            number = self._number
            columns, rows = min(columns, MAX_PLACED), min(rows, MAX_PLACED)
        work = partial(self._work, self._painter, origin, (columns, rows, number), article, then)
        self.reading.background.run(work, group="images")

    @property
    def _is_placed(self) -> bool:
        form = self.reading.settings.images.form
        return form == "kitty" or (form == "auto" and draws_images())

    def _work(
        self,
        painter: Painter,
        origin: LocalImage | RemoteImage,
        size: tuple[int, int, int],
        article: Article,
        then: Callable[[Picture | str], object],
    ) -> None:
        """Runs in a thread."""
        from reader.loading import PictureError

        if article is not self.reading.article:
            return
        columns, rows, number = size
        found: Picture | str
        try:
            data = origin.data() if isinstance(origin, LocalImage) else self._fetch(origin.address)
            found = painter.picture(data, columns, rows, self._ground, number=number)
        except (PictureError, SourceError) as problem:
            found = str(problem)
        self.reading.background.tell(self._made, article, found, then)

    def _made(self, article: Article, found: Picture | str, then: Callable[[Picture | str], object]) -> None:
        if article is not self.reading.article:
            return
        if isinstance(found, Picture) and found.number and self.place is not None:
            self.placed[found.number] = found
            self.place(found)
        then(found)

    # ---- previews in the text ----------------------------------------------------------------------------------------

    @property
    def lacking(self) -> str:
        """Why no image at all can be shown here; empty where it can."""
        from reader.loading import lacking_for_pictures

        return lacking_for_pictures()

    def to_fetch(self) -> tuple[str, ...]:
        """The addresses of the images of the article, as far as it is loaded, that would have to be fetched."""
        found = (self.origin(image) for image in self.reading.article.document.images)
        return tuple(dict.fromkeys(origin.address for origin in found if isinstance(origin, RemoteImage)))

    def preview(self, *, fetch: bool) -> None:
        """Shows small previews from now on, those of the web too if they may be fetched."""
        self.previewing, self._fetches = True, fetch
        self._of, self._asked = self.reading.article, {}
        self.reading.say(_("Previews of the images; {keys[image.previews]} hides them").format(keys=self.reading.keys))
        self._preview_near()

    def hide(self) -> None:
        """No previews any more."""
        self.previewing = False
        self._set(self.reading.article, dict.fromkeys(self._asked))
        self._asked = {}
        self.reading.say(_("Previews hidden"))

    def _preview_near(self) -> None:
        """Asks for those of the images on the page and within a page of it."""
        article, shown = self.reading.article, self.reading.viewport.shown
        if article.skimming:
            return
        images = article.document.images
        columns = min(PREVIEW_CELLS[0], article.layout.width)
        first = bisect_left(images, shown.start - len(shown), key=lambda image: image.start)
        for image in images[first:]:
            if image.start > shown.end + len(shown):
                break
            if self._asked.get(image.start) == columns:
                continue
            self._asked[image.start] = columns
            origin = self.origin(image)
            if isinstance(origin, LocalImage) or (isinstance(origin, RemoteImage) and self._fetches):
                self._make(origin, columns, PREVIEW_CELLS[1], article, partial(self._previewed, article, image.start))

    def _previewed(self, article: Article, offset: int, found: Picture | str) -> None:
        if not self.previewing or offset not in self._asked or isinstance(found, str):
            return  # what is no picture is said when it is looked at
        if found.columns >= _LEAST_CELLS[0] and found.rows >= _LEAST_CELLS[1]:
            self._set(article, {offset: found})

    def _set(self, article: Article, previews: Mapping[int, Picture | None]) -> None:
        """Changes the previews at some offsets; the page stays where it is in the text."""
        spot = self.reading.viewport.spot
        for offset, picture in previews.items():
            article.preview(offset, picture)
        if not article.skimming:
            self.reading.viewport.back_to(*spot)
        self.reading.announce("rows")
