"""The rooms of the house and the doors between them: from the import graph, and from what a process has loaded."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "reader"
SAMPLE = ROOT / "sample_articles" / "sodium-battery-news.md"


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


FILES = {name_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}


@cache
def imports(module: str) -> frozenset[str]:
    """Every module named by an import of this one: late imports and those for type checking are doors too."""
    found = set()
    for node in ast.walk(ast.parse(FILES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: absolute imports only"
            assert node.module is not None
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(found)


def inside(names: frozenset[str]) -> set[str]:
    """The modules of the project among them."""
    return {name for name in names if name in FILES}


def room(module: str) -> str:
    """The part of the project a module is in: "reader.ui.app" is in "ui"."""
    return module.split(".")[1] if "." in module else ""


def users(package: str) -> set[str]:
    """The modules of the project that import a package."""
    return {
        module for module in FILES if any(name == package or name.startswith(f"{package}.") for name in imports(module))
    }


def rooms_of(modules: set[str]) -> set[str]:
    return {room(module) for module in modules}


# ------------------------------------------------------------------------------------------------ the import graph

LEVELS = (
    ("cli", "__main__"),
    ("ui",),
    ("session",),
    ("loading",),
    ("library", "store", "export"),
    ("parse", "frontmatter", "source"),
    ("layout",),
    ("claims", "search"),
    ("settings",),
    ("document", "sanitize", "language", "locale"),
)
"""DESIGN.md, "The rooms": imports run down this list. Rooms of one level may import one another, but for those of
`APART`, as long as no circle comes of it."""
APART = ("claims", "search", "layout")
LEVEL = {name: number for number, names in enumerate(LEVELS) for name in names}


def test_there_are_no_other_rooms():
    assert {room(module) for module in FILES} - {""} == set(LEVEL)


def test_imports_run_downwards():
    for module in FILES:
        for other in inside(imports(module)):
            here, there = room(module), room(other)
            if here and there and here != there:
                assert LEVEL[here] <= LEVEL[there], f"{module} imports {other}"
                assert not {here, there} <= set(APART), f"{module} imports {other}"


def test_rooms_import_the_names_of_a_package_and_not_its_inner_files():
    for module in FILES:
        for other in inside(imports(module)):
            package, _, name = other.rpartition(".")
            if room(module) and room(other) != room(module) and name not in public(package):
                assert other.count(".") <= 1, f"{module} imports {other}: take the name from {package}"


def public(package: str) -> set[str]:
    """The names a package exports; one may be the name of a file too, as `scan` is a function of `scan.py`."""
    for node in ast.parse(FILES[package].read_text(encoding="utf-8")).body if package in FILES else ():
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return set(ast.literal_eval(node.value))
    return set()


def circles() -> list[set[str]]:
    """The sets of modules that import one another round and round (Tarjan's strongly connected components).

    `from package import name` is an import of the file of that name where there is one, else of the package.
    """
    graph: dict[str, set[str]] = {}
    for module in FILES:
        found = inside(imports(module))
        named = {other.rpartition(".")[0] for other in found}
        graph[module] = {other for other in found - {module} if other not in named or not wholly(module, other)}
    seen: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found_circles: list[set[str]] = []

    def visit(node: str) -> None:
        seen[node] = low[node] = len(seen)
        stack.append(node)
        for other in graph[node]:
            if other not in seen:
                visit(other)
                low[node] = min(low[node], low[other])
            elif other in stack:
                low[node] = min(low[node], seen[other])
        if low[node] == seen[node]:
            circle = set(stack[stack.index(node) :])
            del stack[stack.index(node) :]
            if len(circle) > 1:
                found_circles.append(circle)

    for node in graph:
        if node not in seen:
            visit(node)
    return found_circles


def wholly(module: str, package: str) -> bool:
    """Whether all that a module takes from a package are files in it, so that the package itself is not asked."""
    taken = {
        alias.name
        for node in ast.walk(ast.parse(FILES[module].read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == package
        for alias in node.names
    }
    return all(f"{package}.{name}" in FILES for name in taken)


def test_no_modules_import_one_another():
    assert circles() == []


def test_no_file_is_too_long_to_be_read():
    for module, path in FILES.items():
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 600, module


def test_document_imports_the_standard_library_only():
    tops = {name.split(".")[0] for name in imports("reader.document")}
    assert tops <= set(sys.stdlib_module_names)


@pytest.mark.parametrize(
    ("package", "rooms"),
    [
        ("textual", {"ui"}),
        ("markdown_it", {"parse"}),
        ("mdit_py_plugins", {"parse"}),
        ("sqlite3", {"store", "library"}),
        ("platformdirs", {"settings"}),
        ("yaml", {"frontmatter"}),
        ("frontmatter", {"frontmatter"}),
        ("charset_normalizer", {"source"}),
        ("pygments", {"loading"}),
        ("regex", {"search"}),
        ("unicode_segmentation_rs", {"layout"}),
        ("jieba", {"session"}),
    ],
)
def test_a_package_is_imported_where_it_belongs(package, rooms):
    assert rooms_of(users(package)) <= rooms


def test_only_settings_looks_at_the_environment():
    looking = set()
    for module, path in FILES.items():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv", "environb", "expandvars"):
                looking.add(module)
    # The second process is handed the whole environment, and looks nothing up in it but where Python
    # finds packages.
    assert looking <= {"reader.settings", "reader.settings.environment", "reader.loading.process"}


COMMANDS = {module for module in FILES if module.startswith("reader.ui.commands.")}
SHARED_BY_COMMANDS = {f"reader.ui.commands.{name}" for name in ("host", "follow", "look")}


def test_a_command_knows_neither_the_app_nor_another_command():
    for module in COMMANDS:
        others = inside(imports(module))
        assert not others & (COMMANDS - SHARED_BY_COMMANDS), module
        assert not others & {"reader.ui.app", "reader.ui.commands"}, module


def test_widgets_and_the_terminal_know_no_commands():
    for module in FILES:
        if module.startswith(("reader.ui.widgets", "reader.ui.terminal")):
            assert not inside(imports(module)) & {*COMMANDS, "reader.ui.commands", "reader.ui.app"}, module


def test_what_a_command_may_ask_of_the_app_is_little():
    from reader.ui.commands import Host

    members = {*Host.__annotations__, *(name for name in vars(Host) if not name.startswith("_"))}
    assert len(members) <= 8, members


def test_the_state_imports_no_screen():
    for module in FILES:
        if room(module) == "session":
            assert not any(name.split(".")[0] in ("textual", "rich") for name in imports(module)), module


def test_every_module_says_what_it_owns():
    for module, path in FILES.items():
        said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        assert said.strip() or not path.read_text(encoding="utf-8").strip(), module


def test_tests_stand_where_what_they_test_stands():
    """`tests/search/test_scan.py` tests `reader/search/scan.py`; a file named as its room tests the whole package."""
    below = {room for room in map(room, FILES) if (PACKAGE / room).is_dir()} - {"", "ui"}
    files = [path for folder in below for path in (ROOT / "tests" / folder).glob("test_*.py")]
    assert len(files) > 40
    for path in files:
        name = path.stem.removeprefix("test_")
        assert name == path.parent.name or f"reader.{path.parent.name}.{name}" in FILES, path


# -------------------------------------------------------------------------------------------- what a process loads

_REPORT = """
import json, sys
sys.argv = ["reader", *json.loads(sys.argv[1])]
from reader.cli import main
code = main()
print("LOADED " + json.dumps([code, sorted(sys.modules)]), file=sys.stderr)
"""


def loaded(*arguments: str) -> set[str]:
    """The modules in a process that has run the command."""
    done = subprocess.run(
        [sys.executable, "-c", _REPORT, json.dumps(arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        timeout=120,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    code, modules = json.loads(done.stderr.rpartition("LOADED ")[2])
    assert code == 0, done.stderr
    return set(modules)


@pytest.mark.parametrize("to", ["text", "ansi", "json", "outline", "links", "images", "claims"])
def test_printing_does_not_load_the_screen(to):
    modules = loaded(str(SAMPLE), "--to", to)
    assert "reader.parse" in modules
    assert not {"textual", "sqlite3", "asyncio", "pygments"} & modules


def test_text_loads_nothing_that_only_other_outputs_need():
    modules = loaded(str(SAMPLE), "--to", "text")
    assert (
        not {"reader.claims", "reader.search", "reader.store", "reader.ui", "regex", "reader.parse.latex.formula"}
        & modules
    )


_SCREEN = """
import asyncio, json, sys
from reader.cli import command as cli
from reader.ui.app import ReaderApp

def run(self):
    async def story():
        async with self.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
    asyncio.run(story())

def first_screen(self):
    print("LOADED " + json.dumps(sorted(sys.modules)), file=sys.stderr)

ReaderApp.run = run
cli._PATIENCE_S = 60
cli.keys_from_terminal = lambda: True
ReaderApp._start = first_screen
sys.stdout.isatty = lambda: True
sys.exit(cli.main([sys.argv[1]]))
"""


def test_the_process_of_the_screen_parses_nothing_before_the_first_screen(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", _SCREEN, str(SAMPLE)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        env={**os.environ, "XDG_CONFIG_HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path)},
    )
    assert done.returncode == 0, done.stderr
    modules = set(json.loads(done.stderr.rpartition("LOADED ")[2]))
    assert "textual" in modules
    heavy = {"markdown_it", "yaml", "frontmatter", "charset_normalizer", "sqlite3", "tomllib"}
    assert not heavy & modules
    assert not {"reader.parse", "reader.frontmatter", "reader.source.charset", "reader.store.store"} & modules


_TLS = """
import sys
from reader.ui import ReaderApp
assert "textual" in sys.modules and "asyncio" in sys.modules
assert "ssl" not in sys.modules
import ssl
from urllib import request
assert request.HTTPSHandler and ssl.create_default_context().check_hostname
"""


def test_the_screen_loads_tls_only_when_a_page_of_the_web_is_read():
    subprocess.run([sys.executable, "-c", _TLS], check=True, timeout=120)
