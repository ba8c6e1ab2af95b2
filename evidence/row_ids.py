"""Which criterion a row is about, where its id was spoilt and its printed title was not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from criteria.model import Criterion
from evidence.labels import alike, printed_title
from evidence.reading.note import Note
from evidence.reading.reader import Entry, Submission


def with_ids(sent: Submission, applying: Mapping[str, Criterion]) -> Submission:
    """The submission with ids put right by the titles beside them, each with a note.

    Done only for a row without id or whose id is no criterion's of the unit, or is what Excel
    makes of the right one (1.1 of 1.10), and whose title is that of one criterion that no other row
    claims.
    """
    count = Counter(entry.id for entry in sent.entries)
    if sent.table is None or all(count[id_] == 1 for id_ in applying):
        return sent
    owners: dict[str, list[str]] = {}
    for leaf in applying.values():
        for title in {alike(printed_title(leaf)), alike(leaf.title)}:
            owners.setdefault(title, []).append(leaf.id)
    rows = sorted((*sent.entries, *sent.unnamed), key=lambda entry: entry.row)
    meant = [_meant(entry, count, owners) for entry in rows]
    claimed = Counter(meant)
    entries, notes = list[Entry](), list(sent.notes)
    for entry, id_ in zip(rows, meant, strict=True):
        spoilt = entry.id not in applying or id_.rstrip("0") == entry.id
        if id_ and spoilt and claimed[id_] == 1 and not count[id_]:
            cell = sent.table.letters(entry.row, "id")
            notes.append(Note("row-by-title", entry.id or "(để trống)", id_, sent.table.sheet.name, cell))
            entry = entry._replace(id=id_)
        if entry.id:
            entries.append(entry)
    return replace(sent, entries=tuple(entries), notes=tuple(notes))


def _meant(entry: Entry, count: Mapping[str, int], owners: Mapping[str, list[str]]) -> str:
    """Id of the one criterion that has the title of a row with a doubtful id; empty where there is none."""
    ids = owners.get(alike(entry.title), [])
    return ids[0] if len(ids) == 1 and ids[0] != entry.id else ""
