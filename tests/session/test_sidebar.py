"""What the sidebar lists, with no widget."""

from __future__ import annotations

from session_kit import Heard, article, session

from reader.search import Query

TEXT = "# A\n\nOne [link](https://q.example/) here.\n\n## B\n\nA lamp.\n\n# C\n\nA lamp again.\n"


def test_the_sections_as_a_tree():
    made = session(TEXT)
    content = made.sidebar.content()
    assert content.head == "Sections"
    assert [(entry.text, entry.depth) for entry in content.entries] == [("A", 0), ("B", 1), ("C", 0)]


def test_links_under_their_sections():
    made = session(TEXT)
    made.sidebar.show("links")
    content = made.sidebar.content()
    assert content.head == "Links and images  1"
    assert [entry.text for entry in content.entries] == ["A", "↗ link"]


def test_matches_are_counted_and_listed():
    made = session(TEXT)
    made.search.ask(Query("lamp"))
    sections = made.sidebar.content().entries
    assert [made.sidebar.tally(entry) for entry in sections] == ["", "1", "1"]
    made.sidebar.show("results")
    content = made.sidebar.content()
    assert content.head == "Matches  2"
    assert content.current == 1, "the row of the current match, under the title of its section"


def test_a_search_that_ends_leaves_its_list():
    made = session(TEXT)
    made.search.ask(Query("lamp"))
    made.sidebar.show("results")
    made.search.clear()
    assert made.sidebar.panel == "sections"


def test_choosing_goes_there_and_gives_the_keys_to_the_page():
    made = session(TEXT)
    heard = Heard(made)
    made.sidebar.show("sections")
    assert made.pane == "sidebar"
    entry = made.sidebar.content().entries[2]
    made.sidebar.choose(entry)
    assert made.viewport.top_offset == entry.range.start
    assert made.pane == "page"
    assert made.history.back
    assert heard.count("focus") == 2


def test_another_article_has_other_sections():
    made = session(TEXT)
    made.sidebar.content()
    made.opening.enter(article("# Other\n\nwords\n"))
    assert [entry.text for entry in made.sidebar.content().entries] == ["Other"]


def test_the_width_has_bounds():
    made = session(TEXT)
    for _ in range(40):
        made.sidebar.widen(1)
    assert made.sidebar.width == 80
    for _ in range(40):
        made.sidebar.widen(-1)
    assert made.sidebar.width == 16
    assert made.sidebar.wanted
