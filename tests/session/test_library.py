"""The lists of articles, with no app."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest
from session_kit import Heard, session, stored
from shelf import write

from reader.document import Range
from reader.library import Entry, Found, ordered
from reader.library import Listing as Listed
from reader.library.entry import known_by_name
from reader.session import Articles, Session, articles
from reader.session.arranging import Rows, View, view_from, view_written
from reader.store import State, Store

BIRDS = {
    "2024-05-03-gulls.md": "---\ntitle: Gulls\nauthor: Ann\ntags: [sea]\n---\n\nThey cry over the harbour.\n",
    "2024-05-02-terns.md": "---\ntitle: Terns\n---\n\nThey dive in the harbour, and dive.\n",
    "2024-05-01-weather.md": "---\ntitle: Weather\n---\n\nRain.\n",
    "old/2024-04-30-weather.md": "---\ntitle: Weather\n---\n\nSun in the harbour.\n",
    "old/owls.md": "# Owls\n\nThey are quiet.\n",
}


def birds(tmp_path: Path, articles: dict[str, str] | None = None) -> tuple[Session, Articles]:
    """A session whose list of these articles is on the screen, everything read."""
    folder = tmp_path / "birds"
    write(folder, articles or BIRDS)
    made = session("words", folder=str(folder), store=tmp_path / "state" / "reader.sqlite")
    listed = made.library.articles()
    assert listed is not None
    listed.show()
    stored(made)
    return made, listed


@pytest.fixture
def listed(tmp_path):
    made, articles = birds(tmp_path)
    yield articles
    made.finish()


def titles(articles: Articles) -> list[str]:
    """What the rows say: heads in brackets, articles folded under a row as a number."""
    return [
        f"[{row.head}]" if row.entry is None else row.entry.title + (f" ×{1 + len(row.others)}" if row.others else "")
        for row in articles.arranged.rows
    ]


def chosen(articles: Articles) -> str:
    row = articles.row
    assert row is not None
    assert row.entry is not None
    return row.entry.title


def to(articles: Articles, name: str) -> None:
    """Chooses the row of a file."""
    articles.move_to_article(next(one.path for one in articles.arranged.rows.articles() if one.path.endswith(name)))


def test_without_a_store_the_index_goes_with_the_run(tmp_path, monkeypatch):
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    write(tmp_path / "birds", BIRDS)
    made = session("words", folder=str(tmp_path / "birds"))
    listed = made.library.articles()
    assert listed is not None
    listed.show()
    assert titles(listed)
    assert list(temporary.glob("*/library.sqlite"))
    made.finish()
    assert not list(temporary.iterdir())


# ---- the list --------------------------------------------------------------------------------------------------------


def test_the_newest_come_first_and_repeated_titles_share_a_row(listed):
    assert titles(listed) == ["Gulls", "Terns", "Weather ×2", "Owls"]
    assert (listed.arranged.found, listed.arranged.total) == (5, 5)
    assert chosen(listed) == "Gulls"


def test_orders_and_groups(listed):
    listed.sort()
    assert (listed.view.order, titles(listed)) == ("title", ["Gulls", "Owls", "Terns", "Weather ×2"])
    listed.turn()
    assert titles(listed) == ["Weather ×2", "Terns", "Owls", "Gulls"]
    for _ in range(5):
        listed.sort()
    assert listed.view.order == "date"
    listed.group()
    assert titles(listed)[:4] == ["[2024-05-03]", "Gulls", "[2024-05-02]", "Terns"]
    assert chosen(listed) == "Gulls", "a head cannot be chosen"
    listed.group()
    assert titles(listed) == ["[]", "Gulls", "Terns", "Weather", "[old]", "Weather", "Owls"]
    listed.group()
    assert titles(listed) == ["Gulls", "Terns", "Weather ×2", "Owls"]


def test_titles_are_unfolded_at_one_row_or_at_all(listed):
    to(listed, "2024-05-01-weather.md")
    listed.fold(False)
    assert titles(listed) == ["Gulls", "Terns", "Weather", "Weather", "Owls"]
    listed.move(1)
    assert listed.row.within
    listed.fold(True)
    assert (titles(listed)[2], chosen(listed)) == ("Weather ×2", "Weather")
    listed.fold_titles()
    assert titles(listed) == ["Gulls", "Terns", "Weather", "Weather", "Owls"]


def test_the_cursor_passes_heads_over_and_stays_within_the_list(listed):
    listed.group()
    listed.move(1)
    assert chosen(listed) == "Terns"
    listed.move(-1)
    assert chosen(listed) == "Gulls"
    listed.move(-1)
    assert chosen(listed) == "Gulls"
    listed.move(100)
    assert chosen(listed) == "Owls"


def test_a_query_ranks_and_shows_each_match_in_its_line(listed):
    listed.ask("harbour")
    rows = listed.arranged.rows
    assert (listed.arranged.found, listed.arranged.total) == (3, 5)
    assert [row.hit.matches for row in rows] == [1, 1, 1]
    assert listed.excerpt(rows[0].entry).line == "They cry over the harbour."
    listed.ask("dive tern")
    assert [(row.entry.title, row.hit.titles, row.hit.matches) for row in listed.arranged.rows] == [("Terns", 1, 3)]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("author:ann", ["Gulls"]),
        ("tag:sea", ["Gulls"]),
        ("in:old", ["Weather", "Owls"]),
        ("after:2024-05-02", ["Gulls", "Terns"]),
        ("before:2024-05", ["Weather"]),
        ("harbour -sun", ["Gulls", "Terns"]),
        ('"in the harbour"', ["Terns", "Weather"]),
        (r"/d[a-z]ve\./", ["Terns"]),
        ("is:starred", []),
    ],
)
def test_operators(listed, typed, found):
    listed.ask(typed)
    assert sorted(titles(listed)) == sorted(found)
    listed.ask("")
    assert len(titles(listed)) == 4


def test_a_wrong_query_says_so_and_leaves_the_list(listed):
    listed.ask("harbour")
    listed.ask("harbour after:soon")
    assert "soon" in listed.problem
    assert len(titles(listed)) == 3
    listed.ask("harbour")
    assert listed.problem == ""


def test_enter_waits_for_the_answer_to_what_was_typed(listed, monkeypatch):
    later = []
    monkeypatch.setattr(listed.reading.background, "run_now", later.append)
    listed.ask("dive")
    opened = []
    listed.choose(opened.append)
    assert opened == []
    for work in later:
        work()
    assert [os.path.basename(path) for path in opened] == ["2024-05-02-terns.md"]


def test_an_answer_to_what_is_no_longer_asked_is_dropped(listed, monkeypatch):
    later = []
    monkeypatch.setattr(listed.reading.background, "run_now", later.append)
    listed.ask("dive")
    listed.ask("quiet")
    first, second = later
    second()
    first()
    assert titles(listed) == ["Owls"]


def test_what_is_found_in_a_moment_is_there_before_the_event_loop_goes_on(listed, monkeypatch):
    waiting: list[Thread] = []
    told = []

    def run_now(work):
        waiting.append(Thread(target=work))
        waiting[-1].start()

    monkeypatch.setattr(articles, "_FIRST_WAIT_S", 60.0)  # the machine may do much else
    monkeypatch.setattr(listed.reading.background, "run_now", run_now)
    monkeypatch.setattr(listed.reading.background, "tell", lambda function, *given: told.append((function, given)))
    listed.ask("dive")
    assert titles(listed) == ["Terns"]
    assert listed.excerpt(listed.row.entry).line == "They dive in the harbour, and dive."
    listed.ask("quiet")
    for thread in waiting:
        thread.join()
    for function, given in told:
        function(*given)
    assert titles(listed) == ["Owls"]


def test_a_first_search_finds_the_texts_read(listed):
    listed.prepare()
    corpus = listed.folders.library.corpus
    assert len(corpus._parts) == 1
    part = next(iter(corpus._parts.values()))
    listed.ask("harbour")
    assert len(titles(listed)) == 3
    assert list(corpus._parts.values()) == [part]


def test_what_stands_below_begins_behind_the_byline(listed):
    entry = listed.row.entry
    listed._leads.clear()
    assert listed.lead(entry) == "They cry over the harbour."


def test_a_folder_is_named_on_a_row_where_no_head_names_it(listed):
    to(listed, "owls.md")
    assert listed.origin(listed.row.entry) == "old"
    listed.group()
    listed.group()
    assert "[old]" in titles(listed)
    to(listed, "owls.md")
    assert listed.origin(listed.row.entry) == ""
    to(listed, "gulls.md")
    assert listed.origin(listed.row.entry) == "Ann"


def test_what_stands_below_begins_behind_a_byline_of_time_names_and_tags(tmp_path):
    header = "---\ntitle: Gulls\nauthor: [Ann, Bob Roe]\ntags: [sea, The Shore]\ndate: 2024-05-03 03:07\n---\n\n"
    made, listed = birds(tmp_path, {"gulls.md": f"{header}They cry.\n"})
    assert listed.lead(listed.row.entry) == "They cry."
    made.finish()


# ---- states ----------------------------------------------------------------------------------------------------------


def test_states_by_keys_one_or_many_and_undone(tmp_path):
    made, listed = birds(tmp_path)
    listed.toggle_star()
    assert chosen(listed) == "Terns", "a key goes on to the next row"
    listed.toggle_finished()
    assert made.message.text == "Finished: Terns, u undoes"
    listed.mark()
    listed.mark()
    assert len(listed.marked) == 2
    listed.toggle_archived()
    assert "2 articles" in made.message.text
    stored(made)
    with Store(str(tmp_path / "state" / "reader.sqlite")) as store:
        states = {os.path.basename(path): state for path, state in store.states().items()}
    assert states["2024-05-03-gulls.md"].starred
    assert states["2024-05-02-terns.md"].read == "finished"
    assert states["2024-05-01-weather.md"].archived
    assert states["owls.md"].archived
    listed.ask("is:archived")
    assert sorted(titles(listed)) == ["Owls", "Weather"]
    made.undo.undo()
    listed.ask("")
    assert titles(listed) == ["Gulls", "Terns", "Weather ×2", "Owls"]
    made.finish()


def test_what_is_archived_is_found_and_not_listed(listed):
    to(listed, "owls.md")
    listed.toggle_archived()
    assert "Owls" in titles(listed), "a state moves no row"
    listed.look_again()
    assert "Owls" not in titles(listed)
    assert (listed.arranged.found, listed.arranged.total) == (4, 5)
    listed.ask("quiet")
    assert titles(listed) == ["Owls"]


def test_all_that_is_shown_can_be_marked(listed):
    listed.ask("in:old")
    listed.mark_all()
    listed.toggle_finished()
    listed.ask("is:finished")
    assert sorted(titles(listed)) == ["Owls", "Weather"]
    listed.mark_all()
    listed.toggle_finished()
    listed.look_again()
    assert titles(listed) == []


def test_the_next_unread_row(listed):
    to(listed, "terns.md")
    listed.toggle_finished()
    to(listed, "gulls.md")
    listed.next_unread()
    assert chosen(listed) == "Weather"
    listed.next_unread()
    listed.next_unread()
    assert chosen(listed) == "Gulls"


def test_an_article_set_unread_is_being_read_when_it_is_opened(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("# A\n")
    made = session("# A\n", path=path, store=tmp_path / "reader.sqlite")
    made.start()
    for _ in range(2):
        made.library.toggle_finished()
        stored(made)
    assert made.library.states.of(str(path)).read == "unread"
    made.library.toggle_star()
    made.finish()
    again = session("# A\n", path=path, store=tmp_path / "reader.sqlite")
    again.start()
    again.library.states.fetch()
    stored(again)
    state = again.library.states.of(str(path))
    assert (state.read, state.starred) == ("reading", True)
    again.finish()


# ---- the folder changes ----------------------------------------------------------------------------------------------


def test_a_changed_folder_keeps_the_row(tmp_path):
    made, listed = birds(tmp_path)
    to(listed, "terns.md")
    heard = Heard(made)
    write(tmp_path / "birds", {"2024-06-01-storks.md": "# Storks\n\nThey clatter.\n"})
    (tmp_path / "birds" / "2024-05-03-gulls.md").unlink()
    listed.look_again()
    assert titles(listed) == ["Storks", "Terns", "Weather ×2", "Owls"]
    assert chosen(listed) == "Terns"
    assert "articles" in heard
    made.finish()


def test_a_moved_article_keeps_its_star(tmp_path):
    made, listed = birds(tmp_path)
    to(listed, "owls.md")
    listed.toggle_star()
    os.rename(tmp_path / "birds" / "old" / "owls.md", tmp_path / "birds" / "night.md")
    listed.look_again()
    listed.ask("is:starred")
    assert titles(listed) == ["Owls"]
    assert listed.row.entry.path.endswith("night.md")
    made.finish()


def test_a_folder_that_is_not_there_is_said(tmp_path):
    made = session("words", folder=str(tmp_path / "gone"), store=tmp_path / "reader.sqlite")
    listed = made.library.articles()
    listed.show()
    assert (listed.ready, titles(listed)) == (True, [])
    assert "no such file" in listed.folders.listing.problems[0]
    made.finish()


def test_without_a_store_there_is_a_list_too(tmp_path):
    write(tmp_path, BIRDS)
    made = session("words", folder=str(tmp_path))
    listed = made.library.articles()
    listed.show()
    assert len(titles(listed)) == 4
    made.finish()


# ---- which list ------------------------------------------------------------------------------------------------------


def test_the_library_is_the_folders_that_are_set(tmp_path):
    write(tmp_path / "one", {"a.md": "# A\n"})
    write(tmp_path / "two", {"b.md": "# B\n"})
    folders = (str(tmp_path / "one"), str(tmp_path / "two"))
    made = session("words", store=tmp_path / "reader.sqlite", folders=lambda: folders)
    listed = made.library.articles()
    listed.show()
    assert sorted(titles(listed)) == ["A", "B"]
    assert made.library.articles() is listed, "it comes back as it was"
    made.finish()


def test_without_a_library_there_are_the_recent_articles(tmp_path):
    made = session("words", store=tmp_path / "reader.sqlite")
    assert made.library.articles() is None


def test_who_has_read_nothing_is_offered_what_is_here_and_the_samples(tmp_path, monkeypatch):
    write(tmp_path / "here", {"mine.md": "# Mine\n"})
    write(tmp_path / "samples", {"lamp.md": "# Lamp\n"})
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setattr("reader.session.library.samples", lambda: str(tmp_path / "samples"))
    made = session("", store=tmp_path / "reader.sqlite")
    made.article.source = replace(made.article.source, origin="")
    listing = made.library.recents()
    stored(made)
    assert [work.title for work in listing.works] == ["Mine", "Lamp"]
    assert listing.complete
    assert not listing.forgettable
    made.finish()


def test_an_article_off_the_list_keeps_its_notes_and_comes_back(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("# A\n")
    made = session("# A\n", path=path, store=tmp_path / "reader.sqlite")
    made.start()
    made.annotations.add(Range(0, 1), words="mine")
    listing = made.library.recents()
    stored(made)
    assert [work.path for work in listing.works] == [str(path)]
    made.library.hide(listing, 0)
    assert listing.works == []
    assert "u undoes" in listing.problem
    again = made.library.recents()
    stored(made)
    assert again.works == []
    made.undo.undo()
    assert [work.path for work in listing.works] == [str(path)]
    made.finish()
    with Store(str(tmp_path / "reader.sqlite")) as store:
        assert [recent.path for recent in store.recents()] == [str(path)]
        assert [one.words for one in store.annotations(made.places.key())] == ["mine"]


# ---- many articles ---------------------------------------------------------------------------------------------------


def test_order_and_groups_are_kept_as_one_word() -> None:
    for view in (View(), View("title", True, "day", False), View("path", group="folder")):
        assert view_from(view_written(view)) == view
    assert view_from("") == view_from("no/such/view") == View()


class Shelf:
    """An engine with a list of its own and no files."""

    folders = ("/shelf",)
    corpus = None

    def __init__(self, count: int) -> None:
        entries = {}
        for number in range(count):
            found = Found(f"/shelf/{number // 500}/{number}.md", 100, number)
            entries[found.path] = known_by_name(found, f"Note {number}", f"20{number % 24:02}-01-02")._replace(
                id=number + 1
            )
        self.listing = Listed(entries)

    def newest(self, count: int, without: Collection[str]) -> Listed:
        first = [one for one in ordered(self.listing.entries.values()) if one.path not in without]
        return Listed({one.path: one for one in first[:count]}, more=len(first) - count)

    def remembered(self) -> Listed:
        return self.listing

    def look(self) -> Listed:
        return self.listing

    def lead(self, entry: Entry, characters: int) -> str:
        return "Words."

    def close(self) -> None:
        pass


@pytest.fixture
def many(tmp_path, monkeypatch):
    made = session("words", folder="/shelf", store=tmp_path / "reader.sqlite")
    monkeypatch.setattr(made.library, "_engine", lambda folders: Shelf(60_000))
    articles = made.library.articles()
    articles.show()
    stored(made)
    yield articles
    made.finish()


def test_a_key_in_a_list_of_60000_makes_the_rows_it_needs(many, monkeypatch):
    made_rows, begun = [], []
    whole = Rows.__getitem__

    def counted(self: Rows, index: int | slice) -> object:
        made_rows.append(index)
        return whole(self, index)

    monkeypatch.setattr(Rows, "__getitem__", counted)
    monkeypatch.setattr(many, "_arrange", lambda: begun.append(1))
    assert many.arranged.found == 60_000
    for key in (many.mark, many.toggle_star, many.toggle_finished, many.next_unread, lambda: many.move(40)):
        many.reading.announce("articles")
        key()
    many.move_to(59_999, -1)
    assert chosen(many) == "Note 0"
    assert len(made_rows) < 100
    assert begun == [], "a state moves no row"


@pytest.fixture
def first(tmp_path):
    """The first rows of a long list and its session; the rest comes with `more`."""
    made = session("words", folder="/shelf", store=tmp_path / "reader.sqlite")
    articles = made.library.articles()
    shelf = Shelf(3000)
    articles.folders.library = shelf
    articles.folders._have(shelf.newest(200, ()), 0, 0, ())
    stored(made)
    yield articles, lambda: (articles.folders._have(shelf.listing, 0, 0, ()), stored(made))
    made.finish()


def test_the_first_rows_are_there_before_the_others(first):
    articles, more = first
    assert (len(articles.arranged.rows), articles.arranged.found, articles.arranged.partial) == (200, 3000, True)
    articles.move(3)
    there, rows = articles.row, articles.arranged.rows[:200]
    more()
    assert (len(articles.arranged.rows), articles.arranged.found, articles.arranged.partial) == (3000, 3000, False)
    assert articles.row == there
    assert articles.arranged.rows[:200] == rows


@pytest.mark.parametrize("key", ["end", "mark", "unread", "open", "sort", "query"])
def test_what_needs_the_whole_list_is_done_once_it_is_there(first, key, monkeypatch):
    articles, more = first
    opened = []
    if key == "end":
        articles.move_to_end(1)
        assert articles.cursor == 0
    elif key == "mark":
        articles.mark_all()
        assert not articles.marked
    elif key == "unread":
        seen = {row.entry.path: State("finished") for row in articles.arranged.rows}
        monkeypatch.setattr(articles.states, "known", seen)
        articles.next_unread()
    elif key == "open":
        articles.choose(lambda path: opened.append((path, len(articles.arranged.trail()))))
        assert not opened
    elif key == "sort":
        articles.sort()
        assert articles.arranged.partial
    else:
        articles.ask("is:unread")
        assert articles.arranged.partial
    more()
    done = {
        "end": lambda: articles.cursor == 2999,
        "mark": lambda: len(articles.marked) == 3000,
        "unread": lambda: articles.cursor == 200,
        "open": lambda: opened == [(articles.row.entry.path, 3000)],
        "sort": lambda: titles(articles)[:2] == ["Note 0", "Note 1"],
        "query": lambda: articles.arranged.wanted is not None and len(articles.arranged.rows) == 3000,
    }
    assert done[key]()


def test_60000_articles_in_every_order_and_group(many):
    for _ in range(6):
        many.sort()
        assert many.arranged.found == 60_000
    for _ in range(3):
        many.group()
        assert len({entry.path for entry in many.arranged.rows.articles()}) == 60_000
    many.ask("after:2023-01-01 is:unread")
    assert (many.arranged.found, many.arranged.total) == (2500, 60_000)


def test_a_disk_that_fails_takes_nothing_off_the_list(tmp_path, monkeypatch):
    made, listed = birds(tmp_path)
    scandir = os.scandir

    def failing(place: str) -> object:
        if str(place).endswith("old"):
            raise OSError(5, "Input/output error")
        return scandir(place)

    monkeypatch.setattr(os, "scandir", failing)
    (tmp_path / "birds" / "2024-05-03-gulls.md").unlink()
    listed.look_again()
    assert titles(listed) == ["Terns", "Weather ×2", "Owls"]
    assert "input/output error" in listed.folders.listing.problems[0]
    made.finish()
