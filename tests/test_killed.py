"""Runs that are killed, and runs at the same time: a round stays whole (issue's bar 4).

1. Killed (SIGKILL) at random moments: each file that is there is wholly of before or of after; the next
   run gives what it should and leaves nothing of the killed one behind.
2. Killed at each step of the moving: the same, of every step there is.
3. Two runs at once: one waits, or says kindly who it waits for; both results are right.

All of it holds of each of COMMANDS. The journal and the seal hold times, so that no two runs write the
same: they are held against themselves (the journal's chain, `verify`), all other files against what an
undisturbed run wrote. The runs are children of a process that has everything imported, so that moments are spent in the work and
not in starting Python. `DANVAN_KILLS` sets how many moments a command (`make fuzz`: 50).
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import multiprocessing
import os
import random
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

import cli
from criteria.library import SEAL
from evidence.folders import RESULTS
from evidence.lock import hold
from evidence.placing import MOVES_NAME
from evidence.registers.receipts import sha256_of
from evidence.round import load_round, new_round
from evidence.sealing.journal import JOURNAL, Chain, read_chain
from evidence.sealing.sealed_files import is_sealed
from reports.sealing.verify import verify
from tests.warm import make_small_round

KILLS = int(os.environ.get("DANVAN_KILLS", "4"))
THOROUGH = KILLS >= 50
USUAL_ENDS = (0, 1)  # done; done, with mistakes in what came in
DIED = 9

REFUSED = 3

TABLE = "bang-diem.csv"
# the commands that must stand this; closing cannot be done twice, so that it begins afresh each time
COMMANDS: dict[str, list[str]] = {
    "score": ["score", "ROUND"],
    "appraise": ["appraise", "ROUND"],
    "close": ["close", "ROUND", "--provisional", "--reason", "Chưa thẩm định"],
}
AFRESH = {"close"}
OF_TIMES = {JOURNAL, "niem-phong.json"}  # never the same twice


@pytest.fixture(scope="module")
def starter() -> Any:
    """Starts children of a warm process (a new one each, on Windows)."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.warm", "tests.test_killed"])
    return context


def run_quietly(arguments: Sequence[str]) -> None:
    """A run of danvan as a process of its own; exits with its code."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        code = cli.run(list(arguments))
    os._exit(code)


def run_and_die(arguments: Sequence[str], step: int) -> None:
    """A run that ends, as if killed, just before its `step`-th change of a name in a folder."""
    left = [step]

    def mortal(deed: Callable[..., Any]) -> Callable[..., Any]:
        def changed(*args: Any, **options: Any) -> Any:
            left[0] -= 1
            if left[0] < 0:
                os._exit(DIED)
            return deed(*args, **options)

        return changed

    Path.replace = mortal(Path.replace)  # type: ignore[method-assign]
    Path.unlink = mortal(Path.unlink)  # type: ignore[method-assign]
    run_quietly(arguments)


class Life:
    """A round that has two states in turn, and what a command must have written in each."""

    def __init__(self, starter: Any, folder: Path, command: str):
        self.starter, self.folder = starter, folder
        self.arguments = [str(folder) if word == "ROUND" else word for word in COMMANDS[command]]
        table = (folder / TABLE).read_text(encoding="utf-8")
        self.turns = (table, table.replace(";9;", ";8,5;", 1))
        self.fresh = Path(shutil.copytree(folder, folder.with_name("moi"))) if command in AFRESH else None
        self.before: dict[str, str] = {}
        self.expected: list[dict[str, str]] = []
        for turn in (0, 1):
            self.set(turn)
            began = time.monotonic()
            assert self.run() in USUAL_ENDS
            self.seconds = time.monotonic() - began
            self.expected.append(self.written())
        assert self.expected[0] != self.expected[1], "the two states must differ in what is written"

    def set(self, turn: int) -> None:
        """Puts the round into one of its states."""
        if self.fresh:
            shutil.rmtree(self.folder)
            shutil.copytree(self.fresh, self.folder)
        (self.folder / TABLE).write_text(self.turns[turn], encoding="utf-8")
        self.before = self.written()

    def start(self, target: Callable[..., None] = run_quietly, *more: object) -> Any:
        """Starts a run of the command in a process of its own."""
        process = self.starter.Process(target=target, args=(self.arguments, *more))
        process.start()
        return process

    def run(self) -> int:
        """Runs the command to its end; gives its exit code."""
        process = self.start()
        process.join(60)
        return int(process.exitcode)

    def written(self) -> dict[str, str]:
        """The hash of every file that people see, but those that hold times and the table itself."""
        return {
            path.relative_to(self.folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file() and path.name not in {TABLE, *OF_TIMES} and not path.name.startswith(".")
        }

    def journal(self) -> Chain:
        """The journal as it stands."""
        return read_chain(self.folder / RESULTS / JOURNAL)

    def check_whole(self, turn: int) -> None:
        """Each file is wholly of before or of after, none is gone; a seal, if there, holds."""
        now, after = self.written(), self.expected[turn]
        assert self.before.keys() <= now.keys() <= self.before.keys() | after.keys()
        assert [name for name in now if now[name] not in (self.before.get(name), after.get(name))] == []
        assert self.journal().faults == {}
        if is_sealed(self.folder):
            assert now == after

    def check_next_run(self, turn: int) -> None:
        """The next run gives what it should, and nothing of ours is left beside it.

        Of a round that was sealed before the kill it changes nothing; a seal that was on its way into
        place, with its line of the journal, is brought there.
        """
        note = self.folder / MOVES_NAME
        due = note.is_file() and SEAL.name in note.read_text(encoding="utf-8")
        sealed, entries = is_sealed(self.folder) or due, len(self.journal().entries)
        code = self.run()
        assert code == REFUSED if sealed else code in USUAL_ENDS
        assert self.written() == self.expected[turn]
        assert self.journal().faults == {}
        assert len(self.journal().entries) - entries in ((0, 1) if due else (not sealed,))
        if is_sealed(self.folder):
            assert verify(self.folder).sound
        assert [path.name for path in self.folder.rglob(".*")] == []


@pytest.fixture(scope="module", params=COMMANDS)
def life(starter: Any, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Life:
    """A small round, scored before, in which one figure of the table takes turns; tests set its state."""
    folder = make_small_round(tmp_path_factory.mktemp("dot") / "dot")
    run_to_end(starter, ["score", str(folder)])
    return Life(starter, folder, request.param)


def run_to_end(starter: Any, arguments: list[str]) -> None:
    """Runs danvan once, as a process of its own."""
    process = starter.Process(target=run_quietly, args=(arguments,))
    process.start()
    process.join(60)
    assert process.exitcode in USUAL_ENDS


def test_killed_at_random_moments(life: Life) -> None:
    rng = random.Random(2023)
    in_time = 0
    for moment in range(KILLS):
        turn = moment % 2
        life.set(turn)
        process = life.start()
        process.join(rng.uniform(0, life.seconds))
        in_time += process.is_alive()
        process.kill()
        process.join()
        life.check_whole(turn)
        life.check_next_run(turn)
    assert in_time >= KILLS // 3, "most runs had ended before they were killed"


def test_killed_at_each_step_of_the_moving(life: Life) -> None:
    for step in range(100):
        life.set(step % 2)
        process = life.start(run_and_die, step)
        process.join(60)
        life.check_whole(step % 2)
        if process.exitcode != DIED:
            break
        if THOROUGH or not life.fresh or step % 3 == 0:  # what begins afresh needs no next run to go on
            life.check_next_run(step % 2)
    assert process.exitcode in USUAL_ENDS
    moved = [name for name, value in life.written().items() if value != life.before.get(name)]
    assert step > len(moved) > 0, "each file that is written was a step"


def test_what_was_sent_before_outlives_every_step_of_receiving(starter: Any, tmp_path: Path) -> None:
    folder = new_round(tmp_path / "dot", "tra-cu-2023").folder
    place = folder / "nop" / "29461" / "bao-cao-nam.docx"
    for step in range(100):
        sent = tmp_path / f"bao cao {step}.docx"
        sent.write_text(f"bản {step}", encoding="utf-8")
        command = ["receive", str(folder), str(sent), "--unit", "29461", "--duty", "bao-cao-nam"]
        before = {path.read_bytes() for path in (folder / "nop").rglob("*.docx") if path.name[0] != "."}
        process = starter.Process(target=run_and_die, args=(command, step))
        process.start()
        process.join(60)
        now = {path.read_bytes() for path in (folder / "nop").rglob("*.docx") if path.name[0] != "."}
        assert before <= now <= {*before, sent.read_bytes()}
        with hold(folder, "status"):  # what any next run does first
            recorded = [item.sha256 for item in load_round(folder).receipts]
            assert len(recorded) == len(set(recorded))
            assert not place.is_file() or sha256_of(place) == recorded[-1]
        if process.exitcode != DIED:
            break
    assert process.exitcode == 0
    assert step > 5
    assert [path.name for path in folder.rglob(".*")] == []


def test_two_runs_at_once(life: Life) -> None:
    life.set(0)
    entries = len(life.journal().entries)
    runs = [life.start(), life.start()]
    for process in runs:
        process.join(60)
    ends = [process.exitcode for process in runs]
    well = [end for end in ends if end in USUAL_ENDS]
    assert well and set(ends) <= {*USUAL_ENDS, REFUSED}
    assert life.written() == life.expected[0]
    assert life.journal().faults == {}
    assert len(life.journal().entries) == entries + len(well)
    life.check_next_run(0)


def test_a_run_that_does_not_get_its_turn_names_who_has_it(
    life: Life, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    life.set(0)
    monkeypatch.setattr("evidence.lock.person", lambda: "nguyenvana")
    with hold(life.folder, "forms"):
        before = life.written()
        process = life.starter.Process(target=run_waiting_shortly, args=(life.arguments, tmp_path / "noi"))
        process.start()
        process.join(60)
        assert process.exitcode == 3
        assert life.written() == before
    said = (tmp_path / "noi").read_text(encoding="utf-8")
    assert "nguyenvana" in said
    assert "danvan forms" in said
    assert "Không có gì bị thay đổi" in said


def run_waiting_shortly(arguments: Sequence[str], told: Path) -> None:
    """A run that waits for a moment only, and writes down what it said."""
    import evidence.lock

    evidence.lock.WAIT = 0.2
    said = io.StringIO()
    with contextlib.redirect_stderr(said):
        code = cli.run(list(arguments))
    told.write_text(said.getvalue(), encoding="utf-8")
    os._exit(code)
