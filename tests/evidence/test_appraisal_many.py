"""Twelve appraisers over two hundred units: one frame, and what does not agree told by its cells."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from criteria.library import Library
from criteria.model import Appraiser, Unit
from evidence.answers import ANSWERS, Source, answers_frame
from evidence.appraisal.form import write_appraisal
from evidence.appraisal.gathering import Earlier
from evidence.appraisal.merging import read_appraisal
from evidence.appraisal.overview import Signed
from evidence.appraisal.rows import rows_of, rows_of_appraiser
from evidence.judgements import JUDGEMENTS
from evidence.round import Round

APPRAISERS, UNITS = 12, 200


def large_round(folder: Path) -> Round:
    """A round of TP Tây Ninh's decision with 200 wards, each criterion given to one of twelve offices."""
    plan, criteria = Library().plan_with_criteria("tay-ninh-city-2023")
    assert criteria is not None
    order = {leaf.id: number for number, leaf in enumerate(criteria.criteria)}
    groups = tuple(
        replace(
            group,
            criteria=tuple(
                replace(leaf, appraiser=f"co-quan-{order[leaf.id] % APPRAISERS}") for leaf in group.criteria
            ),
        )
        for group in criteria.groups
    )
    offices = tuple(
        Appraiser(f"co-quan-{n}", f"Cơ quan {n}", "co" if n else "lead", (), ()) for n in range(APPRAISERS)
    )
    units = tuple(Unit(f"{n:05}", f"UBND xã số {n}", "xa-phuong", f"khối {n % 4}") for n in range(UNITS))
    return Round(
        folder,
        "lon",
        "Đợt lớn",
        2023,
        None,
        replace(plan, appraisers=offices),
        replace(criteria, groups=groups),
        units,
        {f"khối {n}": f"Khối {n}" for n in range(4)},
    )


def answers_of(round_: Round) -> pd.DataFrame:
    """Every unit claims half of every maximum."""
    rows: list[dict[str, Any]] = [
        {
            **{"unit": unit.code, "criterion": leaf.id, "source": 0, "line": 1, "state": "answered"},
            **{"self": leaf.top // 2, "evidence": "1", "explanation": ""},
        }
        for unit in round_.units
        for leaf in round_.criteria.applying(unit.type)
    ]
    columns = [name for name in ANSWERS.columns if name != "row"]
    return answers_frame(pd.DataFrame.from_records(rows, columns=columns))


def test_twelve_workbooks_over_two_hundred_units_in_one_frame(tmp_path: Path) -> None:
    round_ = large_round(tmp_path)
    answers = answers_of(round_)
    keys = list(zip(answers["unit"], answers["criterion"], strict=True))
    typed = {key: Earlier(0, f"lý do {n}", "", "0") for n, key in enumerate(keys)}
    rows = rows_of(round_, answers, [Source("bang-diem.csv", "")], (), typed)
    for appraiser in round_.plan.appraisers:
        own = rows_of_appraiser(round_, rows, appraiser)
        path = tmp_path / "tham-dinh" / f"{appraiser.id}.xlsx"
        write_appraisal(path, round_, appraiser, "criterion", own, Signed("Lê Văn C", "18/10/2023"))
    # the first office sends a second workbook in which three units have other points
    other = round_.plan.appraisers[0]
    changed = tuple(
        replace(row, points=row.leaf.top / 1000) if row.unit.code in ("00003", "00007", "00011") else row
        for row in rows_of_appraiser(round_, rows, other)
    )
    write_appraisal(tmp_path / "tham-dinh" / "sua.xlsx", round_, other, "criterion", changed)
    found = read_appraisal(round_, answers)
    JUDGEMENTS.validate(found.judgements)
    conflicts = {(item.unit, item.file) for item in found.problems if item.code == "appraisal-conflict"}
    files = ("tham-dinh/co-quan-0.xlsx", "tham-dinh/sua.xlsx")
    assert conflicts == {(code, file) for code in ("00003", "00007", "00011") for file in files}
    of_other = {row.leaf.id for row in changed}
    assert len(found.judgements) == len(keys) - 3 * len(of_other)
    got = found.judgements.set_index(["unit", "criterion"])
    assert got.index.is_unique and (got["points"] == 0).all()
    assert got.loc[keys[5], "reason"] == "lý do 5"
    assert set(got["by"]) == {f"Cơ quan {n} (Lê Văn C)" for n in range(APPRAISERS)}
    assert {item.code for item in found.problems} == {
        "appraisal-conflict",
        "appraisal-who-missing",
        "appraisal-when-missing",
    }
