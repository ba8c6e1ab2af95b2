"""Facts about units that limits look to: recorded with their document, withdrawn only with a reason."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from criteria.catalogue import Refusal, UnknownId
from criteria.document import vietnamese_date
from criteria.model import Unit
from evidence.problems import Problem, problem
from evidence.registers.register import Entry, Register, add_entries, read_entries
from evidence.registers.values import NoMoment, moment_of, moment_text, nearest, needs, now_text, unit_of

COLUMNS = (
    ("recorded", "Ghi sổ lúc"),
    ("deed", "Ghi hay rút"),
    ("unit", "Mã đơn vị"),
    ("name", "Tên đơn vị"),
    ("fact", "Sự việc"),
    ("document", "Văn bản"),
    ("on", "Ngày văn bản"),
    ("by", "Người ghi nhận"),
    ("note", "Ghi chú"),
)
FACTS = Register("so-su-viec.csv", COLUMNS, ("unit", "fact"))
RECORDED, WITHDRAWN = "Ghi nhận", "Rút"
_WORDS = dict(COLUMNS)


@dataclass(frozen=True)
class Fact:
    """A fact about a unit that limits look to, with its document and who recorded it."""

    unit: str
    fact: str
    document: str
    day: date | None
    recorded_by: str
    note: str

    @property
    def text(self) -> str:
        """The fact, its document and its recorder as a Vietnamese phrase."""
        when = f" ngày {vietnamese_date(self.day)}" if self.day else ""
        by = f"{self.document or 'chưa ghi văn bản'}{when}; {self.recorded_by} ghi nhận"
        return f"{self.note or self.fact} ({by})"


def facts_of_round(raw: Sequence[Mapping[str, Any]]) -> list[Fact]:
    """The facts written in `dot.yaml`, from its schema-checked mapping."""
    return [
        Fact(
            item["unit"],
            item["fact"],
            item.get("document", ""),
            date.fromisoformat(item["date"]) if "date" in item else None,
            item["recorded_by"],
            item.get("note", ""),
        )
        for item in raw
    ]


def with_register(
    facts: Sequence[Fact],
    folder: Path,
    units: Sequence[Unit],
    known: Collection[str],
    problems: list[Problem],
) -> tuple[Fact, ...]:
    """These facts and those of the register, less what was withdrawn later on.

    `known`: the facts that limits look to; where there are any, another fact is a mistake.
    """
    standing = list(facts)
    for entry in read_entries(folder, FACTS, problems):
        unit = unit_of(entry, units, problems)
        if unit is None:
            continue
        if entry["deed"].casefold().startswith(WITHDRAWN.casefold()):
            rest = [item for item in standing if (item.unit, item.fact) != (unit.code, entry["fact"])]
            if len(rest) == len(standing):
                problems.append(problem("fact-not-there", entry.place(unit.code), entry["fact"]))
            standing = rest
        else:
            fact = _fact(entry, unit, known, problems)
            standing += [fact] if fact else []
    return tuple(standing)


def _fact(entry: Entry, unit: Unit, known: Collection[str], problems: list[Problem]) -> Fact | None:
    if known and entry["fact"] not in known:  # a slip of the pen here would switch a limit off
        hint = nearest(entry["fact"], known)
        problems.append(problem("register-unknown-fact", entry.place(unit.code), entry["fact"], hint))
        return None
    if not needs(entry, ("fact", "document", "on", "by"), _WORDS, unit.code, problems):
        return None
    try:
        day, _ = moment_of(entry["on"])
    except NoMoment:
        place = entry.place(unit.code)
        problems.append(problem("register-moment", place, entry["on"], "14/10/2023"))
        return None
    return Fact(unit.code, entry["fact"], entry["document"], day, entry["by"], entry["note"])


def record_fact(folder: Path, unit: Unit, fact: Fact, known: Collection[str], now: datetime) -> None:
    """Adds a fact to the register; raises UnknownId for a fact that no limit looks to."""
    if known and fact.fact not in known:
        raise UnknownId("sự việc", fact.fact, known)
    add_entries(folder, FACTS, [_row(RECORDED, unit, fact, now)])


def withdraw_fact(
    folder: Path, unit: Unit, fact: Fact, standing: Sequence[Fact], now: datetime
) -> tuple[Fact, ...]:
    """Adds the counter-entry of a fact, whose `note` is the reason; gives what no longer holds.

    Raises Refusal where the fact does not stand, or no reason is given.
    """
    gone = tuple(item for item in standing if (item.unit, item.fact) == (unit.code, fact.fact))
    if not gone:
        held = ", ".join(sorted({item.fact for item in standing if item.unit == unit.code}))
        raise Refusal(
            f"Không có sự việc “{fact.fact}” nào đang được ghi nhận cho {unit.name} để rút. "
            f"Đang ghi nhận: {held or 'không có sự việc nào'}."
        )
    if not fact.note.strip():
        raise Refusal("Rút một sự việc phải có lý do: thêm --note “lý do rút”.")
    add_entries(folder, FACTS, [_row(WITHDRAWN, unit, fact, now)])
    return gone


def _row(deed: str, unit: Unit, fact: Fact, now: datetime) -> dict[str, str]:
    return {
        "recorded": now_text(now),
        "deed": deed,
        "unit": unit.code,
        "name": unit.name,
        "fact": fact.fact,
        "document": fact.document,
        "on": moment_text(fact.day) if fact.day else "",
        "by": fact.recorded_by,
        "note": fact.note,
    }
