"""What sealing changes, and what nothing changes any more.

1. Points of a round sealed with nothing open are final, in its results, to `verify` and in `status`; those of
   a round sealed in spite of something are not.
2. Where a grade hangs on lateness, a dossier that nobody recorded is open; sealed all the same, its time is
   kept by the seal, and a copy of the folder with other times is the same round.
3. Whatever a command makes of a sealed round, `verify` finds it as it was sealed.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import cli
from evidence.intake import take_in
from evidence.placing import write_text
from evidence.round import load_round
from evidence.sealing.sealed_files import SealedRound
from evidence.status import status_json, status_of
from reports.outcome import outcome
from reports.sealing.seal import RoundOpen, close_round
from reports.sealing.verify import verification_text, verify
from tests.reports.small_folder import CRITERIA, NOON, make_round

LATE = "  - {{id: cham, when: {{dossier: late}}, act: {{lower_by: 1}}, cite: vd}}\ngroups:"
DEADLINE = (
    "deadlines: [{id: ho-so, kind: dossier, what: Gửi hồ sơ, who: UBND xã, to: Phòng Nội vụ, "
    "before: 2023-10-16, cite: mục V, passage: trước ngày 16/10/2023}]"
)
IN_TIME, TOO_LATE = 1_697_340_000, 1_697_600_000  # 15 and 18 October 2023, in any zone
UNITS = {code: f"UBND xã {code}" for code in "ABC"}


def states(folder: Path) -> dict[str, str]:
    """State of each unit by the results that stand in a folder."""
    record = json.loads((folder / "ket-qua" / "results.json").read_text(encoding="utf-8"))
    return {unit["code"]: unit["state"] for unit in record["units"]}


def told(folder: Path) -> dict[str, str]:
    """State of each unit by `status`."""
    round_ = load_round(folder)
    value = status_json(status_of(round_, take_in(round_), date(2024, 1, 16)))
    return {unit["code"]: unit["state"] for unit in value["units"]}


def test_points_are_final_once_sealed(tmp_path: Path) -> None:
    folder = make_round(tmp_path / "nho", "A 9 6 4\nB 9 5 4", units=UNITS)
    assert told(folder) == {"A": "appraised", "B": "appraised", "C": "not_sent"}
    close_round(folder, now=NOON)
    final = {"A": "final", "B": "final", "C": "not_sent"}  # nothing of C is final: it has no points
    assert states(folder) == told(folder) == final
    assert list(outcome(load_round(folder)).results.units["state"]) == list(final.values())
    assert verify(folder).sound


def test_points_sealed_in_spite_of_something_are_not_final(tmp_path: Path) -> None:
    folder = make_round(tmp_path / "nho", "A 9 6 4\nB 9 - 4")
    close_round(folder, reason="họp gấp", provisional=True)
    assert states(folder) == told(folder) == {"A": "appraised", "B": "appraised_in_part"}
    assert verify(folder).sound


# lateness by the times of files --------------------------------------------------------------------


def by_file_time(folder: Path, limit: str = LATE) -> Path:
    """A round in which A sent too late by the time of its file, which is all that is known of it."""
    make_round(folder, criteria=CRITERIA.replace("groups:", limit, 1))
    plan = folder / "tieu-chi" / "ke-hoach-2023.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("deadlines: []", DEADLINE), encoding="utf-8")
    form = folder / "nop" / "A.xlsx"
    form.parent.mkdir()
    form.write_bytes(b"x")
    os.utime(form, (TOO_LATE, TOO_LATE))
    return folder


def test_a_dossier_that_nobody_recorded_is_open_where_lateness_counts(tmp_path: Path) -> None:
    folder = by_file_time(tmp_path / "nho")
    with pytest.raises(RoundOpen) as refusal:
        close_round(folder)
    (matter,) = (item for item in refusal.value.matters if item.code == "unrecorded")
    assert len(matter.cases) == 1 and "UBND xã A (nhận 18/10/2023" in matter.cases[0]
    assert "giờ của tệp" in matter.cases[0] and "danvan receive" in matter.what
    (folder / "so-tiep-nhan.csv").write_text(
        "Nhận lúc;Mã đơn vị;Loại;Mã việc;Tệp\n15/10/2023 16:00;A;hồ sơ chấm điểm;ho-so;\n", "utf-8"
    )
    assert close_round(folder, now=NOON).matters == ()


def test_where_no_limit_looks_to_lateness_the_times_of_files_are_nothing_open(tmp_path: Path) -> None:
    assert close_round(by_file_time(tmp_path / "nho", "groups:"), now=NOON).matters == ()


def test_a_sealed_round_keeps_the_times_of_files(tmp_path: Path) -> None:
    folder = by_file_time(tmp_path / "nho")
    close_round(folder, provisional=True, reason="thiếu sổ tiếp nhận")
    grades = list(outcome(load_round(folder)).results.units["grade"])
    os.utime(folder / "nop" / "A.xlsx", (IN_TIME, IN_TIME))
    assert list(outcome(load_round(folder)).results.units["grade"]) == grades
    assert verify(folder).sound


# nothing changes a sealed round ------------------------------------------------------------------


def _pdfs(monkeypatch: pytest.MonkeyPatch) -> None:
    """PDF as a program would make them that only takes bytes."""

    def written(paths: list[Path]) -> Any:
        for path in paths:
            assert path.is_file()
            target = path.with_suffix(".pdf")
            target.write_bytes(b"%PDF")
            yield target

    monkeypatch.setattr("reports.pdf.write_pdfs", written)


COMMANDS = [
    ["report", "FOLDER"],
    ["report", "FOLDER", "--pdf"],
    ["analyse", "FOLDER", "--pdf"],
    ["status", "FOLDER", "--sheet", "--pdf"],
    ["explain", "FOLDER", "A"],
    ["score", "FOLDER"],
    ["check", "FOLDER"],
    ["appraise", "FOLDER"],
    ["forms", "FOLDER"],
    ["receive", "FOLDER", "--unit", "A"],
    ["object", "FOLDER", "A", "1.1", "--text", "x", "--document", "1"],
    ["decide", "FOLDER", "A", "1.1", "--points", "1", "--reason", "x", "--document", "1", "--by", "x"],
    ["fact", "FOLDER", "A", "bi-ky-luat", "--document", "1", "--on", "1/1/2024", "--by", "x"],
    ["close", "FOLDER"],
    ["compare", "FOLDER", "FOLDER", "--out", "FOLDER/ket-qua/xep-hang.xlsx"],
    ["compare", "FOLDER", "FOLDER", "--out", "FOLDER/bang-diem.xlsx"],
    ["gather", "FOLDER/ket-qua/xep-hang.xlsx", "FOLDER", "--pdf"],
]


def test_no_command_changes_a_sealed_round(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _pdfs(monkeypatch)
    folder = make_round(tmp_path / "nho")
    close_round(folder, now=NOON)
    sealed = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    for words in COMMANDS:
        code = cli.run([word.replace("FOLDER", str(folder)) for word in words])
        said = capsys.readouterr().err
        assert "Traceback" not in said
        assert (code == 0) or ("niêm phong" in said), f"{words}: {code} {said}"
        assert {path: path.read_bytes() for path in sealed} == sealed, words
    done = verify(folder)
    assert done.sound, done.differences
    beside = [note for note in done.notes if "phan-tich" in note or "tinh-hinh" in note or ".docx" in note]
    assert len(beside) >= 3, "what was made since is named"
    # a province has thousands of notices: the terminal counts them by folder
    for name in ("a.docx", "b.docx", "c.docx", "d.docx", "e.docx", "g.docx"):
        (folder / "ket-qua" / "thong-bao").mkdir(exist_ok=True)
        (folder / "ket-qua" / "thong-bao" / name).write_bytes(b"")
    (told,) = [line for line in verification_text(verify(folder)).splitlines() if "không thuộc" in line]
    assert re.search(r"Lưu ý: \d+ tệp \(.*\d+ trong “ket-qua/thong-bao”.*--json", told)


WRITES: list[tuple[str, bool]] = [
    ("ket-qua/xep-hang.xlsx", True),
    ("bang-diem.csv", True),
    ("nop/A-can-sua.xlsx", True),
    ("tham-dinh/khac.xlsx", True),
    ("ket-qua/phan-tich.xlsx", False),
    ("ket-qua/van-ban/to-trinh.docx", False),
    ("bieu-mau/A.xlsx", False),
]


@pytest.mark.parametrize(("name", "refused"), WRITES)
def test_where_nothing_may_be_written(tmp_path: Path, name: str, refused: bool) -> None:
    folder = make_round(tmp_path / "nho")
    close_round(folder, now=NOON)
    write: Callable[[], None] = lambda: write_text(folder / name, "x")  # noqa: E731
    if refused:
        with pytest.raises(SealedRound, match=f"Không ghi tệp “{name}”"):
            write()
    else:
        write()
    assert verify(folder).sound


def test_a_copy_of_a_sealed_round_is_the_same_round(tmp_path: Path) -> None:
    folder = make_round(tmp_path / "nho")
    close_round(folder, now=NOON)
    other = Path(shutil.copytree(folder, tmp_path / "tên khác", copy_function=shutil.copyfile))
    assert verify(other).sound
