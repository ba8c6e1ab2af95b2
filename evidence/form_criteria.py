"""The criteria sheet of a form: a row a criterion, its points computed live beside stored values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from xlsxwriter.worksheet import Worksheet

from criteria.exact import LARGEST, UNIT, as_float, excel_divide, plain, share
from criteria.model import CriteriaSet, Criterion, Group, Policy, Unit
from criteria.rules import Input
from evidence.filling import Filling, FormEntry, Typed, Worth
from evidence.form_sheets import PROTECTION, set_page, set_widths, write_marks
from evidence.form_styles import Styles, row_height
from evidence.layout import (
    CRITERIA_COLUMNS,
    HELPER_COLUMNS,
    NOT_APPLICABLE_MARK,
    column_letter,
    positions,
)
from evidence.round import Round
from evidence.typed import NotUnderstood, expected, is_blank, parse_input

ALL_COLUMNS = (*CRITERIA_COLUMNS, *HELPER_COLUMNS)
AT = positions(ALL_COLUMNS)
LAST_PRINTED = len(CRITERIA_COLUMNS) - 1
WIDTHS = [column.width for column in CRITERIA_COLUMNS]
STATE_TEXTS = {
    "answered": "Đủ",
    "not_applicable": "Không phát sinh",
    "faulty": "Số liệu sai",
    "blank": "Chưa kê khai",
}
NO_EVIDENCE_TEXT = "Thiếu minh chứng"


@dataclass(frozen=True)
class _Row:
    """A criterion's row (from 0): the addresses that its formulas refer to."""

    number: int

    def __getitem__(self, key: str) -> str:
        return f"{column_letter(AT[key])}{self.number + 1}"


def write_criteria_sheet(
    sheet: Worksheet,
    styles: Styles,
    round_: Round,
    unit: Unit,
    filling: Filling,
    lists: Mapping[str, str],
) -> None:
    """Writes the whole sheet; `lists` are the ranges of the level lists by criterion id."""
    criteria = round_.criteria
    set_widths(sheet, WIDTHS)
    for column in range(LAST_PRINTED + 1, len(ALL_COLUMNS)):
        sheet.set_column(column, column, ALL_COLUMNS[column].width, None, {"hidden": True})
    heading = _write_top(sheet, styles, round_, unit)
    for column, spec in enumerate(ALL_COLUMNS):
        sheet.write_string(heading, column, spec.heading, styles["head"])
    sheet.set_row(heading, 34)
    row = heading + 1
    group_rows: list[_Row] = []
    for group in criteria.groups:
        leaves = [leaf for leaf in group.criteria if unit.type in leaf.applies_to]
        if not leaves:
            continue
        group_row = _Row(row)
        group_rows.append(group_row)
        for offset, leaf in enumerate(leaves, 1):
            _write_leaf(sheet, styles, criteria.policy, leaf, _Row(row + offset), filling, lists)
        _write_group(sheet, styles, group, leaves, group_row, filling)
        row += len(leaves) + 1
    row = _write_totals(sheet, styles, criteria, unit, row, group_rows, filling)
    _write_signatures(sheet, styles, row + 1)
    sheet.freeze_panes(heading + 1, 2)
    sheet.protect("", PROTECTION)
    sheet.print_area(0, 0, row + 8, LAST_PRINTED)
    set_page(sheet, landscape=True, heading_rows=(heading, heading))


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
    basis = f"(Theo {round_.criteria.decision.document}; {round_.plan.document})"
    for row, text, style in ((3, title, "title"), (4, basis, "centre")):
        sheet.merge_range(row, 0, row, LAST_PRINTED, "", styles[style])
        sheet.write_string(row, 0, text, styles[style])
    return write_marks(sheet, styles, round_, 5, WIDTHS) + 1


def _write_leaf(
    sheet: Worksheet,
    styles: Styles,
    policy: Policy,
    leaf: Criterion,
    row: _Row,
    filling: Filling,
    lists: Mapping[str, str],
) -> None:
    entry, worth, n = filling.entry(leaf), filling.worth_of(leaf), row.number
    sheet.write_string(n, AT["id"], leaf.id, styles["centred"])
    title = f"{leaf.title}\n({leaf.note})" if leaf.note else leaf.title
    rule = leaf.rule.describe()
    pairs = zip("ab", leaf.rule.inputs, strict=False)
    labels = "\n".join(f"({letter}) {wanted.label}" for letter, wanted in pairs)
    texts = {"title": title, "rule": rule, "labels": labels}
    if isinstance(entry.x1, str):
        texts["x1"] = entry.x1
    texts |= {"evidence": entry.evidence, "explanation": entry.explanation}
    sheet.set_row(n, row_height(*((text, WIDTHS[AT[key]]) for key, text in texts.items())))
    sheet.write_string(n, AT["title"], title, styles["text"])
    sheet.write_number(n, AT["max"], as_float(leaf.top), styles["centred"])
    sheet.write_string(n, AT["rule"], rule, styles["text"])
    sheet.write_string(n, AT["labels"], labels, styles["text"])
    for index, key in enumerate(("x1", "x2")):
        _write_input(sheet, styles, leaf, index, row[key], (entry.x1, entry.x2)[index], lists)
    if leaf.not_applicable == "forbidden" and not entry.na:
        sheet.write_blank(n, AT["na"], None, styles["closed"])
    else:
        sheet.write_string(n, AT["na"], entry.na, styles["fill_centred"])
        if leaf.not_applicable != "forbidden":
            sheet.data_validation(row["na"], {"validate": "list", "source": [NOT_APPLICABLE_MARK]})
    sheet.write_string(n, AT["evidence"], entry.evidence, styles["fill_text"])
    sheet.write_string(n, AT["explanation"], entry.explanation, styles["fill_text"])
    _write_live(sheet, styles, policy, leaf, row, entry, worth, lists)


def _write_input(
    sheet: Worksheet,
    styles: Styles,
    leaf: Criterion,
    index: int,
    cell: str,
    typed: Typed,
    lists: Mapping[str, str],
) -> None:
    if index >= len(leaf.rule.inputs):
        sheet.write_blank(cell, None, styles["closed"])
        return
    wanted = leaf.rule.inputs[index]
    if typed is None or typed == "":
        sheet.write_blank(cell, None, styles["fill_centred"])
    elif isinstance(typed, (int, float)):
        sheet.write_number(cell, typed, styles["fill_centred"])
    else:
        sheet.write_string(cell, str(typed), styles["fill_centred"])
    rule: dict[str, object] = {
        "error_title": "Số liệu chưa đúng",
        "error_message": f"Cần {expected(wanted)}."[:250],
    }
    if wanted.type == "level":
        rule |= {"validate": "list", "source": f"={lists[leaf.id]}"}
    else:
        whole = wanted.step % UNIT == 0
        most = float(plain(wanted.most if wanted.most is not None else LARGEST))
        rule |= {"validate": "integer" if whole else "decimal", "criteria": "between", "minimum": 0}
        rule |= {"maximum": int(most) if whole else most}
    sheet.data_validation(cell, rule)


def _write_live(
    sheet: Worksheet,
    styles: Styles,
    policy: Policy,
    leaf: Criterion,
    row: _Row,
    entry: FormEntry,
    worth: Worth,
    lists: Mapping[str, str],
) -> None:
    """The cells that follow from what was typed: values, state, points, applicable maximum."""
    for index, wanted in enumerate(leaf.rule.inputs):
        value = _value(wanted, (entry.x1, entry.x2)[index])
        formula = _value_formula(wanted, row[f"x{index + 1}"], lists.get(leaf.id, ""))
        sheet.write_formula(row[f"value{index + 1}"], formula, styles["helper"], value)
    sheet.write_formula(row["state"], _state_formula(leaf, row), styles["helper"], worth.state)
    points = "" if worth.points is None else as_float(worth.points)
    sheet.write_formula(row["points"], _points_formula(leaf, policy, row), styles["centred"], points)
    status = STATE_TEXTS[worth.state]
    if worth.state == "answered" and leaf.evidence == "required" and not entry.evidence.strip():
        status = NO_EVIDENCE_TEXT
    sheet.write_formula(row["status"], _status_formula(leaf, row), styles["centred"], status)
    if leaf.not_applicable == "exclude":
        formula = f'=IF({row["state"]}="not_applicable",0,{plain(leaf.top)})'
        sheet.write_formula(row["applicable"], formula, styles["helper"], as_float(worth.applicable))
    else:
        sheet.write_number(row["applicable"], as_float(leaf.top), styles["helper"])


def _value(wanted: Input, typed: Typed) -> float | int | str:
    """What the value formula gives: a number, a level counted from 1, nothing, or `?`."""
    if is_blank(typed):
        return ""
    try:
        value = parse_input(wanted, typed)
    except NotUnderstood:
        return "?"
    assert value is not None
    return value + 1 if wanted.type == "level" else as_float(value)


def _value_formula(wanted: Input, cell: str, levels: str) -> str:
    if wanted.type == "level":
        return f'=IF(TRIM({cell})="","",IFERROR(MATCH(TRIM({cell}),{levels},0),"?"))'
    number = f'_xlfn.NUMBERVALUE(SUBSTITUTE(TRIM({cell}),".",","),","," ")'
    return f'=IF(ISNUMBER({cell}),{cell},IF(TRIM({cell})="","",IFERROR({number},"?")))'


def _state_formula(leaf: Criterion, row: _Row) -> str:
    inputs = leaf.rule.inputs
    values = [row["value1"], row["value2"]][: len(inputs)]
    none = "AND(" + ",".join(f'{cell}=""' for cell in values) + ")"
    tests = [test for wanted, cell in zip(inputs, values, strict=True) for test in _tests(wanted, cell)]
    tests += [f"{values[0]}<={values[1]}" for wanted in inputs if wanted.within]
    sound = f"IF(COUNT({','.join(values)})<{len(values)},FALSE,IFERROR(AND({','.join(tests)}),FALSE))"
    mark = f"LOWER(TRIM({row['na']}))"
    may = f'AND({none},OR({mark}="x",{mark}="kps",{mark}="không phát sinh"))'
    declared = "FALSE" if leaf.not_applicable == "forbidden" else may
    return (
        f'=IF(TRIM({row["na"]})<>"",IF({declared},"not_applicable","faulty"),'
        f'IF({none},"blank",IF({sound},"answered","faulty")))'
    )


def _tests(wanted: Input, cell: str) -> list[str]:
    """Excel conditions for a sound value of one input."""
    if wanted.type == "level":
        return [f"{cell}>=1"]
    most = wanted.most if wanted.most is not None else LARGEST
    tests = [f"{cell}{'>' if wanted.positive else '>='}0", f"{cell}<={plain(most)}"]
    if wanted.step % UNIT == 0:
        tests.append(f"{cell}=INT({cell})")
    else:
        tests.append(f"ABS({cell}*{UNIT}-ROUND({cell}*{UNIT},0))<0.000001")
    if wanted.step not in (1, UNIT):
        tests.append(f"MOD(ROUND({cell}*{UNIT},0),{wanted.step})=0")
    return tests


def _points_formula(leaf: Criterion, policy: Policy, row: _Row) -> str:
    values = [row["value1"], row["value2"]][: len(leaf.rule.inputs)]
    exact = leaf.rule.formula(values)
    points = excel_divide(exact.num, exact.den, policy.points_digits, policy.points_rounding)
    if leaf.loses_without_evidence:
        points = f'IF(TRIM({row["evidence"]})="",0,{points})'
    elsewhere = '""'
    if leaf.not_applicable == "full":
        elsewhere = f'IF({row["state"]}="not_applicable",{plain(leaf.top)},"")'
    return f'=IF({row["state"]}="answered",{points},{elsewhere})'


def _status_formula(leaf: Criterion, row: _Row) -> str:
    done = f'"{STATE_TEXTS["answered"]}"'
    if leaf.evidence == "required":
        done = f'IF(TRIM({row["evidence"]})="","{NO_EVIDENCE_TEXT}",{done})'
    state = row["state"]
    return (
        f'=IF({state}="answered",{done},IF({state}="not_applicable","{STATE_TEXTS["not_applicable"]}",'
        f'IF({state}="faulty","{STATE_TEXTS["faulty"]}","{STATE_TEXTS["blank"]}")))'
    )


def _write_group(
    sheet: Worksheet,
    styles: Styles,
    group: Group,
    leaves: list[Criterion],
    row: _Row,
    filling: Filling,
) -> None:
    """The heading row of a group with its subtotals."""
    n = row.number
    for column in range(LAST_PRINTED + 1):
        sheet.write_blank(n, column, None, styles["group"])
    sheet.write_string(n, AT["id"], group.id, styles["group_number"])
    sheet.set_row(n, row_height((group.title, WIDTHS[AT["title"]])))
    sheet.write_string(n, AT["title"], group.title, styles["group"])
    sheet.write_number(n, AT["max"], as_float(sum(leaf.top for leaf in leaves)), styles["group_number"])
    worth = [filling.worth_of(leaf) for leaf in leaves]
    for key, value in (
        ("points", sum(item.points or 0 for item in worth)),
        ("applicable", sum(item.applicable for item in worth)),
    ):
        letter = column_letter(AT[key])
        formula = f"=ROUND(SUM({letter}{n + 2}:{letter}{n + 1 + len(leaves)}),3)"
        style = styles["group_number" if key == "points" else "helper"]
        sheet.write_formula(row[key], formula, style, as_float(value))


def _write_totals(
    sheet: Worksheet,
    styles: Styles,
    criteria: CriteriaSet,
    unit: Unit,
    n: int,
    groups: list[_Row],
    filling: Filling,
) -> int:
    """Total, applicable maximum, percent and grade so far; gives the next free row."""
    worth = [filling.worth_of(leaf) for leaf in criteria.applying(unit.type)]
    points = sum(item.points or 0 for item in worth)
    top = sum(item.applicable for item in worth)
    answered = any(item.state in ("answered", "not_applicable") for item in worth)
    total, applicable = (_Row(n)["points"], _Row(n + 1)["points"])
    lines = [
        ("Tổng điểm tự chấm", f"=ROUND({'+'.join(row['points'] for row in groups)},3)", as_float(points)),
        (
            "Điểm tối đa áp dụng cho đơn vị (đã trừ phần không phát sinh)",
            f"=ROUND({'+'.join(row['applicable'] for row in groups)},3)",
            as_float(top),
        ),
        (
            "Tỷ lệ so với điểm tối đa áp dụng (%)",
            *_percent(criteria.policy, total, applicable, points, top),
        ),
    ]
    if criteria.grades:
        states = f"{column_letter(AT['state'])}{groups[0].number + 1}:{column_letter(AT['state'])}{n}"
        begun = f'COUNTIF({states},"answered")+COUNTIF({states},"not_applicable")=0'
        formula = f'=IF({begun},"",{_grade(criteria, total, applicable)})'
        lines.append(
            ("Xếp loại tạm tính theo điểm tự chấm", formula, (filling.grade or "") if answered else "")
        )
    for offset, (label, formula, value) in enumerate(lines):
        for column in range(LAST_PRINTED + 1):
            sheet.write_blank(n + offset, column, None, styles["total"])
        sheet.merge_range(n + offset, 0, n + offset, AT["na"], "", styles["total_label"])
        sheet.write_string(n + offset, 0, label, styles["total_label"])
        sheet.write_formula(_Row(n + offset)["points"], formula, styles["total"], value)
    return n + len(lines)


def _percent(policy: Policy, total: str, applicable: str, points: int, top: int) -> tuple[str, float | str]:
    num, den = f"ROUND({total}*{UNIT},0)*{100 * UNIT}", f"ROUND({applicable}*{UNIT},0)"
    formula = excel_divide(num, den, policy.percent_digits, policy.percent_rounding)
    if not top:
        return f'=IF({applicable}=0,"",{formula})', ""
    exact = share(np.array([points]), np.array([top]), policy.percent_digits, policy.percent_rounding)
    return f'=IF({applicable}=0,"",{formula})', as_float(int(exact[0]))


def _grade(criteria: CriteriaSet, total: str, applicable: str) -> str:
    """Nested Excel condition for the grade, on whole thousandths."""
    text = '""'
    for grade in reversed(criteria.grades):
        label = grade.label.replace('"', '""')
        if criteria.policy.grade_on == "points":
            enough = f"ROUND({total}*{UNIT},0)>={grade.start}"
        else:
            enough = f"ROUND({total}*{UNIT},0)*{100 * UNIT}>={grade.start}*ROUND({applicable}*{UNIT},0)"
        text = f'IF({enough},"{label}",{text})'
    return f'IF({applicable}=0,"",{text})'


def _write_signatures(sheet: Worksheet, styles: Styles, row: int) -> None:
    for column, last, title in (
        (0, AT["rule"] - 1, "NGƯỜI LẬP BIỂU"),
        (AT["x1"], LAST_PRINTED, "THỦ TRƯỞNG ĐƠN VỊ"),
    ):
        for offset, text, style in ((0, title, "centre_bold"), (1, "(Ký, ghi rõ họ tên)", "centre")):
            sheet.merge_range(row + offset, column, row + offset, last, "", styles[style])
            sheet.write_string(row + offset, column, text, styles[style])
