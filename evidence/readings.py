"""Files of units to what came of them: the one call for it, wherever the work is done.

What a reading is depends on the bytes, the name, the unit and the round's rules only. So it may be done by
the processes of this machine (`workers.each`), by others, or be kept from before (`kept_reads`).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from evidence.folders import KEPT, RECEIVED
from evidence.reading.process import Call, Context
from evidence.reading.workers import Executor, each, start, workers_for

if TYPE_CHECKING:
    from criteria.model import Unit
    from evidence.file_reading import FileRead
    from evidence.kept_reads import KeptReads
    from evidence.reading.note import Unreadable
    from evidence.reading.workers import Lost
    from evidence.round import Round

    Sent: TypeAlias = tuple[
        bytes | Unreadable, str, Unit
    ]  # content, or why there is none; name; whose it is
    Read: TypeAlias = FileRead | Lost[FileRead]


def _not_shown(items: Iterable[Any], label: str, count: int) -> Iterable[Any]:
    return items


@dataclass(frozen=True)
class Way:
    """How a run reads forms.

    `workers`: processes at the most, None for as many as the files are worth; `keep`: whether what came
    of files is kept in the round's folder and looked up there; `shown` gives items one by one, with the
    progress under a label; `executor`: who reads them, here or on other machines.
    """

    workers: int | None = None
    keep: bool = False
    shown: Callable[[Iterable[Any], str, int], Iterable[Any]] = _not_shown
    executor: Executor = each


_READS = "evidence.file_reading"  # by name: reading processes load it while this one loads all else
_USUAL = Way()
_WAY: ContextVar[Way] = ContextVar("way", default=_USUAL)


@contextmanager
def reading_by(way: Way) -> Iterator[None]:
    """Has all forms within the block read this way."""
    token = _WAY.set(way)
    try:
        yield
    finally:
        _WAY.reset(token)


def expect(path: Path) -> None:
    """Has the processes on their way that will read a round's forms, or one file, while all else is loaded.

    Not where forms were read before: what they came to is kept, and a few that changed are soon read.
    """
    received = path / RECEIVED
    if path.is_file():
        count = 1
    elif received.is_dir() and not (path / KEPT).exists():
        count = sum(1 for item in received.iterdir() if item.is_file())
    else:
        return
    if count:
        start(_WAY.get().workers or workers_for(count), _READS)


def readings(
    round_: Round,
    files: Iterable[Sent],
    count: int,
    workers: int | None = None,
) -> Iterator[Read]:
    """What came of each file, in their order; a file is taken from `files` only when its turn comes near.

    `count`: how many there are; `workers`: processes at the most, None for what the run's `Way` says. They
    are on their way when this returns. Close what it gives where the files are not read to the end.
    """
    way = _WAY.get()
    most = workers or way.workers or workers_for(count)
    if count and way.executor is each and not (way.keep and (round_.folder / KEPT).exists()):
        start(most, _READS)
    from evidence import file_reading, kept_reads

    kept = kept_reads.kept_in(round_) if way.keep and count >= kept_reads.FEWEST else None
    unknown = max(1, count - len(kept.known)) if kept else count
    if kept and kept.known:
        most = workers or way.workers or workers_for(unknown)

    def executed(calls: Iterable[Call]) -> Iterator[Read]:
        return way.executor(file_reading.read_in_context, calls, most, count=unknown)

    context = Context.of(kept_reads.reading_only(round_))
    if kept is None:
        read = executed((data, name, unit, context) for data, name, unit in files)
    else:
        read = _kept_or_read(kept, files, context, executed)
    return _shown(way, read, count)


def _shown(way: Way, read: Iterator[Read], count: int) -> Iterator[Read]:
    with closing(read):  # type: ignore[type-var]
        yield from way.shown(read, "Đọc biểu mẫu", count)


def _kept_or_read(
    kept: KeptReads,
    files: Iterable[Sent],
    context: Context,
    executed: Callable[[Iterable[Call]], Iterator[Read]],
) -> Iterator[Read]:
    """What came of each file, from before where its bytes are the same; what is read is kept.

    However this ends, what was read until then is on the disk.
    """
    from evidence.file_reading import FileRead
    from evidence.reading.note import Unreadable

    order: deque[tuple[bytes, FileRead | None]] = deque()  # of each file: its key, and what is known of it

    def unknown() -> Iterator[Call]:
        for data, name, unit in files:
            key = b"" if isinstance(data, Unreadable) else kept.key(data, name, unit)
            known = kept.get(key, unit, name)
            order.append((key, known))
            if known is None:
                yield data, name, unit, context

    def known_first() -> Iterator[FileRead]:
        while order and order[0][1] is not None:
            yield order.popleft()[1]  # type: ignore[misc]

    def in_order(read_now: Iterator[Read]) -> Iterator[Read]:
        try:
            with closing(read_now):  # type: ignore[type-var]
                for read in read_now:
                    yield from known_first()
                    key, _ = order.popleft()
                    if key and isinstance(read, FileRead):  # what was lost may be the machine's fault
                        kept.add(key, read)
                    yield read
            yield from known_first()
            kept.settle()
        finally:
            kept.flush()

    return in_order(executed(unknown()))
