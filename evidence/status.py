"""Where a round stands: each duty of the plan, who has sent, who is late or missing, what is appraised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from criteria.exact import plain
from criteria.model import Deadline, Unit
from evidence.appraisal.progress import progress_of_units
from evidence.folders import RETURNED
from evidence.intake import Intake
from evidence.problems import has_errors
from evidence.registers.decisions import open_objections
from evidence.registers.every_problem import unfiled
from evidence.registers.objections import Objection
from evidence.registers.receipts import DOSSIER, Receipt, concerns, dossier_deadline, first_of
from evidence.returned.own import own_problems
from evidence.round import Round
from evidence.sealing.seal import closed_for_good

STATE_WORDS = {
    "not_sent": "Chưa gửi",
    "recorded": "Đã ghi nhận, chưa có tệp",
    "returned": "Bị trả lại",
    "sent": "Đã gửi",
    "appraised_in_part": "Đang thẩm định",
    "appraised": "Đã thẩm định",
    "objected": "Có kiến nghị",
    "final": "Đã chốt",
}


@dataclass(frozen=True)
class SoFar:
    """Points of units as they stand (thousandths): self, final, percent; mean percent by block."""

    units: Mapping[str, tuple[int | None, int | None, int | None]] = field(default_factory=dict)
    averages: Mapping[str, int | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Duty:
    """A dated duty and who has done it: receipts of those who have, units who have not."""

    deadline: Deadline
    concerned: tuple[Unit, ...]
    receipts: Mapping[str, Receipt]
    late: Mapping[str, int]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Standing:
    """Where one unit stands; `done` of `due` criteria are appraised."""

    unit: Unit
    state: str
    receipt: Receipt | None
    late: int
    done: int
    due: int
    objections: tuple[Objection, ...]


@dataclass(frozen=True)
class Status:
    """Where a round stands on a day; `by_appraiser`: criteria appraised and due, by appraiser's id."""

    round: Round
    today: date
    scored: bool
    duties: tuple[Duty, ...]
    units: tuple[Standing, ...]
    by_appraiser: Mapping[str, tuple[int, int]]
    so_far: SoFar

    @property
    def coming(self) -> tuple[Duty, ...]:
        """The duties that fall due next: all of the nearest last day that is not past."""
        days = [item.deadline.last_day for item in self.duties if item.deadline.last_day >= self.today]
        return tuple(item for item in self.duties if days and item.deadline.last_day == min(days))

    @property
    def undated(self) -> tuple[Receipt, ...]:
        """What was received that the plan asks for without a date."""
        receipts = self.round.receipts
        own = (item for item in receipts if not (self.scored and item.kind == DOSSIER))
        return tuple(item for item in own if not item.duty)


def status_of(round_: Round, intake: Intake | None, today: date, so_far: SoFar | None = None) -> Status:
    """The status of a round; `intake` is None where the plan does not score."""
    deadlines = sorted(round_.plan.deadlines, key=lambda item: item.last_day)
    duties = tuple(_duty(round_, intake, item) for item in deadlines)
    progress = progress_of_units(round_, intake.answers, intake.judgements) if intake else {}
    objections = open_objections(round_)
    closed = closed_for_good(round_.folder)
    units = tuple(
        _standing(round_, intake, unit, progress.get(unit.code, {}), objections.get(unit.code, ()), closed)
        for unit in round_.units
    )
    by_appraiser = {
        item.id: (
            sum(done for counts in progress.values() for done, _ in [counts.get(item.id, (0, 0))]),
            sum(due for counts in progress.values() for _, due in [counts.get(item.id, (0, 0))]),
        )
        for item in round_.plan.appraisers
    }
    return Status(round_, today, intake is not None, duties, units, by_appraiser, so_far or SoFar())


def _duty(round_: Round, intake: Intake | None, deadline: Deadline) -> Duty:
    receipts = first_of(round_.receipts, deadline.kind, deadline.id)
    concerned = tuple(
        unit
        for unit in round_.units
        # who of some owes it is known of those alone that have done it: nobody can be missing
        if concerns(deadline, unit) and (unit.code in receipts or not deadline.of_some)
    )
    receipts = {unit.code: receipts[unit.code] for unit in concerned if unit.code in receipts}
    late = {code: item.days_late(deadline) for code, item in receipts.items()}
    there = set(receipts)
    if intake is not None and deadline == dossier_deadline(round_.plan):
        there |= intake.received | intake.rejected
    return Duty(
        deadline,
        concerned,
        receipts,
        {code: days for code, days in late.items() if days},
        tuple(unit.code for unit in concerned if unit.code not in there),
    )


def _standing(
    round_: Round,
    intake: Intake | None,
    unit: Unit,
    counts: Mapping[str, tuple[int, int]],
    objections: tuple[Objection, ...],
    closed: bool,
) -> Standing:
    done, due = (sum(pair[part] for pair in counts.values()) for part in (0, 1))
    receipt = round_.dossiers.get(unit.code)
    if intake is None:
        state = "sent" if receipt else "not_sent"
    elif closed and unit.code in intake.received:
        state = "final"
    elif unit.code in unfiled(round_, intake.received):
        state = "recorded"
    elif unit.code in intake.rejected or _given_back(round_, intake, unit):
        state = "returned"
    elif unit.code not in intake.received:
        state = "not_sent"
    elif objections:
        state = "objected"
    else:
        state = "sent" if not done else "appraised" if done >= due else "appraised_in_part"
    return Standing(unit, state, receipt, round_.late.get(unit.code, 0), done, due, objections)


def _given_back(round_: Round, intake: Intake, unit: Unit) -> bool:
    """Whether `check` gave the unit's form back and what lies in `nop/` still has the mistakes."""
    written = round_.folder / RETURNED / f"{unit.code}.xlsx"
    return written.is_file() and has_errors(own_problems(intake.problems, unit))


def status_json(status: Status) -> dict[str, Any]:
    """The status for a program (schema `reports/schemas/status.schema.json`); decimals as text.

    `days_left` counts from today to the last day on which the duty is done in time; negative once past.
    """
    round_ = status.round
    blocks = [
        {"block": block, "title": title, **_counts([u for u in status.units if u.unit.block == block]),
         "average": _decimal(status.so_far.averages.get(block))}
        for block, title in round_.blocks.items()
    ]  # fmt: skip
    return {
        "round": round_.id,
        "title": round_.title,
        "year": round_.year,
        "today": status.today.isoformat(),
        "scored": status.scored,
        "deadlines": [_duty_json(item, status.today) for item in status.duties],
        "undated": list(map(_receipt_json, status.undated)),
        "next": [item.deadline.id for item in status.coming],
        "blocks": blocks,
        "totals": _counts(status.units),
        "appraisers": [
            {"id": item.id, "name": item.name, "done": done, "due": due}
            for item in round_.plan.appraisers
            for done, due in [status.by_appraiser[item.id]]
        ],
        "units": [_unit_json(status, item) for item in status.units],
        "problems": [item.to_json() for item in round_.problems],
        "warnings": [*round_.marks, *round_.warnings],
    }


def _counts(units: Sequence[Standing]) -> dict[str, int]:
    states = Counter(item.state for item in units)
    return {
        "units": len(units),
        "sent": len(units) - states["not_sent"] - states["returned"] - states["recorded"],
        "late": sum(item.late > 0 for item in units),
        "returned": states["returned"],
        "recorded": states["recorded"],
        "not_sent": states["not_sent"],
        "appraised": sum(item.done for item in units),
        "due": sum(item.due for item in units),
        "objections": sum(len(item.objections) for item in units),
    }


def _duty_json(item: Duty, today: date) -> dict[str, Any]:
    deadline = item.deadline
    return {
        "id": deadline.id,
        "kind": deadline.kind,
        "what": deadline.what,
        "who": deadline.who,
        "last_day": deadline.last_day.isoformat(),
        "days_left": (deadline.last_day - today).days,
        "cite": ", ".join(deadline.cite),
        "units": len(item.concerned),
        "received": len(item.concerned) - len(item.missing),
        "late": dict(item.late),
        "missing": list(item.missing),
    }


def _receipt_json(item: Receipt) -> dict[str, Any]:
    return {
        "unit": item.unit,
        "kind": item.kind,
        "received_on": item.day.isoformat(),
        "received_at": f"{item.hour:%H:%M}" if item.hour else None,
        "file": item.file or None,
    }


def _unit_json(status: Status, item: Standing) -> dict[str, Any]:
    self_, final, percent = status.so_far.units.get(item.unit.code, (None, None, None))
    receipt = item.receipt
    return {
        "code": item.unit.code,
        "name": item.unit.name,
        "block": item.unit.block,
        "state": item.state,
        "received_on": receipt.day.isoformat() if receipt else None,
        "received_at": f"{receipt.hour:%H:%M}" if receipt and receipt.hour else None,
        "received_by": receipt.source if receipt else None,
        "days_late": item.late,
        "appraised": item.done,
        "due": item.due,
        "self": _decimal(self_),
        "final": _decimal(final),
        "percent": _decimal(percent),
        "objections": [objection.words for objection in item.objections],
    }


def _decimal(value: int | None) -> str | None:
    return None if value is None else plain(value)
