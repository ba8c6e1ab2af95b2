"""Frames of answers from a few named columns, for tests that need no form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from evidence.answers import ANSWERS, answers_frame
from evidence.judgements import JUDGEMENTS, judgements_frame


def case_frame(rows: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    """The answers' frame of rows that hold every column but `row`."""
    columns = [name for name in ANSWERS.columns if name != "row"]
    return answers_frame(pd.DataFrame.from_records(list(rows), columns=columns))


def case_judgements(rows: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    """The judgements of rows that have `appraised` points."""
    judged = [
        {
            **dict.fromkeys(JUDGEMENTS.columns, ""),
            **{"unit": row["unit"], "criterion": row["criterion"], "stage": "appraised"},
            **{"points": row["appraised"], "not_applicable": False},
        }
        for row in rows
        if row.get("appraised") is not None
    ]
    columns = [name for name in JUDGEMENTS.columns if name != "row"]
    return judgements_frame(pd.DataFrame.from_records(judged, columns=columns))
