"""A ledger laid out as arrays, a row a unit, a column a criterion: all units are summed at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from criteria.exact import Ints
from criteria.model import CriteriaSet, Criterion
from criteria.worth import Bools


@dataclass(frozen=True)
class Grid:
    """Where the rows of a ledger stand: indices of the unit (in the order they come), of the criterion."""

    criteria: CriteriaSet
    units: tuple[str, ...]
    unit: Ints
    criterion: Ints

    @classmethod
    def of(cls, criteria: CriteriaSet, ledger: pd.DataFrame) -> Grid:
        """The grid of a ledger, or of some rows of one."""
        column = {leaf.id: index for index, leaf in enumerate(criteria.criteria)}
        unit, codes = pd.factorize(ledger["unit"])
        which, ids = pd.factorize(ledger["criterion"])
        columns = np.array([column[id_] for id_ in ids], dtype=np.int64)
        return cls(criteria, tuple(map(str, codes)), unit, columns[which])

    def spread(self, values: npt.NDArray[Any], nothing: Any) -> npt.NDArray[Any]:
        """An array of the ledger's rows laid out, `nothing` where there is no row."""
        shape = (len(self.units), len(self.criteria.criteria))
        laid = np.full(shape, nothing, dtype=values.dtype)
        laid[self.unit, self.criterion] = values
        return laid

    def sums(self, values: Ints | Bools) -> dict[str, int]:
        """For each unit the sum of its rows, or in how many of them something holds."""
        return dict(zip(self.units, self.spread(values, 0).sum(axis=1).tolist(), strict=True))

    def of_leaves(self, holds: Callable[[Criterion], bool]) -> Bools:
        """For each row whether something holds for its criterion."""
        return np.array([holds(leaf) for leaf in self.criteria.criteria], dtype=np.bool_)[self.criterion]
