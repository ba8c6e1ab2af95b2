"""The contract between evidence and scoring: one frame of all answers of all units."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy.typing as npt
import pandas as pd
import pandera.pandas as pa

from evidence.source import Source

__all__ = ["ANSWERS", "STATES", "Source", "answers_frame", "few_texts"]

STATES = ("answered", "not_applicable", "blank", "faulty")

# One row a unit and criterion. `x1`, `x2`: what the rule's inputs declare (thousandths, or the index
# of a level); `self`: points given outright in a consolidated table (thousandths). What persons judged
# of them stands in a frame of its own (evidence/judgements.py).
# `source` and `line` (from 1) lead back to file, sheet and cell; `row` is the frame's own id.
ANSWERS = pa.DataFrameSchema(
    {
        "row": pa.Column("int64", unique=True),
        "unit": pa.Column(str),
        "criterion": pa.Column(str),
        "source": pa.Column("int64"),
        "line": pa.Column("int64"),
        "state": pa.Column(str, pa.Check.isin(STATES)),
        "x1": pa.Column("Int64", pa.Check.ge(0), nullable=True),
        "x2": pa.Column("Int64", pa.Check.ge(0), nullable=True),
        "self": pa.Column("Int64", pa.Check.ge(0), nullable=True),
        "evidence": pa.Column(str),
        "explanation": pa.Column(str),
    },
    unique=["unit", "criterion"],
    strict=True,
    ordered=True,
)


def few_texts(different: Sequence[str], which: npt.NDArray[Any]) -> pd.api.extensions.ExtensionArray:
    """A frame's column of few different texts: for each row the one of this index."""
    return pd.array(list(different), dtype="string[python]").take(which)


def answers_frame(rows: pd.DataFrame) -> pd.DataFrame:
    """The answers' frame of all columns but `row`, in their order; raises pandera's SchemaErrors."""
    frame = rows.reset_index(drop=True)
    frame.insert(0, "row", range(len(frame)))
    frame = frame.astype({name: str(column.dtype) for name, column in ANSWERS.columns.items()})
    return ANSWERS.validate(frame, lazy=True)
