"""`imported`: a result made elsewhere (an index, a survey, a superior level), from a table of the round."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np

from criteria.exact import Ints, excel_thousandths, thousandths, vietnamese
from criteria.rules.bands import BANDS_SCHEMA, WHOLE, Bands
from criteria.rules.rule import LABEL, NUMBER, Exact, Fault, Formula, Input, Rule, input_label


@dataclass(frozen=True)
class Imported(Rule):
    """Points by the share that a result has of its own maximum `of` (thousandths)."""

    table: str
    label: str
    of: int
    as_percent: bool
    bands: Bands

    KIND: ClassVar[str] = "imported"
    REQUIRED: ClassVar[tuple[str, ...]] = ("table", "as")
    SCHEMA: ClassVar[dict[str, Any]] = {
        "inputs": {
            "type": "object",
            "properties": {"value": LABEL},
            "additionalProperties": False,
        },
        "table": {"type": "string", "pattern": r"^[A-Za-z0-9][A-Za-z0-9._-]*$"},
        "as": {"enum": ["percent", "points"]},
        "of": NUMBER,
        "bands": BANDS_SCHEMA,
    }

    @classmethod
    def parse(cls, raw: Mapping[str, Any], top: int, points_step: int) -> Self:
        percent = raw["as"] == "percent"
        # points of an unnamed maximum are points of this very criterion
        of = thousandths(raw["of"]) if "of" in raw else WHOLE if percent else top
        label = input_label(raw, "value", "Kết quả do cơ quan khác công bố")
        return cls(raw["table"], label, of, percent, Bands.parse(raw.get("bands"), top))

    @property
    def inputs(self) -> tuple[Input, ...]:
        return (Input("value", self.label, "number", step=1, most=self.of, table=self.table),)

    def points(self, x: Sequence[Ints]) -> Exact:
        return self.bands.exact(x[0], np.full_like(x[0], self.of))

    def formula(self, x: Sequence[str]) -> Formula:
        return self.bands.formula(excel_thousandths(x[0]), str(self.of))

    def describe(self) -> str:
        unit = "theo %" if self.as_percent else f"trên {vietnamese(self.of)} điểm"
        return f"{self.label} (tính {unit}; lấy từ bảng “{self.table}”): {self.bands.describe()}."

    def explain(self, x: Sequence[int]) -> str:
        return f"{self.label}: {self.bands.explain(x[0], self.of)}"

    def attainable(self, x: Sequence[int] | None) -> tuple[Ints, ...]:
        return ()  # made elsewhere: nothing that the unit declares changes it

    def faults(self) -> Iterator[Fault]:
        if self.of == 0:
            yield Fault("of-zero", ("of",), {})
        yield from self.bands.faults()


RULE = Imported
