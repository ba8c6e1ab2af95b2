"""The fields that every draft has: offices, place, subject, bases, the marks that must be printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evidence.round import Round
from reports.official import offices
from reports.official.offices import cited, line_under, plan_cited
from reports.sheet.page import lead_of
from reports.vietnamese import in_capitals
from reports.wording import lower_first, subject

_NAME_SIZE, _TITLE_SIZE = 12, 14  # of the shipped templates, for the lines under names and titles


def office_fields(round_: Round, marks: Sequence[str], about: str) -> dict[str, Any]:
    """Fields of the round and its offices; `about` is the draft's subject line (trích yếu)."""
    plan = round_.plan
    issuer, lead = offices.issuer_name(plan), offices.lead_name(plan)
    issuer_lines, lead_lines = offices.heading_lines(issuer), offices.heading_lines(lead)
    return {
        "luu_y": list(marks),
        "luu_y_ngan": " ".join(lead_of(text) for text in marks),
        "co_quan": issuer,
        "co_quan_hoa": issuer_lines,
        "co_quan_ke": line_under(max(issuer_lines, key=len), _NAME_SIZE),
        "co_quan_tat": offices.superior_line(issuer),
        "co_quan_ky_hieu": offices.sign_of(plan),
        "nguoi_dung_dau": offices.head_of(issuer),
        "nguoi_dung_dau_hoa": in_capitals(offices.head_of(issuer)),
        "nguoi_ky": offices.signed_for(issuer),
        "chuc_vu": offices.title_of_head(issuer),
        "chu_tri": lead,
        "chu_tri_hoa": lead_lines,
        "chu_tri_ke": line_under(max(lead_lines, key=len), _NAME_SIZE),
        "chu_tri_dung_dau": offices.head_of(lead),
        "chu_tri_chuc_vu": offices.title_of_head(lead),
        "cap_tren": offices.superior_name(plan),
        "dia_danh": offices.place_name(plan),
        "nam": str(round_.year),
        "noi_dung": lower_first(subject(round_)),
        "trich_yeu": about,
        "trich_yeu_ke": line_under(about, _TITLE_SIZE),
        "can_cu": _bases(round_),
    }


def _bases(round_: Round) -> list[str]:
    """The decision and the plan, in full; the office's own authority is not ours to name."""
    decision = round_.scored_by.decision.document if round_.scored_by else None
    bases = [cited(decision)] if decision else []
    if decision is None or round_.plan.document.number != decision.number:
        bases.append(plan_cited(round_.plan))
    return bases
