"""What a target comes to, in words: units or people, reached, missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from criteria.model import CriteriaSet, Target
from reports.wording import percent_text
from scoring.targets import Attainment

NOT_COMPUTED = "Chưa tính trong đợt này"
_MOST_NAMED = 5  # units named as nearest to a target


def counted(target: Target) -> str:
    """What a target counts: people, where units report them, else units."""
    return "người" if target.kind == "people_share" else "đơn vị"


def conclusion(attained: Attainment) -> str:
    """Whether a target is met, and how many units are missing or under it."""
    if attained.met is None:
        return NOT_COMPUTED
    if not attained.out_of:
        return "Chưa có kết quả"
    kind, short = attained.target.kind, attained.short_by
    if attained.met:
        under = kind == "people_share" and short
        return f"Đạt; {short} đơn vị chưa đạt" if under else "Đạt"
    if kind == "people_share":
        return f"{short} đơn vị chưa đạt"
    if kind == "not_below_last_year":
        return _against_last_year(int(short or 0) - attained.unknown, attained.unknown)
    return f"Còn thiếu {short} đơn vị"


def _against_last_year(below: int, unknown: int) -> str:
    """How many units are under last year's result, and of how many one of the two is not known."""
    parts = [f"{below} đơn vị thấp hơn năm trước"] if below else []
    parts += [f"{unknown} đơn vị chưa đủ số liệu hai năm"] if unknown else []
    return "; ".join(parts)


def target_line(criteria: CriteriaSet, attained: Attainment, names: Mapping[str, str]) -> str:
    """A target, what is reached and what is missing as one line; `names` of units by code."""
    return f"Chỉ tiêu: {attained.target.text}: {'; '.join(_parts(criteria, attained, names))}"


def _parts(criteria: CriteriaSet, attained: Attainment, names: Mapping[str, str]) -> Iterator[str]:
    told = conclusion(attained)
    if attained.met is None:
        yield told.lower()
        return
    digits = criteria.policy.percent_digits
    shares = percent_text(attained.reached, digits)
    if attained.target.kind == "grade_share":
        shares += f"; {percent_text(attained.of_rated, digits)} số đã xếp loại"
    yield f"đạt {attained.have}/{attained.out_of} {counted(attained.target)} ({shares})"
    yield told[:1].lower() + told[1:]
    nearest = nearest_text(attained, names)
    if nearest:
        yield nearest


def nearest_text(attained: Attainment, names: Mapping[str, str]) -> str:
    """The units nearest to a target that is not met, or that have not met it yet; empty where none are."""
    if not attained.nearest or (attained.met and attained.target.kind != "people_share"):
        return ""
    named = [names[code] for code in attained.nearest]
    more = "; ..." if len(named) > _MOST_NAMED else ""
    return f"gần đạt nhất: {'; '.join(named[:_MOST_NAMED])}{more}"
