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
    given = [key for key in keys if key is not None]
    order = iter(zip(*(in_order(part) for part in zip(*given, strict=True)), strict=True))
    whole = [None if key is None else next(order) for key in keys]
    by_block: dict[Hashable, list[tuple[int, ...]]] = {}
    for at, block in zip(whole, blocks, strict=True):
        if at is not None:
            by_block.setdefault(block, []).append(at)
    places: dict[Hashable, dict[tuple[int, ...], int]] = {}
    for block, own in by_block.items():
        own.sort(reverse=True)
        if ties == "dense":
            places[block] = {key: place for place, key in enumerate(dict.fromkeys(own), 1)}
        else:
            places[block] = {}
            for place, key in enumerate(own, 1):
                places[block].setdefault(key, place)
    return [None if at is None else places[block][at] for at, block in zip(whole, blocks, strict=True)]


def in_order(values: Sequence[Fraction]) -> list[int]:
    """Whole numbers that are equal, less and greater as the fractions are, and far sooner compared.

    Two fractions with denominators of up to D lie at least 1/D² apart, so that D² of each, without what
    comes after the point, tells them apart.
    """
    greatest = max((value.denominator for value in values), default=1)
    return [value.numerator * greatest * greatest // value.denominator for value in values]
