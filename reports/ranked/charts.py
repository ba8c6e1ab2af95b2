"""The sheet `Biểu đồ`: grades by block, distribution of percents, criteria that cost most points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from criteria.exact import as_float
from evidence.round import Round
from reports.ranked.ranking import BlockPlaces
from reports.sheet.page import A4, Page, set_columns, set_up_print, write_marks, write_title
from reports.sheet.places import UnitColumns, cell
from reports.sheet.styles import FONT, Styles
from reports.standing import Standing
from reports.wording import basis_line, subject
from scoring.losses import Loss, dearest_criteria
from scoring.results import Results

CHARTS_SHEET = "Biểu đồ"
COLOURS = ("#2E7D32", "#1F6FB2", "#E0A100", "#C0392B", "#6D6D6D", "#7B4FA3")
BANDS = (0, 50, 60, 70, 80, 90)  # percents at which the steps of the distribution begin
MOST_CRITERIA = 8
_WIDTHS = (74.0, 10.0, 10.0, 10.0, 10.0, 10.0, 10.0, 10.0, 12.0)
_ROW_HEIGHT = 20
_FONT: dict[str, Any] = {"name": FONT, "size": 11}
# the figures stand beside the bars
_NO_AXIS: dict[str, Any] = {"visible": False, "min": 0, "major_gridlines": {"visible": False}}


def write_charts(
    book: Workbook,
    sheet: Worksheet,
    styles: Styles,
    round_: Round,
    results: Results,
    marks: tuple[str, ...],
    blocks: Sequence[tuple[BlockPlaces, Sequence[Standing]]],
    losses: Sequence[Loss],
    lost: UnitColumns,
    grades: Mapping[str, str],
) -> None:
    """Writes each chart under the small table of live counts that it shows.

    `losses` are those of all units, `lost` the places of their sheet, `grades` the address of each
    grade's label.
    """
    page = Page(sheet, styles, _WIDTHS)
    set_columns(page)
    write_title(page, f"BIỂU ĐỒ - {subject(round_).upper()}", (), basis_line(round_))
    write_marks(page, marks)
    sections = [(0, 0.0)]
    if grades:
        _grades(book, page, blocks, grades)
        sections.append((page.row, page.height))
    _distribution(book, page, blocks)
    dearest = dearest_criteria(losses)[:MOST_CRITERIA]
    if dearest:
        sections.append((page.row, page.height))
        _criteria(book, page, results, dearest, lost)
    set_up_print(page, marks, A4, sections=sections)


def _head(page: Page, title: str, heads: Sequence[str]) -> int:
    page.next_row(8)
    page.line(title, "section")
    row = page.next_row(max(page.fit(text, at, style="head") for at, text in enumerate(heads)))
    for column, text in enumerate(heads):
        page.sheet.write_string(row, column, text, page.styles("head"))
    return row


def _grades(
    book: Workbook,
    page: Page,
    blocks: Sequence[tuple[BlockPlaces, Sequence[Standing]]],
    grades: Mapping[str, str],
) -> None:
    """Units of each block by grade, one column of the chart a block, divided by its grades."""
    labels = list(grades)[: len(_WIDTHS) - 1]
    head = _head(page, "1. Số đơn vị theo xếp loại", ["Khối", *labels])
    for column, label in enumerate(labels, 1):
        page.sheet.write_formula(head, column, f"={grades[label]}", page.styles("head"), label)
    for places, units in blocks:
        row = page.next_row(18)
        page.sheet.write_string(row, 0, places.title, page.styles("text"))
        for column, label in enumerate(labels, 1):
            # not COUNTIF, which would read a label such as ">" or "***" as a pattern
            formula = f"=SUMPRODUCT(--({places.units.range('grade')}={cell(head, column)}))"
            count = sum(unit.grade == label for unit in units)
            page.sheet.write_formula(row, column, formula, page.styles("number"), count)
    chart = book.add_chart({"type": "bar", "subtype": "percent_stacked"})
    for index, column in enumerate(range(1, len(labels) + 1)):
        series = _series(page, head, page.row - 1, column, COLOURS[index % len(COLOURS)])
        series["data_labels"]["font"] = {**_FONT, "color": "#FFFFFF", "bold": True}
        chart.add_series(series)
    chart.set_y_axis({"num_font": _FONT, "reverse": True})
    chart.set_x_axis(_NO_AXIS)
    chart.set_legend({"position": "bottom", "font": _FONT})
    _insert(page, chart, "Số đơn vị theo xếp loại, từng khối", len(blocks) + 3)


def _distribution(
    book: Workbook, page: Page, blocks: Sequence[tuple[BlockPlaces, Sequence[Standing]]]
) -> None:
    """Units by their share of the maximum that applies to them."""
    head = _head(page, "2. Số đơn vị theo tỷ lệ điểm", ["Tỷ lệ so với điểm tối đa áp dụng", "Số đơn vị"])
    shares = [
        (unit.final, unit.max)
        for _, units in blocks
        for unit in units
        if unit.final is not None and unit.percent is not None
    ]
    for start, end in reversed(list(zip(BANDS, (*BANDS[1:], None), strict=True))):
        row = page.next_row(18)
        text = f"Từ {start}% trở lên" if end is None else f"Từ {start}% đến dưới {end}%"
        page.sheet.write_string(row, 0, text, page.styles("text"))
        counts = []
        for places, _ in blocks:
            column = places.units.range("share")
            above = "" if end is None else f',{column},"<"&{end}/100'
            counts.append(f'COUNTIFS({column},">="&{start}/100{above})')
        value = sum(
            final * 100 >= start * whole and (end is None or final * 100 < end * whole)
            for final, whole in shares
        )
        page.sheet.write_formula(row, 1, f"={'+'.join(counts)}", page.styles("number"), value)
    chart = book.add_chart({"type": "bar"})
    chart.add_series(_series(page, head, page.row - 1, 1, COLOURS[1]))
    chart.set_y_axis({"num_font": _FONT, "reverse": True})
    chart.set_x_axis(_NO_AXIS)
    chart.set_legend({"none": True})
    _insert(page, chart, "Số đơn vị theo tỷ lệ điểm", 8)


def _criteria(
    book: Workbook, page: Page, results: Results, dearest: Sequence[tuple[str, int]], lost: UnitColumns
) -> None:
    head = _head(
        page,
        "3. Tiêu chí mất nhiều điểm nhất (cộng của các đơn vị)",
        ["Tiêu chí", "Tổng điểm mất", "Mã"],
    )
    for id_, points in dearest:
        title = f"{id_} {results.criteria.by_id[id_].title}"
        row = page.next_row(max(18, page.fit(title, 0)))
        page.sheet.write_string(row, 0, title, page.styles("text"))
        page.sheet.write_string(row, 2, id_, page.styles("centre"))
        # not SUMIF, for which 1.1 and 1.10 are the same number
        own = f"--({lost.range('criterion')}={cell(row, 2)})"
        formula = f"=ROUND(SUMPRODUCT({own},{lost.range('points')}),3)"
        style = page.styles("number", num_format="0.00#")
        page.sheet.write_formula(row, 1, formula, style, as_float(points))
    chart = book.add_chart({"type": "bar"})
    chart.add_series(_series(page, head, page.row - 1, 1, COLOURS[3]))
    chart.set_y_axis({"num_font": {"name": FONT, "size": 9}, "reverse": True})
    chart.set_x_axis(_NO_AXIS)
    chart.set_legend({"none": True})
    _insert(page, chart, "Tiêu chí mất nhiều điểm nhất", len(dearest) * 3 // 2 + 1)


def _series(page: Page, head: int, last: int, column: int, colour: str) -> dict[str, Any]:
    name = page.sheet.name
    return {
        "name": [name, head, column],
        "categories": [name, head + 1, 0, last, 0],
        "values": [name, head + 1, column, last, column],
        "fill": {"color": colour},
        "gap": 45,
        # nothing over an absent bar: a row of noughts hides the figures that matter
        "data_labels": {"value": True, "num_format": "0.##;;", "font": _FONT},
    }


def _insert(page: Page, chart: Any, description: str, rows: int) -> None:
    """Places a chart of so many rows' height below the last row, as wide as the page."""
    chart.set_title({"none": True})
    page.next_row(6)
    top = page.row
    for _ in range(rows):
        page.next_row(_ROW_HEIGHT)
    width = sum(int(width * 7 + 5) for width in page.widths)
    chart.set_size({"width": width - 4, "height": rows * _ROW_HEIGHT * 4 // 3})
    page.sheet.insert_chart(top, 0, chart, {"object_position": 2, "description": description})
