"""Work on strangers' files in processes of their own: a crash, a hang or a full memory costs one file.

The processes are started anew (`spawn`) on every system, so that Linux behaves as Windows does, and are
kept for the next call. What is called there must be a function of a module and depend on its arguments
only; its context (a round, say) is unpacked once in each process.
"""

from __future__ import annotations

import atexit
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import TimeoutError as TookTooLong
from concurrent.futures import wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import active_children
from multiprocessing.context import SpawnContext, SpawnProcess
from threading import Thread
from types import ModuleType
from typing import Any, Generic, Protocol, TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from criteria.catalogue import Refusal
from evidence.reading import limits
from evidence.reading.process import SECONDS, Call, Context, Known, begin, in_turn

T = TypeVar("T")

FILES_A_WORKER = 40  # so many forms take as long to read as one more process takes to start
_AHEAD = 3  # batches a worker that are handed over before they are due
_TRIES = 2  # of a call whose process ended, which may have been another one's fault, or the system's
_STARTS = 3  # of a pool whose processes end before one answers: somebody may have ended them
_ENDING = 20.0  # seconds for the processes to end
_LOOK = 0.5  # seconds between two looks at whether the processes are there
_FIRST_PATIENCE, _PATIENCE = 120.0, 20.0  # seconds for the first process to start, and for others
_MOST_CALLS, _MOST_BYTES = 16, 4 * 2**20  # of a batch


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


@dataclass
class _Kept:
    """The pool that is kept between calls, and how many workers it has."""

    pool: ProcessPool | None = None
    workers: int = 0
    ready: ProcessFuture[Any] | None = None  # done once a process of this pool answers
    answered: bool = False  # a process of this pool or one before has
    unanswered: int = 0  # pools that ended before any had
    sent: list[str] = field(default_factory=list)  # contexts, by digest, once for each time


_kept = _Kept()


class NotStarted(Refusal):
    """The system lets no reading process start: nothing can be said about the files."""

    exit_code = 3


class _Process(SpawnProcess):
    """A process that does not run its parent's main program once more, as spawned ones otherwise do.

    It has no use for it; and a program without the usual guard, or typed at a prompt, would not survive it.
    Nor does it hear what a terminal sends to all (Ctrl-C, its end): a process that is not ready yet would
    tell at length where it was. Its parent ends it.
    """

    @staticmethod
    def _Popen(process_obj: Any) -> Any:  # noqa: N802
        main = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            with _deaf_to_terminal():
                return SpawnProcess._Popen(process_obj)  # type: ignore[attr-defined]
        finally:
            sys.modules["__main__"] = main


@contextmanager
def _deaf_to_terminal() -> Iterator[None]:
    """The processes that this thread starts within hear nothing of it; Windows has no such means."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


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
    """Calls that go to a worker together, and what is to come of them; None: they go when they are due.

    `since`: when they were handed over, by the clock that never jumps; what keeps their time limit goes by
    the clock on the wall, which somebody sets, and which runs on while a laptop sleeps.
    """

    calls: list[Call]
    future: ProcessFuture[Any] | None
    tries: int = 1
    since: float = field(default_factory=time.monotonic)

    def timed_out_early(self, mistake: Exception) -> bool:
        """Whether their time was up before so much of it had gone by."""
        return isinstance(mistake, TookTooLong) and time.monotonic() - self.since < limits.SECONDS


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


def start(workers: int, module: str) -> None:
    """Has so many workers on their way, so that they are there when the first call comes.

    `module`: the one whose functions they will be called for, which they load beforehand.
    """
    if _kept.pool is not None and not (_kept.pool.active and _kept.workers >= workers):
        stop()
    if _kept.pool is None:
        with _deaf_to_terminal():  # so is the process by which Python keeps count of locks
            _kept.pool = ProcessPool(
                max_workers=workers, initializer=begin, initargs=(module,), context=_Spawning()
            )
            _kept.workers = workers
            _kept.ready = _kept.pool.schedule(int)  # a pool starts its processes with its first task


def stop() -> None:
    """Ends the workers and whatever they are at; nobody who waits for it waits for ever."""
    pool, _kept.pool, _kept.sent = _kept.pool, None, []
    if pool is None:
        return
    pool.stop()
    ending = Thread(target=pool.join, daemon=True)  # goes on to its end where Ctrl-C comes a second time
    try:
        ending.start()
    except RuntimeError:  # Python is ending, and starts none any more
        pool.join()
        return
    ending.join(_ENDING)
    if ending.is_alive():
        for process in active_children():
            process.kill()


atexit.register(stop)


def _schedule(
    function: Callable[..., T], calls: Sequence[Call], workers: int, *, whole: bool = False
) -> ProcessFuture[Any]:
    """Hands a batch over; `whole`: with its contexts, which the process that got it did not know."""
    start(workers, function.__module__)
    assert _kept.pool is not None
    contexts = {value.digest: value for call in calls for value in call if isinstance(value, Context)}
    if not whole:
        told = {digest: _kept.sent.count(digest) for digest in contexts}
        contexts = {digest: value for digest, value in contexts.items() if told[digest] < _kept.workers}
        _kept.sent.extend(contexts)
    light = [tuple(Known(v.digest) if isinstance(v, Context) else v for v in call) for call in calls]
    seconds = limits.SECONDS + (SECONDS if len(calls) > 1 else 0)
    try:
        return _kept.pool.schedule(in_turn, args=(function, light, contexts), timeout=seconds)
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
        for other in waiting:  # one after the other from now on: the pool breaks by the one that is due
            other.future = None
        if not answered:
            _kept.unanswered += 1
            if _kept.unanswered < _STARTS and time.monotonic() - batch.since < _FIRST_PATIENCE:
                waiting.appendleft(_Batch(calls, None, batch.tries))
                return
            raise NotStarted(
                "Không khởi động được tiến trình đọc tệp nên chưa đọc được hồ sơ nào. Đóng bớt chương "
                "trình đang mở, kiểm tra phần mềm diệt virus, rồi chạy lại lệnh."
            ) from error
        if alone and batch.tries >= _TRIES:
            yield Lost("file-kills-reader")
        else:
            waiting.extendleft(_Batch([call], None, batch.tries + 1) for call in reversed(calls))
        return
    except Exception as mistake:  # one file that nobody foresaw stops no other
        # by the file, or by somebody outside
        ended = isinstance(mistake, ProcessExpired) or batch.timed_out_early(mistake)
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
        most += limits.SECONDS + SECONDS if future.running() else 0
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
