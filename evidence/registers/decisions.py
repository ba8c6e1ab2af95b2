"""Decisions on points after the appraisal: of a re-appraisal, an objection, the council, each with its
document. The last one on a unit's criterion counts; those before it stay in the register.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from criteria.catalogue import Refusal
from criteria.exact import NotANumber, vietnamese
from criteria.model import CriteriaSet, Criterion, Unit
from evidence.problems import Problem, problem
from evidence.registers.objections import Objection, by_unit, read_objections
from evidence.registers.register import Entry, Register, add_entries, read_entries
from evidence.registers.values import (
    KEEP_WORDS,
    NoMoment,
    criterion_of,
    criterion_text,
    moment_of,
    moment_text,
    needs,
    now_text,
    points_fault,
    points_of,
    unit_of,
)
from evidence.round import Round

COLUMNS = (
    ("on", "Ngày"),
    ("unit", "Mã đơn vị"),
    ("name", "Tên đơn vị"),
    ("criterion", "Tiêu chí"),
    ("points", "Điểm quyết định"),
    ("reason", "Lý do"),
    ("document", "Văn bản"),
    ("by", "Người quyết định"),
    ("answers", "Giải quyết kiến nghị"),
    ("recorded", "Ghi sổ lúc"),
)
DECISIONS = Register("so-quyet-dinh.csv", COLUMNS, ("unit", "criterion", "points", "reason"))
NO_OBJECTION = "không có kiến nghị"
NOT_APPLICABLE = "KPS"
_WORDS = dict(COLUMNS)


@dataclass(frozen=True)
class Ruling:
    """What a decision rests on: why, by which document, who decided, on which day."""

    reason: str
    document: str
    by: str
    day: date


@dataclass(frozen=True)
class Decided:
    """A decision: `points` in thousandths, none where `not_applicable`; `stays` where the line says only
    that the points stay, whatever they are; `answers` the numbers of the objections that it settles.
    """

    unit: str
    criterion: str
    points: int | None
    not_applicable: bool
    stays: bool
    reason: str
    document: str
    by: str
    day: date
    answers: str
    line: int

    def settles(self, objection: Objection) -> bool:
        """Whether it is the outcome of this objection: it names it, or names none and came no earlier."""
        if (self.unit, self.criterion) != (objection.unit, objection.criterion):
            return False
        if self.answers and objection.number:
            return objection.number in self.answers.replace(",", " ").split()
        return self.answers != NO_OBJECTION and self.day >= objection.day


def read_decided(round_: Round, problems: list[Problem]) -> tuple[Decided, ...]:
    """All decisions of the register, in its order, superseded ones as well; mistakes become problems."""
    entries = read_entries(round_.folder, DECISIONS, problems)
    found = (_decided(entry, round_, problems) for entry in entries)
    return tuple(item for item in found if item)


def read_decisions(round_: Round, problems: list[Problem]) -> list[dict[str, object]]:
    """Rows for the judgements' frame, one a unit and criterion: the last decision on it.

    A line that only says that points stay gives no row: what was appraised stands.
    """
    last = {(item.unit, item.criterion): item for item in read_decided(round_, problems) if not item.stays}
    return [
        {
            "unit": item.unit,
            "criterion": item.criterion,
            "stage": "decided",
            "points": item.points,
            "not_applicable": item.not_applicable,
            "reason": item.reason,
            "by": item.by,
            "on": item.day.isoformat(),
            "document": item.document,
            "file": DECISIONS.file,
            "sheet": "",
            "cell": f"dòng {item.line}",
        }
        for item in last.values()
    ]


def open_objections(round_: Round) -> Mapping[str, tuple[Objection, ...]]:
    """By unit, the objections that no decision has settled; a round that does not score has none."""
    if round_.scored_by is None:
        return {}
    decided = read_decided(round_, [])
    there = read_objections(round_, [])
    return by_unit([item for item in there if not any(one.settles(item) for one in decided)])


def _decided(entry: Entry, round_: Round, problems: list[Problem]) -> Decided | None:
    unit = unit_of(entry, round_.units, problems)
    leaf = criterion_of(entry, round_.criteria, unit, problems) if unit else None
    if unit is None or leaf is None:
        return None
    if not needs(entry, ("on", "points", "reason", "document", "by"), _WORDS, unit.code, problems):
        return None
    place = entry.place(unit.code)
    try:
        day, _ = moment_of(entry["on"])
    except NoMoment:
        problems.append(problem("register-moment", place, entry["on"], "14/10/2023"))
        return None
    try:
        points = points_of(entry["points"])
        wrong = fault_of(round_.criteria, leaf, points, kept=_says_kept(entry["points"]))
    except NotANumber:
        points, wrong = None, points_fault(round_.criteria, leaf, -1)
    if wrong:
        problems.append(problem("decision-points", place, entry["points"], wrong))
        return None
    return Decided(
        unit.code,
        leaf.id,
        points if isinstance(points, int) else None,
        points is None,
        points == "keep",
        entry["reason"],
        entry["document"],
        entry["by"],
        day,
        entry["answers"],
        entry.line,
    )


def _says_kept(text: str) -> bool:
    return text.casefold().startswith(KEEP_WORDS)


def fault_of(criteria: CriteriaSet, leaf: Criterion, points: int | str | None, kept: bool = False) -> str:
    """What a decision's points must be where they cannot be these; empty where they can.

    Points that are kept need not be on a step: a formula may have come to them.
    """
    if points == "keep":
        return ""
    if points is None:
        return points_fault(criteria, leaf, -1) if leaf.not_applicable == "forbidden" else ""
    if kept and isinstance(points, int) and 0 <= points <= leaf.top:
        return ""
    return points_fault(criteria, leaf, int(points))


def decision_points(
    text: str, criteria: CriteriaSet, leaf: Criterion, standing: Callable[[], tuple[int | None, bool]]
) -> str:
    """What the register says of the points that were typed: `4,5 điểm`, `KPS`, “Giữ nguyên 4,5 điểm”.

    `standing` tells the points as they stand (thousandths) and whether the criterion stands as not
    applicable. It is asked for `keep` only, which writes them out, so that the decision does not change
    with what is appraised later. Raises Refusal where the points cannot be given.
    """
    try:
        points = points_of(text)
    except NotANumber as error:
        raise Refusal(
            f"Không hiểu điểm “{text}”. Ghi {points_fault(criteria, leaf, -1)}, KPS nếu không phát sinh, "
            "hoặc keep nếu giữ nguyên."
        ) from error
    if points == "keep":
        now, na_now = standing()
        if na_now:
            return f"Giữ nguyên {NOT_APPLICABLE}"
        if now is None:
            raise Refusal(
                f"Tiêu chí {leaf.id} của đơn vị chưa có điểm nên không có gì để giữ nguyên. "
                "Ghi số điểm cụ thể."
            )
        return f"Giữ nguyên {vietnamese(now)} điểm"
    wrong = fault_of(criteria, leaf, points)
    if points is None and wrong:
        raise Refusal(f"Tiêu chí {leaf.id} không cho phép “không phát sinh”. Ghi số điểm {wrong}.")
    if wrong:
        raise Refusal(f"Điểm “{text}” không dùng được cho tiêu chí {leaf.id}. Ghi {wrong}.")
    # a word after the number, or Excel in another language makes 45 or a day of 4,5
    return NOT_APPLICABLE if points is None else f"{vietnamese(int(points))} điểm"


def record_decision(
    round_: Round, unit: Unit, leaf: Criterion, points: str, ruling: Ruling, now: datetime
) -> tuple[Objection, ...]:
    """Adds a decision to the register; gives the open objections that it settles.

    `points` is what `decision_points` gave.
    """
    open_ = [item for item in open_objections(round_).get(unit.code, ()) if item.criterion == leaf.id]
    numbers = [item.number for item in open_ if item.number]
    row = {
        "on": moment_text(ruling.day),
        "unit": unit.code,
        "name": unit.name,
        "criterion": criterion_text(leaf),
        "points": points,
        "reason": ruling.reason,
        "document": ruling.document,
        "by": ruling.by,
        "answers": ", ".join(numbers) if numbers else "" if open_ else NO_OBJECTION,
        "recorded": now_text(now),
    }
    add_entries(round_.folder, DECISIONS, [row])
    return tuple(open_)
