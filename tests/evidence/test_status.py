"""Where a round stands on a day: deadlines, who has sent, who is late, who is missing.

1. "Chậm nhất" counts the day itself, "trước" does not; days are counted to the last good day.
2. Received, sent back, late and missing units stand apart, by block.
3. A plan that does not score still has its deadlines.
"""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import pytest

from evidence.intake import take_in
from evidence.round import Round, load_round, new_round
from evidence.status import status_json, status_text

TODAY = date(2023, 10, 15)


def test_deadlines_of_the_plan_on_a_day(tay_ninh: Round) -> None:
    status = status_json(tay_ninh, None, TODAY)
    assert [(item["id"], item["last_day"], item["days_left"]) for item in status["deadlines"]] == [
        ("gui-ke-hoach", "2023-04-04", -194),  # chậm nhất ngày 04/4/2023
        ("ho-so-cham-diem", "2023-10-15", 0),  # trước ngày 16/10/2023
        ("bao-cao-nam", "2023-10-16", 1),  # chậm nhất ngày 16/10/2023
        ("quyet-dinh-xep-loai", "2023-10-19", 4),  # trước ngày 20/10/2023
    ]
    text = status_text(tay_ninh, None, TODAY)
    assert all(words in text for words in ("hôm nay", "còn 1 ngày", "còn 4 ngày", "đã qua 194 ngày"))


def test_who_has_sent(demo_copy: Round) -> None:
    (demo_copy.folder / "nop" / "25456.xlsx").write_bytes(b"%PDF-1.7")
    round_ = dataclasses.replace(
        demo_copy, received_on={"25459": date(2023, 10, 15), "25462": date(2023, 10, 16), "25465": date(2023, 11, 1)}
    )  # fmt: skip
    status = status_json(round_, take_in(round_), TODAY)
    wards = next(block for block in status["blocks"] if block["block"] == "xa-phuong")
    assert {key: wards[key] for key in ("units", "received", "rejected", "missing", "late")} == {
        "units": 10,
        "received": 8,
        "rejected": 1,
        "missing": ["25477"],
        "late": {"25462": 1, "25465": 17},
    }
    assert sum(block["units"] for block in status["blocks"]) == 17


def test_a_plan_that_does_not_score(tmp_path: Path) -> None:
    round_ = new_round(tmp_path / "dot", "tra-cu-2023")
    assert "Kế hoạch không chấm điểm" in status_text(round_, None, TODAY)
    assert "received" not in status_json(round_, None, TODAY)["blocks"][0]


@pytest.mark.parametrize("part", ["received", "facts"])
def test_records_of_unknown_units_are_refused(tay_ninh: Round, tmp_path: Path, part: str) -> None:
    text = (tay_ninh.folder / "dot.yaml").read_text(encoding="utf-8")
    record = "on: 2023-10-16" if part == "received" else "fact: lanh-dao-bi-ky-luat"
    text += f'{part}:\n  - {{unit: "25457", {record}, recorded_by: Phòng Nội vụ}}\n'
    (tmp_path / "dot.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(Exception, match=r"“25457”\. Có phải ý bạn là “254") as caught:
        load_round(tmp_path)
    assert type(caught.value).__name__ == "UnknownId"
