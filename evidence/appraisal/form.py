"""Writes the workbook of one appraiser: an overview, a sheet a criterion or a unit, the fingerprint."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from criteria.exact import as_float
from criteria.model import Appraiser
from criteria.worth import Givable
from evidence.appraisal.asked import digest
from evidence.appraisal.layout import APPRAISAL_LAYOUT, APPRAISAL_MARK, HIDDEN_SHEET, OVERVIEW_SHEET, Mode
from evidence.appraisal.overview import Signed, write_overview
from evidence.appraisal.rows import Row
from evidence.appraisal.sheets import Part, write_part
from evidence.form.styles import Styles
from evidence.form.writer import CREATED
from evidence.layout import column_letter
from evidence.placing import write_aside
from evidence.round import Round

MOST_LISTED = 101  # values that a list to choose from may have
LIST_COLUMN = 3  # first column of the hidden sheet's lists
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", "-"))
_LONGEST_NAME = 31


def write_appraisal(
    path: Path,
    round_: Round,
    appraiser: Appraiser,
    mode: Mode,
    rows: Sequence[Row],
    signed: Signed | None = None,
) -> None:
    """Writes an appraiser's workbook with these rows; raises FileHeld where it is open elsewhere.

    `rows` are all of the appraiser's, criteria in the order of the decision and units by block.
    """
    with write_aside(path) as aside:
        book = xlsxwriter.Workbook(str(aside), {"strings_to_formulas": False, "strings_to_urls": False})
        book.set_properties({"title": f"{appraiser.name} - {round_.title}", "created": CREATED})
        styles = Styles(book)
        overview = book.add_worksheet(OVERVIEW_SHEET)
        parts = tuple(parts_of(mode, rows))
        sheets = [book.add_worksheet(part.name) for part in parts]
        lists = _write_hidden(book.add_worksheet(HIDDEN_SHEET), round_, appraiser, mode, rows)
        ranges = [
            write_part(book, sheet, styles, round_, mode, part, lists)
            for sheet, part in zip(sheets, parts, strict=True)
        ]
        write_overview(overview, styles, round_, appraiser, mode, parts, ranges, signed or Signed())
        overview.activate()
        book.close()


def parts_of(mode: Mode, rows: Sequence[Row]) -> Iterator[Part]:
    """The sheets of a workbook: one a criterion, or one a unit, units by block and roster."""
    if mode == "unit":
        # rows come criterion by criterion; within one, units stand in their order
        units = {row.unit.code: (row.unit.block, row.unit) for row in rows}
        blocks = list(dict.fromkeys(block for block, _ in units.values()))
        keys = sorted(units, key=lambda code: blocks.index(units[code][0]))
        own = {code: [row for row in rows if row.unit.code == code] for code in keys}
    else:
        own = {}
        for row in rows:
            own.setdefault(row.leaf.id, []).append(row)
    names: set[str] = {OVERVIEW_SHEET.casefold(), HIDDEN_SHEET.casefold()}
    for key, found in own.items():
        yield Part(_sheet_name(key, names), tuple(found))


def _sheet_name(key: str, taken: set[str]) -> str:
    """A name that Excel takes and no other sheet has; noted in `taken`."""
    bare = key.translate(_FORBIDDEN)[:_LONGEST_NAME] or "-"
    name, number = bare, 2
    while name.casefold() in taken:
        name = f"{bare[: _LONGEST_NAME - 4]}-{number}"
        number += 1
    taken.add(name.casefold())
    return name


def fingerprint(round_: Round, appraiser: Appraiser, mode: Mode, rows: Sequence[Row]) -> dict[str, str]:
    """What tells whose workbook it is, for which round, and from which claims it was made."""
    return {
        "layout": APPRAISAL_LAYOUT,
        "round": round_.id,
        "plan": round_.plan.id,
        "criteria": round_.criteria.id,
        "version": round_.criteria.version,
        "year": str(round_.year),
        "appraiser": appraiser.id,
        "mode": mode,
        "self": digest(sorted(row.token for row in rows)),
    }


def _write_hidden(
    sheet: Worksheet, round_: Round, appraiser: Appraiser, mode: Mode, rows: Sequence[Row]
) -> Mapping[Givable, str]:
    """Writes the fingerprint and the lists of points; gives the range of each list."""
    sheet.write_string(0, 0, APPRAISAL_MARK)
    for row, (key, value) in enumerate(fingerprint(round_, appraiser, mode, rows).items(), 1):
        sheet.write_string(row, 0, key)
        sheet.write_string(row, 1, value)
    lists: dict[Givable, str] = {}
    for may in dict.fromkeys(row.may for row in rows):
        if not may.listed and may.top // may.step >= MOST_LISTED:
            continue
        column = LIST_COLUMN + len(lists)
        values = [as_float(points) for points in may.choices]
        sheet.write_column(1, column, values)
        if may.not_applicable:
            sheet.write_string(len(values) + 1, column, "KPS")
        letter, last = column_letter(column), len(values) + 1 + may.not_applicable
        lists[may] = f"'{HIDDEN_SHEET}'!${letter}$2:${letter}${last}"
    sheet.protect("")
    sheet.hide()
    return lists
