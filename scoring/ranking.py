"""Ranks within blocks, on exact fractions or on the rounded percent, ties as the decision says."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from fractions import Fraction
from typing import Literal

Key = tuple[Fraction, ...]


def ranks(
    keys: Sequence[Key | None],
    blocks: Sequence[Hashable],
    ties: Literal["competition", "dense"] = "competition",
) -> list[int | None]:
    """Rank of each unit among its block, the greatest key first; None where there is no key.

    A key is what units are ranked on, then what breaks a tie.

    Equal keys share a rank; after a tie of two, `competition` goes on 1, 2, 2, 4 and `dense` 1, 2, 2, 3.
    """
    places: dict[Hashable, dict[Key, int]] = {}
    for block in dict.fromkeys(blocks):
        own = sorted(
            (key for key, of in zip(keys, blocks, strict=True) if of == block and key is not None),
            reverse=True,
        )
        distinct = list(dict.fromkeys(own))
        if ties == "dense":
            places[block] = {key: place for place, key in enumerate(distinct, 1)}
        else:
            places[block] = {}
            for place, key in enumerate(own, 1):
                places[block].setdefault(key, place)
    return [None if key is None else places[block][key] for key, block in zip(keys, blocks, strict=True)]
