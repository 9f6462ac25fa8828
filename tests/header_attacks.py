"""Headers that make parsers of YAML and TOML slow, or crash: each fills most of the 64 KiB that a header may have."""

from __future__ import annotations


def repeated(unit: str, size: int) -> str:
    """`unit` so often that it makes about `size` characters."""
    return unit * (size // len(unit))


ATTACKS = {
    "flow sequences": "a: " + repeated("[", 60_000),
    "flow mappings": "a: " + repeated("{", 60_000),
    "dashes": repeated("- ", 60_000),
    "question marks": repeated("? ", 60_000),
    "indentation": "\n".join(" " * depth + "a:" for depth in range(340)),
    "long key": repeated("a", 60_000) + ": b",
    "long value": "title: " + repeated("a", 60_000),
    "many keys": "\n".join(f"key{number}: a" for number in range(5000)),
    "one key many times": repeated("title: a\n", 60_000),
    "broken entries": repeated("title: @a\n", 60_000),
    "many values": "a: [" + repeated("a,", 60_000) + "]",
    "aliases": "a: &a [x, x]\n"
    + "".join(f"b{n}: &b{n} [*{before}, *{before}]\n" for n, before in enumerate(["a", *(f"b{n}" for n in range(30))])),
    "merges": "a: &a {x: y}\n" + repeated("b: {<<: *a}\n", 60_000),
    "tags": "\n".join(f"a{n}: !!python/object/apply:os.system [x]" for n in range(1000)),
    "open quote": "a: '" + repeated("x\n", 60_000),
    "tabs": "a:\n" + repeated("\tb: c\n", 60_000),
}


TOML_ATTACKS = {
    "arrays": "a = " + repeated("[", 60_000),
    "inline tables": "a = " + repeated("{a=", 60_000),
    "dotted key": repeated("a.", 60_000) + "a = 1",
    "dotted table": "[" + repeated("a . ", 60_000) + "a]",
    "dotted keys": "\n".join("a." * 90 + f"k{n} = 1" for n in range(300)),
    "tables": "\n".join(f"[a{n}]" for n in range(7000)),
    "digits": "a = " + repeated("9", 60_000),
}
