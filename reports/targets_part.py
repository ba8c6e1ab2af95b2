"""The part of `Tổng hợp` that holds the plan's targets against the grades."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from criteria.exact import as_float, excel_thousandths
from criteria.model import CriteriaSet
from reports import formulas
from reports.page import Page
from reports.places import cell
from reports.styles import percent_format
from reports.wording import NOT_COMPUTED, conclusion
from scoring.targets import Attainment

HEADS = (
    "Mục tiêu (%)",
    "Số đơn vị đạt",
    "Tính trên (đơn vị)",
    "Đạt được (%)",
    "Trên số đã xếp loại (%)",
)


@dataclass(frozen=True)
class Totals:
    """Cells of the line of all units: how many, how many without a grade, how many of each grade."""

    units: str
    ungraded: str
    grades: Sequence[str]


def write_targets(page: Page, criteria: CriteriaSet, targets: Sequence[Attainment], totals: Totals) -> None:
    """Writes a line for each target: text, goal, what is reached, whether it is met."""
    styles = page.styles
    first = page.last - len(HEADS) - 1
    page.next_row(10)
    page.line("Chỉ tiêu của kế hoạch", "section")
    row = page.next_row(max(page.fit(text, first, style="head") for text in HEADS))
    page.put(row, 0, first - 1, "Chỉ tiêu", styles("head"))
    for column, text in enumerate(HEADS, first):
        page.sheet.write_string(row, column, text, styles("head"))
    page.put(row, page.last - 1, page.last, "Kết luận", styles("head"))
    for attained in targets:
        text = attained.target.text
        row = page.next_row(max(20, page.fit(text, 0, first - 1)))
        page.put(row, 0, first - 1, text, styles("text"))
        _write_goal(page, row, first, attained)
        if attained.met is None:
            page.put(row, first + 1, page.last, NOT_COMPUTED, styles("silent"))
        else:
            _write_reached(page, row, first, criteria, attained, totals)


def _write_goal(page: Page, row: int, column: int, attained: Attainment) -> None:
    goal = attained.target.at_least
    if goal is None:
        page.sheet.write_string(row, column, "–", page.styles("centre"))
    else:
        page.sheet.write_number(row, column, as_float(goal), page.styles("number"))


def _write_reached(
    page: Page, row: int, first: int, criteria: CriteriaSet, attained: Attainment, totals: Totals
) -> None:
    goal, have, out_of = (cell(row, first + offset) for offset in range(3))
    rated = f"{totals.units}-{totals.ungraded}"
    labels = [grade.label for grade in criteria.grades]
    enough = totals.grades[: labels.index(str(attained.target.grade)) + 1]
    number = page.styles("number")
    percent = page.styles("number", num_format=percent_format(criteria.policy.percent_digits))
    counted = rated if attained.target.of == "rated" else totals.units
    lines = (
        (have, "+".join(enough), attained.have, number),
        (out_of, counted, attained.out_of, number),
        (cell(row, first + 3), _share(criteria, have, out_of), attained.reached, percent),
        (cell(row, first + 4), _share(criteria, have, rated), attained.of_rated, percent),
    )
    for address, formula, value, style in lines:
        stored = "" if value is None else as_float(value) if style is percent else value
        page.sheet.write_formula(address, f"={formula}", style, stored)
    wanted = f"{excel_thousandths(goal)}*{out_of}"
    missing = f"INT(({wanted}+{formulas.WHOLE - 1})/{formulas.WHOLE})-{have}"
    verdict = (
        f'=IF({out_of}=0,"Chưa có kết quả",IF({have}*{formulas.WHOLE}>={wanted},"Đạt",'
        f'"Còn thiếu "&({missing})&" đơn vị"))'
    )
    style = page.styles("bold_number")
    page.sheet.merge_range(row, page.last - 1, row, page.last, "", style)
    page.sheet.write_formula(row, page.last - 1, verdict, style, conclusion(attained))


def _share(criteria: CriteriaSet, part: str, whole: str) -> str:
    return f'IF({whole}=0,"",{formulas.share_of_counts(part, f"({whole})", criteria)})'
