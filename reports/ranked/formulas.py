"""Excel formulas of percent, exact share, rank, grade and mean: twins of what scoring computes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from criteria.exact import UNIT, excel_divide, excel_thousandths
from criteria.model import CriteriaSet, Floor, Grade
from reports.sheet.places import GradeTable

WHOLE = 100 * UNIT  # thousandths of a percent in the whole
_GRAIN = 1_000_000  # parts of a thousandth of a percent in which a mean is taken before it is rounded


def share_of_counts(part: str, whole: str, criteria: CriteriaSet) -> str:
    """Percent that one whole number is of another, rounded as the decision says; `whole` > 0."""
    policy = criteria.policy
    return excel_divide(f"{part}*{WHOLE}", whole, policy.percent_digits, policy.percent_rounding)


def percent(final: str, top: str, criteria: CriteriaSet) -> str:
    """Percent of the applicable maximum, rounded as the decision says."""
    return share_of_counts(excel_thousandths(final), excel_thousandths(top), criteria)


def exact_share(final: str, top: str) -> str:
    """The share as a double: equal fractions give equal doubles, so ties hold."""
    return f"{excel_thousandths(final)}/{excel_thousandths(top)}"


def competition_rank(own: str, column: str) -> str:
    """Rank 1, 2, 2, 4 of a key in its column; units without points hold text and do not count."""
    return f"RANK({own},{column})"


def dense_rank(own: str, column: str, rows_above: int) -> str:
    """Rank 1, 2, 2, 3 of a key in a column of numbers that starts below `rows_above` rows.

    One more than the number of different greater keys, each counted where it stands first.
    """
    stands_first = f"MATCH({column},{column},0)=ROW({column})-{rows_above}"
    return f"1+SUMPRODUCT(({column}>{own})*({stands_first}))"


def place_by_chain(own: Sequence[str], columns: Sequence[str]) -> str:
    """Place 1, 2, 2, 4 by a chain of keys: each counts only among those equal in all before it.

    Every cell of the columns must hold a number.
    """
    terms, equal = [], ""
    for key, column in zip(own, columns, strict=True):
        terms.append(f"SUMPRODUCT({equal or '1*'}({column}>{key}))")
        equal += f"({column}={key})*"
    return "+".join(["1", *terms])


def grade(
    final: str,
    top: str,
    grades: Sequence[Grade],
    table: GradeTable,
    criteria: CriteriaSet,
    missed: Mapping[tuple[Floor, ...], str],
) -> str:
    """The first grade whose cut-off is reached, compared as whole thousandths before any rounding.

    `missed` are, for the floors of a grade, the expression of how many of them the unit is under.
    """
    formula = '""'
    rows = list(zip(grades, table.labels, table.starts, strict=True))
    for own, label, start in reversed(rows):
        sign = ">" if own.above else ">="
        if criteria.policy.grade_on == "points":
            reached = f"{excel_thousandths(final)}{sign}{excel_thousandths(start)}"
        else:
            needed = f"{excel_thousandths(start)}*{excel_thousandths(top)}"
            reached = f"{excel_thousandths(final)}*{WHOLE}{sign}{needed}"
        if own.floors:
            reached = f"AND({reached},{missed[own.floors]}=0)"
        formula = f"IF({reached},{label},{formula})"
    return formula


def mean(ranges: Sequence[str], criteria: CriteriaSet) -> str:
    """Mean of exact shares in percent, rounded once; empty where no unit has one.

    The mean is first taken to whole millionths of a thousandth of a percent, so that the error of
    floating point is gone before the decision's rounding.
    """
    cells = ",".join(ranges)
    policy = criteria.policy
    num = f"ROUND(AVERAGE({cells})*{WHOLE * _GRAIN},0)"
    rounded = excel_divide(num, str(_GRAIN), policy.percent_digits, policy.percent_rounding)
    return f'IF(COUNT({cells})=0,"",{rounded})'
