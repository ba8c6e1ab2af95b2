"""The sheet `Mất điểm`: every lost point with its criterion, rule, reason, basis and appraiser."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from criteria.exact import as_float
from criteria.model import CriteriaSet, Criterion
from evidence.round import Round
from reports.decision_words import group_title
from reports.lost_points import short_basis
from reports.sheet.page import A3, Page, freeze, set_columns, set_up_print, write_marks, write_title
from reports.sheet.places import UnitColumns, cell
from reports.sheet.styles import Styles
from reports.standing import in_rank_order
from reports.wording import basis_line, subject
from scoring.losses import Loss
from scoring.results import Results

LOSSES_SHEET = "Mất điểm"
NOTHING_LOST = "Không có đơn vị nào mất điểm."
HEADS = (
    ("STT", 6.0),
    ("Mã đơn vị", 11.0),
    ("Đơn vị", 30.0),
    ("Mã tiêu chí", 8.0),
    ("Nội dung", 36.0),
    ("Điểm tối đa", 8.0),
    ("Điểm mất", 9.0),
    ("Vì sao", 46.0),
    ("Cách chấm điểm", 46.0),
    ("Căn cứ", 26.0),
    ("Cơ quan thẩm định", 18.0),
)
_CODE, _CRITERION, _TOP, _POINTS = 1, 3, 5, 6
_TEXTS = (1, 2, 3, 4, 7, 8, 9, 10)
_CENTRED = (0, 1, 3)
_SIZE = 10  # of the letters of the table, which has much to say
_MOST_FITTED = 2_000  # rows whose height is measured; beyond, all have three lines
# by unit, of the criteria asked for: why it has these points
ReasonsOf: TypeAlias = Callable[[str, Collection[str]], Mapping[str, str]]
_REASONS = {
    "bonus": "Điểm cộng, bù vào điểm mất",
    "penalty": "Điểm trừ",
    "cap": "Phần vượt mức tối đa của nhóm không được tính",
    "rounding": "Làm tròn theo quy định của quyết định",
    "floor": "Tổng điểm dưới 0 được tính là 0",
    "scale": "Tổng điểm không vượt quá điểm tối đa",
}


@dataclass(frozen=True)
class _Line:
    """A row's texts by column, its maximum and its points as a fraction of points."""

    texts: dict[int, str]
    top: int | None
    loss: Loss


def write_losses(
    sheet: Worksheet,
    styles: Styles,
    round_: Round,
    results: Results,
    marks: tuple[str, ...],
    lost: Sequence[Loss],
    reasons_of: ReasonsOf | None,
) -> UnitColumns:
    """Writes the sheet of all losses; gives the places of the units' codes and of the points lost.

    The rows of a unit add up to its maximum less its final points. Without `reasons_of` the reasons of
    single criteria are left to the rule.
    """
    widths = [width for _, width in HEADS]
    page = Page(sheet, styles, widths)
    set_columns(page)
    write_title(page, f"CÁC ĐIỂM BỊ MẤT - {subject(round_).upper()}", (), basis_line(round_))
    write_marks(page, marks)
    page.line(
        "Điểm mất của mỗi đơn vị cộng lại bằng điểm tối đa áp dụng trừ điểm cuối cùng; "
        "số âm là điểm được cộng.",
        "legend",
    )
    page.next_row(6)
    head = page.next_row(max(page.fit(text, at, style="head") for at, (text, _) in enumerate(HEADS)))
    for column, (text, _) in enumerate(HEADS):
        sheet.write_string(head, column, text, styles("head"))
    head_height = page.height
    first, last = head + 1, head + max(len(lost), 1)
    fitted = len(lost) <= _MOST_FITTED
    cells = [styles("centre" if at in _CENTRED else "text", font_size=_SIZE) for at in range(len(HEADS))]
    cells[0], cells[_TOP] = styles("centre"), styles("number")
    cells[_POINTS] = styles("bold_number", num_format="0.00#")
    for number, line in enumerate(_lines(round_, results, lost, reasons_of), 1):
        row = page.next_row(_height(page, line) if fitted else 54.0)
        _write_line(sheet, row, number, line, cells)
    if not lost:
        page.line(NOTHING_LOST, "text")
    _write_total(page, (first, last), lost)
    sheet.autofilter(head, 0, last, page.last)
    set_up_print(page, marks, A3)
    sheet.repeat_rows(head)
    freeze(page, head + 1, 3, head_height)
    sheet.ignore_errors({"number_stored_as_text": f"B{first + 1}:D{last + 1}"})
    return UnitColumns(sheet.name, first, last, {"code": _CODE, "criterion": _CRITERION, "points": _POINTS})


def _lines(
    round_: Round,
    results: Results,
    lost: Sequence[Loss],
    reasons_of: ReasonsOf | None,
) -> Iterator[_Line]:
    """The lines in rank order, one after the other: a nation has half a million."""
    by_unit: dict[str, list[Loss]] = {}
    for loss in lost:
        by_unit.setdefault(loss.unit, []).append(loss)
    of_leaves = {leaf.id: _leaf_texts(round_, leaf) for leaf in results.criteria.criteria}
    for units in in_rank_order(results).values():
        for unit in units:
            own = by_unit.get(unit.code, [])
            among = {loss.criterion for loss in own}
            reasons = reasons_of(unit.code, among) if reasons_of and own else {}
            for loss in own:
                unit_texts = {1: loss.unit, 2: unit.name}
                if loss.criterion:
                    reason = {7: _REASONS.get(loss.kind) or reasons.get(loss.criterion, "")}
                    top = results.criteria.by_id[loss.criterion].top
                    yield _Line(unit_texts | of_leaves[loss.criterion] | reason, top, loss)
                else:
                    yield _beside_criteria(results.criteria, unit_texts, loss)


def _leaf_texts(round_: Round, leaf: Criterion) -> dict[int, str]:
    """The texts that are the same for all units that lost points on a criterion."""
    appraiser = round_.plan.appraiser_of(leaf)
    return {
        3: leaf.id,
        4: leaf.title,
        8: leaf.how,
        9: short_basis(round_.criteria, leaf.cite),  # the sheet “Căn cứ” names the documents in full
        10: appraiser.name if appraiser else "",
    }


def _beside_criteria(criteria: CriteriaSet, texts: dict[int, str], loss: Loss) -> _Line:
    """A line of what happened to a group's points, or to the total."""
    texts = texts | {7: _REASONS[loss.kind]}
    if not loss.group:
        return _Line(texts, None, loss)
    group = criteria.group_by_id[loss.group]
    texts |= {3: group.id, 4: group_title(group), 9: short_basis(criteria, group.cite)}
    return _Line(texts, group.top, loss)


def _height(page: Page, line: _Line) -> float:
    """The height that all texts of a line need."""
    return max(18.0, *(page.fit(text, at, font_size=_SIZE) for at, text in line.texts.items()))


def _write_line(sheet: Worksheet, row: int, number: int, line: _Line, cells: Sequence[Format]) -> None:
    """Writes one line; `cells` are the formats by column."""
    sheet.write_number(row, 0, number, cells[0])
    for column in _TEXTS:
        sheet.write_string(row, column, line.texts.get(column, ""), cells[column])
    if line.top is None:
        sheet.write_blank(row, _TOP, None, cells[_TOP])
    else:
        sheet.write_number(row, _TOP, as_float(line.top), cells[_TOP])
    _write_points(sheet, row, line.loss, cells[_POINTS])


def _write_points(sheet: Worksheet, row: int, loss: Loss, style: Format) -> None:
    """The points lost; those that no decimal holds stand there as a division."""
    if isinstance(loss.points, int):
        sheet.write_number(row, _POINTS, as_float(loss.points), style)
    else:
        share = loss.points / 1000
        formula = f"={share.numerator}/{share.denominator}"
        sheet.write_formula(row, _POINTS, formula, style, float(share))


def _write_total(page: Page, rows: tuple[int, int], lost: Sequence[Loss]) -> None:
    """The sum of what is shown: it follows the filter."""
    first, last = rows
    row = page.next_row(20)
    styles = page.styles
    page.put(row, 0, _POINTS - 1, "Tổng điểm mất (theo các dòng đang hiện)", styles("bold_text"))
    # whole thousandths, because maxima and final points are
    total = int(sum(loss.points for loss in lost))
    formula = f"=ROUND(SUBTOTAL(109,{cell(first, _POINTS)}:{cell(last, _POINTS)}),3)"
    style = styles("bold_number", num_format="0.00#")
    page.sheet.write_formula(row, _POINTS, formula, style, as_float(total))
    for column in range(_POINTS + 1, len(HEADS)):
        page.sheet.write_blank(row, column, None, styles("text"))
