"""The commands that keep a round's registers, end to end.

1. Receiving, objecting, deciding, facts: what is said, what is written, what later commands make of it.
2. Used wrongly: each with its sentence and exit code; nothing is written.
3. A unit without a dossier, as the plan of Đức Phổ says: not completed, and the emulation result one level
   down; a late or recorded one is not such a unit.
4. `status` in the terminal, as a sheet and for programs; reading commands write nothing and need no lock.
5. A command that writes takes its turn; one that reads does not wait.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import jsonschema
import openpyxl
import pytest

import cli
from criteria.library import SHIPPED
from evidence.round import Round, load_round, new_round
from tests.evidence.test_placing import Unheld
from tests.evidence.test_status import SCHEMA

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


def files(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, hidden ones too."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


# 1 ----------------------------------------------------------------------------------------------


def test_receive(run: Run, demo_copy: Round, tmp_path: Path) -> None:
    folder = demo_copy.folder
    sent = tmp_path / "25477 ban nop.xlsx"
    shutil.copyfile(folder / "bieu-mau" / "25477.xlsx", sent)
    code, out, err = run("receive", folder, sent, "--at", "18/10/2023 16:05", "--by", "Lê B")
    assert (code, err) == (DONE, "")
    assert "UBND xã Bình Minh (25477): nhận 18/10/2023 16:05, tệp nop/25477.xlsx." in out
    code, out, _ = run("status", folder, "--json")
    (unit,) = (item for item in json.loads(out)["units"] if item["code"] == "25477")
    assert (unit["received_on"], unit["received_at"], unit["days_late"]) == ("2023-10-18", "16:05", 3)
    code, out, _ = run("receive", folder, sent, tmp_path / "khong-co.xlsx")
    assert code == FOUND_MISTAKES
    assert "bản này đã có trong sổ" in out
    assert "Không có tệp" in out
    code, out, _ = run("receive", folder, "--unit", "25477", "--unit", "25483", "--duty", "bao-cao-nam")
    assert (code, out.count("không kèm tệp")) == (DONE, 2)
    code, out, _ = run("status", folder, "--json")
    (duty,) = (item for item in json.loads(out)["deadlines"] if item["id"] == "bao-cao-nam")
    assert (duty["received"], duty["missing"]) == (17, [])


def test_objection_and_decision(run: Run, demo_copy: Round) -> None:
    folder = demo_copy.folder
    code, out, err = run("object", folder, "25465", "6.2", "--text", "Đề nghị xem lại", "--document", "45/CV",
                         "--on", "25/10/2023")  # fmt: skip
    assert (code, err) == (DONE, "")
    assert "kiến nghị KN1 của UBND phường Hiệp Ninh (25465)" in out
    assert "Kiến nghị chưa giải quyết: UBND phường Hiệp Ninh (25465), KN1" in run("status", folder)[1]
    ruled = ("--reason", "Đủ minh chứng", "--document", "07/BB", "--by", "Hội đồng", "--on", "2023-10-28")
    code, out, err = run("decide", folder, "25465", "6.2", "--points", "4,5", *ruled, "--objection")
    assert (code, err) == (DONE, "")
    assert "4,5 điểm" in out
    assert "Giải quyết kiến nghị KN1" in out
    assert "Kiến nghị chưa giải quyết" not in run("status", folder)[1]
    code, out, err = run("decide", folder, "25465", "6.2", "--points", "3", *ruled, "--objection")
    assert (code, out) == (USED_WRONGLY, "")
    assert "không có kiến nghị nào đang mở" in err
    code, out, err = run("decide", folder, "25465", "6.2", "--points", "keep", *ruled)
    assert (code, err) == (DONE, "")
    assert "Giữ nguyên" in out


def test_fact(run: Run, demo_copy: Round) -> None:
    given = ("--document", "12/QĐ", "--on", "1/6/2023", "--by", "Lê B")
    code, out, err = run("fact", demo_copy.folder, "25465", "bi-ky-luat", *given)
    assert (code, err) == (DONE, "")
    assert "không có khống chế nào" in out  # the shipped set has none by facts
    assert [item.fact for item in load_round(demo_copy.folder).facts] == ["bi-ky-luat"]
    code, _, err = run("fact", demo_copy.folder, "25465", "bi-ky-luat", *given, "--withdraw")
    assert (code, "--note" in err) == (USED_WRONGLY, True)
    code, out, _ = run(
        "fact", demo_copy.folder, "25465", "bi-ky-luat", *given, "--withdraw", "--note", "nhầm"
    )
    assert (code, "Đã rút" in out) == (DONE, True)
    assert load_round(demo_copy.folder).facts == ()


# 2 ----------------------------------------------------------------------------------------------

USED = [
    # what is typed after the round, what is said
    ("receive", "Ghi tên tệp nhận được"),
    ("receive --unit 25466", "Có phải ý bạn là “254"),
    ("receive --unit 25456 --duty bao-cao", "Hiện có: bao-cao-nam"),
    ("receive --unit 25456 --kind reprot", "Có phải ý bạn là “report”?"),
    ("receive --unit 25456 --at mai", "Không hiểu thời điểm “mai”"),
    ("receive --unit 25456 --at 14/10/2223", "ở sau lúc này"),
    ("receive a.xlsx --unit 25456 --unit 25459", "chỉ dùng --unit một lần"),
    ("object 25456 6.2 --text x", "--document"),
    ("object 25456 6.9 --text x --document y", "Không tìm thấy tiêu chí áp dụng cho UBND phường 1"),
    ("object 703-NV 5.2 --text x --document y", "Không tìm thấy tiêu chí"),
    ("decide 25456 6.2 --points 9 --reason a --document b --by c", "từ 0 đến 5 điểm"),
    ("decide 25456 6.2 --points 4 --document b --by c", "--reason"),
    ("decide 25477 6.2 --points keep --reason a --document b --by c", "chưa có điểm"),
    ("fact 25456 bi-ky-luat --document a --on hôm-kia --by b", "Không hiểu thời điểm"),
    ("fact 25456 bi-ky-luat --document a --on 1/6/2023", "--by"),
    ("fact 25456 a --document a --on 1/6/2023 --by b --withdraw --note c", "Không có sự việc “a”"),
]


@pytest.mark.parametrize(("typed", "words"), USED, ids=[typed for typed, _ in USED])
def test_used_wrongly(run: Run, demo_round: Round, typed: str, words: str) -> None:
    before = files(demo_round.folder)
    name, *rest = typed.split()
    code, out, err = run(name, demo_round.folder, *rest)
    assert (code, out) == (USED_WRONGLY, "")
    assert words in err
    assert files(demo_round.folder) == before


@pytest.mark.parametrize("option", ["--reason", "--document", "--by"])
def test_nothing_is_decided_without_reason_document_and_person(
    run: Run, demo_round: Round, option: str
) -> None:
    given = {"--reason": "a", "--document": "b", "--by": "c", option: "  "}
    typed = [text for pair in given.items() for text in pair]
    code, _, err = run("decide", demo_round.folder, "25456", "6.2", "--points", "4", *typed)
    assert (code, f"{option} không được để trống" in err) == (USED_WRONGLY, True)


def spoilt_journal(folder: Path) -> None:
    """A journal of which somebody changed a line."""
    (folder / "ket-qua" / "nhat-ky.jsonl").write_text("{}\n", encoding="utf-8")


def journal_as_a_folder(folder: Path) -> None:
    """A folder where the journal belongs."""
    (folder / "ket-qua" / "nhat-ky.jsonl").mkdir()


def results_as_a_file(folder: Path) -> None:
    """A file where the folder of results belongs."""
    shutil.rmtree(folder / "ket-qua")
    (folder / "ket-qua").write_bytes(b"")


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (spoilt_journal, "Nhật ký “ket-qua/nhat-ky.jsonl” bị sửa hoặc hỏng ở dòng 1"),
        (journal_as_a_folder, "“nhat-ky.jsonl” vì đã có một thư mục trùng tên"),
        (results_as_a_file, "phải là một thư mục nhưng lại là một tệp"),
    ],
)
def test_nothing_is_recorded_that_the_journal_cannot_tell(
    run: Run, demo_copy: Round, damage: Callable[[Path], None], words: str
) -> None:
    folder = demo_copy.folder
    (folder / "ket-qua" / "nhat-ky.jsonl").unlink(missing_ok=True)
    damage(folder)
    before = files(folder)
    code, _, err = run("receive", folder, "--unit", "25456", "--kind", "report", "--by", "Lan")
    assert (code, words in err) == (NOT_DONE, True)
    assert files(folder) == before


# 3 ----------------------------------------------------------------------------------------------


def test_a_unit_without_a_dossier_in_duc_pho(run: Run, tmp_path: Path) -> None:
    folder = new_round(tmp_path / "dot", "duc-pho-2022").folder
    none, late, recorded = "21439", "21442", "21445"
    run("forms", folder, "--unit", late)
    form = folder / "bieu-mau" / f"{late}.xlsx"
    book = openpyxl.load_workbook(form)
    sheet = book["Tự chấm"]
    (row,) = (cell.row for cell in sheet["A"] if cell.value == "1.1")
    sheet.cell(row, 6, 10)
    sheet.cell(row, 7, 10)
    filled = tmp_path / form.name
    book.save(filled)
    assert run("receive", folder, filled, "--at", "26/10/2022 08:00")[0] == DONE
    assert run("receive", folder, "--unit", recorded, "--at", "20/10/2022")[0] == DONE
    code, out, _ = run("score", folder, "--json")
    assert code == FOUND_MISTAKES
    units = {unit["code"]: unit for unit in json.loads(out)["units"]}
    assert units[none]["grade"] == "Không hoàn thành nhiệm vụ"
    fail, emulation = units[none]["limits"]
    assert "được xem như không hoàn thành nhiệm vụ (vì không có hồ sơ)" in fail["text"]
    assert "thi đua, khen thưởng của năm hạ xuống một bậc" in emulation["text"]
    for limit in (fail, emulation):
        assert "III.1, gạch đầu dòng 3" in limit["cite"]
    # the plan says nothing of late ones; a recorded one was not absent, and has no points yet
    assert (units[late]["limits"], units[late]["grade"]) == ([], units[late]["grade_by_points"])
    assert (units[recorded]["limits"], units[recorded]["grade"]) == ([], None)
    assert sum(bool(unit["limits"]) for unit in units.values()) == 20
    value = json.loads(run("status", folder, "--json")[1])
    assert {unit["code"]: unit["days_late"] for unit in value["units"] if unit["days_late"]} == {late: 2}
    assert value["totals"]["not_sent"] == 20


def test_what_the_plan_says_of_late_dossiers_follows_and_is_cited(run: Run, demo_copy: Round) -> None:
    folder, late = demo_copy.folder, "25465"
    plan = (SHIPPED / "plans" / "tay-ninh-city-2023.yaml").read_text(encoding="utf-8")
    limit = "\nlimits:\n  - {id: cham, when: {dossier: late}, act: {lower_by: 1}, cite: IV.1}\n"
    (folder / "tieu-chi").mkdir()
    (folder / "tieu-chi" / "tay-ninh-city-2023.yaml").write_text(plan + limit, encoding="utf-8")
    (folder / "so-tiep-nhan.csv").unlink()
    paths = [path for path in sorted((folder / "nop").glob("*.xlsx")) if path.stem != late]
    run("receive", folder, *paths, "--at", "15/10/2023 17:00")
    run("receive", folder, folder / "nop" / f"{late}.xlsx", "--at", "17/10/2023")
    _, out, _ = run("score", folder, "--json")
    result = json.loads(out)
    units = {unit["code"]: unit for unit in result["units"]}
    (applied,) = units[late]["limits"]
    assert "gửi hồ sơ chậm 2 ngày" in applied["text"]
    assert "49/KH-UBND" in applied["cite"] and "IV.1" in applied["cite"]
    assert (units[late]["grade_by_points"], units[late]["grade"]) == ("Khá", "Trung bình")
    assert [unit["code"] for unit in result["units"] if unit["limits"]] == [late]
    assert not any("giờ của tệp" in text for text in result["warnings"])


# 4, 5 -------------------------------------------------------------------------------------------


def test_status_for_people_and_programs(run: Run, demo_copy: Round) -> None:
    folder = demo_copy.folder
    before = files(folder)
    code, out, err = run("status", folder, "--json")
    assert (code, err) == (DONE, "")
    value = json.loads(out)
    jsonschema.Draft202012Validator(SCHEMA).validate(value)
    assert value["today"] == date.today().isoformat()
    code, out, err = run("status", folder)
    assert (code, err) == (DONE, "")
    assert "Thanh tra thành phố" in out
    assert files(folder) == before
    code, out, err = run("status", folder, "--sheet")
    assert (code, err) == (DONE, "")
    assert files(folder).keys() - before.keys() == {"ket-qua/tinh-hinh.xlsx"}
    book = openpyxl.load_workbook(folder / "ket-qua" / "tinh-hinh.xlsx")
    whole, units = (list(book[name].iter_rows(values_only=True)) for name in ("Tình hình", "Từng đơn vị"))
    (total,) = (row for row in whole if row[0] == "Tổng số")
    assert total[1:7] == tuple(
        value["totals"][key] for key in ("units", "sent", "late", "returned", "recorded", "not_sent")
    )
    (unit,) = (row for row in units if row[1] == "25465")
    assert unit[2:4] == ("UBND phường Hiệp Ninh", "Đã gửi")
    (told,) = (item for item in value["units"] if item["code"] == "25465")
    assert [str(number) for number in unit[7:10]] == [told["self"], told["final"], told["percent"]]
    assert any("SỐ LIỆU MINH HỌA" in str(row[0]) for row in (*whole, *units))


def test_status_sheet_of_a_locality_that_does_not_score(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "tra-cu"
    run("new", folder, "--plan", "tra-cu-2023")
    run("receive", folder, "--unit", "29461", "--duty", "bao-cao-6-thang", "--at", "7/6/2023")
    assert run("status", folder, "--sheet")[0] == DONE
    book = openpyxl.load_workbook(folder / "ket-qua" / "tinh-hinh.xlsx")
    (row,) = (row for row in book["Từng đơn vị"].iter_rows(values_only=True) if row[1] == "29461")
    assert row[-2:] == ("07/06/2023, chậm 3 ngày", "chưa có")


WRITING = ["forms", "check", "score", "receive --unit 25456", "status --sheet"]


@pytest.mark.parametrize("typed", WRITING)
def test_a_command_that_writes_takes_its_turn(
    run: Run, demo_copy: Round, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    from evidence.lock import hold

    monkeypatch.setattr("evidence.lock.WAIT", 0.1)
    monkeypatch.setattr("evidence.lock._HELD", Unheld())  # as if this were another process
    before = files(demo_copy.folder)
    name, *rest = typed.split()
    with hold(demo_copy.folder, "decide"):
        code, _, err = run(name, demo_copy.folder, *rest)
        assert (code, "danvan decide" in err) == (NOT_DONE, True)
        assert run("explain", demo_copy.folder, "25456")[0] == DONE
        assert run("status", demo_copy.folder)[0] == DONE
    assert files(demo_copy.folder) == before
