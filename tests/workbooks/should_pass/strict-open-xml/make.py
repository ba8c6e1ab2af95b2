"""Saved by Excel as “Strict Open XML Spreadsheet”, which writes days as days."""

from __future__ import annotations

from tests.workbooks.editing import cell_rewritten, packed, parts_of

OLD, NEW = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"


def make(form: bytes) -> bytes:
    strict = {
        name: content.replace(OLD + b"spreadsheetml/2006/main", NEW + b"spreadsheetml/main").replace(
            OLD + b"officeDocument/2006/relationships", NEW + b"officeDocument/relationships"
        )
        for name, content in parts_of(form).items()
    }
    return cell_rewritten(packed(strict), "F18", b'<c r="F18" t="d"><v>2023-10-15</v></c>')
