"""Code in colour: a language's name and its text become ranges with a role.

Owns the choice of a lexer and the small set of token roles the looks know. Refuses to guess a language the author did
not name, and to spend time on a block that is too large to be read. Pygments is imported with the first block of code.

It is a script for a `ScriptProcess`, and no module of the package is imported, since that process should start at once
and cost little.
"""

from __future__ import annotations

from collections.abc import Iterator

LARGEST = 100_000
"""Characters; a longer block stays plain."""

_ROLES = (
    ("Comment", "syntax-comment"),
    ("Keyword", "syntax-keyword"),
    ("Literal.String", "syntax-string"),
    ("Literal.Number", "syntax-number"),
    ("Literal", "syntax-string"),
    ("Operator.Word", "syntax-keyword"),
    ("Name.Function", "syntax-function"),
    ("Name.Class", "syntax-function"),
    ("Name.Decorator", "syntax-function"),
    ("Name.Builtin", "syntax-builtin"),
    ("Name.Tag", "syntax-keyword"),
    ("Name.Attribute", "syntax-function"),
    ("Generic.Deleted", "syntax-deleted"),
    ("Generic.Inserted", "syntax-inserted"),
    ("Generic.Heading", "syntax-keyword"),
    ("Generic.Subheading", "syntax-keyword"),
    ("Generic.Prompt", "syntax-comment"),
)


def tokens(code: str, language: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, role) of what has a colour, as places in `code`, sorted, none over another; nothing for an unknown
    language."""
    if not language or len(code) > LARGEST:
        return
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return
    at = 0
    # A lexer of sessions hands out prompts after the code between them.
    for start, kind, value in sorted(lexer.get_tokens_unprocessed(code), key=lambda token: token[0]):
        name = str(kind).removeprefix("Token.")
        for prefix, role in _ROLES:
            if name.startswith(prefix):
                if value.strip() and start >= at:
                    at = start + len(value)
                    yield start, at, role
                break


def prepare() -> None:
    """What is imported before the first question."""
    import pygments.lexers  # noqa: F401


def answer(question: list[str]) -> list[tuple[int, int, str]]:
    """The tokens of (language, code)."""
    language, code = question
    return list(tokens(code, language))
