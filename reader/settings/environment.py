"""What the environment says: the language, the programs the person prefers, what the terminal is, where files are kept.

Owns every look at a variable and at the platform's folders. Refuses to act on one.
"""

from __future__ import annotations

import os
from typing import Final, Literal

from reader import locale

_APPLICATION: Final = "article-reader"


def config_path() -> str:
    """Where the settings file is looked for on this platform; it need not be there."""
    import platformdirs

    return os.path.join(platformdirs.user_config_dir(_APPLICATION, appauthor=False), "config.toml")


def store_path(folder: str | None = None) -> str:
    """Where places, bookmarks and the like are kept: in `folder`, else in the platform's place for state."""
    if folder is None:
        import platformdirs

        folder = platformdirs.user_state_dir(_APPLICATION, appauthor=False)
    return os.path.join(folder, "reader.sqlite")


def pages_path(folder: str | None = None) -> str:
    """The folder in which fetched pages are kept, beside the store."""
    return os.path.join(os.path.dirname(store_path(folder)), "web")


def no_color() -> bool:
    """Whether colour is unwanted (no-color.org: NO_COLOR is there and not empty) or impossible (TERM=dumb)."""
    return bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"


def editor() -> str | None:
    """The command line of the person's editor, not split into words: $VISUAL, else $EDITOR."""
    return os.environ.get("VISUAL") or os.environ.get("EDITOR") or None


def browsers() -> tuple[str, ...]:
    """The command lines of $BROWSER, which are separated as the folders of $PATH are."""
    return tuple(line for line in os.environ.get("BROWSER", "").split(os.pathsep) if line.strip())


def multiplexer() -> Literal["tmux", "screen"] | None:
    """The program between the reader and its terminal, if one is."""
    return "tmux" if os.environ.get("TMUX") else "screen" if os.environ.get("STY") else None


def draws_images() -> bool:
    """Whether the environment names a terminal with kitty's graphics protocol and its Unicode placeholders (kitty,
    Ghostty), and no program between it and the reader."""
    environ = os.environ
    named = environ.get("KITTY_WINDOW_ID") or environ.get("GHOSTTY_RESOURCES_DIR")
    return bool(named or environ.get("TERM") in ("xterm-kitty", "xterm-ghostty")) and multiplexer() is None


def light_terminal() -> bool | None:
    """Whether the terminal is light, by COLORFGBG ("15;0": foreground and ground, numbers of the sixteen colours); None
    where that is not set."""
    ground = os.environ.get("COLORFGBG", "").rpartition(";")[2]
    return int(ground) in (7, *range(9, 16)) if ground.isascii() and ground.isdigit() else None


def remote() -> bool:
    """Whether the terminal is at another machine, reached by SSH."""
    return bool(os.environ.get("SSH_CONNECTION") or os.environ.get("SSH_TTY"))


def language(chosen: str = "") -> str:
    """The language to speak, one of `reader.locale.LANGUAGES`: the chosen one, where it is known, else the locale's.

    As gettext does it: the first of $LC_ALL, $LC_MESSAGES and $LANG that is set is the locale, and the names in
    $LANGUAGE come before it, unless it is C.
    """
    found = locale.named(chosen) if chosen else None
    if found is not None:
        return found
    own = next((name for key in ("LC_ALL", "LC_MESSAGES", "LANG") if (name := os.environ.get(key))), "")
    wanted = os.environ.get("LANGUAGE", "").split(":") if own.partition(".")[0] not in ("C", "POSIX") else []
    return locale.first_spoken((*filter(None, wanted), own))
