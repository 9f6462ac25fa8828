"""What belongs to no pane: copying, help, Esc, quitting."""

from __future__ import annotations

from reader import sanitize
from reader.document import Code, Range
from reader.locale import _, ngettext
from reader.session import PASSAGES, address_of
from reader.ui.actions import ACTIONS, sign, way_out
from reader.ui.commands.host import Group
from reader.ui.terminal.control import Copied


class Reader(Group):
    """The program."""

    def copy(self) -> None:
        """The selection, else the claim, match or link stepped to, else the paragraph at the top."""
        passage, target = self.session.passage(), self.session.links.focused
        if passage is None:
            self.session.say(_("Nothing to copy"))
            return
        text: str = self.session.article.document.slice(passage.range)
        if passage.kind == "link" and target is not None:
            text = address_of(target)
        in_code = passage.kind == "paragraph" and self._in_code(passage.range)
        kind = _("the code") if in_code else _(PASSAGES[passage.kind])
        said = ngettext("{passage}, {count:,} character", "{passage}, {count:,} characters", len(text))
        self._copy(text, said.format(passage=kind, count=len(text)))

    def _in_code(self, where: Range) -> bool:
        document = self.session.article.document
        return isinstance(document.blocks[document.block_index(where.start)], Code)

    def copy_place(self) -> None:
        """Path and source line of the top of the page, as editors and compilers write them."""
        document, source = self.session.article.document, self.session.article.source
        origin = source.path or source.url
        if origin is None or not document.blocks:
            self.session.say(_("This place has no file"), warning=True)
            return
        place = sanitize.clean_line(f"{origin}:{document.line_at(self.page.top_offset) + 1}" if source.path else origin)
        self._copy(place, place)

    def _copy(self, text: str, what: str) -> None:
        """Copies, and says what is known of it."""

        def said(copied: Copied) -> None:
            match copied:
                case "taken":
                    self.session.say(_("Copied {what}").format(what=what))
                case "sent":
                    self.session.say(_("Sent to the terminal: {what}").format(what=what))
                case "too long":
                    problem = _(
                        "Not copied: {count:,} characters are too many for a terminal, and there is no other clipboard"
                    )
                    self.session.say(problem.format(count=len(text)), warning=True)

        self.host.terminal.copy(text, said)

    def command(self) -> None:
        """Opens the line for places and commands."""
        self.session.going.open()

    def run(self, text: str) -> str:
        """Goes where a text says, or returns the id of the action it names; empty: there is nothing to do."""
        words = text.strip().casefold()
        if not words or self.session.going.to(text):
            return ""
        named: list[str] = []
        for fits in (str.__eq__, str.startswith, str.__contains__):  # what is named exactly, else what begins so
            said = {one.id: (one.id, one.title.casefold(), _(one.title).casefold()) for one in ACTIONS}
            named = [id for id, names in said.items() if any(fits(name, words) for name in names)]
            if len(named) == 1:
                return named[0]
            if named:
                break
        found = _("Several commands are named so: {names}") if named else _("No place and no command: {text}")
        self.session.say(sanitize.clean_line(found.format(names=", ".join(named[:4]), text=text)), warning=True)
        return ""

    def help(self) -> None:
        """Every key."""
        from reader.ui.widgets.help import HelpDialog

        named = self.session.programs.named.items()
        programs = [("  ".join(map(sign, one.key.split())), sanitize.clean_line(name)) for name, one in named]
        self.host.push(HelpDialog(self.host.theme_styles, self.host.actions, programs))

    def escape(self) -> None:
        """One level out: what is being fetched or saved is given up, else the page gets the keys back, else the
        answer of a program is closed, else the selection, the focus and the current claim and match are dropped, else
        the skim ends."""
        session = self.session
        if session.opening.visiting:
            session.opening.give_up()
        elif session.saving.busy:
            session.saving.give_up()
        elif session.pane != "page":
            session.focus("page")
        elif session.programs.close():
            return
        elif session.article.holds:
            session.article.drop()
            session.announce("marks")
        elif session.article.skimming:
            session.claims.skim()
        else:
            session.say(way_out(self.host.actions))

    def suspend(self) -> None:
        """Stops; the shell's `fg` goes on."""
        self.host.terminal.stop()

    def quit(self) -> None:
        """Ends the reader."""
        self.host.quit()
