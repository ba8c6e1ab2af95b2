"""What a person typed into one cell, and what it means.

1. Numbers with comma, dot, blanks, as text or not; anything else is not understood, never guessed.
2. Dates that Excel made of figures, truth values and errors are not figures.
3. Levels are compared without case, double blanks and the way diacritics are composed.
4. A day is read in the ways people write one; never done is not a day; no other year than ours.
5. "Không phát sinh" has few words; another word is not understood.
"""

from __future__ import annotations

import unicodedata
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria.exact import plain, vietnamese
from criteria.rules import Input
from evidence.reading.typed import (
    NotUnderstood,
    as_text,
    expected,
    is_blank,
    parse_input,
    parse_not_applicable,
    seen,
)

COUNT = Input("count", "Số vụ", "number")
POINTS = Input("points", "Điểm", "number", step=250, most=4000)
DAY = Input("on", "Ngày gửi", "date")
LEVEL = Input("level", "Mức", "level", levels=("Gửi đúng hạn", "Gửi chậm", "Không gửi"))

NUMBERS = [
    ("8,5", 8500),
    ("8.5", 8500),
    (8.5, 8500),
    (8, 8000),
    (" 8 ", 8000),
    ("\u00a08,5\u00a0", 8500),
    ("8,50", 8500),
    ("08", 8000),
    (",5", 500),
    ("0", 0),
    (0, 0),
    (0.1 + 0.2, 300),
    ("-1", -1000),
    ("1 234,5", 1_234_500),
    ("1.234.567", 1_234_567_000),
]


@pytest.mark.parametrize(("typed", "thousandths"), NUMBERS)
def test_numbers(typed: object, thousandths: int) -> None:
    assert parse_input(COUNT, typed) == thousandths


NO_NUMBERS = [
    "8 điểm",
    "tám",
    "8,5,1",
    "8;5",
    "1/2",
    "85%",
    "=1+1",
    "8,1234",
    "1e3",
    "-",
    "n/a",
    True,
    False,
    float("inf"),
    float("nan"),
    date(2023, 5, 8),
    datetime(2023, 5, 8),
    time(8, 5),
    timedelta(hours=8),
]


@pytest.mark.parametrize("typed", NO_NUMBERS, ids=repr)
def test_what_is_no_number_is_not_guessed(typed: object) -> None:
    with pytest.raises(NotUnderstood):
        parse_input(COUNT, typed)


@pytest.mark.parametrize("typed", [None, "", " ", "\u00a0", "\n\t"])
def test_nothing_is_nothing(typed: object) -> None:
    assert is_blank(typed)
    assert parse_input(COUNT, typed) is None
    assert parse_input(LEVEL, typed) is None
    assert parse_not_applicable(typed) is False


@given(st.integers(0, 999_999_999))
def test_every_way_of_writing_a_number_means_the_same(thousandths: int) -> None:
    for text in (plain(thousandths), vietnamese(thousandths), f" {vietnamese(thousandths)}\u00a0"):
        assert parse_input(COUNT, text) == thousandths
    assert parse_input(COUNT, thousandths / 1000) == thousandths


LEVELS = [
    ("Gửi đúng hạn", 0),
    ("  gửi ĐÚNG   hạn ", 0),
    (unicodedata.normalize("NFD", "Gửi đúng hạn"), 0),
    ("Gửi\u00a0đúng hạn", 0),
    ("Không gửi", 2),
]


@pytest.mark.parametrize(("typed", "index"), LEVELS)
def test_levels(typed: str, index: int) -> None:
    assert parse_input(LEVEL, typed) == index


@pytest.mark.parametrize("typed", ["Gửi", "Gui dung han", "1", 1, "Gửi*", True, date(2023, 5, 8)])
def test_what_is_no_level_is_not_guessed(typed: object) -> None:
    with pytest.raises(NotUnderstood):
        parse_input(LEVEL, typed)


IN_TIME = date(2023, 10, 16)
DAYS: list[tuple[object, date | None]] = [
    # what is in the cell, the day, None for never
    (IN_TIME, IN_TIME),
    (datetime(2023, 10, 16, 8, 30), IN_TIME),
    ("16/10/2023", IN_TIME),
    (" 16/10/2023\u00a0", IN_TIME),
    ("16-10-2023", IN_TIME),
    ("16.10.23", IN_TIME),
    ("5/3/2023", date(2023, 3, 5)),
    ("Ngày 16 tháng 10 năm 2023", IN_TIME),
    (45215, IN_TIME),  # the day's serial number, its format lost
    (45215.0, IN_TIME),
    ("không gửi", None),
    ("KHÔNG", None),
    ("Chưa thực hiện", None),
]


@pytest.mark.parametrize(("typed", "day"), DAYS, ids=repr)
def test_days(typed: object, day: date | None) -> None:
    assert parse_input(DAY, typed) == (day.toordinal() if day else 0)


NO_DAYS = [
    0,  # never done is said in words: a 0 in a cell of days may be any slip
    "0",
    time(0, 0),  # how that 0 is read
    16,  # the day without its month
    date(1900, 1, 16),  # what Excel makes of it in a cell with a date format
    "16/10",
    "16/10/1023",
    "16/10/202",
    "30/02/2023",
    "10/16/2023",
    "tháng 10",
    "đúng hạn",
    -1,
    99_999,
    45215.5e3,
    time(8, 30),
    timedelta(hours=30),
    True,
]


@pytest.mark.parametrize("typed", NO_DAYS, ids=repr)
def test_what_is_no_day_is_not_guessed(typed: object) -> None:
    with pytest.raises(NotUnderstood):
        parse_input(DAY, typed)


@pytest.mark.parametrize("typed", ["x", "X", " x ", "KPS", "kps", "Không phát sinh", "khong phat sinh"])
def test_words_for_not_applicable(typed: str) -> None:
    assert parse_not_applicable(typed)


@pytest.mark.parametrize("typed", ["có", "0", 0, 1, "không", "x x", True, "k"])
def test_another_word_is_not_understood(typed: object) -> None:
    with pytest.raises(NotUnderstood):
        parse_not_applicable(typed)


TEXTS = [
    (None, ""),
    ("Điều", "Điều"),
    (unicodedata.normalize("NFD", "Điều lệ"), "Điều lệ"),
    (1.0, "1"),
    (1.5, "1.5"),
    (1, "1"),
    (True, "TRUE"),
    (date(2023, 10, 5), "05/10/2023"),
    (datetime(2023, 10, 5), "05/10/2023"),
    (datetime(2023, 10, 5, 9, 30), "05/10/2023 09:30"),
]


@pytest.mark.parametrize(("value", "text"), TEXTS, ids=repr)
def test_cells_as_people_see_them(value: object, text: str) -> None:
    assert as_text(value) == text


EXPECTED = [
    (COUNT, "số nguyên không âm, không kèm chữ"),
    (POINTS, "số từ 0 đến 4, mỗi bước 0,25, không kèm chữ"),
    (Input("a", "Điểm", "number", step=1, most=2500), "số từ 0 đến 2,5, không kèm chữ"),
    (DAY, "ngày có trong lịch, dạng 25/10/2023, hoặc “không gửi” nếu không thực hiện"),
    (LEVEL, "một trong các mức: “Gửi đúng hạn”; “Gửi chậm”; “Không gửi”"),
]


@pytest.mark.parametrize(("wanted", "sentence"), EXPECTED, ids=lambda value: getattr(value, "name", ""))
def test_what_is_wanted_is_said_in_vietnamese(wanted: Input, sentence: str) -> None:
    assert expected(wanted) == sentence


@pytest.mark.parametrize("sign", ["\u200b", "\ufeff", "\u00ad", "\u2060", "\u200e"])
def test_signs_that_nobody_sees_are_nothing(sign: str) -> None:
    assert is_blank(f" {sign}")
    assert seen(f"8{sign},5{sign}") == "8,5"
