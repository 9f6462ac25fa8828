"""The sidebar: which panel, how wide, and what Enter does in it."""

from __future__ import annotations

from reader.session import Entry, Pane
from reader.ui.commands.follow import follow_target
from reader.ui.commands.host import Group


class Sidebar(Group):
    """The list left of the page."""

    def toggle(self) -> None:
        """Shows or hides the sidebar."""
        self.session.sidebar.want(not self.session.sidebar.visible)

    def narrow(self) -> None:
        """A narrower sidebar."""
        self.session.sidebar.widen(-1)

    def widen(self) -> None:
        """A wider sidebar."""
        self.session.sidebar.widen(1)

    def next_pane(self) -> None:
        """The pane after this one."""
        self._other_pane(1)

    def previous_pane(self) -> None:
        """The pane before this one."""
        self._other_pane(-1)

    def _other_pane(self, step: int) -> None:
        session = self.session
        panes: list[Pane] = ["sidebar"] if session.sidebar.visible else []
        panes += ["page", "answer"] if session.programs.shown is not None else ["page"]
        here = panes.index(session.pane) if session.pane in panes else 0
        session.focus(panes[(here + step) % len(panes)])

    def sections(self) -> None:
        """Lists the sections."""
        self.session.sidebar.show("sections")

    def links(self) -> None:
        """Lists links and images."""
        self.session.sidebar.show("links")

    # ---- in the list, which says with which entry --------------------------------------------------------------------

    def chosen(self, entry: Entry) -> None:
        """Enter: goes there. Where a link leads is shown before it is followed."""
        session = self.session
        if session.sidebar.panel != "links" or entry.range is None:
            session.sidebar.choose(entry)
            there = session.annotations.with_id(entry.id) if session.sidebar.panel == "places" else None
            if there is not None:
                session.article.light("highlight", there.range)
                self.page.offer_colours(there)
        elif entry.id:
            session.focus("page")
            session.opening.open(entry.id)
        elif session.article.focus != entry.key:
            session.sidebar.follow(entry)
        else:
            session.focus("page")
            follow_target(self.host, session.article.targets[entry.key])
