"""Objections of units to their points (kiến nghị, phúc tra): each with its text, document and outcome."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from criteria.model import Criterion, Unit
from evidence.problems import Problem, problem
from evidence.registers.register import Entry, Register, add_entries, read_entries
from evidence.registers.values import (
    NoMoment,
    criterion_of,
    criterion_text,
    moment_of,
    moment_text,
    needs,
    now_text,
    unit_of,
)
from evidence.round import Round

COLUMNS = (
    ("number", "Số kiến nghị"),
    ("on", "Ngày"),
    ("unit", "Mã đơn vị"),
    ("name", "Tên đơn vị"),
    ("criterion", "Tiêu chí"),
    ("text", "Nội dung kiến nghị"),
    ("document", "Văn bản"),
    ("by", "Người ghi sổ"),
    ("recorded", "Ghi sổ lúc"),
)
OBJECTIONS = Register("so-kien-nghi.csv", COLUMNS, ("unit", "criterion", "text"))
_WORDS = dict(COLUMNS)


@dataclass(frozen=True)
class Objection:
    """What a unit objects to, on which criterion, with its document; `number` empty if none."""

    number: str
    unit: str
    criterion: str
    text: str
    document: str
    day: date
    by: str
    line: int = 0

    @property
    def words(self) -> str:
        """The objection as a Vietnamese phrase."""
        said = f"{self.number or f'dòng {self.line}'}, tiêu chí {self.criterion}: {self.text}"
        return f"{said} ({self.document}, ngày {moment_text(self.day)})"


def read_objections(round_: Round, problems: list[Problem]) -> tuple[Objection, ...]:
    """All objections of the register, decided or not, in its order; its mistakes become problems."""
    entries = read_entries(round_.folder, OBJECTIONS, problems)
    found = (_objection(entry, round_, problems) for entry in entries)
    return tuple(item for item in found if item)


def _objection(entry: Entry, round_: Round, problems: list[Problem]) -> Objection | None:
    unit = unit_of(entry, round_.units, problems)
    leaf = criterion_of(entry, round_.criteria, unit, problems) if unit else None
    if unit is None or leaf is None:
        return None
    if not needs(entry, ("on", "text", "document"), _WORDS, unit.code, problems):
        return None
    try:
        day, _ = moment_of(entry["on"])
    except NoMoment:
        problems.append(problem("register-moment", entry.place(unit.code), entry["on"], "14/10/2023"))
        return None
    return Objection(
        entry["number"], unit.code, leaf.id, entry["text"], entry["document"], day, entry["by"], entry.line
    )


def record_objection(
    round_: Round, unit: Unit, leaf: Criterion, objection: Objection, now: datetime
) -> str:
    """Adds an objection to the register, under the next number, which is given back."""
    entries = read_entries(round_.folder, OBJECTIONS, [])
    numbers = (entry["number"].upper().removeprefix("KN") for entry in entries)
    number = f"KN{max((int(text) for text in numbers if text.isdecimal()), default=0) + 1}"
    row = {
        "number": number,
        "on": moment_text(objection.day),
        "unit": unit.code,
        "name": unit.name,
        "criterion": criterion_text(leaf),
        "text": objection.text,
        "document": objection.document,
        "by": objection.by,
        "recorded": now_text(now),
    }
    add_entries(round_.folder, OBJECTIONS, [row])
    return number


def by_unit(objections: Sequence[Objection]) -> Mapping[str, tuple[Objection, ...]]:
    """The objections of each unit that has any, in their order."""
    units = dict.fromkeys(item.unit for item in objections)
    return {code: tuple(item for item in objections if item.unit == code) for code in units}
