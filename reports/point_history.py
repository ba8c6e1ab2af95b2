"""Each point's history: claimed, appraised, decided and final, whose, from which cell, why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from criteria.model import CriteriaSet, Unit
from evidence.answers import Source
from reports.standing import whole
from scoring.results import Results

STAGES = ("self", "appraised", "decided", "final")
JUDGED_NA = ("appraised_na", "decided_na")
DETAILS = ("by", "on", "file", "sheet", "cell", "reason", "document")
_NO_EVIDENCE = "Không dẫn minh chứng nên không được tính điểm"


def history_columns() -> dict[str, str]:
    """Type of each column of a history: one row a unit and criterion, in the order of the ledger.

    Of each stage its points (thousandths, none where there are none), then who, on which day (ISO),
    in which file, sheet and cell it stands, the reason and the document; `appraised_na`, `decided_na`:
    judged not applicable. The details of `final` are those of the stage that counts.
    """
    types = {"unit": "str", "criterion": "str"}
    for stage in STAGES:
        types |= {stage: "Int64"} | {f"{stage}_{detail}": "str" for detail in DETAILS}
    return types | dict.fromkeys(JUDGED_NA, "bool")


def told_history(history: pd.DataFrame, units: Mapping[str, Unit]) -> pd.DataFrame:
    """A history as `history_columns` says, from one that tells in `final_by` which stage counts.

    `final_by` is "self", "appraised", "decided" or empty, `self_by` a unit's code (told by its name) or
    another source. Details that such a history does not have are empty.
    """
    frame = history.reset_index(drop=True)
    told = {key: frame[key] for key in ("unit", "criterion", *STAGES)}
    told |= {key: frame.get(key, False) for key in JUDGED_NA}
    judged = STAGES[:-1]
    for stage in judged:
        for detail in DETAILS:
            key = f"{stage}_{detail}"
            told[key] = frame[key] if key in frame else pd.Series("", index=frame.index)
    told["self_by"] = told["self_by"].map(lambda by: units[by].name if by in units else by)
    counts = [frame["final_by"] == stage for stage in judged]
    for detail in DETAILS:
        told[f"final_{detail}"] = np.select(counts, [told[f"{stage}_{detail}"] for stage in judged], "")
    types = history_columns()
    return pd.DataFrame(told)[list(types)].astype(types)


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
    made: dict[str, Any] = {"unit": unit, "criterion": id_, **dict.fromkeys(JUDGED_NA, False)}
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
    if made["final"] is not None:
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
