"""Where an article's header ends and its body begins, and what the header says.

Owns the fences (`fences`), the hardened handlers of python-frontmatter (`handlers`), and the meaning of the few entries
that the reader uses itself (`metadata`, `labels`, `dates`, `keys`). Refuses to lose text: whatever is no mapping of
keys is body.

Invariant: `split` raises nothing, and each word of the text is in the body, in the metadata's entries, or named in a
warning; only what a format itself calls a comment is passed over.
"""

from reader.frontmatter.dates import parse_date
from reader.frontmatter.fences import MAX_HEADER, Header, split
from reader.frontmatter.labels import CATEGORIES, by_name, flat, labels

__all__ = ["CATEGORIES", "MAX_HEADER", "Header", "by_name", "flat", "labels", "parse_date", "split"]
