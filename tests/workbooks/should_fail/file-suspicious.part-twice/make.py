"""Two parts of one name: programs differ on which of them counts."""

from __future__ import annotations

import io
import warnings
import zipfile

from tests.workbooks.editing import SHEET, parts_of


def make(form: bytes) -> bytes:
    parts = parts_of(form)
    buffer = io.BytesIO(form)
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr(SHEET, parts[SHEET].replace(b"<v>40</v>", b"<v>20</v>"))
    return buffer.getvalue()
