"""What reading an article gives: a `Source`, or a `SourceError` with one line for the person."""

from __future__ import annotations

from typing import NoReturn

from reader import sanitize
from reader.document import record
from reader.locale import _
from reader.source.kind import Kind


class SourceError(Exception):
    """What was asked for cannot be read; the message is one sanitised line: where, what, and the remedy if any."""

    def __init__(self, where: str, what: str, remedy: str = "", *, status: int = 0) -> None:
        """`status`: with which a server refused."""
        said = ": ".join(filter(None, (where, what)))
        super().__init__(
            sanitize.clean_line(_("{what}; {remedy}").format(what=said, remedy=remedy) if remedy else said)
        )
        self.what = sanitize.clean_line(what)
        """Without where, and without the remedy."""
        self.status = status
        """The status a server answered with; 0: it did not come to an answer."""


@record
class Source:
    """An article as it was found, decoded."""

    text: str
    """Everything that stood there, without a byte order mark, lines ended by "\\n". Not sanitised."""
    origin: str
    """How a person would name it: the path as given, "stdin" or the address. Sanitised, on one line."""
    path: str | None
    """Absolute path, as `os` takes it (it may hold surrogates); None for pipes and the web."""
    url: str | None
    """The address it came from at last, after redirections; None for files and stdin."""
    encoding: str
    """Python's name of the codec."""
    digest: str
    """The BLAKE2b hash of the bytes, 32 hexadecimal digits."""
    warnings: tuple[str, ...] = ()
    """What went less than well, a sentence each, for a quiet note."""
    kind: Kind = "markdown"
    """How the text is to be read."""
    as_of: float | None = None
    """When a page that is kept was fetched, in seconds of the epoch, if its server was not asked or did not answer."""
    notice: str = ""
    """What is to be said at once about where the text comes from; one sanitised line."""


def fail(where: str, what: str, remedy: str = "") -> NoReturn:
    """Raises the `SourceError` of these words."""
    raise SourceError(where, what, remedy)
