"""The dated table of merged, split and renamed units, `sap-nhap.csv`, which an office keeps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from criteria.rules import Input
from criteria.rules.timely import EXCEL_DAY_0
from evidence.layout import column_letter, fold
from evidence.problems import Place, Problem, problem
from evidence.reading.table_file import read_sheets
from evidence.reading.typed import NotUnderstood, as_text, parse_input
from evidence.reading.workbook import Sheet, Unreadable

MERGERS_NAME = "sap-nhap.csv"
COLUMNS = {
    "on": "Ngày hiệu lực",
    "kind": "Loại",
    "old": "Mã cũ",
    "old_name": "Tên cũ",
    "new": "Mã mới",
    "new_name": "Tên mới",
    "document": "Văn bản",
}
_NEEDED = ("on", "kind", "old", "new")
Kind = Literal["merge", "split", "rename"]
KIND_WORDS: dict[Kind, str] = {"merge": "sáp nhập", "split": "chia tách", "rename": "đổi tên"}
_KINDS: dict[str, Kind] = {
    **{fold(word): kind for kind, word in KIND_WORDS.items()},
    "nhap": "merge",
    "hop nhat": "merge",
    "tach": "split",
    "chia": "split",
}
_DAY = Input("on", "", "date")


@dataclass(frozen=True)
class Merger:
    """One line: from this day the old unit (or a part of it) is the new one, by this document.

    A merger has a line for each old unit, a split one for each new unit. `line` counts from 1.
    """

    on: date
    kind: Kind
    old: str
    old_name: str
    new: str
    new_name: str
    document: str
    line: int


def read_mergers(path: Path) -> tuple[tuple[Merger, ...], list[Problem]]:
    """The lines of a table that can be used, by day, and what is wrong with the others."""
    place = Place("", path.name)
    expected = ", ".join(f"“{name}”" for name in COLUMNS.values())
    try:
        sheets = read_sheets(path)
    except Unreadable as fault:
        return (), [problem("mergers-unreadable", place, fault.found, expected)]
    for sheet in sheets:
        for row, cells in enumerate(sheet.rows[:60]):
            heads = {fold(cell): index for index, cell in enumerate(cells) if cell}
            at = {key: heads[fold(head)] for key, head in COLUMNS.items() if fold(head) in heads}
            if all(key in at for key in _NEEDED):
                return _lines(path.name, sheet, row, at)
    return (), [problem("mergers-unreadable", place, "không thấy dòng tiêu đề", expected)]


def _lines(
    file: str, sheet: Sheet, heading: int, at: dict[str, int]
) -> tuple[tuple[Merger, ...], list[Problem]]:
    problems: list[Problem] = []
    found: list[Merger] = []
    seen: set[tuple[date, str, str]] = set()
    for row in range(heading + 1, len(sheet.rows)):
        texts = {key: as_text(sheet.cell(row, index)).strip() for key, index in at.items()}
        if not any(texts.values()):
            continue
        places = {
            key: Place("", file, sheet.name, f"{column_letter(index)}{row + 1}")
            for key, index in at.items()
        }
        day = _day(sheet.cell(row, at["on"]))
        kind = _KINDS.get(fold(texts["kind"]))
        missing = next((key for key in ("old", "new") if not texts[key]), None)
        if day is None:
            problems.append(problem("mergers-day", places["on"], texts["on"]))
        elif kind is None:
            known = ", ".join(f"“{word}”" for word in KIND_WORDS.values())
            problems.append(problem("mergers-kind", places["kind"], texts["kind"], known))
        elif missing:
            problems.append(problem("mergers-code", places[missing], COLUMNS[missing].lower()))
        elif (day, texts["old"], texts["new"]) in seen:
            problems.append(problem("mergers-twice", places["old"], f"{texts['old']}, {texts['new']}"))
        else:
            seen.add((day, texts["old"], texts["new"]))
            names = {key: texts.get(key, "") for key in ("old_name", "new_name", "document")}
            found.append(
                Merger(on=day, kind=kind, old=texts["old"], new=texts["new"], line=row + 1, **names)
            )
    problems += _doubtful(file, sheet, at, found)
    return tuple(sorted(found, key=lambda item: item.on)), problems


def _day(cell: object) -> date | None:
    """The day in a cell; None where it is none (the word for "never" included)."""
    try:
        ordinal = parse_input(_DAY, cell)
    except NotUnderstood:
        return None
    return date.fromordinal(ordinal) if ordinal and ordinal > EXCEL_DAY_0 else None


def _doubtful(file: str, sheet: Sheet, at: dict[str, int], found: Sequence[Merger]) -> Iterator[Problem]:
    """Lines that do not agree with the others of their day: renamed to many, merged or split alone."""
    news = Counter((item.on, item.kind, item.new) for item in found)
    olds = Counter((item.on, item.kind, item.old) for item in found)
    for item in found:
        place = Place("", file, sheet.name, f"{column_letter(at['kind'])}{item.line}")
        into, outof = news[item.on, item.kind, item.new], olds[item.on, item.kind, item.old]
        if item.kind == "rename" and max(into, outof) > 1:
            yield problem("mergers-rename-many", place, item.old)
        elif item.kind == "merge" and into == 1:
            yield problem("mergers-alone", place, f"sáp nhập thành {item.new_name or item.new}")
        elif item.kind == "split" and outof == 1:
            yield problem("mergers-alone", place, f"chia tách {item.old_name or item.old}")
