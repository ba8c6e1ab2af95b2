"""What every rule kind must offer; a kind is one file of this folder with its class in `RULE`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Literal, NamedTuple, Protocol, Self

from criteria.exact import Ints, vietnamese
from criteria.text_yaml import Path

NUMBER = {"type": "string", "pattern": r"^[0-9]{1,9}([.,][0-9]{1,3})?$"}
LABEL = {"type": "string", "minLength": 1, "maxLength": 250}


class Exact(NamedTuple):
    """Points of many units as exact fractions: `num / den` thousandths of a point, `den` > 0."""

    num: Ints
    den: Ints


class Formula(NamedTuple):
    """The same fraction as two Excel expressions whose values are whole numbers."""

    num: str
    den: str


class Fault(NamedTuple):
    """A mistake inside one criterion: catalogue code, path below the criterion, details."""

    code: str
    path: Path
    detail: dict[str, str]


@dataclass(frozen=True)
class Input:
    """One figure that a rule asks for.

    `number`: whole thousandths, a multiple of `step`, from 0 to `most` (None: no bound but
    exact.LARGEST), above zero where `positive`, not above the input named by `within`.
    `level`: the index of one of `levels`. `date`: the day as `date.toordinal()`, 0 for "never done".
    `table`: the figure is not the unit's to declare; it stands in this table of the round.
    """

    name: str
    label: str
    type: Literal["number", "level", "date"]
    step: int = 1000
    most: int | None = None
    positive: bool = False
    within: str | None = None
    levels: tuple[str, ...] = ()
    table: str | None = None

    def text(self, value: int) -> str:
        """A value as people write it: the level's name, the day, the number with a comma."""
        if self.type == "level":
            return self.levels[value]
        if self.type == "date":
            return f"{date.fromordinal(value):%d/%m/%Y}" if value else "không thực hiện"
        return vietnamese(value)


class Rule(Protocol):
    """How one criterion turns what a unit declares into points."""

    KIND: ClassVar[str]
    SCHEMA: ClassVar[dict[str, Any]]  # JSON Schema of the kind's own keys
    REQUIRED: ClassVar[tuple[str, ...]]

    @classmethod
    def parse(cls, raw: Mapping[str, Any], top: int, points_step: int) -> Self:
        """The rule of a criterion's schema-checked mapping; `top` is its maximum (thousandths)."""

    @property
    def inputs(self) -> tuple[Input, ...]:
        """What the unit declares, in the order of the form's cells (one or two)."""

    def points(self, x: Sequence[Ints]) -> Exact:
        """Points of units whose inputs are valid: one array of equal length for each input."""

    def formula(self, x: Sequence[str]) -> Formula:
        """The Excel twin of `points`; an expression for each input (for a level: 1, 2, ...)."""

    def describe(self) -> str:
        """The rule as a Vietnamese sentence."""

    def explain(self, x: Sequence[int]) -> str:
        """How valid inputs led to the points, as a Vietnamese sentence without the points."""

    def attainable(self, x: Sequence[int] | None) -> tuple[Ints, ...]:
        """Inputs that a unit could have declared instead of `x` (None: nothing is declared yet).

        One array for each input, equal in length, rising: one case for each worth that can be had, with
        what the unit cannot change (its total of people) as it stands. Empty where nothing is the
        unit's to change.
        """
        return ()

    def faults(self) -> Iterator[Fault]:
        """Mistakes that the schema cannot see."""

    @property
    def deadline(self) -> str | None:
        """Id of the plan's deadline that the rule looks to, while it is not known; else None."""
        return None

    def with_last_day(self, day: date) -> Self:
        """The rule with the last day on which its deadline is still met."""
        return self


def input_label(raw: Mapping[str, Any], name: str, default: str) -> str:
    """Label of an input: from `inputs` as text or as a mapping with `label`, else the default."""
    given = (raw.get("inputs") or {}).get(name, default)
    return str(given["label"] if isinstance(given, Mapping) else given)


def input_step(raw: Mapping[str, Any], name: str) -> int:
    """Step of a declared figure in thousandths: whole numbers unless `decimals` says otherwise."""
    given = (raw.get("inputs") or {}).get(name)
    decimals = int(given.get("decimals", "0")) if isinstance(given, Mapping) else 0
    return int(10 ** (3 - decimals))


NUMBER_INPUT = {
    "anyOf": [
        LABEL,
        {
            "type": "object",
            "required": ["label"],
            "properties": {"label": LABEL, "decimals": {"enum": ["0", "1", "2", "3"]}},
            "additionalProperties": False,
        },
    ]
}
