"""The ranked workbook against XlsxWriter writing the same cells bare: time, memory, growth.

The cells (values, formulas with their values, no formats, no widths) are taken from the workbook that was
written; the bare writing goes to the same kind of sheet, and once more to sheets kept in memory.
Bar: at most 1.5 times, and memory that does not grow with the units.

    python -m benchmarks workbook [UNITS ...]
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias
from xml.etree.ElementTree import iterparse
from zipfile import ZipFile

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_cell_to_rowcol

from benchmarks.measured import alone, medians, peak_megabytes, slope
from benchmarks.rounds import make_table
from evidence.round import load_round
from reports.outcome import outcome
from reports.ranked.workbook import write_ranked

SIZES = (200, 1000, 4000)
TURNS = 3
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
BareCell: TypeAlias = tuple[int, int, str, str | float]  # row, column, formula or nothing, value


def cells_of(path: Path) -> list[list[BareCell]]:
    """The cells of each sheet that hold anything, row by row."""
    with ZipFile(path) as parts:
        strings = []
        with parts.open("xl/sharedStrings.xml") as file:
            for _, item in iterparse(file):
                if item.tag == f"{_MAIN}si":
                    strings.append("".join(text.text or "" for text in item.iter(f"{_MAIN}t")))
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        return [list(_cells(parts, name, strings)) for name in sheets]


def _cells(parts: ZipFile, name: str, strings: list[str]) -> Iterator[BareCell]:
    with parts.open(name) as file:
        for _, item in iterparse(file):
            if item.tag == f"{_MAIN}c":
                value = _value(item.get("t"), item, strings)
                formula = item.findtext(f"{_MAIN}f")
                if formula is not None or value != "":
                    yield (*xl_cell_to_rowcol(str(item.get("r"))), formula or "", value)
            elif item.tag == f"{_MAIN}row":
                item.clear()


def _value(kind: str | None, item: object, strings: list[str]) -> str | float:
    if kind == "inlineStr":
        return "".join(text.text or "" for text in item.iter(f"{_MAIN}t"))  # type: ignore[attr-defined]
    text = item.findtext(f"{_MAIN}v") or ""  # type: ignore[attr-defined]
    return strings[int(text)] if kind == "s" else text if kind == "str" or not text else float(text)


def write_bare(path: Path, sheets: list[list[BareCell]], streamed: bool) -> None:
    """Writes the cells and nothing else."""
    book = Workbook(str(path), {"constant_memory": streamed, "strings_to_formulas": False})
    for cells in sheets:
        sheet = book.add_worksheet()
        for row, column, formula, value in cells:
            if formula:
                sheet.write_formula(row, column, f"={formula}", None, value)
            elif isinstance(value, str):
                sheet.write_string(row, column, value)
            else:
                sheet.write_number(row, column, value)
    book.close()


def measure(folder: Path) -> dict[str, float]:
    """Median seconds of ours and of both bare ones, the number of cells, the memory that ours takes."""
    round_ = load_round(folder)
    found = outcome(round_)
    before = peak_megabytes()
    ours, bare = folder / "ours.xlsx", folder / "bare.xlsx"
    # once beforehand: the first writing tells the memory, and the cells are taken from it
    write_ranked(ours, round_, found.results, found.reasons)
    grown = peak_megabytes() - before
    sheets = cells_of(ours)
    times = medians(
        {
            # a new outcome a turn, because an outcome reads its frames into traces once
            "ours": lambda: write_ranked(ours, round_, found.results, replace(found).reasons),
            "bare, streamed": lambda: write_bare(bare, sheets, streamed=True),
            "bare, in memory": lambda: write_bare(bare, sheets, streamed=False),
        },
        TURNS,
    )
    return {**times, "cells": sum(map(len, sheets)), "before": before, "grown": grown}


def main() -> None:
    """Prints seconds, ratios, memory and slope; each size in a process of its own."""
    if sys.argv[1:2] == ["--one"]:
        told = measure(Path(sys.argv[2]))
        print(" ".join(f"{key.replace(' ', '_')}={value}" for key, value in told.items()))
        return
    sizes = sorted(map(int, sys.argv[1:])) or list(SIZES)
    rows = []
    with tempfile.TemporaryDirectory() as root:
        for size in sizes:
            folder = Path(root) / str(size)
            folder.mkdir()
            make_table(folder, size)
            told = alone("-m", "benchmarks.workbook", "--one", str(folder))
            rows.append({key: float(value) for key, value in (part.split("=") for part in told.split())})
    print(f"{'':28}" + "".join(f"{size:>10}" for size in sizes) + "     slope")
    for key, label in (
        ("cells", "cells"),
        ("ours", "ours, s"),
        ("bare,_streamed", "bare, streamed, s"),
        ("bare,_in_memory", "bare, in memory, s"),
    ):
        values = [row[key] for row in rows]
        print(
            f"{label:28}" + "".join(f"{value:10.2f}" for value in values) + f"{slope(sizes, values):10.2f}"
        )
    for key in ("bare,_streamed", "bare,_in_memory"):
        ratios = (row["ours"] / row[key] for row in rows)
        told = "".join(f"{ratio:10.2f}" for ratio in ratios)
        print(f"{'/ ' + key.replace('_', ' '):28}{told}  (bar: at most 1.5)")
    for key, label in (("before", "memory before writing, MB"), ("grown", "more at the peak, MB")):
        print(f"{label:28}" + "".join(f"{row[key]:10.0f}" for row in rows))


if __name__ == "__main__":
    main()
