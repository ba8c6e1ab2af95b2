"""What two units share and both give as their own: files, documents, lists, explanations.

Nobody is accused: each is a warning to look at, and none rests on figures, which honest units share
whenever both do all that is asked. What counts:

- a file with the same bytes, where both units give it as their own (a document of another issuer, as the
  plan of the level above, lies rightly in many dossiers);
- a document that another unit of the round issued and lists too;
- three documents or more that two units each give as their own under the same number and day;
- three explanations or more, on the same criteria and at least half of what the unit wrote, that are
  the same word for word. Short ones and those of things that did not arise do not count (see digest.py).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from criteria.model import Unit, vietnamese_date
from evidence.dossier.checks import CitedFiles
from evidence.dossier.digest import Digest, Listed
from evidence.dossier.folder import DossierFile
from evidence.layout import fold
from evidence.problems import Place, Problem, problem
from evidence.round import Round

FEWEST_ALIKE = 3  # documents or explanations that make a coincidence unlikely
SHOWN_UNITS = 3  # named in one problem
_BLOCK = 1024 * 1024


def twin_problems(
    round_: Round, digests: Sequence[Digest], cited: Sequence[CitedFiles]
) -> Iterator[Problem]:
    """What units share with others and give as their own; at most one problem a unit and kind of list."""
    yield from _files(round_, cited)
    yield from _documents(round_, digests)
    yield from _alike(round_, digests, _own_documents(round_), "twin-list")
    yield from _alike(round_, digests, _explanations, "twin-explanations")


def issuer_key(issuer: str) -> str:
    """An issuer as compared: without case and diacritics, `Ủy ban nhân dân` as `UBND`."""
    return fold(issuer).replace("uy ban nhan dan", "ubnd")


# files ------------------------------------------------------------------------------------------


def _files(round_: Round, cited: Sequence[CitedFiles]) -> Iterator[Problem]:
    names = {unit.code: issuer_key(unit.name) for unit in round_.units}
    by_size: dict[int, list[tuple[CitedFiles, DossierFile, Listed]]] = defaultdict(list)
    for unit in cited:
        for file in unit.dossier.files:
            listed = unit.by_file.get(file.name)
            if listed and file.size:
                by_size[file.size].append((unit, file, listed))
    by_bytes: dict[str, list[tuple[CitedFiles, DossierFile, Listed]]] = defaultdict(list)
    for alike in by_size.values():
        if len(alike) > 1:  # only what is as long can be the same
            for unit, file, listed in alike:
                if digest := _digest(file.path):
                    by_bytes[digest].append((unit, file, listed))
    for alike in by_bytes.values():
        own = [
            (unit.digest.unit, file, listed)
            for unit, file, listed in alike
            if issuer_key(listed.issuer) in ("", names.get(unit.digest.unit))
        ]
        yield from _same_bytes(round_, own)
        yield from _same_in_one(alike)


def _same_bytes(round_: Round, own: Sequence[tuple[str, DossierFile, Listed]]) -> Iterator[Problem]:
    told: set[str] = set()
    for code, file, listed in own:
        others = list(dict.fromkeys(other for other, _, _ in own if other != code))
        if others and code not in told:
            told.add(code)
            yield problem("twin-file", listed.file_place, file.name, _named(round_, others))


def _same_in_one(alike: Sequence[tuple[CitedFiles, DossierFile, Listed]]) -> Iterator[Problem]:
    """Two names for the same content within one dossier, given for two documents."""
    first: dict[str, DossierFile] = {}
    for unit, file, listed in alike:
        other = first.setdefault(unit.digest.unit, file)
        if other is not file:
            yield problem("dossier-same-content", listed.file_place, file.name, other.name)


def _digest(path: Path) -> str:
    """The sha256 of a file, read piece by piece; empty where it cannot be read."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as stream:
            while block := stream.read(_BLOCK):
                digest.update(block)
    except OSError:
        return ""
    return digest.hexdigest()


# documents --------------------------------------------------------------------------------------


def _documents(round_: Round, digests: Sequence[Digest]) -> Iterator[Problem]:
    """Documents of another unit of the round that this one lists too."""
    units = {issuer_key(unit.name): unit for unit in round_.units}
    listed: set[tuple[str, str, date | None]] = {
        (digest.unit, item.key, item.day) for digest in digests for item in digest.documents
    }
    for digest in digests:
        for item in digest.documents:
            issuer = units.get(issuer_key(item.issuer))
            if not issuer or issuer.code == digest.unit or not item.key or item.day is None:
                continue
            if (issuer.code, item.key, item.day) in listed:
                found = f"{item.number} ngày {vietnamese_date(item.day)}"
                yield problem("twin-document", item.number_place, found, _named(round_, [issuer.code]))


Marks = Mapping[tuple[str, ...], Place]  # what a unit wrote, and where each stands


def _own_documents(round_: Round) -> Callable[[Digest], Marks]:
    names = {unit.code: issuer_key(unit.name) for unit in round_.units}

    def marks(digest: Digest) -> Marks:
        return {
            (item.key, item.day.isoformat()): item.number_place
            for item in digest.documents
            if item.key and item.day and issuer_key(item.issuer) in ("", names.get(digest.unit))
        }

    return marks


def _explanations(digest: Digest) -> Marks:
    return {(id_, text): place for id_, (text, place) in digest.explanations.items()}


def _alike(
    round_: Round, digests: Sequence[Digest], marks_of: Callable[[Digest], Marks], code: str
) -> Iterator[Problem]:
    """One problem for each unit that shares enough with any other, at the first of what they share."""
    marks = {digest.unit: marks_of(digest) for digest in digests}
    holders: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for unit, found in marks.items():
        for mark in found:
            holders[mark].append(unit)
    for unit, found in marks.items():
        shared: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for mark in found:
            for other in holders[mark]:
                if other != unit:
                    shared[other].append(mark)
        enough = {
            other: alike
            for other, alike in shared.items()
            if len(alike) >= FEWEST_ALIKE and 2 * len(alike) >= min(len(found), len(marks[other]))
        }
        if enough:
            most = max(enough.values(), key=len)
            yield problem(code, found[most[0]], len(most), _named(round_, list(enough)))


def _named(round_: Round, codes: Sequence[str]) -> str:
    units: dict[str, Unit] = round_.by_code
    names = ", ".join(units[code].name if code in units else code for code in codes[:SHOWN_UNITS])
    rest = len(codes) - SHOWN_UNITS
    return names + (f" và {rest} đơn vị khác" if rest > 0 else "")
