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
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from criteria.document import vietnamese_date
from criteria.model import Unit
from evidence.dossier.checks import CitedFiles
from evidence.dossier.digest import MARK, Digest, Listed, issuer_key, own_documents
from evidence.dossier.folder import DossierFile
from evidence.problems import Place, Problem, problem
from evidence.round import Round
from evidence.sealing.fingerprint import sha256_of

FEWEST_ALIKE = 3  # documents or explanations that make a coincidence unlikely
SHOWN_UNITS = 3  # named in one problem


def twin_problems(
    round_: Round, digests: Sequence[Digest], cited: Sequence[CitedFiles]
) -> Iterator[Problem]:
    """What units share with others and give as their own; at most one problem a unit and kind of list."""
    yield from _files(round_, cited)
    yield from _documents(round_, digests)
    yield from _alike(round_, digests, _own_marks, _own_place, "twin-list")
    yield from _alike(round_, digests, _told_marks, _told_place, "twin-explanations")


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
                with suppress(OSError):  # what cannot be read is like nothing
                    by_bytes[sha256_of(file.path)].append((unit, file, listed))
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
            yield problem("twin-file", listed.file_place, file.name, _named(round_, others, len(others)))


def _same_in_one(alike: Sequence[tuple[CitedFiles, DossierFile, Listed]]) -> Iterator[Problem]:
    """Two names for the same content within one dossier, given for two documents."""
    first: dict[str, DossierFile] = {}
    for unit, file, listed in alike:
        other = first.setdefault(unit.digest.unit, file)
        if other is not file:
            yield problem("dossier-same-content", listed.file_place, file.name, other.name)


# documents --------------------------------------------------------------------------------------


def _documents(round_: Round, digests: Sequence[Digest]) -> Iterator[Problem]:
    """Documents of another unit of the round that this one lists too."""
    units = {issuer_key(unit.name): unit for unit in round_.units}
    by_unit = {digest.unit: digest for digest in digests}
    listed: dict[str, set[tuple[str, date | None]]] = {}

    def lists(unit: str, item: Listed) -> bool:
        if unit not in listed:
            own = by_unit[unit].documents if unit in by_unit else ()
            listed[unit] = {(document.key, document.day) for document in own}
        return (item.key, item.day) in listed[unit]

    for digest in digests:
        others = {key for key in digest.issuers if key in units and units[key].code != digest.unit}
        for item in digest.documents if others else ():
            issuer = units.get(issuer_key(item.issuer))
            if not issuer or issuer.code == digest.unit or not item.key or item.day is None:
                continue
            if lists(issuer.code, item):
                found = f"{item.number} ngày {vietnamese_date(item.day)}"
                yield problem("twin-document", item.number_place, found, _named(round_, [issuer.code]))


_Marks: TypeAlias = npt.NDArray[np.uint64]  # what a unit wrote, in its order, none twice


def _own_marks(digest: Digest) -> _Marks:
    return np.frombuffer(digest.own, dtype=np.uint64)


def _own_place(round_: Round, digest: Digest, index: int) -> Place:
    own = own_documents(digest.documents, round_.by_code[digest.unit].name)
    return list(own.values())[index].number_place


def _told_marks(digest: Digest) -> _Marks:
    told = (f"{id_} {text}".encode() for id_, (text, _) in digest.explanations.items())
    marks = b"".join(hashlib.blake2b(text, digest_size=MARK).digest() for text in told)
    return np.frombuffer(marks, dtype=np.uint64)


def _told_place(round_: Round, digest: Digest, index: int) -> Place:
    return list(digest.explanations.values())[index][1]


def _alike(
    round_: Round,
    digests: Sequence[Digest],
    marks_of: Callable[[Digest], _Marks],
    place_of: Callable[[Round, Digest, int], Place],
    code: str,
) -> Iterator[Problem]:
    """One problem for each unit that shares enough with any other, at the first of what they share."""
    # units with the same marks are looked at as one: a whole province may copy one text
    copies: dict[bytes, list[int]] = defaultdict(list)
    for rank, digest in enumerate(digests):
        copies[marks_of(digest).tobytes()].append(rank)
    kinds = [np.frombuffer(kind, dtype=np.uint64) for kind in copies]
    units = list(copies.values())
    found: list[tuple[int, int, int, list[str], int]] = []
    for kind, shared in enumerate(_shared(kinds)):
        own = units[kind]
        if len(own) > 1 and len(kinds[kind]) >= FEWEST_ALIKE:
            shared[kind] = (len(kinds[kind]), 0)
        # in the order in which one finds them who goes through the marks, and at each through the units
        alike = sorted(
            (first, unit, count) for other, (count, first) in shared.items() for unit in units[other]
        )
        most = sorted(alike, key=lambda item: -item[2])[:2]
        for unit in own if alike else ():
            first, _, count = next(item for item in most if item[1] != unit)
            named = [digests[other].unit for _, other, _ in alike[: SHOWN_UNITS + 1] if other != unit]
            found.append((unit, count, first, named, len(alike) - (kind in shared)))
    for unit, count, first, named, several in sorted(found):
        yield problem(code, place_of(round_, digests[unit], first), count, _named(round_, named, several))


def _shared(kinds: Sequence[_Marks]) -> Iterator[dict[int, tuple[int, int]]]:
    """For each of these lists of marks the others that share enough with it: how many, and the first.

    All holders of a list's marks are counted at once: among a nation's units most marks have some.
    """
    lengths = np.fromiter(map(len, kinds), dtype=np.int64, count=len(kinds))
    _, marks, times = np.unique(
        np.concatenate([*kinds, np.empty(0, np.uint64)]), return_inverse=True, return_counts=True
    )
    holders = np.repeat(np.arange(len(kinds)), lengths)[np.argsort(marks, kind="stable")]
    starts = np.cumsum(times) - times
    for kind, end in enumerate(np.cumsum(lengths)):
        own = marks[end - lengths[kind] : end]
        own = own[times[own] > 1]
        jumps = np.repeat(starts[own] - (np.cumsum(times[own]) - times[own]), times[own])
        counts = np.bincount(holders[jumps + np.arange(len(jumps))], minlength=len(kinds))
        counts[kind] = 0
        enough = (counts >= FEWEST_ALIKE) & (2 * counts >= np.minimum(lengths, lengths[kind]))
        yield {
            int(other): (int(counts[other]), int(np.isin(kinds[kind], kinds[other]).argmax()))
            for other in np.flatnonzero(enough)
        }


def _named(round_: Round, codes: Sequence[str], count: int = 1) -> str:
    """The names of so many units, of which the first are given."""
    units: dict[str, Unit] = round_.by_code
    names = ", ".join(units[code].name if code in units else code for code in codes[:SHOWN_UNITS])
    rest = count - SHOWN_UNITS
    return names + (f" và {rest} đơn vị khác" if rest > 0 else "")
