"""What the terminal shows: the ranking, the target, and why a unit has its points."""

from __future__ import annotations

import pytest

from evidence.answers import Source
from evidence.intake import take_in
from reports.tables import explain_json, explain_text, ranking_tables
from scoring.trace import next_grade, trace
from tests.reports.rounds import NOT_SENT, answers_of_tay_ninh, example, tay_ninh


@pytest.mark.parametrize(
    "words",
    [
        "! Số liệu tự tạo để thử chương trình, không phải số liệu của đơn vị nào.",
        "! BỘ TIÊU CHÍ PHỤC DỰNG",
        "! Kết quả tạm tính: 12 đơn vị",
        "Khối: UBND xã, phường (10 đơn vị)",
        "Tốt: 2; Khá: 6; Trung bình: 0; Yếu: 0; chưa xếp loại: 2; tỷ lệ bình quân: 84,80%",
        "xếp loại Tốt: đạt 2/17 đơn vị (11,76%; 13,33% số đã xếp loại); còn thiếu 9 đơn vị; gần đạt nhất: ",
        "so với năm 2022: chưa tính trong đợt này",
    ],
)
def test_the_ranking_says(words: str) -> None:
    assert words in ranking_tables(*tay_ninh())


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("hue-cchc-2021", "13  13    Sở Khoa học và Công nghệ 100 83,038 83,038 83,038 Tốt"),
        ("binh-duong-cchc-2017", "2  02    Thị xã Tân Uyên 100 82,00 82,00 82,00"),
    ],
)
def test_a_line_of_the_ranking(name: str, line: str) -> None:
    lines = [" ".join(text.split()) for text in ranking_tables(*example(name)).splitlines()]
    assert " ".join(line.split()) in lines


def explained(code: str) -> str:
    round_, results = tay_ninh()
    lines = {(code, "self"): 1, (code, "appraised"): 2}
    source = Source("bang-diem.csv", "", dict.fromkeys(round_.criteria.by_id, "D"), lines)
    steps = trace(results, code, answers_of_tay_ninh(), [source])
    return explain_text(round_, results, code, steps, next_grade(results, code))


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("703-NV", "Phòng Nội vụ (703-NV), khối: Cơ quan chuyên môn"),
        ("703-NV", "Nhóm 2. Tiếp công dân, giải quyết kiến nghị"),
        ("703-NV", "Kê khai: Điểm tự chấm: 1,5 (ô D1)"),
        (
            "703-NV",
            "Thẩm định: 1 (tự chấm 1,5) – Phòng Nội vụ, ngày 18/10/2023; lý do: Thiếu văn bản "
            "(tham-dinh/noi-vu.xlsx, ô D2)",
        ),
        ("703-NV", "Căn cứ: Kế hoạch số 49/KH-UBND ngày 27/3/2023 của UBND thành phố Tây Ninh, III.1"),
        (
            "703-NV",
            "Tổng điểm: 88/100 điểm tối đa áp dụng (88,00%; tự chấm 92,625, thẩm định 88); hạng 1/4",
        ),
        ("703-NV", "Còn thiếu 2 điểm để đạt loại Tốt."),
        ("25456", ": KPS\n"),
        ("25477", "chưa kê khai/1"),
        ("25477", "số liệu có lỗi/2"),
        (NOT_SENT, "Chưa có điểm nên chưa xếp hạng, chưa xếp loại."),
    ],
)
def test_the_explanation_says(code: str, words: str) -> None:
    assert words in explained(code)


def test_points_of_the_explanation_add_up_to_the_total() -> None:
    round_, results = example("binh-duong-cchc-2017")
    intake = take_in(round_)
    steps = trace(results, "01", intake.answers, intake.sources)
    told = explain_json(round_, results, "01", steps, next_grade(results, "01"))
    assert [(item["id"], item["final"], item["max"]) for item in told["criteria"]] == [
        ("1.1", "51.75", "65"),
        ("2.1", "32.83", "35"),
    ]
    assert (told["unit"]["final"], told["unit"]["rank"], told["next_grade"]) == ("84.58", 1, None)
    (said,) = told["criteria"][0]["history"]
    assert {key: said[key] for key in ("stage", "points", "by", "file", "cell")} == {
        "stage": "appraised",
        "points": "51.75",
        "by": "theo bảng điểm",
        "file": "bang-diem.csv",
        "cell": "D2",
    }


def test_an_unknown_unit_is_refused() -> None:
    with pytest.raises(KeyError):
        explain_text(*tay_ninh(), "không có", (), None)
