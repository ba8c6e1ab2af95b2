"""Exact numbers: what people type, what programs store, and how it is divided and shown.

1. Each way of writing one number gives the same whole thousandths; `8,5` and `8.5` are one number.
2. A text that is not one plain number of at most three decimals is refused, never guessed.
3. What is shown (with comma or dot) reads back as the same number.
4. A division is exact: half up, half to even or down, at ties too, of any size that we accept.
5. A share is the exact fraction, rounded once.
"""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria.exact import LARGEST, NotANumber, as_float, divide, plain, share, thousandths, vietnamese

DECIMAL_ROUNDING = {"half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN, "down": ROUND_DOWN}
ROUNDINGS = sorted(DECIMAL_ROUNDING)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        # comma and dot are both decimal signs
        ("8,5", 8500),
        ("8.5", 8500),
        ("8", 8000),
        ("0", 0),
        ("0,25", 250),
        ("0.125", 125),
        ("79,995", 79_995),
        ("8,50", 8500),
        ("08", 8000),
        (",5", 500),
        # blanks around, no-break, narrow and full-width ones too; line ends from a pasted cell
        (" 8 ", 8000),
        ("\u00a08,5\u00a0", 8500),
        ("\u202f8\u3000", 8000),
        ("8,5\n", 8500),
        ("\t8", 8000),
        # full-width characters, as some keyboards type them
        ("８", 8000),
        ("８，５", 8500),
        ("８．５", 8500),
        # a separator of thousands, only where it cannot be a decimal sign
        ("1.234.567", 1_234_567_000),
        ("1 234 567", 1_234_567_000),
        ("1 234", 1_234_000),
        ("1 234,5", 1_234_500),
        ("1\u00a0234,5", 1_234_500),
        ("1\u202f234.5", 1_234_500),
        ("1.234,5", 1_234_500),
        ("1.234.567,125", 1_234_567_125),
        # one dot and three digits cannot be told apart: a decimal number
        ("1.234", 1_234),
        ("1,234", 1_234),
        # signs
        ("+5", 5000),
        ("-8,5", -8500),
        ("-0", 0),
        # the largest that is accepted
        ("1000000000", LARGEST),
        ("1.000.000.000", LARGEST),
        ("-1000000000", -LARGEST),
    ],
)
def test_text_that_is_a_number(typed: str, expected: int) -> None:
    assert thousandths(typed) == expected


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        (8, 8000),
        (8.0, 8000),
        (8.5, 8500),
        (0.1 + 0.2, 300),  # 0.30000000000000004 in the workbook, 0.3 on the screen
        (1.1 + 2.2, 3300),
        (4.35 * 100, 435_000),  # 434.99999999999994
        (79.995, 79_995),
        (1.005, 1005),
        (-0.0, 0),
        (1e9, LARGEST),
        (np.float64(8.5), 8500),
        (np.int64(8), 8000),
        (Decimal("8.125"), 8125),
        (Decimal("8.1250"), 8125),
    ],
)
def test_stored_value_that_is_a_number(stored: object, expected: int) -> None:
    assert thousandths(stored) == expected


@pytest.mark.parametrize(
    "found",
    [
        # nothing, or words
        None,
        "",
        "   ",
        "-",
        "--",
        "+",
        ",",
        ".",
        "8 điểm",
        "8đ",
        "8,5%",
        "khoảng 8",
        "KPS",
        "x",
        "nan",
        "inf",
        # half a number, two numbers
        "8,5,",
        "8,",
        "8.",
        "8,,5",
        "--8",
        "8-9",
        "8/10",
        "8 5",
        "8, 5",
        "- 8",
        "1.234.5",
        "1,234,567",
        "1,234.5",
        "1234 567",
        "12.34.567",
        "1..5",
        # spellings of programs
        "1e3",
        "0x10",
        "1_000",
        "8½",
        b"8",
        [8],
        True,
        False,
        np.True_,
        # more than thousandths
        "8,0005",
        "1.2345",
        8.0005,
        1 / 3,
        Decimal("0.0001"),
        # not finite, too large
        float("inf"),
        float("-inf"),
        float("nan"),
        Decimal("NaN"),
        Decimal("Infinity"),
        "1000000000,001",
        "1000000001",
        "9" * 400,
        10**30,
        1e300,
        -1_000_000_001,
    ],
)
def test_what_is_not_one_number_is_refused(found: object) -> None:
    with pytest.raises(NotANumber):
        thousandths(found)


@pytest.mark.parametrize("typed", ["1.234 567", "1 234.567.890", "1.234 567,8"])
def test_two_different_separators_of_thousands_are_refused(typed: str) -> None:
    with pytest.raises(NotANumber):
        thousandths(typed)


@pytest.mark.parametrize("typed", ["8,5¹", "8²", "8,5₂", "①"])
def test_a_footnote_mark_never_becomes_a_digit(typed: str) -> None:
    with pytest.raises(NotANumber):
        thousandths(typed)


@pytest.mark.parametrize("zeros", [3, 20, 30, 200])
def test_a_far_decimal_is_not_rounded_away(zeros: int) -> None:
    with pytest.raises(NotANumber):
        thousandths("1," + "0" * zeros + "1")


@given(st.text(alphabet="0123456789,. -+\u00a0８，eđ", max_size=14))
def test_any_text_gives_thousandths_or_a_refusal(typed: str) -> None:
    try:
        value = thousandths(typed)
    except NotANumber:
        return
    assert abs(value) <= LARGEST
    assert thousandths(vietnamese(value)) == value


@given(st.integers(-LARGEST, LARGEST))
def test_a_double_is_read_as_the_number_it_shows(value: int) -> None:
    assert thousandths(as_float(value)) == value


@pytest.mark.parametrize(
    ("value", "dot", "comma"),
    [
        (0, "0", "0"),
        (8000, "8", "8"),
        (8500, "8.5", "8,5"),
        (80_250, "80.25", "80,25"),
        (83_038, "83.038", "83,038"),
        (5, "0.005", "0,005"),
        (10_000_000, "10000", "10000"),
        (-500, "-0.5", "-0,5"),
        (-12_345, "-12.345", "-12,345"),
    ],
)
def test_shown_with_dot_for_programs_and_comma_for_people(value: int, dot: str, comma: str) -> None:
    assert (plain(value), vietnamese(value)) == (dot, comma)


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [
        (8500, 2, "8,50"),
        (80_000, 2, "80,00"),
        (80_000, 0, "80"),
        (0, 1, "0,0"),
        (83_038, 2, "83,038"),  # a digit that is there is never dropped
        (-500, 3, "-0,500"),
    ],
)
def test_shown_with_at_least_so_many_decimals(value: int, digits: int, shown: str) -> None:
    assert vietnamese(value, digits) == shown


@given(st.integers(-LARGEST, LARGEST), st.integers(0, 3))
def test_what_is_shown_reads_back(value: int, digits: int) -> None:
    assert thousandths(vietnamese(value, digits)) == thousandths(Decimal(plain(value))) == value


@pytest.mark.parametrize(
    ("num", "den", "digits", "half_up", "half_even", "down"),
    [
        # num in thousandths: 2,5 of a whole point with no decimals kept, and so on
        (500, 1, 0, 1000, 0, 0),
        (1500, 1, 0, 2000, 2000, 1000),
        (2500, 1, 0, 3000, 2000, 2000),
        (2499, 1, 0, 2000, 2000, 2000),
        (2501, 1, 0, 3000, 3000, 2000),
        (250, 1, 1, 300, 200, 200),
        (350, 1, 1, 400, 400, 300),
        (79_995, 1, 2, 80_000, 80_000, 79_990),
        (79_985, 1, 2, 79_990, 79_980, 79_980),
        (79_994, 1, 2, 79_990, 79_990, 79_990),
        (1, 2, 3, 1, 0, 0),
        (3, 2, 3, 2, 2, 1),
        (1000, 3, 3, 333, 333, 333),
        (2000, 3, 3, 667, 667, 666),
        (2000, 3, 2, 670, 670, 660),
        (0, 7, 2, 0, 0, 0),
        (7000, 7, 0, 1000, 1000, 1000),
    ],
)
def test_division_at_and_near_ties(
    num: int, den: int, digits: int, half_up: int, half_even: int, down: int
) -> None:
    found = [
        int(divide(np.array([num]), den, digits, rounding)[0])
        for rounding in ("half_up", "half_even", "down")
    ]
    assert found == [half_up, half_even, down]


@given(
    st.integers(0, 10**15),
    st.integers(1, 10**12),
    st.integers(0, 3),
    st.sampled_from(ROUNDINGS),
)
def test_division_is_the_exact_quotient_rounded_once(
    num: int, den: int, digits: int, rounding: str
) -> None:
    found = divide(np.array([num]), np.array([den]), digits, rounding)
    assert found.dtype == np.int64
    assert found[0] == rounded_by_decimal(Fraction(num, den * 1000), digits, rounding)


@given(st.integers(0, 10**9), st.integers(1, 10**5), st.integers(0, 3), st.sampled_from(ROUNDINGS))
def test_division_at_exact_ties(quotient: int, den: int, digits: int, rounding: str) -> None:
    grain = 10 ** (3 - digits)
    halfway = (2 * quotient + 1) * den * grain  # over 2 * den: midway between two kept values
    found = divide(np.array([halfway]), np.array([2 * den]), digits, rounding)
    up = {"half_up": True, "half_even": quotient % 2 == 1, "down": False}[rounding]
    assert found[0] == (quotient + up) * grain


@pytest.mark.parametrize(
    ("points", "of", "percent"),
    [
        (68_000, 80_000, 85_000),
        (85_000, 85_000, 100_000),
        (0, 85_000, 0),
        (79_995, 100_000, 80_000),
        (79_994, 100_000, 79_990),
        (1, 3, 33_330),
        (2, 3, 66_670),
        (LARGEST, LARGEST, 100_000),
    ],
)
def test_share_in_percent_of_two_decimals(points: int, of: int, percent: int) -> None:
    assert share(np.array([points]), np.array([of]), 2, "half_up")[0] == percent


@given(
    st.lists(st.tuples(st.integers(0, LARGEST), st.integers(1, LARGEST)), min_size=1, max_size=5),
    st.integers(0, 3),
    st.sampled_from(ROUNDINGS),
)
def test_share_is_the_exact_fraction_rounded_once(
    pairs: list[tuple[int, int]], digits: int, rounding: str
) -> None:
    part, whole = (np.array(column) for column in zip(*pairs, strict=True))
    found = share(part, whole, digits, rounding)
    assert found.tolist() == [rounded_by_decimal(Fraction(100 * p, w), digits, rounding) for p, w in pairs]


def rounded_by_decimal(exact: Fraction, digits: int, rounding: str) -> int:
    """Thousandths of a fraction rounded by Python's own decimal arithmetic, at ample precision."""
    with localcontext() as context:
        context.prec = 120
        quotient = Decimal(exact.numerator) / Decimal(exact.denominator)
        kept = quotient.quantize(Decimal(1).scaleb(-digits), DECIMAL_ROUNDING[rounding])
        return int(kept * 1000)
