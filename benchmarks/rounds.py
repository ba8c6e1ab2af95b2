"""Rounds of any size from a fixed seed: 60 criteria, 150 documents a unit, forms as `forms` writes them.

A few forms are written cell by cell; every unit's is one of these with its own code, name and texts put
into the XML, which is how 15,000 of them can be made in minutes. No figure here is anybody's.

    python -m benchmarks rounds FOLDER UNITS
"""

from __future__ import annotations

import io
import random
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import xlsxwriter

from criteria.model import Criterion
from evidence.folders import FOLDERS, RECEIVED, ROUND_FILE
from evidence.form.filling import Filling, FormDocument, FormEntry
from evidence.form.writer import write_form
from evidence.layout import TABLE_CODE, TABLE_NAME
from evidence.round import Round, load_round

SEED = 7
GROUPS, LEAVES, DOCUMENTS, VARIANTS, BLOCKS = 6, 10, 150, 24, 8
CODE, NAME = "MA-DON-VI-MAU", "Tên đơn vị mẫu"  # what a variant holds in place of a unit's own

_DAY = re.compile(rb">[0-9]{2}/[0-9]{2}/2023<")

_HEAD = """\
criteria: do-toc-do
title: Bộ tiêu chí để đo tốc độ
decision: {number: null, date: null, issuer: UBND tỉnh Ví Dụ, in_force: {from: 2023-01-01}}
provenance: {status: example, sources: {vd: Văn bản ví dụ}}
scale: 100
policy: {points_step: 0.25, percent: {digits: 2, rounding: half_up}, grade_on: percent_of_applicable}
unit_types: {xa: "UBND xã, phường"}
grades: [{label: Tốt, from: 90}, {label: Khá, from: 70}, {label: Trung bình, from: 50}, {label: Yếu, from: 0}]
groups:
"""
_RULES = (
    "kind: judged",
    "kind: ratio, inputs: {done: Số việc đúng hạn, of: Tổng số việc}, "
    "bands: [{from: 100, points: TOP}, {from: 70, points: proportional}, {from: 0, points: 0}]",
    "kind: choice, options: [{label: Đầy đủ, points: TOP}, {label: Một phần, share: 50}, {label: Chưa, points: 0}]",
    "kind: count, inputs: {count: Số lần chậm}, each: 0.25, direction: take_off",
)
_PLAN = """\
plan: do-toc-do-2023
title: Kế hoạch để đo tốc độ năm 2023
document: {number: null, date: null, issuer: UBND tỉnh Ví Dụ}
under: []
year: 2023
locality: tỉnh Ví Dụ
criteria: do-toc-do
roster: null
source: số liệu tự tạo
cites: []
appraisers: [{id: noi-vu, name: Sở Nội vụ, role: lead, cite: vd}]
deadlines: []
targets: [{id: tot, text: 60% đơn vị xếp loại Tốt, kind: grade_share, grade: Tốt, at_least: 60, of: all, cite: vd}]
duties: []
"""


def make_round(folder: Path, units: int, seed: int = SEED) -> Round:
    """A round of so many units in a new folder, each with a filled form in `nop/`."""
    round_ = make_empty(folder, units)
    rng = random.Random(seed)
    pattern = load_round(_pattern_folder(folder))
    variants = [_variant(folder, pattern, rng) for _ in range(min(VARIANTS, units))]
    for index, unit in enumerate(round_.units):
        _place(
            variants[index % len(variants)], folder / RECEIVED / f"{unit.code}.xlsx", unit.code, unit.name
        )
    return round_


def make_empty(folder: Path, units: int) -> Round:
    """The round without forms: criteria, plan, `dot.yaml` with the units in blocks."""
    for name in (*FOLDERS, "tieu-chi"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "tieu-chi" / "do-toc-do.yaml").write_text(_HEAD + "".join(_groups()), encoding="utf-8")
    (folder / "tieu-chi" / "do-toc-do-2023.yaml").write_text(_PLAN, encoding="utf-8")
    listed = [(f"{10001 + index}", f"UBND xã thứ {index + 1}", index % BLOCKS) for index in range(units)]
    _write_units(folder, f"do-toc-do-{units}", listed)
    return load_round(folder)


def make_table(folder: Path, units: int, name: str = "bang-diem.csv", seed: int = SEED) -> Round:
    """The same round as one consolidated table instead of forms: text with decimal commas, or a workbook."""
    round_ = make_empty(folder, units)
    rng = random.Random(seed)
    leaves = round_.criteria.criteria
    heading = [TABLE_CODE, TABLE_NAME, *(leaf.id for leaf in leaves)]
    points = ([rng.randrange(leaf.top // 250 + 1) * 0.25 for leaf in leaves] for _ in round_.units)
    rows = ([unit.code, unit.name, *own] for unit, own in zip(round_.units, points, strict=True))
    write = _write_workbook if name.endswith(".xlsx") else _write_text
    write(folder / name, [heading, *rows])
    return round_


def _write_text(path: Path, rows: list[list[Any]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="\n") as file:
        for row in rows:
            cells = (cell if isinstance(cell, str) else f"{cell:g}".replace(".", ",") for cell in row)
            file.write(";".join(cells) + "\n")


def _write_workbook(path: Path, rows: list[list[Any]]) -> None:
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)


def _write_units(folder: Path, name: str, units: list[tuple[str, str, int]]) -> None:
    lines = [f"round: {name}", "plan: do-toc-do-2023", 'year: "2023"', "mark: Số liệu tự tạo để đo tốc độ"]
    lines.append("blocks: {" + ", ".join(f"k{n}: Khối số {n + 1}" for n in range(BLOCKS)) + "}")
    lines.append("units:")
    lines += [
        f'  - {{code: "{code}", name: {unit}, type: xa, block: k{block}}}' for code, unit, block in units
    ]
    (folder / ROUND_FILE).write_text("\n".join(lines) + "\n", encoding="utf-8")


def _groups() -> Iterator[str]:
    number = 0
    for group in range(1, GROUPS + 1):
        tops = [2] * (7 if group <= 4 else 6) + [1] * (3 if group <= 4 else 4)
        yield f'  - id: "{group}"\n    title: Nhóm tiêu chí số {group}\n    max: {sum(tops)}\n'
        yield "    cite: vd\n    criteria:\n"
        for leaf, top in enumerate(tops, 1):
            rule = _RULES[number % len(_RULES)].replace("TOP", str(top))
            evidence = "required, without_evidence: flag" if number % 3 else "optional"
            yield f'      - {{id: "{group}.{leaf}", title: Nội dung thứ {leaf} của nhóm {group} về công tác dân vận, '
            yield f"max: {top}, evidence: {evidence}, not_applicable: exclude, cite: vd, {rule}}}\n"
            number += 1


def _pattern_folder(folder: Path) -> Path:
    """Beside the round, a round of one unit that bears the placeholders; its forms are the variants."""
    pattern = folder / "mau-de-do"
    make_empty(pattern, 0 + 1)
    _write_units(pattern, f"do-toc-do-{len(load_round(folder).units)}", [(CODE, NAME, 0)])
    return pattern


def _variant(folder: Path, pattern: Round, rng: random.Random) -> bytes:
    documents = [
        FormDocument(
            number=f"{number}/{rng.choice(['BC', 'KH', 'QĐ', 'TB'])}-UBND",
            date=_day(rng),
            issuer=NAME,
            summary=f"Văn bản số {number} về một nội dung của công tác dân vận chính quyền trong năm",
            file=f"{number}.pdf",
        )
        for number in range(1, DOCUMENTS + 1)
    ]
    leaves = GROUPS * LEAVES
    entries = {
        # all documents are shared out among the criteria
        leaf.id: _entry(leaf, rng, f"{index * DOCUMENTS // leaves + 1}-{(index + 1) * DOCUMENTS // leaves}")
        for index, leaf in enumerate(pattern.criteria.criteria)
    }
    path = folder / "mau-de-do" / "mau.xlsx"
    write_form(path, pattern, pattern.units[0], Filling(entries, documents=documents))
    return path.read_bytes()


def _day(rng: random.Random) -> str:
    return f"{rng.randint(1, 28):02d}/{rng.randint(3, 9):02d}/2023"


def _entry(leaf: Criterion, rng: random.Random, evidence: str) -> FormEntry:
    if rng.random() < 0.03:
        return FormEntry(na="x", explanation="Trong năm không phát sinh.")
    kind = leaf.rule.KIND
    if kind == "ratio":
        of = rng.randint(5, 60)
        return FormEntry(rng.randint(of * 6 // 10, of), of, "", evidence)
    if kind == "choice":
        return FormEntry(rng.choice(leaf.rule.inputs[0].levels[:2]), None, "", evidence)
    if kind == "count":
        return FormEntry(rng.choice([0, 0, 0, 1, 2]), None, "", evidence)
    steps = leaf.top // 250
    typed = rng.randint(steps // 2, steps) * 0.25
    return FormEntry(rng.choice([typed, f"{typed:g}".replace(".", ",")]), None, "", evidence)


def _place(variant: bytes, path: Path, code: str, name: str) -> None:
    """Writes a unit's form: the variant with the placeholders replaced in its texts, and days of its own.

    So no two units list the same documents, as none do that write their lists themselves.
    """
    rng = random.Random(code)
    changes = [(CODE.encode(), code.encode()), (NAME.encode(), name.encode())]
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(variant)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made,
    ):
        for item in source.infolist():
            data = source.read(item)
            if item.filename.endswith(("sharedStrings.xml", "core.xml")):
                for old, new in changes:
                    data = data.replace(old, new)
                data = _DAY.sub(lambda _: f">{_day(rng)}<".encode(), data)
            made.writestr(item.filename, data)
    path.write_bytes(out.getvalue())


def main() -> None:
    """Makes a round from the command line."""
    folder, units = Path(sys.argv[1]), int(sys.argv[2])
    folder.mkdir(parents=True)
    make_round(folder, units)


if __name__ == "__main__":
    main()
