"""What would bring a unit to the next grade, in Vietnamese and as plain values."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from criteria.exact import UNIT, plain, vietnamese
from criteria.rules import Input
from reports.grade_reasons import limit_json, limit_line
from scoring.distance import Advice, Change, Way
from scoring.moves import Points

_ONE = "Chỉ cần một trong các cách sau để đạt loại {label}:"
_ALL = "Cách ngắn nhất để đạt loại {label} là làm đủ {count} việc sau:"
_HELD = "Tăng điểm cũng không đạt được loại {label} vì có khống chế:"
_TOO_FEW = "Dù đạt tối đa mọi tiêu chí mà đơn vị tác động được, vẫn chưa đủ để đạt loại {label}."
_FIXED = "Không tính {ids}: điểm lấy từ kết quả do nơi khác công bố, đơn vị không tự thay đổi được."


def advice_lines(advice: Advice) -> Iterator[str]:
    """The ways to the next grade, shortest first, a line each; or why there is none."""
    if advice.why_none == "limits":
        yield _HELD.format(label=advice.label)
        yield from (f"  {limit_line(applied)}" for applied in advice.limits)
    elif advice.why_none == "points":
        yield _TOO_FEW.format(label=advice.label)
    elif len(advice.ways[0].changes) > 1:
        way = advice.ways[0]
        yield _ALL.format(label=advice.label, count=len(way.changes))
        yield from (f"  - {change_sentence(change)}" for change in way.changes)
        yield f"  {_then(way)}"
    else:
        single = len(advice.ways) == 1
        yield f"Cách đạt loại {advice.label}:" if single else _ONE.format(label=advice.label)
        for way in advice.ways:
            yield f"  - {change_sentence(way.changes[0])}; {_then(way)[0].lower()}{_then(way)[1:]}"
    if advice.fixed:
        yield _FIXED.format(ids=", ".join(f"tiêu chí {leaf.id}" for leaf in advice.fixed))


def _then(way: Way) -> str:
    return f"Tổng điểm khi đó {vietnamese(way.total)}, xếp loại {way.grade}"


def change_sentence(change: Change) -> str:
    """What is to be done on one criterion, and the points that it brings."""
    return f"{_deed(change)} (thêm {points_words(change.gain)} điểm)"


def _deed(change: Change) -> str:
    leaf = change.criterion
    if change.granted:
        now, then = points_words(change.points_before), points_words(change.points_after)
        with_figures = f" với số liệu {_figures(change, change.after)}" if change.after else ""
        proof = ", kèm minh chứng" if change.evidence else ""
        return f"Được thẩm định {then} điểm thay cho {now} điểm ở {leaf.id}{with_figures}{proof}"
    if change.after is None and change.evidence:
        return f"Bổ sung minh chứng cho {leaf.id}"
    if change.after is None:
        now, then = points_words(change.points_before), points_words(change.points_after)
        return f"Đạt {then} điểm thay cho {now} điểm ở {leaf.id}"
    lead = _unanswered(change) if change.before is None else _moved(change, change.before, change.after)
    return f"{lead}, kèm minh chứng" if change.evidence else lead


def _unanswered(change: Change) -> str:
    word = "Sửa số liệu có lỗi" if change.status == "faulty" else "Kê khai bổ sung"
    return f"{word} ở {change.criterion.id}: {_figures(change, change.after)}"


def _moved(change: Change, before: tuple[int, ...], after: tuple[int, ...]) -> str:
    wanted, id_ = change.criterion.rule.inputs[0], change.criterion.id
    if wanted.type == "level":
        now, then = wanted.text(before[0]), wanted.text(after[0])
        return f"Đạt mức “{then}” thay cho mức “{now}” ở {id_}"
    if wanted.type == "date":
        return (
            f"Thực hiện {id_} chậm nhất ngày {wanted.text(after[0])} (đã kê khai: {wanted.text(before[0])})"
        )
    verb, way = ("Nâng", "lên") if after[0] > before[0] else ("Giảm", "xuống")
    texts = ("/".join(vietnamese(value) for value in values) for values in (before, after))
    return f"{verb} {id_} “{wanted.label}” từ {f' {way} '.join(texts)}"


def _figures(change: Change, values: tuple[int, ...] | None) -> str:
    inputs = change.criterion.rule.inputs
    if values is None:
        return ""
    if len(values) == 2:
        # of a total that nobody has declared yet, so many out of a hundred
        share = " (tỷ lệ)" if change.before is None else ""
        return f"{inputs[0].label} đạt {'/'.join(map(vietnamese, values))}{share}"
    return f"{inputs[0].label}: {_value(inputs[0], values[0])}"


def _value(wanted: Input, value: int) -> str:
    return f"mức “{wanted.text(value)}”" if wanted.type == "level" else wanted.text(value)


def points_words(points: Points) -> str:
    """Points (thousandths) for people; what is no whole thousandth is marked so."""
    exact = Fraction(points)
    return f"{'' if exact.denominator == 1 else 'khoảng '}{vietnamese(int(exact))}"


def advice_json(advice: Advice | None) -> dict[str, Any] | None:
    """The same as plain values: decimals as text, what is no decimal as a fraction (`4/3`)."""
    if advice is None:
        return None
    return {
        "label": advice.label,
        "missing": plain(advice.missing),
        "ways": [_way_json(way) for way in advice.ways],
        "why_none": advice.why_none or None,
        "limits": [limit_json(applied) for applied in advice.limits],
        "fixed": [leaf.id for leaf in advice.fixed],
    }


def _way_json(way: Way) -> dict[str, Any]:
    return {
        "total": plain(way.total),
        "grade": way.grade,
        "changes": [_change_json(change) for change in way.changes],
    }


def _change_json(change: Change) -> dict[str, Any]:
    return {
        "criterion": change.criterion.id,
        "title": change.criterion.title,
        "from": _inputs_json(change, change.before),
        "to": _inputs_json(change, change.after),
        "points_from": _decimal(change.points_before),
        "points_to": _decimal(change.points_after),
        "gain": _decimal(change.gain),
        "evidence": change.evidence,
        "granted": change.granted,
        "text": change_sentence(change),
    }


def _inputs_json(change: Change, values: tuple[int, ...] | None) -> list[dict[str, str]] | None:
    if values is None:
        return None
    inputs = change.criterion.rule.inputs
    return [
        {"label": wanted.label, "value": wanted.text(value)}
        for wanted, value in zip(inputs, values, strict=True)
    ]


def _decimal(points: Points) -> str:
    exact = Fraction(points)
    return plain(int(exact)) if exact.denominator == 1 else str(exact / UNIT)
