"""From roles to colours: what a theme makes of "heading h2", "strong link" or a mark.

Owns the two house themes and every style the page is drawn with. Refuses colour as the only sign: each role whose
meaning matters also has a weight, a line or a character (the layout's ornaments, the signs in the gutter).
"""

from __future__ import annotations

from collections.abc import Mapping

from rich.style import Style
from textual.color import Color
from textual.theme import Theme

INK = Theme(
    name="ink",
    primary="#8fb8de",
    secondary="#c3a6d8",
    accent="#e0a872",
    success="#9cc48a",
    warning="#e6c66a",
    error="#e08a7e",
    foreground="#d6d3cc",
    background="#1b1d22",
    surface="#22252b",
    panel="#2a2e36",
    dark=True,
    variables={"footer-key-foreground": "#e0a872"},
)
PAPER = Theme(
    name="paper",
    primary="#285f8f",
    secondary="#7a4a8c",
    accent="#a6541a",
    success="#47702f",
    warning="#b88a00",
    error="#a8362a",
    foreground="#2c2a26",
    background="#faf7f0",
    surface="#f2eee4",
    panel="#e9e4d7",
    dark=False,
)
THEMES = (INK, PAPER)


class ThemeStyles:
    """The styles of one theme, each made once."""

    def __init__(self, variables: Mapping[str, str], *, fine: bool = True) -> None:
        """`variables` are Textual's theme variables: "primary", "background" and so on to colours. Not `fine`: the
        terminal shows no tints, or few, and a line says what they would."""

        def colour(name: str, otherwise: str) -> Color:
            try:
                return Color.parse(variables.get(name, otherwise))
            except ValueError:
                return Color.parse(otherwise)

        self._fine = fine
        self._ground = colour("background", "#000000")
        self._text = colour("foreground", "#ffffff")
        primary, secondary = colour("primary", "#8888ff"), colour("secondary", "#bb88ff")
        accent, success = colour("accent", "#ffaa66"), colour("success", "#88cc88")
        warning, error = colour("warning", "#ffcc66"), colour("error", "#ff8888")
        panel = colour("panel", "#222222")
        muted, faint = self._muted(), self._faded(0.3)
        code = self._mix(panel, 0.75)
        claimed = accent if fine or not self._dark else self._text  # among 256 colours only greys are that near
        self._plain = Style(color=self._text.rich_color, bgcolor=self._ground.rich_color)
        fore = self._fore
        alerts = {"note": primary, "tip": success, "important": secondary, "warning": warning, "caution": error}
        self._parts: dict[str, Style] = {
            "title": fore(self._text, bold=True),
            "title-rule": fore(primary),
            "byline": muted,
            "card-head": muted,
            "card": muted,
            "card-warning": fore(warning),
            "heading": fore(primary, bold=True),
            "h2": fore(primary, bold=True),
            "h3": fore(secondary, bold=True),
            "h4": fore(accent, bold=True),
            "heading-rule": fore(primary, bold=False) + faint,
            "inferred": fore(secondary, bold=True, italic=True),
            "strong": Style(bold=True),
            "emphasis": Style(italic=True),
            "strike": Style(strike=True) + muted,
            "insert": Style(underline=True),
            "mark": self._back(warning, 0.3) + Style(bold=True),
            "code": fore(accent) + code,
            "kbd": fore(self._text, bold=True) + code,
            "math": fore(secondary, italic=True),
            "math-block": fore(secondary),
            "link": fore(primary, underline=True) + Style(italic=None if fine else True),  # claims have a line then
            "image": fore(accent, underline=True),
            "note": fore(accent),
            "credit": muted,
            "footer": muted,
            "caption": muted + Style(italic=True),
            "term": Style(bold=True),
            "summary": Style(bold=True),
            "bullet": fore(primary),
            "done": fore(success),
            "note-mark": fore(accent),
            "quote-bar": self._blend(primary, 0.6),
            "details-bar": faint,
            "code-block": code,
            "label": muted,
            "table-head": Style(bold=True),
            "table-rule": faint,
            "rule": faint,
            "alert": Style(),
            "focus": Style(bold=True, reverse=True),
            "selection": self._tint(primary, 0.35),
            "match": self._match(warning),
            "current": Style(color=self._ground.rich_color, bgcolor=fore(warning).color, bold=True),
            "passage": fore(primary),
            **{f"highlight-{n}": self._tint(c, 0.32) for n, c in enumerate((warning, success, primary, secondary), 1)},
            "hint": Style(color=self._ground.rich_color, bgcolor=accent.rich_color, bold=True),
            "claim": self._lit(claimed, CLAIM_CONTRAST) + Style(underline=None if fine else True),
            "status": self._mix(panel, 1.0),
            "key": fore(accent, bold=True),
            "said": fore(primary, bold=True),
            "warning": fore(warning, bold=True),
            "claim-current": self._lit(claimed, CURRENT_CONTRAST) + Style(bold=True),
            "gutter": fore(accent, bold=True),
            "track": faint,
            "thumb": muted,
            "tick-match": fore(warning, bold=True),
            "tick-claim": fore(accent),
            "syntax-comment": muted + Style(italic=True),
            "syntax-keyword": fore(secondary, bold=True),
            "syntax-string": fore(success),
            "syntax-number": fore(accent),
            "syntax-function": fore(primary),
            "syntax-builtin": fore(primary, italic=True),
            "syntax-deleted": fore(error),
            "syntax-inserted": fore(success),
            "aside": muted,
            "aside-sign": fore(accent),
            "aside-note": self._faded(0.85),
            "aside-current": self._faded(0.95),
            "list-cursor": self._tint(primary, 0.3) + Style(bold=True),
            "list-cursor-idle": self._back(primary if fine else self._text, 0.14),
            "list-here": fore(primary, bold=True),
            "list-detail": muted,
            "list-head": fore(secondary, bold=True),
            "pane-head": fore(self._text, bold=True) + self._tint(primary, 0.3),
            "pane-head-idle": muted + Style(bold=True),
            "list-idle": self._faded(0.78),
            "list-done": muted,
            "list-inferred": Style(italic=True),
            "list-note": fore(accent),
            **{f"alert-{kind}": fore(colour, bold=True) for kind, colour in alerts.items()},
        }
        self._colours = (self._text, error, success, warning, primary, secondary, accent, self._text)
        """For the eight of terminals (black, red, green, yellow, blue, magenta, cyan, white) the theme's, which can be
        read on its ground."""
        self._made: dict[str, Style] = {}
        self._over: dict[tuple[Style, str], Style] = {}
        self._same: dict[Style, Style] = {}
        """Roles that look alike share one style, so that neighbours can be drawn as one."""

    @property
    def _dark(self) -> bool:
        return self._ground.brightness < 0.5

    @property
    def ground(self) -> tuple[int, int, int]:
        """The page's background: red, green and blue, 0 to 255."""
        red, green, blue = self._ground.rgb
        return red, green, blue

    def style(self, role: str) -> Style:
        """The look of a role: its names' styles, one over the other, over the page's."""
        made = self._made.get(role)
        if made is None:
            made = self._plain
            if (at := role.find("px-")) >= 0:  # of a picture: not kept, since there may be a million
                return made + _pixels(role[at + 3 :])
            for name in role.split():
                made += self._sgr(name[4:]) if name.startswith("sgr-") else self._parts.get(name, _NOTHING)
            if "code" in role or "syntax" in role:  # their ground is not the page's
                made = self._on_its_ground(made)
            made = self._made[role] = self._same.setdefault(made, made)
        return made

    def _on_its_ground(self, style: Style) -> Style:
        """The style with a colour that can be read on its ground."""
        if style.color is None or style.bgcolor is None or style.reverse:
            return style
        colour = self._legible(Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor))
        return style + Style(color=colour.rich_color)

    def _sgr(self, parameters: str) -> Style:
        """The look of a span of the kind "sgr" (see `reader.document.SpanKind`), made readable: a foreground far from
        its ground, a background that is a tint of it."""
        codes = parameters.split(";")
        made = _NOTHING
        while codes:
            code = codes.pop(0)
            if code in ("2", "7"):
                made += self._muted() if code == "2" else Style(reverse=True)
                continue
            back = code.startswith(("4", "10"))
            if code in ("38", "48"):
                count = 3 if codes.pop(0) == "2" else 1
                parts, codes = [int(part) for part in codes[:count]], codes[count:]
                colour = Color(parts[0], parts[1], parts[2]) if count == 3 else self._of_table(parts[0])
            else:
                colour = self._colours[int(code[-1])]
            made += self._back(colour, 0.35) if back else Style(color=self._readable(colour).rich_color)
        return made

    def _of_table(self, number: int) -> Color:
        """A colour of the table of 256: 16 of the theme's, a cube of six steps, 24 greys (as xterm has them)."""
        if number < 16:
            return self._colours[number % 8]
        if number < 232:
            steps = (0, 95, 135, 175, 215, 255)
            red, green, blue = (steps[(number - 16) // size % 6] for size in (36, 6, 1))
            return Color(red, green, blue)
        grey = 8 + 10 * (number - 232)
        return Color(grey, grey, grey)

    def _readable(self, colour: Color) -> Color:
        """The colour, or so much of it in the text's that it stands out from the ground."""
        if self._ground.ansi is not None or colour.ansi is not None:
            return colour
        for share in (0.0, 0.25, 0.5, 0.75):
            mixed = colour.blend(self._text, share)
            if abs(mixed.brightness - self._ground.brightness) >= _LEAST_CONTRAST:
                return mixed
        return self._text

    def mark(self, role: str) -> Style:
        """The look of a mark alone."""
        return self._parts.get(role, _NOTHING)

    def over(self, style: Style, role: str) -> Style:
        """A style with a mark laid over it; what would not be read on the mark's ground is darker, or lighter. A claim
        under a highlight has a line, since its ground is the highlight's."""
        made = self._over.get((style, role))
        if made is None:
            made = style + self.mark(role)
            claim = self.mark("claim")
            if role.startswith("highlight-") and claim.bgcolor is not None and style.bgcolor == claim.bgcolor:
                made += Style(underline=True)
            made = self._over[style, role] = self._on_its_ground(made)
        return made

    # A terminal palette ("ansi" themes) cannot be mixed: weight, dimness and reverse stand in for blends.

    def _fore(self, colour: Color, **more: bool) -> Style:
        return Style(color=self._legible(colour, self._ground).rich_color, **more)  # type: ignore[arg-type]

    def _legible(self, colour: Color, ground: Color) -> Color:
        """The colour, or so much of it in the text's, or the page's, that it has `TEXT_CONTRAST` to a ground, as far as
        that goes."""
        if ground.ansi is not None or colour.ansi is not None or self._text.ansi is not None:
            return colour
        away = max((self._text, self._ground), key=lambda one: contrast_of(one, ground))
        mixed = (colour.blend(away, share / 10) for share in range(10))
        return next((one for one in mixed if contrast_of(one, ground) >= TEXT_CONTRAST), away)

    def _mixed(self, colour: Color, share: float) -> Color | None:
        if self._ground.ansi is not None or colour.ansi is not None:
            return None
        return self._ground.blend(colour, share)

    def _mix(self, colour: Color, share: float) -> Style:
        mixed = self._mixed(colour, share)
        return Style() if mixed is None else Style(bgcolor=mixed.rich_color)

    def _back(self, colour: Color, share: float) -> Style:
        mixed = self._mixed(colour, share)
        return Style(reverse=True) if mixed is None else Style(bgcolor=mixed.rich_color)

    def _lit(self, colour: Color, contrast: float) -> Style:
        """A background of the colour, of so much that it has this contrast to the ground, or as near as it gets."""
        if self._mixed(colour, 0) is None:
            return Style(reverse=True)
        shares = (share / 50 for share in range(1, 50))
        share = next(
            (one for one in shares if contrast_of(self._ground.blend(colour, one), self._ground) >= contrast), 1
        )
        return self._back(colour, share)

    def _match(self, colour: Color) -> Style:
        """A background that is seen before the claims'; where tints are few, one that is a colour of its own."""
        if self._fine or self._mixed(colour, 0) is None:
            return self._lit(colour, MATCH_CONTRAST)
        lit = self._lit(colour, 5 if self._dark else 3)
        return Style(color=(self._ground if self._dark else self._text).rich_color) + lit

    def _tint(self, colour: Color, share: float) -> Style:
        """As `_back`; where there are 256 colours, or fewer, the nearest hue: the nearest colour is a grey for all."""
        if self._fine or self._mixed(colour, share) is None:
            return self._back(colour, share)
        levels = (0, 95, 135) if self._dark else (135, 175, 215, 255)
        cube = (Color(red, green, blue) for red in levels for green in levels for blue in levels)
        least, most = _TINT_CONTRASTS
        tints = [one for one in cube if one.hsl.s and least <= contrast_of(one, self._ground) <= most]

        def apart(one: Color) -> tuple[int, float]:
            turn = abs((one.hsl.h - colour.hsl.h + 0.5) % 1 - 0.5)
            return round(18 * turn), -one.hsl.s

        found = min(tints, key=apart, default=colour)
        return Style(bgcolor=found.rich_color)

    def _blend(self, colour: Color, share: float) -> Style:
        mixed = self._mixed(colour, share)
        return Style(dim=True) if mixed is None else Style(color=mixed.rich_color)

    def _faded(self, share: float) -> Style:
        return self._blend(self._text, share)

    def _muted(self) -> Style:
        """Text that matters less, and can still be read."""
        mixed = self._mixed(self._text, 0.62)
        return Style(dim=True) if mixed is None else self._fore(mixed)


def _pixels(colours: str) -> Style:
    """The upper pixel of a cell over the lower one, or one colour that is the number of a picture: RRGGBB each."""
    upper, lower = colours[:6], colours[6:]
    return Style(color=f"#{upper}", bgcolor=f"#{lower}" if lower else None)


def contrast_of(one: Color, other: Color) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Color) -> float:
    """WCAG 2.2, "relative luminance"."""
    red, green, blue = (
        (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4) for part in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


_NOTHING = Style()
CLAIM_CONTRAST, CURRENT_CONTRAST, MATCH_CONTRAST = 1.75, 2.35, 2.35
"""Of the tint of a claim, of the current one, and of a match, to the page: what the person looks for is seen first."""
TEXT_CONTRAST = 4.5
"""Of text to its ground, at the least (WCAG 2.2, 1.4.3)."""
_TINT_CONTRASTS = 1.2, 2.6
"""The least and the most of a tint among 256 colours, to the page."""
_LEAST_CONTRAST = 0.3
"""Between the brightness, 0 to 1, of a text and of its ground."""
