"""Workbooks as they really arrive: each case of tests/workbooks, its problems by cell, its answers.

1. Each case of should_fail gives the problem that its folder is named for, and exactly those written there.
2. Each case of should_pass gives the answers of the sound form and no error.
3. What a mistake does not touch is read as in the sound form.
"""

from __future__ import annotations

import csv
import dataclasses
import importlib.util
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl.workbook import Workbook

from evidence.intake import Intake, take_in
from evidence.problems import TEXTS
from evidence.round import Round
from tests.evidence.fillings import sound_form
from tests.evidence.other_rules import COUNTINGS, make_round
from tests.libreoffice import needs_libreoffice, to_kind
from tests.workbooks.editing import CRITERIA_SHEET, in_excel

WORKBOOKS = Path(__file__).parents[1] / "workbooks"
FAIL = sorted((WORKBOOKS / "should_fail").iterdir())
PASS = sorted((WORKBOOKS / "should_pass").iterdir())
NOT_TAKEN = {("*", "not taken", "", "")}

Row = tuple[str, str, str, str]


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Round:
    """A round of two units under the small criteria set."""
    return make_round(tmp_path_factory.mktemp("rules"), COUNTINGS[0], ["a", "b"])


@pytest.fixture(scope="module")
def sound(rules: Round, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The form of unit a with the maximum everywhere, as Excel would save it."""
    return sound_form(rules, tmp_path_factory.mktemp("sound"))


def files_of(case: Path, form: bytes) -> Mapping[str, bytes]:
    """What arrives in `nop/`: what the case's `make` gives, a single file under the unit's code."""
    spec = importlib.util.spec_from_file_location(f"case_{case.name}", case / "make.py")
    assert spec and spec.loader
    module: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    make: Callable[[bytes], bytes | dict[str, bytes]] = module.make
    made = make(form)
    return made if isinstance(made, dict) else {"a.xlsx": made}


def received(rules: Round, folder: Path, files: Mapping[str, bytes]) -> Intake:
    """What the round makes of these files."""
    (folder / "nop").mkdir()
    for name, content in files.items():
        (folder / "nop" / name).write_bytes(content)
    return take_in(dataclasses.replace(rules, folder=folder))


def answers_of(intake: Intake) -> set[Row]:
    """(criterion, state, x1, x2) of every answer of unit a."""
    columns = ["criterion", "state", "x1", "x2"]
    rows = intake.answers[intake.answers["unit"] == "a"][columns].astype(object)
    return {
        tuple(str(value) if value == value else "" for value in row) for row in rows.fillna("").to_numpy()
    }


def changed(intake: Intake, whole: Intake) -> set[Row]:
    """The answers that are not those of the sound form; where the form is not taken, that it is not."""
    return answers_of(intake) - answers_of(whole) if "a" in intake.received else NOT_TAKEN


def table(path: Path) -> list[Row]:
    """Rows of a table of four columns without its heading; none where there is no such file."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as lines:
        return [tuple(row) for row in list(csv.reader(lines))[1:]]  # type: ignore[misc]


@pytest.fixture(scope="module")
def whole(rules: Round, sound: bytes, tmp_path_factory: pytest.TempPathFactory) -> Intake:
    """What the sound form gives."""
    intake = received(rules, tmp_path_factory.mktemp("whole"), {"a.xlsx": sound})
    assert intake.problems == []
    return intake


def told(intake: Intake) -> list[Row]:
    """(code, sheet, cell, found) of each problem."""
    return sorted((item.code, item.sheet, item.cell, item.found) for item in intake.problems)


@pytest.mark.parametrize("case", FAIL, ids=lambda case: case.name)
def test_each_fault_is_told_at_its_cell(
    rules: Round, sound: bytes, whole: Intake, tmp_path: Path, case: Path
) -> None:
    intake = received(rules, tmp_path, files_of(case, sound))
    assert told(intake) == sorted(table(case / "expected.csv"))
    assert case.name.split(".")[0] in {item.code for item in intake.problems}
    assert changed(intake, whole) == set(table(case / "answers.csv"))


@pytest.mark.parametrize("case", PASS, ids=lambda case: case.name)
def test_odd_but_honest_is_read_like_the_sound_form(
    rules: Round, sound: bytes, whole: Intake, tmp_path: Path, case: Path
) -> None:
    intake = received(rules, tmp_path, files_of(case, sound))
    assert told(intake) == sorted(table(case / "expected.csv"))
    assert {item.severity for item in intake.problems} <= {"hint"}
    assert changed(intake, whole) == set()


@needs_libreoffice
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_other_formats_of_libreoffice_are_read(
    rules: Round, sound: bytes, whole: Intake, tmp_path: Path, kind: str
) -> None:
    (tmp_path / "a.xlsx").write_bytes(sound)
    path = to_kind(tmp_path / "a.xlsx", tmp_path / "made", kind)
    intake = received(rules, tmp_path, {f"a.{kind}": path.read_bytes()})
    assert (told(intake), changed(intake, whole)) == ([], set())


@needs_libreoffice
def test_percentages_of_an_old_workbook_are_not_taken_for_their_hundredth(
    rules: Round, sound: bytes, tmp_path: Path
) -> None:
    def percent(book: Workbook) -> None:
        for address, value, code in (
            ("F10", 0.5, "0%"),
            ("F14", 0.125, "[>=0]0.0%;-0.0%"),
            ("F21", None, '0"%"'),  # a sign that is only shown; the figure stays
        ):
            cell = book[CRITERIA_SHEET][address]
            cell.value, cell.number_format = cell.value if value is None else value, code
        for address in ("F17", "G17"):  # whole numbers side by side are kept in one record
            cell = book[CRITERIA_SHEET][address]
            cell.value, cell.number_format = 1, "0%"

    (tmp_path / "a.xlsx").write_bytes(in_excel(sound, percent))
    path = to_kind(tmp_path / "a.xlsx", tmp_path / "made", "xls")
    intake = received(rules, tmp_path, {"a.xls": path.read_bytes()})
    found = [(item.cell, item.found) for item in intake.problems if item.code == "cell-became-percent"]
    assert found == [("F10", "50%"), ("F14", "12,5%"), ("F17", "100%"), ("G17", "100%")]


def test_there_are_cases_enough_each_named_for_a_code() -> None:
    assert len(FAIL) >= 40
    assert len(PASS) >= 25
    assert {case.name.split(".")[0] for case in FAIL} <= set(TEXTS)
