"""A compiled catalogue of GNU gettext (`.mo`), read as far as messages are asked for.

Owns the format ("The Format of GNU MO Files" in gettext's manual). The standard library's reader decodes every message
when it opens a file, which takes longer than all else that a language costs; this one makes a table of where they are.
Refuses charsets but UTF-8, which our catalogues are in.

Invariant: a message has the same translation as in `gettext.GNUTranslations`; a test compares all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from struct import unpack, unpack_from

_MAGIC = {b"\xde\x12\x04\x95": "<", b"\x95\x04\x12\xde": ">"}


class Catalogue:
    """The messages of one language."""

    def __init__(self, data: bytes) -> None:
        """`data` is a whole file. Raises ValueError where it is no catalogue."""
        order = _MAGIC.get(data[:4])
        if order is None or len(data) < 20:
            raise ValueError("no catalogue of gettext")
        count, keys, texts = unpack_from(f"{order}III", data, 8)
        if max(keys, texts) + 8 * count > len(data):
            raise ValueError("the catalogue is cut short")
        ends = unpack(f"{order}{2 * count}I", data[keys : keys + 8 * count])
        self._data = data
        self._order = order
        self._texts = texts
        self._numbers = {
            data[start : start + size].partition(b"\0")[0]: number
            for number, (size, start) in enumerate(zip(ends[::2], ends[1::2], strict=True))
        }
        """By message: its number. Of one with a plural, the singular alone is the key."""
        self._known: dict[str, tuple[str, ...]] = {}
        self._plural: Callable[[int], int] | None = None

    def _forms(self, message: str) -> tuple[str, ...]:
        """The forms of a message's translation; none where it has no translation."""
        forms = self._known.get(message)
        if forms is None:
            number = self._numbers.get(message.encode("utf-8", "surrogatepass"))
            forms = ()
            if number is not None:
                size, start = unpack_from(f"{self._order}II", self._data, self._texts + 8 * number)
                forms = tuple(self._data[start : start + size].decode().split("\0"))
            self._known[message] = forms
        return forms

    def gettext(self, message: str) -> str:
        """The translation of a message, or the message."""
        forms = self._forms(message)
        return forms[0] if forms else message

    def ngettext(self, one: str, many: str, count: int) -> str:
        """The form of a translation that goes with a number."""
        forms = self._forms(one)
        if not forms:
            return one if count == 1 else many
        if len(forms) == 1:
            return forms[0]
        if self._plural is None:
            from gettext import c2py  # what the standard library reads the rule with

            rule = self._forms("")[0].partition("plural=")[2].partition(";")[0].partition("\n")[0]
            self._plural = c2py(rule)
        assert self._plural is not None
        return forms[min(self._plural(count), len(forms) - 1)]

    def pgettext(self, context: str, message: str) -> str:
        """The translation of a message in a context, or the message."""
        forms = self._forms(f"{context}\x04{message}")
        return forms[0] if forms else message
