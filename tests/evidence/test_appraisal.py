"""The appraisers' workbooks: handed out, filled in, merged.

1. Each appraiser of the plan gets its own criteria over all units, with what the units wrote beside.
2. What comes back is one frame; each mistake is told at its cell and costs only its row.
3. Two values for one cell: neither is taken, both cells are named.
4. What was judged on other claims is stale, row by row.
5. Handing out again loses nothing that came back.
6. `tham-dinh` is never written.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from evidence.appraisal.layout import DAY, HIDDEN_SHEET, MODES, OVERVIEW_SHEET, PERSON, Mode
from evidence.appraisal.progress import progress
from evidence.form.filling import Filling, FormEntry
from evidence.form.writer import write_form
from evidence.intake import Intake, take_in
from evidence.round import Corrects, Round, load_round
from scoring.results import score
from tests.evidence.appraisers import filled, granted, handed_out, rows_of_book, told

INSPECTORATE = "thanh-tra"  # group 2 of 815: ratios, a choice of 2/1/0, a count; 2.3 and 2.4 may not arise
OTHERS = {"noi-vu": {"1", "3", "5", "6"}, INSPECTORATE: {"2"}, "van-phong": {"4"}}


Blanks = dict[str, dict[str, Path]]  # mode -> appraiser -> workbook


@pytest.fixture(scope="module")
def blanks(demo_round: Round, tmp_path_factory: pytest.TempPathFactory) -> Blanks:
    """The workbooks handed out in the example round, made once: every test begins with the same claims."""
    made: Blanks = {}
    for mode in MODES:
        folder = tmp_path_factory.mktemp(mode) / demo_round.folder.name
        shutil.copytree(demo_round.folder, folder)
        made[mode] = handed_out(load_round(folder), mode)
    return made


@pytest.fixture
def round_(demo_copy: Round) -> Round:
    """The example round, in which every unit but one has sent its form."""
    return demo_copy


Send = Callable[..., Intake]


@pytest.fixture
def send(round_: Round, blanks: Blanks) -> Send:
    """Sends the inspectorate's workbook back with these cells typed; gives the intake then."""

    def back(
        typed: dict[tuple[str, str], object], name: str = "thanh-tra.xlsx", mode: Mode = "criterion"
    ) -> Intake:
        filled(blanks[mode][INSPECTORATE], typed, round_.folder / "tham-dinh" / name)
        return take_in(round_)

    return back


# 1 ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["criterion", "unit"])
def test_each_appraiser_gets_its_criteria_over_all_units(round_: Round, blanks: Blanks, mode: Mode) -> None:
    books = {id_: openpyxl.load_workbook(path) for id_, path in blanks[mode].items()}
    assert list(books) == list(OTHERS)
    seen = {id_: set(rows_of_book(book)) for id_, book in books.items()}
    for id_, groups in OTHERS.items():
        assert seen[id_] == {
            (unit.code, leaf.id)
            for unit in round_.units
            for leaf in round_.criteria.applying(unit.type)
            if leaf.group in groups
        }
        names = books[id_].sheetnames
        assert (names[0], names[-1]) == (OVERVIEW_SHEET, HIDDEN_SHEET)
        shown = {key[0] if mode == "unit" else key[1] for key in seen[id_]}
        assert set(names[1:-1]) == shown


def test_units_stand_by_block_beside_what_they_wrote(round_: Round, blanks: Blanks) -> None:
    book = openpyxl.load_workbook(blanks["criterion"][INSPECTORATE])
    column = [cell.value for cell in book["2.6"]["B"] if cell.value]
    blocks = [text for text in column if str(text).startswith("Khối: ")]
    assert blocks == [f"Khối: {title}" for title in round_.blocks.values()]
    cells = rows_of_book(book)
    claim = cells["25480", "2.5"]
    assert claim["claim"].value == "Số vụ khiếu kiện đông người, phức tạp, kéo dài: 1"
    assert claim["self"].value == 0.5
    evidence = str(cells["25480", "2.1"]["evidence"].value)
    number, day, issuer = evidence.split(": ")[0].split(", ")
    assert number.startswith("6) ") and day.endswith("/2023") and issuer == "UBND phường Ninh Sơn"
    assert evidence.endswith("[2.1.pdf]")
    assert cells["703-NV", "2.6"]["self"].value == 2
    assert (cells["25471", "2.3"]["self"].value, cells["25471", "2.3"]["status"].value) == (
        "KPS",
        "Không phát sinh",
    )
    assert cells["25477", "2.6"]["status"].value == "Chưa gửi hồ sơ"


def test_what_is_wrong_or_missing_in_a_claim_is_said_beside_it(blanks: Blanks) -> None:
    paths = blanks["criterion"]
    lead = rows_of_book(openpyxl.load_workbook(paths["noi-vu"]))
    assert lead["25474", "3.4"]["claim"].value == "Điểm đề nghị: “3 điểm”"
    assert lead["25474", "3.4"]["status"].value == "Số liệu có lỗi"
    office = rows_of_book(openpyxl.load_workbook(paths["van-phong"]))
    assert office["25480", "4.2"]["status"].value == "Không có minh chứng: 0 điểm"


def test_only_the_cells_to_fill_are_open_and_lists_hold_what_may_be_given(
    round_: Round, blanks: Blanks
) -> None:
    book = openpyxl.load_workbook(blanks["criterion"][INSPECTORATE])
    for sheet in book.worksheets:
        assert sheet.protection.sheet
    open_ = {
        key
        for cells in rows_of_book(book).values()
        for key, cell in cells.items()
        if not cell.protection.locked
    }
    assert open_ == {"points", "reason"}
    rules = {rule.type for rule in book["2.6"].data_validations.dataValidation}
    assert rules == {"list"}
    hidden = book[HIDDEN_SHEET]
    columns = [[cell.value for cell in column if cell.value is not None] for column in hidden.iter_cols(4)]
    assert [2, 1, 0] in columns  # the levels of a choice


# 2 ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["criterion", "unit"])
def test_what_is_given_comes_back_with_who_when_and_where(send: Send, round_: Round, mode: Mode) -> None:
    intake = send(
        {("703-NV", "2.6"): 2, ("25462", "2.6"): (0, "Không có văn bản"), ("25471", "2.3"): "kps"},
        mode=mode,
    )
    assert told(intake) == []
    assert granted(intake) == {("703-NV", "2.6"): 2000, ("25462", "2.6"): 0, ("25471", "2.3"): "KPS"}
    row = intake.judgements.set_index(["unit", "criterion"]).loc[("25462", "2.6")]
    assert (row["by"], row["on"], row["reason"]) == (
        "Thanh tra thành phố (Trần Thị B)",
        "2023-10-18",
        "Không có văn bản",
    )
    assert (row["file"], row["stage"]) == ("tham-dinh/thanh-tra.xlsx", "appraised")
    book = openpyxl.load_workbook(round_.folder / row["file"])
    assert book[row["sheet"]][row["cell"]].value == 0


A, B = ("703-NV", "2.6"), ("25471", "2.3")
MISTAKES: list[tuple[str, tuple[str, str], object]] = [
    ("appraisal-not-a-number", ("25456", "2.6"), "2 điểm"),
    ("appraisal-not-a-number", ("25459", "2.6"), "hai"),
    ("appraisal-over-max", ("25462", "2.6"), 3),
    ("appraisal-over-max", ("25465", "2.6"), -1),
    ("appraisal-not-in-step", ("25468", "2.6"), (1.5, "giữa hai mức")),
    ("appraisal-not-applicable-forbidden", ("25471", "2.6"), ("KPS", "vì")),
    ("appraisal-reason-missing", ("25474", "2.6"), 1),
    ("appraisal-reason-missing", ("25480", "2.6"), (2, "  ")),
    ("appraisal-reason-missing", B, 3),  # declared not applicable, and points all the same
    ("appraisal-reason-missing", ("25456", "2.4"), "KPS"),  # claimed points, judged not applicable
    ("appraisal-reason-missing", ("25477", "2.6"), 0),  # sent nothing
    ("appraisal-points-missing", ("703-TP", "2.6"), (None, "chưa xem")),
]


def test_each_mistake_is_told_at_its_cell_and_costs_its_row(send: Send, round_: Round) -> None:
    intake = send({key: what for _, key, what in MISTAKES} | {A: 2})
    book = openpyxl.load_workbook(round_.folder / "tham-dinh" / "thanh-tra.xlsx")
    rows = rows_of_book(book)
    columns = {"appraisal-reason-missing": "reason"}
    assert sorted(told(intake)) == sorted(
        (code, key[0], "thanh-tra.xlsx", rows[key][columns.get(code, "points")].coordinate)
        for code, key, _ in MISTAKES
    )
    assert granted(intake) == {A: 2000}


TYPED = [(2, 2000), ("2", 2000), ("2,0", 2000), ("1.25", 1250), ("1,25", 1250), (1.25, 1250), (" 0 ", 0)]


def test_numbers_as_people_type_them(send: Send, round_: Round) -> None:
    wards = [unit.code for unit in round_.units if unit.type == "xa-phuong"]
    cells = {(code, "2.1"): item for code, item in zip(wards, TYPED, strict=False)}
    intake = send({key: (typed, "theo sổ") for key, (typed, _) in cells.items()})
    assert granted(intake) == {key: points for key, (_, points) in cells.items()}


def test_points_between_the_steps_may_be_given_where_a_table_claims_them(
    round_: Round, tmp_path: Path
) -> None:
    shutil.rmtree(round_.folder / "nop")
    (round_.folder / "bang-diem.csv").write_text(
        "Mã đơn vị;2.6;3.4\n25456;1,5;2,714\n25459;2;4\n", encoding="utf-8"
    )
    for id_, path in handed_out(round_).items():
        cells = {("25456", "2.6"): 1.5, ("25459", "2.6"): 1.5} if id_ == INSPECTORATE else {}
        cells |= {("25456", "3.4"): "2,714", ("25459", "3.4"): "2,714"} if id_ == "noi-vu" else {}
        filled(path, cells, round_.folder / "tham-dinh" / f"{id_}.xlsx")
    intake = take_in(round_)
    assert granted(intake) == {("25456", "2.6"): 1500, ("25456", "3.4"): 2714}
    assert {(code, unit) for code, unit, *_ in told(intake)} == {("appraisal-not-in-step", "25459")}


def test_the_reason_is_due_only_where_points_differ(send: Send, round_: Round) -> None:
    intake = send({A: 2, B: "KPS", ("25462", "2.6"): 1, ("25477", "2.6"): (0, "không gửi")})
    assert told(intake) == []
    assert len(granted(intake)) == 4


def test_rows_moved_renamed_and_pasted_are_read_by_what_they_say(round_: Round, blanks: Blanks) -> None:
    blank = blanks["criterion"][INSPECTORATE]
    path = filled(blank, {A: 2}, round_.folder / "tham-dinh" / "gửi lần 1.xlsx")
    book = openpyxl.load_workbook(path)
    cells = rows_of_book(book)
    cells["25456", "2.6"]["unit"].value = "25999"
    cells["25456", "2.6"]["points"].value = 2
    cells["25459", "2.6"]["criterion"].value = "9.9"
    cells["25459", "2.6"]["points"].value = 2
    cells["25465", "2.6"]["criterion"].value = "4.1"  # of another appraiser
    cells["25465", "2.6"]["points"].value = 2
    book["2.6"].title = "trang của tôi"
    book.save(path)
    intake = take_in(round_)
    assert [(code, unit) for code, unit, _, _ in told(intake)] == [
        ("appraisal-unknown-unit", ""),
        ("appraisal-unknown-criterion", "25459"),
        ("appraisal-not-theirs", "25465"),
    ]
    assert granted(intake) == {A: 2000}
    assert set(intake.judgements["sheet"]) == {"trang của tôi"}


def spoil(path: Path, key: str, value: str | None) -> None:
    """Changes one line of the fingerprint, or all of it."""
    book = openpyxl.load_workbook(path)
    hidden = book[HIDDEN_SHEET]
    if value is None:
        hidden["A1"].value = "?"
    for row in hidden.iter_rows(min_row=2, max_col=2):
        if row[0].value == key:
            row[1].value = value
    book.save(path)


FILES = [
    ("appraisal-no-identity", "", None),
    ("appraisal-wrong-round", "round", "dot-khac"),
    ("appraisal-wrong-round", "year", "2022"),
    ("appraisal-wrong-round", "criteria", "khac"),
    ("appraisal-unknown-appraiser", "appraiser", "so-y-te"),
]


def test_a_workbook_that_is_not_ours_is_not_taken(round_: Round, blanks: Blanks) -> None:
    for number, (_, key, value) in enumerate(FILES):
        name = f"{number}.xlsx"
        path = filled(blanks["criterion"][INSPECTORATE], {A: 2}, round_.folder / "tham-dinh" / name)
        spoil(path, key, value)
    intake = take_in(round_)
    assert told(intake) == [(code, "", f"{n}.xlsx", "") for n, (code, *_) in enumerate(FILES)]
    assert granted(intake) == {}


def test_a_correcting_round_takes_what_was_judged_for_the_rounds_it_corrects(
    send: Send, round_: Round
) -> None:
    cell = {A: (2, "theo sổ")}
    taken = granted(send(cell))
    corrects = Corrects(round_.id, "dot-cu", "0" * 64, "")
    again = replace(round_, id="dinh-chinh", corrects=corrects)
    twice = replace(
        round_, id="lan-hai", corrects=replace(corrects, round="dinh-chinh", earlier=(round_.id,))
    )
    assert taken and all(granted(take_in(item)) == taken for item in (again, twice))
    assert told(take_in(replace(round_, id="khac"))) == [
        ("appraisal-wrong-round", "", "thanh-tra.xlsx", "")
    ]


def test_a_damaged_workbook_costs_only_itself(send: Send, round_: Round) -> None:
    intake = send({A: 2})
    (round_.folder / "tham-dinh" / "hong.xlsx").write_bytes(b"PK\x03\x04 nothing")
    (round_.folder / "tham-dinh" / "~$thanh-tra.xlsx").write_bytes(b"Excel's own")
    (round_.folder / "tham-dinh" / "ban-ky.pdf").write_bytes(b"%PDF-1.4 a signed scan")
    again = take_in(round_)
    assert [item[:3] for item in told(again)] == [("file-not-workbook", "", "hong.xlsx")]
    assert granted(again) == granted(intake) == {A: 2000}


def test_a_workbook_without_its_tables_and_one_without_names(round_: Round, blanks: Blanks) -> None:
    blank = blanks["criterion"][INSPECTORATE]
    path = filled(blank, {A: 2}, round_.folder / "tham-dinh" / "a.xlsx", person="", day="hôm nay")
    assert [code for code, *_ in told(take_in(round_))] == [
        "appraisal-who-missing",
        "appraisal-when-missing",
    ]
    # an empty field is told at the cell that is to be filled, not within its merged label
    sheet = openpyxl.load_workbook(path)["Tổng hợp"]
    labels = {cell.value: cell.row for (cell,) in sheet.iter_rows(max_row=30, max_col=1)}
    named = [cell for *_, cell in told(take_in(round_))]
    assert named == [f"C{labels[PERSON]}", f"C{labels[DAY]}"]
    assert f"A{labels[PERSON]}:B{labels[PERSON]}" in {str(area) for area in sheet.merged_cells.ranges}
    assert set(take_in(round_).judgements["by"]) == {"Thanh tra thành phố"}
    book = openpyxl.load_workbook(path)
    for name in book.sheetnames[1:-1]:
        del book[name]
    book.save(path)
    assert [code for code, *_ in told(take_in(round_))] == ["appraisal-no-table"]


# 3 ---------------------------------------------------------------------------------------------------


def test_two_values_for_one_cell_name_both_cells_and_neither_counts(round_: Round, blanks: Blanks) -> None:
    blank = blanks["criterion"][INSPECTORATE]
    for name, points in (("a.xlsx", 1), ("b.xlsx", 0)):
        typed = {A: (points, "theo hồ sơ"), ("25462", "2.6"): 1}
        filled(blank, typed, round_.folder / "tham-dinh" / name)
    intake = take_in(round_)
    cell = rows_of_book(openpyxl.load_workbook(blank))[A]["points"].coordinate
    assert told(intake) == [
        ("appraisal-conflict", "703-NV", "a.xlsx", cell),
        ("appraisal-conflict", "703-NV", "b.xlsx", cell),
    ]
    first = next(item for item in intake.problems if item.code == "appraisal-conflict")
    assert f"ở đây là 1, ở tham-dinh/b.xlsx, trang “2.6”, ô {cell} là 0" in first.message
    assert granted(intake) == {("25462", "2.6"): 1000}  # the same value twice is no conflict


def test_of_equal_values_the_one_with_a_reason_stands(round_: Round, blanks: Blanks) -> None:
    blank = blanks["criterion"][INSPECTORATE]
    filled(blank, {A: 1}, round_.folder / "tham-dinh" / "a.xlsx")
    filled(blank, {A: (1, "thiếu báo cáo")}, round_.folder / "tham-dinh" / "b.xlsx")
    intake = take_in(round_)
    assert (told(intake), granted(intake)) == ([], {A: 1000})
    assert intake.judgements["reason"].tolist() == ["thiếu báo cáo"]


def test_a_table_and_a_workbook_that_disagree(send: Send, round_: Round) -> None:
    send({A: (1, "theo hồ sơ")})
    (round_.folder / "bang-diem.csv").write_text(
        "Mã đơn vị;Loại điểm;2.6\n703-NV;Tự chấm;2\n703-NV;Thẩm định;0\n703-TP;Thẩm định;1\n",
        encoding="utf-8",
    )
    intake = take_in(round_)
    files = {item.file for item in intake.problems if item.code == "appraisal-conflict"}
    assert files == {"bang-diem.csv", "tham-dinh/thanh-tra.xlsx"}
    assert granted(intake) == {("703-TP", "2.6"): 1000}


# 4 ---------------------------------------------------------------------------------------------------


def test_a_new_file_of_a_unit_makes_only_its_changed_rows_stale(send: Send, round_: Round) -> None:
    send({("25462", "2.6"): (0, "xem lại"), ("25462", "2.5"): 1, A: 2})
    unit = round_.by_code["25462"]
    choice = round_.criteria.by_id["2.6"].rule.inputs[0].levels
    entries = {"2.6": FormEntry(choice[0], None, "", "1"), "2.5": FormEntry(0, None, "", "1")}
    write_form(round_.folder / "nop" / "25462.xlsx", round_, unit, Filling(entries))
    intake = take_in(round_)
    assert [(code, unit) for code, unit, *_ in told(intake)] == [("appraisal-stale", "25462")]
    assert granted(intake) == {("25462", "2.5"): 1000, A: 2000}
    stale = next(item for item in intake.problems if item.code == "appraisal-stale")
    assert "nay là: điểm tự chấm 2" in stale.fix
    # handed out again, the row says what was given and waits for the appraiser's new word
    again = rows_of_book(openpyxl.load_workbook(handed_out(round_)[INSPECTORATE]))
    assert again["25462", "2.6"]["points"].value is None
    assert "Đã chấm 0 trước khi số liệu thay đổi" in str(again["25462", "2.6"]["status"].value)
    assert again[A]["points"].value == 2


def test_hidden_marks_that_are_gone_are_spoken_for_by_the_whole_workbook(
    round_: Round, blanks: Blanks
) -> None:
    blank = blanks["criterion"][INSPECTORATE]
    path = filled(blank, {A: 2}, round_.folder / "tham-dinh" / "a.xlsx")
    book = openpyxl.load_workbook(path)
    for cells in rows_of_book(book).values():
        cells["token"].value = None
    book.save(path)
    assert granted(take_in(round_)) == {A: 2000}
    shutil.copy(round_.folder / "nop" / "25456.xlsx", round_.folder / "nop" / "25477.xlsx")
    (round_.folder / "nop" / "25456.xlsx").unlink()  # a unit's claims are gone: nobody can tell which
    assert [code for code, *_ in told(take_in(round_))] == ["appraisal-stale"]


# 5, 6 ------------------------------------------------------------------------------------------------


def test_handing_out_again_shows_what_came_back(send: Send, round_: Round) -> None:
    typed = {A: 2, ("25462", "2.6"): (0, "Không có văn bản"), B: "KPS", ("25468", "2.6"): 1,
             ("25456", "2.1"): "2 điểm"}  # fmt: skip
    first = send(typed)
    sent = (round_.folder / "tham-dinh" / "thanh-tra.xlsx").read_bytes()
    blank = handed_out(round_)[INSPECTORATE]
    assert (round_.folder / "tham-dinh" / "thanh-tra.xlsx").read_bytes() == sent
    rows = rows_of_book(openpyxl.load_workbook(blank))
    assert [rows[key]["points"].value for key in typed] == [2, 0, "KPS", 1, "2 điểm"]
    assert rows["25462", "2.6"]["reason"].value == "Không có văn bản"
    stored = rows_of_book(openpyxl.load_workbook(blank, data_only=True))
    assert [stored[key]["check"].value for key in typed] == [
        "Đã chấm", "Đã chấm", "Đã chấm", "Thiếu lý do", "Sai",
    ]  # fmt: skip
    # sent back untouched, it says the same
    shutil.copy(blank, round_.folder / "tham-dinh" / "thanh-tra.xlsx")
    again = take_in(round_)
    assert granted(again) == granted(first) and told(again) == told(first)
    assert again.judgements.equals(first.judgements)


def test_the_same_round_gives_the_same_bytes(round_: Round, blanks: Blanks) -> None:
    made = {id_: path.read_bytes() for id_, path in handed_out(round_).items()}
    assert made == {id_: path.read_bytes() for id_, path in blanks["criterion"].items()}


def test_what_was_judged_counts_and_the_round_is_not_provisional_once_all_is(
    round_: Round, blanks: Blanks
) -> None:
    for id_, path in blanks["criterion"].items():
        book = rows_of_book(openpyxl.load_workbook(path, data_only=True))
        typed = {
            key: cells["self"].value if cells["self"].value is not None else (0, "Không có hồ sơ")
            for key, cells in book.items()
            if key[0] != "25477"
        }
        filled(path, typed, round_.folder / "tham-dinh" / f"{id_}.xlsx")
    intake = take_in(round_)
    assert told(intake) == []
    results = score(
        round_.criteria,
        round_.plan,
        round_.units,
        intake.answers,
        intake.rejected,
        judgements=intake.judgements,
    )
    states = dict(zip(results.units["code"], results.units["state"], strict=True))
    assert {state for code, state in states.items() if code != "25477"} == {"appraised"}
    assert states["25477"] == "not_sent"
    assert not results.provisional
    assert results.units["unanswered"].sum() == 0


def test_progress_counts_what_the_workbooks_count(send: Send, round_: Round, blanks: Blanks) -> None:
    intake = send({A: 2, ("25462", "2.6"): (0, "xem lại"), ("25477", "2.6"): (0, "không gửi")})
    found = progress(round_, intake.answers, intake.judgements)
    counted = {(item.appraiser.id, item.block): (item.done, item.asked) for item in found if item.appraiser}
    of_inspectorate = [count for (id_, _), count in counted.items() if id_ == INSPECTORATE]
    assert [sum(column) for column in zip(*of_inspectorate, strict=True)] == [3, 78]
    assert counted[INSPECTORATE, "phong-ban"][0] == 1 and counted[INSPECTORATE, "xa-phuong"][0] == 2
    # the blank workbook counts the same but for what was typed beyond what waits
    book = openpyxl.load_workbook(blanks["criterion"][INSPECTORATE], data_only=True)
    totals = [row for row in book[OVERVIEW_SHEET].iter_rows(values_only=True) if row[0] == "Tổng số"]
    assert totals[0][3:7] == (77, 0, 77, 0)


def test_every_code_of_the_catalogue_is_shown_here() -> None:
    from evidence.messages.appraisal import TEXTS

    here = {code for code, *_ in MISTAKES} | {code for code, *_ in FILES}
    one_by_one = {"conflict", "stale", "no-table", "who-missing", "when-missing", "unknown-unit",
                  "unknown-criterion", "not-theirs", "old-version"}  # fmt: skip
    assert here | {f"appraisal-{name}" for name in one_by_one} == set(TEXTS)


def test_a_changed_decision_is_told_and_costs_the_rows_it_changed(round_: Round, blanks: Blanks) -> None:
    blank = blanks["criterion"][INSPECTORATE]
    path = filled(blank, {A: 2}, round_.folder / "tham-dinh" / "a.xlsx")
    spoil(path, "version", "0000")
    intake = take_in(round_)
    assert [code for code, *_ in told(intake)] == ["appraisal-old-version"]
    assert granted(intake) == {A: 2000}
