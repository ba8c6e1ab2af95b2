"""Reading in processes of their own.

1. Results come in the order of the calls, whichever is done first.
2. A hang, a crash, a full memory, a mistake of our own each cost one call.
3. A reading process never loads pandas, nor does what a round is taken in with before the first file.
4. Interrupted, everything ends.
5. Two hundred workbooks, ten of them damaged in ten ways: 190 are scored, ten reported.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from threading import Event
from types import SimpleNamespace

import pandas as pd
import pytest

from evidence import file_reading
from evidence.form.filling import Filling
from evidence.form.writer import write_form
from evidence.intake import take_in
from evidence.reading import limits, workers
from evidence.reading.workers import Lost, each
from scoring.results import score
from tests.evidence import misbehaving
from tests.evidence.fillings import best, sound_form
from tests.evidence.other_rules import COUNTINGS, make_round
from tests.workbooks.editing import SHEET, STRINGS, of_another, packed, parts_of, rewritten


def test_results_come_in_the_order_of_the_calls() -> None:
    calls = [(index, 0.2 if index % 5 == 0 else 0) for index in range(23)]
    assert list(each(misbehaving.late, calls, workers=2)) == list(range(23))


def test_a_hang_costs_one_call(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SECONDS", 1.0)
    calls = [(0, 0), (1, 30), (2, 0), (3, 0)]
    got = list(each(misbehaving.late, calls, workers=2))
    assert got == [0, Lost("file-too-slow"), 2, 3]
    assert Lost("file-too-slow").found == "1"


def test_a_clock_that_jumps_ahead_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where a laptop slept: the time of all that is being read is up at once, though hardly any passed."""
    assert list(each(misbehaving.late, [(0, 0)])) == [0]  # the process is there
    jumps = time.monotonic() + 0.3
    wall = SimpleNamespace(
        time=lambda: time.time() + 3600 * (time.monotonic() > jumps), sleep=time.sleep
    )  # fmt: skip
    monkeypatch.setattr("pebble.pool.process.time", wall)
    assert list(each(misbehaving.late, [(0, 1.2)], workers=1)) == [0]


@pytest.mark.parametrize("which", [0, 3, 5])
def test_a_crash_costs_one_call(which: int) -> None:
    got = list(each(misbehaving.end, [(index, which) for index in range(6)], workers=2))
    assert got == [Lost("file-kills-reader") if index == which else index for index in range(6)]


MANY = 100  # calls that go to two workers in batches of eight
PATIENCE = 3.0  # seconds in which processes start anew even on a busy machine


@pytest.mark.parametrize("which", [11, 99])
def test_a_crash_within_a_batch_costs_one_call(which: int) -> None:
    got = list(each(misbehaving.end, [(index, which) for index in range(MANY)], workers=2, count=MANY))
    assert got == [Lost("file-kills-reader") if index == which else index for index in range(MANY)]


def test_a_hang_within_a_batch_costs_one_call(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SECONDS", 0.5)
    monkeypatch.setattr(workers, "SECONDS", 0.2)
    calls = [(index, 30 if index == 11 else 0) for index in range(MANY)]
    got = list(each(misbehaving.late, calls, workers=2, count=MANY))
    assert got == [Lost("file-too-slow") if index == 11 else index for index in range(MANY)]


def test_a_mistake_within_a_batch_costs_one_call() -> None:
    got = list(each(misbehaving.stumble_at, [(index, 5) for index in range(MANY)], workers=2, count=MANY))
    assert [index for index, result in enumerate(got) if isinstance(result, Lost)] == [5]
    assert isinstance(got[5], Lost) and isinstance(got[5].cause, ZeroDivisionError)
    assert [result for index, result in enumerate(got) if index != 5] == [*range(5), *range(6, MANY)]


@pytest.mark.parametrize("count", [1, MANY])
def test_a_worker_that_lacks_the_context_is_sent_it(count: int) -> None:
    context = workers.Context.of({"what all calls": "share", "count": count})
    calls = [(index, context) for index in range(count)]
    workers.start(2, misbehaving.__name__)
    workers._kept.sent += [context.digest] * 2  # each is thought to have it, as after one was replaced
    got = list(each(misbehaving.known_there, calls, workers=2, count=count))
    assert got == [(index, {"what all calls": "share", "count": count}) for index in range(count)]


def test_a_crash_takes_the_context_with_it_and_costs_one_call() -> None:
    context = workers.Context.of("shared")
    calls = [(index, context, 11) for index in range(MANY)]
    got = list(each(misbehaving.end_with_context, calls, workers=2, count=MANY))
    assert got == [Lost("file-kills-reader") if i == 11 else (i, "shared") for i in range(MANY)]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a single process")
def test_a_full_memory_costs_one_call() -> None:
    got = list(each(misbehaving.hoard, [(0, 1), (1, 2000), (2, 1)], workers=1))
    assert got == [0, Lost("file-kills-reader"), 2]


def test_a_mistake_of_our_own_costs_one_call() -> None:
    (lost,) = each(misbehaving.stumble, [(1,)])
    assert lost == Lost("file-kills-reader")


def test_a_reading_process_never_loads_pandas() -> None:
    (loaded,) = each(misbehaving.what_is_loaded, [()])
    assert isinstance(loaded, set)
    assert "evidence.file_reading" in loaded
    assert not loaded & {"pandas", "pandera", "openpyxl", "xlsxwriter"}
    code = "import sys, evidence.intake; print('pandas' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert run.stdout.strip() == "False"


ROOT = Path(__file__).parents[2]


def test_a_program_typed_at_a_prompt_or_without_guard_can_read(tmp_path: Path) -> None:
    program = (
        "from evidence.reading.workers import each\nfrom tests.evidence import misbehaving\n"
        "print(list(each(misbehaving.late, [(3, 0)])))\n"
    )
    (tmp_path / "unguarded.py").write_text(program, encoding="utf-8")
    for arguments, typed in ((["-"], program), ([str(tmp_path / "unguarded.py")], "")):
        run = subprocess.run(
            [sys.executable, *arguments], input=typed, capture_output=True, text=True, check=True,
            cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        assert (run.stdout.strip(), run.stderr) == ("[3]", "")


def test_where_no_process_starts_no_file_is_blamed(monkeypatch: pytest.MonkeyPatch) -> None:
    workers.stop()
    monkeypatch.setattr(workers._kept, "answered", False)
    monkeypatch.setattr(workers._kept, "unanswered", 0)
    monkeypatch.setattr(workers, "begin", misbehaving.never_begin)
    with pytest.raises(workers.NotStarted, match="Không khởi động được tiến trình đọc tệp"):
        list(each(misbehaving.late, [(0, 0), (1, 0)]))
    assert workers._kept.pool is None


def test_a_process_that_is_ended_while_it_starts_costs_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workers.stop()
    monkeypatch.setattr(workers._kept, "answered", False)
    monkeypatch.setattr(workers._kept, "unanswered", 0)
    monkeypatch.setattr(workers, "begin", partial(misbehaving.begin_second_time, tmp_path / "begun"))
    assert list(each(misbehaving.late, [(0, 0), (1, 0)])) == [0, 1]
    workers.stop()


def test_interrupted_everything_ends() -> None:
    results = each(misbehaving.late, [(0, 0), (1, 30), (2, 30)], workers=2)
    assert next(results) == 0
    results.close()  # as an exception in the loop over them would
    assert workers._kept.pool is None
    assert list(each(misbehaving.late, [(7, 0)])) == [7]


def test_a_pool_that_does_not_end_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_ENDING", 0.2)
    assert list(each(misbehaving.late, [(0, 0)])) == [0]
    pool, never = workers._kept.pool, Event()
    assert pool is not None
    join = pool.join
    monkeypatch.setattr(pool, "join", never.wait)
    workers.stop()
    assert list(each(misbehaving.late, [(7, 0)])) == [7]
    never.set()
    join()


def test_a_file_that_hangs_stops_nobody_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    round_ = make_round(tmp_path, COUNTINGS[0], ["a", "b", "c"])
    (tmp_path / "nop").mkdir()
    for unit in round_.units:
        entries = {leaf.id: best(leaf) for leaf in round_.criteria.criteria}
        write_form(tmp_path / "nop" / f"{unit.code}.xlsx", round_, unit, Filling(entries))
    monkeypatch.setattr(limits, "SECONDS", 1.5)
    monkeypatch.setattr(file_reading, "read_in_context", misbehaving.hang_on_b)
    intake = take_in(round_, workers=2)
    assert (intake.received, intake.rejected) == ({"a", "c"}, {"b"})
    assert [item.code for item in intake.problems if item.unit == "b"] == ["file-too-slow"]


DAMAGE = {
    "a PDF": lambda form: b"%PDF-1.7",
    "nothing": lambda form: b"",
    "half of it": lambda form: form[: len(form) // 2],
    "a sheet cut": lambda form: packed({**parts_of(form), SHEET: parts_of(form)[SHEET][:9000]}),
    "no texts": lambda form: packed({n: p for n, p in parts_of(form).items() if n != STRINGS}),
    "a document type": lambda form: rewritten(form, SHEET, b"<worksheet", b"<!DOCTYPE a><worksheet"),
    "a cell far away": lambda form: rewritten(
        form, SHEET, b"</sheetData>", b'<row><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    ),
    "another unit's": lambda form: form,  # of the first unit, as it is
    "another year's": lambda form: rewritten(form, STRINGS, b"<t>2023</t>", b"<t>2022</t>", 9),
    "a Word document": lambda form: packed({"word/document.xml": b"<w/>"}),
}


def test_two_hundred_workbooks_of_which_ten_are_damaged(tmp_path: Path) -> None:
    codes = [f"u{number:03}" for number in range(200)]
    round_ = make_round(tmp_path, COUNTINGS[0], codes)
    (tmp_path / "nop").mkdir()
    form = sound_form(round_, tmp_path / "nop")
    damaged = dict(zip(codes[7::20], DAMAGE.values(), strict=True))
    for code in codes[1:]:
        own = of_another(form, "u000", code)
        content = (
            damaged[code](form if damaged[code] is DAMAGE["another unit's"] else own)
            if code in damaged
            else own
        )
        (tmp_path / "nop" / f"{code}.xlsx").write_bytes(content)
    intake = take_in(round_, workers=2)
    assert (len(intake.received), intake.rejected) == (190, set(damaged))
    assert {item.unit for item in intake.problems} == set(damaged)
    assert len(intake.problems) == 10
    results = score(round_.criteria, round_.plan, round_.units, intake.answers, intake.rejected)
    scored = results.units[results.units["state"] == "sent"]
    assert len(scored) == 190
    assert set(scored["final"]) == {100_000}
    assert results.units[results.units["state"] != "sent"]["final"].isna().all()
    again = take_in(round_, workers=1)
    assert again.problems == intake.problems
    pd.testing.assert_frame_equal(again.answers, intake.answers)


@pytest.mark.parametrize("most", [1, 2])
def test_a_process_that_ends_before_its_call_begins_stops_nothing(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others are too large for a pipe to hold: who sends them must not wait for ever."""
    monkeypatch.setattr(workers, "_PATIENCE", PATIENCE)
    monkeypatch.setattr(limits, "SECONDS", 2.0)
    large = bytes(3 * 2**20)
    calls = [(index, misbehaving.Poison() if index == 5 else large) for index in range(12)]
    got = list(each(misbehaving.sizes, calls, workers=most))
    assert got == [*range(5), Lost("file-kills-reader"), *range(6, 12)]


def test_a_process_that_ends_before_its_call_begins_while_another_works(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workers, "_PATIENCE", PATIENCE)
    monkeypatch.setattr(limits, "SECONDS", 2.0)
    got = list(each(misbehaving.late, [(0, 1), (1, misbehaving.Poison()), (2, 0), (3, 0)], workers=2))
    assert got == [0, Lost("file-kills-reader"), 2, 3]


def test_the_first_calls_are_on_their_way_before_anybody_asks(tmp_path: Path) -> None:
    made = tmp_path / "made"
    results = each(Path.touch, [(made,)])
    until = time.monotonic() + 20
    while not made.exists() and time.monotonic() < until:
        time.sleep(0.01)
    assert made.exists()
    assert list(results) == [None]
