"""What the sheets of an OpenDocument spreadsheet hold: how far they reach, errors, formulas, merges."""

from __future__ import annotations

from xml.parsers import expat

from evidence.reading.note import Unreadable
from evidence.reading.sheet_scan import NAMELESS, Area, SheetFacts

# as many as any program has; a cell repeated more often is there to fill the memory
_MOST_REPEATED = {"columns": 16_384, "rows": 1_048_576}


def scan_ods(content: bytes) -> dict[str, SheetFacts]:
    """The facts of each sheet by name, from `content.xml`; raises Unreadable and expat's errors."""
    walker = _Walker()
    parser = expat.ParserCreate()
    parser.StartElementHandler = walker.start
    parser.EndElementHandler = walker.end
    parser.CharacterDataHandler = walker.data
    parser.buffer_text = True
    parser.Parse(content, True)
    return walker.sheets


class _Walker:
    """Handlers of one pass; a repeated row or cell counts as often as it is repeated."""

    def __init__(self) -> None:
        self.sheets: dict[str, SheetFacts] = {}
        self.facts = SheetFacts()
        self.row = self.rows = self.column = self.columns = 0
        self.cell: dict[str, str] | None = None
        self.text = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if tag == "table:table":
            self.facts = self.sheets.setdefault(attributes.get("table:name", ""), SheetFacts())
            self.row = self.rows = 0
        elif tag == "table:table-row":
            self.row += self.rows
            self.rows = _repeated(attributes, "rows")
            self.column = self.columns = 0
            if attributes.get("table:visibility") in ("collapse", "filter") and self.rows == 1:
                self.facts.hidden_rows |= {self.row}
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self.column += self.columns
            self.columns = _repeated(attributes, "columns")
            self.cell, self.text = attributes, ""

    def data(self, text: str) -> None:
        """Text between elements."""
        if self.cell is not None:
            self.text += text

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag not in ("table:table-cell", "table:covered-table-cell") or self.cell is None:
            return
        cell, self.cell = self.cell, None
        stored = "office:value-type" in cell
        if not (stored or self.text or "table:formula" in cell):
            return
        place = self.row, self.column
        self.facts.reach(self.row + self.rows - 1, self.column + self.columns - 1)
        if cell.get("office:value-type") == "percentage":
            self.facts.percents.add(place)
        if cell.get("calcext:value-type") == "error":
            self.facts.errors[place] = self.text.strip() or NAMELESS
        elif "table:formula" in cell and not stored:
            self.facts.formulas[place] = cell["table:formula"].removeprefix("of:").removeprefix("=")
        down, right = (
            int(cell.get(f"table:number-{side}-spanned", "1")[:8]) for side in ("rows", "columns")
        )
        if down > 1 or right > 1:
            area = Area(*place, self.row + down - 1, self.column + right - 1)
            self.facts.merged = (*self.facts.merged, area)


def _repeated(attributes: dict[str, str], side: str) -> int:
    times = int(attributes.get(f"table:number-{side}-repeated", "1")[:12])
    if not 1 <= times <= _MOST_REPEATED[side]:
        raise Unreadable("file-suspicious", f"một ô được lặp lại {times} lần")
    return times
