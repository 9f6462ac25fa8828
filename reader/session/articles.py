"""The list of a library as a person has it: what is typed on the query line, the order, the row chosen, rows marked.

Owns what outlives the screen of the list, so that it comes back as it was. The list is sorted and searched in a thread;
what is asked for later goes first, and an answer to what is no longer asked is dropped. Refuses to draw, and to open an
article.

Invariant: a key changes values here and waits for nothing but, for a moment, first rows and first lines; rows
move only for a query, an order or a folder that has changed, never for a state that was set.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from reader.library import GROUP_KEYS, SORT_KEYS, folder_of
from reader.locale import _, ngettext
from reader.session.arranging import FIRST_EXCERPTS, Arranged, Row, Sorted, View, arranged, excerpts, view_written
from reader.session.folders import Folders
from reader.session.queries import Queries
from reader.session.reading import Reading
from reader.session.states import Change, States
from reader.store import Article as Known
from reader.store import State

if TYPE_CHECKING:
    from reader.library import Entry, Listing
    from reader.search import Excerpt, Query

VIEW: Final = "list"
"""Name of what the store keeps (`Store.preferences`): order and groups."""
_LEAD_CHARACTERS: Final = 1200
_MAX_HELD: Final = 500
"""Of first lines and of excerpts."""
_ROWS_ABOVE: Final = 5
"""Over a row that is come back to."""
_FIRST_WAIT_S: Final = 0.016
"""What is typed waits at most so long for the first rows that answer it, so that both are drawn at once."""
_LEAD_WAIT_S: Final = 0.004
"""A key waits at most so long for the first lines of the row it goes to."""
_DRAWN_WITHIN_S: Final = 0.1
"""The search goes on then, whether what it has found so far is drawn or not."""
_SHARE: Final = 4
"""Putting the list into order while it is read takes at most one part in so many of the time."""


class _Made(NamedTuple):
    """A list that a thread has made."""

    generation: int
    typed: str
    arranged: Arranged
    found: Mapping[str, Excerpt]
    """Matches of its first rows, by path."""
    first: bool
    """Whether it is the first one that answers `typed`."""
    took: float
    """Seconds."""
    drawn: Callable[[], object]
    """To be called once it is on the screen."""


class Articles:
    """The list."""

    def __init__(
        self, reading: Reading, states: States, folders: Folders, title: str, like: Callable[[], Query]
    ) -> None:
        """`like` has the options of words that are searched."""
        self.reading = reading
        self.states = states
        self.folders = folders
        self.title = title
        self.view = View()
        self.typed = ""
        """What stands on the query line."""
        self.typing = False
        """Whether the query line has the keys."""
        self.queries = Queries(lambda: reading.store)
        self.problem = ""
        """What is wrong with it."""
        self.arranged = Arranged()
        self.ready = False
        """Whether there has been a list yet."""
        self.cursor = 0
        """The row chosen."""
        self.top = 0
        """The line at the top of the screen."""
        self.marked: dict[str, Entry] = {}
        """Rows marked, by path: what a key does it does to all of them."""
        self.open = False
        """Whether it is on the screen."""
        self.excerpts_came = 0
        """How often matches were fetched."""
        self.after_drawing: Callable[[Callable[[], object]], object] = lambda work: work()
        """Calls something once what has changed is drawn."""
        self.lead_came: Callable[[], object] = lambda: None
        """Called when the first lines of an article are there."""
        self._like = like
        self._sorted = Sorted()
        self._generation = 0
        self._here: str | None = None
        """The path of the row that the person has chosen; None: they have chosen none."""
        self._anew = False
        """Whether the next list begins at its first row."""
        self._answered = ""
        """The query of the list shown."""
        self._choosing: Callable[[str], object] | None = None
        self._awaiting: Callable[[], object] | None = None
        """What is to be done to the whole list, as soon as it is there."""
        self._asked_lead = 0
        """The article whose first lines are on their way."""
        self._leads: OrderedDict[int, str] = OrderedDict()
        self._came_leads: deque[tuple[Entry, str]] = deque()
        """First lines that the thread has read, and that are still to be kept."""
        self._excerpts: OrderedDict[str, Excerpt] = OrderedDict()
        self._asked_excerpts: set[str] = set()
        self._prepared: Mapping[str, Entry] | None = None
        """The articles that were prepared for a search."""
        self._made: deque[_Made] = deque()
        """Lists that the thread has made, and that are still to be shown."""
        folders.changed = self._listing_changed

    # ---- on and off the screen ---------------------------------------------------------------------------------------

    def show(self) -> None:
        """It is on the screen from now on: looks into the folders, and again while it is."""
        self.open = True
        if self.ready:
            self.states.fetch()
        self.folders.look()
        self.folders.watch(True)

    def hide(self) -> None:
        """It is not on the screen any more; a pass that goes on goes on."""
        self.open, self.typing, self._choosing, self._awaiting = False, False, None, None
        self.folders.watch(False)

    def look_again(self) -> None:
        """Looks into the folders, and puts the list into order anew."""
        self.folders.look()
        self._arrange()

    def _listing_changed(self) -> None:
        """There is more of it, or another one."""
        self._leads.clear()
        self._excerpts.clear()
        self._asked_excerpts.clear()
        self._arrange()
        self.reading.announce("articles")

    # ---- the query and the order -------------------------------------------------------------------------------------

    def ask(self, typed: str) -> None:
        """The query line says something else."""
        if typed != self.typed:
            self.typed, self._anew = typed, bool(typed)
            came = self._arrange()
            if came is not None:
                came.wait(_FIRST_WAIT_S)
                self._take_made()

    def prepare(self) -> None:
        """A query is going to be typed: what the first one would wait for is read, until it comes."""
        listing, library, generation = self.folders.listing, self.folders.library, self._generation
        if listing is None or library is None or listing.more or self._prepared is listing.entries:
            return
        self._prepared = listing.entries

        def work() -> None:
            for _step in library.corpus.prepare(self._sorted.of(listing, self.view, self.states.known)):
                if generation != self._generation or not self.reading.background.running:
                    return

        self.after_drawing(lambda: self.reading.background.run(work, group="articles"))

    def sort(self) -> None:
        """The next order."""
        self._anew = True
        self._look(order=SORT_KEYS[(SORT_KEYS.index(self.view.order) + 1) % len(SORT_KEYS)], turned=False)
        self.folders.path_first = self.view.order == "path"

    def turn(self) -> None:
        """The order the other way round."""
        self._anew = True
        self._look(turned=not self.view.turned)

    def group(self) -> None:
        """Grouped by day, by folder, or not."""
        groups = (None, *GROUP_KEYS)
        self._anew = True
        self._look(group=groups[(groups.index(self.view.group) + 1) % len(groups)])

    def fold_titles(self) -> None:
        """Articles of one title share a row, or no longer."""
        self._look(folds=not self.view.folds, unfolded=frozenset())

    def fold(self, fold: bool) -> None:
        """Folds the titles like that of the chosen row, or shows each."""
        row = self.row
        if row is None or row.entry is None:
            return
        number = self.cursor
        while number and self.arranged.rows[number].within:
            number -= 1
        first = self.arranged.rows[number].entry
        if fold and first is not None and first.path in self.view.unfolded:
            self._to(number)
            self._look(unfolded=self.view.unfolded - {first.path})
        elif not fold and row.others:
            self._look(unfolded=self.view.unfolded | {row.entry.path})

    def _look(self, **changed: object) -> None:
        before = view_written(self.view)
        self.view = self.view._replace(**changed)  # type: ignore[arg-type]
        if (kept := view_written(self.view)) != before:
            self.reading.store.ask(lambda store: store.set_preference(VIEW, kept))
        self._arrange()

    # ---- rows --------------------------------------------------------------------------------------------------------

    @property
    def row(self) -> Row | None:
        """The row chosen."""
        rows = self.arranged.rows
        return rows[self.cursor] if self.cursor < len(rows) else None

    def move(self, step: int) -> None:
        """So many rows on; heads are passed over."""
        self.move_to(self.cursor + step, 1 if step > 0 else -1)

    def move_to(self, number: int, step: int = 1) -> None:
        """To a row, or the nearest beyond it that is an article."""
        self._to(self._near(number, step))
        self.reading.announce("articles")

    def _to(self, number: int) -> None:
        """The person has chosen a row."""
        self.cursor = number
        row = self.row
        self._here = row.entry.path if row is not None and row.entry is not None else None

    def move_to_end(self, step: int) -> None:
        """To the first row (-1), or the last."""
        if step < 0:
            self.move_to(0)
        else:
            self._once_whole(lambda: self.move_to(len(self.arranged.rows) - 1, -1))

    def _once_whole(self, work: Callable[[], object]) -> None:
        """Does what needs the whole list, at once or as soon as it is there."""
        if self.arranged.partial:
            self._awaiting = work
        else:
            work()

    def _near(self, number: int, step: int) -> int:
        """A row, or the nearest one beyond it that is an article, or before it where there is none."""
        rows = self.arranged.rows
        number = max(0, min(number, len(rows) - 1))
        for way in (step, -step):
            there = number
            while 0 <= there < len(rows) and rows[there].entry is None:
                there += way
            if 0 <= there < len(rows):
                return there
        return number

    def move_to_article(self, path: str) -> None:
        """To the row of an article, where it has one."""
        there = self.arranged.rows.number(path)
        if there is not None:
            self._to(there)

    def next_unread(self) -> None:
        """The next row whose article is unread, from the chosen one on, then from the first."""
        self._once_whole(self._next_unread)

    def _next_unread(self) -> None:
        rows, count = self.arranged.rows, len(self.arranged.rows)
        for step in range(1, count + 1):
            number = (self.cursor + step) % count
            entry = rows[number].entry
            if entry is not None and self.states.of(entry.path).read == "unread":
                self.move_to(number)
                return
        self.reading.say(_("No article of the list is unread"))

    def choose(self, then: Callable[[str], object]) -> None:
        """Calls `then` with the path of the chosen row; where the list does not answer the query yet or is not whole,
        when it does and is."""
        if (self._answered != self.typed or self.arranged.partial) and not self.problem:
            self._choosing = then
            return
        row = self.row
        if row is not None and row.entry is not None:
            then(row.entry.path)

    # ---- many rows ---------------------------------------------------------------------------------------------------

    def mark(self) -> None:
        """Marks the chosen row, or no longer, and goes on to the next."""
        row = self.row
        if row is None or row.entry is None:
            return
        one = row.entry
        if one.path in self.marked:
            del self.marked[one.path]
        else:
            self.marked[one.path] = one
        self.move(1)

    def mark_all(self) -> None:
        """Marks every article of the list, or none any more."""
        self._once_whole(self._mark_all)

    def _mark_all(self) -> None:
        if self.marked:
            self.marked.clear()
        else:
            self.marked = {one.path: one for one in self.arranged.rows.articles()}
        self.reading.announce("articles")

    @property
    def several(self) -> tuple[Entry, ...]:
        """What a key acts on: the articles marked, else the chosen one."""
        if self.marked:
            return tuple(self.marked.values())
        row = self.row
        return () if row is None or row.entry is None else (row.entry,)

    def toggle_star(self) -> None:
        """Stars them, or no longer where all have a star."""
        if all(self.states.of(one.path).starred for one in self.several):
            self._set(
                Change(starred=False),
                lambda count: ngettext("No longer starred: {title}", "{count} articles are no longer starred", count),
            )
        else:
            self._set(
                Change(starred=True),
                lambda count: ngettext("Starred: {title}", "{count} articles are starred", count),
            )

    def toggle_archived(self) -> None:
        """Archives them, or no longer where all are archived."""
        if all(self.states.of(one.path).archived for one in self.several):
            self._set(
                Change(archived=False),
                lambda count: ngettext("No longer archived: {title}", "{count} articles are no longer archived", count),
            )
        else:
            self._set(
                Change(archived=True),
                lambda count: ngettext("Archived: {title}", "{count} articles are archived", count),
            )

    def toggle_finished(self) -> None:
        """They are finished, or unread again where all are finished."""
        if all(self.states.of(one.path).read == "finished" for one in self.several):
            self.set_unread()
        else:
            self._set(
                Change("finished"),
                lambda count: ngettext("Finished: {title}", "{count} articles are finished", count),
            )

    def set_unread(self) -> None:
        """They are unread."""
        self._set(Change("unread"), lambda count: ngettext("Unread: {title}", "{count} articles are unread", count))

    def set_reading(self) -> None:
        """They are being read."""
        self._set(
            Change("reading"),
            lambda count: ngettext("Being read: {title}", "{count} articles are being read", count),
        )

    def _set(self, change: Change, told: Callable[[int], str]) -> None:
        """Sets a state; `told` gives what is said of so many articles."""
        several = self.several
        if not several:
            return
        count = len(several)
        said = told(count).format(title=several[0].title, count=f"{count:,}")
        known = [Known(entry.path, entry.digest, entry.title) for entry in several]
        marked = bool(self.marked)
        self.marked.clear()
        self.states.set(known, change, said)
        if not marked:
            self.move(1)

    # ---- what is known of a row --------------------------------------------------------------------------------------

    def state(self, entry: Entry) -> State:
        """What the person has said of an article."""
        return self.states.of(entry.path)

    def origin(self, entry: Entry) -> str:
        """Whom it is by, else the folder it is in, where no head says that."""
        library = self.folders.library
        by = entry.authors.partition("\n")[0]
        said = library is None or (self.view.group == "folder" and not self.arranged.ranked)
        return by or ("" if said or library is None else folder_of(entry, library.folders))

    def lead(self, entry: Entry) -> str:
        """The first characters of its text; empty until they are fetched, which is begun by asking."""
        if entry.id in self._leads or entry.id in (0, self._asked_lead):
            return self._leads.get(entry.id, "")
        library = self.folders.library
        if library is not None:
            self._asked_lead = entry.id
            came = threading.Event()

            def work() -> None:
                if self._asked_lead == entry.id:
                    self._came_leads.append((entry, library.lead(entry, _LEAD_CHARACTERS)))
                    came.set()
                    self.reading.background.tell(self._have_leads)

            self.reading.background.run_now(work)
            came.wait(_LEAD_WAIT_S)
            self._take_leads()
        return self._leads.get(entry.id, "")

    def _have_leads(self) -> None:
        if self._take_leads():
            self.lead_came()

    def _take_leads(self) -> bool:
        """Keeps the first lines that have come; false: there are none."""
        some = bool(self._came_leads)
        while self._came_leads:
            entry, lead = self._came_leads.popleft()
            self._asked_lead = 0 if self._asked_lead == entry.id else self._asked_lead
            self._leads[entry.id] = " ".join(_body(entry, lead).split())
        _bound(self._leads)
        return some

    def excerpt(self, entry: Entry) -> Excerpt | None:
        """The first match in an article; None until `need_excerpts` has brought it."""
        return self._excerpts.get(entry.path)

    def need_excerpts(self, rows: Iterable[Row]) -> None:
        """Fetches the matches of rows that are on the screen."""
        hits = [
            row.hit
            for row in rows
            if row.hit is not None
            and row.hit.first is not None
            and row.hit.entry.path not in self._excerpts
            and row.hit.entry.path not in self._asked_excerpts
        ]
        library = self.folders.library
        if not hits or library is None:
            return
        self._asked_excerpts.update(hit.entry.path for hit in hits)
        generation, queries = self._generation, self.arranged.lit

        def work() -> None:
            self.reading.background.tell(self._have_excerpts, generation, excerpts(library, hits, queries))

        self.reading.background.run(work, group="excerpts")

    def _have_excerpts(self, generation: int, found: Mapping[str, Excerpt]) -> None:
        if generation == self._generation:
            self._excerpts.update(found)
            _bound(self._excerpts)
            self.excerpts_came += 1
            self.reading.announce("articles")

    # ---- the thread --------------------------------------------------------------------------------------------------

    def _arrange(self) -> threading.Event | None:
        """Has the list put into order and searched; what is returned is set once there are rows. None: it cannot be."""
        listing = self.folders.listing
        if listing is None:
            return None
        self._generation += 1
        if listing.more and (self.typed.strip() or not self.view.newest_first):
            return None  # of the newest alone there is no answer: the whole list is on its way
        came = threading.Event()
        how = (listing, self.view, self.typed, self.states.known)
        work = partial(self._work, self._generation, *how, came, parts=self._answered != self.typed)
        self.reading.background.run_now(work)
        return came

    def _work(
        self,
        generation: int,
        listing: Listing,
        view: View,
        typed: str,
        states: Mapping[str, State],
        came: threading.Event,
        *,
        parts: bool,
    ) -> None:
        """`parts`: the list is to be shown as it is found."""
        library, tell, begun = self.folders.library, self.reading.background.tell, time.monotonic()
        if library is None:
            return
        first = True
        try:
            entries = self._sorted.of(listing, view, states)
            for made in arranged(entries, view, typed, self._like, library, states, listing.more):
                if generation != self._generation or not self.reading.background.running:
                    return
                if made is None or not (parts or made.complete):
                    continue
                hits = [row.hit for row in made.rows[:FIRST_EXCERPTS] if row.hit is not None]
                found = excerpts(library, hits, made.lit) if first or made.complete else {}
                drawn = threading.Event()
                self._made.append(_Made(generation, typed, made, found, first, time.monotonic() - begun, drawn.set))
                came.set()
                tell(self._take_made)
                if not made.complete:
                    drawn.wait(_DRAWN_WITHIN_S)  # two threads at once take longer for the first rows
                first = False
        except ValueError as problem:
            from reader.search import SearchError

            if not isinstance(problem, SearchError):
                raise
            came.set()
            tell(self._failed, generation, str(problem))

    def _failed(self, generation: int, problem: str) -> None:
        if generation == self._generation:
            self.problem, self._choosing = problem, None
            self.reading.announce("articles")

    def _take_made(self) -> None:
        """Shows what has been made since."""
        while self._made:
            made = self._made.popleft()
            if made.generation == self._generation:
                self._take(made)

    def _take(self, new: _Made) -> None:
        self.folders.interval = max(self.folders.interval, _SHARE * new.took)
        before, height = self.cursor, self.height
        if new.first:
            self._excerpts.clear()
            self._asked_excerpts.clear()
        self._excerpts.update(new.found)
        self.arranged, self.ready, self.problem, self._answered = new.arranged, True, "", new.typed
        if self._anew or self._here is None:
            self.cursor, self.top = 0, 0
            self._anew, self._here = False, None
        else:
            there = new.arranged.rows.number(self._here)
            self.cursor = before if there is None else there
            if self.height != height:
                self.top = max(0, (self.cursor - _ROWS_ABOVE) * self.height)
            elif self.top:  # the row stays where it is on the screen
                self.top = max(0, self.top + (self.cursor - before) * self.height)
        self.cursor = self._near(self.cursor, 1)
        if self._choosing is not None:
            then, self._choosing = self._choosing, None
            self.choose(then)
        if self._awaiting is not None:
            work, self._awaiting = self._awaiting, None
            self._once_whole(work)
        self.reading.announce("articles")
        self.after_drawing(self.folders.shown.set)
        self.after_drawing(new.drawn)

    @property
    def height(self) -> int:
        """Lines of a row: two where each shows its match."""
        return 2 if self.arranged.ranked else 1


def _bound(held: OrderedDict[int, str] | OrderedDict[str, Excerpt]) -> None:
    while len(held) > _MAX_HELD:
        held.popitem(last=False)


def _body(entry: Entry, lead: str) -> str:
    """The beginning of a text without its title and the byline under it, which are shown already."""
    title, *behind = lead.split("\n\n", 2)
    if title != entry.title:
        return lead
    tags = [f"#{tag}" for tag in entry.tags.split("\n")]
    known = {entry.authors.replace("\n", ", "), entry.date[:10], entry.date.replace("T", " "), " ".join(tags)}
    if behind and known.issuperset(behind[0].split("\n")):
        del behind[0]
    return "\n\n".join(behind)
