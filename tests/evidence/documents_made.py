"""Documents of every kind a dossier may hold, made by code: sound ones, and what goes wrong with them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib


def zipped(**parts: str) -> bytes:
    """A zip of parts, `word__document_xml` for `word/document.xml`."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return buffer.getvalue()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int = 2, height: int = 2) -> bytes:
    """A small picture."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * (width + 1) * height)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def ole(stream: str) -> bytes:
    """The head of an old Office file whose directory, far behind, names this stream."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1_100_000 + stream.encode("utf-16-le") + b"\0" * 64


def pdf(text: str = "") -> bytes:
    """A page-less PDF with a comment to tell it from others."""
    return f"%PDF-1.7\n%{text}\n1 0 obj <<>> endobj\nstartxref\n9\n%%EOF\n".encode()


WORD = zipped(word__document_xml="<w/>")
EXCEL = zipped(xl__workbook_xml="<w/>")
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\0" * 90 + b"\xff\xd9"
MAIL = "From: ubnd@example.vn\r\nSubject: Báo cáo\r\nDate: Mon, 3 Apr 2023 08:00:00 +0700\r\n\r\nKính gửi".encode()

SOUND = {
    "bc.pdf": pdf(),
    "bc.docx": WORD,
    "bc.xlsx": EXCEL,
    "bc.doc": ole("WordDocument"),
    "bc.xls": ole("Workbook"),
    "thu.msg": ole("__substg1.0_0037001F"),
    "thu.eml": MAIL,
    "bc.rtf": rb"{\rtf1 }",
    "bc.odt": zipped(mimetype="application/vnd.oasis.opendocument.text"),
    "anh.JPG": JPEG,
    "anh.png": png(),
    "anh.gif": b"GIF89a\x01\0\x01\0\0\0\0;",
    "anh.tif": b"II*\x00" + b"\0" * 40,
    "anh.webp": b"RIFF\x1a\0\0\0WEBPVP8L" + b"\0" * 16,
    "anh.heic": b"\0\0\0\x18ftypheic" + b"\0" * 16,
}
FAULTY = {
    # name: (problem, content)
    "rong.pdf": ("dossier-file-empty", b""),
    "cat.pdf": ("dossier-file-damaged", pdf()[:20] + b"x" * 500),
    "cat.docx": ("dossier-file-damaged", WORD[:-30]),
    "cat.jpg": ("dossier-file-damaged", JPEG[:-2]),
    "cat.png": ("dossier-file-damaged", png()[:-12]),
    "khong-co-kich-thuoc.png": ("dossier-file-damaged", png(0, 0)),
    "mat-khau.docx": ("dossier-file-locked", ole("EncryptedPackage")),
    "nen.zip": ("dossier-file-kind", zipped(bc="x")),
    "phim.mp4": ("dossier-file-kind", b"\0\0\0\x18ftypisom" + b"\0" * 16),
    "ghi-chu.txt": ("dossier-file-kind", "Đã làm".encode()),
    "trang.doc": ("dossier-file-kind", b"<html><body>From: me</body></html>"),
    "loi-tat.lnk": ("dossier-file-kind", b"L\0\0\0\x01\x14\x02\0" + b"\0" * 60),
    "chay.exe": ("dossier-file-kind", b"MZ\x90\0" + b"\0" * 60),
    "anh-that.pdf": ("dossier-file-extension", JPEG),
    "khong-duoi": ("dossier-file-extension", pdf()),
    "ban-word.doc": ("dossier-file-extension", WORD),
}
