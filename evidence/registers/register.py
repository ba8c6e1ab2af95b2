"""Registers of a round: CSV files that commands only add to, and that people read and mend in Excel.

Semicolons, a byte order mark and Vietnamese headings, so that Excel opens them as they are. They are
read as Excel may give them back: other separators, columns moved, dates turned, zeros lost.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from criteria.catalogue import Refusal
from evidence.csv_text import as_csv_text, from_csv_text
from evidence.layout import fold
from evidence.placing import write_aside
from evidence.problems import Place, Problem, problem

HEADING_ROWS = 10  # how far down the headings are looked for


class RegisterFault(Refusal):
    """A register that cannot be used: `reason` in a few words; the text also says what to do."""

    exit_code = 3

    def __init__(self, file: str, reason: str, way_out: str) -> None:
        self.reason = reason
        super().__init__(f"Sổ “{file}”: {reason}. {way_out}")


@dataclass(frozen=True)
class Register:
    """A register's file, its columns (key and heading, in their order), those it cannot do without."""

    file: str
    columns: tuple[tuple[str, str], ...]
    needed: tuple[str, ...]

    def headings(self, keys: Sequence[str]) -> str:
        """The headings of these columns, for messages."""
        return ", ".join(f"“{heading}”" for key, heading in self.columns if key in keys)


@dataclass(frozen=True)
class Entry:
    """A line of a register, counted as Excel counts rows; texts by column, empty where there is none."""

    register: Register
    line: int
    texts: Mapping[str, str]

    def __getitem__(self, key: str) -> str:
        return self.texts.get(key, "")

    @property
    def cell(self) -> str:
        """Where it stands, as problems and judgements name it."""
        return f"dòng {self.line}"

    def place(self, unit: str = "") -> Place:
        """Its place in a problem."""
        return Place(unit, self.register.file, "", self.cell)


@dataclass(frozen=True)
class _Found:
    """A register's text taken apart: how columns are separated, where the headings are."""

    text: str
    separator: str
    rows: list[list[str]]
    heading: int
    columns: dict[str, int]


def read_entries(folder: Path, register: Register, problems: list[Problem]) -> list[Entry]:
    """The lines of a register that are not empty; what is wrong with the file becomes problems."""
    path = folder / register.file
    if not path.is_file():
        return []
    try:
        found = _find(path, register)
    except RegisterFault as fault:
        expected = register.headings([key for key, _ in register.columns])
        problems.append(problem("register-unreadable", Place("", register.file), fault.reason, expected))
        return []
    return list(_entries(found, register, problems))


def _entries(found: _Found, register: Register, problems: list[Problem]) -> Iterator[Entry]:
    width = len(found.rows[found.heading])
    for index, cells in enumerate(found.rows[found.heading + 1 :], found.heading + 2):
        if any(cell.strip() for cell in cells[width:]):
            problems.append(problem("register-row-too-long", Place("", register.file, "", f"dòng {index}")))
        elif any(cell.strip() for cell in cells):
            texts = {
                key: from_csv_text(cells[column].strip()) if column < len(cells) else ""
                for key, column in found.columns.items()
            }
            yield Entry(register, index, texts)


def add_entries(folder: Path, register: Register, rows: Sequence[Mapping[str, str]]) -> None:
    """Adds lines at the end of a register, which is made where there is none; older lines stay.

    The folder's lock must be held. Raises RegisterFault where the register that is there cannot be
    read or lost a column, FileHeld where it is open in Excel.
    """
    path = folder / register.file
    if path.is_file():
        found = _find(path, register)
        order = {column: key for key, column in found.columns.items()}
        lacking = [key for key, _ in register.columns if key not in found.columns]
        if lacking:
            raise RegisterFault(
                register.file,
                f"thiếu cột {register.headings(lacking)} nên chưa ghi thêm được",
                "Thêm lại cột đó (để trống ở các dòng cũ) rồi chạy lại lệnh.",
            )
        keys = [order.get(index, "") for index in range(len(found.rows[found.heading]))]
        text, separator = found.text, found.separator
        text = text if text.endswith(("\n", "\r")) else f"{text}\r\n"
    else:
        keys, separator = [key for key, _ in register.columns], ";"
        text = _lines([[heading for _, heading in register.columns]], separator)
    text += _lines([[as_csv_text(row.get(key, "")) for key in keys] for row in rows], separator)
    with write_aside(path) as aside:
        aside.write_bytes(text.encode("utf-8-sig"))


def _lines(rows: Sequence[Sequence[str]], separator: str) -> str:
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return stream.getvalue()


def _find(path: Path, register: Register) -> _Found:
    """The register's rows; raises RegisterFault where they cannot be made out."""
    text = _decoded(path)
    for separator in (";", ",", "\t"):
        rows = _rows(text, separator)
        for index, cells in enumerate(rows[:HEADING_ROWS]):
            known = {fold(heading): key for key, heading in register.columns}
            columns: dict[str, int] = {}
            for column, cell in enumerate(cells):
                if fold(cell) in known:
                    columns.setdefault(known[fold(cell)], column)
            if all(key in columns for key in register.needed):
                return _Found(text, separator, rows, index, columns)
    raise RegisterFault(
        register.file,
        "không thấy dòng tiêu đề",
        f"Khôi phục dòng tiêu đề (cần các cột {register.headings(register.needed)}) rồi chạy lại lệnh.",
    )


def _decoded(path: Path) -> str:
    data = path.read_bytes()
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))  # Excel's “Unicode Text”
    try:
        return data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise RegisterFault(
            path.name,
            "không phải văn bản UTF-8, chữ Việt có thể đã hỏng khi lưu",
            "Mở lại bản trước khi sửa, lưu ở dạng “CSV UTF-8 (*.csv)” rồi chạy lại lệnh.",
        ) from error


def _rows(text: str, separator: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error:
        return []
