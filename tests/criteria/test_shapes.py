"""Every shape of rule that such decisions use: a small decision each, with cases worked out by hand.

1. Each row of the table "How such decisions score" (`domain.md`) has its decisions in `shapes/`.
2. Each of them lints without a finding and comes to the digits of its cases.
3. The cases can fail: with every expected figure changed, every figure is reported.
4. The decisions that we ship hold their own cases, which touch every criterion and every type.
5. What takes more than one unit (ranks, quotas) or a plan (its deadlines) is computed here.
6. "Cách viết một bộ tiêu chí" shows only fragments that stand in these files or in shipped ones, and
   mentions every key, kind, act and condition that the schema knows.
"""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent
from typing import Any

import pandas as pd
import pytest
import yaml

from criteria.case_file import cases_path, cases_schema, load_cases
from criteria.exact import thousandths
from criteria.library import Library
from criteria.loader import examine_criteria, load_criteria
from criteria.model import CriteriaSet, Unit
from criteria.rules import kinds
from criteria.schema import criteria_schema, plan_schema
from evidence.case_answers import case_answers
from reports.cases import NO_PLAN, case_findings
from scoring.results import Results, score
from tests.scoring.frames import case_frame

ROOT = Path(__file__).resolve().parents[2]
SHAPES = Path(__file__).with_name("shapes")
DOCUMENT = ROOT / "docs" / "cach-viet-bo-tieu-chi.md"
NAMES = sorted(path.stem for path in SHAPES.glob("*.yaml") if not path.stem.endswith(".cases"))

# each row of the table, and the decisions that show it
ROWS = {
    "100% done = full points, else by degree": ["full-or-by-degree"],
    "proportional": ["proportional", "within-band"],
    "half-open steps": ["half-open-steps"],
    "ladder: full / half / 0, with its document": ["full-half-none", "evidence-zero-or-flag"],
    "each failure takes off a share, never under 0": ["failure-takes-off-quarter", "count-free-floor-cap"],
    "bonus inside a cap, total within the scale": ["bonus-in-cap", "bonus-above-scale", "penalty-group"],
    "part of the scale given by someone else": ["parts-90-10", "parts-65-35", "parts-60-40"],
    "results of other indices": ["index-by-bands"],
    "not applicable, dropped from the maximum": [
        "excluded-85-of-100",
        "group-not-applicable",
        "applies-to-types",
    ],
    "not applicable, full points": ["not-applicable-full"],
    "cut-offs differ between blocks": ["cut-offs-by-block", "above-cut-off", "grade-on-points"],
    "Tốt from 80, Khá from 75": ["cut-offs-80-75"],
    "floor per criterion": ["floor-each-criterion", "floor-by-name"],
    "total, floors and no head disciplined": ["floors-and-discipline"],
    "four acts after the points": ["four-acts", "limit-conditions"],
    "quota": ["quota-20"],
    "labels": ["labels-yeu", "labels-kem", "labels-xuat-sac", "labels-hoan-thanh", "labels-sao"],
    "ties": ["ties-competition", "ties-dense", "tie-break-chain"],
    "ranking on three decimals": ["rank-on-three-decimals", "rank-on-rounded"],
    "rounding": [
        "rounding-half-up",
        "rounding-down",
        "rounding-half-even",
        "rounding-per-criterion",
        "rounding-per-group",
        "rounding-at-end",
        "judged-in-steps",
    ],
    "deadlines of the plans": [
        "timely-by-ladder",
        "timely-before-per-day",
        "timely-all-or-nothing",
        "timely-plan-deadline",
    ],
}


def path_of(name: str) -> Path:
    return SHAPES / f"{name}.yaml"


def test_every_row_has_its_decisions_and_every_decision_its_row() -> None:
    assert sorted(name for names in ROWS.values() for name in names) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_shape_lints_without_a_finding_and_says_where_it_is_seen(name: str) -> None:
    criteria, findings = examine_criteria(path_of(name))
    assert findings == []
    assert criteria is not None
    assert criteria.provenance.status == "example"
    assert criteria.provenance.sources["vd"]


@pytest.mark.parametrize("name", NAMES)
def test_a_shape_comes_to_the_digits_of_its_cases(name: str) -> None:
    assert case_findings(load_criteria(path_of(name)), cases_path(path_of(name))) == []


FIGURES = ("total", "max", "grade_by_points", "grade")


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_of_a_case_is_held_against_the_computed_one(name: str, tmp_path: Path) -> None:
    raw = yaml.load(cases_path(path_of(name)).read_text(encoding="utf-8"), yaml.BaseLoader)
    changed = 0
    for unit in raw["units"]:
        figures = [key for key in FIGURES if key in unit]
        assert figures or unit.get("points"), f"{unit['name']}: nothing expected"
        for key in figures:
            unit[key] = "mức khác" if key.startswith("grade") else altered(unit[key])
        unit["points"] = {id_: altered(value) for id_, value in unit.get("points", {}).items()}
        changed += len(figures) + len(unit["points"])
    wrong = tmp_path / f"{name}.cases.yaml"
    wrong.write_text(yaml.safe_dump(raw, allow_unicode=True), encoding="utf-8")
    found = case_findings(load_criteria(path_of(name)), wrong)
    assert len(found) == changed
    assert {item.code for item in found} == {"case-wrong"}


def altered(number: str) -> str:
    return f"{float(number) + 0.001:.3f}"


# The decisions that we ship

SHIPPED = ["tay-ninh-city-815-2022", "quang-ngai-436-2019"]


@pytest.mark.parametrize("id_", SHIPPED)
def test_a_shipped_decision_comes_to_the_digits_of_its_cases(id_: str) -> None:
    path = Library().criteria_path(id_)
    criteria, findings = examine_criteria(path)
    assert findings == []
    assert criteria is not None
    assert case_findings(criteria, cases_path(path)) == []


@pytest.mark.parametrize("id_", SHIPPED)
def test_the_cases_of_a_shipped_decision_touch_everything(id_: str) -> None:
    path = Library().criteria_path(id_)
    criteria, cases = load_criteria(path), load_cases(cases_path(path))
    assert {case.type for case in cases} == set(criteria.unit_types)
    assert {leaf for case in cases for leaf in case.points} == set(criteria.by_id)
    assert {case.grade for case in cases} >= {*criteria.labels, ""}
    for leaf in criteria.criteria:
        own = [case for case in cases if leaf.id in case.answers]
        assert {case.points.get(leaf.id) for case in own} >= {0}
        if leaf.not_applicable != "forbidden":
            assert any(case.answers[leaf.id] == ("KPS",) for case in own)
        for level in leaf.rule.inputs[0].levels:
            assert any(case.answers[leaf.id] == (level,) for case in own)


# What takes more than one unit


def of_totals(name: str, totals: dict[str, str], block: str = "don-vi") -> Results:
    """Results of units with these points on criterion 1.1, the shape's only one."""
    units = [Unit(code, code, "don-vi", block) for code in totals]
    rows = [{"unit": code, "x1": thousandths(text)} for code, text in totals.items()]
    return score(load_criteria(path_of(name)), NO_PLAN, units, answers_of(rows))


def answers_of(rows: list[dict[str, Any]]) -> pd.DataFrame:
    blank = {"criterion": "1.1", "source": 0, "line": 1, "state": "answered", "x2": None, "self": None}
    rest = {"appraised": None, "evidence": "1", "explanation": ""}
    return case_frame([{**blank, **rest, **row} for row in rows])


def ranks_of(results: Results) -> list[int]:
    return [int(rank) for rank in results.units["rank"]]


def test_ties_of_the_published_table_DTI_2022_are_15_15_17() -> None:
    # the rank column as printed (63 provinces, one tie); points that order them so: 100 less the rank
    printed = [*range(1, 15), 15, 15, *range(17, 64)]
    assert len(printed) == 63
    totals = {f"tinh-{place}": str(100 - rank) for place, rank in enumerate(printed)}
    assert ranks_of(of_totals("ties-competition", totals)) == printed


def test_dense_ties_leave_no_gap() -> None:
    totals = {"a": "90", "b": "85", "c": "85", "d": "80"}
    assert ranks_of(of_totals("ties-dense", totals)) == [1, 2, 2, 3]
    assert ranks_of(of_totals("ties-competition", totals)) == [1, 2, 2, 4]


def test_ranks_follow_the_exact_points_not_the_printed_ones() -> None:
    # 83,038 and 83,034 both print as 83,0 with the one decimal of this decision
    totals = {"so-ke-hoach": "83.034", "so-khoa-hoc": "83.038", "so-giao-duc": "79.455"}
    results = of_totals("rank-on-three-decimals", totals)
    assert ranks_of(results) == [2, 1, 3]
    assert list(results.units["percent"]) == [83_000, 83_000, 79_500]
    assert list(results.units["grade"]) == ["Tốt", "Tốt", "Khá"]


def test_ranks_on_the_rounded_percent_tie_where_the_print_ties() -> None:
    # 83,034 and 83,031 print as 83,03; 83,036 as 83,04
    totals = {"a": "83.034", "b": "83.031", "c": "83.036"}
    assert ranks_of(of_totals("rank-on-rounded", totals)) == [2, 2, 1]
    assert ranks_of(of_totals("rank-on-three-decimals", totals)) == [2, 3, 1]


def test_a_tie_is_broken_by_group_2_then_by_criterion_1_1() -> None:
    path = path_of("tie-break-chain")
    criteria = load_criteria(path)
    cases = [*load_cases(cases_path(path)), load_cases(cases_path(path))[2]]  # the last one twice
    units = [Unit(str(n), case.name, case.type, case.block) for n, case in enumerate(cases, 1)]
    answers, unusable = case_answers(criteria, cases)
    assert not unusable
    # 80 points each: group 2 has 35, 30, 30, 30; then 1.1 has -, 30, 20, 20
    assert ranks_of(score(criteria, NO_PLAN, units, answers)) == [1, 2, 3, 3]


def test_a_quota_of_20_percent_is_proposed_and_stops_at_a_tie() -> None:
    # 12 units, 10 of them rated good or better: 20% of 10 = 2 places for four who reach 90
    good = ["95", "93", "93", "91", "85", "85", "80", "75", "72", "70", "60", "20"]
    totals = {f"u{n}": text for n, text in enumerate(good)}
    (proposal,) = of_totals("quota-20", totals).proposals
    assert (proposal.base, proposal.allowed) == (10, 2)
    assert (proposal.keep, proposal.undecided, proposal.over) == (("u0",), ("u1", "u2"), ("u3",))
    # nobody's grade is changed by the quota: a person decides
    assert list(of_totals("quota-20", totals).units["grade"]).count("Hoàn thành xuất sắc") == 4


def test_a_consequence_is_carried_beside_a_grade() -> None:
    results = score(
        load_criteria(path_of("four-acts")), NO_PLAN, [Unit("a", "a", "don-vi", "don-vi")], answers_of([])
    )
    assert [item.limit.id for item in results.limits["a"]] == ["khong-hoan-thanh", "thi-dua"]
    assert (results.limits["a"][1].before, results.limits["a"][1].after) == ("Yếu", "Yếu")


@pytest.mark.parametrize(
    ("day", "points"),
    [("04/04/2023", 2), ("05/04/2023", 1), ("09/04/2023", 1), ("10/04/2023", 0)],
)
def test_a_deadline_of_the_plan_counts_its_day_where_it_says_chậm_nhất(day: str, points: int) -> None:
    # 49/KH-UBND: "chậm nhất ngày 04/4/2023"; one rung of five days
    plan = Library().plan("tay-ninh-city-2023")
    criteria = load_criteria(path_of("timely-plan-deadline")).on_plan(plan)
    assert timely_points(criteria, day) == points


@pytest.mark.parametrize(("day", "points"), [("04/04/2022", 2), ("05/04/2022", 1), ("10/04/2022", 0)])
def test_a_deadline_of_the_plan_leaves_its_day_out_where_it_says_trước(day: str, points: int) -> None:
    # Đức Phổ: "trước ngày 05/4/2022"
    plan = Library().plan("duc-pho-2022")
    criteria = load_criteria(path_of("timely-plan-deadline")).on_plan(plan)
    assert timely_points(criteria, day) == points


def timely_points(criteria: CriteriaSet, day: str) -> int:
    ordinal = pd.to_datetime(day, format="%d/%m/%Y").toordinal()
    answers = answers_of([{"unit": "a", "x1": ordinal}])
    results = score(criteria, NO_PLAN, [Unit("a", "a", "don-vi", "don-vi")], answers)
    return int(results.ledger.set_index("criterion").at["1.1", "final"]) // 1000


# The document for those who write a decision down

BLOCKS = re.findall(r"```yaml\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("number", range(len(BLOCKS)))
def test_a_block_of_the_document_parses_and_stands_in_a_file_that_works(number: int) -> None:
    block = BLOCKS[number]
    assert yaml.load(block, yaml.BaseLoader) is not None
    wanted = stripped(dedent(block))
    shipped = [*(ROOT / "criteria").glob("*/*.yaml"), *(ROOT / "criteria").glob("*.yaml")]
    assert any(
        wanted in stripped(path.read_text(encoding="utf-8")) for path in [*SHAPES.iterdir(), *shipped]
    )


def stripped(text: str) -> str:
    """The lines without indentation and comments, so that a fragment is found at any depth."""
    lines = (line.strip() for line in text.splitlines())
    return "\n" + "\n".join(line for line in lines if line and not line.startswith("#")) + "\n"


def keys_of(schema: Any) -> set[str]:
    """Every key that a schema names, at any depth."""
    if isinstance(schema, list):
        return set().union(*map(keys_of, schema))
    if not isinstance(schema, dict):
        return set()
    own = schema.get("properties")
    named = set(own) if isinstance(own, dict) else set()
    return named.union(*map(keys_of, schema.values()))


def test_the_document_mentions_every_key_kind_act_and_condition() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    wanted = keys_of(criteria_schema()) | keys_of(cases_schema()) | keys_of(plan_schema()) | set(kinds())
    assert {"at_most", "lower_by", "not", "evidence_missing", "timely", "break_by"} <= wanted
    assert sorted(word for word in wanted if f"`{word}`" not in text) == []
