"""The codecs an article may be decoded with, by a name that a person or a server gave.

A fixed list: what Python registers besides holds codecs that are no character sets (rot13, base64), that read escapes
in the text (unicode_escape, idna, utf_7), and one whose time grows with the square of the text (punycode: 10 s for
300 KB). Each of the list decodes 200 KB of any bytes in under 50 ms.

Invariant: a name outside the list is never given to `bytes.decode`.
"""

from __future__ import annotations

import codecs
from typing import Final

_NAMES: Final = """
    ascii utf-8 utf-8-sig utf-16 utf-16-be utf-16-le utf-32 utf-32-be utf-32-le
    gb2312 gbk gb18030 hz big5 big5hkscs cp950
    shift_jis shift_jis_2004 shift_jisx0213 cp932 euc_jp euc_jis_2004 euc_jisx0213
    iso2022_jp iso2022_jp_1 iso2022_jp_2 iso2022_jp_2004 iso2022_jp_3 iso2022_jp_ext
    euc_kr cp949 johab iso2022_kr
    iso8859-1 iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-9 iso8859-10 iso8859-11
    iso8859-13 iso8859-14 iso8859-15 iso8859-16
    cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp874 tis-620
    koi8-r koi8-t koi8-u kz1048 ptcp154 hp-roman8 palmos
    mac-arabic mac-croatian mac-cyrillic mac-farsi mac-greek mac-iceland mac-latin2 mac-roman mac-romanian mac-turkish
    cp037 cp273 cp424 cp437 cp500 cp720 cp737 cp775 cp850 cp852 cp855 cp856 cp857 cp858 cp860 cp861 cp862 cp863 cp864
    cp865 cp866 cp869 cp875 cp1006 cp1026 cp1125 cp1140
"""
"""As `codecs.lookup` names them: the character sets of the table "Standard Encodings" in the documentation of
`codecs`."""
_TEXT: Final = frozenset(_NAMES.split())

_SAID_UNSEEN: Final = frozenset(("ascii", "iso8859-1", "utf-8"))
"""What servers declare without a look at the file: the bytes tell more."""


def text_codec(name: str) -> str | None:
    """Python's name of a character set; None where `name` is none of the list."""
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):  # a ValueError comes of a name with a NUL
        return None
    return found if found in _TEXT else None


def declared_codec(name: str | None) -> str | None:
    """The character set a server declares, where it is worth more than a look at the bytes."""
    found = text_codec(name or "")
    return None if found in _SAID_UNSEEN else found
