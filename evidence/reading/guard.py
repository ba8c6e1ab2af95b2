"""A file looked into before any parser is let near it: what it is, how large, how far it reaches.

A parser is given nothing but the parts that were looked into here, packed anew.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from evidence.reading import limits
from evidence.reading.file_kind import Kind, kind_of
from evidence.reading.note import Note, Unreadable
from evidence.reading.ods_scan import scan_ods
from evidence.reading.parts import Parts, sound_sheet, sound_strings, too_large
from evidence.reading.percent import percent_cells
from evidence.reading.sheet_scan import SheetFacts, elements, position, scan_sheet
from evidence.reading.xls_scan import scan_xls, streams
from evidence.reading.xlsb_scan import percent_styles, scan_xlsb_sheet, xlsb_sheets

__all__ = ["Looked", "Unreadable", "look_into", "too_large"]

_STRING = elements(b"si")
_TABLE = re.compile(rb'<(?:[^\s<>/:!?="]+:)?sst\s[^<>]*>')
_COUNTS = re.compile(rb"""\s(?:uniqueCount|count)\s*=\s*(?:"[^"]*"|'[^']*')""")
_DECLARED = re.compile(rb'<(?:[^\s<>/:!?="]+:)?sst[^<>]* uniqueCount="([0-9]{1,12})"')


@dataclass(frozen=True)
class Looked:
    """What was seen in a file: its kind, what a parser may be given, facts by sheet, what to tell."""

    kind: Kind
    data: bytes
    sheets: Mapping[str, SheetFacts]
    notes: tuple[Note, ...] = ()


@dataclass
class _Book:
    """What the part that lists the sheets says."""

    sheets: dict[str, str] = field(default_factory=dict)  # name -> relation id
    targets: dict[str, tuple[str, str]] = field(default_factory=dict)  # relation id -> type, path


def look_into(data: bytes) -> Looked:
    """What a file holds; raises Unreadable where it is no workbook, damaged, or made to harm."""
    if len(data) > limits.MOST_FILE:
        raise too_large(f"nặng {len(data) // 2**20} MB", f"{limits.MOST_FILE // 2**20} MB")
    kind, archive = kind_of(data)
    try:
        looked = _look_into_zip(archive, kind) if archive is not None else _look_into_xls(data)
    except Unreadable:
        raise
    except _FAULTS as error:
        raise Unreadable("file-unreadable") from error
    _refuse_far(looked.sheets)
    return looked


def _refuse_far(sheets: Mapping[str, SheetFacts]) -> None:
    """One cell far away makes a parser reserve the whole area before it, and die."""
    if len(sheets) > limits.MOST_SHEETS:
        raise too_large(f"có {len(sheets)} trang tính", f"{limits.MOST_SHEETS} trang")
    for name, facts in sheets.items():
        if facts.rows > limits.MOST_ROWS or facts.columns > limits.MOST_COLUMNS:
            found = f"trang “{name[:31]}” có dữ liệu đến tận dòng {facts.rows}, cột {facts.columns}"
            raise too_large(found, f"{limits.MOST_ROWS} dòng, {limits.MOST_COLUMNS} cột")
        if len(facts.merged) > limits.MOST_MERGED:
            found = f"trang “{name[:31]}” có {len(facts.merged)} vùng ô gộp"
            raise too_large(found, f"{limits.MOST_MERGED} vùng")
    area = sum(facts.rows * facts.columns for facts in sheets.values())
    if area > limits.MOST_AREA:
        raise too_large(f"các trang có {area} ô", f"{limits.MOST_AREA} ô")


def _look_into_xls(data: bytes) -> Looked:
    parts = streams(data)
    notes = [Note("book-macros")] if "_VBA_PROJECT" in parts else []
    book = parts.get("Workbook", parts.get("Book"))
    if book is None:
        raise Unreadable("file-unreadable")
    return Looked("xls", data, scan_xls(book), tuple(notes))


def _look_into_zip(archive: zipfile.ZipFile, kind: Kind) -> Looked:
    with archive:
        parts = Parts(archive)
        if kind == "ods":
            sheets = _ods(parts)
        elif kind == "xlsb":
            sheets = _xlsb(parts)
        else:
            sheets = _xlsx(parts)
        return Looked(kind, parts.packed(), sheets, (*parts.listed(), *parts.notes))


# an entry with a password is a RuntimeError; odd compression, NotImplementedError, a kind of it
_FAULTS = (zipfile.BadZipFile, zlib.error, expat.ExpatError, OSError, EOFError, ValueError,
           RuntimeError, KeyError)  # fmt: skip


def _xlsx(parts: Parts) -> dict[str, SheetFacts]:
    book = _Book()
    _read_book(book, parts.xml("xl/workbook.xml"))
    sheets = dict(_sheets(parts, book, "xl/_rels/workbook.xml.rels"))
    for name in ("_rels/.rels", "[Content_Types].xml"):
        if name in parts:
            parts.xml(name)
    percent = percent_cells(parts.xml("xl/styles.xml")) if "xl/styles.xml" in parts else None
    if "xl/sharedStrings.xml" in parts:
        _read_strings(parts, "xl/sharedStrings.xml")
    facts = {}
    for name, path in sheets.items():
        content, apart = sound_sheet(parts.read(path))
        facts[name] = scan_sheet(parts.passed(path, content), apart)
        if percent:
            facts[name].percents = {position(*found) for found in percent.findall(content)}
    return facts


def _xlsb(parts: Parts) -> dict[str, SheetFacts]:
    book = _Book(xlsb_sheets(parts.passed("xl/workbook.bin", parts.read("xl/workbook.bin"))))
    sheets = dict(_sheets(parts, book, "xl/_rels/workbook.bin.rels"))
    styles, strings = "xl/styles.bin", "xl/sharedStrings.bin"
    percents = percent_styles(parts.passed(styles, parts.read(styles))) if styles in parts else set()
    if strings in parts:
        parts.passed(strings, parts.read(strings))
    return {
        name: scan_xlsb_sheet(parts.passed(path, parts.read(path)), percents)
        for name, path in sheets.items()
    }


def _ods(parts: Parts) -> dict[str, SheetFacts]:
    if "META-INF/manifest.xml" in parts:
        manifest = parts.xml("META-INF/manifest.xml")
        if b"encryption-data" in manifest:
            raise Unreadable("file-encrypted")
    parts.passed("mimetype", parts.read("mimetype"))
    return scan_ods(parts.xml("content.xml"))


def _sheets(parts: Parts, book: _Book, relations: str) -> Iterator[tuple[str, str]]:
    """Path of each worksheet by name; raises Unreadable where it is not there."""
    if len(book.sheets) > limits.MOST_SHEETS:
        raise too_large(f"có {len(book.sheets)} trang tính", f"{limits.MOST_SHEETS} trang")
    _read_book(book, parts.xml(relations))
    taken: set[str] = set()
    for name, relation in book.sheets.items():
        kind, target = book.targets.get(relation, ("worksheet", ""))
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        if kind != "worksheet":
            continue  # a chart has a sheet of its own
        if path not in parts or path.casefold() in taken:
            raise Unreadable("file-unreadable")
        taken.add(path.casefold())
        yield name, path


def _read_book(book: _Book, content: bytes) -> None:
    """Notes the sheets and relations that a part names."""

    def start(tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "sheet":
            relation = next((v for k, v in attributes.items() if k.rpartition(":")[2] == "id"), "")
            if attributes.get("name", "") in book.sheets:
                raise Unreadable("file-suspicious", "có hai trang tính trùng tên")
            book.sheets[attributes.get("name", "")] = relation
        elif name == "Relationship":
            kind = attributes.get("Type", "").rpartition("/")[2]
            book.targets[attributes.get("Id", "")] = kind, attributes.get("Target", "")

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.Parse(content, True)


def _read_strings(parts: Parts, name: str) -> None:
    """Refuses too many texts; notes a declared number that is wrong, as after a part was lost."""
    content, plain, rest = sound_strings(parts.read(name))
    # a parser makes room for as many as are declared, and dies of four billion
    parts.passed(name, _TABLE.sub(lambda tag: _COUNTS.sub(b"", tag[0]), content, count=1))
    count = plain + len(_STRING.findall(rest))
    if count > limits.MOST_STRINGS:
        raise too_large(f"có {count} đoạn văn bản", f"{limits.MOST_STRINGS} đoạn")
    declared = _DECLARED.search(content[:4000])
    if declared and int(declared[1]) != count:
        parts.notes.append(Note("book-strings-miscounted", str(count), str(int(declared[1]))))
