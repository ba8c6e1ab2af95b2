"""The catalogue of problems: every code can happen, and every text is one that an officer can read."""

from __future__ import annotations

import re

import pytest

from evidence.intake import take_in
from evidence.problems import SEVERITY_WORDS, TEXTS, Place, has_errors, problem
from evidence.round import Round
from evidence.summary import problems_text
from tests.evidence import test_checks, test_consolidated, test_decisions, test_receipts

ENGLISH = re.compile(
    r"\b(error|invalid|missing|unknown|none|null|nan|NA|true|false|row|cell|sheet|column|value|failed)\b",
    re.I,
)
# told by tests of their own in test_checks, test_outside, test_registers and test_receipts
ONE_BY_ONE = {"file-unknown-unit", "file-twice", "evidence-unused", "outside-missing"} | {
    "table-and-others",
    "table-column-twice",
    "table-row-too-long",
    "register-unreadable",
    "register-row-too-long",
    "register-criterion-unsure",
    "receipt-without-file",
    "receipt-file-changed",
    "receipt-two-days",
}


def test_every_code_is_shown_by_a_case() -> None:
    shown = {row[0] for row in test_checks.mistakes()}
    shown |= {code for code, _ in test_checks.STRUCTURE}
    shown |= {code for code, *_ in test_checks.IDENTITY}
    shown |= {code for code, _ in test_checks.FILES.values()}
    shown |= {case[0] for case in test_consolidated.CASES}
    shown |= {code for *_, code in test_consolidated.UNREADABLE.values()}
    shown |= {code for _, code in test_receipts.MISTAKES}
    shown |= {code for _, code in test_decisions.FACT_LINES if code}
    shown |= {code for _, code, _ in test_decisions.DECISION_LINES if code}
    # those about Word templates: tests/reports/official/test_own_templates.py
    elsewhere = {code for code in TEXTS if code.startswith("template-")}
    # those about merged units: tests/evidence/test_mergers.py
    elsewhere |= {code for code in TEXTS if code.startswith("mergers-")}
    assert shown | ONE_BY_ONE | elsewhere == set(TEXTS)


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
    table = [line.split("│") for line in text.splitlines() if line.startswith("│")]
    told = " ".join(" ".join(cells[4] for cells in table).split())
    assert "(và 28 chỗ khác" in told
    assert "(và 2 chỗ khác" in told
    cells = re.findall(r"(?:Tự chấm|Minh chứng) ([A-Z]\d+(?:, [A-Z]\d+)*)", text)
    assert sum(len(found.split(", ")) for found in cells) == 3 + 3  # three alike of each kind, no more
    assert "thêm --full vào lệnh" in text
    whole = problems_text(empty_round, take_in(empty_round), full=True)
    assert len(re.findall(r"│ (?:Tự chấm|Minh chứng) [A-Z]\d+ ", whole)) == 31 + 5
    assert "thêm --full" not in whole


def test_what_many_units_have_alike_is_one_line(empty_round: Round) -> None:
    units = [unit for unit in empty_round.units if unit.type == "xa-phuong"]
    for unit in units:
        test_checks.send(empty_round, unit.code, {"3.4": test_checks.FormEntry("8 điểm", None, "", "1")})
    text = problems_text(empty_round, take_in(empty_round))
    assert " ".join(text.split()).count("Không hiểu “8 điểm”.") == 1
    assert f"{len(units)} đơn vị:" in text
    whole = problems_text(empty_round, take_in(empty_round), full=True)
    assert whole.count("Không hiểu “8 điểm”.") == len(units)


def test_the_table_fits_a_terminal_and_commands_it_nothing(empty_round: Round) -> None:
    test_checks.send(empty_round, test_checks.WARD, {"3.4": test_checks.FormEntry("\x1b[2J" + "điểm" * 60)})
    for full in (False, True):
        text = problems_text(empty_round, take_in(empty_round), full=full)
        assert max(len(line) for line in text.splitlines() if line[0] in "│├┌└") <= 120
        assert "\x1b" not in text
        assert "·[2J" in text
