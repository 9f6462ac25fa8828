"""An article saved into a folder as Markdown, with its images when they are asked for.

Owns the names of the files, which are safe on every file system, and that nothing that is there is written over.
Owns too what an article of the web becomes in a file: it has its address in its header, and no link of it leads to
this machine. Refuses to fetch: the way to an image is an argument. Invariant: whatever a title or an address says,
every file is written in the folder or in the one folder of its images.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias
from urllib.parse import unquote, urljoin, urlsplit

from reader.document import Block, Document, Span
from reader.export import rendered
from reader.locale import _
from reader.sanitize import clean_line, pattern

FetchImage: TypeAlias = Callable[[str], bytes]
"""The bytes of an address. Raises `SourceError`, or another OSError or ValueError, for what cannot be had."""

MAX_NAME_BYTES: Final = 120
"""Of a file's name without its ending: many file systems take 255 in all."""
MAX_IMAGES: Final = 500
MAX_IMAGE_BYTES: Final = 64 << 20
_SIGNATURES: Final = (
    (b"\x89PNG\r\n\x1a\n", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"GIF8", ".gif"),
    (b"BM", ".bmp"),
)
_SVG: Final = pattern(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*|<!DOCTYPE svg[^>]*>\s*)*<svg[\s>]")
_SCHEMES: Final = ("http", "https", "mailto", "tel", "ftp")
"""Of links that lead from a saved article; `file:` is one of many that do not."""
_HEAD_BYTES: Final = 1 << 14
_ADDRESS: Final = pattern(rb"(?m)^url: [\"']?(https?://[^\s\"']{1,2000})")
_RESERVED: Final = pattern(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)")


class Saved(NamedTuple):
    """What was written."""

    path: Path
    images: tuple[Path, ...]
    problems: tuple[str, ...]
    """Images that could not be had, a sanitised line each."""


def safe_name(title: str, otherwise: str = "article") -> str:
    """A file's name, without an ending, that says a title: letters and digits of any script, joined by hyphens.

    At most `MAX_NAME_BYTES` in UTF-8, never a name that Windows reserves, never hidden.
    """
    plain = unicodedata.normalize("NFC", clean_line(title))
    name = re.sub(r"[^\w.]+|_+|\.{2,}", "-", plain).strip("-.")
    while len(name.encode("utf-8", "replace")) > MAX_NAME_BYTES:
        name = name[:-1]
    name = name.rstrip("-.") or otherwise
    return f"{name}-" if _RESERVED.match(name) else name


def save(
    document: Document,
    folder: str | os.PathLike[str],
    *,
    name: str = "",
    address: str = "",
    fetch_image: FetchImage | None = None,
) -> Saved:
    """Write a document as `<name>.md` into a folder, which is made where there is none.

    `name` is made safe; without one, or where it is taken, another is found. `address` is where on the web it is from:
    its header says so, its relative links become absolute, and links to anything but the web are text. With
    `fetch_image` the images that have a web address are written into a folder of the same name and the article refers
    to them there. Raises OSError for what cannot be written.
    """
    if address:
        document = _of_the_web(document, address)
    where = Path(folder)
    where.mkdir(parents=True, exist_ok=True)
    stem = safe_name(name or document.metadata.title)
    file, path = _created(where, stem, ".md")
    images: dict[str, Path] = {}
    problems: list[str] = []
    try:
        with os.fdopen(file, "w", encoding="utf-8", newline="\n") as out:
            if fetch_image is not None:
                images = _save_images(document, where / path.stem, fetch_image, problems)
                names = {src: f"{path.stem}/{to.name}" for src, to in images.items()}
                document = _referring(document, lambda src: names.get(src, src), lambda href: href)
            for line in rendered(document, "md", origin="", width=80, density=0.0).lines:
                out.write(line + "\n")
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Saved(path, tuple(images.values()), tuple(problems))


def _created(folder: Path, stem: str, ending: str) -> tuple[int, Path]:
    """A new file, open for writing: no file and no folder has its name without the ending."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    for number in range(1, 10_000):
        name = stem if number == 1 else f"{stem}-{number}"
        path = folder / f"{name}{ending}"
        if (folder / name).exists():
            continue
        try:
            return os.open(path, flags, 0o644), path
        except FileExistsError:
            continue
    raise FileExistsError(f"{folder / stem}{ending}")


def _save_images(document: Document, folder: Path, fetch_image: FetchImage, problems: list[str]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for image in document.images:
        if image.src in found or not image.src.lower().startswith(("http://", "https://")):
            continue
        if len(found) >= MAX_IMAGES:
            problems.append(_("Only the first {count} images were saved.").format(count=MAX_IMAGES))
            break
        try:
            data = fetch_image(image.src)
            ending = _ending(data)
            if not ending or len(data) > MAX_IMAGE_BYTES:
                raise ValueError(_("it is no image") if not ending else _("it is too large"))
            folder.mkdir(exist_ok=True)
            stem = safe_name(os.path.splitext(unquote(urlsplit(image.src).path).rpartition("/")[2])[0], "image")
            file, path = _created(folder, f"{len(found) + 1:02}-{stem[:40]}", ending)
            with os.fdopen(file, "wb") as out:
                out.write(data)
            found[image.src] = path
        except Exception as problem:  # one image less is no reason to lose the article
            said = _("Image {number} was not saved: {problem}")
            problems.append(clean_line(said.format(number=image.number, problem=problem)))
    return found


def _ending(data: bytes) -> str:
    """The ending of an image's file by its first bytes; empty for what is no image."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return ".webp"
    if data[4:12] in (b"ftypavif", b"ftypavis"):
        return ".avif"
    if _SVG.match(data[:2000]):
        return ".svg"
    return next((ending for signature, ending in _SIGNATURES if data.startswith(signature)), "")


def saved_addresses(folder: str | os.PathLike[str]) -> dict[str, Path]:
    """The articles of a folder, not of those in it, that were saved from the web: their files by their addresses."""
    found: dict[str, Path] = {}
    try:
        with os.scandir(folder) as entries:
            paths = sorted(entry.path for entry in entries if entry.name.endswith(".md") and entry.is_file())
    except OSError:
        return found
    for path in paths:
        try:
            with open(path, "rb") as file:
                head = file.read(_HEAD_BYTES)
        except OSError:
            continue
        said = _ADDRESS.search(head) if head.startswith(b"---\n") else None
        if said is not None:
            found.setdefault(said[1].decode("utf-8", "replace"), Path(path))
    return found


def _of_the_web(document: Document, address: str) -> Document:
    """The document as it can stand in a file."""
    metadata = document.metadata
    if not any(key.lower() == "url" and value for key, value in metadata.entries.items()):
        metadata = replace(metadata, entries={**metadata.entries, "url": clean_line(address)})

    def absolute(href: str) -> str | None:
        if href.startswith("#"):
            return href
        try:
            href = urljoin(address, href)
            return href if urlsplit(href).scheme.lower() in _SCHEMES else None
        except ValueError:
            return None

    return _referring(replace(document, metadata=metadata), absolute, absolute)


def _referring(document: Document, image: Callable[[str], str | None], link: Callable[[str], str | None]) -> Document:
    """The document with other targets of its images and links; where None is given, there is no image or link."""

    def spans(block: Block) -> tuple[Span, ...]:
        made: list[Span] = []
        for span in block.spans:
            if span.kind in ("image", "link"):
                target = image(span.target) if span.kind == "image" else link(span.target)
                if target is None:
                    continue
                span = replace(span, target=target)
            made.append(span)
        return tuple(made)

    targeted = ("image", "link")
    blocks = tuple(
        replace(block, spans=spans(block)) if any(span.kind in targeted for span in block.spans) else block
        for block in document.blocks
    )
    images = tuple(replace(one, src=src) for one in document.images if (src := image(one.src)) is not None)
    links = tuple(replace(one, href=href) for one in document.links if (href := link(one.href)) is not None)
    return replace(document, blocks=blocks, images=images, links=links)
