"""Quotas on a grade: who may hold it by rank, and where a tie must be decided by a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from criteria.exact import vietnamese
from criteria.model import CriteriaSet, Quota
from scoring.ranking import Key
from scoring.shares import WHOLE


@dataclass(frozen=True)
class Proposal:
    """What a quota comes to in one block (or in all): codes of units, best first.

    `keep` hold the grade within the quota; `undecided` are tied at its edge and more than the places
    left; `over` are past it. Grades are not changed: a person decides.
    """

    quota: Quota
    block: str | None
    base: int
    allowed: int
    keep: tuple[str, ...]
    undecided: tuple[str, ...]
    over: tuple[str, ...]

    @property
    def text(self) -> str:
        """The proposal as a Vietnamese sentence."""
        share = vietnamese(self.quota.percent)
        lead = f"“{self.quota.grade}” nhiều nhất {share}% của {self.base} đơn vị = {self.allowed} đơn vị"
        if not self.undecided and not self.over:
            return f"{lead}; hiện có {len(self.keep)}, không vượt."
        parts = [f"{lead}; đề nghị giữ {len(self.keep)}"]
        if self.undecided:
            left = self.allowed - len(self.keep)
            parts.append(
                f"{len(self.undecided)} đơn vị bằng nhau tranh {left} chỗ còn lại, "
                "cần người có thẩm quyền chọn"
            )
        if self.over:
            parts.append(f"{len(self.over)} đơn vị vượt tỷ lệ")
        return "; ".join(parts) + "."


def proposals(
    criteria: CriteriaSet, units: pd.DataFrame, keys: Mapping[str, Key | None]
) -> Iterator[Proposal]:
    """A proposal for each quota and block, by the results' frame and the units' ranking keys."""
    for quota in criteria.quotas:
        if quota.by_block:
            for block in dict.fromkeys(units["block"]):
                yield _propose(criteria, quota, block, units[units["block"] == block], keys)
        else:
            yield _propose(criteria, quota, None, units, keys)


def _propose(
    criteria: CriteriaSet,
    quota: Quota,
    block: str | None,
    units: pd.DataFrame,
    keys: Mapping[str, Key | None],
) -> Proposal:
    counted = units["grade"].isin(quota.of or criteria.labels)
    base = int(counted.sum())
    allowed = base * quota.percent // WHOLE
    codes = units.loc[units["grade"] == quota.grade, "code"]
    holders = sorted(codes, key=lambda code: keys[code] or (), reverse=True)
    if len(holders) <= allowed:
        return Proposal(quota, block, base, allowed, tuple(holders), (), ())
    edge = keys[holders[allowed]]
    tied = [code for code in holders if keys[code] == edge]
    if allowed and keys[holders[allowed - 1]] == edge:
        keep = tuple(code for code in holders[:allowed] if keys[code] != edge)
        over = holders[len(keep) + len(tied) :]
        return Proposal(quota, block, base, allowed, keep, tuple(tied), tuple(over))
    return Proposal(quota, block, base, allowed, tuple(holders[:allowed]), (), tuple(holders[allowed:]))
