"""What a form prints and shows beside the entries, and whose sheet it is.

1. Titles and maxima that are not the criteria's are told at their cell; line breaks and blanks are not.
2. Fields of the unit's sheet that were changed are told; without fingerprint they say whose form it is.
3. Points on the sheet that its own figures do not come to are told with both; formulas without values not.
   (That points which LibreOffice computes are never told is held by test_round_trip.)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from evidence.form.filling import FormEntry
from evidence.intake import take_in
from evidence.problems import Problem
from evidence.round import Round
from tests.evidence import typist
from tests.evidence.test_checks import OTHER, WARD, send

TITLE, MAX, POINTS = "Nội dung tiêu chí", "Điểm tối đa", "Điểm tự chấm"


def change(
    round_: Round, edit: Callable[[Workbook], object], entries: dict[str, FormEntry] | None = None
) -> None:
    """A sound form of the ward but for the entries and for what was done to it in Excel."""
    path = send(round_, WARD, entries)
    book = openpyxl.load_workbook(path)
    edit(book)
    book.save(path)


def put(id_: str, heading: str, value: object) -> Callable[[Workbook], None]:
    """Types into a cell of a criterion."""
    return lambda book: typist.put(typist.find(book["Tự chấm"], id_, heading), value)  # type: ignore[arg-type]


def told(round_: Round) -> list[tuple[str, str, str]]:
    """(code, found, expected) of each problem."""
    return [(item.code, item.found, item.expected) for item in take_in(round_).problems]


# 1: labels --------------------------------------------------------------------------------------


def test_a_title_of_another_criterion(empty_round: Round) -> None:
    title = empty_round.criteria.by_id["1.2"].title
    note = empty_round.criteria.by_id["1.2"].note
    change(empty_round, put("1.1", TITLE, f"{title}\n({note})" if note else title))
    (problem,) = take_in(empty_round).problems
    assert (problem.code, problem.severity, problem.expected) == ("title-of-another", "error", "1.1")
    assert problem.found.startswith("1.2 (")
    assert problem.at == ("criteria", "1.1", "title")


@pytest.mark.parametrize("id_", ["1.1", "3.4", "6.4"])
def test_a_title_that_was_changed(empty_round: Round, id_: str) -> None:
    change(empty_round, put(id_, TITLE, "Tiêu chí của năm trước"))
    (problem,) = take_in(empty_round).problems
    assert (problem.code, problem.found) == ("title-changed", "Tiêu chí của năm trước")
    assert (
        problem.cell
        == typist.find(
            openpyxl.load_workbook(empty_round.folder / "nop" / f"{WARD}.xlsx")["Tự chấm"], id_, TITLE
        ).coordinate
    )
    assert problem.expected[:40] == empty_round.criteria.by_id[id_].title[:40]


@pytest.mark.parametrize(("value", "found"), [(5, "5"), (2.5, "2,5"), ("hai", "hai"), ("2 điểm", "2 điểm")])
def test_a_maximum_that_was_changed(empty_round: Round, value: object, found: str) -> None:
    change(empty_round, put("1.1", MAX, value))
    top = empty_round.criteria.by_id["1.1"].top // 1000
    assert told(empty_round) == [("max-changed", found, str(top))]


def test_labels_in_other_blanks_and_lines_are_the_same(empty_round: Round) -> None:
    def edit(book: Workbook) -> None:
        for id_ in ("1.1", "2.1", "4.2"):
            cell = typist.find(book["Tự chấm"], id_, TITLE)
            cell.value = str(cell.value).upper().replace(" ", "\n ")
            maximum = typist.find(book["Tự chấm"], id_, MAX)
            typist.put(maximum, f" {maximum.value},00 ")
        typist.find(book["Tự chấm"], "3.4", TITLE).value = None

    change(empty_round, edit)
    assert told(empty_round) == []


# 2: the unit's sheet ----------------------------------------------------------------------------


def field(label: str, value: object) -> Callable[[Workbook], None]:
    """Types into a field of the unit's sheet."""

    def edit(book: Workbook) -> None:
        for row in book["Thông tin"].iter_rows():
            if row[0].value == label:
                typist.put(row[1], value)  # type: ignore[arg-type]

    return edit


FIELDS = [
    ("Mã đơn vị", OTHER, "Mã đơn vị “25459”", WARD),
    ("Tên đơn vị", "UBND phường 3", "Tên đơn vị “UBND phường 3”", "UBND phường 1"),
    ("Năm đánh giá", 2022, "Năm đánh giá “2022”", "2023"),
]


@pytest.mark.parametrize(("label", "value", "found", "expected"), FIELDS)
def test_fields_that_were_changed(
    empty_round: Round, label: str, value: object, found: str, expected: str
) -> None:
    change(empty_round, field(label, value))
    (problem,) = take_in(empty_round).problems
    assert (problem.code, problem.found, problem.expected) == ("unit-field-changed", found, expected)
    assert (problem.sheet, problem.at is not None and problem.at.part) == ("Thông tin", "unit")


@pytest.mark.parametrize("value", ["ubnd phường 1", " UBND  phường 1", "UBND PHƯỜNG 1"])
def test_a_name_in_other_letters_is_the_same(empty_round: Round, value: str) -> None:
    change(empty_round, field("Tên đơn vị", value))
    assert told(empty_round) == []


@pytest.mark.parametrize(
    ("label", "value", "code"),
    [("Mã đơn vị", OTHER, "form-wrong-unit"), ("Năm đánh giá", "2022", "form-wrong-round")],
)
def test_without_fingerprint_the_sheet_says_whose_form_it_is(
    empty_round: Round, label: str, value: str, code: str
) -> None:
    def edit(book: Workbook) -> None:
        field(label, value)(book)
        book.remove(book["_danvan"])

    change(empty_round, edit)
    intake = take_in(empty_round)
    assert [item.code for item in intake.problems] == [code]
    assert intake.rejected == {WARD}


def test_no_internal_ids_in_what_is_said_of_a_wrong_form(empty_round: Round) -> None:
    def edit(book: Workbook) -> None:
        for label, cell in book["_danvan"]["A1:B10"]:
            if label.value == "criteria":
                cell.value = "quang-ngai-436-2019"

    change(empty_round, edit)
    (problem,) = take_in(empty_round).problems
    assert problem.found == "năm 2023, theo bộ tiêu chí khác"
    assert "815/QĐ-UBND" in problem.fix
    assert empty_round.criteria.id not in problem.message + problem.fix


# 3: points --------------------------------------------------------------------------------------

ENTRY = FormEntry(3, None, "", "1")  # of 3.4: judged, 4 at most
SHOWN = [
    # criterion, entry, what stands in the cell of the points, problem (found, expected)
    ("3.4", ENTRY, 3, None),
    ("3.4", ENTRY, "3,00", None),
    ("3.4", ENTRY, None, None),  # a formula without value
    ("3.4", ENTRY, 3.001, ("3,001", "3")),
    ("3.4", ENTRY, 4, ("4", "3")),
    ("3.4", ENTRY, "3,5", ("3,5", "3")),
    ("3.4", ENTRY, "bốn", ("bốn", "3")),
    ("3.4", ENTRY, "#VALUE!", ("#VALUE!", "3")),
    ("1.1", FormEntry(2, 3, "", "1"), 2, ("2", None)),  # a proportion that is rounded: see below
    ("1.1", FormEntry(36, 36), 0, None),  # without evidence it is worth nothing, and says so
    ("1.1", FormEntry(36, 36), 2, ("2", "0")),
    ("2.3", FormEntry(na="x", explanation="Không có."), 3, ("3", "để trống")),  # excluded
    ("2.3", FormEntry(na="x", explanation="Không có."), 0, None),
    ("3.4", FormEntry("8 điểm", None, "", "1"), 4, None),  # told as what it is
]  # fmt: skip


@pytest.mark.parametrize(("id_", "entry", "shown", "differs"), SHOWN)
def test_points_that_the_figures_do_not_come_to(
    empty_round: Round, id_: str, entry: FormEntry, shown: object, differs: tuple[str, str | None] | None
) -> None:
    change(empty_round, put(id_, POINTS, shown), {id_: entry})
    found = [item for item in take_in(empty_round).problems if item.code == "points-differ"]
    if differs is None:
        assert found == []
        return
    (problem,) = found
    assert problem.found == differs[0]
    assert differs[1] in (None, problem.expected)
    assert problem.severity == "error"
    book = openpyxl.load_workbook(empty_round.folder / "nop" / f"{WARD}.xlsx")
    assert problem.cell == typist.find(book["Tự chấm"], id_, POINTS).coordinate
    assert problem.at == ("criteria", id_, "points")


def test_points_typed_where_nothing_was_declared_in_a_bonus(empty_round: Round) -> None:
    """A bonus is owed by nobody, so only the points speak for it."""
    criteria = empty_round.criteria
    groups = tuple(replace(group, kind="bonus") if group.id == "6" else group for group in criteria.groups)
    round_ = replace(empty_round, scored_by=replace(criteria, groups=groups))
    change(round_, put("6.2", POINTS, 2), {"6.2": FormEntry()})
    problems: list[Problem] = [item for item in take_in(round_).problems if item.code == "points-differ"]
    assert [(item.found, item.expected) for item in problems] == [("2", "để trống")]


def test_what_the_forms_of_the_example_round_show_is_what_they_come_to(demo_round: Round) -> None:
    assert "points-differ" not in {item.code for item in take_in(demo_round).problems}


CODES = {"title-of-another", "title-changed", "max-changed", "unit-field-changed", "points-differ"}
