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
from scoring.columns import plain, rows_by
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
    explanation: str = ""  # the unit's own words

    @property
    def lost(self) -> int:
        """Points short of what could be had here."""
        return max(self.applicable - (self.final or 0), 0)


@dataclass(frozen=True)
class NextGrade:
    """The grade above a unit's own and the points (thousandths) still missing for it."""

    label: str
    missing: int


class Traces:
    """The traces of units, from frames that are read once: a round of thousands asks for each in turn."""

    def __init__(self, results: Results, answers: pd.DataFrame, sources: Sequence[Source]) -> None:
        """Takes the results with the answers that they come from, and where those stand."""
        self._leaves = {
            leaf.id: (leaf, leaf.how, results.criteria.basis(leaf.cite))
            for leaf in results.criteria.criteria
        }
        self._sources = sources
        self._ledger = {name: plain(results.ledger[name]) for name in _LEDGER}
        self._answers = {name: plain(answers[name]) for name in _ANSWERS}
        self._judgements = {name: plain(results.judgements[name]) for name in _JUDGED}
        rows = rows_by(results.ledger["unit"])
        self._rows = {code: rows.get(code, ()) for code in results.units["code"]}

    def of(self, unit: str) -> tuple[Step, ...]:
        """Steps of a unit, in the order of the decision; raises KeyError for an unknown code."""
        return tuple(self._step(int(at)) for at in self._rows[unit])

    def _step(self, at: int) -> Step:
        row = {name: column[at] for name, column in self._ledger.items()}
        leaf, rule, basis = self._leaves[row["criterion"]]
        answer, source = None, Source("", "")
        values: tuple[int, ...] = ()
        if row["answer"] is not None:
            answer = {name: column[row["answer"]] for name, column in self._answers.items()}
            source, values = self._sources[answer["source"]], _values(answer, leaf)
        return Step(
            criterion=leaf,
            status=row["status"],
            facts=() if answer is None else _facts(answer, leaf, source, values),
            file=source.file,
            sheet=source.sheet,
            rule=rule,
            sentence=sentence_of(leaf, row, values),
            applicable=row["applicable"],
            self=row["self"],
            appraised=row["appraised"],
            final=row["final"],
            basis=basis,
            claim=row["claim"],
            decided=row["decided"],
            history=tuple(
                self._judgement(row[key]) for key in ("judgement", "decision") if row[key] is not None
            ),
            explanation="" if answer is None else answer["explanation"],
        )

    def _judgement(self, number: int) -> Judgement:
        row = {name: column[number] for name, column in self._judgements.items()}
        on = date.fromisoformat(row["on"]) if row["on"] else None
        return Judgement(**{**row, "on": on})


_LEDGER = (
    *("criterion", "claim", "status", "applicable", "self", "appraised", "decided", "final"),
    *("reason", "answer", "judgement", "decision"),
)
_ANSWERS = ("unit", "source", "line", "x1", "x2", "self", "explanation")
_JUDGED = ("stage", "points", "by", "on", "reason", "document", "file", "sheet", "cell")


def trace(
    results: Results, unit: str, answers: pd.DataFrame, sources: Sequence[Source]
) -> tuple[Step, ...]:
    """Steps of one unit, in the order of the decision; raises KeyError for an unknown code.

    Whoever asks for several units keeps `Traces`.
    """
    return Traces(results, answers, sources).of(unit)


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


def _values(answer: Mapping[str, Any], leaf: Criterion) -> tuple[int, ...]:
    found = tuple(answer[name] for name in ("x1", "x2")[: len(leaf.rule.inputs)])
    return () if None in found else found


def _facts(
    answer: Mapping[str, Any], leaf: Criterion, source: Source, values: Sequence[int]
) -> tuple[Fact, ...]:
    facts = []
    for index, (wanted, value) in enumerate(zip(leaf.rule.inputs, values, strict=False)):
        cell = source.cell(f"x{index + 1}", answer["line"])
        # a result made elsewhere stands in a file of its own, not in the unit's
        place = f"{source.file} {cell}" if wanted.table else cell
        facts.append(Fact(wanted.label, wanted.text(value), place))
    if answer["self"] is not None:
        cell = source.points_cell(leaf.id, answer["unit"], "self")
        facts.append(Fact("Điểm tự chấm", vietnamese(answer["self"]), cell))
    return tuple(facts)


def sentence_of(leaf: Criterion, row: Mapping[Any, Any], values: Sequence[int]) -> str:
    """Why the points that the unit claims are what they are, and whose word stands where it claims none.

    `row` holds `claim`, `reason`, `judgement` and `decision` of the ledger.
    """
    told = _claim_sentence(leaf, row, values)
    if row["claim"] == "answered" or (row["judgement"] is None and row["decision"] is None):
        return told
    stands = "thẩm định" if row["decision"] is None else "theo quyết định"
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
    given = "Điểm lấy từ bảng điểm tổng hợp" if not values else leaf.why(values)
    if row["reason"] == "no_evidence":
        return f"{given}; không dẫn minh chứng nên không được tính điểm"
    return given
