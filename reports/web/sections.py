"""The page of a whole outcome: its units with their advice, and what the whole says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from evidence.folders import RESULTS
from evidence.round import Round
from reports.analysis.tables import cell_text, criteria_tables, rank_tables
from reports.outcome import Outcome
from reports.web.page import PAGE_NAME, Part, write_page
from scoring.analysis import Analysis, analyse
from scoring.results import Results

MOST_ROWS = 100  # of a table about the whole; the workbook of `analyse` has all


def write_outcome_page(found: Outcome) -> Path:
    """Writes the page into the round's `ket-qua/` and gives its path; raises FileHeld where it is held."""
    path = found.round.folder / RESULTS / PAGE_NAME
    parts = tuple(analysis_parts(found.round, found.results, analyse(found.results)))
    write_page(path, found.round, found.results, found.steps, found.advice_lines, parts)
    return path


def analysis_parts(round_: Round, results: Results, analysis: Analysis) -> Iterator[Part]:
    """The tables of the analysis as the page shows them, with the method of each."""
    tables = (*criteria_tables(round_, results, analysis), *rank_tables(round_, results, analysis))
    for table in tables:
        rows = tuple(
            tuple(cell_text(cell, column.kind) for cell, column in zip(row, table.columns, strict=True))
            for row in table.rows[:MOST_ROWS]
        )
        more = len(table.rows) - len(rows)
        cut = f" Chỉ nêu {len(rows)} dòng đầu; đủ {len(table.rows)} dòng: danvan analyse." if more else ""
        heads = tuple(column.head for column in table.columns)
        figures = frozenset(
            at for at, column in enumerate(table.columns) if column.kind in ("count", "points", "percent")
        )
        yield Part(table.title, table.method + cut, heads, rows, table.empty, figures)
