"""Excel formulas of percent, exact share, rank, grade and mean: twins of what scoring computes."""

from __future__ import annotations

from collections.abc import Sequence

from criteria.exact import UNIT, excel_divide, excel_thousandths
from criteria.model import CriteriaSet
from reports.places import GradeTable

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


def grade(final: str, top: str, grades: GradeTable, criteria: CriteriaSet) -> str:
    """The first grade whose cut-off is reached, compared as whole thousandths before any rounding."""
    formula = '""'
    for label, start in reversed(list(zip(grades.labels, grades.starts, strict=True))):
        if criteria.policy.grade_on == "points":
            reached = f"{excel_thousandths(final)}>={excel_thousandths(start)}"
        else:
            needed = f"{excel_thousandths(start)}*{excel_thousandths(top)}"
            reached = f"{excel_thousandths(final)}*{WHOLE}>={needed}"
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
