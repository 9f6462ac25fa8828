"""The program's own words in the reader's language: GNU gettext's catalogues, one a language.

Owns the catalogues (`LANGUAGE/LC_MESSAGES/reader.po`, and the `.mo` made of it by `python -m tests.tools.catalogues`),
which languages there are, and which one a locale's name means. Refuses to look at the environment, which is the
settings' part, and to touch what is not the program's own: an article's text, JSON's keys, the names of settings.

Invariant: a message that the catalogue in use lacks is shown in English, and English needs no catalogue and no import.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from reader.locale.catalogue import Catalogue

LANGUAGES: Final = ("en", "zh_Hans", "zh_Hant", "ja", "ko")
"""What the program can speak, by the names `language` in the settings has for them."""
_TRADITIONAL: Final = frozenset({"hant", "tw", "hk", "mo"})
_DOMAIN: Final = "reader"

_catalogue: Catalogue | None = None
_language = "en"


def named(name: str) -> str | None:
    """The language a locale's name means: zh_TW.UTF-8, zh-HK and zh_Hant are zh_Hant, other zh zh_Hans, C is en; None:
    one that the program does not speak."""
    plain = name.partition(".")[0].partition("@")[0].replace("-", "_").lower()
    if plain in ("c", "posix"):
        return "en"
    first, *rest = plain.split("_")
    if first == "zh":
        return "zh_Hant" if _TRADITIONAL & set(rest) and "hans" not in rest else "zh_Hans"
    return first if first in LANGUAGES else None


def first_spoken(names: Iterable[str]) -> str:
    """The first of several locales' names that the program speaks; else English."""
    return next((language for name in names if (language := named(name)) is not None), "en")


def use(language: str) -> None:
    """Speaks one of `LANGUAGES` from now on, in this process."""
    global _catalogue, _language
    if language == _language:
        return
    if language not in LANGUAGES:
        raise ValueError(f"{language!r} is none of {', '.join(LANGUAGES)}")
    _catalogue, _language = (None if language == "en" else _read(language)), language


def in_use() -> str:
    """The language that is spoken."""
    return _language


@cache
def _read(language: str) -> Catalogue | None:
    from reader.locale.catalogue import Catalogue

    path = os.path.join(os.path.dirname(__file__), language, "LC_MESSAGES", f"{_DOMAIN}.mo")
    try:
        with open(path, "rb") as opened:
            return Catalogue(opened.read())
    except (OSError, ValueError):  # an installation without its catalogues speaks English
        return None


def gettext(message: str) -> str:
    """A message in the language that is spoken. It is found by its English words, which stand in the call or marked by
    `N_`: whole sentences, with `{named}` fields to be filled after."""
    return message if _catalogue is None or not message else _catalogue.gettext(message)


def in_language(language: str, message: str) -> str:
    """A message in another language than the one that is spoken."""
    catalogue = _read(language)
    return message if catalogue is None else catalogue.gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """The form of a message that goes with a number."""
    return (one if count == 1 else many) if _catalogue is None else _catalogue.ngettext(one, many, count)


def pgettext(context: str, message: str) -> str:
    """A message whose English words mean different things at different places; `context` says which place."""
    return message if _catalogue is None else _catalogue.pgettext(context, message)


def N_(message: str) -> str:
    """Marks a message that is kept in English and translated where it is shown."""
    return message


_ = gettext

__all__ = [
    "LANGUAGES",
    "N_",
    "_",
    "first_spoken",
    "gettext",
    "in_language",
    "in_use",
    "named",
    "ngettext",
    "pgettext",
    "use",
]
