"""Code in colour: a language's name and its text become ranges with a role.

Owns the choice of a lexer and the small set of token roles the looks know. Refuses to guess a language the author did
not name, and to spend time on a block that is too large to be read. Pygments is imported with the first block of code.

Run as a script it answers blocks on standard input, a line of JSON each, on standard output; see `colourer`. It is a
script, and no module of the package is imported, since that process should start at once and cost little.
"""

from __future__ import annotations

import sys
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


def _answer(time_limit_s: float) -> None:
    """Answer until standard input ends. A block that takes longer than the limit ends the process."""
    import faulthandler
    import json
    import os
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in an editor that the reader has opened is not for us
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for line in sys.stdin.buffer:
        language, code = json.loads(line)
        # Its thread needs no lock of the interpreter, which a regular expression keeps as long as it runs. So the
        # process ends in time on every system, also where the one that asks is gone.
        faulthandler.dump_traceback_later(time_limit_s, exit=True, file=nowhere)
        try:
            found = list(tokens(code, language))
        except Exception:  # whatever a lexer raises, the block stays without colours
            found = []
        faulthandler.cancel_dump_traceback_later()
        sys.stdout.write(json.dumps(found) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _answer(float(sys.argv[1]))
