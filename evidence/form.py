"""The form of a unit: written blank, or with answers in it; the same layout that the reader knows."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import xlsxwriter

from criteria.model import Unit
from evidence.filling import Filling
from evidence.form_criteria import write_criteria_sheet
from evidence.form_sheets import (
    write_evidence_sheet,
    write_guide_sheet,
    write_hidden_sheet,
    write_unit_sheet,
)
from evidence.form_styles import Styles
from evidence.layout import CRITERIA_SHEET, EVIDENCE_SHEET, GUIDE_SHEET, HIDDEN_SHEET, UNIT_SHEET
from evidence.placing import write_aside
from evidence.round import Round

CREATED = datetime(2020, 1, 1)  # a fixed date: the same round gives the same bytes


def write_form(path: Path, round_: Round, unit: Unit, filling: Filling | None = None) -> None:
    """Writes the form of one unit; raises FileHeld where the file is open elsewhere."""
    filling = filling or Filling()
    with write_aside(path) as aside:
        book = xlsxwriter.Workbook(str(aside), {"strings_to_formulas": False, "strings_to_urls": False})
        book.set_properties({"title": f"{unit.code} - {round_.title}", "created": CREATED})
        styles = Styles(book)
        names = (GUIDE_SHEET, UNIT_SHEET, CRITERIA_SHEET, EVIDENCE_SHEET, HIDDEN_SHEET)
        guide, identity, criteria, evidence, hidden = (book.add_worksheet(name) for name in names)
        write_guide_sheet(guide, styles, round_, unit)
        write_unit_sheet(identity, styles, round_, unit, filling.details)
        lists = write_hidden_sheet(hidden, round_, unit)
        write_criteria_sheet(criteria, styles, round_, unit, filling, lists)
        write_evidence_sheet(evidence, styles, round_, filling.documents)
        criteria.activate()
        book.close()
