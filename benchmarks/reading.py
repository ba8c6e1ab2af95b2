"""Reading, guard and tidying against the floor: the same workbooks unzipped and parsed bare, in as many processes.

Both keep their processes, which are warm; each run does one after the other, so that a machine that slows
down slows both.

    python -m benchmarks reading [UNITS ...] [--runs N] [--variants N] [--keep FOLDER]
"""

from __future__ import annotations

import argparse
import gc
import multiprocessing
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks import rounds
from benchmarks.floor import most_held, unzip_and_parse
from criteria.model import Unit
from evidence.claims import Claims
from evidence.dossier.digest import Digest
from evidence.file_reading import FileRead
from evidence.folders import RECEIVED
from evidence.intake import add_read
from evidence.reading import workers
from evidence.reading.workbook import opened
from evidence.readings import readings
from evidence.round import Round, load_round

WORKERS = 2
BAR = 2.0


def files_of(round_: Round) -> list[tuple[Unit, Path]]:
    """Each unit with its form."""
    return [(unit, round_.folder / RECEIVED / f"{unit.code}.xlsx") for unit in round_.units]


def seconds_of_floor(files: Sequence[tuple[Unit, Path]], pool: multiprocessing.pool.Pool) -> float:
    """Wall time of the floor over all files."""
    start = time.perf_counter()
    paths = [str(path) for _, path in files]
    assert all(pool.imap_unordered(unzip_and_parse, paths, chunksize=16))
    return time.perf_counter() - start


def seconds_of_ours(round_: Round, files: Sequence[tuple[Unit, Path]]) -> float:
    """Wall time until the claims and digests of all files are gathered."""
    start = time.perf_counter()
    claims, digests = Claims(), list[Digest]()
    sent = ((opened(path), path.name, unit) for unit, path in files)
    for (unit, path), read in zip(files, readings(round_, sent, len(files), WORKERS), strict=True):
        add_read(claims, unit, path, read)
        assert isinstance(read, FileRead) and read.taken, path
        digests.append(read.digest)
    spent = time.perf_counter() - start
    assert len(claims.rows) == len(files) * len(round_.criteria.criteria) and all(digests)
    return spent


def measure(folder: Path, runs: int) -> float:
    """Prints the medians for a round; the ratio."""
    round_ = load_round(folder)
    files = files_of(round_)
    with multiprocessing.get_context("spawn").Pool(WORKERS) as pool:
        few = files[:64]
        seconds_of_floor(few, pool), seconds_of_ours(round_, few)  # all processes are there
        pairs = []
        for _ in range(runs):
            pairs.append((seconds_of_ours(round_, files), seconds_of_floor(files, pool)))
            gc.collect()
    ours, base = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    held = [found for _, found in workers.each(most_held, [(0.3,)] * WORKERS, WORKERS)]  # type: ignore[misc]
    print(
        f"{len(files):6} forms   ours {ours:6.2f} s   floor {base:6.2f} s   ratio {ratio:4.2f} (bar: {BAR:g})"
        f"   parent {most_held()[1] / 2**20:4.0f} MB   worker {max(held) / 2**20:4.0f} MB",
        flush=True,
    )
    return ratio


def main() -> None:
    """Makes the rounds and measures them."""
    asked = argparse.ArgumentParser()
    asked.add_argument("units", type=int, nargs="*", default=[200, 1000])
    asked.add_argument("--runs", type=int, default=5)
    asked.add_argument("--variants", type=int, default=rounds.VARIANTS)
    asked.add_argument("--keep", type=Path, help="folder in which rounds are made, or found from before")
    given = asked.parse_args()
    rounds.VARIANTS = given.variants
    with tempfile.TemporaryDirectory() as passing:
        for units in given.units:
            folder = (given.keep or Path(passing)) / f"{units}-{given.variants}"
            if not folder.is_dir():
                folder.mkdir(parents=True)
                rounds.make_round(folder, units)
            measure(folder, given.runs)


if __name__ == "__main__":
    sys.exit(main())
