"""What a file is by its first bytes and its parts, whatever its name says."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePath
from typing import Literal, TypeAlias

from evidence.reading.note import Note, Unreadable
from evidence.reading.xls_scan import streams

Kind: TypeAlias = Literal["xlsx", "xlsb", "ods", "xls"]

SUFFIXES: dict[Kind, tuple[str, ...]] = {
    "xlsx": (".xlsx", ".xlsm", ".xltx", ".xltm"),
    "xlsb": (".xlsb",),
    "ods": (".ods", ".ots"),
    "xls": (".xls", ".xlt", ".et"),
}
_COMPOUND = b"\xd0\xcf\x11\xe0"
_MAGIC = {
    b"%PDF": "tệp PDF",
    b"\xff\xd8\xff": "tệp ảnh (JPEG)",
    b"\x89PNG": "tệp ảnh (PNG)",
    b"GIF8": "tệp ảnh (GIF)",
    b"BM": "tệp ảnh (BMP)",
    b"II*\0": "tệp ảnh (TIFF)",
    b"MM\0*": "tệp ảnh (TIFF)",
    b"{\\rtf": "tệp văn bản RTF",
    b"Rar!": "tệp nén RAR",
    b"7z\xbc\xaf": "tệp nén 7-Zip",
    b"<html": "trang web lưu dưới tên bảng tính",
    b"<!doc": "trang web lưu dưới tên bảng tính",
    b"<tabl": "trang web lưu dưới tên bảng tính",
    b"<?xml": "tệp XML",
}
_PARTS: dict[str, Kind] = {"xl/workbook.xml": "xlsx", "xl/workbook.bin": "xlsb"}


def kind_of(data: bytes) -> tuple[Kind, zipfile.ZipFile | None]:
    """The kind of workbook and its zip (None: an .xls); raises Unreadable for all else, saying what."""
    head = data[:16].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    for magic, what in _MAGIC.items():
        if data.startswith(magic) or (magic.startswith(b"<") and head.startswith(magic)):
            raise Unreadable("file-not-workbook", what)
    if data.startswith(_COMPOUND):
        return _kind_of_compound(data), None
    if not data.strip(b"\0"):
        raise Unreadable("file-not-workbook", "tệp rỗng")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        cut = (
            "tệp bị cắt cụt hoặc tải về chưa hết" if data.startswith(b"PK") else "không phải dạng tệp Excel"
        )
        raise Unreadable("file-not-workbook", cut) from error
    return _kind_of_zip(archive), archive


def _kind_of_zip(archive: zipfile.ZipFile) -> Kind:
    names = {name.replace("\\", "/").casefold() for name in archive.namelist()}
    for part, kind in _PARTS.items():
        if part in names:
            return kind
    if "content.xml" in names and "mimetype" in names:
        try:
            with archive.open("mimetype") as entry:
                kind_said = entry.read(100)
        except (zipfile.BadZipFile, OSError, RuntimeError, KeyError) as error:
            raise Unreadable("file-unreadable") from error
        if b"spreadsheet" in kind_said:
            return "ods"
        raise Unreadable("file-not-workbook", "tài liệu OpenDocument không phải bảng tính")
    if any(name.startswith("word/") for name in names):
        raise Unreadable("file-not-workbook", "tài liệu Word")
    if any(name.startswith("ppt/") for name in names):
        raise Unreadable("file-not-workbook", "tài liệu PowerPoint")
    raise Unreadable("file-not-workbook", "tệp nén không chứa bảng tính")


def _kind_of_compound(data: bytes) -> Kind:
    """An old workbook or document, or a new one under a password."""
    names = streams(data).keys()
    if "EncryptedPackage" in names:
        raise Unreadable("file-encrypted")
    if "WordDocument" in names:
        raise Unreadable("file-not-workbook", "tài liệu Word đời cũ (.doc)")
    if not names & {"Workbook", "Book"}:
        raise Unreadable("file-not-workbook", "tệp đời cũ không chứa bảng tính")
    return "xls"


def extension_notes(name: str, kind: Kind) -> list[Note]:
    """A note where a file's name says another kind than its content is."""
    suffix = PurePath(name).suffix.lower()
    if suffix in SUFFIXES[kind]:
        return []
    return [Note("file-extension", suffix or "không có", SUFFIXES[kind][0])]
