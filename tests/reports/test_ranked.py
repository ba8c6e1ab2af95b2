"""The ranked workbook as a file: its sheets, its words, its bytes (figures: test_recalculated.py).

1. Marks, and that results are provisional, stand on every sheet and at the foot of every page.
2. What people typed is text, whatever it begins with.
3. The same results give the same bytes; a file that Excel holds is left alone, with a kind sentence.
4. Columns and sheets that would be empty are not there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from evidence.placing import FileHeld
from evidence.round import Round
from reports.ranked.workbook import write_ranked
from reports.sheet.places import sheet_names
from reports.wording import sentences_for_every_sheet
from scoring.results import Results
from tests.reports.rounds import MARK, STRANGE_NAMES, example, tay_ninh
from tests.reports.workbooks import Workbook, read

Made = Callable[[tuple[Round, Results]], Path]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """Writes the ranked workbook of a round and gives its path."""

    def make(scored: tuple[Round, Results]) -> Path:
        write_ranked(tmp_path / "xep-hang.xlsx", *scored)
        return tmp_path / "xep-hang.xlsx"

    return make


@pytest.mark.parametrize(
    "scored",
    [tay_ninh(), tay_ninh(appraised=False), example("hue-cchc-2021"), example("binh-duong-cchc-2017")],
    ids=["appraised", "self", "Huế", "Bình Dương"],
)
def test_marks_stand_on_every_sheet(scored: tuple[Round, Results], made: Made) -> None:
    book = openpyxl.load_workbook(made(scored))
    sentences = sentences_for_every_sheet(*scored)
    assert sentences
    for sheet in book:
        texts = [cell.value for row in sheet.iter_rows() for cell in row]
        assert [sentence for sentence in sentences if sentence not in texts] == [], sheet.title
        foot = sheet.HeaderFooter.oddFooter
        assert foot is not None
        assert sentences[0][:40] in str(foot.left.text), sheet.title
        assert "&P/&N" in str(foot.right.text)


@pytest.mark.parametrize(
    ("appraised", "sentence"),
    [
        (False, "Kết quả tạm tính theo điểm tự chấm, chưa thẩm định."),
        (True, "Kết quả tạm tính: 12 đơn vị chưa được thẩm định hoặc mới thẩm định một phần."),
    ],
)
def test_provisional_results_say_so(appraised: bool, sentence: str, made: Made) -> None:
    book = read(made(tay_ninh(appraised=appraised)))
    assert all(MARK in book.texts(sheet) and sentence in book.texts(sheet) for sheet in book.sheets)


def test_final_results_are_not_called_provisional(made: Made) -> None:
    book = read(made(example("hue-cchc-2021")))
    assert not any("tạm tính" in str(text) for sheet in book.sheets[:2] for text in book.texts(sheet))


def test_what_people_typed_is_text(made: Made) -> None:
    round_, results = tay_ninh()
    title = "=HYPERLINK(1) 'khối' [1]"
    named = replace(round_, title="=1+1", blocks=round_.blocks | {"xa-phuong": title})
    path = made((named, results))
    book = read(path)
    assert not any(re.match(r"=(1\+1|HYPERLINK)", formula) for formula in book.formulas.values())
    for sheet in ("Chi tiết", "Xếp hạng - Cơ quan chuyên môn"):
        assert set(STRANGE_NAMES.values()) & set(book.texts(sheet))
    assert {str(name) for name in STRANGE_NAMES.values()} <= set(book.texts("Chi tiết"))
    assert title in book.texts("Tổng hợp")


def test_same_results_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_ranked(tmp_path / name / "xep-hang.xlsx", *tay_ninh())
    first, second = (tmp_path / name / "xep-hang.xlsx" for name in ("a", "b"))
    assert first.read_bytes() == second.read_bytes()


def test_a_file_held_by_excel_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "xep-hang.xlsx"
    path.write_bytes(b"old")

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(FileHeld, match=r"“xep-hang.xlsx”.*Đóng tệp đó rồi chạy lại"):
        write_ranked(path, *tay_ninh())
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("scored", "details", "headings"),
    [
        (
            tay_ninh(),
            ["Chi tiết", "Chi tiết tự chấm", "Chi tiết thẩm định"],
            ["Điểm tự chấm", "Điểm thẩm định", "Điểm cuối cùng", "Tỷ lệ (%)", "Xếp loại"],
        ),
        (
            tay_ninh(appraised=False),
            ["Chi tiết"],
            ["Điểm tự chấm", "Điểm cuối cùng", "Tỷ lệ (%)", "Xếp loại"],
        ),
        (
            example("hue-cchc-2021"),
            ["Chi tiết"],
            ["Điểm thẩm định", "Điểm cuối cùng", "Tỷ lệ (%)", "Xếp loại"],
        ),
        (example("binh-duong-cchc-2017"), ["Chi tiết"], ["Điểm thẩm định", "Điểm cuối cùng", "Tỷ lệ (%)"]),
    ],
    ids=["appraised in part", "self points only", "appraised points only", "no grades"],
)
def test_only_what_has_content_is_shown(
    scored: tuple[Round, Results], details: list[str], headings: list[str], made: Made
) -> None:
    book = read(made(scored))
    assert [sheet for sheet in book.sheets if sheet.startswith("Chi tiết")] == details
    line = book.table(book.sheets[0], "Mã đơn vị")[0]
    fixed = ["Hạng", "Mã đơn vị", "Đơn vị", "Điểm tối đa áp dụng"]
    assert [name for name in line if not name.startswith("Cột phụ")] == [*fixed, *headings, "Ghi chú"]


def test_units_stand_in_rank_order_and_those_without_points_last(made: Made) -> None:
    book = read(made(tay_ninh()))
    lines = book.table("Xếp hạng - UBND xã, phường", "Mã đơn vị")
    assert [line["Hạng"] for line in lines] == [1, 2, 3, 3, 5, 6, 7, 8, "", ""]
    assert [line["Ghi chú"] for line in lines[5:]] == [
        "Chưa thẩm định; còn 2 tiêu chí chưa có điểm",
        "",
        "",
        "Chưa gửi hồ sơ",
        "Hồ sơ chưa dùng được",
    ]


@pytest.mark.parametrize(
    ("kind", "shown"),
    [("KPS", "excluded"), ("–", "not for the type of unit"), ("Lỗi", "faulty")],
)
def test_the_kinds_of_nothing_stay_apart_in_the_detail(kind: str, shown: str, made: Made) -> None:
    assert kind in read(made(tay_ninh())).texts("Chi tiết"), shown


def test_the_sheets_are_ready_to_print_and_to_read(made: Made) -> None:
    book = openpyxl.load_workbook(made(tay_ninh()))
    for sheet in book:
        assert sheet.print_area and sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.paperSize == (8 if sheet.title.startswith(("Chi tiết", "Mất điểm")) else 9)
        if sheet.title.startswith(("Xếp hạng", "Chi tiết")):
            assert sheet.print_title_rows and sheet.freeze_panes, sheet.title
            assert sheet[sheet.freeze_panes].row > 5, "the head stays in sight"
        if sheet.title.startswith("Xếp hạng"):
            assert sheet.auto_filter.ref


def test_rows_of_a_block_may_be_sorted(made: Made) -> None:
    """Sorting moves formulas: each may point to its own row and to whole columns, to nothing else."""
    book = read(made(tay_ninh(ties="dense")))
    for (sheet, address), formula in book.formulas.items():
        if sheet.startswith("Xếp hạng") and "AVERAGE" not in formula:
            row = re.sub(r"\D", "", address)
            elsewhere = re.sub(r"'[^']+'!|\$[A-Z]+\$\d+(:\$[A-Z]+\$\d+)?", "", formula)
            assert set(re.findall(r"\$?[A-Z]{1,3}\$?(\d+)", elsewhere)) <= {row}, (sheet, address)


def test_the_basis_is_printed(made: Made) -> None:
    book: Workbook = read(made(tay_ninh()))
    text = "\n".join(book.texts("Căn cứ"))
    wanted = ["815/QĐ-UBND ngày 19/8/2022", "49/KH-UBND ngày 27/3/2023", "1563/QĐ-UBND", "Phục dựng"]
    wanted += ["Thanh tra thành phố", "tay-ninh-city-815-2022, bản ", "danvan 0.", "1, 2, 2, 4"]
    assert [words for words in wanted if words not in text] == []
    assert text.count("bản ") >= 2


@pytest.mark.parametrize(
    ("titles", "names"),
    [
        (["UBND xã, phường"], ["Xếp hạng - UBND xã, phường"]),
        (["Đơn vị sự nghiệp công lập"], ["Xếp hạng - Đơn vị sự nghiệp"]),
        (["Khối: a/b [c]*?\\'"], ["Xếp hạng - Khối a b c"]),
        (["X" * 40], ["Xếp hạng - " + "X" * 20]),
        (["A" * 40, "a" * 40], ["Xếp hạng - " + "A" * 20, "Xếp hạng - " + "a" * 16 + " (2)"]),
    ],
)
def test_names_of_sheets_are_ones_that_excel_takes(titles: list[str], names: list[str]) -> None:
    assert sheet_names("Xếp hạng - ", titles) == names
    assert all(len(name) <= 31 for name in names)
