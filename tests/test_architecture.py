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

PAIRS = [(a, b) for a in ("claims", "search", "layout") for b in ("claims", "search", "layout") if a != b]


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


FILES = {name_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}


@cache
def imports(module: str) -> frozenset[str]:
    """Every module named by an import of this one, late imports included, those for type checking left out."""
    tree = ast.parse(FILES[module].read_text(encoding="utf-8"))
    checking = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    found = set()
    for node in ast.walk(tree):
        if id(node) in checking:
            continue
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


def test_document_imports_the_standard_library_only():
    tops = {name.split(".")[0] for name in imports("reader.document")}
    assert tops <= set(sys.stdlib_module_names)


@pytest.mark.parametrize(
    ("package", "rooms"),
    [
        ("textual", {"ui"}),
        ("markdown_it", {"parse"}),
        ("mdit_py_plugins", {"parse"}),
        ("linkify_it", {"parse"}),
        ("sqlite3", {"store"}),
        ("platformdirs", {"settings"}),
        ("yaml", {"handlers", "frontmatter"}),
        ("frontmatter", {"handlers", "frontmatter"}),
        ("charset_normalizer", {"charset", "source"}),
        ("pygments", {"highlight"}),
        ("pylatexenc", {"parse"}),
        ("regex", {"pattern", "search", "folding"}),
        ("unicode_segmentation_rs", {"wrap"}),
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
    # The feed hands the whole environment on to the process it starts, and looks nothing up in it but where Python
    # finds packages.
    assert looking <= {"reader.settings", "reader.feed"}


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_claims_search_and_layout_do_not_import_one_another(one, other):
    for module in FILES:
        if room(module) == one:
            assert other not in rooms_of(inside(imports(module)))


def reach(module: str) -> set[str]:
    """Every module of the project that one comes to by imports."""
    seen: set[str] = set()
    todo = [module]
    while todo:
        here = todo.pop()
        if here not in seen:
            seen.add(here)
            todo += inside(imports(here))
    return seen


def test_nothing_below_the_screen_asks_for_an_app():
    above = {"ui", "cli", "__main__"}
    for module in FILES:
        if room(module) not in above:
            assert not rooms_of(inside(imports(module))) & above, module


def test_the_session_knows_no_files_and_no_parser():
    assert not rooms_of(reach("reader.session")) & {"ui", "cli", "parse", "source", "store", "settings", "frontmatter"}


def test_layout_knows_nothing_but_documents_and_lines():
    helpers = {"columns", "heights", "language", "wrap", "pattern"}
    assert rooms_of(reach("reader.layout")) - {""} == {"layout", "document", *helpers}


def test_every_module_says_what_it_owns():
    for module, path in FILES.items():
        said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        assert said.strip() or not path.read_text(encoding="utf-8").strip(), module


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
        timeout=60,
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
    assert not {"reader.claims", "reader.search", "reader.store", "reader.ui", "regex", "pylatexenc"} & modules


_SCREEN = """
import asyncio, json, sys
from reader import cli
from reader.ui.app import ReaderApp

def run(self):
    async def story():
        async with self.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
    asyncio.run(story())

def first_screen(self):
    print("LOADED " + json.dumps(sorted(sys.modules)), file=sys.stderr)

ReaderApp.run = run
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
        timeout=60,
        env={**os.environ, "XDG_CONFIG_HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path)},
    )
    assert done.returncode == 0, done.stderr
    modules = set(json.loads(done.stderr.rpartition("LOADED ")[2]))
    assert "textual" in modules
    heavy = {"markdown_it", "yaml", "frontmatter", "charset_normalizer", "sqlite3", "tomllib", "pylatexenc"}
    assert not heavy & modules
    assert not {"reader.parse", "reader.frontmatter", "reader.charset", "reader.store"} & modules
