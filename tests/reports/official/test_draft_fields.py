"""What drafts are filled with is what the catalogue of fields says, for every kind and every round.

1. The same names, lists where lists are told, texts where texts are.
2. The catalogue tells every field with its meaning; none has a name that Jinja or a dict takes.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from criteria.library import Library
from evidence.round import new_round
from reports.official.drafts import DRAFTS, Draft
from reports.official.fields import Shape, field_lines
from reports.official.notice_fields import Notices
from reports.official.result_fields import roman
from reports.official.writing import document_fields, notice_fields
from tests.reports.official.made import scored_by
from tests.reports.rounds import tay_ninh
from tests.reports.shapes import shaped


def differences(shape: Shape, value: Any, path: str = "") -> list[str]:
    """Where a value is not of a shape."""
    if isinstance(shape, list):
        if not isinstance(value, list):
            return [f"{path}: no list"]
        return [found for item in value for found in differences(shape[0], item, f"{path}[]")]
    if isinstance(shape, Mapping):
        if not isinstance(value, Mapping):
            return [f"{path}: no dict"]
        odd = [f"{path}.{name}" for name in shape.keys() ^ value.keys()]
        both = shape.keys() & value.keys()
        return odd + [f for name in both for f in differences(shape[name], value[name], f"{path}.{name}")]
    return [] if isinstance(value, (str, bool)) else [f"{path}: {type(value).__name__}"]


@pytest.mark.parametrize("draft", DRAFTS, ids=lambda draft: draft.name)
def test_drafts_are_filled_as_the_catalogue_says(draft: Draft, tmp_path: Path) -> None:
    rounds = [
        (*tay_ninh(), None),
        (*tay_ninh(appraised=False), None),
        shaped("everything at once", tmp_path),
    ]
    for round_, results, answers in rounds:
        scored = scored_by(results, answers)
        if not draft.each_unit:
            assert differences(dict(draft.fields), document_fields(round_, scored, draft)) == []
            continue
        notices = Notices(round_, results)
        for unit in round_.units:
            found = notice_fields(round_, scored, draft, notices, unit.code)
            assert differences(dict(draft.fields), found) == []


@pytest.mark.parametrize(
    "plan", [item for item in Library().plan_ids() if item.startswith(("tra-cu", "nghia"))]
)
def test_reports_without_scores_are_filled_as_the_catalogue_says(plan: str, tmp_path: Path) -> None:
    round_ = new_round(tmp_path / plan, plan)
    for draft in (draft for draft in DRAFTS if draft.without_scores):
        assert differences(dict(draft.fields), document_fields(round_, None, draft)) == []


@pytest.mark.parametrize("draft", DRAFTS, ids=lambda draft: draft.name)
def test_every_field_is_told_and_can_be_typed(draft: Draft) -> None:
    lines = field_lines(draft.fields)
    names = [line.partition(":")[0].removesuffix(" (danh sách)").rpartition(".")[2] for line in lines]
    assert all(name.isascii() and name.isidentifier() and not hasattr({}, name) for name in names)
    assert all(line.endswith(":") or line.partition(": ")[2] for line in lines)
    assert {path.partition(".")[0] for path in draft.needed} <= set(draft.fields)


@pytest.mark.parametrize(
    ("number", "told"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (39, "XXXIX"), (40, "40")]
)
def test_blocks_are_numbered_in_roman(number: int, told: str) -> None:
    assert roman(number) == told
