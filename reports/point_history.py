"""Each point's history: claimed, appraised, decided and final, whose, from which cell, why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from criteria.model import CriteriaSet, Unit
from evidence.answers import Source
from reports.standing import whole
from scoring.results import Results

STAGES = ("self", "appraised", "decided", "final")
DETAILS = ("by", "on", "file", "sheet", "cell", "reason", "document")
_NO_EVIDENCE = "Không dẫn minh chứng nên không được tính điểm"


def history_columns() -> dict[str, str]:
    """Type of each column of a history: one row a unit and criterion, in the order of the ledger.

    Of each stage its points (thousandths, none where there are none), then who, on which day (ISO),
    in which file, sheet and cell it stands, the reason and the document.
    """
    types = {"unit": "str", "criterion": "str"}
    for stage in STAGES:
        types |= {stage: "Int64"} | {f"{stage}_{detail}": "str" for detail in DETAILS}
    return types


def point_history(
    results: Results, units: Mapping[str, Unit], answers: pd.DataFrame, sources: Sequence[Source]
) -> pd.DataFrame:
    """The history of every point of these results, as `history_columns` says."""
    said = answers.to_dict("records")
    rows = [_row(row, results.criteria, units, said, sources) for row in results.ledger.to_dict("records")]
    types = history_columns()
    return pd.DataFrame.from_records(rows, columns=list(types)).astype(types)


def _row(
    row: Mapping[Any, Any],
    criteria: CriteriaSet,
    units: Mapping[str, Unit],
    said: Sequence[Mapping[Any, Any]],
    sources: Sequence[Source],
) -> dict[str, Any]:
    unit, id_ = str(row["unit"]), str(row["criterion"])
    answer = None if pd.isna(row["answer"]) else said[int(row["answer"])]
    made: dict[str, Any] = {"unit": unit, "criterion": id_}
    for stage in STAGES:
        made |= {stage: None} | {f"{stage}_{detail}": "" for detail in DETAILS}
    if answer is not None:
        source = sources[int(answer["source"])]
        place = {"file": source.file, "sheet": source.sheet}
        for stage in ("self", "appraised"):
            made[stage] = whole(row[stage])
        if made["self"] is not None or made["appraised"] is None:
            reason = _NO_EVIDENCE if row["reason"] == "no_evidence" else str(answer["explanation"])
            cells = _cells(source, answer, criteria, id_, unit)
            told = {**place, "by": units[unit].name, "cell": cells, "reason": reason}
            made |= {f"self_{key}": value for key, value in told.items()}
        if made["appraised"] is not None:
            cells = source.points_cell(id_, unit, "appraised")
            made |= {f"appraised_{key}": value for key, value in {**place, "cell": cells}.items()}
    made["final"] = whole(row["final"])
    counted = "appraised" if made["appraised"] is not None else "self"
    made |= {f"final_{detail}": made[f"{counted}_{detail}"] for detail in DETAILS}
    return made


def _cells(source: Source, answer: Mapping[Any, Any], criteria: CriteriaSet, id_: str, unit: str) -> str:
    """Addresses of the cells that a claim stands in."""
    given = source.points_cell(id_, unit, "self")
    if given:
        return given
    keys = ["na"] if answer["state"] == "not_applicable" else ["x1", "x2"]
    shown = keys[: max(1, len(criteria.by_id[id_].rule.inputs))]
    return ", ".join(filter(None, (source.cell(key, int(answer["line"])) for key in shown)))
