"""A sheet of 300 MB of blanks in a file of 1,3 MB."""

from __future__ import annotations

import io
import zipfile

from tests.workbooks.editing import SHEET, parts_of


def make(form: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts_of(form).items():
            with archive.open(name, "w") as entry:
                entry.write(content.removesuffix(b"</worksheet>") if name == SHEET else content)
                if name == SHEET:
                    for _ in range(300):
                        entry.write(b" " * 2**20)
                    entry.write(b"</worksheet>")
    return buffer.getvalue()
