"""Registers: CSV that commands add to and that people mend in Excel.

1. What was written is read back, whatever it begins with; a spreadsheet evaluates none of it.
2. A register as Excel may give it back is read the same: separators, encodings, columns, headings, rows.
3. Lines are only added: what was there stays, in the separator and order it has now.
4. A register that cannot be read is a problem when read, and a refusal when added to; nothing is lost.
5. Days, hours, codes, points as people and Excel leave them.
"""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria.exact import NotANumber
from criteria.model import Unit
from evidence.csv_text import as_csv_text, from_csv_text
from evidence.problems import Problem
from evidence.registers.register import (
    Register,
    RegisterFault,
    add_entries,
    read_entries,
)
from evidence.registers.values import NoMoment, find_unit, moment_of, moment_text, points_of

REGISTER = Register(
    "so.csv", (("unit", "Mã đơn vị"), ("text", "Nội dung"), ("on", "Ngày")), ("unit", "text")
)


def read(folder: Path) -> tuple[list[tuple[int, str, str, str]], list[str]]:
    """Lines with their texts, and the codes of the problems."""
    problems: list[Problem] = []
    entries = read_entries(folder, REGISTER, problems)
    return [(item.line, item["unit"], item["text"], item["on"]) for item in entries], [
        f"{item.code} {item.cell}".strip() for item in problems
    ]


# 1 ----------------------------------------------------------------------------------------------


@given(st.text())
def test_a_guarded_text_is_what_it_was_and_no_formula(text: str) -> None:
    assert from_csv_text(as_csv_text(text)) == text
    assert not as_csv_text(text).lstrip().startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize("text", ["'tự do'", "’", "'", "a=1", "1-2"])
def test_what_was_typed_without_a_guard_stays(text: str) -> None:
    assert from_csv_text(text) == text


TEXTS = ['=cmd|"/c calc"!A1', "+84 276", "-", "@tên", "hai\ndòng", 'dấu " và ; và ,', "'=1", "Đơn vị số 1"]


def test_what_is_added_is_read_back(tmp_path: Path) -> None:
    for text in TEXTS:
        add_entries(tmp_path, REGISTER, [{"unit": "00070", "text": text, "on": "14/10/2023"}])
    lines, problems = read(tmp_path)
    assert problems == []
    assert lines == [(row, "00070", text, "14/10/2023") for row, text in enumerate(TEXTS, 2)]
    raw = (tmp_path / "so.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfM")
    assert raw.count(b"\xef\xbb\xbf") == 1
    assert "Mã đơn vị;Nội dung;Ngày\r\n" in raw.decode("utf-8-sig")


# 2 ----------------------------------------------------------------------------------------------

AS_EXCEL_LEAVES_IT: dict[str, bytes] = {
    "as written": "Mã đơn vị;Nội dung;Ngày\r\nA;có, dấu phẩy;1/2/2023\r\n".encode("utf-8-sig"),
    "commas": 'Mã đơn vị,Nội dung,Ngày\r\nA,"có, dấu phẩy",1/2/2023\r\n'.encode("utf-8-sig"),
    "tabs in UTF-16": "Mã đơn vị\tNội dung\tNgày\r\nA\tcó, dấu phẩy\t1/2/2023\r\n".encode("utf-16"),
    "no byte order mark, LF": "Mã đơn vị;Nội dung;Ngày\nA;có, dấu phẩy;1/2/2023".encode(),
    "columns moved, one added": "Ngày;Ghi thêm;Nội dung;Mã đơn vị\n1/2/2023;x;có, dấu phẩy;A\n".encode(),
    "padded to the right": "Mã đơn vị;Nội dung;Ngày;;\nA;có, dấu phẩy;1/2/2023;;\n".encode(),
    "case and blanks in headings": "MÃ ĐƠN VỊ ; nội dung;NGÀY\nA ;có, dấu phẩy; 1/2/2023\n".encode(),
}


@pytest.mark.parametrize("data", AS_EXCEL_LEAVES_IT.values(), ids=AS_EXCEL_LEAVES_IT.keys())
def test_read_as_excel_gives_it_back_and_added_to(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "so.csv").write_bytes(data)
    assert read(tmp_path) == ([(2, "A", "có, dấu phẩy", "1/2/2023")], [])
    add_entries(tmp_path, REGISTER, [{"unit": "B", "text": "=1; 2", "on": "02/02/2023"}])
    assert read(tmp_path) == ([(2, "A", "có, dấu phẩy", "1/2/2023"), (3, "B", "=1; 2", "02/02/2023")], [])


def test_empty_lines_count_as_excel_counts_rows(tmp_path: Path) -> None:
    text = "SỔ THỬ;;\n\nMã đơn vị;Nội dung;Ngày\n;;\nA;a;1/2/2023\n\n;;\nB;b;\nC;c;d;e\n"
    (tmp_path / "so.csv").write_text(text, encoding="utf-8")
    assert read(tmp_path) == (
        [(5, "A", "a", "1/2/2023"), (8, "B", "b", "")],
        ["register-row-too-long dòng 9"],
    )


# 3, 4 -------------------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.text(), st.text()), max_size=5))
def test_adding_leaves_what_was_there(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("so")
    before = b""
    for unit, text in rows:
        add_entries(folder, REGISTER, [{"unit": unit, "text": text}])
        now = (folder / "so.csv").read_bytes()
        assert now.startswith(before)
        before = now


FAULTS: dict[str, tuple[bytes, str]] = {
    "not UTF-8": ("Mã đơn vị;Nội dung;Ngày\n".encode("utf-8-sig") + b"A;\xe3\xf2;\n", "UTF-8"),
    "no headings": (b"A;a;1/2/2023\n", "tiêu đề"),
    "empty": (b"", "tiêu đề"),
}


@pytest.mark.parametrize(("data", "words"), FAULTS.values(), ids=FAULTS.keys())
def test_a_register_that_cannot_be_read(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "so.csv"
    path.write_bytes(data)
    assert read(tmp_path) == ([], ["register-unreadable"])
    with pytest.raises(RegisterFault, match=words) as refused:
        add_entries(tmp_path, REGISTER, [{"unit": "A", "text": "a"}])
    assert refused.value.exit_code == 3
    assert path.read_bytes() == data


def test_a_column_that_was_deleted_must_come_back_first(tmp_path: Path) -> None:
    path = tmp_path / "so.csv"
    path.write_text("Mã đơn vị;Nội dung\nA;a\n", encoding="utf-8")
    assert read(tmp_path) == ([(2, "A", "a", "")], [])
    with pytest.raises(RegisterFault, match="thiếu cột “Ngày”"):
        add_entries(tmp_path, REGISTER, [{"unit": "B", "text": "b"}])


# 5 ----------------------------------------------------------------------------------------------

DAY = date(2023, 10, 4)
MOMENTS = {
    "04/10/2023 16:05": (DAY, time(16, 5)),
    "4/10/2023 16:05": (DAY, time(16, 5)),  # what Excel makes of it, in English as in Vietnamese
    "2023-10-04 16:05": (DAY, time(16, 5)),
    "2023-10-04T16:05:33": (DAY, time(16, 5, 33)),
    "04-10-23": (DAY, None),
    "4.10.2023 16h05": (DAY, time(16, 5)),
    "4/10/2023 4:05 PM": (DAY, time(16, 5)),
    "4/10/2023 4:05:00 CH": (DAY, time(16, 5)),
    "4/10/2023 12:05 SA": (DAY, time(0, 5)),
    "16h05 ngày 04/10/2023": (DAY, time(16, 5)),
    "04/10/2023 16h": (DAY, time(16)),
}


@pytest.mark.parametrize(("text", "want"), MOMENTS.items(), ids=MOMENTS.keys())
def test_a_moment(text: str, want: tuple[date, time | None]) -> None:
    assert moment_of(text) == want


@pytest.mark.parametrize(
    "text", ["", "hôm qua", "10/14/2023", "31/02/2023", "4/10", "45203", "4/10/2023 25:00"]
)
def test_no_moment(text: str) -> None:
    with pytest.raises(NoMoment):
        moment_of(text)


@given(
    st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    st.times().map(lambda t: t.replace(second=0, microsecond=0)),
)
def test_a_moment_that_was_written_is_read(day: date, hour: time) -> None:
    assert moment_of(moment_text(day, hour)) == (day, hour)
    assert moment_of(moment_text(day)) == (day, None)


UNITS = (
    Unit("00070", "UBND xã Một", "xa", "xa"),
    Unit("703-NV", "Phòng Nội vụ", "phong", "phong"),
    Unit("170", "UBND xã Hai", "xa", "xa"),
    Unit("0170", "UBND xã Ba", "xa", "xa"),
)


@pytest.mark.parametrize(
    ("code", "name", "want"),
    [
        ("00070", "", "00070"),
        ("70", "", "00070"),  # Excel took the zeros
        ("070", "", "00070"),
        ("703-nv", "", "703-NV"),
        ("170", "", "170"),
        ("0170", "", "0170"),
        ("000170", "", None),  # two units come into question
        ("", "Phòng nội vụ", "703-NV"),
        ("Jul-03", "PHÒNG NỘI VỤ", "703-NV"),
        ("71", "", None),
        ("", "", None),
    ],
)
def test_a_unit_by_code_or_name(code: str, name: str, want: str | None) -> None:
    found = find_unit(code, UNITS, name)
    assert (found and found.code) == want


POINTS: dict[str, object] = {
    "4,5 điểm": 4500,
    "4.5": 4500,
    "0": 0,
    "4đ": 4000,
    "KPS": None,
    "không phát sinh": None,
    "keep": "keep",
    "Giữ nguyên": "keep",
    "Giữ nguyên 4,5 điểm": 4500,
    "giữ nguyên KPS": None,
    "bốn rưỡi": NotANumber,
    "giữ nguyên tất": NotANumber,
    "4,5 điểm/5": NotANumber,
}


@pytest.mark.parametrize(("text", "want"), POINTS.items(), ids=POINTS.keys())
def test_points_of_a_decision(text: str, want: object) -> None:
    if want is NotANumber:
        with pytest.raises(NotANumber):
            points_of(text)
    else:
        assert points_of(text) == want
