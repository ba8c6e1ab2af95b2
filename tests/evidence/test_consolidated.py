"""The consolidated table `bang-diem`: units down, criteria across.

1. Commas, semicolons, tabs, decimal commas and dots, `.csv` and `.xlsx`: the same answers.
2. Nothing, `KPS`, zero and points stay apart; self points and appraised points stay apart.
3. Each mistake is told by its code at its cell, and costs only its cell or line.
4. A table that cannot be read is one problem, and no crash.
"""

from __future__ import annotations

import csv
import dataclasses
import io
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from criteria.model import Unit
from evidence.consolidated import read_table
from evidence.intake import take_in
from evidence.round import Round, new_round

UNITS = (
    Unit("25456", "UBND phường 1", "xa-phuong", "xa-phuong"),
    Unit("703-NV", "Phòng Nội vụ", "phong-ban", "phong-ban"),
)
RATIO = "1.1"  # so many of so many
Rows = list[list[str]]
Answer = tuple[str, int | None, int | str | None]  # the unit's state, its points, what was judged

# Criteria of three kinds: 1.1 of 3 points, never "không phát sinh"; 2.3 of 3, may be; 3.8 of 4, not
# for wards; 3.4 of 4.
TABLE = """
Mã đơn vị | Tên đơn vị    | Loại điểm | 1.1   | 2.3 | 3.4  | 3.8
25456     | UBND phường 1 | Tự chấm   | 2,714 | KPS | 3,25 |
25456     | UBND phường 1 | Thẩm định | 2,5   | KPS | 3    |
703-NV    | Phòng Nội vụ  | Tự chấm   | 0     | 3   | 4    | 3,5
"""
ANSWERS: dict[tuple[str, str], Answer] = {
    ("25456", "1.1"): ("answered", 2714, 2500),
    ("25456", "2.3"): ("not_applicable", None, "KPS"),
    ("25456", "3.4"): ("answered", 3250, 3000),
    ("703-NV", "1.1"): ("answered", 0, None),
    ("703-NV", "2.3"): ("answered", 3000, None),
    ("703-NV", "3.4"): ("answered", 4000, None),
    ("703-NV", "3.8"): ("answered", 3500, None),
}


def rows_of(table: str) -> Rows:
    """Cells of a table drawn with bars."""
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


def as_csv(rows: Rows, separator: str = ";", *, bom: str = "", end: str = "\r\n") -> bytes:
    """The rows as a CSV file, quoted where need be."""
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=separator, lineterminator=end).writerows(rows)
    return (bom + buffer.getvalue()).encode()


def as_xlsx(rows: Rows, *, numbers: bool) -> bytes:
    """The rows as a workbook; with `numbers`, figures and headings that look like some are numbers."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([_number(cell) if numbers else cell or None for cell in row])  # type: ignore[union-attr]
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _number(cell: str) -> object:
    try:
        return float(cell.replace(",", "."))
    except ValueError:
        return cell or None


def put(folder: Path, content: bytes, name: str = "bang-diem.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def answers(round_: Round, path: Path) -> tuple[dict[tuple[str, str], Answer], list[tuple[str, str, str]]]:
    """Answers to the criteria of the table, and (code, cell, unit) of the other problems.

    Criteria that the table does not have are blank, and told as such: they are left out here.
    """
    frame, _, judged, problems = read_table(path, round_.criteria, UNITS)
    granted_points = {
        (row["unit"], row["criterion"]): "KPS" if row["not_applicable"] else int(row["points"])
        for row in judged.to_dict("records")
    }
    frame = frame[frame["criterion"].isin(["1.1", "2.3", "3.4", "3.8"])]
    found = {}
    for row in frame.to_dict("records"):
        key = row["unit"], row["criterion"]
        own = None if pd.isna(row["self"]) else int(row["self"])
        found[key] = (row["state"], own, granted_points.get(key))
    told = [(item.code, item.cell, item.unit) for item in problems]
    return found, [item for item in told if item[0] != "not-answered" or item[1]]


DOTS = [[cell.replace(",", ".") for cell in row] for row in rows_of(TABLE)]
FILES = {
    "semicolons, decimal commas": ("bang-diem.csv", as_csv(rows_of(TABLE))),
    "commas, decimal commas in quotes": ("bang-diem.csv", as_csv(rows_of(TABLE), ",")),
    "tabs, decimal commas": ("bang-diem.csv", as_csv(rows_of(TABLE), "\t")),
    "commas, decimal dots": ("bang-diem.csv", as_csv(DOTS, ",")),
    "semicolons, decimal dots": ("bang-diem.csv", as_csv(DOTS)),
    "byte order mark": ("bang-diem.csv", as_csv(rows_of(TABLE), bom="\ufeff")),
    "line ends of an old Mac": ("bang-diem.csv", as_csv(rows_of(TABLE), end="\r")),
    "line ends of Unix": ("bang-diem.csv", as_csv(rows_of(TABLE), end="\n")),
    "blank lines between": ("bang-diem.csv", as_csv(rows_of(TABLE)).replace(b"\r\n", b"\r\n;;;;;;\r\n")),
    "Excel's own first line": ("bang-diem.csv", b"sep=;\r\n" + as_csv(rows_of(TABLE))),
    "a title above, semicolons": ("bang-diem.csv", "BẢNG ĐIỂM 2023;;;;;;\r\n".encode() + as_csv(rows_of(TABLE))),
    "a title above, commas": ("bang-diem.csv", "BẢNG ĐIỂM 2023\r\n".encode() + as_csv(rows_of(TABLE), ",")),
    "workbook of texts": ("bang-diem.xlsx", as_xlsx(rows_of(TABLE), numbers=False)),
    "workbook of numbers": ("bang-diem.xlsx", as_xlsx(rows_of(TABLE), numbers=True)),
    "headings in upper case": (
        "bang-diem.csv",
        as_csv([[cell.upper() for cell in rows_of(TABLE)[0]], *rows_of(TABLE)[1:]]),
    ),
    "words without accents": (
        "bang-diem.csv",
        as_csv(rows_of(TABLE)).decode().replace("Tự chấm", "tu cham").replace("Thẩm định", "THAM DINH").encode(),
    ),
    "columns in another order": ("bang-diem.csv", as_csv([row[::-1] for row in rows_of(TABLE)])),
    "no names": ("bang-diem.csv", as_csv([[row[0], *row[2:]] for row in rows_of(TABLE)])),
    "other words for KPS": (
        "bang-diem.csv",
        as_csv(rows_of(TABLE)).decode().replace("KPS", "Không phát sinh").encode(),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("name", "content"), FILES.values(), ids=FILES.keys())
def test_the_same_table_gives_the_same_answers(
    tay_ninh: Round, tmp_path: Path, name: str, content: bytes
) -> None:
    found, told = answers(tay_ninh, put(tmp_path, content, name))
    assert told == []
    assert found == ANSWERS


def test_a_table_without_the_kind_of_points_holds_self_points(tay_ninh: Round, tmp_path: Path) -> None:
    found, told = answers(tay_ninh, put(tmp_path, b"Ma don vi;1.1\n703-nv;2,5\n"))
    assert (found["703-NV", "1.1"], told) == (("answered", 2500, None), [])


@pytest.mark.parametrize(
    ("own", "granted", "want"),
    [
        ("2", "", ("answered", 2000, None)),
        ("", "2", ("blank", None, 2000)),
        ("", "", ("blank", None, None)),
        ("0", "", ("answered", 0, None)),
        ("KPS", "", ("not_applicable", None, None)),
        ("", "KPS", ("blank", None, "KPS")),
        ("KPS", "3", ("not_applicable", None, 3000)),  # the appraiser does not agree
        ("2", "KPS", ("answered", 2000, "KPS")),  # nor here
        ("tốt", "2", ("faulty", None, 2000)),
        ("tốt", "", ("faulty", None, None)),
        ("2", "tốt", ("answered", 2000, None)),  # told as a problem, and not used
    ],
)
def test_self_and_appraised_points_of_one_criterion(
    tay_ninh: Round, tmp_path: Path, own: str, granted: str, want: Answer
) -> None:
    lines = [
        ["Mã đơn vị", "Loại điểm", "2.3"],
        ["25456", "Tự chấm", own],
        ["25456", "Thẩm định", granted],
    ]
    found, _ = answers(tay_ninh, put(tmp_path, as_csv(lines)))
    assert found["25456", "2.3"] == want


# code, what is written where, the cell that must be named, what remains of that cell's answer
CASES = [
    ("table-unknown-unit", "A2", "25999", "A2", None),
    ("table-unknown-criterion", "D1", "1.11", "D1", ("blank", None, None)),
    ("table-unknown-criterion", "D1", "Điểm cộng", "D1", ("blank", None, None)),
    ("table-points-kind", "C2", "Phúc tra", "C2", None),
    ("table-unit-twice", "C3", "Tự chấm", "A3", None),
    ("table-not-for-type", "G2", "2", "G2", ("answered", 2714, None)),
    ("not-answered", "D2", "", "D2", ("blank", None, None)),
    ("not-applicable-forbidden", "D2", "KPS", "D2", ("faulty", None, None)),
    ("value-not-understood", "D2", "2 điểm", "D2", ("faulty", None, None)),
    ("value-not-understood", "D2", "2,7145", "D2", ("faulty", None, None)),
    ("value-range", "D2", "3,001", "D2", ("faulty", None, None)),
    ("value-range", "D2", "-0,5", "D2", ("faulty", None, None)),
]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize(("code", "where", "typed", "cell", "left"), CASES)
def test_each_mistake_costs_its_cell_or_line(
    tay_ninh: Round,
    tmp_path: Path,
    kind: str,
    code: str,
    where: str,
    typed: str,
    cell: str,
    left: Answer | None,
) -> None:
    rows = rows_of(TABLE)
    if code != "table-unit-twice":
        del rows[2]  # the appraised points, which would stand in for a faulty claim
    rows[int(where[1]) - 1]["ABCDEFG".index(where[0])] = typed
    content = as_csv(rows) if kind == "csv" else as_xlsx(rows, numbers=False)
    found, told = answers(tay_ninh, put(tmp_path, content, f"bang-diem.{kind}"))
    unit = "" if code in ("table-unknown-unit", "table-unknown-criterion") else "25456"
    assert told == [(code, cell, unit)]
    if code == "table-unknown-criterion":
        assert found.pop(("703-NV", "1.1")) == ("blank", None, None)
    others = {key: answer for key, answer in ANSWERS.items() if key[0] == "703-NV" and key in found}
    assert {key: answer for key, answer in found.items() if key[0] == "703-NV"} == others
    assert found.get(("25456", "1.1")) == left


@pytest.mark.parametrize("heading", ["STT", "Tổng điểm", "TỔNG CỘNG", "xếp loại", "Ghi chú"])
def test_what_people_put_beside_points_is_passed_over(
    tay_ninh: Round, tmp_path: Path, heading: str
) -> None:
    lines = [["Mã đơn vị", heading, "1.1"], ["25456", "99", "2,714"]]
    path = put(tmp_path, as_csv(lines))
    *_, problems = read_table(path, tay_ninh.criteria, tay_ninh.units)
    told = [(item.code, item.cell, item.severity) for item in problems if item.code != "not-answered"]
    assert told == [("table-column-beside", "B1", "hint")]
    assert answers(tay_ninh, path)[0]["25456", "1.1"] == ("answered", 2714, None)


def test_error_cell_is_not_taken_for_nothing(tay_ninh: Round, tmp_path: Path) -> None:
    """openpyxl writes `#DIV/0!` as Excel does: as an error, which some readers give as an empty cell."""
    rows = rows_of(TABLE)
    rows[3][3] = "#DIV/0!"
    _, told = answers(tay_ninh, put(tmp_path, as_xlsx(rows, numbers=False), "bang-diem.xlsx"))
    assert told == [("value-not-understood", "D4", "703-NV")]


def test_a_percentage_is_not_taken_for_its_hundredth(tay_ninh: Round, tmp_path: Path) -> None:
    """Excel makes 0.02 of a typed "2%", which would be two hundredths of a point."""
    book = openpyxl.Workbook()
    for line in (["Mã đơn vị", "1.1", "2.3"], ["25456", 0.02, 0.02], ["703-NV", 1, 1]):
        book.active.append(line)  # type: ignore[union-attr]
    book.active["B2"].number_format = "0%"  # type: ignore[index]
    book.save(tmp_path / "bang-diem.xlsx")
    found, told = answers(tay_ninh, tmp_path / "bang-diem.xlsx")
    assert told == [("value-not-understood", "B2", "25456")]
    assert found["25456", "2.3"] == ("answered", 20, None)


def test_all_mistakes_of_a_table_are_told_at_once(tay_ninh: Round, tmp_path: Path) -> None:
    rows = rows_of(TABLE)
    rows[1][3], rows[2][5], rows[3][0] = "9", "ba", "703-XX"
    _, told = answers(tay_ninh, put(tmp_path, as_csv(rows)))
    assert sorted(told) == [
        ("table-unknown-unit", "A4", ""),
        ("value-not-understood", "F3", "25456"),
        ("value-range", "D2", "25456"),
    ]


UNREADABLE = {
    "no heading": ("bang-diem.csv", b"25456;2;3\n", "table-unreadable"),
    "no criteria": ("bang-diem.csv", "Mã đơn vị;Tổng\n25456;90\n".encode(), "table-unreadable"),
    "nothing": ("bang-diem.csv", b"", "table-unreadable"),
    "not UTF-8": ("bang-diem.csv", "Mã đơn vị;1.1\n25456;2\n".encode("cp1258", "replace") + b"\xff", "table-unreadable"),
    "UTF-16": ("bang-diem.csv", as_csv(rows_of(TABLE)).decode().encode("utf-16"), "table-unreadable"),
    "a quote never closed": ("bang-diem.csv", b'Ma don vi;1.1\n25456;"' + b"2\n" * 90_000, "table-unreadable"),
    "renamed PDF": ("bang-diem.xlsx", b"%PDF-1.7", "file-not-workbook"),
    "empty workbook": ("bang-diem.xlsx", as_xlsx([], numbers=False), "table-unreadable"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "content", "code"), UNREADABLE.values(), ids=UNREADABLE.keys())
def test_table_that_cannot_be_read_is_one_problem(
    empty_round: Round, name: str, content: bytes, code: str
) -> None:
    put(empty_round.folder, content, name)
    intake = take_in(empty_round)
    assert [(item.code, item.file) for item in intake.problems] == [(code, name)]
    assert intake.answers.empty
    # what cannot be read is not what never came: no unit is called missing
    assert (intake.rejected, intake.missing(empty_round.units)) == (empty_round.by_code.keys(), [])


def test_units_that_the_table_leaves_out_have_sent_nothing(empty_round: Round) -> None:
    round_ = dataclasses.replace(empty_round, units=UNITS)
    put(round_.folder, b"Ma don vi;1.1\n703-NV;2\n")
    intake = take_in(round_)
    assert (intake.received, intake.missing(UNITS)) == ({"703-NV"}, ["25456"])


def test_answers_lead_back_to_their_cells(tay_ninh: Round, tmp_path: Path) -> None:
    table = put(tmp_path, as_csv(rows_of(TABLE)))
    frame, sources, judged, _ = read_table(table, tay_ninh.criteria, UNITS)
    rows = frame.set_index(["unit", "criterion"])
    row = rows.loc[("703-NV", "3.4")]
    assert sources[row["source"]].cell("3.4", row["line"]) == "F4"
    assert sources[row["source"]].file == "bang-diem.csv"
    cells = {row["criterion"]: (row["file"], row["cell"]) for row in judged.to_dict("records")}
    assert cells == {
        "1.1": ("bang-diem.csv", "D3"),
        "2.3": ("bang-diem.csv", "E3"),
        "3.4": ("bang-diem.csv", "F3"),
    }


def test_two_columns_of_one_criterion_are_both_left(tay_ninh: Round, tmp_path: Path) -> None:
    """Excel turns a heading 1.10 into 1.1: taking either column would change points in silence."""
    table = put(tmp_path, "Mã đơn vị;1.1;2.3;1.1\n25456;3;2;1\n".encode())
    found, told = answers(tay_ninh, table)
    assert ("table-column-twice", "D1", "") in told
    assert found["25456", "1.1"] == ("blank", None, None)
    assert found["25456", "2.3"] == ("answered", 2000, None)


@pytest.mark.parametrize(
    ("done", "of", "want", "told"),
    [
        ("45", "50", (45_000, 50_000), []),
        ("KPS", "50", (None, None), []),  # taken whole or not at all
        ("45", "năm mươi", (None, None), [("value-not-understood", "E2")]),
        ("-1", "50", (None, None), [("value-range", "D2")]),
        ("-1", "y", (None, None), [("value-range", "D2"), ("value-not-understood", "E2")]),
    ],
)
def test_figures_beside_the_points(
    tay_ninh: Round,
    tmp_path: Path,
    done: str,
    of: str,
    want: tuple[int | None, int | None],
    told: list[tuple[str, str]],
) -> None:
    heading = ["Mã đơn vị", "Loại điểm", RATIO, f"{RATIO} (a)", f"{RATIO} (b)"]
    lines = [["703-NV", "Tự chấm", "1", done, of], ["25456", "Tự chấm", "", "8", "y"]]
    path = put(tmp_path, as_csv([heading, *lines]))
    frame, _, _, problems = read_table(path, tay_ninh.criteria, UNITS)
    rows = frame[frame["criterion"] == RATIO].set_index("unit")[["x1", "x2"]].astype(object)
    found = {code: tuple(None if pd.isna(x) else x for x in row) for code, *row in rows.itertuples()}
    assert found == {"703-NV": want, "25456": (None, None)}  # without points nobody asks for figures
    assert [(item.code, item.cell) for item in problems if item.cell[:1] in "DE" and item.cell] == told


def test_a_decimal_comma_that_splits_a_cell_costs_its_row(tay_ninh: Round, tmp_path: Path) -> None:
    table = put(tmp_path, "Mã đơn vị,1.1,2.3\n25456,2,1,2\n703-NV,2,1\n".encode())
    found, told = answers(tay_ninh, table)
    assert ("table-row-too-long", "A2", "25456") in told
    assert ("25456", "1.1") not in found
    assert found["703-NV", "1.1"] == ("answered", 2000, None)


@pytest.mark.parametrize(
    ("table", "rejected"),
    [
        ("Mã đơn vị;1.1\n21439;3\n21442;3\n21439;2\n", {"21439"}),
        ("Mã đơn vị,1.1\n21439,2,5\n21442,3\n", {"21439"}),  # a decimal comma split the cell
        ("Mã đơn vị;Loại điểm;1.1\n21439;Điểm lạ;3\n21442;;3\n", {"21439"}),
        ("Đơn vị;Điểm\n21439;3\n", None),
    ],
    ids=["twice", "too long", "kind of points", "no heading at all"],
)
def test_a_line_that_is_not_taken_is_no_dossier_that_never_came(
    tmp_path: Path, table: str, rejected: set[str] | None
) -> None:
    """By Đức Phổ's plan a unit without dossier fails: a slip in the office's table must not make it so."""
    round_ = new_round(tmp_path / "dot", "duc-pho-2022")
    put(round_.folder, table.encode())
    intake = take_in(round_)
    assert intake.rejected == (rejected if rejected is not None else round_.by_code.keys())
    missing = (
        [] if rejected is None else [code for code in round_.by_code if code not in ("21439", "21442")]
    )
    assert intake.missing(round_.units) == missing


def test_a_forbidden_mark_in_a_table_names_its_criterion(tmp_path: Path) -> None:
    round_ = new_round(tmp_path / "dot", "duc-pho-2022")
    put(round_.folder, "Mã đơn vị;1.2\n21439;KPS\n".encode())
    (found,) = [item for item in take_in(round_).problems if item.code == "not-applicable-forbidden"]
    assert found.message == "Tiêu chí 1.2 không được ghi “không phát sinh”."


def test_other_sources_beside_a_table_are_named(tay_ninh: Round) -> None:
    (tay_ninh.folder / "bang-diem.csv").write_text("Mã đơn vị;1.1\n25456;3\n", encoding="utf-8")
    (tay_ninh.folder / "nop").mkdir(exist_ok=True)
    (tay_ninh.folder / "nop" / "25456.xlsx").write_bytes(b"x")
    try:
        intake = take_in(tay_ninh)
    finally:
        (tay_ninh.folder / "bang-diem.csv").unlink()
        (tay_ninh.folder / "nop" / "25456.xlsx").unlink()
    first = intake.problems[0]
    assert (first.code, first.severity, first.file) == ("table-and-others", "warning", "bang-diem.csv")
    assert "nop" in first.found
    assert [path.name for path in intake.files] == ["bang-diem.csv"]
