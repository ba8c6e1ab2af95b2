"""The drafts as they are written.

1. Figures in Word are those of `results.json`, for every unit, in the decision's annex and in the notices.
2. The points lost in a notice add up to the maximum less the final points.
3. No tag is left; names are plain text whatever they hold; 150 rows come with a repeated heading.
4. The marks, and that results are provisional, stand in every draft.
5. The same round and results give the same bytes; nothing of the day of the run stands in them.
6. The minutes bear the seal, or say that there is none.
7. Every shape of decision and the published rounds can be drafted; a plan that scores nothing has its reports.
"""

from __future__ import annotations

import datetime
import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from docx.oxml.ns import qn

from criteria.exact import thousandths, vietnamese
from criteria.library import Library
from evidence.round import new_round
from reports.official.drafts import BY_NAME, DRAFTS
from reports.record import results_json
from reports.wording import sentences_for_every_sheet
from scoring.trace import Step
from tests.reports.official.made import (
    HOSTILE,
    SHOWN,
    many,
    opened,
    parts_of,
    scored_by,
    texts,
    with_names,
    written,
)
from tests.reports.rounds import example, tay_ninh
from tests.reports.shapes import SHAPES, shaped

DASH = "–"


@pytest.fixture(scope="module")
def drafts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """All drafts of the invented round."""
    round_, results = tay_ninh()
    return written(tmp_path_factory.mktemp("drafts"), round_, scored_by(results))


def figure(text: str) -> str | None:
    """A printed figure as `results.json` gives it."""
    if text == DASH:
        return None
    value = thousandths(text.removesuffix("%"))
    whole, rest = divmod(value, 1000)
    return f"{whole}.{rest:03}".rstrip("0").rstrip(".")


# 1 ----------------------------------------------------------------------------------------------


def test_the_annex_says_what_the_record_says_in_rank_order(drafts: dict[str, Path]) -> None:
    round_, results = tay_ninh()
    record = {unit["name"]: unit for unit in results_json(round_, results)["units"]}
    tables = [
        table for table in opened(drafts["quyet-dinh"]).tables if "Hạng" in table.rows[0].cells[0].text
    ]
    assert len(tables) == len(round_.blocks)
    shown = [[cell.text for cell in row.cells] for table in tables for row in table.rows[1:]]
    assert {row[1] for row in shown} == set(record)
    for rank, name, top, own, appraised, final, percent, grade in shown:
        unit = record[name]
        assert (None if rank == DASH else int(rank)) == unit["rank"]
        printed = {"max": top, "self": own, "appraised": appraised, "final": final, "percent": percent}
        assert {key: figure(text) for key, text in printed.items()} == {key: unit[key] for key in printed}
        assert grade == (unit["grade"] or "Chưa xếp loại")
    for table in tables:
        ranks = [row.cells[0].text for row in table.rows[1:]]
        assert ranks == sorted(ranks, key=lambda rank: (rank == DASH, int(rank) if rank != DASH else 0))


def test_each_notice_says_what_the_record_says(drafts: dict[str, Path]) -> None:
    round_, results = tay_ninh()
    for unit in results_json(round_, results)["units"]:
        document = opened(drafts[unit["code"]])
        overall, groups = document.tables[1:3]
        cells = [cell.text for row in overall.rows for cell in row.cells]
        said = dict(zip(cells[::2], cells[1::2], strict=True))
        assert figure(said["Điểm tối đa áp dụng"]) == unit["max"]
        assert figure(said["Điểm tự chấm"]) == unit["self"]
        assert figure(said["Điểm thẩm định"]) == unit["appraised"]
        assert figure(said["Điểm cuối cùng"].partition(" (")[0]) == unit["final"]
        assert figure(said["Tỷ lệ"]) == unit["percent"]
        assert said["Xếp loại"] == (unit["grade"] or "Chưa xếp loại")
        size = sum(other.block == unit["block"] for other in round_.units)
        assert said["Hạng trong khối"] == f"{unit['rank'] or DASH}/{size}"
        finals = [figure(row.cells[5].text) for row in groups.rows[1:]]
        assert finals[0] == unit["final"]
        if unit["final"]:
            assert sum(thousandths(f or 0) for f in finals[1:]) == thousandths(unit["final"])


def test_counts_by_grade_stand_in_the_decision(drafts: dict[str, Path]) -> None:
    _, results = tay_ninh()
    text = "\n".join(texts(opened(drafts["quyet-dinh"])))
    for label, count in results.units["grade"].value_counts().items():
        assert re.search(rf"- {label}: {count:02} \(.+\) đơn vị, chiếm [\d,]+%", text)
    assert f"của {len(results.units)} (mười bảy) đơn vị" in text


# 2 ----------------------------------------------------------------------------------------------


def test_points_lost_add_up_with_reason_and_basis(drafts: dict[str, Path]) -> None:
    round_, results = tay_ninh()
    checked = 0
    for row in results.units.to_dict("records"):
        lost = [t for t in opened(drafts[row["code"]]).tables if t.rows[0].cells[0].text == "Tiêu chí"]
        if not lost:
            continue
        lines = [[cell.text for cell in line.cells] for line in lost[0].rows[1:]]
        assert sum(thousandths(line[3]) for line in lines) == row["max"] - row["final"]
        assert all(line[4] and line[5] for line in lines)
        total = vietnamese(row["max"] - row["final"])
        assert f"Tổng điểm chưa đạt: {total} điểm" in "\n".join(texts(opened(drafts[row["code"]])))
        checked += 1
    assert checked > 10
    assert round_.units


# 3 ----------------------------------------------------------------------------------------------


def test_no_tag_is_left(drafts: dict[str, Path]) -> None:
    for path in drafts.values():
        for name, content in parts_of(path.read_bytes()).items():
            assert not re.search(rb"{{|}}|{%|%}|{#", content), f"{path.name}: {name}"


def test_names_are_plain_text_whatever_they_hold(tmp_path: Path) -> None:
    round_, results = with_names(tay_ninh(), HOSTILE)
    made = written(tmp_path, round_, scored_by(results))
    annex = [row.cells[1].text for table in opened(made["quyet-dinh"]).tables[2:] for row in table.rows]
    for code, name in HOSTILE.items():
        shown = SHOWN.get(code, name)
        assert shown in annex
        assert f"Kính gửi: {shown}" in texts(opened(made[code]))
    assert len(opened(made["quyet-dinh"]).tables) == 2 + len(round_.blocks)


def test_150_rows_under_a_heading_that_is_repeated(tmp_path: Path) -> None:
    round_, results, answers = many(150)
    made = written(tmp_path, round_, scored_by(results, answers), [BY_NAME["quyet-dinh"]])
    table = opened(made["quyet-dinh"]).tables[-1]
    assert len(table.rows) == 151
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert [row.cells[1].text for row in table.rows[1:]] == list(
        results.units.sort_values("rank", kind="stable")["name"]
    )


# 4, 5, 6 ----------------------------------------------------------------------------------------


def test_marks_stand_in_every_draft(drafts: dict[str, Path]) -> None:
    sentences = sentences_for_every_sheet(*tay_ninh())
    assert any("tạm tính" in sentence for sentence in sentences)
    for path in drafts.values():
        found = texts(opened(path))
        assert [sentence for sentence in sentences if sentence not in found] == [], path.name
        assert any(sentences[0].split(". ")[0].rstrip(".") in text for text in found[-8:]), "at the foot"


def test_the_same_results_give_the_same_bytes(tmp_path: Path, drafts: dict[str, Path]) -> None:
    round_, results = tay_ninh()
    again = written(tmp_path, round_, scored_by(results))
    assert again.keys() == drafts.keys()
    for name, path in again.items():
        assert path.read_bytes() == drafts[name].read_bytes(), name
        with zipfile.ZipFile(path) as archive:
            assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert opened(path).core_properties.created == datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("seal", "said"), [(None, "chưa niêm phong"), ("9f86d081884c7d65", "9f86d081884c7d65")]
)
def test_the_minutes_bear_the_seal(seal: str | None, said: str, tmp_path: Path) -> None:
    round_, results = tay_ninh()
    made = written(tmp_path, round_, scored_by(results, head_hash=seal), [BY_NAME["bien-ban"]])
    assert f"- Mã niêm phong: {said};" in texts(opened(made["bien-ban"]))


def test_advice_stands_in_the_notice(tmp_path: Path) -> None:
    round_, results = tay_ninh()
    advised = scored_by(results, advice=lambda code: [f"Nâng tiêu chí 1.1 của {code} lên 3 điểm"])
    made = written(tmp_path, round_, advised, [BY_NAME["thong-bao"]])
    assert "- Nâng tiêu chí 1.1 của 25456 lên 3 điểm" in texts(opened(made["25456"]))


# 7 ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SHAPES)
def test_every_shape_of_decision_can_be_drafted(name: str, tmp_path: Path) -> None:
    round_, results, answers = shaped(name, tmp_path)
    made = written(tmp_path, round_, scored_by(results, answers))
    assert len(made) == len(DRAFTS) - 1 + len(round_.units)
    limits = [applied.text for items in results.limits.values() for applied in items]
    text = "\n".join(texts(opened(made["to-trinh"])))
    for limit in limits:
        assert limit.partition(" (vì")[0].casefold() in text.casefold()


@pytest.mark.parametrize("name", ["hue-cchc-2021", "binh-duong-cchc-2017"])
def test_published_rounds_can_be_drafted(name: str, tmp_path: Path) -> None:
    round_, results = example(name)
    drafts = [draft for draft in DRAFTS if not draft.each_unit]
    made = written(tmp_path, round_, scored_by(results), drafts)
    table = opened(made["quyet-dinh"]).tables[-1]
    assert len(table.rows) == 1 + sum(unit.block == round_.units[-1].block for unit in round_.units)


@pytest.mark.parametrize("plan", ["tra-cu-2023", "nghia-ky-2023"])
def test_a_plan_that_scores_nothing_has_its_reports(plan: str, tmp_path: Path) -> None:
    assert Library().plan_with_criteria(plan)[1] is None
    round_ = new_round(tmp_path / plan, plan)
    reports = [draft for draft in DRAFTS if draft.without_scores]
    made = written(tmp_path / plan, round_, None, reports)
    assert set(made) == {"bao-cao-6-thang", "bao-cao-nam"}
    text = "\n".join(texts(opened(made["bao-cao-nam"])))
    assert "năm 2023" in text and "xếp loại" not in text


def test_a_judge_s_reason_stands_with_the_points_lost(tmp_path: Path) -> None:
    """A trace that knows who judged gives their words; the contract is `by` and `reason` of each judgement."""

    def judged(code: str) -> Sequence[Step]:
        steps = scored.trace(code)
        for step in steps:
            said = SimpleNamespace(by="Thanh tra thành phố", reason="Thiếu báo cáo quý II")
            object.__setattr__(step, "history", (said,))
        return steps

    round_, results = tay_ninh()
    scored = scored_by(results)
    made = written(tmp_path, round_, replace(scored, trace=judged), [BY_NAME["thong-bao"]])
    text = "\n".join(texts(opened(made["25480"])))
    assert "lý do (Thanh tra thành phố): Thiếu báo cáo quý II" in text
