"""Random decisions with every kind of rule, answers to them, and answers in which advice is followed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import numpy as np
from hypothesis import strategies as st

from criteria.exact import divide
from criteria.model import Condition, CriteriaSet, Criterion, Floor, Grade, Group, Limit, Policy
from criteria.rules import kinds
from scoring.distance import Way
from scoring.limits import Circumstances, Recorded
from tests.scoring.small_round import judged_set

Row = dict[str, Any]
BASE = judged_set(["1"])
DUE = date(2023, 10, 16)
LABELS = ("Tốt", "Khá", "Trung bình")
PEOPLE = {"done": "Số người học", "of": "Tổng số người"}
BANDS: list[list[dict[str, Any]]] = [
    [{"from": "0", "points": "proportional"}],
    [{"from": "80", "points": "2"}, {"from": "50", "points": "1"}, {"from": "0", "points": "0"}],
    [{"from": "90", "points": "2"}, {"from": "40", "points": "proportional"}, {"from": "0", "points": "0"}],
    [{"from": "60", "points": {"from": "1", "to": "2"}}, {"from": "0", "points": "0"}],
]
RAW: list[dict[str, Any]] = [
    {"kind": "judged", "step": "0.5"},
    {
        "kind": "choice",
        "options": [{"label": "a", "points": "2"}, {"label": "b", "share": "33.333"}, {"label": "c", "points": "0"}],
    },
    *({"kind": "ratio", "inputs": PEOPLE, "bands": bands} for bands in BANDS),
    {"kind": "count", "inputs": {"count": "Số vụ"}, "each": "0.7", "direction": "take_off", "free": "1"},
    {"kind": "count", "inputs": {"count": "Số mô hình"}, "each": "0.75", "direction": "add"},
    {"kind": "timely", "by": DUE.isoformat(), "late": [{"days": "2", "points": "1"}, {"days": "5", "points": "0.5"}]},
    {"kind": "timely", "by": DUE.isoformat(), "per_day": "0.8"},
    {"kind": "imported", "table": "cchc", "as": "percent"},
]  # fmt: skip
TOP = 2000


@dataclass(frozen=True)
class Case:
    """A decision, the rows that unit A answered, what is known beside them."""

    criteria: CriteriaSet
    rows: tuple[Row, ...]
    known: Circumstances


@st.composite
def leaves(draw: st.DrawFn, id_: str, group: str, raws: Sequence[Mapping[str, Any]] = RAW) -> Criterion:
    """A criterion of 2 points of any kind."""
    raw = draw(st.sampled_from(raws))
    rule = kinds()[raw["kind"]].parse(raw, TOP, 250)
    evidence = draw(st.sampled_from(["none", "none", "required"]))
    return replace(
        BASE.criteria[0],
        id=id_,
        group=group,
        top=TOP,
        rule=rule,
        evidence=evidence,
        without_evidence="zero",
        not_applicable=draw(st.sampled_from(["exclude", "full"])),
    )


@st.composite
def groups_of(draw: st.DrawFn, most: int) -> tuple[Group, ...]:
    """One or two groups of the scale, and sometimes bonus and penalty groups with caps."""
    kinds_ = draw(
        st.sampled_from(
            [
                ["scale"],
                ["scale", "scale"],
                ["scale", "bonus"],
                ["scale", "penalty"],
                ["scale", "scale", "bonus", "penalty"],
            ]
        )
    )
    found = []
    for number, kind in enumerate(kinds_, 1):
        size = draw(st.integers(1, most)) if kind == "scale" else draw(st.integers(1, 2))
        raws = RAW if kind == "scale" else [RAW[0], RAW[7]]
        # points that are taken off ask for no evidence: without it they would not be taken off
        own = tuple(draw(leaves(f"{number}.{leaf}", str(number), raws)) for leaf in range(1, size + 1))
        if kind == "penalty":
            own = tuple(replace(leaf, evidence="none") for leaf in own)
        top = TOP * size if kind == "scale" else draw(st.sampled_from([500, 1250, 4000]))
        found.append(
            replace(BASE.groups[0], id=str(number), kind=kind, top=top, criteria=own)  # type: ignore[arg-type]
        )
    return tuple(found)


@st.composite
def conditions(draw: st.DrawFn, groups: Sequence[Group], turning: bool) -> Condition:
    """What a limit looks to: facts, shares, evidence, and these joined."""
    simple = [
        Condition("fact", "ky-luat"),
        Condition("dossier", "late"),
        Condition("group", groups[0].id, draw(st.sampled_from([30_000, 60_000]))),
        Condition("criterion", groups[0].criteria[0].id, 50_000),
        Condition("evidence_missing", "", 1),
    ]
    one, two = draw(st.sampled_from(simple)), draw(st.sampled_from(simple))
    if turning:
        two = Condition("not", parts=(two,))
    return draw(
        st.sampled_from(
            [one, Condition("any", parts=(one, two)), Condition("all", parts=(one, two))]
            + ([two] if turning else [])
        )
    )


@st.composite
def cases(draw: st.DrawFn, most: int = 3, turning: bool = False) -> Case:
    """A random decision and answers of unit A; `turning`: limits may ask that something is not missing."""
    groups = draw(groups_of(most))
    scale = sum(group.top for group in groups if group.kind == "scale")
    points_at = draw(st.sampled_from(["criterion", "criterion", "group", "end"]))
    policy = Policy(
        points_step=250,
        points_digits=draw(st.sampled_from([0, 1, 2, 3])),
        points_rounding=draw(st.sampled_from(["half_up", "half_even", "down"])),
        points_at=points_at,
        percent_digits=2,
        percent_rounding="half_up",
        rank_on="exact",
        ties="competition",
        break_by=(),
        grade_on=draw(st.sampled_from(["percent_of_applicable", "points"])),
        hold_to_scale=draw(st.booleans()),
    )
    starts = sorted(draw(st.sets(st.sampled_from([25, 40, 55, 66, 75, 90]), min_size=2, max_size=2)))
    starts = [starts[1], starts[0], 0]
    floors = [Floor("criterion", 25_000), Floor("group", 50_000), Floor(groups[0].id, 60_000),
              Floor(groups[0].criteria[-1].id, 50_000)]  # fmt: skip
    grades = tuple(
        Grade(
            label,
            start * 1000 if policy.grade_on == "percent_of_applicable" else start * scale // 100,
            above=draw(st.booleans()) and start > 0,
            floors=tuple(draw(st.lists(st.sampled_from(floors), max_size=2))) if start and draw(st.booleans()) else (),
        )
        for label, start in zip(LABELS, starts, strict=True)
    )  # fmt: skip
    acts = [("at_most", "Khá", 0), ("lower_by", "", 1), ("fail_to", "Trung bình", 0),
            ("not_graded", "Không xếp loại", 0), ("consequence", "Hạ thi đua", 0)]  # fmt: skip
    limits = tuple(
        Limit(f"l{number}", draw(conditions(groups, turning)), *draw(st.sampled_from(acts)), "", ("vd",))  # type: ignore[arg-type]
        for number in range(draw(st.sampled_from([0, 0, 1, 2])))
    )
    criteria = replace(
        BASE, groups=groups, scale=scale, policy=policy, grades=grades, grades_by_block={}, limits=limits
    )
    rows = tuple(row for leaf in criteria.criteria for row in draw(answers(leaf)))
    facts = {"A": [Recorded("ky-luat", "kỷ luật")]} if draw(st.integers(0, 4)) == 0 else {}
    late = {"A": 2} if draw(st.integers(0, 4)) == 0 else {}
    return Case(criteria, rows, Circumstances(facts, late))


def figures(leaf: Criterion, of: int = 3000) -> list[tuple[int, ...]]:
    """Every figure that may be declared on a criterion, of a small total of people."""
    kind = leaf.rule.KIND
    if kind == "ratio":
        return [(done * 1000, of) for done in range(of // 1000 + 1)]
    if kind == "timely":
        return [(0,), *(((DUE + timedelta(days)).toordinal(),) for days in range(-1, 7))]
    if kind == "choice":
        return [(0,), (1,), (2,)]
    if kind == "judged":
        return [(points,) for points in range(0, TOP + 1, 500)]
    if kind == "count":
        return [(count * 1000,) for count in range(5)]
    return [(50_000,), (100_000,)]


@st.composite
def answers(draw: st.DrawFn, leaf: Criterion) -> list[Row]:
    """The row of unit A on a criterion: answered in one of many ways, or not at all."""
    row = blank_row(leaf.id)
    said = draw(
        st.sampled_from(
            ["figures"] * 6 + ["outright", "judged", "judged", "KPS", "blank", "faulty", "absent"]
        )
    )
    if said == "absent":
        return []
    if said in ("KPS", "blank", "faulty"):
        return [{**row, "state": "not_applicable" if said == "KPS" else said}]
    row["evidence"] = draw(st.sampled_from(["", "CV 1", "CV 2"]))
    if said != "outright":
        row["x1"], row["x2"] = [*draw(st.sampled_from(figures(leaf))), None][:2]
    if said == "outright" or (said == "judged" and draw(st.booleans())):
        row["self"] = draw(st.sampled_from([0, 700, 1250, 1999, 2000]))
    if said == "judged":
        row["appraised"] = draw(st.sampled_from([0, 500, 1333, 2000]))
    return [row]  # fmt: skip


def blank_row(criterion: str) -> Row:
    """An answered row of unit A in which nothing stands yet."""
    row: Row = dict.fromkeys(
        ["unit", "criterion", "source", "line", "state", "x1", "x2", "self", "appraised"]
    )
    return row | {"unit": "A", "criterion": criterion, "source": 0, "line": 1, "state": "answered",
                  "evidence": "", "explanation": ""}  # fmt: skip


def followed(rows: Sequence[Row], way: Way) -> list[Row]:
    """The answers with the changes of a way made."""
    found = {row["criterion"]: dict(row) for row in rows}
    for change in way.changes:
        id_ = change.criterion.id
        row = found.setdefault(id_, blank_row(id_))
        row["state"] = "answered"
        if change.evidence:
            row["evidence"] = "CV 9"
        if change.after is not None:
            row["x1"], row["x2"] = [*change.after, None][:2]
        if change.granted:
            row["appraised"] = change.points_after
        elif row["self"] is not None:
            row["self"] = change.points_after
    return list(found.values())


def alternatives(criteria: CriteriaSet, leaf: Criterion, rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Every way in which unit A could have answered a criterion otherwise; not derived from the rules."""
    given = [row for row in rows if row["criterion"] == leaf.id]
    row = given[0] if given else blank_row(leaf.id)
    if leaf.rule.KIND == "imported" or row["state"] == "not_applicable":
        return
    of = row["x2"] if leaf.rule.KIND == "ratio" and row["x2"] else 100_000
    full = {**row, "state": "answered", "evidence": "CV 9"}
    if row["appraised"] is None and row["self"] is None:
        penalty = criteria.group_by_id[leaf.group].kind == "penalty"
        declared = (row["x1"], row["x2"])[: len(leaf.rule.inputs)]
        bare = None not in declared and leaf.loses_without_evidence and not row["evidence"]
        for x in figures(leaf, of):
            if bare:  # nobody does worse to prove what was done
                then, now = exact_of(leaf, x), exact_of(leaf, declared)
                if then > now if penalty else then < now:
                    continue
            yield [{**full, "x1": x[0], "x2": x[1] if len(x) > 1 else None}]
        return
    worths = set(worth_of(criteria, leaf, figures(leaf, of)))
    kind = "appraised" if row["appraised"] is not None else "self"
    if kind == "appraised":
        own = [row["self"]] if row["self"] is not None else []
        worths |= set(own)
    for points in sorted(worths):
        yield [{**full, kind: points}]
    if kind == "appraised":
        yield [full]


def exact_of(leaf: Criterion, x: Sequence[int]) -> Fraction:
    """Unrounded points (thousandths) of figures."""
    exact = leaf.rule.points([np.array([value]) for value in x])
    return Fraction(int(exact.num[0]), int(exact.den[0]))


def worth_of(criteria: CriteriaSet, leaf: Criterion, every: Sequence[tuple[int, ...]]) -> list[int]:
    """Points (thousandths) of figures, rounded to the decision's digits."""
    exact = leaf.rule.points([np.array(column) for column in zip(*every, strict=True)])
    policy = criteria.policy
    return [int(x) for x in divide(exact.num, exact.den, policy.points_digits, policy.points_rounding)]
