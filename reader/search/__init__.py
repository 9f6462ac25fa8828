"""Search within a text: a query, and its matches as ranges over it.

Owns the query and its options (`query`), the running of it over a text in slices (`scan`), what counts as the same
letter (`folding`, `variants`, `pinyin`), regular expressions with a bound of time and memory (`expression`, and the
process it runs, `matcher`), the matches found (`matches`), many texts searched as one (`joined`, with `fitted`), and
the line shown for a match (`excerpts`). Refuses to know about screens and threads.

Invariant: a match is not empty and lies between two empty lines of the text ("\\n\\n", which stands between blocks), so
searching a text in pieces, or on as it grows, finds what searching the whole finds.
"""

from typing import TYPE_CHECKING

from reader.search.excerpts import Excerpt, excerpt, word_at
from reader.search.matches import Matches
from reader.search.pinyin import available as pinyin_available
from reader.search.query import Case, Query, SearchError
from reader.search.scan import scan, search


def close() -> None:
    """Ends the process in which regular expressions run, if there is one, and frees the text it holds. A search that
    goes on keeps its own to its end; the next regular expression starts another."""
    import sys

    if (running := sys.modules.get("reader.search.expression")) is not None:
        running.close()


if TYPE_CHECKING:
    from reader.search.joined import ALONE as ALONE
    from reader.search.joined import Joined as Joined
    from reader.search.joined import Tally as Tally
    from reader.search.joined import kind as kind
    from reader.search.joined import prepare as prepare
else:

    def __getattr__(name):
        """The names that only a library needs, at their first use."""
        if name in ("ALONE", "Joined", "Tally", "kind", "prepare"):
            from reader.search import joined

            return getattr(joined, name)
        raise AttributeError(name)


__all__ = [
    "ALONE",
    "Case",
    "Excerpt",
    "Joined",
    "Matches",
    "Query",
    "SearchError",
    "Tally",
    "close",
    "excerpt",
    "kind",
    "pinyin_available",
    "prepare",
    "scan",
    "search",
    "word_at",
]
