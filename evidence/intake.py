"""What came in for a round: its consolidated table, or the workbooks in `nop/`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from criteria.catalogue import closest
from criteria.model import Unit
from evidence.answers import Source
from evidence.appraisal.merging import read_appraisal
from evidence.checks import check_claims
from evidence.claims import HEADINGS, Claims, add_submission
from evidence.consolidated import read_table
from evidence.decisions import read_decisions
from evidence.digest import Digest, digest_of
from evidence.documents import Period, document_problems
from evidence.identity import identity_problems
from evidence.judgements import judgements_frame
from evidence.outside import read_outside, with_outside, yearly
from evidence.problems import Place, Problem, problem
from evidence.reader import Submission, read_submission
from evidence.register_problems import register_files, register_problems, unfiled
from evidence.round import RECEIVED, TABLE_NAMES, Round
from evidence.round_checks import round_problems
from evidence.workbook import Unreadable, read_workbook

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
    judgements: pd.DataFrame = field(default_factory=judgements_frame)  # what persons judged

    def missing(self, units: Sequence[Unit]) -> list[str]:
        """Codes of the units that sent nothing, in the order of the roster."""
        return [unit.code for unit in units if unit.code not in self.received | self.rejected]


def take_in(round_: Round) -> Intake:
    """Everything that came in for a round, read and checked; a bad file costs only itself."""
    intake = _take_in_answers(round_)
    problems = [*register_problems(round_, intake.received), *intake.problems]
    tables = read_outside(round_.folder, round_.criteria, round_.units, problems)
    answers, sources = with_outside(intake.answers, intake.sources, tables, round_.criteria, problems)
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


def _take_in_answers(round_: Round) -> Intake:
    tables = [path for path in (round_.folder / name for name in TABLE_NAMES) if path.is_file()]
    if not tables:
        return _take_in_workbooks(round_)
    path = tables[0]
    answers, sources, judged, problems = read_table(path, round_.criteria, round_.units)
    others = [*(table.name for table in tables[1:]), *(["thư mục “nop”"] if _sent(round_) else [])]
    if others:
        problems = [problem("table-and-others", Place("", path.name), ", ".join(others)), *problems]
    units = frozenset(answers["unit"])
    return Intake(answers, sources, problems, units, files=(path,), judgements=judged)


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


def _take_in_workbooks(round_: Round) -> Intake:
    claims = Claims()
    digests: list[Digest] = []
    received: set[str] = set()
    rejected: set[str] = set()
    for unit, paths in _files_by_unit(round_, claims.problems):
        name = ", ".join(path.name for path in paths)
        if len(paths) > 1:
            claims.problems.append(problem("file-twice", Place(unit.code, paths[0].name), name))
            rejected.add(unit.code)
            continue
        sent = _open(paths[0], unit, round_, claims.problems)
        if sent is None:
            rejected.add(unit.code)
        else:
            add_submission(claims, round_.criteria, unit, name, sent)
            period = Period.of(round_)
            claims.problems.extend(document_problems(sent, round_.criteria, period, unit.code, name))
            digests.append(digest_of(sent, unit.code, name))
            received.add(unit.code)
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


def _files_by_unit(round_: Round, problems: list[Problem]) -> Iterator[tuple[Unit, list[Path]]]:
    """The files of each unit that sent any, in the order of the roster; strange names are problems."""
    codes = {unit.code.casefold(): unit.code for unit in round_.units}
    files: dict[str, list[Path]] = {}
    for path in _sent(round_):
        code = codes.get(path.stem.casefold())
        if code is None:
            nearest = closest(path.stem, codes.values()) or round_.units[0].code
            problems.append(problem("file-unknown-unit", Place("", path.name), path.name, nearest))
        else:
            files.setdefault(code, []).append(path)
    return ((unit, _forms(files[unit.code])) for unit in round_.units if unit.code in files)


def _forms(paths: list[Path]) -> list[Path]:
    """The spreadsheets among a unit's files; a signed scan beside the form is no second form."""
    forms = [path for path in paths if path.suffix.lower() in _SPREADSHEETS]
    return forms or paths


def _open(path: Path, unit: Unit, round_: Round, problems: list[Problem]) -> Submission | None:
    """The submission in a unit's file; None where it cannot be taken, with the problem noted."""
    place = Place(unit.code, path.name)
    try:
        sent = read_submission(read_workbook(path))
    except Unreadable as fault:
        problems.append(problem(fault.code, place, fault.found))
        return None
    found = list(identity_problems(sent, unit, round_, place))
    if sent.table is None:
        found.append(problem("form-no-table", place, expected=HEADINGS))
    problems.extend(found)
    return None if any(item.severity == "error" for item in found) else sent
