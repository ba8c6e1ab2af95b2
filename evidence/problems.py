"""Problems in what units and appraisers send, as values: kind, gravity, place, what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Literal, NamedTuple

from evidence.messages import SEVERITY_WORDS, TEXTS, Severity

__all__ = ["SEVERITY_WORDS", "TEXTS", "At", "Place", "Problem", "has_errors", "problem"]


class At(NamedTuple):
    """What a cell is, wherever it stands: `part` of a form, whose row, which column.

    `key`: the criterion's id; the index (from 0) of a document in the list; or a key of UNIT_FIELDS,
    where `column` is empty. `column`: a key of the part's columns in `layout`.
    """

    part: Literal["criteria", "documents", "unit"]
    key: str
    column: str = ""


@dataclass(frozen=True)
class Problem:
    """One mistake: what kind, how grave, whose, where, what was found and what to do."""

    code: str
    severity: Severity
    unit: str
    file: str
    sheet: str
    cell: str
    found: str
    expected: str
    message: str
    fix: str
    at: At | None = None  # so that a form written anew can show the problem in its cell

    def to_json(self) -> dict[str, str]:
        """The problem as `check --json` gives it."""
        return {item.name: getattr(self, item.name) for item in fields(self) if item.name != "at"}

    @property
    def place(self) -> str:
        """File, sheet and cell, as far as known, in Vietnamese."""
        sheet = f", trang “{self.sheet}”" if self.sheet else ""
        cell = self.cell if self.cell.startswith("dòng ") else f"ô {self.cell}"
        return f"{self.file}{sheet}" + (f", {cell}" if self.cell else "")


@dataclass(frozen=True)
class Place:
    """Where a problem is: unit's code, file, sheet and cell, empty where it is the whole; what cell."""

    unit: str
    file: str
    sheet: str = ""
    cell: str = ""
    at: At | None = None


def problem(code: str, place: Place, found: object = "", expected: str = "") -> Problem:
    """Problem of the catalogue's `code` with its texts filled in; KeyError for an unknown code."""
    severity, message, fix = TEXTS[code]
    found = str(found)[:120]
    texts = {"found": found, "expected": expected}
    return Problem(
        code,
        severity,
        place.unit,
        place.file,
        place.sheet,
        place.cell,
        found,
        expected,
        message.format(**texts),
        fix.format(**texts),
        place.at,
    )


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether anything must be mended."""
    return any(item.severity == "error" for item in problems)
