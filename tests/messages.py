"""What the program says: the messages in its source, and the words in it that are not marked as messages.

A message is the first argument of `_`, `gettext` or `N_`, the first two of `ngettext` and `pgettext`, and what stands
in the tables of `_CALLS` and `_TABLES`, which are translated where they are shown. Words that are none stand in a
literal which reads like English and is no docstring, SQL, pattern or mistake of a caller.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "reader"

_CALLS = {"_setting": (1,), "Action": (2, 3, 4, "footer")}
"""Calls with messages among their arguments."""
HINT = "hint"
"""The context of the words for the bottom line."""
_TABLES = {"DIALECT": "", "_ALERT_NAMES": "alert"}
"""Tables whose values are messages, and their context."""
_PAIRS = {"_IN_A_LIST", "_ELSEWHERE", "_PAGE_SIGNS", "LIST_KEYS", "QUERY"}
"""Tables of pairs whose second part is a message."""
_SAYING = ("say", "fail", "set_text", "Nowhere", "offer")
"""Calls whose arguments are read by the person, however short."""
_DATA_ROOMS = (
    "parse",
    "claims/cues",
    "claims/features",
    "claims/sentences",
    "claims/model",
    "claims/context",
    "search/folding",
)
"""Where literals are words of articles, and not of the program."""
_RAISED_AT_CALLERS = (
    "ValueError",
    "TypeError",
    "KeyError",
    "IndexError",
    "AttributeError",
    "AssertionError",
    "ModuleNotFoundError",
    "ProgrammingError",
)
_SENTENCE = re.compile(r"(?:^|[^\w<\"=/.{-])[A-Za-z][a-z']+,?;? (?:[a-z]{2,}|a|I)\b")
_WORD = re.compile(r"\W*[A-Z][a-z]+\W*")
_FILLED = re.compile(r"(?:^|[ (])[a-z]{3,} \{\}|\{\} [a-z]{3,}(?:$|[ )])")
"""A word beside what is filled in."""
_ROLES = ("label", "sign", "gutter", "status")
"""Words of looks, which are put together too."""
_SQL = re.compile(
    r"\s*(?:SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|PRAGMA|BEGIN|ORDER BY|CASE|AND NOT)\b|[a-z_.]+ = \?"
    r"|import |from "
)


class Message(NamedTuple):
    """One message of the source."""

    one: str
    many: str = ""
    context: str = ""


@cache
def files() -> tuple[tuple[str, ast.Module], ...]:
    """The modules of the program by their paths below `reader/`."""
    return tuple(
        (path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted(PACKAGE.rglob("*.py"))
    )


def _text(node: ast.expr | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _found(tree: ast.AST) -> Iterator[tuple[Message, list[ast.expr]]]:
    """Messages and the literals they are made of."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args:
            texts = [_text(arg) for arg in node.args]
            match _called(node):
                case "_" | "gettext" | "N_" if texts[0]:
                    yield Message(texts[0]), node.args[:1]
                case "ngettext" if len(texts) == 3 and texts[0] and texts[1]:
                    yield Message(texts[0], texts[1]), node.args[:2]
                case "pgettext" if len(texts) == 2 and texts[0] and texts[1]:
                    yield Message(texts[1], context=texts[0]), node.args[:2]
                case name if name in _CALLS:
                    named = {keyword.arg: keyword.value for keyword in node.keywords}
                    for at in _CALLS[name]:
                        one = named.get(at) if isinstance(at, str) else node.args[at] if at < len(node.args) else None
                        if one is not None and _text(one):
                            yield Message(_text(one) or "", context=HINT if at in (4, "footer") else ""), [one]
        elif isinstance(node, ast.AnnAssign | ast.Assign):
            target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
            context = _TABLES.get(getattr(target, "id", ""))
            if getattr(target, "id", "") in _PAIRS and isinstance(node.value, ast.Tuple):
                for pair in node.value.elts:
                    if isinstance(pair, ast.Tuple):
                        yield Message(_text(pair.elts[1]) or ""), [pair.elts[1]]
            if context is not None and isinstance(node.value, ast.Dict):
                for value in node.value.values:
                    if _text(value):
                        yield Message(_text(value) or "", context=context), [value]


@cache
def messages() -> Mapping[Message, list[str]]:
    """Every message of the program, with the files it stands in."""
    found: dict[Message, list[str]] = {}
    for name, tree in files():
        for message, _ in sorted(_found(tree), key=lambda found: found[1][0].lineno):
            places = found.setdefault(message, [])
            if name not in places:
                places.append(name)
    return found


def command_names() -> list[str]:
    """The names of the commands that the palette finds, in English."""
    found = []
    for _, tree in files():
        for node in ast.walk(tree):
            name = _called(node) if isinstance(node, ast.Call) else ""
            place = {"Action": 2, "named": 1}.get(name)
            if place is not None and isinstance(node, ast.Call) and len(node.args) > place:
                literal = node.args[place]
                literal = literal.args[0] if isinstance(literal, ast.Call) else literal
                found += [_text(literal) or ""]
    return [name for name in found if name]


def computed() -> list[str]:
    """Where `_` is given words that no catalogue can hold: a format string that is filled before it is looked up."""
    return [
        f"{name}:{node.lineno}"
        for name, tree in files()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and _called(node) in ("_", "gettext", "N_", "ngettext", "pgettext")
        and any(isinstance(arg, ast.JoinedStr | ast.BinOp) for arg in node.args[:2])
    ]


def shadowed() -> list[str]:
    """Where `_` is a variable in a function that calls it."""
    found = []
    for name, tree in files():
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Module):
                own = list(_own(function))
                stored = any(isinstance(n, ast.Name) and n.id == "_" and isinstance(n.ctx, ast.Store) for n in own)
                called = any(isinstance(n, ast.Call) and getattr(n.func, "id", "") == "_" for n in own)
                if stored and called:
                    found.append(f"{name}:{getattr(function, 'name', 'module')}")
    return found


def _own(scope: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a scope, without those of functions and comprehensions within."""
    for child in ast.iter_child_nodes(scope):
        yield child
        if not isinstance(
            child,
            ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda | ast.ListComp | ast.GeneratorExp
            | ast.SetComp | ast.DictComp,
        ):  # fmt: skip
            yield from _own(child)


def unmarked() -> dict[tuple[str, str], int]:
    """Literals that read like something said and are no messages, by file and text, with their lines."""
    found: dict[tuple[str, str], int] = {}
    known = {message.one for message in messages()}
    for name, tree in files():
        if name.startswith(_DATA_ROOMS):
            continue
        marked = {id(node) for _, nodes in _found(tree) for node in nodes} | set(_not_said(tree))
        said = set(_said(tree))
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                marked |= {id(value) for value in node.values}
                parts = [value.value if isinstance(value, ast.Constant) else "{}" for value in node.values]
                text = "".join(map(str, parts))
            else:
                text = _text(node) or "" if isinstance(node, ast.Constant) else ""
            alone = name.startswith(("ui/", "session/", "layout/")) and _WORD.fullmatch(text)
            alone = alone or (id(node) in said and re.search("[A-Za-z]{2}", text.replace("{}", "")))
            if isinstance(node, ast.JoinedStr) and name.startswith(("ui/", "session/", "layout/")):
                alone = alone or (_FILLED.search(text) and not any(role in text.split() for role in _ROLES))
            if text in known or id(node) in marked:
                continue
            if alone or (_SENTENCE.search(text) and not _SQL.match(text)):
                found[name, text] = node.lineno
    return found


def _said(tree: ast.Module) -> Iterator[int]:
    """The literals among the arguments of `_SAYING`, also where one of two is chosen."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called(node) in _SAYING:
            for arg in node.args:
                yield from map(id, (arg.body, arg.orelse) if isinstance(arg, ast.IfExp) else (arg,))


def _not_said(tree: ast.Module) -> Iterator[int]:
    """The docstrings, the names a module exports or knows types by, patterns, and what is raised at a caller."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            yield id(node.value)
        elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in ("__all__", "_LATE"):
            yield from map(id, ast.walk(node))
        elif isinstance(node, ast.arg | ast.AnnAssign | ast.FunctionDef):
            annotation = node.returns if isinstance(node, ast.FunctionDef) else node.annotation
            if annotation is not None:
                yield from map(id, ast.walk(annotation))
        elif isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            if _called(node.exc) in _RAISED_AT_CALLERS:
                yield from map(id, ast.walk(node))
        elif isinstance(node, ast.Call) and _called(node) in (
            "compile",
            "pattern",
            "split",
            "search",
            "match",
            "sub",
            "findall",
        ):
            yield from map(id, ast.walk(node))
        elif isinstance(node, ast.Assert | ast.Subscript):
            yield from map(id, ast.walk(node.slice if isinstance(node, ast.Subscript) else node))
