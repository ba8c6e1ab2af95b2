"""Changes between two runs: who moved, why, and who moved only because others did.

The first run is always the small table A 19, B 18, C 11 of 20 (Tốt, Tốt, Yếu; ranks 1, 2, 3).
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest

from evidence.registers.decisions import Ruling, record_decision
from evidence.round import load_round
from reports.comparison.change_words import changes_csv, changes_text, reasons_text
from reports.comparison.changes import changes, changes_json
from reports.csv_text import csv_rows
from reports.outcome import outcome
from reports.record import results_json
from tests.reports.small_folder import POINTS, make_round

Run = tuple[dict[str, object], pd.DataFrame]


def run_of(folder: Path, points: str = POINTS, more: str = "", **given: object) -> Run:
    """Record and history of a small round."""
    found = outcome(load_round(make_round(folder, points, more=more, **given)))  # type: ignore[arg-type]
    return results_json(found.round, found.results), found.history


FACT = 'facts: [{unit: "A", fact: bi-ky-luat, document: 12/QĐ-UBND, recorded_by: Nguyễn Văn A}]\n'
CASES = [
    # the later table, more of dot.yaml, what is told of each unit: fields old and new, criteria, only rank
    ("nothing", POINTS, "", {}),
    ("one point more, nobody passed", POINTS.replace("C 6", "C 7"), "",
     {"C": ("final 11 12, percent 55 60", "1.1 6 7", False)}),
    ("one passes another", POINTS.replace("B 9 5", "B 10 6"), "",
     {"A": ("rank 1 2", "", True), "B": ("final 18 20, percent 90 100, rank 2 1", "1.1 9 10, 1.2 5 6", False)}),
    ("a grade", POINTS.replace("C 6 3 2", "C 8 3 2"), "",
     {"C": ("final 11 13, percent 55 65, grade_by_points Yếu Khá, grade Yếu Khá", "1.1 6 8", False)}),
    ("not applicable now", POINTS.replace("C 6 3 2", "C 6 KPS 2"), "",
     {"C": ("max 20 14, final 11 8, percent 55 57.14", "1.2 3 -", False)}),
    ("a limit", POINTS, FACT, {"A": ("grade Tốt Khá", "", False)}),
    ("another roster", POINTS.replace("C 6", "D 6"), "", {"D": ("added", "", False), "C": ("removed", "", False)}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("points", "more", "told"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_who_moved_and_why(
    tmp_path: Path, points: str, more: str, told: dict[str, tuple[str, str, bool]]
) -> None:
    old, new = run_of(tmp_path / "cu"), run_of(tmp_path / "moi", points, more)
    found = changes(old[0], new[0], old[1], new[1])
    fields = {
        change.code: ", ".join(
            f"{key} {was} {now}" for key, (was, now) in change.fields.items() if key not in ("appraised",)
        )
        or change.here
        for change in found
    }
    assert {code: (told_fields) for code, (told_fields, *_) in told.items()} == fields
    criteria = {
        item["code"]: ", ".join(
            f"{c['criterion']} {c['old'] or '-'} {c['new'] or '-'}" for c in item["criteria"]
        )
        for item in changes_json(found)
    }
    assert {code: names for code, (_, names, _) in told.items()} == criteria
    assert {change.code: change.only_rank for change in found} == {
        code: only for code, (*_, only) in told.items()
    }


def test_a_limit_is_told_with_its_reason(tmp_path: Path) -> None:
    old, new = run_of(tmp_path / "cu"), run_of(tmp_path / "moi", more=FACT)
    (change,) = changes(old[0], new[0], old[1], new[1])
    assert "Xếp loại cao nhất là “Khá”" in change.limits_added[0] and "12/QĐ-UBND" in change.limits_added[0]
    assert "áp dụng thêm: xếp loại cao nhất là “Khá”" in reasons_text(change)
    (back,) = changes(new[0], old[0], new[1], old[1])
    assert (back.limits_removed, back.limits_added) == (change.limits_added, ())


def test_a_decision_is_told_before_the_appraisal_it_overrules(tmp_path: Path) -> None:
    old, new = run_of(tmp_path / "cu"), run_of(tmp_path / "moi", POINTS.replace("C 6", "C 8"))
    after = new[1].copy()
    row = after.index[(after["unit"] == "C") & (after["criterion"] == "1.1")]
    told = {"by": "Chủ tịch UBND", "reason": "phúc tra: đủ minh chứng", "document": "77/KL-UBND"}
    after.loc[row, "decided"] = 8000
    for key, text in told.items():
        after.loc[row, f"decided_{key}"] = text
    (change,) = changes(old[0], new[0], old[1], after)
    (item,) = change.criteria
    assert (item.stage, item.old, item.new) == ("decided", 6000, 8000)
    assert (item.by, item.reason, item.document) == (told["by"], told["reason"], told["document"])
    text = changes_text([change], "lần chấm trước")
    assert "xếp loại Yếu → Khá" in text
    assert "tiêu chí 1.1 6 → 8 (quyết định, Chủ tịch UBND, 77/KL-UBND, phúc tra: đủ minh chứng)" in text


def test_the_text(tmp_path: Path) -> None:
    old = run_of(tmp_path / "cu")
    same = changes(old[0], old[0], old[1], old[1])
    assert changes_text(same, "lần chấm trước") == (
        "So với lần chấm trước: không đơn vị nào đổi điểm, xếp loại hoặc hạng."
    )
    new = run_of(tmp_path / "moi", POINTS.replace("B 9 5", "B 10 6"))
    assert changes_text(changes(old[0], new[0], old[1], new[1]), "lần chấm trước").splitlines() == [
        "So với lần chấm trước: 2 đơn vị đổi điểm, xếp loại hoặc hạng.",
        "  UBND xã B: điểm cuối cùng 18 → 20; tỷ lệ % 90 → 100; hạng 2 → 1. "
        "Vì: tiêu chí 1.1 9 → 10 (thẩm định, theo bảng điểm); tiêu chí 1.2 5 → 6 (thẩm định, theo bảng điểm).",
        "  Chỉ đổi hạng vì đơn vị khác thay đổi: UBND xã A (1 → 2).",
    ]


def test_first_points_are_told_without_every_criterion(tmp_path: Path) -> None:
    units = {"A": "UBND xã A", "B": "UBND xã B", "C": "UBND xã C"}
    old, new = (
        run_of(tmp_path / "cu", "A 9 6 4\nB 9 5 4", units=units),
        run_of(tmp_path / "moi", units=units),
    )
    (change,) = changes(old[0], new[0], old[1], new[1])
    assert reasons_text(change) == (
        "lần đầu có điểm (chưa gửi → đã thẩm định); "
        "không còn áp dụng: không xếp loại: Không hoàn thành (vì không có hồ sơ)"
    )


def test_without_ledgers_the_units_are_told_all_the_same(tmp_path: Path) -> None:
    old, new = run_of(tmp_path / "cu"), run_of(tmp_path / "moi", POINTS.replace("C 6", "C 7"))
    (change,) = changes(old[0], new[0])
    assert (change.code, change.criteria, change.only_rank) == ("C", (), False)


def test_the_table_of_changes(tmp_path: Path) -> None:
    old, new = run_of(tmp_path / "cu"), run_of(tmp_path / "moi", POINTS.replace("B 9 5", "B 10 6"))
    rows = csv_rows(changes_csv(changes(old[0], new[0], old[1], new[1])))
    assert rows[0] == ["Mã đơn vị", "Đơn vị", "Nội dung", "Trước", "Sau", "Lý do"]
    assert rows[1] == ["A", "UBND xã A", "Hạng", "1", "2", "đơn vị khác thay đổi"]
    assert ["B", "UBND xã B", "Tiêu chí 1.2", "5", "6", "Thẩm định, theo bảng điểm"] in rows


def test_a_decision_that_nothing_arose_is_told_as_one(tmp_path: Path) -> None:
    """The council decides KPS: the reason is the decision, and the points did not merely go missing."""
    old = run_of(tmp_path / "cu")
    folder = make_round(tmp_path / "moi", POINTS)
    round_ = load_round(folder)
    leaf, ruling = round_.criteria.by_id["1.2"], Ruling("Không có việc", "9/BB", "HĐ", date(2023, 10, 30))
    record_decision(round_, round_.by_code["C"], leaf, "KPS", ruling, datetime(2023, 10, 30, 8))
    found = outcome(load_round(folder))
    (change,) = changes(old[0], results_json(found.round, found.results), old[1], found.history)
    assert reasons_text(change) == "tiêu chí 1.2 3 → không phát sinh (quyết định, HĐ, 9/BB, Không có việc)"
