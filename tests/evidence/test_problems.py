"""The catalogue of problems: every code can happen, and every text is one that an officer can read.

1. Every code is shown by a case of the tests, used by the program, given an example, and on the page of codes.
2. Each message alone tells where, what and what to do: a place, what was found, a step that begins with a verb;
   no English, no traceback, no name out of the code.
3. What was typed is shown as it is.
"""

from __future__ import annotations

import ast
import re
import unicodedata
from functools import cache
from pathlib import Path

import pytest

from criteria.library import Library
from docs import make_codes
from evidence.intake import take_in
from evidence.layout import CRITERIA_COLUMNS, EVIDENCE_COLUMNS, HELPER_COLUMNS
from evidence.messages import appraisal
from evidence.messages.examples import EXAMPLES
from evidence.problems import SEVERITY_WORDS, TEXTS, Place, has_errors, problem
from evidence.round import Round
from evidence.summary import problems_text
from tests.evidence import (
    test_checks,
    test_consolidated,
    test_decisions,
    test_document_checks,
    test_dossier,
    test_labels,
    test_receipts,
    test_twins,
    test_workbooks,
)

ROOT = Path(__file__).parents[2]
# told by tests of their own in test_checks, test_outside, test_registers and test_receipts
ONE_BY_ONE = {"file-unknown-unit", "file-twice", "evidence-unused", "outside-missing"} | {
    "table-and-others",
    "table-column-beside",
    "table-column-twice",
    "table-row-too-long",
    "register-unreadable",
    "register-row-too-long",
    "register-criterion-unsure",
    "receipt-without-file",
    "receipt-file-changed",
    "receipt-two-days",
}
ONE_BY_ONE |= {"file-too-slow", "file-kills-reader"}  # test_workers
ONE_BY_ONE |= set(appraisal.TEXTS)  # test_appraisal holds each of these

# 1: every code ----------------------------------------------------------------------------------


def test_every_code_is_shown_by_a_case() -> None:
    shown = {row[0] for row in test_checks.mistakes()}
    shown |= {code for code, _ in test_checks.STRUCTURE}
    shown |= {code for code, *_ in test_checks.IDENTITY}
    shown |= {code for code, _ in test_checks.FILES.values()}
    shown |= {case[0] for case in test_consolidated.CASES}
    shown |= {code for *_, code in test_consolidated.UNREADABLE.values()}
    shown |= test_document_checks.CODES | test_dossier.CODES | test_labels.CODES | test_twins.CODES
    shown |= {code for _, code in test_receipts.MISTAKES}
    shown |= {code for _, code in test_decisions.FACT_LINES if code}
    shown |= {code for _, code, _ in test_decisions.DECISION_LINES if code}
    for case in test_workbooks.FAIL + test_workbooks.PASS:
        shown |= {code for code, *_ in test_workbooks.table(case / "expected.csv")}
    # those about Word templates: tests/reports/official/test_own_templates.py
    elsewhere = {code for code in TEXTS if code.startswith("template-")}
    # those about merged units: tests/evidence/test_mergers.py
    elsewhere |= {code for code in TEXTS if code.startswith("mergers-")}
    assert shown | ONE_BY_ONE | elsewhere == set(TEXTS)


@cache
def texts_in_code() -> frozenset[str]:
    """Every text that stands in the program outside the catalogue itself."""
    rooms = ("criteria", "evidence", "scoring", "reports")
    files = [*ROOT.glob("cli*.py"), *(path for room in rooms for path in (ROOT / room).rglob("*.py"))]
    trees = (
        ast.parse(path.read_text(encoding="utf-8")) for path in files if path.parent.name != "messages"
    )
    nodes = (node for tree in trees for node in ast.walk(tree))
    return frozenset(
        node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


@pytest.mark.parametrize("code", TEXTS)
def test_every_code_is_used_and_has_an_example(code: str) -> None:
    assert code in texts_in_code(), "nothing in the program gives this problem"
    assert code in EXAMPLES, "add an example to evidence/messages/examples.py"
    assert f"`{code}`" in make_codes.PAGE.read_text(encoding="utf-8")


def test_examples_are_of_codes_that_there_are() -> None:
    assert set(EXAMPLES) == set(TEXTS)


def test_the_page_of_codes_is_current() -> None:
    written = make_codes.PAGE.read_text(encoding="utf-8")
    assert written == make_codes.page(), "run: python docs/make_codes.py"


# 2: place, finding, next step -------------------------------------------------------------------

ENGLISH = re.compile(
    r"\b(error|invalid|missing|unknown|none|null|nan|NA|true|false|row|cell|sheet|column|value|failed|file|"
    r"warning|traceback|exception|input|field|default|index|key|must|not|found|expected|wrong|link|folder)\b",
    re.I,
)
# a step that somebody can do: every text of what to do begins with one of these
VERBS = {
    "bổ sung", "bỏ", "chép", "chỉ", "chọn", "dẫn", "dùng", "đánh", "đặt", "điền", "đóng", "đổi", "đối chiếu",
    "ghi", "giữ", "gửi", "kiểm tra", "làm tròn", "lưu", "mở", "nêu", "ngăn", "sửa", "tạo", "thêm", "xem", "xóa", "đưa",
}  # fmt: skip
INTERNAL = {
    *(column.key for column in (*CRITERIA_COLUMNS, *HELPER_COLUMNS, *EVIDENCE_COLUMNS)),
    *TEXTS, *Library().criteria_ids(), "misread", "faulty", "blank", "criteria", "plan", "UnitField", "<NA>",
}  # fmt: skip
# names on the screens of other programs and of files, which stand in quotes or brackets
NAMES = re.compile(r"“[^”]*”|\([^)]*\)|\S+\.(?:xlsx|csv|pdf|jpg|docx|zip|yaml)\b|\S+/\S+")


@pytest.mark.parametrize("code", TEXTS)
def test_each_message_tells_where_what_and_what_to_do(code: str) -> None:
    shown = make_codes.example(code)
    assert shown.severity in SEVERITY_WORDS
    assert shown.place
    assert shown.sheet or not shown.cell or shown.file.endswith(".csv")
    if shown.found:
        assert shown.found in shown.message, "what was found is not shown"
    if shown.expected:
        assert shown.expected in shown.message + shown.fix, "what is expected is not shown"
    for template, text in zip(TEXTS[code][1:], (shown.message, shown.fix), strict=True):
        assert text[0].isupper() or text[0] in "“"
        assert text.endswith(".")
        assert not text.endswith("..")
        assert not re.search(r"[{}]|\(\)|“”|  ", text)
        assert text == unicodedata.normalize("NFC", text)
        bare = NAMES.sub("", template.replace("{found}", "").replace("{expected}", ""))
        assert not ENGLISH.search(bare), ENGLISH.search(bare)
        words = set(re.findall(r"[\w<>-]+", bare))
        assert not words & INTERNAL
        assert re.search("[ăâđêôơưàáảãạềếệốộứựịọụ]", text), "no Vietnamese letters"
    first = shown.fix.casefold()
    assert any(first.startswith(f"{verb} ") for verb in VERBS), f"no step to do: {shown.fix}"


@pytest.mark.parametrize("code", TEXTS)
def test_what_is_asked_for_in_an_example_can_be_left_out_of_none(code: str) -> None:
    """An example fills in all that its texts ask for: none reads “Ghi .”."""
    _, message, fix = TEXTS[code]
    asks = {name for name in ("found", "expected") if f"{{{name}}}" in message + fix}
    assert asks == {name for name in ("found", "expected") if getattr(EXAMPLES[code], name)}


def test_a_problem_as_a_program_reads_it() -> None:
    made = problem("value-not-understood", Place("25456", "25456.xlsx", "Tự chấm", "F12"), "8 điểm", "số")
    assert (made.found, made.expected) == ("8 điểm", "số")
    assert list(made.to_json()) == [
        "code", "severity", "unit", "file", "sheet", "cell", "found", "expected", "message", "fix",
    ]  # fmt: skip


# 3: as it was typed -----------------------------------------------------------------------------


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
    assert [
        text for text in ("(và 7 chỗ khác", "(và 13 chỗ khác", "(và 1 chỗ khác") if text not in told
    ] == []
    assert "(và 2 chỗ khác" in told
    cells = re.findall(r"(?:Tự chấm|Minh chứng) ([A-Z]\d+(?:, [A-Z]\d+)*)", text)
    assert (
        sum(len(found.split(", ")) for found in cells) == 3 + 3 + 3 + 1 + 3
    )  # three alike of a kind, no more
    assert [row[1].strip() for row in table if row[1].strip() in ("Lỗi", "Gợi ý")] == ["Lỗi"] * 10 + [
        "Gợi ý"
    ] * 3
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
