"""A formula in LaTeX, read into atoms.

Owns the grammar: braces, commands and their arguments, scripts, delimiters and environments, as far as TeX's own rules
go (The TeXbook, chapters 17, 18 and 24; amsmath's user guide). Refuses what it does not know: any command, environment
or misplaced brace raises `Unknown`, and the formula is shown as its author wrote it. Invariant: each character of the
source is looked at a bounded number of times, and groups nest at most `MAX_DEPTH` deep.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Final, Literal

from reader.parse.latex import symbols
from reader.parse.latex.atoms import GAP, Atom, AtomKind, bracketed, line, ordered
from reader.parse.latex.parts import Unknown, accented, choose, fraction, lined, root, set_in, with_scripts
from reader.parse.latex.rows import Lines, dividers_of, equations, in_fences, joined, on_one_line, table
from reader.parse.latex.symbols import words
from reader.sanitize import pattern

MAX_DEPTH: Final = 40
"""Groups, arguments and environments within one another."""

_NAME: Final = pattern(r"[A-Za-z]+")
_BLANKS: Final = pattern(r"[ \t\n]*+")
_RELATION: Final = pattern(r"->|<-|=>|<=|>=|!=|:=|==")
_BEFORE_SCRIPTS: Final = frozenset(" \t\n^_'\\")
"""What a script, or what may stand before one, begins with."""
_BREAKS: Final = frozenset(("\\", "cr", "newline", "tabularnewline"))
_SPLITS: Final = frozenset(("over", "choose"))
_SIZES: Final = pattern(r"[bB]ig{1,2}[lrm]?")

_FENCES: Final = {
    "matrix": ("", ""),
    "smallmatrix": ("", ""),
    "array": ("", ""),
    "darray": ("", ""),
    "pmatrix": ("(", ")"),
    "bmatrix": ("[", "]"),
    "Bmatrix": ("{", "}"),
    "vmatrix": ("|", "|"),
    "Vmatrix": ("‖", "‖"),
    "psmallmatrix": ("(", ")"),
    "bsmallmatrix": ("[", "]"),
    "cases": ("{", ""),
    "dcases": ("{", ""),
    "rcases": ("", "}"),
    "drcases": ("", "}"),
}
"""Environments of cells, and their brackets."""
_LINES: Final = words(
    """
    align aligned alignat alignedat flalign gather gathered multline multlined split equation eqnarray displaymath math
    dmath
    """
)
"""Environments of equations, one below the other."""


def formula(source: str) -> Lines:
    """The lines of a formula, each as cells of atoms; raises `Unknown`."""
    reader = _Reader(source)
    lines = reader.rows()
    if reader.at < len(source):
        raise Unknown(source[reader.at : reader.at + 20])
    return lines


class _Reader:
    def __init__(self, source: str) -> None:
        self._source = source
        self.at = 0
        self._depth = 0

    # Characters

    def _skip_blanks(self) -> bool:
        found = _BLANKS.match(self._source, self.at)
        assert found is not None
        moved = found.end() > self.at
        self.at = found.end()
        return moved

    def _peek(self) -> str:
        return self._source[self.at : self.at + 1]

    def _command(self) -> str:
        """The name of the command that begins here, without taking it; empty where none does."""
        if self._peek() != "\\":
            return ""
        found = _NAME.match(self._source, self.at + 1)
        return found[0] if found else self._source[self.at + 1 : self.at + 2]

    def _take(self, name: str) -> None:
        """Take a command and the blanks that only end its name: those before a letter or digit."""
        self.at += 1 + len(name)
        if name[-1:].isalpha():
            start = self.at
            self._skip_blanks()
            if not self._peek().isalnum():
                self.at = start

    def _expect(self, mark: str) -> None:
        if self._peek() != mark:
            raise Unknown(f"{mark} is missing")
        self.at += 1

    # Arguments

    def _argument(self) -> list[Atom]:
        self._skip_blanks()
        if self._peek() == "{":
            return self._group()
        if self._peek() in ("", "}", "&", "^", "_"):
            raise Unknown("an argument is missing")
        self._enter()
        atoms = self._nucleus(single=True)
        self._depth -= 1
        return atoms

    def _group(self) -> list[Atom]:
        self._expect("{")
        self._enter()
        atoms = self.row()
        self._depth -= 1
        self._expect("}")
        return atoms

    def _enter(self) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise Unknown("too deep")

    def _optional(self) -> list[Atom] | None:
        """What stands in [ ] here."""
        start = self.at
        self._skip_blanks()
        if self._peek() != "[":
            self.at = start
            return None
        self.at += 1
        self._enter()
        atoms = self.row(stop="]")
        self._depth -= 1
        self._expect("]")
        return atoms

    def _raw(self) -> str:
        """The source of an argument in braces."""
        self._skip_blanks()
        self._expect("{")
        start, depth = self.at, 1
        for found in re.compile(r"\\.|[{}]", re.DOTALL).finditer(self._source, start):
            depth += (found[0] == "{") - (found[0] == "}")
            if not depth:
                self.at = found.end()
                return self._source[start : found.start()]
        raise Unknown("a brace is not closed")

    def _star(self) -> bool:
        if self._peek() == "*":
            self.at += 1
            return True
        return False

    # Rows

    def rows(self) -> Lines:
        """Lines of cells, up to what closes the environment around them."""
        lines: Lines = [[]]
        while True:
            lines[-1].append(self.row())
            if self._peek() == "&":
                self.at += 1
            elif self._command() in _BREAKS:
                self._take(self._command())
                self._star()
                self._skip_size()
                lines.append([])
            else:
                break
        if len(lines) > 1 and not any(map(ordered, lines[-1])):
            lines.pop()
        return lines

    def _skip_size(self) -> None:
        found = re.compile(r"[ \t]*\[[ \t]*-?[\d.]+[ \t]*(?:pt|em|ex|mm|cm|in|mu)[ \t]*\]").match(self._source, self.at)
        self.at = found.end() if found else self.at

    def row(self, stop: str = "") -> list[Atom]:
        """The atoms up to what this level cannot take."""
        atoms: list[Atom] = []
        while True:
            mark = self._peek()
            if mark and mark in " \t\n":
                self._skip_blanks()
                atoms.append(GAP)
                mark = self._peek()
            if mark in ("", "}", "&") or mark == stop:
                return atoms
            if mark == "\\":
                name = self._command()
                if name in _BREAKS or name in ("end", "right", "middle"):
                    return atoms
                if name in _SPLITS:
                    self._take(name)
                    return [_SPLIT[name](atoms, self.row(stop))]
                if name in symbols.SWITCHES:
                    self._take(name)
                    return atoms + set_in(name, self.row(stop))
            if mark == "!" and atoms and atoms[-1].kind in ("ord", "close"):
                self.at += 1
                atoms[-1] = replace(atoms[-1], text=atoms[-1].text + "!")
                atoms += self._scripted([atoms.pop()])
                continue
            group = mark == "{"
            base = [] if mark in "^_'" else self._group() if group else self._nucleus()
            atoms += self._scripted(base, group=group)

    def _scripted(self, base: list[Atom], *, group: bool = False) -> list[Atom]:
        """The atoms with the scripts that follow."""
        if self._peek() not in _BEFORE_SCRIPTS:
            return base
        primes = 0
        below: list[Atom] | None = None
        above: list[Atom] | None = None
        while True:
            start = self.at
            self._skip_blanks()
            mark = self._peek()
            if mark == "'":
                self.at += 1
                primes += 1
            elif mark == "^" and above is None:
                self.at += 1
                above = self._argument()
            elif mark == "_" and below is None:
                self.at += 1
                below = self._argument()
            elif mark in ("^", "_") and mark:
                raise Unknown("two scripts of one kind")
            elif (name := self._command()) in ("limits", "nolimits"):
                self._take(name)
            else:
                self.at = start
                break
        if not primes and below is None and above is None:
            return base
        if group and len(base) > 1:
            inside = ordered(base)
            last = inside[-1] if inside else None
            if any(atom.kind in ("bin", "rel", "punct") for atom in inside) or (
                last and (last.raised or last.kind in ("fraction", "root"))
            ):
                base = [Atom("ord", f"({line(base)})")]
        while base and base[-1].kind == "gap":
            base = base[:-1]
        nucleus = base[-1] if base and base[-1].kind != "space" else None
        kept = base[:-1] if nucleus else base
        return [*kept, with_scripts(nucleus or Atom("ord", ""), primes, below, above)]

    # Nuclei

    def _nucleus(self, *, single: bool = False) -> list[Atom]:
        """One sign or command with its arguments; `single` is an argument without braces, of one sign."""
        mark = self._peek()
        if mark == "\\":
            return self._of_command(self._command())
        if mark == "|":
            self.at += 1
            return [Atom("bar", "|")]
        if mark == "~":
            self.at += 1
            return [Atom("space", " ")]
        if not single and (found := _RELATION.match(self._source, self.at)):
            self.at = found.end()
            return [Atom("rel", found[0])]
        self.at += 1
        run = False
        if mark.isalpha():
            around = (self._source[self.at - 2 : self.at - 1] if self.at > 1 else "") + self._peek()
            run = any(char.isascii() and char.isalpha() for char in around) if mark.isascii() else mark > "\u2e7f"
        return [_of_sign(mark, run)]

    def _of_command(self, name: str) -> list[Atom]:
        if not name or name in ("right", "middle", "end") or name in _BREAKS or name in _SPLITS:
            raise Unknown(name or "a backslash at the end")
        self._take(name)
        if name in symbols.SPACES:
            self._skip_blanks()
            return [Atom("space", symbols.SPACES[name])]
        if name in symbols.SILENT:
            if _SIZES.fullmatch(name):
                self._skip_blanks()
                if self._peek() == ".":
                    self.at += 1
            return []
        if name in symbols.BARS:
            return [Atom("bar", symbols.BARS[name])]
        if atom := _of_name(name):
            if atom.kind in ("bin", "rel"):
                self._skip_blanks()
            return [atom]
        if name in symbols.ALPHABETS:
            return set_in(name, self._argument())
        if name in symbols.ACCENTS:
            return [accented(self._argument(), symbols.ACCENTS[name])]
        if name in symbols.LINES:
            return [lined(self._argument(), symbols.LINES[name])]
        handler = _COMMANDS.get(name)
        if handler is None:
            raise Unknown(name)
        return handler(self)

    def fraction(self) -> list[Atom]:
        self._optional()
        return [fraction(self._argument(), self._argument())]

    def root(self) -> list[Atom]:
        index = self._optional()
        return [root(line(index, script=True) if index else "", self._argument())]

    def negated(self) -> list[Atom]:
        atoms = ordered(self._argument())
        if len(atoms) != 1 or len(atoms[0].text) != 1:
            raise Unknown("not")
        text = unicodedata.normalize("NFC", atoms[0].text + symbols.NEGATED)
        return [replace(atoms[0], kind="rel", text=text)]

    def stacked(self) -> list[Atom]:
        """`\\overset{above}{=}` and `\\stackrel`."""
        above, base = self._argument(), ordered(self._argument())
        if len(base) != 1 or base[0].kind not in ("rel", "bin", "op", "word"):
            raise Unknown("overset")
        known = symbols.OVER.get((base[0].text, line(above, script=True)))
        return [replace(base[0], text=known) if known else with_scripts(base[0], 0, None, above)]

    def underset(self) -> list[Atom]:
        below, base = self._argument(), ordered(self._argument())
        if len(base) != 1 or base[0].kind not in ("rel", "bin", "op", "word"):
            raise Unknown("underset")
        return [with_scripts(base[0], 0, below, None)]

    def substack(self) -> list[Atom]:
        self._skip_blanks()
        self._expect("{")
        self._enter()
        lines = self.rows()
        self._depth -= 1
        self._expect("}")
        return [Atom("ord", ", ".join(line(joined(cells), script=True) for cells in lines))]

    def braced(self, script: str, brace: str) -> list[Atom]:
        """`\\underbrace{a+b}_{label}`: the label behind it, after a brace that lies."""
        content = self._argument()
        start = self.at
        self._skip_blanks()
        if self._peek() != script:
            self.at = start
            return content
        self.at += 1
        label = line(self._argument())
        return [Atom("ord", f"{bracketed(content, 'under')}{brace}({label})", raised=True)]

    def arrow(self, ends: tuple[str, str]) -> list[Atom]:
        """`\\xrightarrow{f}`."""
        if self._optional():
            raise Unknown("two labels on an arrow")
        label = line(self._argument())
        return [Atom("rel", f"{ends[0]}{label}{ends[1]}" if label else ends[0].strip("─") or ends[1].strip("─"))]

    def operator(self) -> list[Atom]:
        limits = self._star()
        text = line(self._argument())
        return [Atom("word", text, limits=limits or text.replace(" ", "") in symbols.LIMITS)] if text else []

    def as_kind(self, kind: AtomKind) -> list[Atom]:
        """`\\mathrel{…}` and its kin."""
        text = line(self._argument())
        return [Atom("word" if kind == "op" and text.isalpha() else kind, text)] if text else []

    def text(self) -> list[Atom]:
        text = self._text(self._raw(), 0)
        return [Atom("text", text)] if text else []

    def _text(self, source: str, depth: int) -> str:
        """What is set as words: their commands resolved, formulas in dollars among them."""
        if depth > 4:
            raise Unknown("too deep")
        parts: list[str] = []
        at = 0
        for found in re.compile(r"\\(?:[A-Za-z]+|.)[ ]*|[{}~$]", re.DOTALL).finditer(source):
            if found.start() < at:
                continue
            parts.append(source[at : found.start()])
            at = found.end()
            mark = found[0]
            if mark == "$":
                close = source.find("$", at)
                if close < 0:
                    raise Unknown("a dollar is not closed")
                inner = _Reader(source[at:close])
                inner._depth = self._depth + 1
                atoms = inner.row()
                if inner.at < close - at or inner._depth > MAX_DEPTH:
                    raise Unknown("a formula among words")
                parts.append(line(atoms))
                at = close + 1
            elif mark == "~":
                parts.append(" ")
            elif mark[0] == "\\":
                name = mark[1:].rstrip(" ") or " "
                if name in symbols.ESCAPED or name in ("{", "}", " "):
                    parts.append(name + mark[1 + len(name) :])
                elif name in _WORDS:
                    inner = _Reader(source)
                    inner.at = at
                    parts.append(self._text(inner._raw(), depth + 1))
                    at = inner.at
                elif name in symbols.SPACES:
                    parts.append(" ")
                elif name in symbols.LETTERS:
                    parts.append(symbols.LETTERS[name])
                else:
                    raise Unknown(name)
        parts.append(source[at:])
        return re.sub(r"[ \t\n]+", " ", "".join(parts))

    def delimited(self) -> list[Atom]:
        """`\\left( … \\right)`."""
        opener = self._delimiter()
        self._enter()
        inside = self.row()
        while self._command() == "middle":
            self._take("middle")
            inside += [Atom("rel" if (GAP in inside[-1:]) else "ord", self._delimiter()), *self.row()]
        self._depth -= 1
        if self._command() != "right":
            raise Unknown("left without right")
        self._take("right")
        closer = self._delimiter()
        content = ordered(inside)
        if len(content) == 1 and content[0].lines:
            return [in_fences(content[0], opener, closer)]
        if not opener and closer:
            inside = [Atom("ord", bracketed(inside, "under"))]
        return [*([Atom("open", opener)] if opener else ()), *inside, *([Atom("close", closer)] if closer else ())]

    def _delimiter(self) -> str:
        self._skip_blanks()
        mark = self._peek()
        if name := self._command():
            self._take(name)
            if name in symbols.BARS:
                return symbols.BARS[name]
            found = symbols.sign(name)
            if found is None or found[0] not in ("open", "close", "ord", "rel"):
                raise Unknown(name)
            return found[1]
        if not mark or mark not in "()[]|/<>.":
            raise Unknown("a delimiter is missing")
        self.at += 1
        return {"<": "⟨", ">": "⟩", ".": ""}.get(mark, mark)

    def enclosed(self, opener: str, closer: str) -> list[Atom]:
        """`\\ket{0}`, `\\abs{x}`."""
        self._star()
        return [Atom("open", opener), *self._argument(), Atom("close", closer)]

    def modulo(self, opener: str, closer: str) -> list[Atom]:
        return [Atom("text", f" {opener}{line(self._argument())}{closer}")]

    def content(self, *, first: bool = False) -> list[Atom]:
        """The argument as it stands; `first` is one before it that is for looks only."""
        if first:
            self._optional()
            self._raw()
        return self._argument()

    def nothing(self, kind: Literal["", "space"]) -> list[Atom]:
        """A command whose argument is a measure or a name."""
        self._star()
        self._raw()
        return [Atom("space", " ")] if kind else []

    def tag(self) -> list[Atom]:
        bare = self._star()
        text = self._text(self._raw(), 0)
        return [Atom("space", "  "), Atom("text", text if bare else f"({text})")]

    def reference(self) -> list[Atom]:
        return [Atom("text", f"({self._raw()})")]

    def environment(self) -> list[Atom]:
        name = self._raw()
        plain = name.rstrip("*")
        dividers: frozenset[int] = frozenset()
        if plain in ("array", "darray", "alignat", "alignedat", "subarray"):
            self._optional()
            dividers = dividers_of(self._raw())
        elif plain in ("aligned", "gathered", "multlined") or (plain in _FENCES and name != plain):
            self._optional()
        self._enter()
        lines = self.rows()
        self._depth -= 1
        if self._command() != "end":
            raise Unknown(f"{name} has no end")
        self._take("end")
        if self._raw() != name:
            raise Unknown(f"{name} has another end")
        if plain in _FENCES:
            return [table(lines, _FENCES[plain], dividers, is_cases="cases" in plain)]
        if plain not in _LINES:
            raise Unknown(name)
        if plain == "eqnarray":
            lines = [[*cells[:1], [atom for cell in cells[1:] for atom in cell]] for cells in lines]
        if len(lines) == 1:
            return joined(lines[0])
        made = equations(lines)
        return [Atom("rows", on_one_line(lines), lines=made.lines, axis=made.axis)]


@lru_cache(maxsize=1024)
def _of_sign(mark: str, run: bool) -> Atom:
    return Atom("ord" if run else symbols.KINDS.get(mark, "ord"), mark, run=run)


@lru_cache(maxsize=1024)
def _of_name(name: str) -> Atom | None:
    found = symbols.sign(name)
    return Atom(found[0], found[1], limits=name in symbols.LIMITS) if found else None


_COMMANDS: Final[dict[str, Callable[[_Reader], list[Atom]]]] = {
    **dict.fromkeys(("frac", "dfrac", "tfrac", "cfrac", "nicefrac", "sfrac"), _Reader.fraction),
    **dict.fromkeys(("binom", "dbinom", "tbinom"), lambda self: [choose(self._argument(), self._argument())]),
    "sqrt": _Reader.root,
    "not": _Reader.negated,
    **dict.fromkeys(("overset", "stackrel"), _Reader.stacked),
    "underset": _Reader.underset,
    "substack": _Reader.substack,
    "underbrace": lambda self: self.braced("_", "⏟"),
    "overbrace": lambda self: self.braced("^", "⏞"),
    **dict.fromkeys(("xrightarrow", "xlongrightarrow"), lambda self: self.arrow(("─", "→"))),
    "xleftarrow": lambda self: self.arrow(("←", "─")),
    "xleftrightarrow": lambda self: self.arrow(("←", "→")),
    "xRightarrow": lambda self: self.arrow(("═", "⇒")),
    **dict.fromkeys(("operatorname", "operatornamewithlimits"), _Reader.operator),
    "mathop": lambda self: self.as_kind("op"),
    "mathrel": lambda self: self.as_kind("rel"),
    "mathbin": lambda self: self.as_kind("bin"),
    "mathopen": lambda self: self.as_kind("open"),
    "mathclose": lambda self: self.as_kind("close"),
    "mathpunct": lambda self: self.as_kind("punct"),
    **dict.fromkeys(
        (
            "text",
            "textrm",
            "textbf",
            "textit",
            "texttt",
            "textsf",
            "textnormal",
            "textup",
            "mbox",
            "hbox",
            "fbox",
            "textsc",
        ),
        _Reader.text,
    ),
    "left": _Reader.delimited,
    "ket": lambda self: self.enclosed("|", "⟩"),
    "bra": lambda self: self.enclosed("⟨", "|"),
    "braket": lambda self: self.enclosed("⟨", "⟩"),
    "abs": lambda self: self.enclosed("|", "|"),
    "norm": lambda self: self.enclosed("‖", "‖"),
    "pmod": lambda self: self.modulo("(mod ", ")"),
    "mod": lambda self: self.modulo("mod ", ""),
    "pod": lambda self: self.modulo("(", ")"),
    **dict.fromkeys(
        ("mathord", "mathinner", "boxed", "smash", "mathclap", "mathllap", "mathrlap"),
        _Reader.content,
    ),
    **dict.fromkeys(("textcolor", "colorbox"), lambda self: self.content(first=True)),
    **dict.fromkeys(("label", "color", "vspace"), lambda self: self.nothing("")),
    **dict.fromkeys(("hspace", "mspace", "hskip"), lambda self: self.nothing("space")),
    **dict.fromkeys(("phantom", "hphantom", "vphantom"), lambda self: self._argument()[:0]),
    "tag": _Reader.tag,
    **dict.fromkeys(("eqref", "ref"), _Reader.reference),
    "begin": _Reader.environment,
}
_WORDS: Final = words("text textrm textbf textit texttt textsf textnormal textup emph mbox textsc")
_SPLIT: Final = {"over": fraction, "choose": choose}
