"""What a unit could declare instead: each kind offers every worth that it can give, and nothing else.

1. By hand: steps, levels, people of the same total, counts between the free ones and the cap, days.
2. Every worth of a small rule is offered; every case offered is a valid answer.
3. Of totals too large to go through, the first figure of each band is offered, and the whole.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from criteria.exact import thousandths
from criteria.rules import kinds
from criteria.rules.ratio import LISTED

PEOPLE = {"done": "Số người học", "of": "Tổng số người"}
BANDS = [
    {"from": "90", "points": "3"},
    {"from": "33.333", "points": "proportional"},
    {"from": "0", "points": "0"},
]
DUE = 738_809  # 16/10/2023


def attainable(
    raw: dict[str, Any], x: tuple[int, ...] | None = None, top: str = "3"
) -> list[tuple[int, ...]]:
    rule = kinds()[raw["kind"]].parse(raw, thousandths(top), 250)
    columns = rule.attainable(x)
    return [tuple(int(value) for value in values) for values in zip(*columns, strict=True)]


@pytest.mark.parametrize(
    ("raw", "declared", "offered"),
    [
        ({"kind": "judged", "step": "1"}, (500,), [(0,), (1000,), (2000,), (3000,)]),
        ({"kind": "judged", "step": "1.5"}, None, [(0,), (1500,), (3000,)]),
        (
            {"kind": "choice", "options": [{"label": "a", "points": "3"}, {"label": "b", "points": "0"}]},
            (1,),
            [(0,), (1,)],
        ),
        ({"kind": "ratio", "inputs": PEOPLE, "bands": BANDS}, (1000, 2000), [(0, 2000), (1000, 2000), (2000, 2000)]),
        (
            {"kind": "count", "inputs": {"count": "Số vụ"}, "each": "2", "direction": "take_off", "free": "1"},
            (9000,),
            [(1000,), (2000,), (3000,)],
        ),
        (
            {"kind": "count", "inputs": {"count": "Số"}, "each": "1", "direction": "add", "floor": "1"},
            None,
            [(0,), (1000,), (2000,)],
        ),
        ({"kind": "timely", "by": "2023-10-16"}, (DUE + 9,), [(DUE,)]),
        (
            {"kind": "timely", "by": "2023-10-16", "late": [{"days": "5", "points": "1"}]},
            None,
            [(DUE,), (DUE + 5,)],
        ),
        ({"kind": "timely", "by": "2023-10-16", "per_day": "2"}, None, [(DUE,), (DUE + 1,), (DUE + 2,)]),
        ({"kind": "timely", "deadline": "ho-so"}, None, []),  # the plan's day is not known yet
        ({"kind": "imported", "table": "cchc", "as": "percent"}, (50_000,), []),
    ],
)  # fmt: skip
def test_what_each_kind_offers(
    raw: dict[str, Any], declared: tuple[int, ...] | None, offered: list[tuple[int, ...]]
) -> None:
    assert attainable(raw, declared) == offered


def test_nothing_declared_is_of_a_hundred() -> None:
    offered = attainable({"kind": "ratio", "inputs": PEOPLE, "bands": BANDS})
    assert offered == [(done * 1000, 100_000) for done in range(101)]


def test_figures_with_decimals_go_by_their_step() -> None:
    inputs = {"done": {"label": "Diện tích", "decimals": "1"}, "of": {"label": "Tổng", "decimals": "1"}}
    offered = attainable({"kind": "ratio", "inputs": inputs, "bands": BANDS}, (100, 500))
    assert [done for done, _ in offered] == [0, 100, 200, 300, 400, 500]


def test_every_worth_of_a_small_rule_is_offered() -> None:
    raw = {"kind": "count", "inputs": {"count": "Số"}, "each": "0.7", "direction": "add", "free": "2"}
    rule = kinds()["count"].parse(raw, 3000, 250)

    def worths(counts: list[int]) -> set[int]:
        return set(rule.points([np.array(counts) * 1000]).num.tolist())

    assert worths([count // 1000 for (count,) in attainable(raw)]) == worths(list(range(50)))


def test_a_total_too_large_to_go_through() -> None:
    of = 7_000_001_000
    raw = {"kind": "ratio", "inputs": PEOPLE, "bands": BANDS}
    offered = attainable(raw, (0, of))
    assert LISTED <= len(offered) <= LISTED + 1 + len(BANDS)
    done = [first for first, _ in offered]
    assert done == sorted(set(done))
    assert (done[0], done[-1]) == (0, of)
    for start in ("90", "33.333"):
        edge = Fraction(thousandths(start) * of, 100_000)
        first = next(value for value in done if value >= edge)
        assert first - 1000 < edge and first % 1000 == 0
