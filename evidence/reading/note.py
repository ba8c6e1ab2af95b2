"""What a reader noted in a file before it is known whose file it is: a problem without unit and file."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.problems import At, Place, Problem, problem


@dataclass(frozen=True)
class Note:
    """A code of the catalogue with sheet and cell, as far as known; what was found and expected."""

    code: str
    found: str = ""
    expected: str = ""
    sheet: str = ""
    cell: str = ""
    at: At | None = None

    def problem(self, unit: str, file: str) -> Problem:
        """The note as a problem of this unit's file."""
        place = Place(unit, file, self.sheet, self.cell, self.at)
        return problem(self.code, place, self.found, self.expected)


class Unreadable(ValueError):
    """A file that is not taken: `code` of the problems' catalogue and what was found."""

    def __init__(self, code: str, found: str = "") -> None:
        super().__init__(code, found)
        self.code, self.found = code, found
