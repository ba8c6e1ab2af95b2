"""What a file holds before anybody knows what it means: tables and the text around them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from criteria.catalogue import Refusal


class UnusableAnnex(Refusal):
    """An annex that cannot be imported: missing, damaged, a scan, of another format, without table."""

    exit_code = 3


@dataclass(frozen=True)
class Cell:
    """Text of a table's cell; in a merged area each cell has the text of the first one.

    `across`: repeats the cell on its left; `down`: repeats the cell above; `span`: rows it covers.
    """

    text: str = ""
    across: bool = False
    down: bool = False
    span: int = 1


@dataclass(frozen=True)
class Line:
    """One row of a table and its place in words."""

    place: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Grid:
    """One table; `wrapped` where a new line in a cell may be the same sentence going on (PDF)."""

    lines: tuple[Line, ...]
    wrapped: bool = False


Source: TypeAlias = "tuple[str | Grid, ...]"  # paragraphs and tables in the order of the file
