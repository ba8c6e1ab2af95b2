"""The whole job by stage, beside the obvious pipeline and the floor, in one run: a table in Markdown.

Each stage is a command of its own, start-up and workers included. The obvious pipeline is measured on at most
SAMPLE forms and taken as growing linearly (it does, or worse).

    python -m benchmarks [UNITS ...] [--turns N] [--keep FOLDER]
"""

from __future__ import annotations

import argparse
import multiprocessing
import platform
import shutil
import statistics
import tempfile
import time
import zipfile
from pathlib import Path

from benchmarks import startup
from benchmarks.floor import unzip_and_parse
from benchmarks.measured import Spent, alone, seconds_of, slope
from benchmarks.rounds import make_round
from benchmarks.stage import spent
from evidence.folders import KEPT, RECEIVED, RESULTS

SIZES, TURNS, SAMPLE, WORKERS = (25, 200), 3, 200, 2
NAMES = {
    "forms": "`forms` (phát biểu mẫu)",
    "check": "`check` (đọc, kiểm tra)",
    "again": "`check` lần sau, một tệp đã đổi",
    "score": "`score` (đọc, chấm, ghi sổ xếp hạng)",
    "report": "`report --html` (trang kết quả)",
    "obvious": "(a) cách làm hiển nhiên",
    "floor": "(b) mức sàn: mở nén và đọc XML trần",
}


def measure(folder: Path, units: int, turns: int) -> dict[str, Spent]:
    """The median of each stage and baseline for a round, all taken in turn."""
    files = [str(path) for path in sorted((folder / RECEIVED).glob("*.xlsx"))]
    sample = min(units, SAMPLE)
    taken: dict[str, list[Spent]] = {name: [] for name in NAMES}
    with multiprocessing.get_context("spawn").Pool(WORKERS) as pool:
        pool.map(unzip_and_parse, files[:WORKERS], chunksize=1)
        for _ in range(turns):
            taken["score"].append(_anew("score", folder))
            taken["obvious"].append(_obvious(folder, units, sample))
            floor = seconds_of(lambda: pool.map(unzip_and_parse, files, chunksize=16))
            taken["floor"].append(Spent(floor))
            taken["check"].append(_anew("check", folder, "--no-return"))
            taken["again"].append(_changed(folder))
            taken["forms"].append(spent("forms", str(folder)))
            taken["report"].append(_anew("report", folder, "--html", "--kind", "bao-cao"))
            shutil.rmtree(folder / RESULTS)
            (folder / RESULTS).mkdir()
    return {name: _median(found) for name, found in taken.items()}


def _anew(command: str, folder: Path, *arguments: str) -> Spent:
    """A command on a round of which nothing was read before."""
    shutil.rmtree(folder / KEPT, ignore_errors=True)
    return spent(command, str(folder), *arguments)


def _changed(folder: Path) -> Spent:
    """Checking once more after one form has changed: its bytes, not what it says."""
    path = min((folder / RECEIVED).glob("*.xlsx"))
    with zipfile.ZipFile(path, "a") as archive:
        archive.comment = str(time.time_ns()).encode()
    return spent("check", str(folder), "--no-return")


def _obvious(folder: Path, units: int, sample: int) -> Spent:
    """The obvious pipeline as a process of its own; its work, not its start, is scaled to all units."""
    start = time.perf_counter()
    work = float(alone("-m", "benchmarks.obvious", str(folder), str(sample)))
    whole = time.perf_counter() - start
    return Spent(whole + work * (units - sample) / sample)


def _median(found: list[Spent]) -> Spent:
    return Spent(
        statistics.median(item.seconds for item in found),
        max(item.parent for item in found),
        max(item.worker for item in found),
    )


def table(sizes: list[int], found: list[dict[str, Spent]]) -> list[str]:
    """The lines of the table: seconds, ratios, peak memory; the slope where there are two sizes or more."""
    lines = [_row("", *(f"{size:,} đơn vị".replace(",", ".") for size in sizes), "độ dốc")]
    lines.append(_row("---", *("---:" for _ in sizes), "---:"))
    for name, label in NAMES.items():
        times = [stages[name].seconds for stages in found]
        lines.append(_row(label, *(f"{value:.2f} s" for value in times), f"{slope(sizes, times):.2f}"))
    ratios = [stages["obvious"].seconds / stages["score"].seconds for stages in found]
    lines.append(_row("**(a) / `score`**", *(f"{value:.1f}" for value in ratios), ""))
    ratios = [stages["check"].seconds / stages["floor"].seconds for stages in found]
    lines.append(_row("**`check` / (b)**", *(f"{value:.1f}" for value in ratios), ""))
    ratios = [stages["check"].seconds / stages["again"].seconds for stages in found]
    lines.append(_row("**`check` / `check` lần sau**", *(f"{value:.1f}" for value in ratios), ""))
    for name in ("check", "score", "report"):
        peaks = (f"{stages[name].parent:.0f} / {stages[name].worker:.0f} MB" for stages in found)
        lines.append(_row(f"Bộ nhớ cao nhất khi `{name}`: tiến trình chính / con lớn nhất", *peaks, ""))
    return lines


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Makes the rounds, measures them, prints the table and the start-up."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__.splitlines()[0])
    asked.add_argument("units", type=int, nargs="*", default=list(SIZES))
    asked.add_argument("--turns", type=int, default=TURNS)
    asked.add_argument("--keep", type=Path, help="folder in which rounds are made, or found from before")
    given = asked.parse_args()
    sizes, found = sorted(given.units), []
    made = []
    with tempfile.TemporaryDirectory() as passing:
        for units in sizes:
            folder = (given.keep or Path(passing)) / str(units)
            if not folder.is_dir():
                folder.mkdir(parents=True)
                made.append(f"{units}: {seconds_of(lambda f=folder, n=units: make_round(f, n)):.0f} s")
            found.append(measure(folder, units, given.turns))
    print("\n".join(table(sizes, found)))
    over = [units for units in sizes if units > SAMPLE]
    print(
        f"\nPython {platform.python_version()}, {platform.system()}, {multiprocessing.cpu_count()} nhân; ",
        end="",
    )
    print(f"trung vị của {given.turns} lượt đo luân phiên, mỗi lệnh tính cả khởi động và tiến trình con.")
    if made:
        print(f"Tạo đợt: {'; '.join(made)}.")
    if over:
        print(f"(a) ở {', '.join(map(str, over))} đơn vị: đo trên {SAMPLE} biểu mẫu rồi nhân lên.")
    print()
    startup.main()


if __name__ == "__main__":
    main()
