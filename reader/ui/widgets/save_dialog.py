"""The question before an article of the web is saved: where, and with its images or without. Imported when first asked.

Owns the words of the question. Refuses to save: it is dismissed with an `Answer`.
"""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from reader import sanitize
from reader.layout import wrapped
from reader.locale import _
from reader.session import Plan
from reader.ui.style import ThemeStyles
from reader.ui.widgets.dialogs import Box, Dialog, Lines


class Answer(NamedTuple):
    """How it is to be saved."""

    images: bool
    whole_list: bool
    """All that a feed lists."""
    marking: bool = False
    """Articles of the list are to be marked first."""


class SaveDialog(Dialog[Answer]):
    """Asks how to save."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,y", "save(False, False)", show=False),
        Binding("i", "save(True, False)", show=False),
        Binding("a", "save(False, True)", show=False),
        Binding("A", "save(True, True)", show=False),
        Binding("m", "mark", show=False),
        Binding("n,S", "close", show=False),
    ]

    def __init__(self, styles: ThemeStyles, plan: Plan) -> None:
        super().__init__()
        self.theme_styles = styles
        self.plan = plan

    def compose(self) -> ComposeResult:
        with Box(_("Save"), _("Esc saves nothing")):
            yield Lines(self.theme_styles, ())

    def on_resize(self, event: events.Resize) -> None:
        """The question in the width there is."""
        width = max(10, min(70, event.size.width - 12))
        plan = self.plan
        title = plan.title if plan.chosen is None else plan.entries[plan.chosen][0]
        rows = [[(title[start:end], "strong")] for start, end in wrapped(title, width)]
        for words in self._words():
            rows += [[(words[start:end], "body")] for start, end in wrapped(words, width)]
        rows += [[], *([(f"{key:<6}", "bullet"), (does, "body")] for key, does in self._keys())]
        lines = self.query_one(Lines)
        lines.set_rows(rows)
        lines.styles.height = len(rows)

    def _words(self) -> list[str]:
        folder = sanitize.clean_line(self.plan.folder)
        words = [_("is saved as Markdown in {folder}").format(folder=folder)]
        if self.plan.before:
            said = _("It is there already as {file}; this will be another file.")
            words.append(said.format(file=self.plan.before))
        return words

    def _keys(self) -> list[tuple[str, str]]:
        plan = self.plan
        keys: list[tuple[str, str]] = []
        if not plan.entries:
            keys.append(("Enter", _("saves the article")))
            if plan.images:
                keys.append(("i", _("saves it with its images ({count})").format(count=plan.images)))
        elif plan.chosen is not None:
            keys += [("Enter", _("saves this article")), ("i", _("saves it with its images"))]
        if plan.entries:
            keys += [
                (
                    "a" if plan.chosen is not None else "Enter",
                    _("saves all {count} articles of the list").format(count=len(plan.entries)),
                ),
                ("A" if plan.chosen is not None else "i", _("saves them with their images")),
                ("m", _("marks those to save")),
            ]
        return keys

    def action_save(self, images: bool, whole_list: bool) -> None:
        """Yes, if all of the question could be read."""
        lines = self.query_one(Lines)
        if lines.size.height < len(lines.rows) or lines.size.width <= lines.widest:
            self.app.bell()
        elif not whole_list or self.plan.entries:
            self.dismiss(Answer(images, whole_list))

    def action_mark(self) -> None:
        """Some of a list."""
        if self.plan.entries:
            self.dismiss(Answer(False, False, marking=True))
