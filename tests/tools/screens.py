"""The pictures of the README, made from the program itself: `python tests/tools/screens.py [NAME …]`.

Owns which screens are shown and how a cell is drawn: box lines and blocks by hand, so that they join, letters with
DejaVu Sans Mono and Noto Sans CJK. Refuses to touch what a screen says: each is what the program wrote to a terminal.
Needs Pillow, pyte and these fonts (fonts-dejavu-core, fonts-noto-cjk), and a system with pseudo-terminals.

Every run starts from a store of its own; two screens of one article may share one.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from pseudo_terminal import Terminal  # noqa: E402

FOLDER = ROOT / ".readme"
ARTICLES = Path(tempfile.gettempdir()) / "reader" / "articles"
"""A copy of the samples: the path is on one of the screens."""
CELL = (10, 21)
SIZES = (16, 19)
"""Of Latin letters and of those two cells wide, in pixels."""
FONTS = {
    False: ("/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf", "NotoSansCJK-Regular.ttc"),
    True: ("/usr/share/fonts/truetype/dejavu/DejaVuSansMono-Bold.ttf", "NotoSansCJK-Bold.ttc"),
}
CJK_FOLDER = Path("/usr/share/fonts/opentype/noto")
SIMPLIFIED = 7
"""Index of Noto Sans Mono CJK SC in its collection."""
DAYS, NEWS = "the-days-that-never-were.md", "sodium-battery-news.md"
ESC = "\x1b"


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture."""

    name: str
    article: str
    """A file or folder, as seen from `ARTICLES`."""
    keys: tuple[str, ...] = ()
    """Typed one after the other, each when the program is at rest."""
    theme: str = "ink"
    chinese: bool = False
    """Whether the program is to speak Chinese, as far as it can."""
    size: tuple[int, int] = (112, 34)
    before: tuple[str, ...] = ()
    """Keys of a run before this one, with the same store."""


MARKED = ("}}}", "H", "}}}", "H", "2", "a", "Check this against Clavius. #calendar", "\r")
SCENES = (
    Scene("screen", DAYS, ("c", "c", "c")),
    Scene("claims", NEWS, ("4", "j", "j", "j"), "paper", chinese=True),
    Scene("search", NEWS, ("/", "钠离子", "\r", "n", "n", "3"), chinese=True),
    Scene("notes", DAYS, ("j" * 12, "5"), "paper", before=MARKED),
    Scene("skim", NEWS, ("s",), "paper", chinese=True),
    Scene("peek", DAYS, (" ", " ", "p"), "paper"),
    Scene("images", DAYS, ("i",)),
    Scene("library", ".", ()),
)
EXPECTED = {"library": "typhoon", **dict.fromkeys(("claims", "search", "skim"), "钠")}
"""A word that is on the screen when the program has come up; the title otherwise."""


def made(scene: Scene, state: Path) -> Image.Image:
    """The picture of a scene."""
    if scene.before:
        run(scene, scene.before, state).close()
    terminal = run(scene, scene.keys, state)
    try:
        return drawn(terminal)
    finally:
        terminal.close()


def run(scene: Scene, keys: tuple[str, ...], state: Path) -> Terminal:
    """The program after these keys."""
    language = {"LANG": "zh_CN.UTF-8", "LANGUAGE": "zh_CN", "LC_ALL": "zh_CN.UTF-8"} if scene.chinese else {}
    env = {"LANG": "C.UTF-8", "LANGUAGE": "en", "LC_ALL": "C.UTF-8", "TERM": "xterm-256color"}
    env |= {"COLORTERM": "truecolor", "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)} | language
    env |= {f"XDG_{kind}_HOME": str(state / kind) for kind in ("CONFIG", "STATE", "CACHE")}
    command = [sys.executable, "-m", "reader", "--theme", scene.theme, "--fresh", scene.article]
    terminal = Terminal(command, env=env, cwd=ARTICLES, columns=scene.size[0], rows=scene.size[1])
    terminal.expect(EXPECTED.get(scene.name, "Never Were"))
    terminal.rest(quiet=1.0)  # the claims are there
    for key in keys:
        terminal.press(key)
    terminal.rest(quiet=1.0)
    return terminal


# --- Drawing ----------------------------------------------------------------------------------------------------------


def fonts(bold: bool) -> tuple[ImageFont.FreeTypeFont, ImageFont.FreeTypeFont]:
    """For Latin letters, and for all that is two cells wide."""
    latin, cjk = FONTS[bold]
    wide = ImageFont.truetype(str(CJK_FOLDER / cjk), SIZES[1], index=SIMPLIFIED)
    return ImageFont.truetype(latin, SIZES[0]), wide


def drawn(terminal: Terminal) -> Image.Image:
    """The screen, cell by cell."""
    columns, rows = terminal.columns, terminal.rows
    image = Image.new("RGB", (columns * CELL[0], rows * CELL[1]))
    pen = ImageDraw.Draw(image)
    letters = {bold: fonts(bold) for bold in (False, True)}
    buffer = terminal.screen.buffer
    for y in range(rows):
        for x in range(columns):
            cell = buffer[y][x]
            fore, back = colours(cell)
            left, top = x * CELL[0], y * CELL[1]
            pen.rectangle((left, top, left + CELL[0] - 1, top + CELL[1] - 1), fill=back)
    for y in range(rows):
        for x in range(columns):
            cell = buffer[y][x]
            fore, back = colours(cell)
            left, top = x * CELL[0], y * CELL[1]
            wide = x + 1 < columns and buffer[y][x + 1].data == ""
            width = CELL[0] * (1 + wide)
            if cell.data.strip() and not shape(pen, cell.data, (left, top, width), fore, back):
                latin, cjk = letters[bool(cell.bold)]
                pen.text((left, top + (-4 if wide else 1)), cell.data, font=cjk if wide else latin, fill=fore)
            if cell.underscore:
                pen.line((left, top + CELL[1] - 3, left + width - 1, top + CELL[1] - 3), fill=fore)
            if cell.strikethrough:
                pen.line((left, top + CELL[1] // 2, left + width - 1, top + CELL[1] // 2), fill=fore)
    return image


def colours(cell: object) -> tuple[str, str]:
    """Foreground and background of a cell of pyte."""
    fore, back = (
        f"#{value}" if len(value) == 6 and value != "default" and value.isalnum() else otherwise
        for value, otherwise in ((cell.fg, "#d6d3cc"), (cell.bg, "#1b1d22"))  # type: ignore[attr-defined]
    )
    return (back, fore) if cell.reverse else (fore, back)  # type: ignore[attr-defined]


LINES = {"─": (0, 1, 1), "━": (0, 1, 2), "│": (1, 0, 1), "┃": (1, 0, 3)}
"""Down, across, thickness in pixels."""
BLOCKS = {
    "█": (0, 0, 8, 8),
    "▀": (0, 0, 8, 4),
    "▄": (0, 4, 8, 8),
    "▌": (0, 0, 4, 8),
    "▐": (4, 0, 8, 8),
    "▏": (0, 0, 1, 8),
    "▎": (0, 0, 2, 8),
    "▍": (0, 0, 3, 8),
    "▕": (7, 0, 8, 8),
    "▔": (0, 0, 8, 1),
    "▁": (0, 7, 8, 8),
}
"""Edges in eighths of a cell."""
CORNERS = {"╭": (1, 1), "╮": (-1, 1), "╰": (1, -1), "╯": (-1, -1), "┼": (0, 0)}


def shape(pen: ImageDraw.ImageDraw, sign: str, cell: tuple[int, int, int], fore: str, back: str) -> bool:
    """Draws what has to join with its neighbours, and the sign of an image; False for all else."""
    left, top, width = cell
    middle = (left + CELL[0] // 2, top + CELL[1] // 2)
    if sign in BLOCKS:
        a, b, c, d = BLOCKS[sign]
        edges = (left + CELL[0] * a // 8, top + CELL[1] * b // 8)
        pen.rectangle((*edges, left + CELL[0] * c // 8 - 1, top + max(1, CELL[1] * d // 8) - 1), fill=fore)
    elif sign in LINES:
        down, across, thick = LINES[sign]
        if down:
            pen.rectangle((middle[0] - thick // 2, top, middle[0] + (thick - 1) // 2, top + CELL[1] - 1), fill=fore)
        if across:
            pen.rectangle((left, middle[1], left + width - 1, middle[1] + thick - 1), fill=fore)
    elif sign in CORNERS:
        right, below = CORNERS[sign]
        pen.line((middle[0] if right else left, middle[1], left + (CELL[0] if right >= 0 else 0), middle[1]), fill=fore)
        pen.line((middle[0], middle[1] if below else top, middle[0], top + (CELL[1] if below >= 0 else 0)), fill=fore)
    elif sign[0] == "🖼":
        pen.rectangle((left + 1, top + 5, left + width - 2, top + 16), outline=fore)
        pen.polygon(((left + 3, top + 15), (left + 6, top + 9), (left + 9, top + 15)), fill=fore)
    else:
        return False
    return True


def main(names: list[str]) -> None:
    """Makes the pictures with these names, or all."""
    FOLDER.mkdir(exist_ok=True)
    shutil.rmtree(ARTICLES, ignore_errors=True)
    shutil.copytree(ROOT / "sample_articles", ARTICLES)
    for scene in SCENES:
        if names and scene.name not in names:
            continue
        with tempfile.TemporaryDirectory() as state:
            image = made(scene, Path(state))
        path = FOLDER / f"{scene.name}.png"
        image.quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)
        print(f"{path.relative_to(ROOT)}: {os.path.getsize(path) / 1024:.0f} KB, {scene.theme}", flush=True)


if __name__ == "__main__":
    files = [Path(name) for latin, cjk in FONTS.values() for name in (latin, CJK_FOLDER / cjk)]
    if missing := [str(file) for file in files if not file.exists()]:
        sys.exit(f"these fonts are missing: {', '.join(missing)}")
    main(sys.argv[1:])
