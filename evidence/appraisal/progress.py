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
    """Progress in the order of the plan's appraisers and of the round's blocks."""
    units = round_.by_code
    counts: dict[tuple[str, str], list[int]] = {}
    for code, own in progress_of_units(round_, answers, judgements).items():
        for appraiser, (done, due) in own.items():
            count = counts.setdefault((appraiser, units[code].block), [0, 0])
            count[0] += done
            count[1] += due
    known = [*round_.plan.appraisers, None]
    return tuple(
        Progress(item, block, *counts[key])
        for item in known
        for block in round_.blocks
        if (key := (item.id if item else "", block)) in counts
    )


def progress_of_units(
    round_: Round, answers: pd.DataFrame, judgements: pd.DataFrame
) -> dict[str, dict[str, tuple[int, int]]]:
    """For each unit of which anything is asked, by appraiser's id: claims with points, and all asked.

    A claim is asked when it waits for points or has them; a decision stands for them as well. The id is
    empty for criteria that the plan gives to nobody.
    """
    criteria = round_.criteria
    judged = set(zip(judgements["unit"], judgements["criterion"], strict=True))
    owners = {leaf.id: round_.plan.appraiser_of(leaf) for leaf in criteria.criteria}
    found: dict[str, dict[str, tuple[int, int]]] = {}
    for row in asked(criteria, round_.units, answers).to_dict("records"):
        owner = owners[row["criterion"]]
        done = (row["unit"], row["criterion"]) in judged
        own = None if pd.isna(row["self"]) else int(row["self"])
        if done or is_due(criteria, criteria.by_id[row["criterion"]], row["state"], own):
            of_unit = found.setdefault(str(row["unit"]), {})
            key = owner.id if owner else ""
            have, due = of_unit.get(key, (0, 0))
            of_unit[key] = (have + done, due + 1)
    return found
