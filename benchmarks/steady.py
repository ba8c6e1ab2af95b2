"""A round of which one form in a hundred is damaged, in ten ways, while readers are killed: nothing else is lost.

Scores the round as it is, then the same with damaged forms and a reader killed KILLED times on the way, and
holds the units whose forms are whole against the first run. Stops with an error where one of them differs.

    python -m benchmarks steady [UNITS]
"""

from __future__ import annotations

import multiprocessing
import random
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.measured import peak_megabytes, seconds_of
from benchmarks.rounds import SEED, make_round
from evidence.folders import RECEIVED
from evidence.intake import take_in
from evidence.readings import Way, reading_by
from evidence.round import Round
from reports.known import results_of
from scoring.results import Results

UNITS, ONE_IN, KILLED = 15_000, 100, 5
NOISE = random.Random(SEED).randbytes(40_000)
DAMAGES: tuple[Callable[[bytes, bytes], bytes], ...] = (  # of a form, with another unit's at hand
    lambda form, other: form[: len(form) // 2],
    lambda form, other: form[:-300],
    lambda form, other: b"",
    lambda form, other: b"<html><body>a page saved as a workbook</body></html>",
    lambda form, other: b"%PDF-1.4 a scan",
    lambda form, other: form[:200] + NOISE[:2000] + form[2200:],
    lambda form, other: form.replace(b"workbook.xml", b"werkbook.xml"),
    lambda form, other: NOISE,
    lambda form, other: b"PK\x03\x04" + bytes(5000),
    lambda form, other: other,
)


def damage(round_: Round) -> set[str]:
    """Damages one form in a hundred; gives the codes of their units."""
    rng = random.Random(SEED)
    codes = [unit.code for unit in round_.units]
    damaged = rng.sample(codes, max(1, len(codes) // ONE_IN))
    for number, code in enumerate(damaged):
        path, other = (round_.folder / RECEIVED / f"{each}.xlsx" for each in (code, rng.choice(codes)))
        if other != path:
            path.write_bytes(DAMAGES[number % len(DAMAGES)](path.read_bytes(), other.read_bytes()))
    return set(damaged)


def _killing(items: Iterable[Any], label: str, count: int) -> Iterator[Any]:
    """The items; now and then one of the processes that read them is killed."""
    for number, item in enumerate(items):
        if number % max(1, count // KILLED) == count // (2 * KILLED):
            for process in multiprocessing.active_children()[:1]:
                process.kill()
        yield item


def _scored(round_: Round, way: Way) -> Results:
    with reading_by(way):
        return results_of(round_, take_in(round_))


def main() -> None:
    """Prints seconds of both runs, what became of the damaged forms, and the memory."""
    units = int(sys.argv[1]) if sys.argv[1:] else UNITS
    found: list[Results] = []
    with tempfile.TemporaryDirectory() as root:
        round_ = make_round(Path(root), units)
        whole = seconds_of(lambda: found.append(_scored(round_, Way())))
        damaged = damage(round_)
        harmed = seconds_of(lambda: found.append(_scored(round_, Way(shown=_killing))))
    first, then = (results.units.set_index("code") for results in found)
    kept = [code for code in first.index if code not in damaged]
    columns = ["max", "self", "final", "percent", "grade_by_points", "grade", "state"]
    if not first.loc[kept, columns].equals(then.loc[kept, columns]):
        raise SystemExit("a unit whose form is whole came out otherwise")
    if then.loc[sorted(damaged), "final"].notna().any():
        raise SystemExit("a damaged form was scored")
    print(
        f"{units} units: {whole:.1f} s; {len(damaged)} forms damaged, {KILLED} readers killed: {harmed:.1f} s"
    )
    print(f"{len(kept)} units came out the same, {len(damaged)} damaged forms were not scored")
    print(f"peak memory {peak_megabytes():.0f} MB")


if __name__ == "__main__":
    main()
