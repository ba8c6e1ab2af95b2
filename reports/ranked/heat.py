"""Colours of points on the sheets `Chi tiết`, and criteria that fold away under their group."""

from __future__ import annotations

from criteria.exact import as_float
from reports.ranked.detail_head import DetailColumns
from reports.sheet.page import Page
from reports.sheet.places import cell

_NOTHING, _HALF, _FULL = "#F4B8B0", "#FFF0C2", "#FFFFFF"


def colour_points(page: Page, columns: DetailColumns, first: int, last: int) -> None:
    """Shades each criterion's points from none (red) over half (yellow) to the maximum (white).

    Texts such as KPS keep their own look: a colour scale passes over what is no number. Points taken
    off and added are not shaded, for what is full there is not what is good.
    """
    for group, start, _, _ in columns.groups:
        if group.kind != "scale":
            continue
        for column, leaf in enumerate(group.criteria, start):
            page.sheet.conditional_format(
                f"{cell(first, column)}:{cell(last, column)}",
                {
                    "type": "3_color_scale",
                    "min_type": "num",
                    "mid_type": "num",
                    "max_type": "num",
                    "min_value": 0,
                    "mid_value": as_float(leaf.top // 2),
                    "max_value": as_float(leaf.top),
                    "min_color": _NOTHING,
                    "mid_color": _HALF,
                    "max_color": _FULL,
                },
            )


def fold_criteria(page: Page, columns: DetailColumns) -> None:
    """Makes the criteria of each group an outline under its subtotal, open, for the print shows all."""
    for _, start, end, _ in columns.groups:
        for column in range(start, end + 1):
            page.sheet.set_column(column, column, page.widths[column], None, {"level": 1})
    page.sheet.outline_settings(True, False, True, False)
