"""Small rounds on the disk: their own plan and criteria, and a consolidated table written as text."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

NOON = datetime(2024, 1, 15, 5, 0, tzinfo=UTC)

CRITERIA = """\
criteria: {id}
title: Bộ tiêu chí nhỏ
decision: {{number: 1/QĐ-UBND, date: 2020-01-02, issuer: UBND huyện Ví Dụ, in_force: {{from: 2020-01-02}}}}
provenance: {{status: example, sources: {{vd: Văn bản ví dụ}}}}
scale: 20
unit_types: {{xa: UBND xã, phong: Phòng}}
policy: {{points_step: 0.25, percent: {{digits: 2, rounding: half_up}}, grade_on: percent_of_applicable}}
grades: [{{label: Tốt, from: 80}}, {{label: Khá, from: 65}}, {{label: Yếu, from: 0}}]
limits:
  - {{id: khong-ho-so, when: {{dossier: none}}, act: {{not_graded: Không hoàn thành}}, cite: vd}}
  - {{id: ky-luat, when: {{fact: bi-ky-luat}}, act: {{at_most: Khá}}, cite: vd}}
groups:
  - id: "1"
    title: Nhóm
    max: 20
    cite: vd
    criteria:
      - {{id: "1.1", title: Quán triệt, max: 10, kind: judged, cite: vd}}
      - {{id: "1.2", title: Tiếp dân, max: 6, kind: judged, not_applicable: exclude, cite: vd}}
      - {{id: "1.3", title: Báo cáo, max: 4, kind: judged, cite: vd}}
"""
PLAN = """\
plan: ke-hoach-{year}
title: Kế hoạch dân vận {year}
document: {{number: 5/KH-UBND, date: {year}-01-20, issuer: UBND huyện Ví Dụ}}
under: []
year: {year}
locality: huyện Ví Dụ
criteria: {id}
roster: null
cites: []
appraisers: [{{id: noi-vu, name: Phòng Nội vụ, role: lead, cite: mục IV}}]
deadlines: []
targets: []
duties: []
"""
# unit, its three appraised points; A and B stand in a row, C lags
POINTS = """\
A 9 6 4
B 9 5 4
C 6 3 2
"""


def make_round(
    folder: Path,
    points: str = POINTS,
    year: int = 2023,
    units: dict[str, str] | None = None,
    criteria: str = CRITERIA,
    kind: str = "Thẩm định",
    more: str = "",
    id_: str = "nho",
) -> Path:
    """A round's folder: a line a unit of code and points (`-` for none, `KPS`); names by code in `units`."""
    lines = [line.split() for line in points.strip().splitlines()]
    names = units or {code: f"UBND xã {code}" for code, *_ in lines}
    own = folder / "tieu-chi"
    own.mkdir(parents=True)
    (own / f"{id_}.yaml").write_text(criteria.format(id=id_), encoding="utf-8")
    (own / f"ke-hoach-{year}.yaml").write_text(PLAN.format(year=year, id=id_), encoding="utf-8")
    roster = "".join(f'  - {{code: "{code}", name: "{name}", type: xa}}\n' for code, name in names.items())
    (folder / "dot.yaml").write_text(
        f"round: {folder.name}\nplan: ke-hoach-{year}\nyear: {year}\nunits:\n{roster}{more}",
        encoding="utf-8",
    )
    write_points(folder, lines, kind)
    return folder


def write_points(folder: Path, lines: list[list[str]], kind: str = "Thẩm định") -> None:
    """Writes the consolidated table of these lines."""
    head = "Mã đơn vị;Tên đơn vị;Loại điểm;1.1;1.2;1.3"
    rows = [f"{code};;{kind};{';'.join('' if p == '-' else p for p in given)}" for code, *given in lines]
    (folder / "bang-diem.csv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
