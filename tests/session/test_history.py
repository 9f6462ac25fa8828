"""The way back."""

from __future__ import annotations

from reader.session import History, Stop
from reader.store import Place


def stop(offset: int, target: str = "a.md") -> Stop:
    return Stop(target, Place(offset))


def test_back_and_forward():
    history = History()
    history.leave(stop(1))
    history.leave(stop(5))
    assert history.step(stop(9), backward=True) == stop(5)
    assert history.step(stop(5), backward=True) == stop(1)
    assert history.step(stop(1), backward=True) is None
    assert history.step(stop(1), backward=False) == stop(5)
    assert history.step(stop(5), backward=False) == stop(9)


def test_a_jump_from_the_same_place_is_noted_once_and_drops_the_way_forward():
    history = History()
    history.leave(stop(1))
    history.leave(stop(1))
    assert len(history.back) == 1
    history.step(stop(4), backward=True)
    history.leave(stop(2))
    assert history.forward == []


def test_where_one_stands_is_no_step():
    history = History()
    history.leave(stop(1))
    history.leave(stop(7))
    assert history.step(stop(7), backward=True) == stop(1)


def test_places_of_other_articles_are_others():
    history = History()
    history.leave(stop(1, "a.md"))
    history.leave(stop(1, "b.md"))
    assert history.step(stop(9, "b.md"), backward=True) == stop(1, "b.md")
    assert history.step(stop(1, "b.md"), backward=True) == stop(1, "a.md")
