"""The sheet `Chênh lệch`: what units claimed against what appraisers granted, by unit and by criterion."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from xlsxwriter.worksheet import Worksheet

from criteria.exact import as_float
from evidence.round import Round
from reports.sheet.page import Page, freeze, set_columns, set_up_print, write_marks, write_title
from reports.sheet.places import UnitColumns, cell
from reports.sheet.styles import Styles
from reports.standing import Standing, in_rank_order
from reports.wording import basis_line, subject
from scoring.results import Results

DIFFERENCES_SHEET = "Chênh lệch"
METHOD = (
    "Chỉ so các tiêu chí có cả điểm tự chấm và điểm thẩm định. Chênh lệch = thẩm định trừ tự chấm; "
    "số âm là thẩm định cho thấp hơn. Mất điểm = điểm tối đa áp dụng trừ điểm cuối cùng."
)
_WIDTHS = (11.0, 44.0, 12.0, 11.0, 11.0, 11.0, 11.0, 11.0, 11.0)
_UNIT_HEADS = (
    "Mã đơn vị",
    "Đơn vị",
    "Số tiêu chí đã thẩm định",
    "Tự chấm",
    "Thẩm định",
    "Chênh lệch",
    "Số tiêu chí giảm",
    "Số tiêu chí tăng",
    "Mất điểm",
)
_LEAF_HEADS = (
    "Mã tiêu chí",
    "Nội dung",
    "Số đơn vị đã thẩm định",
    "Tổng tự chấm",
    "Tổng thẩm định",
    "Chênh lệch",
    "Số đơn vị giảm",
    "Số đơn vị tăng",
)


@dataclass(frozen=True)
class _Compared:
    """Criteria (or units) with both points: how many, the sums (thousandths), how many fell and rose."""

    count: int
    claimed: int
    granted: int
    fell: int
    rose: int


def write_differences(
    sheet: Worksheet,
    styles: Styles,
    round_: Round,
    results: Results,
    marks: tuple[str, ...],
    lost: UnitColumns,
) -> None:
    """Writes the sheet; `lost` are the places of the sheet of lost points."""
    page = Page(sheet, styles, _WIDTHS)
    set_columns(page)
    title = f"CHÊNH LỆCH GIỮA TỰ CHẤM VÀ THẨM ĐỊNH - {subject(round_).upper()}"
    write_title(page, title, (), basis_line(round_))
    write_marks(page, marks)
    page.line(METHOD, "legend")
    ledger = results.ledger
    both = ledger[ledger["self"].notna() & ledger["appraised"].notna()]
    sections = [(0, 0.0)]
    page.next_row(6)
    page.line("1. Theo đơn vị", "section")
    head = _write_heads(page, _UNIT_HEADS)
    by_unit = _compared(both, "unit")
    start = page.row
    for unit in _units(results):
        _write_unit(page, unit, by_unit.get(unit.code), lost)
    missing = sum(unit.max - unit.final for unit in _units(results) if unit.final is not None)
    _write_sums(page, start, by_unit.values(), missing)
    sections.append((page.row, page.height))
    page.next_row(10)
    page.line("2. Theo tiêu chí", "section")
    _write_heads(page, _LEAF_HEADS)
    by_leaf = _compared(both, "criterion")
    start = page.row
    for leaf in results.criteria.criteria:
        if leaf.id in by_leaf:
            row = _write_line(page, leaf.id, leaf.title)
            _write_compared(page, row, by_leaf[leaf.id])
    _write_sums(page, start, by_leaf.values())
    set_up_print(page, marks, sections=sections)
    freeze(page, 0, 2, 0)
    sheet.ignore_errors({"number_stored_as_text": f"A{head + 2}:A{page.row}"})


def _units(results: Results) -> Iterator[Standing]:
    for units in in_rank_order(results).values():
        yield from units


def _compared(both: pd.DataFrame, key: str) -> dict[str, _Compared]:
    """The comparison by unit or by criterion."""
    change = both["appraised"] - both["self"]
    frame = pd.DataFrame(
        {
            key: both[key],
            "claimed": both["self"],
            "granted": both["appraised"],
            "fell": (change < 0).astype("int64"),
            "rose": (change > 0).astype("int64"),
        }
    )
    sums = frame.groupby(key, sort=False).sum()
    counts = frame.groupby(key, sort=False).size()
    records: list[dict[Any, Any]] = sums.to_dict("records")
    return {
        str(id_): _Compared(int(counts[id_]), *(int(row[name]) for name in sums.columns))
        for id_, row in zip(sums.index, records, strict=True)
    }


def _write_heads(page: Page, heads: Sequence[str]) -> int:
    row = page.next_row(max(page.fit(text, at, style="head") for at, text in enumerate(heads)))
    for column, text in enumerate(heads):
        page.sheet.write_string(row, column, text, page.styles("head"))
    return row


def _write_line(page: Page, id_: str, title: str) -> int:
    row = page.next_row(max(18, page.fit(id_, 0), page.fit(title, 1)))
    page.sheet.write_string(row, 0, id_, page.styles("centre"))
    page.sheet.write_string(row, 1, title, page.styles("text"))
    return row


def _write_unit(page: Page, unit: Standing, compared: _Compared | None, lost: UnitColumns) -> None:
    row = _write_line(page, unit.code, unit.name)
    if compared:
        _write_compared(page, row, compared)
    else:
        for column in range(2, 8):
            page.sheet.write_blank(row, column, None, page.styles("number"))
    if unit.final is None:
        page.sheet.write_blank(row, 8, None, page.styles("number"))
        return
    formula = f"=ROUND(SUMIF({lost.range('code')},{cell(row, 0)},{lost.range('points')}),3)"
    style = page.styles("number", num_format="0.00#")
    page.sheet.write_formula(row, 8, formula, style, as_float(unit.max - unit.final))


def _write_compared(page: Page, row: int, compared: _Compared) -> None:
    sheet, styles = page.sheet, page.styles
    points = styles("number", num_format="0.00#")
    sheet.write_number(row, 2, compared.count, styles("number"))
    sheet.write_number(row, 3, as_float(compared.claimed), points)
    sheet.write_number(row, 4, as_float(compared.granted), points)
    difference = as_float(compared.granted - compared.claimed)
    bold = styles("bold_number", num_format="0.00#")
    sheet.write_formula(row, 5, f"=ROUND({cell(row, 4)}-{cell(row, 3)},3)", bold, difference)
    sheet.write_number(row, 6, compared.fell, styles("number"))
    sheet.write_number(row, 7, compared.rose, styles("number"))


def _write_sums(page: Page, start: int, all_: Iterable[_Compared], lost: int | None = None) -> None:
    """The last line of a table: sums of the columns above; `lost` in thousandths, where it has them."""
    end = page.row - 1
    row = page.next_row(20)
    page.put(row, 0, 1, "Cộng", page.styles("bold_text"))
    shown = list(all_)
    granted, claimed = sum(item.granted for item in shown), sum(item.claimed for item in shown)
    counts = {
        2: sum(item.count for item in shown),
        6: sum(item.fell for item in shown),
        7: sum(item.rose for item in shown),
    }
    points = {3: claimed, 4: granted, 5: granted - claimed} | ({} if lost is None else {8: lost})
    for column in sorted({*counts, *points}):
        formula = f"=ROUND(SUM({cell(start, column)}:{cell(end, column)}),3)"
        whole = column in counts
        style = page.styles("bold_number", num_format="0" if whole else "0.00#")
        value = counts[column] if whole else as_float(points[column])
        page.sheet.write_formula(row, column, formula, style, value)
