"""Brings the catalogues of `reader/locale` up to the messages in the source, and compiles them.

Run as `python -m tests.tools.catalogues`; it prints what is still to be translated, a line a message. A message that is
no longer said goes; one that has changed is new and has to be translated again. Needs Babel, of the extra `test`.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

sys.path.insert(0, str(Path(__file__).parent.parent))

from messages import PACKAGE, command_names, messages

from reader.ui.finding import WORDS

_DATE = datetime(2026, 11, 26, tzinfo=UTC)
"""Always the same: a catalogue changes only with its messages."""
LANGUAGES = ("zh_Hans", "zh_Hant", "ja", "ko")


def path(language: str) -> Path:
    """Where a language's catalogue is."""
    return PACKAGE / "locale" / language / "LC_MESSAGES" / "reader.po"


def read(language: str) -> Catalog:
    """A language's catalogue, or an empty one."""
    file = path(language)
    if not file.exists():
        return Catalog(locale=language)
    with file.open("rb") as opened:
        return read_po(opened, locale=language)


def updated(language: str) -> Catalog:
    """The catalogue with every message of the source and no other."""
    old = read(language)
    new = Catalog(
        locale=language,
        header_comment=f"# The words of `reader` in {language}; made by `python -m tests.tools.catalogues`.",
        project="reader",
        version="1",
        msgid_bugs_address="",
        creation_date=_DATE,
        revision_date=_DATE,
        last_translator="",
        language_team=language,
        fuzzy=False,
    )
    for message, places in messages().items():
        key = (message.one, message.many) if message.many else message.one
        known = old.get(message.one, message.context or None)
        same = known is not None and known.id == key
        new.add(
            key,
            known.string if known is not None and same else "",
            locations=[(f"reader/{place}", 1) for place in places],
            context=message.context or None,
        )
    return new


def write(language: str, catalogue: Catalog) -> None:
    """Writes a catalogue and what is compiled of it."""
    file = path(language)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as opened:
        write_po(opened, catalogue, width=120, omit_header=False, include_lineno=False, sort_by_file=False)
    with file.with_suffix(".mo").open("wb") as opened:
        write_mo(opened, catalogue)


def untranslated(catalogue: Catalog) -> list[str]:
    """The messages without a translation."""
    return [
        message.id if isinstance(message.id, str) else message.id[0]
        for message in catalogue
        if message.id and not (message.string if isinstance(message.string, str) else all(message.string))
    ]


def write_readings() -> None:
    """Writes how the Han characters of the commands' names are read, for the palette; where pypinyin is installed."""
    try:
        from pypinyin import Style, pinyin
    except ImportError:
        print("pinyin.txt is as it was: pypinyin is not installed")
        return
    texts = [translated for name in command_names() for translated in in_chinese(name)] + list(WORDS.values())
    characters = sorted({character for text in texts for character in text if "\u4e00" <= character <= "\u9fff"})
    lines = [
        f"{character} {','.join(sorted(set(pinyin(character, style=Style.NORMAL, heteronym=True)[0])))}\n"
        for character in characters
    ]
    (PACKAGE / "ui" / "pinyin.txt").write_text("".join(lines), encoding="utf-8")


def in_chinese(message: str) -> list[str]:
    """A message in both scripts."""
    found = [read(language).get(message) for language in ("zh_Hans", "zh_Hant")]
    return [str(one.string) for one in found if one is not None]


def main() -> int:
    """Updates all; 1 if any message is not translated."""
    missing = 0
    for language in LANGUAGES:
        catalogue = updated(language)
        write(language, catalogue)
        for one in untranslated(catalogue):
            missing += 1
            print(f"{language}: {one!r}")
    write_readings()
    return int(missing > 0)


if __name__ == "__main__":
    sys.exit(main())
