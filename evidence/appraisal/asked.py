"""What is put before the appraisers: each unit's claim on each criterion, and the mark of that claim."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from criteria.model import CriteriaSet, Criterion, Unit
from criteria.worth import Points, Said, claimed


def asked(criteria: CriteriaSet, units: Sequence[Unit], answers: pd.DataFrame) -> pd.DataFrame:
    """One row a unit and criterion that applies to it, criteria in the order of the decision.

    `state` as in the answers, `not_sent` where the unit has none; `self`: claimed points (thousandths);
    `no_evidence`: whether they were lost for want of it; `answer`: the answers' row; `token`: a mark
    that changes with the claimed points, the state, and whatever the decision says of the criterion.
    """
    by_criterion = answers.groupby("criterion", sort=False).indices
    sent = set(answers["unit"])
    parts = [
        _of_leaf(criteria, leaf, units, sent, answers.iloc[by_criterion.get(leaf.id, [])])
        for leaf in criteria.criteria
    ]
    return pd.concat(parts, ignore_index=True)


def _of_leaf(
    criteria: CriteriaSet, leaf: Criterion, units: Sequence[Unit], sent: set[str], own: pd.DataFrame
) -> pd.DataFrame:
    said = Said(
        own["state"].to_numpy(dtype=object),
        (own["evidence"] != "").to_numpy(dtype=np.bool_),
        (_points(own["x1"]), _points(own["x2"])),
        _points(own["self"]),
    )
    found = claimed(leaf, criteria.policy, said)
    frame = pd.DataFrame(
        {
            "unit": own["unit"].to_numpy(dtype=object),
            "state": said.state,
            "self": pd.arrays.IntegerArray(found.points.value, ~found.points.known),
            "no_evidence": found.no_evidence,
            "answer": own["row"].to_numpy(),
        }
    ).set_index("unit")
    codes = [unit.code for unit in units if unit.type in leaf.applies_to]
    frame = frame.reindex(codes).rename_axis("unit").reset_index()
    silent = pd.Series(["blank" if code in sent else "not_sent" for code in codes], dtype=object)
    frame["state"] = frame["state"].where(frame["state"].notna(), silent)
    frame["no_evidence"] = frame["no_evidence"].fillna(False).astype(bool)
    frame["answer"] = frame["answer"].astype("Int64")
    frame.insert(1, "criterion", leaf.id)
    says = what_the_rule_says(criteria, leaf)
    frame["token"] = [
        digest((says, state, "" if pd.isna(own) else str(own)))
        for state, own in zip(frame["state"], frame["self"], strict=True)
    ]
    return frame


def _points(column: pd.Series) -> Points:
    return Points(column.fillna(0).to_numpy(dtype=np.int64), column.notna().to_numpy(dtype=np.bool_))


def is_due(criteria: CriteriaSet, leaf: Criterion, state: str, own: int | None) -> bool:
    """Whether a claim waits for points: what counts towards the maximum, and what is claimed beside it."""
    if state == "not_sent":
        return False
    if criteria.group_by_id[leaf.group].kind != "scale":
        return bool(own)
    return not (state == "not_applicable" and leaf.not_applicable == "exclude")


def what_the_rule_says(criteria: CriteriaSet, leaf: Criterion) -> str:
    """What an appraiser is asked to judge by; the same text means the same question."""
    texts = (criteria.id, leaf.id, leaf.title, str(leaf.top), leaf.not_applicable, leaf.rule.describe())
    return "|".join(texts)


def digest(parts: Iterable[str]) -> str:
    """A short mark of texts, the same for the same texts."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]
