"""The chart of `Tổng hợp`: how many units of each block have each grade."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter import Workbook

from reports.page import Page
from reports.styles import FONT

_COLOURS = ("#2E7D32", "#1F6FB2", "#E0A100", "#C0392B", "#6D6D6D", "#7B4FA3")
_ROWS, _ROW_HEIGHT = 15, 20


def write_chart(
    book: Workbook, page: Page, head: int, rows: tuple[int, int], columns: Sequence[int], most: int
) -> None:
    """Places the chart below the last row.

    `head` is the row of the grades' labels, `rows` the first and last block's, `columns` the grades';
    `most` is the greatest number of units.
    """
    chart = book.add_chart({"type": "column"})
    font = {"name": FONT, "size": 11}
    name = page.sheet.name
    for index, column in enumerate(columns):
        chart.add_series(
            {
                "name": [name, head, column],
                "categories": [name, rows[0], 0, rows[1], 0],
                "values": [name, rows[0], column, rows[1], column],
                "fill": {"color": _COLOURS[index % len(_COLOURS)]},
                "gap": 80,
                "overlap": -5,
                # nothing over an absent column: a row of noughts hides the figures that matter
                "data_labels": {"value": True, "num_format": "0;;", "font": font},
            }
        )
    chart.set_title(
        {"name": "Số đơn vị theo xếp loại", "name_font": {**font, "size": 13}, "overlay": False}
    )
    chart.set_legend({"position": "bottom", "font": font})
    chart.set_x_axis({"num_font": font})
    chart.set_y_axis(
        {
            "num_font": font,
            "num_format": "0",
            "min": 0,
            "major_unit": max(1, -(-most // 6)),  # no half units on the axis
            "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}},
        }
    )
    page.next_row(10)
    top = page.row
    for _ in range(_ROWS):
        page.next_row(_ROW_HEIGHT)
    width = sum(int(width * 7 + 5) for width in page.widths)
    chart.set_size({"width": width - 4, "height": _ROWS * _ROW_HEIGHT * 4 // 3})
    page.sheet.insert_chart(
        top, 0, chart, {"object_position": 2, "description": "Số đơn vị theo xếp loại, từng khối"}
    )
