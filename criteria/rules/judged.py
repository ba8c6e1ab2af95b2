"""`judged`: points that a person gives, in steps, from nothing to the maximum."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np

from criteria.exact import Ints, excel_thousandths, thousandths, vietnamese
from criteria.rules.rule import LABEL, NUMBER, Exact, Fault, Formula, Input, Rule, input_label


@dataclass(frozen=True)
class Judged(Rule):
    """Points given by a person; `top` and `step` in thousandths of a point."""

    top: int
    step: int
    label: str

    KIND: ClassVar[str] = "judged"
    REQUIRED: ClassVar[tuple[str, ...]] = ()
    SCHEMA: ClassVar[dict[str, Any]] = {
        "step": NUMBER,
        "inputs": {
            "type": "object",
            "properties": {"points": LABEL},
            "additionalProperties": False,
        },
    }

    @classmethod
    def parse(cls, raw: Mapping[str, Any], top: int, points_step: int) -> Self:
        step = thousandths(raw["step"]) if "step" in raw else points_step
        return cls(top, step, input_label(raw, "points", "Điểm đề nghị"))

    @property
    def inputs(self) -> tuple[Input, ...]:
        return (Input("points", self.label, "number", step=self.step, most=self.top),)

    def points(self, x: Sequence[Ints]) -> Exact:
        return Exact(x[0], np.ones_like(x[0]))

    def formula(self, x: Sequence[str]) -> Formula:
        return Formula(excel_thousandths(x[0]), "1")

    def describe(self) -> str:
        return (
            f"Chấm từ 0 đến {vietnamese(self.top)} điểm theo mức độ thực hiện, "
            f"mỗi bước {vietnamese(self.step)} điểm."
        )

    def explain(self, x: Sequence[int]) -> str:
        return f"Đề nghị {vietnamese(x[0])} trên {vietnamese(self.top)} điểm"

    def attainable(self, x: Sequence[int] | None) -> tuple[Ints, ...]:
        return (np.arange(0, self.top + 1, self.step or self.top + 1, dtype=np.int64),)

    def faults(self) -> Iterator[Fault]:
        if self.step == 0 or self.top % self.step:
            detail = {"max": vietnamese(self.top), "step": vietnamese(self.step)}
            yield Fault("step-not-dividing", ("max",), detail)


RULE = Judged
