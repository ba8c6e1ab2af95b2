"""Two rounds compared: figures held against each other only where they mean the same."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import openpyxl
import pytest

from criteria.catalogue import Refusal
from evidence.round import RoundFault, load_round
from reports.comparison.compare import Comparison, compare, load_side, previous_ranks
from reports.comparison.notes import notes
from reports.comparison.sheet import write_comparison
from reports.comparison.words import comparison_text
from reports.outcome import outcome
from reports.outputs import write_outputs
from reports.runs import RunUnreadable, read_run
from tests.reports.small_folder import CRITERIA, make_round

HEAD = "Ngày hiệu lực;Loại;Mã cũ;Tên cũ;Mã mới;Tên mới;Văn bản\n"
MERGERS = HEAD + "".join(
    f"01/07/2024;{kind};{old};;{new};;1661/NQ\n"
    for kind, old, new in (
        *(("sáp nhập", "B", "BC"), ("sáp nhập", "C", "BC")),
        *(("chia tách", "D", "D1"), ("chia tách", "D", "D2"), ("đổi tên", "E", "E9")),
    )
)
THEN = "A 9 6 4\nB 9 5 4\nC 6 3 2\nD 8 3 2\nE 5 KPS 4\nF 9 6 3\n"
NOW = "A 8 6 4\nBC 9 6 4\nD1 8 4 2\nD2 5 5 4\nE9 9 KPS 4\nG 1 1 1\n"


def scored(folder: Path, points: str, year: int, **given: object) -> Path:
    """A small round with its results."""
    made = make_round(folder, points, year, **given)  # type: ignore[arg-type]
    write_outputs(outcome(load_round(made)))
    return made


@pytest.fixture(scope="module")
def rounds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two years with a merger, a split and a rename between them."""
    folder = tmp_path_factory.mktemp("hai-nam")
    old, new = scored(folder / "nam-2023", THEN, 2023), scored(folder / "nam-2024", NOW, 2024)
    (new / "sap-nhap.csv").write_text(MERGERS, encoding="utf-8")
    return old, new


@pytest.fixture(scope="module")
def done(rounds: tuple[Path, Path]) -> Comparison:
    """The comparison of the two."""
    return compare(*rounds)


UNITS = [
    # unit now, relation, before (code percent grade rank), differences: points, percent, grade, rank
    ("A", "same", ["A 95 Tốt 1"], (-1000, -5000, 0, -2)),
    ("BC", "merged", ["B 90 Tốt 2", "C 55 Yếu 6"], (None,) * 4),
    ("D1", "split", ["D 65 Khá 4"], (None,) * 4),
    ("D2", "split", ["D 65 Khá 4"], (None,) * 4),
    ("E9", "renamed", ["E 64.29 Yếu 5"], (4000, 28570, 2, 3)),
    ("G", "new", [], (None,) * 4),
]


@pytest.mark.parametrize(("code", "relation", "before", "differences"), UNITS)
def test_each_unit(
    done: Comparison, code: str, relation: str, before: list[str], differences: tuple[int | None, ...]
) -> None:
    unit = next(unit for unit in done.units if unit.now.code == code)
    places = [f"{p.code} {(p.percent or 0) / 1000:g} {p.grade} {p.rank}" for p in unit.before]
    assert (unit.relation, places) == (relation, before)
    assert (unit.points, unit.percent, unit.grade, unit.rank) == differences
    assert {place.ranked for place in unit.before} <= {6}


def test_who_is_gone_and_what_moved(done: Comparison) -> None:
    assert [place.code for place in done.gone] == ["F"]
    moved = {unit.now.code: unit.criteria for unit in done.units if unit.criteria}
    assert moved == {"A": (("1.1", 9000, 8000),), "E9": (("1.1", 5000, 9000),)}
    assert [unit.documents for unit in done.units if unit.relation == "renamed"] == [("1661/NQ",)]


def test_criteria_over_the_units_that_are_the_same(done: Comparison) -> None:
    """A and E9: 1.1 has 9 and 5, then 8 and 9; 1.2 only A's 6 and 6."""
    told = [(t.criterion, t.units, t.old, t.new, t.up, t.down) for t in done.trends]
    assert told == [
        ("1.1", 2, 7000, 8500, 1, 1),
        ("1.2", 1, 6000, 6000, 0, 0),
        ("1.3", 2, 4000, 4000, 0, 0),
    ]


def test_the_text_shows_each_predecessor(done: Comparison) -> None:
    text = comparison_text(done)
    lines = [" ".join(line.split()) for line in text.splitlines()]
    at = next(index for index, line in enumerate(lines) if line.startswith("BC UBND xã BC (sáp nhập)"))
    assert lines[at] == "BC UBND xã BC (sáp nhập) 95,00 Tốt 1/6"
    assert lines[at + 1] == "B - trước đây: UBND xã B 90,00 Tốt 2/6"
    assert lines[at + 2] == "C - trước đây: UBND xã C 55,00 Yếu 6/6"
    assert "không lấy bình quân" in text
    assert "1 đơn vị của đợt cũ không còn ở đợt mới: UBND xã F (90,00%, Tốt, hạng 2/6)." in text


def test_previous_ranks(rounds: tuple[Path, Path]) -> None:
    from evidence.mergers import read_mergers

    mergers, _ = read_mergers(rounds[1] / "sap-nhap.csv")
    past = previous_ranks(load_side(rounds[0]), load_round(rounds[1]), mergers)
    assert {code: item.rank for code, item in past.items()} == {
        **{"A": 1, "BC": None, "D1": None, "D2": None, "E9": 5, "G": None},
    }
    assert [place.code for place in past["BC"].places] == ["B", "C"]


CRITERIA_CHANGES = [
    # what is changed in the newer criteria set; why which criterion is left out; may totals be compared
    ("nothing", "", "", {}, True),
    ("another title", "Tiếp dân", "Tiếp công dân", {"1.2": "khác tên"}, False),
    ("title with other blanks and case", "Tiếp dân", "tiếp  DÂN", {}, True),
    ("title with its marks apart", "Tiếp dân", unicodedata.normalize("NFD", "Tiếp dân"), {}, True),
    ("another maximum", 'dân, max: 6, kind: judged, not_applicable: exclude, cite: vd}}\n      - {{id: "1.3", title: Báo cáo, max: 4',
     'dân, max: 5, kind: judged, not_applicable: exclude, cite: vd}}\n      - {{id: "1.3", title: Báo cáo, max: 5',
     {"1.2": "khác điểm tối đa", "1.3": "khác điểm tối đa"}, False),
    ("another rule", "title: Báo cáo, max: 4, kind: judged", "title: Báo cáo, max: 4, kind: count, inputs: {{count: Số}}, each: 1, direction: add",
     {"1.3": "khác cách chấm"}, False),
    ("another id", '"1.3"', '"1.4"', {"1.4": "chỉ có ở đợt mới", "1.3": "chỉ có ở đợt cũ"}, False),
]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "left_out", "totals"),
    [c[1:] for c in CRITERIA_CHANGES],
    ids=[c[0] for c in CRITERIA_CHANGES],
)
def test_only_what_means_the_same_is_compared(
    rounds: tuple[Path, Path],
    tmp_path: Path,
    before: str,
    after: str,
    left_out: dict[str, str],
    totals: bool,
) -> None:
    changed = CRITERIA.replace(before, after) if before else CRITERIA
    assert changed != CRITERIA or not before
    new = make_round(tmp_path / "moi", "A 8 4 4\nB 9 5 4", 2024, criteria=changed)
    table = new / "bang-diem.csv"
    if "1.4" in left_out:
        table.write_text(table.read_text(encoding="utf-8").replace(";1.3", ";1.4"), encoding="utf-8")
    write_outputs(outcome(load_round(new)))
    done = compare(rounds[0], new)
    assert dict(done.comparable.left_out) == left_out
    assert done.comparable.totals == totals
    unit = next(unit for unit in done.units if unit.now.code == "A")
    assert (unit.points is not None) == totals
    assert (unit.percent, unit.grade) == (-15_000, 0)  # percent and grade are always compared
    told = " ".join(notes(done))
    for id_, why in left_out.items():
        assert f"{id_} ({why})" in told
    assert ("tổng điểm chỉ so bằng tỷ lệ và xếp loại" in told) == (not totals)
    assert {item.criterion for item in done.trends} <= set(done.comparable.ids)


GRADES = "grades: [{{label: Tốt, from: 80}}, {{label: Khá, from: 65}}, {{label: Yếu, from: 0}}]"


@pytest.mark.parametrize(
    ("grades", "compared", "words"),
    [
        (GRADES.replace("80", "85"), True, "ngưỡng xếp loại hai đợt khác nhau"),
        (GRADES.replace("Yếu", "Kém"), False, "không so xếp loại"),
    ],
)
def test_grades_are_compared_where_the_labels_agree(
    rounds: tuple[Path, Path], tmp_path: Path, grades: str, compared: bool, words: str
) -> None:
    new = scored(tmp_path / "moi", "A 9 6 4", 2024, criteria=CRITERIA.replace(GRADES, grades))
    done = compare(rounds[0], new)
    assert (done.units[0].grade is not None) == compared
    assert words in " ".join(notes(done))


def test_the_same_code_under_another_name_is_told(rounds: tuple[Path, Path], tmp_path: Path) -> None:
    new = scored(tmp_path / "moi", "A 9 6 4", 2024, units={"A": "Sở Mới"})
    assert "UBND xã A → Sở Mới (A)" in " ".join(notes(compare(rounds[0], new)))


def test_two_runs_of_one_round_without_ledger(rounds: tuple[Path, Path], tmp_path: Path) -> None:
    new = scored(tmp_path / "lan-hai", THEN.replace("A 9", "A 7"), 2023)
    (new / "ket-qua" / "so-diem.csv").unlink()
    done = compare(rounds[0], new)
    assert (done.units[0].points, done.units[0].criteria, done.trends) == (-2000, (), ())
    assert "không có sổ điểm đọc được" in " ".join(notes(done))


def test_what_cannot_be_compared_says_why(rounds: tuple[Path, Path], tmp_path: Path) -> None:
    fresh = make_round(tmp_path / "chua-cham")
    with pytest.raises(RunUnreadable, match=r"danvan score .*chua-cham"):
        compare(rounds[0], fresh)
    with pytest.raises(RoundFault, match="Không có thư mục"):
        compare(tmp_path / "khong", fresh)
    with pytest.raises(Refusal, match="Không có bảng sáp nhập"):
        compare(*rounds, tmp_path / "khong.csv")
    broken = scored(tmp_path / "hong", THEN, 2023)
    (broken / "ket-qua" / "results.json").write_text('{"units": [{}]}', encoding="utf-8")
    with pytest.raises(RunUnreadable, match="Không đọc được kết quả"):
        compare(broken, rounds[1])
    more = scored(tmp_path / "them", THEN, 2023)
    with (more / "dot.yaml").open("a", encoding="utf-8") as stream:
        stream.write('  - {code: "Z", name: "UBND xã Z", type: xa}\n')
    with pytest.raises(
        RunUnreadable, match=r"đã đổi sau khi chấm điểm: Z\. Chấm lại bằng lệnh: danvan score"
    ):
        compare(rounds[0], more)


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("units", None),
        ("units", {}),
        ("criteria", None),
        ("provisional", "có"),
        ("name", 1),
        ("rank", "nhất"),
        ("final", "chín"),
        ("max", None),
        ("limits", [{}]),
    ],
)
def test_results_of_another_shape_are_none(tmp_path: Path, part: str, value: object) -> None:
    folder = scored(tmp_path / "hong", THEN, 2023) / "ket-qua"
    record = read_run(folder).record
    (record if part in record else record["units"][1])[part] = value
    (folder / "results.json").write_text(json.dumps(record), encoding="utf-8")
    with pytest.raises(RunUnreadable, match="Chấm điểm lại đợt này"):
        read_run(folder)


def test_the_sheet_holds_what_the_text_says(done: Comparison, tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write_comparison(tmp_path / name, done)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    rows = [[cell.value for cell in row] for row in book["So sánh đơn vị"].iter_rows()]
    lines = {str(row[0]): row for row in rows if row[0]}
    assert lines["A"][3:] == [95, 90, -5, "Tốt", "Tốt", 1, 3, -2]
    assert lines["BC"][2:5] == ["sáp nhập (1661/NQ)", None, 95]
    assert lines["C"][2:] == ["đơn vị cũ", 55, None, None, "Yếu", None, 6, None, None]
    assert lines["F"][3] == 90
    assert [row[0].value for row in book["So sánh tiêu chí"].iter_rows()][-3:] == ["1.1", "1.2", "1.3"]


def test_a_unit_renamed_under_its_code_is_told_as_the_table_says(tmp_path: Path) -> None:
    """A commune became a ward: nobody has to look whether it is the same unit."""
    then = scored(tmp_path / "cu", "A 9 6 4\n", 2023)
    now = scored(tmp_path / "moi", "A 8 6 4\n", 2024, units={"A": "UBND phường A"})
    doubted = compare(then, now)
    assert any("không có trong bảng sáp nhập" in note for note in notes(doubted))
    (now / "sap-nhap.csv").write_text(f"{HEAD}01/07/2024;đổi tên;A;;A;;1661/NQ\n", encoding="utf-8")
    told = compare(then, now)
    assert [unit.relation for unit in told.units] == ["renamed"]
    assert not any("không có trong bảng sáp nhập" in note for note in notes(told))
