"""Going where an address leads: the one way for links of the page and of the sidebar.

A page of the web opens inside, or in the browser where that is asked for. What is no web address, mail address,
article or place in this one is asked about first.
"""

from __future__ import annotations

from typing import assert_never

from reader import sanitize
from reader.document import Image
from reader.locale import _
from reader.session import Anchor, Nowhere, OtherArticle, OtherFile, Target, Web, WebArticle, address_of
from reader.settings import browsers
from reader.ui.commands.host import Host
from reader.ui.terminal import opener


def follow_target(host: Host, target: Target, *, outside: bool = False) -> None:
    """Follows a link or an image, as `follow` does an address."""
    rows = host.page.rows_of(target)
    follow(host, address_of(target), outside=outside, image=isinstance(target, Image), rows=rows)


def follow(
    host: Host, address: str, *, outside: bool = False, image: bool = False, rows: tuple[int, int] = (0, 0)
) -> None:
    """Goes to a place in the article, to another article, to the browser, or to a question. `outside`: only an address
    of the web is followed, and by the browser, to which that of an image goes in any case. A
    question opens beside `rows` of the screen."""
    session = host.session
    match session.links.destination(address):
        case WebArticle() as page if outside or image:
            launch(host, page.whole)
        case Web(address):
            launch(host, address)
        case Nowhere(reason):
            session.say(reason, warning=True)
        case _ if outside:
            session.say(_("This link leads to no address of the web"), warning=True)
        case WebArticle(address, anchor):
            session.library.follow_from(session.article)
            session.opening.open(address, anchor)
        case Anchor(name):
            session.links.to_anchor(name)
        case OtherArticle(path, anchor, asks=False):
            session.opening.open(path, anchor)
        case OtherArticle(path, anchor):
            from reader.ui.widgets.dialogs import AskDialog

            asked = _("This page leads to a file outside its folder. Open it?")
            question = f"{asked}\n\n{sanitize.clean_line(path)}"
            dialog = AskDialog(host.theme_styles, question, rows)
            host.push(dialog, lambda yes: session.opening.open(path, anchor) if yes else None)
        case OtherFile(path):
            from reader.ui.widgets.dialogs import AskDialog

            asked = _("Open this with the system's viewer?")
            question = f"{asked}\n\n{sanitize.clean_line(path)}"
            dialog = AskDialog(host.theme_styles, question, rows)
            host.push(dialog, lambda yes: launch(host, path) if yes else None)
        case other:
            assert_never(other)


def launch(host: Host, target: str) -> None:
    """Hands an address or a file to the system; what became of it is said when it is known."""
    session = host.session
    shown = sanitize.href(target)
    session.say(_("Opening {name} …").format(name=shown))

    def work() -> None:
        outcome = opener.launch(target, browsers())
        session.background.tell(opened, outcome)

    def opened(outcome: opener.Outcome) -> None:
        if outcome.foreground:
            outcome = _in_terminal(host, outcome.foreground)
        if outcome.opened:
            session.say(_("Opened {name}").format(name=shown))
        else:
            host.terminal.copy(target)
            session.say(_("{problem}. Copied: {address}").format(problem=outcome.problem, address=shown), warning=True)

    session.background.run(work, group="open with")


def _in_terminal(host: Host, command: tuple[str, ...]) -> opener.Outcome:
    """Lends the terminal to a browser of its own kind."""
    from textual.app import SuspendNotSupported

    from reader.ui.terminal.editor import run

    try:
        with host.terminal.lent():
            problem = run(command)
    except SuspendNotSupported:
        problem = _("This terminal cannot be handed to another program")
    return opener.Outcome(not problem, problem)
