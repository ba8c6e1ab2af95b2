"""Which gains a number of changed criteria can come to: sets of sums, kept as the bits of whole numbers.

Bit n of a set stands for a gain of n units (whatever a unit is); a set is shifted by a gain and joined with
others. What else the grade hangs on (marks, claims without evidence) stands in the key beside each set.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol, TypeAlias


class Key(NamedTuple):
    """Criteria changed, marks that are set, claims without evidence."""

    changed: int
    marks: int
    bare: int


Table: TypeAlias = dict[Key, int]  # for each key the set of gains, as bits


class Bounds(NamedTuple):
    """What is not looked beyond: criteria changed, units of gain, claims without evidence."""

    changed: int
    gain: int
    bare: int


NOWHERE = Bounds(0, 0, 0)


class Part(Protocol):
    """A criterion, or a group of them that counts as a whole."""

    def table(self, bounds: Bounds) -> Table:
        """The gains that it can come to."""

    def undo(self, key: Key, gain: int) -> dict[int, int]:
        """One way to a gain of the table: criteria by their place, with the gain of each (units)."""


@dataclass(frozen=True)
class Leaf:
    """One criterion: as it stands, or changed; `options` are its gains by what is marked then."""

    place: int
    stays: Key
    options: Table

    def table(self, bounds: Bounds) -> Table:
        """The gains of the criterion."""
        window = (2 << bounds.gain) - 1
        return {self.stays: 1} | (
            {key: bits & window for key, bits in self.options.items()} if bounds.changed else {}
        )

    def undo(self, key: Key, gain: int) -> dict[int, int]:
        """The criterion with its gain; nothing where it stays."""
        return {self.place: gain} if key.changed else {}


@dataclass
class Joined:
    """Parts together; the first is the first in the file, and preferred where ways are equal."""

    parts: Sequence[Part]
    _bounds: Bounds = NOWHERE
    _own: list[Table] = field(default_factory=list)  # of each part, the last first
    _sums: list[Table] = field(default_factory=list)  # of the parts so far

    def table(self, bounds: Bounds) -> Table:
        """All sums of gains of the parts."""
        self._bounds = bounds
        self._own = [part.table(bounds) for part in reversed(self.parts)]
        self._sums = [{Key(0, 0, 0): 1}]
        for own in self._own:
            self._sums.append(_add(self._sums[-1], own, bounds))
        return self._sums[-1]

    def undo(self, key: Key, gain: int) -> dict[int, int]:
        """One way to a sum, of earlier criteria rather than later ones."""
        chosen: dict[int, int] = {}
        for part, own, rest in zip(self.parts, self._own[::-1], self._sums[-2::-1], strict=True):
            mine, its, key, gain = next(_splits(own, rest, key, gain, self._bounds.bare))
            chosen |= part.undo(mine, its)
        return chosen


@dataclass
class Whole:
    """A group that counts as a whole: `count` gives for a raw gain the one that counts, and the marks."""

    inner: Joined
    count: Callable[[int], tuple[int, int]]
    _raw: Table = field(default_factory=dict)

    def table(self, bounds: Bounds) -> Table:
        """The gains that count."""
        self._raw = self.inner.table(bounds)
        counted: Table = {}
        for key, bits in self._raw.items():
            for raw in ones(bits):
                gain, marks = self.count(raw)
                full = key._replace(marks=key.marks | marks)
                counted[full] = counted.get(full, 0) | 1 << gain
        return counted

    def undo(self, key: Key, gain: int) -> dict[int, int]:
        """One way to a gain that counts, by the least raw gain."""
        for inner, bits in self._raw.items():
            if (inner.changed, inner.bare) == (key.changed, key.bare):
                for raw in ones(bits):
                    counted, marks = self.count(raw)
                    if counted == gain and inner.marks | marks == key.marks:
                        return self.inner.undo(inner, raw)
        raise KeyError(key)


def ones(bits: int) -> Iterator[int]:
    """The members of a set, rising."""
    for start, length in runs(bits):
        yield from range(start, start + length)


def runs(bits: int) -> Iterator[tuple[int, int]]:
    """A set as runs of neighbours: first member and how many."""
    start = 0
    while bits:
        low = (bits & -bits).bit_length() - 1
        bits >>= low
        length = (~bits & (bits + 1)).bit_length() - 1
        yield start + low, length
        bits >>= length
        start += low + length


def least_from(bits: int, start: int) -> int | None:
    """The least member that is not under `start`."""
    rest = bits >> start
    return start + (rest & -rest).bit_length() - 1 if rest else None


def _add(left: Table, right: Table, bounds: Bounds) -> Table:
    """All sums of a gain of each."""
    window = (2 << bounds.gain) - 1
    shifts = {key: list(runs(bits)) for key, bits in right.items()}
    sums: Table = {}
    for a, bits in left.items():
        for b, own in shifts.items():
            if a.changed + b.changed > bounds.changed:
                continue
            key = _both(a, b, bounds.bare)
            found = sums.get(key, 0)
            for start, length in own:
                found |= _smeared(bits, length) << start
            sums[key] = found & window
    return {key: bits for key, bits in sums.items() if bits}


def _both(a: Key, b: Key, most_bare: int) -> Key:
    return Key(a.changed + b.changed, a.marks | b.marks, min(a.bare + b.bare, most_bare))


def _smeared(bits: int, length: int) -> int:
    """The set joined with itself shifted by 1, 2, ... under `length`."""
    done = 1
    while done < length:
        step = min(done, length - done)
        bits |= bits << step
        done += step
    return bits


def _splits(
    own: Table, rest: Table, key: Key, gain: int, most_bare: int
) -> Iterator[tuple[Key, int, Key, int]]:
    """The ways in which a gain is one of `own` and one of `rest`; many changes of `own` first."""
    for mine in sorted(own, key=lambda item: -item.changed):
        for other, bits in rest.items():
            if _both(mine, other, most_bare) == key:
                for its in ones(own[mine]):
                    if its <= gain and bits >> (gain - its) & 1:
                        yield mine, its, other, gain - its
