"""Limits held against whole rounds: what counts as missing evidence, and of whom a share is asked.

1. A claim is without evidence where it lost points for want of it, and nobody gave any since.
2. Of a unit without points, be it that its file cannot be read, no share is asked.
"""

from __future__ import annotations

import pytest
from small_round import USUAL, column, criteria_of, results_of

ZERO = "evidence: required, without_evidence: zero"
# group 1 under half of its maximum, and two claims without evidence, put a unit down
PROVED = criteria_of(
    f"""\
scale: 20
{USUAL}\
limits:
  - {{id: thap, when: {{group: "1", percent_below: 50}}, act: {{fail_to: Yếu}}, cite: vd}}
  - {{id: thieu, when: {{evidence_missing: 2}}, act: {{at_most: Khá}}, cite: vd}}
groups:
  - id: "1"
    title: Nhóm
    max: 20
    cite: vd
    criteria:
      - {{id: "1.1", title: Việc, max: 16, kind: judged, cite: vd}}
      - {{id: "1.2", title: Việc khác, max: 2, kind: judged, {ZERO}, not_applicable: exclude, cite: vd}}
      - {{id: "1.3", title: Việc nữa, max: 2, kind: judged, {ZERO}, cite: vd}}
"""
)


@pytest.mark.parametrize(
    ("answers", "limited"),
    [
        ("A 1.1 16\nA 1.2 2\nA 1.3 2", ["thieu"]),  # both lose their points
        ("A 1.1 16\nA 1.2 2 CV-1\nA 1.3 2", []),
        ("A 1.1 16\nA 1.2 2\nA 1.3 0", []),  # where nothing is claimed there is nothing to prove
        ("A 1.1 16\nA 1.2 2|thẩm:0\nA 1.3 2", ["thieu"]),  # the appraiser had no evidence either
        ("A 1.1 16\nA 1.2 2|thẩm:2\nA 1.3 2", []),  # it was shown to the appraiser,
        ("A 1.1 16\nA 1.2 2|thẩm:0|quyết:1\nA 1.3 2", []),  # or to the council later
        ("A 1.1 16\nA 1.2 2|thẩm:KPS\nA 1.3 2", []),  # nothing was lost that does not count
    ],
)
def test_evidence_is_missing_where_points_are_lost_for_want_of_it(answers: str, limited: list[str]) -> None:
    found = results_of(PROVED, "A", answers).limits.get("A", ())
    assert [applied.limit.id for applied in found] == limited


@pytest.mark.parametrize(
    ("answers", "rejected", "grade"),
    [
        ("A 1.1 9", [], "Yếu"),  # 9 of 20
        ("A 1.1 lỗi\nA 1.2 lỗi\nA 1.3 lỗi", [], None),  # not one figure that could be used
        ("", ["A"], None),  # a damaged file: nobody knows its points
        ("A 1.1 chưa|thẩm:9", ["A"], "Yếu"),  # but they were judged on paper
        ("", [], None),
    ],
)
def test_no_limit_on_a_share_speaks_on_a_unit_without_points(
    answers: str, rejected: list[str], grade: str | None
) -> None:
    results = results_of(PROVED, "A", answers, rejected=rejected)
    assert column(results, "grade") == [grade]
    assert bool(results.limits) == (grade is not None)
