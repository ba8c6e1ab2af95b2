"""The history of every point: who claimed, appraised and decided it, where it stands, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import pandera.pandas as pa

from criteria.model import CriteriaSet
from evidence.answers import Source
from evidence.judgements import judgements_frame
from scoring.ledger import STATUSES
from scoring.results import Results

_CLAIMED = ("by", "file", "sheet", "cell", "reason")
_JUDGED = ("by", "on", "document", "file", "sheet", "cell", "reason")
_NO_EVIDENCE = "Không dẫn minh chứng nên không được tính điểm"


def _stage(name: str) -> dict[str, pa.Column]:
    return {
        name: pa.Column("Int64", pa.Check.ge(0), nullable=True),
        f"{name}_na": pa.Column(bool),
        **{f"{name}_{key}": pa.Column(str) for key in _JUDGED},
    }


# One row a unit and criterion, in the order of the ledger; points in thousandths. `claim` is what the
# unit's file says, `status` how the criterion stands in the end. `self_by`: the unit's code, or the table
# of a result made elsewhere, empty where it sent nothing; `self_cell`: the cells of what it declared,
# `; ` between them; `self_reason`: its own explanation, or why the claim came to nothing.
# `appraised_na`, `decided_na`: judged not applicable. `final_by`: whose word stands.
HISTORY = pa.DataFrameSchema(
    {
        "unit": pa.Column(str),
        "criterion": pa.Column(str),
        "claim": pa.Column(str, pa.Check.isin(STATUSES)),
        "status": pa.Column(str, pa.Check.isin(STATUSES)),
        "self": pa.Column("Int64", pa.Check.ge(0), nullable=True),
        **{f"self_{key}": pa.Column(str) for key in _CLAIMED},
        **_stage("appraised"),
        **_stage("decided"),
        "final": pa.Column("Int64", pa.Check.ge(0), nullable=True),
        "final_by": pa.Column(str, pa.Check.isin(["", "self", "appraised", "decided"])),
    },
    unique=["unit", "criterion"],
    strict=True,
    ordered=True,
)


def history(
    results: Results,
    answers: pd.DataFrame,
    sources: Sequence[Source],
    judgements: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The history of each row of the ledger (HISTORY); `judgements` are by default those of the results."""
    judgements = results.judgements if judgements is None else judgements
    ledger = results.ledger
    frame = ledger[["unit", "criterion", "claim", "status", "self"]].reset_index(drop=True)
    places = _self_places(results.criteria, ledger, answers, sources)
    for key in _CLAIMED:
        frame[f"self_{key}"] = [place[key] for place in places]
    for stage, column in (("appraised", "judgement"), ("decided", "decision")):
        told = _judged(ledger[column], judgements)
        frame[stage] = ledger[stage].reset_index(drop=True)
        frame[f"{stage}_na"] = told["not_applicable"]
        for key in _JUDGED:
            frame[f"{stage}_{key}"] = told[key]
    frame["final"] = ledger["final"].reset_index(drop=True)
    frame["final_by"] = _final_by(ledger)
    return HISTORY.validate(
        frame.astype({name: str(column.dtype) for name, column in HISTORY.columns.items()}), lazy=True
    )


def _judged(rows: pd.Series, judgements: pd.DataFrame) -> pd.DataFrame:
    """What was judged on each row, by its row in the judgements' frame; empty texts where nothing was."""
    columns = ["not_applicable", *_JUDGED]
    nothing = pd.DataFrame([[False, *[""] * len(_JUDGED)]], columns=columns, index=[-1])
    known = judgements.set_index("row")[columns] if len(judgements) else judgements_frame()[columns][:0]
    return pd.concat([known, nothing]).loc[rows.fillna(-1).astype("int64")].reset_index(drop=True)


def _final_by(ledger: pd.DataFrame) -> list[str]:
    """Whose word the final points are; empty where there are none."""
    known = [ledger[name].notna() for name in ("decision", "judgement", "final")]
    return list(np.select(known, ["decided", "appraised", "self"], ""))


def _self_places(
    criteria: CriteriaSet, ledger: pd.DataFrame, answers: pd.DataFrame, sources: Sequence[Source]
) -> list[dict[str, str]]:
    """Who claimed each row's points, in which file, sheet and cells."""
    columns = ["unit", "criterion", "source", "line", "state", "self", "explanation"]
    told: list[dict[Any, Any]] = answers[columns].to_dict("records")
    return [
        _NOWHERE
        if pd.isna(row)
        else _self_place(criteria, told[int(row)], sources)
        | ({"reason": _NO_EVIDENCE} if lost == "no_evidence" else {})
        for row, lost in zip(ledger["answer"], ledger["reason"], strict=True)
    ]


_NOWHERE = dict.fromkeys(_CLAIMED, "")


def _self_place(criteria: CriteriaSet, answer: dict[Any, Any], sources: Sequence[Source]) -> dict[str, str]:
    unit, id_, line = str(answer["unit"]), str(answer["criterion"]), int(answer["line"])
    source = sources[int(answer["source"])]
    cells = [source.points_cell(id_, unit, "self")] if source.lines else []
    if not source.lines:
        keys = ["x1", "x2"][: len(criteria.by_id[id_].rule.inputs)]
        keys = ["na"] if answer["state"] == "not_applicable" else keys
        cells = [source.cell(key, line) for key in keys]
    table = criteria.by_id[id_].rule.inputs[0].table
    return {
        "by": f"bảng kết quả “{table}”" if table and not source.lines else unit,
        "file": source.file,
        "sheet": source.sheet,
        "cell": "; ".join(filter(None, cells)),
        "reason": str(answer["explanation"]),
    }
