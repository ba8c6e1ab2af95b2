"""The ranked workbook `ket-qua/xep-hang.xlsx`: what is annexed to the decision and signed."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from evidence.placing import write_aside
from evidence.round import Round
from reports.comparison.previous import changes_since_previous
from reports.ranked.basis import BASIS_SHEET, write_basis
from reports.ranked.charts import CHARTS_SHEET, write_charts
from reports.ranked.detail import SHEETS, kinds_shown, write_detail
from reports.ranked.differences import DIFFERENCES_SHEET, write_differences
from reports.ranked.limits import LIMITS_SHEET, write_limits
from reports.ranked.losses import LOSSES_SHEET, ReasonsOf, write_losses
from reports.ranked.ranking import write_block
from reports.ranked.ranking_table import Links
from reports.ranked.summary import SUMMARY_SHEET, write_summary
from reports.sheet.places import sheet_names
from reports.sheet.styles import BOOK_OPTIONS, Styles
from reports.standing import in_rank_order, limits_shown
from reports.wording import sentences_for_every_sheet, subject
from scoring.losses import losses
from scoring.results import Results

RANKED_NAME = "xep-hang.xlsx"
BLOCK_PREFIX = "Xếp hạng - "
# the day of the run would change the bytes of a workbook whose content is the same
_CREATED = datetime(2000, 1, 1)


def write_ranked(
    path: Path,
    round_: Round,
    results: Results,
    reasons_of: ReasonsOf | None = None,
) -> None:
    """Writes the ranked workbook; raises FileHeld where an old one is open in Excel.

    `reasons_of` gives the reasons of the points that a unit lost (`scoring.reasons`).

    Every total, percent, rank, count and grade by points is a live formula that carries its value; a
    grade that a limit speaks on, and what units reported for a target, stand as decided. The same round
    and results give the same bytes.
    """
    with write_aside(path) as aside:
        _write(aside, round_, results, reasons_of)


def _write(path: Path, round_: Round, results: Results, reasons_of: ReasonsOf | None) -> None:
    # ours, so that nothing stays behind when the run is broken off
    with TemporaryDirectory(prefix="danvan-", ignore_cleanup_errors=True) as rows:
        _fill(Workbook(str(path), {**BOOK_OPTIONS, "tmpdir": rows}), round_, results, reasons_of)


class _Remembering(Worksheet):
    """A sheet that knows the escaped form of texts that it wrote before: most stand in many rows."""

    _escape_control_characters = staticmethod(lru_cache(maxsize=8192)(Worksheet._escape_control_characters))


def _streamed(book: Workbook, name: str) -> Worksheet:
    """A new sheet with a row a unit or more: rows go to disk one after the other, none is kept."""
    book.constant_memory = True
    try:
        return book.add_worksheet(name, _Remembering)
    finally:
        book.constant_memory = False


def _fill(book: Workbook, round_: Round, results: Results, reasons_of: ReasonsOf | None) -> None:
    book.set_properties({"title": subject(round_), "author": "danvan", "created": _CREATED})
    book.set_calc_mode("auto")
    styles = Styles(book)
    marks = sentences_for_every_sheet(round_, results)
    blocks = in_rank_order(results)
    names = sheet_names(BLOCK_PREFIX, (round_.blocks[block] for block in blocks))
    shown = kinds_shown(results)
    kinds = list(dict.fromkeys(shown.values()))
    # sheets stand in the order in which they are added; those that others point to are filled first
    block_sheets = [_streamed(book, name) for name in names]
    summary = book.add_worksheet(SUMMARY_SHEET)
    limits = book.add_worksheet(LIMITS_SHEET) if results.criteria.limits else None
    charts = book.add_worksheet(CHARTS_SHEET)
    details = {kind: _streamed(book, SHEETS[kind]) for kind in kinds}
    appraised = bool((results.ledger["self"].notna() & results.ledger["appraised"].notna()).any())
    differences = _streamed(book, DIFFERENCES_SHEET) if appraised else None
    lost = _streamed(book, LOSSES_SHEET)
    basis = book.add_worksheet(BASIS_SHEET)

    grades = write_basis(basis, styles, round_, results, marks)
    points = {
        kind: write_detail(sheet, styles, kind, round_, results, marks) for kind, sheet in details.items()
    }
    if limits:
        write_limits(limits, styles, round_, results, marks)
    by_kind = {kind: points[source] for kind, source in shown.items()}
    changes = changes_since_previous(round_, results)
    links = Links(by_kind, grades, limits_shown(results), changes)
    places = [
        write_block(sheet, styles, block, units, round_, results, marks, links)
        for sheet, (block, units) in zip(block_sheets, blocks.items(), strict=True)
    ]
    lines = list(zip(places, blocks.values(), strict=True))
    write_summary(summary, styles, round_, results, marks, lines, grades)
    all_lost = tuple(losses(results))
    places_lost = write_losses(lost, styles, round_, results, marks, all_lost, reasons_of)
    if differences:
        write_differences(differences, styles, round_, results, marks, places_lost)
    write_charts(book, charts, styles, round_, results, marks, lines, all_lost, places_lost, grades.labels)
    book.close()
