"""Announcements: who hears what, and in which order."""

from __future__ import annotations

from reader.session import Changes, Topic


def test_every_listener_hears_in_the_order_of_subscription():
    changes, heard = Changes(), []
    changes.subscribe(lambda topic: heard.append(("first", topic)))
    changes.subscribe(lambda topic: heard.append(("second", topic)))
    changes.announce("moved")
    assert heard == [("first", "moved"), ("second", "moved")]


def test_what_follows_from_a_change_is_heard_after_it_by_all():
    changes, heard = Changes(), []

    def state(topic: Topic) -> None:
        if topic == "article":
            changes.announce("matches")
            changes.announce("claims")
            changes.announce("matches")

    changes.subscribe(state)
    changes.subscribe(heard.append)
    changes.announce("article")
    assert heard == ["article", "matches", "claims"], "each once, although it was announced twice meanwhile"


def test_who_has_unsubscribed_hears_nothing():
    changes, heard = Changes(), []
    leave = changes.subscribe(heard.append)
    changes.announce("moved")
    leave()
    changes.announce("moved")
    assert heard == ["moved"]


def test_a_listener_that_raises_leaves_nothing_pending():
    changes, heard = Changes(), []

    def broken(topic: Topic) -> None:
        if topic == "article":
            changes.announce("claims")
            raise ValueError("broken")

    changes.subscribe(broken)
    try:
        changes.announce("article")
    except ValueError:
        heard.append("raised")
    changes.subscribe(heard.append)
    changes.announce("moved")
    assert heard == ["raised", "moved"]
