"""`ratio`: done out of a total, by half-open bands of the percentage, fixed or proportional."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np

from criteria.exact import UNIT, Ints, excel_thousandths, thousandths, vietnamese
from criteria.rules.rule import (
    NUMBER,
    NUMBER_INPUT,
    Exact,
    Fault,
    Formula,
    Input,
    input_label,
    input_step,
)

WHOLE = 100 * UNIT  # thousandths of a percent in the whole


@dataclass(frozen=True)
class Band:
    """From `start` (thousandths of a percent, included) up to the band above it.

    `points` in thousandths, or None for the maximum times the ratio.
    """

    start: int
    points: int | None


@dataclass(frozen=True)
class Ratio:
    """Points by the percentage `done / of`; bands from the highest to the lowest."""

    top: int
    done: Input
    of: Input
    bands: tuple[Band, ...]

    KIND: ClassVar[str] = "ratio"
    REQUIRED: ClassVar[tuple[str, ...]] = ("inputs", "bands")
    SCHEMA: ClassVar[dict[str, Any]] = {
        "inputs": {
            "type": "object",
            "required": ["done", "of"],
            "properties": {"done": NUMBER_INPUT, "of": NUMBER_INPUT},
            "additionalProperties": False,
        },
        "bands": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["from", "points"],
                "properties": {
                    "from": NUMBER,
                    "points": {"anyOf": [NUMBER, {"const": "proportional"}]},
                },
                "additionalProperties": False,
            },
        },
    }

    @classmethod
    def parse(cls, raw: Mapping[str, Any], top: int, points_step: int) -> Self:
        done = Input("done", input_label(raw, "done", ""), "number",
                     step=input_step(raw, "done"), within="of")  # fmt: skip
        of = Input("of", input_label(raw, "of", ""), "number",
                   step=input_step(raw, "of"), positive=True)  # fmt: skip
        return cls(top, done, of, tuple(_band(band) for band in raw["bands"]))

    @property
    def inputs(self) -> tuple[Input, ...]:
        return (self.done, self.of)

    def points(self, x: Sequence[Ints]) -> Exact:
        done, of = x
        in_band = [done * WHOLE >= band.start * of for band in self.bands]
        worth = [self.top * done if b.points is None else b.points * of for b in self.bands]
        return Exact(np.select(in_band, worth, 0), of)

    def formula(self, x: Sequence[str]) -> Formula:
        whole = self.done.step % UNIT == 0 and self.of.step % UNIT == 0
        done, of = x if whole else map(excel_thousandths, x)
        num = "0"
        for band in reversed(self.bands):
            worth = f"{self.top}*{done}" if band.points is None else f"{band.points}*{of}"
            num = f"IF({done}*{WHOLE}>={band.start}*{of},{worth},{num})"
        return Formula(num, of)

    def describe(self) -> str:
        steps = (f"{self._span(i)}: {self._worth(b)}" for i, b in enumerate(self.bands))
        return f"Tỷ lệ = {self.done.label} / {self.of.label}: " + "; ".join(steps) + "."

    def explain(self, x: Sequence[int]) -> str:
        done, of = x
        index = next((i for i, b in enumerate(self.bands) if done * WHOLE >= b.start * of), None)
        percent = f"{vietnamese(done)}/{vietnamese(of)} = {_percent(done, of)}"
        if index is None:
            return f"{percent}, dưới bậc thấp nhất: 0 điểm"
        return f"{percent}, {self._span(index)}: {self._worth(self.bands[index])}"

    def _span(self, index: int) -> str:
        start = vietnamese(self.bands[index].start)
        if index == 0:
            return "đạt 100%" if self.bands[0].start == WHOLE else f"từ {start}% trở lên"
        above = vietnamese(self.bands[index - 1].start)
        return f"từ {start}% đến dưới {above}%" if self.bands[index].start else f"dưới {above}%"

    def _worth(self, band: Band) -> str:
        if band.points is None:
            return f"{vietnamese(self.top)} điểm × tỷ lệ"
        return f"{vietnamese(band.points)} điểm"

    def faults(self) -> Iterator[Fault]:
        for index, band in enumerate(self.bands):
            if index and band.start >= self.bands[index - 1].start:
                detail = {"start": vietnamese(band.start)}
                yield Fault("bands-order", ("bands", index, "from"), detail)
            if band.points is not None and band.points > self.top:
                detail = {"points": vietnamese(band.points), "max": vietnamese(self.top)}
                yield Fault("points-over-max", ("bands", index, "points"), detail)
        last = self.bands[-1]
        if last.start:
            yield Fault("bands-bottom", ("bands", len(self.bands) - 1, "from"),
                        {"start": vietnamese(last.start)})  # fmt: skip
        best = max(self.top if band.points is None else band.points for band in self.bands)
        if best < self.top:
            detail = {"points": vietnamese(best), "max": vietnamese(self.top)}
            yield Fault("points-max-unreachable", ("bands",), detail)


def _band(raw: Mapping[str, Any]) -> Band:
    points = None if raw["points"] == "proportional" else thousandths(raw["points"])
    return Band(thousandths(raw["from"]), points)


def _percent(done: int, of: int) -> str:
    """The percentage as people write it, cut (not rounded up) after two decimals and marked so."""
    hundredths, rest = divmod(done * 10_000, of)
    return f"{'khoảng ' if rest else ''}{vietnamese(hundredths * 10)}%"


RULE = Ratio
