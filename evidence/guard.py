"""A file looked into before any parser is let near it: what it is, how large, how far it reaches.

A parser is given nothing but the parts that were looked into here, packed anew.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from xml.parsers import expat

from evidence import limits
from evidence.file_kind import Kind, kind_of
from evidence.note import Note, Unreadable
from evidence.number_formats import Format, formats_of
from evidence.ods_scan import scan_ods
from evidence.parts import SMALL, Parts, sound_small, sound_xml, too_large
from evidence.plain_sheet import PlainSheet, plain_sheet
from evidence.plain_texts import plain_texts
from evidence.sheet_scan import SheetFacts, elements, scan_sheet
from evidence.xls_scan import scan_xls, streams
from evidence.xlsb_scan import scan_xlsb_sheet, xlsb_sheets

__all__ = ["Looked", "Unreadable", "look_into", "too_large"]

_STRING = elements(b"si")
_DECLARED = re.compile(rb'<(?:[^\s<>/:!?="]+:)?sst[^<>]* uniqueCount="([0-9]{1,12})"')


@dataclass(frozen=True)
class Looked:
    """What was seen in a file: its kind, what a parser may be given, facts by sheet, what to tell.

    `plain`: the sheets whose every cell is known already, so that no parser is needed, and which of them
    are hidden; None where a parser is.
    """

    kind: Kind
    data: bytes
    sheets: Mapping[str, SheetFacts]
    notes: tuple[Note, ...] = ()
    plain: Mapping[str, PlainSheet] | None = None
    hidden: frozenset[str] = frozenset()


@dataclass
class _Book:
    """What the part that lists the sheets says."""

    sheets: dict[str, str] = field(default_factory=dict)  # name -> relation id
    targets: dict[str, tuple[str, str]] = field(default_factory=dict)  # relation id -> type, path
    hidden: set[str] = field(default_factory=set)  # names
    states: set[str] = field(default_factory=set)


def look_into(data: bytes) -> Looked:
    """What a file holds; raises Unreadable where it is no workbook, damaged, or made to harm."""
    if len(data) > limits.MOST_FILE:
        raise too_large(f"nặng {len(data) // 2**20} MB", f"{limits.MOST_FILE // 2**20} MB")
    kind = kind_of(data)
    try:
        looked = _look_into_xls(data) if kind == "xls" else _look_into_zip(data, kind)
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


def _look_into_zip(data: bytes, kind: Kind) -> Looked:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = Parts(archive, data)
        plain = _plainly(parts) if kind == "xlsx" else None
        if plain is not None:
            return replace(plain, notes=tuple(parts.listed()))
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


_PLAIN_BOOK = re.compile(rb"(?:<\?xml[^<>]*\?>\s*)?<workbook[ >]")
_RELATION = re.compile(rb"<Relationship [^<>]*/>")
_PLAIN_OPENING = (b'/officeDocument/2006/relationships/officeDocument"', b' Target="xl/workbook.xml"')


def _plainly(parts: Parts) -> Looked | None:
    """A workbook whose sheets and texts are all plain; None for any other, which goes the long way."""
    try:
        book = _Book()
        opening = sound_xml(parts.read("xl/workbook.xml"))
        beginning = sound_small(parts.read("_rels/.rels"))
        first = (all(part in found for part in _PLAIN_OPENING) for found in _RELATION.findall(beginning))
        if not _PLAIN_BOOK.match(opening) or b"date1904" in opening or not any(first):
            return None
        sound_small(parts.read("[Content_Types].xml"))
        _read_book(book, opening)
        paths = dict(_sheets(parts, book, "xl/_rels/workbook.xml.rels"))
        if len(paths) != len(book.sheets) or not book.states <= {"visible", "hidden", "veryHidden"}:
            return None
        texts, formats = _plain_texts(parts), _formats(parts)
        if texts is None:
            return None
        plain: dict[str, PlainSheet] = {}
        for name, path in paths.items():
            sheet = plain_sheet(parts.read(path), texts, formats) if parts.small(path) else None
            if sheet is None:
                return None
            sound_xml(sheet.frame)
            plain[name] = sheet
    except (Unreadable, *_FAULTS):
        return None  # the long way says what is wrong
    facts = {name: sheet.facts for name, sheet in plain.items()}
    return Looked("xlsx", b"", facts, plain=plain, hidden=frozenset(book.hidden))


def _plain_texts(parts: Parts) -> list[str] | None:
    if "xl/sharedStrings.xml" not in parts:
        return []
    if not parts.small("xl/sharedStrings.xml"):
        return None
    found = plain_texts(parts.read("xl/sharedStrings.xml"))
    declared = _DECLARED.search(found.frame[:4000]) if found else None
    if not found or (declared and int(declared[1]) != len(found.texts)):
        return None
    sound_xml(found.frame)
    return found.texts if len(found.texts) <= limits.MOST_STRINGS else None


def _formats(parts: Parts) -> tuple[Format, ...]:
    if "xl/styles.xml" not in parts:
        return ()
    styles = sound_small(parts.read("xl/styles.xml"))
    return formats_of(styles) if len(styles) > SMALL else _known_formats(styles)


_known_formats = lru_cache(maxsize=64)(formats_of)


def _xlsx(parts: Parts) -> dict[str, SheetFacts]:
    book = _Book()
    _read_book(book, parts.xml("xl/workbook.xml"))
    sheets = dict(_sheets(parts, book, "xl/_rels/workbook.xml.rels"))
    for name in ("_rels/.rels", "xl/styles.xml", "[Content_Types].xml"):
        if name in parts:
            parts.xml(name)
    if "xl/sharedStrings.xml" in parts:
        _count_strings(parts, parts.xml("xl/sharedStrings.xml"))
    facts = {}
    for name, path in sheets.items():
        content = parts.passed(path, sound_xml(parts.read(path)))
        facts[name] = scan_sheet(content)
    return facts


def _xlsb(parts: Parts) -> dict[str, SheetFacts]:
    book = _Book(xlsb_sheets(parts.passed("xl/workbook.bin", parts.read("xl/workbook.bin"))))
    sheets = dict(_sheets(parts, book, "xl/_rels/workbook.bin.rels"))
    for name in ("xl/styles.bin", "xl/sharedStrings.bin"):
        if name in parts:
            parts.passed(name, parts.read(name))
    return {name: scan_xlsb_sheet(parts.passed(path, parts.read(path))) for name, path in sheets.items()}


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
            state = attributes.get("state", "visible")
            book.states.add(state)
            if state != "visible":
                book.hidden.add(attributes.get("name", ""))
        elif name == "Relationship":
            kind = attributes.get("Type", "").rpartition("/")[2]
            book.targets[attributes.get("Id", "")] = kind, attributes.get("Target", "")

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.Parse(content, True)


def _count_strings(parts: Parts, content: bytes) -> None:
    """Refuses too many texts; notes a declared number that is wrong, as after a part was lost."""
    count = len(_STRING.findall(content))
    if count > limits.MOST_STRINGS:
        raise too_large(f"có {count} đoạn văn bản", f"{limits.MOST_STRINGS} đoạn")
    declared = _DECLARED.search(content[:4000])
    if declared and int(declared[1]) != count:
        parts.notes.append(Note("book-strings-miscounted", str(count), str(int(declared[1]))))
