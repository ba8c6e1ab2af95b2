"""What the checks of a whole round need of one unit's form, small enough to pass between processes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from evidence.dossier.documents import ReadDocument, read_documents
from evidence.layout import fold
from evidence.problems import At, Place
from evidence.reading.reader import Submission
from evidence.reading.typed import is_blank

LONG_TEXT = 40  # characters from which two equal texts are no coincidence


class List(NamedTuple):
    """Where a unit's list of documents stands: sheet, and the letters of its columns (empty: gone)."""

    unit: str
    file: str
    sheet: str
    number: str
    names: str

    def place(self, index: int, row: int, key: str, letters: str) -> Place:
        """The place of a cell of the list's document `index`, in `row` of the sheet, both from 0."""
        cell = f"{letters}{row + 1}" if letters else ""
        return Place(self.unit, self.file, self.sheet, cell, At("documents", str(index), key))


class Listed(NamedTuple):
    """A document of a unit's list: its number (`key` to compare by, empty: none), day, issuer and file."""

    number: str
    key: str
    day: date | None
    issuer: str
    file: str
    index: int
    row: int
    list: List

    @property
    def number_place(self) -> Place:
        """Where its number stands."""
        return self.list.place(self.index, self.row, "number", self.list.number)

    @property
    def file_place(self) -> Place:
        """Where the name of its file stands."""
        return self.list.place(self.index, self.row, "file", self.list.names)


@dataclass(frozen=True)
class Digest:
    """A unit's documents, and hashes of its longer explanations by criterion with their places."""

    unit: str
    file: str
    documents: tuple[Listed, ...] = ()
    explanations: Mapping[str, tuple[str, Place]] = field(default_factory=dict)


def digest_of(sent: Submission, unit: str, file: str, rows: Sequence[ReadDocument] | None = None) -> Digest:
    """The digest of a form that was taken; `rows`: its documents as read, where that is done already."""
    rows = read_documents(sent) if rows is None else rows
    return Digest(unit, file, tuple(_listed(sent, rows, unit, file)), _explanations(sent, unit, file))


def _listed(sent: Submission, rows: Sequence[ReadDocument], unit: str, file: str) -> list[Listed]:
    table = sent.evidence_table
    if table is None:
        return []
    number, names = (table.letters(0, key).removesuffix("1") for key in ("number", "file"))
    where = List(unit, file, table.sheet.name, number, names)
    return [
        Listed(typed.number, number.key, day, typed.issuer, typed.file, index, typed.row, where)
        for index, typed, number, day in rows
    ]


def _explanations(sent: Submission, unit: str, file: str) -> dict[str, tuple[str, Place]]:
    """Hashes of explanations long enough to be somebody's own words.

    What is said of a thing that did not arise is much the same everywhere, and is left out.
    """
    found: dict[str, tuple[str, Place]] = {}
    for entry in sent.entries:
        text = fold(entry.explanation) if entry.explanation else ""
        if len(text) >= LONG_TEXT and is_blank(entry.na) and sent.table:
            cell = sent.table.letters(entry.row, "explanation")
            at = At("criteria", entry.id, "explanation")
            digest = hashlib.blake2b(text.encode(), digest_size=12).hexdigest()
            found[entry.id] = (digest, Place(unit, file, sent.table.sheet.name, cell, at))
    return found
