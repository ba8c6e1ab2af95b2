"""`--json` of rounds as they are in an office: objections, appraisers that disagree, files that cannot be read.

Each fits its schema while the round is open and once it is sealed (issue's bar 6).
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from jsonschema import Draft202012Validator

import cli
from evidence.intake import take_in
from evidence.returned.own import own_problems
from evidence.round import load_round
from reports.schema_files import output_schema
from tests.reports.small_folder import make_round


@pytest.fixture(scope="module")
def troubled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sends what an appraiser judges twice and differently, and objects; B's file is no workbook."""
    folder = make_round(tmp_path_factory.mktemp("json") / "nho", units={c: f"UBND xã {c}" for c in "ABC"})
    (folder / "bang-diem.csv").unlink()
    assert cli.run(["forms", str(folder)]) == 0
    send(folder, "A", 3)
    (folder / "nop" / "B.xlsx").write_bytes(b"PK\x03\x04 hong")
    cli.run(["appraise", str(folder)])
    (folder / "tham-dinh").mkdir(exist_ok=True)
    for number, points in enumerate((5, 6)):
        judge(folder, folder / "tham-dinh" / f"phieu-{number}.xlsx", points)
    objected = ["object", str(folder), "A", "1.2", "--text", "Đề nghị xem lại", "--document", "12/CV"]
    assert cli.run(objected) == 0
    return folder


def send(folder: Path, code: str, claim: float) -> None:
    """A unit's form in which it claims the same on every criterion."""
    book = openpyxl.load_workbook(folder / "bieu-mau" / f"{code}.xlsx")
    for sheet in book:
        heads = [cell for row in sheet.iter_rows() for cell in row if cell.value == "Kê khai (a)"]
        for head in heads[:1]:
            for row in range(head.row + 1, sheet.max_row + 1):
                if sheet.cell(row, 1).value in ("1.1", "1.2", "1.3"):
                    sheet.cell(row, head.column, claim)
    (folder / "nop").mkdir(exist_ok=True)
    book.save(folder / "nop" / f"{code}.xlsx")


def judge(folder: Path, path: Path, points: float) -> None:
    """An appraiser's workbook in which A has these points on criterion 1.1, with a reason."""
    book = openpyxl.load_workbook(folder / "bieu-mau" / "tham-dinh" / "noi-vu.xlsx")
    sheet = book["1.1"]
    heads = {cell.value: cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)}
    row = heads["A"].row
    sheet.cell(row, heads["Điểm thẩm định"].column, points)
    sheet.cell(row, heads["Lý do"].column, "theo hồ sơ")
    book.save(path)


def printed(capsys: pytest.CaptureFixture[str], *arguments: object) -> Any:
    """What a command prints as JSON, held against its schema."""
    capsys.readouterr()
    cli.run([*map(str, arguments), "--json"])
    value = json.loads(capsys.readouterr().out)
    errors = Draft202012Validator(output_schema(str(arguments[0]))).iter_errors(value)
    assert [f"{error.json_path}: {error.message}" for error in errors] == []
    return value


def test_faults_of_appraisers_give_no_form_back_to_a_unit(troubled: Path) -> None:
    round_ = load_round(troubled)
    problems = take_in(round_).problems
    conflicts = [item for item in problems if item.code == "appraisal-conflict"]
    assert [(item.unit, item.sheet) for item in conflicts] == [("A", "1.1")] * 2
    assert len({item.cell for item in conflicts}) == 1 and all(item.cell for item in conflicts)
    own = own_problems(problems, round_.by_code["A"])
    assert not [item.code for item in own if item.code.startswith("appraisal-")]


def test_open_and_sealed(troubled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = Path(shutil.copytree(troubled, tmp_path / "nho"))
    scored = printed(capsys, "score", folder)
    assert {unit["code"]: unit["state"] for unit in scored["units"]} == {
        **{"A": "objected", "B": "rejected", "C": "not_sent"},
    }
    status = printed(capsys, "status", folder)
    assert status["totals"]["returned"] == 1 and status["totals"]["objections"] == 1
    assert cli.run(["close", str(folder)]) == 3
    cli.run(["close", str(folder), "--provisional", "--reason", "báo cáo gấp"])
    verified = printed(capsys, "verify", folder)
    assert verified["sound"] and verified["closed"]["provisional"]
    printed(capsys, "status", folder)
    printed(capsys, "compare", folder, folder)


def test_a_form_given_back_is_told_until_it_is_mended(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = make_round(tmp_path / "nho", units={"A": "UBND xã A"})
    (folder / "bang-diem.csv").unlink()
    cli.run(["forms", str(folder)])
    send(folder, "A", 99)
    assert printed(capsys, "status", folder)["units"][0]["state"] == "sent"
    cli.run(["check", str(folder)])
    assert (folder / "tra-lai" / "A.xlsx").is_file()
    assert printed(capsys, "status", folder)["units"][0]["state"] == "returned"
    send(folder, "A", 3)
    assert printed(capsys, "status", folder)["units"][0]["state"] == "sent"
