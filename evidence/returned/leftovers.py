"""What a unit wrote where a form has no place for it: listed word for word, so that nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from criteria.model import Criterion, Unit
from evidence.form.cells import LONGEST_TEXT
from evidence.form.filling import FormEntry
from evidence.form.formulas import ALL_COLUMNS
from evidence.form.sheets import known_details
from evidence.layout import (
    EVIDENCE_COLUMNS,
    FORM_MARK,
    GUIDE_SHEET,
    LEFT_COLUMNS,
    MEND_COLUMNS,
    MEND_SHEET,
    SIGNATURES,
    UNIT_FIELDS,
    UNIT_FIELDS_TO_FILL,
    Column,
    fold,
)
from evidence.reading.reader import Entry, Submission, Table
from evidence.reading.typed import as_text, is_blank
from evidence.reading.workbook import Sheet, address
from evidence.round import Round

# by row of the sheet: the criterion, what was sent, what is written
Placed: TypeAlias = Mapping[int, tuple[Criterion, Entry, FormEntry]]

_TYPED = {"x1": "(a)", "x2": "(b)", "na": "Không phát sinh", "evidence": "Minh chứng số",
          "explanation": "Giải trình"}  # fmt: skip
TOO_LONG = "Dài quá mức một ô chứa được: trong biểu mẫu chỉ còn phần đầu."
NOT_PLACED = "Không xếp được vào biểu mẫu: chép lại vào ô đúng nếu còn cần."
NO_INPUT = "Tiêu chí không có ô kê khai này: chép lại vào ô đúng nếu còn cần."
OFFICE = "Số liệu do cơ quan chủ trì nhập nên không lấy số đơn vị ghi."
OWN_SHEET = "Trang không thuộc biểu mẫu nên không chép lại; còn nguyên trong tệp đã gửi."
OFFICE_KNOWS = "Thông tin in sẵn đã ghi lại theo danh sách của đợt; nếu danh sách sai, báo cơ quan chủ trì."


@dataclass(frozen=True)
class Leftover:
    """Something that stood in what a unit sent: where, word for word, and what became of it."""

    place: str
    text: str
    note: str


def leftovers(
    round_: Round, unit: Unit, sheets: Sequence[Sheet], sent: Submission, placed: Placed
) -> Iterator[Leftover]:
    """Everything typed that is not in the form again as it was, in the order of the sheets."""
    known = known_details(round_, unit)
    names = dict(UNIT_FIELDS)
    for key, found in sent.details.items():
        if key not in UNIT_FIELDS_TO_FILL and found.value and fold(found.value) != fold(known[key]):
            yield Leftover(_at(found.sheet, found.cell), f"{names[key]}: {found.value}", OFFICE_KNOWS)
    if sent.table:
        yield from _rows(sent.table, placed)
        yield from _other_columns(sent.table, ALL_COLUMNS)
    if sent.evidence_table:
        for document in sent.documents:
            for key in ("number", "date", "issuer", "summary", "file"):
                where = _at(sent.evidence_table.sheet.name, sent.evidence_table.letters(document.row, key))
                yield from _too_long(where, getattr(document, key))
        yield from _other_columns(sent.evidence_table, EVIDENCE_COLUMNS)
    seen = {sent.table and sent.table.sheet.name, sent.evidence_table and sent.evidence_table.sheet.name}
    seen |= {found.sheet for found in sent.details.values()}
    for sheet in sheets:
        if sheet.name == MEND_SHEET:
            yield from _from_last_time(sheet)
        elif sheet.name not in seen and sheet.name != GUIDE_SHEET and sheet.cell(0, 0) != FORM_MARK:
            cells = sum(not is_blank(cell) for row in sheet.rows for cell in row)
            if cells:
                yield Leftover(f"trang “{sheet.name}”", f"({cells} ô có dữ liệu)", OWN_SHEET)


def _rows(table: Table, placed: Placed) -> Iterator[Leftover]:
    """What was typed in rows that the form does not have, and what stands otherwise in those it has."""
    for row in range(table.heading_row + 1, len(table.sheet.rows)):
        if row in placed:
            yield from _cells(table, row, *placed[row])
            continue
        texts = {key: as_text(table.cell(row, key)).strip() for key in _TYPED}
        texts = {key: text for key, text in texts.items() if text and text not in SIGNATURES}
        if texts:
            id_ = as_text(table.cell(row, "id")).strip()
            where = f"{_at(table.sheet.name, f'dòng {row + 1}')}" + (f", mã “{id_}”" if id_ else "")
            said = "; ".join(f"{_TYPED[key]}: {text}" for key, text in texts.items())
            yield Leftover(where, said, NOT_PLACED)


def _cells(table: Table, row: int, leaf: Criterion, entry: Entry, again: FormEntry) -> Iterator[Leftover]:
    """The cells of a placed row whose content is not written as it stood."""
    for index, key in enumerate(("x1", "x2")):
        sent, written = getattr(entry, key), getattr(again, key)
        where = _at(table.sheet.name, table.letters(row, key))
        if is_blank(sent):
            continue
        if index >= len(leaf.rule.inputs):
            yield Leftover(where, as_text(sent), NO_INPUT)
        elif leaf.rule.inputs[index].table:
            yield Leftover(where, as_text(sent), OFFICE)
        elif as_text(sent) != as_text(written):
            yield Leftover(where, as_text(sent), _rewritten(as_text(written)))
    for key in ("x1", "x2", "na", "evidence", "explanation"):
        yield from _too_long(_at(table.sheet.name, table.letters(row, key)), as_text(getattr(entry, key)))
    mark = as_text(entry.na)
    if mark != again.na and not is_blank(entry.na):
        yield Leftover(_at(table.sheet.name, table.letters(row, "na")), mark, _rewritten(again.na))


def _too_long(where: str, text: str) -> Iterator[Leftover]:
    """A text of which a cell of Excel holds the beginning only."""
    if len(text) > LONGEST_TEXT:
        yield Leftover(where, text, TOO_LONG)


def _rewritten(text: str) -> str:
    return f"Hiểu là “{text}” và ghi lại như vậy để biểu mẫu tính được."


def _other_columns(table: Table, own: Sequence[Column]) -> Iterator[Leftover]:
    """Cells beside the table's own columns."""
    names = {fold(column.heading) for column in own}
    heads = table.sheet.rows[table.heading_row]
    first: dict[str, int] = {}  # of two columns under one heading, only one was read
    for index, cell in enumerate(heads):
        first.setdefault(fold(as_text(cell)), index)
    read = {fold(as_text(heads[index])) for index in table.columns.values()}
    ours = {index for name, index in first.items() if name in names - read} | set(table.columns.values())
    for row, cells in enumerate(table.sheet.rows[table.heading_row :], table.heading_row):
        for column, cell in enumerate(cells):
            if column not in ours and not is_blank(cell):
                yield Leftover(_at(table.sheet.name, address(row, column)), as_text(cell), NOT_PLACED)


def _from_last_time(sheet: Sheet) -> Iterator[Leftover]:
    """The unit's answers on the list of the form given back before, and what was left over then."""
    answers = {fold(column.heading): column.key for column in MEND_COLUMNS}
    left = {fold(column.heading): column.key for column in LEFT_COLUMNS}
    columns: dict[str, int] = {}
    for row, cells in enumerate(sheet.rows):
        heads = {fold(as_text(cell)): index for index, cell in enumerate(cells)}
        for table in (answers, left):
            found = {key: heads[name] for name, key in table.items() if name in heads}
            if len(found) == len(table):
                columns, heads = found, {}
                break
        if not heads or not columns:
            continue
        texts = {key: as_text(sheet.cell(row, index)).strip() for key, index in columns.items()}
        if texts.get("answer"):
            where = f"trang “{MEND_SHEET}” lần trước, mục {texts['no']} ({texts['place']})"
            yield Leftover(where, texts["answer"], f"Đơn vị trả lời về: {texts['message']}")
        elif texts.get("text") and texts["no"]:
            yield Leftover(texts["place"], texts["text"], texts["note"])


def _at(sheet: str, cell: str) -> str:
    return f"{sheet}, {cell}" if sheet else cell
