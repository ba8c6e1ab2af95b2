"""The criteria sheet of a form: a row a criterion, its points computed live beside stored values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from criteria.exact import LARGEST, UNIT, as_float, plain, share, vietnamese
from criteria.model import CriteriaSet, Criterion, Group, Unit
from evidence.form.cells import LONGEST_TEXT, Pen, write_typed
from evidence.form.filling import Filling, FormEntry, Typed, Worth
from evidence.form.formulas import (
    ALL_COLUMNS,
    AT,
    NO_EVIDENCE_TEXT,
    STATE_TEXTS,
    FormRow,
    blank_text,
    day_text,
    day_text_formula,
    exact_formula,
    grade_formula,
    group_formula,
    percent_formula,
    points_formula,
    state_formula,
    status_formula,
    total_formula,
    value_formula,
    value_of,
)
from evidence.form.sheets import PROTECTION, set_page, set_widths, write_marks
from evidence.form.styles import Styles, row_height
from evidence.layout import CRITERIA_COLUMNS, NOT_APPLICABLE_MARK, SIGNATURES, column_letter
from evidence.problems import At
from evidence.reading.typed import expected
from evidence.round import Round

LAST_PRINTED = len(CRITERIA_COLUMNS) - 1
WIDTHS = [column.width for column in CRITERIA_COLUMNS]


@dataclass(frozen=True)
class _Table:
    """The table being written; `lists` are the ranges of the level lists by criterion id."""

    pen: Pen
    criteria: CriteriaSet
    filling: Filling
    lists: Mapping[str, str]

    @property
    def sheet(self) -> Worksheet:
        return self.pen.sheet

    @property
    def styles(self) -> Styles:
        return self.pen.styles

    def style(self, row: FormRow, id_: str, key: str, name: str) -> Format:
        """The format of a criterion's or group's cell, as marked."""
        return self.pen.style(row.number, AT[key], name, At("criteria", id_, key))


def write_criteria_sheet(
    pen: Pen, round_: Round, unit: Unit, filling: Filling, lists: Mapping[str, str]
) -> None:
    """Writes the whole sheet; `lists` are the ranges of the level lists by criterion id."""
    criteria, sheet, styles = round_.criteria, pen.sheet, pen.styles
    table = _Table(pen, criteria, filling, lists)
    set_widths(sheet, WIDTHS)
    for column in range(LAST_PRINTED + 1, len(ALL_COLUMNS)):
        sheet.set_column(column, column, ALL_COLUMNS[column].width, None, {"hidden": True})
    heading = _write_top(sheet, styles, round_, unit)
    for column, spec in enumerate(ALL_COLUMNS):
        sheet.write_string(heading, column, spec.heading, styles["head"])
    sheet.set_row(heading, 34)
    row = heading + 1
    group_rows: dict[str, FormRow] = {}
    leaf_rows: dict[str, FormRow] = {}
    for group in criteria.groups:
        leaves = [leaf for leaf in group.criteria if unit.type in leaf.applies_to]
        if not leaves:
            continue
        group_rows[group.id] = FormRow(row)
        for offset, leaf in enumerate(leaves, 1):
            leaf_rows[leaf.id] = FormRow(row + offset)
            _write_leaf(table, leaf, leaf_rows[leaf.id])
        _write_group(table, group, leaves, group_rows[group.id])
        row += len(leaves) + 1
    row = _write_totals(table, unit, row, group_rows, leaf_rows)
    _write_signatures(sheet, styles, row + 1)
    sheet.freeze_panes(heading + 1, 2)
    sheet.protect("", PROTECTION)
    sheet.print_area(0, 0, row + 8, LAST_PRINTED)
    set_page(sheet, round_.marks, landscape=True, heading_rows=(heading, heading))


def _write_top(sheet: Worksheet, styles: Styles, round_: Round, unit: Unit) -> int:
    """The head of the sheet, in the form of official documents; gives the row of the headings."""
    right = AT["labels"]
    for row, (left_text, right_text, style) in enumerate(
        [
            (unit.name.upper(), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "centre_bold"),
            ("", "Độc lập - Tự do - Hạnh phúc", "motto"),
        ]
    ):
        sheet.merge_range(row, 0, row, AT["max"], "", styles["centre_bold"])
        sheet.write_string(row, 0, left_text, styles["centre_bold"])
        sheet.merge_range(row, right, row, LAST_PRINTED, "", styles[style])
        sheet.write_string(row, right, right_text, styles[style])
    title = f"BẢNG TỰ CHẤM ĐIỂM CÔNG TÁC DÂN VẬN CHÍNH QUYỀN NĂM {round_.year}"
    basis = f"(Theo {round_.criteria.decision.document.named}; {round_.plan.document.named})"
    for row, text, style in ((3, title, "title"), (4, basis, "centre")):
        sheet.merge_range(row, 0, row, LAST_PRINTED, "", styles[style])
        sheet.write_string(row, 0, text, styles[style])
    return write_marks(sheet, styles, round_, 5, WIDTHS) + 1


def _write_leaf(table: _Table, leaf: Criterion, row: FormRow) -> None:
    sheet, entry, n = table.sheet, table.filling.entry(leaf), row.number
    title = f"{leaf.title}\n({leaf.note})" if leaf.note else leaf.title
    pairs = zip("ab", leaf.rule.inputs, strict=False)
    labels = "\n".join(f"({letter}) {wanted.label}" for letter, wanted in pairs)
    texts = {"title": title, "rule": leaf.how, "labels": labels}
    typed = {"evidence": entry.evidence, "explanation": entry.explanation}
    inputs = {key: x for key, x in (("x1", entry.x1), ("x2", entry.x2)) if isinstance(x, str)}
    tall = texts | typed | inputs
    sheet.set_row(n, row_height(*((text, WIDTHS[AT[key]]) for key, text in tall.items())))

    def style(key: str, name: str) -> Format:
        return table.style(row, leaf.id, key, name)

    sheet.write_string(n, AT["id"], leaf.id, style("id", "centred"))
    sheet.write_number(n, AT["max"], as_float(leaf.top), style("max", "centred"))
    for key, text in texts.items():
        sheet.write_string(n, AT[key], text, style(key, "text"))
    for index, key in enumerate(("x1", "x2")):
        _write_input(table, leaf, index, row, getattr(entry, key))
    if leaf.not_applicable == "forbidden" and not entry.na:
        sheet.write_blank(n, AT["na"], None, style("na", "closed"))
    else:
        sheet.write_string(n, AT["na"], entry.na[:LONGEST_TEXT], style("na", "fill_centred"))
        if leaf.not_applicable != "forbidden":
            sheet.data_validation(row["na"], {"validate": "list", "source": [NOT_APPLICABLE_MARK]})
    for key, text in typed.items():
        sheet.write_string(n, AT[key], text[:LONGEST_TEXT], style(key, "fill_text"))
    _write_live(table, leaf, row, entry, table.filling.worth_of(leaf))


def _write_input(table: _Table, leaf: Criterion, index: int, row: FormRow, typed: Typed) -> None:
    key = f"x{index + 1}"
    if index >= len(leaf.rule.inputs):
        table.sheet.write_blank(row[key], None, table.style(row, leaf.id, key, "closed"))
        return
    wanted = leaf.rule.inputs[index]
    # a figure that comes from a table of the round is the office's to write, not the unit's
    name = "centred_grey" if wanted.table else "fill_day" if wanted.type == "date" else "fill_centred"
    write_typed(table.sheet, row.number, AT[key], typed, table.style(row, leaf.id, key, name))
    if wanted.table or wanted.type == "date":
        return  # a list or a range would refuse "không gửi"
    rule: dict[str, object] = {
        "error_title": "Số liệu chưa đúng",
        "error_message": f"Cần {expected(wanted)}."[:250],
    }
    if wanted.type == "level":
        rule |= {"validate": "list", "source": f"={table.lists[leaf.id]}"}
    else:
        whole = wanted.step % UNIT == 0
        most = float(plain(wanted.most if wanted.most is not None else LARGEST))
        rule |= {"validate": "integer" if whole else "decimal", "criteria": "between", "minimum": 0}
        rule |= {"maximum": int(most) if whole else most}
    table.sheet.data_validation(row[key], rule)


def _write_live(table: _Table, leaf: Criterion, row: FormRow, entry: FormEntry, worth: Worth) -> None:
    """The cells that follow from what was typed: values, state, points, applicable maximum."""
    sheet, styles, policy = table.sheet, table.styles, table.criteria.policy
    for index, wanted in enumerate(leaf.rule.inputs):
        value = value_of(wanted, (entry.x1, entry.x2)[index])
        formula = value_formula(wanted, row[f"x{index + 1}"], table.lists.get(leaf.id, ""), row["value2"])
        sheet.write_formula(row[f"value{index + 1}"], formula, styles["helper"], value)
        if wanted.type == "date":  # has no second figure: its cell holds the day as plain text
            formula = day_text_formula(row["x1"])
            sheet.write_formula(row["value2"], formula, styles["helper"], day_text(entry.x1))
    sheet.write_formula(row["state"], state_formula(leaf, row), styles["helper"], worth.state)
    points = "" if worth.points is None else as_float(worth.points)
    style = table.style(row, leaf.id, "points", "centred")
    sheet.write_formula(row["points"], points_formula(leaf, policy, row), style, points)
    status = blank_text(leaf) if worth.state == "blank" else STATE_TEXTS[worth.state]
    if worth.state == "answered" and leaf.evidence == "required" and not entry.evidence.strip():
        status = NO_EVIDENCE_TEXT
    style = table.style(row, leaf.id, "status", "centred")
    sheet.write_formula(row["status"], status_formula(leaf, row), style, status)
    if policy.points_at != "criterion":
        exact = float(worth.exact or 0) / UNIT
        sheet.write_formula(row["exact"], exact_formula(leaf, row), styles["helper"], exact)
    if table.criteria.group_by_id[leaf.group].kind != "scale":
        sheet.write_number(row["applicable"], 0, styles["helper"])
    elif leaf.not_applicable == "exclude":
        formula = f'=IF({row["state"]}="not_applicable",0,{plain(leaf.top)})'
        sheet.write_formula(row["applicable"], formula, styles["helper"], as_float(worth.applicable))
    else:
        sheet.write_number(row["applicable"], as_float(leaf.top), styles["helper"])


def _write_group(table: _Table, group: Group, leaves: list[Criterion], row: FormRow) -> None:
    """The heading row of a group with its subtotals."""
    sheet, styles, criteria, filling = table.sheet, table.styles, table.criteria, table.filling
    n = row.number
    for column in range(LAST_PRINTED + 1):
        sheet.write_blank(n, column, None, styles["group"])
    sheet.write_string(n, AT["id"], group.id, table.style(row, group.id, "id", "group_number"))
    title = group.title + GROUP_WORDS[group.kind].format(top=vietnamese(group.top))
    sheet.set_row(n, row_height((title, WIDTHS[AT["title"]])))
    sheet.write_string(n, AT["title"], title, table.style(row, group.id, "title", "group"))
    top = group.top if group.kind != "scale" else sum(leaf.top for leaf in leaves)
    sheet.write_number(n, AT["max"], as_float(top), table.style(row, group.id, "max", "group_number"))
    values = {
        "points": filling.group_points.get(group.id, 0),
        "applicable": sum(_applicable(criteria, filling, leaf) for leaf in leaves),
    }
    for key, value in values.items():
        if key == "applicable" and group.kind != "scale":
            continue
        formula = group_formula(criteria, group.id, key, n + 2, n + 1 + len(leaves))
        printed = key == "points"
        style = table.style(row, group.id, key, "group_number") if printed else styles["helper"]
        sheet.write_formula(row[key], formula, style, as_float(value))
    if criteria.policy.points_at != "criterion":
        exact = sum((filling.worth_of(leaf).exact or Fraction(0) for leaf in leaves), Fraction(0))
        exact = exact if group.kind == "scale" else min(exact, Fraction(group.top))
        formula = group_formula(criteria, group.id, "exact", n + 2, n + 1 + len(leaves))
        sheet.write_formula(row["exact"], formula, styles["helper"], float(exact) / UNIT)


GROUP_WORDS = {
    "scale": "",
    "bonus": " (điểm cộng, tối đa {top})",
    "penalty": " (điểm trừ, tối đa {top})",
}


def _applicable(criteria: CriteriaSet, filling: Filling, leaf: Criterion) -> int:
    """What a criterion counts towards the maximum: nothing outside the scale."""
    on_scale = criteria.group_by_id[leaf.group].kind == "scale"
    return filling.worth_of(leaf).applicable if on_scale else 0


def _write_totals(
    table: _Table, unit: Unit, n: int, groups: dict[str, FormRow], leaves: dict[str, FormRow]
) -> int:
    """Total, applicable maximum, percent and grade so far; gives the next free row."""
    sheet, styles, criteria, filling = table.sheet, table.styles, table.criteria, table.filling
    policy = criteria.policy
    top = sum(_applicable(criteria, filling, criteria.by_id[id_]) for id_ in leaves)
    total, applicable = (FormRow(n)["points"], FormRow(n + 1)["points"])
    scale = [row["applicable"] for id_, row in groups.items() if criteria.group_by_id[id_].kind == "scale"]
    counts = Counter(criteria.by_id[id_].group for id_ in leaves)
    percent: float | str = ""
    if top:
        shares = share(
            np.array([filling.total]), np.array([top]), policy.percent_digits, policy.percent_rounding
        )
        percent = as_float(int(shares[0]))
    lines: list[tuple[str, str, float | str]] = [
        ("Tổng điểm tự chấm", total_formula(criteria, groups, applicable), as_float(filling.total)),
        (
            "Điểm tối đa áp dụng cho đơn vị (đã trừ phần không phát sinh)",
            f"=ROUND({'+'.join(scale)},3)",
            as_float(top),
        ),
        ("Tỷ lệ so với điểm tối đa áp dụng (%)", percent_formula(policy, total, applicable), percent),
    ]
    if criteria.grades_of(unit.block):
        letter = column_letter(AT["points"])
        blocks = (
            f"{letter}{row.number + 2}:{letter}{row.number + 1 + counts[id_]}"
            for id_, row in groups.items()
        )
        begun = f"COUNT({','.join(blocks)})=0"
        grade = grade_formula(criteria, unit.block, total, applicable, leaves, groups)
        stored = (filling.grade or "") if filling.begun else ""
        lines.append(("Xếp loại tạm tính theo điểm tự chấm", f'=IF({begun},"",{grade})', stored))
    for offset, (label, formula, value) in enumerate(lines):
        for column in range(LAST_PRINTED + 1):
            sheet.write_blank(n + offset, column, None, styles["total"])
        sheet.merge_range(n + offset, 0, n + offset, AT["na"], "", styles["total_label"])
        sheet.write_string(n + offset, 0, label, styles["total_label"])
        sheet.write_formula(FormRow(n + offset)["points"], formula, styles["total"], value)
    return n + len(lines)


def _write_signatures(sheet: Worksheet, styles: Styles, row: int) -> None:
    for column, last, title in (
        (0, AT["rule"] - 1, SIGNATURES[0]),
        (AT["x1"], LAST_PRINTED, SIGNATURES[1]),
    ):
        for offset, text, style in ((0, title, "centre_bold"), (1, SIGNATURES[2], "centre")):
            sheet.merge_range(row + offset, column, row + offset, last, "", styles[style])
            sheet.write_string(row + offset, column, text, styles[style])
