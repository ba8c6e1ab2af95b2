"""Files of units to what came of them: the one call for it, wherever the work is done.

What a reading is depends on the bytes, the name, the unit and the round only. So it may be done by the
processes of this machine (`workers.each`), by others, or be kept from before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from criteria.model import Unit
from evidence import file_reading
from evidence.file_reading import FileRead
from evidence.reading.note import Unreadable
from evidence.reading.workers import Context, Executor, Lost, each
from evidence.round import Round

Sent: TypeAlias = tuple[bytes | Unreadable, str, Unit]  # content, or why there is none; name; whose it is


def readings(
    round_: Round,
    files: Iterable[Sent],
    count: int,
    workers: int | None = None,
    executor: Executor = each,
) -> Iterator[FileRead | Lost[FileRead]]:
    """What came of each file, in their order; a file is taken from `files` only when its turn comes near.

    `count`: how many there are; `workers`: processes at the most, None for as many as the files are worth.
    """
    context = Context.of(round_)
    calls = ((data, name, unit, context) for data, name, unit in files)
    return executor(file_reading.read_in_context, calls, workers, count=count)
