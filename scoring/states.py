"""How far each unit is: not sent, sent, appraised in part or wholly, objected, final."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import pandas as pd

from criteria.model import CriteriaSet
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
) -> list[str]:
    """State of each unit, one of UNIT_STATES, in the order of `codes`.

    A unit without dossier of which nothing was judged stays `not_sent` or `rejected` even in a closed
    round: there is nothing final about it. A unit is appraised when everything that is due was judged:
    the criteria that count towards its maximum, and the bonus and penalty points that it claims.
    """
    judged = _judged(ledger)
    done = judged.groupby(ledger["unit"], sort=False).sum().to_dict()
    waiting = waits(criteria, ledger).groupby(ledger["unit"], sort=False).sum().to_dict()
    sent = set(ledger.loc[ledger["claim"] != "not_sent", "unit"].unique())

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


def waits(criteria: CriteriaSet, ledger: pd.DataFrame) -> pd.Series:
    """Which rows of a ledger are due a person's judgement and have none: neither appraised nor decided."""
    return _due(criteria, ledger) & ~_judged(ledger)


def _judged(ledger: pd.DataFrame) -> pd.Series:
    return ledger["judgement"].notna() | ledger["decision"].notna()


def _due(criteria: CriteriaSet, ledger: pd.DataFrame) -> pd.Series:
    """Which rows wait for a person's judgement until they have one."""
    kinds = {group.id: group.kind for group in criteria.groups}
    outside = ledger["group"].map(kinds) != "scale"
    claimed = (ledger["self"] > 0).fillna(False).astype(bool)
    return (ledger["applicable"] > 0) | (outside & claimed)
