"""The ledger as a file that people open: `ket-qua/so-diem.csv`, each point with whose, where and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from criteria.catalogue import Refusal
from criteria.exact import thousandths, vietnamese
from evidence.csv_text import as_csv_text, from_csv_text
from evidence.placing import write_aside
from evidence.round import Round
from reports.csv_text import csv_lines, csv_rows, csv_text
from reports.point_history import DETAILS, JUDGED_NA, STAGES, history_columns
from scoring.columns import plain
from scoring.results import Results

LEDGER_NAME = "so-diem.csv"
STAGE_WORDS = {"self": "Tự chấm", "appraised": "Thẩm định", "decided": "Quyết định", "final": "Cuối cùng"}
DETAIL_WORDS = {
    "by": "người",
    "on": "ngày",
    "file": "tệp",
    "sheet": "trang",
    "cell": "ô",
    "reason": "lý do",
    "document": "văn bản",
}
STATUS_WORDS = {
    "answered": "Đã kê khai",
    "not_applicable": "Không phát sinh",
    "blank": "Chưa kê khai",
    "faulty": "Số liệu có lỗi",
    "not_sent": "Chưa gửi hồ sơ",
}
# what the file says of a row before its points: heading by key
_FIRST = {
    "unit": "Mã đơn vị",
    "name": "Đơn vị",
    "criterion": "Tiêu chí",
    "title": "Tên tiêu chí",
    "status": "Tình trạng",
    "top": "Điểm tối đa",
    "applicable": "Điểm tối đa áp dụng",
}
NOT_APPLICABLE = "KPS"  # in the place of points that an appraiser or a decision did not give
_STATUSES = {word: status for status, word in STATUS_WORDS.items()}
_NUMBERS = ("top", "applicable", *STAGES)
_LINES = 50_000  # made at a time


class LedgerUnreadable(Refusal):
    """A file that is not a ledger as it was written."""

    exit_code = 3


@dataclass(frozen=True)
class LedgerLine:
    """One line of a ledger's file as it stands: its number (from 1) and its cells by heading."""

    number: int
    unit: str
    criterion: str
    cells: dict[str, str]


def headings() -> dict[str, str]:
    """Heading of each column of the file, by key, in their order."""
    heads = dict(_FIRST)
    for stage in STAGES:
        heads[stage] = f"{STAGE_WORDS[stage]}: điểm"
        heads |= {f"{stage}_{key}": f"{STAGE_WORDS[stage]}: {word}" for key, word in DETAIL_WORDS.items()}
    return heads


def ledger_text(round_: Round, results: Results, history: pd.DataFrame) -> str:
    """The ledger as the text of its file: a line a unit and criterion, the round's marks above all."""
    return "".join(_texts(round_, results, history))


def _texts(round_: Round, results: Results, history: pd.DataFrame) -> Iterator[str]:
    """The text of the file, some lines at a time: a nation has a million."""
    rows = [[as_csv_text(mark)] for mark in round_.marks]
    yield csv_text([*rows, list(headings().values())])
    ledger = results.ledger
    merged = _beside(
        ledger[["unit", "criterion", "status", "top", "applicable"]], history[list(history_columns())]
    )
    names = {unit.code: as_csv_text(unit.name) for unit in round_.units}
    titles = {leaf.id: as_csv_text(leaf.title) for leaf in results.criteria.criteria}
    for start in range(0, len(merged), _LINES):
        part = merged.iloc[start : start + _LINES]
        yield csv_lines(_lines(part, names, titles))


def _lines(
    merged: pd.DataFrame, names: dict[str, str], titles: dict[str, str]
) -> Iterator[tuple[str, ...]]:
    """Cells of each line, made a column at a time."""
    columns: dict[str, list[str]] = {
        "name": _each(names.__getitem__, merged["unit"]),
        "title": _each(titles.__getitem__, merged["criterion"]),
        "status": _each(STATUS_WORDS.__getitem__, merged["status"]),
    }
    for key in _NUMBERS:
        columns[key] = _each(lambda value: "" if value is None else vietnamese(value), merged[key])
    for key in JUDGED_NA:
        points = key.removesuffix("_na")
        columns[points] = [
            NOT_APPLICABLE if absent else text
            for absent, text in zip(merged[key], columns[points], strict=True)
        ]
    for key in headings():
        if key not in columns:
            columns[key] = _each(as_csv_text, merged[key])
    return zip(*(columns[key] for key in headings()), strict=True)


def _beside(ledger: pd.DataFrame, history: pd.DataFrame) -> pd.DataFrame:
    """The columns of both, row by row of the ledger; the history is in the same order where it is ours."""
    keys = ["unit", "criterion"]
    own, told = ledger.reset_index(drop=True), history.reset_index(drop=True)
    if own[keys].equals(told[keys]):
        return pd.concat([own, told.drop(columns=keys)], axis="columns")
    return own.merge(told, on=keys, how="left", validate="one_to_one")


def _each(word: Callable[[Any], str], column: pd.Series) -> list[str]:
    """The word of each value; a column has many rows and few different values."""
    codes, values = pd.factorize(column)
    words = [word(value) for value in plain(pd.Series(values))]
    if (codes < 0).any():  # rows without a value: -1 points to the last word
        words.append(word(None))
    return np.array(words, dtype=object)[codes].tolist() if words else []


def write_ledger(path: Path, round_: Round, results: Results, history: pd.DataFrame) -> None:
    """Writes `so-diem.csv`; raises FileHeld where it is open in Excel."""
    with write_aside(path) as aside, aside.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_texts(round_, results, history))


def ledger_lines(text: str) -> list[LedgerLine]:
    """The lines of a ledger's text, not yet understood; none where it has no heading."""
    wanted = list(headings().values())
    rows = csv_rows(text)
    start = next((index for index, row in enumerate(rows) if row == wanted), None)
    if start is None:
        return []
    found = []
    for number, row in enumerate(rows[start + 1 :], start + 2):
        cells = dict(zip(wanted, row, strict=False))
        unit, criterion = (from_csv_text(cells.get(_FIRST[key], "")) for key in ("unit", "criterion"))
        found.append(LedgerLine(number, unit, criterion, cells))
    return found


def read_ledger(path: Path) -> pd.DataFrame:
    """The ledger of a file: `status`, `top` and `applicable` beside the columns of a history.

    Raises LedgerUnreadable where the file is not as `write_ledger` wrote it.
    """
    types = {"status": "str", "top": "int64", "applicable": "int64", **history_columns()}
    try:
        columns = _columns(path.read_bytes().decode("utf-8"))
        return pd.DataFrame({key: columns[key] for key in types}).astype(types)
    except (OSError, ValueError, KeyError) as error:
        raise LedgerUnreadable(
            f"Không đọc được sổ điểm “{path}”: tệp thiếu, hoặc đã bị sửa bằng chương trình khác. "
            "Ghi lại sổ điểm bằng lệnh danvan score (nếu đợt chưa niêm phong)."
        ) from error


def _columns(text: str) -> dict[str, list[Any]]:
    """What each column holds, by key; raises ValueError or KeyError where it is no ledger."""
    rows = csv_rows(text)
    keys = list(headings())
    own = rows[rows.index(list(headings().values())) + 1 :]
    columns = dict(zip(keys, zip(*own, strict=True), strict=True)) if own else {}
    if not own or set(map(len, own)) != {len(keys)}:
        raise ValueError("not a ledger")
    # few points, many lines
    number = cache(lambda text: None if text in ("", NOT_APPLICABLE) else thousandths(text))
    read: dict[str, Callable[[str], Any]] = dict.fromkeys(keys, from_csv_text)
    read |= {"status": _STATUSES.__getitem__, **dict.fromkeys(_NUMBERS, number)}
    found = {key: list(map(read[key], cells)) for key, cells in columns.items()}
    absent = {key: columns[key.removesuffix("_na")] for key in JUDGED_NA}
    return found | {key: [text == NOT_APPLICABLE for text in cells] for key, cells in absent.items()}


assert set(DETAIL_WORDS) == set(DETAILS) and set(STAGE_WORDS) == set(STAGES)
