"""One command of danvan in a process of its own, which tells at its end how much memory it came to.

python -m benchmarks.stage COMMAND ARGUMENT ...
"""

from __future__ import annotations

import atexit
import subprocess
import sys
import time

from benchmarks.measured import Spent, peak_megabytes

TOLD = "peak MB:"


def spent(*arguments: str) -> Spent:
    """What a command takes as a whole, start-up and workers included; raises where it could not be done."""
    start = time.perf_counter()
    ran = subprocess.run(
        [sys.executable, "-m", "benchmarks.stage", *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    seconds = time.perf_counter() - start
    if ran.returncode not in (0, 1):  # 1: done, with mistakes in what was sent
        raise RuntimeError(f"{' '.join(arguments)}: {ran.stderr}")
    told = next(line for line in reversed(ran.stderr.splitlines()) if line.startswith(TOLD))
    parent, worker = map(float, told.removeprefix(TOLD).split())
    return Spent(seconds, parent, worker)


def _tell() -> None:
    print(TOLD, peak_megabytes(), peak_megabytes(children=True), file=sys.stderr)


def main() -> None:
    """Runs the command line with the arguments given."""
    atexit.register(_tell)  # the first to be registered is the last to run: the workers have ended
    from cli import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
