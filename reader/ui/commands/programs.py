"""The person's own programs on the passage, by their keys."""

from __future__ import annotations

from collections.abc import Callable

from textual import events

from reader.locale import _
from reader.sanitize import clean_line
from reader.ui.actions import Action, sign
from reader.ui.commands.host import Group


class Programs(Group):
    """What the settings name under `[commands]`."""

    def run(self, name: str) -> None:
        """Gives the passage to a program."""
        self.session.programs.run(name)

    def copy(self) -> None:
        """Copies the answer that is shown."""
        answer = self.session.programs.shown
        if answer is not None and not answer.running:
            self.host.terminal.copy(answer.text)
            self.session.say(_("Copied what {name} says").format(name=clean_line(answer.name)))

    def first_keys(self) -> tuple[str, ...]:
        """The keys with which the programs' own keys begin, in Textual's names."""
        keys = (command.key.partition(" ")[0] for command in self.session.programs.named.values())
        return tuple(dict.fromkeys(key for key in keys if key))

    def press(self, first: str, formerly: Action | None, do: Callable[[str], object]) -> None:
        """Runs the program of a key; where it is the first of two, those of the second are shown and waited for. The
        same key once more is for `do` with the action that had it `formerly`."""
        by_key = {command.key: name for name, command in self.session.programs.named.items()}
        if first in by_key:
            self.run(by_key[first])
            return
        second = {key.partition(" ")[2]: name for key, name in by_key.items() if key.partition(" ")[0] == first}
        choice: list[tuple[str, str]] = [(sign(key), clean_line(name)) for key, name in second.items()]
        if formerly is not None and first not in second:
            choice.append((sign(first), _(formerly.title)))
        self.session.say(f"{sign(first)} …   {'   '.join(map(' '.join, choice))}")

        def key(event: events.Key) -> bool:
            self.session.say("")
            if event.key in second:
                self.run(second[event.key])
            elif event.key == first and formerly is not None:
                do(formerly.id)
            elif event.key != "escape":
                said = _("No program has the keys {first} {second}")
                self.session.say(said.format(first=sign(first), second=sign(event.key)))
            return False

        self.page.catch(key)
