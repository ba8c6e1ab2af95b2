"""Filled forms of many units as one frame of claims, and the problems of single cells and rows.

What concerns one form alone is found here and needs no frame, so that a process without pandas can do it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from criteria.model import CriteriaSet, Criterion, Unit
from evidence.labels import label_problems
from evidence.layout import CRITERIA_COLUMNS
from evidence.misreadings import doubtful_thousands, may_be_thousands, misread_problem
from evidence.problems import At, Place, Problem, problem
from evidence.reading.reader import Entry, Submission, Table
from evidence.reading.typed import NotUnderstood, as_text, parse_input, parse_not_applicable, points_of
from evidence.references import references
from evidence.source import Source

_LIKE_AN_ID = re.compile(r"\w{1,4}([.]\w{1,3}){1,3}")  # a signature or a note is not a criterion


class Claim(NamedTuple):
    """What a unit typed for one criterion, read: a row of the claims' frame.

    `source`: index of the sheet in `Claims.sources`; `line` from 1; `x1`, `x2` as `parse_input` gives them;
    `misread`: a cell was not understood; `shown`: points as the form shows them,
    `shown_points` the same in thousandths.
    """

    unit: str
    criterion: str
    source: int
    line: int
    x1: int | None
    x2: int | None
    na: bool
    misread: bool
    evidence: str
    explanation: str
    explainable: bool
    shown: str
    shown_points: int | None


def _no_columns() -> dict[str, list[Any]]:
    return {name: [] for name in Claim._fields}


@dataclass
class Claims:
    """What all units typed, read but not yet checked against the rules; `columns`: those of `Claim`."""

    columns: dict[str, list[Any]] = field(default_factory=_no_columns)
    sources: list[Source] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def rows(self) -> list[Claim]:
        """The claims, a row each."""
        return [Claim(*row) for row in zip(*self.columns.values(), strict=True)]

    def add(self, claim: Claim) -> None:
        """Adds a claim at the end."""
        for column, value in zip(self.columns.values(), claim, strict=True):
            column.append(value)

    def add_all(self, other: Claims) -> None:
        """Adds all claims, sources and problems of another file."""
        before = len(self.sources)
        for name, column in other.columns.items():
            self.columns[name] += [before + own for own in column] if name == "source" else column
        self.sources += other.sources
        self.problems += other.problems

    def add_source(self, source: Source) -> int:
        """Id of a new source."""
        self.sources.append(source)
        return len(self.sources) - 1


def add_submission(claims: Claims, criteria: CriteriaSet, unit: Unit, file: str, sent: Submission) -> None:
    """Adds a unit's form to the claims; its table must have been found."""
    table = sent.table
    assert table is not None
    columns = {key: table.letters(0, key).rstrip("0123456789") for key in table.columns}
    source = claims.add_source(Source(file, table.sheet.name, columns))
    applying = {leaf.id: leaf for leaf in criteria.applying(unit.type)}
    whole = Place(unit.code, file, table.sheet.name)
    entries = _one_row_each(sent.entries, applying, criteria, whole, table, claims.problems)
    for id_, leaf in applying.items():
        if id_ in entries:
            claims.add(_claim(claims, unit, leaf, entries[id_], source, table))
        elif id_ not in {entry.id for entry in sent.entries}:
            there = replace(whole, at=At("criteria", id_, "id"))
            claims.problems.append(problem("row-missing", there, f"{id_} ({leaf.title})"))
    claims.problems.extend(label_problems(criteria, entries, table, unit.code, file))
    claims.problems.extend(_reference_problems(sent, entries, unit, file))


def _one_row_each(
    entries: Sequence[Entry],
    applying: Mapping[str, Criterion],
    criteria: CriteriaSet,
    whole: Place,
    table: Table,
    problems: list[Problem],
) -> dict[str, Entry]:
    """The entries by criterion id, without unknown and repeated ones, which become problems."""
    groups = {group.id for group in criteria.groups}
    by_id: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.id in applying:
            by_id.setdefault(entry.id, []).append(entry)
        elif entry.id not in groups and _LIKE_AN_ID.fullmatch(entry.id):
            place = Place(whole.unit, whole.file, whole.sheet, table.letters(entry.row, "id"))
            problems.append(problem("row-unknown", place, entry.id))
    for id_, repeated in by_id.items():
        if len(repeated) > 1:
            cell = table.letters(repeated[1].row, "id")
            place = Place(whole.unit, whole.file, whole.sheet, cell)
            problems.append(problem("row-twice", place, id_))
    return {id_: found[0] for id_, found in by_id.items() if len(found) == 1}


def _claim(claims: Claims, unit: Unit, leaf: Criterion, entry: Entry, source: int, table: Table) -> Claim:
    """One row of the claims: parsed inputs, and whether a cell could not be understood."""
    values: list[int | None] = [None, None]
    misread = False
    for index, wanted in enumerate(leaf.rule.inputs):
        raw = entry.x2 if index else entry.x1
        found = None
        if raw is None:
            continue
        try:
            values[index] = parse_input(wanted, raw)
            if isinstance(raw, str) and may_be_thousands(raw):
                place = _place(unit, claims.sources[source], table, entry, f"x{index + 1}")
                found = doubtful_thousands(wanted, raw, place)
        except NotUnderstood as fault:
            place = _place(unit, claims.sources[source], table, entry, f"x{index + 1}")
            found = misread_problem(wanted, raw, place, fault.code, fault.likely)
        if found:
            claims.problems.append(found)
            if found.severity == "error":
                values[index], misread = None, True
    declared = False
    try:
        declared = entry.na is not None and parse_not_applicable(entry.na)
    except NotUnderstood as fault:
        misread = True
        place = _place(unit, claims.sources[source], table, entry, "na")
        wanted_mark = "“x” nếu không phát sinh, hoặc để trống"
        claims.problems.append(problem(fault.code, place, as_text(entry.na), wanted_mark))
    shown = as_text(entry.points).strip() if entry.points is not None else ""
    return Claim(
        unit.code,
        leaf.id,
        source,
        entry.row + 1,
        values[0],
        values[1],
        declared,
        misread,
        entry.evidence,
        entry.explanation,
        "explanation" in table.columns,
        shown,
        points_of(entry.points) if shown else None,
    )


def _place(unit: Unit, source: Source, table: Table, entry: Entry, key: str) -> Place:
    """The place of one cell of a criterion's row."""
    at = At("criteria", entry.id, key)
    return Place(unit.code, source.file, source.sheet, table.letters(entry.row, key), at)


def _reference_problems(
    sent: Submission, entries: Mapping[str, Entry], unit: Unit, file: str
) -> Iterator[Problem]:
    """Evidence that is cited and not listed, or listed and not cited."""
    assert sent.table is not None
    listed = {document.no for document in sent.documents}
    cited: set[str] = set()
    for entry in entries.values():
        for token, numbers in references(entry.evidence):
            cited.update(numbers)
            unknown = [number for number in numbers if number not in listed]
            if numbers and not unknown:
                continue
            cell = sent.table.letters(entry.row, "evidence")
            place = Place(
                unit.code, file, sent.table.sheet.name, cell, At("criteria", entry.id, "evidence")
            )
            if not numbers:
                yield problem("evidence-not-understood", place, token)
            for number in unknown:
                yield problem("evidence-unknown", place, number)
    if sent.evidence_table:
        for index, document in enumerate(sent.documents):
            if document.no not in cited:
                cell = sent.evidence_table.letters(document.row, "no")
                at = At("documents", str(index), "no")
                place = Place(unit.code, file, sent.evidence_table.sheet.name, cell, at)
                yield problem("evidence-unused", place, document.no or "(chưa đánh số)")


HEADINGS = ", ".join(
    f"“{column.heading}”" for column in CRITERIA_COLUMNS if column.key in ("id", "x1", "na")
)
