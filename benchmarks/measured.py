"""Measuring in one run: medians of times taken in turn, and the peak memory of a process of its own."""

from __future__ import annotations

import gc
import math
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Spent:
    """Seconds, and the most memory (MB) of the process itself and of its largest child; 0 where not measured."""

    seconds: float
    parent: float = 0.0
    worker: float = 0.0


def seconds_of(job: Callable[[], Any]) -> float:
    """Wall time of a job."""
    gc.collect()
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def medians(jobs: Mapping[str, Callable[[], Any]], rounds: int) -> dict[str, float]:
    """Median seconds of each job; the jobs take turns, so that a machine that slows down slows all."""
    taken: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(rounds):
        for name, job in jobs.items():
            taken[name].append(seconds_of(job))
    return {name: statistics.median(times) for name, times in taken.items()}


def peak_megabytes(children: bool = False) -> float:
    """The most memory that this process, or its largest ended child, has had; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if not children and status.exists():  # what `resource` tells begins with the parent's
        return int(status.read_text(encoding="ascii").split("VmHWM:")[1].split()[0]) / 2**10
    try:
        import resource
    except ImportError:  # Windows
        return 0.0
    peak = resource.getrusage(resource.RUSAGE_CHILDREN if children else resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)


def alone(*arguments: str) -> str:
    """What this Python prints when run with these arguments in a process of its own."""
    ran = subprocess.run([sys.executable, *arguments], check=True, capture_output=True, text=True)
    return ran.stdout.strip()


def slope(sizes: list[int], seconds: list[float]) -> float:
    """How cost grows between the least and the greatest size: 1 is linearly, 2 with the square."""
    if sizes[0] == sizes[-1]:
        return math.nan
    return math.log(seconds[-1] / seconds[0]) / math.log(sizes[-1] / sizes[0])
