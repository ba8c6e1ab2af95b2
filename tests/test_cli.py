"""The command line, end to end.

1. `demo` prints the ranking by block and the 60 % line with the units still missing (bar 1).
2. The two published rounds come out as printed: ranks, grades, totals, percents, the mean (bar 2).
3. Workbooks and a consolidated table of the same answers give the same `results.json` (bar 3).
4. `--json` has the shape that the design gives, with decimals as text; nothing else is printed.
5. `--help` loads none of the heavy libraries (bar 7).
6. Bad input: each with its sentence and its exit code, 0 to 3; nothing else is lost (bar 8).
7. Inputs are never changed; the same inputs give the same bytes.
8. Every command and option is in the manual.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import docx
import openpyxl
import pytest

import cli
from cli_vietnamese import ARGUMENTS
from criteria.library import SHIPPED
from evidence import placing
from evidence.form.writer import write_form
from evidence.round import Round
from tests.evidence import typist
from tests.evidence.other_rules import COUNTINGS, make_round

REPOSITORY = Path(__file__).parents[1]
EXAMPLES = REPOSITORY / "examples"
DONE, FOUND_MISTAKES, USED_WRONGLY, NOT_DONE = 0, 1, 2, 3
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs danvan; gives the exit code, what it printed, and what it said on the error stream."""

    def run_danvan(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = cli.run([str(argument) for argument in arguments])
        return code, *capsys.readouterr()

    return run_danvan


def example(name: str, tmp_path: Path) -> Path:
    """A copy of an example round."""
    return Path(shutil.copytree(EXAMPLES / name, tmp_path / name))


def printed(name: str) -> list[list[str]]:
    """The published table of an example, without its heading."""
    with (EXAMPLES / name / "cong-bo.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))[1:]


def thousandths(text: str | None) -> int:
    """A decimal of the record as whole thousandths."""
    assert isinstance(text, str)
    whole, _, fraction = text.partition(".")
    return int(whole) * 1000 + int(f"{fraction:0<3}")


def hashes(folder: Path) -> dict[str, str]:
    """Hash of every file under a folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


# 1: demo ----------------------------------------------------------------------------------------


def test_demo_left_open_goes_on_by_hand(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "vi-du"
    code, out, err = run("demo", folder, "--open")
    assert (code, err) == (DONE, "")
    assert "SỐ LIỆU MINH HỌA" in out
    code, out, _ = run("score", folder)
    assert code == FOUND_MISTAKES
    blocks = ("Cơ quan chuyên môn", "Đơn vị sự nghiệp công lập", "UBND xã, phường")
    positions = [out.index(f"Khối: {block}") for block in blocks]
    assert positions == sorted(positions)
    (line,) = (line for line in out.splitlines() if line.startswith("Chỉ tiêu: 60%"))
    assert "8/17" in line
    assert "còn thiếu 3 đơn vị" in line
    workbook = folder / "ket-qua" / "xep-hang.xlsx"
    assert str(workbook) in out
    assert openpyxl.load_workbook(workbook).sheetnames
    assert "SỐ LIỆU MINH HỌA" in out
    code, out, _ = run("check", folder)
    assert code == FOUND_MISTAKES
    assert "25474" in out


def test_demo_into_a_folder_that_is_used_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "ghi-chu.txt").write_text("của người khác", encoding="utf-8")
    code, out, _ = run("demo", tmp_path)
    assert code == USED_WRONGLY
    assert "đã có dữ liệu" in out
    assert [item.name for item in tmp_path.iterdir()] == ["ghi-chu.txt"]


# 2: published rounds ----------------------------------------------------------------------------


def test_hue_2021_as_printed(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("score", example("hue-cchc-2021", tmp_path), "--json")
    assert code == DONE
    units = json.loads(out)["units"]
    got = [
        [unit["name"], unit["final"].replace(".", ","), str(unit["rank"]), unit["grade"]] for unit in units
    ]
    assert len(got) == 21
    assert got == [row[1:] for row in printed("hue-cchc-2021")]


def test_binh_duong_2017_as_printed(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("score", example("binh-duong-cchc-2017", tmp_path), "--json")
    assert code == DONE
    result = json.loads(out)
    *rows, mean = printed("binh-duong-cchc-2017")
    assert len(rows) == len(result["units"]) == 9
    for unit, (rank, name, _, _, total, percent) in zip(result["units"], rows, strict=True):
        assert (unit["name"], unit["rank"]) == (name, int(rank))
        assert thousandths(unit["final"]) == thousandths(total.replace(",", "."))
        assert thousandths(unit["percent"]) == thousandths(percent.rstrip("%").replace(",", "."))
        assert unit["grade"] is None  # the table prints none
    assert mean[-1] == "78,39%"
    assert [block["average"] for block in result["blocks"]] == ["78.39"]
    _, shown, _ = run("score", tmp_path / "binh-duong-cchc-2017")
    assert "78,39%" in shown


# 3: workbooks or a table ------------------------------------------------------------------------


def results(run: Run, folder: Path) -> bytes:
    """Bytes of `results.json` after scoring anew."""
    shutil.rmtree(folder / "ket-qua", ignore_errors=True)
    code, _, err = run("score", folder)
    assert (code, err) == (FOUND_MISTAKES, "")  # one unit left two criteria unanswered
    return (folder / "ket-qua" / "results.json").read_bytes()


def as_semicolons(rows: list[list[str]], folder: Path) -> None:
    with (folder / "bang-diem.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)


def as_dots_and_commas(rows: list[list[str]], folder: Path) -> None:
    with (folder / "bang-diem.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [rows[0], *([*row[:3], *(cell.replace(",", ".") for cell in row[3:])] for row in rows[1:])]
        )


def as_commas_in_quotes(rows: list[list[str]], folder: Path) -> None:
    with (folder / "bang-diem.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows(rows)


def as_workbook_of_texts(rows: list[list[str]], folder: Path) -> None:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    book.save(folder / "bang-diem.xlsx")


def as_workbook_of_numbers(rows: list[list[str]], folder: Path) -> None:
    book = openpyxl.Workbook()
    for row in rows:
        cells = (
            float(cell.replace(",", ".")) if re.fullmatch(r"\d+(,\d+)?", cell) else cell for cell in row[3:]
        )
        book.active.append([*row[:3], *cells])  # type: ignore[union-attr]
    book.save(folder / "bang-diem.xlsx")


def test_a_table_of_the_same_answers_gives_the_same_results(run: Run, demo_copy: Round) -> None:
    folder = demo_copy.folder
    from_workbooks = results(run, folder)
    with (folder / "ket-qua" / "bang-diem.csv").open(encoding="utf-8-sig", newline="") as file:
        marks, rows = [], list(csv.reader(file, delimiter=";"))
    while len(rows[0]) == 1:  # what must stand on every print stands above the table
        marks += rows.pop(0)
    assert marks == list(demo_copy.marks)
    assert len(rows) == 1 + 16
    shutil.rmtree(folder / "nop")
    for write in (as_semicolons, as_dots_and_commas, as_commas_in_quotes,
                  as_workbook_of_texts, as_workbook_of_numbers):  # fmt: skip
        write(rows, folder)
        assert results(run, folder) == from_workbooks, write.__name__
        for path in folder.glob("bang-diem.*"):
            path.unlink()


# 4: JSON ----------------------------------------------------------------------------------------

DECIMAL = re.compile(r"\d+(\.\d*[1-9])?")
UNIT_KEYS = (
    "code", "name", "block", "max", "self", "appraised", "final", "percent", "grade_by_points", "grade",
    "limits", "rank", "state",
)  # fmt: skip
TARGET_KEYS = ("id", "text", "goal", "reached", "met", "short_by")


def decimals(value: object) -> bool:
    return value is None or (isinstance(value, str) and DECIMAL.fullmatch(value) is not None)


def floats(value: Any) -> Iterator[object]:
    """Numbers with a fraction anywhere in a JSON value: decimals must be text."""
    if isinstance(value, float):
        yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from floats(item)


def test_score_json(run: Run, demo_copy: Round) -> None:
    code, out, err = run("score", demo_copy.folder, "--json")
    assert (code, err) == (FOUND_MISTAKES, "")
    result = json.loads(out)
    assert result.pop("changes") == []  # of the run before; no part of the record
    assert result == json.loads((demo_copy.folder / "ket-qua" / "results.json").read_text(encoding="utf-8"))
    # what the design gives comes under its names; what we add is listed here, so that it stays on purpose
    assert set(result) - {"provisional", "blocks", "quotas"} == {
        "round",
        "criteria",
        "units",
        "targets",
        "warnings",
    }
    assert result["round"] == demo_copy.id
    assert result["criteria"] == {
        "id": "tay-ninh-city-815-2022",
        "decision": "815/QĐ-UBND ngày 19/8/2022",
        "provenance": "reconstructed",
    }
    assert [unit["code"] for unit in result["units"]] == [unit.code for unit in demo_copy.units]
    for unit in result["units"]:
        assert set(unit) - {"unanswered"} == set(UNIT_KEYS)
        assert all(decimals(unit[key]) for key in ("max", "self", "appraised", "final", "percent"))
        assert unit["rank"] is None or isinstance(unit["rank"], int)
        assert unit["limits"] == []  # no decision that we ship has limits yet
    ward = next(unit for unit in result["units"] if unit["code"] == "25471")
    assert {key: ward[key] for key in UNIT_KEYS} == {
        "code": "25471", "name": "UBND xã Thạnh Tân", "block": "xa-phuong", "max": "94", "self": "90.508",
        "appraised": None, "final": "90.508", "percent": "96.29", "grade_by_points": "Tốt", "grade": "Tốt",
        "limits": [], "rank": 2, "state": "sent",
    }  # fmt: skip
    assert {unit["code"]: unit["state"] for unit in result["units"]}["25477"] == "not_sent"
    for target in result["targets"]:
        assert set(target) - {"counts", "have", "out_of"} == set(TARGET_KEYS)
    share = [result["targets"][-1][key] for key in TARGET_KEYS if key != "text"]
    assert share == ["xep-loai-tot", "60", "47.06", False, 3]
    assert all(isinstance(text, str) for text in result["warnings"])
    assert any("MINH HỌA" in text for text in result["warnings"])
    assert list(floats(result)) == []


def test_check_json(run: Run, demo_copy: Round) -> None:
    code, out, err = run("check", demo_copy.folder, "--json")
    assert (code, err) == (FOUND_MISTAKES, "")
    result = json.loads(out)
    assert list(result) == ["received", "missing", "problems", "returned", "warnings"]
    assert result["returned"] == ["25474"]  # the one with errors; 25480 has a warning only
    codes = [unit.code for unit in demo_copy.units]
    assert result["received"] == [code for code in codes if code != "25477"]
    assert result["missing"] == ["25477"]
    keys = ["code", "severity", "unit", "file", "sheet", "cell", "found", "expected", "message", "fix"]
    assert all(list(problem) == keys for problem in result["problems"])
    assert all(isinstance(value, str) for problem in result["problems"] for value in problem.values())
    places = [(item["code"], item["file"], item["sheet"], item["cell"]) for item in result["problems"]]
    assert places == [
        ("dossier-none", "nop", "", ""),
        ("late-unexplained", "703-SN1.xlsx", "Tự chấm", "L13"),
        ("value-not-understood", "25474.xlsx", "Tự chấm", "F26"),
        ("value-over-total", "25474.xlsx", "Tự chấm", "F32"),
        ("evidence-missing", "25480.xlsx", "Tự chấm", "K31"),
    ]


def test_check_gives_forms_back(run: Run, demo_copy: Round) -> None:
    folder = demo_copy.folder / "tra-lai"
    code, out, _ = run("check", demo_copy.folder, "--by", "25/10/2023", "--all")
    assert (code, "biểu mẫu trả lại kèm phiếu đề nghị sửa" in out) == (FOUND_MISTAKES, True)
    written = {path.name for path in folder.iterdir()}
    assert written >= {"25474.txt", "25474.xlsx", "25480.txt", "25480.xlsx"}
    assert "ngày 25/10/2023" in (folder / "25474.txt").read_text(encoding="utf-8")
    # the unit mends its form and sends it back under the same name
    book = openpyxl.load_workbook(folder / "25474.xlsx")
    sheet = book["Tự chấm"]
    typist.find(sheet, "3.4", typist.A).value = 3
    typist.find(sheet, "4.3", typist.B).value = 512
    book.save(demo_copy.folder / "nop" / "25474.xlsx")
    code, out, _ = run("check", demo_copy.folder, "--all")
    assert (code, "Đã chuyển biểu mẫu trả lại cũ" in out) == (DONE, True)
    # the plan's day is over by now: nobody is asked to send by a day that has passed
    assert "Hạn nộp hồ sơ của kế hoạch đã qua" in out
    left = " ".join((folder / "25480.txt").read_text(encoding="utf-8").split())
    assert (
        "gửi lại chậm nhất ngày ..... tháng ..... năm ........ (hạn nộp hồ sơ của kế hoạch, trước" in left
    )
    assert sorted(path.name for path in (folder / "da-sua").iterdir())[:2] == ["25474.txt", "25474.xlsx"]


# 4b: one file -----------------------------------------------------------------------------------

BOTH = [("value-not-understood", "F26"), ("value-over-total", "F32")]


def test_check_one_file_of_a_round(run: Run, demo_copy: Round) -> None:
    before = hashes(demo_copy.folder)
    code, out, err = run("check", demo_copy.folder / "nop" / "25474.xlsx", "--json")
    assert (code, err) == (FOUND_MISTAKES, "")
    result = json.loads(out)
    assert [(item["code"], item["cell"]) for item in result["problems"]] == BOTH
    assert result["points"] == {
        "self": "88.75", "max": "100", "percent": "88.75", "grade_by_points": "Khá", "unanswered": 2,
    }  # fmt: skip
    whole = json.loads(run("score", demo_copy.folder, "--json")[1])
    (unit,) = (item for item in whole["units"] if item["code"] == "25474")
    assert (unit["self"], unit["percent"]) == (result["points"]["self"], result["points"]["percent"])
    assert {name: value for name, value in hashes(demo_copy.folder).items() if name in before} == before
    code, out, err = run("check", demo_copy.folder / "nop" / "25459.xlsx")
    assert (code, err) == (DONE, "")
    assert "UBND phường 3 (25459), năm 2023: 0 lỗi" in out


def test_a_unit_checks_itself_without_the_round(run: Run, demo_copy: Round, tmp_path: Path) -> None:
    alone = tmp_path / "máy của xã" / "bieu mau da dien.xlsx"
    alone.parent.mkdir()
    shutil.copyfile(demo_copy.folder / "nop" / "25474.xlsx", alone)
    code, out, err = run("check", alone, "--json")
    assert (code, err) == (FOUND_MISTAKES, "")
    result = json.loads(out)
    assert [(item["code"], item["cell"]) for item in result["problems"]] == BOTH
    assert {item["file"] for item in result["problems"]} == {alone.name}
    assert result["points"]["self"] == "83.75"  # the index is the office's to add
    assert [path.name for path in alone.parent.iterdir()] == [alone.name]
    code, out, _ = run("check", alone, "--return", "--by", "2023-10-25")
    assert (code, "Điểm tự chấm: 83,75/100" in out) == (FOUND_MISTAKES, True)
    book = openpyxl.load_workbook(alone.with_name("bieu mau da dien-can-sua.xlsx"))
    told = [str(row[0].value) for row in book["Cần sửa"].iter_rows(max_col=1)]
    assert any(text.startswith("Kết quả tự kiểm tra tệp “bieu mau da dien.xlsx”") for text in told)
    assert not any("đã kiểm tra hồ sơ" in text for text in told)
    assert typist.find(book["Tự chấm"], "3.4", typist.A).comment
    code, out, _ = run("check", alone, "--round", demo_copy.folder, "--json")
    assert json.loads(out)["points"]["self"] == "88.75"


def test_a_unit_that_no_roster_knows_is_known_by_its_own_sheet(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "moi"
    run("new", folder, "--plan", "tay-ninh-city-2023")
    path = folder / "dot.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('code: "25456"', 'code: "99999"'), encoding="utf-8")
    run("forms", folder, "--unit", "99999")
    alone = tmp_path / "99999.xlsx"
    shutil.copyfile(folder / "bieu-mau" / "99999.xlsx", alone)
    code, out, err = run("check", alone)
    assert (code, err) == (FOUND_MISTAKES, "")  # nothing is filled in
    assert "UBND phường 1 (99999)" in out
    assert "Chưa tính được điểm" in out


def _no_form(path: Path) -> None:
    openpyxl.Workbook().save(path)


def _no_workbook(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7")


def _unknown_plan(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    (cell,) = (row[1] for row in book["_danvan"].iter_rows(max_col=2) if row[0].value == "plan")
    cell.value = "ke-hoach-la"
    book.save(path)


@pytest.mark.parametrize(
    ("spoil", "exit_code", "words"),
    [
        (_no_form, USED_WRONGLY, "--round THƯ_MỤC_ĐỢT"),
        (_unknown_plan, USED_WRONGLY, "“ke-hoach-la” mà phần mềm này chưa có"),
        (_no_workbook, NOT_DONE, "tệp PDF"),
    ],
)
def test_a_file_that_cannot_be_checked_alone(
    run: Run, demo_copy: Round, tmp_path: Path, spoil: Callable[[Path], None], exit_code: int, words: str
) -> None:
    alone = tmp_path / "mot-minh" / "x.xlsx"
    alone.parent.mkdir()
    shutil.copyfile(demo_copy.folder / "nop" / "25474.xlsx", alone)
    spoil(alone)
    code, out, err = run("check", alone)
    assert (code, out) == (exit_code, "")
    assert words in err


def test_explain(run: Run, demo_copy: Round) -> None:
    code, out, _ = run("explain", demo_copy.folder, "25465")
    assert code == DONE
    assert "UBND phường Hiệp Ninh" in out
    assert "89,783" in out
    assert "0,217" in out  # 90 less 89,783: what is missing for Tốt
    assert "49/KH-UBND" in out
    code, out, err = run("explain", demo_copy.folder, "25465", "--json")
    assert (code, err) == (DONE, "")
    assert list(floats(json.loads(out))) == []
    advice = json.loads(out)["advice"]
    assert (advice["label"], advice["missing"]) == ("Tốt", "0.217")
    assert [way["changes"][0]["criterion"] for way in advice["ways"][:2]] == ["3.4", "5.5"]


def test_analyse(run: Run, demo_copy: Round) -> None:
    code, out, _ = run("analyse", demo_copy.folder)
    assert code == DONE
    assert "Phân tích trên 16 đơn vị đã có điểm." in out
    assert (demo_copy.folder / "ket-qua" / "phan-tich.xlsx").is_file()
    code, out, err = run("analyse", demo_copy.folder, "--json")
    assert (code, err) == (DONE, "")
    assert list(floats(json.loads(out))) == []


def test_criteria_commands(run: Run) -> None:
    code, out, _ = run("criteria", "list", "--json")
    listed = json.loads(out)
    assert (code, list(floats(listed))) == (DONE, [])
    assert {item["id"] for item in listed["criteria"]} >= {"tay-ninh-city-815-2022"}
    code, out, _ = run("criteria", "list")
    assert (code, "tay-ninh-city-2023" in out) == (DONE, True)
    code, out, _ = run("criteria", "show", "tay-ninh-city-815-2022")
    assert code == DONE
    assert "815/QĐ-UBND" in out
    assert "PHỤC DỰNG" in out
    files = [path for path in sorted(SHIPPED.glob("*/*.yaml")) if not path.name.endswith(".cases.yaml")]
    code, out, _ = run("criteria", "lint", *files)
    assert (code, out.count("không có lỗi")) == (DONE, len(files))


# 5: start-up ------------------------------------------------------------------------------------

HEAVY = (
    "pandas",
    "pandera",
    "openpyxl",
    "numpy",
    "xlsxwriter",
    "jsonschema",
    "yaml",
    "python_calamine",
    "docx",
    "pdfplumber",
)


@pytest.mark.parametrize("arguments", [["--help"], ["score", "--help"], ["criteria", "lint", "--help"], []])
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    program = f"import sys, cli; cli.run({arguments!r}); print(sorted(set({HEAVY!r}) & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=REPOSITORY, capture_output=True, text=True, check=True,
        env={"PYTHONIOENCODING": "utf-8", "PATH": ""},
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_state_of_a_round_is_told_without_what_writes_workbooks(tmp_path: Path) -> None:
    make_round(tmp_path, COUNTINGS[0], ["A"])
    typed = ["status", str(tmp_path)]
    program = f"import sys, cli; cli.run({typed!r}); print('xlsxwriter' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=REPOSITORY, capture_output=True, check=True, encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "False"


def test_installed_package_holds_every_module() -> None:
    settings = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    packed = settings["tool"]["setuptools"]
    assert {path.stem for path in REPOSITORY.glob("*.py")} <= set(packed["py-modules"])
    rooms = {path.parent.relative_to(REPOSITORY) for path in REPOSITORY.glob("[!.]*/**/__init__.py")}
    rooms = {room for room in rooms if room.parts[0] not in ("tests", "build", "benchmarks")}
    assert {".".join(room.parts) for room in rooms} <= set(packed["packages"])


# 6: bad input -----------------------------------------------------------------------------------

USED: list[tuple[str, int, str]] = [
    # what is typed, exit code, what must be said
    ("", USED_WRONGLY, "Các lệnh"),
    ("criteria", USED_WRONGLY, "Các lệnh"),
    ("chấm", USED_WRONGLY, "Không có lệnh “chấm”"),
    ("scores ROUND", USED_WRONGLY, "Có phải ý bạn là “score”?"),
    ("criteria lst", USED_WRONGLY, "Có phải ý bạn là “list”?"),
    ("score", USED_WRONGLY, "Thiếu tham số THƯ_MỤC"),
    ("score ROUND --jsn", USED_WRONGLY, "Có phải ý bạn là “--json”?"),
    ("score ROUND thêm", USED_WRONGLY, "Xem cách dùng: danvan score --help"),
    ("new ELSEWHERE", USED_WRONGLY, "--plan"),
    ("new ELSEWHERE --plan", USED_WRONGLY, "--plan"),
    ("new ELSEWHERE --plan tay-ninh-city-2032", USED_WRONGLY, "Có phải ý bạn là “tay-ninh-city-2023”?"),
    ("new ROUND --plan tay-ninh-city-2023", USED_WRONGLY, "đã có dữ liệu"),
    ("demo ROUND", USED_WRONGLY, "đã có dữ liệu"),
    ("score ELSEWHERE", USED_WRONGLY, "Không có thư mục"),
    ("check ROUND --by 31/31/2023", USED_WRONGLY, "--by không dùng được. Ghi ngày như 25/10/2023."),
    ("appraise ROUND --by don-vi", USED_WRONGLY, "--by không dùng được. Dùng một trong: criterion, unit."),
    ("score ROUND --workers 0", USED_WRONGLY, "--workers không dùng được. Ghi một số từ 1 đến 64."),
    ("receive ROUND --unit 25456 --by \udcffLan", NOT_DONE, "“\N{REPLACEMENT CHARACTER}Lan” có ký tự hỏng"),
    ("check ROUND/nop", USED_WRONGLY, "không có tệp “dot.yaml”"),
    ("score ROUND/nop", USED_WRONGLY, "danvan new"),
    ("explain ROUND 25466", USED_WRONGLY, "Có phải ý bạn là “254"),
    ("explain ROUND 9", USED_WRONGLY, "Hiện có: 25456"),
    ("forms ROUND --unit 703-NVV", USED_WRONGLY, "Có phải ý bạn là “703-NV”?"),
    ("criteria show tay-ninh-city-815-2020", USED_WRONGLY, "Có phải ý bạn là “tay-ninh-city-815-2022”?"),
]


@pytest.mark.parametrize(
    ("typed", "exit_code", "words"), USED, ids=[typed or "nothing" for typed, *_ in USED]
)
def test_used_wrongly(
    run: Run, demo_round: Round, tmp_path: Path, typed: str, exit_code: int, words: str
) -> None:
    before = hashes(demo_round.folder)
    typed = typed.replace("ELSEWHERE", str(tmp_path / "khac")).replace("ROUND", str(demo_round.folder))
    code, out, err = run(*typed.split())
    assert code == exit_code
    assert words in (out + err)
    assert "Traceback" not in err
    assert not re.search(r"\b(Error|Usage|Try|No such|Missing)\b", out + err)
    assert hashes(demo_round.folder) == before
    assert not (tmp_path / "khac").exists()


RULE = 'id: "1.2"'
CRITERIA_FAULTS: list[tuple[str, Callable[[str], str], str]] = [
    # the fault, how it gets into the shipped criteria file, what must be said
    ("tab", lambda text: text.replace("\n    max: 10", "\n\tmax: 10", 1), "dấu Tab"),
    ("duplicate key", lambda text: text.replace("scale: 100", "scale: 100\nscale: 90", 1), "“scale” bị lặp lại"),
    ("unknown kind", lambda text: text.replace("kind: choice", "kind: choise", 1), "Có phải ý bạn là “choice”"),
    ("maxima of a group", lambda text: text.replace("max: 3\n", "max: 4\n", 1), "cộng lại được 11"),
    ("maxima of the scale", lambda text: text.replace("scale: 100", "scale: 110", 1), "các nhóm cộng lại được 100"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "words"), [case[1:] for case in CRITERIA_FAULTS], ids=[c[0] for c in CRITERIA_FAULTS]
)
def test_criteria_file_with_a_fault(
    run: Run, demo_copy: Round, change: Callable[[str], str], words: str
) -> None:
    name = "tay-ninh-city-815-2022.yaml"
    text = (SHIPPED / "decisions" / name).read_text(encoding="utf-8")
    broken = demo_copy.folder / "tieu-chi" / name
    broken.parent.mkdir()
    broken.write_text(change(text), encoding="utf-8")
    assert change(text) != text
    code, out, err = run("criteria", "lint", broken)
    assert (code, err) == (FOUND_MISTAKES, "")
    assert words in out
    assert re.search(r"dòng \d+, cột \d+", out)
    code, out, _ = run("criteria", "lint", broken, "--json")
    (found,) = json.loads(out).values()
    assert code == FOUND_MISTAKES
    assert all(item["line"] > 0 and item["fix"] for item in found)
    code, out, err = run("score", demo_copy.folder)
    assert (code, out) == (NOT_DONE, "")
    assert words in err
    assert not list((demo_copy.folder / "ket-qua").iterdir())


def _pdf(round_: Round) -> str:
    (round_.folder / "nop" / "25456.xlsx").write_bytes(b"%PDF-1.7\n")
    return "Tệp không phải sổ tính Excel (.xlsx): tệp PDF."


def _other_unit(round_: Round) -> str:
    shutil.copyfile(round_.folder / "nop" / "25459.xlsx", round_.folder / "nop" / "25456.xlsx")
    return "Biểu mẫu này của đơn vị khác: UBND phường 3 (25459)."


def _eight_points(round_: Round) -> str:
    path = round_.folder / "nop" / "25456.xlsx"
    book = openpyxl.load_workbook(path)
    typist.put(typist.find(book["Tự chấm"], "6.2", typist.A), "8 điểm")
    book.save(path)
    return "Không hiểu “8 điểm”."


@pytest.mark.parametrize("spoil", [_pdf, _other_unit, _eight_points])
def test_one_bad_workbook_costs_only_itself(
    run: Run, demo_copy: Round, spoil: Callable[[Round], str]
) -> None:
    _, out, _ = run("score", demo_copy.folder, "--json")
    before = {unit["code"]: unit for unit in json.loads(out)["units"]}
    message = spoil(demo_copy)
    code, out, err = run("check", demo_copy.folder, "--json")
    assert (code, err) == (FOUND_MISTAKES, "")
    (problem,) = (item for item in json.loads(out)["problems"] if item["unit"] == "25456")
    assert (problem["message"], problem["file"]) == (message, "25456.xlsx")
    code, out, err = run("score", demo_copy.folder, "--json")
    assert (code, err) == (FOUND_MISTAKES, "")
    for unit in json.loads(out)["units"]:
        same = ("max", "self", "final", "percent", "grade", "state")
        if unit["code"] != "25456":
            assert [unit[key] for key in same] == [before[unit["code"]][key] for key in same]
        elif spoil is _eight_points:
            assert thousandths(before["25456"]["final"]) - thousandths(unit["final"]) == 4500
            assert (unit["state"], unit["unanswered"]) == ("sent", 1)
        else:
            assert (unit["state"], unit["final"], unit["rank"]) == ("rejected", None, None)


def test_a_round_in_which_nobody_has_sent_anything_yet(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "moi"
    code, out, _ = run("new", folder, "--plan", "tay-ninh-city-2023")
    assert (code, "17 đơn vị" in out) == (DONE, True)
    code, out, err = run("check", folder, "--json")
    assert (code, err) == (DONE, "")
    assert (json.loads(out)["received"], len(json.loads(out)["missing"])) == ([], 17)
    code, out, err = run("score", folder, "--json")
    assert (code, err) == (DONE, "")
    assert {unit["state"] for unit in json.loads(out)["units"]} == {"not_sent"}


@pytest.mark.parametrize("command", ["forms", "check", "score", "explain"])
def test_a_plan_that_only_asks_for_reports_cannot_be_scored(run: Run, tmp_path: Path, command: str) -> None:
    folder = tmp_path / "tra-cu"
    assert run("new", folder, "--plan", "tra-cu-2023")[0] == DONE
    before = hashes(folder)
    code, out, err = run(command, folder, *(["01"] if command == "explain" else []))
    assert (code, out) == (USED_WRONGLY, "")
    assert "không chấm điểm" in err or "đơn vị có mã" in err
    assert hashes(folder) == before
    code, out, err = run("status", folder)
    assert (code, err) == (DONE, "")


def test_the_next_command_can_be_typed_as_it_is_told(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("new", tmp_path / "Đợt năm 2022", "--plan", "duc-pho-2022")
    assert (code, out.splitlines()[-1].endswith('Đợt năm 2022"')) == (DONE, True)
    assert f'danvan forms "{tmp_path / "Đợt năm 2022"}"' in out


def test_a_notice_to_a_unit_without_dossier(run: Run, tmp_path: Path) -> None:
    """Đức Phổ's plan: no dossier counts as not fulfilled, and costs a step in emulation."""
    folder = tmp_path / "dot"
    run("new", folder, "--plan", "duc-pho-2022")
    (folder / "bang-diem.csv").write_text("Mã đơn vị;1.1\n21439;3\n", encoding="utf-8")
    run("score", folder)
    # most units have no points in that table: told, and written all the same
    assert run("report", folder, "--kind", "thong-bao", "--unit", "21442")[0] == FOUND_MISTAKES
    path = folder / "ket-qua" / "thong-bao" / "21442.docx"
    told = [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]
    [limit] = [text for text in told if "Không có hồ sơ minh chứng" in text and text.startswith("-")]
    assert "xếp loại trước: Chưa xếp loại, sau: Không hoàn thành nhiệm vụ. Căn cứ: " in limit
    [consequence] = [text for text in told if text.startswith("- Hệ quả: kết quả bình xét thi đua")]
    assert "xếp loại trước" not in consequence  # it changes no grade


def test_an_office_without_criteria_of_its_own_is_told(run: Run, tmp_path: Path) -> None:
    run("new", tmp_path / "dot", "--plan", "duc-pho-2022")
    code, out, _ = run("appraise", tmp_path / "dot")
    assert (code, "Cơ quan Tổ chức - Nội vụ thị xã: đã chấm 0/0 dòng" in out) == (DONE, True)
    assert "Ban Dân vận Thị ủy: không có phiếu" in out


def test_forms(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "moi"
    run("new", folder, "--plan", "tay-ninh-city-2023")
    code, out, _ = run("forms", folder, "--unit", "25456", "--unit", "703-nv")
    assert (code, "2 biểu mẫu" in out) == (DONE, True)
    assert sorted(path.name for path in (folder / "bieu-mau").iterdir()) == ["25456.xlsx", "703-NV.xlsx"]
    code, out, err = run("forms", folder)
    assert (code, err) == (DONE, "")  # no progress bar where there is no terminal
    assert len(list((folder / "bieu-mau").iterdir())) == 17


def test_output_open_in_excel_is_a_sentence(
    run: Run, demo_copy: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("score", demo_copy.folder)
    before = hashes(demo_copy.folder / "ket-qua")

    def held(*_: object) -> None:
        raise PermissionError(13, "held")

    monkeypatch.setattr(Path, "replace", held)
    monkeypatch.setattr(placing, "RETRY_AFTER", (0.0,))
    code, _, err = run("score", demo_copy.folder)
    assert code == NOT_DONE
    assert "đang mở trong Excel" in err
    assert hashes(demo_copy.folder / "ket-qua") == before


# 7: inputs and outputs --------------------------------------------------------------------------


def test_inputs_stay_and_the_same_inputs_give_the_same_bytes(run: Run, demo_copy: Round) -> None:
    before = hashes(demo_copy.folder)
    run("check", demo_copy.folder, "--no-return")
    assert hashes(demo_copy.folder) == before
    run("check", demo_copy.folder)
    given_back = {"tra-lai/25474.xlsx", "tra-lai/25474.txt"}
    assert set(hashes(demo_copy.folder)) - set(before) == given_back
    run("score", demo_copy.folder)
    run("explain", demo_copy.folder, "25456")
    once = hashes(demo_copy.folder)
    assert {name: once[name] for name in before} == before
    written = set(once) - set(before)
    assert all(name.startswith("ket-qua/") for name in written - given_back)
    assert {"ket-qua/xep-hang.xlsx", "ket-qua/results.json", "ket-qua/bang-diem.csv"} <= written
    run("check", demo_copy.folder)
    run("score", demo_copy.folder)
    again = hashes(demo_copy.folder)
    journal = "ket-qua/nhat-ky.jsonl"  # tells each run with its time
    assert again.pop(journal) != once.pop(journal)
    assert again == once


def test_order_of_the_roster_changes_no_result(run: Run, demo_copy: Round) -> None:
    def units(out: str) -> list[dict[str, object]]:
        return sorted(json.loads(out)["units"], key=lambda unit: unit["code"])

    _, out, _ = run("score", demo_copy.folder, "--json")
    path = demo_copy.folder / "dot.yaml"
    head, _, roster = path.read_text(encoding="utf-8").partition("units:\n")
    turned = "\n".join(reversed(roster.strip("\n").split("\n")))
    path.write_text(f"{head}units:\n{turned}\n", encoding="utf-8")
    _, other, _ = run("score", demo_copy.folder, "--json")
    assert units(other) == units(out)
    assert json.loads(other)["targets"] == json.loads(out)["targets"]


def test_a_form_sent_back_blank_is_no_zero(run: Run, demo_copy: Round) -> None:
    unit = demo_copy.by_code["25456"]
    shutil.rmtree(demo_copy.folder / "chi-so")  # else the index of the unit would be its points
    write_form(demo_copy.folder / "nop" / "25456.xlsx", demo_copy, unit)
    code, out, _ = run("score", demo_copy.folder, "--json")
    assert code == FOUND_MISTAKES
    (found,) = (item for item in json.loads(out)["units"] if item["code"] == "25456")
    blank = (found["state"], found["self"], found["final"], found["grade"], found["rank"])
    assert blank == ("rejected", None, None, None, None)


# 8: the manual ----------------------------------------------------------------------------------


def commands(group: click.Group, path: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command with the words that call it."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{path}{name} ")
        else:
            yield f"{path}{name}", command


COMMANDS = dict(commands(cli.app))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_manual(name: str) -> None:
    pages = [REPOSITORY / "README.md", *(REPOSITORY / "docs").glob("*.md")]
    manual = "\n".join(page.read_text(encoding="utf-8") for page in pages)
    assert f"danvan {name}" in manual
    for option in COMMANDS[name].params:
        if isinstance(option, click.Option):
            assert re.search(rf"{option.opts[0]}\b", manual), option.opts
            assert option.help
    assert COMMANDS[name].help


def test_the_sections_of_the_manual_are_numbered_and_listed() -> None:
    manual = (REPOSITORY / "docs" / "huong-dan.md").read_text(encoding="utf-8")
    titles = re.findall(r"^## (\d+)\. (.+)$", manual, re.M)
    assert [int(number) for number, _ in titles] == list(range(1, len(titles) + 1))
    anchors = {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")
               for title in re.findall(r"^#{2,3} (.+)$", manual, re.M)}  # fmt: skip
    links = re.findall(r"\]\(#([^)]+)\)", manual)
    assert len(links) > len(titles) and set(links) <= anchors
    pictures = re.findall(r"\]\((hinh/[^)]+)\)", manual)
    assert [name for name in pictures if not (REPOSITORY / "docs" / name).is_file()] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_help_explains_every_argument_in_vietnamese(name: str) -> None:
    command = COMMANDS[name]
    context = click.Context(command, info_name=name)
    text = command.get_help(context)
    assert "[required]" not in text and "Show this" not in text
    for argument in command.params:
        if isinstance(argument, click.Argument):
            assert ARGUMENTS.get(argument.make_metavar(context)), argument.name


def test_the_manual_names_no_command_that_is_not_there() -> None:
    for document in ("docs/huong-dan.md", "README.md"):
        text = (REPOSITORY / document).read_text(encoding="utf-8")
        for called in re.findall(r"(?:^    |`)danvan ([a-z]+(?: [a-z]+)?)", text, re.M):
            first, _, second = called.partition(" ")
            known = (
                first in COMMANDS or (first == "criteria" and called in COMMANDS) or called == "criteria"
            )
            assert known, f"{document}: danvan {called} {second}"
