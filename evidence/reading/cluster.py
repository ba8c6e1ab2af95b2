"""The same work on several machines, by Dask: an `Executor` over a cluster that somebody else has started.

Files travel by content in batches, a bounded number at a time; the context is a task of its own, which Dask
brings to each machine once and makes again where the machine that had it is lost. There a batch is done by
`workers.each`, in guarded processes, so that a file costs no more than it would at home. What comes of a
file depends on the code that reads it: machines with other code are refused, never mixed.
"""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import pickle
import platform
import re
import socket
import threading
import time
import warnings
from asyncio import CancelledError as LoopCancelled
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from criteria.catalogue import Refusal
from evidence.reading.code import code_digest
from evidence.reading.process import Call, Context
from evidence.reading.workers import Executor, Lost, batches, each

if TYPE_CHECKING:
    from distributed import Client, Future

T = TypeVar("T")

ADDRESS = re.compile(r"(tcp|tls)://[^/\s]+:[0-9]{1,5}")
CONNECTING = 10.0  # seconds for the scheduler to answer, and for a first worker to be there
PATIENCE = 60.0  # seconds that a run waits for a machine when it has lost all
_LOOK = 2.0  # seconds between two looks at whether any machine is left
_AHEAD, _MOST_AHEAD = 3, 48  # batches on their way: a machine, and in all (each of 4 MB at the most)
_CALLS = 16  # of a batch, for each process of a machine
_TRIES = 2  # of a call whose machines were lost, which may have been another one's fault
_START = "dask worker {address} --no-nanny"
_SAME = (
    'Cài cùng một phiên bản danvan (pip install "danvan[cluster]") trên mọi máy, rồi khởi động lại cụm máy.'
)


class NoCluster(Refusal):
    """The cluster cannot be used, or no longer: nothing is said about the files."""

    exit_code = 3


@contextlib.contextmanager
def reading_at(address: str) -> Iterator[Executor]:
    """What carries readings out: the cluster at an address, `tcp://` or `tls://`.

    Raises NoCluster where there is none, no machine of it is ready, or a machine has another danvan.
    """
    with _connected(address) as client:
        yield Cluster(client, address)


@dataclass
class _Batch:
    """Calls that went out together, what is to come of them, and how often they went."""

    calls: list[Call]
    future: Future[bytes]
    tries: int = 1


@dataclass(frozen=True)
class Cluster:
    """An `Executor` over the machines of a connected cluster."""

    client: Client
    address: str

    def __call__(
        self,
        function: Callable[..., T],
        calls: Iterable[Call],
        workers: int | None = None,
        *,
        count: int = 1,
    ) -> Iterator[T | Lost[T]]:
        """The results of the calls in their order, as `workers.each` gives them.

        `workers`: processes of each machine at the most, None for as many as its threads in Dask.
        """
        threads = self.client.nthreads()
        processes = min(workers or 1000, max(threads.values(), default=1))
        ahead = min(_MOST_AHEAD, _AHEAD * max(1, len(threads)))
        coming = batches(iter(calls), max(1, min(_CALLS * processes, count // (ahead * 2))))
        going = _Going(self, function, workers)
        try:
            while True:
                for batch in islice(coming, max(0, ahead - len(going.waiting))):
                    going.waiting.append(going.sent(batch))
                if not going.waiting:
                    break
                yield from going.results()
        finally:
            if going.waiting:
                self.client.cancel([batch.future for batch in going.waiting])

    def outcome(self, future: Future[bytes]) -> bytes:
        """The result of a task once it is there; raises what it raised, NoCluster where all is lost."""
        alone: float | None = None
        while True:
            try:
                return future.result(timeout=_LOOK)
            except TimeoutError:
                if future.status == "error":
                    raise
            except (CancelledError, LoopCancelled, OSError) as error:
                raise self._gone() from error
            alone = None if self._machines() else alone or time.monotonic()
            if alone and time.monotonic() - alone > PATIENCE:
                raise NoCluster(
                    f"Cụm máy “{self.address}” không còn máy nào làm việc nên chưa đọc hết hồ sơ. Khởi "
                    f"động lại các máy ({_START.format(address=self.address)}), rồi chạy lại lệnh."
                )

    def _machines(self) -> int:
        try:
            return len(self.client.nthreads())
        except (CancelledError, LoopCancelled, OSError, ValueError, AttributeError) as error:
            raise self._gone() from error

    def _gone(self) -> NoCluster:
        return NoCluster(
            f"Mất liên lạc với cụm máy “{self.address}” nên chưa đọc hết hồ sơ. Kiểm tra mạng và máy điều "
            "phối (dask scheduler), rồi chạy lại lệnh."
        )


class _Going:
    """One run over the calls of a function: what is on its way, and the contexts that have gone before."""

    def __init__(self, cluster: Cluster, function: Callable[..., Any], workers: int | None) -> None:
        self.cluster, self.function, self.workers = cluster, function, workers
        self.waiting: deque[_Batch] = deque()
        self._contexts: dict[str, Future[Context]] = {}

    def sent(self, calls: list[Call], tries: int = 1) -> _Batch:
        """A batch on its way."""
        digests = list(dict.fromkeys(v.digest for call in calls for v in call if isinstance(v, Context)))
        for value in (value for call in calls for value in call if isinstance(value, Context)):
            if value.digest not in self._contexts:
                packed = self.cluster.client.submit(Context, value.digest, value.packed, pure=False)
                self._contexts[value.digest] = packed
        light = [
            tuple(_InPlaceOf(digests.index(v.digest)) if isinstance(v, Context) else v for v in call)
            for call in calls
        ]
        future = self.cluster.client.submit(
            read_batch,
            pickle.dumps((self.function, light)),  # one block of bytes: Dask need not look into it
            [self._contexts[digest] for digest in digests],
            self.workers,
            own_make(),
            pure=False,
        )
        return _Batch(calls, future, tries)

    def results(self) -> Iterator[Any]:
        """Results of the batch that waits longest; of one whose machines were lost, each call goes anew."""
        from distributed import KilledWorker

        batch = self.waiting[0]
        try:
            packed = self.cluster.outcome(batch.future)
        except KilledWorker:
            self.waiting.popleft()
            if len(batch.calls) == 1 and batch.tries >= _TRIES:
                yield Lost("file-kills-reader")
            else:
                again = [self.sent([call], batch.tries + 1) for call in batch.calls]
                self.waiting.extendleft(reversed(again))
            return
        except Refusal:
            raise
        except Exception as error:  # a file cannot bring this about: none is blamed for it
            raise NoCluster(
                f"Cụm máy “{self.cluster.address}” không làm được việc "
                f"({type(error).__name__}: {error}). {_SAME}"
            ) from error
        self.waiting.popleft()
        yield from pickle.loads(packed)


@contextlib.contextmanager
def _connected(address: str) -> Iterator[Client]:
    """A client of the cluster, of whose machines each was looked at."""
    if not ADDRESS.fullmatch(address):
        raise Refusal(
            f"Địa chỉ cụm máy “{address}” không đúng dạng. Ghi địa chỉ của máy điều phối, "
            "ví dụ: --cluster tcp://10.0.0.5:8786"
        )
    try:
        import dask
        from distributed import Client
    except ImportError as error:
        raise NoCluster(
            "Máy này chưa cài phần làm việc với cụm máy. Cài thêm bằng lệnh: "
            'pip install "danvan[cluster]", hoặc bỏ --cluster để đọc ngay trên máy này.'
        ) from error
    for name in ("distributed", "distributed.client"):  # what they tell is told here, in words for the user
        logging.getLogger(name).setLevel(logging.CRITICAL)
    with (
        dask.config.set({"distributed.admin.large-graph-warning-threshold": "1GB"}),
        _reached(Client, address) as client,
    ):
        _look_at(client, address)
        yield client


def _reached(client: type[Client], address: str) -> Client:
    """A client that has reached the scheduler."""
    host, _, port = address.partition("://")[2].rpartition(":")
    try:
        socket.create_connection(
            (host.strip("[]"), int(port)), CONNECTING
        ).close()  # Dask would go on trying
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # versions are compared in `_look_at`
            return client(address, timeout=CONNECTING, set_as_default=False, name="danvan")
    except Exception as error:  # of any kind, where something else answers at the address
        secure = " và các khóa TLS trong cấu hình của Dask" if address.startswith("tls") else ""
        raise NoCluster(
            f"Không kết nối được với cụm máy “{address}”. Kiểm tra địa chỉ, mạng{secure}, và máy điều phối "
            "đã chạy chưa (dask scheduler); hoặc bỏ --cluster để đọc ngay trên máy này."
        ) from error


def _look_at(client: Client, address: str) -> None:
    """Raises NoCluster where no machine is there, or one has another danvan or may start no processes."""
    try:
        client.wait_for_workers(1, timeout=CONNECTING)
    except TimeoutError as error:
        start = _START.format(address=address)
        raise NoCluster(
            f"Cụm máy “{address}” chưa có máy nào làm việc. Trên mỗi máy, chạy: {start}"
        ) from error
    ours = own_make()
    try:
        makes = {address: client.run_on_scheduler(own_make), **client.run(own_make)}
        locked = client.run(may_start_none)
    except Exception as error:  # Dask has no kind of its own for what a machine cannot load
        raise NoCluster(
            f"Có máy trong cụm “{address}” chưa cài danvan, hoặc cài bản khác. {_SAME}"
        ) from error
    for machine, make in makes.items():
        _refuse_other(ours, make, machine)
    for machine in (machine for machine, none in locked.items() if none):
        raise _none_may_start(machine)


# on every machine --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Make:
    """What results of a reading depend on beside the file: versions, and a digest of the code."""

    danvan: str
    python: str
    libraries: tuple[str, ...]
    code: str

    def __str__(self) -> str:
        return (
            f"danvan {self.danvan} (mã {self.code[:8]}), Python {self.python}, {', '.join(self.libraries)}"
        )


@cache
def own_make() -> Make:
    """The make of this machine."""
    libraries = tuple(f"{name} {metadata.version(name)}" for name in ("distributed", "python-calamine"))
    python = ".".join(platform.python_version_tuple()[:2])
    return Make(metadata.version("danvan"), python, libraries, code_digest())


def may_start_none() -> bool:
    """Whether this process may start no others, as those of Dask's nanny may not unless told so."""
    return bool(multiprocessing.current_process().daemon)


@dataclass(frozen=True)
class _InPlaceOf:
    """Stands for a context in a call, by its number."""

    number: int


# the processes of a machine are kept in one pool, which is not for two threads
_one_by_one = threading.Lock()


def read_batch(packed: bytes, contexts: Sequence[Context], workers: int | None, asked: Make) -> bytes:
    """The results of a batch, packed, as a machine of the cluster makes them: in guarded processes.

    Raises NoCluster on a machine that came later and is none of `asked`, or may start no processes.
    """
    from distributed import get_worker

    machine = get_worker()
    _refuse_other(asked, own_make(), machine.address)
    if may_start_none():
        raise _none_may_start(machine.address)
    function, light = pickle.loads(packed)
    calls = [tuple(contexts[v.number] if isinstance(v, _InPlaceOf) else v for v in call) for call in light]
    processes = min(workers or 1000, machine.state.nthreads)
    with _one_by_one:
        return pickle.dumps(list(each(function, calls, processes, count=len(calls))))


def _refuse_other(ours: Make, theirs: Make, machine: str) -> None:
    if theirs != ours:
        raise NoCluster(
            f"Máy “{machine}” trong cụm có {theirs}, khác máy này ({ours}): kết quả có thể "
            f"không giống nhau. {_SAME}"
        )


def _none_may_start(machine: str) -> NoCluster:
    return NoCluster(
        f"Máy “{machine}” trong cụm chạy dưới tiến trình canh (nanny) của Dask nên không mở được "
        "tiến trình đọc tệp. Khởi động máy đó bằng lệnh dask worker có thêm --no-nanny, hoặc đặt cấu hình "
        "Dask distributed.worker.daemon là False."
    )
