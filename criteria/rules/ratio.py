"""`ratio`: done out of a total, by bands of the percentage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np

from criteria.exact import UNIT, Ints, excel_thousandths
from criteria.rules.bands import BANDS_SCHEMA, WHOLE, Bands
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

# totals of more steps than this are not gone through one by one: so many shares evenly spread are, and
# where each band begins
LISTED = 20_000


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

    def attainable(self, x: Sequence[int] | None) -> tuple[Ints, ...]:
        # nothing declared: as if of a hundred
        of = x[1] if x else 100 * UNIT
        step = self.done.step
        steps = of // step
        if steps <= LISTED:
            done = np.arange(steps + 1, dtype=np.int64) * step
        else:
            spread = [steps * part // LISTED for part in range(LISTED + 1)]
            starts = [-(-band.start * of // (WHOLE * step)) for band in self.bands.bands]
            done = np.unique(np.array([*spread, *starts], dtype=np.int64)) * step
            done = done[done <= of]
        return done, np.full_like(done, of)

    def faults(self) -> Iterator[Fault]:
        return self.bands.faults()


RULE = Ratio
