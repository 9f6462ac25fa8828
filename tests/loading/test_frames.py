"""What crosses the pipe."""

from __future__ import annotations

import json
import pickle
from dataclasses import replace
from io import BytesIO

from reader.document import Document
from reader.loading import Order, serve
from reader.loading.frames import grown
from reader.parse import parse


def test_the_order_crosses_as_json():
    order = Order("a", "gb18030", 7, "c.toml", (("move.down", ("j",), "Down"),), True, "/state")
    back = Order(*json.loads(json.dumps(order)))
    assert back._replace(actions=()) == order._replace(actions=())
    assert [(id, tuple(keys), title) for id, keys, title in back.actions] == list(order.actions)


def test_a_box_that_goes_on_in_the_next_frame_is_one_box():
    whole = parse("> [!info]- Title\n> One\n>\n> - Two\n> - Three\n\n> Another\n")
    first = replace(whole, blocks=whole.blocks[:2], complete=False)
    shown = None
    for before, now in ((Document(), first), (first, whole)):
        out = BytesIO()
        serve._send(out, serve._growth(before, now))
        shown = grown(shown, pickle.loads(out.getvalue()))
    assert shown is not None
    boxes = [block.containers for block in shown.blocks]
    assert len({id(inside[0]) for inside in boxes[:4]}) == len({id(inside[1]) for inside in boxes[:4]}) == 1
    assert boxes[2][2] is not boxes[3][2]
    assert boxes[4][0] is not boxes[0][0]
