"""The key claims: stepping through them, choosing more or fewer, and why one was chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.locale import _
from reader.session import kinds_in_words
from reader.ui.commands.host import Group

if TYPE_CHECKING:
    from reader.claims import Claim


class Claims(Group):
    """The claims of the open article."""

    def next(self) -> None:
        """The next claim."""
        self.session.claims.step(1)

    def previous(self) -> None:
        """The claim before."""
        self.session.claims.step(-1)

    def toggle(self) -> None:
        """Shows the claims on the page, or not."""
        self.session.claims.toggle()

    def more(self) -> None:
        """More claims."""
        self.session.claims.thicken(1)

    def fewer(self) -> None:
        """Fewer claims."""
        self.session.claims.thicken(-1)

    def kinds(self) -> None:
        """One kind only, then the next."""
        self.session.claims.next_kind()

    def panel(self) -> None:
        """Lists the claims in the sidebar."""
        self.session.sidebar.show("claims")

    def skim(self) -> None:
        """Headings, images and claims only; again: all."""
        self.session.claims.skim()

    def why(self) -> None:
        """Why the claim here was chosen."""
        claim = self.session.claims.here()
        if claim is None:
            self.session.say(_("No claim on this page"))
        else:
            self.session.claims.explain(claim, self._explained)

    def _explained(self, claim: Claim) -> None:
        from reader.ui.widgets.dialogs import WhyDialog

        text = self.session.article.document.slice(claim.range)
        rows = self.page.rows_of(claim.range)
        kinds = kinds_in_words(claim, "  ")
        ranked = not self.session.claims.asked
        self.host.push(WhyDialog(self.host.theme_styles, text, kinds, claim, rows, ranked=ranked))
