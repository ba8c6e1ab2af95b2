"""The list of evidence documents: numbers, dates, what is listed twice, what documents cannot serve.

1. A number in the form of official documents is taken as it is; what is meant by another is suggested
   only where it is clear.
2. Each mistake in the list is told at its cell, and nothing else is.
3. Nothing that a person types into the list stops the reading.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.dossier.documents import Period
from evidence.dossier.numbers import read_number
from evidence.form.filling import Filling, FormDocument, FormEntry
from evidence.form.writer import write_form
from evidence.intake import take_in
from evidence.round import Round
from tests.evidence import typist
from tests.evidence.test_checks import DOCUMENTS, WARD, sound_entries

# 1: numbers -------------------------------------------------------------------------------------

SOUND = [
    # typed, kind
    ("12/QĐ-UBND", "QĐ"), ("45/BC-NV", "BC"), ("30/2020/NĐ-CP", "NĐ"), ("03a/KH-UBND", "KH"),
    ("12/TTr-PNV", "TTr"), ("12/2022/QH15", "QH"), ("Luật số 12/2022/QH15", "Luật"),
    ("Báo cáo số 12/BC-UBND", "BC"), ("Số: 12/BC-UBND", "BC"), ("45/UBND-NV", "CV"),
    ("12/QĐ-TH&THCS", "QĐ"), ("12/KH-MTTQ-BTT", "KH"), ("12-QĐ/TU", "QĐ"), ("05-NQ/TU", "NQ"),
    ("15-HD/BTCTW", "HD"), ("12-BC/ĐTN", "BC"), ("12/KL-BCĐ.TU", "KL"), ("7/BB-SN1", "BB"),
]  # fmt: skip
REPAIRED = [
    ("436-QĐ-UBND", "436/QĐ-UBND"), ("436 / QĐ - UBND", "436/QĐ-UBND"), ("436/qđ-ubnd", "436/QĐ-UBND"),
    ("436 QĐ-UBND", "436/QĐ-UBND"), ("436QĐ-UBND", "436/QĐ-UBND"), ("436/QĐ/UBND", "436/QĐ-UBND"),
    ("436/QĐ UBND", "436/QĐ-UBND"), ("436.QĐ.UBND", "436/QĐ-UBND"), ("12/QD-UBND", "12/QĐ-UBND"),
    ("12-QĐ/UBND", "12/QĐ-UBND"), ("12/BC-ubnd", "12/BC-UBND"), ("12/BC–UBND", "12/BC-UBND"),
    ("12/BC-UBND ngày 3/4/2023", "12/BC-UBND"),
]  # fmt: skip
UNCLEAR = ["45", "12/BC", "Báo cáo 12", "12/BC-UBND; 13/BC-UBND", "1234567/BC-UBND", "x1" * 300]
UNNUMBERED = ["không số", "KS", "k/s", "Không có số", "ảnh chụp", "-", "Danh sách"]


@pytest.mark.parametrize(("typed", "kind"), SOUND)
def test_sound_numbers(typed: str, kind: str) -> None:
    number = read_number(typed)
    assert (number.state, number.kind, number.repair) == ("sound", kind, "")


@pytest.mark.parametrize(("typed", "repair"), REPAIRED)
def test_repairs(typed: str, repair: str) -> None:
    number = read_number(typed)
    assert (number.state, number.repair) == ("odd", repair)
    assert number.key == read_number(repair).key  # the same document to every comparison


@pytest.mark.parametrize("typed", UNCLEAR)
def test_what_is_not_clear_is_not_repaired(typed: str) -> None:
    assert read_number(typed)[2:] == ("odd", "")


@pytest.mark.parametrize("typed", UNNUMBERED)
def test_documents_without_number(typed: str) -> None:
    assert read_number(typed).state == "unnumbered"


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="0123456789/-. QĐUBNDkhqđsố:;", max_size=40) | st.text(max_size=40))
def test_a_repair_is_itself_sound(typed: str) -> None:
    number = read_number(typed)
    if number.repair:
        assert read_number(number.repair).state == "sound"
    assert read_number(f" {typed} ") == number


# 2: each at its cell ----------------------------------------------------------------------------

# One mistake a line in the second of five documents; `entry` cites it for criterion 1.3 (declared sent on
# the day given) or for several; the form says it was assessed on 10/10/2023, dossiers are due 15/10/2023.
CASES = """
code                          number         date        file       dẫn ở tiêu chí      at            found
document-number-form          436-QĐ-UBND    01/3/2023   .          .                   Số, ký hiệu   436-QĐ-UBND
document-number-form          45             01/3/2023   .          .                   Số, ký hiệu   45
document-unnumbered           không số       01/3/2023   .          .                   Số, ký hiệu   không số
document-unnumbered           .              01/3/2023   .          .                   Số, ký hiệu   để trống
document-no-date              2/BC-UBND      .           .          .                   Ngày ban hành  2/BC-UBND
document-date-not-understood  2/BC-UBND      3/2023      .          .                   Ngày ban hành  3/2023
document-date-not-understood  2/BC-UBND      30/02/2023  .          .                   Ngày ban hành  30/02/2023
document-date-not-understood  2/BC-UBND      không       .          .                   Ngày ban hành  không
document-date-old             2/BC-UBND      31/12/2021  .          .                   Ngày ban hành  31/12/2021
document-date-future          2/BC-UBND      11/10/2023  .          .                   Ngày ban hành  11/10/2023
document-date-future          2/BC-UBND      01/3/2032   .          .                   Ngày ban hành  01/3/2032
document-no-twice             2/BC-UBND      01/3/2023   .          .                   Số thứ tự     1
document-twice                1/BC-UBND      01/3/2023   .          .                   Số, ký hiệu   1/BC-UBND
document-twice                Số 01/bc-UBND  01/3/2023   .          .                   .             .
document-file-twice           2/BC-UBND      01/3/2023   Mot.PDF    .                   Tên tệp       Mot.PDF
document-many-groups          2/BB-UBND      01/3/2023   .          1.1 2.1 3.1         Số, ký hiệu   2/BB-UBND
document-after-declared       2/BC-UBND      05/4/2023   .          1.3 04/4/2023       Minh chứng số  04/4/2023
"""
# what looks odd and is right
CALM = """
number         date                          file    dẫn ở tiêu chí
2/KH-UBND      28/12/2022                    .       .
2/QC-UBND      15/6/2019                     .       .
12/2022/QH15   10/11/2022                    .       .
2/BC-UBND      ngày 25 tháng 9 năm 2023      .       .
2/BC-UBND      10/10/2023                    .       .
.              .                             anh.jpg  .
2/BC-UBND      01/3/2023                     .       1.1 2.1 3.1 4.1
2/BB-UBND      01/3/2023                     .       1.1 2.1
2/BC-UBND      04/4/2023                     .       1.3 04/4/2023
"""
CODES = {line.split()[0] for line in CASES.strip().splitlines()[1:]} | {"document-date-late"}


def _rows(table: str) -> list[tuple[str, ...]]:
    lines = [
        [cell.strip() for cell in line.split("  ") if cell.strip()] for line in table.strip().splitlines()
    ]
    return [tuple("" if cell == "." else cell for cell in line) for line in lines[1:]]


def send(round_: Round, number: str, day: str, file: str, cites: str, assessed: str = "10/10/2023") -> Path:
    """A sound form but for its second document, cited for the criteria named (a day: what is declared)."""
    documents = [replace(item, issuer="UBND phường 1") for item in DOCUMENTS]
    documents[0] = replace(documents[0], file="mot.pdf")
    documents[1] = FormDocument(number, day, "UBND phường 1", "Biên bản", file)
    entries = sound_entries(round_, WARD)
    declared = "/" in cites
    for id_ in cites.split()[: 1 if declared else None]:
        entry = entries[id_]
        x1 = cites.split()[1] if declared else entry.x1
        entries[id_] = FormEntry(x1, entry.x2, "", "2" if declared else "1; 2", "Đã giải trình.")
    path = round_.folder / "nop" / f"{WARD}.xlsx"
    details = {"assessed_on": assessed}
    write_form(path, round_, round_.by_code[WARD], Filling(entries, documents=documents, details=details))
    return path


@pytest.mark.parametrize("case", _rows(CASES), ids=lambda case: " ".join(case[:3]))
def test_each_mistake_is_told_at_its_cell(empty_round: Round, case: tuple[str, ...]) -> None:
    code, number, day, file, cites, at, found = case
    path = send(empty_round, number, day, file, cites)
    book = openpyxl.load_workbook(path)
    sheet = book["Minh chứng"]
    row = typist.heading_row(sheet, "Số thứ tự") + 2
    if code == "document-no-twice":
        sheet.cell(row, 1, 1)
        book.save(path)
    problems = [
        item
        for item in take_in(empty_round).problems
        if item.code not in ("evidence-unknown", "dossier-none")
    ]
    if not at:  # the same document in other words: its number is odd as well
        assert {item.code for item in problems} == {"document-number-form"}
        return
    (problem,) = problems
    assert (problem.code, problem.found) == (code, found)
    if at == "Minh chứng số":
        assert problem.cell == typist.find(book["Tự chấm"], cites.split()[0], at).coordinate
        assert (problem.sheet, problem.at) == ("Tự chấm", ("criteria", "1.3", "evidence"))
    else:
        column = typist.headings(sheet, "Số thứ tự")[at]
        assert (problem.sheet, problem.cell) == ("Minh chứng", sheet.cell(row, column).coordinate)
        assert problem.at is not None
        assert (problem.at.part, problem.at.key) == ("documents", "1")


@pytest.mark.parametrize("case", _rows(CALM), ids=" ".join)
def test_what_is_right_is_left_alone(empty_round: Round, case: tuple[str, ...]) -> None:
    send(empty_round, *case)
    codes = [item.code for item in take_in(empty_round).problems]
    assert [code for code in codes if code != "dossier-none"] == []


def test_date_after_the_deadline_where_nobody_says_when_it_was_assessed(empty_round: Round) -> None:
    send(empty_round, "2/BC-UBND", "16/10/2023", "", "", assessed="")
    (problem,) = (item for item in take_in(empty_round).problems if item.code != "dossier-none")
    assert (problem.code, problem.found, problem.expected) == (
        "document-date-late",
        "16/10/2023",
        "15/10/2023",
    )


def test_without_deadline_the_year_ends_the_period() -> None:
    assert Period(2023, None).last_day == date(2023, 12, 31)
    assert Period(2023, date(2023, 10, 15)).last_day == date(2023, 10, 15)


def test_suggestion_stands_in_the_fix(empty_round: Round) -> None:
    send(empty_round, "436-QĐ-UBND", "01/3/2023", "", "")
    (problem,) = (item for item in take_in(empty_round).problems if item.code != "dossier-none")
    assert problem.fix == "Ghi đúng thể thức: “436/QĐ-UBND”."


# 3: anything typed ------------------------------------------------------------------------------


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=30),
        min_size=5,
        max_size=5,
    )
)
def test_no_text_in_the_list_stops_the_checks(tay_ninh: Round, texts: list[str]) -> None:
    from evidence.dossier.digest import digest_of
    from evidence.dossier.documents import document_problems
    from evidence.reading.reader import EvidenceDocument, Submission, Table
    from evidence.reading.workbook import Sheet

    number, day, issuer, summary, file = texts
    row = EvidenceDocument(1, "1", number, day, day, issuer, summary, file)
    table = Table(Sheet("Minh chứng", []), 0, {"no": 0, "number": 1, "date": 2, "file": 5})
    sent = Submission({}, None, (), table, (row, row))
    for problem in document_problems(sent, tay_ninh.criteria, Period.of(tay_ninh), WARD, "a.xlsx"):
        assert problem.message.endswith(".")
    assert len(digest_of(sent, tay_ninh.by_code[WARD], "a.xlsx").documents) == 2
