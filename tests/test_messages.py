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

KEYS = frozenset(("Enter", "Esc", "Tab", "Space", "Backspace", "Home", "End", "o  Esc", "Ctrl+P"))
"""Names of keys, which are so in every language: only where nothing else stands in the literal."""
_STEPS = ("word", "sentence", "row", "paragraph", "character", "other end")
NO_MESSAGES = (
    # what a model, a program or SQLite is told, and what the index keeps in English
    *(
        "claims/asked.py: Choose the key claims",
        "claims/ahead.py: ",
        "claims/signs.py: ",
        "claims/quantities.py: ",
        "search/matcher.py: (?x)",
        "ui/finding.py: ",
        "source/files.py: stdin",
        "source/web.py: ",
        "source/kind.py: (?x)",
    ),
    *("source/codec.py: ", "store/rows.py: ", "store/schema.py: offset", "store/schema.py: database is locked"),
    *("library/schema.py: id, path", "library/build.py: it ", "sanitize.py: not a valid host"),
    *(
        "export/html.py: ",
        "export/claimed.py: mark.claim",
        "export/notes/html.py: mark[data",
        "export/notes/readwise.py: ",
        "export/notes/webannotation.py: ",
        "search/matches.py: <{}",
    ),
    # names of code: styles, topics, categories of Unicode
    *("layout/blocks.py: alert ", "layout/widths.py: ", "session/places.py: tuple[", "session/search.py: search line"),
    *("session/__init__.py: Row", "session/note_files.py: export notes", "ui/terminal/ground.py: Listening"),
    *("settings/__init__.py: run, key", "session/references.py: ", "cli/notes.py: reader notes"),
    *("ui/app.py: search line", "ui/commands/follow.py: open with", "ui/commands/reader.py: too long"),
    *(
        "ui/terminal/control.py: too long",
        "ui/terminal/screen_diff.py: Unknown",
        "ui/widgets/dialogs.py: tall wide",
        "ui/widgets/table_dialog.py: wide fitted",
        "ui/widgets/articles_help.py: wide fitted",
        "ui/widgets/list_screen.py: Answer",
        "ui/widgets/list_screen.py: status strong",
    ),
    *("ui/widgets/status_line.py: status ", "ui/widgets/dialogs.py: Answer", "ui/commands/host.py: Answer"),
    # names of keys, and words of the article's own language
    *(f"ui/actions.py: {key}" for key in ("Space", "Enter", "Esc", "Backspace", "Tab", "Home", "End", "Alt+")),
    *(f"ui/key_hints.py: {key}" for key in ("Enter", "Esc", "Tab")),
    *(f"ui/widgets/status_line.py: {topic}" for topic in ("search line", "command line")),
    *(f"{file}: {step}" for file in ("ui/commands/notes.py", "session/selecting.py") for step in _STEPS),
    *("ui/app.py: colours", "ui/app.py: command line", "session/going.py: command line", "ui/terminal/pictures.py: "),
    *("ui/widgets/command_line.py: status key", "ui/widgets/help.py: list[", "ui/widgets/help.py: tall wide"),
    "ui/widgets/search_line.py:  Alt+",
    "ui/commands/__init__.py: ",
    *("ui/widgets/search_line.py: Aa", "layout/front.py: {} min read"),
)
"""Beginnings of literals that read like English and are said to nobody, with their files."""


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
        if text not in KEYS and not f"{file}: {text}".startswith(NO_MESSAGES)
    }
    assert not unmarked, "give them to `_`, `N_` or `ngettext` of reader.locale"


_BARE = re.compile(
    r"(?<![\w{'\]])(?<!keys )([A-Za-z0-9]) (?:lists|undoes|places|goes|opens|saves|copies|comes|hides|shows)\b"
)


def test_what_the_session_says_names_no_key_that_can_be_another() -> None:
    """Keys of the registry are fields of a message; those of a list, which are fixed, may be letters."""
    said = {
        message.one
        for message, places in messages.messages().items()
        if any(place.startswith(("session/", "ui/commands/")) for place in places)
    }
    assert len(said) > 200
    assert not {one for one in said if _BARE.search(one)}
    assert _BARE.search("Gone: 5 lists it")
    assert _BARE.search("Kept: a goes on")
