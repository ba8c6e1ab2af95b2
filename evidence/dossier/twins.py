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
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

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


@lru_cache(maxsize=8192)  # the same few stand in every list
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


_Mark: TypeAlias = tuple[object, ...]
_Kind: TypeAlias = tuple[_Mark, ...]  # the marks of some units, in their order
Marks: TypeAlias = Mapping[_Mark, Place | Listed]  # what a unit wrote, and where each stands


def _own_documents(round_: Round) -> Callable[[Digest], Marks]:
    names = {unit.code: issuer_key(unit.name) for unit in round_.units}

    def marks(digest: Digest) -> Marks:
        return {
            (item.key, item.day): item
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
    # units with the same marks are looked at as one: a whole province may copy one text
    copies: dict[_Kind, list[str]] = defaultdict(list)
    for unit, found in marks.items():
        copies[tuple(found)].append(unit)
    rank = {unit: place for place, unit in enumerate(marks)}
    holders: dict[_Mark, list[_Kind]] = defaultdict(list)
    for kind in copies:
        for mark in kind:
            holders[mark].append(kind)
    enough = {kind: _enough(kind, copies, holders, rank) for kind in copies}
    for unit, found in marks.items():
        others = [(count, first, other) for count, first, other in enough[tuple(found)] if other != unit]
        if others:
            count, first, _ = max(others, key=lambda item: item[0])
            where = found[first]
            place = where if isinstance(where, Place) else where.number_place
            yield problem(code, place, count, _named(round_, [other for *_, other in others]))


def _enough(
    kind: _Kind,
    copies: Mapping[_Kind, Sequence[str]],
    holders: Mapping[_Mark, Sequence[_Kind]],
    rank: Mapping[str, int],
) -> list[tuple[int, _Mark, str]]:
    """The units that share enough with those of a kind, themselves among them: how much, what first, who.

    In the order in which one finds them who goes through the marks, and at each through the units.
    """
    shared: dict[_Kind, list[int]] = defaultdict(list)
    for place, mark in enumerate(kind):
        for other in holders[mark]:
            shared[other].append(place)
    found = sorted(
        (places[0], rank[unit], len(places), unit)
        for other, places in shared.items()
        if len(places) >= FEWEST_ALIKE and 2 * len(places) >= min(len(kind), len(other))
        for unit in copies[other]
    )
    return [(count, kind[first], unit) for first, _, count, unit in found]


def _named(round_: Round, codes: Sequence[str]) -> str:
    units: dict[str, Unit] = round_.by_code
    names = ", ".join(units[code].name if code in units else code for code in codes[:SHOWN_UNITS])
    rest = len(codes) - SHOWN_UNITS
    return names + (f" và {rest} đơn vị khác" if rest > 0 else "")
