"""`close`, `verify`, `compare` and corrections on the command line: exit codes, sentences, refusals."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import openpyxl
import pytest

from evidence.round import Round
from tests.reports.small_folder import POINTS, make_round, write_points
from tests.test_cli import DONE, FOUND_MISTAKES, NOT_DONE, USED_WRONGLY, Run, hashes, run

__all__ = ["run"]  # the fixture


def test_a_round_is_closed_verified_and_left_alone(run: Run, tmp_path: Path) -> None:
    folder = make_round(tmp_path / "nho-2023")
    code, out, err = run("verify", folder)
    assert (code, out) == (NOT_DONE, "") and "chưa được niêm phong" in err
    assert run("score", folder)[0] == DONE
    code, out, err = run("close", folder, "--by", "Nguyễn Văn A")
    assert (code, err) == (DONE, "")
    head = next(line.strip() for line in out.splitlines() if line.startswith("  "))
    before = hashes(folder)
    for command in (["forms"], ["check"], ["score"], ["close"], ["check", "--json"], ["score", "--json"]):
        code, out, err = run(command[0], folder, *command[1:])
        assert (code, out) == (NOT_DONE, ""), command
        assert "đã niêm phong" in err and "--corrects" in err
    for command in (["verify"], ["status"], ["explain", "A"], ["verify", "--json"]):
        assert run(command[0], folder, *command[1:])[0] == DONE
    assert hashes(folder) == before
    code, out, _ = run("verify", folder, "--head", head)
    assert (code, "Mã trên giấy: khớp." in out) == (DONE, True)
    code, out, _ = run("verify", folder, "--head", head[::-1])
    assert (code, "không khớp" in out) == (FOUND_MISTAKES, True)
    code, _, err = run("verify", folder, "--head", "12")
    assert (code, "phải đủ 32 ký tự" in err) == (USED_WRONGLY, True)
    (folder / "bang-diem.csv").write_bytes(b"x")
    code, out, _ = run("verify", folder)
    assert (code, "“bang-diem.csv” đã bị sửa" in out) == (FOUND_MISTAKES, True)


def test_the_example_round_is_closed_only_with_a_reason(run: Run, demo_copy: Round) -> None:
    code, out, err = run("close", demo_copy.folder)
    assert (code, out) == (NOT_DONE, "")
    for words in (
        "1 đơn vị hoặc tệp có lỗi phải sửa trong hồ sơ: UBND xã Tân Bình (2 lỗi).",
        "1 đơn vị chưa gửi hồ sơ mà kế hoạch không quy định cách xử lý: UBND xã Bình Minh.",
        "16 đơn vị chưa được thẩm định",
    ):
        assert words in err
    assert run("close", demo_copy.folder, "--provisional")[0] == USED_WRONGLY
    code, out, _ = run("close", demo_copy.folder, "--provisional", "--reason", "Thử chương trình")
    assert (code, "TẠM THỜI" in out) == (FOUND_MISTAKES, True)
    code, out, _ = run("verify", demo_copy.folder)
    assert (code, "Niêm phong tạm thời" in out) == (DONE, True)


def test_a_correction(run: Run, tmp_path: Path) -> None:
    old, new = make_round(tmp_path / "cu"), tmp_path / "moi"
    for options in ([], ["--plan", "tay-ninh-city-2023", "--corrects", old]):
        code, _, err = run("new", new, *options)
        assert (code, "đúng một trong hai: --plan" in err) == (USED_WRONGLY, True)
    code, _, err = run("new", new, "--corrects", old)
    assert (code, "chưa được niêm phong" in err, new.exists()) == (NOT_DONE, True, False)
    run("close", old)
    code, out, _ = run("new", new, "--corrects", old, "--reason", "Tính sót")
    assert (code, "đính chính đợt “cu”" in out) == (DONE, True)
    write_points(new, [line.split() for line in POINTS.replace("C 6", "C 8").splitlines()])
    code, out, _ = run("close", new)
    assert code == DONE
    assert "So với đợt được đính chính: 1 đơn vị đổi điểm" in out and "xếp loại Yếu → Khá" in out


def test_a_round_whose_seal_was_lost_is_not_written_into(run: Run, tmp_path: Path) -> None:
    folder = make_round(tmp_path / "nho")
    run("close", folder)
    seal, journal = folder / "ket-qua" / "niem-phong.json", folder / "ket-qua" / "nhat-ky.jsonl"
    whole = seal.read_bytes()
    seal.unlink()
    for command in (["score"], ["close"], ["receive", "--unit", "A"], ["check"], ["verify"]):
        code, out, err = run(command[0], folder, *command[1:])
        assert (code, out, "Khôi phục tệp từ bản sao lưu" in err) == (NOT_DONE, "", True), command
    seal.write_bytes(whole)
    assert run("verify", folder)[0] == DONE
    seal.unlink()
    journal.rename(folder / "ket-qua" / "nhat-ky-cu.jsonl")
    assert run("score", folder)[0] == DONE


def test_score_tells_what_changed_since_the_run_before(run: Run, tmp_path: Path) -> None:
    folder = make_round(tmp_path / "nho")
    _, out, _ = run("score", folder)
    assert "So với" not in out
    _, out, _ = run("score", folder)
    assert "So với" not in out, "nothing changed"
    write_points(folder, [line.split() for line in POINTS.replace("B 9 5", "B 10 6").splitlines()])
    _, out, _ = run("score", folder)
    assert "So với lần chấm trước: 2 đơn vị đổi điểm, xếp loại hoặc hạng." in out
    (folder / "ket-qua" / "results.json").write_bytes(b"{")
    code, out, _ = run("score", folder)  # an earlier run that cannot be read stops nothing
    assert (code, "So với" in out) == (DONE, False)


def test_score_on_a_journal_that_was_tampered_with(run: Run, tmp_path: Path) -> None:
    folder = make_round(tmp_path / "nho")
    run("score", folder)
    path = folder / "ket-qua" / "nhat-ky.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace('"entry":1', '"entry":7'), encoding="utf-8")
    code, _, err = run("score", folder)
    assert (code, "Nhật ký “ket-qua/nhat-ky.jsonl” bị sửa hoặc hỏng ở dòng 1" in err) == (NOT_DONE, True)


def test_compare(run: Run, tmp_path: Path) -> None:
    old, new = make_round(tmp_path / "cu"), make_round(tmp_path / "moi", "A 8 6 4\nBC 9 6 4", 2024)
    code, out, err = run("compare", old, new)
    assert (code, out, "danvan score" in err) == (NOT_DONE, "", True)
    for folder in (old, new):
        run("score", folder)
    table = tmp_path / "sap-nhap.csv"
    table.write_text(
        "Ngày hiệu lực;Loại;Mã cũ;Mã mới\n01/07/2024;sáp nhập;B;BC\n01/07/2024;sáp nhập;C;BC\n", "utf-8"
    )
    code, out, _ = run("compare", old, new)
    assert (code, "mới, không có ở đợt cũ" in out) == (DONE, True)
    sheet = tmp_path / "so-sanh.xlsx"
    code, out, _ = run("compare", old, new, "--merged", table, "--out", sheet)
    assert (code, "UBND xã BC (sáp nhập)" in out, str(sheet) in out) == (DONE, True, True)
    assert openpyxl.load_workbook(sheet).sheetnames == ["So sánh đơn vị", "So sánh tiêu chí"]
    shutil.copy(table, new / "sap-nhap.csv")
    code, out, err = run("compare", old, new, "--json")
    assert (code, err) == (DONE, "")
    assert json.loads(out)["units"][1]["relation"] == "merged"
    table.write_text("Ngày hiệu lực;Loại;Mã cũ;Mã mới\nhôm qua;sáp nhập;B;BC\n", "utf-8")
    code, out, _ = run("compare", old, new, "--merged", table)
    assert (code, "sap-nhap.csv, ô A2: Ngày hiệu lực “hôm qua” không đọc được" in out) == (
        FOUND_MISTAKES,
        True,
    )


@pytest.mark.parametrize("command", ["close", "verify", "compare"])
def test_a_folder_that_is_no_round(run: Run, tmp_path: Path, command: str) -> None:
    code, _, err = run(command, tmp_path / "khong", *([tmp_path] if command == "compare" else []))
    assert code in (USED_WRONGLY, NOT_DONE)
    assert err and "Traceback" not in err
