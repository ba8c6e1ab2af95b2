"""A criteria set with edges that the shipped one lacks, counted in six different ways."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from evidence.round import Round, load_round


@dataclass(frozen=True)
class Counting:
    """How points and percents are rounded, where points are, what the grade looks at, and the hold."""

    points: tuple[int, str]
    at: str
    percent: tuple[int, str]
    grade_on: str
    hold: str = "true"


COUNTINGS = (
    Counting((3, "half_up"), "criterion", (2, "half_up"), "percent_of_applicable"),
    Counting((2, "half_even"), "criterion", (1, "half_even"), "percent_of_applicable", "false"),
    Counting((1, "down"), "group", (3, "down"), "percent_of_applicable"),
    Counting((1, "half_up"), "end", (0, "half_up"), "percent_of_applicable"),
    Counting((2, "half_even"), "end", (2, "down"), "points", "false"),
    Counting((2, "half_up"), "group", (1, "half_up"), "points"),
)
BALANCE = "2.1"  # of 40 points in steps of 0,001: brings any total to where a test wants it

CRITERIA = """\
criteria: thu-nghiem
title: Bộ tiêu chí để kiểm thử
decision: {{number: null, date: null, issuer: Không có, in_force: {{from: 2023-01-01}}}}
provenance: {{status: example, sources: {{tu-dat: Tự đặt}}}}
scale: 100
policy:
  points_step: 0.001
  points: {{digits: {points[0]}, rounding: {points[1]}, at: {at}}}
  percent: {{digits: {percent[0]}, rounding: {percent[1]}}}
  grade_on: {grade_on}
  hold_to_scale: {hold}
unit_types: {{xa: Xã}}
grades:
  - {{label: Tốt, from: 90, floors: [{{each: criterion, percent: 20}}, {{group: "1", percent: 60}}]}}
  - {{label: Khá, above: 70}}
  - {{label: '"Vừa"', from: 50}}
  - {{label: Yếu, from: 0}}
groups:
  - id: "1"
    title: Nhóm một
    max: 60
    cite: tu-dat
    criteria:
      - {{id: "1.1", title: Tỷ lệ có bậc lẻ, max: 9.7, kind: ratio, inputs: {{done: Xong, of: Tổng}}, bands: [{{from: 100, points: 9.7}}, {{from: 66.667, points: {{from: 4, to: 9}}}}, {{from: 33.333, points: 2.5}}, {{from: 0, points: 0}}], not_applicable: exclude, evidence: required, without_evidence: zero, cite: tu-dat}}
      - {{id: "1.2", title: Tỷ lệ có số lẻ, max: 7, kind: ratio, inputs: {{done: {{label: Đạt, decimals: 3}}, of: {{label: Tối đa, decimals: 1}}}}, bands: [{{from: 95.5, points: 7}}, {{from: 0, points: proportional}}], not_applicable: full, evidence: required, without_evidence: zero, cite: tu-dat}}
      - {{id: "1.3", title: Đếm cộng, max: 3, kind: count, inputs: {{count: Số lần}}, each: 0.7, direction: add, free: 1, floor: 0.4, not_applicable: full, evidence: optional, cite: tu-dat}}
      - {{id: "1.4", title: Đếm trừ, max: 10, kind: count, inputs: {{count: Số lần}}, each: 0.125, direction: take_off, free: 2, floor: 2.5, not_applicable: exclude, evidence: none, cite: tu-dat}}
      - {{id: "1.5", title: Chấm theo một phần tám, max: 5, kind: judged, step: 0.125, not_applicable: exclude, evidence: required, without_evidence: flag, cite: tu-dat}}
      - {{id: "1.6", title: Chấm theo một phần mười, max: 5, kind: judged, step: 0.1, evidence: required, without_evidence: zero, cite: tu-dat}}
      - {{id: "1.7", title: Chọn mức theo phần, max: 7, kind: choice, options: [{{label: "Đủ, đúng", share: 100}}, {{label: Một phần ba, share: 33.333}}, {{label: Có, points: 0.5}}, {{label: Không, points: 0}}], not_applicable: full, evidence: optional, cite: tu-dat}}
      - {{id: "1.8", title: Tỷ lệ thẳng, max: 7.3, kind: ratio, inputs: {{done: Xong, of: Tổng}}, bands: [{{from: 0, points: proportional}}], evidence: none, cite: tu-dat}}
      - {{id: "1.9", title: Đúng hạn theo bậc, max: 4, kind: timely, before: 2023-10-16, late: [{{days: 3, points: 2.5}}, {{days: 30, points: 1}}], evidence: none, cite: tu-dat}}
      - {{id: "1.10", title: Đúng hạn theo ngày, max: 2, kind: timely, by: 2023-10-16, per_day: 0.3, not_applicable: full, evidence: optional, cite: tu-dat}}
  - id: "2"
    title: Nhóm hai
    max: 40
    cite: tu-dat
    criteria:
      - {{id: "2.1", title: Chấm theo phần nghìn, max: 40, kind: judged, step: 0.001, evidence: none, cite: tu-dat}}
  - id: "3"
    kind: bonus
    title: Điểm cộng
    max: 2
    cite: tu-dat
    criteria:
      - {{id: "3.1", title: Mô hình mới, max: 1.5, kind: count, inputs: {{count: Số mô hình}}, each: 0.75, direction: add, evidence: required, without_evidence: zero, cite: tu-dat}}
      - {{id: "3.2", title: Được khen, max: 1.5, kind: judged, step: 0.25, evidence: none, cite: tu-dat}}
  - id: "4"
    kind: penalty
    title: Điểm trừ
    max: 2
    cite: tu-dat
    criteria:
      - {{id: "4.1", title: Bị nhắc nhở, max: 1.5, kind: count, inputs: {{count: Số lần}}, each: 0.5, direction: add, evidence: none, cite: tu-dat}}
      - {{id: "4.2", title: Bị kỷ luật, max: 1.5, kind: judged, step: 0.5, evidence: none, cite: tu-dat}}
"""
PLAN = """\
plan: ke-hoach-thu
title: Kế hoạch để kiểm thử
document: {number: null, date: null}
year: 2023
locality: Không có
criteria: thu-nghiem
appraisers: []
deadlines: []
targets: []
"""


def make_round(folder: Path, counting: Counting, codes: list[str]) -> Round:
    """A round of these units under the criteria set counted so."""
    own = folder / "tieu-chi"
    own.mkdir(parents=True)
    values = {name: getattr(counting, name) for name in ("points", "at", "percent", "grade_on", "hold")}
    (own / "thu-nghiem.yaml").write_text(CRITERIA.format(**values), encoding="utf-8")
    (own / "ke-hoach-thu.yaml").write_text(PLAN, encoding="utf-8")
    units = "".join(f'  - {{code: "{code}", name: Xã {code}, type: xa}}\n' for code in codes)
    text = f'round: thu\nplan: ke-hoach-thu\nyear: "2023"\nunits:\n{units}'
    (folder / "dot.yaml").write_text(text, encoding="utf-8")
    return load_round(folder)
