"""What a document is by its bytes: a light look at head and tail, nothing is opened by a program."""

from __future__ import annotations

import os
import re
import zipfile
from pathlib import Path
from typing import BinaryIO, NamedTuple

HEAD, TAIL = 4_096, 65_536  # bytes looked at
MOST_SCANNED = 64 * 1024 * 1024  # of an old Office file, whose streams stand anywhere in it
_BLOCK = 1024 * 1024

_OFFICE = {"word/document.xml": "word", "xl/workbook.xml": "excel", "xl/workbook.bin": "excel",
           "ppt/presentation.xml": "powerpoint"}  # fmt: skip
_OPEN_DOCUMENT = {"text": "opendocument-text", "spreadsheet": "opendocument-sheet"}
_OLD_OFFICE = (  # names of streams in an OLE file, the telling ones first
    ("EncryptedPackage", "locked"),
    ("__substg1.0_", "outlook"),
    ("WordDocument", "word-old"),
    ("Workbook", "excel-old"),
    ("Book", "excel-old"),
    ("PowerPoint Document", "powerpoint-old"),
)
_PICTURES = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF8", "gif"),
    (b"BM", "bmp"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
)
_MAIL = re.compile(rb"(?:From|To|Cc|Subject|Date|Received|MIME-Version|Return-Path|Delivered-To|Message-ID|"
                   rb"X-[\w-]+): ?\S", re.IGNORECASE)  # fmt: skip
EXTENSIONS = {
    "pdf": (".pdf",),
    "word": (".docx", ".docm", ".dotx"),
    "excel": (".xlsx", ".xlsm", ".xlsb", ".xltx"),
    "powerpoint": (".pptx", ".pptm", ".ppsx"),
    "opendocument-text": (".odt",),
    "opendocument-sheet": (".ods",),
    "word-old": (".doc", ".dot"),
    "excel-old": (".xls", ".xlt"),
    "powerpoint-old": (".ppt", ".pps"),
    "outlook": (".msg",),
    "rtf": (".rtf", ".doc"),
    "jpeg": (".jpg", ".jpeg", ".jfif", ".jpe"),
    "png": (".png",),
    "gif": (".gif",),
    "bmp": (".bmp", ".dib"),
    "tiff": (".tif", ".tiff"),
    "webp": (".webp",),
    "heic": (".heic", ".heif", ".hif", ".avif"),
    "mail": (".eml", ".mht"),
}


class Content(NamedTuple):
    """What a file holds: its kind (a key of EXTENSIONS) or why it cannot be used (a message's code)."""

    kind: str = ""
    fault: str = ""


def content_of(path: Path) -> Content:
    """What a file is by its content. A regular file is expected; it is only read."""
    try:
        with path.open("rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            if size == 0:
                return Content(fault="dossier-file-empty")
            head = stream.read(HEAD)
            stream.seek(max(0, size - TAIL))
            tail = stream.read(TAIL)
            return _look(stream, head, tail)
    except OSError:
        return Content(fault="dossier-file-unreadable")


def _look(stream: BinaryIO, head: bytes, tail: bytes) -> Content:
    if b"%PDF-" in head[:1024]:
        whole = b"%%EOF" in tail or b"startxref" in tail
        return Content("pdf") if whole else Content("pdf", "dossier-file-damaged")
    if head.startswith(b"PK"):
        return _zipped(stream)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _ole(stream)
    if head.startswith(b"{\\rtf"):
        return Content("rtf")
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Content("webp")
    if head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"avif", b"hevc"):
        return Content("heic")
    for magic, kind in _PICTURES:
        if head.startswith(magic):
            return _picture(kind, head, tail)
    return _text(head)


def _picture(kind: str, head: bytes, tail: bytes) -> Content:
    """Pictures that were cut off on their way lack their end, or have no size."""
    sound = {
        "jpeg": b"\xff\xd9" in tail,  # cameras append data of their own behind the end
        "png": b"IEND" in tail and head[12:16] == b"IHDR" and any(head[16:20]) and any(head[20:24]),
        "gif": any(head[6:8]) and any(head[8:10]),
        "bmp": len(head) > 26,
    }
    return Content(kind) if sound.get(kind, len(head) > 16) else Content(kind, "dossier-file-damaged")


def _zipped(stream: BinaryIO) -> Content:
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist()[:20_000])
            kind = next((kind for part, kind in _OFFICE.items() if part in names), "")
            if not kind and "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                words = archive.read("mimetype").decode("ascii", "replace").rpartition(".")[2]
                kind = _OPEN_DOCUMENT.get(words, "")
    # zlib, struct and others let their own errors through for damaged archives
    except Exception:
        return Content(fault="dossier-file-damaged")
    return Content(kind) if kind else Content(fault="dossier-file-kind")


def _ole(stream: BinaryIO) -> Content:
    """The kind of an old Office file, by the names of its streams wherever they stand."""
    stream.seek(0)
    wanted = {name.encode("utf-16-le"): kind for name, kind in _OLD_OFFICE}
    seen: set[str] = set()
    rest, read = b"", 0
    while read < MOST_SCANNED and (block := stream.read(_BLOCK)):
        read += len(block)
        seen |= {kind for name, kind in wanted.items() if name in rest + block}
        if "locked" in seen:
            return Content(fault="dossier-file-locked")
        rest = block[-64:]
    kind = next((kind for _, kind in _OLD_OFFICE if kind in seen), "")
    return Content(kind) if kind else Content(fault="dossier-file-kind")


def _text(head: bytes) -> Content:
    """A mail: at least two of the fields of a mail's head among its first lines."""
    lines = head.removeprefix(b"\xef\xbb\xbf").lstrip().splitlines()[:40]
    is_mail = bool(lines) and sum(1 for line in lines if _MAIL.match(line)) >= 2
    return Content("mail") if is_mail else Content(fault="dossier-file-kind")
