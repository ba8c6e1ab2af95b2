"""Where a round stands.

1. All five localities' plans give a working round; those that do not score have deadlines and no forms.
2. Days left count to the last day that is still in time: `before` leaves its day out.
3. Each unit is in one state; a dossier recorded without a file is neither sent nor missing.
4. Each duty knows who has done it, late, and who not; the office's own is nobody's.
5. Appraised n of m, by unit and by appraiser; open objections; points as they stand.
6. What a program reads fits the schema, decimals as text.
"""

from __future__ import annotations

import json
import shutil
from datetime import date, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pandas as pd
import pytest

from criteria.model import Deadline
from evidence.intake import Intake, take_in
from evidence.judgements import judgements_frame
from evidence.registers.objections import Objection, record_objection
from evidence.registers.receipts import Receipt
from evidence.registers.receiving import Receiving, duty_named, receive_paper
from evidence.round import Round, RoundFault, load_round, new_round
from evidence.status import STATE_WORDS, Status, status_json, status_of
from evidence.status_text import status_text
from reports.known import points_so_far, scored

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "reports" / "schemas" / "status.schema.json").read_text(encoding="utf-8")
)
TODAY = date(2023, 10, 18)
PLANS = {  # plan: units, deadlines, scores
    "tay-ninh-city-2023": (17, 4, True),
    "duc-pho-2022": (22, 6, True),
    "truong-quang-trong-2023": (1, 3, True),
    "tra-cu-2023": (20, 2, False),
    "nghia-ky-2023": (1, 0, False),
}


def told(status: Status) -> dict[str, Any]:
    """The status as a program reads it, held against its schema."""
    value = status_json(status)
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker()).validate(value)
    return value


def paper(round_: Round, code: str, duty: str, at: datetime) -> None:
    """A paper received from a unit."""
    receiving = Receiving(round_, *duty_named(round_.plan, None, duty), (at.date(), at.time()), "An", at)
    receive_paper(round_.by_code[code], receiving)


@pytest.mark.parametrize(("plan", "want"), PLANS.items(), ids=PLANS.keys())
def test_every_plan_makes_a_working_round(tmp_path: Path, plan: str, want: tuple[int, int, bool]) -> None:
    round_ = new_round(tmp_path / "dot", plan)
    units, deadlines, scores = want
    intake = take_in(round_) if scores else None
    status = status_of(round_, intake, date(2023, 1, 1))
    value = told(status)
    assert sum(block["units"] for block in value["blocks"]) == value["totals"]["units"] == units
    assert value["totals"]["not_sent"] == units
    assert len(value["deadlines"]) == deadlines
    assert all(block["title"] != block["block"] for block in value["blocks"])  # a name, not an id
    assert ("không chấm điểm" in status_text(status)) is not scores
    if not scores:
        with pytest.raises(RoundFault, match="không chấm điểm"):
            _ = round_.criteria


def test_days_left_count_to_the_last_day_in_time(tmp_path: Path) -> None:
    round_ = new_round(tmp_path / "dot", "tay-ninh-city-2023")
    value = told(status_of(round_, take_in(round_), date(2023, 10, 15)))
    left = {item["id"]: (item["last_day"], item["days_left"], item["units"]) for item in value["deadlines"]}
    assert left == {
        "gui-ke-hoach": ("2023-04-04", -194, 17),  # chậm nhất 04/4
        "ho-so-cham-diem": ("2023-10-15", 0, 17),  # trước 16/10
        "bao-cao-nam": ("2023-10-16", 1, 17),  # chậm nhất 16/10
        "quyet-dinh-xep-loai": ("2023-10-19", 4, 0),  # trước 20/10, the office's own
    }
    assert value["next"] == ["ho-so-cham-diem"]


def test_late_by_the_recorded_day_of_receipt(tmp_path: Path) -> None:
    folder = new_round(tmp_path / "dot", "tay-ninh-city-2023").folder
    with (folder / "dot.yaml").open("a", encoding="utf-8") as file:
        file.write("received:\n")
        file.write("  - {unit: '25456', on: 2023-10-15, recorded_by: Nguyễn Văn A}\n")
        file.write("  - {unit: '25459', on: 2023-10-18, recorded_by: Nguyễn Văn A}\n")
    round_ = load_round(folder)
    assert round_.late == {"25459": 3}
    status = status_of(round_, take_in(round_), TODAY)
    value = told(status)
    states = {
        unit["code"]: (unit["state"], unit["days_late"], unit["received_by"]) for unit in value["units"]
    }
    assert states["25456"] == ("recorded", 0, "round")
    assert states["25459"] == ("recorded", 3, "round")  # late, and not missing as well
    assert states["25462"] == ("not_sent", 0, None)
    assert (value["totals"]["recorded"], value["totals"]["late"], value["totals"]["not_sent"]) == (2, 1, 15)
    text = status_text(status)
    assert "Gửi chậm 3 ngày: UBND phường 3 (25459), nhận 18/10/2023, theo dot.yaml." in text
    (missing,) = (line for line in text.splitlines() if line.startswith("Chưa gửi hồ sơ"))
    assert "25459" not in missing
    assert "và 3 đơn vị khác" in missing


def test_duties_of_a_locality_that_does_not_score(tmp_path: Path) -> None:
    round_ = new_round(tmp_path / "dot", "tra-cu-2023")
    codes = [unit.code for unit in round_.units]
    for code in codes[:18]:
        paper(round_, code, "bao-cao-6-thang", datetime(2023, 6, 4, 16))
    paper(round_, codes[18], "bao-cao-6-thang", datetime(2023, 6, 7, 8))
    status = status_of(load_round(round_.folder), None, date(2023, 6, 10))
    first, second = told(status)["deadlines"]
    assert (first["received"], first["late"], first["missing"]) == (19, {codes[18]: 3}, [codes[19]])
    assert (second["received"], second["late"], second["missing"]) == (0, {}, codes)
    text = status_text(status)
    assert f"({codes[19]})." in text
    assert f"({codes[18]}) chậm 3 ngày." in text
    assert "Thời hạn sắp tới: Báo cáo năm" in text
    assert "hết ngày 29/11/2023 (còn 172 ngày)" in text


def test_mistakes_in_the_registers_are_told_where_nobody_scores(tmp_path: Path) -> None:
    folder = new_round(tmp_path / "dot", "tra-cu-2023").folder
    text = "Nhận lúc;Mã đơn vị;Mã việc\n7/6/2023;29461;bao-cao-6-thag\n"
    (folder / "so-tiep-nhan.csv").write_text(text, encoding="utf-8")
    status = status_of(load_round(folder), None, TODAY)
    assert [item["cell"] for item in told(status)["problems"]] == ["dòng 2"]
    assert "Lỗi trong sổ: so-tiep-nhan.csv, dòng 2: Mã việc “bao-cao-6-thag”" in status_text(status)
    assert "(có phải ý bạn là “bao-cao-6-thang”?)" in status_text(status)


def test_a_round_in_the_midst_of_its_life(demo_copy: Round) -> None:
    folder = demo_copy.folder
    (folder / "nop" / "25456.xlsx").write_bytes(b"hong")
    leaf = demo_copy.criteria.by_id["6.2"]
    said = Objection("", "25465", "6.2", "Đề nghị xem lại", "45/CV", TODAY, "An")
    record_objection(demo_copy, demo_copy.by_code["25465"], leaf, said, datetime(2023, 10, 18))
    round_ = load_round(folder)
    intake, results = scored(round_)
    thanh_tra = {
        (unit, id_)
        for unit, id_ in zip(results.ledger["unit"], results.ledger["criterion"], strict=True)
        if id_.startswith("2.") and unit in ("25459", "25462", "25465")
    }
    whole = {
        ("703-NV", id_)
        for id_, unit, applicable in zip(
            results.ledger["criterion"], results.ledger["unit"], results.ledger["applicable"], strict=True
        )
        if unit == "703-NV" and applicable > 0
    }
    judged = Judged(intake, thanh_tra | whole)
    status = status_of(round_, judged, TODAY, points_so_far(results))  # type: ignore[arg-type]
    value = told(status)
    states = {unit["code"]: unit["state"] for unit in value["units"]}
    assert states == {
        **{unit.code: "sent" for unit in round_.units},
        "25477": "not_sent",
        "25456": "returned",
        "703-NV": "appraised",
        "25459": "appraised_in_part",
        "25462": "appraised_in_part",
        "25465": "objected",
    }
    assert set(states.values()) < set(STATE_WORDS)
    done = {item["id"]: item["done"] for item in value["appraisers"]}
    assert done["thanh-tra"] == len([1 for _, id_ in thanh_tra | whole if id_.startswith("2.")])
    assert sum(done.values()) == len(thanh_tra | whole) == value["totals"]["appraised"]
    assert value["totals"]["due"] == sum(item["due"] for item in value["appraisers"])
    assert value["totals"]["objections"] == 1
    (unit,) = (item for item in value["units"] if item["code"] == "25465")
    assert unit["objections"] == ["KN1, tiêu chí 6.2: Đề nghị xem lại (45/CV, ngày 18/10/2023)"]
    row = results.units.set_index("code").loc["25465"]
    assert (unit["self"], unit["percent"]) == (f"{row['self'] / 1000:g}", f"{row['percent'] / 1000:g}")
    text = status_text(status)
    assert "Kiến nghị chưa giải quyết: UBND phường Hiệp Ninh (25465), KN1" in text
    assert "chưa vào sổ tiếp nhận" not in text
    (folder / "so-tiep-nhan.csv").unlink()
    status = status_of(load_round(folder), judged, TODAY)  # type: ignore[arg-type]
    assert "16 hồ sơ chưa vào sổ tiếp nhận" in status_text(status)  # the damaged one as well


class Judged:
    """An intake with judgements on these pairs of unit and criterion."""

    def __init__(self, intake: Intake, pairs: set[tuple[str, str]]) -> None:
        self._intake = intake
        rows = [
            {"unit": unit, "criterion": id_, "stage": "appraised", "points": 0, "not_applicable": False}
            | dict.fromkeys(("reason", "by", "on", "document", "file", "sheet", "cell"), "")
            for unit, id_ in sorted(pairs)
        ]
        self.judgements = judgements_frame(pd.DataFrame(rows)[list(judgements_frame().columns[1:])])

    def __getattr__(self, name: str) -> Any:
        return getattr(self._intake, name)


def test_points_appraised_in_a_table_count_as_appraised(tmp_path: Path) -> None:
    example = Path(__file__).parents[2] / "examples" / "binh-duong-cchc-2017"
    round_ = load_round(Path(shutil.copytree(example, tmp_path / "dot")))
    value = told(status_of(round_, take_in(round_), TODAY))
    assert {unit["state"] for unit in value["units"]} == {"appraised"}
    assert value["totals"]["appraised"] == value["totals"]["due"] > 0
    assert value["deadlines"] == [] or value["totals"]["late"] == 0


def test_a_duty_of_some_units_names_nobody_as_missing(tmp_path: Path) -> None:
    """Thị xã Đức Phổ asks for an assignment list only of those that have not yet assigned anybody."""
    round_ = new_round(tmp_path / "dot", "duc-pho-2022")
    paper(round_, "21442", "phan-cong", datetime(2022, 4, 12, 8))
    status = status_of(load_round(tmp_path / "dot"), None, date(2022, 5, 1))
    (duty,) = (item for item in told(status)["deadlines"] if item["id"] == "phan-cong")
    assert (duty["units"], duty["received"], duty["late"], duty["missing"]) == (1, 1, {"21442": 3}, [])
    text = status_text(status)
    assert "Chỉ yêu cầu với “Cơ quan, đơn vị, địa phương chưa phân công phụ trách”" in text
    assert "đã nhận của 1 đơn vị, không tính ai là thiếu" in text
    assert "UBND xã Phổ An (21442) chậm 3 ngày" in text


def test_what_came_in_for_a_duty_without_a_date_is_told(tmp_path: Path) -> None:
    """Xã Nghĩa Kỳ's plan asks for periodic reports and names no day."""
    round_ = new_round(tmp_path / "dot", "nghia-ky-2023")
    (unit,) = round_.units
    at = datetime(2023, 6, 5, 8)
    receive_paper(unit, Receiving(round_, "report", "", (at.date(), at.time()), "An", at))
    status = status_of(load_round(tmp_path / "dot"), None, TODAY)
    text = status_text(status)
    (undated,) = told(status)["undated"]
    assert undated == {
        **{"unit": unit.code, "kind": "report", "file": None},
        **{"received_on": "2023-06-05", "received_at": "08:00"},
    }
    assert (
        f"Đã nhận báo cáo (kế hoạch không ghi thời hạn): {unit.name} ({unit.code}), nhận 05/06/2023" in text
    )


DAYS = [
    # how the deadline is worded, when it was received, days late
    ({"by": "2023-10-16"}, datetime(2023, 10, 16, 0, 0), 0),
    ({"by": "2023-10-16"}, datetime(2023, 10, 16, 23, 59), 0),
    ({"by": "2023-10-16"}, datetime(2023, 10, 17, 0, 0), 1),
    ({"before": "2023-10-16"}, datetime(2023, 10, 15, 23, 59), 0),
    ({"before": "2023-10-16"}, datetime(2023, 10, 16, 0, 0), 1),
    ({"before": "2023-10-16"}, datetime(2023, 11, 1, 7, 30), 17),
    ({"before": "2024-03-01"}, datetime(2024, 2, 29, 23, 59), 0),
    ({"before": "2024-03-01"}, datetime(2024, 3, 1, 0, 0), 1),
]


@pytest.mark.parametrize(("wording", "at", "late"), DAYS)
def test_days_late_around_midnight(wording: dict[str, str], at: datetime, late: int) -> None:
    day = date.fromisoformat(*wording.values())
    deadline = Deadline("d", "dossier", "Gửi hồ sơ", "", "", day, "by" in wording, ())
    receipt = Receipt("A", "dossier", "d", at.date(), at.time(), "register")
    assert receipt.days_late(deadline) == late
