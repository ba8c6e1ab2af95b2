"""Runs that are killed, and runs at the same time: a round stays whole (issue's bar 4).

1. Killed (SIGKILL) at random moments: each file that is there is wholly of before or of after; the next
   run gives what it should and leaves nothing of the killed one behind.
2. Killed at each step of the moving: the same, of every step there is.
3. Two runs at once: one waits, or says kindly who it waits for; both results are right.

The runs are children of a process that has everything imported, so that moments are spent in the work and
not in starting Python. `DANVAN_KILLS` sets how many moments (`make fuzz`: 50).
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import multiprocessing
import os
import random
import re
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

import cli
from evidence.lock import hold
from evidence.receipts import sha256_of
from evidence.round import load_round, new_round
from tests.warm import EXAMPLE

KILLS = int(os.environ.get("DANVAN_KILLS", "12"))
USUAL_ENDS = (0, 1)  # done; done, with mistakes in what came in
DIED = 9

TABLE = "bang-diem.csv"
# the commands that must stand this
COMMANDS: dict[str, list[str]] = {"score": ["score", "ROUND"]}


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

    def __init__(self, starter: Any, folder: Path, command: Sequence[str], turns: Sequence[dict[str, str]]):
        self.starter, self.folder, self.turns = starter, folder, turns
        self.arguments = [str(folder) if word == "ROUND" else word for word in command]
        self.expected = []
        for turn in (0, 1):
            self.set(turn)
            began = time.monotonic()
            assert self.run() in USUAL_ENDS
            self.seconds = time.monotonic() - began
            self.expected.append(self.written())
        assert self.expected[0] != self.expected[1], "the two states must differ in what is written"

    def set(self, turn: int) -> None:
        """Puts the round into one of its states."""
        for name, text in self.turns[turn].items():
            (self.folder / name).write_text(text, encoding="utf-8")

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
        """The hash of every file that people see, which was not there to begin with."""
        inputs = {name for turn in self.turns for name in turn}
        return {
            name: hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(self.folder.rglob("*"))
            for name in [path.relative_to(self.folder).as_posix()]
            if path.is_file() and name not in inputs and not path.name.startswith(".")
        }

    def check_whole(self) -> None:
        """Each file is of one of the two states, and none is missing."""
        now = self.written()
        assert now.keys() == self.expected[0].keys()
        assert [name for name in now if now[name] not in {one[name] for one in self.expected}] == []

    def check_next_run(self, turn: int) -> None:
        """The next run gives what it should, and nothing of ours is left beside it."""
        assert self.run() in USUAL_ENDS
        assert self.written() == self.expected[turn]
        assert [path.name for path in self.folder.rglob(".*")] == []


@pytest.fixture
def life(starter: Any, tmp_path: Path) -> Life:
    """A small round that is scored from its table, in which one figure takes turns."""
    folder = Path(shutil.copytree(EXAMPLE, tmp_path / "dot"))
    table = (folder / TABLE).read_text(encoding="utf-8-sig")
    figure = re.search(r"\d+[.,]\d+", table)
    assert figure
    turns = [{TABLE: table}, {TABLE: table.replace(figure[0], "0,5", 1)}]
    return Life(starter, folder, COMMANDS["score"], turns)


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
        life.check_whole()
        life.check_next_run(turn)
    assert in_time >= KILLS // 3, "most runs had ended before they were killed"


def test_killed_at_each_step_of_the_moving(life: Life) -> None:
    for step in range(100):
        life.set(step % 2)
        process = life.start(run_and_die, step)
        process.join(60)
        life.check_whole()
        if process.exitcode != DIED:
            break
        life.check_next_run(step % 2)
    assert process.exitcode in USUAL_ENDS
    assert step > len(life.expected[0]) - len(life.turns), "each file that is written was a step"


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
    runs = [life.start(), life.start()]
    for process in runs:
        process.join(60)
    assert {process.exitcode for process in runs} <= {*USUAL_ENDS, 3}
    assert life.written() == life.expected[0]
    life.check_next_run(0)


def test_a_run_that_does_not_get_its_turn_names_who_has_it(
    life: Life, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("evidence.lock.person", lambda: "nguyenvana")
    with hold(life.folder, "forms"):
        before = life.written()
        process = life.starter.Process(
            target=run_waiting_shortly, args=(life.arguments, life.folder / "noi")
        )
        process.start()
        process.join(60)
        assert process.exitcode == 3
        assert life.written() == {**before, "noi": life.written()["noi"]}
    said = (life.folder / "noi").read_text(encoding="utf-8")
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
