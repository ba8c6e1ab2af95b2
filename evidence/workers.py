"""Work on strangers' files in processes of their own: a crash, a hang or a full memory costs one file.

The processes are started anew (`spawn`) on every system, so that Linux behaves as Windows does, and are
kept for the next call. What is called there must be a function of a module and depend on its arguments
only; its context (a round, say) is unpacked once in each process.
"""

from __future__ import annotations

import atexit
import contextlib
import hashlib
import os
import pickle
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import TimeoutError as TookTooLong
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from multiprocessing.context import SpawnContext, SpawnProcess
from pathlib import Path
from types import ModuleType
from typing import Any, Generic, TypeAlias, TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from criteria.catalogue import Refusal
from evidence import limits

T = TypeVar("T")
Call: TypeAlias = tuple[Any, ...]

FILES_A_WORKER = 40  # so many forms take as long to read as one more process takes to start
_AHEAD = 4  # calls a worker that are handed over before they are due
_TRIES = 2  # of a call during which the pool broke, which may have been another one's fault


@dataclass(frozen=True)
class Lost(Generic[T]):
    """A call without result; `code` of the catalogue: it took too long, or it ended its process.

    `cause`: the mistake of our own that it met, if it was that.
    """

    code: str
    cause: BaseException | None = field(default=None, compare=False)

    @property
    def found(self) -> str:
        """What is to be told with the code: the seconds that a file may take."""
        return f"{limits.SECONDS:g}" if self.code == "file-too-slow" else ""


@dataclass(frozen=True)
class Context:
    """What all calls of a kind share, packed for the journey to another process."""

    digest: str
    packed: bytes

    @classmethod
    def of(cls, value: object) -> Context:
        """The context of a value that can be pickled."""
        packed = pickle.dumps(value)
        return cls(hashlib.blake2b(packed, digest_size=16).hexdigest(), packed)

    def open(self) -> Any:
        """The value, unpacked once in each process."""
        return _opened(self)


@lru_cache(maxsize=4)
def _opened(context: Context) -> Any:
    return pickle.loads(context.packed)


@dataclass
class _Kept:
    """The pool that is kept between calls, and how many workers it has."""

    pool: ProcessPool | None = None
    workers: int = 0
    ready: ProcessFuture[Any] | None = None  # done once a process answers


_kept = _Kept()


class NotStarted(Refusal):
    """The system lets no reading process start: nothing can be said about the files."""

    exit_code = 3


class _Process(SpawnProcess):
    """A process that does not run its parent's main program once more, as spawned ones otherwise do.

    It has no use for it; and a program without the usual guard, or typed at a prompt, would not survive it.
    """

    @staticmethod
    def _Popen(process_obj: Any) -> Any:  # noqa: N802
        main = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            return SpawnProcess._Popen(process_obj)  # type: ignore[attr-defined]
        finally:
            sys.modules["__main__"] = main


class _Spawning(SpawnContext):
    """Starts such processes."""

    Process = _Process


def each(
    function: Callable[..., T], calls: Iterable[Call], workers: int | None = None, *, count: int = 1
) -> Iterator[T | Lost[T]]:
    """The results of the calls in their order, whichever is done first.

    `workers`: processes at the most, None for as many as `count` calls are worth. They are ended where
    the calls are interrupted.
    """
    most = workers or workers_for(count)
    waiting: deque[tuple[Call, ProcessFuture[T]]] = deque()
    coming = iter(calls)
    done = False
    try:
        while True:
            for call in islice(coming, most * _AHEAD - len(waiting)):
                waiting.append((call, _schedule(function, call, most)))
            if not waiting:
                break
            yield _result(function, waiting, most)
        done = True
    finally:
        if not done:
            stop()


def workers_for(count: int) -> int:
    """How many processes so many files are worth on this machine."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, 16, count // FILES_A_WORKER))


def start(workers: int = 1) -> None:
    """Has so many workers on their way, so that they are there when the first call comes."""
    if _kept.pool is not None and not (_kept.pool.active and _kept.workers >= workers):
        stop()
    if _kept.pool is None:
        _kept.pool = ProcessPool(max_workers=workers, initializer=begin, context=_Spawning())
        _kept.workers = workers
        _kept.ready = _kept.pool.schedule(int)  # a pool starts its processes with its first task


def stop() -> None:
    """Ends the workers and whatever they are at."""
    pool, _kept.pool = _kept.pool, None
    if pool is not None:
        pool.stop()
        pool.join()


atexit.register(stop)


def _schedule(function: Callable[..., T], call: Call, workers: int) -> ProcessFuture[T]:
    start(workers)
    assert _kept.pool is not None
    try:
        return _kept.pool.schedule(function, args=call, timeout=limits.SECONDS)
    except RuntimeError:  # it broke since
        stop()
        return _schedule(function, call, workers)


def _result(
    function: Callable[..., T], waiting: deque[tuple[Call, ProcessFuture[T]]], workers: int
) -> T | Lost[T]:
    """The result of the call that waits longest; where the pool broke, all that wait are called again."""
    for _ in range(_TRIES):
        call, future = waiting.popleft()
        try:
            return future.result()
        except BrokenProcessPool as error:
            answered = _kept.ready is not None and _kept.ready.done() and not _kept.ready.exception()
            stop()
            if not answered:
                raise NotStarted(
                    "Không khởi động được tiến trình đọc tệp nên chưa đọc được hồ sơ nào. Đóng bớt chương "
                    "trình đang mở, kiểm tra phần mềm diệt virus, rồi chạy lại lệnh."
                ) from error
            again = [call, *(other for other, _ in waiting)]
            waiting.clear()
            waiting.extend((other, _schedule(function, other, workers)) for other in again)
        except TookTooLong:
            return Lost("file-too-slow")
        except (ProcessExpired, MemoryError):
            return Lost("file-kills-reader")
        except Exception as mistake:  # one file that nobody foresaw stops no other
            return Lost("file-kills-reader", mistake)
    waiting.popleft()
    return Lost("file-kills-reader")


def begin() -> None:
    """Makes a process ready: loads what reading takes, silences it, then sets its limit of memory."""
    import evidence.file_reading  # noqa: F401

    _silence()
    _limit_memory()


def _silence() -> None:
    """Lets nothing reach the terminal: a parser that ends itself prints where, which helps nobody there."""
    with contextlib.suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
        os.close(nowhere)


def _limit_memory() -> None:
    """Lets the process take no more memory than `limits.MEMORY` beyond what it has.

    Linux counts the address space, so the limit is set from what is taken already. Windows and macOS
    have no such limit for a process of one's own: there the guard and the time limit must do.
    """
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + limits.MEMORY
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
