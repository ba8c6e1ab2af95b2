"""Rounds for the tests of reports: the published examples, and an invented one of TP Tây Ninh."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from criteria.library import Library
from criteria.model import Criterion, Unit
from evidence.answers import ANSWERS, answers_frame
from evidence.intake import take_in
from evidence.judgements import JUDGEMENTS, judgements_frame
from evidence.round import Round, load_round
from scoring.results import Results, score

EXAMPLES = Path(__file__).parents[2] / "examples"
MARK = "Số liệu tự tạo để thử chương trình, không phải số liệu của đơn vị nào."

# code -> what is peculiar about the unit; every other unit of the roster answers in full
NOT_SENT, REJECTED, TWINS = "25471", "25474", ("25456", "25459")
GAPS, APPRAISED, IN_PART = "25477", ("25480", "25483", "703-NV"), "703-TP"
STRANGE_NAMES = {
    "25462": "=1+1",
    "25465": "+84 UBND",
    "703-TTR": "@SUM(A1)",
    "703-VP": "-2+3",
    "25468": "a&b <c>",
}
_NOWHERE = {"source": 0, "line": 1, "x1": None, "x2": None, "evidence": "", "explanation": ""}


@cache
def example(name: str) -> tuple[Round, Results]:
    """A round of `examples/` and its results."""
    round_ = load_round(EXAMPLES / name)
    intake = take_in(round_)
    return round_, score(
        round_.criteria,
        round_.plan,
        round_.units,
        intake.answers,
        intake.rejected,
        judgements=intake.judgements,
    )


@cache
def at_the_cut_offs() -> tuple[Round, Results]:
    """Units just below, at and just above the cut-offs of Huế (90, 80, 70, 50), with ties.

    Percents keep two decimals, so that 79,995 is shown as 80,00 and is still not Tốt.
    """
    round_, _ = example("hue-cchc-2021")
    policy = replace(round_.criteria.policy, percent_digits=2)
    criteria = replace(round_.criteria, policy=policy)
    points = [90_000, 89_999, 89_999, 80_000, 79_995, 79_995, 80_001, 70_000, 69_999, 50_000, 49_999, 0]
    rows = [
        {"unit": unit.code, "criterion": "1.1", "state": "answered", "self": value} | _NOWHERE
        for unit, value in zip(round_.units, points, strict=False)
    ]
    columns = [name for name in ANSWERS.columns if name != "row"]
    answers = answers_frame(pd.DataFrame.from_records(rows, columns=columns))
    round_ = replace(round_, scored_by=criteria)
    return round_, score(criteria, round_.plan, round_.units, answers)


@cache
def tay_ninh(seed: int = 1, appraised: bool = True, **policy: Any) -> tuple[Round, Results]:
    """A round with every kind of unit and cell: see the constants above; `policy` changes the decision's."""
    round_ = _round()
    criteria = replace(round_.criteria, policy=replace(round_.criteria.policy, **policy))
    answers = answers_of_tay_ninh(seed, appraised)
    judgements = judgements_from(_rows(seed, appraised))
    return replace(round_, scored_by=criteria), score(
        criteria, round_.plan, round_.units, answers, {REJECTED}, judgements=judgements
    )


@cache
def answers_of_tay_ninh(seed: int = 1, appraised: bool = True) -> pd.DataFrame:
    """The answers of that round, as of a consolidated table."""
    columns = [name for name in ANSWERS.columns if name != "row"]
    return answers_frame(pd.DataFrame.from_records(_rows(seed, appraised), columns=columns))


def _rows(seed: int, appraised: bool) -> list[dict[str, Any]]:
    round_ = _round()
    return [
        row
        for unit in round_.units
        if unit.code not in (NOT_SENT, REJECTED)
        for row in _answers(unit, round_.criteria.applying(unit.type), seed, appraised)
    ]


def judgements_from(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """The judgements' frame of rows of answers that hold `appraised` points beside them."""
    names = [name for name in JUDGEMENTS.columns if name != "row"]
    told = {**dict.fromkeys(names, ""), "by": "Phòng Nội vụ", "on": "2023-10-18", "reason": "Thiếu văn bản"}
    place = {"stage": "appraised", "not_applicable": False, "file": "tham-dinh/noi-vu.xlsx", "cell": "D2"}
    judged = [
        {**told, **place, **{key: row[key] for key in ("unit", "criterion")}, "points": row["appraised"]}
        for row in rows
        if row.get("appraised") is not None
    ]
    return judgements_frame(pd.DataFrame.from_records(judged, columns=names))


@cache
def _round() -> Round:
    library = Library()
    plan, criteria = library.plan_with_criteria("tay-ninh-city-2023")
    assert criteria is not None
    units = tuple(
        replace(unit, name=STRANGE_NAMES.get(unit.code, unit.name)) for unit in library.roster(plan)
    )
    return Round(
        folder=Path("thu"),
        id="thu",
        title=plan.title,
        year=2023,
        mark=MARK,
        plan=plan,
        scored_by=criteria,
        units=units,
        blocks=dict(criteria.unit_types),
    )


def _answers(
    unit: Unit, leaves: Iterator[Criterion], seed: int, appraised: bool
) -> Iterator[dict[str, Any]]:
    twin = TWINS[0] if unit.code in TWINS else unit.code
    chance = random.Random(f"{seed} {twin}")
    for number, leaf in enumerate(leaves):
        row = _points(leaf, chance)
        granted = (
            row["state"] == "answered"
            and appraised
            and (unit.code in APPRAISED or (unit.code == IN_PART and number % 2))
        )
        if granted:
            row["appraised"] = max(0, row["self"] - chance.choice((0, 0, 125, 500)))
        if unit.code == GAPS and number in (3, 4):
            row |= {"state": "blank" if number == 3 else "faulty", "self": None}
        yield {"unit": unit.code, "criterion": leaf.id, **row}


def _points(leaf: Criterion, chance: random.Random) -> dict[str, Any]:
    row: dict[str, Any] = {"state": "answered", "self": None, "appraised": None, **_NOWHERE}
    if leaf.not_applicable != "forbidden" and chance.random() < 0.4:
        return row | {"state": "not_applicable"}
    share = chance.choice((0.5, 0.75, 0.9, 1, 1, 1))
    return row | {"self": int(leaf.top * share) // 125 * 125}
