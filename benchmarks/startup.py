"""Start-up against `python -c pass`: `danvan --help`, and `danvan score` of a whole city, workers included.

Each run stands beside an empty one of its own, so that a machine that slows down slows both.
"""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from benchmarks.measured import alone, seconds_of
from benchmarks.rounds import make_round

CITY, HELPS, SCORES = 25, 15, 5


def ratio(pairs: int, *arguments: str) -> tuple[float, float, float]:
    """Median seconds of this Python with these arguments, of an empty one, and the median ratio."""
    seconds_of(lambda: alone(*arguments))
    times = [
        (seconds_of(lambda: alone(*arguments)), seconds_of(lambda: alone("-c", "pass")))
        for _ in range(pairs)
    ]
    ours, base = (statistics.median(column) for column in zip(*times, strict=True))
    return ours, base, statistics.median(a / b for a, b in times)


def main() -> None:
    """Prints the table of both commands with their bars."""
    print("| | thời gian | `python -c pass` | tỷ lệ | ngưỡng |\n| --- | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as name:
        make_round(Path(name), CITY)
        for told, pairs, bar, arguments in (
            ("`danvan --help`", HELPS, 10, ("-m", "cli", "--help")),
            (f"`danvan score`, {CITY} đơn vị", SCORES, 100, ("-m", "benchmarks.stage", "score", name)),
        ):
            ours, base, times = ratio(pairs, *arguments)
            print(f"| {told} | {ours * 1000:.0f} ms | {base * 1000:.0f} ms | {times:.1f} | {bar} |")


if __name__ == "__main__":
    main()
