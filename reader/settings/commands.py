"""Programs of the person's own, as the settings name them: tables `[commands.NAME]`.

Owns what such a table may hold, and which command gets a key that is asked for twice. Refuses to run anything.

Invariant: a table that is wrong is left out as a whole; a key is given once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple, TypeAlias

from reader.locale import _
from reader.settings.keys import key_name
from reader.settings.toml import as_toml

COMMAND_SECONDS: Final = range(1, 3601)
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


def example() -> tuple[str, ...]:
    """Lines for a settings file."""
    return (
        f"[commands]  # {_('programs of yours that get the passage, each in a table of its own:')}",
        "## [commands.translate]",
        '## key = "X t"',
        '## run = ["trans", "-b", ":zh"]',
        f"## time_limit = 60  # {_('in seconds')}",
    )


def named_commands(found: Mapping[str, object], wrong: Wrong) -> dict[str, Command]:
    """The programs by name."""
    made: dict[str, Command] = {}
    for name, value in found.items():
        where = f"commands.{name}"
        if not isinstance(value, dict):
            remedy = _('write [{name}] and run = ["program", "argument"] below').format(name=where)
            wrong(where, _("{name} is a table").format(name=where), remedy)
            continue
        odd = next((key for key in value if key not in Command._fields), None)
        run, key, seconds = value.get("run"), value.get("key", ""), value.get("time_limit", 60)
        keys = [key_name(part) for part in key.split()] if isinstance(key, str) else [None]
        if odd is not None:
            there_are = _("there are {names}").format(names=", ".join(Command._fields))
            wrong(f"{where}.{odd}", _("there is no setting {name!r}").format(name=odd), there_are)
        elif not isinstance(run, list) or not run or not all(map(_is_argument, run)):
            what = _("{name} is missing or no list").format(name=f"{where}.run")
            wrong(f"{where}.run", what, _("it is like {example}").format(example='["trans", "-b", ":zh"]'))
        elif len(keys) > 2 or None in keys:
            what = _("{value} is no key").format(value=as_toml(key))
            wrong(f"{where}.key", what, _('it is one key, or two like "X t"'))
        elif isinstance(seconds, bool) or not isinstance(seconds, int) or seconds not in COMMAND_SECONDS:
            what = _("it cannot be {value}").format(value=as_toml(seconds))
            wrong(f"{where}.time_limit", what, _("it is a number of seconds, from 1 to 3600"))
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
            what = _("{key!r} is already the key of {action}").format(key=taken[0], action=owner[taken[0]])
            wrong(f"commands.{name}.key", what, _("give one of them another key"))
            command = command._replace(key="")
        elif command.key:
            owner[command.key] = f"commands.{name}"
        made[name] = command
    return made


def _is_argument(value: object) -> bool:
    return isinstance(value, str) and bool(value) and "\0" not in value
