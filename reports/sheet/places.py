"""Where a sheet keeps what other sheets' formulas point to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

_SHEET_LIMIT = 31
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def sheet_names(prefix: str, titles: Iterable[str]) -> list[str]:
    """A name for each title: at most 31 characters, cut between words, none twice, none forbidden."""
    names: list[str] = []
    for title in titles:
        plain = " ".join(f"{prefix}{title}".translate(_FORBIDDEN).split())
        name, number = _cut(plain, _SHEET_LIMIT), 1
        while name.casefold() in {other.casefold() for other in names}:
            number += 1
            tail = f" ({number})"
            name = _cut(plain, _SHEET_LIMIT - len(tail)) + tail
        names.append(name)
    return names


def _cut(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    whole_words = text[: limit + 1].rpartition(" ")[0].rstrip(" ,;-")
    return whole_words if len(whole_words) > limit // 2 else text[:limit].rstrip()


def on(sheet: str, address: str) -> str:
    """An address as a formula on another sheet writes it."""
    return f"'{sheet}'!{address}"


def cell(row: int, column: int, *, fixed: bool = False) -> str:
    """Address of a cell; `fixed` with dollar signs."""
    return str(xl_rowcol_to_cell(row, column, row_abs=fixed, col_abs=fixed))


@dataclass(frozen=True)
class UnitColumns:
    """A sheet with a row a unit: its rows and the columns that others read, by name."""

    sheet: str
    first: int
    last: int
    columns: dict[str, int]

    def range(self, name: str) -> str:
        """The whole column, as a formula on another sheet writes it."""
        return on(self.sheet, self.local(name))

    def local(self, name: str) -> str:
        """The whole column, as a formula on the sheet itself writes it."""
        column = self.columns[name]
        return str(xl_range_abs(self.first, column, self.last, column))

    def of(self, code_cell: str, name: str) -> str:
        """The value of the unit whose code stands in `code_cell`.

        Found by code rather than by row, so that rows may be sorted.
        """
        return f"INDEX({self.range(name)},MATCH({code_cell},{self.range('code')},0))"


@dataclass(frozen=True)
class GradeTable:
    """Grades on the sheet of bases: address of each label and of the least that earns it."""

    labels: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()


@dataclass(frozen=True)
class GradeTables:
    """The table of the blocks that have none of their own, those of the others, each label's address."""

    default: GradeTable
    by_block: dict[str, GradeTable]
    labels: dict[str, str]

    def of(self, block: str) -> GradeTable:
        """The table that a block is held to."""
        return self.by_block.get(block, self.default)
