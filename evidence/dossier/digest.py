"""What the checks of a whole round need of one unit's form, small enough to pass between processes."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from criteria.model import Unit
from evidence.dossier.documents import ReadDocument, read_documents
from evidence.layout import fold
from evidence.problems import At, Place
from evidence.reading.reader import Submission
from evidence.reading.typed import is_blank

MARK = 8  # bytes that stand for a document's number and day
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
    """A unit's documents, and hashes of its longer explanations by criterion with their places.

    The documents are kept packed, for there are millions in a nation and most checks ask for those of few
    units. What is asked of all stands beside them: `own`, the marks of `own_documents`; `issuers`, as
    `issuer_key` has them, of all numbered and dated documents; `naming`, how many name a file.
    """

    unit: str
    file: str
    where: List
    packed: bytes
    own: bytes = b""
    issuers: tuple[str, ...] = ()
    naming: int = 0
    explanations: Mapping[str, tuple[str, Place]] = field(default_factory=dict)

    @property
    def documents(self) -> list[Listed]:
        """The documents, unpacked."""
        columns = json.loads(zlib.decompress(self.packed))
        days = {text: date.fromisoformat(text) if text else None for text in columns[2]}
        return [
            Listed(number, key, days[day], issuer, name, index, row, self.where)
            for number, key, day, issuer, name, index, row in zip(*columns, strict=True)
        ]


def digest_of(
    sent: Submission, unit: Unit, file: str, rows: Sequence[ReadDocument] | None = None
) -> Digest:
    """The digest of a form that was taken; `rows`: its documents as read, where that is done already."""
    rows = read_documents(sent) if rows is None else rows
    table = sent.evidence_table
    number, names, sheet = "", "", ""
    if table is not None:
        number, names = (table.letters(0, key).removesuffix("1") for key in ("number", "file"))
        sheet = table.sheet.name
    where = List(unit.code, file, sheet, number, names)
    listed = [
        Listed(typed.number, number.key, day, typed.issuer, typed.file, index, typed.row, where)
        for index, typed, number, day in (rows if table is not None else ())
    ]
    return Digest(
        unit.code,
        file,
        where,
        _packed(listed),
        b"".join(own_documents(listed, unit.name)),
        tuple(sorted({issuer_key(item.issuer) for item in listed if item.key and item.day})),
        sum(1 for item in listed if item.file),
        _explanations(sent, unit.code, file),
    )


def _packed(listed: Sequence[Listed]) -> bytes:
    columns = [
        [item.number for item in listed],
        [item.key for item in listed],
        [item.day.isoformat() if item.day else "" for item in listed],
        [item.issuer for item in listed],
        [item.file for item in listed],
        [item.index for item in listed],
        [item.row for item in listed],
    ]
    return zlib.compress(json.dumps(columns, ensure_ascii=False, separators=(",", ":")).encode(), 1)


def own_documents(listed: Iterable[Listed], name: str) -> dict[bytes, Listed]:
    """The numbered and dated documents that a unit of this name gives as its own, each under its mark."""
    own_issuers = ("", issuer_key(name))
    found: dict[bytes, Listed] = {}
    for item in listed:
        if item.key and item.day and issuer_key(item.issuer) in own_issuers:
            text = f"{item.day.isoformat()} {item.key}"
            found.setdefault(hashlib.blake2b(text.encode(), digest_size=MARK).digest(), item)
    return found


@lru_cache(maxsize=8192)  # the same few stand in every list
def issuer_key(issuer: str) -> str:
    """An issuer as compared: without case and diacritics, `Ủy ban nhân dân` as `UBND`."""
    return fold(issuer).replace("uy ban nhan dan", "ubnd")


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
