"""One form checked by itself, as if it alone had come in for its round."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from criteria.catalogue import Refusal, UnknownId, as_typed
from criteria.library import Library
from criteria.model import CriteriaSet, Plan, Unit
from evidence.folders import OUTSIDE, RECEIVED, ROUND_FILE
from evidence.intake import Intake, take_in
from evidence.layout import fold
from evidence.problems import Place, Problem, problem
from evidence.reading.reader import Submission, read_submission
from evidence.reading.workbook import Unreadable, read_workbook
from evidence.returned.own import own_problems
from evidence.round import Round, RoundFault, load_round


class NotAForm(Refusal):
    """A file that cannot be checked by itself; the text says why and what to do, in Vietnamese."""


@dataclass(frozen=True)
class Checked:
    """A form with its round (of this one unit) and what came of it; problems name the file as given."""

    round_: Round
    unit: Unit
    intake: Intake
    problems: tuple[Problem, ...]


def check_file(path: Path, folder: Path | None = None) -> Checked:
    """The form in a file, checked by the very steps that a round's intake takes.

    `folder` is its round; without it, the round in whose folder the file lies; else plan and unit are
    those that the form itself names. Raises NotAForm, RoundFault, UnknownId or FileFaults.
    """
    beside = path.resolve().parent.parent
    if folder is None and (beside / ROUND_FILE).is_file():
        folder = beside
    if folder is None:
        round_, unit = _named_by(path)
    else:
        round_ = load_round(folder)
        unit = _unit_of(path, round_)
    with _staged(path, unit, None if folder is None else folder / OUTSIDE) as stage:
        # with all units of the round: the office's tables name them
        intake = take_in(replace(round_, folder=stage))
    staged = f"{unit.code}{path.suffix}"
    problems = (
        replace(item, file=path.name) if item.file == staged else item
        for item in own_problems(intake.problems, unit)
    )
    return Checked(replace(round_, units=(unit,)), unit, intake, tuple(problems))


@contextmanager
def _staged(path: Path, unit: Unit, tables: Path | None) -> Iterator[Path]:
    """A round's folder with nothing but this file, the documents beside it, and the office's tables."""
    with TemporaryDirectory(prefix="danvan-", ignore_cleanup_errors=True) as name:
        stage = Path(name)
        received = stage / RECEIVED
        received.mkdir()
        shutil.copyfile(path, received / f"{unit.code}{path.suffix}")
        for documents in (path.with_name(unit.code), path.with_suffix("")):
            if documents.is_dir():
                _link_all(documents, received / unit.code)
                break
        if tables is not None and tables.is_dir():
            _link_all(tables, stage / OUTSIDE)
        yield stage


def _link_all(source: Path, target: Path) -> None:
    """The files of a folder under another name: linked where the disk can, since scans are large."""
    for path in sorted(source.rglob("*")):
        if not path.is_file() or path.is_symlink():
            continue
        place = target / path.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(path, place)
        except OSError:
            shutil.copyfile(path, place)


def _unit_of(path: Path, round_: Round) -> Unit:
    """The unit whose form a file of a round is: by the file's name, else by what the form says."""
    codes = {unit.code.casefold(): unit for unit in round_.units}
    if path.stem.casefold() in codes:
        return codes[path.stem.casefold()]
    said = _read(path).identity.get("unit", "")
    if said.casefold() in codes:
        return codes[said.casefold()]
    raise UnknownId("đơn vị (theo tên tệp hoặc theo biểu mẫu) có mã", said or path.stem, round_.by_code)


def _named_by(path: Path) -> tuple[Round, Unit]:
    """The round and unit that a form names itself, of the plans that the program brings."""
    sent = _read(path)
    named = sent.identity.get("plan")
    if not named:
        raise NotAForm(
            f"Tệp “{path.name}” không có dấu nhận dạng của biểu mẫu tự chấm nên không rõ thuộc kế hoạch "
            f"nào. Chọn đúng tệp biểu mẫu, hoặc {_with_round(path)}"
        )
    library = Library.of_round(path.parent)
    try:
        plan, criteria = library.plan_with_criteria(named)
    except UnknownId as unknown:
        raise NotAForm(
            f"Biểu mẫu “{path.name}” theo kế hoạch “{named}” mà phần mềm này chưa có. Xin cơ quan chủ trì "
            "tệp kế hoạch và bộ tiêu chí, đặt vào thư mục “tieu-chi” cạnh biểu mẫu; "
            f"hoặc {_with_round(path)}"
        ) from unknown
    if criteria is None:
        raise RoundFault(f"Kế hoạch “{named}” không chấm điểm nên biểu mẫu “{path.name}” không dùng được.")
    unit, block = _unit_named(sent, plan, criteria, library, path)
    round_ = Round(
        folder=path.parent,
        id=sent.identity.get("round", named),
        title=plan.title,
        year=plan.year,
        mark=None,
        plan=plan,
        scored_by=criteria,
        units=(unit,),
        blocks={unit.block: block},
    )
    return round_, unit


def _with_round(path: Path) -> str:
    return f"chỉ rõ đợt đánh giá: danvan check {as_typed(path.name)} --round THƯ_MỤC_ĐỢT"


def _unit_named(
    sent: Submission, plan: Plan, criteria: CriteriaSet, library: Library, path: Path
) -> tuple[Unit, str]:
    """The unit of a form, of the plan's roster or as its own sheet describes it; its block's title."""
    code = sent.identity.get("unit", "")
    units = {unit.code: unit for unit in library.roster(plan)}
    if code in units:
        return units[code], criteria.unit_types.get(units[code].block, units[code].block)
    said = {key: item.value for key, item in sent.details.items()}
    types = {fold(title): key for key, title in criteria.unit_types.items()}
    type_ = types.get(fold(said.get("type", "")))
    if not code or type_ is None:
        raise NotAForm(
            f"Không rõ biểu mẫu “{path.name}” của đơn vị nào, loại nào: trang “Thông tin” đã bị sửa. "
            f"Dùng lại biểu mẫu đã phát, hoặc {_with_round(path)}"
        )
    block = said.get("block", "") or criteria.unit_types[type_]
    return Unit(code, said.get("name") or code, type_, types.get(fold(block), block)), block


def _read(path: Path) -> Submission:
    """What a file says; raises NotAForm with the reader's own words where it cannot be read."""
    try:
        return read_submission(read_workbook(path))
    except Unreadable as fault:
        told = problem(fault.code, Place("", path.name), fault.found)
        refusal = NotAForm(f"{path.name}: {told.message} {told.fix}")
        refusal.exit_code = 3
        raise refusal from fault
