"""The file behind the article: reading it again, watching it, editing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.locale import _
from reader.ui.commands.host import Group

if TYPE_CHECKING:
    from reader.ui.widgets.save_list import Chosen


class File(Group):
    """The open article's file."""

    def reload(self) -> None:
        """Reads the file again."""
        self.session.file.reload()

    def watch(self) -> None:
        """Reads the file again whenever it changes, or no longer."""
        self.session.file.watch()

    def end_pipe(self) -> None:
        """Ends the pipe that the article still comes by."""
        self.session.opening.end_pipe()

    def save(self) -> None:
        """Asks how the web article is to be saved, or what of the feed."""
        from reader.ui.widgets.save_dialog import Answer, SaveDialog

        saving = self.session.saving
        plan = saving.plan()
        if plan is None:
            return

        def answered(answer: Answer | None) -> None:
            if answer is not None and answer.marking:
                from reader.ui.widgets.save_list import SaveList

                self.host.push(SaveList(self.host.theme_styles, plan), marked)
            elif answer is not None:
                saving.save(plan, images=answer.images, whole_list=answer.whole_list)

        def marked(chosen: Chosen | None) -> None:
            if chosen is not None:
                saving.save(plan, images=chosen.images, marked=chosen.entries)

        self.host.push(SaveDialog(self.host.theme_styles, plan), answered)

    def edit(self) -> None:
        """Opens the editor at the source line of the top of the page, and reads the file again after."""
        from textual.app import SuspendNotSupported

        from reader.settings import editor
        from reader.ui.terminal import editor as program

        path = self.session.file.path()
        if path is None:
            return
        words = program.command(editor(), path, self.session.article.document.line_at(self.page.top_offset) + 1)
        try:
            with self.host.terminal.lent():
                problem = program.run(words)
        except SuspendNotSupported:
            problem = _("This terminal cannot be handed to an editor")
        if problem:
            self.session.say(problem, warning=True)
        else:
            self.session.opening.again()
