"""`count`: so many points for each, added from nothing or taken off the maximum."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np

from criteria.exact import LARGEST, UNIT, Ints, thousandths, vietnamese
from criteria.rules.rule import (
    LABEL,
    NUMBER,
    Exact,
    Fault,
    Formula,
    Input,
    input_label,
)


@dataclass(frozen=True)
class Count:
    """`each` thousandths of a point for each counted thing, never under 0 nor above `top`."""

    top: int
    label: str
    each: int
    take_off: bool

    KIND: ClassVar[str] = "count"
    REQUIRED: ClassVar[tuple[str, ...]] = ("inputs", "each", "direction")
    SCHEMA: ClassVar[dict[str, Any]] = {
        "inputs": {
            "type": "object",
            "required": ["count"],
            "properties": {"count": LABEL},
            "additionalProperties": False,
        },
        "each": NUMBER,
        "direction": {"enum": ["add", "take_off"]},
    }

    @classmethod
    def parse(cls, raw: Mapping[str, Any], top: int, points_step: int) -> Self:
        take_off = raw["direction"] == "take_off"
        return cls(top, input_label(raw, "count", ""), thousandths(raw["each"]), take_off)

    @property
    def inputs(self) -> tuple[Input, ...]:
        return (Input("count", self.label, "number"),)

    def points(self, x: Sequence[Ints]) -> Exact:
        # a count that reaches the bound is as good as any larger one: keeps the product in int64
        count = np.minimum(x[0] // UNIT, LARGEST // UNIT)
        moved = np.minimum(count * self.each, self.top)
        return Exact(self.top - moved if self.take_off else moved, np.ones_like(moved))

    def formula(self, x: Sequence[str]) -> Formula:
        moved = f"MIN({x[0]}*{self.each},{self.top})"
        return Formula(f"{self.top}-{moved}" if self.take_off else moved, "1")

    def describe(self) -> str:
        each, top = vietnamese(self.each), vietnamese(self.top)
        if self.take_off:
            return f"{self.label}: từ {top} điểm, mỗi trường hợp trừ {each} điểm, không âm."
        return f"{self.label}: mỗi trường hợp được {each} điểm, tối đa {top} điểm."

    def explain(self, x: Sequence[int]) -> str:
        each, times = vietnamese(self.each), vietnamese(x[0])
        if self.take_off:
            return f"{times} trường hợp, mỗi trường hợp trừ {each} điểm từ {vietnamese(self.top)}"
        return f"{times} trường hợp, mỗi trường hợp được {each} điểm, tối đa {vietnamese(self.top)}"

    def faults(self) -> Iterator[Fault]:
        if self.each == 0:
            detail = {"points": "0", "max": vietnamese(self.top)}
            yield Fault("points-max-unreachable", ("each",), detail)


RULE = Count
