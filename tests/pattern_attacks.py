"""Every regular expression of the package, and strings made from a pattern to make it slow.

Owns the collecting (from the source of the modules and from what they hold once imported) and the making of attacks
from a pattern's own literals and character classes. Refuses to know what any pattern is for.

Invariant: each call of `re` in the package is collected, or `collected` says which one cannot be.
"""

from __future__ import annotations

import ast
import builtins
import importlib
import re
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

PACKAGE = Path(__file__).parent.parent / "reader"
_SEARCHES = ("search", "finditer", "findall", "sub", "subn", "split")
_CALLS = (*_SEARCHES, "match", "fullmatch", "compile")
ALL_WAYS = frozenset(("search", "match", "fullmatch"))


@dataclass(frozen=True)
class Use:
    """A pattern and the ways it is applied."""

    where: str
    """Module, line and name."""
    pattern: re.Pattern[Any]
    ways: frozenset[str]
    """Of search (which stands for all that look for every match), match at the start, and fullmatch."""


# ---------------------------------------------------------------------------------------------------------- collecting


def modules() -> dict[str, Path]:
    """Name and file of each module of the package."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        if parts[-1] != "__main__":
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def collected(unknown: dict[str, dict[str, Any]]) -> tuple[list[Use], list[str]]:
    """All patterns, and where one cannot be evaluated. `unknown` gives a sample value of each local name that patterns
    are made from, by module."""
    uses: list[Use] = []
    problems: list[str] = []
    trees = {name: Tree(path.read_text(encoding="utf-8")) for name, path in modules().items()}
    methods = _methods(trees)
    for name, tree in trees.items():
        module = importlib.import_module(name)
        known = {**vars(builtins), **vars(module), **unknown.get(name, {})}
        for node in tree.calls:
            called = _called(node)
            if not called:
                continue
            where = f"{name}:{node.lineno}"
            for source, flags in _arguments(node, called, known, tree.parents, where, problems):
                ways, target = _ways(node, called, tree.parents, methods, name, node in tree.repeated)
                uses.append(Use(f"{where} {target}".strip(), re.compile(source, flags), ways))
    seen = {(use.pattern.pattern, use.pattern.flags) for use in uses}
    for name in trees:
        for target, found in _held(vars(sys.modules[name]), name):
            if (found.pattern, found.flags) not in seen:
                seen.add((found.pattern, found.flags))
                uses.append(Use(f"{name} {target}", re.compile(found.pattern, found.flags), ALL_WAYS))
    return uses, problems


_LOOPS = (ast.For, ast.While, ast.GeneratorExp, ast.ListComp, ast.SetComp, ast.DictComp)


class Tree:
    """What is asked of the source of a module, found in one pass."""

    def __init__(self, source: str) -> None:
        self.calls: list[ast.Call] = []
        self.attributes: list[ast.Attribute] = []
        self.parents: dict[ast.AST, ast.AST] = {}
        self.repeated: set[ast.AST] = set()
        """What stands in a loop."""
        self._visit(ast.parse(source), False)

    def _visit(self, node: ast.AST, repeated: bool) -> None:
        repeated = repeated or isinstance(node, _LOOPS)
        if repeated:
            self.repeated.add(node)
        if isinstance(node, ast.Call):
            self.calls.append(node)
        elif isinstance(node, ast.Attribute):
            self.attributes.append(node)
        for child in ast.iter_child_nodes(node):
            if not isinstance(child, (ast.expr_context, ast.operator, ast.cmpop)):  # which nodes share
                self.parents[child] = node
                self._visit(child, repeated)


def _called(node: ast.Call) -> str:
    """The function of `re` that is called, or "pattern"; empty for anything else."""
    if not node.args:
        return ""
    function = node.func
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name) and function.value.id == "re":
        return function.attr if function.attr in _CALLS else ""
    return "pattern" if isinstance(function, ast.Name) and function.id == "pattern" else ""


def _methods(trees: dict[str, Tree]) -> dict[str, set[str]]:
    """By name of a variable, the ways it is applied in a module, or anywhere if the name is public. A match from a
    place on counts as a search where it stands in a loop over places, or in a rule that the parser calls at each."""
    found: dict[str, set[str]] = {}
    for module, tree in trees.items():
        for node in tree.attributes:
            if node.attr not in (*_SEARCHES, "match", "fullmatch"):
                continue
            owner = getattr(node.value, "id", getattr(node.value, "attr", "re"))
            if owner == "re":
                continue
            ways = found.setdefault(_scoped(module, owner), set())
            ways.add("search" if node.attr in _SEARCHES else node.attr)
            call = tree.parents[node]
            if node.attr == "match" and isinstance(call, ast.Call) and call.func is node and len(call.args) > 1:
                from_state = isinstance(call.args[0], ast.Attribute)
                ways |= {"search"} if node in tree.repeated or from_state else set()
    return found


def _scoped(module: str, name: str) -> str:
    return f"{module} {name}" if name.startswith("_") else name


def _ways(
    node: ast.Call,
    called: str,
    parents: dict[ast.AST, ast.AST],
    methods: dict[str, set[str]],
    module: str,
    repeated: bool,
) -> tuple[frozenset[str], str]:
    """The ways the pattern made by a call is applied, and the name it is kept under."""
    if called in _SEARCHES:
        return frozenset(("search",)), ""
    if called in ("match", "fullmatch"):
        return frozenset((called,)), ""
    parent = parents[node]
    if isinstance(parent, ast.Attribute):
        way = "search" if parent.attr in _SEARCHES else parent.attr
        call = parents[parent]
        from_place = isinstance(call, ast.Call) and len(call.args) > 1
        return frozenset(("search",) if way == "match" and from_place and repeated else (way,)), ""
    targets = parent.targets if isinstance(parent, ast.Assign) else [getattr(parent, "target", None)]
    names = [getattr(target, "id", getattr(target, "attr", "")) for target in targets]
    ways = {way for name in names for way in methods.get(_scoped(module, name), ())}
    return (frozenset(ways) or ALL_WAYS), names[0] or ""


def _arguments(
    node: ast.Call, called: str, known: dict[str, Any], parents: dict[ast.AST, ast.AST], where: str, problems: list[str]
) -> Iterator[tuple[Any, int]]:
    """Source and flags of a call; several of a call in a loop over patterns."""
    place = {"sub": 4, "subn": 4, "split": 3, "compile": 1, "pattern": 1}.get(called, 2)
    flags = [keyword.value for keyword in node.keywords if keyword.arg == "flags"] or node.args[place : place + 1]
    for bound in _bound(node, known, parents):
        try:
            source = _value(node.args[0], bound)
            if isinstance(source, re.Pattern):
                yield source.pattern, source.flags
            else:
                yield source, int(_value(flags[0], bound)) if flags else 0
        except NameError as problem:
            problems.append(f"{where}: {problem}; give the test a sample value of it")


def _bound(node: ast.AST, known: dict[str, Any], parents: dict[ast.AST, ast.AST]) -> list[dict[str, Any]]:
    """The names around a call: one set for each turn of a comprehension or loop over what is known, if it uses that."""
    used = {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}
    around: ast.AST | None = node
    while (around := parents.get(around)) if around is not None else None:
        loops = getattr(around, "generators", None) or ([around] if isinstance(around, ast.For) else [])
        for loop in loops:
            if isinstance(loop.target, ast.Name) and loop.target.id in used and isinstance(loop.iter, ast.Tuple):
                return [{**known, loop.target.id: value} for value in _value(loop.iter, known)]
    return [known]


def _value(node: ast.expr, known: dict[str, Any]) -> Any:
    return eval(compile(ast.Expression(node), "<pattern>", "eval"), known)


def _held(values: dict[str, Any], module: str) -> Iterator[tuple[str, Any]]:
    """The patterns that a module, its classes and its containers hold, and the names of those."""
    queue = [(name, value) for name, value in values.items() if not name.startswith("__")]
    known: set[int] = set()
    while queue:
        name, value = queue.pop()
        if id(value) in known:
            continue
        known.add(id(value))
        if isinstance(value, re.Pattern):
            yield name, value
        elif type(value).__name__ == "_Lazy":
            yield name, re.compile(value._source, value._flags)
        elif isinstance(value, dict):
            queue += [(name, inner) for inner in (*value.keys(), *value.values())]
        elif isinstance(value, (tuple, list, set, frozenset)):
            queue += [(name, inner) for inner in value]
        elif isinstance(value, type) and value.__module__ == module:
            queue += [(f"{name}.{inner}", of) for inner, of in vars(value).items() if not inner.startswith("__")]


# ------------------------------------------------------------------------------------------------------------- attacks

PALETTE = " \t\na\u4e2d0A_-.\"'<>=[](){}:#*|/\\,\u3002\uff0c+%&\u00e9\x00"
_CATEGORIES = {
    op.CATEGORY_DIGIT: str.isdecimal,
    op.CATEGORY_SPACE: str.isspace,
    op.CATEGORY_WORD: lambda char: char.isalnum() or char == "_",
}
_TAILS = ("", "\x00", "\n")
_MANY = 4
"""Samples of a part that are tried."""


def attacks(pattern: re.Pattern[Any]) -> list[Callable[[int], str]]:
    """Makers of strings of about so many characters that should be slow to match if any are."""
    tree = parser.parse(pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1"))
    literals = "".join(dict.fromkeys(_literals(tree)))
    units: dict[tuple[str, str], None] = {}
    for char in dict.fromkeys((*" \t\na0", *literals[:12])):
        units["", char] = None
    for before, pump in _sites(tree, literals, ""):
        units[before, pump] = None
        units["", pump] = None
        units["", before + pump] = None
        units["", before + pump + pump + pump] = None
    for whole in _samples(tree, literals)[:_MANY]:
        units["", whole] = None
        units["", whole[:-1]] = None
    makers: list[Callable[[int], str]] = []
    for before, pump in units:
        if pump:
            makers += [
                lambda size, before=before, pump=pump, tail=tail: before + pump * (size // len(pump)) + tail  # type: ignore[misc]
                for tail in _TAILS
            ]
    return makers


def _literals(tree: Any) -> Iterator[str]:
    for what, value in tree:
        if what is op.LITERAL:
            yield chr(value)
        elif what is op.IN:
            yield from (char for char in _chosen(what, value, "") if char)
        else:
            for inner in _inside(what, value):
                yield from _literals(inner)


def _inside(what: Any, value: Any) -> list[Any]:
    """The parts of a compound one."""
    if what is op.BRANCH:
        return list(value[1])
    if what is op.SUBPATTERN:
        return [value[-1]]
    if what in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        return [value[2]]
    if what is op.ATOMIC_GROUP:
        return [value]
    if what is op.GROUPREF_EXISTS:
        return [part for part in value[1:] if part is not None]
    return []


def _chosen(what: Any, value: Any, literals: str) -> list[str]:
    """Some characters that a single one of the pattern matches."""
    if what is op.LITERAL:
        return [chr(value)]
    own = (
        [chr(item[0] if kind is op.RANGE else item) for kind, item in value if kind in (op.RANGE, op.LITERAL)]
        if (what is op.IN)
        else []
    )
    candidates = dict.fromkeys((*own, *PALETTE, *literals))
    return [char for char in candidates if _matches(what, value, char)][:_MANY]


def _matches(what: Any, value: Any, char: str) -> bool:
    if what is op.ANY:
        return char != "\n"
    if what is op.LITERAL:
        return ord(char) == value
    if what is op.NOT_LITERAL:
        return ord(char) != value
    if what is op.RANGE:
        return bool(value[0] <= ord(char) <= value[1])
    if what is op.CATEGORY:
        name = str(value).replace("_NOT", "")
        found = next(test for category, test in _CATEGORIES.items() if str(category) == name)(char)
        return bool(found) != ("_NOT" in str(value))
    assert what is op.IN
    negated = value[0][0] is op.NEGATE
    return negated != any(_matches(kind, item, char) for kind, item in value if kind is not op.NEGATE)


def _samples(tree: Any, literals: str) -> list[str]:
    """Some strings that a part of a pattern matches, one choice changed at a time; lookarounds are not heeded."""
    choices: list[list[str]] = []
    for what, value in tree:
        if what in (op.LITERAL, op.NOT_LITERAL, op.ANY, op.IN):
            choices.append(_chosen(what, value, literals) or [""])
        elif what is op.BRANCH:
            choices.append([sample for inner in value[1] for sample in _samples(inner, literals)[:2]][: 4 * _MANY])
        elif what in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            inner = _samples(value[2], literals)
            fewest = [sample * value[0] for sample in inner] if value[0] else [""]
            choices.append([*fewest, *(sample * max(1, value[0]) for sample in inner)])
        elif what is op.ASSERT and value[0] > 0:
            continue
        elif inside := _inside(what, value):
            choices.append([sample for inner in inside for sample in _samples(inner, literals)])
    usual = [options[0] if options else "" for options in choices]
    found = dict.fromkeys(["".join(usual)])
    for at, options in enumerate(choices):
        for option in options[1 : 2 * _MANY]:
            found["".join((*usual[:at], option, *usual[at + 1 :]))] = None
    return list(islice(found, 6 * _MANY))


def _sites(tree: Any, literals: str, before: str) -> Iterator[tuple[str, str]]:
    """For each part that repeats: what may stand before it, and what it repeats."""
    for what, value in tree:
        if what in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT) and value[1] > 8:
            for sample in _samples(value[2], literals):
                if sample:
                    yield before, sample
        if what in (op.ASSERT, op.ASSERT_NOT):
            yield from _sites(value[1], literals, before)
        for inner in _inside(what, value):
            yield from _sites(inner, literals, before)
        before += _samples([(what, value)], literals)[0]


# ------------------------------------------------------------------------------------------------------------ measuring

_SIZES = (16, 20, 24, 28, 32, 40, 48, 56, 64, 80, 96, 128, 180, 256, 512, 2048)
"""Steps so small that of a pattern that is exponential none takes much longer than the one before. A square of the last
is some milliseconds."""
_SUSPECT_S = 0.002
"""What 2,000 characters and fewer are matched in by far, by any pattern that is linear."""
_CERTAIN_S = 0.2
_clock = time.thread_time if time.get_clock_info("thread_time").resolution < 0.0001 else time.perf_counter
"""Other work on the machine does not count."""
_SMALL = 256
"""Characters, of which a suspect is none by chance."""


def applied(pattern: re.Pattern[Any], way: str) -> Callable[[Any], object]:
    if way == "search":
        return lambda text: sum(1 for _ in pattern.finditer(text))
    return getattr(pattern, way)  # type: ignore[no-any-return]


def seconds(apply: Callable[[Any], object], text: Any, times: int = 1) -> float:
    """The least of several measurements."""
    least = float("inf")
    for _ in range(times):
        started = _clock()
        apply(text)
        least = min(least, _clock() - started)
    return least


def slow(use: Use) -> str:
    """Why a pattern is not linear; empty where it is."""
    as_text = (
        (lambda text: text) if isinstance(use.pattern.pattern, str) else (lambda text: text.encode("utf-8", "replace"))
    )
    for make in attacks(use.pattern):
        for way in use.ways:
            apply = applied(use.pattern, way)
            for size in _SIZES:
                text = as_text(make(size))
                started = time.perf_counter()  # ten times cheaper than `_clock`, which confirms what it says
                apply(text)
                if time.perf_counter() - started > _SUSPECT_S and (figures := _grows(apply, as_text, make, size)):
                    return f"{use.where}: {way} in {make(24)!r}…: {figures}"
    return ""


def _grows(apply: Callable[[Any], object], as_text: Callable[[str], Any], make: Callable[[int], str], size: int) -> str:
    """Figures of a growth that is more than linear, from a size on that took long; empty where a second look denies."""
    first = seconds(apply, as_text(make(size)))
    if first < _CERTAIN_S:
        first = min(first, seconds(apply, as_text(make(size)), 2))
    if first > _CERTAIN_S or (first > _SUSPECT_S and size <= _SMALL):
        return f"{first * 1000:.0f} ms for {size} characters"
    if first <= (_SUSPECT_S if size <= _SMALL else _SUSPECT_S / 2):
        return ""  # of a small one the next size decides: doubled, one that is exponential takes minutes
    figures = [first]
    for more in (2, 4):
        figures.append(seconds(apply, as_text(make(more * size)), 2))
        if figures[-1] < 2.8 * figures[-2]:
            return ""
        if figures[-1] > _CERTAIN_S or figures[-1] > 6 * figures[-2]:
            break
    return ", ".join(f"{figure * 1000:.1f} ms" for figure in figures) + f" from {size} characters on, doubled"
