"""Limits on the grade by facts outside the points, applied in the order of the file, none raising it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from criteria.model import Condition, CriteriaSet, Limit
from scoring.shares import Shares


@dataclass(frozen=True)
class Recorded:
    """A fact that somebody recorded about a unit, with its document."""

    fact: str
    text: str


@dataclass(frozen=True)
class Circumstances:
    """What is known of the units beside their answers.

    `facts` and `late` (days past the dossier's deadline) by unit; `outside`: for each table of results
    made elsewhere, this year's and last year's value (thousandths) by unit. `objected`: codes of units
    with an objection that nobody has decided yet; `closed`: whether the round is sealed.
    """

    facts: Mapping[str, Sequence[Recorded]] = field(default_factory=dict)
    late: Mapping[str, int] = field(default_factory=dict)
    outside: Mapping[str, Mapping[str, tuple[int, int | None]]] = field(default_factory=dict)
    objected: Collection[str] = ()
    closed: bool = False


@dataclass(frozen=True)
class AppliedLimit:
    """A limit that holds for a unit: why (in words), and the grade before and after it."""

    limit: Limit
    because: tuple[str, ...]
    before: str | None
    after: str | None
    basis: str

    @property
    def text(self) -> str:
        """What happened and why, as one Vietnamese sentence."""
        return f"{lead_of(self.limit)} (vì {'; '.join(self.because)})"


NOT_GRADED = "Không xếp loại"
ACT_WORDS = {
    "at_most": "Xếp loại cao nhất là “{label}”",
    "lower_by": "Hạ {levels} bậc xếp loại",
    "fail_to": "Xếp loại “{label}”",
    "not_graded": NOT_GRADED + ": {label}",
    "consequence": "{label}",
}


def lead_of(limit: Limit) -> str:
    """What a limit does to a grade in words: its own, else those of its act."""
    words = ACT_WORDS[limit.act].format(label=limit.label, levels=limit.levels)
    said_twice = f"{NOT_GRADED}: {NOT_GRADED}".casefold()
    return limit.text or (NOT_GRADED if words.casefold() == said_twice else words)


@dataclass(frozen=True)
class Standing:
    """What conditions are held against, for one unit.

    `no_evidence`: how many claims lost their points for want of it; `scored`: whether the unit has points.
    """

    unit: str
    block: str
    sent: bool
    late: int
    facts: Mapping[str, str]
    no_evidence: int
    shares: Shares
    scored: bool = True


def apply_limits(
    criteria: CriteriaSet, standing: Standing, grade: str | None
) -> tuple[str | None, tuple[AppliedLimit, ...]]:
    """The final grade and the limits that led to it, one after the other in the order of the file.

    After `not_graded` and `fail_to` the grade stays as it is; consequences are listed all the same.
    """
    applied: list[AppliedLimit] = []
    settled = False
    for limit in criteria.limits:
        because = holds(limit.when, standing)
        if because is None:
            continue
        after = grade
        if not settled:
            after = _act(criteria, limit, standing.block, grade)
            settled = limit.act in ("not_graded", "fail_to")
        applied.append(AppliedLimit(limit, because, grade, after, criteria.basis(limit.cite)))
        grade = after
    return grade, tuple(applied)


def _act(criteria: CriteriaSet, limit: Limit, block: str, grade: str | None) -> str | None:
    if limit.act == "consequence":
        return grade
    labels = [item.label for item in criteria.grades_of(block)]
    if limit.act == "not_graded":
        return limit.label
    if limit.act == "fail_to":
        worse = (
            grade is None or limit.label not in labels or labels.index(limit.label) >= labels.index(grade)
        )
        return limit.label if worse else grade
    if grade is None:
        return None
    place = labels.index(grade)
    if limit.act == "lower_by":
        return labels[min(place + limit.levels, len(labels) - 1)]
    cap = labels.index(limit.label) if limit.label in labels else 0
    return labels[max(place, cap)]


def holds(when: Condition, standing: Standing) -> tuple[str, ...] | None:
    """The reasons, in words, for which a condition holds; None where it does not."""
    if when.kind == "all":
        parts = [holds(part, standing) for part in when.parts]
        return None if any(part is None for part in parts) else tuple(_joined(parts))
    if when.kind == "any":
        found = tuple(_joined([holds(part, standing) for part in when.parts]))
        return found or None
    if when.kind == "not":
        part = when.parts[0]
        return None if holds(part, standing) is not None else (f"không có: {part}",)
    reason = _simple(when, standing)
    return (reason,) if reason else None


def _joined(parts: Sequence[tuple[str, ...] | None]) -> Iterator[str]:
    for part in parts:
        yield from part or ()


def _simple(when: Condition, standing: Standing) -> str:
    """Why a condition without parts holds; empty where it does not."""
    if when.kind == "fact":
        return standing.facts.get(when.name, "")
    if when.kind == "dossier":
        if when.name == "none":
            return "" if standing.sent else "không có hồ sơ"
        return f"gửi hồ sơ chậm {standing.late} ngày" if standing.late > 0 else ""
    if when.kind == "evidence_missing":
        count = standing.no_evidence
        return f"{count} tiêu chí không có minh chứng" if count >= when.number else ""
    if not (standing.sent and standing.scored):
        return ""  # a unit without points is a matter of its dossier, which may only not be readable yet
    return str(when) if standing.shares.below(standing.unit, when.name, when.number) else ""
