"""Warnings about old decisions and citations that do not agree with the register.

1. The year outside the decision's days, the decision replaced (stated or inferred) are told.
2. The clash 436/QĐ-UBND 11/6/2014 against 11/6/2019, and its spelling, in the plan of Trương Quang Trọng.
3. A plan and decision in order give no warning.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from criteria.currency import currency_warnings
from criteria.document import DocumentRef
from criteria.library import Library
from criteria.model import CriteriaSet, Plan


@pytest.fixture(scope="module")
def quang_ngai() -> tuple[Plan, CriteriaSet]:
    plan, criteria = Library().plan_with_criteria("truong-quang-trong-2023")
    assert criteria is not None
    return plan, criteria


def test_the_two_datings_of_436_clash_and_1211_is_named(quang_ngai: tuple[Plan, CriteriaSet]) -> None:
    plan, criteria = quang_ngai
    told = currency_warnings(criteria, plan, 2023)
    assert len(told) == 3
    assert "1211/QĐ-UBND ngày 02/11/2022" in told[0] and "suy luận" in told[0]
    assert "II.12" in told[1] and "11/6/2014" in told[1] and "11/6/2019" in told[1]
    assert "II.9" in told[2] and "436-QĐ-UBND" in told[2] and "nên là 436/QĐ-UBND" in told[2]


def test_before_the_other_decision_there_is_nothing_to_say_of_it(
    quang_ngai: tuple[Plan, CriteriaSet],
) -> None:
    plan, criteria = quang_ngai
    assert not [text for text in currency_warnings(criteria, plan, 2021) if "1211" in text]


@pytest.mark.parametrize(
    ("year", "days", "said"),
    [
        (2022, (date(2022, 8, 19), None), ""),
        (2021, (date(2022, 8, 19), None), "có hiệu lực từ ngày 19/8/2022, sau năm đánh giá 2021"),
        (2025, (date(2022, 8, 19), date(2024, 12, 31)), "hết hiệu lực từ ngày 31/12/2024"),
        (2024, (date(2022, 8, 19), date(2024, 12, 31)), ""),
    ],
)
def test_the_year_and_the_days_in_force(year: int, days: tuple[date, date | None], said: str) -> None:
    plan, criteria = Library().plan_with_criteria("tay-ninh-city-2023")
    assert criteria is not None
    decision = replace(criteria.decision, in_force_from=days[0], in_force_to=days[1])
    told = currency_warnings(replace(criteria, decision=decision), plan, year)
    assert (said in told[0]) if said else told == ()


def test_a_stated_replacement_is_told_as_one() -> None:
    plan, criteria = Library().plan_with_criteria("tay-ninh-city-2023")
    assert criteria is not None
    later = DocumentRef("99/QĐ-UBND", date(2023, 1, 2), "UBND thành phố Tây Ninh")
    told = currency_warnings(
        replace(criteria, decision=replace(criteria.decision, replaced_by=later)), plan, 2023
    )
    assert told == (
        "Quyết định 815/QĐ-UBND đã được thay thế bởi 99/QĐ-UBND ngày 02/01/2023 của UBND thành phố "
        "Tây Ninh; không nên dùng cho năm 2023.",
    )


def test_a_date_that_the_register_does_not_know_is_told() -> None:
    plan, criteria = Library().plan_with_criteria("tay-ninh-city-2023")
    assert criteria is not None
    act = replace(criteria.decision.document, date=date(2022, 8, 18))
    told = currency_warnings(
        replace(criteria, decision=replace(criteria.decision, document=act)), plan, 2023
    )
    assert len(told) == 1 and "18/8/2022" in told[0] and "19/8/2022" in told[0]
