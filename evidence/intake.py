"""What came in for a round: its consolidated table, or the workbooks in `nop/`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from criteria.catalogue import closest
from criteria.model import Unit
from evidence.claims import Claims
from evidence.dossier.digest import Digest
from evidence.file_reading import FileRead, read_identity
from evidence.folders import RECEIVED, TABLE_NAMES
from evidence.problems import Place, Problem, problem
from evidence.reading.workbook import opened
from evidence.reading.workers import Lost, each
from evidence.readings import readings
from evidence.registers.decisions import read_decisions
from evidence.registers.every_problem import register_files, register_problems, unfiled
from evidence.registers.receipts import file_time
from evidence.round import Round
from evidence.source import Source

if TYPE_CHECKING:
    import pandas as pd


def _no_judgements() -> pd.DataFrame:
    from evidence.judgements import judgements_frame

    return judgements_frame()


_SYSTEM_FILES = {"thumbs.db", "desktop.ini"}  # Windows leaves them wherever pictures are
_SPREADSHEETS = {".xlsx", ".xls", ".xlsm", ".xlsb", ".ods"}


@dataclass(frozen=True)
class Intake:
    """Answers of all units, where they came from, what is wrong, who sent and who did not."""

    answers: pd.DataFrame
    sources: Sequence[Source]
    problems: Sequence[Problem]
    received: frozenset[str] = field(default_factory=frozenset)  # codes whose answers are taken
    rejected: frozenset[str] = field(default_factory=frozenset)  # codes whose file is not taken
    # results made elsewhere: table -> unit -> this year's and last year's value (thousandths)
    outside: dict[str, dict[str, tuple[int, int | None]]] = field(default_factory=dict)
    files: tuple[Path, ...] = ()  # what was looked into, to be recorded with its hash
    judgements: pd.DataFrame = field(default_factory=_no_judgements)  # what persons judged

    def missing(self, units: Sequence[Unit]) -> list[str]:
        """Codes of the units that sent nothing, in the order of the roster."""
        return [unit.code for unit in units if unit.code not in self.received | self.rejected]


def take_in(round_: Round, workers: int | None = None) -> Intake:
    """Everything that came in for a round, read and checked; a bad file costs only itself.

    `workers`: processes that read, None for what the run's `Way` says.
    """
    intake = _take_in_answers(round_, workers)
    from evidence.appraisal.merging import read_appraisal
    from evidence.outside import read_outside, with_outside, yearly

    problems = [*register_problems(round_, intake.received), *intake.problems]
    tables = read_outside(round_.folder, round_.criteria, round_.units, problems)
    answers, sources = with_outside(
        intake.answers, intake.sources, tables, round_.criteria, round_.units, problems
    )
    decided = read_decisions(round_, problems)
    appraisal = read_appraisal(round_, answers, intake.judgements, decided)
    outside = (round_.folder / table.source.file for table in tables.values())
    return replace(
        intake,
        answers=answers,
        sources=sources,
        problems=[*problems, *appraisal.problems],
        # a dossier that was recorded but is not at hand is none that never came
        rejected=intake.rejected | unfiled(round_, intake.received).keys(),
        outside=dict(yearly(tables)),
        files=(*intake.files, *outside, *appraisal.files, *register_files(round_.folder)),
        judgements=appraisal.judgements,
    )


def _take_in_answers(round_: Round, workers: int | None) -> Intake:
    tables = [path for path in (round_.folder / name for name in TABLE_NAMES) if path.is_file()]
    if not tables:
        return _take_in_workbooks(round_, workers)
    from evidence.consolidated import read_table

    path = tables[0]
    answers, sources, judged, problems = read_table(path, round_.criteria, round_.units)
    others = [*(table.name for table in tables[1:]), *(["thư mục “nop”"] if _sent(round_) else [])]
    if others:
        problems = [problem("table-and-others", Place("", path.name), ", ".join(others)), *problems]
    units = frozenset(answers["unit"].unique())
    # a line that is not taken is no dossier that never came: no limit for that case may speak on its unit
    doubtful = {item.unit for item in problems if item.unit} if sources else round_.by_code.keys()
    rejected = frozenset(doubtful) - units
    return Intake(answers, sources, problems, units, rejected, files=(path,), judgements=judged)


def _sent(round_: Round) -> list[Path]:
    """The files in `nop/`, in the order of their names; what Excel and Windows leave there is none."""
    folder = round_.folder / RECEIVED
    return [
        path
        for path in (sorted(folder.iterdir(), key=lambda path: path.name) if folder.is_dir() else ())
        if path.is_file()
        and not path.name.startswith(("~$", "."))
        and path.name.lower() not in _SYSTEM_FILES
    ]


def _take_in_workbooks(round_: Round, workers: int | None) -> Intake:
    claims = Claims()
    digests: list[Digest] = []
    received: set[str] = set()
    rejected: set[str] = set()
    named, misnamed = _files_by_unit(round_, claims.problems)
    # a form under a name that is no code is not taken; but its unit has not sent nothing
    rejected |= misnamed - {unit.code for unit, _ in named}
    single = [(unit, paths[0]) for unit, paths in named if len(paths) == 1]
    sent = ((opened(path), path.name, unit) for unit, path in single)
    reading = readings(round_, sent, len(single), workers)
    from evidence.checks import check_claims  # while the workers start: it loads pandas
    from evidence.round_checks import round_problems

    for unit, paths in named:
        if len(paths) > 1:
            claims.problems.append(_twice(unit, paths))
            rejected.add(unit.code)
    with closing(reading):  # type: ignore[type-var]
        for (unit, path), read in zip(single, reading, strict=True):
            add_read(claims, unit, path, read)
            taken = isinstance(read, FileRead) and read.taken
            (received if taken else rejected).add(unit.code)
            if isinstance(read, FileRead) and read.digest:
                digests.append(read.digest)
    answers, problems = check_claims(round_.criteria, claims)
    order = {unit.code: rank for rank, unit in enumerate(round_.units)}
    problems += round_problems(round_, digests)
    found = sorted([*claims.problems, *problems], key=lambda item: order.get(item.unit, -1))
    return Intake(
        answers,
        claims.sources,
        found,
        frozenset(received),
        frozenset(rejected),
        files=tuple(_sent(round_)),
    )


def add_read(claims: Claims, unit: Unit, path: Path, read: FileRead | Lost[FileRead]) -> None:
    """Adds what came of one file to what came of all."""
    if isinstance(read, Lost):
        claims.problems.append(problem(read.code, Place(unit.code, path.name), read.found))
        return
    claims.add_all(read.claims)


def _twice(unit: Unit, paths: Sequence[Path]) -> Problem:
    """Two files of one unit, and which of them was changed last."""
    saved = sorted(((path.stat().st_mtime, path.name, path) for path in paths), reverse=True)
    if int(saved[0][0]) == int(saved[1][0]):
        newer = "các tệp có cùng thời điểm lưu"
    else:
        _, last, path = saved[0]
        newer = f"tệp lưu sau cùng là “{last}”, lúc {file_time(path):%H:%M ngày %d/%m/%Y}"
    name = ", ".join(path.name for path in paths)
    return problem("file-twice", Place(unit.code, paths[0].name), name, newer)


def _files_by_unit(
    round_: Round, problems: list[Problem]
) -> tuple[list[tuple[Unit, list[Path]]], frozenset[str]]:
    """The files of each unit that sent any, in the order of the roster; strange names are problems.

    Then the codes of the units whose forms lie under such a name.
    """
    codes = {unit.code.casefold(): unit.code for unit in round_.units}
    files: dict[str, list[Path]] = {}
    strange: list[Path] = []
    for path in _sent(round_):
        code = codes.get(path.stem.casefold())
        if code is None:
            strange.append(path)
        else:
            files.setdefault(code, []).append(path)
    whose = _whose(round_, strange)
    problems.extend(_misnamed(round_, whose))
    named = [(unit, _forms(files[unit.code])) for unit in round_.units if unit.code in files]
    return named, frozenset(unit.code for unit in whose.values() if unit)


def _whose(round_: Round, paths: Sequence[Path]) -> dict[Path, Unit | None]:
    """Whose form is inside files whose name does not say it; None where none is, or nobody's."""
    forms = [path for path in paths if path.suffix.lower() in _SPREADSHEETS]
    codes = each(read_identity, ((opened(path), path.name) for path in forms), count=len(forms))
    says = dict(zip(forms, codes, strict=True))
    found = ((path, says.get(path)) for path in paths)
    return {path: round_.by_code.get(code) if isinstance(code, str) else None for path, code in found}


def _misnamed(round_: Round, whose: Mapping[Path, Unit | None]) -> Iterator[Problem]:
    """Files whose name is no unit's code: whose form is inside, or which code is the nearest."""
    for path, unit in whose.items():
        place = Place("", path.name)
        if unit:
            name = f"{unit.code}{path.suffix.lower()}"
            yield problem("file-misnamed", place, f"{unit.name} ({unit.code})", name)
        else:
            nearest = closest(path.stem, list(round_.by_code)) or round_.units[0].code
            yield problem("file-unknown-unit", place, path.name, nearest)


def _forms(paths: list[Path]) -> list[Path]:
    """The spreadsheets among a unit's files; a signed scan beside the form is no second form."""
    forms = [path for path in paths if path.suffix.lower() in _SPREADSHEETS]
    return forms or paths
