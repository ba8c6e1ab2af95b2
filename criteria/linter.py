"""Mistakes in criteria and plan files that the schema cannot see; each with line, column and fix."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path as FilePath
from typing import Any

from criteria.catalogue import Finding, closest, finding
from criteria.exact import UNIT, vietnamese
from criteria.model import CriteriaSet
from criteria.text_yaml import Document, Path

Found = tuple[str, Path, dict[str, str]]  # code, path in the document, details


def criteria_findings(criteria: CriteriaSet, document: Document, path: FilePath) -> Iterator[Finding]:
    """Every finding about a criteria file that fits the schema, in the order of its lines."""
    found = chain(
        _file_name(criteria.id, path, "criteria"),
        _duplicate_ids(document),
        _provenance(criteria, document),
        _grades(criteria),
        _sums(criteria),
        _references(criteria, document),
        _rules(criteria),
    )
    yield from _placed(found, document, path)


def plan_findings(document: Document, path: FilePath) -> Iterator[Finding]:
    """Every finding about a plan file that fits the schema."""
    raw: Any = document.value
    found = chain(_file_name(raw["plan"], path, "plan"), _deadlines(raw), _targets(raw))
    yield from _placed(found, document, path)


def fit_findings(plan_file: FilePath, document: Document, criteria: CriteriaSet) -> Iterator[Finding]:
    """Findings where a plan names groups, criteria or grades that its criteria set has not."""
    yield from _placed(_plan_references(document, criteria), document, plan_file)


def _placed(found: Iterable[Found], document: Document, path: FilePath) -> Iterator[Finding]:
    items = [
        finding(code, path.name, document.mark(where).line, document.mark(where).column, **detail)
        for code, where, detail in found
    ]
    yield from sorted(items, key=lambda item: (item.line, item.column))


def _file_name(id_: str, path: FilePath, key: str) -> Iterator[Found]:
    if path.stem != id_:
        yield "file-name", (key,), {"id": id_, "name": path.name}


def _duplicate_ids(document: Document) -> Iterator[Found]:
    raw: Any = document.value
    seen: dict[str, Path] = {}
    for g, group in enumerate(raw["groups"]):
        leaves = ((("groups", g, "criteria", c, "id"), leaf) for c, leaf in enumerate(group["criteria"]))
        for path, node in [(("groups", g, "id"), group), *leaves]:
            first = seen.setdefault(node["id"], path)
            if first is not path:
                yield (
                    "id-duplicate",
                    path,
                    {"id": node["id"], "line": str(document.mark(first).line)},
                )


def _provenance(criteria: CriteriaSet, document: Document) -> Iterator[Found]:
    act = criteria.decision.document
    if criteria.provenance.status != "example" and not (act.number and act.date):
        yield "decision-unnamed", ("decision",), {}
    if criteria.provenance.status != "official":
        return
    if not criteria.provenance.checked_by:
        yield "official-unchecked", ("provenance", "status"), {}
    for path in document.key_marks:
        if path[-1] in ("illustrative", "inferred") and _value(document, path):
            yield "official-illustrative", path, {}


def _value(document: Document, path: Path) -> Any:
    value: Any = document.value
    for part in path:
        value = value[part]
    return value


def _grades(criteria: CriteriaSet) -> Iterator[Found]:
    grades = criteria.grades
    top = 100 * UNIT if criteria.policy.grade_on == "percent_of_applicable" else criteria.scale
    for index, grade in enumerate(grades):
        path: Path = ("grades", index)
        detail = {"label": grade.label, "start": vietnamese(grade.start)}
        if index and grade.start >= grades[index - 1].start:
            yield "grades-order", path, detail
        if grade.start > top:
            yield "grades-unreachable", path, {**detail, "top": vietnamese(top)}
    if grades and grades[-1].start:
        detail = {"label": grades[-1].label, "start": vietnamese(grades[-1].start)}
        yield "grades-bottom", ("grades", len(grades) - 1), detail


def _sums(criteria: CriteriaSet) -> Iterator[Found]:
    total = sum(group.top for group in criteria.groups)
    if total != criteria.scale:
        detail = {"scale": vietnamese(criteria.scale), "sum": vietnamese(total)}
        yield "sum-scale", ("scale",), detail
    for g, group in enumerate(criteria.groups):
        for unit_type, type_title in criteria.unit_types.items():
            points = sum(leaf.top for leaf in group.criteria if unit_type in leaf.applies_to)
            if points != group.top:
                yield (
                    "sum-group",
                    ("groups", g, "max"),
                    {
                        "id": group.id,
                        "max": vietnamese(group.top),
                        "type": type_title,
                        "sum": vietnamese(points),
                    },
                )


def _references(criteria: CriteriaSet, document: Document) -> Iterator[Found]:
    for path in document.key_marks:
        if path[-1] == "cite":
            cites = _value(document, path)
            for cite in [cites] if isinstance(cites, str) else cites:
                yield from _unknown("source-unknown", cite.split(" ")[0], criteria.provenance.sources, path)
        elif path[-1] == "applies_to":
            for index, name in enumerate(_value(document, path)):
                yield from _unknown("type-unknown", name, criteria.unit_types, (*path, index))
        elif path[-1] == "without_evidence" and (_value(document, path[:-1]).get("evidence") != "required"):
            yield "evidence-without", path, {}


def _unknown(code: str, name: str, known: Iterable[str], path: Path) -> Iterator[Found]:
    known = list(known)
    if name not in known:
        detail = {"found": name, "known": ", ".join(known), "nearest": closest(name, known) or ""}
        yield code, path, detail


def _rules(criteria: CriteriaSet) -> Iterator[Found]:
    for g, group in enumerate(criteria.groups):
        for c, leaf in enumerate(group.criteria):
            for fault in leaf.rule.faults():
                yield fault.code, ("groups", g, "criteria", c, *fault.path), fault.detail


def _deadlines(raw: Any) -> Iterator[Found]:
    for index, item in enumerate(raw["deadlines"]):
        if ("by" in item) == ("before" in item):
            yield "deadline-one", ("deadlines", index), {"id": item["id"]}


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
    grades = [grade.label for grade in criteria.grades]
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


def _misfit(what: str, name: str, known: list[str], path: Path, criteria: CriteriaSet) -> Iterator[Found]:
    if name not in known:
        near = closest(name, known) or ""
        detail = {"what": what, "found": name, "criteria": criteria.id, "nearest": near}
        yield "plan-reference", path, detail
