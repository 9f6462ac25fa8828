"""What a terminal with kitty's graphics protocol is sent to have an image it can draw in cells.

Owns the sequences (sw.kovidgoyal.net/kitty/graphics-protocol: direct transmission of PNG, virtual placement for
Unicode placeholders, deletion), also through tmux. Refuses to write them, and to ask the terminal anything: its answers
would be keys.

Invariant: what is sent holds base64 and ASCII only, in chunks of at most `CHUNK_CHARACTERS`.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator

from reader.layout import Picture

CHUNK_CHARACTERS = 4096
"""Of base64, as the protocol has it."""


def placing(picture: Picture, *, tmux: bool = False) -> Iterator[str]:
    """The sequences that give a picture to a terminal, to be drawn where its placeholders are; `tmux`: through it."""
    data = b64encode(picture.png).decode("ascii")
    chunks = [data[at : at + CHUNK_CHARACTERS] for at in range(0, len(data), CHUNK_CHARACTERS)]
    for index, chunk in enumerate(chunks):
        more = f"m={int(index < len(chunks) - 1)}"
        # q=2: no answer, be it good or bad
        first = f"a=T,U=1,q=2,f=100,t=d,i={picture.number},c={picture.columns},r={picture.rows},{more}"
        yield _sequence(f"{first if not index else f'q=2,{more}'};{chunk}", tmux)


def removing(number: int, *, tmux: bool = False) -> str:
    """The sequence that has a terminal forget a picture."""
    return _sequence(f"a=d,d=I,q=2,i={number}", tmux)


def _sequence(said: str, tmux: bool) -> str:
    sequence = f"\x1b_G{said}\x1b\\"
    return "\x1bPtmux;" + sequence.replace("\x1b", "\x1b\x1b") + "\x1b\\" if tmux else sequence
