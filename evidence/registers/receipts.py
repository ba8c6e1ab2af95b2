"""When what was received: the receipt register, days in `dot.yaml`, else the times of the files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Literal, TypeAlias

from criteria.model import Deadline, Plan, Unit
from evidence.problems import Place, Problem, problem
from evidence.registers.register import Entry, Register, read_entries
from evidence.registers.values import NoMoment, moment_of, moment_text, nearest, needs, unit_of
from evidence.sealing.fingerprint import sha256_of

COLUMNS = (
    ("at", "Nhận lúc"),
    ("unit", "Mã đơn vị"),
    ("name", "Tên đơn vị"),
    ("kind", "Loại"),
    ("duty", "Mã việc"),
    ("file", "Tệp"),
    ("sha256", "SHA-256"),
    ("size", "Dung lượng (byte)"),
    ("by", "Người ghi sổ"),
    ("recorded", "Ghi sổ lúc"),
    ("note", "Ghi chú"),
)
RECEIPTS = Register("so-tiep-nhan.csv", COLUMNS, ("at", "unit"))
DOSSIER = "dossier"
KIND_WORDS = {
    "plan": "kế hoạch",
    "report": "báo cáo",
    "dossier": "hồ sơ chấm điểm",
    "grading": "chấm điểm, xếp loại",
    "registration": "đăng ký",
    "assignment": "phân công",
}
UNIT_KINDS = tuple(kind for kind in KIND_WORDS if kind != "grading")
SPREADSHEETS = frozenset({".xlsx", ".xls", ".xlsm", ".xlsb", ".ods"})
FOLDER = "nop"
FILE_TIMES = "file_times"  # of a seal: the times of files that stood in for receipts, by unit
_WORDS = dict(COLUMNS)

WhereFrom: TypeAlias = Literal["register", "round", "file"]
SOURCE_WORDS: dict[WhereFrom, str] = {
    "register": "sổ tiếp nhận",
    "round": "dot.yaml",
    "file": "giờ của tệp, chưa vào sổ tiếp nhận",
}


@dataclass(frozen=True)
class Receipt:
    """Something received from a unit; `duty` is the plan's deadline, empty where the plan has none.

    `source`: the register (`line`), `dot.yaml`, or only the time of the file in `nop/`.
    """

    unit: str
    kind: str
    duty: str
    day: date
    hour: time | None
    source: WhereFrom
    file: str = ""
    sha256: str = ""
    by: str = ""
    note: str = ""
    line: int = 0
    recorded: datetime | None = None  # when the register's line was added, to the minute

    @property
    def moment(self) -> datetime:
        """Day and hour, to compare by; a day alone begins at midnight."""
        return datetime.combine(self.day, self.hour or time())

    @property
    def text(self) -> str:
        """When it was received and how that is known, in Vietnamese."""
        where = f"{SOURCE_WORDS[self.source]} dòng {self.line}" if self.line else SOURCE_WORDS[self.source]
        return f"nhận {moment_text(self.day, self.hour)}, theo {where}"

    def days_late(self, deadline: Deadline) -> int:
        """Days past the last day in time; 0 where it came in time."""
        return max(0, (self.day - deadline.last_day).days)


def concerns(deadline: Deadline, unit: Unit) -> bool:
    """Whether a duty is this unit's; what only the office does (`grading`) is no unit's."""
    return deadline.kind != "grading" and (not deadline.unit_types or unit.type in deadline.unit_types)


def dossier_deadline(plan: Plan) -> Deadline | None:
    """The plan's deadline for dossiers, the first where it has more than one."""
    return next((item for item in plan.deadlines if item.kind == DOSSIER), None)


def read_receipts(
    folder: Path,
    units: Sequence[Unit],
    plan: Plan,
    in_round: Mapping[str, tuple[date, str]],
    problems: list[Problem],
) -> tuple[Receipt, ...]:
    """All receipts of a round: of `dot.yaml` (`in_round`: day and recorder by unit), the register, files.

    A file's time stands in only for a dossier that nobody recorded.
    """
    due = dossier_deadline(plan)
    duty = due.id if due else ""
    register = list(_register(folder, units, plan, problems))
    days = [Receipt(unit, DOSSIER, duty, day, None, "round", by=by) for unit, (day, by) in in_round.items()]
    for item in days:
        first = first_of(register, DOSSIER, duty).get(item.unit)
        if first and first.day != item.day:
            found = f"{moment_text(item.day)} (dot.yaml), {moment_text(first.day)} (dòng {first.line})"
            place = Place(item.unit, RECEIPTS.file, "", f"dòng {first.line}")
            problems.append(problem("receipt-two-days", place, found, f"dot.yaml, {RECEIPTS.file}"))
    recorded = {item.unit for item in (*days, *register) if item.kind == DOSSIER}
    forms = forms_by_unit(folder, units)
    problems.extend(_changed(folder, register, forms))
    sealed = _sealed_times(folder)
    times = [
        Receipt(unit, DOSSIER, duty, at.date(), at.time(), "file", f"{FOLDER}/{path.name}")
        for unit, path in forms.items()
        if unit not in recorded
        for at in [sealed.get(unit) or file_time(path)]
    ]
    return (*days, *register, *times)


def first_of(receipts: Iterable[Receipt], kind: str, duty: str) -> dict[str, Receipt]:
    """By unit, the receipt that counts against the deadline: what `dot.yaml` says, else the earliest.

    What is sent again after having been returned does not make a unit late.
    """
    first: dict[str, Receipt] = {}
    for item in receipts:
        if item.kind == kind and item.duty == duty:
            best = first.setdefault(item.unit, item)
            if (item.source != "round", item.moment) < (best.source != "round", best.moment):
                first[item.unit] = item
    return first


def forms_by_unit(folder: Path, units: Sequence[Unit]) -> dict[str, Path]:
    """The file in `nop/` of each unit that has one: its workbook, the first by name, else any file."""
    codes = {unit.code.casefold(): unit.code for unit in units}
    place = folder / FOLDER
    found: dict[str, Path] = {}
    for path in sorted(place.iterdir(), key=lambda path: path.name) if place.is_dir() else ():
        code = codes.get(path.stem.casefold())
        if code and path.is_file():
            best = found.setdefault(code, path)
            if path.suffix.lower() in SPREADSHEETS and best.suffix.lower() not in SPREADSHEETS:
                found[code] = path
    return found


def file_time(path: Path) -> datetime:
    """When a file was last changed, in the machine's time of day, to the minute.

    A disk may say any time at all; what no system can tell the day of is the nearest that all can.
    """
    seconds = min(max(path.stat().st_mtime, _EARLIEST), _LATEST)
    return datetime.fromtimestamp(seconds).replace(second=0, microsecond=0)


_EARLIEST, _LATEST = 86_400, 32_500_000_000  # in 1970, and in 2999, beyond which Windows tells no day


def _sealed_times(folder: Path) -> dict[str, datetime]:
    """The times of files as a round's seal keeps them; none where it has no seal that can be read."""
    from criteria.library import SEAL

    try:
        kept = json.loads((folder / SEAL).read_text(encoding="utf-8"))[FILE_TIMES]
        return {unit: datetime.fromisoformat(text) for unit, text in kept.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _register(
    folder: Path, units: Sequence[Unit], plan: Plan, problems: list[Problem]
) -> Iterator[Receipt]:
    for entry in read_entries(folder, RECEIPTS, problems):
        unit = unit_of(entry, units, problems)
        if unit is None or not needs(entry, ("at",), _WORDS, unit.code, problems):
            continue
        try:
            day, hour = moment_of(entry["at"])
        except NoMoment:
            place = entry.place(unit.code)
            problems.append(problem("register-moment", place, entry["at"], "14/10/2023 16:05"))
            continue
        named = _duty(entry, plan, unit, problems)
        if named is not None:
            kind, duty = named
            yield Receipt(
                unit.code, kind, duty, day, hour, "register", entry["file"], entry["sha256"].lower(),
                entry["by"], entry["note"], entry.line, _recorded(entry),
            )  # fmt: skip


def _recorded(entry: Entry) -> datetime | None:
    try:
        day, hour = moment_of(entry["recorded"])
    except NoMoment:
        return None
    return datetime.combine(day, hour or time())


def _duty(entry: Entry, plan: Plan, unit: Unit, problems: list[Problem]) -> tuple[str, str] | None:
    """Kind and deadline that a line is about: by the deadline's id, else by the kind's only deadline."""
    by_id = {item.id: item for item in plan.deadlines}
    wanted = entry["duty"]
    if wanted in by_id:
        return by_id[wanted].kind, wanted
    if wanted:
        hint = nearest(wanted, by_id)
        problems.append(problem("register-unknown-duty", entry.place(unit.code), wanted, hint))
        return None
    words = {word: kind for kind, word in KIND_WORDS.items()}
    kind = words.get(entry["kind"].casefold(), DOSSIER)
    only = [item.id for item in plan.deadlines if item.kind == kind]
    return kind, only[0] if len(only) == 1 else ""


def _put_there(item: Receipt) -> datetime:
    return item.recorded or item.moment


def _changed(folder: Path, register: Sequence[Receipt], forms: Mapping[str, Path]) -> Iterator[Problem]:
    """Files in `nop/` that are not those that the register last recorded."""
    by_file: dict[str, list[Receipt]] = {}
    for item in register:
        if item.sha256:
            by_file.setdefault(item.file, []).append(item)
    for unit, path in forms.items():
        own = by_file.get(f"{FOLDER}/{path.name}", ())
        # the last recorded, wherever it stands: people sort registers; within a minute any may be it
        newest = max(map(_put_there, own), default=None)
        last = [item for item in own if _put_there(item) == newest]
        if last and sha256_of(path) not in {item.sha256 for item in last}:
            yield problem("receipt-file-changed", Place(unit, path.name), f"dòng {last[-1].line}")
