"""`timely`: a date against a deadline: full points in time, then a ladder or so much a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, ClassVar, Self

import numpy as np

from criteria.exact import Ints, thousandths, vietnamese
from criteria.rules.rule import LABEL, NUMBER, Exact, Fault, Formula, Input, Rule, input_label

EXCEL_DAY_0 = date(1899, 12, 30).toordinal()  # serial numbers of Excel and LibreOffice count from it
NOT_YET_KNOWN = date(1, 1, 1)


@dataclass(frozen=True)
class Rung:
    """Late by at most `days`: these points (thousandths)."""

    days: int
    points: int


@dataclass(frozen=True)
class Timely(Rule):
    """Points by how many days after `last_day` a thing was done; a thing never done has none."""

    top: int
    label: str
    plan_deadline: str | None
    ways: int  # how many ways the file names the deadline; one is right
    last_day: date
    ladder: tuple[Rung, ...]
    per_day: int

    KIND: ClassVar[str] = "timely"
    REQUIRED: ClassVar[tuple[str, ...]] = ()
    SCHEMA: ClassVar[dict[str, Any]] = {
        "inputs": {
            "type": "object",
            "properties": {"on": LABEL},
            "additionalProperties": False,
        },
        "deadline": {"type": "string", "minLength": 1},
        "by": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
        "before": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
        "late": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["days", "points"],
                "properties": {
                    "days": {"type": "string", "pattern": r"^[0-9]{1,4}$"},
                    "points": NUMBER,
                },
                "additionalProperties": False,
            },
        },
        "per_day": NUMBER,
    }

    @classmethod
    def parse(cls, raw: Mapping[str, Any], top: int, points_step: int) -> Self:
        day = NOT_YET_KNOWN
        if "by" in raw:
            day = date.fromisoformat(raw["by"])
        elif "before" in raw:
            day = date.fromisoformat(raw["before"]) - timedelta(days=1)
        return cls(
            top=top,
            label=input_label(raw, "on", "Ngày thực hiện"),
            plan_deadline=raw.get("deadline"),
            ways=sum(key in raw for key in ("deadline", "by", "before")),
            last_day=day,
            ladder=tuple(
                Rung(int(item["days"]), thousandths(item["points"])) for item in raw.get("late", ())
            ),
            per_day=thousandths(raw.get("per_day", "0")),
        )

    @property
    def deadline(self) -> str | None:
        """Id of the plan's deadline, while its day is not known."""
        return self.plan_deadline if self.last_day == NOT_YET_KNOWN else None

    def with_last_day(self, day: date) -> Self:
        """The rule with the last day on which it still gives full points."""
        return replace(self, last_day=day)

    @property
    def inputs(self) -> tuple[Input, ...]:
        return (Input("on", self.label, "date"),)

    def points(self, x: Sequence[Ints]) -> Exact:
        late = np.maximum(x[0] - self.last_day.toordinal(), 0)
        if self.per_day:
            points = np.maximum(self.top - self.per_day * late, 0)
        else:
            rungs = [late <= rung.days for rung in self.ladder]
            points = np.select([late == 0, *rungs], [self.top, *(r.points for r in self.ladder)], 0)
        points = np.where(x[0] == 0, 0, points).astype(np.int64)
        return Exact(points, np.ones_like(points))

    def formula(self, x: Sequence[str]) -> Formula:
        late = f"MAX(INT({x[0]})-{self.last_day.toordinal() - EXCEL_DAY_0},0)"
        if self.per_day:
            points = f"MAX({self.top}-{self.per_day}*{late},0)"
        else:
            points = "0"
            for rung in reversed(self.ladder):
                points = f"IF({late}<={rung.days},{rung.points},{points})"
            points = f"IF({late}=0,{self.top},{points})"
        return Formula(f"IF({x[0]}=0,0,{points})", "1")

    def describe(self) -> str:
        day = "thời hạn của kế hoạch" if self.deadline else f"hết ngày {self.last_day:%d/%m/%Y}"
        parts = [f"{self.label}: đúng hạn ({day}) được {vietnamese(self.top)} điểm"]
        if self.per_day:
            parts.append(f"chậm mỗi ngày trừ {vietnamese(self.per_day)} điểm, không âm")
        else:
            parts += [f"chậm không quá {r.days} ngày: {vietnamese(r.points)} điểm" for r in self.ladder]
            parts.append("chậm hơn nữa: 0 điểm" if self.ladder else "chậm: 0 điểm")
        return "; ".join([*parts, "không thực hiện: 0 điểm"]) + "."

    def explain(self, x: Sequence[int]) -> str:
        if x[0] == 0:
            return "Không thực hiện: 0 điểm"
        late = max(x[0] - self.last_day.toordinal(), 0)
        done = f"Ngày {date.fromordinal(x[0]):%d/%m/%Y}, hạn hết ngày {self.last_day:%d/%m/%Y}"
        return f"{done}: đúng hạn" if not late else f"{done}: chậm {late} ngày"

    def attainable(self, x: Sequence[int] | None) -> tuple[Ints, ...]:
        if self.last_day == NOT_YET_KNOWN:
            return ()
        if self.per_day:
            late = np.arange(-(-self.top // self.per_day) + 1, dtype=np.int64)
        else:
            late = np.array([0, *(rung.days for rung in self.ladder)], dtype=np.int64)
        return (self.last_day.toordinal() + late,)

    def faults(self) -> Iterator[Fault]:
        if self.ways != 1:
            yield Fault("timely-deadline", (), {})
        if self.per_day and self.ladder:
            yield Fault("timely-two-ways", ("per_day",), {})
        for index, rung in enumerate(self.ladder):
            above = self.ladder[index - 1] if index else Rung(0, self.top)
            if rung.days <= above.days:
                detail = {"days": str(rung.days)}
                yield Fault("ladder-order", ("late", index, "days"), detail)
            if rung.points > above.points:
                detail = {"points": vietnamese(rung.points), "max": vietnamese(above.points)}
                yield Fault("ladder-rising", ("late", index, "points"), detail)


RULE = Timely
