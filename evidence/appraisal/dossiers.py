"""What units wrote, spelt out for those who judge it: figures with labels, cited documents, words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from criteria.model import Criterion
from evidence.answers import Source
from evidence.folders import RECEIVED
from evidence.reading.reader import Entry, EvidenceDocument, Submission, read_submission
from evidence.reading.typed import as_text, is_blank
from evidence.reading.workbook import Unreadable, read_workbook
from evidence.round import Round
from evidence.row_ids import with_ids

_RANGE = re.compile(r"(\d{1,6})(?:-(\d{1,6}))?")
MOST_SPELT = 40  # documents of one criterion that are spelt out


@dataclass(frozen=True)
class Dossier:
    """A unit's form as sent: its entries by criterion, its documents by their number in the list."""

    entries: Mapping[str, Entry]
    documents: Mapping[str, EvidenceDocument]


def dossiers(round_: Round, answers: pd.DataFrame, sources: Sequence[Source]) -> dict[str, Dossier]:
    """The dossier of each unit whose answers came from a form in `nop`; others have none."""
    pairs = answers[["unit", "source"]].drop_duplicates()
    found: dict[str, Dossier] = {}
    for unit, source in zip(pairs["unit"], pairs["source"], strict=True):
        path = round_.folder / RECEIVED / sources[source].file
        if unit in found or not sources[source].file or not path.is_file():
            continue
        try:
            applying = {leaf.id: leaf for leaf in round_.criteria.applying(round_.by_code[unit].type)}
            found[unit] = _dossier(with_ids(read_submission(read_workbook(path)), applying))
        except Unreadable:
            continue  # the answers are there all the same; only the words cannot be shown
    return found


def _dossier(sent: Submission) -> Dossier:
    entries = {entry.id: entry for entry in reversed(sent.entries)}
    return Dossier(entries, {document.no: document for document in reversed(sent.documents)})


def claim_text(leaf: Criterion, state: str, values: Sequence[int | None], dossier: Dossier | None) -> str:
    """The unit's figures with their labels: as understood, else as typed; nothing where there are none."""
    if state == "not_applicable":
        return "Không phát sinh"
    entry = dossier.entries.get(leaf.id) if dossier else None
    lines = []
    for index, wanted in enumerate(leaf.rule.inputs):
        value = values[index]
        typed = None if entry is None else (entry.x1, entry.x2)[index]
        if value is not None:
            lines.append(f"{wanted.label}: {wanted.text(value)}")
        elif not is_blank(typed) and not wanted.table:
            lines.append(f"{wanted.label}: “{as_text(typed)}”")
    return "\n".join(lines)


def evidence_text(reference: str, dossier: Dossier | None) -> str:
    """The documents that a reference cites: number, date, issuer, summary, file; a line each."""
    if not reference or dossier is None:
        return reference
    lines = []
    for number in _cited(reference):
        document = dossier.documents.get(number)
        lines.append(f"{number}) {_document(document) if document else 'không có trong danh mục'}")
    return "\n".join(lines) or reference


def _cited(reference: str) -> Iterator[str]:
    """The numbers in `1; 3-5`; anything else as it stands."""
    joined = re.sub(r"\s*[-–]\s*", "-", reference)
    spelt = 0
    for token in filter(None, (part.strip(".") for part in re.split(r"[;,\s]+", joined))):
        match = _RANGE.fullmatch(token)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
        if not first <= last < first + MOST_SPELT or spelt + last - first >= MOST_SPELT:
            yield token
            continue
        spelt += last - first + 1
        yield from (str(number) for number in range(first, last + 1))


def _document(document: EvidenceDocument) -> str:
    head = ", ".join(filter(None, (document.number, document.date, document.issuer)))
    text = ": ".join(filter(None, (head, document.summary)))
    return text + (f" [{document.file}]" if document.file else "")
