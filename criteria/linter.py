"""Mistakes in criteria files that the schema cannot see; each with line, column and fix."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path as FilePath
from typing import Any

from criteria.catalogue import Finding, closest, finding
from criteria.document import vietnamese_date
from criteria.exact import UNIT, vietnamese
from criteria.model import Condition, CriteriaSet, Criterion, Grade, Group, Limit
from criteria.text_yaml import Document, Path

Found = tuple[str, Path, dict[str, str]]  # code, path in the document, details
UNDECIDED = "CẦN XEM:"  # what the importer writes beside a value that a person must decide


def criteria_findings(criteria: CriteriaSet, document: Document, path: FilePath) -> Iterator[Finding]:
    """Every finding about a criteria file that fits the schema, in the order of its lines."""
    found = chain(
        misnamed(criteria.id, path, "criteria"),
        _duplicate_ids(document),
        _provenance(criteria, document),
        _grades(criteria),
        _sums(criteria),
        _grain(criteria),
        _conditions(criteria),
        _dates(criteria),
        _alike(document),
        _references(criteria, document),
        _rules(criteria),
    )
    yield from placed(found, document, path)


def undecided(text: str, path: FilePath) -> Iterator[Finding]:
    """A warning where the importer's marks of what a person must decide still stand in a file."""
    marked = [number for number, line in enumerate(text.splitlines(), 1) if f"# {UNDECIDED}" in line]
    if marked:
        yield finding("draft-marks", path.name, marked[0], 1, count=str(len(marked)))


def placed(found: Iterable[Found], document: Document, path: FilePath) -> Iterator[Finding]:
    """What was found in a document, at its lines and columns, in their order."""
    items = [
        finding(code, path.name, document.mark(where).line, document.mark(where).column, **detail)
        for code, where, detail in found
    ]
    yield from sorted(items, key=lambda item: (item.line, item.column))


def misnamed(id_: str, path: FilePath, key: str) -> Iterator[Found]:
    """A file whose name is not the id in it; `key` is the id's."""
    if path.stem != id_:
        yield "file-name", (key,), {"id": id_, "name": path.name}


def _duplicate_ids(document: Document) -> Iterator[Found]:
    raw: Any = document.value
    seen: dict[str, Path] = {}
    yield from listed_twice(raw, document, ("limits",))
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
    yield from _grade_table(criteria, criteria.grades, ("grades",))
    for block, grades in criteria.grades_by_block.items():
        yield from _grade_table(criteria, grades, ("grades_by_block", block))


def _grade_table(criteria: CriteriaSet, grades: Sequence[Grade], where: Path) -> Iterator[Found]:
    scale = criteria.scale
    if not criteria.policy.hold_to_scale:
        scale += sum(group.top for group in criteria.groups if group.kind == "bonus")
    by_points = criteria.policy.grade_on == "points" or not criteria.scale
    top = scale if by_points else 100 * UNIT * scale // criteria.scale
    known = ("criterion", "group", *chain(*_of_scale(criteria)))
    for index, grade in enumerate(grades):
        path: Path = (*where, index)
        detail = {"label": grade.label, "start": vietnamese(grade.start)}
        if index and (grade.start, grade.above) >= (grades[index - 1].start, grades[index - 1].above):
            yield "grades-order", path, detail
        if grade.label in [other.label for other in grades[:index]]:
            yield "label-twice", (*path, "label"), detail
        if grade.start > top or (grade.above and grade.start == top):
            yield "grades-unreachable", path, {**detail, "top": vietnamese(top)}
        for number, floor in enumerate(grade.floors):
            where_floor: Path = (*path, "floors", number)
            yield from _unknown_reference("Nhóm, tiêu chí của thang điểm", floor.of, known, where_floor)
    if grades and (grades[-1].start or grades[-1].above or grades[-1].floors):
        detail = {"label": grades[-1].label, "start": vietnamese(grades[-1].start)}
        yield "grades-bottom", (*where, len(grades) - 1), detail


def _grain(criteria: CriteriaSet) -> Iterator[Found]:
    """Maxima that rounding would lift: 9,7 kept without decimals would be 10."""
    digits = criteria.policy.points_digits
    for g, group in enumerate(criteria.groups):
        nodes: list[tuple[Path, int]] = [(("groups", g), group.top)]
        nodes += [(("groups", g, "criteria", c), leaf.top) for c, leaf in enumerate(group.criteria)]
        for path, top in nodes:
            if top % 10 ** (3 - digits):
                yield "max-finer", (*path, "max"), {"max": vietnamese(top), "digits": str(digits)}


def _sums(criteria: CriteriaSet) -> Iterator[Found]:
    scale_groups = [group for group in criteria.groups if group.kind == "scale"]
    for unit_type, title in criteria.unit_types.items():
        total = sum(group.top for group in scale_groups if unit_type in group.applies_to)
        if total != criteria.scale:
            detail = {"scale": vietnamese(criteria.scale), "sum": vietnamese(total), "type": title}
            whole = all(set(criteria.unit_types) <= set(group.applies_to) for group in scale_groups)
            yield "sum-scale" if whole else "sum-type", ("scale",), detail
            if whole:
                break
    for g, group in enumerate(criteria.groups):
        path: Path = ("groups", g, "max")
        sums = {
            unit_type: sum(leaf.top for leaf in group.criteria if unit_type in leaf.applies_to)
            for unit_type in group.applies_to
            if unit_type in criteria.unit_types
        }
        detail = {"id": group.id, "max": vietnamese(group.top)}
        if group.kind == "scale":
            for unit_type, points in sums.items():
                if points != group.top:
                    title = criteria.unit_types[unit_type]
                    yield "sum-group", path, {**detail, "sum": vietnamese(points), "type": title}
        elif sums and min(sums.values()) < group.top:
            yield "cap-unreachable", path, {**detail, "sum": vietnamese(min(sums.values()))}


def _conditions(criteria: CriteriaSet) -> Iterator[Found]:
    """Limits, quotas and tie-breaks that name grades, groups or criteria which are not there."""
    yield from limit_faults(criteria, criteria.limits)
    for index, quota in enumerate(criteria.quotas):
        path: Path = ("quotas", index)
        for label in (quota.grade, *quota.of):
            yield from _unknown_reference("Mức xếp loại", label, criteria.labels, path)
    known = [*criteria.group_by_id, *criteria.by_id]
    for index, id_ in enumerate(criteria.policy.break_by):
        path = ("policy", "break_by", index)
        yield from _unknown_reference("Nhóm hoặc tiêu chí", id_, known, path)


def limit_faults(criteria: CriteriaSet, limits: Sequence[Limit]) -> Iterator[Found]:
    """Limits of a decision or of a plan that name what the criteria set has not."""
    for index, limit in enumerate(limits):
        path: Path = ("limits", index)
        wanted: Path = (*path, "act", limit.act)
        if limit.act == "fail_to" and criteria.labels:
            yield from _unknown_reference("Mức xếp loại", limit.label, criteria.labels, wanted)
        elif limit.act == "at_most":
            # a cap must mean something in every block, or it would silently do nothing there
            for grades in (criteria.grades, *criteria.grades_by_block.values()):
                labels = [grade.label for grade in grades]
                yield from _unknown_reference("Mức xếp loại", limit.label, labels, wanted)
        yield from _condition_references(criteria, limit.when, (*path, "when"))


def _condition_references(criteria: CriteriaSet, when: Condition, path: Path) -> Iterator[Found]:
    for index, part in enumerate(when.parts):
        inner: Path = (*path, "not") if when.kind == "not" else (*path, when.kind, index)
        yield from _condition_references(criteria, part, inner)
    groups, leaves = _of_scale(criteria)
    if when.kind == "group":
        yield from _unknown_reference("Nhóm của thang điểm", when.name, groups, (*path, "group"))
    elif when.kind == "criterion":
        yield from _unknown_reference("Tiêu chí của thang điểm", when.name, leaves, (*path, "criterion"))


def _of_scale(criteria: CriteriaSet) -> tuple[list[str], list[str]]:
    """Ids of the groups and criteria whose share of the maximum means something: those of the scale."""
    groups = [group for group in criteria.groups if group.kind == "scale"]
    return [group.id for group in groups], [leaf.id for group in groups for leaf in group.criteria]


def _unknown_reference(what: str, name: str, known: Iterable[str], path: Path) -> Iterator[Found]:
    for code, where, detail in _unknown("reference-unknown", name, known, path):
        yield code, where, {**detail, "what": what}


def _dates(criteria: CriteriaSet) -> Iterator[Found]:
    decision = criteria.decision
    start, end, signed = decision.in_force_from, decision.in_force_to, decision.document.date
    if end and end < start:
        detail = {"start": vietnamese_date(start), "to": vietnamese_date(end)}
        yield "in-force-order", ("decision", "in_force", "to"), detail
    if signed and start < signed:
        detail = {"signed": vietnamese_date(signed), "start": vietnamese_date(start)}
        yield "signed-after-force", ("decision", "in_force", "from"), detail


def _alike(document: Document) -> Iterator[Found]:
    """Ids that a reader takes for one another: 1.1 and 1.10 are different, 1.1 and 1.l hardly."""
    raw: Any = document.value
    seen: dict[str, tuple[str, Path]] = {}
    for g, group in enumerate(raw["groups"]):
        for c, leaf in enumerate(group["criteria"]):
            path: Path = ("groups", g, "criteria", c, "id")
            # 1.01 and 1.1, 1.O and 1.0, 1.l and 1.1 look alike; 1.1 and 1.10 do not
            plain = leaf["id"].casefold().translate(_LOOKALIKES)
            plain = ".".join(part.lstrip("0") or "0" for part in plain.replace("-", ".").split("."))
            other, first = seen.setdefault(plain, (leaf["id"], path))
            if other != leaf["id"]:
                line = str(document.mark(first).line)
                yield "id-alike", path, {"id": leaf["id"], "other": other, "line": line}


_LOOKALIKES = str.maketrans({"l": "1", "i": "1", "o": "0"})


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
            if group.kind == "penalty" and leaf.not_applicable == "full":
                yield "penalty-full", ("groups", g, "criteria", c, "not_applicable"), {"id": leaf.id}
            if group.kind == "penalty" and (best := _best_case(leaf)):
                detail = {"id": leaf.id, "what": best}
                yield "penalty-backwards", ("groups", g, "criteria", c, "kind"), detail
            if leaf.loses_without_evidence and (what := _unproved(group, leaf)):
                where = ("groups", g, "criteria", c, "without_evidence")
                yield "evidence-wrong-way", where, {"id": leaf.id, "what": what}
            for fault in leaf.rule.faults():
                yield fault.code, ("groups", g, "criteria", c, *fault.path), fault.detail


def _best_case(leaf: Criterion) -> str:
    """The case in which a rule made for good work gives all its points, in words; else empty."""
    if leaf.rule.KIND == "timely":
        return "đúng hạn"
    return "không có trường hợp nào" if getattr(leaf.rule, "take_off", False) else ""


def _unproved(group: Group, leaf: Criterion) -> str:
    """Why a claim without evidence must not become 0 points here, in words; empty where it may."""
    if group.kind == "penalty":
        return "thuộc nhóm điểm trừ (0 điểm là không bị trừ)"
    return "lấy kết quả từ nơi khác, đơn vị không kê khai," if leaf.rule.inputs[0].table else ""


def listed_twice(raw: Any, document: Document, keys: Sequence[str]) -> Iterator[Found]:
    """Ids that stand twice in one list."""
    for key in keys:
        seen: dict[str, Path] = {}
        for index, item in enumerate(raw.get(key, ())):
            path: Path = (key, index, "id")
            first = seen.setdefault(item["id"], path)
            if first is not path:
                yield "id-duplicate", path, {"id": item["id"], "line": str(document.mark(first).line)}
