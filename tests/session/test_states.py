"""What becomes of an article that is read to its end; with no app."""

from __future__ import annotations

from pathlib import Path

import pytest
from session_kit import FixedViewport, documents, session, stored

from reader.session import Session
from reader.session.pace import Pace
from reader.session.progress import ReadingProgress
from reader.store import Store

WORDS = "# The lamp\n\n" + "\n\n".join(
    f"Paragraph {number}: the keeper climbs the steps again." for number in range(60)
)


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "lamp.md"
    path.write_text(WORDS)
    return path


def opened(path: Path, tmp_path: Path) -> tuple[Session, list[float]]:
    """A session on the article, and its clock."""
    made = session(WORDS, path=path, store=tmp_path / "reader.sqlite")
    now = [0.0]
    made.places.progress._clock = lambda: now[0]
    made.places.progress.settle()
    made.start()
    stored(made)
    return made, now


def read(made: Session, now: list[float], seconds: float, *, skip: bool = False) -> None:
    """Goes through the pages, so long at each."""
    viewport, length = made.viewport, len(made.article.document.text)
    assert isinstance(viewport, FixedViewport)
    for offset in (0, length - 200) if skip else range(0, length, 200):
        viewport.top_offset = offset
        made.has_moved()
        now[0] += seconds
    made.places.save()
    stored(made)


def state(tmp_path: Path, path: Path) -> str:
    with Store(str(tmp_path / "reader.sqlite")) as store:
        return store.states()[str(path)].read


def test_an_article_read_to_its_end_is_finished(path, tmp_path):
    made, now = opened(path, tmp_path)
    read(made, now, 5.0)
    assert made.library.states.of(str(path)).read == "finished"
    made.finish()
    assert state(tmp_path, path) == "finished"


def test_a_jump_to_the_end_finishes_nothing(path, tmp_path):
    made, now = opened(path, tmp_path)
    read(made, now, 60.0, skip=True)
    made.finish()
    assert state(tmp_path, path) == "reading"


def test_who_leafs_through_has_not_read(path, tmp_path):
    made, now = opened(path, tmp_path)
    length = len(made.article.document.text) // 200
    read(made, now, 1.0 if made.article.seconds / length > 12 else made.article.seconds / length / 20)
    made.finish()
    assert state(tmp_path, path) == "reading"


def test_what_was_read_in_another_run_counts(path, tmp_path):
    length = len(documents(WORDS)[-1].text)
    made, now = opened(path, tmp_path)
    for offset in range(0, length - 1000, 200):
        made.viewport.top_offset = offset
        made.has_moved()
        now[0] += 5
    made.places.save()
    made.finish()
    assert state(tmp_path, path) == "reading"
    made, now = opened(path, tmp_path)
    for offset in range(length - 1200, length, 200):
        made.viewport.top_offset = offset
        made.has_moved()
        now[0] += 5
    made.places.save()
    made.finish()
    assert state(tmp_path, path) == "finished"


def test_what_the_person_says_stands(path, tmp_path):
    made, now = opened(path, tmp_path)
    read(made, now, 5.0)
    made.library.toggle_finished()
    stored(made)
    read(made, now, 5.0)
    made.finish()
    assert state(tmp_path, path) == "unread"


def test_progress_without_an_article_is_not_finished():
    made = session("")
    assert not ReadingProgress(made, Pace()).finished


def test_how_far_the_page_is_goes_from_nothing_at_its_beginning_to_all_at_its_end():
    made = session("\n\n".join(f"Paragraph number {number}." for number in range(100)))
    length, layout = len(made.article.document.text), made.article.layout
    last = layout.offset_of(layout.height - made.viewport.rows)
    for offset, share in ((0, 0.0), (last // 2, 0.5), (length - 201, 0.99), (length - 200, 1.0)):
        made.viewport.top_offset = offset
        made.has_moved()
        assert abs(made.share - share) < 0.001
    short = session("All of it.")
    short.has_moved()
    assert short.share == 1.0
