"""Every final point of a round can be followed to file, sheet, cell, person and reason: all are walked.

Two of three appraisers have sent their workbooks, one objection was decided; the rest rests on claims.
"""

from __future__ import annotations

from typing import Any

import openpyxl
import pandas as pd

from criteria.exact import thousandths
from criteria.model import Criterion
from evidence.appraisal.merging import read_appraisal
from evidence.intake import take_in
from evidence.round import Round
from scoring.history import history
from scoring.results import score
from tests.evidence.appraisers import filled, handed_out, rows_of_book
from tests.evidence.walking import book, points_of_cells

DECIDED = {
    **{"unit": "25462", "criterion": "2.6", "stage": "decided", "points": 1000, "not_applicable": False},
    **{"reason": "Đã bổ sung báo cáo", "by": "Chủ tịch UBND thành phố", "on": "2023-10-25"},
    **{"document": "Thông báo số 12/TB-UBND", "file": "quyet-dinh.csv", "sheet": "", "cell": "C2"},
}


def test_every_final_point_leads_back(demo_copy: Round) -> None:
    round_ = demo_copy
    for id_, path in handed_out(round_).items():
        if id_ == "van-phong":
            continue
        rows = rows_of_book(openpyxl.load_workbook(path, data_only=True))
        typed: dict[tuple[str, str], object] = {
            key: _appraised(number, cells["self"].value)
            for number, (key, cells) in enumerate(rows.items())
            if key[0] != "25477"
        }
        filled(path, typed, round_.folder / "tham-dinh" / f"{id_}.xlsx")
    intake = take_in(round_)
    judgements = read_appraisal(round_, intake.answers, decided=[DECIDED]).judgements
    results = score(round_.criteria, round_.plan, round_.units, intake.answers, (), None, judgements)
    told = history(results, intake.answers, intake.sources)
    walked = {"self": 0, "appraised": 0, "decided": 0}
    for row in told.to_dict("records"):
        if pd.isna(row["final"]):
            # nothing counts here, and the history says why
            assert row["status"] in ("blank", "faulty", "not_sent", "not_applicable")
            continue
        walked[row["final_by"]] += 1
        leaf = round_.criteria.by_id[row["criterion"]]
        if row["final_by"] == "decided":
            assert {key: row[f"decided_{key}"] for key in ("by", "reason", "document", "file", "cell")} == {
                key: DECIDED[key] for key in ("by", "reason", "document", "file", "cell")
            }
            assert row["final"] == 1000 and row["appraised"] == 0 and row["self"] == 1000
        elif row["final_by"] == "appraised":
            _walk_to_appraiser(round_, row)
        else:
            _walk_to_claim(round_, leaf, row)
    assert walked == {"self": walked["self"], "appraised": walked["appraised"], "decided": 1}
    assert walked["self"] > 80 and walked["appraised"] > 350
    assert sum(walked.values()) == int(results.ledger["final"].notna().sum())


def _appraised(number: int, own: object) -> object:
    """What an appraiser types: mostly what the unit claims; less, or points where it has none, with a reason."""
    if own is None:
        return 0, "Không kê khai"
    return (0, f"Chưa đủ căn cứ ({number})") if number % 7 == 3 or own == 1 else own


def _walk_to_appraiser(round_: Round, row: dict[Any, Any]) -> None:
    """The cell that the history names holds these points, of a person, with a reason where one is due."""
    cell = book(round_.folder / row["appraised_file"])[row["appraised_sheet"]][row["appraised_cell"]]
    if row["appraised_na"]:
        assert cell.value == "KPS"
    else:
        assert thousandths(cell.value) == row["appraised"] == row["final"]
    assert row["appraised_by"].endswith("(Trần Thị B)") and row["appraised_on"] == "2023-10-18"
    if row["claim"] != "answered" or row["self"] != row["final"]:
        assert row["appraised_reason"] or (row["claim"] == "not_applicable" and row["appraised_na"])
        beside = book(round_.folder / row["appraised_file"])[row["appraised_sheet"]]
        reasons = {str(item.value) for item in beside[cell.row]}
        assert row["appraised_reason"] in reasons or not row["appraised_reason"]


def _walk_to_claim(round_: Round, leaf: Criterion, row: dict[Any, Any]) -> None:
    """What stands in the unit's own cells comes to these points by the rule."""
    assert row["final"] == row["self"] and row["self_by"]
    if row["claim"] == "not_applicable":
        assert leaf.not_applicable == "full" and row["final"] == leaf.top
        return
    computed = points_of_cells(round_, leaf, row)
    assert row["self"] in (0, computed)
    if row["self"] == 0:
        assert leaf.loses_without_evidence or computed == 0
