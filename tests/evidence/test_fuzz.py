"""Damage of every kind, in numbers: 300 ways in every run of the tests, 5.000 by `make fuzz`.

1. Nothing ends the reader, takes ten seconds or 400 MB.
2. What is taken without a word is what the unit typed, but for the rows that were damaged.
3. The same for the bombs of tests/workbooks that are built to hurt.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from pathlib import Path

import pytest

from evidence.claims import Claim
from evidence.reading import workers
from evidence.reading.process import Context
from evidence.reading.workers import Lost, each
from evidence.round import Round
from tests.evidence import misbehaving
from tests.evidence.fillings import sound_form
from tests.evidence.other_rules import COUNTINGS, make_round
from tests.evidence.test_workbooks import WORKBOOKS, files_of
from tests.fuzz.mutations import Damaged, damaged

WAYS = int(os.environ.get("DANVAN_FUZZ", "300"))
SEED = int(os.environ.get("DANVAN_FUZZ_SEED", "815"))
MOST_SECONDS, MOST_BYTES = 10, 400 * 2**20
BOMBS = [
    "should_fail/file-too-large.last-cell-of-the-sheet",
    "should_fail/file-too-large.300-mb-inflated",
    "should_fail/file-too-large.packed-a-thousand-times",
    "should_fail/file-too-large.ten-thousand-sheets",
    "should_fail/file-too-large.texts",
    "should_fail/file-too-large.area",
    "should_fail/file-too-large.open-document",
    "should_fail/file-too-large.binary",
    "should_fail/file-suspicious.dtd",
    "should_fail/file-suspicious.billion-laughs",
    "should_fail/file-suspicious.deep-nesting",
    "should_fail/file-suspicious.part-twice",
    "should_fail/file-suspicious.repeated-cell",
    "should_fail/file-not-workbook.download-broken-off",
    "should_fail/book-strings-miscounted.a-hundred-thousand-declared",
    "should_fail/book-strings-miscounted.four-billion-declared",
    "should_pass/million-formatted-rows",
]


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Round:
    """A round under the small criteria set."""
    return make_round(tmp_path_factory.mktemp("fuzz"), COUNTINGS[0], ["a"])


@pytest.fixture(scope="module")
def form(rules: Round) -> bytes:
    """A filled form of the round's unit."""
    return sound_form(rules, rules.folder)


def measured(files: list[bytes], rules: Round) -> list[misbehaving.Measured | Lost[misbehaving.Measured]]:
    """What comes of each file, read by two processes."""
    context = Context.of(rules)
    return list(each(misbehaving.read_and_measure, ((data, context) for data in files), workers=2))


def test_no_damage_ends_the_reader_or_changes_an_answer_in_silence(rules: Round, form: bytes) -> None:
    rng = random.Random(SEED)
    cases = [damaged(form, rng) for _ in range(WAYS)]
    whole, *results = measured([form, *(case.data for case in cases)], rules)
    assert not isinstance(whole, Lost)
    sound = {row.criterion: row for row in whole[0].claims.rows}
    faults, outcomes = [], Counter[str]()
    for number, (case, result) in enumerate(zip(cases, results, strict=True)):
        if isinstance(result, Lost):
            outcomes[result.code] += 1
            faults += [(number, case.what, result)] if result.cause else []
            continue
        read, seconds, peak = result
        grave = [item for item in read.claims.problems if item.severity != "hint"]
        outcomes["taken" if not grave else "taken, with problems" if read.taken else "refused"] += 1
        if seconds > MOST_SECONDS or peak > MOST_BYTES:
            faults.append((number, case.what, f"{seconds:.1f} s, {peak // 2**20} MB"))
        if read.taken and not grave:
            faults += [(number, case.what, text) for text in _changed(case, sound, read.claims.rows)]
    print(outcomes)
    assert not faults, f"{len(faults)} of {WAYS}; first: {faults[:5]}"
    assert outcomes["file-kills-reader"] + outcomes["file-too-slow"] <= WAYS // 100
    # the test would mean little if all were refused, or none
    assert min(outcomes["taken"], outcomes["refused"], outcomes["taken, with problems"]) > WAYS // 100


def _changed(case: Damaged, sound: dict[str, Claim], rows: list[Claim]) -> list[str]:
    """The criteria whose row was not touched, and which say something else all the same."""
    if case.rows is None:
        return []
    now = {row.criterion: row for row in rows}
    return [
        f"{id_}: {row} became {now.get(id_)}"
        for id_, row in sound.items()
        if row.line not in case.rows and now.get(id_) != row
    ]


@pytest.mark.parametrize("bomb", BOMBS)
def test_no_bomb_goes_off(rules: Round, form: bytes, bomb: str) -> None:
    (data,) = files_of(Path(WORKBOOKS / bomb), form).values()
    workers.stop()  # a process remembers the most that it ever held
    (result,) = measured([data], rules)
    assert not isinstance(result, Lost)
    read, seconds, peak = result
    print(f"{bomb}: {seconds:.2f} s, {peak // 2**20} MB")
    assert read.taken == (bomb.startswith("should_pass") or "miscounted" in bomb)
    assert seconds < MOST_SECONDS
    assert peak < MOST_BYTES
