"""The trace of a unit: for each criterion its inputs with their cells, the rule, the points, why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from criteria.exact import vietnamese
from criteria.model import Criterion
from evidence.answers import Source
from scoring.grades import points_needed
from scoring.results import Results


@dataclass(frozen=True)
class Fact:
    """One declared figure: its label, its value as text, the cell it stands in."""

    label: str
    value: str
    cell: str


@dataclass(frozen=True)
class Judgement:
    """What a person judged at one stage, with reason and place; `points` None: not applicable."""

    stage: str  # appraised, decided
    points: int | None
    by: str
    on: date | None
    reason: str
    document: str
    file: str
    sheet: str
    cell: str


@dataclass(frozen=True)
class Step:
    """Why a unit has these points on a criterion; points in thousandths, None where not known.

    `history`: what persons judged of it, the last word last.
    """

    criterion: Criterion
    status: str
    facts: tuple[Fact, ...]
    file: str
    sheet: str
    rule: str  # the rule in general
    sentence: str  # the rule applied
    applicable: int
    self: int | None
    appraised: int | None
    final: int | None
    basis: str
    claim: str = ""  # what the unit's own file says, where `status` is what persons made of it
    decided: int | None = None
    history: tuple[Judgement, ...] = ()

    @property
    def lost(self) -> int:
        """Points short of what could be had here."""
        return max(self.applicable - (self.final or 0), 0)


@dataclass(frozen=True)
class NextGrade:
    """The grade above a unit's own and the points (thousandths) still missing for it."""

    label: str
    missing: int


def trace(
    results: Results, unit: str, answers: pd.DataFrame, sources: Sequence[Source]
) -> tuple[Step, ...]:
    """Steps of a unit, in the order of the decision; raises KeyError for an unknown code."""
    rows = results.ledger[results.ledger["unit"] == unit]
    if unit not in set(results.units["code"]):
        raise KeyError(unit)
    return tuple(_step(results, row, answers, sources) for row in rows.to_dict("records"))


def next_grade(results: Results, unit: str) -> NextGrade | None:
    """What a unit lacks for the grade above its own; None at the top, or without points or grades."""
    row = results.units.set_index("code").loc[unit]
    grades = results.criteria.grades_of(str(row["block"]))
    labels = [grade.label for grade in grades]
    # the points decide the grade by points; what a limit took cannot be won back by points
    own = row["grade_by_points"]
    if pd.isna(row["final"]) or own not in labels or own == labels[0]:
        return None
    above = grades[labels.index(own) - 1]
    return NextGrade(
        above.label, points_needed(results.criteria, above, int(row["max"])) - int(row["final"])
    )


def _step(
    results: Results,
    row: Mapping[Any, Any],
    answers: pd.DataFrame,
    sources: Sequence[Source],
) -> Step:
    leaf = results.criteria.by_id[str(row["criterion"])]
    answer = None if pd.isna(row["answer"]) else answers.iloc[int(row["answer"])]
    source = sources[int(answer["source"])] if answer is not None else Source("", "")
    values = () if answer is None else _values(answer, leaf)
    return Step(
        criterion=leaf,
        status=str(row["status"]),
        facts=() if answer is None else _facts(answer, leaf, source, values),
        file=source.file,
        sheet=source.sheet,
        rule=leaf.rule.describe(),
        sentence=_sentence(leaf, row, values),
        applicable=int(row["applicable"]),
        self=_whole(row["self"]),
        appraised=_whole(row["appraised"]),
        final=_whole(row["final"]),
        basis=results.criteria.basis(leaf.cite),
        claim=str(row["claim"]),
        decided=_whole(row["decided"]),
        history=tuple(
            _judgement(results.judgements, int(row[key]))
            for key in ("judgement", "decision")
            if not pd.isna(row[key])
        ),
    )


def _judgement(judgements: pd.DataFrame, number: int) -> Judgement:
    row = judgements.iloc[number]
    texts = {
        name: str(row[name]) for name in ("stage", "by", "reason", "document", "file", "sheet", "cell")
    }
    on = date.fromisoformat(row["on"]) if row["on"] else None
    return Judgement(points=_whole(row["points"]), on=on, **texts)


def _whole(value: Any) -> int | None:
    return None if pd.isna(value) else int(value)


def _values(answer: pd.Series, leaf: Criterion) -> tuple[int, ...]:
    names = ["x1", "x2"][: len(leaf.rule.inputs)]
    return () if any(pd.isna(answer[name]) for name in names) else tuple(int(answer[n]) for n in names)


def _facts(answer: pd.Series, leaf: Criterion, source: Source, values: Sequence[int]) -> tuple[Fact, ...]:
    line = int(answer["line"])
    facts = []
    for index, (wanted, value) in enumerate(zip(leaf.rule.inputs, values, strict=False)):
        cell = source.cell(f"x{index + 1}", line)
        # a result made elsewhere stands in a file of its own, not in the unit's
        place = f"{source.file} {cell}" if wanted.table else cell
        facts.append(Fact(wanted.label, wanted.text(value), place))
    if not pd.isna(answer["self"]):
        cell = source.points_cell(leaf.id, str(answer["unit"]), "self")
        facts.append(Fact("Điểm tự chấm", vietnamese(int(answer["self"])), cell))
    return tuple(facts)


def _sentence(leaf: Criterion, row: Mapping[Any, Any], values: Sequence[int]) -> str:
    """Why the points that the unit claims are what they are, and whose word stands where it claims none."""
    told = _claim_sentence(leaf, row, values)
    if row["claim"] == "answered" or (pd.isna(row["judgement"]) and pd.isna(row["decision"])):
        return told
    stands = "thẩm định" if pd.isna(row["decision"]) else "theo quyết định"
    return f"{told}; lấy kết quả {stands}"


def _claim_sentence(leaf: Criterion, row: Mapping[Any, Any], values: Sequence[int]) -> str:
    status = row["claim"]
    if status == "not_sent":
        return "Đơn vị chưa gửi hồ sơ"
    if status == "blank":
        return "Chưa kê khai"
    if status == "faulty":
        return "Số liệu kê khai có lỗi nên chưa tính điểm"
    if status == "not_applicable":
        if leaf.not_applicable == "full":
            return "Không phát sinh: được tính điểm tối đa"
        return "Không phát sinh: không tính vào điểm tối đa của đơn vị"
    given = "Điểm lấy từ bảng điểm tổng hợp" if not values else leaf.rule.explain(values)
    if row["reason"] == "no_evidence":
        return f"{given}; không dẫn minh chứng nên không được tính điểm"
    return given
