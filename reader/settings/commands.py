"""Programs of the person's own, as the settings name them: tables `[commands.NAME]`.

Owns what such a table may hold, and which command gets a key that is asked for twice. Refuses to run anything.

Invariant: a table that is wrong is left out as a whole; a key is given once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple, TypeAlias

from reader.settings.keys import key_name

COMMAND_SECONDS: Final = range(1, 3601)
EXAMPLE: Final = (
    "[commands]  # programs of yours that get the passage, each in a table of its own:",
    "## [commands.translate]",
    '## key = "X t"',
    '## run = ["trans", "-b", ":zh"]',
    "## time_limit = 60  # in seconds",
)
"""Lines for a settings file."""

Wrong: TypeAlias = Callable[[str, str, str], object]
"""Is told the dotted name of a setting, what is wrong with it, and the remedy."""


class Command(NamedTuple):
    """A program that is given the passage on standard input."""

    run: tuple[str, ...]
    """The program and its arguments; no shell sees them."""
    key: str = ""
    """A key, or two to be typed one after the other, in Textual's names and with a blank between; "": none, the palette
    has it."""
    time_limit: int = 60
    """Seconds, of `COMMAND_SECONDS`, after which it is ended."""


def named_commands(found: Mapping[str, object], wrong: Wrong) -> dict[str, Command]:
    """The programs by name."""
    made: dict[str, Command] = {}
    for name, value in found.items():
        where = f"commands.{name}"
        if not isinstance(value, dict):
            wrong(where, f"{where} is a table", f'write [{where}] and run = ["program", "argument"] below')
            continue
        odd = next((key for key in value if key not in Command._fields), None)
        run, key, seconds = value.get("run"), value.get("key", ""), value.get("time_limit", 60)
        keys = [key_name(part) for part in key.split()] if isinstance(key, str) else [None]
        if odd is not None:
            wrong(f"{where}.{odd}", f"there is no setting {odd!r}", "there are run, key, time_limit")
        elif not isinstance(run, list) or not run or not all(map(_is_argument, run)):
            wrong(f"{where}.run", f"{where}.run is missing or no list", 'it is like ["trans", "-b", ":zh"]')
        elif len(keys) > 2 or None in keys:
            wrong(f"{where}.key", f"{key!r} is no key", 'it is one key, or two like "X t"')
        elif isinstance(seconds, bool) or not isinstance(seconds, int) or seconds not in COMMAND_SECONDS:
            wrong(f"{where}.time_limit", f"it cannot be {seconds!r}", "it is a number of seconds, from 1 to 3600")
        else:
            made[name] = Command(tuple(run), " ".join(part for part in keys if part), seconds)
    return made


def without_conflicts(
    commands: Mapping[str, Command], keys: Mapping[str, tuple[str, ...]], wrong: Wrong
) -> dict[str, Command]:
    """A key that has been asked for already stays with the first; the command is in the palette all the same."""
    owner = {key: f"keys.{id}" for id, several in keys.items() for key in several}
    made: dict[str, Command] = {}
    for name, command in commands.items():
        first = command.key.partition(" ")[0]
        near = (key for key in owner if command.key and key.partition(" ")[0] == first)
        taken = [key for key in near if key == command.key or " " not in key or " " not in command.key]
        if taken:
            what = f"{taken[0]!r} is already the key of {owner[taken[0]]}"
            wrong(f"commands.{name}.key", what, "give one of them another key")
            command = command._replace(key="")
        elif command.key:
            owner[command.key] = f"commands.{name}"
        made[name] = command
    return made


def _is_argument(value: object) -> bool:
    return isinstance(value, str) and bool(value) and "\0" not in value
