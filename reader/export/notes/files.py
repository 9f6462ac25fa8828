"""Notes written into a folder: a Markdown file an article, written again without touching what a person added.

Owns names, and the safety of what is there: a file is replaced as a whole or not at all, what stands below the line
`END` stays byte for byte, and a file that does not look like one of ours is left alone.

Invariant: no file of another name than `.md` is written, none outside the folder.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import stat
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from reader.export.notes.markdown import END
from reader.export.notes.value import ArticleNotes
from reader.locale import _
from reader.sanitize import clean_line

MAX_NAME_BYTES: Final = 120
MAX_FILE_BYTES: Final = 1 << 26
_HEAD_BYTES: Final = 4096
_MARK: Final = re.compile(rb"(?m)^reader: \"([0-9a-f]{16})\"\r?$")
_UNFIT: Final = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|#^\[\]]+')
_RESERVED: Final = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
_END: Final = re.compile(rb"(?m)^" + re.escape(END.encode()) + rb"[ \t]*\r?\n?")


@dataclass(frozen=True, slots=True)
class Written:
    """What became of the notes of one article."""

    path: str
    changed: bool
    """False: the file said so already."""


def write_notes(
    folder: str, several: Iterable[ArticleNotes], render: Callable[[ArticleNotes], str]
) -> tuple[Written, ...]:
    """Writes a file for each article into `folder`, which is made where missing.

    `render` is `as_markdown`, perhaps with templates. A file is known by a line of its front matter, so it may be
    renamed. Raises OSError.
    """
    os.makedirs(folder, exist_ok=True)
    known = _known_files(folder)
    done: list[Written] = []
    for notes in several:
        mark = article_mark(notes)
        text = _marked(render(notes), mark).encode("utf-8", "replace")
        path = known.get(mark) or _free_name(folder, notes.title)
        done.append(_write(path, text, known=mark in known))
        known[mark] = path
    return tuple(done)


def article_mark(notes: ArticleNotes) -> str:
    """16 hexadecimal digits that stand for the article: for its path, or its bytes where it has none."""
    article = notes.article
    key = f"path {article.path}" if article.path is not None else f"digest {article.digest}"
    return hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _marked(text: str, mark: str) -> str:
    head, fence, rest = text.partition("\n---\n")
    return f'{head}\nreader: "{mark}"{fence}{rest}'


def _known_files(folder: str) -> dict[str, str]:
    """Our files in the folder, by their mark."""
    found: dict[str, str] = {}
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if not entry.name.endswith(".md") or not entry.is_file():
                continue
            with contextlib.suppress(OSError), open(entry.path, "rb") as file:
                mark = _MARK.search(file.read(_HEAD_BYTES).partition(b"\n---")[0])
                if mark is not None:
                    found.setdefault(mark[1].decode(), entry.path)
    return found


def _free_name(folder: str, title: str) -> str:
    base = file_name(title)
    for number in range(1, 10_000):
        path = os.path.join(folder, f"{base}{f' {number}' if number > 1 else ''}.md")
        if not os.path.lexists(path):
            return path
    raise FileExistsError(_("{folder}: there are too many files named {name}").format(folder=folder, name=base))


def file_name(title: str) -> str:
    """A title as a file name of any system, without its ending."""
    name = unicodedata.normalize("NFC", _UNFIT.sub(" ", clean_line(title)))
    name = " ".join(name.split()).strip(". ")
    name = name.encode("utf-8", "replace")[:MAX_NAME_BYTES].decode("utf-8", "ignore").strip(". ")
    return f"_{name}" if _RESERVED.match(name) else name or "Untitled"


def _write(path: str, text: bytes, *, known: bool) -> Written:
    path = os.path.realpath(path)
    before: bytes | None = None
    if known:
        with open(path, "rb") as file:
            before = file.read(MAX_FILE_BYTES + 1)
        if len(before) > MAX_FILE_BYTES:
            raise OSError(0, _("it is over 64 MiB"), path)
        end = _END.search(before)
        if end is None:
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


def newest(several: Sequence[ArticleNotes]) -> float:
    """When the latest of these notes was changed, in seconds since the epoch: what `--since last` counts from."""
    return max((one.annotation.modified for notes in several for one in notes.notes), default=0.0)
