"""`results.json`: the shape that programs rely on, decimals as text, nothing about files."""

from __future__ import annotations

import json
import re
from pathlib import Path

from evidence.intake import take_in
from evidence.round import load_round
from reports.record import results_json, write_inputs, write_results
from scoring.results import score
from tests.reports.rounds import EXAMPLES, NOT_SENT, REJECTED, example, tay_ninh


def test_the_shape() -> None:
    record = results_json(*tay_ninh())
    assert list(record) == [
        *("round", "criteria", "provisional", "units", "blocks", "quotas", "targets", "warnings"),
    ]
    assert record["criteria"] == {
        "id": "tay-ninh-city-815-2022",
        "decision": "815/QĐ-UBND ngày 19/8/2022",
        "provenance": "reconstructed",
    }
    assert list(record["units"][0]) == [
        *("code", "name", "block", "max", "self", "appraised", "final", "percent"),
        *("grade_by_points", "grade", "limits", "rank", "state", "unanswered"),
    ]
    assert list(record["targets"][0]) == [
        *("id", "text", "goal", "counts", "have", "out_of", "reached", "met", "short_by"),
    ]
    assert list(record["blocks"][0]) == ["block", "title", "units", "average", "grades"]


def test_the_values_of_a_unit_in_the_order_of_the_roster() -> None:
    round_, results = example("hue-cchc-2021")
    units = results_json(round_, results)["units"]
    assert [unit["code"] for unit in units] == [unit.code for unit in round_.units]
    assert units[15] == {
        "code": "16",
        "name": "Sở Giáo dục và Đào tạo",
        "block": "so",
        "max": "100",
        "self": None,
        "appraised": "79.455",
        "final": "79.455",
        "percent": "79.455",
        "grade_by_points": "Khá",
        "grade": "Khá",
        "limits": [],
        "rank": 16,
        "state": "appraised",
        "unanswered": 0,
    }


def test_what_is_not_known_is_null_and_not_zero() -> None:
    record = results_json(*tay_ninh())
    missing = {unit["code"]: unit for unit in record["units"]}[NOT_SENT]
    assert [missing[key] for key in ("self", "final", "percent", "grade", "rank")] == [None] * 5
    targets = {target["id"]: target for target in record["targets"]}
    assert targets["quan-triet"]["met"] is None and targets["quan-triet"]["goal"] == "100"
    assert targets["cai-cach-hanh-chinh"]["goal"] is None
    assert targets["xep-loai-tot"] | {"text": ""} == {
        **{"id": "xep-loai-tot", "text": "", "goal": "60", "counts": "units", "have": 2, "out_of": 17},
        **{"reached": "11.76", "met": False, "short_by": 9},
    }


def test_the_mean_of_the_block_is_as_printed() -> None:
    block = results_json(*example("binh-duong-cchc-2017"))["blocks"][0]
    assert (block["average"], block["units"], block["grades"]) == ("78.39", 9, {})


def test_the_warnings() -> None:
    round_, results = tay_ninh()
    warnings = results_json(round_, results)["warnings"]
    names = {unit.code: unit.name for unit in round_.units}
    assert warnings[: len(round_.marks)] == list(round_.marks)
    for words in (
        f"1 đơn vị chưa gửi hồ sơ: {names[NOT_SENT]}.",
        f"1 đơn vị có hồ sơ chưa dùng được: {names[REJECTED]}.",
        "1 đơn vị còn tiêu chí chưa có điểm: UBND xã Bình Minh (2 tiêu chí).",
    ):
        assert words in warnings
    assert "2 chỉ tiêu chưa tính trong đợt này: quan-triet, cai-cach-hanh-chinh." in warnings


def test_the_file_is_plain_utf8_json_and_the_same_each_time(tmp_path: Path) -> None:
    for name in ("a.json", "b.json"):
        write_results(tmp_path / name, *tay_ninh())
    written = (tmp_path / "a.json").read_bytes()
    assert written == (tmp_path / "b.json").read_bytes()
    text = written.decode("utf-8")
    assert text.endswith("}\n") and "\r" not in text and "\\u" not in text
    assert json.loads(text) == results_json(*tay_ninh())
    assert not re.search(r"\.xlsx|\.csv|[0-9a-f]{32}", text), (
        "nothing tells which files the answers came in"
    )


def test_the_inputs_are_recorded_beside_it(tmp_path: Path) -> None:
    round_ = load_round(EXAMPLES / "hue-cchc-2021")
    write_inputs(tmp_path / "dau-vao.json", round_, take_in(round_))
    record = json.loads((tmp_path / "dau-vao.json").read_text(encoding="utf-8"))
    assert [entry["file"] for entry in record["files"]] == [
        "bang-diem.csv",
        "dot.yaml",
        "tieu-chi/hue-cchc-2021.yaml",
        "tieu-chi/hue-cchc-so-2021.yaml",
    ]
    assert all(re.fullmatch("[0-9a-f]{64}", entry["sha256"]) for entry in record["files"])
    assert record["criteria"]["version"] == round_.criteria.version


def test_where_answers_came_from_changes_nothing() -> None:
    round_, results = example("hue-cchc-2021")
    intake = take_in(round_)
    answers = intake.answers
    moved = answers.assign(source=answers["source"] + 5, line=answers["line"] + 100)
    again = score(round_.criteria, round_.plan, round_.units, moved, judgements=intake.judgements)
    assert results_json(round_, again) == results_json(round_, results)
