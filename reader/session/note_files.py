"""Exporting and importing notes from within the app.

Owns what is offered (folder, format, this article or all), and what is said of how it went. The store is asked in its
thread, articles are read in another; no key waits for either.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from reader.document import Document
from reader.locale import _, ngettext
from reader.session.annotations import Annotations
from reader.session.reading import Reading
from reader.source import shown_path
from reader.store import Article as Known

if TYPE_CHECKING:
    from reader.session import exchange
    from reader.store import Store

_FOLDER, _FORMAT = "notes.folder", "notes.format"
"""Names of what the store remembers."""
_DEFAULT_FOLDER = "~/notes"


class NoteFiles:
    """Notes of the open article, or of all, as files."""

    def __init__(self, reading: Reading, annotations: Annotations, known: Callable[[], Known | None]) -> None:
        """`known` says what the open article is to the store."""
        self.reading = reading
        self.annotations = annotations
        self._known = known

    # ---- out ---------------------------------------------------------------------------------------------------------

    def offer(self, then: Callable[[str, str], object]) -> None:
        """Calls `then` with the folder and the format an export begins with: those of the last one, else of the
        settings."""
        folder = self.reading.settings.notes.folder or _DEFAULT_FOLDER

        def fetched(preferences: dict[str, str]) -> None:
            then(preferences.get(_FOLDER, folder), preferences.get(_FORMAT, "md"))

        self.reading.store.ask(lambda store: dict(store.preferences()), fetched)

    def export(self, folder: str, format: exchange.Format, *, everything: bool) -> None:
        """Writes the notes of the open article, or of all, into a folder."""
        from reader.session import exchange

        known = self._known()
        if known is None and not everything:
            self.reading.say("This article has no file or address to keep notes for", warning=True)
            return
        into = os.path.expanduser(folder)
        names = () if everything or known is None or known.path is None else (known.path,)
        export = exchange.Export(format, into, names=names)
        article = self.reading.article
        at_hand = {}
        if known is not None and known.path is not None and article.document.complete:
            at_hand[known.path] = (known.digest, article.document)
        self.reading.say(_("Exporting …"))

        def versions(article: Known) -> Mapping[str, str]:
            return self.reading.store.wait(lambda store: store.versions(article)) or {}

        def work(store: Store) -> exchange.Plan | str:
            store.set_preference(_FOLDER, folder)
            store.set_preference(_FORMAT, format)
            try:
                return exchange.plan(store, export)._replace(at_hand=at_hand, versions=versions)
            except exchange.ExchangeError as problem:
                return str(problem)

        def planned(made: exchange.Plan | str) -> None:
            if isinstance(made, str) or not made.several:
                self.reading.say(made if isinstance(made, str) else _("There are no notes to export"), warning=True)
            else:
                self.reading.background.run(partial(self._write, export, made), group="export notes")

        self.reading.store.ask(work, planned)

    def _write(self, export: exchange.Export, made: exchange.Plan) -> None:
        """Runs in a thread."""
        from reader.session import exchange

        settings, tell = self.reading.settings, self.reading.background.tell
        problems: list[str] = []
        try:
            written = exchange.write_into(export, made, settings, problems.append)
        except exchange.ExchangeError as problem:
            tell(partial(self.reading.say, str(problem), warning=True))
            return
        self.reading.store.ask(lambda store: exchange.done(store, export, made))
        names = written[0].path if len(written) == 1 else export.into or ""
        count, changed = len(written), sum(one.changed for one in written)
        said = ngettext("Exported 1 file: {names}", "Exported {count} files, {changed} changed: {names}", count)
        said = said.format(count=count, changed=changed, names=shown_path(names))
        said += f"   {problems[0]}" if problems else ""
        tell(partial(self.reading.say, said, warning=bool(problems)))

    # ---- in ----------------------------------------------------------------------------------------------------------

    def take_in(self, path: str) -> None:
        """Keeps the notes of a file: with the open article where they are of it, else with those they are of."""
        path = os.path.expanduser(path)
        self.reading.say(_("Reading {file} …").format(file=shown_path(path)))
        self.reading.background.run(partial(self._read, path), group="import notes")

    def _read(self, path: str) -> None:
        """Runs in a thread."""
        from reader.export import notes as formats
        from reader.session import exchange

        tell, settings = self.reading.background.tell, self.reading.settings
        try:
            with open(path, "rb") as file:
                several = formats.read_notes(file.read(formats.MAX_IMPORT_BYTES + 1))
        except (OSError, ValueError) as error:
            reason = str(error)
            if isinstance(error, OSError):
                reason = _("it cannot be read ({reason})").format(
                    reason=(error.strerror or _("no reason given")).lower()
                )
            tell(partial(self.reading.say, f"{shown_path(path)}: {reason}", warning=True))
            return
        open_one = self._at_hand()

        def work(store: Store) -> exchange.Brought | str:
            try:
                return exchange.bring(store, several, (), settings, lambda _: None, open_one)
            except exchange.ExchangeError as problem:
                return str(problem)

        tell(lambda: self.reading.store.ask(work, self._brought))

    def _at_hand(self) -> tuple[Known, Document] | None:
        known, document = self._known(), self.reading.article.document
        return (known, document) if known is not None and document.complete else None

    def _brought(self, brought: exchange.Brought | str) -> None:
        if isinstance(brought, str):
            self.reading.say(brought, warning=True)
            return
        new = sum(added.new for added in brought.articles)
        changed = sum(added.changed for added in brought.articles)
        known = sum(added.known for added in brought.articles)
        lost = sum(len(added.unanchored) for added in brought.articles)
        said = _("Imported: {new} new, {changed} changed, {known} known already")
        said = said if changed or known else _("Imported: {new} new")
        said = said.format(new=new, changed=changed, known=known)
        if lost:
            own = self._known()
            here = all(own is not None and added.article.path == own.path for added in brought.articles)
            key = self.reading.keys.get("note.panel" if here else "note.overview", "5" if here else "6")
            said += "   " + _("{count} lost: {key} lists them").format(count=lost, key=key)
        if brought.homeless:
            said += "   " + _("{count} of no known article").format(count=len(brought.homeless))
        self.annotations.again()
        if not all(added.kept for added in brought.articles) and self.reading.store.problem:
            said = self.reading.store.problem
        self.reading.say(said, warning=bool(lost or brought.homeless) or said == self.reading.store.problem)
