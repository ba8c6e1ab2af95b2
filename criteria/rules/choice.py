"""`choice`: named levels, each with fixed points or a share of the maximum."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np

from criteria.exact import UNIT, Ints, thousandths, vietnamese
from criteria.rules.rule import LABEL, NUMBER, Exact, Fault, Formula, Input, Rule, input_label

WHOLE = 100 * UNIT  # thousandths of a percent in the whole


@dataclass(frozen=True)
class Choice(Rule):
    """Levels and their worth: `worth[i] / WHOLE` thousandths of a point for `levels[i]`."""

    top: int
    label: str
    levels: tuple[str, ...]
    worth: tuple[int, ...]

    KIND: ClassVar[str] = "choice"
    REQUIRED: ClassVar[tuple[str, ...]] = ("options",)
    SCHEMA: ClassVar[dict[str, Any]] = {
        "inputs": {
            "type": "object",
            "properties": {"level": LABEL},
            "additionalProperties": False,
        },
        "options": {
            "type": "array",
            "minItems": 2,
            "items": {
                "type": "object",
                "required": ["label"],
                "properties": {"label": LABEL, "points": NUMBER, "share": NUMBER},
                "additionalProperties": False,
                "oneOf": [{"required": ["points"]}, {"required": ["share"]}],
            },
        },
    }

    @classmethod
    def parse(cls, raw: Mapping[str, Any], top: int, points_step: int) -> Self:
        options = raw["options"]
        return cls(
            top,
            input_label(raw, "level", "Mức độ thực hiện"),
            tuple(option["label"] for option in options),
            tuple(
                thousandths(option["points"]) * WHOLE
                if "points" in option
                else thousandths(option["share"]) * top
                for option in options
            ),
        )

    @property
    def inputs(self) -> tuple[Input, ...]:
        return (Input("level", self.label, "level", levels=self.levels),)

    def points(self, x: Sequence[Ints]) -> Exact:
        worth = np.array(self.worth, dtype=np.int64)[x[0]]
        return Exact(worth, np.full_like(worth, WHOLE))

    def formula(self, x: Sequence[str]) -> Formula:
        return Formula(f"CHOOSE({x[0]},{','.join(map(str, self.worth))})", str(WHOLE))

    def describe(self) -> str:
        parts = (
            f"{level}: {self._points_text(worth)}"
            for level, worth in zip(self.levels, self.worth, strict=True)
        )
        return "; ".join(parts) + "."

    def explain(self, x: Sequence[int]) -> str:
        return f"Mức “{self.levels[x[0]]}”: {self._points_text(self.worth[x[0]])}"

    def _points_text(self, worth: int) -> str:
        if worth % WHOLE == 0:
            return f"{vietnamese(worth // WHOLE)} điểm"
        return f"{vietnamese(worth // self.top)}% điểm tối đa"

    def attainable(self, x: Sequence[int] | None) -> tuple[Ints, ...]:
        return (np.arange(len(self.levels), dtype=np.int64),)

    def faults(self) -> Iterator[Fault]:
        for index, level in enumerate(self.levels):
            if level in self.levels[:index]:
                yield Fault("options-duplicate", ("options", index, "label"), {"label": level})
            if self.worth[index] > self.top * WHOLE:
                detail = {
                    "points": vietnamese(self.worth[index] // WHOLE),
                    "max": vietnamese(self.top),
                }
                yield Fault("points-over-max", ("options", index), detail)
        best = max(self.worth)
        if best < self.top * WHOLE:
            detail = {"points": vietnamese(best // WHOLE), "max": vietnamese(self.top)}
            yield Fault("points-max-unreachable", ("options",), detail)


RULE = Choice
