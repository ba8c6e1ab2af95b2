"""What a form holds before anybody fills it.

1. A row for each criterion of the unit's type and no other; the fingerprint, hidden.
2. Only what the unit fills is unlocked, and every input says what it takes.
3. A4, repeated heads; every visible sheet carries the sentences that it must.
4. What people wrote stays text, whatever it begins with.
5. The same round gives the same bytes; a file that is open elsewhere stays as it was.
"""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from criteria.model import Unit
from evidence.form.filling import Filling, FormDocument, FormEntry
from evidence.form.writer import write_form
from evidence.placing import FileHeld
from evidence.reading.reader import read_submission
from evidence.reading.workbook import read_workbook
from evidence.round import Round
from tests.evidence import typist

UNITS = ("25456", "703-NV", "703-SN1")  # one of each type
TO_FILL = (typist.A, typist.B, typist.NOT_APPLICABLE, typist.EVIDENCE, typist.EXPLANATION)
FUNCTIONS = re.compile(
    "ABS|AND|CHOOSE|COUNT|COUNTIF|DATE|DAY|FIND|IF|IFERROR|INT|ISNUMBER|LEFT|LEN|LOWER|MATCH|MAX|MID|MIN|MOD|"
    "MONTH|N|OR|RIGHT|ROUND|ROW|SEARCH|SUBSTITUTE|SUM|SUMPRODUCT|TRIM|VALUE|_xlfn.NUMBERVALUE"
)  # all in Excel 2013


@pytest.fixture(scope="module")
def books(tay_ninh: Round, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Workbook]:
    """The blank forms of three units as openpyxl sees them."""
    folder = tmp_path_factory.mktemp("forms")
    for code in UNITS:
        write_form(folder / f"{code}.xlsx", tay_ninh, tay_ninh.by_code[code])
    return {code: openpyxl.load_workbook(folder / f"{code}.xlsx") for code in UNITS}


# 1: what it holds -------------------------------------------------------------------------------


@pytest.mark.parametrize("code", UNITS)
def test_sheets(books: dict[str, Workbook], code: str) -> None:
    states = {sheet.title: sheet.sheet_state for sheet in books[code]}
    visible = ("Hướng dẫn", "Thông tin", "Tự chấm", "Minh chứng")
    assert states == dict.fromkeys(visible, "visible") | {"_danvan": "hidden"}
    assert books[code].active.title == "Tự chấm"


@pytest.mark.parametrize("code", UNITS)
def test_a_row_for_each_criterion_of_the_type(
    books: dict[str, Workbook], tay_ninh: Round, code: str
) -> None:
    unit, sheet = tay_ninh.by_code[code], books[code]["Tự chấm"]
    found = {id_: row for id_, row in typist.rows(sheet).items() if re.match(r"\d", id_)}
    groups = {group.id: group for group in tay_ninh.criteria.groups}
    leaves = {leaf.id: leaf for leaf in tay_ninh.criteria.applying(unit.type)}
    assert list(found) == sorted([*groups, *leaves], key=lambda id_: [int(n) for n in id_.split(".")])
    title, most = typist.headings(sheet)["Nội dung tiêu chí"], typist.headings(sheet)["Điểm tối đa"]
    for id_, row in found.items():
        node = leaves.get(id_) or groups[id_]
        assert sheet.cell(row, title).value.split("\n")[0] == node.title
        assert sheet.cell(row, most).value * 1000 == node.top


def test_criteria_of_another_type_are_not_in_it(books: dict[str, Workbook]) -> None:
    ids = {code: set(typist.rows(books[code]["Tự chấm"])) for code in UNITS}
    for_wards, for_offices = {"2.1", "3.1", "5.2"}, {"2.2", "3.8", "5.7"}
    assert for_wards <= ids["25456"]
    assert not for_offices & ids["25456"]
    assert for_offices <= ids["703-NV"] & ids["703-SN1"]
    assert not for_wards & (ids["703-NV"] | ids["703-SN1"])


def test_fingerprint(books: dict[str, Workbook], tay_ninh: Round) -> None:
    cells = [tuple(cell.value for cell in row) for row in books["25456"]["_danvan"]["A1:B8"]]
    assert cells[0][0] == "danvan-form"
    assert dict(cells[1:]) == {
        "layout": "1",
        "round": tay_ninh.id,
        "plan": "tay-ninh-city-2023",
        "criteria": "tay-ninh-city-815-2022",
        "version": tay_ninh.criteria.version,
        "year": "2023",
        "unit": "25456",
    }


# 2: what may be filled --------------------------------------------------------------------------


def unlocked(sheet: object) -> set[str]:
    return {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked}  # type: ignore[attr-defined]


@pytest.mark.parametrize("code", UNITS)
def test_only_what_is_to_fill_is_unlocked(books: dict[str, Workbook], tay_ninh: Round, code: str) -> None:
    book, sheet = books[code], books[code]["Tự chấm"]
    assert all(sheet.protection.sheet for sheet in book)
    want = set()
    for leaf in tay_ninh.criteria.applying(tay_ninh.by_code[code].type):
        closed = {typist.B} if len(leaf.rule.inputs) == 1 else set()
        closed |= {typist.A} if leaf.rule.inputs[0].table else set()  # the office's to fill
        closed |= {typist.NOT_APPLICABLE} if leaf.not_applicable == "forbidden" else set()
        want |= {typist.find(sheet, leaf.id, name).coordinate for name in TO_FILL if name not in closed}
    assert unlocked(sheet) == want
    assert len(unlocked(book["Thông tin"])) == 4
    assert len(unlocked(book["Minh chứng"])) == 150 * 5
    assert unlocked(book["Hướng dẫn"]) == unlocked(book["_danvan"]) == set()


@pytest.mark.parametrize("code", UNITS)
def test_every_input_says_what_it_takes(books: dict[str, Workbook], tay_ninh: Round, code: str) -> None:
    sheet = books[code]["Tự chấm"]
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    for leaf in tay_ninh.criteria.applying(tay_ninh.by_code[code].type):
        for wanted, heading in zip(leaf.rule.inputs, (typist.A, typist.B), strict=False):
            if wanted.table or wanted.type == "date":
                continue  # a range of days would refuse “không gửi”
            rule = rules.pop(typist.find(sheet, leaf.id, heading).coordinate)
            assert 0 < len(rule.error) <= 255
            if wanted.type == "level":
                column, last = re.fullmatch(r"'_danvan'!\$([A-Z]+)\$2:\$\1\$(\d+)", rule.formula1).groups()  # type: ignore[union-attr]
                listed = [row[0].value for row in books[code]["_danvan"][f"{column}2:{column}{last}"]]
                assert (rule.type, tuple(listed)) == ("list", wanted.levels)
            else:
                assert rule.type == ("whole" if wanted.step == 1000 else "decimal")
                most = wanted.most if wanted.most is not None else 10**12
                assert (float(rule.formula1), float(rule.formula2) * 1000) == (0, most)
        if leaf.not_applicable != "forbidden":
            mark = rules.pop(typist.find(sheet, leaf.id, typist.NOT_APPLICABLE).coordinate)
            assert (mark.type, mark.formula1) == ("list", '"x"')
    assert rules == {}


@pytest.mark.parametrize("code", UNITS)
def test_formulas_are_ones_that_old_excel_knows(books: dict[str, Workbook], code: str) -> None:
    for sheet in books[code]:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    formula = str(cell.value)
                    names = re.findall(r"([A-Za-z_.]+)\(", formula)
                    assert all(map(FUNCTIONS.fullmatch, names)), formula
                    assert len(formula) < 8192


# 3: how it prints -------------------------------------------------------------------------------


@pytest.mark.parametrize("code", UNITS)
@pytest.mark.parametrize("name", ["Hướng dẫn", "Thông tin", "Tự chấm", "Minh chứng"])
def test_page_and_marks(books: dict[str, Workbook], tay_ninh: Round, code: str, name: str) -> None:
    sheet = books[code][name]
    assert sheet.page_setup.paperSize == 9  # A4
    assert (sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage) == (0, True)
    assert sheet.page_setup.orientation == ("portrait" if name == "Hướng dẫn" else "landscape")
    texts = {cell.value for row in sheet.iter_rows() for cell in row}
    assert len(tay_ninh.marks) == 1  # the criteria set is reconstructed
    assert set(tay_ninh.marks) <= texts
    # a page taken out of the set still says it
    assert "BỘ TIÊU CHÍ PHỤC DỰNG, chưa đối chiếu với phụ lục" in sheet.oddFooter.left.text
    assert "Trang" in sheet.oddFooter.right.text
    first = {"Tự chấm": "Mã", "Minh chứng": "Số thứ tự"}.get(name)
    if first:
        heading = typist.heading_row(sheet, first)
        assert sheet.print_title_rows == f"${heading}:${heading}"
        assert sheet.freeze_panes.endswith(str(heading + 1))
        assert sheet.print_area


def test_helper_columns_are_hidden_and_not_printed(books: dict[str, Workbook]) -> None:
    sheet = books["25456"]["Tự chấm"]
    hidden = {
        number
        for group in sheet.column_dimensions.values()
        for number in range(group.min, group.max + 1)
        if group.hidden
    }
    assert sorted(typist.headings(sheet).values()) == list(range(1, 13)) + sorted(hidden)
    assert sheet.print_area.replace("$", "").split("!")[-1].split(":")[1].startswith("L")


# 4: text stays text -----------------------------------------------------------------------------

TRICKS = ["=1+1", "@SUM(A1)", "+1", "-1+1", "=cmd|' /C calc'!A0", "https://x.vn", "0045", "1-2", "8,5"]


@pytest.mark.parametrize("text", TRICKS)
def test_what_people_wrote_stays_text(tay_ninh: Round, tmp_path: Path, text: str) -> None:
    unit = Unit("25456", text, "xa-phuong", "xa-phuong")
    round_ = dataclasses.replace(tay_ninh, units=(unit,), mark=text, blocks={"xa-phuong": text})
    filling = Filling(
        {"1.1": FormEntry(text, text, "", text, text), "1.3": FormEntry(text, None, text, text, text)},
        documents=[FormDocument(text, text, text, text, text)],
        details={"head": text, "officer": text, "contact": text, "assessed_on": text},
    )
    write_form(tmp_path / "plain.xlsx", tay_ninh, tay_ninh.by_code["25456"])
    write_form(tmp_path / "tricky.xlsx", round_, unit, filling)
    formulas = {}
    for name in ("plain", "tricky"):
        book = openpyxl.load_workbook(tmp_path / f"{name}.xlsx")
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        formulas[name] = sorted(re.sub(r"\d+", "", str(c.value)) for c in cells if c.data_type == "f")
        links = [cell.hyperlink for cell in cells if cell.hyperlink]
        assert links == []
    assert formulas["tricky"] == formulas["plain"]
    typed = [cell for cell in cells if cell.value == text]
    # the unit's name and block, the mark on four sheets, 4 details, 9 entries, 5 cells of the document
    assert len(typed) >= 2 + 4 + 4 + 9 + 5 - 1
    assert {cell.data_type for cell in typed} == {"s"}


# 5: files ---------------------------------------------------------------------------------------


def test_the_same_round_gives_the_same_bytes(tay_ninh: Round, tmp_path: Path) -> None:
    unit = tay_ninh.by_code["25456"]
    filling = Filling({"3.4": FormEntry("3,25", None, "", "1", "Giải trình")})
    for name in ("one.xlsx", "other.xlsx"):
        write_form(tmp_path / name, tay_ninh, unit, filling)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "other.xlsx").read_bytes()
    write_form(tmp_path / "other.xlsx", tay_ninh, tay_ninh.by_code["25459"], filling)
    assert (tmp_path / "one.xlsx").read_bytes() != (tmp_path / "other.xlsx").read_bytes()


@pytest.mark.parametrize("numbered", [True, False])
def test_more_documents_than_a_blank_form_has_lines_are_numbered_on(
    numbered: bool, tay_ninh: Round, tmp_path: Path
) -> None:
    numbers = [str(no) for no in range(1, 201)]
    documents = [
        FormDocument(f"{no}/BC-UBND", "03/4/2023", "UBND xã", f"Báo cáo {no}", no=no if numbered else None)
        for no in numbers
    ]
    unit = tay_ninh.by_code["25456"]
    write_form(tmp_path / "25456.xlsx", tay_ninh, unit, Filling(documents=documents))
    sent = read_submission(read_workbook(tmp_path / "25456.xlsx"))
    assert [(item.no, item.number) for item in sent.documents] == [(no, f"{no}/BC-UBND") for no in numbers]


def test_form_open_in_excel_stays_as_it_was(
    tay_ninh: Round, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "25456.xlsx"
    path.write_bytes(b"what Excel holds")

    def held(*_: object) -> None:
        raise PermissionError(13, "held")

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(FileHeld, match=r"“25456.xlsx” vì tệp đang mở"):
        write_form(path, tay_ninh, tay_ninh.by_code["25456"])
    assert path.read_bytes() == b"what Excel holds"
    assert [item.name for item in tmp_path.iterdir()] == ["25456.xlsx"]


def test_a_write_that_fails_midway_leaves_nothing_behind(tay_ninh: Round, tmp_path: Path) -> None:
    path = tmp_path / "25456.xlsx"
    write_form(path, tay_ninh, tay_ninh.by_code["25456"])
    before = path.read_bytes()
    with pytest.raises(AttributeError):
        write_form(path, tay_ninh, tay_ninh.by_code["25456"], Filling(documents=[object()]))  # type: ignore[list-item]
    assert path.read_bytes() == before
    assert [item.name for item in tmp_path.iterdir()] == ["25456.xlsx"]
