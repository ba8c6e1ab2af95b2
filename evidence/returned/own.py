"""What of a round's problems is a unit's own to mend; told without loading what forms are written with."""

from __future__ import annotations

import re
from collections.abc import Iterable

from criteria.model import Unit
from evidence.folders import RECEIVED
from evidence.layout import CRITERIA_SHEET, EVIDENCE_SHEET, UNIT_SHEET
from evidence.messages import answers, documents, dossier, files, forms, reading
from evidence.problems import Problem

GRAVITY = ("error", "warning", "hint")
# subjects of the catalogue that are the units' matter
_OWN_SUBJECTS = (files, reading, forms, answers, documents, dossier)
_UNITS_OWN = {code for subject in _OWN_SUBJECTS for code in subject.TEXTS}


def own_problems(problems: Iterable[Problem], unit: Unit) -> tuple[Problem, ...]:
    """The problems that a unit can mend itself, the gravest first, then as they stand in the form.

    Not those of what the office and the appraisers keep: tables, registers, appraisers' workbooks.
    """
    own = (p for p in problems if p.unit == unit.code and p.code in _UNITS_OWN and not _elsewhere(p.file))
    return tuple(sorted(own, key=lambda item: (GRAVITY.index(item.severity), *_standing(item))))


def _standing(item: Problem) -> tuple[int, int, str]:
    """Where a problem stands in a form: its sheet, row, column; a whole file or sheet comes first."""
    sheets = [UNIT_SHEET, CRITERIA_SHEET, EVIDENCE_SHEET]
    sheet = sheets.index(item.sheet) if item.sheet in sheets else sheets.index(CRITERIA_SHEET)
    row = re.search(r"\d+", item.cell)
    return sheet if item.sheet else -1, int(row[0]) if row else 0, item.cell


def _elsewhere(file: str) -> bool:
    """Whether a file lies in a folder that is not the units'."""
    folder, slash, _ = file.partition("/")
    return bool(slash) and folder != RECEIVED
