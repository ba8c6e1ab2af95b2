"""What is wrong with what units sent, each mistake by its code and its cell.

1. A sound form has no problems; each mistake in it gives exactly its problem, at its cell.
2. Sheets and columns are found by what they are: moved, renamed, retyped headings change nothing.
3. A form of another unit, year, criteria set or of none is told apart from an old version.
4. A file that is no workbook, is damaged, or hides a cell far away is refused; nothing aborts.
5. One bad file never stops the others, and never changes what they say.
6. Evidence references are read as people write them: `1; 3-5`.
"""

from __future__ import annotations

import io
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from evidence.form.filling import Filling, FormDocument, FormEntry, Typed
from evidence.form.writer import write_form
from evidence.intake import Intake, take_in
from evidence.reading import limits
from evidence.reading.guard import look_into
from evidence.reading.reader import read_submission
from evidence.reading.workbook import Unreadable, read_workbook
from evidence.round import Round
from tests.evidence import typist
from tests.evidence.fillings import best

WARD, OTHER = "25456", "25459"
DOCUMENTS = [FormDocument(f"{n}/BC-UBND", "01/3/2023", "UBND phường 1", "Báo cáo") for n in range(1, 6)]
ALL_CITED = "1; 2; 3-5"

# One mistake a line in a form that is sound otherwise; the answer as a person types it (`’` keeps a
# number as text). `at` is the column of the cell that the problem must name. Each entry is explained, but
# for those whose evidence ends in `-`.
MISTAKES = """
code                      tc   (a)                (b)    KPS   minh chứng  at          found
value-not-understood      3.4  8 điểm             .      .     1           (a)         8 điểm
value-not-understood      3.4  ’1,2,3             .      .     1           (a)         1,2,3
value-not-understood      1.1  10                 mười   .     1           (b)         mười
value-not-understood      1.1  ’1/2               3      .     1           (a)         1/2
value-too-fine            1.1  5,0001             9      .     1           (a)         5,0001
value-too-fine            3.4  ’3.1415926         .      .     1           (a)         3,1415926
value-too-large           1.5  2000000000         .      .     1           (a)         2000000000
value-thousands           1.5  ’1.200             .      .     1           (a)         1.200
value-thousands           1.1  20                 ’12,345  .   1           (b)         12,345
value-thousands-read      1.1  2                  ’3.000   .   1           (b)         3.000
value-not-understood      1.6  Gửi rất đúng hạn   .      .     1           (a)         Gửi rất đúng hạn
value-not-understood      1.6  1                  .      .     1           (a)         1
value-not-understood      1.3  30/02/2023         .      .     1           (a)         30/02/2023
value-not-understood      1.3  04/4               .      .     1           (a)         04/4
value-not-understood      2.3  .                  .      có    1           KPS         có
value-range               3.4  4,25               .      .     1           (a)         4,25
value-range               3.4  -1                 .      .     1           (a)         -1
value-range               1.5  -2                 .      .     1           (a)         -2
value-range               1.1  -1                 9      .     1           (a)         -1
value-range               1.1  -2                 -1     .     1           (a) (b)     -2
value-step                3.4  3,3                .      .     1           (a)         3,3
value-step                1.5  2,5                .      .     1           (a)         2,5
value-step                1.1  4                  8,5    .     1           (b)         8,5
value-over-total          1.1  38                 36     .     1           (a)         38
value-zero-total          1.1  0                  0      .     1           (b)         0
value-zero-total          2.3  3                  0      .     1           (b)         0
value-missing             1.1  .                  36     .     1           (a)         .
value-missing             1.1  36                 .      .     1           (b)         .
not-applicable-unexplained  2.3  .                .      KPS   -           giải-trình  2.3
late-unexplained          1.3  07/4/2023          .      .     1-          giải-trình  Ngày 07/04/2023, hạn hết ngày 04/04/2023: chậm 3 ngày
late-unexplained          1.3  chưa gửi           .      .     1-          giải-trình  Không thực hiện: 0 điểm
not-answered              1.1  .                  .      .     1           (a)         1.1
not-answered              1.3  .                  .      .     .           (a)         1.3
not-applicable-forbidden  1.1  .                  .      x     1           KPS         1.1
not-applicable-forbidden  3.4  .                  .      KPS   1           KPS         3.4
not-applicable-and-value  2.3  3                  3      x     1           KPS         2.3
not-applicable-and-value  2.3  .                  3      x     1           KPS         2.3
evidence-missing          1.1  36                 36     .     .           minh-chứng  1.1
evidence-missing          6.4  Chưa thực hiện     .      .     .           minh-chứng  6.4
evidence-missing-flag     2.4  5                  5      .     .           minh-chứng  2.4
evidence-missing-flag     6.2  3                  .      .     .           minh-chứng  6.2
evidence-unknown          1.1  36                 36     .     6           minh-chứng  6
evidence-unknown          1.1  36                 36     .     5-6         minh-chứng  6
evidence-unknown          1.3  04/4/2023          .      .     0           minh-chứng  0
evidence-not-understood   1.1  36                 36     .     kèm_theo    minh-chứng  kèm_theo
evidence-not-understood   1.1  36                 36     .     BC-12       minh-chứng  BC-12
evidence-not-understood   1.1  36                 36     .     5-3         minh-chứng  5-3
evidence-not-understood   1.3  không gửi          .      .     1/2         minh-chứng  1/2
"""
COLUMNS = {
    "(a)": "Kê khai (a)",
    "(b)": "Kê khai (b)",
    "KPS": "Không phát sinh",
    "minh-chứng": "Minh chứng số",
    "giải-trình": "Giải trình",
}
CALM = {"evidence-unused": "hint"}  # what a mistake may bring along: its evidence is no longer cited


def mistakes() -> list[tuple[str, ...]]:
    """Rows of the table, cells parted by two blanks or more."""
    lines = [[cell for cell in line.split("  ") if cell] for line in MISTAKES.strip().splitlines()]
    return [tuple(cell.strip() for cell in line) for line in lines[1:]]


def typed(text: str) -> Typed:
    """A cell of the table as typed: whole numbers as numbers, `.` as nothing."""
    if text in (".", ""):
        return None
    return int(text) if text.lstrip("-").isdigit() else text.removeprefix("’")


def sound_entries(round_: Round, code: str) -> dict[str, FormEntry]:
    """The maximum everywhere; the first criterion cites all the documents there are."""
    entries = {leaf.id: best(leaf) for leaf in round_.criteria.applying(round_.by_code[code].type)}
    entries["1.2"] = FormEntry(entries["1.2"].x1, None, "", ALL_CITED)
    return entries


def send(round_: Round, code: str, changed: dict[str, FormEntry] | None = None, name: str = "") -> Path:
    """A sound form of the unit but for the changed entries, sent under a file name."""
    entries = sound_entries(round_, code) | (changed or {})
    path = round_.folder / "nop" / (name or f"{code}.xlsx")
    write_form(path, round_, round_.by_code[code], Filling(entries, documents=own_documents(round_, code)))
    return path


def own_documents(round_: Round, code: str) -> list[FormDocument]:
    """Five documents of the unit's own: of its issue, on a day of its own."""
    unit = round_.by_code[code]
    day = f"{round_.units.index(unit) + 1:02d}/3/2023"
    return [replace(document, issuer=unit.name, date=day) for document in DOCUMENTS]


def cell_of(path: Path, id_: str, heading: str) -> str:
    """Address of a criterion's cell, found by the words around it."""
    return typist.find(openpyxl.load_workbook(path)["Tự chấm"], id_, heading).coordinate


def told(intake: Intake) -> list[tuple[str, str]]:
    """(code, cell) of each problem."""
    return [(item.code, item.cell) for item in intake.problems]


# 1: mistakes in cells ---------------------------------------------------------------------------


@pytest.mark.parametrize("code", [WARD, "703-NV", "703-SN1"])
def test_sound_form_has_no_problems(empty_round: Round, code: str) -> None:
    send(empty_round, code)
    intake = take_in(empty_round)
    assert intake.problems == []
    assert intake.received == {code}
    assert set(intake.answers["state"]) == {"answered"}
    assert intake.missing(empty_round.units) == [u.code for u in empty_round.units if u.code != code]


@pytest.mark.parametrize("row", mistakes(), ids=lambda row: " ".join(row[:3]))
def test_each_mistake_is_told_at_its_cell(empty_round: Round, row: tuple[str, ...]) -> None:
    code, id_, a, b, mark, evidence, at, found = row
    explanation = "" if evidence.endswith("-") else "Đã giải trình."
    cites = evidence.strip(".").removesuffix("-").replace("_", " ")
    entry = FormEntry(typed(a), typed(b), mark.strip("."), cites, explanation)
    path = send(empty_round, WARD, {id_: entry})
    intake = take_in(empty_round)
    places = [cell_of(path, id_, COLUMNS[column]) for column in at.split()]
    if code == "evidence-not-understood" and "_" in evidence:
        assert {(code, places[0])} == set(told(intake))  # each word that is no number
        return
    assert told(intake) == [(code, place) for place in places]
    problem = intake.problems[0]
    assert (problem.unit, problem.file, problem.sheet) == (WARD, "25456.xlsx", "Tự chấm")
    assert problem.found.split(" (")[0] == found.strip(".")
    state = intake.answers.set_index("criterion").at[id_, "state"]
    states = {"not-answered": "blank", "not-applicable-unexplained": "not_applicable"}
    faulty = problem.severity == "error" and code.startswith(("value", "not-applicable"))
    assert state == ("faulty" if faulty else states.get(code, "answered"))


def test_all_mistakes_of_a_form_are_told_at_once(empty_round: Round) -> None:
    changed = {"1.1": FormEntry(40, 36, "", "1"), "3.4": FormEntry("8 điểm"), "2.3": FormEntry(1, 1, "x")}
    path = send(empty_round, WARD, changed)
    want = {
        ("value-over-total", cell_of(path, "1.1", typist.A)),
        ("value-not-understood", cell_of(path, "3.4", typist.A)),
        ("not-applicable-and-value", cell_of(path, "2.3", typist.NOT_APPLICABLE)),
    }
    assert want <= set(told(take_in(empty_round)))


# 6: evidence ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reference", "cited"),
    [
        ("1; 3-5", "1345"),
        ("1;3;5", "135"),
        ("1, 2", "12"),
        ("1 2", "12"),
        ("2 - 4", "234"),
        ("3.", "3"),
        ("", ""),
    ],
)
def test_references_are_read_as_people_write_them(empty_round: Round, reference: str, cited: str) -> None:
    entries = {id_: FormEntry(e.x1, e.x2) for id_, e in sound_entries(empty_round, WARD).items()}
    entries["1.2"] = FormEntry(entries["1.2"].x1, None, "", reference)
    send(empty_round, WARD, entries)
    problems = take_in(empty_round).problems
    unused = [item.found for item in problems if item.code == "evidence-unused"]
    assert unused == [number for number in "12345" if number not in cited]
    assert not [item for item in problems if item.code in ("evidence-unknown", "evidence-not-understood")]


def test_unused_document_is_told_at_its_row(empty_round: Round) -> None:
    path = send(empty_round, WARD, {"1.2": best(empty_round.criteria.by_id["1.2"])})
    sheet = openpyxl.load_workbook(path)["Minh chứng"]
    row = typist.heading_row(sheet, "Số thứ tự") + 2  # the second document
    intake = take_in(empty_round)
    assert [item.code for item in intake.problems] == ["evidence-unused"] * 4
    first = intake.problems[0]
    assert (first.sheet, first.cell, first.found) == ("Minh chứng", f"A{row}", "2")


# 2: moved, renamed, retyped ---------------------------------------------------------------------


def _columns_moved(sheet: Worksheet) -> None:
    """Writes the table with its columns in the opposite order, three columns further right."""
    first = typist.heading_row(sheet, "Mã")
    last = max(typist.rows(sheet).values())
    block = [[cell.value for cell in row] for row in sheet.iter_rows(first, last, 1, 16)]
    for row, values in enumerate(block, first):
        for column in range(1, 20):
            sheet.cell(row, column).value = None
        for column, value in enumerate(reversed(values), 4):
            sheet.cell(row, column).value = value


def _retype(sheet: Worksheet, first: str, change: Callable[[str], str]) -> None:
    for cell in sheet[typist.heading_row(sheet, first)]:
        if isinstance(cell.value, str):
            cell.value = change(cell.value)


BARE = str.maketrans("ãộốịểựậấêảáìờứưđĐ“”", "aooieuaaeaaiouudD''")  # enough for the headings, accents off


def _everything(book: Workbook, change: Callable[[str], str]) -> None:
    _retype(book["Tự chấm"], "Mã", change)
    _retype(book["Minh chứng"], "Số thứ tự", change)


def _rename(book: Workbook) -> None:
    for number, sheet in enumerate(book.worksheets):
        sheet.title = f"Sheet{number}"


def _reverse(book: Workbook) -> None:
    book.move_sheet("_danvan", -4)
    book.move_sheet("Minh chứng", -3)


def _unmerge(sheet: Worksheet) -> Worksheet:
    """openpyxl leaves merged areas behind when rows move; Excel takes them along."""
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(area))
    return sheet


HARMLESS: dict[str, Callable[[Workbook], object]] = {
    "columns in another order": lambda book: _columns_moved(_unmerge(book["Tự chấm"])),
    "rows inserted above": lambda book: _unmerge(book["Tự chấm"]).insert_rows(1, 5),
    "rows inserted between": lambda book: _unmerge(book["Tự chấm"]).insert_rows(15, 3),
    "column inserted before": lambda book: _unmerge(book["Tự chấm"]).insert_cols(1),
    "column inserted between": lambda book: _unmerge(book["Tự chấm"]).insert_cols(7),
    "column of the title deleted": lambda book: _unmerge(book["Tự chấm"]).delete_cols(2),
    "explanations deleted": lambda book: _unmerge(book["Tự chấm"]).delete_cols(12),
    "rows inserted in the evidence": lambda book: _unmerge(book["Minh chứng"]).insert_rows(1, 4),
    "sheets renamed": _rename,
    "sheets in another order": _reverse,
    "guide deleted": lambda book: book.remove(book["Hướng dẫn"]),
    "a sheet of the unit's own": lambda book: book.create_sheet("Ghi chú", 0).append(["Mã", 1.1, "x"]),
    "headings in upper case": lambda book: _everything(book, str.upper),
    "headings without accents": lambda book: _everything(book, lambda text: text.translate(BARE)),
    "headings over two lines": lambda book: _everything(book, lambda text: text.replace(" ", "\n ")),
    "rows hidden": lambda book: setattr(book["Tự chấm"].row_dimensions[12], "hidden", True),
    "a signature under the table": lambda book: book["Tự chấm"].cell(70, 1, "Nguyễn Văn A"),
}


@pytest.mark.parametrize("change", HARMLESS.values(), ids=HARMLESS.keys())
def test_what_stands_elsewhere_is_found(empty_round: Round, change: Callable[[Workbook], object]) -> None:
    explained = FormEntry(na="x", explanation="Trong năm không có đơn thư.")
    path = send(empty_round, WARD, {"2.3": explained, "3.4": FormEntry("3,25", None, "", "1")})
    before = take_in(empty_round)
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    after = take_in(empty_round)
    assert [item for item in after.problems if item.code != "rows-hidden"] == []
    columns = ["criterion", "state", "x1", "x2", "evidence"]
    assert after.answers[columns].equals(before.answers[columns])


def test_problem_in_a_moved_column_names_the_cell_where_it_stands(empty_round: Round) -> None:
    path = send(empty_round, WARD, {"3.4": FormEntry("8 điểm", None, "", "1")})
    book = openpyxl.load_workbook(path)
    sheet = _unmerge(book["Tự chấm"])
    sheet.insert_rows(1, 2)
    sheet.insert_cols(1, 3)
    book.save(path)
    (problem,) = take_in(empty_round).problems
    assert sheet[problem.cell].value == "8 điểm"


# rows -------------------------------------------------------------------------------------------


def _delete_row(book: Workbook) -> None:
    sheet = _unmerge(book["Tự chấm"])
    sheet.delete_rows(typist.rows(sheet)["3.4"])


def _double_row(book: Workbook) -> str:
    sheet = book["Tự chấm"]
    sheet.cell(60, 1, "3.4")
    sheet.cell(60, 6, 2)
    return "A60"


def _unknown_row(book: Workbook) -> str:
    book["Tự chấm"].cell(60, 1, "7.12")
    return "A60"


def _other_types_row(book: Workbook) -> str:
    book["Tự chấm"].cell(60, 1, "3.8")  # not for wards
    return "A60"


def _no_heading(book: Workbook) -> None:
    sheet = book["Tự chấm"]
    sheet.cell(typist.heading_row(sheet, "Mã"), 6).value = "Số liệu"


STRUCTURE = [
    ("row-missing", _delete_row),
    ("row-twice", _double_row),
    ("row-unknown", _unknown_row),
    ("row-unknown", _other_types_row),
    ("form-no-table", _no_heading),
]


@pytest.mark.parametrize(("code", "change"), STRUCTURE)
def test_rows_lost_doubled_or_unknown(
    empty_round: Round, code: str, change: Callable[[Workbook], str | None]
) -> None:
    path = send(empty_round, WARD)
    whole = take_in(empty_round).answers
    book = openpyxl.load_workbook(path)
    cell = change(book) or ""
    book.save(path)
    intake = take_in(empty_round)
    assert told(intake) == [(code, cell)]
    lost = {"row-missing": 1, "row-twice": 1, "row-unknown": 0, "form-no-table": len(whole)}[code]
    assert len(intake.answers) == len(whole) - lost
    assert (WARD in intake.rejected) == (code == "form-no-table")


# 3: whose form it is ----------------------------------------------------------------------------


def _identity(key: str, value: str) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        for label, cell in book["_danvan"]["A1:B10"]:
            if label.value == key:
                cell.value = value

    return change


IDENTITY: list[tuple[str, bool, Callable[[Workbook], object]]] = [
    # code, whether the form is still taken, what was done to it
    ("form-wrong-unit", False, _identity("unit", OTHER)),
    ("form-wrong-unit", False, _identity("unit", "99999")),
    ("form-wrong-round", False, _identity("year", "2022")),
    ("form-wrong-round", False, _identity("criteria", "quang-ngai-436-2019")),
    ("form-old-version", True, _identity("version", "0123456789ab")),
    ("form-other-layout", True, _identity("layout", "0")),
    ("form-no-identity", True, lambda book: book.remove(book["_danvan"])),
]


@pytest.mark.parametrize(("code", "taken", "change"), IDENTITY)
def test_whose_form_it_is(
    empty_round: Round, code: str, taken: bool, change: Callable[[Workbook], object]
) -> None:
    path = send(empty_round, WARD)
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    intake = take_in(empty_round)
    assert told(intake) == [(code, "")]
    assert (intake.received, intake.rejected) == (({WARD}, set()) if taken else (set(), {WARD}))
    assert intake.answers.empty is not taken


def test_form_sent_under_another_units_name(empty_round: Round) -> None:
    send(empty_round, OTHER, name=f"{WARD}.xlsx")
    intake = take_in(empty_round)
    assert told(intake) == [("form-wrong-unit", "")]
    (problem,) = intake.problems
    assert problem.found == "UBND phường 3 (25459)"
    assert problem.expected == "UBND phường 1 (25456)"


# 4 and 5: files ---------------------------------------------------------------------------------


def zipped(parts: dict[str, bytes]) -> bytes:
    """A zip of these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def parts_of(form: bytes) -> dict[str, bytes]:
    """The parts of a workbook by name."""
    with zipfile.ZipFile(io.BytesIO(form)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


SHEET = "xl/worksheets/sheet3.xml"  # “Tự chấm”


def _with_sheet(change: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    def damage(form: bytes) -> bytes:
        parts = parts_of(form)
        return zipped({**parts, SHEET: change(parts[SHEET])})

    return damage


def _without(name: str) -> Callable[[bytes], bytes]:
    return lambda form: zipped({key: value for key, value in parts_of(form).items() if key != name})


def _garbled(form: bytes) -> bytes:
    """A form some bytes of which were lost in the post: the sheet no longer inflates."""
    entry = zipfile.ZipFile(io.BytesIO(form)).getinfo(SHEET)
    start = entry.header_offset + 30 + len(SHEET) + 40
    return form[:start] + b"\xff" * 120 + form[start + 120 :]


def _one_bit(form: bytes) -> bytes:
    entry = zipfile.ZipFile(io.BytesIO(form)).getinfo(SHEET)
    middle = entry.header_offset + 30 + len(SHEET) + entry.compress_size // 2
    return form[:middle] + bytes([form[middle] ^ 1]) + form[middle + 1 :]


def _locked(form: bytes) -> bytes:
    """A zip whose entries are marked as encrypted."""
    data = bytearray(form)
    for signature, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = data.find(signature)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(signature, at + 4)
    return bytes(data)


def _far(cell: bytes) -> Callable[[bytes], bytes]:
    return _with_sheet(lambda xml: xml.replace(b"</sheetData>", cell + b"</sheetData>"))


FAR = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
FILES: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "renamed PDF": ("file-not-workbook", lambda form: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj"),
    "empty file": ("file-not-workbook", lambda form: b""),
    "text": ("file-not-workbook", lambda form: "Phường 1 gửi hồ sơ".encode()),
    "picture": ("file-not-workbook", lambda form: b"\xff\xd8\xff\xe0\x00\x10JFIF"),
    "old .xls of which nothing is left": (
        "file-unreadable",
        lambda form: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    ),
    "zip of documents": ("file-not-workbook", lambda form: zipped({"bc.pdf": b"%PDF"})),
    "Word document": ("file-not-workbook", lambda form: zipped({"word/document.xml": b"<w/>"})),
    "cut in the middle": ("file-not-workbook", lambda form: form[: len(form) // 2]),
    "cut at the end": ("file-not-workbook", lambda form: form[:-30]),
    "sheet cut": ("file-unreadable", _with_sheet(lambda xml: xml[: len(xml) // 2])),
    "sheet is no XML": ("file-unreadable", _with_sheet(lambda xml: b"<<< 8,5")),
    "sheet lost": ("file-unreadable", _without(SHEET)),
    "texts lost": ("file-unreadable", _without("xl/sharedStrings.xml")),
    "one bit changed": ("file-unreadable", _one_bit),
    "some bytes lost": ("file-unreadable", _garbled),
    "locked zip": ("file-unreadable", _locked),
    "a cell far away": ("file-too-large", _far(FAR)),
    "a cell far down": ("file-too-large", _far(b'<row r="900000"><c r="A900000"><v>1</v></c></row>')),
    "a cell far right": ("file-too-large", _far(b'<row r="90"><c r="ZZZ90"><v>1</v></c></row>')),
}


@pytest.mark.parametrize(("code", "damage"), FILES.values(), ids=FILES.keys())
def test_bad_file_is_refused_and_stops_nobody_else(
    empty_round: Round, code: str, damage: Callable[[bytes], bytes]
) -> None:
    send(empty_round, OTHER, {"3.4": FormEntry("3,25", None, "", "1")})
    alone = take_in(empty_round)
    bad = send(empty_round, WARD)
    bad.write_bytes(damage(bad.read_bytes()))
    intake = take_in(empty_round)
    assert told(intake) == [(code, "")]
    assert (intake.problems[0].unit, intake.problems[0].file) == (WARD, "25456.xlsx")
    assert (intake.received, intake.rejected) == ({OTHER}, {WARD})
    assert intake.answers.equals(alone.answers)


def test_much_inflated_from_little_is_refused(empty_round: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    form = send(empty_round, WARD).read_bytes()
    monkeypatch.setattr(limits, "MOST_INFLATED", 10_000)
    with pytest.raises(Unreadable) as fault:
        look_into(form)
    assert fault.value.code == "file-too-large"


def _prefixed(xml: bytes) -> bytes:
    """The sheet as Microsoft's own Open XML SDK writes it: `<x:c r="A1">`."""
    for sign, marked in ((b"<", b"<x:"), (b"<x:/", b"</x:"), (b"<x:?", b"<?")):
        xml = xml.replace(sign, marked)
    return xml.replace(b"xmlns=", b"xmlns:x=")


def _elsewhere(form: bytes) -> bytes:
    """The same workbook with its sheet in a part of another name; the relations say where."""
    parts = parts_of(_far(FAR)(form))
    moved = {name: content.replace(b"sheet3.xml", b"Sheet3.XML") for name, content in parts.items()}
    moved["xl/worksheets/Sheet3.XML"] = moved.pop(SHEET)
    return zipped(moved)


FAR_IN_OTHER_WORDS: dict[str, Callable[[bytes], bytes]] = {
    "style before address": _far(FAR.replace(b'<c r="XFD1048576">', b'<c s="1" r="XFD1048576">')),
    "single quotes": _far(FAR.replace(b'"', b"'")),
    "address on a new line": _far(FAR.replace(b"<c r", b"<c\n  r")),
    "lower case": _far(FAR.replace(b"XFD", b"xfd")),
    "prefixed elements": lambda form: _with_sheet(_prefixed)(_far(FAR)(form)),
    "part of another name": _elsewhere,
}


@pytest.mark.parametrize("write", FAR_IN_OTHER_WORDS.values(), ids=FAR_IN_OTHER_WORDS.keys())
def test_far_cell_is_seen_however_it_is_written(
    empty_round: Round, tmp_path: Path, write: Callable[[bytes], bytes]
) -> None:
    """In a process of its own: what is not seen here ends the process, not the reading of one file."""
    path = send(empty_round, WARD)
    path.write_bytes(write(path.read_bytes()))
    program = (
        "import sys, pathlib\n"
        "from evidence.reading.workbook import Unreadable, read_workbook\n"
        "try: read_workbook(pathlib.Path(sys.argv[1]))\n"
        "except Unreadable as fault: print(fault.code)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, str(path)],
        capture_output=True, text=True, timeout=60, check=False, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert (run.returncode, run.stdout.strip()) == (0, "file-too-large"), run.stderr[:200]


def test_sheet_with_prefixed_elements_is_read_like_any_other(empty_round: Round) -> None:
    path = send(empty_round, WARD)
    whole = take_in(empty_round)
    path.write_bytes(_with_sheet(_prefixed)(path.read_bytes()))
    intake = take_in(empty_round)
    assert intake.problems == []
    assert intake.answers.equals(whole.answers)


def _damaged(form: bytes, count: int) -> Iterator[bytes]:
    """The form with some bytes changed or lost, in so many ways."""
    rng = random.Random(815)
    for _ in range(count):
        data = bytearray(form)
        for _ in range(rng.choice([1, 1, 2, 8, 50])):
            data[rng.randrange(len(data))] = rng.randrange(256)
        if rng.random() < 0.2:
            start = rng.randrange(len(data))
            del data[start : start + rng.randrange(1, 500)]
        yield bytes(data)


def test_no_damage_changes_an_answer_or_gets_past_the_guard(empty_round: Round) -> None:
    path = send(empty_round, WARD)
    form = path.read_bytes()
    whole = read_submission(read_workbook(path))
    faults = []
    for number, data in enumerate(_damaged(form, 400)):
        path.write_bytes(data)
        try:
            if read_submission(read_workbook(path)) != whole:
                faults.append((number, "read as something else"))
        except Unreadable:
            pass
        except Exception as error:
            faults.append((number, f"{type(error).__name__}: {error}"))
    assert not faults, f"{len(faults)} of 400, first {faults[:3]}"


# names of files ---------------------------------------------------------------------------------


def test_unknown_file_name_is_told_with_the_nearest_code(empty_round: Round) -> None:
    send(empty_round, WARD)
    send(empty_round, WARD, name="25456 (1).xlsx")
    send(empty_round, OTHER, name="Phường 3.xlsx")
    intake = take_in(empty_round)
    found = [(item.code, item.file) for item in intake.problems]
    assert sorted(found) == [("file-misnamed", "25456 (1).xlsx"), ("file-misnamed", "Phường 3.xlsx")]
    assert "25456.xlsx" in next(item.fix for item in intake.problems if "(1)" in item.file)
    assert intake.received == {WARD}


@pytest.mark.parametrize("second", ["25456.xls", "25456.ods", "25456.XLSM"])
def test_two_files_of_one_unit(empty_round: Round, second: str) -> None:
    send(empty_round, WARD)
    send(empty_round, WARD, name=second)
    send(empty_round, OTHER)
    intake = take_in(empty_round)
    assert told(intake) == [("file-twice", "")]
    assert all(name in intake.problems[0].found for name in ("25456.xlsx", second))
    assert (intake.received, intake.rejected) == ({OTHER}, {WARD})


@pytest.mark.parametrize("name", ["~$25456.xlsx", ".~lock.25456.xlsx#", ".DS_Store"])
def test_files_that_programs_leave_behind_are_passed_over(empty_round: Round, name: str) -> None:
    send(empty_round, WARD)
    (empty_round.folder / "nop" / name).write_bytes(b"\x05user")
    (empty_round.folder / "nop" / WARD).mkdir()  # the documents
    intake = take_in(empty_round)
    assert (intake.problems, intake.received) == ([], {WARD})


@pytest.mark.parametrize("name", ["703-nv.xlsx", "703-NV.XLSX", "703-Nv.Xlsx"])
def test_case_of_a_file_name_does_not_matter(empty_round: Round, name: str) -> None:
    send(empty_round, "703-NV", name=name)
    intake = take_in(empty_round)
    assert (intake.problems, intake.received) == ([], {"703-NV"})


@pytest.mark.parametrize("name", ["25456.zip", "25456.rar", "25456.jpg", "25456"])
def test_file_of_a_kind_that_is_not_read_is_told(empty_round: Round, name: str) -> None:
    """A unit that sent something is never listed as if it had sent nothing."""
    (empty_round.folder / "nop" / name).write_bytes(b"PK\x03\x04")
    intake = take_in(empty_round)
    assert [item.unit or item.file for item in intake.problems] in ([WARD], [name])


def test_nothing_sent_is_no_problem(empty_round: Round) -> None:
    (empty_round.folder / "nop").rmdir()
    intake = take_in(empty_round)
    assert (intake.problems, len(intake.missing(empty_round.units))) == ([], len(empty_round.units))
