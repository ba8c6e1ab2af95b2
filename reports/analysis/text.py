"""What the whole says of a round, as text for the terminal and as plain values for a program."""

from __future__ import annotations

from typing import Any

from tabulate import tabulate

from criteria.exact import plain
from evidence.round import Round
from reports.analysis.tables import Table, cell_text, criteria_tables, rank_tables, summary
from reports.wording import sentences_for_every_sheet, subject
from scoring.analysis import Analysis, Gap
from scoring.results import Results

_LEFT = ("text", "code")


def analysis_text(round_: Round, results: Results, analysis: Analysis) -> str:
    """The marks, the summary, then each table with its method."""
    lines = [f"Phân tích: {subject(round_)}"]
    lines += [f"! {text}" for text in sentences_for_every_sheet(round_, results)]
    lines += [f"- {text}" for text in summary(round_, results, analysis)]
    tables = (*criteria_tables(round_, results, analysis), *rank_tables(round_, results, analysis))
    for number, table in enumerate(tables, 1):
        lines += ["", f"{number}. {table.title}", table.method, _drawn(table)]
    return "\n".join(lines)


def _drawn(table: Table) -> str:
    if not table.rows:
        return table.empty
    kinds = [column.kind for column in table.columns]
    return tabulate(
        [[cell_text(cell, kind) for cell, kind in zip(row, kinds, strict=True)] for row in table.rows],
        headers=[column.head for column in table.columns],
        colalign=["left" if kind in _LEFT else "right" for kind in kinds],
        maxcolwidths=[48 if kind == "text" else None for kind in kinds],
        disable_numparse=True,
    )


def analysis_json(round_: Round, results: Results, analysis: Analysis) -> dict[str, Any]:
    """Everything that the analysis holds, whole lists: decimals as text, means as fractions in points."""
    firm = analysis.firmness
    return {
        "round": round_.id,
        "units": analysis.units,
        "flat": [{"criterion": f.criterion, "kind": f.kind, "units": f.units} for f in analysis.flat],
        "costs": [
            {
                "criterion": cost.criterion,
                "lost": plain(cost.lost),
                "out_of": plain(cost.out_of),
                "losing": cost.losing,
                "units": cost.units,
            }
            for cost in analysis.costs
        ],
        "self_against_appraised": {
            "by_type": [_gap(gap) for gap in analysis.by_type],
            "by_criterion": [_gap(gap) for gap in analysis.by_criterion],
        },
        "agreement": [
            {
                "groups": [pair.first, pair.second],
                "concordant": pair.concordant,
                "discordant": pair.discordant,
                "tied": pair.tied,
                "gamma": None if pair.gamma is None else str(pair.gamma),
            }
            for pair in analysis.agreement
        ],
        "near": {
            "window": plain(analysis.window),
            "units": [{"unit": n.unit, "grade": n.grade, "by": plain(n.by)} for n in analysis.near],
        },
        "disputes": [
            {
                "unit": item.unit,
                "criterion": item.criterion,
                "final": plain(item.final),
                "other": plain(item.other),
                "rank": [item.rank, item.other_rank],
                "grade_by_points": [item.grade, item.other_grade],
            }
            for item in firm.disputes
        ],
        "left_out": [
            {
                "criterion": left.criterion,
                "moved": [{"unit": unit, "rank": [before, after]} for unit, before, after in left.moved],
            }
            for left in firm.left_out
        ],
        "ranks": [
            {
                "unit": unit.unit,
                "rank": unit.rank,
                "by_disputes": [unit.best_by_disputes, unit.worst_by_disputes],
                "without_one": [unit.best_without_one, unit.worst_without_one],
                "firm": unit.firm,
            }
            for unit in firm.units
        ],
        "warnings": list(sentences_for_every_sheet(round_, results)),
    }


def _gap(gap: Gap) -> dict[str, Any]:
    return {
        "of": gap.of,
        "units": gap.units,
        "cells": gap.cells,
        "self": plain(gap.claimed),
        "appraised": plain(gap.appraised),
        "lowered": gap.lowered,
        "raised": gap.raised,
        "mean_per_unit": str(gap.per_unit / 1000),
    }
