"""Criteria sets and plans as text for the terminal, and as values for a program."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

from tabulate import tabulate

from criteria.comparison import KIND_WORDS, grades_text, limit_text, quota_text
from criteria.document import vietnamese_date
from criteria.exact import plain, vietnamese
from criteria.library import Library
from criteria.model import CriteriaSet, Criterion

STATUS_WORDS = {"official": "chính thức", "reconstructed": "phục dựng", "example": "ví dụ"}
NOT_APPLICABLE_WORDS = {
    "forbidden": "không được ghi không phát sinh",
    "exclude": "không phát sinh thì trừ khỏi điểm tối đa",
    "full": "không phát sinh thì được điểm tối đa",
}


def library_json(library: Library) -> dict[str, Any]:
    """The criteria sets and plans of a library, decimals as text."""
    sets = [library.criteria(id_) for id_ in library.criteria_ids()]
    plans = [library.plan(id_) for id_ in library.plan_ids()]
    return {
        "criteria": [
            {
                "id": item.id,
                "title": item.title,
                "decision": str(item.decision.document),
                "provenance": item.provenance.status,
                "scale": plain(item.scale),
                "criteria": len(item.criteria),
                "version": item.version,
            }
            for item in sets
        ],
        "plans": [
            {
                "id": plan.id,
                "title": plan.title,
                "document": str(plan.document),
                "year": plan.year,
                "criteria": plan.criteria,
            }
            for plan in plans
        ],
    }


def library_tables(library: Library) -> str:
    """The criteria sets and plans of a library as two tables."""
    listed = library_json(library)
    sets = [
        (item["id"], item["decision"], STATUS_WORDS[item["provenance"]], item["criteria"])
        for item in listed["criteria"]
    ]
    plans = [
        (plan["id"], plan["document"], plan["year"], plan["criteria"] or "(không chấm điểm)")
        for plan in listed["plans"]
    ]
    widths = [30, 48, 12, 30]
    return "\n\n".join(
        tabulate(rows, heads, tablefmt="simple_grid", maxcolwidths=widths, disable_numparse=True)
        for rows, heads in (
            (sets, ["Bộ tiêu chí", "Quyết định", "Nguồn", "Số tiêu chí"]),
            (plans, ["Kế hoạch", "Văn bản", "Năm", "Bộ tiêu chí"]),
        )
    )


def criteria_text(criteria: CriteriaSet) -> str:
    """A whole criteria set: its decision, warnings, groups, criteria, rules and basis."""
    policy = criteria.policy
    grades = grades_text(criteria.grades)
    measure = "tỷ lệ % trên điểm tối đa áp dụng" if policy.grade_on != "points" else "điểm"
    lines = [
        criteria.title,
        f"Quyết định: {criteria.decision.document}, hiệu lực từ "
        f"{vietnamese_date(criteria.decision.in_force_from)}",
        f"Mã: {criteria.id}; bản {criteria.version}; nguồn: {STATUS_WORDS[criteria.provenance.status]}",
        f"Thang điểm: {vietnamese(criteria.scale)}; xếp loại theo {measure}: {grades}",
    ]
    for block, table in criteria.grades_by_block.items():
        lines.append(f"Riêng khối {block}: {grades_text(table)}")
    lines += [f"Khống chế: {limit_text(limit)}" for limit in criteria.limits]
    lines += [f"Tỷ lệ khống chế: {quota_text(quota)}" for quota in criteria.quotas]
    if criteria.provenance.warning:
        lines.append(criteria.provenance.warning)
    return "\n".join([*(textwrap.fill(line, 110) for line in lines), "", _tree(criteria)])


def _tree(criteria: CriteriaSet) -> str:
    rows: list[tuple[str, str, str, str, str]] = []
    for group in criteria.groups:
        title = group.title if group.kind == "scale" else f"{group.title} ({KIND_WORDS[group.kind]})"
        rows.append((group.id, title.upper(), vietnamese(group.top), "", criteria.basis(group.cite)))
        rows.extend(
            (
                leaf.id,
                "\n".join([leaf.title, *_remarks(criteria, leaf)]),
                vietnamese(leaf.top),
                leaf.how,
                criteria.basis(leaf.cite),
            )
            for leaf in group.criteria
        )
    heads = ["Mã", "Tiêu chí", "Tối đa", "Cách chấm", "Căn cứ"]
    widths = [6, 44, 7, 44, 30]
    return tabulate(rows, heads, tablefmt="simple_grid", maxcolwidths=widths, disable_numparse=True)


def _remarks(criteria: CriteriaSet, leaf: Criterion) -> Iterator[str]:
    if len(leaf.applies_to) < len(criteria.unit_types):
        yield "Áp dụng: " + ", ".join(criteria.unit_types[name] for name in leaf.applies_to)
    if leaf.not_applicable != "forbidden":
        yield NOT_APPLICABLE_WORDS[leaf.not_applicable].capitalize()
    if leaf.loses_without_evidence:
        yield "Không có minh chứng thì 0 điểm"
    if leaf.unsourced:
        yield "(điểm, cách tính minh họa)"
