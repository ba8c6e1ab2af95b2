"""Work on strangers' files in processes of their own: a crash, a hang or a full memory costs one file.

The processes are started anew (`spawn`) on every system, so that Linux behaves as Windows does, and are
kept for the next call. What is called there must be a function of a module and depend on its arguments
only; its context (a round, say) is unpacked once in each process.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import hashlib
import os
import pickle
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import TimeoutError as TookTooLong
from concurrent.futures import wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from multiprocessing.context import SpawnContext, SpawnProcess
from pathlib import Path
from types import ModuleType
from typing import Any, Generic, Protocol, TypeAlias, TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from criteria.catalogue import Refusal
from evidence.reading import limits

T = TypeVar("T")
Call: TypeAlias = tuple[Any, ...]

FILES_A_WORKER = 40  # so many forms take as long to read as one more process takes to start
_AHEAD = 3  # batches a worker that are handed over before they are due
_TRIES = 2  # of a call whose process ended, which may have been another one's fault, or the system's
_LOOK = 0.5  # seconds between two looks at whether the processes are there
_FIRST_PATIENCE, _PATIENCE = 120.0, 20.0  # seconds for the first process to start, and for others
_MOST_CALLS, _MOST_BYTES, _SECONDS = 16, 4 * 2**20, 1.0  # of a batch; it takes up no call after so long


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
    packed: bytes = field(compare=False, repr=False)

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
    ready: ProcessFuture[Any] | None = None  # done once a process of this pool answers
    answered: bool = False  # a process of this pool or one before has
    sent: list[str] = field(default_factory=list)  # contexts, by digest, once for each time


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


class Executor(Protocol):
    """What carries calls out, here or elsewhere: results in the order of the calls, whoever does them."""

    def __call__(
        self,
        function: Callable[..., T],
        calls: Iterable[Call],
        workers: int | None = None,
        *,
        count: int = 1,
    ) -> Iterator[T | Lost[T]]:
        """The result of each call; one that is lost costs no other."""


@dataclass
class _Batch:
    """Calls that go to a worker together, and what is to come of them; None: they go when they are due."""

    calls: list[Call]
    future: ProcessFuture[Any] | None
    tries: int = 1


def each(
    function: Callable[..., T], calls: Iterable[Call], workers: int | None = None, *, count: int = 1
) -> Iterator[T | Lost[T]]:
    """The results of the calls in their order, whichever is done first.

    `workers`: processes at the most, None for as many as `count` calls are worth. Many calls go in batches;
    where one is in trouble, its batch is left there, and it is called again alone. A `Context` among the
    arguments is sent to each process once. The first are on their way when this returns. The processes
    are ended where the calls are interrupted.
    """
    most = workers or workers_for(count)
    coming = batches(iter(calls), min(_MOST_CALLS, count // (most * _AHEAD) + 1))
    first = (_Batch(batch, _schedule(function, batch, most)) for batch in islice(coming, most * _AHEAD))
    return _carried_out(function, coming, deque(first), most)


def _carried_out(
    function: Callable[..., T], coming: Iterator[list[Call]], waiting: deque[_Batch], most: int
) -> Iterator[T | Lost[T]]:
    """The results of the calls that wait and of those that come."""
    done = False
    try:
        while True:
            room = most * _AHEAD - len(waiting)
            if room > 0 and all(batch.future for batch in waiting):
                for batch in islice(coming, room):
                    waiting.append(_Batch(batch, _schedule(function, batch, most)))
            if not waiting:
                break
            yield from _results(function, waiting, most)
        done = True
    finally:
        if not done:
            stop()


def batches(calls: Iterator[Call], most: int) -> Iterator[list[Call]]:
    """The calls, so many together, unless they are large."""
    batch: list[Call] = []
    size = 0
    for call in calls:
        batch.append(call)
        size += sum(len(value) for value in call if isinstance(value, bytes))
        if len(batch) >= most or size > _MOST_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


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
    pool, _kept.pool, _kept.sent = _kept.pool, None, []
    if pool is not None:
        pool.stop()
        pool.join()


atexit.register(stop)


def _schedule(
    function: Callable[..., T], calls: Sequence[Call], workers: int, *, whole: bool = False
) -> ProcessFuture[Any]:
    """Hands a batch over; `whole`: with its contexts, which the process that got it did not know."""
    start(workers)
    assert _kept.pool is not None
    contexts = {value.digest: value for call in calls for value in call if isinstance(value, Context)}
    if not whole:
        told = {digest: _kept.sent.count(digest) for digest in contexts}
        contexts = {digest: value for digest, value in contexts.items() if told[digest] < _kept.workers}
        _kept.sent.extend(contexts)
    light = [tuple(_Known(v.digest) if isinstance(v, Context) else v for v in call) for call in calls]
    seconds = limits.SECONDS + (_SECONDS if len(calls) > 1 else 0)
    try:
        return _kept.pool.schedule(_in_turn, args=(function, light, contexts), timeout=seconds)
    except RuntimeError:  # it broke since
        stop()
        return _schedule(function, calls, workers, whole=whole)


def _results(function: Callable[..., T], waiting: deque[_Batch], workers: int) -> Iterator[T | Lost[T]]:
    """The results of the batch that waits longest, as far as there are any; what is left waits again."""
    batch = waiting.popleft()
    calls, alone = batch.calls, len(batch.calls) == 1
    try:
        results = _result(batch.future or _schedule(function, calls, workers))
    except BrokenProcessPool as error:
        answered = _answered()
        stop()
        if not answered:
            raise NotStarted(
                "Không khởi động được tiến trình đọc tệp nên chưa đọc được hồ sơ nào. Đóng bớt chương "
                "trình đang mở, kiểm tra phần mềm diệt virus, rồi chạy lại lệnh."
            ) from error
        for other in waiting:  # one after the other from now on: the pool breaks by the one that is due
            other.future = None
        if alone and batch.tries >= _TRIES:
            yield Lost("file-kills-reader")
        else:
            waiting.extendleft(_Batch([call], None, batch.tries + 1) for call in reversed(calls))
        return
    except Exception as mistake:  # one file that nobody foresaw stops no other
        ended = isinstance(mistake, ProcessExpired)  # by the file, or by somebody outside
        if alone and not (ended and batch.tries < _TRIES):
            yield _lost(mistake)
        else:
            _again(function, waiting, [[call] for call in calls], workers, batch.tries + ended)
        return
    if results is None:
        waiting.appendleft(_Batch(calls, _schedule(function, calls, workers, whole=True), batch.tries))
        return
    yield from results
    left = calls[len(results) :]
    if left:
        _again(function, waiting, [left[:1], left[1:]], workers)


def _result(future: ProcessFuture[Any]) -> Any:
    """The result of the batch that is due; raises BrokenProcessPool also where the pool does not say so.

    One that ends tells only the batches that it had taken up already. And a process that ends while a batch
    is on its way to it leaves the way barred to all others, and to what they have to say.
    """
    due = time.monotonic()
    while not wait([future], _LOOK).done:
        most = _PATIENCE if _answered() else _FIRST_PATIENCE
        most += limits.SECONDS + _SECONDS if future.running() else 0
        barred = time.monotonic() - due > most
        ended = _kept.pool is None or not _kept.pool.active
        if barred or (ended and not wait([future], _LOOK).done):
            raise BrokenProcessPool
    return future.result()


def _answered() -> bool:
    """Whether any process has ever answered."""
    ready = _kept.ready
    _kept.answered |= ready is not None and ready.done() and not ready.exception()
    return _kept.answered


def _lost(mistake: Exception) -> Lost[Any]:
    """What became of a call that was alone."""
    if isinstance(mistake, TookTooLong):
        return Lost("file-too-slow")
    if isinstance(mistake, (ProcessExpired, MemoryError)):
        return Lost("file-kills-reader")
    return Lost("file-kills-reader", mistake)


def _again(
    function: Callable[..., T],
    waiting: deque[_Batch],
    batches: Sequence[list[Call]],
    workers: int,
    tries: int = 1,
) -> None:
    """Calls these batches once more, before all others."""
    made = [_Batch(calls, _schedule(function, calls, workers), tries) for calls in batches if calls]
    waiting.extendleft(reversed(made))


# in a reading process ----------------------------------------------------------------------------


@dataclass(frozen=True)
class _Known:
    """Stands for a context on the way to a process that should have it."""

    digest: str


_contexts: dict[str, Context] = {}


def _in_turn(
    function: Callable[..., T], calls: Sequence[Call], contexts: Mapping[str, Context]
) -> list[T] | None:
    """The results of the first calls, up to one that fails or as far as time goes.

    None where a context is not known here. A lone call that fails raises.
    """
    _contexts.update(contexts)
    if len(_contexts) > _MOST_CONTEXTS:
        for digest in [digest for digest in _contexts if digest not in contexts][: -_MOST_CONTEXTS + 1]:
            del _contexts[digest]
    wanted = {value.digest for call in calls for value in call if isinstance(value, _Known)}
    if not wanted <= _contexts.keys():
        return None
    results: list[T] = []
    begun = time.monotonic()
    for call in calls:
        whole = (_contexts[value.digest] if isinstance(value, _Known) else value for value in call)
        try:
            results.append(function(*whole))
        except Exception:
            if len(calls) == 1:
                raise
            break  # it is called again alone, which tells what ails it
        if time.monotonic() - begun > _SECONDS:
            break
    return results


_MOST_CONTEXTS = 4
_MADE_BEFORE_GC = 50_000  # objects: a form makes some thousands, and leaves no cycles


def begin() -> None:
    """Makes a process ready: loads what reading takes, silences it, then sets its limit of memory."""
    import evidence.file_reading  # noqa: F401

    _silence()
    gc.freeze()  # what is loaded stays: there is nothing to be looked for in it
    gc.set_threshold(_MADE_BEFORE_GC)
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
