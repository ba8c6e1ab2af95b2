"""The forms given back to units: written with their letters into `tra-lai/`, or beside one file."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from criteria.catalogue import as_typed
from criteria.model import Unit
from evidence.folders import RECEIVED, RETURNED, TABLE_NAMES
from evidence.form.filling import Filling
from evidence.form.writer import write_form
from evidence.intake import Intake
from evidence.placing import FileHeld, is_full, write_text
from evidence.problems import Problem, has_errors
from evidence.reading.workbook import Sheet, opened, sheets_or_fault
from evidence.reading.workers import each
from evidence.registers.receipts import dossier_deadline
from evidence.returned.form import Request, returned_form
from evidence.returned.letter import letter_text
from evidence.returned.own import own_problems
from evidence.round import Round
from evidence.single_file import Checked
from reports.worth import form_results, with_worth

SETTLED = "da-sua"  # in `tra-lai/`: forms of units that have mended theirs since
_SUFFIXES = (".xlsx", ".xls", ".xlsm", ".xlsb", ".ods")


@dataclass(frozen=True)
class Returns:
    """Codes of the units whose form was written, and of those whose old form was put away.

    `unwritten`: of those whose form should have been, with what hindered it.
    """

    written: tuple[str, ...] = ()
    settled: tuple[str, ...] = ()
    unwritten: Mapping[str, OSError | FileHeld] = field(default_factory=dict)


def write_returns(
    round_: Round,
    intake: Intake,
    by: date | None = None,
    *,
    with_warnings: bool = False,
    today: date | None = None,
    shown: Callable[[Sequence[Unit]], Iterable[Unit]] = iter,
) -> Returns:
    """Writes `tra-lai/CODE.xlsx` and `CODE.txt` for each unit whose file has errors, or warnings if wanted.

    A form that was written for a unit that is sound now is put into `tra-lai/da-sua/`. Nothing is
    written where the points come from one table. `by`: the day until which forms are wanted back; `today`
    tells whether the plan's own day is over; `shown` gives the units one by one, with the progress if
    wanted. A form that is open elsewhere, or for which the disk has no room, hinders no other. Raises
    FileHeld where an old one cannot be put away.
    """
    if any((round_.folder / name).is_file() for name in TABLE_NAMES):
        return Returns()
    grave = {"error", "warning"} if with_warnings else {"error"}
    found: dict[str, list[Problem]] = {}
    for item in intake.problems:
        found.setdefault(item.unit, []).append(item)
    own = {unit.code: own_problems(found.get(unit.code, ()), unit) for unit in round_.units}
    faulty = [unit for unit in round_.units if any(item.severity in grave for item in own[unit.code])]
    sent = {unit.code: path for unit in faulty if (path := _sent(round_, unit, intake))}
    read = _sheets(list(sent.values()))
    results = form_results(round_, intake.answers) if sent else None
    written, settled = [], []
    unwritten: dict[str, OSError | FileHeld] = {}
    for unit in shown(round_.units):
        problems = own[unit.code]
        if unit.code in sent:
            path = sent[unit.code]
            filling, request = returned_form(round_, unit, path.name, next(read), problems, by)
            request = replace(request, past=_is_past(round_, today))
            if results is not None and unit.code in intake.received and request.refilled:
                filling = with_worth(filling, unit, results)
            try:
                _write(round_.folder / RETURNED / f"{unit.code}.xlsx", round_, unit, filling, request)
                written.append(unit.code)
            except (OSError, FileHeld) as error:
                unwritten[unit.code] = error
        elif unit.code in intake.received and not has_errors(problems) and _put_away(round_, unit):
            settled.append(unit.code)
    return Returns(tuple(written), tuple(settled), unwritten)


def write_return_beside(path: Path, checked: Checked, by: date | None = None) -> Path:
    """Writes the form given back of one file beside it, as `NAME-can-sua.xlsx`; gives its path."""
    round_, unit, intake = checked.round_, checked.unit, checked.intake
    filling, request = returned_form(round_, unit, path.name, next(_sheets([path])), checked.problems, by)
    request = replace(request, by_itself=True)
    if unit.code in intake.received and request.refilled:
        filling = with_worth(filling, unit, form_results(round_, intake.answers))
    beside = path.with_name(f"{path.stem}-can-sua.xlsx")
    write_form(beside, round_, unit, filling, request)
    return beside


def _is_past(round_: Round, today: date | None) -> bool:
    """Whether the day until which the plan wants the dossiers is over."""
    due = dossier_deadline(round_.plan)
    return bool(due and today and due.last_day < today)


def returns_text(round_: Round, returns: Returns, by: date | None, today: date | None = None) -> str:
    """What was written and put away, as lines for the terminal; nothing where nothing was."""
    folder = round_.folder / RETURNED
    lines = []
    if returns.written:
        lines.append(
            f"Đã ghi {len(returns.written)} biểu mẫu trả lại kèm phiếu đề nghị sửa vào “{folder}”: "
            f"{', '.join(returns.written)}."
        )
        if by is None and _is_past(round_, today):
            lines.append(
                "Hạn nộp hồ sơ của kế hoạch đã qua nên ngày gửi lại trong phiếu để trống; "
                "ghi sẵn ngày: thêm --by NGÀY/THÁNG/NĂM."
            )
        elif by is None:
            lines.append("Hạn gửi lại ghi theo kế hoạch; đặt hạn khác: thêm --by NGÀY/THÁNG/NĂM.")
    if returns.settled:
        codes = ", ".join(returns.settled)
        lines.append(
            f"Đã chuyển biểu mẫu trả lại cũ của đơn vị không còn lỗi vào “{folder / SETTLED}”: {codes}."
        )
    return "".join(f"{line}\n" for line in lines)


def unwritten_text(round_: Round, returns: Returns) -> str:
    """Which forms could not be written, and why, as a sentence for the terminal."""
    why = next(iter(returns.unwritten.values()))
    if isinstance(why, OSError):
        why_text = "Ổ đĩa đã đầy." if is_full(why) else "Kiểm tra quyền ghi và chỗ trống trên ổ đĩa."
    else:
        why_text = str(why)
    there = as_typed(round_.folder)
    return (
        f"Chưa ghi được {len(returns.unwritten)} biểu mẫu trả lại vào “{round_.folder / RETURNED}”: "
        f"{', '.join(returns.unwritten)}. {why_text} Khắc phục rồi chạy lại: danvan check {there}"
    )


def _write(path: Path, round_: Round, unit: Unit, filling: Filling, request: Request) -> None:
    places = write_form(path, round_, unit, filling, request)
    write_text(path.with_suffix(".txt"), letter_text(round_, unit, request, places))


def _sheets(paths: Sequence[Path]) -> Iterator[Sequence[Sheet]]:
    """The sheets of each file that was sent, in their order; none where it cannot be read.

    That is a problem already. The next files are read while the form of one is written.
    """
    calls = ((opened(path), path.name) for path in paths)
    for read in each(sheets_or_fault, calls, count=len(paths)):
        yield read if isinstance(read, list) else []


def _sent(round_: Round, unit: Unit, intake: Intake) -> Path | None:
    """The form that the unit sent; None where it sent none, or several and nobody knows which counts."""
    folder = round_.folder / RECEIVED
    if not folder.is_dir():
        return None
    files = sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("~$"))
    own = [path for path in files if path.stem.casefold() == unit.code.casefold()]
    forms = [path for path in own if path.suffix.lower() in _SUFFIXES] or own
    taken = {intake.sources[source].file for source in _sources(intake, unit)}
    # of several files it is for the office to say which counts, not for the unit to mend
    meant = [path for path in forms if path.name in taken] or forms
    return meant[0] if len(meant) == 1 else None


def _sources(intake: Intake, unit: Unit) -> Collection[int]:
    """Ids of the sources that a unit's answers came from."""
    return set(intake.answers.loc[intake.answers["unit"] == unit.code, "source"])


def _put_away(round_: Round, unit: Unit) -> bool:
    """Moves a form and letter that are settled out of the way; gives whether there was a form."""
    folder = round_.folder / RETURNED
    found = [path for suffix in (".xlsx", ".txt") if (path := folder / f"{unit.code}{suffix}").is_file()]
    for path in found:
        (folder / SETTLED).mkdir(exist_ok=True)
        try:
            path.replace(folder / SETTLED / path.name)
        except PermissionError as error:
            raise FileHeld(
                f"Không chuyển được tệp “{path.name}” vào thư mục “{RETURNED}/{SETTLED}” vì tệp đang mở "
                "trong Excel hoặc chương trình khác. Đóng tệp đó rồi chạy lại lệnh."
            ) from error
    return bool(found)
