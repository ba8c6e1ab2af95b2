"""Why a unit has its grade: the limits that speak on it, and what is missing for the next one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from criteria.exact import vietnamese
from criteria.model import Grade
from reports.standing import Standing
from reports.wording import NOT_GRADED
from scoring.grades import failed_floors
from scoring.limits import AppliedLimit
from scoring.results import Results
from scoring.shares import shares_of
from scoring.trace import NextGrade


def limit_json(applied: AppliedLimit) -> dict[str, str]:
    """An applied limit as plain values."""
    return {"id": applied.limit.id, "text": applied.text, "cite": applied.basis}


def limit_line(applied: AppliedLimit, name: str = "") -> str:
    """An applied limit or consequence with its reason and basis, as one line; of a unit if named."""
    word = "Hệ quả" if applied.limit.act == "consequence" else "Khống chế"
    whose = f"{name}: " if name else ""
    return f"{word}: {whose}{applied.text}. Căn cứ: {applied.basis or 'chưa ghi'}"


def grade_lines(unit: Standing) -> Iterator[str]:
    """The grade; where a limit speaks on it, the grade by points before, each limit, the final one."""
    if unit.limited:
        yield f"Xếp loại theo điểm: {unit.grade_by_points or NOT_GRADED.lower()}"
    for applied in unit.limits:
        yield f"  {limit_line(applied)}"
    yield f"Xếp loại: {unit.grade or NOT_GRADED.lower()}"


def above_line(results: Results, unit: Standing, above: NextGrade) -> str:
    """What the points lack for the next grade, and the floors that hold it back."""
    grades = results.criteria.grades_of(unit.block)
    missed = _floors_missed(results, unit, next(item for item in grades if item.label == above.label))
    parts = [f"thiếu {vietnamese(above.missing)} điểm"] if above.missing > 0 else []
    if missed:
        parts.append(f"chưa đạt điều kiện kèm theo ở {', '.join(missed)}")
    text = f"Còn {', '.join(parts)} để đạt loại {above.label}"
    return f"{text} theo điểm." if unit.limited else f"{text}."


def _floors_missed(results: Results, unit: Standing, grade: Grade) -> Sequence[str]:
    if not grade.floors:
        return ()
    criteria = results.criteria
    own = results.ledger[results.ledger["unit"] == unit.code]
    ids = dict.fromkeys(failed_floors(grade, unit.code, shares_of(criteria, own)))
    return [f"{'nhóm' if id_ in criteria.group_by_id else 'tiêu chí'} {id_}" for id_ in ids]
