"""The way back, bookmarks and notes."""

from __future__ import annotations

from reader.ui.commands.host import Group


class Places(Group):
    """Places a person comes back to."""

    def back(self) -> None:
        """To the place the last jump was made from, in whichever article."""
        self.session.opening.step_back()

    def forward(self) -> None:
        """Forward again, after going back."""
        self.session.opening.step_forward()

    def mark(self) -> None:
        """Sets a bookmark: the next key is its letter."""
        self.session.say("Bookmark this place: type a letter, Esc leaves")
        self.page.catch_letter(self.session.places.mark)

    def to_mark(self) -> None:
        """Goes to a bookmark: the next key is its letter."""
        bookmarks = self.session.places.bookmarks
        if not bookmarks:
            self.session.say("No bookmarks yet: m and a letter sets one")
            return
        self.session.say(f"Go to bookmark: {' '.join(sorted(bookmarks))}   ' goes back")
        self.page.catch_letter(lambda letter: self.back() if letter == "'" else self.session.places.to_mark(letter))

    def marks(self) -> None:
        """Lists the bookmarks in the sidebar."""
        self.session.sidebar.show("places")

    def note(self) -> None:
        """Asks for the words of a note on the selection, the claim, match or link stepped to, or the paragraph."""
        from reader.ui.widgets.dialogs import WordsDialog

        session, article, known = self.session, self.session.article, self.session.places.known
        passage = session.passage()
        if passage is None or known is None:
            session.say("There is no file to keep a note for", warning=True)
            return
        where = passage.range
        place, length = session.places.at(where.start), len(where)
        dialog = WordsDialog(article.document.slice(where))
        self.host.push(dialog, lambda words: session.notes.add(known, place, length, words))
