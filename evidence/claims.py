"""Filled forms of many units as one frame of claims, and the problems of single cells and rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from criteria.model import CriteriaSet, Criterion, Unit
from evidence.layout import CRITERIA_COLUMNS
from evidence.problems import At, Place, Problem, problem
from evidence.reader import Entry, Submission, Table
from evidence.source import Source
from evidence.typed import NotUnderstood, as_text, expected, parse_input, parse_not_applicable

_LIKE_AN_ID = re.compile(r"\w{1,4}([.]\w{1,3}){1,3}")  # a signature or a note is not a criterion
_REFERENCE = re.compile(r"(\d{1,6})(?:-(\d{1,6}))?")
MOST_CITED = 1_000  # documents that one reference may span


@dataclass
class Claims:
    """What all units typed, read but not yet checked against the rules."""

    rows: list[dict[str, object]] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

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
            claims.rows.append(_claim(claims, unit, leaf, entries[id_], source, table))
        elif id_ not in {entry.id for entry in sent.entries}:
            claims.problems.append(problem("row-missing", whole, f"{id_} ({leaf.title})"))
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
        place = Place(whole.unit, whole.file, whole.sheet, table.letters(entry.row, "id"))
        if entry.id in applying:
            by_id.setdefault(entry.id, []).append(entry)
        elif entry.id not in groups and _LIKE_AN_ID.fullmatch(entry.id):
            problems.append(problem("row-unknown", place, entry.id))
    for id_, repeated in by_id.items():
        if len(repeated) > 1:
            cell = table.letters(repeated[1].row, "id")
            place = Place(whole.unit, whole.file, whole.sheet, cell)
            problems.append(problem("row-twice", place, id_))
    return {id_: found[0] for id_, found in by_id.items() if len(found) == 1}


def _claim(
    claims: Claims, unit: Unit, leaf: Criterion, entry: Entry, source: int, table: Table
) -> dict[str, object]:
    """One row of the claims: parsed inputs, and whether a cell could not be understood."""
    place = claims.sources[source]
    values: list[int | None] = [None, None]
    misread = False
    for index, wanted in enumerate(leaf.rule.inputs):
        raw = (entry.x1, entry.x2)[index]
        try:
            values[index] = parse_input(wanted, raw)
        except NotUnderstood as fault:
            misread = True
            where = Place(unit.code, place.file, place.sheet, table.letters(entry.row, f"x{index + 1}"),
                          At("criteria", leaf.id, f"x{index + 1}"))  # fmt: skip
            ask = expected(wanted) + (f"; có lẽ ban đầu là {fault.likely}" if fault.likely else "")
            claims.problems.append(problem(fault.code, where, as_text(raw), ask))
    declared = False
    try:
        declared = parse_not_applicable(entry.na)
    except NotUnderstood as fault:
        misread = True
        where = Place(unit.code, place.file, place.sheet, table.letters(entry.row, "na"),
                      At("criteria", leaf.id, "na"))  # fmt: skip
        ask = "“x” nếu không phát sinh, hoặc để trống"
        claims.problems.append(problem(fault.code, where, as_text(entry.na), ask))
    return {
        "unit": unit.code,
        "criterion": leaf.id,
        "source": source,
        "line": entry.row + 1,
        "x1": values[0],
        "x2": values[1],
        "na": declared,
        "misread": misread,
        "evidence": entry.evidence,
        "explanation": entry.explanation,
    }


def _reference_problems(
    sent: Submission, entries: Mapping[str, Entry], unit: Unit, file: str
) -> Iterator[Problem]:
    """Evidence that is cited and not listed, or listed and not cited."""
    assert sent.table is not None
    listed = {document.no for document in sent.documents}
    cited: set[str] = set()
    for entry in entries.values():
        cell = sent.table.letters(entry.row, "evidence")
        place = Place(unit.code, file, sent.table.sheet.name, cell, At("criteria", entry.id, "evidence"))
        for token in _tokens(entry.evidence):
            match = _REFERENCE.fullmatch(token)
            first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
            if not first <= last < first + MOST_CITED:
                yield problem("evidence-not-understood", place, token)
                continue
            numbers = [str(number) for number in range(first, last + 1)]
            cited.update(numbers)
            for number in numbers:
                if number not in listed:
                    yield problem("evidence-unknown", place, number)
    if sent.evidence_table:
        for index, document in enumerate(sent.documents):
            if document.no not in cited:
                cell = sent.evidence_table.letters(document.row, "no")
                at = At("documents", str(index), "no")
                place = Place(unit.code, file, sent.evidence_table.sheet.name, cell, at)
                yield problem("evidence-unused", place, document.no or "(chưa đánh số)")


def _tokens(reference: str) -> Iterator[str]:
    """The parts of a reference: `1; 3-5, 7` gives 1, 3-5, 7; blanks around a dash join."""
    joined = re.sub(r"\s*[-–]\s*", "-", reference)
    for token in re.split(r"[;,\s]+", joined):
        if token.strip("."):
            yield token.strip(".")


HEADINGS = ", ".join(
    f"“{column.heading}”" for column in CRITERIA_COLUMNS if column.key in ("id", "x1", "na")
)
