"""Places that are typed: a line of the file, a percentage, a heading; and whether the line to type them on is open.

Refuses to know commands: a text that names no place is somebody else's.
"""

from __future__ import annotations

from reader import sanitize
from reader.document import Document
from reader.locale import _
from reader.session.links import anchor_offset
from reader.session.loading import Loading
from reader.session.reading import Reading


class Going:
    """The line for places and commands."""

    def __init__(self, reading: Reading, loading: Loading) -> None:
        self.reading = reading
        self.loading = loading
        self.typing = False
        """Whether the line is open."""

    def open(self) -> None:
        """Opens the line."""
        self.typing = True
        self.reading.announce("command line")

    def leave(self) -> None:
        """Closes it; the page has the keys."""
        self.typing = False
        self.reading.announce("command line")
        self.reading.focus("page")

    def to(self, text: str) -> bool:
        """Goes where a text says (`42`, `50%`, `#heading`); False: it names no place."""
        text = text.strip()
        number, percent = text.removesuffix("%"), text.endswith("%")
        if number.isascii() and number.isdigit() and len(number) <= _MAX_DIGITS:
            (self.to_percent if percent else self.to_line)(int(number))
        elif text.startswith("#"):
            self.to_heading(text[1:].strip())
        else:
            return False
        return True

    def to_line(self, line: int) -> None:
        """To the block with this line of the file, counted from 1."""
        self.reading.leave()
        missing = _("There is no line {number}").format(number=line)
        self.loading.go_to(lambda document: document.offset_at(max(1, line) - 1), missing)

    def to_percent(self, percent: int) -> None:
        """To the place that is so far on the way to the end, as `Reading.share` says it."""
        share = min(100, percent) / 100

        def there(document: Document) -> int | None:
            offset = round(self.reading.before_end * share)
            return offset if document.complete or offset <= len(document.text) else None

        self.reading.leave()
        if share < 1:
            for _time in range(2):  # what the first time lays out may show that the end begins elsewhere
                self.loading.go_to(there, "")
        else:
            self.loading.to_end()

    def to_heading(self, words: str) -> None:
        """To the place with this name, else the next section whose title begins with the words, else holds them."""
        after = self.reading.viewport.top_offset
        wanted = words.casefold()

        def there(document: Document) -> int | None:
            named = anchor_offset(document, words)
            if named is not None or not document.complete:
                return named
            titles = [(section.title.casefold(), section.start) for section in document.sections]
            for fits in (str.startswith, str.__contains__):
                found = [start for title, start in titles if fits(title, wanted)]
                if found:
                    return next((start for start in found if start > after), found[0])
            return None

        self.reading.leave()
        self.loading.go_to(there, _("No heading with {words} in this article").format(words=sanitize.clean_line(words)))


_MAX_DIGITS = 9
