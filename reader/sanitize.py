"""The one choke point every string from outside passes on its way to a screen, a pipe or an error message.

Owns what is done with characters that would command a terminal, reverse the reading direction or hide text. Refuses to
look for escape *sequences*: without their first character they are harmless text, so only characters are judged. Called
after parsing, since a percent-encoded link or a YAML `"\\e"` makes new controls out of clean source.

Invariant: what `clean` returns holds no control but tab and newline, and cleaning it again changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, AnyStr, Final, cast

from reader.document import Shown


class _Lazy:
    def __init__(self, source: str | bytes, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(self._source, self._flags), name)
        setattr(self, name, found)
        return found


def pattern(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What `re.compile(source, flags)` returns, compiled at the first use; an error in `source` shows then.

    A class of characters beyond Latin costs milliseconds to compile, and a page needs few of the two hundred patterns
    it might. Compiled at import, they were a tenth of the time to the first screen.
    """
    return cast("re.Pattern[AnyStr]", _Lazy(source, flags))


_BIDI: Final = {
    0x061C: "ALM",
    0x202A: "LRE",
    0x202B: "RLE",
    0x202C: "PDF",
    0x202D: "LRO",
    0x202E: "RLO",
    0x2066: "LRI",
    0x2067: "RLI",
    0x2068: "FSI",
    0x2069: "PDI",
}
"""Characters that change the reading direction (UAX #9) and can be misused, with the abbreviations used there."""

_TAGS: Final = "\U000e0000-\U000e007f"
_SAFE: Final = (
    "\n\t -~\xa0-\xac\xae-\u061b\u061d-\u200d\u2010-\u2027\u202f-\u2065\u206a-\ud7ff"
    "\ue000-\ufefe\uff00-\U000dffff\U000e0080-\U0010ffff"
)
# Matching what is safe to the end is 2.5 times as fast as searching for what is not: 30 ms for 10 MB of English.
_ALL_SAFE: Final = pattern(f"[{_SAFE}]*")
_ONE_LINE: Final = pattern(f"[{_SAFE.replace(chr(10) + chr(9), '')}]*")

# A flag of a subdivision (Scotland): black flag, region and subdivision in tag letters, cancel tag (UTS #51, ED-14a).
# Longer runs are not let through, they carry messages no reader sees.
_UNSAFE: Final = pattern(
    f"(\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{{3,7}}\U000e007f)|\r\n|[^{_SAFE}]",
)
_SGR: Final = pattern("\x1b\\[[0-9;]*+m")
_SGR_OR_NOT: Final = pattern("(\x1b\\[[0-9;]*+m)")
_COLOURED: Final = pattern(f"(?:[{_SAFE}]++|\x1b\\[[0-9;]*+m)*+")
_BLANKS: Final = pattern("(?<! ) *+[\n\t][ \n\t]*+")
_SURROGATE: Final = pattern("[\ud800-\udfff]")

_DROPPED: Final = frozenset((0xAD, 0x200E, 0x200F, 0xFEFF, *range(0xE0000, 0xE0080)))
_NEWLINES: Final = frozenset(("\r\n", "\x85", "\u2028", "\u2029"))

# What a link target or a JSON string must not hold raw: all of the above, and what has no width at all.
_HREF_ODD: Final = pattern(f"[^{_SAFE}]|[\\s\u115f\u1160\u180e\u200b-\u200d\u2060-\u206f\u2800\u3164\uffa0]")
_JSON_ODD: Final = pattern(f"[^{_SAFE}\r]")

_HOST_CHARACTERS: Final = 253
_LABEL_CHARACTERS: Final = 63
"""Of a host name and of a part of it at the most (RFC 1035, 2.3.4)."""
_NO_HOST: Final = "not a valid host"


def clean(text: str) -> Shown:
    """`text` with nothing left in it that a terminal obeys; newlines and tabs stay. Clean text is returned as it is.

    - CRLF, NEL (U+0085), U+2028 and U+2029 become newlines;
    - C0 controls, a carriage return alone among them, and DEL become their pictures (U+2400 block); a C1 control
      becomes the two characters of its 7-bit form with the picture of ESC (`␛[` for U+009B; ECMA-48, 5.3 a);
    - embeddings, overrides and isolates of direction become their names: `‹RLO›`;
    - the marks LRM and RLM, which honest texts are full of and which hide nothing where every row is drawn from the
      left, soft hyphens, U+FEFF and tag characters outside a flag are dropped;
    - surrogates that make a pair are joined, lone ones become U+FFFD.
    """
    if text.isprintable() or _ALL_SAFE.fullmatch(text):
        return Shown(text)
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return Shown(_UNSAFE.sub(_visible, text))


def clean_on(text: str, before: Shown) -> Shown:
    """As `clean`, of a text that begins with one that is clean, of which nothing is looked at again."""
    if not text.startswith(before):
        return clean(text)
    new = text[len(before) :]
    cleaned = clean(new)
    return Shown(text) if cleaned == new else joined((before, cleaned))


def clean_line(text: str) -> Shown:
    """As `clean`, and on one line: each run of newlines, tabs and the blanks around them becomes one space."""
    # What `str.isprintable` says yes to is safe (it refuses all of Unicode's categories C and Z but the space), and
    # saves a short process the 2 ms that compiling the pattern takes.
    if text.isprintable() or _ONE_LINE.fullmatch(text):
        return Shown(text)
    return Shown(_BLANKS.sub(" ", clean(text)))


def address(text: str) -> Shown:
    """A link target as it is shown, copied and opened: all that is blank, invisible or commanding percent-encoded."""
    text = text.strip(" \n\t")
    if text.isascii() and text.isprintable() and " " not in text:
        return Shown(text)  # as most are, and the pattern takes 2 ms to compile
    return Shown(_HREF_ODD.sub(_percent, text))


def href(text: str) -> Shown:
    """An `address` for a person to judge.

    A host outside ASCII is followed by the form the network is asked for, as in `https://аpple.com (xn--pple-43d.com)`:
    letters of another script that look like Latin ones give themselves away there.
    """
    shown = address(text)
    host = "" if shown.isascii() else _ascii_host(shown)
    return Shown(f"{shown} ({host})" if host else shown)


def joined(parts: Iterable[Shown], between: str = "") -> Shown:
    """Texts that may be shown, one behind the other; `between` is the program's own."""
    return Shown(between.join(parts))


def stripped(text: Shown, characters: str | None = None) -> Shown:
    """As `str.strip`: a part of what may be shown may be shown."""
    return Shown(text.strip(characters))


def printable(text: str) -> str:
    """The last gate of a command's output: text with colours (SGR, ECMA-48 8.3.117), and nothing else that a terminal
    obeys. What the program itself prints comes through as it is."""
    if _ALL_SAFE.fullmatch(text) or _COLOURED.fullmatch(text):
        return text
    return "".join(part if _SGR.fullmatch(part) else clean(part) for part in _SGR_OR_NOT.split(text))


def json_text(text: str) -> str:
    """Finished JSON made safe to print: DEL, C1 and the other characters `clean` would change become `\\uXXXX`.

    The value it stands for stays the same. `json.dumps` escapes only C0 when told `ensure_ascii=False`.
    """
    return text if _ALL_SAFE.fullmatch(text) else _JSON_ODD.sub(_json_escape, text)


def _visible(match: re.Match[str]) -> str:
    found = match[0]
    if match[1] or found in _NEWLINES:
        return found if match[1] else "\n"
    code = ord(found)
    if code in _DROPPED:
        return ""
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\N{SYMBOL FOR DELETE}"
    if code < 0xA0:
        return "\N{SYMBOL FOR ESCAPE}" + chr(code - 0x40)
    return f"‹{_BIDI[code]}›"


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "surrogatepass"))


def _json_escape(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


def _ascii_host(url: str) -> str:
    """The host of `url` in its xn-- form; empty where it has none or is ASCII already."""
    authority = re.match(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?//(?:[^/?#]*@)?([^/?#:]+)", url)
    if authority is None or authority[1].isascii():
        return ""
    host = authority[1]
    # what is too long in letters is too long in its xn-- form, and not worth the work of making that
    if len(host) > _HOST_CHARACTERS or max(map(len, re.split("[.\u3002\uff0e\uff61]", host))) > _LABEL_CHARACTERS:
        return _NO_HOST
    return _idna(host)


@lru_cache(maxsize=4096)
def _idna(host: str) -> str:
    """The xn-- form of a host, made once: each row that is drawn asks for those of its links."""
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return _NO_HOST
