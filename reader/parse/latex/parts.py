"""What is made of the arguments of a command: scripts, fractions, roots, alphabets, accents.

Owns how each looks in a line of text. Refuses to read the source. Invariant: what has no readable form in a line of
text, as a hat over two letters, raises `Unknown`.
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import Final

from reader.parse.latex import symbols
from reader.parse.latex.atoms import Atom, as_script, bracketed, line, ordered

_MAX_LINED: Final = 24
"""Signs under one line drawn over an expression."""


class Unknown(Exception):
    """The formula has something that is not known, or is not well formed."""


def with_scripts(base: Atom, primes: int, below: list[Atom] | None, above: list[Atom] | None) -> Atom:
    """An atom with its scripts; brackets around it where a script would seem to belong to its last part only."""
    low = line(below, script=True) if below else ""
    high = line(above, script=True) if above else ""
    text, kind, limits = base.text, base.kind, base.limits
    if kind == "fraction":
        text, kind = base.argument, "ord"
    elif base.raised and (high or primes):
        text, kind = f"({text})", "ord"
    text += symbols.PRIMES.get(primes, "′" * primes)
    sub, bare = as_script(low, raised=False)
    if bare and high:
        sub, bare = f"_({low})", False
    sup, bare_above = (symbols.RAISED[high], False) if high in symbols.RAISED else as_script(high, raised=True)
    lines = base.lines
    if lines:
        lines = (lines[0] + sup, *lines[1:-1], lines[-1] + sub)
    return Atom(
        kind,
        text + sub + sup,
        bare=bare_above or bare,
        run=base.run,
        raised=bool(high),
        limits=limits,
        argument=text + sub + sup if kind == "root" else "",
        lines=lines,
        axis=base.axis,
    )


def fraction(over: list[Atom], under: list[Atom]) -> Atom:
    above, below = bracketed(over, "over"), bracketed(under, "under", ordered(over))
    if not above or not below:
        raise Unknown("a fraction lacks a part")
    text = f"{above}/{below}"
    return Atom("fraction", text, argument=f"({text})")


def choose(above: list[Atom], below: list[Atom]) -> Atom:
    return Atom("ord", f"C({line(above)},{line(below)})")


def root(index: str, radicand: list[Atom]) -> Atom:
    inside = bracketed(radicand, "root")
    if not inside:
        raise Unknown("a root of nothing")
    whole = line(radicand)
    if index and any(char not in symbols.SUPERSCRIPTS for char in index):
        return Atom("ord", f"{inside}^(1/{index})", raised=True)
    sign = ("" if index in ("", "2") else as_script(index, raised=True)[0]) + "√"
    if inside != whole or inside[0] in "(|‖":
        return Atom("ord", sign + inside, raised=True)
    return Atom("root", sign + inside, raised=True, argument=f"{sign}({inside})")


def set_in(name: str, atoms: list[Atom]) -> list[Atom]:
    """The atoms in the letters of an alphabet."""
    letters = symbols.ALPHABETS[name]
    if letters:
        return [replace(atom, text=_translated(atom.text, letters), lines=()) for atom in atoms]
    if any(atom.kind != "ord" for atom in atoms if atom.kind not in ("gap", "space")):
        return atoms
    text = line(atoms)
    if " " in text:
        return [Atom("text", text)]
    if name in symbols.UPRIGHT and len(text) > 1 and text.isalpha() and text[:2].isascii():
        return [Atom("word", text)]
    return atoms


def _translated(text: str, letters: dict[str, str]) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFD", text)
    return "".join(letters.get(char, char) for char in text)


def accented(atoms: list[Atom], accent: str) -> Atom:
    inside = [atom for atom in atoms if atom.kind != "gap"]
    if len(inside) != 1 or inside[0].kind != "ord" or (inside[0].text[1:2].isascii() and inside[0].text[1:2].isalnum()):
        raise Unknown("an accent over more than one letter")
    text = inside[0].text
    if not text:
        raise Unknown("an accent over nothing")
    at = 1
    while at < len(text) and unicodedata.combining(text[at]):
        at += 1
    return replace(inside[0], text=unicodedata.normalize("NFC", text[:at] + accent + text[at:]))


def lined(atoms: list[Atom], mark: str) -> Atom:
    text = line(atoms, script=True)
    if not text or len(text) > _MAX_LINED or any(unicodedata.combining(char) or char > "\u2e7f" for char in text):
        raise Unknown("a line over too much")
    return Atom("ord", "".join(char + mark for char in text))
