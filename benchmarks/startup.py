"""Start-up of `danvan --help` against `python -c pass`: medians of paired runs.

Each pair runs one after the other, so that a machine that slows down slows both.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

PAIRS = 15


def seconds(*arguments: str) -> float:
    """Wall time of one run of this Python with these arguments."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    """Prints the median time of both and the median of their ratios."""
    nothing, help_ = ("-c", "pass"), ("-m", "cli", "--help")
    seconds(*nothing), seconds(*help_)
    pairs = [(seconds(*help_), seconds(*nothing)) for _ in range(PAIRS)]
    ours, base = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    print(f"danvan --help   {ours * 1000:7.1f} ms")
    print(f"python -c pass  {base * 1000:7.1f} ms")
    print(f"ratio           {ratio:7.1f} (bar: at most 10)")


if __name__ == "__main__":
    main()
