"""Where a unit's points went: each criterion's loss, and what stands beside the criteria.

The sum over a unit is its applicable maximum less its final points, exactly, whatever the decision adds,
takes off, rounds or cuts outside its criteria.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from criteria.exact import vietnamese
from criteria.model import CriteriaSet, Group
from reports.standing import Standing
from scoring.trace import Step

# a document without its number: its kind, what it is about, the year, whose it is, remarks in brackets
_UNNUMBERED = re.compile(
    r"(?P<kind>\w+ \w+) (?!số )(?!\S*\d).*(?P<year>năm \d{4}) (?P<issuer>của [^(]+?)(?: \([^()]*\))?$"
)


@dataclass(frozen=True)
class Adjustment:
    """Points lost (thousandths; negative where won) that are no criterion's of the scale, and why."""

    text: str
    lost: int


@dataclass(frozen=True)
class LostPoints:
    """A unit's losses: the steps of the scale that lost points, then the adjustments."""

    steps: tuple[Step, ...]
    adjustments: tuple[Adjustment, ...]

    @property
    def total(self) -> int:
        """The applicable maximum less the final points (thousandths)."""
        return sum(step.lost for step in self.steps) + sum(item.lost for item in self.adjustments)


def lost_points(criteria: CriteriaSet, unit: Standing, steps: Sequence[Step]) -> LostPoints:
    """The losses of a unit by its trace; a unit without points has lost nothing yet."""
    if unit.final is None:
        return LostPoints((), ())
    lost = tuple(step for step in steps if step.lost > 0)
    adjustments = list(_outside(criteria, steps))
    told = sum(step.lost for step in lost) + sum(item.lost for item in adjustments)
    rest = unit.max - unit.final - told
    if rest:
        adjustments.append(Adjustment(_rest_text(criteria, rest), rest))
    return LostPoints(lost, tuple(adjustments))


def short_basis(criteria: CriteriaSet, cite: Sequence[str]) -> str:
    """The passages by source, each source once and by number only: `Kế hoạch số 49/KH-UBND: II.5; III.1`.

    Documents are named in full where they are cited first (NĐ 30/2020/NĐ-CP, Phụ lục I, II.6.b); one
    whose number is not known goes by kind, year and issuer: `Kế hoạch năm 2022 của UBND thị xã Đức Phổ`.
    """
    passages: dict[str, list[str]] = {}
    for item in cite:
        source, _, passage = item.partition(" ")
        known = criteria.provenance.sources.get(source)
        name = item if known is None else _short_name(known)
        passages.setdefault(name, []).extend([passage] if known is not None and passage else [])
    told = (f"{name}: {'; '.join(found)}" if found else name for name, found in passages.items())
    return "; ".join(told)


def _short_name(source: str) -> str:
    """What a source is called where it has been named in full before."""
    unnumbered = _UNNUMBERED.match(source)
    if unnumbered:
        return " ".join(unnumbered.group("kind", "year", "issuer"))
    return source.partition(" ngày ")[0]


def _outside(criteria: CriteriaSet, steps: Sequence[Step]) -> Iterator[Adjustment]:
    """Bonus and penalty groups as they count."""
    for group in criteria.groups:
        if group.kind == "scale":
            continue
        own = [step for step in steps if step.criterion.group == group.id]
        points = sum(step.final or 0 for step in own)
        counted = min(points, group.top)
        if counted:
            yield Adjustment(
                _group_text(group, own, points), counted if group.kind == "penalty" else -counted
            )


def _group_text(group: Group, steps: Sequence[Step], points: int) -> str:
    word = "Điểm trừ" if group.kind == "penalty" else "Điểm cộng"
    told = "; ".join(
        f"{step.criterion.id} {step.criterion.title}: {vietnamese(step.final)} ({step.sentence})"
        for step in steps
        if step.final
    )
    capped = f"; tính nhiều nhất {vietnamese(group.top)}" if points > group.top else ""
    return f"{word}: {told}{capped}"


def _rest_text(criteria: CriteriaSet, rest: int) -> str:
    """Why the total differs from what its parts come to."""
    policy = criteria.policy
    reasons = ["làm tròn theo quy định"] if policy.points_at != "criterion" else []
    if any(group.kind != "scale" for group in criteria.groups):
        held = "tổng điểm không vượt điểm tối đa áp dụng" if rest > 0 else "tổng điểm không dưới 0"
        reasons.append(held)
    return f"Điều chỉnh: {' hoặc '.join(reasons) or 'theo quy định'}"
