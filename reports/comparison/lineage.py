"""Which units of an earlier roster the units of a later one were, by the dated table of mergers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from evidence.mergers import Merger

Relation = Literal["same", "renamed", "merged", "split", "new"]


@dataclass(frozen=True)
class Origin:
    """What a unit of the later roster was: `before` are codes of the earlier one, in their order there.

    "same" and "renamed" have one that is theirs alone, so that figures may be held against each
    other; "merged" has several; "split" has one or more that it shares; "new" has none. `documents`
    are those of the mergers on the way.
    """

    relation: Relation
    before: tuple[str, ...]
    documents: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lineage:
    """Origin of each unit of the later roster; codes of the earlier one that nothing came from."""

    origins: Mapping[str, Origin]
    gone: tuple[str, ...]
    used: tuple[Merger, ...]


def lineage(
    old: Sequence[str],
    new: Sequence[str],
    mergers: Iterable[Merger] = (),
    years: tuple[int, int] | None = None,
) -> Lineage:
    """The origins of the units `new` among the units `old`.

    `years`: of the two rosters; lines outside them are left out. Within them a line is used where its
    old unit is there at that time, and where the later roster really has left the old unit: a roster
    drawn up in the year of a merger may be from before or after it.
    """
    before: dict[str, dict[str, tuple[str, ...]]] = {code: {code: ()} for code in old}
    used: list[Merger] = []
    for _, lines in groupby(_in_time(mergers, years), key=lambda item: item.on):
        live = _effective([line for line in lines if line.old in before], frozenset(new))
        used += live
        moved: dict[str, dict[str, tuple[str, ...]]] = {}
        for line in live:
            for code, documents in before[line.old].items():
                told = dict.fromkeys([*documents, *filter(None, [line.document])])
                moved.setdefault(line.new, {})[code] = tuple(told)
        for code in {line.old for line in live}:
            del before[code]
        for code, origins in moved.items():
            before[code] = {**before.get(code, {}), **origins}
    return _told(old, new, before, tuple(used))


def _in_time(mergers: Iterable[Merger], years: tuple[int, int] | None) -> list[Merger]:
    ordered = sorted(mergers, key=lambda item: item.on)
    return [item for item in ordered if years is None or years[0] <= item.on.year <= years[1]]


def _effective(lines: Sequence[Merger], new: Collection[str]) -> list[Merger]:
    """The lines of a day that the later roster shows: not those whose old unit is in it still.

    An old unit whose code a new one took over (itself among its successors) has not stayed.
    """
    successors: dict[str, set[str]] = {}
    for line in lines:
        successors.setdefault(line.old, set()).add(line.new)
    taken = {line.new for line in lines}
    stayed = {code for code in successors if code in new and code not in taken}
    live = [line for line in lines if line.old not in stayed]
    # a code that only became itself: the roster is from after the merger already
    return [
        line
        for line in live
        if line.old != line.new
        or line.kind == "rename"  # a new name under the old code
        or sum(other.new == line.new or other.old == line.old for other in live) > 1
    ]


def _told(
    old: Sequence[str],
    new: Sequence[str],
    before: Mapping[str, Mapping[str, tuple[str, ...]]],
    used: tuple[Merger, ...],
) -> Lineage:
    order = {code: at for at, code in enumerate(old)}
    heirs: dict[str, int] = {}
    for code in new:
        for origin in before.get(code, {}):
            heirs[origin] = heirs.get(origin, 0) + 1
    named = {line.new for line in used if line.kind == "rename"}
    origins = {}
    for code in new:
        came = before.get(code, {})
        codes = tuple(sorted(came, key=order.__getitem__))
        documents = tuple(dict.fromkeys(text for key in codes for text in came[key]))
        relation = _relation(code, codes, heirs)
        if relation == "same" and code in named:
            relation = "renamed"
        origins[code] = Origin(relation, codes, documents)
    return Lineage(origins, tuple(code for code in old if code not in heirs), used)


def _relation(code: str, before: Sequence[str], heirs: Mapping[str, int]) -> Relation:
    if not before:
        return "new"
    if len(before) > 1:
        return "merged"
    if heirs[before[0]] > 1:
        return "split"
    return "same" if before[0] == code else "renamed"
