"""The rule kinds: what each asks for, how many points it gives, how it says so.

1. `judged` gives what was typed; `choice` the worth of the level; `ratio` the band of the exact share,
   the edge belonging to the upper band; `count` so much for each, never under 0 nor above the maximum.
2. Figures up to a thousand million do not overflow.
3. The sentences are whole, in Vietnamese, and name the figures that the points come from.
4. Mistakes inside a rule are found, and sound rules have none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from criteria import rules
from criteria.exact import LARGEST, thousandths
from criteria.loader import load_criteria
from criteria.rules import Rule, kinds

STEP = 250  # of points that a person gives, unless the criterion says otherwise
Raw = Mapping[str, Any]

JUDGED = {"kind": "judged"}
CHOICE = {
    "kind": "choice",
    "inputs": {"level": "Thời điểm gửi"},
    "options": [
        {"label": "Đúng hạn", "points": "3"},
        {"label": "Chậm", "share": "50"},
        {"label": "Rất chậm", "share": "33,333"},
        {"label": "Không gửi", "points": "0"},
    ],
}
PEOPLE = {"done": "Số người học", "of": "Tổng số người"}
LADDER = {
    "kind": "ratio",
    "inputs": PEOPLE,
    "bands": [
        {"from": "98", "points": "4"},
        {"from": "95", "points": "3"},
        {"from": "90", "points": "2"},
        {"from": "0", "points": "0"},
    ],
}
PROPORTIONAL = {
    "kind": "ratio",
    "inputs": PEOPLE,
    "bands": [
        {"from": "100", "points": "3"},
        {"from": "80", "points": "proportional"},
        {"from": "0", "points": "0"},
    ],
}
ADDED = {"kind": "count", "inputs": {"count": "Số mô hình"}, "each": "0.5", "direction": "add"}
TAKEN_OFF = {"kind": "count", "inputs": {"count": "Số vụ"}, "each": "0.5", "direction": "take_off"}


def rule_of(raw: Raw, top: str = "3") -> Rule:
    """The rule of a criterion written as in a file, with a maximum in points."""
    return kinds()[raw["kind"]].parse(raw, thousandths(top), STEP)


def points_of(rule: Rule, *inputs: int) -> Fraction:
    """Exact thousandths of a point for one unit's inputs."""
    exact = rule.points([np.array([value], dtype=np.int64) for value in inputs])
    return Fraction(int(exact.num[0]), int(exact.den[0]))


def test_every_kind_has_a_file_of_its_name_and_is_found_there() -> None:
    files = {path.stem for path in Path(rules.__file__).parent.glob("*.py")} - {"__init__", "rule", "bands"}
    assert set(kinds()) == files >= {"judged", "choice", "ratio", "count"}
    assert all(name == kinds()[name].KIND for name in files)


@pytest.mark.parametrize(
    ("raw", "top", "asked"),
    [
        (JUDGED, "3", [("points", "Điểm đề nghị", "number", 250, 3000, False, None)]),
        ({**JUDGED, "step": "0.1"}, "3", [("points", "Điểm đề nghị", "number", 100, 3000, False, None)]),
        (
            {**JUDGED, "inputs": {"points": "Điểm"}},
            "3",
            [("points", "Điểm", "number", 250, 3000, False, None)],
        ),
        (CHOICE, "3", [("level", "Thời điểm gửi", "level", 1000, None, False, None)]),
        (
            LADDER,
            "4",
            [
                ("done", "Số người học", "number", 1000, None, False, "of"),
                ("of", "Tổng số người", "number", 1000, None, True, None),
            ],
        ),
        (
            {**LADDER, "inputs": {"done": {"label": "Đạt", "decimals": "2"}, "of": {"label": "Tối đa"}}},
            "4",
            [
                ("done", "Đạt", "number", 10, None, False, "of"),
                ("of", "Tối đa", "number", 1000, None, True, None),
            ],
        ),
        (ADDED, "3", [("count", "Số mô hình", "number", 1000, None, False, None)]),
    ],
)
def test_what_a_rule_asks_for(raw: Raw, top: str, asked: list[tuple[object, ...]]) -> None:
    found = [
        (item.name, item.label, item.type, item.step, item.most, item.positive, item.within)
        for item in rule_of(raw, top).inputs
    ]
    assert found == asked


def test_a_choice_asks_for_one_of_its_levels() -> None:
    assert rule_of(CHOICE).inputs[0].levels == ("Đúng hạn", "Chậm", "Rất chậm", "Không gửi")


@pytest.mark.parametrize(
    ("raw", "top", "typed", "points"),
    [
        (JUDGED, "3", ["0"], "0"),
        (JUDGED, "3", ["2,75"], "2,75"),
        (JUDGED, "3", ["3"], "3"),
        # each of ten thousand people weighs: 79,99% is not 80%
        (PROPORTIONAL, "3", ["0", "100"], "0"),
        (PROPORTIONAL, "3", ["7999", "10000"], "0"),
        (PROPORTIONAL, "3", ["8000", "10000"], "2,4"),
        (PROPORTIONAL, "3", ["8001", "10000"], "2,4003"),
        (PROPORTIONAL, "3", ["9999", "10000"], "2,9997"),
        (PROPORTIONAL, "3", ["10000", "10000"], "3"),
        (PROPORTIONAL, "3", ["5", "6"], "2,5"),
        (PROPORTIONAL, "3", ["6", "7"], "18/7"),
        (PROPORTIONAL, "3", ["1", "1"], "3"),
        # each edge of a ladder: just below, at, just above
        (LADDER, "4", ["8999", "10000"], "0"),
        (LADDER, "4", ["9000", "10000"], "2"),
        (LADDER, "4", ["9001", "10000"], "2"),
        (LADDER, "4", ["9499", "10000"], "2"),
        (LADDER, "4", ["9500", "10000"], "3"),
        (LADDER, "4", ["9501", "10000"], "3"),
        (LADDER, "4", ["9799", "10000"], "3"),
        (LADDER, "4", ["9800", "10000"], "4"),
        (LADDER, "4", ["9801", "10000"], "4"),
        (LADDER, "4", ["10000", "10000"], "4"),
        (LADDER, "4", ["0", "1"], "0"),
        # a thousand million less one is still less
        (LADDER, "4", ["979999999", "1000000000"], "3"),
        (LADDER, "4", ["980000000", "1000000000"], "4"),
        (PROPORTIONAL, "3", ["799999999", "1000000000"], "0"),
        (PROPORTIONAL, "3", ["999999999", "1000000000"], "2,999999997"),
        # figures with decimals, as an index has them
        (LADDER, "4", ["89,99", "100"], "0"),
        (LADDER, "4", ["90", "100"], "2"),
        (LADDER, "4", ["44,1", "45"], "4"),
        # so much for each, up to the maximum
        (ADDED, "3", ["0"], "0"),
        (ADDED, "3", ["1"], "0,5"),
        (ADDED, "3", ["5"], "2,5"),
        (ADDED, "3", ["6"], "3"),
        (ADDED, "3", ["7"], "3"),
        (ADDED, "3", ["1000000000"], "3"),
        # so much off for each, down to nothing
        (TAKEN_OFF, "3", ["0"], "3"),
        (TAKEN_OFF, "3", ["1"], "2,5"),
        (TAKEN_OFF, "3", ["5"], "0,5"),
        (TAKEN_OFF, "3", ["6"], "0"),
        (TAKEN_OFF, "3", ["7"], "0"),
        (TAKEN_OFF, "3", ["1000000000"], "0"),
    ],
)  # fmt: skip
def test_points(raw: Raw, top: str, typed: list[str], points: str) -> None:
    expected = Fraction(points.replace(",", ".")) * 1000
    assert points_of(rule_of(raw, top), *map(thousandths, typed)) == expected


@pytest.mark.parametrize(
    ("level", "top", "points"),
    [
        ("Đúng hạn", "3", "3"),
        ("Chậm", "3", "1,5"),
        ("Rất chậm", "3", "0,99999"),
        ("Không gửi", "3", "0"),
        ("Chậm", "4,25", "2,125"),
        ("Rất chậm", "100", "33,333"),
    ],
)
def test_points_of_a_level(level: str, top: str, points: str) -> None:
    rule = rule_of(CHOICE, top)
    index = rule.inputs[0].levels.index(level)
    assert points_of(rule, index) == Fraction(points.replace(",", ".")) * 1000


def test_units_are_computed_together_in_their_order() -> None:
    done, of = np.array([100, 90, 50, 0]) * 1000, np.array([100, 100, 100, 7]) * 1000
    exact = rule_of(PROPORTIONAL).points([done, of])
    assert (exact.num / exact.den).tolist() == [3000, 2700, 0, 0]
    assert rule_of(CHOICE).points([np.array([3, 0, 1])]).num.tolist() == [0, 300_000_000, 150_000_000]


@pytest.mark.parametrize(
    "raw", [LADDER, PROPORTIONAL, ADDED, TAKEN_OFF], ids=["ladder", "share", "add", "off"]
)
@pytest.mark.parametrize("top", ["0,25", "3", "100", "1000"])
def test_the_largest_figures_do_not_overflow(raw: Raw, top: str) -> None:
    rule = rule_of({**raw, "bands": [{"from": "0", "points": "proportional"}]}, top)
    largest = [LARGEST] * len(rule.inputs)
    expected = 0 if raw is TAKEN_OFF else thousandths(top)
    assert points_of(rule, *largest) == expected


@pytest.mark.parametrize(
    ("raw", "top", "sentence"),
    [
        (JUDGED, "3", "Chấm từ 0 đến 3 điểm theo mức độ thực hiện, mỗi bước 0,25 điểm."),
        (
            CHOICE,
            "3",
            "Đúng hạn: 3 điểm; Chậm: 1,5 điểm; Rất chậm: 33,333% điểm tối đa; Không gửi: 0 điểm.",
        ),
        (
            LADDER,
            "4",
            "Tỷ lệ = Số người học / Tổng số người: từ 98% trở lên: 4 điểm; từ 95% đến dưới 98%: 3 điểm; "
            "từ 90% đến dưới 95%: 2 điểm; dưới 90%: 0 điểm.",
        ),
        (
            PROPORTIONAL,
            "3",
            "Tỷ lệ = Số người học / Tổng số người: đạt 100%: 3 điểm; "
            "từ 80% đến dưới 100%: 3 điểm × tỷ lệ; dưới 80%: 0 điểm.",
        ),
        (ADDED, "3", "Số mô hình: mỗi trường hợp được 0,5 điểm, tối đa 3 điểm."),
        (TAKEN_OFF, "3", "Số vụ: từ 3 điểm, mỗi trường hợp trừ 0,5 điểm, không âm."),
    ],
)
def test_the_rule_as_a_sentence(raw: Raw, top: str, sentence: str) -> None:
    assert rule_of(raw, top).describe() == sentence


@pytest.mark.parametrize(
    ("raw", "top", "inputs", "sentence"),
    [
        (JUDGED, "3", [2750], "Đề nghị 2,75 trên 3 điểm"),
        (CHOICE, "3", [1], "Mức “Chậm”: 1,5 điểm"),
        (CHOICE, "3", [2], "Mức “Rất chậm”: 33,333% điểm tối đa"),
        (LADDER, "4", [95_000, 100_000], "95/100 = 95%, từ 95% đến dưới 98%: 3 điểm"),
        (LADDER, "4", [0, 7000], "0/7 = 0%, dưới 90%: 0 điểm"),
        (
            PROPORTIONAL,
            "3",
            [44_000, 45_000],
            "44/45 = khoảng 97,77%, từ 80% đến dưới 100%: 3 điểm × tỷ lệ",
        ),
        # not rounded up to an edge that was not reached
        (
            PROPORTIONAL,
            "3",
            [99_999_000, 100_000_000],
            "99999/100000 = khoảng 99,99%, từ 80% đến dưới 100%: 3 điểm × tỷ lệ",
        ),
        (PROPORTIONAL, "3", [45_000, 45_000], "45/45 = 100%, đạt 100%: 3 điểm"),
        (ADDED, "3", [5000], "5 trường hợp, mỗi trường hợp được 0,5 điểm, tối đa 3"),
        (TAKEN_OFF, "3", [0], "0 trường hợp, mỗi trường hợp trừ 0,5 điểm từ 3"),
    ],
)
def test_the_points_as_a_sentence(raw: Raw, top: str, inputs: list[int], sentence: str) -> None:
    assert rule_of(raw, top).explain(inputs) == sentence


def with_bands(*bands: tuple[str, str]) -> Raw:
    """A ratio with other bands."""
    return {**LADDER, "bands": [{"from": start, "points": points} for start, points in bands]}


@pytest.mark.parametrize(
    ("raw", "top", "faults"),
    [
        (JUDGED, "3", []),
        (JUDGED, "3,1", ["step-not-dividing"]),
        ({**JUDGED, "step": "0"}, "3", ["step-not-dividing"]),
        ({**JUDGED, "step": "0.1"}, "3,1", []),
        (CHOICE, "3", []),
        (CHOICE, "2,5", ["points-over-max"]),
        (CHOICE, "3,5", ["points-max-unreachable"]),
        ({**CHOICE, "options": [{"label": "a", "share": "100"}] * 2}, "3", ["options-duplicate"]),
        (LADDER, "4", []),
        (PROPORTIONAL, "3", []),
        (PROPORTIONAL, "2", ["points-over-max"]),
        (with_bands(("0", "proportional")), "4", []),
        (with_bands(("50", "4"), ("50", "0"), ("0", "0")), "4", ["bands-order"]),
        (with_bands(("50", "4"), ("0,001", "0")), "4", ["bands-bottom"]),
        (with_bands(("50", "3,999"), ("0", "0")), "4", ["points-max-unreachable"]),
        (ADDED, "3", []),
        (TAKEN_OFF, "3", []),
        ({**ADDED, "each": "0"}, "3", ["each-zero"]),
        ({**TAKEN_OFF, "each": "0"}, "3", ["each-zero"]),
    ],
)
def test_faults_inside_a_rule(raw: Raw, top: str, faults: Sequence[str]) -> None:
    assert [fault.code for fault in rule_of(raw, top).faults()] == list(faults)


def test_bands_in_the_wrong_order_are_not_called_bottomless() -> None:
    codes = [fault.code for fault in rule_of(with_bands(("0", "0"), ("50", "4")), "4").faults()]
    assert codes == ["bands-order"]


def test_a_rule_of_a_penalty_group_says_that_points_are_taken_off() -> None:
    criteria = load_criteria(Path(__file__).parent / "shapes" / "penalty-group.yaml")
    taken, given = criteria.by_id["T.1"], criteria.by_id["1.1"]
    assert taken.how == "Số người bị kỷ luật: mỗi trường hợp bị trừ 3 điểm, tối đa 9 điểm."
    assert taken.why([1000]) == "1 trường hợp, mỗi trường hợp bị trừ 3 điểm, tối đa 9"
    assert "trừ" not in given.how
