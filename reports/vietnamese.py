"""Vietnamese numbers and dates in words, as official documents write them.

Where the language leaves a choice: `linh` (not `lẻ`) for an empty place of tens, `nghìn` (not `ngàn`),
`tỷ` (not `tỉ`), `mốt`, `tư`, `lăm` after `mươi`, `bốn` after `linh` and `mười`, and `mồng` before the
first ten days of a month.
"""

from __future__ import annotations

import unicodedata
from datetime import date

from criteria.exact import UNIT

MOST = 10**15  # the largest number with words

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_AFTER_TENS = {1: "mốt", 4: "tư", 5: "lăm"}
_BILLION = 10**9
_MONTHS = {4: "tư"}  # never `bốn`
_MINUS, _POINT = "âm", "phẩy"


def number_in_words(value: int) -> str:
    """A whole number in words: 21 gives `hai mươi mốt`, -105 gives `âm một trăm linh năm`.

    Raises ValueError beyond a million billion (10^15) either way.
    """
    if abs(value) > MOST:
        raise ValueError(value)
    words = _whole(abs(value))
    return f"{_MINUS} {words}" if value < 0 else words


def points_in_words(thousandths: int) -> str:
    """Points, percents or figures (whole thousandths) in words: 8500 gives `tám phẩy năm`.

    Decimals are read as one number, the zeros before it one by one, and zeros at the end not at all:
    `8,05` is `tám phẩy không năm`, `8,125` is `tám phẩy một trăm hai mươi lăm`. Raises ValueError
    beyond 10^15 points.
    """
    whole, rest = divmod(abs(thousandths), UNIT)
    words = number_in_words(whole)
    if rest:
        decimals = f"{rest:03d}".rstrip("0")
        figure = decimals.lstrip("0")
        zeros = [_DIGITS[0]] * (len(decimals) - len(figure))
        words = " ".join([words, _POINT, *zeros, number_in_words(int(figure))])
    return f"{_MINUS} {words}" if thousandths < 0 else words


def official_date(day: date) -> str:
    """`ngày 05 tháng 01 năm 2024`: days under 10 and months 1, 2 with a zero.

    NĐ 30/2020/NĐ-CP, Phụ lục I, Phần I, II.4.b.
    """
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def date_in_words(day: date) -> str:
    """`ngày mồng năm tháng một năm hai nghìn không trăm hai mươi tư`."""
    of_month = number_in_words(day.day)
    if day.day <= 10:
        of_month = f"mồng {of_month}"
    month = _MONTHS.get(day.month) or number_in_words(day.month)
    return f"ngày {of_month} tháng {month} năm {number_in_words(day.year)}"


def counted_in_words(value: int) -> str:
    """A count as documents write it, figure and words: `17 (mười bảy)`, `09 (chín)`, `0 (không)`."""
    return f"{value:02d} ({number_in_words(value)})" if value else f"0 ({number_in_words(0)})"


def in_capitals(text: str) -> str:
    """The text in capitals, its letters composed, so that marks stand with their letters in any font."""
    return unicodedata.normalize("NFC", text).upper()


def _whole(value: int) -> str:
    """Words of a number from 0."""
    if value < 1000:
        return _hundreds(value, padded=False)
    billions, rest = divmod(value, _BILLION)
    words = [f"{_whole(billions)} tỷ"] if billions else []
    for size, name in ((10**6, "triệu"), (10**3, "nghìn"), (1, "")):
        group, rest = divmod(rest, size)
        if group:
            words.append(f"{_hundreds(group, padded=bool(words))} {name}".rstrip())
    return " ".join(words)


def _hundreds(value: int, padded: bool) -> str:
    """Words of 0 to 999; `padded` where larger groups stand before it: 5 gives `không trăm linh năm`."""
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    words = [_DIGITS[hundreds], "trăm"] if hundreds or padded else []
    if tens > 1:
        words += [_DIGITS[tens], "mươi"]
        words += [_AFTER_TENS.get(ones, _DIGITS[ones])] if ones else []
    elif tens == 1:
        words += ["mười"]
        words += ["lăm" if ones == 5 else _DIGITS[ones]] if ones else []
    elif ones or not words:
        words += ["linh", _DIGITS[ones]] if words else [_DIGITS[ones]]
    return " ".join(words)
