"""Exact numbers: text to whole thousandths and back, integer divisions, their twins in Excel.

A point, a percentage or a declared figure is held as a whole number of thousandths (`8,5` is 8500).
No float decides a grade, a rank or a target (promise 1 of the design).
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from fractions import Fraction
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

Rounding: TypeAlias = Literal["half_up", "half_even", "down"]
Ints: TypeAlias = npt.NDArray[np.int64]

UNIT = 1000  # thousandths in one point, one percent, one person
LARGEST = 1_000_000_000 * UNIT  # figures above a thousand million are refused: products stay in int64

# digits of any width; not footnote marks or circled digits, which normalising would turn into digits
_NUMBER = re.compile(r"([+-]?)(\d{1,3}(?:\.\d{3})+|\d{1,3}(?: \d{3})+|\d+)?(?:([.,])(\d+))?")


class NotANumber(ValueError):
    """A text that is not one plain number of at most three decimals."""


def thousandths(value: object) -> int:
    """Whole thousandths of a number typed or stored: `8,5`, `8.5`, `" 8 "`, `8`, `8.5` give 8500, 8000.

    Full-width digits and no-break spaces are accepted. Both comma and dot are decimal signs; a
    thousands separator is accepted only where it cannot be a decimal sign (`1.234.567`, `1 234,5`).
    A float is taken as the decimal number that Excel shows, at 15 significant digits.

    Raises NotANumber for text with anything else in it, more than three decimals, not finite or
    larger than a thousand million.
    """
    if isinstance(value, bool) or value is None:
        raise NotANumber(value)
    if isinstance(value, (int, np.integer)):
        scaled = Decimal(int(value)) * UNIT
    elif isinstance(value, (float, np.floating)):
        if not np.isfinite(value):
            raise NotANumber(value)
        scaled = Decimal(f"{float(value):.15g}") * UNIT
    elif isinstance(value, Decimal):
        scaled = value * UNIT
    else:
        scaled = _decimal(str(value)) * UNIT
    if scaled != scaled.to_integral_value() or abs(scaled) > LARGEST:
        raise NotANumber(value)
    return int(scaled)


def _decimal(text: str) -> Decimal:
    odd = any(char.isnumeric() and not char.isdecimal() for char in text)
    match = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if odd or not match or not (match[2] or match[4]):
        raise NotANumber(text)
    sign, whole, mark, fraction = match.groups()
    whole = whole or "0"
    if "." in whole and mark == ".":
        raise NotANumber(text)
    if whole.count(".") == 1 and mark is None:
        # "1.234" cannot be told from 1,234: taken as a decimal number, as Vietnamese keyboards type it
        whole, fraction = whole.split(".")
    fraction = (fraction or "").rstrip("0")
    if len(fraction) > 3:
        raise NotANumber(text)  # told here, before a far decimal is lost to the precision of Decimal
    return Decimal(f"{sign}{re.sub('[. ]', '', whole)}.{fraction or '0'}")


def plain(value: int) -> str:
    """Decimal text with a dot, for programs: 8500 gives `8.5`, 8000 gives `8`."""
    sign = "-" if value < 0 else ""
    whole, rest = divmod(abs(value), UNIT)
    fraction = f"{rest:03d}".rstrip("0")
    return f"{sign}{whole}" + (f".{fraction}" if fraction else "")


def vietnamese(value: int, digits: int | None = None) -> str:
    """Decimal text with a comma, for people: 8500 gives `8,5`; with `digits=2`, `8,50`."""
    text = plain(value)
    if digits:
        whole, _, fraction = text.partition(".")
        text = f"{whole}.{fraction:<0{max(digits, len(fraction))}}"
    return text.replace(".", ",")


def divide(num: Ints, den: Ints | int, digits: int, rounding: Rounding) -> Ints:
    """Thousandths of `num / den` rounded to `digits` decimals; `num` is in thousandths, `den` > 0.

    Both are whole, `num` not negative; arrays of Python's integers are taken where int64 is too
    small. The result is exact: integer division, no float.
    """
    grain = 10 ** (3 - digits)
    den = np.asarray(den) * grain
    low = num // den
    rest = num - low * den
    if rounding == "half_up":
        low = low + (2 * rest >= den)
    elif rounding == "half_even":
        low = low + ((2 * rest > den) | ((2 * rest == den) & (low % 2 == 1)))
    return np.asarray(low * grain, dtype=np.int64)


def round_fraction(value: Fraction, digits: int, rounding: Rounding) -> int:
    """Thousandths of one exact number, itself in thousandths and not negative, rounded as `divide` does."""
    # Python's own whole numbers: numerators and denominators of long sums outgrow int64
    num, den = (np.array([part], dtype=object) for part in (value.numerator, value.denominator))
    return int(divide(num, den, digits, rounding)[0])


def share(part: Ints, whole: Ints, digits: int, rounding: Rounding) -> Ints:
    """Thousandths of a percent: `part / whole` as a percentage rounded to `digits`; `whole` > 0."""
    return divide(part * 100 * UNIT, whole, digits, rounding)


def excel_divide(num: str, den: str, digits: int, rounding: Rounding) -> str:
    """Excel expression with the value that `divide` gives, in points.

    `num` (in thousandths) and `den` are expressions whose values are whole numbers, so that each
    intermediate value is a whole number that a double holds exactly.
    """
    grain = 10 ** (3 - digits)
    scaled = f"(({den})*{grain})" if grain > 1 else f"({den})"
    scale = f"{10**digits}"
    if rounding == "down":
        return f"INT(({num})/{scaled})/{scale}"
    half_up = f"INT((2*({num})+{scaled})/(2*{scaled}))"
    if rounding == "half_up":
        return f"{half_up}/{scale}"
    tie_to_odd = f"AND(MOD(2*({num})+{scaled},2*{scaled})=0,MOD({half_up},2)=1)"
    return f"({half_up}-IF({tie_to_odd},1,0))/{scale}"


def excel_round(value: str, digits: int, rounding: Rounding) -> str:
    """Excel expression that rounds a sum of decimal numbers as `divide` rounds.

    The sum is first freed of what binary fractions leave behind, at nine decimals.
    """
    clean = f"ROUND({value},9)"
    if rounding == "half_up":
        return f"ROUND({clean},{digits})"
    scaled = f"ROUND({clean}*{10**digits},6)"
    if rounding == "down":
        return f"INT({scaled})/{10**digits}"
    half = f"INT({scaled}+0.5)"
    return f"({half}-IF(AND({scaled}-INT({scaled})=0.5,MOD({half},2)=1),1,0))/{10**digits}"


def excel_thousandths(cell: str) -> str:
    """Excel expression of the whole thousandths in a cell that shows a decimal number."""
    return f"ROUND({cell}*{UNIT},0)"


def excel_number(value: int) -> str:
    """Number literal for a formula (always a dot, whatever the locale): 8500 gives `8.5`."""
    return plain(value)


def as_float(value: int) -> float:
    """Nearest double, only for storing in a cell that a spreadsheet reads; never computed with."""
    return int(value) / UNIT  # Python divides whole numbers to the nearest double
