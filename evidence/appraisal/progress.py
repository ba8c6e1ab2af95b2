"""How far each appraiser is: claims that wait for points and claims that have them, by block."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from criteria.model import Appraiser
from evidence.appraisal.asked import asked, is_due
from evidence.round import Round


@dataclass(frozen=True)
class Progress:
    """One appraiser in one block; `appraiser` is None for criteria that the plan gives to nobody."""

    appraiser: Appraiser | None
    block: str
    done: int
    asked: int


def progress(round_: Round, answers: pd.DataFrame, judgements: pd.DataFrame) -> tuple[Progress, ...]:
    """Progress in the order of the plan's appraisers and of the round's blocks.

    A claim is asked when it waits for points or has them; a decision stands for them as well.
    """
    criteria, units = round_.criteria, round_.by_code
    judged = set(zip(judgements["unit"], judgements["criterion"], strict=True))
    owners = {leaf.id: round_.plan.appraiser_of(leaf) for leaf in criteria.criteria}
    counts: dict[tuple[str, str], list[int]] = {}
    for row in asked(criteria, round_.units, answers).to_dict("records"):
        owner = owners[row["criterion"]]
        done = (row["unit"], row["criterion"]) in judged
        own = None if pd.isna(row["self"]) else int(row["self"])
        if done or is_due(criteria, criteria.by_id[row["criterion"]], row["state"], own):
            key = (owner.id if owner else "", units[row["unit"]].block)
            count = counts.setdefault(key, [0, 0])
            count[0] += done
            count[1] += 1
    known = [*round_.plan.appraisers, None]
    return tuple(
        Progress(item, block, *counts[key])
        for item in known
        for block in round_.blocks
        if (key := (item.id if item else "", block)) in counts
    )
