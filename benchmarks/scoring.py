"""`score` from a consolidated table, by stage, against reading that table; how each stage grows.

The same table as text and as a workbook. Baselines of the same run: pandas reading the table (text as numbers,
then as text; the workbook by openpyxl, then by calamine), and Python's csv module doing no more than split it
into fields. Bar: intake, checks and scoring in under 3 times the reading.

    python -m benchmarks scoring [UNITS ...]
"""

from __future__ import annotations

import csv
import gc
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from benchmarks.measured import alone, medians, peak_megabytes, slope
from benchmarks.rounds import make_table
from evidence.intake import take_in
from evidence.round import load_round
from reports.known import results_of
from reports.ledger_file import write_ledger
from reports.outcome import outcome
from reports.point_history import told_history
from reports.points_table import write_points_table
from reports.record import write_results
from scoring.history import history

SIZES = (200, 1000, 4000, 15_000)
TURNS = 3
SCORED = ("intake", "score")  # what the bar holds against the reading
Stages = dict[str, float]
TEXT, WORKBOOK = "bang-diem.csv", "bang-diem.xlsx"
_NUMBERS: dict[str, Any] = {"sep": ";", "decimal": ",", "encoding": "utf-8-sig"}
BASES: dict[str, dict[str, Callable[[Path], Any]]] = {
    TEXT: {
        "pandas.read_csv": lambda table: pd.read_csv(table, dtype={"Mã đơn vị": str}, **_NUMBERS),
        "pandas.read_csv, text": lambda table: pd.read_csv(table, dtype=str, **_NUMBERS),
        "csv.reader": lambda table: list(csv.reader(table.open(encoding="utf-8-sig"), delimiter=";")),
    },
    WORKBOOK: {
        "read_excel, openpyxl": lambda table: pd.read_excel(table, engine="openpyxl"),
        "read_excel, calamine": lambda table: pd.read_excel(table, engine="calamine"),
    },
}


def stages(folder: Path, name: str) -> Stages:
    """Median seconds of the baselines and of each stage of `score` but the workbook.

    What comes after scoring is the same for both kinds of table, and measured once.
    """
    out, round_ = folder / "do", load_round(folder)
    found = outcome(round_)
    results, answers, sources = found.results, found.intake.answers, found.intake.sources
    if answers.empty:  # a table that is refused is refused quickly
        raise SystemExit(f"{name}: {found.intake.problems[0].message}")
    told = {"load round": lambda: load_round(folder)} | {
        "history": lambda: told_history(history(results, answers, sources), round_.by_code),
        "results.json": lambda: write_results(out / "results.json", round_, results),
        "so-diem.csv": lambda: write_ledger(out / "so-diem.csv", round_, results, found.history),
        "bang-diem.csv": lambda: write_points_table(out / "bang-diem.csv", round_, results, answers),
    }
    return medians(
        {base: partial(read, folder / name) for base, read in BASES[name].items()}
        | {"intake": lambda: take_in(round_), "score": lambda: results_of(round_, found.intake)}
        | (told if name == TEXT else {}),
        TURNS,
    )


def peak(folder: Path) -> str:
    """Prints the peak memory of a process that does no more than score the round."""
    outcome(load_round(folder))
    return f"{peak_megabytes():.0f}"


def main() -> None:
    """Prints seconds by kind of table, stage and size, the ratios of the bar, the slope of each stage."""
    if sys.argv[1:2] == ["--peak"]:
        print(peak(Path(sys.argv[2])))
        return
    sizes = sorted(map(int, sys.argv[1:])) or list(SIZES)
    gc.set_threshold(50_000, 20, 50)  # as `cli.main` does
    for name in BASES:
        measured, peaks = [], []
        with tempfile.TemporaryDirectory() as root:
            for size in sizes:
                folder = Path(root) / str(size)
                folder.mkdir()
                make_table(folder, size, name)
                measured.append(stages(folder, name))
                peaks.append(alone("-m", "benchmarks.scoring", "--peak", str(folder)))
        _print(name, sizes, measured, peaks)


def _print(name: str, sizes: list[int], measured: list[Stages], peaks: list[str]) -> None:
    heading = f"{name}: seconds"
    print(f"{heading:24}" + "".join(f"{size:>10}" for size in sizes) + "     slope")
    for stage in measured[0]:
        times = [taken[stage] for taken in measured]
        print(f"{stage:24}" + "".join(f"{value:10.3f}" for value in times) + f"{slope(sizes, times):10.2f}")
    print(f"{'peak memory, MB':24}" + "".join(f"{value:>10}" for value in peaks))
    for base in (*BASES[name], "intake"):
        ratios = (sum(taken[stage] for stage in SCORED) / taken[base] for taken in measured)
        bar = "  (bar: under 3)" if base != "intake" else ""
        print(f"{'/ ' + base:24}" + "".join(f"{ratio:10.1f}" for ratio in ratios) + bar)
    print(flush=True)


if __name__ == "__main__":
    main()
