"""A frame's columns as Python's own values, for code that walks along rows one by one."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from criteria.exact import Ints


def plain(column: pd.Series) -> list[Any]:
    """The column's values in their order, None where it has nothing; whole numbers are Python's own."""
    values = column.to_numpy(dtype=object, copy=True)
    values[column.isna().to_numpy()] = None
    found: list[Any] = values.tolist()
    return found


def rows_by(column: pd.Series) -> dict[str, Ints]:
    """For each of the column's texts the positions of its rows, both in the order in which they come."""
    indices = column.groupby(column, sort=False).indices
    return {str(key): np.asarray(rows, dtype=np.int64) for key, rows in indices.items()}
