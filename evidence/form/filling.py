"""What to show in a form: entries as typed, what each comes to, the documents, the unit's details."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from fractions import Fraction
from typing import TypeAlias

from criteria.model import Criterion
from evidence.messages import Severity
from evidence.problems import At

Typed: TypeAlias = str | int | float | bool | date | time | timedelta | None  # a datetime is a date


@dataclass(frozen=True)
class FormEntry:
    """What stands in the cells of one criterion, as a person would type it."""

    x1: Typed = None
    x2: Typed = None
    na: str = ""
    evidence: str = ""
    explanation: str = ""


@dataclass(frozen=True)
class FormDocument:
    """One row of the list of evidence documents; `no` is None where it is simply the next number."""

    number: str
    date: Typed
    issuer: str
    summary: str
    file: str = ""
    no: str | None = None


@dataclass(frozen=True)
class Mark:
    """What is wrong with a cell, to be shown in it: how grave, and the text of its comment."""

    severity: Severity
    text: str


@dataclass(frozen=True)
class Worth:
    """What an entry comes to, stored beside its formula: points in thousandths, None for none."""

    state: str
    points: int | None
    applicable: int
    exact: Fraction | None = None  # points before rounding, where the decision rounds later


@dataclass(frozen=True)
class Filling:
    """Contents of a form: entries and their worth by criterion id, documents, details, grade, marks.

    `group_points` and `total` (thousandths) and `grade` are what the entries come to. An empty
    filling makes a blank form.
    """

    entries: Mapping[str, FormEntry] = field(default_factory=dict)
    worth: Mapping[str, Worth] = field(default_factory=dict)
    documents: Sequence[FormDocument] = ()
    details: Mapping[str, str] = field(default_factory=dict)
    group_points: Mapping[str, int] = field(default_factory=dict)
    total: int = 0
    grade: str | None = None
    marks: Mapping[At, Mark] = field(default_factory=dict)

    @property
    def begun(self) -> bool:
        """Whether any entry has points, be they none of the maximum."""
        return any(item.points is not None for item in self.worth.values())

    def entry(self, leaf: Criterion) -> FormEntry:
        """Entry of a criterion, empty where nothing was typed."""
        return self.entries.get(leaf.id, FormEntry())

    def worth_of(self, leaf: Criterion) -> Worth:
        """Worth of a criterion's entry; a criterion that nobody answered is blank."""
        return self.worth.get(leaf.id, Worth("blank", None, leaf.top))
