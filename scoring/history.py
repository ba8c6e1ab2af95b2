"""The history of every point: who claimed, appraised and decided it, where it stands, and why."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pandera.pandas as pa

from criteria.model import CriteriaSet
from evidence.answers import Source
from evidence.judgements import judgements_frame
from scoring.columns import plain
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
    for key, texts in zip(_CLAIMED, places, strict=True):
        frame[f"self_{key}"] = pd.array(texts, dtype="str")
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
) -> list[list[str]]:
    """Who claimed each row's points, in which file, sheet and cells, and why: the columns _CLAIMED."""
    columns = [plain(answers[name]) for name in ("unit", "criterion", "source", "line", "state")]
    reasons = plain(answers["explanation"])
    cells = {leaf.id: ("x1", "x2")[: len(leaf.rule.inputs)] for leaf in criteria.criteria}
    tables = {leaf.id: leaf.rule.inputs[0].table for leaf in criteria.criteria}
    told: list[list[str]] = [[] for _ in _CLAIMED]
    by, files, sheets, places, why = told
    for row, lost in zip(plain(ledger["answer"]), plain(ledger["reason"]), strict=True):
        if row is None:
            for texts in told:
                texts.append("")
            continue
        unit, id_, number, line, state = (column[row] for column in columns)
        source, table = sources[number], tables[id_]
        if source.lines:
            found = source.points_cell(id_, unit, "self")
        else:
            keys = ("na",) if state == "not_applicable" else cells[id_]
            found = "; ".join(filter(None, (source.cell(key, line) for key in keys)))
        by.append(f"bảng kết quả “{table}”" if table and not source.lines else unit)
        files.append(source.file)
        sheets.append(source.sheet)
        places.append(found)
        why.append(_NO_EVIDENCE if lost == "no_evidence" else reasons[row])
    return told
