"""The formulas of an appraiser's workbook: the twins in Excel of how what was typed is read and held."""

from __future__ import annotations

from criteria.exact import UNIT, plain
from criteria.rules import Input
from criteria.worth import Givable
from evidence.appraisal.layout import AT, DONE, KPS, NO_POINTS, NO_REASON, WAITING, WRONG
from evidence.appraisal.rows import Row
from evidence.form.formulas import value_formula, value_of
from evidence.layout import column_letter

_POINTS = Input("points", "Điểm thẩm định", "number", step=1)
LONGEST_RULE = 255  # characters that Excel takes in a validation
_SAID = ("kps", "x", "không phát sinh", "khong phat sinh")


def cell(row: int, key: str, *, fixed: bool = False) -> str:
    """Address of a cell of the table, `row` from 0."""
    letter, number = column_letter(AT[key]), row + 1
    return f"${letter}${number}" if fixed else f"{letter}{number}"


def column(first: int, last: int, key: str, sheet: str = "") -> str:
    """Range of a column of the table, of another sheet where one is named; rows from 0."""
    text = f"{cell(first, key, fixed=True)}:{cell(last, key, fixed=True)}"
    return f"'{sheet.replace(chr(39), chr(39) * 2)}'!{text}" if sheet else text


def typed_formula(row: int) -> str:
    """What was typed as points: a number, KPS, nothing, or `?`."""
    typed = cell(row, "points")
    number = value_formula(_POINTS, typed, "", "").removeprefix("=")
    said = ",".join(f'LOWER(TRIM({typed}))="{word}"' for word in _SAID)
    return f'=IF(OR({said}),"{KPS}",{number})'


def typed_value(row: Row) -> float | int | str:
    """What `typed_formula` comes to."""
    if row.given.not_applicable or row.given.fault == "appraisal-not-applicable-forbidden":
        return KPS
    typed = row.points
    return value_of(_POINTS, typed if isinstance(typed, str | int | float) else None)


def check_formula(row: Row, number: int) -> str:
    """The word of the column of checks, for a row of the sheet (from 0); twin of `typed.check_word`."""
    value, reason = cell(number, "value"), f'TRIM({cell(number, "reason")})=""'
    waiting = f'"{WAITING}"' if row.due else '""'
    unsaid = f'IF({reason},{waiting},"{NO_POINTS}")'
    absent = f'"{WRONG}"'
    if row.may.not_applicable:
        absent = f'"{DONE}"' if row.state == "not_applicable" else _if_reason(reason)
    points = _if_reason(reason)
    if row.state == "answered" and row.self is not None:
        points = f'IF(ROUND({value}*{UNIT},0)={row.self},"{DONE}",{points})'
    sound = f"IFERROR(AND({','.join(_tests(value, row.may, row.self))}),FALSE)"
    return (
        f'=IF({value}="",{unsaid},IF({value}="{KPS}",{absent},'
        f'IF(ISNUMBER({value}),IF({sound},{points},"{WRONG}"),"{WRONG}")))'
    )


def _if_reason(reason: str) -> str:
    return f'IF({reason},"{NO_REASON}","{DONE}")'


def _tests(value: str, may: Givable, own: int | None) -> list[str]:
    """Excel conditions for points that may be given; the claimed ones always may."""
    whole = f"ROUND({value}*{UNIT},0)"
    tests = [f"{value}>=0", f"{value}<={plain(may.top)}", f"ABS({value}*{UNIT}-{whole})<0.000001"]
    step = ""
    if may.listed:
        step = f"OR({','.join(f'{whole}={points}' for points in may.listed)})"
    elif may.step > 1:
        step = f"MOD({whole},{may.step})=0"
    if step:
        tests.append(step if own is None or own in may else f"OR({step},{whole}={own})")
    return tests


def validation(row: Row, number: int, lists: dict[Givable, str]) -> dict[str, object] | None:
    """What the cell of points lets a person type; `lists`: ranges of the values to choose from.

    None where Excel has no room for the rule: the column of checks tells all the same.
    """
    if row.may in lists and (row.self is None or row.self in row.may):
        return {"validate": "list", "source": f"={lists[row.may]}"}
    typed = cell(number, "points")
    allowed = f"AND(ISNUMBER({typed}),{','.join(_tests(typed, row.may, row.self))})"
    if row.may.not_applicable:
        allowed = f'IF(ISNUMBER({typed}),{allowed},UPPER(TRIM({typed}))="{KPS}")'
    return {"validate": "custom", "value": f"={allowed}"} if len(allowed) < LONGEST_RULE else None
