"""Where in a long text passages may be, for any number of them in one walk over the text.

The pieces of `size` characters at every place of a passage are looked up among the pieces that follow one another in
the text, as BLAT does it (Kent 2002, doi:10.1101/gr.229202): whatever stands in both and is `2 * size - 1` long has one
in common. The walk costs the same for one passage and for thousands. Pieces that are common say nothing and are left
out. Refuses to judge: it says where to look.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reader.store.align import fold

_SIZE: Final = 8
_SIZE_WIDE: Final = 6
"""Characters of a piece; of texts with more than ASCII in them less, since Han says more with fewer."""
_WIDTH: Final = 2 * _SIZE - 1
_CHUNK: Final = 9600
"""Characters folded at once; a multiple of both sizes."""
_ZONES: Final = 12
"""Parts of a passage that are looked for at the most, spread over it."""
_COMMON: Final = 16
"""A piece that stands in the text more often is left out."""
_SHARED: Final = 64
"""As many passages are found by the same piece at the most."""


def candidates(needles: Sequence[str], text: str, most: int) -> list[list[int]]:
    """For each needle up to `most` offsets at which it may begin in `text`, the likeliest first.

    Needles are folded, `text` is not. An offset may be off by what was inserted or deleted within the passage, and may
    lie outside the text. Where less than a sixth of the pieces looked for is found, nothing of the kind is there.
    """
    size = _SIZE if text.isascii() else _SIZE_WIDE
    wanted: dict[str, list[tuple[int, int]]] = {}
    for number, needle in enumerate(needles):
        for at in _places(len(needle), size):
            gram = needle[at : at + size]
            if len(gram.strip(" -*=.")) >= size - 2:
                users = wanted.setdefault(gram, [])
                if len(users) < _SHARED:
                    users.append((number, at))
    found: dict[str, list[int]] = {}
    if wanted:
        for base in range(0, len(text), _CHUNK):
            part = fold(text[base : base + _CHUNK])
            for at in [at for at in range(0, len(part), size) if part[at : at + size] in wanted]:
                there = found.setdefault(part[at : at + size], [])
                if len(there) <= _COMMON:
                    there.append(base + at)
    votes: list[list[int]] = [[] for _ in needles]
    for gram, offsets in found.items():
        if len(offsets) <= _COMMON:
            for number, at in wanted[gram]:
                votes[number] += [offset - at for offset in offsets]
    return [_likeliest(said, len(needle), most) for said, needle in zip(votes, needles, strict=True)]


def _places(length: int, size: int) -> list[int]:
    """Where the pieces of a needle begin: in each zone `size` neighbours, one of which falls into the text's step."""
    width = 2 * size - 1
    zones = max(1, min(_ZONES, length // width))
    step = max(0, length - width) / max(1, zones - 1)
    starts = [round(zone * step) for zone in range(zones)]
    return [at for start in starts for at in range(start, min(start + size, length - size + 1))]


def _likeliest(said: list[int], length: int, most: int) -> list[int]:
    """The offsets that the most pieces speak for, give or take what an edit moves them by."""
    said.sort()
    near = max(32, length // 3)
    groups: list[tuple[int, int]] = []
    start = 0
    for index, offset in enumerate(said):
        if index + 1 == len(said) or said[index + 1] - said[start] > near or said[index + 1] - offset > near // 2:
            groups.append((start - index - 1, said[(start + index) // 2]))
            start = index + 1
    groups.sort()
    least = max(1, length // _WIDTH // 6) if length < _ZONES * _WIDTH else _ZONES // 6
    return [offset for votes, offset in groups[:most] if -votes >= least]
