"""Atoms of a formula, and how a row of them is written on one line.

Owns what print shows by position and a line of text cannot: brackets around what stands over and under a fraction's
bar, around a fraction beside a factor, and blanks between names and what they are applied to. The author's own blanks
around `+`, `=` and the like are kept, the same on both sides; TeX ignores all of them, but they cost nothing to read.
Refuses to parse. Invariant: two formulas that print shows apart are written apart, as far as brackets can tell.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final, Literal

from reader.document import record
from reader.parse.latex.symbols import SUBSCRIPTS, SUPERSCRIPTS, Kind

AtomKind = Literal[Kind, "bar", "text", "gap", "space", "fraction", "root", "rows"]
"""Classes of `symbols`, and: `bar` (| or ‖, open or closed as its place tells), `text` (of `\\text`), `gap` (a blank of
the author's), `space` (one of TeX's), `fraction` (a/b without brackets), `root` (√a without brackets), `rows` (what
print sets on several lines)."""


@record
class Atom:
    """A part of a formula that nothing is put into any more."""

    kind: AtomKind
    text: str
    """What it is on one line."""
    bare: bool = False
    """The text ends in a script written with ^ or _ and no bracket: no letter may follow without a blank."""
    run: bool = False
    """A letter of several in a row, perhaps a word: blanks of the author beside it are kept."""
    raised: bool = False
    """It has a superscript."""
    argument: str = ""
    """Of a root or fraction, the text with brackets that leave no doubt where it ends."""
    limits: bool = False
    """A function as lim, which a whole fraction may follow."""
    lines: tuple[str, ...] = ()
    """The lines it is set on where there is room for several; empty where it has one."""
    axis: int = 0
    """Which of the lines is level with the rest of the formula."""


GAP: Final = Atom("gap", " ")
_FACTORS: Final = frozenset(("ord", "open", "text", "word", "op", "fraction", "root", "rows"))
"""What multiplies that which it follows."""
_MULTIPLYING: Final = frozenset("·×⋅∗*÷∘⊗⊙")
_VALUES: Final = frozenset(("ord", "close", "text", "word", "fraction", "root", "rows"))
"""What the sign of an operation, or a closing bar, can stand behind."""
_NAMES: Final = frozenset(("word", "op"))
_SIGNS: Final = "+-±∓¬"
"""What stands before a term and belongs to it, where it is no operation."""


def ordered(atoms: list[Atom]) -> list[Atom]:
    """The atoms without gaps, their classes settled: each bar opens, closes or stands between two parts, as in p(x|y),
    and the sign at the start of a term is no operation (The TeXbook, appendix G, rules 5 and 6)."""
    settled = _barred(atoms)
    before: AtomKind | None = None
    last = -1
    for at, atom in enumerate(settled):
        if atom.kind == "space":
            continue
        if atom.kind == "bin" and before not in _VALUES:
            atom = settled[at] = replace(atom, kind="ord")
        if atom.kind in ("close", "rel", "punct") and before == "bin":
            settled[last] = replace(settled[last], kind="ord")
        before, last = atom.kind, at
    if before == "bin":
        settled[last] = replace(settled[last], kind="ord")
    return settled


def _barred(atoms: list[Atom]) -> list[Atom]:
    settled = [atom for atom in atoms if atom.kind != "gap"]
    if not any(atom.kind == "bar" for atom in settled):
        return settled
    gaps = _gaps(atoms)
    levels: list[list[int]] = [[]]
    for at, atom in enumerate(settled):
        if atom.kind == "bar" and not (gaps[at] and gaps[at + 1] and 0 < at < len(settled) - 1):
            levels[-1].append(at)
        elif atom.kind == "open":
            levels.append([])
        elif atom.kind == "close" and len(levels) > 1:
            _pair_bars(settled, levels.pop())
    while levels:
        _pair_bars(settled, levels.pop())
    return settled


def _pair_bars(atoms: list[Atom], bars: list[int]) -> None:
    """Let the bars between two brackets open and close, in place; those that find no partner stay as they are."""
    opened: list[int] = []
    for at in bars:
        before = atoms[at - 1].kind if at else None
        if opened and before in _VALUES and atoms[opened[-1]].text[0] == atoms[at].text[0]:
            start = opened.pop()
            atoms[start] = replace(atoms[start], kind="open")
            atoms[at] = replace(atoms[at], kind="close")
        else:
            opened.append(at)


def line(atoms: list[Atom], *, script: bool = False) -> str:
    """A row of atoms on one line; as a `script` without blanks around operations."""
    return "".join(atom.text for atom in spaced(atoms, script=script)).strip(" ")


def spaced(atoms: list[Atom], *, script: bool = False) -> list[Atom]:
    """The atoms to be written one after another: fractions bracketed where they must be, blanks atoms of their own."""
    settled = ordered(atoms)
    gaps = _gaps(atoms)
    result: list[Atom] = []
    before: Atom | None = None
    wide = False
    for at, atom in enumerate(settled):
        after = settled[at + 1] if at + 1 < len(settled) else None
        if atom.kind in ("bin", "rel"):
            wide = _is_word(atom) or (not script and bool(gaps[at] or gaps[at + 1]))
        if atom.kind == "fraction":
            atom = _beside(before, atom, after)
        elif atom.kind == "root" and after is not None and after.kind in ("ord", "open", "fraction", "root"):
            atom = replace(atom, text=atom.argument)
        if before is not None and _is_parted(before, atom, bool(gaps[at]), wide=wide, script=script):
            result.append(GAP)
        result.append(atom)
        before = atom
    return result


def _gaps(atoms: list[Atom]) -> list[bool]:
    """Before which of the atoms that are no gaps a blank of the author's stands; one more for the end."""
    result = [False]
    for atom in atoms:
        if atom.kind == "gap":
            result[-1] = True
        else:
            result.append(False)
    return result


def _is_word(atom: Atom) -> bool:
    return atom.text[:1].isalpha() and len(atom.text) > 1


def _is_parted(before: Atom, atom: Atom, gap: bool, *, wide: bool, script: bool) -> bool:
    """Whether a blank stands between two atoms."""
    one, two = before.kind, atom.kind
    if "space" in (one, two) or (two in ("close", "punct") and two != one) or before.text.endswith(" "):
        return False
    if one == two == "rel":
        return gap
    if one in ("bin", "rel") or two in ("bin", "rel"):
        return wide
    if one == "open":
        return False
    if before.bare and atom.text[:1].isalnum():
        return True
    if one == "ord" and before.text in _SIGNS:
        return False
    if two == "fraction" and atom.text[0] == "(" and one in ("ord", "word"):
        return one == "ord" and before.text[0].isalpha()  # η (a/b) is no function of a/b, sin(a/b) is one
    if two == "open":
        # After the signs below ∑ or lim, a bracket would seem to belong to them.
        return (gap and one in ("punct", "bar")) or one == "op" or (before.limits and not before.text.isascii())
    if one in _NAMES or two in _NAMES:
        return (one not in ("punct", "bar") or gap) and not atom.text.startswith(" ")
    if script:
        return False
    if one in ("punct", "bar") or two == "bar":
        return gap
    if "text" in (one, two):
        return gap and not atom.text.startswith(" ")
    return gap and (before.run or atom.run)


def _beside(before: Atom | None, fraction: Atom, after: Atom | None) -> Atom:
    """A fraction with brackets where a factor stands beside it."""
    follows = after is not None and (
        after.kind in _FACTORS - {"text"}
        or (after.kind == "text" and not after.text.startswith(" "))
        or after.text[0] in "/!"
        or (after.kind == "bin" and after.text[0] in _MULTIPLYING)
    )
    if before is None:
        precedes = False
    elif not follows and _is_number(before.text) and _is_number(fraction.text.replace("/", "", 1)):
        return replace(fraction, text=" " + fraction.text)  # 2 1/3
    else:
        precedes = (
            before.kind in ("close", "fraction", "root", "rows")
            or (before.kind == "ord" and before.text not in _SIGNS + "∀∃…⋯")
            or (before.kind == "text" and not before.text.endswith(" "))
            or (before.kind == "word" and not before.limits)
            or before.text in ("/", "÷")
        )
    return replace(fraction, text=fraction.argument) if follows or precedes else fraction


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


# Brackets


def bracketed(atoms: list[Atom], where: Literal["over", "under", "root"], other: list[Atom] | None = None) -> str:
    """What stands over or under a fraction's bar or under a root, in brackets unless it needs none; `other` is what
    stands on the other side of the bar."""
    text = line(atoms)
    settled = ordered(atoms)
    if not text or _is_unit(settled, where) or (where == "over" and _is_term(settled)):
        return text
    if other and other[0].text[:1] in ("d", "∂") and _is_differential(settled):
        return text
    return f"({text})"


def _is_unit(atoms: list[Atom], where: str) -> bool:
    """Whether nobody could take what stands beside it for a part of it: one sign, a number, (a + b), f(x)."""
    if where == "root":
        if len(atoms) == 1 and (atoms[0].kind != "ord" or atoms[0].bare):
            return False
        if atoms[-1].raised or atoms[-1].text[-1] == "!":
            return False
    if len(atoms) == 1:
        return atoms[0].kind != "fraction" and not (atoms[0].kind == "text" and " " in atoms[0].text.strip())
    if all(atom.kind == "ord" and (atom.text[0].isdigit() or atom.text in ".,") for atom in atoms):
        return True
    if _is_enclosed(atoms):
        return True
    first, rest = atoms[0], atoms[1:]
    if where == "root" or not _is_enclosed(rest):
        return False
    return first.kind in ("word", "text") or (first.kind == "ord" and first.text[0].isalpha() and not _has_sum(rest))


def _is_enclosed(atoms: list[Atom]) -> bool:
    """Whether the first bracket closes with the last one."""
    if len(atoms) < 2 or atoms[0].kind != "open" or atoms[-1].kind != "close":
        return False
    depth = 0
    for at, atom in enumerate(atoms):
        depth += (atom.kind == "open") - (atom.kind == "close")
        if depth == 0:
            return at == len(atoms) - 1
    return False


def _has_sum(atoms: list[Atom]) -> bool:
    return any(atom.kind == "bin" and atom.text in "+-±∓" for atom in atoms)


def _is_term(atoms: list[Atom]) -> bool:
    """Whether it is one product, whose sign may be negative: over a bar it needs no brackets."""
    if atoms and atoms[0].text in _SIGNS:
        atoms = atoms[1:]
    depth = 0
    for atom in atoms:
        depth += (atom.kind == "open") - (atom.kind == "close")
        if depth or atom.kind in ("open", "close", "space"):
            continue
        if atom.kind not in ("ord", "root", "bin") or atom.text == "/":
            return False
        if atom.kind == "bin" and atom.text not in _MULTIPLYING:
            return False
    return bool(atoms)


def _is_differential(atoms: list[Atom]) -> bool:
    """Whether it is dx, ∂f, d²y or d alone: print reads dy/dx as one sign."""
    return 0 < len(atoms) <= 2 and all(atom.kind == "ord" for atom in atoms) and atoms[0].text[:1] in ("d", "∂")


def as_script(content: str, *, raised: bool) -> tuple[str, bool]:
    """A script behind its base, and whether it was written with ^ or _ and no brackets."""
    if not content:
        return "", False
    letters = SUPERSCRIPTS if raised else SUBSCRIPTS
    packed = content.replace(" ", "")
    if all(char in letters for char in packed):
        return "".join(letters[char] for char in packed), False
    mark = "^" if raised else "_"
    if len(content) == 1:
        return mark + content, True
    enclosed = content[0] == "(" and content[-1] == ")" and "(" not in content[1:] and ")" not in content[:-1]
    return f"{mark}{content}" if enclosed else f"{mark}({content})", False
