"""The results of a round: averages of blocks, and published tables recomputed.

1. An average is the mean of the exact shares, rounded once, of the units that have points.
2. It is exact for any number of units with any maxima.
3. Bình Dương 2017: all totals, percents, ranks and the mean, as printed.
4. Huế 2021: all ranks and grades, as printed.
"""

from __future__ import annotations

import csv
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from small_round import USUAL, column, judged_set, results_of

from criteria.exact import thousandths, vietnamese
from evidence.intake import take_in
from evidence.round import load_round
from scoring.results import Results, score

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@pytest.mark.parametrize(
    ("answers", "average"),
    [
        ("A 1.1 6", 60_000),
        ("A 1.1 6\nB 1.1 7", 65_000),
        ("A 1.1 0\nB 1.1 0", 0),
        # those without points do not count as zero
        ("A 1.1 6\nB 1.1 trống", 60_000),
        ("A 1.1 trống", None),
        # 33,33, 33,33 and 66,67% of 10 points: 44,4433..%
        ("A 1.1 3,333\nB 1.1 3,333\nC 1.1 6,667", 44_440),
        ("A 1.1 0\nB 1.1 0\nC 1.1 0,005", 20),  # 0,0166..%
    ],
)
def test_average_of_a_block(answers: str, average: int | None) -> None:
    assert results_of(judged_set(["10"]), "A B C", answers).averages == {"xa": average}


def test_an_average_is_rounded_once_not_twice() -> None:
    # printed 33,34 and 33,33, whose mean 33,335 would round to 33,34; exactly it is 33,3345
    results = results_of(judged_set(["100"]), "A B", "A 1.1 33,335\nB 1.1 33,334")
    assert column(results, "percent") == [33_340, 33_330]
    assert results.averages == {"xa": 33_330}


def test_averages_by_block_in_the_order_of_the_roster() -> None:
    results = results_of(
        judged_set(["10"]), "A:xa:hai B:xa:một C:xa:hai D:xa:ba", "A 1.1 6\nB 1.1 1\nC 1.1 7"
    )
    assert list(results.averages.items()) == [("hai", 65_000), ("một", 10_000), ("ba", None)]


def test_an_average_weighs_units_not_points() -> None:
    criteria = judged_set(["80", "20"], more=", not_applicable: exclude")
    results = results_of(criteria, "A B", "A 1.1 KPS\nA 1.2 20\nB 1.1 40\nB 1.2 0")
    assert results.averages == {"xa": 70_000}  # of 100% and 40%; by points it would be 50%


@pytest.mark.parametrize("units", [3, 12, 40])
def test_an_average_of_units_with_many_different_maxima(units: int) -> None:
    # each unit leaves out another criterion: maxima 1, 2, 3, ... less than their sum
    tops = [str(index + 100) for index in range(units)]
    criteria = judged_set(tops, more=", not_applicable: exclude")
    total = sum(map(int, tops))
    said, shares = [], []
    for unit in range(units):
        said += [
            f"U{unit} 1.{index + 1} " + ("KPS" if index == unit else "0" if index else "7")
            for index in range(units)
        ]
        shares.append(Fraction(0 if unit == 0 else 7, total - int(tops[unit])))
    results = results_of(criteria, " ".join(f"U{unit}" for unit in range(units)), "\n".join(said))
    mean = sum(shares, Fraction(0)) / units
    assert results.averages == {"xa": int(mean * 10_000 + Fraction(1, 2)) * 10}


@pytest.mark.parametrize(
    ("rounding", "percent"), [("half_up", 33_340), ("half_even", 33_340), ("down", 33_330)]
)
def test_percents_are_rounded_as_the_decision_says(rounding: str, percent: int) -> None:
    criteria = judged_set(["100"], USUAL.replace("half_up", rounding))
    results = results_of(criteria, "A", "A 1.1 33,335")
    assert column(results, "percent") == [percent]
    assert results.averages == {"xa": percent}


@cache
def published(name: str) -> tuple[Results, list[dict[str, str]]]:
    """The results of an example round, and the table it was made from."""
    round_ = load_round(EXAMPLES / name)
    intake = take_in(round_)
    assert not [item for item in intake.problems if item.severity == "error"]
    with (EXAMPLES / name / "cong-bo.csv").open(encoding="utf-8-sig", newline="") as table:
        rows = list(csv.DictReader(table))
    return score(round_.criteria, round_.plan, round_.units, intake.answers,
                 judgements=intake.judgements), rows  # fmt: skip


def test_binh_duong_2017_as_printed() -> None:
    results, rows = published("binh-duong-cchc-2017")
    *printed, mean = rows
    found = results.units.to_dict("records")
    assert [row["name"].split(" ", 2)[2] for row in found] == [
        row["huyen_thi_xa_thanh_pho"].split(" ", 2)[2] for row in printed
    ]
    assert [row["final"] for row in found] == [thousandths(row["tong_diem_100"]) for row in printed]
    assert [f"{vietnamese(row['percent'], 2)}%" for row in found] == [
        row["chi_so_cchc_2017"] for row in printed
    ]
    assert [str(row["rank"]) for row in found] == [row["stt"] for row in printed]
    assert len(found) == 9
    (average,) = results.averages.values()
    assert average is not None
    assert f"{vietnamese(average, 2)}%" == mean["chi_so_cchc_2017"] == "78,39%"


def test_hue_2021_as_printed() -> None:
    results, printed = published("hue-cchc-2021")
    found = results.units.to_dict("records")
    assert len(found) == len(printed) == 21
    assert [row["name"] for row in found] == [row["ten_don_vi"] for row in printed]
    assert [row["final"] for row in found] == [thousandths(row["diem_danh_gia"]) for row in printed]
    assert [str(row["rank"]) for row in found] == [row["vi_thu"] for row in printed]
    assert [row["grade"] for row in found] == [row["xep_loai"] for row in printed]
    assert set(column(results, "state")) == {"appraised"}
    assert not results.provisional
