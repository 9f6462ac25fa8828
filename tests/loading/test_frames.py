"""What crosses the pipe."""

from __future__ import annotations

import json

from reader.loading import Order


def test_the_order_crosses_as_json():
    order = Order("a", "gb18030", 7, "c.toml", (("move.down", ("j",), "Down"),), True, "/state")
    back = Order(*json.loads(json.dumps(order)))
    assert back._replace(actions=()) == order._replace(actions=())
    assert [(id, tuple(keys), title) for id, keys, title in back.actions] == list(order.actions)
