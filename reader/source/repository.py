"""Where the Markdown behind a page of a code host is: the README of a repository, the source of a file.

Owns the addresses of the hosts that serve the text of a file under another path than the page about it. Refuses to ask
anything: what it names may not be there, and the page itself is what is left then. Invariant: an address of another
host, or of another kind of page, gives nothing.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import SplitResult, urlsplit, urlunsplit

from reader.sanitize import pattern

_READMES: Final = ("README.md", "readme.md", "README.markdown", "README.rst", "README")
_TEXTS: Final = pattern(r"(?i)\.(?:md|markdown|mdown|mkd|mdx|qmd|rmd|txt|text)$")
_NO_OWNERS: Final = frozenset((
    "about", "apps", "collections", "enterprise", "explore", "features", "groups", "help", "issues", "login",
    "marketplace", "notifications", "orgs", "pricing", "pulls", "search", "security", "sessions", "settings", "site",
    "sponsors", "stars", "topics", "trending", "users",
))  # fmt: skip
_NAME: Final = pattern(r"[\w.-]+")


def markdown_addresses(address: str) -> tuple[str, ...]:
    """Addresses of the text behind a page, the likeliest first; empty where the page is what there is."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ()
    names = [name for name in parts.path.split("/") if name]
    if parts.scheme not in ("http", "https") or len(names) < 2 or names[0].lower() in _NO_OWNERS:
        return ()
    if not all(map(_NAME.fullmatch, names[:2])):
        return ()
    host = (parts.hostname or "").removeprefix("www.")
    if host == "github.com":
        return _github(names)
    if host == "gitlab.com":
        return _gitlab(parts, names)
    if host == "gitee.com":
        return _beside(parts, names, page="blob", text="raw", head="raw/HEAD")
    if host == "bitbucket.org":
        return _beside(parts, names, page="src", text="raw", head="raw/HEAD")
    if host in ("codeberg.org", "gitea.com"):
        return _beside(parts, names, page="src", text="raw", head="raw/HEAD")
    return ()


def _github(names: list[str]) -> tuple[str, ...]:
    owner, name, *rest = names
    base = f"https://raw.githubusercontent.com/{owner}/{name.removesuffix('.git')}"
    if not rest:
        return tuple(f"{base}/HEAD/{readme}" for readme in _READMES)
    if rest[0] in ("blob", "raw") and len(rest) > 2 and _TEXTS.search(rest[-1]):
        return (f"{base}/{'/'.join(rest[1:])}",)
    if rest[0] == "tree" and len(rest) > 1:
        return tuple(f"{base}/{'/'.join(rest[1:])}/{readme}" for readme in _READMES)
    return ()


def _gitlab(parts: SplitResult, names: list[str]) -> tuple[str, ...]:
    if "-" not in names:
        return tuple(_with(parts, [*names, "-", "raw", "HEAD", readme]) for readme in _READMES)
    at = names.index("-")
    kind, rest = names[at + 1 : at + 2], names[at + 2 :]
    if kind == ["blob"] and len(rest) > 1 and _TEXTS.search(rest[-1]):
        return (_with(parts, [*names[:at], "-", "raw", *rest]),)
    if kind == ["tree"] and rest:
        return tuple(_with(parts, [*names[:at], "-", "raw", *rest, readme]) for readme in _READMES)
    return ()


def _beside(parts: SplitResult, names: list[str], *, page: str, text: str, head: str) -> tuple[str, ...]:
    if len(names) == 2:
        return tuple(_with(parts, [*names, *head.split("/"), readme]) for readme in _READMES)
    if names[2] == page and len(names) > 4 and _TEXTS.search(names[-1]):
        return (_with(parts, [*names[:2], text, *names[3:]]),)
    return ()


def _with(parts: SplitResult, names: list[str]) -> str:
    return urlunsplit((parts.scheme, parts.netloc, "/" + "/".join(names), "", ""))
