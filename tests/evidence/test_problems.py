"""The catalogue of problems: every code can happen, and every text is one that an officer can read."""

from __future__ import annotations

import re

import pytest

from evidence.intake import take_in
from evidence.problems import SEVERITY_WORDS, TEXTS, Place, has_errors, problem
from evidence.round import Round
from evidence.summary import problems_text
from tests.evidence import test_checks, test_consolidated, test_workbooks

ENGLISH = re.compile(
    r"\b(error|invalid|missing|unknown|none|null|nan|NA|true|false|row|cell|sheet|column|value|failed)\b",
    re.I,
)
# told by tests of their own in test_checks, test_outside and test_workers
ONE_BY_ONE = (
    {"file-unknown-unit", "file-twice", "evidence-unused", "outside-missing"}
    | {
        "table-and-others",
        "table-column-twice",
        "table-row-too-long",
    }
    | {"file-too-slow", "file-kills-reader"}
)


def test_every_code_is_shown_by_a_case() -> None:
    shown = {row[0] for row in test_checks.mistakes()}
    shown |= {code for code, _ in test_checks.STRUCTURE}
    shown |= {code for code, *_ in test_checks.IDENTITY}
    shown |= {code for code, _ in test_checks.FILES.values()}
    shown |= {case[0] for case in test_consolidated.CASES}
    shown |= {code for *_, code in test_consolidated.UNREADABLE.values()}
    for case in test_workbooks.FAIL + test_workbooks.PASS:
        shown |= {code for code, *_ in test_workbooks.table(case / "expected.csv")}
    assert shown | ONE_BY_ONE == set(TEXTS)


@pytest.mark.parametrize("code", TEXTS)
def test_texts_are_plain_vietnamese(code: str) -> None:
    made = problem(code, Place("25456", "25456.xlsx", "Tự chấm", "F12"), "8 điểm", "số từ 0 đến 4")
    assert made.severity in SEVERITY_WORDS
    for text in (made.message, made.fix):
        assert text[0].isupper()
        assert text.endswith(".")
        assert not re.search(r"[{}]", text)
        assert not ENGLISH.search(text)
        assert re.search("[ăâđêôơưàáảãạềếệốộứựịọụ]", text), "no Vietnamese letters"
    assert (made.found, made.expected) == ("8 điểm", "số từ 0 đến 4")
    assert list(made.to_json()) == [
        "code", "severity", "unit", "file", "sheet", "cell", "found", "expected", "message", "fix",
    ]  # fmt: skip


@pytest.mark.parametrize("typed", ["{found}", "{expected}", "{0}", "{", "%s", "x" * 5000])
def test_what_was_typed_is_shown_as_it_is(typed: str) -> None:
    made = problem("value-not-understood", Place("a", "a.xlsx"), typed, "số nguyên")
    assert typed[:120] in made.message
    assert len(made.message) < 200


def test_the_demo_rounds_problems_read_well(demo_round: Round) -> None:
    intake = take_in(demo_round)
    for item in intake.problems:
        assert not re.search(r"[{}]|<NA>", item.message + item.fix + item.found + item.expected)
        assert not ENGLISH.search(item.message + item.fix)
    assert has_errors(intake.problems)


def test_summary_names_who_sent_and_groups_what_repeats(empty_round: Round) -> None:
    entries = {
        leaf.id: test_checks.FormEntry("8 điểm") for leaf in empty_round.criteria.applying("xa-phuong")
    }
    test_checks.send(empty_round, test_checks.WARD, entries)
    test_checks.send(empty_round, test_checks.OTHER)
    text = problems_text(empty_round, take_in(empty_round))
    assert text.startswith("! BỘ TIÊU CHÍ PHỤC DỰNG")
    assert "Đã nhận 2/17 hồ sơ; 31 lỗi, 0 cảnh báo, 5 gợi ý." in text
    assert "Chưa gửi: Phòng Nội vụ (703-NV), " in text
    assert len(entries) == 31
    assert "(và 28 chỗ khác" in text
    assert "(và 2 chỗ khác" in text
    assert text.count("│ UBND phường 1 ") == 3 + 3  # three alike of each kind, no more
