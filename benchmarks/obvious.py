"""The obvious pipeline that danvan is measured against: pandas and openpyxl, floats, one process.

It reads the sheets of each form with `pandas.read_excel`, sums what the forms have computed already, ranks, and
writes the same sheets as our ranked workbook with `to_excel`. No check, no guard, no rule, no format: less than
the job asks for.

    python -m benchmarks.obvious FOLDER UNITS
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pandas as pd

from evidence.folders import RECEIVED
from evidence.layout import CRITERIA_COLUMNS, CRITERIA_SHEET, EVIDENCE_SHEET, UNIT_SHEET

SHEETS = [UNIT_SHEET, CRITERIA_SHEET, EVIDENCE_SHEET]
_HEADS = [column.heading for column in CRITERIA_COLUMNS]
_ID, _TITLE, _MAX, _RULE, _NA, _POINTS = (
    CRITERIA_COLUMNS[at].heading
    for at, column in enumerate(CRITERIA_COLUMNS)
    if column.key in ("id", "title", "max", "rule", "na", "points")
)


def answers_of(path: Path) -> pd.DataFrame:
    """A row a criterion of one form, its points as floats."""
    sheets = pd.read_excel(path, sheet_name=SHEETS, header=None, engine="openpyxl")
    info = dict(zip(sheets[UNIT_SHEET][0], sheets[UNIT_SHEET][1], strict=True))
    grid = sheets[CRITERIA_SHEET]
    head = grid.index[grid[0] == _ID][0]
    rows = grid.iloc[head + 1 :, : len(_HEADS)].set_axis(_HEADS, axis="columns")
    rows = rows[rows[_RULE].notna()]
    evidence = sheets[EVIDENCE_SHEET]
    return rows.assign(
        unit=str(info["Mã đơn vị"]),
        name=info["Tên đơn vị"],
        block=info["Khối đánh giá"],
        **{_MAX: rows[_MAX].astype(float), _POINTS: pd.to_numeric(rows[_POINTS], errors="coerce")},
        documents=int(evidence[1].notna().sum()),
    )


def ranking(frame: pd.DataFrame) -> pd.DataFrame:
    """Units with their totals, percents, grades and ranks, all floats."""
    frame = frame.assign(top=frame[_MAX].where(frame[_NA].isna(), 0.0))
    units = frame.groupby(["block", "unit", "name"], as_index=False)[["top", _POINTS]].sum()
    units["percent"] = (units[_POINTS] / units["top"] * 100).round(2)
    units["grade"] = pd.cut(
        units["percent"], [-1, 50, 70, 90, 101], labels=["Yếu", "Trung bình", "Khá", "Tốt"], right=False
    )
    units["rank"] = units.groupby("block")["percent"].rank(method="min", ascending=False)
    return units.sort_values(["block", "rank"])


def write(path: Path, frame: pd.DataFrame, units: pd.DataFrame) -> None:
    """The same sheets as our ranked workbook, values only."""
    lost = frame.assign(lost=frame[_MAX] - frame[_POINTS].fillna(0.0))
    lost = lost[(lost["lost"] > 0) & lost[_NA].isna()]
    with pd.ExcelWriter(path, engine="openpyxl") as book:
        for block, own in units.groupby("block"):
            own.to_excel(book, sheet_name=f"Xếp hạng - {block}"[:31], index=False)
        units.groupby(["block", "grade"], observed=False).size().unstack().to_excel(
            book, sheet_name="Tổng hợp"
        )
        frame.pivot_table(index=["unit", "name"], columns=_ID, values=_POINTS).to_excel(
            book, sheet_name="Chi tiết"
        )
        shown = ["unit", "name", _ID, _TITLE, _MAX, "lost", _RULE]
        lost[shown].to_excel(book, sheet_name="Mất điểm", index=False)
        frame.drop_duplicates(_ID)[[_ID, _TITLE, _MAX, _RULE]].to_excel(
            book, sheet_name="Căn cứ", index=False
        )


def main() -> None:
    """Prints the seconds that the first so many forms of a round take, read and written."""
    folder, units = Path(sys.argv[1]), int(sys.argv[2])
    start = time.perf_counter()
    frame = pd.concat(
        map(answers_of, sorted((folder / RECEIVED).glob("*.xlsx"))[:units]), ignore_index=True
    )
    write(folder / "hien-nhien.xlsx", frame, ranking(frame))
    assert len(frame) >= 60 * units
    print(time.perf_counter() - start)


if __name__ == "__main__":
    main()
