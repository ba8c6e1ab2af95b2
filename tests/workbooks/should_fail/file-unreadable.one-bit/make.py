"""One bit of a sheet changed on the way."""

from __future__ import annotations

import io
import zipfile

from tests.workbooks.editing import SHEET


def make(form: bytes) -> bytes:
    entry = zipfile.ZipFile(io.BytesIO(form)).getinfo(SHEET)
    middle = entry.header_offset + 30 + len(SHEET) + entry.compress_size // 2
    return form[:middle] + bytes([form[middle] ^ 1]) + form[middle + 1 :]
