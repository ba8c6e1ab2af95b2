"""How the cases change a form: as a person in Excel would, or as no person could, in the file's own parts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

UNIT_SHEET, CRITERIA_SHEET, EVIDENCE_SHEET = "Thông tin", "Tự chấm", "Minh chứng"
SHEET = "xl/worksheets/sheet3.xml"  # the part of “Tự chấm”
STRINGS = "xl/sharedStrings.xml"


def of_another(form: bytes, code: str, other: str) -> bytes:
    """The form of one unit as that of another: its code in place of the first one's wherever that stands."""
    parts = parts_of(form)
    return packed({name: part.replace(code.encode(), other.encode()) for name, part in parts.items()}, 1)


def in_excel(form: bytes, change: Callable[[Workbook], object]) -> bytes:
    """The form opened, changed and saved."""
    book = openpyxl.load_workbook(io.BytesIO(form))
    change(book)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def typed(form: bytes, cells: Mapping[str, object]) -> bytes:
    """The form with these cells of “Tự chấm” typed into; text stays text, even with a leading `=`."""

    def change(book: Workbook) -> None:
        for address, value in cells.items():
            cell = book[CRITERIA_SHEET][address]
            cell.value = value  # type: ignore[assignment]
            if isinstance(value, str):
                cell.data_type = "s"

    return in_excel(form, change)


def unmerged(sheet: Worksheet) -> Worksheet:
    """The sheet without merged areas: openpyxl leaves them behind when rows move, Excel takes them along."""
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(area))
    return sheet


def parts_of(file: bytes) -> dict[str, bytes]:
    """The parts of a workbook by name."""
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes], level: int = 6) -> bytes:
    """A zip of these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def with_parts(form: bytes, **parts: bytes) -> bytes:
    """The form with these parts added or replaced; `__` in a name stands for `/`, `_dot_` for a dot."""
    named = {name.replace("__", "/").replace("_dot_", "."): content for name, content in parts.items()}
    return packed({**parts_of(form), **named})


def rewritten(form: bytes, part: str, old: bytes, new: bytes, times: int = 1) -> bytes:
    """The form with something else written in a part; what is replaced must be there."""
    parts = parts_of(form)
    assert old in parts[part], f"{old!r} is not in {part}"
    return packed({**parts, part: parts[part].replace(old, new, times)})


def cell_rewritten(form: bytes, address: str, xml: bytes) -> bytes:
    """The form with one cell of “Tự chấm” written so, whatever stood there."""
    parts = parts_of(form)
    content = parts[SHEET]
    start = content.index(b'<c r="%s"' % address.encode())
    end = content.index(b">", start) + 1
    if content[end - 2 : end] != b"/>":
        end = content.index(b"</c>", start) + 4
    return packed({**parts, SHEET: content[:start] + xml + content[end:]})


def prefixed(xml: bytes) -> bytes:
    """A part as Microsoft's own Open XML SDK writes it: `<x:c r="A1">`."""
    for sign, marked in ((b"<", b"<x:"), (b"<x:/", b"</x:"), (b"<x:?", b"<?")):
        xml = xml.replace(sign, marked)
    return xml.replace(b"xmlns=", b"xmlns:x=")
