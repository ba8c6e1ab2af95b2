"""Half-open bands of a percentage, used by the kinds that score one: fixed points, proportional, within."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from criteria.exact import UNIT, Ints, thousandths, vietnamese
from criteria.rules.rule import NUMBER, Exact, Fault, Formula

WHOLE = 100 * UNIT  # thousandths of a percent in the whole
SAFE = 2**62

BANDS_SCHEMA: dict[str, Any] = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "required": ["from", "points"],
        "properties": {
            "from": NUMBER,
            "points": {
                "anyOf": [
                    NUMBER,
                    {"const": "proportional"},
                    {
                        "type": "object",
                        "required": ["from", "to"],
                        "properties": {"from": NUMBER, "to": NUMBER},
                        "additionalProperties": False,
                    },
                ]
            },
        },
        "additionalProperties": False,
    },
}


@dataclass(frozen=True)
class Band:
    """From `start` (thousandths of a percent, included) up to the band above it.

    `points` in thousandths, or None for the maximum times the ratio; with `to`, the points rise from
    `points` at the band's start to `to` at the start of the band above.
    """

    start: int
    points: int | None
    to: int | None = None


@dataclass(frozen=True)
class Bands:
    """Bands from the highest to the lowest, of a criterion worth `top` thousandths."""

    top: int
    bands: tuple[Band, ...]

    @classmethod
    def parse(cls, raw: Sequence[Mapping[str, Any]] | None, top: int) -> Bands:
        """Bands of a file's list; none given means proportional throughout."""
        return cls(top, tuple(map(_band, raw)) if raw else (Band(0, None),))

    def exact(self, done: Ints, of: Ints) -> Exact:
        """Points of the ratios `done / of`, `of` above zero."""
        done, of = self._roomy(done, of)
        inside = [done * WHOLE >= band.start * of for band in self.bands]
        worths = [self._worth(index, done, of) for index in range(len(self.bands))]
        num = np.select(inside, [np.broadcast_to(num, done.shape) for num, _ in worths], 0)
        den = np.select(inside, [np.broadcast_to(den, done.shape) for _, den in worths], of)
        return Exact(num, den)

    def _roomy(self, done: Ints, of: Ints) -> tuple[Ints, Ints]:
        """The same ratios in numbers whose products fit: reduced, or Python's own if need be."""
        if not done.size:
            return done, of
        shared = np.maximum(np.gcd(done, of), 1)
        done, of = done // shared, of // shared
        # the largest product of `_worth`, doubled and scaled again by exact.divide
        if int(max(done.max(), of.max())) * WHOLE * max(self.top, 1) * 2_000 > SAFE:
            return done.astype(object), of.astype(object)
        return done, of

    def _worth(self, index: int, done: Any, of: Any) -> tuple[Any, Any]:
        """Numerator and denominator of a band's points; arrays, or texts of Excel expressions."""
        band = self.bands[index]
        if band.points is None:
            return done * self.top, of
        if band.to is None:
            return of * band.points, of
        span = self._above(index) - band.start
        rise = (done * WHOLE - of * band.start) * (band.to - band.points)
        return rise + of * (band.points * span), of * span

    def _above(self, index: int) -> int:
        return self.bands[index - 1].start if index else WHOLE

    def formula(self, done: str, of: str) -> Formula:
        """The Excel twin of `exact`; both expressions have whole values."""
        num, den = "0", of
        for index in range(len(self.bands) - 1, -1, -1):
            worth_num, worth_den = self._excel_worth(index, done, of)
            test = f"{done}*{WHOLE}>={self.bands[index].start}*{of}"
            num = f"IF({test},{worth_num},{num})"
            if worth_den != of or den != of:
                den = f"IF({test},{worth_den},{den})"
        return Formula(num, den)

    def _excel_worth(self, index: int, done: str, of: str) -> tuple[str, str]:
        band = self.bands[index]
        if band.points is None:
            return f"{done}*{self.top}", of
        if band.to is None:
            return f"{of}*{band.points}", of
        span = self._above(index) - band.start
        rise = f"({done}*{WHOLE}-{of}*{band.start})*({band.to - band.points})"
        return f"({rise}+{of}*{band.points * span})", f"{of}*{span}"

    def describe(self) -> str:
        """The bands in words."""
        return "; ".join(f"{self._span(i)}: {self._points(b)}" for i, b in enumerate(self.bands))

    def explain(self, done: int, of: int) -> str:
        """The percentage and the band it falls into, in words."""
        percent = f"{vietnamese(done)}/{vietnamese(of)} = {_percent(done, of)}"
        for index, band in enumerate(self.bands):
            if done * WHOLE >= band.start * of:
                return f"{percent}, {self._span(index)}: {self._points(band)}"
        return f"{percent}, dưới bậc thấp nhất: 0 điểm"

    def _span(self, index: int) -> str:
        start = vietnamese(self.bands[index].start)
        if index == 0:
            if self.bands[0].start == 0:
                return "theo tỷ lệ đạt được"
            return "đạt 100%" if self.bands[0].start == WHOLE else f"từ {start}% trở lên"
        above = vietnamese(self.bands[index - 1].start)
        return f"từ {start}% đến dưới {above}%" if self.bands[index].start else f"dưới {above}%"

    def _points(self, band: Band) -> str:
        if band.points is None:
            return f"{vietnamese(self.top)} điểm × tỷ lệ"
        if band.to is None:
            return f"{vietnamese(band.points)} điểm"
        return f"tăng đều từ {vietnamese(band.points)} đến {vietnamese(band.to)} điểm"

    def faults(self) -> Iterator[Fault]:
        """Bands out of order, without a bottom, above the maximum, or never reaching it."""
        for index, band in enumerate(self.bands):
            if index and band.start >= self.bands[index - 1].start:
                yield Fault("bands-order", ("bands", index, "from"), {"start": vietnamese(band.start)})
            most = max(band.points or 0, band.to or 0)
            if most > self.top:
                detail = {"points": vietnamese(most), "max": vietnamese(self.top)}
                yield Fault("points-over-max", ("bands", index, "points"), detail)
            if band.start > WHOLE:
                detail = {"start": vietnamese(band.start)}
                yield Fault("bands-over-whole", ("bands", index, "from"), detail)
        if all(band.start for band in self.bands):
            path = ("bands", len(self.bands) - 1, "from")
            yield Fault("bands-bottom", path, {"start": vietnamese(self.bands[-1].start)})
        best = max(self._best(index) for index in range(len(self.bands)))
        if best < self.top:
            detail = {"points": vietnamese(best), "max": vietnamese(self.top)}
            yield Fault("points-max-unreachable", ("bands",), detail)

    def _best(self, index: int) -> int:
        """The most that a band can give; proportional points stay under the maximum below 100%."""
        band = self.bands[index]
        if band.points is None:
            return self.top if index == 0 else 0
        return band.points if band.to is None else max(band.points, band.to if index == 0 else 0)


def _band(raw: Mapping[str, Any]) -> Band:
    start, points = thousandths(raw["from"]), raw["points"]
    if points == "proportional":
        return Band(start, None)
    if isinstance(points, Mapping):
        return Band(start, thousandths(points["from"]), thousandths(points["to"]))
    return Band(start, thousandths(points))


def _percent(done: int, of: int) -> str:
    """The percentage as people write it, cut (not rounded up) after two decimals and marked so."""
    hundredths, rest = divmod(done * 10_000, of)
    return f"{'khoảng ' if rest else ''}{vietnamese(hundredths * 10)}%"
