"""What is wrong with a unit's list of evidence documents; a pure look at one form.

What is told, and what is not:

- A number is held to the form of official documents; a thing without any (a photograph, a list) may go
  without where its file is named.
- A report, plan or letter dated before the year preceding the round's is told; regulations, decisions,
  resolutions and laws stand for years and are not. A plan for the year may be of the year before.
- A date after the day of self-assessment, or else after the last day for dossiers (the year's end where the
  plan names none), cannot have been evidence.
- Reports and plans speak of the whole work and may serve any criterion. Another document cited for criteria
  of three groups or more gets a hint.
- Where a criterion asks for a day, one of its documents must be no later than the day declared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from criteria.document import vietnamese_date
from criteria.model import CriteriaSet
from criteria.rules import Input
from evidence.dossier.numbers import Number, read_number
from evidence.problems import At, Place, Problem, problem
from evidence.reading.reader import EvidenceDocument, Submission, Table
from evidence.reading.typed import NotUnderstood, is_blank, parse_input
from evidence.references import cited
from evidence.remembered import of_short_texts
from evidence.round import Round

GENERAL_KINDS = frozenset({"BC", "KH", "CTr", "NQ"})  # of the whole work, so for any criterion
STANDING_KINDS = frozenset(
    {"QC", "QyĐ", "QĐ", "NQ", "NQLT", "NĐ", "TT", "TTLT", "CT", "KL", "HD", "ĐA", "Luật", "PL", "QH"}
)
MOST_GROUPS = 2  # that a document on one matter may serve
NUMBER_WANTED = "đủ số, loại văn bản và cơ quan ban hành, ví dụ 45/BC-UBND"
_DAY = Input("day", "Ngày ban hành", "date")


@dataclass(frozen=True)
class Period:
    """The year of a round and the last day on which its dossiers are still in time (None: not known)."""

    year: int
    due: date | None

    @classmethod
    def of(cls, round_: Round) -> Period:
        """The period of a round, by its plan's deadline for dossiers."""
        days = (item.last_day for item in round_.plan.deadlines if item.kind == "dossier")
        return cls(round_.year, next(days, None))

    @property
    def first_day(self) -> date:
        """The first day of the year before, in which plans for the year are made."""
        return date(self.year - 1, 1, 1)

    @property
    def last_day(self) -> date:
        """The last day from which evidence may be."""
        return self.due or date(self.year, 12, 31)


class ReadDocument(NamedTuple):
    """A document of the list with its number and day as far as they can be read."""

    index: int
    typed: EvidenceDocument
    number: Number
    day: date | None

    @property
    def name(self) -> str:
        """How a problem names the document."""
        return self.typed.number or f"số thứ tự {self.typed.no}"


def day_of(cell: object) -> date | None:
    """The day in a cell, typed or stored; None where it is none. Years 2000 to 2100."""
    if cell is None or cell == "":
        return None
    return _day_of_text(cell) if cell.__class__ is str else _day_of(cell)  # type: ignore[arg-type]


def _day_of(cell: object) -> date | None:
    try:
        ordinal = parse_input(_DAY, cell)
    except NotUnderstood:
        return None
    return date.fromordinal(ordinal) if ordinal else None


@of_short_texts  # asked for by the checks of a form and again for the whole round
def _day_of_text(text: str) -> date | None:
    return _day_of(text)


def read_documents(sent: Submission) -> list[ReadDocument]:
    """The documents of a form's list, each with its number and day read."""
    return [
        ReadDocument(index, item, read_number(item.number), day_of(item.day))
        for index, item in enumerate(sent.documents)
    ]


def document_problems(
    sent: Submission,
    criteria: CriteriaSet,
    period: Period,
    unit: str,
    file: str,
    rows: Sequence[ReadDocument] | None = None,
) -> Iterator[Problem]:
    """Problems of the list of documents and of what they are cited for, in the order of the rows.

    `rows`: the documents as `read_documents` gives them, where that is done already.
    """
    table = sent.evidence_table
    if table is None:
        return
    rows = read_documents(sent) if rows is None else rows
    assessed = sent.details.get("assessed_on")
    assessed_on = day_of(assessed.value) if assessed else None
    whole = Place(unit, file, table.sheet.name)
    first, last = period.first_day, min(period.last_day, assessed_on or period.last_day)
    for row in rows:
        if row.number.state != "sound":
            yield from _number_problems(row, table, whole)
        if row.day is None or not first <= row.day <= last:
            yield from _date_problems(row, table, whole, period, assessed_on)
    yield from _listed_twice(rows, table, whole)
    yield from _use_problems(sent, criteria, rows, table, whole)


def place_of(table: Table, index: int, row: int, key: str, unit: str, file: str) -> Place:
    """The place of a cell of the list: of the document `index`, which stands in `row` of the sheet."""
    return Place(unit, file, table.sheet.name, table.letters(row, key), At("documents", str(index), key))


def _at(row: ReadDocument, table: Table, whole: Place, key: str) -> Place:
    return place_of(table, row.index, row.typed.row, key, whole.unit, whole.file)


def _number_problems(row: ReadDocument, table: Table, whole: Place) -> Iterator[Problem]:
    place = _at(row, table, whole, "number")
    if row.number.state == "odd":
        wanted = f"“{row.number.repair}”" if row.number.repair else NUMBER_WANTED
        yield problem("document-number-form", place, row.typed.number, wanted)
    elif row.number.state == "unnumbered" or (row.number.state == "blank" and not row.typed.file):
        yield problem("document-unnumbered", place, row.typed.number or "để trống")


def _date_problems(
    row: ReadDocument, table: Table, whole: Place, period: Period, assessed_on: date | None
) -> Iterator[Problem]:
    place = _at(row, table, whole, "date")
    if row.day is None:
        if not is_blank(row.typed.day):
            yield problem("document-date-not-understood", place, row.typed.date)
        elif row.number.state in ("sound", "odd"):
            yield problem("document-no-date", place, row.name)
        return
    day = vietnamese_date(row.day)
    if assessed_on and row.day > assessed_on:
        yield problem("document-date-future", place, day, vietnamese_date(assessed_on))
    elif row.day > period.last_day:
        yield problem("document-date-late", place, day, vietnamese_date(period.last_day))
    elif row.day < period.first_day and row.number.kind not in STANDING_KINDS:
        yield problem("document-date-old", place, day, vietnamese_date(period.first_day))


def _listed_twice(rows: Sequence[ReadDocument], table: Table, whole: Place) -> Iterator[Problem]:
    """Numbers of the list, documents and files that stand in it twice; told at the later one."""
    by_no: dict[str, ReadDocument] = {}
    by_document: dict[tuple[str, date | None, str], ReadDocument] = {}
    by_file: dict[str, ReadDocument] = {}
    for row in rows:
        _, typed, number, day = row
        if typed.no and by_no.setdefault(typed.no, row) is not row:
            yield problem("document-no-twice", _at(row, table, whole, "no"), typed.no)
        if number.state == "sound":
            first = by_document.setdefault((number.key, day, typed.issuer.casefold()), row)
            if first is not row:
                yield problem("document-twice", _at(row, table, whole, "number"), row.name, first.typed.no)
                continue
        file = by_file.setdefault(typed.file.casefold(), row) if typed.file else row
        if file is not row:
            place = _at(row, table, whole, "file")
            yield problem("document-file-twice", place, typed.file, file.typed.no)


def _use_problems(
    sent: Submission, criteria: CriteriaSet, rows: Sequence[ReadDocument], table: Table, whole: Place
) -> Iterator[Problem]:
    """Documents cited for what they cannot serve: too many matters, or a day before they were made."""
    by_no = {row.typed.no: row for row in reversed(rows)}
    groups: dict[str, set[str]] = defaultdict(set)
    for entry in sent.entries:
        leaf = criteria.by_id.get(entry.id)
        if leaf is None:
            continue
        cited_here = cited(entry.evidence) if entry.evidence else ()
        proofs = [by_no[no] for no in cited_here if no in by_no]
        for row in proofs:
            groups[row.typed.no].add(leaf.group)
        if leaf.rule.inputs[0].type != "date":
            continue
        declared, days = day_of(entry.x1), [row.day for row in proofs if row.day]
        if declared and days and len(days) == len(proofs) and min(days) > declared and sent.table:
            cell = sent.table.letters(entry.row, "evidence")
            place = Place(whole.unit, whole.file, sent.table.sheet.name, cell,
                          At("criteria", leaf.id, "evidence"))  # fmt: skip
            first, last = vietnamese_date(declared), vietnamese_date(min(days))
            yield problem("document-after-declared", place, first, last)
    for no, served in groups.items():
        row = by_no[no]
        if len(served) > MOST_GROUPS and row.number.kind not in GENERAL_KINDS and row.number.kind:
            listed = ", ".join(group.id for group in criteria.groups if group.id in served)
            yield problem("document-many-groups", _at(row, table, whole, "number"), row.name, listed)
