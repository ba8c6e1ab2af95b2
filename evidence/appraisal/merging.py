"""All appraisers' workbooks of a round as one frame of judgements; what cannot stand is a problem."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from criteria.exact import vietnamese
from evidence.appraisal.gathering import Earlier, Gathered, claims_of
from evidence.appraisal.layout import FOLDER, KPS
from evidence.judgements import JUDGEMENTS, judgements_frame
from evidence.problems import Place, Problem, problem
from evidence.round import Round

_SPREADSHEETS = {".xlsx", ".xls", ".xlsm", ".xlsb", ".ods"}
_COLUMNS = [name for name in JUDGEMENTS.columns if name != "row"]


@dataclass(frozen=True)
class Appraisal:
    """What persons judged in a round, what is wrong with it, and where it was looked for.

    `earlier`: what was typed in the workbooks of `tham-dinh`, by unit and criterion.
    """

    judgements: pd.DataFrame = field(default_factory=judgements_frame)
    problems: Sequence[Problem] = ()
    files: tuple[Path, ...] = ()
    earlier: Mapping[tuple[str, str], Earlier] = field(default_factory=dict)
    people: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # appraiser -> person, day (ISO)


def returned_files(round_: Round) -> tuple[Path, ...]:
    """The workbooks in `tham-dinh`, by name; scans beside them and what Excel leaves there are none."""
    folder = round_.folder / FOLDER
    return tuple(
        path
        for path in (sorted(folder.iterdir(), key=lambda path: path.name) if folder.is_dir() else ())
        if path.is_file() and path.suffix.lower() in _SPREADSHEETS and not path.name.startswith(("~$", "."))
    )


def read_appraisal(
    round_: Round,
    answers: pd.DataFrame,
    from_table: pd.DataFrame | None = None,
    decided: Sequence[Mapping[str, object]] = (),
) -> Appraisal:
    """The judgements of a round: workbooks in `tham-dinh`, rows of its table, decisions recorded.

    `decided` are rows with the columns of JUDGEMENTS but `row`. A bad file or cell costs only itself; of
    two different values for one cell neither is taken.
    """
    files = returned_files(round_)
    gathered = Gathered(round_, claims_of(round_, answers) if files else {})
    for path in files:
        gathered.add_file(path)
    judgements = judgements_frame() if from_table is None else from_table
    others = [*decided, *gathered.sound]
    if others:  # a table alone is in order, and may have a million rows
        judgements = _merged([*judgements.drop(columns="row").to_dict("records"), *others], gathered)
    return Appraisal(judgements, gathered.problems, files, gathered.earlier, gathered.people)


def _merged(rows: Sequence[Mapping[str, object]], gathered: Gathered) -> pd.DataFrame:
    """The judgements' frame of rows that may stand, one a unit, criterion and stage."""
    extra = {"order": 0, "unreasoned": False, "reason_cell": "", "claimed": ""}
    frame = pd.DataFrame.from_records([{**extra, **row} for row in rows], columns=[*_COLUMNS, *extra])
    if frame.empty:
        return judgements_frame()
    key = ["unit", "criterion", "stage"]
    frame["points"] = frame["points"].astype("Int64")
    frame["not_applicable"] = frame["not_applicable"].astype(bool)
    value = frame["points"].fillna(-1)
    conflicting = value.groupby([frame[name] for name in key]).transform("nunique") > 1
    for _, cells in frame[conflicting].groupby(key, sort=False):
        _tell_conflict(cells, gathered)
    taken = frame[~conflicting].sort_values("order", kind="stable").drop_duplicates(key)
    for row in taken[taken["unreasoned"].astype(bool)].to_dict("records"):
        _tell_unreasoned(row, gathered)
    taken = taken[~taken["unreasoned"].astype(bool)]
    places = {unit.code: index for index, unit in enumerate(gathered.round.units)}
    order = {leaf.id: index for index, leaf in enumerate(gathered.round.criteria.criteria)}
    taken = taken.assign(_u=taken["unit"].map(places), _c=taken["criterion"].map(order))
    return judgements_frame(taken.sort_values(["_u", "_c", "stage"], kind="stable")[_COLUMNS])


def _tell_conflict(cells: pd.DataFrame, gathered: Gathered) -> None:
    """A problem at each of the cells that do not agree, naming one that it does not agree with."""
    rows = cells.to_dict("records")
    for row in rows:
        other = next(item for item in rows if _value(item) != _value(row))
        place = Place(row["unit"], row["file"], row["sheet"], row["cell"])
        there = Place(other["unit"], other["file"], other["sheet"], other["cell"])
        words = f"{_place_text(there)} là {_value(other)}"
        gathered.problems.append(problem("appraisal-conflict", place, _value(row), words))
    gathered.conflict((rows[0]["unit"], rows[0]["criterion"]))


def _tell_unreasoned(row: Mapping[Any, Any], gathered: Gathered) -> None:
    place = Place(row["unit"], row["file"], row["sheet"], row["reason_cell"])
    gathered.problems.append(problem("appraisal-reason-missing", place, _value(row), row["claimed"]))


def _value(row: Mapping[Any, Any]) -> str:
    return KPS if row["not_applicable"] else vietnamese(int(row["points"]))


def _place_text(place: Place) -> str:
    sheet = f", trang “{place.sheet}”" if place.sheet else ""
    return f"{place.file}{sheet}, ô {place.cell}"
