"""Mistakes in plan files that the schema cannot see, and where a plan does not fit its criteria set."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path as FilePath
from typing import Any

from criteria.catalogue import Finding, closest
from criteria.exact import UNIT
from criteria.linter import Found, limit_faults, listed_twice, misnamed, placed
from criteria.model import CriteriaSet, Criterion, Limit
from criteria.text_yaml import Document, Path

PLAN_LISTS = ("appraisers", "deadlines", "targets", "duties", "limits")


def plan_findings(document: Document, path: FilePath) -> Iterator[Finding]:
    """Every finding about a plan file that fits the schema."""
    raw: Any = document.value
    found = chain(
        misnamed(raw["plan"], path, "plan"),
        listed_twice(raw, document, PLAN_LISTS),
        _deadlines(raw),
        _targets(raw),
    )
    yield from placed(found, document, path)


def fit_findings(
    plan_file: FilePath, document: Document, criteria: CriteriaSet, limits: Sequence[Limit] = ()
) -> Iterator[Finding]:
    """Findings where a plan names groups, criteria or grades that its criteria set has not."""
    found = chain(
        _plan_references(document, criteria),
        _appraiser_references(document, criteria),
        _deadline_references(document, criteria),
        limit_faults(criteria, limits),
    )
    yield from placed(found, document, plan_file)


def _deadlines(raw: Any) -> Iterator[Found]:
    for index, item in enumerate(raw["deadlines"]):
        if ("by" in item) == ("before" in item):
            yield "deadline-one", ("deadlines", index), {"id": item["id"]}
        known = list(raw.get("unit_types", ()))
        for place, type_ in enumerate(item.get("unit_types", ())):
            if raw["criteria"] is None and type_ not in known:
                path = ("deadlines", index, "unit_types", place)
                near = closest(type_, known) or ""
                yield "schema-choice", path, {
                    "key": "unit_types", "found": type_, "known": ", ".join(known), "nearest": near,
                }  # fmt: skip


_TARGET_NEEDS = {
    "grade_share": ("grade", "at_least"),
    "people_share": ("criterion", "at_least"),
    "units_share": ("criterion", "at_least"),
    "not_below_last_year": (),
}


def _targets(raw: Any) -> Iterator[Found]:
    for index, item in enumerate(raw["targets"]):
        for key in _TARGET_NEEDS[item["kind"]]:
            if key not in item:
                detail = {"id": item["id"], "kind": item["kind"], "key": key}
                yield "target-kind", ("targets", index), detail


def _plan_references(document: Document, criteria: CriteriaSet) -> Iterator[Found]:
    raw: Any = document.value
    groups = [group.id for group in criteria.groups]
    grades = list(criteria.labels)
    for a, appraiser in enumerate(raw["appraisers"]):
        for g, group in enumerate(appraiser.get("groups", ())):
            yield from _misfit("Nhóm", group, groups, ("appraisers", a, "groups", g), criteria)
    for t, target in enumerate(raw["targets"]):
        for key, what, known in (
            ("grade", "Mức xếp loại", grades),
            ("criterion", "Tiêu chí", list(criteria.by_id)),
        ):
            if key in target:
                yield from _misfit(what, target[key], known, ("targets", t, key), criteria)
        if (leaf := criteria.by_id.get(target.get("criterion", ""))) and (
            wanted := _wanted(target["kind"], leaf, criteria.group_by_id[leaf.group].kind)
        ):
            detail = {"id": target["id"], "kind": target["kind"], "found": leaf.id, "wanted": wanted}
            yield "target-criterion", ("targets", t, "criterion"), detail
    types = list(criteria.unit_types)
    for d, deadline in enumerate(raw["deadlines"]):
        for u, type_ in enumerate(deadline.get("unit_types", ())):
            yield from _misfit("Loại đơn vị", type_, types, ("deadlines", d, "unit_types", u), criteria)


def _wanted(kind: str, leaf: Criterion, group: str) -> str:
    """What criterion a kind of target is computed from, in words; empty where this one will do."""
    if kind == "people_share" and (
        leaf.rule.KIND != "ratio" or any(item.step != UNIT for item in leaf.rule.inputs)
    ):
        return "ratio kê khai số nguyên"
    if kind == "units_share" and group == "penalty":
        return "không thuộc nhóm điểm trừ"
    return "imported" if kind == "not_below_last_year" and not leaf.rule.inputs[0].table else ""


def _appraiser_references(document: Document, criteria: CriteriaSet) -> Iterator[Found]:
    """Appraisers that criteria name and the plan does not: the points would fall to others unseen."""
    raw: Any = document.value
    known = [appraiser["id"] for appraiser in raw["appraisers"]]
    named: dict[str, list[str]] = {}
    for leaf in criteria.criteria:
        if known and leaf.appraiser and leaf.appraiser not in known:
            named.setdefault(leaf.appraiser, []).append(leaf.id)
    for id_, leaves in named.items():
        detail = {"found": id_, "criteria": ", ".join(leaves), "nearest": closest(id_, known) or ""}
        yield "appraiser-unknown", ("appraisers",), detail


def _misfit(what: str, name: str, known: list[str], path: Path, criteria: CriteriaSet) -> Iterator[Found]:
    if name not in known:
        near = closest(name, known) or ""
        detail = {"what": what, "found": name, "criteria": criteria.id, "nearest": near}
        yield "plan-reference", path, detail


def _deadline_references(document: Document, criteria: CriteriaSet) -> Iterator[Found]:
    raw: Any = document.value
    known = [item["id"] for item in raw["deadlines"]]
    for leaf in criteria.criteria:
        wanted = leaf.rule.deadline
        if wanted is not None and wanted not in known:
            detail = {"id": leaf.id, "found": wanted, "nearest": closest(wanted, known) or ""}
            yield "deadline-unknown", ("deadlines",), detail
