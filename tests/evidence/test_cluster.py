"""Reading on a cluster (issue's bar 6): a real scheduler and two workers on this machine.

1. `check` and `score` over the cluster give, byte for byte, what they give without it.
2. A worker killed in the middle changes nothing, whether Dask calls again or leaves it to us.
3. A crash in a file costs this file, as does one with which machines are lost; machines that cannot be used, and none at all, are refused kindly.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import pickle
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from distributed import KilledWorker

import cli
from evidence.form.filling import Filling
from evidence.form.writer import write_form
from evidence.reading import cluster
from evidence.reading.cluster import NoCluster, reading_at
from evidence.reading.workers import Lost
from evidence.readings import Way, reading_by
from evidence.round import load_round
from reports.outcome import outcome
from reports.outputs import write_outputs
from tests.evidence import misbehaving
from tests.evidence.fillings import best
from tests.evidence.other_rules import COUNTINGS, make_round
from tests.workbooks.editing import packed, parts_of

ROOT = Path(__file__).parents[2]
UNITS = 16


@dataclass
class Machines:
    """The address of a scheduler, its workers, and what starts one more."""

    address: str
    start: Callable[[], subprocess.Popen[bytes]]
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    """A scheduler and two workers: processes of their own."""
    place = tmp_path_factory.mktemp("cluster")
    said = place / "scheduler.json"
    common = ["--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", str(said)]
    worker = ["--no-nanny", "--nthreads", "1", "--memory-limit", "0", "--local-directory", str(place)]
    scheduler = _started("scheduler", [*common, "--port", "0"])
    found = Machines("", lambda: _started("worker", [*common, *worker]))
    found.workers += [found.start(), found.start()]
    try:
        found.address = _address(said)
        yield found
    finally:
        for process in (*found.workers, scheduler):
            process.kill()  # asked kindly, a worker first waits for whoever it lost
            process.wait(20)


def _started(what: str, arguments: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.dask_{what}", *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def _address(said: Path) -> str:
    for _ in range(600):
        with contextlib.suppress(OSError, ValueError):
            return str(json.loads(said.read_text(encoding="utf-8"))["address"])
        time.sleep(0.05)
    raise AssertionError("the scheduler did not start")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A round of 16 forms, of which one is cut in half and one lies under a strange name."""
    folder = tmp_path_factory.mktemp("round")
    round_ = make_round(folder, COUNTINGS[0], [f"u{number:02}" for number in range(UNITS)])
    (folder / "nop").mkdir()
    entries = {leaf.id: best(leaf) for leaf in round_.criteria.criteria}
    first, *others = round_.units
    write_form(folder / "nop" / f"{first.code}.xlsx", round_, first, Filling(entries))
    parts = parts_of((folder / "nop" / f"{first.code}.xlsx").read_bytes())
    for unit in others:
        own = {name: part.replace(first.code.encode(), unit.code.encode()) for name, part in parts.items()}
        (folder / "nop" / f"{unit.code}.xlsx").write_bytes(packed(own, 1))
    damaged = folder / "nop" / "u05.xlsx"
    damaged.write_bytes(damaged.read_bytes()[:3000])
    (folder / "nop" / "u09.xlsx").rename(folder / "nop" / "phuong-9.xlsx")
    return folder


def run(*words: str) -> str:
    """What a command prints; it must end with "done, with mistakes in what came in"."""
    with contextlib.redirect_stdout(io.StringIO()) as said:
        assert cli.run(words) == 1
    return said.getvalue()


@pytest.fixture(scope="module")
def at_home(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, str]:
    """`results.json` and what `check` says, without the cluster."""
    copy = Path(shutil.copytree(folder, tmp_path_factory.mktemp("home") / "dot"))
    told = run("check", str(copy), "--json", "--no-return")
    run("score", str(copy))
    assert {item["code"] for item in json.loads(told)["problems"]} >= {"file-not-workbook", "file-misnamed"}
    return (copy / "ket-qua" / "results.json").read_bytes(), told


def test_the_same_comes_of_it(
    machines: Machines, folder: Path, at_home: tuple[bytes, str], tmp_path: Path
) -> None:
    copy, address = str(shutil.copytree(folder, tmp_path / "dot")), machines.address
    told = run("check", copy, "--json", "--no-return", "--cluster", address)
    run("score", copy, "--cluster", address)
    assert ((tmp_path / "dot" / "ket-qua" / "results.json").read_bytes(), told) == at_home


def test_a_crash_costs_one_file(machines: Machines) -> None:
    with reading_at(machines.address) as executor:
        got = list(executor(misbehaving.end, [(index, 3) for index in range(7)], count=7))
        assert got == [Lost("file-kills-reader") if index == 3 else index for index in range(7)]


class Deadly:
    """Stands for a client of machines that are all lost with a call of `which`."""

    def __init__(self, which: int) -> None:
        self.which, self.sent = which, 0

    def nthreads(self) -> dict[str, int]:
        return {"one": 4}

    def submit(self, function: Callable[..., Any], packed: Any, *rest: Any, pure: bool) -> Future[bytes]:
        self.sent += 1
        future: Future[bytes] = Future()
        asked, calls = pickle.loads(packed)
        if any(call[0] == self.which for call in calls):
            future.set_exception(KilledWorker("a task", None, 3))  # type: ignore[arg-type]
        else:
            future.set_result(pickle.dumps([asked(*call) for call in calls]))
        return future

    def cancel(self, futures: Any) -> None:
        raise AssertionError("nothing is left to cancel")


def test_a_file_with_which_every_machine_is_lost_is_lost_alone() -> None:
    client = Deadly(5)
    executor = cluster.Cluster(client, "tcp://nowhere:1")  # type: ignore[arg-type]
    got = list(executor(misbehaving.late, [(index, 0) for index in range(24)], count=24))
    assert got == [Lost("file-kills-reader") if index == 5 else index for index in range(24)]
    assert client.sent == 24 // 4 + 4  # batches of four, of which one goes again call by call


REFUSED: dict[str, Callable[[pytest.MonkeyPatch], object]] = {
    r"0\.\d+.*khác máy này.*Cài cùng một phiên bản": lambda patch: patch.setattr(
        cluster, "own_make", misbehaving.own_of_each_process
    ),
    "chạy dưới tiến trình canh.*--no-nanny": lambda patch: patch.setattr(
        cluster, "may_start_none", misbehaving.yes
    ),
    r'chưa cài phần.*pip install "danvan\[cluster\]"': lambda patch: patch.setitem(
        sys.modules, "distributed", None
    ),
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_cannot_work_is_refused(
    machines: Machines, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    REFUSED[text](monkeypatch)
    with pytest.raises(NoCluster, match=text), reading_at(machines.address):
        pass


def test_a_machine_that_comes_later_is_looked_at_too(machines: Machines) -> None:
    with reading_at(machines.address) as executor:
        other = misbehaving.own_of_each_process()
        task = executor.client.submit(cluster.read_batch, b"", [], None, other)  # type: ignore[attr-defined]
        with pytest.raises(NoCluster, match="khác máy này"):
            task.result(timeout=30)


@pytest.mark.parametrize(
    "address, text, code",
    [
        ("tcp://127.0.0.1:1", "Không kết nối được với cụm máy", 3),
        ("tls://127.0.0.1:1", "Không kết nối được với cụm máy.*khóa TLS", 3),
        ("10.0.0.5:8786", "không đúng dạng.*tcp://", 2),
        ("", "không đúng dạng", 2),
    ],
)
def test_an_address_without_cluster_is_refused(
    address: str, text: str, code: int, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["check", str(folder), "--cluster", address]) == code
    assert re.search(text, capsys.readouterr().err)


@pytest.mark.parametrize("who", ["Dask calls again", "we do"])
def test_a_worker_killed_in_the_middle_changes_nothing(
    machines: Machines, folder: Path, at_home: tuple[bytes, str], tmp_path: Path, who: str
) -> None:
    copy = load_round(Path(shutil.copytree(folder, tmp_path / "dot")))
    with reading_at(machines.address) as executor:
        executor.client.wait_for_workers(2, timeout=30)  # type: ignore[attr-defined]
        if who == "we do":
            executor.client.run_on_scheduler(misbehaving.call_none_again)  # type: ignore[attr-defined]

        def killing(
            function: Callable[..., Any], calls: Iterable[Any], most: int | None = None, *, count: int = 1
        ) -> Iterator[Any]:
            for number, result in enumerate(executor(function, calls, most, count=count)):
                if number == 2:
                    machines.workers.pop().kill()
                yield result

        with reading_by(Way(executor=killing)):
            found = outcome(copy)
    write_outputs(found)
    assert [item.to_json() for item in found.intake.problems] == json.loads(at_home[1])["problems"]
    assert (tmp_path / "dot" / "ket-qua" / "results.json").read_bytes() == at_home[0]
    machines.workers.append(machines.start())
