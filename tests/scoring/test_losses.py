"""Where points went.

1. The lines of a unit add up exactly to its maximum less its final points, whatever the decision's shape.
2. A line a criterion that is not full, none for one that is or does not apply.
3. Bonus lowers the loss, a penalty adds to it; caps, rounding and the bounds have lines of their own.
4. A unit without points has no lines.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from scoring.losses import losses
from tests.reports.shapes import SHAPES, shaped
from tests.scoring.small_round import criteria_of, judged_set, results_of

OUTSIDE = """\
scale: 10
policy: {points_step: 0.001, percent: {digits: 2, rounding: half_up}, grade_on: percent_of_applicable}
grades: [{label: Tốt, from: 80}, {label: Yếu, from: 0}]
groups:
  - id: "1"
    title: Nhóm
    max: 10
    cite: vd
    criteria:
      - {id: "1.1", title: Tiêu chí 1, max: 10, kind: judged, cite: vd}
  - id: "2"
    kind: bonus
    title: Điểm cộng
    max: 2
    cite: vd
    criteria:
      - {id: "2.1", title: Tiêu chí cộng, max: 3, kind: judged, cite: vd}
  - id: "3"
    kind: penalty
    title: Điểm trừ
    max: 4
    cite: vd
    criteria:
      - {id: "3.1", title: Tiêu chí trừ, max: 5, kind: judged, cite: vd}
"""
# claims on 1.1, 2.1 and 3.1; the lines as kind and points
CASES = [
    ("7", "0", "0", [("lost", 3)]),
    ("10", "0", "0", []),
    ("7", "1", "0", [("lost", 3), ("bonus", -1)]),
    ("7", "3", "0", [("lost", 3), ("bonus", -3), ("cap", 1)]),
    ("7", "0", "2", [("lost", 3), ("penalty", 2)]),
    ("7", "0", "5", [("lost", 3), ("penalty", 5), ("cap", -1)]),
    ("3", "0", "5", [("lost", 7), ("penalty", 5), ("cap", -1), ("floor", -1)]),
    ("9", "2", "0", [("lost", 1), ("bonus", -2), ("scale", 1)]),
]


@pytest.mark.parametrize(("scale", "bonus", "penalty", "lines"), CASES)
def test_lines_of_bonus_penalty_and_bounds(
    scale: str, bonus: str, penalty: str, lines: list[tuple[str, int]]
) -> None:
    said = f"A 1.1 {scale} 1\nA 2.1 {bonus} 1\nA 3.1 {penalty} 1"
    results = results_of(criteria_of(OUTSIDE), "A", said)
    assert [(loss.kind, loss.points / 1000) for loss in losses(results)] == lines


def test_each_criterion_that_is_not_full_has_its_line() -> None:
    results = results_of(
        judged_set(["4", "3", "2", "1"], more=", not_applicable: exclude"),
        "A B",
        "A 1.1 4 1\nA 1.2 2,5 1\nA 1.3 KPS\nA 1.4 trống",
    )
    assert [(loss.unit, loss.criterion, loss.points) for loss in losses(results)] == [
        ("A", "1.2", 500),
        ("A", "1.4", 1000),
    ]


@pytest.mark.parametrize("name", SHAPES)
def test_lines_add_up_to_what_is_missing(name: str, tmp_path: Path) -> None:
    _, results, _ = shaped(name, tmp_path)
    lines = list(losses(results))
    scored = results.units[results.units["final"].notna()]
    for unit in scored.to_dict("records"):
        own = [loss.points for loss in lines if loss.unit == unit["code"]]
        assert sum(own, Fraction(0)) == int(unit["max"]) - int(unit["final"])
    assert {loss.unit for loss in lines} <= set(scored["code"])
    assert all(loss.points for loss in lines)
