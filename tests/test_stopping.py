"""How a command ends when it is asked to, from whichever side.

1. Ctrl-C, a request to end, a terminal that closes: one sentence, exit code 3, nothing left half or locked.
2. What `nohup` keeps running is not stopped.
3. Ctrl-C reaches all processes of a terminal: those that read say nothing, even where they are not ready yet.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from evidence.round import Round
from tests.evidence.fillings import receive_sound
from tests.evidence.other_rules import COUNTINGS, make_round

ROOT = Path(__file__).parents[1]
CODES = [f"u{number:02}" for number in range(6)]
POSIX = pytest.mark.skipif(os.name != "posix", reason="Windows has no signals of this kind")
STOPPED = (3, "", "Đã dừng theo yêu cầu.\n")

# the command, whose signal comes when the third of six files was read; as a terminal would have started it,
# for tests may run where these signals are ignored
STOPPING = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
for number in (signal.SIGTERM, signal.SIGHUP):
    signal.signal(number, signal.SIG_DFL)
import cli
from evidence import intake
add, times = intake.add_read, []
def add_and_signal(*read):
    add(*read)
    times.append(1)
    if len(times) == 3:
        os.kill(os.getpid(), signal.SIGNAL)
intake.add_read = add_and_signal
sys.argv = ["danvan", *sys.argv[1:]]
"""

# processes to which Ctrl-C comes again and again while they start
STARTING = """
import multiprocessing, os, signal, time
from evidence.reading import workers
from tests.evidence import misbehaving
workers.start(2, "evidence.file_reading")
for _ in range(50):
    for process in multiprocessing.active_children():
        os.kill(process.pid, signal.SIGINT)
    time.sleep(0.02)
print(list(workers.each(misbehaving.late, [(1, 0), (2, 0)], workers=2)))
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Round:
    """A round of six sound forms."""
    folder = tmp_path_factory.mktemp("stopping") / "dot"
    round_ = make_round(folder, COUNTINGS[0], CODES)
    receive_sound(round_)
    return round_


def ran(program: str, *arguments: str) -> tuple[int, str, str]:
    """Exit code and both outputs of a program."""
    run = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, encoding="utf-8", timeout=60,
        check=False, cwd=ROOT, env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    return run.returncode, run.stdout, run.stderr.lstrip("\n")  # it begins below what a terminal shows: ^C


@POSIX
@pytest.mark.parametrize("command", ["check", "score"])
@pytest.mark.parametrize("signal", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_asked_to_end_it_ends_kindly(made: Round, tmp_path: Path, signal: str, command: str) -> None:
    folder = Path(shutil.copytree(made.folder, tmp_path / "dot"))
    before = sorted(folder.rglob("*"))
    program = STOPPING.replace("SIGNAL", signal) + "cli.main()"
    assert ran(program, command, str(folder)) == STOPPED
    assert sorted(folder.rglob("*")) == before


@POSIX
def test_what_shall_outlive_its_terminal_does(made: Round, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(made.folder, tmp_path / "dot"))
    program = (
        STOPPING.replace("SIGNAL", "SIGHUP") + "signal.signal(signal.SIGHUP, signal.SIG_IGN)\ncli.main()"
    )
    code, said, _ = ran(program, "check", str(folder))
    assert (code, "Đã nhận 6/6 hồ sơ" in said) == (0, True)


@POSIX
def test_ctrl_c_once_more_while_it_ends_is_not_heard(made: Round, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(made.folder, tmp_path / "dot"))
    again = "import atexit\natexit.register(os.kill, os.getpid(), signal.SIGINT)\n"
    assert ran(STOPPING.replace("SIGNAL", "SIGINT") + again + "cli.main()", "check", str(folder)) == STOPPED


@POSIX
def test_processes_that_start_hear_no_ctrl_c() -> None:
    assert ran(STARTING) == (0, "[1, 2]\n", "")
