"""Frames of answers from a few named columns, for tests that need no form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from evidence.answers import ANSWERS, answers_frame


def case_frame(rows: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    """The answers' frame of rows that hold every column but `row`."""
    columns = [name for name in ANSWERS.columns if name != "row"]
    return answers_frame(pd.DataFrame.from_records(list(rows), columns=columns))
