"""The way back, and bookmarks."""

from __future__ import annotations

from reader.locale import _
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
        self.session.say(_("Bookmark this place: type a letter, Esc leaves"))
        self.page.catch_letter(self.session.places.mark)

    def to_mark(self) -> None:
        """Goes to a bookmark: the next key is its letter."""
        bookmarks = self.session.places.bookmarks
        if not bookmarks:
            self.session.say(
                _("No bookmarks yet: {keys[place.mark]} and a letter sets one").format(keys=self.session.keys)
            )
            return
        said = _("Go to bookmark: {letters}   ' goes back")
        self.session.say(said.format(letters=" ".join(sorted(bookmarks))))
        self.page.catch_letter(self._to_mark)

    def _to_mark(self, letter: str) -> None:
        self.session.say("")
        if letter == "'":
            self.back()
        else:
            self.session.places.to_mark(letter)
