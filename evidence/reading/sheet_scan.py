"""What the XML of one sheet holds that a parser hides or dies of: how far it reaches, errors, formulas.

Sheets as Excel, LibreOffice, WPS, Google and the usual libraries write them are searched with regular
expressions, some ten times faster than a call into Python for each element. First the cells that hide
nothing are told apart in one go (`take_apart`); the little that is left is searched for the rest. That is
done only where these expressions account for every cell of the sheet; any other sheet is walked element
by element.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat

from evidence.layout import column_letter
from evidence.reading.note import Unreadable

Position = tuple[int, int]  # (row, column) from 0
NAMELESS = "#LỖI"  # an error cell that does not say which


class Area(NamedTuple):
    """A rectangle of cells, both corners included, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def address(self) -> str:
        """The area as Excel writes it: A1:B2."""
        first, last = f"{column_letter(self.left)}{self.top + 1}", f"{column_letter(self.right)}"
        return f"{first}:{last}{self.bottom + 1}"


@dataclass
class SheetFacts:
    """What was seen in a sheet; `rows` and `columns` count to the last cell that holds something.

    In a sheet far from the limits they may count to the last cell that is written down at all.
    `errors`: what Excel shows there; `formulas`: those without a stored value, as far as their text
    is written there; `hidden_rows` from 0; `percents`: cells that show a hundred times what is stored.
    """

    rows: int = 0
    columns: int = 0
    errors: dict[Position, str] = field(default_factory=dict)
    formulas: dict[Position, str] = field(default_factory=dict)
    merged: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    percents: set[Position] = field(default_factory=set)

    def reach(self, row: int, column: int) -> None:
        """Notes that a cell holds something."""
        self.rows, self.columns = max(self.rows, row + 1), max(self.columns, column + 1)


def elements(name: bytes) -> re.Pattern[bytes]:
    """The beginnings of all elements of this local name, whatever their prefix."""
    return re.compile(rb'<(?:[^\s<>/:!?="]+:)?' + name + rb"[\s/>]")


# a cell that is empty, or whose value any parser finds: a number, a number of a text, a formula's value
_PLAIN_CELL = re.compile(
    rb'<c r="([A-Z]{1,3}[1-9][0-9]{0,6})"(?: s="[0-9]{1,6}")?'
    rb'(?:/>| t="s"><v>[0-9]{1,9}</v></c>'
    rb'|(?: t="(?:str|n|b)")?>(?:<f(?: [^<>]*)?(?:/>|>[^<]*</f>))?<v>[^<&]+</v></c>'
    rb'| t="str"><f>[^<]*</f><v></v></c>)'
)
_LETTERS, _DIGITS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", b"0123456789"
_NEAR = 250, 20  # rows and columns within which it matters to no limit which cells are empty
# a cell, formula or merged area with a prefix, or whose attributes are not parted by a single blank
_OTHERWISE = re.compile(rb"<[^<>\s/]*:(?:c|f|mergeCell)[\s/>]|<(?:c|mergeCell)[^ A-Za-z.:_-]")
_ATTRIBUTES = rb'(?: [A-Za-z]+="[^"<>&]*")*'
_CELL = re.compile(rb'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"' + _ATTRIBUTES + rb" ?(/?)>")
_FILLED = re.compile(rb'<c r="([A-Z]{1,3}[1-9][0-9]{0,6})"' + _ATTRIBUTES + rb" ?>")
_ERROR = re.compile(
    rb'<c r="([A-Z]+)([0-9]+)"[^<>]* t="e"[^<>]*>(?:<f[^<>]*/>|<f[^<>]*>[^<]*</f>)?<v>([^<]*)'
)
_FORMULA = re.compile(
    rb'<c r="([A-Z]+)([0-9]+)"(' + _ATTRIBUTES + rb") ?>\s*<f(?:[^<>]*/>|[^<>]*>([^<]*)</f>)\s*(<v>[^<]?)?"
)
_F = re.compile(rb"<f[> /]")
_MERGE = re.compile(rb'<mergeCell ref="([A-Z]{1,3})([1-9][0-9]{0,6}):([A-Z]{1,3})([1-9][0-9]{0,6})" ?/?>')
# where a parser finds no number of a text, it takes the first text; of two values it takes the last
_NO_STRING = re.compile(rb' t="s"[^<>]*>(?:<f[^<>]*/>|<f[^<>]*>[^<]*</f>)?<v>(?![0-9]{1,9}</v>)')
_TWO_VALUES = re.compile(rb"</v>\s*<v[\s/>]")
_HIDDEN = re.compile(rb'<row [^<>]*?hidden="(?:1|true)"[^<>]*>')
_NUMBER = re.compile(rb' r="([0-9]{1,7})"')
_EMPTY_ROW = re.compile(rb"<row(?: [^<>]*)?/>|<row(?: [^<>]*)?></row>")


class Apart(NamedTuple):
    """The addresses of a sheet's plain cells, and its XML without these, as well-formed as before.

    A plain cell lies no deeper than three elements in its row, and holds no comment or the like.
    """

    plain: list[bytes]
    rest: bytes


def take_apart(content: bytes) -> Apart:
    """A sheet, whose XML must be known to be well-formed, as its plain cells and the rest."""
    pieces = _PLAIN_CELL.split(content)
    return Apart(pieces[1::2], b"".join(pieces[::2]))


def scan_sheet(content: bytes, apart: Apart | None = None) -> SheetFacts:
    """The facts of a sheet whose XML is known to be well-formed; raises Unreadable for one cell twice.

    `apart`: the same taken apart, where that is done already.
    """
    plain, rest = apart or take_apart(content)
    # how many there are of each, then those that are written as usual
    wanted = rest.count(b"<c "), rest.count(b' t="e"'), len(_F.findall(rest)), rest.count(b"<mergeCell ")
    cells = _CELL.findall(rest) if wanted[0] else []
    errors = _ERROR.findall(rest) if wanted[1] else []
    formulas = _FORMULA.findall(rest) if wanted[2] else []
    merges = _MERGE.findall(rest) if wanted[3] else []
    accounted = (
        wanted == (len(cells), len(errors), len(formulas), len(merges))
        and not _OTHERWISE.search(rest)
        and not (cells and _NO_STRING.search(rest))
        and not _TWO_VALUES.search(rest)
    )
    if not accounted:
        return _walk(content)
    facts = SheetFacts()
    written = [*plain, *(letters + digits for letters, digits, _ in cells)]
    if len(set(written)) != len(written):
        raise Unreadable("file-suspicious", "một ô được ghi hai lần")
    facts.rows, facts.columns = _reach(content, written)
    facts.errors = {position(*hit[:2]): _text(hit[2]) or NAMELESS for hit in errors}
    for letters, digits, attributes, formula, value in formulas:
        stored = value[3:] or (value and b't="str"' in attributes)  # a formula may come to an empty text
        if not stored:
            facts.formulas[position(letters, digits)] = _text(formula)
    facts.merged = tuple(Area(*position(a, b), *position(c, d)) for a, b, c, d in merges)
    if b"hidden=" in rest:
        numbers = (_NUMBER.search(row[0]) for row in _HIDDEN.finditer(rest))
        facts.hidden_rows = frozenset(int(number[1]) - 1 for number in numbers if number)
    return facts


def _reach(content: bytes, written: list[bytes]) -> Position:
    """How many rows and columns a sheet reaches; without the empty cells, where these might matter."""
    rows, columns = _extent(written)
    if rows <= _NEAR[0] and columns <= _NEAR[1]:
        return rows, columns
    return _extent(_FILLED.findall(content))


def _extent(addresses: list[bytes]) -> Position:
    """The greatest row and column (from 1) among addresses, 0 where there are none."""
    joined = b"\n".join(addresses)
    rows = max(map(int, set(joined.translate(None, _LETTERS).split())), default=0)
    return rows, max(map(_column, set(joined.translate(None, _DIGITS).split())), default=-1) + 1


def without_empty_rows(content: bytes) -> bytes:
    """The sheet without the rows that only have a format, of which Excel may keep a million."""
    return _EMPTY_ROW.sub(b"", content)


def _column(letters: bytes | str) -> int:
    column = 0
    for letter in letters if isinstance(letters, bytes) else letters.encode():
        column = column * 26 + letter - 64
    return column - 1


def position(letters: bytes, digits: bytes) -> Position:
    """Row and column, from 0, of a cell's letters and number."""
    return int(digits) - 1, _column(letters)


def _text(written: bytes) -> str:
    return html.unescape(written.decode("utf-8", "replace")).strip()


def _walk(content: bytes) -> SheetFacts:
    walker = _Walker()
    parser = expat.ParserCreate()
    parser.StartElementHandler = walker.start
    parser.EndElementHandler = walker.end
    parser.CharacterDataHandler = walker.data
    parser.buffer_text = True
    parser.Parse(content, True)
    facts = walker.facts
    facts.merged, facts.hidden_rows = tuple(walker.merged), frozenset(walker.hidden_rows)
    return facts


class _Walker:
    """Handlers of one careful pass over a sheet; prefixes do not matter."""

    def __init__(self) -> None:
        self.facts = SheetFacts()
        self.merged: list[Area] = []
        self.hidden_rows: list[int] = []
        self.seen: set[Position] = set()
        self.row = self.column = -1
        self.kind = self.inside = ""
        self.text = {"f": "", "v": "", "is": ""}
        self.parts: set[str] = set()

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        name = tag.rpartition(":")[2]
        if name == "c":
            self._cell(attributes)
        elif name in self.text:
            if name == "v" and name in self.parts:
                raise Unreadable("file-suspicious", "một ô có hai giá trị")
            self.inside = name
            self.parts.add(name)
        elif name == "row":
            self.row = _whole(attributes.get("r", ""), self.row + 1)
            if "r" in attributes and _whole(attributes["r"], -1) < 0:
                raise Unreadable("file-suspicious", "một dòng có số thứ tự không hợp lệ")
            self.column = -1
            if attributes.get("hidden") in ("1", "true"):
                self.hidden_rows.append(self.row)
        elif name == "mergeCell":
            first, _, last = attributes.get("ref", "").upper().partition(":")
            corners = _address(first), _address(last or first)
            if corners[0] and corners[1]:
                self.merged.append(Area(*corners[0], *corners[1]))

    def _cell(self, attributes: dict[str, str]) -> None:
        place = _address(attributes.get("r", "").upper())
        if "r" in attributes and place is None:
            raise Unreadable("file-suspicious", "một ô có địa chỉ không hợp lệ")
        self.row, self.column = place or (self.row, self.column + 1)
        if (self.row, self.column) in self.seen:
            raise Unreadable("file-suspicious", "một ô được ghi hai lần")
        self.seen.add((self.row, self.column))
        self.kind = attributes.get("t", "")
        self.text = dict.fromkeys(self.text, "")
        self.parts = set()

    def data(self, text: str) -> None:
        """Text between elements."""
        if self.inside:
            self.text[self.inside] += text

    def end(self, tag: str) -> None:
        """An element ends."""
        name = tag.rpartition(":")[2]
        if name == self.inside:
            self.inside = ""
        if name != "c" or not self.parts:
            return
        self.facts.reach(self.row, self.column)
        if self.kind == "s" and "v" in self.parts and not re.fullmatch("[0-9]{1,9}", self.text["v"]):
            raise Unreadable("file-suspicious", "một ô chỉ đến đoạn chữ không có")
        stored = self.text["v"] or ("v" in self.parts and self.kind == "str")
        if self.kind == "e":
            self.facts.errors[self.row, self.column] = self.text["v"].strip() or NAMELESS
        elif "f" in self.parts and not stored and not self.text["is"]:
            self.facts.formulas[self.row, self.column] = self.text["f"].strip()
        self.parts = set()


def _whole(text: str, otherwise: int) -> int:
    """A number from 1 in an attribute as one from 0."""
    return int(text) - 1 if text.isascii() and text.isdigit() and len(text) < 9 else otherwise


def _address(text: str) -> Position | None:
    """Position of an address; None where it is none."""
    letters = text.rstrip("0123456789")
    digits = text[len(letters) :]
    if not (letters.isascii() and letters.isalpha() and len(letters) < 9 and 0 < len(digits) < 10):
        return None
    return int(digits) - 1, _column(letters)
