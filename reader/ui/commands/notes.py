"""Highlights and notes on the passage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.document import Range
from reader.locale import _
from reader.session import Entry
from reader.ui.commands.host import Group

if TYPE_CHECKING:
    from reader.ui.widgets.note_dialog import NoteDialog, Written


class Notes(Group):
    """What the person marks and writes."""

    def highlight(self) -> None:
        """Highlights the passage, or takes its highlight away; 1 to 4 as the next key choose the colour."""
        passage = self.session.passage()
        if passage is None:
            self.session.say(_("No passage to highlight"))
            return
        notes, colours = self.session.annotations, self.session.settings.highlight.colours[:4]
        if notes.toggle_highlight(passage.range) and (there := notes.at(passage.range)) is not None:
            names = "  ".join(f"{number} {name}" for number, name in enumerate(colours, 1))
            self.session.say(_("Highlighted: {names}   H takes it away").format(names=names))
            self.page.catch_digit(len(colours), lambda number: notes.recolour(there.one.id, colours[number - 1]))

    def write(self) -> None:
        """Asks for the words of a note on the passage; where one stands there, its words are edited."""
        passage = self.session.passage()
        if passage is None:
            self.session.say(_("No passage for a note"))
            return
        there = self.session.annotations.at(passage.range)
        if passage.kind != "selection" and there is not None:
            self._edit(there.one.id, there.range)
        else:
            self._ask(passage.range)

    def whole(self) -> None:
        """Asks for the words of a note on the article as a whole."""
        self._ask(None)

    def undo(self) -> None:
        """Brings back what was removed last."""
        self.session.undo.undo()

    def panel(self) -> None:
        """Lists bookmarks, highlights and notes in the sidebar."""
        self.session.sidebar.show("places")

    # ---- in the list, which says with which entry --------------------------------------------------------------------

    def edit_entry(self, entry: Entry) -> None:
        """Edits the words of the note that an entry of the list stands for."""
        if self.session.sidebar.panel == "places" and entry.id in self.session.annotations.all:
            self._edit(entry.id, entry.range or Range(0, 0))

    # ---- the dialog --------------------------------------------------------------------------------------------------

    def _ask(self, where: Range | None) -> None:
        session, notes = self.session, self.session.annotations
        if session.places.key() is None:
            session.say(_("This article has no file or address to keep notes for"), warning=True)
            return

        def written(answer: Written | None) -> None:
            words = "" if answer is None else answer.words.strip()
            if answer is None or not words:
                return
            if not answer.done:
                notes.keep_draft(where, words)
            else:
                notes.add(where, words=words)

        quote = "" if where is None else session.article.document.slice(where)
        self.host.push(self._dialog(quote, notes.draft(where), where), written)

    def _edit(self, id: str, where: Range) -> None:
        notes = self.session.annotations
        one = notes.all[id]

        def written(answer: Written | None) -> None:
            if (answer is not None and answer.done) or (answer is not None and answer.words.strip() != one.words):
                notes.edit(id, answer.words.strip())

        quote = one.selector.exact if one.selector is not None else ""
        self.host.push(self._dialog(quote, one.words, where), written)

    def _dialog(self, quote: str, words: str, where: Range | None) -> NoteDialog:
        from reader.ui.widgets.note_dialog import NoteDialog

        rows = self.page.rows_of(where)
        return NoteDialog(self.host.theme_styles, self.host.terminal, quote, words, rows)
