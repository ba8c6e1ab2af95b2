"""`ratio`: done out of a total, by bands of the percentage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from criteria.exact import UNIT, Ints, excel_thousandths
from criteria.rules.bands import BANDS_SCHEMA, Bands
from criteria.rules.rule import (
    NUMBER_INPUT,
    Exact,
    Fault,
    Formula,
    Input,
    Rule,
    input_label,
    input_step,
)


@dataclass(frozen=True)
class Ratio(Rule):
    """Points by the percentage `done / of`."""

    done: Input
    of: Input
    bands: Bands

    KIND: ClassVar[str] = "ratio"
    REQUIRED: ClassVar[tuple[str, ...]] = ("inputs", "bands")
    SCHEMA: ClassVar[dict[str, Any]] = {
        "inputs": {
            "type": "object",
            "required": ["done", "of"],
            "properties": {"done": NUMBER_INPUT, "of": NUMBER_INPUT},
            "additionalProperties": False,
        },
        "bands": BANDS_SCHEMA,
    }

    @classmethod
    def parse(cls, raw: Mapping[str, Any], top: int, points_step: int) -> Self:
        done_step, of_step = input_step(raw, "done"), input_step(raw, "of")
        done = Input("done", input_label(raw, "done", ""), "number", step=done_step, within="of")
        of = Input("of", input_label(raw, "of", ""), "number", step=of_step, positive=True)
        return cls(done, of, Bands.parse(raw["bands"], top))

    @property
    def inputs(self) -> tuple[Input, ...]:
        return (self.done, self.of)

    def points(self, x: Sequence[Ints]) -> Exact:
        return self.bands.exact(x[0], x[1])

    def formula(self, x: Sequence[str]) -> Formula:
        whole = self.done.step % UNIT == 0 and self.of.step % UNIT == 0
        done, of = x if whole else map(excel_thousandths, x)
        return self.bands.formula(done, of)

    def describe(self) -> str:
        return f"Tỷ lệ = {self.done.label} / {self.of.label}: {self.bands.describe()}."

    def explain(self, x: Sequence[int]) -> str:
        return self.bands.explain(x[0], x[1])

    def faults(self) -> Iterator[Fault]:
        return self.bands.faults()


RULE = Ratio
