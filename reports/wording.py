"""Vietnamese sentences that the workbook, the terminal and the record share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from criteria.exact import vietnamese
from criteria.model import CriteriaSet, Group, Limit, Plan
from evidence.round import Round
from reports.standing import Standing, grade_counts, standings
from scoring.limits import lead_of
from scoring.results import Results

NOT_GRADED = "Chưa xếp loại"

_STATES = {
    "not_sent": "Chưa gửi hồ sơ",
    "rejected": "Hồ sơ chưa dùng được",
    "sent": "Chưa thẩm định",
    "appraised_in_part": "Thẩm định một phần",
    "appraised": "",
    "objected": "Đang có kiến nghị",
    "final": "",
}
_STATUSES = {
    "official": "Chính thức",
    "reconstructed": "Phục dựng, chưa đối chiếu với phụ lục của quyết định",
    "example": "Ví dụ, không phải văn bản của cơ quan có thẩm quyền",
}


def unit_note(unit: Standing) -> str:
    """What the reader must know of a unit's points; empty where there is nothing to say."""
    parts = [_STATES[unit.state]] if _STATES[unit.state] else []
    if unit.unanswered:
        parts.append(f"còn {unit.unanswered} tiêu chí chưa có điểm")
    for applied in unit.limits:
        lead = limit_lead(applied.limit)
        if applied.limit.act == "consequence":
            parts.append(f"hệ quả: {lead}")
        elif applied.before != applied.after:
            parts.append(lower_first(lead))
    return upper_first("; ".join(parts))


def with_ungraded(results: Results, block: str, units: Sequence[Standing]) -> dict[str, int]:
    """Units of a block by grade as `grade_counts`, those without one under NOT_GRADED.

    A limit may put these very words in a grade's place: they are counted together. Empty where the block
    has no grades.
    """
    counts = grade_counts(results, block, units)
    bare = sum(unit.grade is None for unit in units)
    if counts and bare:
        counts[NOT_GRADED] = counts.get(NOT_GRADED, 0) + bare
    return counts


def block_summary(results: Results, block: str, units: Sequence[Standing]) -> str:
    """Grades of a block and its mean percent in one line: `Tốt: 3; ...; tỷ lệ bình quân: 82,15%`."""
    found = with_ungraded(results, block, units)
    words = {NOT_GRADED: NOT_GRADED.lower()}
    counts = [f"{words.get(label, label)}: {count}" for label, count in found.items()]
    mean = percent_text(results.averages[block], results.criteria.policy.percent_digits)
    return "; ".join([*counts, f"tỷ lệ bình quân: {mean}"])


def limit_lead(limit: Limit) -> str:
    """What a limit does to a grade, without the reason."""
    return lead_of(limit)


def upper_first(text: str) -> str:
    """The text with a capital at its head."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """The text without a capital at its head, to stand within a sentence; names of offices as they are."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def provisional_sentence(results: Results) -> str | None:
    """That points are not final yet; None where every unit that sent is appraised and none objects."""
    if not results.provisional:
        return None
    if not results.units["appraised"].notna().any():
        return "Kết quả tạm tính theo điểm tự chấm, chưa thẩm định."
    parts = [
        f"{count} đơn vị {text}"
        for states, text in (
            (["sent", "appraised_in_part"], "chưa được thẩm định hoặc mới thẩm định một phần"),
            (["objected"], "có kiến nghị chưa giải quyết"),
        )
        if (count := int(results.units["state"].isin(states).sum()))
    ]
    return f"Kết quả tạm tính: {'; '.join(parts)}."


def sentences_for_every_sheet(round_: Round, results: Results) -> tuple[str, ...]:
    """The marks of the round and whether its results are provisional."""
    provisional = provisional_sentence(results)
    return (*round_.marks, *([provisional] if provisional else []))


def warnings(round_: Round, results: Results) -> list[str]:
    """What whoever reads the results must know first: marks, doubts, gaps, what is not computed."""
    found = [*sentences_for_every_sheet(round_, results), *round_.warnings]
    units = standings(results)
    for state, text in (("not_sent", "chưa gửi hồ sơ"), ("rejected", "có hồ sơ chưa dùng được")):
        names = [unit.name for unit in units if unit.state == state]
        if names:
            found.append(f"{len(names)} đơn vị {text}: {'; '.join(names)}.")
    gaps = [f"{unit.name} ({unit.unanswered} tiêu chí)" for unit in units if unit.unanswered]
    if gaps:
        found.append(f"{len(gaps)} đơn vị còn tiêu chí chưa có điểm: {'; '.join(gaps)}.")
    waiting = [attained.target.id for attained in results.targets if attained.met is None]
    if waiting:
        found.append(f"{len(waiting)} chỉ tiêu chưa tính trong đợt này: {', '.join(waiting)}.")
    return found


def subject(round_: Round) -> str:
    """What was assessed, without the word for the document that ordered it, with year and place."""
    text = re.sub(
        r"^(kế hoạch|công bố)\s+((về|việc|tổ chức|triển khai|thực hiện)\s+)*",
        "",
        round_.title,
        flags=re.IGNORECASE,
    )
    if str(round_.year) not in text:
        text += f" năm {round_.year}"
    if round_.plan.locality.casefold() not in text.casefold():
        text += f", {round_.plan.locality}"
    return upper_first(text)


def issuing_body(plan: Plan) -> str:
    """The office at the head of an official document, in capitals and spelt out."""
    name = plan.document.issuer or plan.locality
    return re.sub(r"\bUBND\b", "Ủy ban nhân dân", name).upper()


def basis_line(round_: Round) -> str:
    """The decision and the plan that the results rest on."""
    decision, plan = round_.criteria.decision.document, round_.plan.document
    names = [decision.named]
    if plan.number and plan.number != decision.number:
        names.append(plan.named)
    return f"(Căn cứ {'; '.join(names)})"


def provenance_status(criteria: CriteriaSet) -> str:
    """How far the criteria file can be trusted, and who compared it with the annex."""
    provenance = criteria.provenance
    text = _STATUSES[provenance.status]
    if provenance.checked_by:
        when = f" ngày {provenance.checked_on:%d/%m/%Y}" if provenance.checked_on else ""
        text += f"; {provenance.checked_by} đã đối chiếu{when}"
    return text


def appraisers_of(plan: Plan, group: Group) -> str:
    """Who appraises a group; the criteria by id where not all have the same appraiser."""
    names: dict[str, list[str]] = {}
    for leaf in group.criteria:
        appraiser = plan.appraiser_of(leaf)
        names.setdefault(appraiser.name if appraiser else "Chưa phân công", []).append(leaf.id)
    if len(names) == 1:
        return next(iter(names))
    return "; ".join(f"{name}: {', '.join(ids)}" for name, ids in names.items())


def percent_text(value: int | None, digits: int) -> str:
    """Percent for people, with the decision's number of decimals; a dash where not known."""
    return "–" if value is None else f"{vietnamese(value, digits)}%"


def decimals(points: Iterable[int | None]) -> int:
    """Decimals that show all of these points (thousandths) exactly and aligned: two or three."""
    return 3 if any(value % 10 for value in points if value is not None) else 2
