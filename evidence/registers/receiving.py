"""Taking in what a unit sent: its file to its place in `nop/`, a line in the receipt register."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import TypeAlias

from criteria.catalogue import Refusal, UnknownId
from criteria.model import Plan, Unit
from evidence.folders import EARLIER
from evidence.placing import remove_together, write_aside, write_together
from evidence.reading.reader import read_submission
from evidence.reading.workbook import Unreadable, read_workbook
from evidence.registers.receipts import (
    DOSSIER,
    FOLDER,
    KIND_WORDS,
    RECEIPTS,
    SPREADSHEETS,
    UNIT_KINDS,
    Receipt,
    dossier_deadline,
    file_time,
    forms_by_unit,
)
from evidence.registers.register import add_entries
from evidence.registers.values import moment_text, now_text
from evidence.round import Round
from evidence.sealing.fingerprint import sha256_of

BY_FILE_TIME = "theo giờ của tệp"


Moment: TypeAlias = tuple[date, time | None]


class NotTaken(Refusal):
    """Something sent that cannot be recorded; the text says why and what to do, in Vietnamese."""


@dataclass(frozen=True)
class Taken:
    """What was recorded: whose, what for, when, where the file now is; what was kept of before."""

    unit: Unit
    kind: str
    duty: str
    at: Moment
    file: str
    kept: str = ""
    new: bool = True

    @property
    def text(self) -> str:
        """The line that the command says."""
        words = KIND_WORDS[self.kind]
        what = f"{words[0].upper()}{words[1:]} của {self.unit.name} ({self.unit.code})"
        if not self.new:
            return f"{what}: bản này đã có trong sổ, không ghi lại."
        where = f", tệp {self.file}" if self.file else ", không kèm tệp"
        kept = f"; bản trước giữ tại {self.kept}" if self.kept else ""
        return f"{what}: nhận {moment_text(*self.at)}{where}{kept}."


@dataclass(frozen=True)
class Receiving:
    """What is the same for all that is received at once; `at` is None where nobody gave a time."""

    round: Round
    kind: str
    duty: str
    at: Moment | None
    by: str
    now: datetime

    def when(self, otherwise: datetime) -> Moment:
        """The time that was given, else this one."""
        return self.at or (otherwise.date(), otherwise.time())


def duty_named(plan: Plan, kind: str | None, duty: str | None) -> tuple[str, str]:
    """Kind and deadline's id (empty where the plan has none) of what was named on the command line.

    Raises UnknownId, or Refusal where more than one deadline fits.
    """
    if kind not in (None, *UNIT_KINDS):
        raise UnknownId("loại văn bản (--kind)", str(kind), UNIT_KINDS)
    by_id = {item.id: item for item in plan.deadlines if item.kind in UNIT_KINDS}
    if duty is not None:
        if duty not in by_id:
            raise UnknownId("việc có thời hạn (--duty)", duty, by_id)
        if kind not in (None, by_id[duty].kind):
            raise Refusal(
                f"Việc “{duty}” là {KIND_WORDS[by_id[duty].kind]}, không phải {KIND_WORDS[kind]}."
            )
        return by_id[duty].kind, duty
    wanted = kind or (DOSSIER if plan.criteria else "report")
    ids = [item.id for item in by_id.values() if item.kind == wanted]
    due = dossier_deadline(plan)
    if wanted == DOSSIER and due:
        return DOSSIER, due.id
    if len(ids) > 1:
        raise Refusal(
            f"Kế hoạch có nhiều {KIND_WORDS[wanted]}: thêm --duty với một trong: {', '.join(ids)}."
        )
    return wanted, ids[0] if ids else ""


def unit_of_file(path: Path, round_: Round) -> Unit:
    """Whose a file is: by its name, which begins with the unit's code, and by what the form says.

    Raises NotTaken where neither tells, or they tell different units.
    """
    named, printed = _by_name(path, round_), _by_form(path, round_)
    if named and printed and named != printed:
        raise NotTaken(
            f"“{path.name}”: tên tệp là của {named.name} ({named.code}) nhưng biểu mẫu bên trong là của "
            f"{printed.name} ({printed.code}). Kiểm tra lại, rồi chỉ rõ đơn vị bằng --unit."
        )
    if not path.is_file():
        raise NotTaken(f"Không có tệp “{path}”. Kiểm tra lại đường dẫn.")
    found = printed or named
    if found is None:
        raise NotTaken(
            f"“{path.name}”: không nhận ra đơn vị từ tên tệp và nội dung. "
            f"Chỉ rõ đơn vị bằng --unit MÃ, hoặc đặt tên tệp theo mã, ví dụ {round_.units[0].code}.xlsx."
        )
    return found


def _by_name(path: Path, round_: Round) -> Unit | None:
    """The unit whose code the name is, or begins with (`25456 (1).xlsx`, `25456_UBND phường.xlsx`)."""
    for unit in sorted(round_.units, key=lambda unit: -len(unit.code)):
        if re.match(rf"{re.escape(unit.code)}(?![0-9A-Za-z-])", path.stem, re.IGNORECASE):
            return unit
    return None


def _by_form(path: Path, round_: Round) -> Unit | None:
    if path.suffix.lower() not in SPREADSHEETS:
        return None
    try:
        identity = read_submission(read_workbook(path)).identity
    except Unreadable:
        return None  # `check` says what is wrong with it
    return round_.by_code.get(identity.get("unit", ""))


def receive_files(
    paths: Sequence[Path], unit: Unit | None, receiving: Receiving
) -> Iterator[Taken | NotTaken]:
    """What became of each file: recorded, or why not; one that cannot be taken costs only itself."""
    seen: dict[str, str] = {}
    for path in paths:
        try:
            whose = unit or unit_of_file(path, receiving.round)
            if whose.code in seen:
                raise NotTaken(
                    f"“{path.name}”: {whose.name} ({whose.code}) đã có tệp “{seen[whose.code]}” trong "
                    "lần nhận này. Nếu là bản gửi lại, nhận riêng tệp này sau."
                )
            yield receive_file(path, whose, receiving)
            seen[whose.code] = path.name
        except NotTaken as fault:
            yield fault


def receive_paper(unit: Unit, receiving: Receiving) -> Taken:
    """Records something that came without a file."""
    taken = Taken(unit, receiving.kind, receiving.duty, receiving.when(receiving.now), "")
    add_entries(receiving.round.folder, RECEIPTS, [_row(taken, receiving, "", 0, "")])
    return taken


def receive_file(path: Path, unit: Unit, receiving: Receiving) -> Taken:
    """Puts a unit's file into its place in `nop/` and records it; an earlier one is kept, unchanged.

    A file that is in `nop/` already is only recorded. A file without a given time has come now, one
    that lies in `nop/` when it was last changed. All of it happens or nothing. Raises NotTaken where
    the file is not there or stands in `nop/` under a name that is no unit's.
    """
    if not path.is_file():
        raise NotTaken(f"Không có tệp “{path}”. Kiểm tra lại đường dẫn.")
    folder = receiving.round.folder
    inside = _inside(path, folder / FOLDER)
    place = path if inside else _place(path, unit, receiving)
    if inside and receiving.kind == DOSSIER and path.stem.casefold() != unit.code.casefold():
        raise NotTaken(
            f"“{path.name}” nằm trong thư mục nop: đổi tên thành {unit.code}{path.suffix} rồi chạy lại."
        )
    sha256, size = sha256_of(path), path.stat().st_size
    at = receiving.when(file_time(path) if inside else receiving.now)
    file = place.resolve().relative_to(folder.resolve()).as_posix()
    recorded = _recorded(receiving, unit)
    if sha256 in {item.sha256 for item in recorded} and place.is_file() and sha256_of(place) == sha256:
        return Taken(unit, receiving.kind, receiving.duty, at, file, new=False)
    olds = [] if inside else _olds(place, unit, receiving)
    rows: list[dict[str, str]] = []
    with write_together(folder):
        kept = []
        for old in olds:
            kept.append(_keep(old, unit, folder))
            rows += _row_of_old(old, unit, receiving, recorded)
            if old != place:
                remove_together(old)
        if not inside:
            _copy(path, place)
        notes = [f"bản trước: {', '.join(kept)}"] if kept else []
        notes += [BY_FILE_TIME] if inside and receiving.at is None else []
        taken = Taken(unit, receiving.kind, receiving.duty, at, file, ", ".join(kept))
        rows.append(_row(taken, receiving, sha256, size, "; ".join(notes)))
        add_entries(folder, RECEIPTS, rows)
    return taken


def _place(path: Path, unit: Unit, receiving: Receiving) -> Path:
    """Where a unit's file belongs: a dossier by its code, other documents in the unit's folder."""
    folder, suffix = receiving.round.folder / FOLDER, path.suffix.lower()
    if receiving.kind == DOSSIER:
        return folder / f"{unit.code}{suffix}"
    return folder / unit.code / f"{receiving.duty or receiving.kind}{suffix}"


def _olds(place: Path, unit: Unit, receiving: Receiving) -> list[Path]:
    """What the new file takes the place of: the file of that name, and for a form any other form."""
    olds = [place] if place.is_file() else []
    form = forms_by_unit(receiving.round.folder, [unit]).get(unit.code)
    if receiving.kind == DOSSIER and place.suffix in SPREADSHEETS and form and not _same(form, place):
        olds.append(form)
    return olds


def _same(one: Path, other: Path) -> bool:
    return other.exists() and one.samefile(other)


def _recorded(receiving: Receiving, unit: Unit) -> list[Receipt]:
    wanted = (unit.code, receiving.kind, receiving.duty, "register")
    return [
        item
        for item in receiving.round.receipts
        if (item.unit, item.kind, item.duty, item.source) == wanted
    ]


def _row_of_old(
    old: Path, unit: Unit, receiving: Receiving, recorded: Sequence[Receipt]
) -> list[dict[str, str]]:
    """The line of an earlier file that nobody had recorded: it came first, so its time counts."""
    sha256 = sha256_of(old)
    if sha256 in {item.sha256 for item in recorded}:
        return []
    file = old.relative_to(receiving.round.folder).as_posix()
    came = file_time(old)
    taken = Taken(unit, receiving.kind, receiving.duty, (came.date(), came.time()), file)
    return [_row(taken, receiving, sha256, old.stat().st_size, BY_FILE_TIME)]


def _keep(old: Path, unit: Unit, folder: Path) -> str:
    """Copies an earlier file, as it is, to `nop/ban-truoc/`; gives its path there."""
    name = f"{unit.code}-{file_time(old):%Y%m%d-%H%M}-{sha256_of(old)[:8]}{old.suffix}"
    kept = folder / FOLDER / EARLIER / name
    if not kept.is_file():
        _copy(old, kept)
    return kept.relative_to(folder).as_posix()


def _copy(path: Path, place: Path) -> None:
    with write_aside(place) as aside:
        shutil.copyfile(path, aside)
        times = path.stat()
        os.utime(aside, (times.st_atime, times.st_mtime))


def _inside(path: Path, folder: Path) -> bool:
    return folder.resolve() in path.resolve().parents


def _row(taken: Taken, receiving: Receiving, sha256: str, size: int, note: str) -> dict[str, str]:
    return {
        "at": moment_text(*taken.at),
        "unit": taken.unit.code,
        "name": taken.unit.name,
        "kind": KIND_WORDS[taken.kind],
        "duty": taken.duty,
        "file": taken.file,
        "sha256": sha256,
        "size": str(size) if sha256 else "",
        "by": receiving.by,
        "recorded": now_text(receiving.now),
        "note": note,
    }
