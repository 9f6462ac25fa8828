"""What the program says is marked, and every catalogue that claims to be complete has it."""

import re
import sys
from gettext import GNUTranslations
from pathlib import Path

import messages
import pytest

sys.path.insert(0, str(Path(__file__).parent / "tools"))
import catalogues

COMPLETE = ("zh_Hans", "zh_Hant")

NO_MESSAGES = {
    # not for people
}
"""Literals that read like English and are said to nobody, by file."""
NOT_YET = ("claims/", "export/", "frontmatter/", "layout/", "library/", "loading/", "sanitize", "search/", "session/",
           "source/", "store/", "ui/")  # fmt: skip


def compiled(language: str) -> GNUTranslations:
    with catalogues.path(language).with_suffix(".mo").open("rb") as opened:
        return GNUTranslations(opened)


def translated(catalogue: GNUTranslations, message: messages.Message) -> str:
    """What is said for a message; "" where the catalogue lacks it."""
    known = catalogue._catalog  # the only way to tell a message that is missing from one that is the same
    key = f"{message.context}\x04{message.one}" if message.context else message.one
    return known.get((key, 0) if message.many else key, "")


@pytest.mark.parametrize("language", COMPLETE)
def test_every_message_is_in_the_catalogue(language):
    catalogue = compiled(language)
    missing = [message for message in messages.messages() if not translated(catalogue, message)]
    assert not missing, "translate them in the .po, then run `python -m tests.tools.catalogues`"


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_what_is_compiled_is_what_is_written(language):
    catalogue, source = compiled(language), catalogues.read(language)
    written = {}
    for message in source:
        if message.id and not message.fuzzy:
            one = message.id if isinstance(message.id, str) else message.id[0]
            said = message.string if isinstance(message.string, str) else message.string[0]
            if said:
                written[messages.Message(one, "" if isinstance(message.id, str) else message.id[1],
                                         message.context or "")] = said  # fmt: skip
    assert written == {message: translated(catalogue, message) for message in written}
    assert len([key for key in catalogue._catalog if key]) == len(written)
    assert set(written) <= set(messages.messages()), "run `python -m tests.tools.catalogues`"


FIELD = re.compile(r"\{[a-z_]\w*(?:![rs])?(?::[^}]*)?\}|%(?:\(\w+\))?[rs]")


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_a_translation_has_the_fields_of_its_message(language):
    catalogue = compiled(language)
    for message in messages.messages():
        said = translated(catalogue, message)
        if said:
            assert set(FIELD.findall(said)) == set(FIELD.findall(message.many or message.one)), message


def test_no_message_is_filled_before_it_is_looked_up():
    assert messages.computed() == []


def test_nothing_else_is_named_as_the_way_to_messages_is():
    assert messages.shadowed() == []


def test_what_is_said_is_marked():
    unmarked = {
        f"reader/{file}:{line}: {text!r}"
        for (file, text), line in messages.unmarked().items()
        if text not in NO_MESSAGES and not file.startswith(NOT_YET)
    }
    assert not unmarked, "give them to `_`, `N_` or `ngettext` of reader.locale"
