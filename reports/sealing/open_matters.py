"""What still stands open in a round and keeps it from being sealed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from criteria.model import Condition
from reports.outcome import Outcome
from reports.standing import Standing, standings
from scoring.states import waits

_MOST_NAMED = 12


@dataclass(frozen=True)
class OpenMatter:
    """One kind of thing that is open: its code, what it is in Vietnamese, and each case by name."""

    code: str
    what: str
    cases: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The matter as a seal keeps it."""
        return {"code": self.code, "what": self.what, "count": len(self.cases), "cases": list(self.cases)}

    def __str__(self) -> str:
        named = "; ".join(self.cases[:_MOST_NAMED])
        rest = len(self.cases) - _MOST_NAMED
        return f"{len(self.cases)} {self.what}: {named}" + (f"; và {rest} nữa" if rest > 0 else "") + "."


def open_matters(found: Outcome) -> tuple[OpenMatter, ...]:
    """All that is open in a round, gravest first; empty where it can be sealed."""
    kinds = {
        "errors": ("đơn vị hoặc tệp có lỗi phải sửa trong hồ sơ", _errors(found)),
        "rejected": ("đơn vị có hồ sơ chưa dùng được", _in_state(found, "rejected")),
        "not-sent": ("đơn vị chưa gửi hồ sơ mà kế hoạch không quy định cách xử lý", _not_sent(found)),
        "not-appraised": ("đơn vị chưa được thẩm định", _in_state(found, "sent")),
        "appraised-in-part": ("đơn vị mới thẩm định một phần", _in_part(found)),
        "objections": ("kiến nghị chưa giải quyết", list(found.open_objections)),
        "unrecorded": (
            "hồ sơ chưa vào sổ tiếp nhận mà xếp loại có xét gửi chậm (ghi sổ bằng lệnh danvan receive)",
            _unrecorded(found),
        ),
    }
    return tuple(OpenMatter(code, what, tuple(cases)) for code, (what, cases) in kinds.items() if cases)


def _errors(found: Outcome) -> list[str]:
    """Units, or files where the unit is not known, with how many errors each."""
    names = {unit.code: unit.name for unit in found.round.units}
    errors = [item for item in found.intake.problems if item.severity == "error"]
    counts = Counter(names.get(item.unit) or item.file for item in errors)
    return [f"{name} ({count} lỗi)" for name, count in counts.items()]


def _in_state(found: Outcome, state: str) -> list[str]:
    return [unit.name for unit in standings(found.results) if unit.state == state]


def _not_sent(found: Outcome) -> list[str]:
    """Units without dossier on which no limit for this case was applied."""
    return [unit.name for unit in standings(found.results) if unit.state == "not_sent" and not _ruled(unit)]


def _unrecorded(found: Outcome) -> list[str]:
    """Units of whose dossier only the file's time is known, with that time."""
    round_ = found.round
    return [f"{round_.by_code[code].name} ({round_.dossiers[code].text})" for code in round_.unrecorded]


def _ruled(unit: Standing) -> bool:
    return any(
        applied.limit.act != "consequence" and _looks_to_no_dossier(applied.limit.when)
        for applied in unit.limits
    )


def _looks_to_no_dossier(when: Condition) -> bool:
    own = when.kind == "dossier" and when.name == "none"
    return own or any(_looks_to_no_dossier(part) for part in when.parts)


def _in_part(found: Outcome) -> list[str]:
    """Units appraised in part, with the criteria that wait."""
    ledger = found.results.ledger
    waiting = ledger[waits(found.results.criteria, ledger)]
    ids = {str(code): list(rows["criterion"]) for code, rows in waiting.groupby("unit", sort=False)}
    units = [unit for unit in standings(found.results) if unit.state == "appraised_in_part"]
    return [f"{unit.name} (còn {_few(ids.get(unit.code, []))})" for unit in units]


def _few(ids: Sequence[str]) -> str:
    shown = ", ".join(ids[:5])
    return f"tiêu chí {shown}" if len(ids) <= 5 else f"{len(ids)} tiêu chí: {shown}, ..."


def matter_lines(matters: Sequence[OpenMatter]) -> Iterator[str]:
    """A line for each matter, numbered."""
    return (f"  {number}. {matter}" for number, matter in enumerate(matters, 1))
