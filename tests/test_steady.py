"""What goes wrong around a run: all that could be done is done, the rest is told, nothing is left half.

1. Some damaged files: the others are scored, these are named.
2. A reading process killed in the middle: nothing is lost.
3. A disk that fills while outputs are written: the old ones stay whole, and the next run makes them.
4. A folder that may only be read: `check` tells what it found, and that nothing was written.
5. A clock that jumps back between runs: the lock, the journal and what is kept are unharmed.
6. Interrupted with Ctrl-C: said kindly; the next run goes on.
7. A bar with the time left, on a terminal only, and only where a run takes longer than a moment.
"""

from __future__ import annotations

import errno
import io
import os
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

import cli
import cli_round
from evidence import kept_reads, placing
from evidence.folders import KEPT, RESULTS, RETURNED
from evidence.form.writer import write_form
from evidence.reading import workers
from evidence.round import load_round
from evidence.sealing.journal import JOURNAL, read_chain
from tests.evidence.fillings import receive_sound
from tests.evidence.other_rules import COUNTINGS, make_round

CODES = [f"u{number:02}" for number in range(12)]
DAMAGED = ("u03", "u09")
NOT_DONE, MISTAKES = 3, 1


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A round of twelve units, of which two sent a damaged file."""
    folder = tmp_path_factory.mktemp("steady") / "dot"
    round_ = make_round(folder, COUNTINGS[0], CODES)
    receive_sound(round_)
    for code in DAMAGED:
        path = folder / "nop" / f"{code}.xlsx"
        path.write_bytes(path.read_bytes()[:5000])
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the round that a test may change, with what was read kept in it."""
    monkeypatch.setattr(kept_reads, "FEWEST", 1)
    shutil.copytree(made, tmp_path / "dot")
    return tmp_path / "dot"


def files(folder: Path) -> dict[str, bytes]:
    """The files of a round but those of the cache, with their content."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    return {name: content for name, content in found.items() if not name.startswith(KEPT)}


def aside(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if ".danvan-" in path.name]


def test_damaged_files_cost_themselves_only(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["check", str(folder)]) == MISTAKES
    told = capsys.readouterr().out
    assert "Đã nhận 12/12 hồ sơ, 2 hồ sơ không dùng được; 2 lỗi" in told
    assert all(f"{code}.xlsx" in told for code in DAMAGED)
    assert sorted(path.stem for path in (folder / RETURNED).glob("*.xlsx")) == list(DAMAGED)
    assert cli.run(["check", str(folder)]) == MISTAKES
    assert capsys.readouterr().out == told
    assert aside(folder) == []


def test_a_killed_reader_loses_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["check", str(folder), "--no-return"]) == MISTAKES
    want = capsys.readouterr().out
    shutil.rmtree(folder / KEPT)
    add, killed = kept_reads.KeptReads.add, []

    def add_and_kill(kept: Any, *args: Any) -> None:
        add(kept, *args)
        if not killed and workers._kept.pool:
            killed.extend(workers._kept.pool._pool_manager.worker_manager.workers)
            for process in killed:
                os.kill(process, signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)

    monkeypatch.setattr(kept_reads.KeptReads, "add", add_and_kill)
    assert cli.run(["check", str(folder), "--no-return", "--workers", "2"]) == MISTAKES
    assert killed
    assert capsys.readouterr().out == want


def full(*args: Any, **options: Any) -> Any:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_disk_that_fills_leaves_the_old_results_whole(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["score", str(folder)]) == MISTAKES
    before = files(folder)
    for place, name in ((xlsxwriter.Workbook, "close"), (placing, "_note_moves"), (placing, "_settle")):
        with monkeypatch.context() as patched:
            patched.setattr(place, name, full)
            assert cli.run(["score", str(folder)]) == NOT_DONE
        assert "Ổ đĩa đã đầy" in capsys.readouterr().err
        assert files(folder) == before
    assert cli.run(["score", str(folder)]) == MISTAKES
    assert aside(folder) == []


def test_forms_for_which_there_is_no_room_are_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def no_room_for_one(path: Path, *args: Any) -> Any:
        return full() if path.stem == DAMAGED[0] else write_form(path, *args)

    monkeypatch.setattr("reports.returns.write_form", no_room_for_one)
    assert cli.run(["check", str(folder)]) == NOT_DONE
    told = capsys.readouterr()
    assert "Đã nhận 12/12 hồ sơ, 2 hồ sơ không dùng được" in told.out
    assert "Đã ghi 1 biểu mẫu trả lại" in told.out
    assert "Chưa ghi được 1 biểu mẫu trả lại" in told.err
    assert "u03. Ổ đĩa đã đầy." in told.err
    assert aside(folder) == []


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS])  # no right; a disk that is write-protected
def test_a_folder_that_may_only_be_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], number: int
) -> None:
    """Refused where it opens files to write: a superuser, as whom tests may run, is refused nothing."""
    before = files(folder)
    whole = Path.open

    def read_only(path: Path, mode: str = "r", *args: Any, **options: Any) -> Any:
        if set(mode) & set("wxa+") and folder in path.parents:
            raise OSError(number, os.strerror(number), str(path))
        return whole(path, mode, *args, **options)

    def no_lock(*args: Any, **options: Any) -> Any:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "open", read_only)
    monkeypatch.setattr("evidence.lock._try", no_lock)
    assert cli.run(["check", str(folder)]) == NOT_DONE
    told = capsys.readouterr()
    assert "Đã nhận 12/12 hồ sơ, 2 hồ sơ không dùng được; 2 lỗi" in told.out
    assert "thư mục chỉ cho đọc" in told.err
    assert cli.run(["check", str(folder), "--no-return"]) == MISTAKES
    assert cli.run(["score", str(folder)]) == NOT_DONE
    assert files(folder) == before


def test_a_clock_that_jumps_back(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cli.run(["score", str(folder)]) == MISTAKES
    before = (folder / RESULTS / "results.json").read_bytes()
    long_ago = time.time() - 40 * 365 * 86400
    monkeypatch.setattr(time, "time", lambda: long_ago)
    assert cli.run(["score", str(folder)]) == MISTAKES
    assert (folder / RESULTS / "results.json").read_bytes() == before
    chain = read_chain(folder / RESULTS / JOURNAL)
    assert [entry.command for entry in chain.entries] == ["score", "score"]
    assert not chain.faults
    assert aside(folder) == []


def test_interrupted_it_says_so_and_goes_on_next_time(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    add, added = kept_reads.KeptReads.add, []

    def add_and_stop(kept: Any, *args: Any) -> None:
        add(kept, *args)
        added.append(args[0])
        if len(added) == 5:
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(kept_reads.KeptReads, "add", add_and_stop)
        assert cli.run(["check", str(folder)]) == NOT_DONE
    assert "Đã dừng theo yêu cầu" in capsys.readouterr().err
    assert workers._kept.pool is None
    kept = kept_reads.kept_in(load_round(folder))
    assert kept is not None
    assert list(kept.known) == added
    assert cli.run(["check", str(folder)]) == MISTAKES


class Terminal(io.StringIO):
    """A terminal of a kind."""

    def isatty(self) -> bool:
        return True


def slowly(seconds: Iterator[float]) -> Any:
    return lambda: next(seconds)


@pytest.mark.parametrize(("step", "bar"), [(0.01, False), (0.4, True)])
def test_a_bar_where_it_takes_longer(step: float, bar: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    moments = (number * step for number in range(1000))
    monkeypatch.setattr(cli_round.time, "monotonic", slowly(moments))
    assert list(cli_round.shown(range(40), "Đọc biểu mẫu", 40)) == list(range(40))
    assert ("Đọc biểu mẫu" in terminal.getvalue()) is bar
    assert ("40/40" in terminal.getvalue()) is bar


def test_no_bar_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli_round, "SHOWN_AFTER", 0.0)
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert list(cli_round.shown(range(9), "Đọc biểu mẫu", 9)) == list(range(9))
    assert sys.stderr.getvalue() == ""  # type: ignore[attr-defined]


def test_one_worker_means_one_process(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    start = workers.start

    def start_and_note(most: int, module: str) -> None:
        seen.append(most)
        start(most, module)

    monkeypatch.setattr(workers, "start", start_and_note)
    assert cli.run(["check", str(folder), "--no-return", "--workers", "1"]) == MISTAKES
    assert set(seen) == {1}
    assert cli.run(["check", str(folder), "--workers", "0"]) == 2


def test_where_nothing_came_no_process_is_started(made: Path, tmp_path: Path) -> None:
    empty = shutil.copytree(made, tmp_path / "dot", ignore=shutil.ignore_patterns("*.xlsx"))
    workers.stop()
    assert cli.run(["status", str(empty)]) == 0
    assert workers._kept.pool is None
