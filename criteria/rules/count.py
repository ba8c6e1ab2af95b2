"""`count`: so many points for each, added from nothing or taken off the maximum."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np

from criteria.exact import LARGEST, UNIT, Ints, thousandths, vietnamese
from criteria.rules.rule import LABEL, NUMBER, Exact, Fault, Formula, Input, Rule, input_label


@dataclass(frozen=True)
class Count(Rule):
    """`each` thousandths of a point for each counted thing beyond the first `free` ones.

    Added from `floor` up to `cap`, or taken off from `cap` down to `floor`.
    """

    label: str
    each: int
    take_off: bool
    free: int  # whole things, not thousandths
    floor: int
    cap: int
    top: int

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
        "free": {"type": "string", "pattern": r"^[0-9]{1,6}$"},
        "floor": NUMBER,
        "cap": NUMBER,
    }

    @classmethod
    def parse(cls, raw: Mapping[str, Any], top: int, points_step: int) -> Self:
        return cls(
            label=input_label(raw, "count", ""),
            each=thousandths(raw["each"]),
            take_off=raw["direction"] == "take_off",
            free=int(raw.get("free", "0")),
            floor=thousandths(raw.get("floor", "0")),
            cap=thousandths(raw["cap"]) if "cap" in raw else top,
            top=top,
        )

    @property
    def inputs(self) -> tuple[Input, ...]:
        return (Input("count", self.label, "number"),)

    def points(self, x: Sequence[Ints]) -> Exact:
        # beyond the largest figure nothing changes: keeps the product in int64
        count = np.clip(x[0] // UNIT - self.free, 0, LARGEST // UNIT)
        moved = np.minimum(count * self.each, self.cap - self.floor)
        points = self.cap - moved if self.take_off else self.floor + moved
        return Exact(points, np.ones_like(points))

    def formula(self, x: Sequence[str]) -> Formula:
        count = f"MAX({x[0]}-{self.free},0)" if self.free else x[0]
        moved = f"MIN({count}*{self.each},{self.cap - self.floor})"
        return Formula(f"{self.cap}-{moved}" if self.take_off else f"{self.floor}+{moved}", "1")

    def describe(self) -> str:
        each, cap, floor = map(vietnamese, (self.each, self.cap, self.floor))
        free = f" (không tính {self.free} trường hợp đầu)" if self.free else ""
        if self.take_off:
            least = "không âm" if self.floor == 0 else f"thấp nhất {floor} điểm"
            return f"{self.label}{free}: từ {cap} điểm, mỗi trường hợp trừ {each} điểm, {least}."
        start = f"{floor} điểm, cộng thêm" if self.floor else "được"
        return f"{self.label}{free}: mỗi trường hợp {start} {each} điểm, tối đa {cap} điểm."

    def explain(self, x: Sequence[int]) -> str:
        each, times = vietnamese(self.each), vietnamese(x[0])
        free = f" (miễn {self.free})" if self.free else ""
        if self.take_off:
            return f"{times} trường hợp{free}, mỗi trường hợp trừ {each} điểm từ {vietnamese(self.cap)}"
        return f"{times} trường hợp{free}, mỗi trường hợp được {each} điểm, tối đa {vietnamese(self.cap)}"

    def attainable(self, x: Sequence[int] | None) -> tuple[Ints, ...]:
        # the first `free` things are worth one and the same, as is everything past the cap
        most = -(-(self.cap - self.floor) // self.each) if self.each else 0
        return ((self.free + np.arange(most + 1, dtype=np.int64)) * UNIT,)

    def faults(self) -> Iterator[Fault]:
        top = vietnamese(self.top)
        if self.each == 0:
            yield Fault("each-zero", ("each",), {})
        if self.cap > self.top:
            yield Fault("points-over-max", ("cap",), {"points": vietnamese(self.cap), "max": top})
        elif self.cap < self.top:
            detail = {"points": vietnamese(self.cap), "max": top}
            yield Fault("points-max-unreachable", ("cap",), detail)
        if self.floor > self.cap:
            detail = {"floor": vietnamese(self.floor), "cap": vietnamese(self.cap)}
            yield Fault("floor-over-cap", ("floor",), detail)


RULE = Count
