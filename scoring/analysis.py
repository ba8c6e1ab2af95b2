"""What the whole says, for the office that writes next year's criteria: pure figures, no wording.

Points in thousandths, means and shares as exact fractions. Only units that have points count; a criterion
counts where it applies to them and is not excluded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from criteria.model import CriteriaSet
from scoring.firmness import Firmness, firmness
from scoring.grades import points_needed
from scoring.results import Results
from scoring.shares import shares_of

NEAR = 1000  # thousandths of a point within which a total is near a cut-off
FEWEST = 2  # units under which a criterion can separate nobody


@dataclass(frozen=True)
class Flat:
    """A criterion that separates nobody: every unit has `full` points, or `nothing`."""

    criterion: str
    kind: Literal["full", "nothing"]
    units: int


@dataclass(frozen=True)
class Cost:
    """What a criterion cost: points lost by how many of the units that it counts for.

    `out_of` is what all of them could have had there. In a penalty group the loss is what was taken off,
    before the group's cap.
    """

    criterion: str
    lost: int
    out_of: int
    losing: int
    units: int


@dataclass(frozen=True)
class Gap:
    """Self-scores against appraised points, where both are known, of a type of unit or a criterion.

    `claimed` and `appraised` are sums over `cells` (a unit and criterion each); `lowered`, `raised`
    count the cells that appraisal changed.
    """

    of: str
    units: int
    cells: int
    claimed: int
    appraised: int
    lowered: int
    raised: int

    @property
    def per_unit(self) -> Fraction:
        """Mean of what a unit claimed above its appraisal, in thousandths."""
        return Fraction(self.claimed - self.appraised, max(self.units, 1))


@dataclass(frozen=True)
class Agreement:
    """Whether two groups of criteria order the units of a block alike, over all pairs of units.

    `concordant` pairs stand in the same order in both groups, `discordant` in opposite orders, `tied` are
    equal in at least one.
    """

    first: str
    second: str
    concordant: int
    discordant: int
    tied: int

    @property
    def gamma(self) -> Fraction | None:
        """Goodman and Kruskal's gamma, from -1 to 1; None where every pair is tied."""
        untied = self.concordant + self.discordant
        return Fraction(self.concordant - self.discordant, untied) if untied else None


@dataclass(frozen=True)
class NearCut:
    """A unit near the cut-off of a grade: `by` thousandths above it, below zero for short of it."""

    unit: str
    grade: str
    by: int


@dataclass(frozen=True)
class Analysis:
    """All that the whole says of a round."""

    units: int
    flat: tuple[Flat, ...]
    costs: tuple[Cost, ...]  # the greatest loss first
    by_type: tuple[Gap, ...]
    by_criterion: tuple[Gap, ...]
    agreement: tuple[Agreement, ...]
    near: tuple[NearCut, ...]  # the nearest first
    window: int
    firmness: Firmness


def analyse(
    results: Results, window: int = NEAR, objections: Mapping[tuple[str, str], int] | None = None
) -> Analysis:
    """What a round's results say as a whole.

    `window`: how near (thousandths of a point) a total must be to a cut-off to be named. `objections`:
    see `firmness`.
    """
    counted = results.units[results.units["percent"].notna()]
    codes = set(counted["code"])
    ledger = results.ledger[results.ledger["unit"].isin(codes)]
    types = dict(zip(results.units["code"], results.units["type"], strict=True))
    criteria = results.criteria
    return Analysis(
        units=len(counted),
        flat=tuple(_flat(criteria, ledger)),
        costs=tuple(sorted(_costs(criteria, ledger), key=lambda cost: -cost.lost)),
        by_type=tuple(_gaps(ledger, ledger["unit"].map(types), list(criteria.unit_types))),
        by_criterion=tuple(_gaps(ledger, ledger["criterion"], list(criteria.by_id))),
        agreement=tuple(_agreement(criteria, ledger, counted)),
        near=tuple(sorted(_near(criteria, counted, window), key=lambda near: abs(near.by))),
        window=window,
        firmness=firmness(results, objections),
    )


def _of_criterion(criteria: CriteriaSet, ledger: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """The rows of each criterion that count for somebody, in the order of the decision."""
    by_id = dict(iter(ledger[ledger["status"] != "not_applicable"].groupby("criterion", sort=False)))
    for leaf in criteria.criteria:
        if leaf.id in by_id:
            yield leaf.id, by_id[leaf.id]


def _flat(criteria: CriteriaSet, ledger: pd.DataFrame) -> Iterator[Flat]:
    for id_, rows in _of_criterion(criteria, ledger):
        points = rows["final"].fillna(0)
        if len(rows) < FEWEST or criteria.group_by_id[criteria.by_id[id_].group].kind != "scale":
            continue
        if (points == rows["top"]).all():
            yield Flat(id_, "full", len(rows))
        elif (points == 0).all():
            yield Flat(id_, "nothing", len(rows))


def _costs(criteria: CriteriaSet, ledger: pd.DataFrame) -> Iterator[Cost]:
    for id_, rows in _of_criterion(criteria, ledger):
        kind = criteria.group_by_id[criteria.by_id[id_].group].kind
        if kind == "bonus":
            continue  # what was not added was not lost
        points = rows["final"].fillna(0).to_numpy(dtype=np.int64)
        top = rows["top"].to_numpy(dtype=np.int64)
        lost = points if kind == "penalty" else top - points
        if lost.any():
            yield Cost(id_, int(lost.sum()), int(top.sum()), int((lost > 0).sum()), len(rows))


def _gaps(ledger: pd.DataFrame, of: pd.Series, order: Sequence[str]) -> Iterator[Gap]:
    both = ledger["self"].notna() & ledger["appraised"].notna()
    found = dict(iter(ledger[both].groupby(of[both], sort=False)))
    for name in order:
        if name not in found:
            continue
        rows = found[name]
        claimed = rows["self"].to_numpy(dtype=np.int64)
        granted = rows["appraised"].to_numpy(dtype=np.int64)
        yield Gap(
            name,
            int(rows["unit"].nunique()),
            len(rows),
            int(claimed.sum()),
            int(granted.sum()),
            int((granted < claimed).sum()),
            int((granted > claimed).sum()),
        )


Order = npt.NDArray[np.int8]


def _agreement(criteria: CriteriaSet, ledger: pd.DataFrame, units: pd.DataFrame) -> Iterator[Agreement]:
    """Each pair of groups of the scale, over the pairs of units of one block that both apply to."""
    shares = shares_of(criteria, ledger).groups
    ids = [group.id for group in criteria.groups if group.kind == "scale"]
    sums = {pair: np.zeros(3, dtype=np.int64) for pair in combinations(ids, 2)}
    for block in dict.fromkeys(units["block"]):
        codes = list(units.loc[units["block"] == block, "code"])
        places = {id_: _places([shares[code].get(id_, (0, 0)) for code in codes]) for id_ in ids}
        for first, second in sums:
            sums[first, second] += _pairs(places[first], places[second])
    for (first, second), (concordant, discordant, tied) in sums.items():
        if concordant + discordant + tied:
            yield Agreement(first, second, int(concordant), int(discordant), int(tied))


def _places(shares: Sequence[tuple[Any, int]]) -> npt.NDArray[np.int64]:
    """The order of exact shares as whole numbers, equal for equal shares; -1 where nothing applies."""
    exact = [Fraction(final) / top if top else None for final, top in shares]
    place = {share: at for at, share in enumerate(sorted({share for share in exact if share is not None}))}
    return np.array([-1 if share is None else place[share] for share in exact], dtype=np.int64)


def _pairs(first: npt.NDArray[np.int64], second: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Concordant, discordant and tied pairs; a row at a time, so that large blocks fit into memory."""
    both = (first >= 0) & (second >= 0)
    first, second = first[both], second[both]
    counts = np.zeros(3, dtype=np.int64)
    for at in range(len(first)):
        way = np.sign(first[at + 1 :] - first[at]) * np.sign(second[at + 1 :] - second[at])
        counts += np.array([(way > 0).sum(), (way < 0).sum(), (way == 0).sum()])
    return counts


def _near(criteria: CriteriaSet, units: pd.DataFrame, window: int) -> Iterator[NearCut]:
    """Units within the window of any cut-off of their block; the lowest grade of all has none."""
    columns = (units[name] for name in ("code", "block", "final", "max"))
    for code, block, final, top in zip(*columns, strict=True):
        for grade in criteria.grades_of(str(block)):
            need = points_needed(criteria, grade, int(top))
            if need > 0 and abs(int(final) - need) <= window:
                yield NearCut(str(code), grade.label, int(final) - need)
