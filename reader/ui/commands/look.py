"""Looking at what an address leads to without going there: how an article begins, a place in this one, an image.

What has to be fetched is asked about first.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import assert_never

from reader import sanitize
from reader.document import Image
from reader.layout import Picture
from reader.locale import _
from reader.session import (
    Anchor,
    Nowhere,
    OtherArticle,
    OtherFile,
    Peek,
    RemoteImage,
    Target,
    Web,
    WebArticle,
    address_of,
)
from reader.ui.commands.follow import follow_target
from reader.ui.commands.host import Host


def peek(host: Host, target: Target, show: Callable[[Peek], object]) -> None:
    """Looks at what a link leads to, without going there; `show` gets what is found. The web is asked before."""
    session = host.session
    address = address_of(target)
    match session.links.destination(address):
        case Anchor(name):
            if (place := session.peeks.place(name)) is not None:
                show(place)
        case OtherArticle(path, anchor, asks=False):
            session.peeks.article(path, anchor, show)
        case WebArticle(found, anchor):
            from reader.ui.widgets.dialogs import AskDialog

            question = f"{_('Fetch this page, to see how it begins?')}\n\n{sanitize.href(found)}"
            look = partial(session.peeks.article, found, anchor, show)
            dialog = AskDialog(host.theme_styles, question, host.page.rows_of(target))
            host.push(dialog, lambda yes: look() if yes else None)
        case OtherArticle() | OtherFile() | Web():
            session.say(_("Only articles, places and notes can be peeked at; Enter opens this"))
        case Nowhere(reason):
            session.say(reason, warning=True)
        case other:
            assert_never(other)


def show_image(host: Host, image: Image) -> None:
    """Shows an image over the page; asks before one is fetched."""
    session = host.session
    origin = session.images.origin(image)
    if not isinstance(origin, RemoteImage):
        _look(host, image)
        return
    from reader.ui.widgets.dialogs import AskDialog

    question = f"{_('Fetch this image?')}\n\n{sanitize.href(origin.address)}"
    dialog = AskDialog(host.theme_styles, question, host.page.rows_of(image))
    host.push(dialog, lambda yes: _look(host, image) if yes else None)


def _look(host: Host, image: Image) -> None:
    from reader.ui.widgets.picture_dialog import PictureDialog, Wish, room

    columns, rows = room(*host.page.app.size)

    def show(picture: Picture) -> None:
        rows = host.page.rows_of(image)
        host.push(PictureDialog(host.theme_styles, picture, f"🖼 {image.number}  {image.alt}", rows), wished)

    def wished(wish: Wish | None) -> None:
        if wish == "open":
            follow_target(host, image)
        elif wish is not None:
            _step(host, image, 1 if wish == "next" else -1)

    host.session.images.look(image, columns, rows, show)


def _step(host: Host, image: Image, step: int) -> None:
    """Shows the next image, or the one before."""
    images = host.session.article.document.images
    index = image.number - 1 + step
    if 0 <= index < len(images):
        host.page.reveal(images[index])
        show_image(host, images[index])
    else:
        host.session.say(_("No more images") if step > 0 else _("No image before this one"))
