"""What changed between two criteria sets, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from criteria.exact import vietnamese
from criteria.model import CriteriaSet, Criterion, Grade, Limit

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
        was, now = _grades(old.grades_of(block)), _grades(new.grades_of(block))
        yield from _changed(place, "ngưỡng", was, now)
    yield from _changed("Khống chế", "quy định", _limits(old.limits), _limits(new.limits))
    for name, words in (
        ("points_rounding", "cách làm tròn điểm"),
        ("points_digits", "số lẻ của điểm"),
        ("points_at", "nơi làm tròn điểm"),
        ("percent_rounding", "cách làm tròn tỷ lệ"),
        ("percent_digits", "số lẻ của tỷ lệ"),
        ("rank_on", "căn cứ xếp hạng"),
        ("ties", "cách xếp đồng hạng"),
        ("grade_on", "căn cứ xếp loại"),
    ):
        was, now = str(getattr(old.policy, name)), str(getattr(new.policy, name))
        yield from _changed("Cách tính", words, was, now)


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


def _evidence(leaf: Criterion) -> str:
    lost = ", thiếu thì 0 điểm" if leaf.loses_without_evidence else ""
    return EVIDENCE[leaf.evidence] + lost


def _grades(grades: Iterable[Grade]) -> str:
    parts = (
        f"{grade.label} {'trên' if grade.above else 'từ'} {vietnamese(grade.start)}"
        + "".join(f" ({floor.of} từ {vietnamese(floor.percent)}%)" for floor in grade.floors)
        for grade in grades
    )
    return "; ".join(parts) or "không xếp loại"


def _limits(limits: Iterable[Limit]) -> str:
    return (
        "; ".join(f"{limit.id} ({limit.act} {limit.label or limit.levels})" for limit in limits)
        or "không có"
    )


def _points(value: int | None) -> str:
    return "" if value is None else vietnamese(value)


def _changed(place: str, what: str, old: str, new: str) -> Iterator[Difference]:
    if old != new:
        yield Difference(place, what, f"“{old}”" if old else "", f"“{new}”" if new else "")
