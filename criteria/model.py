"""The model of decisions, plans and rosters: frozen values, points in whole thousandths."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import chain
from typing import Literal, TypeAlias

from criteria.document import DocumentRef, vietnamese_date
from criteria.exact import Rounding, vietnamese
from criteria.rules import Rule

NotApplicable: TypeAlias = Literal["forbidden", "exclude", "full"]


@dataclass(frozen=True)
class Decision:
    """The legal act behind a criteria set and the days on which it is in force."""

    document: DocumentRef
    in_force_from: date
    in_force_to: date | None
    replaces: tuple[DocumentRef, ...]
    replaced_by: DocumentRef | None


@dataclass(frozen=True)
class Provenance:
    """How far the file can be trusted: `official`, `reconstructed` or `example`, and its sources."""

    status: Literal["official", "reconstructed", "example"]
    checked_by: str | None
    checked_on: date | None
    note: str
    sources: dict[str, str]

    @property
    def warning(self) -> str | None:
        """The Vietnamese sentence that every print must carry; None for an official file."""
        if self.status == "official":
            return None
        lead = {
            "reconstructed": "BỘ TIÊU CHÍ PHỤC DỰNG, chưa đối chiếu với phụ lục của quyết định.",
            "example": "BỘ TIÊU CHÍ VÍ DỤ, không phải văn bản của cơ quan có thẩm quyền.",
        }[self.status]
        return f"{lead} {self.note}".strip()


@dataclass(frozen=True)
class Policy:
    """How the decision counts; digits are decimals kept."""

    points_step: int
    points_digits: int
    points_rounding: Rounding
    points_at: Literal["criterion", "group", "end"]  # where points are rounded
    percent_digits: int
    percent_rounding: Rounding
    rank_on: Literal["exact", "rounded"]
    ties: Literal["competition", "dense"]
    break_by: tuple[str, ...]  # ids of groups and criteria whose points break a tie, in this order
    grade_on: Literal["percent_of_applicable", "points"]
    hold_to_scale: bool  # whether bonus points may not lift a total above the maximum


@dataclass(frozen=True)
class Floor:
    """A least share (thousandths of a percent) that a grade asks for beside the total.

    `of` is the id of a group or criterion, or `criterion`, `group` for each of them.
    """

    of: str
    percent: int


@dataclass(frozen=True)
class Grade:
    """A grade and the least percent, or points, that earns it (thousandths).

    The cut-off itself belongs to the grade, unless the decision says "trên" (`above`).
    """

    label: str
    start: int
    above: bool = False
    floors: tuple[Floor, ...] = ()


@dataclass(frozen=True)
class Condition:
    """When a limit applies. `kind`: all, any, not (over `parts`); fact, group, criterion (`name`);
    dossier (`name` none or late); evidence_missing (`number` criteria). Percents in thousandths.
    """

    kind: str
    name: str = ""
    number: int = 0
    parts: tuple[Condition, ...] = ()

    def __str__(self) -> str:
        """The condition in Vietnamese."""
        if self.kind in ("all", "any"):
            return (" và " if self.kind == "all" else " hoặc ").join(map(str, self.parts))
        if self.kind == "not":
            return f"không có: {self.parts[0]}"
        if self.kind == "fact":
            return f"có ghi nhận “{self.name}”"
        if self.kind == "dossier":
            return "không có hồ sơ" if self.name == "none" else "gửi hồ sơ chậm"
        if self.kind == "evidence_missing":
            return f"từ {self.number} tiêu chí không có minh chứng"
        noun = "nhóm" if self.kind == "group" else "tiêu chí"
        return f"{noun} {self.name} dưới {vietnamese(self.number)}% điểm tối đa"

    def facts(self) -> Iterator[str]:
        """Names of the facts that the condition looks to."""
        if self.kind == "fact":
            yield self.name
        for part in self.parts:
            yield from part.facts()


@dataclass(frozen=True)
class Limit:
    """What a fact outside the points does to the grade: at_most, lower_by, fail_to, not_graded.

    `consequence` is carried and printed beside the grade and never changes it; `label` is the grade
    or, where a unit is not graded, what is printed in its place; `levels` how many it goes down.
    """

    id: str
    when: Condition
    act: Literal["at_most", "lower_by", "fail_to", "not_graded", "consequence"]
    label: str
    levels: int
    text: str
    cite: tuple[str, ...]


@dataclass(frozen=True)
class Quota:
    """The most units that may hold a grade: `percent` (thousandths) of those in `of`, by block or all.

    `of` lists grades whose holders are counted; empty means every unit that is graded.
    """

    grade: str
    percent: int
    of: tuple[str, ...]
    by_block: bool
    cite: tuple[str, ...]


@dataclass(frozen=True)
class Criterion:
    """A leaf: what is scored, of how much (`top`, thousandths), by which rule, on what basis."""

    id: str
    group: str
    title: str
    top: int
    rule: Rule
    applies_to: tuple[str, ...]
    not_applicable: NotApplicable
    evidence: Literal["required", "optional", "none"]
    without_evidence: Literal["zero", "flag"]
    appraiser: str | None
    note: str
    cite: tuple[str, ...]
    unsourced: tuple[str, ...]  # keys marked illustrative or inferred
    takes_off: bool = False  # of a penalty group: its points are taken off

    @property
    def how(self) -> str:
        """The rule in words; in a penalty group the points are those taken off."""
        return self._off(self.rule.describe())

    def why(self, x: Sequence[int]) -> str:
        """The rule on one case in words, as `how`."""
        return self._off(self.rule.explain(x))

    def _off(self, text: str) -> str:
        told = text.replace("mỗi trường hợp được", "mỗi trường hợp bị trừ")
        return text if not self.takes_off else told if told != text else f"Số điểm bị trừ: {text}"

    @property
    def loses_without_evidence(self) -> bool:
        """Whether a claim without evidence is worth nothing."""
        return self.evidence == "required" and self.without_evidence == "zero"


@dataclass(frozen=True)
class Group:
    """An inner node: a heading with its maximum (thousandths) and its leaves.

    A `bonus` or `penalty` group stands outside the scale: its points are added or taken off, at most
    `top` of them.
    """

    id: str
    title: str
    top: int
    kind: Literal["scale", "bonus", "penalty"]
    applies_to: tuple[str, ...]
    cite: tuple[str, ...]
    unsourced: tuple[str, ...]
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True)
class CriteriaSet:
    """The tree of one decision; `version` is the start of the sha256 of the file's text."""

    id: str
    title: str
    version: str
    decision: Decision
    provenance: Provenance
    scale: int
    policy: Policy
    unit_types: dict[str, str]
    grades: tuple[Grade, ...]
    grades_by_block: dict[str, tuple[Grade, ...]]
    limits: tuple[Limit, ...]
    quotas: tuple[Quota, ...]
    groups: tuple[Group, ...]
    unsourced: tuple[str, ...]

    def grades_of(self, block: str) -> tuple[Grade, ...]:
        """The grades that a block is held to, best first."""
        return self.grades_by_block.get(block, self.grades)

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """All grade labels, best first; one that only a block has stands above the next one it shares."""
        merged: list[str] = []
        for table in (self.grades, *self.grades_by_block.values()):
            labels = [grade.label for grade in table]
            for index, label in enumerate(labels):
                if label not in merged:
                    below = (merged.index(other) for other in labels[index + 1 :] if other in merged)
                    merged.insert(next(below, len(merged)), label)
        return tuple(merged)

    @cached_property
    def facts(self) -> frozenset[str]:
        """Names of the facts that limits look to."""
        return frozenset(name for limit in self.limits for name in limit.when.facts())

    @cached_property
    def group_by_id(self) -> dict[str, Group]:
        """Group by id."""
        return {group.id: group for group in self.groups}

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        """All leaves, in the order of the file."""
        return tuple(leaf for group in self.groups for leaf in group.criteria)

    @cached_property
    def by_id(self) -> dict[str, Criterion]:
        """Leaf by id."""
        return {leaf.id: leaf for leaf in self.criteria}

    def applying(self, unit_type: str) -> Iterator[Criterion]:
        """The leaves that are scored for units of this type."""
        return (leaf for leaf in self.criteria if unit_type in leaf.applies_to)

    def on_plan(self, plan: Plan) -> CriteriaSet:
        """The set as a plan applies it: its deadlines in the rules that look to them, its limits added."""
        days = {item.id: item.last_day for item in plan.deadlines}

        def known(leaf: Criterion) -> Criterion:
            day = days.get(leaf.rule.deadline or "")
            return leaf if day is None else replace(leaf, rule=leaf.rule.with_last_day(day))

        groups = (replace(group, criteria=tuple(map(known, group.criteria))) for group in self.groups)
        return replace(self, groups=tuple(groups), limits=(*self.limits, *plan.limits))

    def basis(self, cite: tuple[str, ...]) -> str:
        """The cites spelt out: `kh49 III.1` becomes the source's name and the passage."""
        spelt = []
        for item in cite:
            source, _, passage = item.partition(" ")
            name = self.provenance.sources.get(source)
            spelt.append(item if name is None else f"{name}, {passage}" if passage else name)
        return "; ".join(spelt)


@dataclass(frozen=True)
class Appraiser:
    """Who scores what: the lead scores every group that no co-appraiser has."""

    id: str
    name: str
    role: Literal["lead", "co"]
    groups: tuple[str, ...]
    cite: tuple[str, ...]


@dataclass(frozen=True)
class Deadline:
    """A dated duty; the day itself still counts where `inclusive` ("chậm nhất"; not "trước").

    `who` is what the plan says; `unit_types` the types of units that it means, empty for all.
    """

    id: str
    kind: str
    what: str
    who: str
    to: str
    day: date
    inclusive: bool
    cite: tuple[str, ...]
    unit_types: tuple[str, ...] = ()
    of_some: bool = False  # only some of these owe it, whom the plan cannot name beforehand

    @property
    def last_day(self) -> date:
        """The last day on which the duty is still done in time."""
        return self.day if self.inclusive else self.day - timedelta(days=1)

    def __str__(self) -> str:
        word = "chậm nhất" if self.inclusive else "trước"
        return f"{self.what}: {word} ngày {vietnamese_date(self.day)}"


@dataclass(frozen=True)
class Target:
    """A target of the plan; `at_least` in thousandths of a percent."""

    id: str
    text: str
    kind: Literal["grade_share", "people_share", "units_share", "not_below_last_year"]
    grade: str | None
    at_least: int | None
    of: Literal["all", "rated"]
    criterion: str | None
    cite: tuple[str, ...]


@dataclass(frozen=True)
class Duty:
    """A task that the plan gives to a named office or official."""

    id: str
    who: str
    what: str
    cite: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """A yearly plan; `criteria` is None where the locality reports but does not score."""

    id: str
    title: str
    version: str
    document: DocumentRef
    under: tuple[DocumentRef, ...]
    year: int
    locality: str
    criteria: str | None
    roster: str | None
    source: str
    appraisers: tuple[Appraiser, ...]
    deadlines: tuple[Deadline, ...]
    targets: tuple[Target, ...]
    duties: tuple[Duty, ...]
    cites: tuple[tuple[str, str], ...]
    limits: tuple[Limit, ...] = ()  # what the plan adds to the decision's own
    unit_types: dict[str, str] = field(default_factory=dict)  # where no criteria set names them

    def appraiser_of(self, leaf: Criterion) -> Appraiser | None:
        """Who appraises a leaf: the one it names, else the co-appraiser of its group, else the lead."""
        named = (a for a in self.appraisers if a.id == leaf.appraiser)
        of_group = (a for a in self.appraisers if leaf.group in a.groups)
        lead = (a for a in self.appraisers if a.role == "lead")
        return next(chain(named, of_group, lead), None)


@dataclass(frozen=True)
class Unit:
    """Who is scored; `code` is text that keeps its zeros."""

    code: str
    name: str
    type: str
    block: str
