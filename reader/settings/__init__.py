"""What the person who reads prefers: a TOML file and the environment, as one frozen value.

Owns the names of all settings with their defaults and bounds, where the program keeps its files, and every look at the
environment. Refuses to apply anything but the language, in which it says what is wrong, and to let one bad line cost
the others: what is wrong is said with file, line and remedy, and that one setting stays as it is by default.

Invariant: `load` raises nothing; with no file it returns `Settings()`, and so it does with what `defaults_toml` prints,
commented or not.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, fields, is_dataclass, replace
from typing import Any, Final, Literal, Protocol, TypeAlias

from reader import locale, sanitize
from reader.document import record
from reader.locale import _
from reader.settings.commands import Command as Command
from reader.settings.commands import example, named_commands, without_conflicts
from reader.settings.dialect import DIALECT as DIALECT
from reader.settings.environment import browsers as browsers
from reader.settings.environment import config_path as config_path
from reader.settings.environment import draws_images as draws_images
from reader.settings.environment import editor as editor
from reader.settings.environment import language as language
from reader.settings.environment import light_terminal as light_terminal
from reader.settings.environment import multiplexer as multiplexer
from reader.settings.environment import no_color as no_color
from reader.settings.environment import pages_path as pages_path
from reader.settings.environment import remote as remote
from reader.settings.environment import store_path as store_path
from reader.settings.keys import key_name
from reader.settings.keys import written_key as written_key
from reader.settings.toml import as_toml, lines_of

_MAX_BYTES: Final = 1 << 20


def _setting(default: Any, about: str, allowed: range | tuple[object, ...] | None = None) -> Any:
    """A field with what `defaults_toml` says of it, and the values it may have: all of its type where None."""
    return field(default=default, metadata={"about": about, "allowed": allowed})


@record
class Sidebar:
    """The pane of sections, links and claims."""

    shown: bool = _setting(True, "is it there at the start?")
    width: int = _setting(0, "in cells, 12 to 80; 0: a quarter of the terminal, 36 to 60", (0, *range(12, 81)))
    panel: Literal["sections", "links", "claims", "places"] = _setting(
        "sections",
        "what it lists at first: sections, links, claims or places",
        ("sections", "links", "claims", "places"),
    )


@record
class Claims:
    """The key claims of an article."""

    shown: bool = _setting(True, "are they lit?")
    density: int = _setting(10, "percent of the sentences: 5, 10 or 20", (5, 10, 20))
    command: tuple[str, ...] = _setting((), 'a model of yours that chooses them, like ["llm", "-m", "…"]')


@record
class Images:
    """Pictures of images, which need the package Pillow."""

    form: Literal["auto", "blocks", "kitty"] = _setting(
        "auto",
        "blocks of two colours a cell, kitty's protocol, or that where the terminal has it",
        ("auto", "blocks", "kitty"),
    )


@record
class LibraryFolders:
    """The articles that are listed and searched together."""

    folders: tuple[str, ...] = _setting((), 'folders that make one library, like ["~/articles"]')
    save: str = _setting("", 'where S saves articles of the web; "": the first folder of the library')


@record
class Highlight:
    """The person's own highlights."""

    colours: tuple[str, ...] = _setting(
        ("yellow", "green", "blue", "pink"), "names of the four colours, as you call them: what each means is yours"
    )


@record
class Notes:
    """Highlights and notes as files."""

    folder: str = _setting("", 'where the app exports to unless told otherwise, like "~/notes"')
    article: str = _setting("", "template of the Markdown, with {title}, {notes} and more; empty: the reader's own")
    note: str = _setting("", "and of each note in it, with {quote}, {words} and more")


@record
class Search:
    """What a search starts with; each can be toggled on the search line."""

    case: Literal["smart", "sensitive", "insensitive"] = _setting(
        "smart",
        "smart (a capital counts if you type one), sensitive or insensitive",
        ("smart", "sensitive", "insensitive"),
    )
    whole_word: bool = _setting(False, "only whole words?")
    regex: bool = _setting(False, "regular expressions?")
    accents: bool = _setting(False, "is é another letter than e?")
    variants: bool = _setting(False, "are simplified and traditional characters the same?")
    pinyin: bool = _setting(False, "does `pingguo` find 苹果? needs the package pypinyin")


@record
class Settings:
    """Everything that can be set, with its default."""

    language: str = _setting("", "en, zh_Hans, zh_Hant, ja or ko; empty: as the system's locale says")
    theme: str = _setting("auto", "auto (dark or light as the terminal is), ink, paper, or a theme of Textual's")
    measure: int = _setting(80, "widest page, in cells: 20 to 400", range(20, 401))
    margin: Literal["all", "notes", "none"] = _setting(
        "all",
        "beside the page, from 150 cells on: all (notes and reasons of claims), notes or none",
        ("all", "notes", "none"),
    )
    ambiguous: Literal["narrow", "wide"] = _setting(
        "narrow", "wide: the terminal draws …“”—· and the like two cells wide", ("narrow", "wide")
    )
    watch: bool = _setting(False, "read the article again when its file changes?")
    sidebar: Sidebar = Sidebar()
    claims: Claims = Claims()
    search: Search = Search()
    highlight: Highlight = Highlight()
    images: Images = Images()
    notes: Notes = Notes()
    library: LibraryFolders = LibraryFolders()
    dialect: Mapping[str, bool] = field(default_factory=dict)
    """Switches of `DIALECT` that were set, by name."""
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Keys that were set, by action id, in Textual's names; an empty tuple takes the action's keys away."""
    preset: Literal["textual", "less", "vim"] = "textual"
    """Whose keys an action has where `keys` says nothing."""
    commands: Mapping[str, Command] = field(default_factory=dict)
    """Programs for the passage, by name."""
    given: frozenset[str] = field(default=frozenset(), compare=False)
    """Dotted names of the settings that the file, or an option, has a word on: no choice of an earlier run counts."""


PRESETS: Final = ("textual", "less", "vim")
"""Names of the sets of keys."""
Problems: TypeAlias = tuple[str, ...]
"""One line each: file, line, what is wrong and what would be right. Sanitised."""


class Bindable(Protocol):
    """What is asked of an action."""

    @property
    def id(self) -> str: ...
    @property
    def keys(self) -> tuple[str, ...]: ...
    @property
    def title(self) -> str: ...


# --- Reading ---------------------------------------------------------------------------------------------------------


def load(
    path: str | None = None, *, actions: Iterable[Bindable] = (), themes: Sequence[str] = ()
) -> tuple[Settings, Problems]:
    """The settings in the file `path`, or in the platform's place, where it may be missing; and what is wrong in it.

    Where `actions` and `themes` are given, ids and names that are not among them are problems. From now on the process
    speaks the language that is set there.
    """
    locale.use(language())
    file = path or config_path()
    try:
        text = _text_of(file)
    except FileNotFoundError:
        if path is None:
            return Settings(), ()
        return Settings(), (
            _problem(file, 0, _("no such file"), _("`reader --print-config` prints one to begin with")),
        )
    except (OSError, ValueError) as error:
        reason = str(getattr(error, "strerror", None) or error)
        return Settings(), (
            _problem(file, 0, _("it cannot be read ({reason})").format(reason=reason), _("the defaults are used")),
        )
    import tomllib

    try:
        found = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        at = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)", str(error))
        line = int(at[1] or text.count("\n") + 1) if at else 0
        what = str(error)[: at.start()] if at else _("it is nested too deeply")
        said = _("it is no TOML: {what}").format(what=what)
        return Settings(), (_problem(file, line, said, _("the defaults are used until it is")),)
    return _Reader(file, text, tuple(actions), tuple(themes)).settings(found)


def _text_of(file: str) -> str:
    mode = os.stat(file).st_mode
    if not stat.S_ISREG(mode) and not file.startswith("/dev/fd/"):
        raise ValueError(_("it is not a file"))
    with open(file, "rb") as opened:
        data = opened.read(_MAX_BYTES + 1)
    if len(data) > _MAX_BYTES:
        raise ValueError(_("it is over 1 MiB"))
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise ValueError(_("it is not UTF-8")) from None


def _problem(file: str, line: int, what: str, remedy: str) -> str:
    place = f"{file}:{line}" if line else file
    return sanitize.clean_line(_("{what}; {remedy}").format(what=f"{place}: {what}", remedy=remedy))


PREFERENCES: Final = (
    *(
        "theme",
        "measure",
        "margin",
        "sidebar.shown",
        "sidebar.width",
        "sidebar.panel",
        "claims.shown",
        "claims.density",
    ),
)
"""Settings that are remembered as the person last chose them in the program."""


def preferred(settings: Settings, kept: Mapping[str, str]) -> Settings:
    """The settings with the choices of earlier runs (`Store.preferences`) where the file says nothing; a choice that is
    no value of its setting is left out."""
    for name in PREFERENCES:
        written = kept.get(f"view.{name}")
        if written is None or name in settings.given:
            continue
        table, _, key = name.rpartition(".")
        part: Any = getattr(settings, table) if table else settings
        default = getattr(part, key)
        value: object = written
        if isinstance(default, bool):
            value = {"true": True, "false": False}.get(written)
        elif isinstance(default, int):
            value = int(written) if written.isascii() and written.isdigit() and len(written) < 6 else None
        allowed = next(one.metadata["allowed"] for one in fields(part) if one.name == key)
        if value is not None and not _refusal(value, default, allowed):
            changed = replace(part, **{key: value})
            settings = replace(settings, **{table: changed}) if table else changed
    return settings


class _Reader:
    """One file being turned into settings, its problems gathered."""

    def __init__(self, file: str, text: str, actions: tuple[Bindable, ...], themes: tuple[str, ...]) -> None:
        self.file = file
        self.lines = dict(lines_of(text))
        self.actions = actions
        self.themes = themes
        self.problems: list[str] = []
        self.given: list[str] = []

    def settings(self, found: Mapping[str, object]) -> tuple[Settings, Problems]:
        chosen = found.get("language")
        if isinstance(chosen, str):
            locale.use(language(chosen))
        made: Settings = replace(self.table(Settings(), found, ""), given=frozenset(self.given))
        if made.language and locale.named(made.language) is None:
            there_is_none = _("there is no language {name!r}").format(name=made.language)
            self.wrong("language", there_is_none, _suggestion(made.language, locale.LANGUAGES))
            made = replace(made, language="")
        made = replace(made, commands=without_conflicts(made.commands, made.keys, self.wrong))
        if self.themes and made.theme not in ("auto", *self.themes):
            there_is_none = _("there is no theme {name!r}").format(name=made.theme)
            self.wrong("theme", there_is_none, _suggestion(made.theme, self.themes))
            made = replace(made, theme=Settings().theme)
        return made, tuple(self.problems)

    def table(self, defaults: Any, found: Mapping[str, object], path: str) -> Any:
        """`defaults` with what `found` sets."""
        known = {one.name: one for one in fields(defaults)}
        changes: dict[str, object] = {}
        for key, value in found.items():
            where = f"{path}{key}"
            if key not in known or key in ("given", "preset"):
                self.wrong(where, _("there is no setting {name!r}").format(name=where), _suggestion(key, tuple(known)))
                continue
            default = getattr(defaults, key)
            if key == "keys" and isinstance(value, str):
                changes["preset"] = self.preset(where, value)
            elif is_dataclass(default) or key in ("dialect", "keys", "commands"):
                if not isinstance(value, dict):
                    remedy = _("write [{name}] and its settings below").format(name=where)
                    self.wrong(where, _("{name} is a table").format(name=where), remedy)
                elif key == "dialect":
                    changes[key] = self.dialect(value)
                elif key == "keys":
                    chosen = dict(value)
                    if isinstance(name := chosen.get("preset"), str):
                        changes["preset"] = self.preset(f"{where}.preset", name)
                        del chosen["preset"]
                    changes[key] = self.keys(chosen)
                elif key == "commands":
                    changes[key] = named_commands(value, self.wrong)
                else:
                    changes[key] = self.table(default, value, f"{where}.")
            elif problem := _refusal(value, default, known[key].metadata["allowed"]):
                what = _("{name} cannot be {value}: {problem}").format(
                    name=where, value=as_toml(value), problem=problem
                )
                about = _(known[key].metadata["about"])
                self.wrong(where, what, _("{about}; it stays {value}").format(about=about, value=as_toml(default)))
            else:
                self.given.append(where)
                changes[key] = tuple(value) if isinstance(value, list) else value
        return replace(defaults, **changes)

    def dialect(self, found: Mapping[str, object]) -> dict[str, bool]:
        switches: dict[str, bool] = {}
        for name, value in found.items():
            where = f"dialect.{name}"
            if name not in DIALECT:
                self.wrong(where, _("there is no switch {name!r}").format(name=name), _suggestion(name, tuple(DIALECT)))
            elif not isinstance(value, bool):
                what = _("{name} cannot be {value}").format(name=where, value=as_toml(value))
                self.wrong(where, what, _("it is true or false; it stays true"))
            else:
                switches[name] = value
        return switches

    def preset(self, where: str, name: str) -> str:
        if name in PRESETS:
            return name
        self.wrong(where, _("there are no keys of {name!r}").format(name=name), _suggestion(name, PRESETS))
        return PRESETS[0]

    def keys(self, found: Mapping[str, object]) -> dict[str, tuple[str, ...]]:
        known = {action.id: action for action in self.actions}
        chosen: dict[str, tuple[str, ...]] = {}
        for name, value in _flat(found):
            where = f"keys.{name}"
            written = [value] if isinstance(value, str) else value
            if known and name not in known:
                self.wrong(where, _("there is no action {name!r}").format(name=name), _suggestion(name, tuple(known)))
            elif not isinstance(written, list) or not all(isinstance(key, str) for key in written):
                what = _("{name} cannot be {value}").format(name=where, value=as_toml(value))
                self.wrong(where, what, _('it is a key, "j", or several, ["j", "down"]'))
            else:
                named = [key_name(key) for key in written]
                bad = [key for key, name in zip(written, named, strict=True) if name is None]
                if bad:
                    remedy = _('write it like "j", "G", "?", "ctrl+x", "pagedown" or "f5"')
                    self.wrong(where, _("{key!r} is no key").format(key=bad[0]), remedy)
                else:
                    chosen[name] = tuple(dict.fromkeys(key for key in named if key))
        self.report_conflicts(chosen, known)
        return chosen

    def report_conflicts(self, chosen: dict[str, tuple[str, ...]], known: Mapping[str, Bindable]) -> None:
        """A key asked for twice in the file goes to the first, and an action that gets none so keeps its own; one that
        is another action's default moves quietly."""
        owner: dict[str, str] = {}
        for name, keys in tuple(chosen.items()):
            for key in keys:
                if key in owner:
                    what = _("{key!r} is already the key of {action}").format(key=key, action=owner[key])
                    self.wrong(f"keys.{name}", what, _("give one of them another key"))
                owner.setdefault(key, name)
            chosen[name] = tuple(key for key in keys if owner[key] == name)
            if keys and not chosen[name]:
                del chosen[name]

    def wrong(self, where: str, what: str, remedy: str) -> None:
        line = self.lines.get(where, 0)
        while not line and "." in where:
            where = where.rpartition(".")[0]
            line = self.lines.get(where, 0)
        self.problems.append(_problem(self.file, line, what, remedy))


def bindings(keys: Mapping[str, tuple[str, ...]], actions: Iterable[Bindable]) -> dict[str, tuple[str, ...]]:
    """The keys of every action: those chosen in the settings, else its own as far as nobody else was given them."""
    taken = {key for chosen in keys.values() for key in chosen}
    return {
        action.id: keys[action.id] if action.id in keys else tuple(key for key in action.keys if key not in taken)
        for action in actions
    }


def _flat(found: Mapping[str, object], path: str = "") -> Iterator[tuple[str, object]]:
    """Action ids and their values: `"move.down" = …` and `move.down = …` are one."""
    for key, value in found.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{path}{key}.")
        else:
            yield f"{path}{key}", value


def _refusal(value: object, default: object, allowed: range | tuple[object, ...] | None) -> str:
    """Why a value cannot be taken; empty where it can."""
    if isinstance(default, tuple):
        fits = isinstance(value, list) and all(isinstance(part, str) and part and "\0" not in part for part in value)
        return "" if fits and (value or not default) else _('it is a list of texts, ["program", "argument"]')
    kinds: dict[type, str] = {
        bool: _("it is true or false"),
        int: _("it is a whole number"),
        str: _('it is text in "quotes"'),
    }
    if type(value) is not type(default):
        return kinds[type(default)]
    if allowed is None or value in allowed:
        return ""
    if isinstance(allowed, range):
        return _("it is from {first} to {last}").format(first=allowed[0], last=allowed[-1])
    return _("it is one of a few")


def _suggestion(name: str, known: Sequence[str]) -> str:
    import difflib

    near = difflib.get_close_matches(name, known, n=2, cutoff=0.6)
    if near:
        return _("did you mean {names}?").format(names=_(" or ").join(near))
    if len(known) < 12:
        return _("there are {names}").format(names=", ".join(known))
    return _("`reader --print-config` prints all there are")


# --- Printing --------------------------------------------------------------------------------------------------------


def defaults_toml(actions: Iterable[Bindable] = ()) -> str:
    """A settings file with every setting as it is by default, commented out: what `--print-config` prints."""
    lines = [f"# {_('What you want otherwise, uncomment and change.')}", ""]
    tables: list[tuple[str, Any]] = []
    for one, value in _values(Settings()):
        if is_dataclass(value):
            tables.append((one.name, value))
        elif one.metadata:
            lines += _commented(one.name, value, one.metadata["about"])
    for name, table in tables:
        lines += ["", f"[{name}]"]
        for one, value in _values(table):
            lines += _commented(one.name, value, one.metadata["about"])
    lines += ["", f"[dialect]  # {_('what is read beyond plain CommonMark')}"]
    for name, about in DIALECT.items():
        lines += _commented(name, True, about)
    lines += ["", f"[keys]  # {_('a key, several, or none: []')}"]
    lines += _commented(
        "preset",
        PRESETS[0],
        _("whose keys count where nothing is said below: {names}").format(names=", ".join(PRESETS)),
    )
    for action in actions:
        keys = list(map(written_key, action.keys))
        lines += _commented(f'"{action.id}"', keys[0] if len(keys) == 1 else keys, action.title)
    lines += ["", *example()]
    return "\n".join(lines) + "\n"


def _values(settings: Any) -> Iterator[tuple[Any, Any]]:
    return ((one, getattr(settings, one.name)) for one in fields(settings))


def _commented(name: str, value: object, about: str) -> list[str]:
    return [f"{f'# {name} = {as_toml(value)}':<40}  # {_(about)}"]
