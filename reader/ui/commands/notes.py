"""Highlights and notes on the passage."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from textual.events import Key

from reader.document import Range
from reader.locale import _
from reader.session import SELECTING_HELP, Entry, SelectingStep, lost_entries
from reader.ui.commands.host import Group

if TYPE_CHECKING:
    from reader.ui.widgets.note_dialog import NoteDialog, Written

_STEPS: Final[Mapping[str, SelectingStep]] = {
    "w": "word",
    "b": "word back",
    "s": "sentence",
    "S": "sentence back",
    "j": "row down",
    "down": "row down",
    "k": "row up",
    "up": "row up",
    "right_curly_bracket": "paragraph",
    "left_curly_bracket": "paragraph back",
    "right": "character",
    "left": "character back",
    "o": "other end",
}
"""What keys do while a selection is made."""


class Notes(Group):
    """What the person marks and writes."""

    def highlight(self) -> None:
        """Highlights the passage, or takes its highlight away; 1 to 4 as the next key choose the colour."""
        passage = self.session.passage()
        if passage is None:
            self.session.say(_("No passage to highlight"))
            return
        there = self.session.annotations.toggle_highlight(passage.range)
        if there is not None:
            self.session.article.light("highlight", there.range)  # a selection would hide its colour
            self.page.offer_colours(there)

    def write(self) -> None:
        """Asks for the words of a note on the passage; where one stands there, its words are edited."""
        passage = self.session.passage()
        if passage is None:
            self.session.say(_("No passage for a note"))
            return
        there = self.session.annotations.on(passage.range)
        if passage.kind == "selection" and self.session.annotations.lost:
            self._place_or_ask(passage.range)
        elif passage.kind != "selection" and there is not None:
            self._edit(there.one.id, there.range)
        else:
            self._ask(passage.range)

    def select(self) -> None:
        """The next keys move an end of the selection; any other key acts on it."""
        if self.session.selecting.begin():
            self._select_on()
        else:
            self.session.say(_("No passage to select from"))

    def _select_on(self) -> None:
        self.session.say(_(SELECTING_HELP))
        self.page.catch(self._select_key)

    def _select_key(self, event: Key) -> bool | None:
        selecting = self.session.selecting
        if event.key == "escape" or self.session.article.selection is None:
            selecting.end(drop=True)
            self.session.say("")
            return False if event.key == "escape" else None
        step = _STEPS.get(event.key)
        if step is None:
            selecting.end()
            return None
        self.session.say(_(SELECTING_HELP))  # first: the end that moves is shown beside it
        if not selecting.step(step):
            self.session.say(_("Nothing more that way"))
        return True

    @property
    def stepped_to(self) -> bool:
        """Whether the passage is a highlight or note that was stepped to, clicked or just made."""
        passage = self.session.passage()
        return passage is not None and passage.kind == "highlight"

    def whole(self) -> None:
        """Asks for the words of a note on the article as a whole."""
        self._ask(None)

    def undo(self) -> None:
        """Brings back what was removed last."""
        self.session.undo.undo()

    def panel(self) -> None:
        """Lists bookmarks, highlights and notes in the sidebar."""
        self.session.sidebar.show("places")

    def overview(self) -> None:
        """Lists the notes of all articles."""
        from reader.ui.widgets.notes_screen import NotesScreen

        overview = self.session.overview
        screen = NotesScreen(self.host.theme_styles, _("Notes of all articles"), (), empty=_("Looking for notes …"))

        def told() -> None:
            screen.show(
                f"{_('Notes of all articles')}  {overview.count}",
                overview.entries(),
                _("No notes yet: {keys[note.highlight]} highlights").format(keys=self.session.keys),
            )

        def chosen(entry: Entry | None) -> None:
            overview.changed = lambda: None
            if entry is not None:
                overview.choose(entry)
            elif not self.session.article.source.origin:
                self.host.quit()  # there is no article behind the list

        overview.changed = told
        overview.ask()
        self.host.push(screen, chosen)

    def export(self) -> None:
        """Asks for a folder and a format, and writes the notes there."""
        self.session.note_files.offer(self._ask_folder)

    def _ask_folder(self, folder: str, format: str) -> None:
        from reader.session import exchange
        from reader.ui.widgets.file_dialog import Asked, FileDialog

        def asked(answer: Asked | None) -> None:
            if answer is not None:
                kind = next(known for known in exchange.FORMATS if known == answer.format)
                self.session.note_files.export(answer.path, kind, everything=answer.everything)

        titles = (_("Export the notes of this article"), _("Export the notes of all articles"))
        what = _("Into the folder")
        self.host.push(FileDialog(self.host.theme_styles, titles, what, folder, exchange.FORMATS, format), asked)

    def take_in(self) -> None:
        """Asks for a file, and keeps the notes in it."""
        from reader.ui.widgets.file_dialog import Asked, FileDialog

        def asked(answer: Asked | None) -> None:
            if answer is not None:
                self.session.note_files.take_in(answer.path)

        title, what = _("Import notes"), _("From a file of Web Annotations, Hypothesis or Readwise")
        self.host.push(FileDialog(self.host.theme_styles, (title, title), what, ""), asked)

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
            if answer is not None and words and not answer.done:
                notes.keep_draft(where, words)
                return
            if words:
                notes.add(where, words=words)
                self._light(where)
            notes.drop_draft(where)

        quote = "" if where is None else session.article.document.slice(where)
        self.host.push(self._dialog(quote, notes.draft(where), where), written)

    def _place_or_ask(self, where: Range) -> None:
        """Asks which lost note is to be placed at a selection, or whether a new one is meant."""
        from reader.ui.widgets.notes_screen import NotesScreen

        notes = self.session.annotations

        def chosen(entry: Entry | None) -> None:
            if entry is None:
                return
            one = notes.all.get(entry.id)
            if one is None:
                self._ask(where)
            else:
                notes.place_again(one, where)
                self._light(where)

        lines = " ".join(self.session.article.document.slice(where).split())
        title = _("The selection: {text}").format(text=lines)
        screen = NotesScreen(
            self.host.theme_styles, title, lost_entries(notes.lost), keys=_("Enter chooses   Esc leaves")
        )
        self.host.push(screen, chosen)

    def _light(self, where: Range | None) -> None:
        """What was selected for a note is the note's passage now: a selection would hide its colour."""
        if where is not None and self.session.article.selection == where:
            self.session.article.light("highlight", where)
            self.session.announce("marks")

    def _edit(self, id: str, where: Range) -> None:
        notes = self.session.annotations
        one = notes.all[id]

        def written(answer: Written | None) -> None:
            if (answer is not None and answer.done) or (answer is not None and answer.words.strip() != one.words):
                notes.edit(id, answer.words.strip())

        quote = one.selector.exact if one.selector is not None else ""
        self.host.push(self._dialog(quote, one.words, where), written)

    def _dialog(self, quote: str, words: str, where: Range | None) -> NoteDialog:
        from reader.ui.widgets.note_dialog import MOST_ROWS, NoteDialog

        rows = self.page.rows_of(where)
        over = rows[1] + MOST_ROWS - self.page.app.size.height
        if where is not None and over > 0:
            self.page.move(min(over, rows[0]))
            rows = self.page.rows_of(where)
        return NoteDialog(self.host.theme_styles, self.host.terminal, quote, words, rows)
