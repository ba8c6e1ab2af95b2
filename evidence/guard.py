"""A workbook's zip looked into before any parser is let near it: what, how large, how far it reaches."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass, field
from xml.parsers import expat

# Generous for honest files: a form of 60 criteria and 150 documents takes under 1 MB inflated.
MOST_INFLATED = 200 * 2**20
MOST_ENTRIES = 2_000
MOST_ROWS, MOST_COLUMNS = 20_000, 500

_MAGIC = {
    b"%PDF": "tệp PDF",
    b"\xd0\xcf\x11\xe0": "tệp .xls đời cũ hoặc có mật khẩu",
    b"\xff\xd8\xff": "tệp ảnh",
    b"\x89PNG": "tệp ảnh",
    b"{\\rtf": "tệp văn bản RTF",
    b"Rar!": "tệp nén RAR",
}


class Unreadable(ValueError):
    """A file that is not taken: `code` of the problems' catalogue and what was found."""

    def __init__(self, code: str, found: str = "") -> None:
        super().__init__(code, found)
        self.code, self.found = code, found


@dataclass
class Looked:
    """What was seen in a workbook: for each sheet's name, its error cells by (row, column) from 0."""

    errors: dict[str, dict[tuple[int, int], str]] = field(default_factory=dict)


def look_into(data: bytes) -> Looked:
    """What a workbook holds; raises Unreadable where it is none, damaged, or made to harm."""
    for magic, what in _MAGIC.items():
        if data.startswith(magic):
            raise Unreadable("file-not-workbook", what)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        found = "tệp rỗng" if not data else "không phải dạng tệp Excel, hoặc tệp bị cắt cụt"
        raise Unreadable("file-not-workbook", found) from error
    try:
        with archive:
            return _look(archive)
    except Unreadable:
        raise
    # RuntimeError: an entry with a password; NotImplementedError, a kind of it: odd compression
    except (zipfile.BadZipFile, zlib.error, expat.ExpatError, OSError, EOFError, ValueError,
            RuntimeError, KeyError) as error:  # fmt: skip
        raise Unreadable("file-unreadable") from error


def _look(archive: zipfile.ZipFile) -> Looked:
    names = archive.namelist()
    if "xl/workbook.xml" not in names:
        raise Unreadable("file-not-workbook", "tệp nén không chứa bảng tính")
    if len(names) > MOST_ENTRIES:
        raise Unreadable("file-too-large", f"có {len(names)} phần bên trong")
    if len(names) != len(set(names)):
        raise Unreadable("file-unreadable")
    left = MOST_INFLATED
    parts: dict[str, _Part] = {}
    for name in names:
        content = _inflate(archive, name, left)
        left -= len(content)
        if name.casefold().endswith((".xml", ".rels")):
            parts[name] = _read_part(content)
    looked = Looked()
    book, relations = parts["xl/workbook.xml"], parts.get("xl/_rels/workbook.xml.rels", _Part())
    for sheet, relation in book.sheets.items():
        target = relations.targets.get(relation, "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
        if path in parts and parts[path].errors:
            looked.errors[sheet] = parts[path].errors
    return looked


def _inflate(archive: zipfile.ZipFile, name: str, left: int) -> bytes:
    """Content of an entry as it is really read: declared sizes lie."""
    with archive.open(name) as entry:
        content = entry.read(left + 1)
    if len(content) > left:
        raise Unreadable("file-too-large", "dung lượng sau khi mở nén quá lớn")
    return content


@dataclass
class _Part:
    """What one XML part says that matters here."""

    sheets: dict[str, str] = field(default_factory=dict)  # name -> relation id
    targets: dict[str, str] = field(default_factory=dict)  # relation id -> path
    errors: dict[tuple[int, int], str] = field(default_factory=dict)


class _Reader:
    """Handlers of one pass over a part: cells too far away, error cells, sheets, relations."""

    def __init__(self) -> None:
        self.part = _Part()
        self.row = self.column = -1
        self.in_error = False
        self.text = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins; prefixes do not matter."""
        name = tag.rpartition(":")[2]
        if name == "c":
            self._cell(attributes)
        elif name == "row":
            self.row = int(attributes["r"]) - 1 if "r" in attributes else self.row + 1
            self.column = -1
            _refuse_far(self.row, 0)
        elif name == "sheet":
            relation = next((v for k, v in attributes.items() if k.rpartition(":")[2] == "id"), "")
            self.part.sheets[attributes.get("name", "")] = relation
        elif name == "Relationship":
            self.part.targets[attributes.get("Id", "")] = attributes.get("Target", "")

    def _cell(self, attributes: dict[str, str]) -> None:
        place = attributes.get("r", "").upper()
        letters = place.rstrip("0123456789")
        digits = place[len(letters) :]
        if letters.isascii() and letters.isalpha() and digits:
            self.column = 0
            for letter in letters[:8]:
                self.column = self.column * 26 + ord(letter) - 64
            self.column -= 1
            self.row = int(digits[:9]) - 1
        else:
            self.column += 1
        _refuse_far(self.row, self.column)
        self.in_error = attributes.get("t") == "e"
        self.text = ""

    def end(self, tag: str) -> None:
        """An element ends."""
        if self.in_error and tag.rpartition(":")[2] == "c":
            self.part.errors[self.row, self.column] = self.text.strip() or "#LỖI"
            self.in_error = False

    def data(self, text: str) -> None:
        """Text between elements, kept for error cells only."""
        if self.in_error:
            self.text += text


def _refuse_far(row: int, column: int) -> None:
    """One cell far away makes a reader reserve the whole area before it, and die."""
    if row >= MOST_ROWS or column >= MOST_COLUMNS:
        where = f"dòng {row + 1}, cột {column + 1}"
        raise Unreadable("file-too-large", f"có dữ liệu ở tận {where}")


def _read_part(content: bytes) -> _Part:
    reader = _Reader()
    parser = expat.ParserCreate()
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.data
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.buffer_text = True
    parser.Parse(content, True)
    return reader.part


def _refuse_doctype(*_: object) -> None:
    """No honest workbook declares document types or entities; they are how a small file grows large."""
    raise Unreadable("file-too-large", "tệp có khai báo DTD bất thường")
