"""The advice to a unit in words and as plain values.

1. Each kind of change has its sentence, with the figures as people write them.
2. Several single criteria are a list to choose from; a combination is a list to do in full.
3. Where no way is left, the limit or the want of points is said, and what the unit cannot change.
4. As plain values decimals are text, and what is no decimal a fraction.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from criteria.model import Criterion
from criteria.rules import kinds
from reports.advice import advice_json, advice_lines, change_sentence
from scoring.distance import Advice, Change, Way
from tests.scoring.small_round import judged_set

RAW: dict[str, dict[str, Any]] = {
    "ratio": {"inputs": {"done": "Số người học", "of": "Tổng số"}, "bands": [{"from": "0", "points": "proportional"}]},
    "choice": {"options": [{"label": "Đủ", "points": "3"}, {"label": "Thiếu", "points": "1"}]},
    "judged": {},
    "count": {"inputs": {"count": "Số vụ"}, "each": "1", "direction": "take_off"},
    "timely": {"by": "2023-10-16"},
}  # fmt: skip


def leaf(kind: str) -> Criterion:
    rule = kinds()[kind].parse({"kind": kind, **RAW[kind]}, 3000, 250)
    return replace(judged_set(["3"]).criteria[0], id="1.1", title="Tiêu chí một", rule=rule)


def change(kind: str, before: Any, after: Any, gain: Any = 750, **more: Any) -> Change:
    given = {"status": "answered", "evidence": False, "granted": False} | more
    return Change(leaf(kind), given["status"], before, after, 1250, 1250 + gain, given["evidence"], given["granted"])  # fmt: skip


@pytest.mark.parametrize(
    ("change_", "sentence"),
    [
        (change("ratio", (47_000, 52_000), (50_000, 52_000)), "Nâng 1.1 “Số người học” từ 47/52 lên 50/52 (thêm 0,75 điểm)"),
        (change("choice", (1,), (0,), 2000), "Đạt mức “Đủ” thay cho mức “Thiếu” ở 1.1 (thêm 2 điểm)"),
        (change("judged", (1250,), (2000,)), "Nâng 1.1 “Điểm đề nghị” từ 1,25 lên 2 (thêm 0,75 điểm)"),
        (change("count", (3000,), (1000,)), "Giảm 1.1 “Số vụ” từ 3 xuống 1 (thêm 0,75 điểm)"),
        (
            change("timely", (738_812,), (738_809,)),
            "Thực hiện 1.1 chậm nhất ngày 16/10/2023 (đã kê khai: 19/10/2023) (thêm 0,75 điểm)",
        ),
        (
            change("ratio", None, (60_000, 100_000), status="blank", evidence=True),
            "Kê khai bổ sung ở 1.1: Số người học đạt 60/100 (tỷ lệ), kèm minh chứng (thêm 0,75 điểm)",
        ),
        (change("choice", None, (0,), status="faulty"), "Sửa số liệu có lỗi ở 1.1: Mức độ thực hiện: mức “Đủ” (thêm 0,75 điểm)"),
        (change("ratio", (47_000, 52_000), None, evidence=True), "Bổ sung minh chứng cho 1.1 (thêm 0,75 điểm)"),
        (change("judged", None, None), "Đạt 2 điểm thay cho 1,25 điểm ở 1.1 (thêm 0,75 điểm)"),
        (change("judged", (3000,), None, granted=True), "Được thẩm định 2 điểm thay cho 1,25 điểm ở 1.1 (thêm 0,75 điểm)"),
        (
            change("ratio", (40_000, 52_000), (50_000, 52_000), granted=True),
            "Được thẩm định 2 điểm thay cho 1,25 điểm ở 1.1 với số liệu Số người học đạt 50/52 (thêm 0,75 điểm)",
        ),
        (change("ratio", (1000, 3000), (2000, 3000), Fraction(1000, 3)), "Nâng 1.1 “Số người học” từ 1/3 lên 2/3 (thêm khoảng 0,333 điểm)"),
    ],
)  # fmt: skip
def test_a_change_in_words(change_: Change, sentence: str) -> None:
    assert change_sentence(change_) == sentence


ONE = change("count", (3000,), (1000,))
TWO = change("choice", (1,), (0,), 2000)


def given(*ways: Way, why: Any = "", fixed: tuple[Criterion, ...] = ()) -> Advice:
    return Advice("A", "Tốt", 500, ways, why, (), fixed)


@pytest.mark.parametrize(
    ("advice", "lines"),
    [
        (given(Way((ONE,), 90_000, "Tốt")), ["Cách đạt loại Tốt:", "  - Giảm 1.1 “Số vụ” từ 3 xuống 1 (thêm 0,75 điểm); tổng điểm khi đó 90, xếp loại Tốt"]),
        (given(Way((ONE,), 90_000, "Tốt"), Way((TWO,), 91_250, "Tốt")), ["Chỉ cần một trong các cách sau để đạt loại Tốt:", "  - Giảm", "  - Đạt mức"]),
        (
            given(Way((ONE, TWO), 90_000, "Tốt")),
            ["Cách ngắn nhất để đạt loại Tốt là làm đủ 2 việc sau:", "  - Giảm", "  - Đạt mức", "  Tổng điểm khi đó 90, xếp loại Tốt"],
        ),
        (
            given(why="points", fixed=(ONE.criterion,)),
            ["Dù đạt tối đa mọi tiêu chí", "Không tính tiêu chí 1.1: điểm lấy từ kết quả do nơi khác công bố"],
        ),
        (given(why="limits"), ["Tăng điểm cũng không đạt được loại Tốt vì có khống chế:"]),
    ],
)  # fmt: skip
def test_the_advice_in_lines(advice: Advice, lines: list[str]) -> None:
    found = list(advice_lines(advice))
    assert len(found) == len(lines)
    assert all(line.startswith(begin) for line, begin in zip(found, lines, strict=True))


def test_plain_values() -> None:
    assert advice_json(None) is None
    third = change("ratio", (1000, 3000), (2000, 3000), Fraction(1000, 3))
    told = advice_json(given(Way((third, ONE), 90_000, "Tốt")))
    assert told is not None
    assert (told["label"], told["missing"], told["why_none"]) == ("Tốt", "0.5", None)
    (way,) = told["ways"]
    assert (way["total"], way["grade"]) == ("90", "Tốt")
    first, second = way["changes"]
    assert (first["gain"], first["points_from"]) == ("1/3", "1.25")
    assert first["from"] == [{"label": "Số người học", "value": "1"}, {"label": "Tổng số", "value": "3"}]
    assert second["to"] == [{"label": "Số vụ", "value": "1"}]
