"""Notes written into a folder: a Markdown or HTML file an article, or one file for all of them.

Owns names, and the safety of what is there: a file is replaced as a whole or not at all, what stands below the line
`END` of a Markdown file stays byte for byte, and a file that does not look like one of ours is left alone.

Invariant: no file outside the folder is written, and none that ours does not stand in.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import stat
import tempfile
import unicodedata
from collections.abc import Iterable
from typing import Final, Literal

from reader.document import record
from reader.export.notes.markdown import END
from reader.export.notes.value import ArticleNotes
from reader.locale import _
from reader.sanitize import clean_line, pattern

MAX_NAME_BYTES: Final = 120
MAX_FILE_BYTES: Final = 1 << 26
_HEAD_BYTES: Final = 4096
_MARK: Final = pattern(rb"(?m)^reader: \"([0-9a-f]{16})\"\r?$")
_PAGE_MARK: Final = pattern(rb"(?m)^<!-- reader: ([0-9a-f]{16}) -->\r?$")
_UNFIT: Final = pattern(r'[\x00-\x1f\x7f/\\:*?"<>|#^\[\]]+')
_RESERVED: Final = pattern(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
_END: Final = pattern(rb"(?m)^" + re.escape(END.encode()) + rb"[ \t]*\r?\n?")


@record
class Written:
    """What became of the notes of one article."""

    path: str
    changed: bool
    """False: the file said so already."""


def write_notes(
    folder: str, several: Iterable[tuple[ArticleNotes, str]], ending: Literal[".md", ".html"] = ".md"
) -> tuple[Written, ...]:
    """Writes a file for each article into `folder`, which is made where missing: its notes and the text of the file, as
    `as_markdown` or `as_html` make it.

    A file is known by a line at its head, so it may be renamed. Raises OSError.
    """
    os.makedirs(folder, exist_ok=True)
    known = _known_files(folder, ending)
    done: list[Written] = []
    for notes, text in several:
        mark = article_mark(notes)
        content = _marked(text, mark, ending).encode("utf-8", "replace")
        path = known.get(mark) or _free_name(folder, notes.title, ending)
        done.append(_write(path, content, known=mark in known, ending=ending))
        known[mark] = path
    return tuple(done)


def write_file(path: str, text: str, ours: str) -> Written:
    """Writes one file for all articles. One that is there is written over where `ours` stands in its first 4 KiB; else
    it is somebody else's. Raises OSError."""
    content = text.encode("utf-8", "replace")
    before: bytes | None = None
    with contextlib.suppress(FileNotFoundError), open(path, "rb") as file:
        before = file.read(MAX_FILE_BYTES)
    if before is not None and ours.encode() not in before[:_HEAD_BYTES]:
        what = _("there is a file of that name that the reader has not written")
        raise FileExistsError(17, what, path)
    if content == before:
        return Written(path, False)
    os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
    replace_file(os.path.realpath(path), content)
    return Written(path, True)


def article_mark(notes: ArticleNotes) -> str:
    """16 hexadecimal digits that stand for the article: for its path, or its bytes where it has none."""
    article = notes.article
    key = f"path {article.path}" if article.path is not None else f"digest {article.digest}"
    return hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _marked(text: str, mark: str, ending: str) -> str:
    if ending == ".html":
        doctype, _, page = text.partition("\n")
        return f"{doctype}\n<!-- reader: {mark} -->\n{page}"
    head, fence, rest = text.partition("\n---\n")
    return f'{head}\nreader: "{mark}"{fence}{rest}'


def _known_files(folder: str, ending: str) -> dict[str, str]:
    """Our files in the folder, by their mark."""
    found: dict[str, str] = {}
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if not entry.name.endswith(ending) or not entry.is_file():
                continue
            with contextlib.suppress(OSError), open(entry.path, "rb") as file:
                head = file.read(_HEAD_BYTES)
                mark = _PAGE_MARK.search(head) if ending == ".html" else _MARK.search(head.partition(b"\n---")[0])
                if mark is not None:
                    found.setdefault(mark[1].decode(), entry.path)
    return found


def _free_name(folder: str, title: str, ending: str) -> str:
    base = file_name(title).removesuffix(ending)
    for number in range(1, 10_000):
        path = os.path.join(folder, f"{base}{f' {number}' if number > 1 else ''}{ending}")
        if not os.path.lexists(path):
            return path
    raise FileExistsError(_("{folder}: there are too many files named {name}").format(folder=folder, name=base))


def file_name(title: str) -> str:
    """A title as a file name of any system, without its ending."""
    name = unicodedata.normalize("NFC", _UNFIT.sub(" ", clean_line(title)))
    name = " ".join(name.split()).strip(". ")
    name = name.encode("utf-8", "replace")[:MAX_NAME_BYTES].decode("utf-8", "ignore").strip(". ")
    return f"_{name}" if _RESERVED.match(name) else name or "Untitled"


def _write(path: str, text: bytes, *, known: bool, ending: str) -> Written:
    path = os.path.realpath(path)
    before: bytes | None = None
    if known:
        with open(path, "rb") as file:
            before = file.read(MAX_FILE_BYTES + 1)
        if len(before) > MAX_FILE_BYTES:
            raise OSError(0, _("it is over 64 MiB"), path)
        end = _END.search(before)
        if ending == ".html":
            pass
        elif end is None:
            # Whose the lines are is not known: all that is there stays, below what is written.
            text += b"\n" + before.partition(b"\n---")[2].partition(b"\n")[2]
        else:
            text += before[end.end() :]
    if text == before:
        return Written(path, False)
    replace_file(path, text)
    return Written(path, True)


def replace_file(path: str, content: bytes) -> None:
    """Writes a file so that whoever reads it has the old content or the new one, whatever happens meanwhile.

    It keeps the mode of the one that was there. Raises OSError.
    """
    folder = os.path.dirname(os.path.abspath(path))
    mode = 0o666 & ~_umask()
    with contextlib.suppress(FileNotFoundError):
        mode = stat.S_IMODE(os.stat(path).st_mode)
    handle, temporary = tempfile.mkstemp(prefix=".reader-", suffix=".tmp", dir=folder)
    try:
        with open(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, mode)
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
