"""The settings file: what is right in it counts, what is wrong is said with file, line and remedy."""

import dataclasses
import os
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader import locale, settings
from reader.settings import DIALECT, Claims, Command, Search, Settings, Sidebar, bindings, defaults_toml, key_name, load


@dataclass(frozen=True)
class Act:
    id: str
    keys: tuple[str, ...]
    title: str = "What it does"


ACTIONS = (
    Act("move.down", ("j", "down")),
    Act("move.up", ("k", "up")),
    Act("search.open", ("slash",)),
    Act("section.next", ("right_square_bracket",)),
    Act("quote", ("quotation_mark", "backslash")),
)


def loaded(folder: Path, text: str, **options: object) -> tuple[Settings, list[str]]:
    """Settings and problems, the file's name taken off these."""
    path = folder / "config.toml"
    path.write_text(text, "utf-8")
    made, problems = load(str(path), **({"actions": ACTIONS, "themes": ("ink", "paper")} | options))
    assert all(problem.startswith(str(path)) and "\n" not in problem for problem in problems)
    return made, [problem.removeprefix(str(path)) for problem in problems]


def test_without_a_file_all_is_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert load() == (Settings(), ())


def test_the_file_in_the_platforms_place_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    path = Path(settings.config_path())
    assert tmp_path in path.parents
    path.parent.mkdir(parents=True)
    path.write_text("measure = 66")
    assert load()[0].measure == 66
    assert tmp_path in Path(settings.store_path()).parents


def test_everything_can_be_set(tmp_path: Path) -> None:
    text = """
        theme = "paper"
        measure = 66
        watch = true
        sidebar.width = 40
        [claims]
        shown = false
        density = 20
        [search]
        case = "sensitive"
        pinyin = true
        [dialect]
        inferred_sections = false
        [keys]
        "move.down" = "J"
        search.open = ["ctrl+f", "/"]
        "move.up" = []
    """
    made, problems = loaded(tmp_path, text)
    assert problems == []
    assert made == Settings(
        theme="paper",
        measure=66,
        watch=True,
        sidebar=Sidebar(width=40),
        claims=Claims(shown=False, density=20),
        search=Search(case="sensitive", pinyin=True),
        dialect={"inferred_sections": False},
        keys={"move.down": ("J",), "search.open": ("ctrl+f", "slash"), "move.up": ()},
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("\nmesure = 3", ":2: there is no setting 'mesure'; did you mean measure?"),
        ("measure = 5", ":1: measure cannot be 5: it is from 20 to 400; widest page, in cells: 20 to 400; it stays 80"),
        ("measure = true", ":1: measure cannot be true: it is a whole number; widest"),
        ("watch = 1", ":1: watch cannot be 1: it is true or false; read the article again"),
        (
            "theme = 3",
            ':1: theme cannot be 3: it is text in "quotes"; auto (dark or light as the terminal is), ink, paper, or ',
        ),
        ('theme = "inc"', ":1: there is no theme 'inc'; did you mean ink?"),
        ('[claims]\n\ndensity = "10"', ':3: claims.density cannot be "10": it is a whole number; percent'),
        ("[claims]\ndensity = 11", ":2: claims.density cannot be 11: it is one of a few; percent of the sentences: 5"),
        ("[claim]\ndensity = 11", ":1: there is no setting 'claim'; did you mean claims?"),
        ("sidebar = 3", ":1: sidebar is a table; write [sidebar] and its settings below"),
        ("[sidebar]\nheight = 3", ":2: there is no setting 'sidebar.height'; "),
        ("[dialect]\nfooters = false", ":2: there is no switch 'footers'; did you mean footer"),
        ("[dialect]\nfooter = 0", ":2: dialect.footer cannot be 0; it is true or false; it stays true"),
        ('[keys]\n"move.dwn" = "j"', ":2: there is no action 'move.dwn'; did you mean move.down"),
        ('[keys]\nmove.down = "jj"', ":2: 'jj' is no key; write it like"),
        ("[keys]\nmove.down = 3", ':2: keys.move.down cannot be 3; it is a key, "j", or several'),
        ('[keys]\n"move.down" = "x"\n"move.up" = ["x", "y"]', ":3: 'x' is already the key of move.down; give one of"),
        ("measure = 66\nmeasure = 67", ":2: it is no TOML: Cannot overwrite a value"),
        ("measure = \n", ":1: it is no TOML: Invalid value; the defaults are used until it is"),
        ("a = [", ":1: it is no TOML: "),
        ("a = " + "[" * 5000, ": it is no TOML: "),
    ],
)
def test_a_problem_names_file_line_and_remedy(tmp_path: Path, text: str, problem: str) -> None:
    made, problems = loaded(tmp_path, text)
    assert len(problems) == 1
    if "nested" in problems[0]:
        problem = ": it is no TOML: it is nested too deeply"
    assert problems[0].startswith(problem)
    assert dataclasses.replace(made, keys={}) == Settings()


def test_a_bad_setting_costs_no_other(tmp_path: Path) -> None:
    made, problems = loaded(
        tmp_path, 'measure = 5\nwatch = true\n[sidebar]\nwidth = "x"\nshown = false\n[keys]\nquote = "@"'
    )
    assert len(problems) == 2
    assert (made.measure, made.watch, made.sidebar) == (80, True, Sidebar(shown=False))
    assert made.keys == {"quote": ("at",)}


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    missing = str(tmp_path / "no.toml")
    assert load(missing) == (
        Settings(),
        (f"{missing}: no such file; `reader --print-config` prints one to begin with",),
    )
    assert "it is not a file" in load(str(tmp_path))[1][0]
    (tmp_path / "latin").write_bytes(b"theme = '\xe9'")
    assert "it is not UTF-8" in load(str(tmp_path / "latin"))[1][0]
    (tmp_path / "big").write_bytes(b"#" * (2 << 20))
    assert "over 1 MiB" in load(str(tmp_path / "big"))[1][0]
    os.mkfifo(tmp_path / "pipe")
    assert "it is not a file" in load(str(tmp_path / "pipe"))[1][0]
    (tmp_path / "odd\x1b[31m").write_text("x = 1")
    assert "\x1b" not in load(str(tmp_path / "odd\x1b[31m"))[1][0]


def test_the_printed_defaults_are_the_defaults(tmp_path: Path) -> None:
    printed = defaults_toml(ACTIONS)
    commented = [line for line in printed.split("\n") if line.startswith("# ") and " = " in line]
    uncommented = "\n".join(line[2:] if line in commented else line for line in printed.split("\n"))
    tables = ("sidebar", "claims", "search", "highlight", "images", "notes", "library", "dialect", "keys", "commands")
    assert tomllib.loads(printed) == {table: {} for table in tables}
    made, problems = loaded(tmp_path, uncommented)
    assert problems == []
    assert dataclasses.replace(made, dialect={}, keys={}) == Settings()
    assert made.dialect == dict.fromkeys(DIALECT, True)
    assert made.keys == {action.id: action.keys for action in ACTIONS}


def test_programs_for_the_passage(tmp_path: Path) -> None:
    text = """
        [commands.translate]
        key = "X t"
        run = ["trans", "-b", ":zh"]
        [commands.say]
        run = ["espeak-ng"]
        key = "f6"
        time_limit = 600
    """
    made, problems = loaded(tmp_path, text)
    assert problems == []
    assert made.commands == {
        "translate": Command(("trans", "-b", ":zh"), "X t", 60),
        "say": Command(("espeak-ng",), "f6", 600),
    }


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("run = []", ":2: commands.x.run is missing or no list"),
        ('run = "trans -b"', ":2: commands.x.run is missing or no list"),
        ('key = "X t"', ":1: commands.x.run is missing or no list"),
        ('run = ["a"]\nkey = "X t t"', ':3: "X t t" is no key'),
        ('run = ["a"]\nkey = 3', ":3: 3 is no key"),
        ('run = ["a"]\ntime_limit = 0', ":3: it cannot be 0; it is a number of seconds"),
        ('run = ["a"]\nshell = true', ":3: there is no setting 'shell'"),
    ],
)
def test_a_program_that_is_wrong_is_left_out(tmp_path: Path, wrong: str, said: str) -> None:
    made, problems = loaded(tmp_path, f'[commands.x]\n{wrong}\n[commands.y]\nrun = ["b"]')
    assert made.commands == {"y": Command(("b",))}
    assert len(problems) == 1
    assert problems[0].startswith(said)


@pytest.mark.parametrize(
    ("first", "second", "clash"),
    [
        ("X t", "X t", True),
        ("X", "X t", True),
        ("X t", "X", True),
        ("J", "f6", True),  # which [keys] has given to an action
        ("J t", "f6", True),
        ("X t", "X d", False),
        ("j", "slash", False),  # defaults of actions move quietly, as for [keys]
    ],
)
def test_no_key_is_given_twice(tmp_path: Path, first: str, second: str, clash: bool) -> None:
    text = '[keys]\n"move.down" = "J"\n'
    for name, key in (("a", first), ("b", second)):
        text += f'[commands.{name}]\nrun = ["x"]\nkey = "{key}"\n'
    made, problems = loaded(tmp_path, text)
    assert list(made.commands) == ["a", "b"], "the palette has both"
    assert len(problems) == clash
    assert sum(not command.key for command in made.commands.values()) == clash


def test_the_dialects_switches_are_the_parsers() -> None:
    from reader.parse.dialect import Dialect

    assert list(DIALECT) == [one.name for one in dataclasses.fields(Dialect)]
    assert set(dataclasses.asdict(Dialect()).values()) == {True}


def test_the_searchs_options_are_the_querys() -> None:
    search = pytest.importorskip("reader.search", reason="search has not landed")
    query = search.Query("x")
    for one in dataclasses.fields(Search):
        assert getattr(query, one.name) == getattr(Search(), one.name)


def test_the_apps_actions_print_and_load_again(tmp_path: Path) -> None:
    actions = pytest.importorskip("reader.ui.actions", reason="the app has not landed").ACTIONS
    printed = defaults_toml(actions).replace('# "', '"')
    made, problems = loaded(tmp_path, printed, actions=actions)
    assert problems == []
    assert made.keys == {action.id: action.keys for action in actions}


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("j", "j"),
        ("G", "G"),
        ("]", "right_square_bracket"),
        ("<", "less_than_sign"),
        ("less_than_sign", "less_than_sign"),
        ("?", "question_mark"),
        ("+", "plus"),
        ("ctrl++", "ctrl+plus"),
        ("Ctrl+X", "ctrl+x"),
        ("shift+Tab", "shift+tab"),
        ("PgDn", "pagedown"),
        ("esc", "escape"),
        (" ", "space"),
        ("é", "é"),
        ("。", "ideographic_full_stop"),
        ("jj", None),
        ("", None),
        ("control+x", None),
        ("\x1b", None),
    ],
)
def test_keys_as_people_write_them(written: str, name: str | None) -> None:
    assert key_name(written) == name


def test_signs_have_textuals_names() -> None:
    keys = pytest.importorskip("textual.keys", reason="textual is not installed")
    for sign in map(chr, range(0x20, 0x7F)):
        assert key_name(sign) == keys._character_to_key(sign)


def test_a_key_given_away_leaves_its_action() -> None:
    assert bindings({"quote": ("j", "k")}, ACTIONS) == {
        "move.down": ("down",),
        "move.up": ("up",),
        "search.open": ("slash",),
        "section.next": ("right_square_bracket",),
        "quote": ("j", "k"),
    }


@given(st.text(max_size=20))
def test_a_keys_name_stays(written: str) -> None:
    name = key_name(written)
    assert name is None or key_name(name) in (name, None)


@given(st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from('[]="#.\n'), max_size=80))
def test_any_file_loads(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_bytes(text.encode())
    made, problems = load(str(path))
    assert problems or made.theme
    assert all("\n" not in problem for problem in problems)


@pytest.mark.parametrize(
    ("variables", "unwanted"),
    [({}, False), ({"NO_COLOR": "1"}, True), ({"NO_COLOR": ""}, False), ({"TERM": "dumb"}, True)],
)
def test_no_color(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], unwanted: bool) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert settings.no_color() is unwanted


def test_the_editor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "ed")
    monkeypatch.delenv("VISUAL", raising=False)
    assert settings.editor() == "ed"
    monkeypatch.setenv("VISUAL", "code --wait")
    assert settings.editor() == "code --wait"
    monkeypatch.setenv("VISUAL", "")
    monkeypatch.delenv("EDITOR")
    assert settings.editor() is None


def test_a_command_is_a_list_of_texts(tmp_path: Path) -> None:
    made, problems = loaded(tmp_path, '[claims]\ncommand = ["llm", "-m", "a model"]\n')
    assert made.claims.command == ("llm", "-m", "a model")
    assert problems == []
    assert loaded(tmp_path, "[claims]\ncommand = []\n")[0].claims.command == ()


@pytest.mark.parametrize("value", ['"llm -m x"', '["llm", 3]', '[""]', "true", '{a = "b"}'])
def test_another_command_is_a_problem_and_none_is_run(tmp_path: Path, value: str) -> None:
    made, problems = loaded(tmp_path, f"[claims]\ncommand = {value}\n")
    assert made.claims.command == ()
    assert len(problems) == 1
    assert problems[0].startswith(":2: claims.command cannot be ")
    assert 'it is a list of texts, ["program", "argument"]' in problems[0]


def test_a_problem_has_the_punctuation_of_its_language(tmp_path):
    file = tmp_path / "config.toml"
    file.write_text('language = "zh_Hans"\nmeasure = 5\n', encoding="utf-8")
    try:
        _, (problem,) = load(str(file))
    finally:
        locale.use("en")
    assert "；" in problem
    assert "; " not in problem


def test_there_is_a_colour_to_highlight_in(tmp_path: Path) -> None:
    made, problems = loaded(tmp_path, "[highlight]\ncolours = []\n")
    assert made.highlight.colours == ("yellow", "green", "blue", "pink")
    assert problems[0].startswith(":2: highlight.colours cannot be []")
    assert loaded(tmp_path, '[highlight]\ncolours = ["fact"]\n')[0].highlight.colours == ("fact",)
