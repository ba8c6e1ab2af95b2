"""Numbers and dates in words, as a table that an officer can read.

1. Whole numbers: mốt, tư, lăm, linh; empty groups; up to a million billion; negative.
2. Points and percents with decimals.
3. Dates with figures as documents write them, and in words.
4. Words lead back to the number that they were made of, for every number.
"""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria.exact import thousandths
from reports.vietnamese import (
    MOST,
    counted_in_words,
    date_in_words,
    in_capitals,
    number_in_words,
    official_date,
    points_in_words,
)

WHOLE = {
    0: "không",
    1: "một",
    4: "bốn",
    5: "năm",
    10: "mười",
    11: "mười một",
    14: "mười bốn",
    15: "mười lăm",
    20: "hai mươi",
    21: "hai mươi mốt",
    24: "hai mươi tư",
    25: "hai mươi lăm",
    50: "năm mươi",
    55: "năm mươi lăm",
    91: "chín mươi mốt",
    99: "chín mươi chín",
    100: "một trăm",
    101: "một trăm linh một",
    104: "một trăm linh bốn",
    105: "một trăm linh năm",
    110: "một trăm mười",
    111: "một trăm mười một",
    115: "một trăm mười lăm",
    121: "một trăm hai mươi mốt",
    150: "một trăm năm mươi",
    555: "năm trăm năm mươi lăm",
    1000: "một nghìn",
    1001: "một nghìn không trăm linh một",
    1010: "một nghìn không trăm mười",
    1100: "một nghìn một trăm",
    2024: "hai nghìn không trăm hai mươi tư",
    2105: "hai nghìn một trăm linh năm",
    10_000: "mười nghìn",
    21_005: "hai mươi mốt nghìn không trăm linh năm",
    104_000: "một trăm linh bốn nghìn",
    1_000_000: "một triệu",
    1_000_005: "một triệu không trăm linh năm",
    1_005_000: "một triệu không trăm linh năm nghìn",
    24_015_021: "hai mươi tư triệu không trăm mười lăm nghìn không trăm hai mươi mốt",
    1_000_000_000: "một tỷ",
    1_000_000_001: "một tỷ không trăm linh một",
    21_050_000_000: "hai mươi mốt tỷ không trăm năm mươi triệu",
    1_005_000_000_000: "một nghìn không trăm linh năm tỷ",
    999_999_999_999_999: "chín trăm chín mươi chín nghìn chín trăm chín mươi chín tỷ "
    "chín trăm chín mươi chín triệu chín trăm chín mươi chín nghìn chín trăm chín mươi chín",
    10**15: "một triệu tỷ",
    -1: "âm một",
    -105: "âm một trăm linh năm",
    -(10**15): "âm một triệu tỷ",
}

POINTS = {
    "0": "không",
    "8": "tám",
    "8,5": "tám phẩy năm",
    "8,50": "tám phẩy năm",
    "8,05": "tám phẩy không năm",
    "8,005": "tám phẩy không không năm",
    "8,25": "tám phẩy hai mươi lăm",
    "8,015": "tám phẩy không mười lăm",
    "8,125": "tám phẩy một trăm hai mươi lăm",
    "8,105": "tám phẩy một trăm linh năm",
    "0,5": "không phẩy năm",
    "21,1": "hai mươi mốt phẩy một",
    "79,995": "bảy mươi chín phẩy chín trăm chín mươi lăm",
    "83,04": "tám mươi ba phẩy không bốn",
    "100": "một trăm",
    "-0,75": "âm không phẩy bảy mươi lăm",
}

DATES = [
    (date(2024, 1, 5), "ngày 05 tháng 01 năm 2024",
     "ngày mồng năm tháng một năm hai nghìn không trăm hai mươi tư"),
    (date(2023, 10, 16), "ngày 16 tháng 10 năm 2023",
     "ngày mười sáu tháng mười năm hai nghìn không trăm hai mươi ba"),
    (date(2022, 2, 10), "ngày 10 tháng 02 năm 2022",
     "ngày mồng mười tháng hai năm hai nghìn không trăm hai mươi hai"),
    (date(2025, 4, 21), "ngày 21 tháng 4 năm 2025",
     "ngày hai mươi mốt tháng tư năm hai nghìn không trăm hai mươi lăm"),
    (date(2021, 3, 24), "ngày 24 tháng 3 năm 2021",
     "ngày hai mươi tư tháng ba năm hai nghìn không trăm hai mươi mốt"),
    (date(1999, 12, 31), "ngày 31 tháng 12 năm 1999",
     "ngày ba mươi mốt tháng mười hai năm một nghìn chín trăm chín mươi chín"),
    (date(2004, 11, 15), "ngày 15 tháng 11 năm 2004",
     "ngày mười lăm tháng mười một năm hai nghìn không trăm linh bốn"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "words"), WHOLE.items())
def test_whole_numbers(value: int, words: str) -> None:
    assert number_in_words(value) == words


@pytest.mark.parametrize(("figure", "words"), POINTS.items())
def test_points(figure: str, words: str) -> None:
    assert points_in_words(thousandths(figure)) == words


@pytest.mark.parametrize(("day", "figures", "words"), DATES)
def test_dates(day: date, figures: str, words: str) -> None:
    assert official_date(day) == figures
    assert date_in_words(day) == words


@pytest.mark.parametrize("beyond", [MOST + 1, -MOST - 1])
def test_a_number_beyond_the_words_is_refused(beyond: int) -> None:
    with pytest.raises(ValueError, match=str(beyond)):
        number_in_words(beyond)


@pytest.mark.parametrize(
    ("value", "told"),
    [(0, "0 (không)"), (9, "09 (chín)"), (17, "17 (mười bảy)"), (150, "150 (một trăm năm mươi)")],
)
def test_counts_stand_as_figure_and_words(value: int, told: str) -> None:
    assert counted_in_words(value) == told


@pytest.mark.parametrize(
    ("text", "capitals"),
    [
        ("thành phố Tây Ninh", "THÀNH PHỐ TÂY NINH"),
        ("Nghĩa Kỳ", "NGHĨA KỲ"),
        ("ủy ban, đặc khu", "ỦY BAN, ĐẶC KHU"),
    ],
)
def test_capitals_keep_their_marks(text: str, capitals: str) -> None:
    assert in_capitals(text) == capitals
    assert in_capitals(unicodedata.normalize("NFD", text)) == capitals


# 4: an own reading of the words, against the writer

_SAID = {"không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6,
         "bảy": 7, "tám": 8, "chín": 9}  # fmt: skip


def heard(words: str) -> int:
    """The number that somebody writes down who hears these words."""
    total = group = digit = 0
    for word in words.removeprefix("âm ").split():
        if word in _SAID:
            digit = _SAID[word]
        elif word == "trăm":
            group, digit = group + digit * 100, 0
        elif word in ("mươi", "mười"):
            group, digit = group + (digit * 10 if word == "mươi" else 10), 0
        elif word == "tỷ":
            total, group, digit = (total + group + digit) * 10**9, 0, 0
        elif word != "linh":
            total, group, digit = total + (group + digit) * {"nghìn": 10**3, "triệu": 10**6}[word], 0, 0
    sign = -1 if words.startswith("âm ") else 1
    return sign * (total + group + digit)


@given(st.integers(-MOST, MOST) | st.integers(0, 3000))
def test_the_words_lead_back_to_the_number(value: int) -> None:
    assert heard(number_in_words(value)) == value


@given(st.integers(-(10**6), 10**6))
def test_points_lead_back_to_their_thousandths(value: int) -> None:
    words = points_in_words(value)
    whole, _, decimals = words.partition(" phẩy ")
    zeros = 0
    while decimals.startswith("không "):
        decimals, zeros = decimals.removeprefix("không "), zeros + 1
    fraction = "0" * zeros + str(heard(decimals)) if decimals else "0"
    sign = "-" if words.startswith("âm") else ""
    assert thousandths(f"{sign}{abs(heard(whole))},{fraction}") == value
