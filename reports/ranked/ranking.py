"""A sheet a block: its units in rank order, every figure a live formula with its stored value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from criteria.exact import as_float
from evidence.round import Round
from reports.ranked import formulas
from reports.ranked.rank_columns import break_points, places_taken
from reports.ranked.ranking_cells import write_computed, write_rank
from reports.ranked.ranking_table import GRADE_KEYS, Links, Table, columns_shown, stored_points
from reports.sheet.page import (
    Page,
    freeze,
    set_columns,
    set_up_print,
    write_marks,
    write_signatures,
    write_state_heading,
    write_title,
)
from reports.sheet.places import UnitColumns, cell, on
from reports.sheet.styles import Styles, percent_format
from reports.standing import Standing, standings
from reports.wording import basis_line, decimals, issuing_body, subject, unit_note
from scoring.results import Results


@dataclass(frozen=True)
class BlockPlaces:
    """Where a block's sheet keeps its units, their exact shares and the block's mean."""

    title: str
    units: UnitColumns
    average: str
    size: int


def write_block(
    sheet: Worksheet,
    styles: Styles,
    block: str,
    units: Sequence[Standing],
    round_: Round,
    results: Results,
    marks: tuple[str, ...],
    links: Links,
) -> BlockPlaces:
    """Writes the sheet of a block whose units come in rank order; gives its places."""
    columns = columns_shown(links)
    page = Page(sheet, styles, [column.width for column in columns])
    set_columns(page)
    write_state_heading(page, issuing_body(round_.plan))
    title = f"BẢNG XẾP HẠNG KẾT QUẢ {subject(round_).upper()}"
    write_title(page, title, (round_.block_line(block),), basis_line(round_))
    write_marks(page, marks)
    page.next_row(6)
    head = page.next_row(
        max(page.fit(column.heading, at, style="head") for at, column in enumerate(columns))
    )
    for index, column in enumerate(columns):
        sheet.write_string(head, index, column.heading, styles("head"))
    head_height = page.height
    points = "0.000" if decimals(unit.final for unit in standings(results)) == 3 else "0.00#"
    table = Table(page, columns, head + 1, head + len(units), results.criteria, links, points, block)
    for key, heading in table.aside.headings().items():
        at = table.places.columns[key]
        sheet.set_column(at, at, 18)
        sheet.write_string(head, at, heading, styles("aside_head"))
    taken, breaks = places_taken(units), break_points(results)
    for unit in units:
        _write_unit(table, unit)
        write_rank(table, page.row - 1, unit, taken[unit.code], breaks.get(unit.code, ()))
    average = _write_average(table, results.averages[block])
    _write_quotas(page, round_, results, block)
    sheet.autofilter(head, 0, table.last, page.last)
    write_signatures(page)
    set_up_print(page, marks)
    sheet.repeat_rows(head)
    freeze(page, head + 1, 3, head_height)
    sheet.ignore_errors({"number_stored_as_text": table.places.local("code").replace("$", "")})
    return BlockPlaces(round_.blocks[block], table.places, on(sheet.name, average), len(units))


def _write_quotas(page: Page, round_: Round, results: Results, block: str) -> None:
    """Below the table, that a quota is exceeded; who is proposed and who is not stands on `Tổng hợp`."""
    for proposal in results.proposals:
        if proposal.block in (block, None) and (proposal.over or proposal.undecided):
            where = round_.blocks[block] if proposal.block else "toàn đợt"
            page.line(f"Tỷ lệ khống chế ({where}): {proposal.text} Xem trang “Tổng hợp”.", "mark")


def _write_unit(table: Table, unit: Standing) -> None:
    """A line of the table; the unit's totals are found on the sheets of points by its code."""
    page, styles, links = table.page, table.page.styles, table.links
    at = table.places.columns
    typed = [("code", unit.code, "centre"), ("name", unit.name, "text"), ("note", unit_note(unit), "text")]
    if links.changes:
        typed.append(("change", links.changes[unit.code], "text"))
    grades = [(key, getattr(unit, key) or "") for key in GRADE_KEYS if key in at]
    fitted = [*((key, text) for key, text, _ in typed), *grades]
    row = page.next_row(max(20, *(page.fit(text, at[key]) for key, text in fitted)))
    for key, text, style in typed:
        page.sheet.write_string(row, at[key], text, styles(style))
    code = table.at(row, "code")
    for kind, places in links.points.items():
        style = styles("bold_number" if kind == "final" else "number", num_format=table.points_format)
        table.write(row, kind, places.of(code, "total"), stored_points(getattr(unit, kind)), style)
    top = links.points["final"].of(code, "max")
    table.write(row, "max", top, as_float(unit.max), styles("number"))
    write_computed(table, row, unit)


def _write_average(table: Table, average: int | None) -> str:
    """The last line of the table, the block's mean percent; gives the address of the mean."""
    page, styles = table.page, table.page.styles
    row = page.next_row(20)
    column = table.places.columns["percent"]
    page.put(row, 0, column - 1, "Tỷ lệ bình quân của khối", styles("bold_text", align="right"))
    formula = f"={formulas.mean([table.places.local('share')], table.criteria)}"
    style = styles("bold_number", num_format=percent_format(table.criteria.policy.percent_digits))
    page.sheet.write_formula(row, column, formula, style, stored_points(average))
    for after in range(column + 1, len(table.columns)):
        page.sheet.write_blank(row, after, None, styles("text"))
    return cell(row, column, fixed=True)
