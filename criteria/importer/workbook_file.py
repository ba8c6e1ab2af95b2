"""Workbooks written whole or not at all, with the same bytes for the same contents."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.workbook import Workbook

from criteria.catalogue import Refusal

MADE = datetime(2000, 1, 1)  # a fixed day: same contents, same bytes


def write_workbook(path: Path, fill: Callable[[Workbook], None], check: Callable[[Path], None]) -> None:
    """Writes a workbook beside `path`, has it checked and moves it into place; raises Refusal."""
    handle, name = tempfile.mkstemp(suffix=".xlsx", prefix=".danvan-", dir=_folder(path))
    os.close(handle)
    made = Path(name)
    try:
        book = xlsxwriter.Workbook(made, {"strings_to_formulas": False, "strings_to_urls": False})
        book.set_properties({"created": MADE})
        fill(book)
        book.close()
        check(made)
        made.replace(path)
    except PermissionError as error:
        raise Refusal(
            f"Không ghi được “{path.name}”: tệp đang mở trong Excel hoặc không có quyền ghi. "
            "Xin đóng tệp rồi làm lại."
        ) from error
    finally:
        made.unlink(missing_ok=True)


def write_text(sheet: Any, row: int, column: int, text: str, form: Any) -> None:
    """Writes what people typed as text, never as a formula; nothing as an empty cell."""
    if text:
        sheet.write_string(row, column, text, form)
    else:
        sheet.write_blank(row, column, None, form)


def fit_height(sheet: Any, row: int, texts: Sequence[str], widths: Sequence[int]) -> None:
    """Makes a row high enough for its wrapped texts: not every program does so on opening."""
    lines = (
        sum(len(part) * 10 // (width * 11) + 1 for part in text.split("\n"))
        for text, width in zip(texts, widths, strict=True)
    )
    sheet.set_row(row, min(15 * max(lines, default=1), 400))


def _folder(path: Path) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refusal(f"Không tạo được thư mục “{path.parent}”.") from error
    return path.parent
