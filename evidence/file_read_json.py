"""What came of a file as JSON and back: only texts, numbers and lists, so that reading it runs no code.

Rows are kept a column at a time, which is short, and lets the types of a column be looked at as one.
Texts of problems are not kept but taken from the catalogue, which may have changed since.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Sequence
from datetime import date
from typing import Any

from criteria.model import Unit
from evidence.claims import Claim, Claims
from evidence.dossier.digest import MARK, Digest, List
from evidence.file_reading import FileRead
from evidence.problems import At, Place, Problem, problem
from evidence.source import Source

_MOST_UNPACKED = 64 * 2**20  # bytes
_MOST = 2**53  # no figure, line or index of a form comes near it
_ODD = (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, zlib.error)
_FLAG, _NUMBER, _TEXT = {bool}, {int}, {str}
_MAYBE_NUMBER = {int, type(None)}
_CLAIM_TYPES = (
    _TEXT, _TEXT, _NUMBER, _NUMBER, _MAYBE_NUMBER, _MAYBE_NUMBER,
    _FLAG, _FLAG, _TEXT, _TEXT, _FLAG, _TEXT, _MAYBE_NUMBER,
)  # fmt: skip
_LISTED_TYPES = (_TEXT, _TEXT, _TEXT, _TEXT, _TEXT, _NUMBER, _NUMBER)


class NotOurs(ValueError):
    """A text that `to_text` did not write for this file."""


def to_text(read: FileRead) -> str:
    """The JSON of what came of one file."""
    claims, digest = read.claims, read.digest
    value = [
        read.taken,
        read.says_unit,
        [[source.file, source.sheet, dict(source.columns)] for source in claims.sources],
        list(claims.columns.values()),
        [_of_problem(item) for item in claims.problems],
        _of_digest(digest) if digest else None,
    ]
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def from_text(text: str | bytes, unit: Unit, file: str) -> FileRead:
    """What `to_text` was given for this unit's file; raises NotOurs for anything else."""
    try:
        taken, says, sources, rows, problems, digest = json.loads(text)
        _must(type(taken) is bool and type(says) is str)
        claims = Claims(
            dict(zip(Claim._fields, _columns(rows, _CLAIM_TYPES), strict=True)),
            [Source(_text(name), _text(sheet), _texts(columns)) for name, sheet, columns in sources],
            [_problem(item) for item in problems],
        )
        _must(len(claims.sources) <= 1 and all(source.file == file for source in claims.sources))
        _must(set(claims.columns["unit"]) <= {unit.code})
        _must(set(claims.columns["source"]) <= set(range(len(claims.sources))))
        _must(all((item.unit, item.file) == (unit.code, file) for item in claims.problems))
        return FileRead(taken, claims, says, _digest(digest, unit, file) if digest else None)
    except _ODD as error:
        raise NotOurs(str(error)) from error


def _of_problem(item: Problem) -> list[Any]:
    at = None if item.at is None else list(item.at)
    return [item.code, item.unit, item.file, item.sheet, item.cell, at, item.found, item.expected]


def _problem(item: Sequence[Any]) -> Problem:
    code, unit, file, sheet, cell, at, found, expected = item
    place = Place(_text(unit), _text(file), _text(sheet), _text(cell), None if at is None else _at(at))
    return problem(code, place, _text(found), _text(expected))


def _at(value: Sequence[Any]) -> At:
    part, key, column = value
    _must(part in ("criteria", "documents", "unit"))
    return At(part, _text(key), _text(column))


def _of_digest(digest: Digest) -> list[Any]:
    told = [[id_, text, place.sheet, place.cell] for id_, (text, place) in digest.explanations.items()]
    packed, own = (base64.b64encode(part).decode() for part in (digest.packed, digest.own))
    return [list(digest.where), packed, own, list(digest.issuers), digest.naming, told]


def _digest(value: Sequence[Any], unit: Unit, file: str) -> Digest:
    head, packed, own, issuers, naming, told = value
    where = List(*(_text(item) for item in head))
    _must((where.unit, where.file) == (unit.code, file) and type(naming) is int)
    explanations = {
        _text(id_): (
            _text(text),
            Place(unit.code, file, _text(sheet), _text(cell), At("criteria", id_, "explanation")),
        )
        for id_, text, sheet, cell in told
    }
    digest = Digest(
        unit.code,
        file,
        where,
        base64.b64decode(_text(packed)),
        base64.b64decode(_text(own)),
        tuple(_text(issuer) for issuer in issuers),
        naming,
        explanations,
    )
    _must(len(digest.own) % MARK == 0)
    # unpacked when somebody asks, so that it is looked at now
    columns = json.loads(zlib.decompressobj().decompress(digest.packed, _MOST_UNPACKED))
    _columns(columns, _LISTED_TYPES)
    for day in set(columns[2]) - {""}:
        date.fromisoformat(day)
    return digest


def _columns(columns: Sequence[list[Any]], types: Sequence[set[type]]) -> Sequence[list[Any]]:
    """The columns, whose types and lengths are as they must be; raises ValueError where they are not."""
    _must(len(columns) == len(types) and len(set(map(len, columns))) == 1)
    for column, allowed in zip(columns, types, strict=True):
        found = set(map(type, column))
        _must(type(column) is list and found <= allowed)
        if int in found:
            _must(max(map(abs, filter(None, column)), default=0) < _MOST)
    return columns


def _text(value: Any) -> str:
    _must(type(value) is str)
    return str(value)


def _texts(value: Any) -> dict[str, str]:
    return {_text(key): _text(item) for key, item in value.items()}


def _must(holds: bool) -> None:
    if not holds:
        raise ValueError("not as it was written")
