"""Which tags of a source are markup, and which are words in angle brackets.

Owns the names of HTML's elements and the judgment that `Map<String>`, `package <name>` and `<your name>` are text: a
tag that HTML does not have, without the value of any attribute, and closed nowhere in the source. Refuses to parse
HTML. Invariant: the source is looked through once, and only when a tag that HTML does not have is met.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from reader.parse.gathered import Gathered
from reader.sanitize import pattern

_ELEMENTS: Final = frozenset(
    """
    a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body br
    button canvas caption center cite code col colgroup content data datalist dd del details dfn dialog dir div dl dt em
    embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i
    iframe image img input ins isindex kbd keygen label legend li link listing main map mark marquee math menu menuitem
    meta meter multicol nav nextid nobr noembed noframes noscript object ol optgroup option output p param picture
    plaintext portal pre progress q rb rp rt rtc ruby s samp script search section select shadow slot small source
    spacer span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr
    track tt u ul var video wbr xmp
    """.split()  # noqa: SIM905 - a list of 130 strings would be 130 lines
)
"""The elements of the HTML Living Standard and its obsolete ones (section 16.2)."""
_CLOSING: Final = pattern(r"</([A-Za-z][A-Za-z0-9:-]*+)")


class ClosedTags(Gathered):
    """The names that a source has closing tags of, in lower case."""

    def _gather(self, source: str) -> Iterable[str]:
        return (found[1].lower() for found in _CLOSING.finditer(source))

    def is_text(self, name: str, tag: str) -> bool:
        """Whether an opening `tag` of this name, in lower case, is no markup but text."""
        return name not in _ELEMENTS and "=" not in tag and not tag.endswith("/>") and name not in self
