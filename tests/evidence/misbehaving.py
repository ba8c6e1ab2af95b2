"""What a reading process might do that it should not; its own module, so that such a process can load it."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeAlias

from criteria.model import Unit
from evidence.file_reading import FileRead, read_file, read_in_context
from evidence.reading.cluster import Make, own_make
from evidence.reading.note import Unreadable
from evidence.reading.process import Context


def what_is_loaded() -> set[str]:
    """Names of all modules loaded there."""
    return set(sys.modules)


def late(index: int, seconds: float) -> int:
    """The index, some time later."""
    time.sleep(seconds)
    return index


def end(index: int, which: int) -> int:
    """The index, unless it is the one at which the process ends as if killed."""
    if index == which:
        os._exit(11)
    return index


def hoard(index: int, megabytes: int) -> int:
    """The index, after having filled so much memory."""
    return index if bytearray(megabytes * 2**20) else -1


def never_begin(_: str) -> None:
    """Ends a process before it has read anything."""
    os._exit(3)


def begin_second_time(begun: Path, _: str) -> None:
    """Ends the first process that calls it, as somebody does who runs short of memory."""
    try:
        begun.touch(exist_ok=False)
    except FileExistsError:
        return
    os._exit(3)


def stumble(index: int) -> int:
    """Fails as code with a mistake in it would."""
    raise ZeroDivisionError(index)


def stumble_at(index: int, which: int) -> int:
    """The index, unless it is the one at which a mistake in the code shows."""
    return index if index != which else stumble(index)


def known_there(index: int, context: Context) -> tuple[int, object]:
    """The index and what the context holds."""
    return index, context.open()


def end_with_context(index: int, context: Context, which: int) -> tuple[int, object]:
    """The same, unless it is the one at which the process ends as if killed."""
    return end(index, which), context.open()


def hang_on_b(data: bytes | Unreadable, file: str, unit: Unit, context: Context) -> FileRead:
    """Reads a file, but that of unit b, of which it never tires."""
    if unit.code == "b":
        time.sleep(60)
    return read_in_context(data, file, unit, context)


Measured: TypeAlias = tuple[FileRead, float, int]


def read_and_measure(data: bytes, context: Context) -> Measured:
    """What comes of a file of unit a; the seconds it took; the most bytes the process ever held."""
    round_ = context.open()
    start = time.perf_counter()
    read = read_file(data, "a.xlsx", round_.by_code["a"], round_)
    return read, time.perf_counter() - start, most_held()


def most_held() -> int:
    """The most bytes that this process ever held; 0 where the system does not say."""
    status = Path("/proc/self/status")  # getrusage would count what the parent held before
    if not status.is_file():
        return 0
    lines = status.read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))


def own_of_each_process() -> Make:
    """A make that no two processes have in common, as if each had another danvan."""
    return replace(own_make(), danvan=f"0.{os.getpid()}")


def yes() -> bool:
    """True, whatever is asked."""
    return True


def call_none_again(dask_scheduler: Any) -> None:
    """Has a scheduler give up a task with the first worker that it loses."""
    dask_scheduler.allowed_failures = 0


class Poison:
    """Ends the process that it is unpacked in, before its call has begun there."""

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return os._exit, (9,)


def sizes(index: int, *values: object) -> int:
    """The number of a call, whatever comes with it."""
    return index
