"""What the workbook, the terminal and the record say of limits, quotas, floors, ties and targets.

Figures of the same rounds are held against scoring in test_recalculated.py.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from criteria.exact import as_float
from evidence.answers import Source
from reports.ranked.workbook import write_ranked
from reports.record import results_json
from reports.tables import explain_json, explain_text, ranking_tables
from reports.target_words import conclusion, target_line
from scoring.results import Results
from scoring.targets import Attainment
from scoring.trace import next_grade, trace
from tests.reports.rounds import tay_ninh
from tests.reports.shapes import EMPTY, FULL, SHAPES, TARGETS, shaped
from tests.reports.workbooks import Workbook, read

LIMITED = "limits and quotas"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the decisions' files are written."""
    return tmp_path_factory.mktemp("shapes")


def book_of(name: str, folder: Path) -> tuple[Workbook, Results]:
    round_, results, _ = shaped(name, folder)
    write_ranked(folder / "xep-hang.xlsx", round_, results)
    return read(folder / "xep-hang.xlsx"), results


def test_a_line_for_each_limit_applied_and_each_consequence(folder: Path) -> None:
    book, results = book_of(LIMITED, folder)
    lines = book.table("Khống chế", "Mã đơn vị")
    applied = [item for limits in results.limits.values() for item in limits]
    assert len(lines) == len(applied) > 4
    silent = next(line for line in lines if line["Mã đơn vị"] == "xa7")
    assert (
        silent["Quy định áp dụng và lý do"]
        == "Không xếp loại: Không hoàn thành nhiệm vụ (vì không có hồ sơ)."
    )
    assert (silent["Trước"], silent["Sau"]) == ("Chưa xếp loại", "Không hoàn thành nhiệm vụ")
    assert silent["Căn cứ"] == "Quyết định số 01/QĐ-UBND, Điều 9"
    told = {line["Trước"] for line in lines if "Điều 12" in line["Căn cứ"]}
    assert told == {"Hệ quả, không đổi điểm và xếp loại"}


def test_without_limits_there_is_no_such_sheet_and_no_second_grade(folder: Path) -> None:
    book, _ = book_of("rounded at the end, down", folder)
    assert "Khống chế" not in book.sheets
    assert "Xếp loại theo điểm" not in book.table(book.sheets[0], "Mã đơn vị")[0]


def test_limits_that_hold_for_nobody_are_said_to(folder: Path, tmp_path: Path) -> None:
    round_, results, _ = shaped(LIMITED, folder)
    write_ranked(tmp_path / "x.xlsx", round_, replace(results, limits={}))
    told = read(tmp_path / "x.xlsx").texts("Khống chế")
    assert "Không có đơn vị nào bị áp dụng quy định khống chế xếp loại hoặc hệ quả." in told


def test_counts_are_of_final_grades(folder: Path) -> None:
    round_, results, _ = shaped(LIMITED, folder)
    assert list(results.units["grade"]) != list(results.units["grade_by_points"])
    blocks = {item["block"]: item["grades"] for item in results_json(round_, results)["blocks"]}
    for block, counts in blocks.items():
        own = results.units.loc[results.units["block"] == block, "grade"]
        assert counts == {label: int((own == label).sum()) for label in counts}
    assert blocks["xa"]["Không hoàn thành nhiệm vụ"] == 1
    assert "Không hoàn thành nhiệm vụ" not in blocks["phong"]


def test_the_record_names_limits_and_quotas(folder: Path) -> None:
    round_, results, _ = shaped(LIMITED, folder)
    record = results_json(round_, results)
    limits = {unit["code"]: unit["limits"] for unit in record["units"]}
    assert limits["xa7"] == [
        {
            "id": "ho-so",
            "text": "Không xếp loại: Không hoàn thành nhiệm vụ (vì không có hồ sơ)",
            "cite": "Quyết định số 01/QĐ-UBND, Điều 9",
        }
    ]
    assert list(record["quotas"][0]) == [
        *("grade", "block", "text", "of", "allowed", "keep", "undecided", "over"),
    ]
    assert [quota["block"] for quota in record["quotas"]] == [None, "phong", "xa"]


def test_a_tie_at_a_quotas_edge_is_left_to_a_person(folder: Path) -> None:
    book, _ = book_of("everything at once", folder)
    texts = book.texts("Tổng hợp")
    assert any(text.endswith("tranh 1 chỗ còn lại, cần người có thẩm quyền chọn.") for text in texts)
    assert "UBND xã số 1; UBND xã số 2; UBND xã số 3" in texts
    round_, results, _ = shaped("everything at once", folder)
    assert "  Cần chọn: UBND xã số 1; UBND xã số 2; UBND xã số 3" in ranking_tables(round_, results)


@pytest.mark.parametrize(
    "words",
    [
        "chỉ tổng điểm lấy 2 chữ số thập phân",
        "nhóm 4 được cộng thêm nhiều nhất 5 điểm; nhóm 5 bị trừ nhiều nhất 10 điểm",
        "không vượt điểm tối đa áp dụng",
        "xét điểm nhóm 5 (bị trừ ít hơn xếp trên), rồi điểm nhóm 3, rồi điểm tiêu chí 2.1, rồi điểm nhóm 4; "
        "vẫn bằng nhau thì cùng hạng (1, 2, 2, 3)",
        "trừ ngưỡng ghi “trên” thì phải lớn hơn",
        "Mỗi tiêu chí từ 50% điểm tối đa; nhóm 1 từ 66,667% điểm tối đa",
        "Hạ 1 bậc xếp loại, khi nhóm 1 dưới 60% điểm tối đa.",
        "Loại “Khá” nhiều nhất 30% số đơn vị xếp loại Tốt, Khá, tính theo từng khối",
        "Điểm thưởng của xã (điểm cộng, tối đa 5)",
        "Khối: UBND xã",
    ],
)
def test_the_basis_says_how_the_decision_counts(words: str, folder: Path) -> None:
    round_, results, _ = shaped("everything at once", folder)
    path = folder / "basis.xlsx"
    if not path.exists():
        write_ranked(path, round_, results)
    assert words in "\n".join(read(path).texts("Căn cứ"))


def test_doubts_about_the_decision_are_said_everywhere(folder: Path) -> None:
    round_, results = tay_ninh()
    doubtful = replace(round_, year=2020)
    assert doubtful.warnings
    write_ranked(folder / "doubt.xlsx", doubtful, results)
    for sentence in doubtful.warnings:
        assert sentence in read(folder / "doubt.xlsx").texts("Căn cứ")
        assert f"! {sentence}" in ranking_tables(doubtful, results)
        assert sentence in results_json(doubtful, results)["warnings"]


def test_three_thirds_make_the_whole(folder: Path) -> None:
    """1/3 + 2/3 + 3/3 of ten points each are twenty, not 19,999 or 20,001."""
    book, results = book_of("everything at once", folder)
    lines = {line["Mã đơn vị"]: line for line in book.table("Xếp hạng - Phòng", "Mã đơn vị")}
    thirds = [place for place, text in book.formulas.items() if text in ("=10/3", "=20/3")]
    assert thirds and {"Chi tiết", "Chi tiết tự chấm"} <= {place[0] for place in thirds}
    finals = results.units.set_index("code")["final"]
    assert lines["phong1"]["Điểm cuối cùng"] == as_float(int(finals["phong1"])) == 70


PEOPLE, UNITS_DONE, LAST_YEAR = TARGETS[2], TARGETS[3], TARGETS[4]


@pytest.mark.parametrize(
    ("attained", "line"),
    [
        (
            Attainment(PEOPLE, 595, 636, 93_550, None, False, 6, ("xa1",)),
            "đạt 595/636 người (93,55%); 6 đơn vị chưa đạt; gần đạt nhất: UBND xã số 1",
        ),
        (Attainment(PEOPLE, 636, 636, 100_000, None, True, 0), "đạt 636/636 người (100,00%); đạt"),
        (
            Attainment(PEOPLE, 630, 636, 99_060, None, True, 1, ("xa1",)),
            "đạt 630/636 người (99,06%); đạt; 1 đơn vị chưa đạt; gần đạt nhất: UBND xã số 1",
        ),
        (
            Attainment(UNITS_DONE, 1, 9, 11_110, None, False, 1, ("xa1",)),
            "đạt 1/9 đơn vị (11,11%); còn thiếu 1 đơn vị; gần đạt nhất: UBND xã số 1",
        ),
        (
            Attainment(LAST_YEAR, 8, 9, 88_890, None, False, 1, ("xa1",)),
            "đạt 8/9 đơn vị (88,89%); 1 đơn vị thấp hơn năm trước; gần đạt nhất: UBND xã số 1",
        ),
        (
            Attainment(LAST_YEAR, 6, 9, 66_670, None, False, 3, ("xa1",), unknown=2),
            "đạt 6/9 đơn vị (66,67%); 1 đơn vị thấp hơn năm trước; 2 đơn vị chưa đủ số liệu hai năm; "
            "gần đạt nhất: UBND xã số 1",
        ),
        (Attainment(LAST_YEAR), "chưa tính trong đợt này"),
        (
            Attainment(TARGETS[0], 2, 4, 50_000, 66_670, False, 1),
            "đạt 2/4 đơn vị (50,00%; 66,67% số đã xếp loại); còn thiếu 1 đơn vị",
        ),
    ],
)
def test_targets_count_people_or_units(attained: Attainment, line: str, folder: Path) -> None:
    criteria = shaped(LIMITED, folder)[1].criteria
    told = target_line(criteria, attained, {"xa1": "UBND xã số 1"})
    assert told == f"Chỉ tiêu: {attained.target.text}: {line}"


def test_the_conclusion_stands_on_the_sheet(folder: Path) -> None:
    book, results = book_of("everything at once", folder)
    told = {conclusion(attained) for attained in results.targets}
    assert told <= set(book.texts("Tổng hợp"))
    assert {"người", "không thấp hơn"} <= set(book.texts("Tổng hợp"))


def explained(name: str, code: str, folder: Path) -> str:
    round_, results, answers = shaped(name, folder)
    steps = trace(results, code, answers, [Source("bang-diem.csv", "")])
    assert explain_json(round_, results, code, steps, None)["unit"]["code"] == code
    return explain_text(round_, results, code, steps, next_grade(results, code))


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("phong1", "Nhóm 1. Ba phần ba: 20/30 điểm"),
        ("phong1", "Nhóm 5. Điểm trừ (điểm trừ, tối đa 10): 10/10 điểm"),
        ("phong2", "Nhóm 1. Ba phần ba: khoảng 16,548/30 điểm"),
        ("phong1", "Xếp loại theo điểm: Khá\n  Khống chế: Xếp loại cao nhất là “Khá” (vì Trưởng phòng"),
        ("phong1", "Căn cứ: Quyết định số 01/QĐ-UBND, Điều 10\nXếp loại: Khá"),
        ("phong2", "  Hệ quả: Hạ một bậc kết quả thi đua (vì gửi hồ sơ chậm 3 ngày)"),
        ("xa5", "để đạt loại Xuất sắc."),
        ("xa6", "Còn chưa đạt điều kiện kèm theo ở nhóm 1 để đạt loại Tốt theo điểm."),
        (
            "xa7",
            "Chưa có điểm nên chưa xếp hạng.\nXếp loại theo điểm: chưa xếp loại\n  Khống chế: Không xếp loại",
        ),
    ],
)
def test_the_explanation_says(code: str, words: str, folder: Path) -> None:
    assert words in explained("everything at once", code, folder)


def test_every_shape_has_what_it_is_for(folder: Path) -> None:
    """The rounds above are no empty cases: ties broken, totals held, floors that matter."""
    for name in SHAPES:
        ranks = shaped(name, folder)[1].units["rank"].dropna()
        assert len(ranks) == 15, name
    held, free = (
        shaped(name, folder)[1].units.set_index("code")["final"].to_dict()
        for name in ("bonus and penalty, held to the maximum", "bonus not held, self points only")
    )
    assert (held[FULL], free[FULL], held[EMPTY]) == (100_000, 105_000, 0)
    by_block = shaped("grades by block with floors", folder)[1].units.set_index("code")["grade"]
    assert (by_block[FULL], by_block[EMPTY]) == ("Xuất sắc", "Kém"), "0% is not above 0"
    by_points, broken = (shaped(name, folder)[1] for name in ("floors on exact points", "ties broken"))
    assert set(by_points.units["grade"].dropna()) >= {"Tốt", "Khá", "Yếu"}
    assert broken.units["percent"].duplicated().any()
