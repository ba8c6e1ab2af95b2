"""How far each unit is: not sent, sent, appraised in part or wholly, objected, final."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd

from criteria.model import CriteriaSet
from criteria.worth import Bools
from scoring.grid import Grid
from scoring.limits import Circumstances

# `objected`: an objection of the unit is open; `final`: the round is closed
UNIT_STATES = ("not_sent", "rejected", "sent", "appraised_in_part", "appraised", "objected", "final")
PROVISIONAL_STATES = ("sent", "appraised_in_part", "objected")


def states(
    criteria: CriteriaSet,
    ledger: pd.DataFrame,
    codes: Sequence[str],
    rejected: Collection[str],
    circumstances: Circumstances,
    grid: Grid | None = None,
) -> list[str]:
    """State of each unit, one of UNIT_STATES, in the order of `codes`.

    A unit without dossier of which nothing was judged stays `not_sent` or `rejected` even in a closed
    round: there is nothing final about it. A unit is appraised when everything that is due was judged:
    the criteria that count towards its maximum, and the bonus and penalty points that it claims.
    `grid`: the ledger's, if at hand.
    """
    grid = grid or Grid.of(criteria, ledger)
    done = grid.sums(_judged(ledger))
    waiting = grid.sums(waits(criteria, ledger, grid))
    sent = senders(ledger, grid)

    def state(code: str) -> str:
        if not done.get(code, 0) and (code in rejected or code not in sent):
            return "rejected" if code in rejected else "not_sent"
        if circumstances.closed:
            return "final"
        if code in circumstances.objected:
            return "objected"
        if not done.get(code, 0):
            return "sent"
        return "appraised_in_part" if waiting.get(code, 0) else "appraised"

    return [state(code) for code in codes]


def senders(ledger: pd.DataFrame, grid: Grid) -> set[str]:
    """Codes of the units whose dossier was taken."""
    sent = grid.sums(ledger["claim"].to_numpy(dtype=object) != "not_sent")
    return {code for code, rows in sent.items() if rows}


def waits(criteria: CriteriaSet, ledger: pd.DataFrame, grid: Grid | None = None) -> Bools:
    """Which rows of a ledger are due a person's judgement and have none: neither appraised nor decided."""
    return _due(criteria, ledger, grid or Grid.of(criteria, ledger)) & ~_judged(ledger)


def _judged(ledger: pd.DataFrame) -> Bools:
    judged: Bools = (ledger["judgement"].notna() | ledger["decision"].notna()).to_numpy(dtype=np.bool_)
    return judged


def _due(criteria: CriteriaSet, ledger: pd.DataFrame, grid: Grid) -> Bools:
    """Which rows wait for a person's judgement until they have one."""
    outside = grid.of_leaves(lambda leaf: criteria.group_by_id[leaf.group].kind != "scale")
    claimed = ledger["self"].fillna(0).to_numpy(dtype=np.int64) > 0
    due: Bools = (ledger["applicable"].to_numpy(dtype=np.int64) > 0) | (outside & claimed)
    return due
