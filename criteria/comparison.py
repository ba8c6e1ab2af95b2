"""What changed between two criteria sets, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields

from criteria.document import vietnamese_date
from criteria.exact import vietnamese
from criteria.model import CriteriaSet, Criterion, Grade, Limit, Policy, Quota

APPLIES = {"forbidden": "không được ghi", "exclude": "trừ khỏi điểm tối đa", "full": "được điểm tối đa"}
EVIDENCE = {"required": "bắt buộc", "optional": "nếu có", "none": "không cần"}


@dataclass(frozen=True)
class Difference:
    """One change: where (a criterion's or group's id, or a head of the file), what it was, what it is."""

    place: str
    what: str
    old: str
    new: str

    def __str__(self) -> str:
        if not self.old:
            return f"{self.place}: thêm {self.what} {self.new}"
        if not self.new:
            return f"{self.place}: bỏ {self.what} {self.old}"
        return f"{self.place}: {self.what} đổi từ {self.old} thành {self.new}"


def differences(old: CriteriaSet, new: CriteriaSet) -> Iterator[Difference]:
    """Changes from one set to the other, head first, then groups and criteria in the order of the new."""
    yield from _head(old, new)
    groups = {group.id: group for group in old.groups}
    for group in new.groups:
        before = groups.pop(group.id, None)
        place = f"Nhóm {group.id}"
        yield from _changed(place, "tên", before.title if before else "", group.title)
        yield from _changed(
            place, "điểm tối đa", _points(before.top if before else None), _points(group.top)
        )
    for gone in groups.values():
        yield Difference(f"Nhóm {gone.id}", "nhóm", gone.title, "")
    for leaf in new.criteria:
        known = old.by_id.get(leaf.id)
        if known is None:
            title = f"{leaf.title} ({_points(leaf.top)} điểm)"
            yield Difference(f"Tiêu chí {leaf.id}", "tiêu chí", "", title)
        else:
            yield from _leaf(known, leaf)
    for leaf in old.criteria:
        if leaf.id not in new.by_id:
            yield Difference(f"Tiêu chí {leaf.id}", "tiêu chí", leaf.title, "")


def _head(old: CriteriaSet, new: CriteriaSet) -> Iterator[Difference]:
    yield from _changed("Quyết định", "văn bản", str(old.decision.document), str(new.decision.document))
    yield from _changed("Thang điểm", "tổng điểm", _points(old.scale), _points(new.scale))
    for block in dict.fromkeys(["", *old.grades_by_block, *new.grades_by_block]):
        place = f"Xếp loại của khối {block}" if block else "Xếp loại"
        was, now = grades_text(old.grades_of(block)), grades_text(new.grades_of(block))
        yield from _changed(place, "ngưỡng", was, now)
    yield from _changed("Hiệu lực", "ngày có hiệu lực", *map(_in_force, (old, new)))
    yield from _changed("Nguồn", "tình trạng", old.provenance.status, new.provenance.status)
    yield from _changed("Loại đơn vị", "danh mục", *("; ".join(s.unit_types.values()) for s in (old, new)))
    yield from _changed("Khống chế", "quy định", _limits(old.limits), _limits(new.limits))
    yield from _changed("Tỷ lệ khống chế mức xếp loại", "quy định", *map(_quotas, (old, new)))
    for field in fields(Policy):
        was, now = (_policy_value(getattr(item.policy, field.name)) for item in (old, new))
        yield from _changed("Cách tính", POLICY_WORDS[field.name], was, now)


POLICY_WORDS = {
    "points_step": "bước điểm",
    "points_digits": "số lẻ của điểm",
    "points_rounding": "cách làm tròn điểm",
    "points_at": "nơi làm tròn điểm",
    "percent_digits": "số lẻ của tỷ lệ",
    "percent_rounding": "cách làm tròn tỷ lệ",
    "rank_on": "căn cứ xếp hạng",
    "ties": "cách xếp đồng hạng",
    "break_by": "tiêu chí phân định khi bằng nhau",
    "grade_on": "căn cứ xếp loại",
    "hold_to_scale": "giới hạn tổng điểm trong thang điểm",
}
VALUE_WORDS = {
    "half_up": "làm tròn lên từ 5",
    "half_even": "làm tròn về số chẵn",
    "down": "cắt bỏ phần lẻ",
    "criterion": "từng tiêu chí",
    "group": "từng nhóm",
    "end": "tổng cuối cùng",
    "exact": "tỷ lệ chính xác",
    "rounded": "tỷ lệ đã làm tròn",
    "competition": "1, 2, 2, 4",
    "dense": "1, 2, 2, 3",
    "percent_of_applicable": "tỷ lệ trên điểm tối đa áp dụng",
    "points": "số điểm",
    "True": "có",
    "False": "không",
}
ACT_WORDS = {
    "at_most": "xếp loại cao nhất là",
    "lower_by": "hạ số bậc",
    "fail_to": "xếp loại",
    "not_graded": "không xếp loại, ghi",
    "consequence": "hệ quả",
}
KIND_WORDS = {"scale": "trong thang điểm", "bonus": "điểm cộng", "penalty": "điểm trừ"}


def _policy_value(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(value) or "không có"
    return VALUE_WORDS.get(str(value), str(value))


def _leaf(old: Criterion, new: Criterion) -> Iterator[Difference]:
    place = f"Tiêu chí {new.id}"
    yield from _changed(place, "tên", old.title, new.title)
    yield from _changed(place, "nhóm", old.group, new.group)
    yield from _changed(place, "điểm tối đa", _points(old.top), _points(new.top))
    yield from _changed(place, "cách chấm", old.rule.describe(), new.rule.describe())
    yield from _changed(place, "đối tượng", ", ".join(old.applies_to), ", ".join(new.applies_to))
    was, now = APPLIES[old.not_applicable], APPLIES[new.not_applicable]
    yield from _changed(place, "cách xử lý không phát sinh", was, now)
    was, now = _evidence(old), _evidence(new)
    yield from _changed(place, "minh chứng", was, now)
    yield from _changed(place, "nơi thẩm định", old.appraiser or "không ghi", new.appraiser or "không ghi")
    yield from _changed(place, "hướng dẫn", old.note or "không có", new.note or "không có")
    yield from _changed(place, "căn cứ", ", ".join(old.cite), ", ".join(new.cite))


def _evidence(leaf: Criterion) -> str:
    lost = ", thiếu thì 0 điểm" if leaf.loses_without_evidence else ""
    return EVIDENCE[leaf.evidence] + lost


def grades_text(grades: Iterable[Grade]) -> str:
    """Grades and their cut-offs in words, floors included."""
    parts = (
        f"{grade.label} {'trên' if grade.above else 'từ'} {vietnamese(grade.start)}"
        + "".join(f" ({floor.of} từ {vietnamese(floor.percent)}%)" for floor in grade.floors)
        for grade in grades
    )
    return "; ".join(parts) or "không xếp loại"


def limit_text(limit: Limit) -> str:
    """A limit in words, its condition and basis included."""
    note = f" ({limit.text})" if limit.text else ""
    label = f"“{limit.label}”" if limit.act == "not_graded" else limit.label
    what = f"{ACT_WORDS[limit.act]} {label or limit.levels}"
    return f"{limit.id}: {what} khi {limit.when}{note} [{', '.join(limit.cite)}]"


def quota_text(quota: Quota) -> str:
    """A quota in words."""
    where = "từng khối" if quota.by_block else "toàn đợt"
    of = ", ".join(quota.of) or "số được xếp loại"
    return f"{quota.grade} nhiều nhất {vietnamese(quota.percent)}% {where} trên {of}"


def _limits(limits: Iterable[Limit]) -> str:
    return "; ".join(map(limit_text, limits)) or "không có"


def _quotas(criteria: CriteriaSet) -> str:
    return "; ".join(map(quota_text, criteria.quotas)) or "không có"


def _in_force(criteria: CriteriaSet) -> str:
    start, end = criteria.decision.in_force_from, criteria.decision.in_force_to
    return f"từ {vietnamese_date(start)}" + (f" đến {vietnamese_date(end)}" if end else "")


def _points(value: int | None) -> str:
    return "" if value is None else vietnamese(value)


def _changed(place: str, what: str, old: str, new: str) -> Iterator[Difference]:
    if old != new:
        yield Difference(place, what, f"“{old}”" if old else "", f"“{new}”" if new else "")
