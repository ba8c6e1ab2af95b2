"""Totals of units: bonus and penalty capped, held to the scale or not, rounded where the decision says.

1. Bonus points count up to their cap, penalty points take off up to theirs, no total is under zero.
2. A total is held to the unit's applicable maximum, unless the decision lets bonus points pass it.
3. Rounded at the criterion, at the group or at the end, every total is what exact fractions give.
4. Permuting units or criteria changes nothing; a total is the sum of its parts.
"""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction
from math import floor
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from criteria.exact import Rounding, thousandths
from criteria.loader import load_criteria
from criteria.model import CriteriaSet, Unit
from reports.cases import NO_PLAN
from scoring.results import Results, score
from tests.scoring.frames import case_frame

SHAPES = Path(__file__).parents[1] / "criteria" / "shapes"
BONUS, FREE, PENALTY, NA, THIRDS = (
    load_criteria(SHAPES / f"{name}.yaml")
    for name in (
        "bonus-in-cap",
        "bonus-above-scale",
        "penalty-group",
        "excluded-85-of-100",
        "rounding-at-end",
    )
)
Answers = dict[str, tuple[str, ...]]  # by criterion: the figures, or KPS; points given outright as "=4"


def results_of(criteria: CriteriaSet, *units: Answers, shuffled: int | None = None) -> Results:
    """Results of units coded 0, 1, ... with these answers; `shuffled` seeds another order of the rows."""
    rows = [
        {
            "unit": str(number),
            "criterion": id_,
            "source": 0,
            "line": 1,
            "state": "not_applicable" if figures == ("KPS",) else "answered",
            **_figures(figures),
            "appraised": None,
            "evidence": "1",
            "explanation": "",
        }
        for number, answers in enumerate(units)
        for id_, figures in answers.items()
    ]
    roster = [Unit(str(number), str(number), "don-vi", "don-vi") for number in range(len(units))]
    if shuffled is not None:
        random.Random(shuffled).shuffle(rows)
        random.Random(shuffled).shuffle(roster)
    return score(criteria, NO_PLAN, roster, case_frame(rows))


def _figures(figures: tuple[str, ...]) -> dict[str, int | None]:
    given: dict[str, int | None] = {"x1": None, "x2": None, "self": None}
    if figures[0].startswith("="):
        return {**given, "self": thousandths(figures[0][1:])}
    if figures != ("KPS",):
        given |= {f"x{n}": thousandths(text) for n, text in enumerate(figures, 1)}
    return given


def total(criteria: CriteriaSet, answers: Answers) -> int:
    return int(results_of(criteria, answers).units["final"].iloc[0])


# decision, answers, total in thousandths; caps: bonus 5, penalty 10
TABLE: list[tuple[str, CriteriaSet, Answers, int]] = [
    ("no bonus", BONUS, {"1.1": ("90",)}, 90_000),
    # C.1: 2 x 2 = 4; C.2: 3; together 7, cap 5
    ("bonus up to its cap", BONUS, {"1.1": ("90",), "C.1": ("=4",), "C.2": ("=3",)}, 95_000),
    ("bonus under its cap", BONUS, {"1.1": ("90",), "C.1": ("=2",), "C.2": ("=1.5",)}, 93_500),
    ("held to the scale", BONUS, {"1.1": ("97",), "C.1": ("=4",)}, 100_000),
    ("not held to the scale", FREE, {"1.1": ("97",), "C.1": ("=4",)}, 101_000),
    ("capped though not held", FREE, {"1.1": ("97",), "C.1": ("=4",), "C.2": ("=3",)}, 102_000),
    ("penalty", PENALTY, {"1.1": ("50",), "T.1": ("=6",)}, 44_000),
    # T.1: 9; T.2: 4; together 13, cap 10
    ("penalty up to its cap", PENALTY, {"1.1": ("50",), "T.1": ("=9",), "T.2": ("=4",)}, 40_000),
    ("never under zero", PENALTY, {"1.1": ("9.5",), "T.1": ("=9",), "T.2": ("=4",)}, 0),
]


@pytest.mark.parametrize(
    ("criteria", "answers", "wanted"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE]
)
def test_a_total(criteria: CriteriaSet, answers: Answers, wanted: int) -> None:
    assert total(criteria, answers) == wanted


def test_bonus_and_penalty_add_nothing_to_the_maximum() -> None:
    answers = {"1.1": ("90",), "C.1": ("=4",), "C.2": ("=3",)}
    assert list(results_of(BONUS, answers).units["max"]) == [100_000]
    answers = {"1.1": ("90",), "T.1": ("=9",)}
    assert list(results_of(PENALTY, answers).units["max"]) == [100_000]


def test_bonus_alone_is_no_total() -> None:
    # nothing of the scale is answered: there is nothing to add a bonus to
    row = results_of(BONUS, {"C.1": ("=4",)}).units.iloc[0]
    assert row[["final", "percent", "grade", "rank"]].isna().all()


def test_a_total_is_held_to_the_applicable_maximum_not_to_the_whole_scale() -> None:
    leaf = NA.by_id["2.1"]
    extra = replace(BONUS.group_by_id["CONG"])
    criteria = replace(NA, groups=(*NA.groups, extra))
    # 85 applicable, all of them, and a bonus of 4: 85
    answers: Answers = {"1.1": ("85",), leaf.id: ("KPS",), "C.1": ("=4",)}
    assert total(criteria, answers) == 85_000
    free = replace(criteria, policy=replace(criteria.policy, hold_to_scale=False))
    assert total(free, answers) == 89_000


# Rounding against exact fractions

LEAVES = {group.id: [leaf.id for leaf in group.criteria] for group in THIRDS.groups if group.id != "4"}
RATIOS = st.tuples(st.integers(0, 40), st.integers(1, 40)).map(lambda pair: (min(pair), max(pair)))
At = Literal["criterion", "group", "end"]


def rounded(value: Fraction, digits: int, how: Rounding) -> Fraction:
    """A fraction rounded to `digits` decimals, straight from the definition."""
    scaled = value * 10**digits
    if how == "down":
        return Fraction(floor(scaled), 10**digits)
    if how == "half_even":
        return Fraction(round(scaled), 10**digits)
    return Fraction(floor(scaled + Fraction(1, 2)), 10**digits)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(RATIOS, min_size=5, max_size=5),
    st.integers(0, 3),
    st.sampled_from(["half_up", "half_even", "down"]),
    st.sampled_from(["criterion", "group", "end"]),
)
def test_a_total_is_what_fractions_give(
    ratios: list[tuple[int, int]], digits: int, how: Rounding, at: At
) -> None:
    policy = replace(THIRDS.policy, points_digits=digits, points_rounding=how, points_at=at)
    criteria = replace(THIRDS, policy=policy)
    ids = [id_ for own in LEAVES.values() for id_ in own]
    by_id = dict(zip(ids, ratios, strict=True))
    # each is worth one point: its points are the ratio itself
    parts = {id_: Fraction(done, of) for id_, (done, of) in by_id.items()}
    if at == "criterion":
        parts = {id_: rounded(part, digits, how) for id_, part in parts.items()}
    sums = [sum((parts[id_] for id_ in own), Fraction(0)) for own in LEAVES.values()]
    if at == "group":
        sums = [rounded(part, digits, how) for part in sums]
    wanted = rounded(sum(sums, Fraction(5)), digits, how) if at == "end" else sum(sums, Fraction(5))
    answers: Answers = {id_: (str(done), str(of)) for id_, (done, of) in by_id.items()}
    assert Fraction(total(criteria, {**answers, "4.1": ("5",)}), 1000) == wanted


def test_three_thirds_make_the_whole_only_where_rounding_waits() -> None:
    thirds: Answers = {f"1.{n}": ("1", "3") for n in (1, 2, 3)}
    rest: Answers = {"2.1": ("0", "1"), "3.1": ("0", "1"), "4.1": ("0",)}
    found = {}
    for at in ("criterion", "group", "end"):
        criteria = replace(THIRDS, policy=replace(THIRDS.policy, points_at=at))  # type: ignore[arg-type]
        found[at] = total(criteria, {**thirds, **rest})
    assert found == {"criterion": 990, "group": 1000, "end": 1000}


# Order changes nothing

JUDGED = st.integers(0, 200).map(lambda halves: (f"{halves / 2}",))
UNITS = st.lists(
    st.fixed_dictionaries(
        {
            "1.1": JUDGED,
            "C.1": st.integers(0, 5).map(lambda n: (f"{n}",)),
            "C.2": st.sampled_from([("=0",), ("=3",)]),
        }
    ),
    min_size=1,
    max_size=6,
)
COLUMNS = ["max", "final", "percent", "grade", "rank"]


def by_code(results: Results) -> dict[str, dict[str, Any]]:
    frame = results.units.set_index("code")[COLUMNS].astype(object)
    return frame.where(frame.notna(), None).to_dict("index")


@settings(max_examples=20, deadline=None)
@given(UNITS, st.integers(0, 99))
def test_permuting_units_changes_nothing(units: list[Answers], seed: int) -> None:
    assert by_code(results_of(BONUS, *units)) == by_code(results_of(BONUS, *units, shuffled=seed))


@settings(max_examples=20, deadline=None)
@given(
    st.lists(RATIOS, min_size=5, max_size=5), st.sampled_from(["criterion", "group", "end"]), st.randoms()
)
def test_permuting_criteria_changes_nothing(
    ratios: list[tuple[int, int]], at: At, chance: random.Random
) -> None:
    ids = [id_ for own in LEAVES.values() for id_ in own]
    answers: Answers = {id_: (str(a), str(b)) for id_, (a, b) in zip(ids, ratios, strict=True)}
    answers["4.1"] = ("3",)
    criteria = replace(THIRDS, policy=replace(THIRDS.policy, points_at=at))
    groups = [replace(group, criteria=_mixed(group.criteria, chance)) for group in criteria.groups]
    mixed = replace(criteria, groups=_mixed(groups, chance))
    assert by_code(results_of(mixed, answers)) == by_code(results_of(criteria, answers))


def _mixed(items: Any, chance: random.Random) -> tuple[Any, ...]:
    items = list(items)
    chance.shuffle(items)
    return tuple(items)


@settings(max_examples=20, deadline=None)
@given(UNITS)
def test_a_total_is_its_parts_within_the_caps(units: list[Answers]) -> None:
    results = results_of(FREE, *units)
    points = results.ledger.pivot(index="unit", columns="criterion", values="final")
    for code, row in results.units.set_index("code").iterrows():
        own = points.loc[code]
        assert row["final"] == own["1.1"] + min(own["C.1"] + own["C.2"], 5000)
        assert row["max"] == results.ledger.loc[results.ledger["unit"] == code, "applicable"].sum()


def test_a_group_for_a_kind_of_unit_that_nobody_is(tmp_path: Path) -> None:
    """A round of wards alone, under a decision that has a group for offices."""
    path = Path(__file__).parents[1] / "criteria" / "shapes" / "applies-to-types.yaml"
    criteria = load_criteria(path)
    for kind in criteria.unit_types:
        unit = Unit("a", "A", kind, kind)
        rows = [
            {
                "unit": "a", "criterion": leaf.id, "source": 0, "line": 1, "state": "answered", "x1": None,
                "x2": None, "self": leaf.top, "appraised": None, "evidence": "1", "explanation": "",
            }
            for leaf in criteria.applying(kind)
        ]  # fmt: skip
        results = score(criteria, NO_PLAN, [unit], case_frame(rows))
        assert list(results.units["final"]) == list(results.units["max"])
