"""The linter: each fault of a criteria or plan file, found at its line and told in Vietnamese.

1. Each folder of `should_fail/` holds one file with one fault, which is found where it stands.
2. Every code of the catalogue comes from one of these files, or from a file that cannot be read.
3. Message and fix are whole Vietnamese sentences, with nothing of the program in them.
4. Where a word is near to a known one, the fix asks whether that was meant.
5. A file with several faults tells them all, in the order of its lines.
6. The files that we ship have no finding at all.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from criteria.catalogue import FileFaults, Finding, UnknownId, closest
from criteria.finding_texts import TEXTS
from criteria.library import SHIPPED, examine_file
from criteria.loader import load_criteria, load_plan

HERE = Path(__file__).parent
FAULTY = HERE / "should_fail"
EXAMPLES = HERE.parents[1] / "examples"

# folder, then code and line of each finding, then words that its message or fix must hold
FAULTS: list[tuple[str, list[tuple[str, int]], str]] = [
    # no YAML that a person can read
    ("tab", [("yaml-tab", 13)], "Tab"),
    ("syntax", [("yaml-syntax", 6)], "dòng này và dòng trên"),
    ("duplicate-key", [("yaml-duplicate", 9)], "“scale” bị lặp lại, đã có ở dòng 6"),
    ("anchor", [("yaml-trick", 16)], "Viết đầy đủ"),
    # not in the form of a criteria or plan file
    ("unknown-kind", [("schema-choice", 19)], "Có phải ý bạn là “ratio”?"),
    ("plan-kind", [("schema-choice", 13)], "Có phải ý bạn là “dossier”?"),
    ("unknown-key", [("schema-required", 16), ("schema-unknown-key", 20)], "Có phải ý bạn là “options”?"),
    ("text-cut", [("text-cut", 16)], "phần sau dấu phẩy là “viên chức được học tập”"),
    ("missing-key", [("schema-required", 17)], "thiếu mục “max”"),
    ("option-neither", [("schema-required", 22)], "thiếu mục “points”"),
    ("wrong-number", [("schema-form", 17)], "“4 điểm” của “max”"),
    ("number-too-large", [("schema-form", 6)], "dưới một tỷ"),
    ("date-form", [("schema-form", 4)], "“05/01/2023”"),
    ("wrong-date", [("date-invalid", 4)], "“2023-02-30”"),
    ("wrong-type", [("schema-type", 16)], "“applies_to” phải là một danh sách"),
    ("empty-list", [("schema-size", 21)], "“bands”"),
    ("label-too-long", [("schema-size", 22)], "nhiều nhất 250 ký tự"),
    ("option-both", [("schema-one-of", 22)], "đúng một trong các mục: points, share"),
    ("grade-two-starts", [("schema-one-of", 9)], "đúng một trong các mục: from, above"),
    ("limit-two-acts", [("schema-one-of", 11)], "“act” phải có đúng một"),
    ("limit-two-conditions", [("schema-one-of", 11)], "“when” phải có đúng một"),
    # points that do not add up
    ("group-sum", [("sum-group", 13)], "“1” ghi 10 điểm nhưng các tiêu chí áp dụng cho “UBND xã, phường” cộng lại được 6"),
    ("scale-sum", [("sum-scale", 6)], "ghi 100 nhưng các nhóm cộng lại được 10"),
    ("sum-type", [("sum-type", 6)], "áp dụng cho “UBND xã, phường” cộng lại được 10, khác thang điểm 12"),
    ("cap-unreachable", [("cap-unreachable", 20)], "cho tối đa 3 điểm nhưng các tiêu chí cộng lại chỉ được 2"),
    # names that lead nowhere, or to two things
    ("unknown-unit-type", [("type-unknown", 16)], "Có phải ý bạn là “xa-phuong”?"),
    ("unknown-source", [("source-unknown", 16)], "Đã khai: vd"),
    ("duplicate-ids", [("id-duplicate", 17)], "“1.1” được dùng hai lần, lần trước ở dòng 16"),
    ("duplicate-ids-group", [("id-duplicate", 16)], "“1” được dùng hai lần, lần trước ở dòng 11"),
    ("id-alike", [("id-alike", 17)], "“1.01” và mã “1.1” (dòng 16)"),
    ("limit-grade", [("reference-unknown", 11)], "Mức xếp loại “Trung bình” không có"),
    ("limit-group", [("reference-unknown", 11)], "Nhóm của thang điểm “7” không có"),
    ("floor-unknown", [("reference-unknown", 9)], "“1.9” không có"),
    ("tie-break-unknown", [("reference-unknown", 7)], "“1.9” không có"),
    ("quota-unknown", [("reference-unknown", 10)], "Mức xếp loại “Xuất sắc” không có"),
    ("file-name", [("file-name", 2)], "“vi-du-2023” khác tên tệp “vi-du.yaml”"),
    ("plan-file-name", [("file-name", 2)], "“vi-du-2023” khác tên tệp “vi-du.yaml”"),
    # provenance
    ("official-unchecked", [("official-unchecked", 5)], "“checked”"),
    ("official-illustrative", [("official-illustrative", 16)], "điểm minh họa"),
    ("official-inferred", [("official-illustrative", 8)], "điểm minh họa"),
    ("decision-unnamed", [("decision-unnamed", 4)], "chưa có số"),
    ("draft-marks", [("draft-marks", 8)], "còn 2 chỗ ghi “CẦN XEM”"),
    # days
    ("in-force-order", [("in-force-order", 4)], "31/12/2022 đứng trước ngày có hiệu lực 05/01/2023"),
    ("signed-after-force", [("signed-after-force", 4)], "sớm hơn ngày ký"),
    # grades
    ("grades-order", [("grades-order", 9)], "“Tốt” từ 80 đứng sai chỗ"),
    ("grades-equal", [("grades-order", 9)], "“Khá” từ 80 đứng sai chỗ"),
    ("grade-twice", [("label-twice", 9)], "“Tốt” ghi hai lần"),
    ("grades-bottom", [("grades-bottom", 9)], "“Yếu” bắt đầu từ 10"),
    ("grades-unreachable", [("grades-unreachable", 9)], "100,5, cao hơn mức cao nhất có thể đạt (100)"),
    ("grades-unreachable-points", [("grades-unreachable", 9)], "80, cao hơn mức cao nhất có thể đạt (10)"),
    # rules
    ("bands-order", [("bands-order", 21)], "bậc từ 100% đứng sai chỗ"),
    ("bands-bottom", [("bands-bottom", 21)], "bắt đầu từ 50%"),
    ("bands-over-hundred", [("bands-over-whole", 21)], "từ 120% không bao giờ đạt được"),
    ("band-over-max", [("points-over-max", 21)], "12 điểm vượt điểm tối đa 10"),
    ("option-over-max", [("points-over-max", 21)], "12 điểm vượt điểm tối đa 10"),
    ("share-over-max", [("points-over-max", 22)], "15 điểm vượt điểm tối đa 10"),
    ("max-unreachable-options", [("points-max-unreachable", 21)], "cao nhất chỉ được 8"),
    ("max-unreachable-bands", [("points-max-unreachable", 21)], "cao nhất chỉ được 8"),
    ("count-cap-under-max", [("points-max-unreachable", 23)], "cao nhất chỉ được 8"),
    ("each-zero", [("each-zero", 21)], "tính 0 điểm"),
    ("floor-over-cap", [("floor-over-cap", 23)], "Điểm sàn 11 cao hơn điểm trần 10"),
    ("of-zero", [("of-zero", 16)], "bằng 0"),
    ("timely-deadline", [("timely-deadline", 16)], "đúng một trong ba"),
    ("timely-two-deadlines", [("timely-deadline", 16)], "đúng một trong ba"),
    ("timely-two-ways", [("timely-two-ways", 22)], "“per_day”"),
    ("ladder-order", [("ladder-order", 21)], "bậc 5 ngày đứng sai chỗ"),
    ("max-finer", [("max-finer", 16), ("max-finer", 17)], "Điểm tối đa 9,5 lẻ hơn"),
    ("penalty-full", [("penalty-full", 23)], "bị trừ hết"),
    ("penalty-backwards", [("penalty-backwards", 23), ("penalty-backwards", 24)], "đúng hạn thì bị trừ hết điểm"),
    ("penalty-evidence", [("evidence-wrong-way", 23)], "0 điểm là không bị trừ"),
    ("imported-evidence", [("evidence-wrong-way", 16)], "lấy kết quả từ nơi khác"),
    ("floor-outside-scale", [("reference-unknown", 9)], "Nhóm, tiêu chí của thang điểm “2” không có"),
    ("ladder-rising", [("ladder-rising", 21)], "7 điểm, bậc trước chỉ 5 điểm"),
    ("step-not-dividing", [("step-not-dividing", 16)], "10 không chia hết cho bước điểm 0,75"),
    ("step-of-criterion", [("step-not-dividing", 16)], "10 không chia hết cho bước điểm 4"),
    ("duplicate-options", [("options-duplicate", 23)], "“Chậm” ghi hai lần"),
    ("evidence-without", [("evidence-without", 16)], "“without_evidence”"),
    # plans
    ("plan-deadline-both", [("deadline-one", 13)], "“ho-so” phải có đúng một trong hai"),
    ("plan-deadline-none", [("deadline-one", 12)], "“ke-hoach” phải có đúng một trong hai"),
    ("plan-deadline-twice", [("id-duplicate", 13)], "“ke-hoach” được dùng hai lần, lần trước ở dòng 12"),
    ("plan-deadline-unknown", [("deadline-unknown", 12)], "Tiêu chí 1.1 của bộ tiêu chí tính theo thời hạn “bao-cao”"),
    ("plan-target-twice", [("id-duplicate", 16)], "“quan-triet” được dùng hai lần, lần trước ở dòng 15"),
    ("plan-criteria-set", [("criteria-unknown", 7)], "Có phải ý bạn là “tay-ninh-city-815-2022”?"),
    ("plan-limit-grade", [("reference-unknown", 19)], "Mức xếp loại “Xuất sắc” không có"),
    ("plan-target-grade", [("target-kind", 16)], "“tot” loại grade_share thiếu mục “grade”"),
    ("plan-target-share", [("target-kind", 15)], "“quan-triet” loại people_share thiếu mục “at_least”"),
    ("plan-target-criterion", [("target-criterion", 16), ("target-criterion", 17)], "tiêu chí ratio kê khai số nguyên"),
    ("plan-criterion", [("plan-reference", 16)], "Tiêu chí “1.9” không có trong bộ tiêu chí “tay-ninh-city-815-2022”"),
    ("plan-grade", [("plan-reference", 17)], "Mức xếp loại “Xuất sắc” không có"),
    ("plan-group", [("plan-reference", 10)], "Nhóm “7” không có"),
    ("plan-appraiser", [("appraiser-unknown", 9)], "giao cho cơ quan thẩm định “van-phong” mà kế hoạch không kê"),
    # all at once
    (
        "several-at-once",
        [("schema-required", 9), ("schema-unknown-key", 9), ("schema-form", 16), ("schema-choice", 17)],
        "Có phải ý bạn là “judged”?",
    ),
]  # fmt: skip

WARNINGS = {
    "points-max-unreachable",
    "cap-unreachable",
    "id-alike",
    "signed-after-force",
    "draft-marks",
    "appraiser-unknown",
}
VIETNAMESE = re.compile(
    "[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.IGNORECASE
)
OF_THE_PROGRAM = re.compile(r"\{(?! \})|(?<!\{ )\}|\['|None|Traceback|minLength|maxLength")


def findings_of(folder: str) -> list[Finding]:
    """What is found in the faulty file of a folder of `should_fail/`."""
    return examine_file(FAULTY / folder / "vi-du.yaml")


@pytest.mark.parametrize(("folder", "expected", "words"), FAULTS, ids=[case[0] for case in FAULTS])
def test_each_fault_is_found_where_it_stands(
    folder: str, expected: list[tuple[str, int]], words: str
) -> None:
    found = findings_of(folder)
    assert [(item.code, item.line) for item in found] == expected
    assert any(words in f"{item.message} {item.fix}" for item in found)
    assert {item.file for item in found} == {"vi-du.yaml"}
    assert all(item.column >= 1 for item in found)
    for item in found:
        assert item.severity == ("warning" if item.code in WARNINGS else "error")


@pytest.mark.parametrize("folder", [case[0] for case in FAULTS])
def test_faults_are_told_in_vietnamese_sentences(folder: str) -> None:
    for item in findings_of(folder):
        for text in (item.message, item.fix):
            assert VIETNAMESE.search(text)
            assert text.endswith(".")
            assert not OF_THE_PROGRAM.search(text)


def test_a_label_that_is_too_long_is_not_called_too_short() -> None:
    assert not [item for item in findings_of("label-too-long") if "quá ít" in item.message]


def test_points_over_a_bound_do_not_call_it_the_maximum_of_the_criterion() -> None:
    assert not [item for item in findings_of("ladder-rising") if "điểm tối đa 5" in item.message]


def test_every_folder_is_in_the_table_and_holds_short_files() -> None:
    assert sorted(path.name for path in FAULTY.iterdir()) == sorted(case[0] for case in FAULTS)
    for path in FAULTY.glob("*/*"):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert lines[0].startswith("# Sai: " if path.name == "vi-du.yaml" else "# Không sai")
        assert len(lines) <= 45


def test_every_code_of_the_catalogue_is_produced() -> None:
    elsewhere = {
        "file-missing", "file-encoding",  # the next test
        "roster-form",  # test_library.py
        "case-wrong", "case-unusable",  # worked examples, which need the scoring room
    }  # fmt: skip
    produced = {code for _, expected, _ in FAULTS for code, _ in expected}
    assert produced | elsewhere == set(TEXTS)
    assert not produced & elsewhere


def test_a_file_that_cannot_be_read_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "utf-16.yaml").write_bytes("criteria: utf-16\n".encode("utf-16"))
    found = {name: examine_file(tmp_path / name) for name in ("khong-co.yaml", "utf-16.yaml")}
    assert {name: [item.code for item in items] for name, items in found.items()} == {
        "khong-co.yaml": ["file-missing"],
        "utf-16.yaml": ["file-encoding"],
    }


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "schema-type"),
        ("- a\n", "schema-type"),
        ("chỉ là chữ", "schema-type"),
        ("a: 1\n", "schema-required"),
    ],
    ids=["empty", "a list", "prose", "something else"],
)
def test_a_file_of_something_else_is_a_finding(text: str, code: str, tmp_path: Path) -> None:
    path = tmp_path / "la.yaml"
    path.write_text(text, encoding="utf-8")
    found = examine_file(path)
    assert code in {item.code for item in found}
    assert {item.line for item in found} == {1}


def test_faults_refuse_to_load_and_say_all_of_them() -> None:
    with pytest.raises(FileFaults) as caught:
        load_criteria(FAULTY / "several-at-once" / "vi-du.yaml")
    assert len(caught.value.findings) == 4
    assert str(caught.value).count("vi-du.yaml, dòng ") == 4
    with pytest.raises(FileFaults):
        load_plan(FAULTY / "plan-deadline-both" / "vi-du.yaml")


def test_a_warning_does_not_refuse_to_load() -> None:
    criteria = load_criteria(FAULTY / "max-unreachable-options" / "vi-du.yaml")
    assert criteria.by_id["1.1"].top == 10_000


SHIPPED_FILES = sorted(
    [
        HERE / "minimal.yaml",
        *(path for path in SHIPPED.glob("decisions/*.yaml") if "." not in path.stem),
        *SHIPPED.glob("plans/*.yaml"),
        *EXAMPLES.glob("*/tieu-chi/*.yaml"),
    ]
)


@pytest.mark.parametrize("path", SHIPPED_FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_we_ship_has_no_finding(path: Path) -> None:
    assert examine_file(path) == []


def test_what_we_ship_was_looked_at() -> None:
    assert {path.parent.name for path in SHIPPED_FILES} == {"criteria", "decisions", "plans", "tieu-chi"}
    assert len(SHIPPED_FILES) >= 9


@pytest.mark.parametrize(
    ("word", "options", "nearest"),
    [
        ("rato", ["ratio", "count"], "ratio"),
        ("RATIO", ["ratio", "count"], "ratio"),
        ("tay-ninh-city-2032", ["tay-ninh-city-2023", "duc-pho-2022"], "tay-ninh-city-2023"),
        ("Tot", ["Tốt", "Khá"], "Tốt"),
        ("xyz", ["ratio", "count"], None),
        ("ratio", [], None),
    ],
)
def test_the_nearest_word(word: str, options: list[str], nearest: str | None) -> None:
    assert closest(word, options) == nearest


def test_an_unknown_id_names_the_nearest_and_what_there_is() -> None:
    assert str(UnknownId("kế hoạch", "duc-fo-2022", ["tra-cu-2023", "duc-pho-2022"])) == (
        "Không tìm thấy kế hoạch “duc-fo-2022”. Có phải ý bạn là “duc-pho-2022”? "
        "Hiện có: duc-pho-2022, tra-cu-2023."
    )
    assert str(UnknownId("kế hoạch", "x", [])) == "Không tìm thấy kế hoạch “x”. Hiện có: chưa có mục nào."
