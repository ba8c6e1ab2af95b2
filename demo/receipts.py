"""The example round's receipt register: what came when, two dossiers late, invented as all its figures.

It holds no hashes: the example's files are there to be changed and tried out, which hashes would report.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, time, timedelta
from pathlib import Path

from criteria.model import Deadline, Unit
from evidence.registers.receipts import DOSSIER, FOLDER, KIND_WORDS, RECEIPTS, concerns
from evidence.registers.register import add_entries
from evidence.registers.values import moment_text, now_text
from evidence.round import Round

RECORDER = "Chuyên viên Phòng Nội vụ (minh họa)"
# days after the last day in time; elsewhere so many days before it as the unit's place in the roster gives
LATE = {("25480", DOSSIER): 1, ("703-SN2", DOSSIER): 3, ("25471", "report"): 2}
NEVER = {("25483", "report"), ("25474", "plan")}  # who sends nothing, beside who sends no dossier


def record_receipts(round_: Round, sent: Path, without: Collection[str] = ()) -> None:
    """Writes the register of an example round, in the order of time; some kinds are left out if asked.

    `sent`: the folder of the dossiers; who has none in it has sent nothing at all.
    """
    senders = [
        (place, unit) for place, unit in enumerate(round_.units) if (sent / f"{unit.code}.xlsx").is_file()
    ]
    found = [
        (came(due, unit, place), _row(due, unit, came(due, unit, place)))
        for due in round_.plan.deadlines
        for place, unit in senders
        if concerns(due, unit) and due.kind not in without and (unit.code, due.kind) not in NEVER
    ]
    add_entries(round_.folder, RECEIPTS, [row for _, row in sorted(found, key=lambda pair: pair[0])])


def came(due: Deadline, unit: Unit, place: int) -> datetime:
    """When a unit, by its place in the roster, hands in what a deadline asks for."""
    days = LATE.get((unit.code, due.kind), -(place % 4))
    return datetime.combine(due.last_day, time()) + timedelta(days=days, hours=8, minutes=25 * place)


def _row(due: Deadline, unit: Unit, at: datetime) -> dict[str, str]:
    row = {
        "at": moment_text(at.date(), at.time()),
        "unit": unit.code,
        "name": unit.name,
        "kind": KIND_WORDS[due.kind],
        "duty": due.id,
        "by": RECORDER,
        "recorded": now_text(at),
        "note": "" if due.kind == DOSSIER else "bản giấy",
    }
    return row | ({"file": f"{FOLDER}/{unit.code}.xlsx"} if due.kind == DOSSIER else {})
