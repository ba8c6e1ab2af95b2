"""Criteria sets, plans and rosters from their files; every mistake with its line and column."""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from criteria import linter
from criteria.catalogue import FileFaults, Finding, finding
from criteria.document import DocumentRef
from criteria.exact import thousandths
from criteria.model import (
    Appraiser,
    Condition,
    CriteriaSet,
    Criterion,
    Deadline,
    Decision,
    Duty,
    Floor,
    Grade,
    Group,
    Limit,
    Plan,
    Policy,
    Provenance,
    Quota,
    Target,
    Unit,
)
from criteria.plan_linter import plan_findings
from criteria.reading import read_document, read_text
from criteria.rules import kinds
from criteria.schema import criteria_schema, plan_schema
from criteria.text_yaml import Document, composed

Raw = dict[str, Any]


def load_criteria(path: Path) -> CriteriaSet:
    """Criteria set of a file; raises FileFaults where it has an error (warnings do not count)."""
    criteria, findings = examine_criteria(path)
    if criteria is None or any(item.severity == "error" for item in findings):
        raise FileFaults(findings)
    return criteria


def examine_criteria(path: Path) -> tuple[CriteriaSet | None, list[Finding]]:
    """The criteria set, if it can be built at all, and every finding about its file."""
    try:
        text = read_text(path)
        document = read_document(text, path.name, criteria_schema())
    except FileFaults as faults:
        return None, list(faults.findings)
    criteria = _criteria_set(_root(document), version(text))
    found = list(linter.criteria_findings(criteria, document, path))
    return criteria, [*linter.undecided(text, path), *found]


def load_plan(path: Path) -> Plan:
    """Plan of a file; raises FileFaults where it has an error."""
    return load_plan_document(path)[0]


def load_plan_document(path: Path) -> tuple[Plan, Document]:
    """Plan of a file, and the document that it was read from; raises FileFaults where it has an error."""
    text = read_text(path)
    document = read_document(text, path.name, plan_schema())
    findings = list(plan_findings(document, path))
    if any(item.severity == "error" for item in findings):
        raise FileFaults(findings)
    return _plan(_root(document), version(text)), document


def examine_plan(path: Path) -> tuple[Plan | None, list[Finding]]:
    """The plan, if it can be built at all, and every finding about its file."""
    try:
        plan, document = load_plan_document(path)
    except FileFaults as faults:
        return None, list(faults.findings)
    return plan, list(plan_findings(document, path))


def load_roster(path: Path) -> tuple[Unit, ...]:
    """Units of a roster file (columns code, name, type, block); raises FileFaults if unreadable."""
    text = read_text(path)
    head = text.partition("\n")[0]
    # Excel on a Vietnamese machine parts the columns of a CSV by semicolons, and adds empty rows
    parted = max(",;\t", key=head.count)
    text = "\n".join(line for line in text.split("\n") if line.strip(f" {parted}"))
    rows = csv.DictReader(io.StringIO(composed(text)), delimiter=parted)
    missing = [name for name in ("code", "name", "type") if name not in (rows.fieldnames or ())]
    units: list[Unit] = []
    for row in () if missing else rows:
        if not all((row[name] or "").strip() for name in ("code", "name", "type")):
            place = (path.name, rows.line_num, 1)
            raise FileFaults([finding("roster-form", *place, missing="code, name hoặc type")])
        code, name, kind = (row[key].strip() for key in ("code", "name", "type"))
        units.append(Unit(code, name, kind, (row.get("block") or "").strip() or kind))
    if missing:
        raise FileFaults([finding("roster-form", path.name, 1, 1, missing=", ".join(missing))])
    return tuple(units)


def version(text: str) -> str:
    """Fingerprint of a file's text: the first 12 hex digits of its sha256, line ends as LF."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:12]


def _root(document: Document) -> Raw:
    assert isinstance(document.value, dict)  # the schema saw to it
    return document.value


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _texts(value: str | list[str] | None) -> tuple[str, ...]:
    return () if value is None else (value,) if isinstance(value, str) else tuple(value)


def _document_ref(raw: Raw) -> DocumentRef:
    return DocumentRef(
        raw["number"],
        _day(raw["date"]),
        raw.get("issuer", ""),
        raw.get("note", ""),
        raw.get("certainty", "stated"),
    )


def _unsourced(raw: Raw) -> tuple[str, ...]:
    return (*_texts(raw.get("illustrative")), *_texts(raw.get("inferred")))


def _criteria_set(raw: Raw, file_version: str) -> CriteriaSet:
    policy = _policy(raw["policy"])
    types = raw["unit_types"]
    return CriteriaSet(
        id=raw["criteria"],
        title=raw["title"],
        version=file_version,
        decision=_decision(raw["decision"]),
        provenance=_provenance(raw["provenance"]),
        scale=thousandths(raw["scale"]),
        policy=policy,
        unit_types=types,
        grades=tuple(map(_grade, raw["grades"])),
        grades_by_block={
            block: tuple(map(_grade, grades)) for block, grades in raw.get("grades_by_block", {}).items()
        },
        limits=tuple(map(_limit, raw.get("limits", ()))),
        quotas=tuple(map(_quota, raw.get("quotas", ()))),
        groups=tuple(_group(item, tuple(types), policy) for item in raw["groups"]),
        unsourced=_unsourced(raw),
    )


def _decision(raw: Raw) -> Decision:
    replaced_by = raw.get("replaced_by")
    return Decision(
        document=DocumentRef(raw["number"], _day(raw["date"]), raw["issuer"]),
        in_force_from=date.fromisoformat(raw["in_force"]["from"]),
        in_force_to=_day(raw["in_force"].get("to")),
        replaces=tuple(_document_ref(item) for item in raw.get("replaces", ())),
        replaced_by=_document_ref(replaced_by) if replaced_by else None,
    )


def _provenance(raw: Raw) -> Provenance:
    checked = raw.get("checked") or {}
    return Provenance(
        raw["status"],
        checked.get("by"),
        _day(checked.get("on")),
        raw.get("note", ""),
        raw["sources"],
    )


def _policy(raw: Raw) -> Policy:
    points = raw.get("points", {"digits": "3", "rounding": "half_up"})
    return Policy(
        points_step=thousandths(raw.get("points_step", "0.001")),
        points_digits=int(points["digits"]),
        points_rounding=points["rounding"],
        points_at=points.get("at", "criterion"),
        percent_digits=int(raw["percent"]["digits"]),
        percent_rounding=raw["percent"]["rounding"],
        rank_on=raw.get("rank_on", "exact"),
        ties=raw.get("ties", "competition"),
        break_by=_texts(raw.get("break_by")),
        hold_to_scale=raw.get("hold_to_scale", "true") == "true",
        grade_on=raw["grade_on"],
    )


def _grade(raw: Raw) -> Grade:
    floors = (
        Floor(item.get("each") or item.get("group") or item["criterion"], thousandths(item["percent"]))
        for item in raw.get("floors", ())
    )
    start = thousandths(raw["above"] if "above" in raw else raw["from"])
    return Grade(raw["label"], start, "above" in raw, tuple(floors))


def _limit(raw: Raw) -> Limit:
    ((act, value),) = raw["act"].items()
    return Limit(
        id=raw["id"],
        when=_condition(raw["when"]),
        act=act,
        label="" if act == "lower_by" else value,
        levels=int(value) if act == "lower_by" else 0,
        text=raw.get("text", ""),
        cite=_texts(raw["cite"]),
    )


def _condition(raw: Raw) -> Condition:
    for kind in ("all", "any"):
        if kind in raw:
            return Condition(kind, parts=tuple(map(_condition, raw[kind])))
    if "not" in raw:
        return Condition("not", parts=(_condition(raw["not"]),))
    if "evidence_missing" in raw:
        return Condition("evidence_missing", number=int(raw["evidence_missing"]))
    for kind in ("group", "criterion"):
        if kind in raw:
            return Condition(kind, raw[kind], thousandths(raw["percent_below"]))
    kind = "fact" if "fact" in raw else "dossier"
    return Condition(kind, raw[kind])


def _quota(raw: Raw) -> Quota:
    of = raw.get("of", "rated")
    return Quota(
        raw["grade"],
        thousandths(raw["at_most"]),
        () if of == "rated" else tuple(of),
        raw.get("by", "all") == "block",
        _texts(raw["cite"]),
    )


def _group(raw: Raw, types: tuple[str, ...], policy: Policy) -> Group:
    own = _texts(raw.get("applies_to")) or types
    return Group(
        raw["id"],
        raw["title"],
        thousandths(raw["max"]),
        raw.get("kind", "scale"),
        own,
        _texts(raw["cite"]),
        _unsourced(raw),
        tuple(_criterion(item, raw, own, policy) for item in raw["criteria"]),
    )


def _criterion(raw: Raw, group: Raw, types: tuple[str, ...], policy: Policy) -> Criterion:
    top = thousandths(raw["max"])
    return Criterion(
        id=raw["id"],
        group=group["id"],
        title=raw["title"],
        top=top,
        rule=kinds()[raw["kind"]].parse(raw, top, policy.points_step),
        applies_to=_texts(raw.get("applies_to")) or types,
        not_applicable=raw.get("not_applicable", "forbidden"),
        evidence=raw.get("evidence", "optional"),
        without_evidence=raw.get("without_evidence", "flag"),
        appraiser=raw.get("appraiser"),
        note=raw.get("note", ""),
        cite=_texts(raw["cite"]),
        unsourced=_unsourced(raw),
        takes_off=group.get("kind") == "penalty",
    )


def _plan(raw: Raw, file_version: str) -> Plan:
    document = _document_ref(raw["document"])
    return Plan(
        id=raw["plan"],
        title=raw["title"],
        version=file_version,
        document=document,
        under=tuple(_document_ref(item) for item in raw.get("under", ())),
        year=int(raw["year"]),
        locality=raw["locality"],
        criteria=raw["criteria"],
        roster=raw.get("roster"),
        unit_types=raw.get("unit_types", {}),
        source=raw.get("source", ""),
        appraisers=tuple(
            Appraiser(
                item["id"],
                item["name"],
                item["role"],
                _texts(item.get("groups")),
                _texts(item.get("cite")),
            )
            for item in raw["appraisers"]
        ),
        deadlines=tuple(_deadline(item) for item in raw["deadlines"]),
        targets=tuple(_target(item) for item in raw["targets"]),
        duties=tuple(
            Duty(item["id"], item["who"], item["what"], _texts(item["cite"]))
            for item in raw.get("duties", ())
        ),
        limits=tuple(_plan_limit(item, document) for item in raw.get("limits", ())),
        cites=tuple((item["text"], "; ".join(_texts(item["cite"]))) for item in raw.get("cites", ())),
    )


def _plan_limit(raw: Raw, document: DocumentRef) -> Limit:
    """A limit whose basis is a passage of the plan itself."""
    limit = _limit(raw)
    return replace(limit, cite=tuple(f"Kế hoạch {document}, mục {passage}" for passage in limit.cite))


def _deadline(raw: Raw) -> Deadline:
    return Deadline(
        raw["id"],
        raw["kind"],
        raw["what"],
        raw.get("who", ""),
        raw.get("to", ""),
        date.fromisoformat(raw.get("by") or raw["before"]),
        "by" in raw,
        _texts(raw["cite"]),
        _texts(raw.get("unit_types")),
        raw.get("asked_of") == "some",
    )


def _target(raw: Raw) -> Target:
    return Target(
        raw["id"],
        raw["text"],
        raw["kind"],
        raw.get("grade"),
        thousandths(raw["at_least"]) if "at_least" in raw else None,
        raw.get("of", "all"),
        raw.get("criterion"),
        _texts(raw["cite"]),
    )
