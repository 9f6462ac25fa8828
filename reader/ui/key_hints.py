"""The keys worth knowing now: those of the pane or line that has the keys, for the bottom line.

Owns which they are, the most useful first, those that are kept before all others. Invariant: each does what its word
says where it is shown, by key and by click; where the next key is somebody's who waits for a letter, there are none.
"""

from __future__ import annotations

from collections.abc import Sequence

from reader.locale import N_, pgettext
from reader.session import Session
from reader.ui.actions import Action, sign
from reader.ui.widgets.page import Page
from reader.ui.widgets.sidebar import Sidebar
from reader.ui.widgets.status_line import Hint

_TYPING = (Hint("Enter", N_("keeps"), "line.keep", True), Hint("Esc", N_("back"), "line.leave", True))
_SEARCH = (*_TYPING, Hint("↑ ↓", N_("searches before"), "line.older(1)"))
_COMMAND = (Hint("Enter", N_("does it"), "line.keep", True), Hint("Esc", N_("leaves"), "line.leave", True))
_FILTER = (Hint("Enter", N_("goes there"), "list.choose", True), Hint("Esc", N_("shows all"), "list.filter_off", True))
_ANSWER = (
    Hint("Esc", N_("closes"), "answer.close", True),
    Hint("y", N_("copies"), "answer.copy"),
    Hint("j k", N_("scroll"), "answer.rows(1)"),
    Hint("Tab", N_("next pane"), "sidebar.next_pane"),
)
_GOES, _OPENS = Hint("Enter", N_("goes there"), "list.choose", True), Hint("Enter", N_("opens it"), "list.choose", True)
_TO_PAGE = Hint("Esc", N_("to the page"), "reader.escape", True)
_FILTERS, _FOLD = Hint("&", N_("filters"), "list.filter"), Hint("← →", N_("fold"), "list.toggle_fold")
_OF_NOTES = (
    Hint("x", N_("removes"), "list.drop"),
    Hint("e", N_("edits"), "list.edit"),
    Hint("u", N_("undoes"), "list.undo"),
)
_HELP, _QUITS = Hint("?", N_("help"), "reader.help"), Hint("q", N_("quits"), "reader.quit")


class KeyHints:
    """Which keys are worth knowing."""

    def __init__(self, session: Session, page: Page, sidebar: Sidebar, actions: Sequence[Action]) -> None:
        self.session = session
        self.page = page
        self.sidebar = sidebar
        self._keys = {one.id: one.keys for one in actions}
        hinted = sorted((one for one in actions if one.footer and one.keys), key=lambda one: one.id != "reader.help")
        self._of_page = tuple(Hint(sign(one.keys[0]), pgettext("hint", one.footer), one.id) for one in hinted)

    def __call__(self) -> Sequence[Hint]:
        session = self.session
        if session.search.typing:
            return _SEARCH if session.search.history else _TYPING
        if session.going.typing:
            return _COMMAND
        match session.pane:
            case "page" if not session.article.source.origin:
                return self._with_keys((_HELP, _QUITS))  # the message says what Esc does
            case "page":
                return () if self.page.awaits_letter else self._of_page
            case "answer":
                return self._with_keys(_ANSWER)
            case "sidebar":
                return self._with_keys(self._of_list())

    def _with_keys(self, hints: Sequence[Hint]) -> Sequence[Hint]:
        """The hints with the keys that their actions have in this run; those of a list and of a line are always the
        same. An action without a key gives none."""
        return [
            hint if keys is None else hint._replace(key=sign(keys[0]))
            for hint in hints
            if (keys := self._keys.get(hint.id)) is None or keys
        ]

    def _of_list(self) -> Sequence[Hint]:
        shown, panel = self.sidebar.list, self.session.sidebar.panel
        if shown.typing:
            return _FILTER
        hints = [_OPENS if panel == "links" else _GOES, _TO_PAGE]
        if not shown.entries:
            hints = [_TO_PAGE]
        else:
            hints += [_FILTERS] if shown.can_filter else []
            hints += _OF_NOTES if panel == "places" else ()
            hints += [_FOLD] if shown.can_fold else []
        return (*hints, _HELP)
