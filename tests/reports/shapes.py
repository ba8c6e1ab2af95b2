"""Rounds scored by one invented decision (shapes.yaml) under different policies, grades and limits."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from criteria.loader import load_criteria
from criteria.model import CriteriaSet, Criterion, Target, Unit
from evidence.answers import ANSWERS, answers_frame
from evidence.judgements import judgements_frame
from evidence.round import Round
from reports.cases import NO_PLAN
from scoring.limits import Circumstances, Recorded
from scoring.results import Results, score
from tests.reports.rounds import judgements_from

FILE = Path(__file__).with_name("shapes.yaml")
POLICY = "points_step: 0.25, percent: {digits: 2, rounding: half_up}"


@dataclass(frozen=True)
class Shape:
    """What is changed in the file: lines of its policy, its grades, what is added (limits, quotas)."""

    policy: str = f"{POLICY}, grade_on: percent_of_applicable"
    grades: str = ""
    added: str = ""
    seed: int = 1
    appraised: bool = True
    step: int = 250  # of judged points, in thousandths
    overruled: bool = False  # whether persons judge otherwise than units claim, wherever they can


THIRDS = "points: {digits: 2, rounding: half_up, at: end}"
BY_BLOCK = """
grades:
  - {label: Tốt, from: 80}
  - {label: Khá, above: 60}
  - {label: Yếu, above: 0}
  - {label: Kém, from: 0}
grades_by_block:
  xa:
    - {label: Xuất sắc, above: 85, floors: [{each: criterion, percent: 50}, {group: "1", percent: 66.667}]}
    - {label: Tốt, from: 75, floors: [{each: group, percent: 40}, {criterion: "2.2", percent: 25}]}
    - {label: Khá, from: 50, floors: [{criterion: "1.1", percent: 33.333}]}
    - {label: Yếu, from: 0}
"""
LIMITS = """
limits:
  - {id: ho-so, when: {dossier: none}, act: {not_graded: Không hoàn thành nhiệm vụ}, cite: vd Điều 9}
  - {id: ky-luat, when: {fact: ky-luat}, act: {at_most: Khá}, cite: vd Điều 10}
  - {id: nhom-1, when: {group: "1", percent_below: 60}, act: {lower_by: 1}, cite: vd Điều 11}
  - id: thi-dua
    when: {any: [{dossier: late}, {evidence_missing: 1}]}
    act: {consequence: Hạ một bậc kết quả thi đua}
    cite: vd Điều 12
"""
QUOTAS = """
quotas:
  - {grade: Tốt, at_most: 20, cite: vd Điều 13}
  - {grade: Khá, at_most: 30, of: [Tốt, Khá], by: block, cite: vd Điều 14}
"""
CHAIN = 'break_by: ["5", "3", "2.1", "4"]'
SHAPES = {
    "bonus and penalty, held to the maximum": Shape(seed=2),
    "bonus not held, self points only": Shape(
        f"{POLICY}, grade_on: points, hold_to_scale: false", appraised=False
    ),
    "rounded at the end, down": Shape(
        f"{POLICY}, grade_on: points, points: {{digits: 1, rounding: down, at: end}}", appraised=False
    ),
    "rounded in the group, half even": Shape(
        f"{POLICY}, grade_on: points, points: {{digits: 1, rounding: half_even, at: group}}", seed=4
    ),
    "grades by block with floors": Shape(grades=BY_BLOCK, seed=5),
    "floors on exact points": Shape(
        f"{POLICY}, grade_on: points, {THIRDS}", grades=BY_BLOCK, seed=6, step=5000
    ),
    "limits and quotas": Shape(added=LIMITS + QUOTAS, seed=7),
    "ties broken": Shape(f"{POLICY}, rank_on: rounded, grade_on: points, {CHAIN}", seed=8, step=10_000),
    "ties broken, dense": Shape(
        "points_step: 0.25, percent: {digits: 0, rounding: half_even}, rank_on: rounded, ties: dense, "
        f"grade_on: percent_of_applicable, {CHAIN}, {THIRDS}",
        seed=9,
        step=10_000,
    ),
    "everything at once": Shape(
        f"{POLICY}, ties: dense, grade_on: percent_of_applicable, {CHAIN}, {THIRDS}",
        grades=BY_BLOCK,
        added=LIMITS + QUOTAS,
        seed=10,
        step=5000,
    ),
}
# words that COUNTIF takes for patterns, and words that others use where there is no grade
SHAPES["labels like patterns"] = Shape(
    grades="""grades:
  - {label: Tốt, from: 90}
  - {label: Khá, from: 70}
  - {label: "*", from: 50}
  - {label: ">0", from: 0}
""",
    added="""limits:
  - {id: kl, when: {fact: ky-luat}, act: {not_graded: Chưa xếp loại}, cite: vd Điều 9}
""",
    seed=14,
)
# persons overrule what units say, in both directions and in two stages
SHAPES["judged against the claims, held to the maximum"] = Shape(seed=12, overruled=True)
SHAPES["judged against the claims, rounded later"] = Shape(
    f"{POLICY}, grade_on: points, points: {{digits: 1, rounding: half_up, at: group}}",
    grades=BY_BLOCK,
    seed=13,
    overruled=True,
)
SHAPES["everything, with other points"] = replace(SHAPES["everything at once"], seed=20)
UNITS = tuple(
    Unit(f"{block}{number}", f"{name} số {number}", block, block)
    for block, name in (("phong", "Phòng"), ("xa", "UBND xã"))
    for number in range(1, 9)
)
# a unit with everything and a bonus beyond it; one with nothing and penalties beyond that
FULL, EMPTY = "xa8", "phong8"
SILENT, TWINS, OPEN = "xa7", {"xa2": "xa1", "xa3": "xa1", "phong3": "phong2"}, "phong6"
FACTS = {
    "xa1": [Recorded("ky-luat", "Chủ tịch bị khiển trách (số 5/QĐ-UBND; Phòng Nội vụ ghi nhận)")],
    "phong1": [Recorded("ky-luat", "Trưởng phòng bị khiển trách (số 6/QĐ-UBND; Phòng Nội vụ ghi nhận)")],
}
TARGETS = (
    Target("tot", "60% đơn vị xếp loại Tốt", "grade_share", "Tốt", 60_000, "all", None, ()),
    Target("kha", "80% từ Khá trở lên", "grade_share", "Khá", 80_000, "rated", None, ()),
    Target("hoc", "90% người được học tập", "people_share", None, 90_000, "all", "1.1", ()),
    Target("thoai", "20% đơn vị đối thoại đủ", "units_share", None, 20_000, "all", "2.2", ()),
    Target("cchc", "Không thấp hơn năm trước", "not_below_last_year", None, None, "all", None, ()),
)


def decision(folder: Path, shape: Shape) -> CriteriaSet:
    """The decision of a shape, by way of a file as an office writes it."""
    lines = []
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("policy:"):
            line = f"policy: {{{shape.policy}}}"
        if line.startswith("grades:") and shape.grades:
            line = shape.grades.strip()
        lines.append(f"{shape.added.strip()}\n{line}" if line == "groups:" else line)
    path = folder / "shapes.yaml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return load_criteria(path)


@cache
def shaped(name: str, folder: Path) -> tuple[Round, Results, pd.DataFrame]:
    """The round of a shape, its results and answers."""
    shape = SHAPES[name]
    criteria = decision(folder, shape)
    rows = [row for unit in UNITS if unit.code != SILENT for row in _answers(criteria, unit, shape)]
    columns = [column for column in ANSWERS.columns if column != "row"]
    answers = answers_frame(pd.DataFrame.from_records(rows, columns=columns))
    plan = replace(NO_PLAN, title="Kế hoạch thử", year=2023, locality="xã Ví Dụ", targets=TARGETS)
    blocks = {"phong": "Phòng", "xa": "UBND xã"}
    round_ = Round(folder, "thu", "Đợt thử", 2023, None, plan, criteria, UNITS, blocks)
    known = Circumstances(FACTS, {"phong2": 3})
    judgements = _overruling(criteria, rows) if shape.overruled else judgements_from(rows)
    return round_, score(criteria, plan, UNITS, answers, (), known, judgements), answers


def _answers(criteria: CriteriaSet, unit: Unit, shape: Shape) -> Iterator[dict[str, Any]]:
    chance = random.Random(f"{shape.seed} {TWINS.get(unit.code, unit.code)}")
    for leaf in criteria.applying(unit.type):
        row = _row(leaf, chance, shape)
        if unit.code in (FULL, EMPTY):
            good = (unit.code == FULL) == (leaf.group != "5")
            row |= {"state": "answered", "evidence": "1", "x1": leaf.top * good}
            row |= {"x2": leaf.top} if leaf.rule.KIND == "ratio" else {}
        if unit.code == OPEN and leaf.id in ("1.2", "3.1", "5.1"):
            row |= {"state": "faulty" if leaf.id == "1.2" else "blank", "x1": None, "x2": None}
        if shape.appraised and unit.code in ("xa4", "phong4") and row["state"] == "answered":
            row["appraised"] = leaf.top // 2 // 250 * 250
        yield {"unit": unit.code, "criterion": leaf.id, "source": 0, "line": 1, **row, "explanation": ""}


def _overruling(criteria: CriteriaSet, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Judgements on a third of the claims, other than these; a decision on every other of them."""
    judged = []
    for number, row in enumerate(rows):
        leaf = criteria.by_id[row["criterion"]]
        may = leaf.not_applicable != "forbidden"
        for stage, every in (("appraised", 3), ("decided", 6)):
            if number % every == 0:
                absent = may and (row["state"] != "not_applicable") == (stage == "appraised")
                points = None if absent else leaf.top * (number % 4) // 4 // 250 * 250
                judged.append(
                    {
                        **{"unit": row["unit"], "criterion": row["criterion"], "stage": stage},
                        **{"points": points, "not_applicable": absent, "reason": "vì", "by": "Hội đồng"},
                        **{"on": "", "document": "", "file": "a.xlsx", "sheet": "", "cell": "A1"},
                    }
                )
    return judgements_frame(pd.DataFrame(judged))


def _row(leaf: Criterion, chance: random.Random, shape: Shape) -> dict[str, Any]:
    row: dict[str, Any] = {
        **{"state": "answered", "x1": None, "x2": None, "self": None, "appraised": None, "evidence": "1"}
    }
    if leaf.not_applicable != "forbidden" and chance.random() < 0.3:
        return row | {"state": "not_applicable"}
    if leaf.rule.KIND == "ratio":
        of = chance.choice((3, 3, 3, 6, 7, 12))
        done = chance.randint(of // 3 if leaf.group == "1" else 0, of)
        return row | {"x1": done * 1000, "x2": of * 1000}
    outside = leaf.group in ("4", "5")
    share = chance.choice((0, 0.25, 0.5, 1)) if outside else chance.choice((0.5, 0.75, 1, 1, 1))
    step = 250 if outside else shape.step
    without = leaf.id == "3.1" and chance.random() < 0.15
    return row | {"x1": int(leaf.top * share) // step * step, "evidence": "" if without else "1"}
