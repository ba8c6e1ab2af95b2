"""Opens an annex with the reader of its format; whatever is wrong with the file is one sentence."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from criteria.importer.source import Source, UnusableAnnex

LARGEST_INFLATED = 200_000_000  # bytes; a real annex has some hundred thousand

_Reader: TypeAlias = Callable[[Path], Source]


def read_source(path: Path) -> Source:
    """Paragraphs and tables of a .docx, .xlsx or .pdf file; raises UnusableAnnex."""
    if not path.is_file():
        raise UnusableAnnex(f"Không tìm thấy tệp “{path}”. Xin kiểm tra lại đường dẫn.")
    suffix = path.suffix.lower()
    if suffix == ".docx":
        from criteria.importer.word import read_word

        _check_zip(path)
        return _guarded(path, read_word)
    if suffix in (".xlsx", ".xlsm"):
        from criteria.importer.excel import read_excel

        _check_zip(path)
        return _guarded(path, read_excel)
    if suffix == ".pdf":
        from criteria.importer.pdf import read_pdf

        return _guarded(path, read_pdf)
    if suffix in (".doc", ".xls", ".rtf", ".odt", ".ods"):
        newer = ".xlsx" if suffix in (".xls", ".ods") else ".docx"
        raise UnusableAnnex(
            f"Tệp “{path.name}” ở định dạng {suffix} chưa đọc được. "
            f"Xin mở tệp bằng Word hoặc Excel, chọn Lưu thành (Save As) dạng {newer} rồi nhập lại."
        )
    raise UnusableAnnex(
        f"Không nhận ra định dạng của tệp “{path.name}”. Phụ lục cần ở dạng Word (.docx), Excel (.xlsx) "
        "hoặc PDF xuất từ máy tính (.pdf)."
    )


def _check_zip(path: Path) -> None:
    """Refuses what is no Office file and what inflates beyond all reason, before anything is parsed."""
    try:
        with zipfile.ZipFile(path) as archive:
            inflated = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, OSError) as error:
        raise _damaged(path) from error
    if inflated > LARGEST_INFLATED:
        raise UnusableAnnex(f"Tệp “{path.name}” lớn bất thường khi giải nén nên không được mở.")


def _guarded(path: Path, read: _Reader) -> Source:
    try:
        return read(path)
    except UnusableAnnex:
        raise
    except Exception as error:  # parsers of three libraries fail in many ways on damaged files
        raise _damaged(path) from error


def _damaged(path: Path) -> UnusableAnnex:
    return UnusableAnnex(
        f"Tệp “{path.name}” bị hỏng, có mật khẩu hoặc không đúng định dạng nên không mở được. "
        "Xin mở tệp bằng Word hoặc Excel, lưu lại rồi nhập lại."
    )
