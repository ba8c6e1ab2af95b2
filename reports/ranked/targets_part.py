"""The part of `Tổng hợp` that holds the plan's targets against the results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from criteria.exact import as_float, excel_thousandths
from criteria.model import CriteriaSet
from reports.ranked import formulas
from reports.sheet.page import Page
from reports.sheet.places import cell
from reports.sheet.styles import percent_format
from reports.target_words import NOT_COMPUTED, conclusion, counted, nearest_text
from reports.wording import upper_first
from scoring.targets import Attainment

HEADS = (
    "Mục tiêu (%)",
    "Số đạt",
    "Tính trên",
    "Đơn vị tính",
    "Đạt được (%)",
    "Trên số đã xếp loại (%)",
)
_NONE = "–"


@dataclass(frozen=True)
class Totals:
    """Cells of the line of all units: how many, how many without a grade, how many of each grade."""

    units: str
    ungraded: str
    grades: Mapping[str, str]


def write_targets(
    page: Page,
    criteria: CriteriaSet,
    targets: Sequence[Attainment],
    totals: Totals,
    names: Mapping[str, str],
) -> None:
    """Writes a line for each target: text, goal, what is reached, whether it is met, who is nearest.

    `names` of units by code.
    """
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
        text, told = attained.target.text, conclusion(attained)
        room = (page.fit(text, 0, first - 1), page.fit(told, page.last - 1, page.last, "bold_number"))
        row = page.next_row(max(20, *room))
        page.put(row, 0, first - 1, text, styles("text"))
        _write_goal(page, row, first, attained)
        if attained.met is None:
            page.put(row, first + 1, page.last, NOT_COMPUTED, styles("silent"))
        elif attained.target.kind == "grade_share":
            _write_grade_share(page, row, first, criteria, attained, totals)
        else:
            _write_reported(page, row, first, criteria, attained)
        nearest = nearest_text(attained, names)
        if nearest:
            page.line(upper_first(nearest), "nearest")


def _write_goal(page: Page, row: int, column: int, attained: Attainment) -> None:
    goal = attained.target.at_least
    if goal is not None:
        page.sheet.write_number(row, column, as_float(goal), page.styles("number"))
    else:
        last_year = attained.target.kind == "not_below_last_year"
        text = "không thấp hơn" if last_year else _NONE
        page.sheet.write_string(row, column, text, page.styles("centre"))


def _write_grade_share(
    page: Page, row: int, first: int, criteria: CriteriaSet, attained: Attainment, totals: Totals
) -> None:
    """What the grades above come to, as formulas over the line of all units."""
    goal, have, out_of = (cell(row, first + offset) for offset in range(3))
    rated = f"({totals.units}-{totals.ungraded})"
    enough = criteria.labels[: criteria.labels.index(str(attained.target.grade)) + 1]
    good = "+".join(address for label, address in totals.grades.items() if label in enough)
    counts = rated if attained.target.of == "rated" else totals.units
    _formula(page, row, first + 1, good or "0", attained.have)
    _formula(page, row, first + 2, counts, attained.out_of)
    page.sheet.write_string(row, first + 3, counted(attained.target), page.styles("centre"))
    _percent(page, row, first + 4, criteria, (have, out_of), attained.reached)
    _percent(page, row, first + 5, criteria, (have, rated), attained.of_rated)
    wanted = f"{excel_thousandths(goal)}*{out_of}"
    missing = f"INT(({wanted}+{formulas.WHOLE - 1})/{formulas.WHOLE})-{have}"
    verdict = (
        f'=IF({out_of}=0,"Chưa có kết quả",IF({have}*{formulas.WHOLE}>={wanted},"Đạt",'
        f'"Còn thiếu "&({missing})&" đơn vị"))'
    )
    style = page.styles("bold_number")
    page.sheet.merge_range(row, page.last - 1, row, page.last, "", style)
    page.sheet.write_formula(row, page.last - 1, verdict, style, conclusion(attained))


def _write_reported(page: Page, row: int, first: int, criteria: CriteriaSet, attained: Attainment) -> None:
    """What units reported: figures that stand on no sheet, so numbers; their share is a formula."""
    for column, value in ((first + 1, attained.have), (first + 2, attained.out_of)):
        page.sheet.write_number(row, column, value or 0, page.styles("number"))
    page.sheet.write_string(row, first + 3, counted(attained.target), page.styles("centre"))
    have, out_of = cell(row, first + 1), cell(row, first + 2)
    _percent(page, row, first + 4, criteria, (have, out_of), attained.reached)
    page.sheet.write_string(row, first + 5, _NONE, page.styles("silent"))
    page.put(row, page.last - 1, page.last, conclusion(attained), page.styles("bold_number"))


def _formula(page: Page, row: int, column: int, formula: str, value: int | None) -> None:
    page.sheet.write_formula(row, column, f"={formula}", page.styles("number"), value or 0)


def _percent(
    page: Page, row: int, column: int, criteria: CriteriaSet, parts: tuple[str, str], value: int | None
) -> None:
    part, whole = parts
    formula = f'=IF({whole}=0,"",{formulas.share_of_counts(part, whole, criteria)})'
    style = page.styles("number", num_format=percent_format(criteria.policy.percent_digits))
    page.sheet.write_formula(row, column, formula, style, "" if value is None else as_float(value))
