"""Where a round stands.

1. All five localities' plans give a working round; those that do not score have deadlines and no forms.
2. Days left count to the last day that is still in time: `before` leaves its day out.
3. Late dossiers count from the receipt that was recorded.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from evidence.intake import take_in
from evidence.round import RoundFault, load_round, new_round
from evidence.status import status_json, status_text

PLANS = {  # plan: units, deadlines, scores
    "tay-ninh-city-2023": (17, 4, True),
    "duc-pho-2022": (22, 6, True),
    "truong-quang-trong-2023": (1, 3, True),
    "tra-cu-2023": (20, 2, False),
    "nghia-ky-2023": (1, 0, False),
}


@pytest.mark.parametrize(("plan", "want"), PLANS.items(), ids=PLANS.keys())
def test_every_plan_makes_a_working_round(tmp_path: Path, plan: str, want: tuple[int, int, bool]) -> None:
    round_ = new_round(tmp_path / "dot", plan)
    units, deadlines, scores = want
    intake = take_in(round_) if scores else None
    status = status_json(round_, intake, date(2023, 1, 1))
    assert sum(block["units"] for block in status["blocks"]) == units
    assert len(status["deadlines"]) == deadlines
    assert all(block["title"] != block["block"] for block in status["blocks"])  # a name, not an id
    text = status_text(round_, intake, date(2023, 1, 1))
    assert ("không chấm điểm" in text) is not scores
    if not scores:
        with pytest.raises(RoundFault, match="không chấm điểm"):
            _ = round_.criteria


def test_days_left_count_to_the_last_day_in_time(tmp_path: Path) -> None:
    round_ = new_round(tmp_path / "dot", "tay-ninh-city-2023")
    status = status_json(round_, take_in(round_), date(2023, 10, 15))
    left = {item["id"]: (item["last_day"], item["days_left"]) for item in status["deadlines"]}
    assert left == {
        "gui-ke-hoach": ("2023-04-04", -194),  # chậm nhất 04/4
        "ho-so-cham-diem": ("2023-10-15", 0),  # trước 16/10
        "bao-cao-nam": ("2023-10-16", 1),  # chậm nhất 16/10
        "quyet-dinh-xep-loai": ("2023-10-19", 4),  # trước 20/10
    }


def test_late_by_the_recorded_day_of_receipt(tmp_path: Path) -> None:
    folder = new_round(tmp_path / "dot", "tay-ninh-city-2023").folder
    with (folder / "dot.yaml").open("a", encoding="utf-8") as file:
        file.write("received:\n")
        file.write("  - {unit: '25456', on: 2023-10-15, recorded_by: Nguyễn Văn A}\n")
        file.write("  - {unit: '25459', on: 2023-10-18, recorded_by: Nguyễn Văn A}\n")
    assert load_round(folder).late == {"25459": 3}
