"""Going where an address leads: the one way for links of the page and of the sidebar.

What is no web address, mail address, article or place in this one is asked about first.
"""

from __future__ import annotations

from typing import assert_never

from reader import sanitize
from reader.locale import _
from reader.session import Anchor, Nowhere, OtherArticle, OtherFile, Web
from reader.settings import browsers
from reader.ui.commands.host import Host
from reader.ui.terminal import opener


def follow(host: Host, address: str) -> None:
    """Goes to a place in the article, to another article, to the browser, or to a question."""
    session = host.session
    match session.links.destination(address):
        case Anchor(name):
            session.links.to_anchor(name)
        case OtherArticle(path, anchor):
            session.opening.open(path, anchor)
        case Web(address):
            _launch(host, address)
        case OtherFile(path):
            from reader.ui.widgets.dialogs import AskDialog

            asked = _("Open this with the system's viewer?")
            question = f"{asked}\n\n{sanitize.clean_line(path)}"
            dialog = AskDialog(host.theme_styles, question)
            host.push(dialog, lambda yes: _launch(host, path) if yes else None)
        case Nowhere(reason):
            session.say(reason, warning=True)
        case other:
            assert_never(other)


def _launch(host: Host, target: str) -> None:
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
