"""The table of merged, split and renamed units: what is read, and what is wrong in it by cell."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from evidence.mergers import Merger, read_mergers

HEAD = "Ngày hiệu lực;Loại;Mã cũ;Tên cũ;Mã mới;Tên mới;Văn bản\n"
GOOD = """\
01/07/2025;sáp nhập;01;UBND xã A;10;UBND xã AB;1661/NQ-UBTVQH15
01/07/2025;Sáp nhập;02;UBND xã B;10;UBND xã AB;1661/NQ-UBTVQH15
01/01/2024;chia tách;03;UBND xã C;03;UBND xã C;
01/01/2024;chia tách;03;UBND xã C;31;UBND xã C1;
ngày 05 tháng 3 năm 2024;ĐỔI TÊN;04;;04b;;
"""


def table(tmp_path: Path, lines: str, head: str = HEAD) -> Path:
    """The table in a file."""
    path = tmp_path / "sap-nhap.csv"
    path.write_text(head + lines, encoding="utf-8-sig")
    return path


def test_what_is_read_in_the_order_of_days(tmp_path: Path) -> None:
    mergers, problems = read_mergers(table(tmp_path, GOOD))
    assert problems == []
    assert [(item.kind, item.old, item.new, item.line) for item in mergers] == [
        ("split", "03", "03", 4),
        ("split", "03", "31", 5),
        ("rename", "04", "04b", 6),
        ("merge", "01", "10", 2),
        ("merge", "02", "10", 3),
    ]
    last = Merger(date(2025, 7, 1), "merge", "02", "UBND xã B", "10", "UBND xã AB", "1661/NQ-UBTVQH15", 3)
    assert mergers[-1] == last


def test_columns_in_another_order_with_only_what_is_needed(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        "01,02,đổi tên,2025-17-01\n01,02,đổi tên,01/07/2025\n",
        "Mã cũ,Mã mới,Loại,Ngày hiệu lực\n",
    )
    mergers, problems = read_mergers(path)
    assert [(item.old, item.new, item.old_name, item.document) for item in mergers] == [
        ("01", "02", "", "")
    ]
    assert [(item.code, item.cell) for item in problems] == [("mergers-day", "D2")]


FAULTS = [
    # a line, what is wrong with it, in which cell, what is said of it
    ("32/07/2025;đổi tên;01;;02;;", "mergers-day", "A2", "32/07/2025"),
    ("không;đổi tên;01;;02;;", "mergers-day", "A2", "không"),
    (";đổi tên;01;;02;;", "mergers-day", "A2", "Ngày hiệu lực"),
    ("01/07/2025;giải thể;01;;02;;", "mergers-kind", "B2", "“sáp nhập”, “chia tách”, “đổi tên”"),
    ("01/07/2025;đổi tên;;;02;;", "mergers-code", "C2", "Thiếu mã cũ"),
    ("01/07/2025;đổi tên;01;;;;", "mergers-code", "E2", "Thiếu mã mới"),
    ("01/07/2025;đổi tên;01;;02;;\n01/07/2025;đổi tên;01;;02;;", "mergers-twice", "C3", "01, 02"),
    ("01/07/2025;sáp nhập;01;;02;UBND xã X;", "mergers-alone", "B2", "sáp nhập thành UBND xã X."),
    ("01/07/2025;chia tách;01;UBND xã Y;02;;", "mergers-alone", "B2", "chia tách UBND xã Y."),
]


@pytest.mark.parametrize(("line", "code", "cell", "words"), FAULTS)
def test_a_line_with_a_fault(tmp_path: Path, line: str, code: str, cell: str, words: str) -> None:
    _, problems = read_mergers(table(tmp_path, f"{line}\n"))
    (found,) = problems
    assert (found.code, found.file, found.cell) == (code, "sap-nhap.csv", cell)
    assert words in f"{found.message} {found.fix}"


def test_a_rename_to_two_units_is_told_at_both_lines(tmp_path: Path) -> None:
    lines = "01/07/2025;đổi tên;01;;02;;\n01/07/2025;đổi tên;01;;03;;\n"
    mergers, problems = read_mergers(table(tmp_path, lines))
    assert [item.code for item in problems] == ["mergers-rename-many"] * 2
    assert len(mergers) == 2


@pytest.mark.parametrize("content", [b"", b"M\xe3 c\xfb;M\xe3 m\xedi\n", "Mã cũ;Mã mới\n01;02\n".encode()])
def test_a_file_that_is_no_such_table(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "sap-nhap.csv"
    path.write_bytes(content)
    mergers, problems = read_mergers(path)
    assert (mergers, [item.code for item in problems]) == ((), ["mergers-unreadable"])
    assert "“Ngày hiệu lực”" in problems[0].fix
