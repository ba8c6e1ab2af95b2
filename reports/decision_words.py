"""What a decision says of counting, grades, limits and quotas, as sentences for the sheet of bases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from criteria.exact import vietnamese
from criteria.model import CriteriaSet, Floor, Group, Limit, Quota
from reports.wording import limit_lead, lower_first
from scoring.totals import takes_off

_ROUNDINGS = {
    "half_up": "làm tròn, nửa đơn vị trở lên thì tăng lên",
    "half_even": "làm tròn, đúng nửa đơn vị thì về chữ số chẵn",
    "down": "bỏ phần lẻ phía sau, không làm tròn lên",
}
_GROUP_WORDS = {"scale": "", "bonus": " (điểm cộng, tối đa {top})", "penalty": " (điểm trừ, tối đa {top})"}


def group_title(group: Group) -> str:
    """A group's title; outside the scale with what its points do and their cap."""
    return group.title + _GROUP_WORDS[group.kind].format(top=vietnamese(group.top))


def policy_sentences(criteria: CriteriaSet) -> Iterator[tuple[str, str]]:
    """How the decision counts: what is meant, and the sentence."""
    policy = criteria.policy
    yield (
        "Điểm cuối cùng",
        "Là điểm thẩm định; tiêu chí nào chưa thẩm định thì tạm lấy điểm tự chấm.",
    )
    yield "Cộng điểm", _adding(criteria)
    outside = [group for group in criteria.groups if group.kind != "scale"]
    if outside:
        yield "Điểm cộng, điểm trừ", _outside(criteria, outside)
    yield (
        "Không phát sinh (KPS)",
        "Tiêu chí không phát sinh được trừ khỏi điểm tối đa áp dụng của đơn vị, trừ tiêu chí mà bộ tiêu "
        "chí cho tính điểm tối đa. Tiêu chí không áp dụng cho loại đơn vị (–) không tính vào điểm tối đa "
        "áp dụng.",
    )
    yield (
        "Tỷ lệ %",
        "Điểm cuối cùng chia cho điểm tối đa áp dụng, lấy "
        f"{policy.percent_digits} chữ số thập phân ({_ROUNDINGS[policy.percent_rounding]}).",
    )
    if criteria.labels:
        yield "Xếp loại", _grading(criteria)
    if criteria.limits:
        yield (
            "Khống chế xếp loại",
            "Xếp loại theo điểm được xét lần lượt qua các quy định khống chế theo thứ tự ghi ở dưới; "
            "không quy định nào nâng xếp loại lên. Hệ quả được ghi kèm, không đổi điểm và xếp loại.",
        )
    yield "Thứ hạng", f"{_rank_measure(criteria)} trong từng khối; {_ties(criteria)}."


def _adding(criteria: CriteriaSet) -> str:
    policy = criteria.policy
    kept = f"{policy.points_digits} chữ số thập phân ({_ROUNDINGS[policy.points_rounding]})"
    if policy.points_at == "criterion":
        return (
            f"Cộng chính xác đến phần nghìn điểm, không làm tròn khi cộng. Điểm tính theo tỷ lệ lấy {kept}."
        )
    if policy.points_at == "group":
        return f"Điểm từng tiêu chí giữ nguyên, chưa làm tròn; điểm cộng của mỗi nhóm lấy {kept}."
    return f"Điểm từng tiêu chí và từng nhóm giữ nguyên, chưa làm tròn; chỉ tổng điểm lấy {kept}."


def _outside(criteria: CriteriaSet, groups: list[Group]) -> str:
    words = {"bonus": "được cộng thêm", "penalty": "bị trừ"}
    told = "; ".join(
        f"nhóm {group.id} {words[group.kind]} nhiều nhất {vietnamese(group.top)} điểm" for group in groups
    )
    text = f"Ngoài thang điểm: {told}; không tính vào điểm tối đa áp dụng. Tổng điểm không dưới 0"
    if criteria.policy.hold_to_scale and any(group.kind == "bonus" for group in groups):
        text += " và không vượt điểm tối đa áp dụng"
    return f"{text}."


def _grading(criteria: CriteriaSet) -> str:
    by_points = criteria.policy.grade_on == "points"
    measure = "điểm cuối cùng" if by_points else "tỷ lệ % trên điểm tối đa áp dụng, khi chưa làm tròn"
    grades = [*criteria.grades, *(grade for table in criteria.grades_by_block.values() for grade in table)]
    text = f"So {measure} với ngưỡng; bằng ngưỡng thì đạt"
    if any(grade.above for grade in grades):
        text += ", trừ ngưỡng ghi “trên” thì phải lớn hơn"
    if any(grade.floors for grade in grades):
        text += "; đồng thời phải đạt các điều kiện kèm theo của loại"
    example = next((grade.start for grade in grades if grade.start), None)
    if by_points or example is None:
        return f"{text}."
    return f"{text}. Ví dụ {vietnamese(example - 5)}% không đạt ngưỡng {vietnamese(example)}%."


def _rank_measure(criteria: CriteriaSet) -> str:
    if criteria.policy.rank_on == "rounded":
        return "Xếp theo tỷ lệ % đã làm tròn"
    if criteria.policy.grade_on == "points":
        return "Xếp theo điểm cuối cùng"
    return "Xếp theo tỷ lệ chính xác, chưa làm tròn,"


def _ties(criteria: CriteriaSet) -> str:
    order = "1, 2, 2, 3" if criteria.policy.ties == "dense" else "1, 2, 2, 4"
    equal = f"cùng hạng ({order})"
    if not criteria.policy.break_by:
        return f"đơn vị bằng nhau thì {equal}"
    chain = ", rồi ".join(_tie_break(criteria, id_) for id_ in criteria.policy.break_by)
    return f"đơn vị bằng nhau thì xét {chain}; vẫn bằng nhau thì {equal}"


def _tie_break(criteria: CriteriaSet, id_: str) -> str:
    points = f"điểm {_noun(criteria, id_)} {id_}"
    return f"{points} (bị trừ ít hơn xếp trên)" if takes_off(criteria, id_) else points


def _noun(criteria: CriteriaSet, id_: str) -> str:
    return "nhóm" if id_ in criteria.group_by_id else "tiêu chí"


def floors_words(criteria: CriteriaSet, floors: Sequence[Floor]) -> str:
    """What a grade asks for beside the total; empty where it asks for nothing."""
    every = {"criterion": "mỗi tiêu chí", "group": "mỗi nhóm"}
    told = (
        f"{every.get(floor.of) or f'{_noun(criteria, floor.of)} {floor.of}'} "
        f"từ {vietnamese(floor.percent)}% điểm tối đa"
        for floor in floors
    )
    return "; ".join(told)


def limit_sentence(limit: Limit) -> str:
    """A limit in general: what it does and when."""
    lead = limit_lead(limit)
    note = " (hệ quả, không đổi điểm và xếp loại)" if limit.act == "consequence" else ""
    return f"{lead}{note}, khi {lower_first(str(limit.when))}."


def quota_sentence(quota: Quota) -> str:
    """A quota in general: which grade, how many of whom."""
    whom = f"đơn vị xếp loại {', '.join(quota.of)}" if quota.of else "đơn vị được xếp loại"
    where = "từng khối" if quota.by_block else "toàn đợt"
    share = vietnamese(quota.percent)
    return (
        f"Loại “{quota.grade}” nhiều nhất {share}% số {whom}, tính theo {where}; kết quả là đề nghị, "
        "người có thẩm quyền quyết định."
    )
