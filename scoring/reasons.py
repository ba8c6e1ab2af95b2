"""Why units have their points, as one text a criterion: what the trace says, without the rest of a step.

For lists of a nation's lost points, which run to hundreds of thousands of lines.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pandas as pd

from scoring.columns import plain, rows_by
from scoring.results import Results
from scoring.trace import sentence_of


class Reasons:
    """The reasons of all units' points, from frames that are read once."""

    def __init__(self, results: Results, answers: pd.DataFrame) -> None:
        """Takes the results with the answers that they come from."""
        self._leaves = results.criteria.by_id
        self._rows = rows_by(results.ledger["unit"])
        self._ledger = {name: plain(results.ledger[name]) for name in _LEDGER}
        inputs = [plain(answers[name]) for name in ("x1", "x2")]
        self._inputs = {leaf.id: inputs[: len(leaf.rule.inputs)] for leaf in results.criteria.criteria}
        judgements = results.judgements
        self._said = list(zip(plain(judgements["by"]), plain(judgements["reason"]), strict=True))
        self._sentences: dict[tuple[Any, ...], str] = {}  # many units stand alike

    def of(self, unit: str, among: Collection[str]) -> dict[str, str]:
        """By criterion, of those `among` that a unit has: the rule applied, then what who judged said.

        The words are those of the trace's `sentence` and `history`. Empty for an unknown code.
        """
        criterion = self._ledger["criterion"]
        return {
            criterion[at]: self._reason(at) for at in self._rows.get(unit, ()) if criterion[at] in among
        }

    def _reason(self, at: int) -> str:
        row = {name: column[at] for name, column in self._ledger.items()}
        said = (self._said[row[key]] for key in ("judgement", "decision") if row[key] is not None)
        return "; ".join([self._sentence(row), *(f"{by}: {reason}" for by, reason in said if reason)])

    def _sentence(self, row: dict[str, Any]) -> str:
        leaf, answer = self._leaves[row["criterion"]], row["answer"]
        values: tuple[int, ...] = ()
        if answer is not None:
            found = tuple(column[answer] for column in self._inputs[leaf.id])
            values = () if None in found else found
        judged = row["judgement"] is not None, row["decision"] is not None
        key = (leaf.id, row["claim"], row["reason"], values, judged)
        if key not in self._sentences:
            self._sentences[key] = sentence_of(leaf, row, values)
        return self._sentences[key]


_LEDGER = ("criterion", "claim", "reason", "answer", "judgement", "decision")
