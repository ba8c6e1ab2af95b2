"""The example round's receipt register: what came when, two dossiers late, invented as all its figures.

It holds no hashes: the example's files are there to be changed and tried out, which hashes would report.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from criteria.model import Deadline, Unit
from evidence.receipts import DOSSIER, FOLDER, KIND_WORDS, RECEIPTS, concerns
from evidence.register_values import moment_text, now_text
from evidence.registers import add_entries
from evidence.round import Round

RECORDER = "Chuyên viên Phòng Nội vụ (minh họa)"
# days after the last day in time; elsewhere so many days before it as the unit's place in the roster gives
LATE = {("25480", DOSSIER): 1, ("703-SN2", DOSSIER): 3, ("25471", "report"): 2}
NEVER = {("25483", "report"), ("25474", "plan")}  # who sends nothing, beside who sends no dossier


def record_receipts(round_: Round) -> None:
    """Writes the register of an example round whose dossiers lie in `nop/`, in the order of time."""
    found = [
        (at, row)
        for due in round_.plan.deadlines
        for place, unit in enumerate(round_.units)
        if concerns(due, unit)
        for at, row in _receipt(round_, due, unit, place)
    ]
    add_entries(round_.folder, RECEIPTS, [row for _, row in sorted(found, key=lambda pair: pair[0])])


def _receipt(
    round_: Round, due: Deadline, unit: Unit, place: int
) -> Iterator[tuple[datetime, dict[str, str]]]:
    path = round_.folder / FOLDER / f"{unit.code}.xlsx"
    if (unit.code, due.kind) in NEVER or not path.is_file():
        return
    days = LATE.get((unit.code, due.kind), -(place % 4))
    midnight = datetime.combine(due.last_day, time())
    at = midnight + timedelta(days=days, hours=8, minutes=25 * place)
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
    yield at, row | ({"file": f"{FOLDER}/{path.name}"} if due.kind == DOSSIER else {})
