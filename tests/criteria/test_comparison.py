"""What changed between two decisions, in words.

1. Each kind of change is one sentence that names its place; the same set gives none.
2. With a round, exactly the units whose points, grade or rank change are named.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from criteria.comparison import differences
from criteria.loader import load_criteria
from criteria.model import CriteriaSet
from demo.tay_ninh import make_demo
from reports.comparison.trial import trial, trial_text

SHIPPED = Path(__file__).parents[2] / "criteria" / "decisions" / "tay-ninh-city-815-2022.yaml"


def changed(folder: Path, *pairs: tuple[str, str]) -> CriteriaSet:
    """The shipped decision with texts replaced."""
    text = SHIPPED.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    path = folder / SHIPPED.name
    path.write_text(text, encoding="utf-8")
    return load_criteria(path)


CHANGES = {
    "cut-off": (("label: Tốt, from: 90", "label: Tốt, from: 92"), "Xếp loại: ngưỡng đổi từ “Tốt từ 90"),
    "band": (("{from: 80, points: proportional}", "{from: 85, points: proportional}"), "Tiêu chí 1.1: cách chấm"),
    "title": (("Xây dựng kế hoạch công tác", "Ban hành kế hoạch công tác"), "Tiêu chí 1.2: tên đổi từ"),
    "number": (("number: 815/QĐ-UBND", "number: 816/QĐ-UBND"), "Quyết định: văn bản đổi từ"),
    "rounding": (("digits: 2, rounding: half_up", "digits: 2, rounding: down"), "Cách tính: cách làm tròn tỷ lệ"),
}  # fmt: skip


@pytest.mark.parametrize(("pair", "said"), CHANGES.values(), ids=CHANGES.keys())
def test_a_change_is_one_sentence(tmp_path: Path, pair: tuple[str, str], said: str) -> None:
    (found,) = differences(load_criteria(SHIPPED), changed(tmp_path, pair))
    assert str(found).startswith(said)


def test_no_change_says_nothing() -> None:
    assert not list(differences(load_criteria(SHIPPED), load_criteria(SHIPPED)))


def test_a_criterion_that_came_and_one_that_went(tmp_path: Path) -> None:
    old, new = load_criteria(SHIPPED), changed(tmp_path, ('id: "6.4"', 'id: "6.5"'))
    assert [str(item).split(" ", 3)[:3] for item in differences(old, new)] == [
        ["Tiêu", "chí", "6.5:"],
        ["Tiêu", "chí", "6.4:"],
    ]


def test_a_trial_names_the_units_that_change(tmp_path: Path) -> None:
    round_ = make_demo(tmp_path / "dot")
    old = load_criteria(SHIPPED)
    assert trial(round_.folder, old, old) == []
    # Tốt from 89,5: UBND phường Hiệp Ninh (89,783) and Đơn vị sự nghiệp số 1 (89,737) rise, nobody else
    rows = trial(round_.folder, old, changed(tmp_path, ("label: Tốt, from: 90", "label: Tốt, from: 89.5")))
    assert [(row["code"], row["grade"]) for row in rows] == [
        ("703-SN1", ("Khá", "Tốt")),
        ("25465", ("Khá", "Tốt")),
    ]
    assert "Khá → Tốt" in trial_text(rows)


HEAD_CHANGES = {
    "in force": ("in_force: {from: 2022-08-19}", "in_force: {from: 2022-08-19, to: 2024-12-31}", "Hiệu lực"),
    "limit": ("groups:\n", "limits: [{id: a, when: {evidence_missing: 3}, act: {at_most: Khá}, cite: kh49}]\ngroups:\n", "Khống chế"),
    "quota": ("groups:\n", "quotas: [{grade: Tốt, at_most: 20, cite: kh49}]\ngroups:\n", "Tỷ lệ khống chế"),
    "hold": ("  ties: competition", "  ties: competition\n  hold_to_scale: false", "Cách tính"),
    "tie-break": ("  ties: competition", '  ties: competition\n  break_by: ["2"]', "Cách tính"),
    "unit type": ("phong-ban: Cơ quan chuyên môn", "phong-ban: Phòng, ban", "Loại đơn vị"),
    "appraiser": ("appraiser: thanh-tra", "appraiser: noi-vu", "Tiêu chí 2.1: nơi thẩm định"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "said"), HEAD_CHANGES.values(), ids=HEAD_CHANGES.keys())
def test_nothing_that_counts_changes_unsaid(tmp_path: Path, old: str, new: str, said: str) -> None:
    path = tmp_path / SHIPPED.name
    text = SHIPPED.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new.replace("Phòng, ban", '"Phòng, ban"'), 1), encoding="utf-8")
    found = [str(item) for item in differences(load_criteria(SHIPPED), load_criteria(path))]
    assert found and found[0].startswith(said)
