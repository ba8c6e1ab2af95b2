"""A sheet of an appraiser's workbook: one criterion over all units, or one unit over all criteria."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from criteria.exact import as_float, vietnamese
from criteria.model import Criterion
from criteria.worth import Givable
from evidence.appraisal.formulas import (
    cell,
    check_formula,
    column,
    typed_formula,
    typed_value,
    validation,
)
from evidence.appraisal.layout import (
    AT,
    COLUMNS,
    DONE,
    HIDDEN,
    KPS,
    LAST_SHOWN,
    NO_POINTS,
    NO_REASON,
    WAITING,
    WRONG,
    Mode,
    widths,
)
from evidence.appraisal.rows import Row
from evidence.appraisal.typed import allowed_text
from evidence.form.sheets import PROTECTION, set_page, write_marks
from evidence.form.styles import Styles, row_height
from evidence.round import Round

_COLOURS = {DONE: "#E2EFDA", NO_REASON: "#F8CBAD", NO_POINTS: "#F8CBAD", WRONG: "#F8CBAD"}
_GROUP_WORDS = {"scale": "điểm tối đa", "bonus": "điểm cộng, tối đa", "penalty": "điểm trừ, tối đa"}


@dataclass(frozen=True)
class Part:
    """One sheet: its name and rows."""

    name: str
    rows: tuple[Row, ...]

    def count(self, *words: str) -> int:
        """How many rows have one of these words in the column of checks."""
        return sum(row.check in words for row in self.rows)

    @property
    def asked(self) -> int:
        """How many rows wait for points or have them."""
        return sum(bool(row.check) for row in self.rows)


class Span(NamedTuple):
    """First and last row of a sheet's table below its headings, from 0."""

    first: int
    last: int


def write_part(
    book: Workbook,
    sheet: Worksheet,
    styles: Styles,
    round_: Round,
    mode: Mode,
    part: Part,
    lists: Mapping[Givable, str],
) -> Span:
    """Writes one sheet; gives where its rows stand."""
    for index, spec in enumerate(COLUMNS):
        hidden = {"hidden": True} if spec.key in HIDDEN[mode] else {}
        sheet.set_column(index, index, spec.width, None, hidden)
    heading = _write_head(sheet, styles, round_, mode, part)
    for index, spec in enumerate(COLUMNS):
        sheet.write_string(heading, index, spec.heading, styles["head"])
    sheet.set_row(heading, 34)
    row = heading + 1
    for title, rows in _sections(round_, mode, part):
        _write_section(sheet, styles, mode, row, title)
        for offset, item in enumerate(rows, 1):
            _write_row(sheet, styles, mode, item, row + offset, dict(lists))
        row += len(rows) + 1
    span = Span(heading + 1, row - 1)
    _write_progress(sheet, styles, part, heading - 1, span)
    _colour(book, sheet, span)
    sheet.freeze_panes(heading + 1, AT["criterion"] if mode == "criterion" else AT["max"])
    sheet.protect("", PROTECTION)
    sheet.print_area(0, 0, span.last, LAST_SHOWN)
    set_page(sheet, round_.marks, landscape=True, heading_rows=(heading, heading))
    return span


def _write_head(sheet: Worksheet, styles: Styles, round_: Round, mode: Mode, part: Part) -> int:
    """What the sheet is about; gives the row of the headings, with one left free for the progress."""
    room = [width or 0.0 for width in widths(mode)]
    lines = list(_lead(round_, mode, part.rows[0]))
    for row, (text, style) in enumerate(lines):
        sheet.merge_range(row, 0, row, LAST_SHOWN, "", styles[style])
        sheet.write_string(row, 0, text, styles[style])
        sheet.set_row(row, row_height((text, sum(room))) + (6 if style == "section" else 0))
    return write_marks(sheet, styles, round_, len(lines), room) + 1


def _lead(round_: Round, mode: Mode, row: Row) -> Iterator[tuple[str, str]]:
    if mode == "unit":
        yield f"{row.unit.name.upper()} ({row.unit.code})", "section"
        yield round_.block_line(row.unit.block), "wrapped"
        return
    leaf = row.leaf
    yield f"TIÊU CHÍ {leaf.id}. {leaf.title}", "section"
    yield _worth(round_, leaf, row.may), "wrapped"
    yield f"Cách chấm: {leaf.how}", "wrapped"
    if leaf.note:
        yield f"Ghi chú: {leaf.note}", "wrapped"
    basis = round_.criteria.basis(leaf.cite)
    if basis:
        yield f"Căn cứ: {basis}", "wrapped"


def _worth(round_: Round, leaf: Criterion, may: Givable) -> str:
    kind = round_.criteria.group_by_id[leaf.group].kind
    text = f"{_GROUP_WORDS[kind]} {vietnamese(leaf.top)}"
    return f"{text[0].upper()}{text[1:]}. Điểm thẩm định: {allowed_text(may)}."


def _sections(round_: Round, mode: Mode, part: Part) -> Iterator[tuple[str, list[Row]]]:
    """The rows by block, or by group of criteria, each with its heading."""
    if mode == "criterion":
        for block, rows in groupby(part.rows, key=lambda row: row.unit.block):
            yield round_.block_line(block), list(rows)
        return
    groups = round_.criteria.group_by_id
    for id_, rows in groupby(part.rows, key=lambda row: row.leaf.group):
        group = groups[id_]
        words = "" if group.kind == "scale" else f" ({_GROUP_WORDS[group.kind]} {vietnamese(group.top)})"
        yield f"{group.id}. {group.title}{words}", list(rows)


def _write_section(sheet: Worksheet, styles: Styles, mode: Mode, row: int, title: str) -> None:
    for index in range(LAST_SHOWN + 1):
        sheet.write_blank(row, index, None, styles["heading_line"])
    # not in the columns of codes: a heading must not be read as a row
    shown = "title" if "name" in HIDDEN[mode] else "name"
    sheet.write_string(row, AT[shown], title, styles["heading_line"])


def _write_row(
    sheet: Worksheet, styles: Styles, mode: Mode, row: Row, number: int, lists: dict[Givable, str]
) -> None:
    """One claim and the cells to fill beside it."""
    shown = _texts(mode, row)
    room = zip((COLUMNS[AT[key]].width for key in shown), shown.values(), strict=True)
    sheet.set_row(number, row_height(*((text, width) for width, text in room), (row.reason, 30)))
    for key, text in shown.items():
        style = "centred" if key in ("unit", "criterion", "status") else "text"
        sheet.write_string(number, AT[key], text, styles[style])
    for key, text in (("unit", row.unit.code), ("criterion", row.leaf.id), ("token", row.token)):
        if key not in shown:
            sheet.write_string(number, AT[key], text)
    if mode == "unit":
        sheet.write_number(number, AT["max"], as_float(row.leaf.top), styles["centred"])
    if row.state == "not_applicable":
        sheet.write_string(number, AT["self"], KPS, styles["centred"])
    elif row.self is None:
        sheet.write_blank(number, AT["self"], None, styles["centred"])
    else:
        sheet.write_number(number, AT["self"], as_float(row.self), styles["centred"])
    _write_points(sheet, styles, row, number, lists)
    sheet.write_string(number, AT["reason"], row.reason, styles["fill_text"])
    sheet.write_formula(cell(number, "value"), typed_formula(number), styles["helper"], typed_value(row))
    sheet.write_formula(cell(number, "check"), check_formula(row, number), styles["centred"], row.check)


def _texts(mode: Mode, row: Row) -> dict[str, str]:
    """The texts of a row that its sheet shows, by column."""
    texts = {
        "unit": row.unit.code,
        "name": row.unit.name,
        "criterion": row.leaf.id,
        "title": row.leaf.title + (f"\n({row.leaf.note})" if row.leaf.note else ""),
        "rule": row.leaf.how,
        "claim": row.claim,
        "evidence": row.evidence,
        "explanation": row.explanation,
        "status": row.status,
    }
    return {key: text for key, text in texts.items() if key not in HIDDEN[mode]}


def _write_points(
    sheet: Worksheet, styles: Styles, row: Row, number: int, lists: dict[Givable, str]
) -> None:
    place, style = cell(number, "points"), styles["fill_centred"]
    if isinstance(row.points, int | float) and not isinstance(row.points, bool):
        sheet.write_number(place, row.points, style)
    elif row.points:
        sheet.write_string(place, str(row.points), style)
    else:
        sheet.write_blank(place, None, style)
    told = {"error_title": "Điểm chưa đúng", "error_message": f"Cần {allowed_text(row.may)}."[:250]}
    rule = validation(row, number, lists)
    if rule:
        sheet.data_validation(place, {**rule, **told})


def _write_progress(sheet: Worksheet, styles: Styles, part: Part, row: int, span: Span) -> None:
    """How far the sheet is: counted by a formula, with what it comes to now."""
    checks = column(span.first, span.last, "check")
    done, asked = f'COUNTIF({checks},"{DONE}")', f'SUMPRODUCT(--({checks}<>""))'
    wrong = f'({asked}-{done}-COUNTIF({checks},"{WAITING}"))'
    formula = (
        f'="Đã chấm "&{done}&"/"&{asked}&IF({wrong}=0,"","; cần sửa "&{wrong}&" dòng (xem cột Kiểm tra)")'
    )
    sheet.merge_range(row, 0, row, LAST_SHOWN, "", styles["bold"])
    sheet.write_formula(row, 0, formula, styles["bold"], progress_text(part))


def progress_text(part: Part) -> str:
    """What the formula of the progress comes to."""
    wrong = part.count(NO_REASON, NO_POINTS, WRONG)
    told = f"; cần sửa {wrong} dòng (xem cột Kiểm tra)" if wrong else ""
    return f"Đã chấm {part.count(DONE)}/{part.asked}{told}"


def _colour(book: Workbook, sheet: Worksheet, span: Span) -> None:
    """The words of the column of checks in colours."""
    for word, colour in _COLOURS.items():
        sheet.conditional_format(
            span.first,
            AT["check"],
            span.last,
            AT["check"],
            {
                "type": "cell",
                "criteria": "==",
                "value": f'"{word}"',
                "format": book.add_format({"bg_color": colour}),
            },
        )
