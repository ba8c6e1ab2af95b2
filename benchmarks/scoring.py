"""`score` from a consolidated table, by stage, against reading that table; how each stage grows.

Baselines of the same run: pandas reading the table (as numbers, then as text) and Python's csv module
doing no more than split it into fields. Bar: intake, checks and scoring in under 3 times the reading.

    python -m benchmarks scoring [UNITS ...]
"""

from __future__ import annotations

import csv
import sys
import tempfile
from pathlib import Path

import pandas as pd

from benchmarks.measured import alone, medians, peak_megabytes, slope
from benchmarks.rounds import make_table
from evidence.intake import take_in
from evidence.round import Round, load_round
from reports.known import circumstances
from reports.ledger_file import write_ledger
from reports.outcome import outcome
from reports.point_history import told_history
from reports.points_table import write_points_table
from reports.record import write_results
from scoring.history import history
from scoring.results import Results, score

SIZES = (200, 1000, 4000, 15_000)
TURNS = 3
SCORED = ("intake", "score")  # what the bar holds against the reading


def stages(folder: Path) -> dict[str, float]:
    """Median seconds of the baselines and of each stage of `score` but the workbook."""
    table, out = folder / "bang-diem.csv", folder / "do"
    round_ = load_round(folder)
    found = outcome(round_)
    results, answers, sources = found.results, found.intake.answers, found.intake.sources

    def scored(round_: Round) -> Results:
        intake = found.intake
        known = circumstances(round_, intake)
        return score(
            round_.criteria, round_.plan, round_.units, answers, intake.rejected, known, intake.judgements
        )

    numbers = {"sep": ";", "decimal": ",", "encoding": "utf-8-sig"}
    return medians(
        {
            "pandas.read_csv": lambda: pd.read_csv(table, dtype={"Mã đơn vị": str}, **numbers),
            "pandas.read_csv, text": lambda: pd.read_csv(table, dtype=str, **numbers),
            "csv.reader": lambda: list(csv.reader(table.open(encoding="utf-8-sig"), delimiter=";")),
            "load round": lambda: load_round(folder),
            "intake": lambda: take_in(round_),
            "score": lambda: scored(round_),
            "history": lambda: told_history(history(results, answers, sources), round_.by_code),
            "results.json": lambda: write_results(out / "results.json", round_, results),
            "so-diem.csv": lambda: write_ledger(out / "so-diem.csv", round_, results, found.history),
            "bang-diem.csv": lambda: write_points_table(out / "bang-diem.csv", round_, results, answers),
        },
        TURNS,
    )


def peak(folder: Path) -> str:
    """Prints the peak memory of a process that does no more than score the round."""
    outcome(load_round(folder))
    return f"{peak_megabytes():.0f}"


def main() -> None:
    """Prints seconds by stage and size, the ratio of the bar, the slope of each stage."""
    if sys.argv[1:2] == ["--peak"]:
        print(peak(Path(sys.argv[2])))
        return
    sizes = sorted(map(int, sys.argv[1:])) or list(SIZES)
    measured, peaks = [], []
    with tempfile.TemporaryDirectory() as root:
        for size in sizes:
            folder = Path(root) / str(size)
            folder.mkdir()
            make_table(folder, size)
            measured.append(stages(folder))
            peaks.append(alone("-m", "benchmarks.scoring", "--peak", str(folder)))
    print(f"{'seconds (median)':24}" + "".join(f"{size:>10}" for size in sizes) + "     slope")
    for name in measured[0]:
        times = [stage[name] for stage in measured]
        print(f"{name:24}" + "".join(f"{value:10.3f}" for value in times) + f"{slope(sizes, times):10.2f}")
    print(f"{'peak memory, MB':24}" + "".join(f"{value:>10}" for value in peaks))
    for base in ("pandas.read_csv", "pandas.read_csv, text", "csv.reader"):
        ratios = (sum(stage[name] for name in SCORED) / stage[base] for stage in measured)
        print(f"{'/ ' + base:24}" + "".join(f"{ratio:10.1f}" for ratio in ratios) + "  (bar: under 3)")


if __name__ == "__main__":
    main()
