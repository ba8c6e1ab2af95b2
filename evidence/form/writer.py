"""The form of a unit, in the layout that the reader knows: blank, filled, or given back to be mended."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from criteria.model import Unit
from evidence.form.cells import Pen
from evidence.form.criteria_sheet import write_criteria_sheet
from evidence.form.filling import Filling
from evidence.form.sheets import (
    write_evidence_sheet,
    write_guide_sheet,
    write_hidden_sheet,
    write_unit_sheet,
)
from evidence.form.styles import Styles
from evidence.layout import (
    CRITERIA_SHEET,
    EVIDENCE_SHEET,
    GUIDE_SHEET,
    HIDDEN_SHEET,
    MEND_SHEET,
    UNIT_SHEET,
)
from evidence.placing import write_aside
from evidence.problems import At
from evidence.returned.form import Request
from evidence.returned.sheet import write_request_sheet
from evidence.round import Round

CREATED = datetime(2020, 1, 1)  # a fixed date: the same round gives the same bytes
_BARE = Worksheet()


class _Remembering(Worksheet):
    """A sheet that knows what XlsxWriter makes of a formula, which takes longer than all else about it.

    The formulas of a type of unit stand alike in every form.
    """

    @staticmethod
    @lru_cache(maxsize=4096)
    def _prepare_formula(formula: str, expand_future_functions: bool = False) -> str:
        return str(_BARE._prepare_formula(formula, expand_future_functions))


def write_form(
    path: Path, round_: Round, unit: Unit, filling: Filling | None = None, request: Request | None = None
) -> Mapping[At, tuple[str, str]]:
    """Writes the form of one unit; with a `request`, a first sheet lists what is to be mended.

    Gives sheet and address of every cell that a problem can be about. Raises FileHeld where the file
    is open elsewhere.
    """
    with write_aside(path) as aside:
        return _write(str(aside), round_, unit, filling or Filling(), request)


def form_bytes(round_: Round, unit: Unit) -> bytes:
    """The blank form of one unit, as `write_form` writes it."""
    form = io.BytesIO()
    _write(form, round_, unit, Filling(), None)
    return form.getvalue()


def _write(
    target: str | io.BytesIO, round_: Round, unit: Unit, filling: Filling, request: Request | None
) -> Mapping[At, tuple[str, str]]:
    # strings stay strings whatever they begin with
    book = xlsxwriter.Workbook(target, {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": f"{unit.code} - {round_.title}", "created": CREATED})
    styles = Styles(book)
    first = book.add_worksheet(MEND_SHEET) if request else None
    names = (GUIDE_SHEET, UNIT_SHEET, CRITERIA_SHEET, EVIDENCE_SHEET, HIDDEN_SHEET)
    guide, identity, criteria, evidence, hidden = (book.add_worksheet(name, _Remembering) for name in names)
    places: dict[At, tuple[str, str]] = {}
    pens = [Pen(sheet, styles, filling.marks, places) for sheet in (identity, criteria, evidence)]
    write_guide_sheet(guide, styles, round_, unit)
    write_unit_sheet(pens[0], round_, unit, filling.details)
    lists = write_hidden_sheet(hidden, round_, unit)
    write_criteria_sheet(pens[1], round_, unit, filling, lists)
    write_evidence_sheet(pens[2], round_, filling.documents)
    if first and request:
        write_request_sheet(first, styles, round_, unit, request, places)
    (first or criteria).activate()
    book.close()
    return places
