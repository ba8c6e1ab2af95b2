"""A unit's form to be given back: what it sent put into the form again, each mistake in its cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from criteria.model import Criterion, Unit
from evidence.form.filling import Filling, FormDocument, FormEntry, Mark, Typed
from evidence.layout import UNIT_FIELDS_TO_FILL
from evidence.messages import SEVERITY_WORDS
from evidence.problems import At, Problem
from evidence.reading.reader import Entry, EvidenceDocument, Submission, read_submission
from evidence.reading.typed import as_text
from evidence.reading.workbook import Sheet
from evidence.returned.leftovers import Leftover, leftovers
from evidence.returned.own import GRAVITY
from evidence.returned.rewriting import input_again, mark_again
from evidence.round import Round
from evidence.row_ids import with_ids

# what the form itself prints: written anew, it is right again
PRINTED = frozenset({"id", "title", "max", "rule", "labels", "points", "status"})
WRITTEN_ANEW = (
    "Tệp này đã ghi lại phần in sẵn của dòng cho đúng; xem lại số liệu kê khai ở dòng này, "
    "điền vào nếu còn trống."
)


@dataclass(frozen=True)
class Request:
    """What a unit is asked to do with a form given back.

    `file`: name of the file it sent; `refilled`: whether what it sent stands in the form again;
    `leftovers`: what could not; `by`: the day until which the office wants it back; `past`: whether the
    plan's own day was over when this was written; `by_itself`: whether the unit checked its own file
    before sending it.
    """

    file: str
    problems: tuple[Problem, ...]
    leftovers: tuple[Leftover, ...] = ()
    refilled: bool = True
    by: date | None = None
    past: bool = False
    by_itself: bool = False

    def count(self, severity: str) -> int:
        """Number of problems of a severity."""
        return sum(item.severity == severity for item in self.problems)


def returned_form(
    round_: Round,
    unit: Unit,
    file: str,
    sheets: Sequence[Sheet],
    problems: Sequence[Problem],
    by: date | None = None,
) -> tuple[Filling, Request]:
    """What to write for a unit whose file had these sheets (none where it could not be opened).

    A file that is another unit's, or made for another criteria set, is not put into the form. What the
    entries come to is not in the filling: that is the engine's to say.
    """
    applying = {leaf.id: leaf for leaf in round_.criteria.applying(unit.type)}
    sent = with_ids(read_submission(sheets), applying)
    if not _is_its_own(sent, round_, unit):
        return Filling(), Request(file, tuple(problems), refilled=False, by=by)
    filling, rest = refilled(round_, unit, sheets, sent)
    marked = Filling(
        filling.entries, documents=filling.documents, details=filling.details, marks=marks_of(problems)
    )
    return marked, Request(file, tuple(problems), tuple(rest), by=by)


def _is_its_own(sent: Submission, round_: Round, unit: Unit) -> bool:
    """Whether the file is this unit's form of this round, as far as it says; and holds any of it."""
    said = sent.identity
    criteria, year = round_.criteria.id, str(round_.year)
    same = said.get("unit", unit.code) == unit.code and said.get("criteria", criteria) == criteria
    parts = sent.table or sent.evidence_table or sent.details
    return same and said.get("year", year) == year and bool(parts)


def refilled(
    round_: Round, unit: Unit, sheets: Sequence[Sheet], sent: Submission
) -> tuple[Filling, list[Leftover]]:
    """What a unit sent as the contents of a form, and what of it cannot stand there."""
    leaves = {leaf.id: leaf for leaf in round_.criteria.applying(unit.type)}
    rows: dict[str, list[Entry]] = {}
    for entry in sent.entries:
        rows.setdefault(entry.id, []).append(entry)
    # of two rows for one criterion nobody knows which is meant: the unit fills the row again
    taken = {id_: found[0] for id_, found in rows.items() if id_ in leaves and len(found) == 1}
    entries = {id_: _entry_again(leaves[id_], entry) for id_, entry in taken.items()}
    details = {key: item.value for key, item in sent.details.items() if key in UNIT_FIELDS_TO_FILL}
    documents = [_document_again(item) for item in sent.documents]
    filling = Filling(entries, documents=documents, details=details)
    placed = {entry.row: (leaves[id_], entry, entries[id_]) for id_, entry in taken.items()}
    return filling, list(leftovers(round_, unit, sheets, sent, placed))


def _entry_again(leaf: Criterion, entry: Entry) -> FormEntry:
    cells = zip(leaf.rule.inputs, (entry.x1, entry.x2), strict=False)
    # a figure of the office's is not the unit's to give, and its cell is the office's
    inputs: list[Typed] = [None if wanted.table else input_again(wanted, cell) for wanted, cell in cells]
    inputs += [None] * (2 - len(inputs))
    return FormEntry(inputs[0], inputs[1], mark_again(entry.na), entry.evidence, entry.explanation)


def _document_again(sent: EvidenceDocument) -> FormDocument:
    # a day stays a day, a number a number; text as the reader tidied it
    day = sent.date if isinstance(sent.day, (str, bool)) else sent.day
    return FormDocument(sent.number, day, sent.issuer, sent.summary, sent.file, sent.no)


def marks_of(problems: Sequence[Problem]) -> Mapping[At, Mark]:
    """The cells that problems are about, with all that is wrong with each; the gravest gives the fill."""
    by_cell: dict[At, list[Problem]] = {}
    for item in sorted(problems, key=lambda item: GRAVITY.index(item.severity)):
        if item.at:
            by_cell.setdefault(item.at, []).append(item)
    return {
        at: Mark(found[0].severity, "\n".join(dict.fromkeys(map(_comment, found))))
        for at, found in by_cell.items()
    }


def _comment(item: Problem) -> str:
    return f"{SEVERITY_WORDS[item.severity].upper()}: {item.message}\nCách sửa: {fix_of(item)}"


def fix_of(item: Problem) -> str:
    """What the unit has to do about a problem in the form that is given back to it."""
    printed = item.at is not None and item.at.part == "criteria" and item.at.column in PRINTED
    return WRITTEN_ANEW if printed else item.fix


def found_text(item: Problem) -> str:
    """What stands in the cell, as far as the problem says; not the criterion's id, which says where."""
    return "" if item.at and item.found == item.at.key else as_text(item.found)
