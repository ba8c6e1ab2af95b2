"""One file from a unit, from its bytes to claims and problems: a pure function, for a process of its own.

Nothing here or below imports pandas: a reading process is ready before a data frame library would be.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from criteria.model import Unit
from evidence.claims import HEADINGS, Claims, add_submission
from evidence.dossier.digest import Digest, digest_of
from evidence.dossier.documents import Period, document_problems, read_documents
from evidence.identity import identity_problems
from evidence.problems import Place, has_errors, problem
from evidence.reading.note import Unreadable
from evidence.reading.process import Context
from evidence.reading.reader import read_submission
from evidence.reading.workbook import parse
from evidence.round import Round
from evidence.row_ids import with_ids


@dataclass(frozen=True)
class FileRead:
    """What came of one file: whether its answers are taken, its claims and problems, whose form it says.

    `digest`: what the checks of the whole round need of a form that is taken.
    """

    taken: bool = False
    claims: Claims = field(default_factory=Claims)
    says_unit: str = ""
    digest: Digest | None = None


def read_file(data: bytes | Unreadable, file: str, unit: Unit, round_: Round) -> FileRead:
    """A unit's file looked into, parsed, identified and turned into claims; what cannot be is a problem.

    `data` is the content, or why there is none; `file` is the name to be shown, whose extension is
    compared with the content.
    """
    claims = Claims()
    place = Place(unit.code, file)
    try:
        book = parse(data, file)
    except Unreadable as fault:
        claims.problems.append(problem(fault.code, place, fault.found))
        return FileRead(claims=claims)
    applying = {leaf.id: leaf for leaf in round_.criteria.applying(unit.type)}
    sent = with_ids(read_submission(book.sheets), applying)
    claims.problems.extend(note.problem(unit.code, file) for note in (*book.notes, *sent.notes))
    found = list(identity_problems(sent, unit, round_, place))
    if sent.table is None:
        missing = ", ".join(f"“{heading}”" for heading in sent.missing)
        found.append(problem("form-no-table", place, missing or "cột không phân biệt được", HEADINGS))
    elif sent.is_blank(round_.criteria.by_id) and not has_errors(found):
        found.append(problem("form-blank", Place(unit.code, file, sent.table.sheet.name)))
    claims.problems.extend(found)
    if has_errors(found):
        return FileRead(claims=claims, says_unit=sent.identity.get("unit", ""))
    add_submission(claims, round_.criteria, unit, file, sent)
    period = Period.of(round_)
    rows = read_documents(sent)
    claims.problems.extend(document_problems(sent, round_.criteria, period, unit.code, file, rows))
    return FileRead(True, claims, sent.identity.get("unit", ""), digest_of(sent, unit, file, rows))


def read_in_context(data: bytes | Unreadable, file: str, unit: Unit, context: Context) -> FileRead:
    """The same with the round packed, as a reading process is called."""
    return read_file(data, file, unit, context.open())


def read_identity(data: bytes | Unreadable, file: str) -> str:
    """Code of the unit that a form's fingerprint names; empty where the file has none or is no form."""
    try:
        return read_submission(parse(data, file).sheets).identity.get("unit", "")
    except Unreadable:
        return ""
