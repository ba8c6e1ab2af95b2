"""Tables as text for Excel with Vietnamese settings: semicolons, decimal commas, no formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

BOM = "\ufeff"


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """Rows as the text of a .csv file, with the mark by which Excel knows UTF-8, lines ended by CR LF."""
    return BOM + csv_lines(rows)


def csv_lines(rows: Iterable[Sequence[str]]) -> str:
    """Rows as the lines of such a file, without its mark."""
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    return text.getvalue()


def csv_rows(text: str) -> list[list[str]]:
    """The rows of such a text; none where it is no table any more."""
    try:
        return list(csv.reader(io.StringIO(text.removeprefix(BOM), newline=""), delimiter=";"))
    except csv.Error:
        return []
