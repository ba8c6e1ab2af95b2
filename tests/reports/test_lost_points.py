"""Lost points: their sum over a unit is its maximum less its final points, under every shape of decision."""

from __future__ import annotations

from pathlib import Path

import pytest

from criteria.library import Library
from reports.lost_points import lost_points, short_basis
from reports.standing import standings
from scoring.trace import trace
from tests.reports.official.made import SOURCES
from tests.reports.rounds import answers_of_tay_ninh, tay_ninh
from tests.reports.shapes import EMPTY, FULL, SHAPES, SILENT, shaped


@pytest.mark.parametrize("name", SHAPES)
def test_losses_add_up_exactly(name: str, tmp_path: Path) -> None:
    _, results, answers = shaped(name, tmp_path)
    for unit in standings(results):
        lost = lost_points(results.criteria, unit, trace(results, unit.code, answers, SOURCES))
        if unit.final is None:
            assert lost.steps == lost.adjustments == ()
            continue
        assert lost.total == unit.max - unit.final
        assert all(step.lost > 0 and step.sentence for step in lost.steps)
        assert all(item.lost and item.text for item in lost.adjustments)


def test_what_stands_outside_the_scale_is_told(tmp_path: Path) -> None:
    _, results, answers = shaped("bonus and penalty, held to the maximum", tmp_path)
    units = {unit.code: unit for unit in standings(results)}
    told = {
        code: [item.text for item in lost_points(
            results.criteria, units[code], trace(results, code, answers, SOURCES)).adjustments]
        for code in (FULL, EMPTY, SILENT)
    }  # fmt: skip
    assert told[SILENT] == []
    assert [text.partition(":")[0] for text in told[FULL]] == ["Điểm cộng", "Điều chỉnh"]
    assert "Điểm trừ" in [text.partition(":")[0] for text in told[EMPTY]]


def test_without_groups_outside_only_criteria_lose() -> None:
    _, results = tay_ninh()
    for unit in standings(results):
        steps = trace(results, unit.code, answers_of_tay_ninh(), SOURCES)
        assert lost_points(results.criteria, unit, steps).adjustments == ()


@pytest.mark.parametrize(
    ("cite", "told"),
    [
        (("kh49 III.1",), "Kế hoạch số 49/KH-UBND: III.1"),
        (
            ("kh49 II.5, gạch đầu dòng 1", "kh49 II.4"),
            "Kế hoạch số 49/KH-UBND: II.5, gạch đầu dòng 1; II.4",
        ),
        (("qd1563", "kh49 II.1"), "Quyết định số 1563/QĐ-UBND; Kế hoạch số 49/KH-UBND: II.1"),
        (("Điều 5",), "Điều 5"),
        ((), ""),
    ],
)
def test_a_basis_names_each_source_once(cite: tuple[str, ...], told: str) -> None:
    assert short_basis(tay_ninh()[1].criteria, cite) == told


def test_a_document_without_number_is_named_briefly() -> None:
    """On every sheet of losses and notice of Đức Phổ: its plan's full title once took ten lines a criterion."""
    criteria = Library().criteria("quang-ngai-436-2019")
    short = "Kế hoạch năm 2022 của UBND thị xã Đức Phổ: II.1; II.4; "
    assert short_basis(criteria, ("dp22 II.1", "dp22 II.4", "tqt23 II.1")) == (
        f"{short}Kế hoạch năm 2023 của UBND phường Trương Quang Trọng: II.1"
    )
