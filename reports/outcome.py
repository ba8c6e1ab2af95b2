"""All that a round comes to, in one place: what came in, the results, the history of each point."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from evidence.intake import Intake
from evidence.registers.decisions import open_objections
from evidence.round import Round
from reports.advice import advice_lines
from reports.known import circumstances, results_of, scored
from reports.point_history import told_history
from scoring.distance import Advice, advices
from scoring.history import history
from scoring.reasons import Reasons
from scoring.results import Results
from scoring.trace import Step, Traces


@dataclass(frozen=True)
class Outcome:
    """A round, what came in for it, its results and `history` (see `reports.ledger_file`).

    `open_objections`: a Vietnamese phrase for each objection that nobody has decided yet.
    """

    round: Round
    intake: Intake
    results: Results
    history: pd.DataFrame
    open_objections: tuple[str, ...] = ()

    def steps(self, code: str) -> tuple[Step, ...]:
        """The trace of a unit; raises KeyError for an unknown code."""
        return self._traces.of(code)

    def reasons(self, code: str, among: Collection[str]) -> dict[str, str]:
        """Why a unit has its points on these criteria, a text each."""
        return self._reasons.of(code, among)

    def advice_lines(self, code: str) -> list[str]:
        """How a unit could win the next grade, a line each; none where there is no grade above."""
        own = self.advices.get(code)
        return list(advice_lines(own)) if own else []

    @cached_property
    def _traces(self) -> Traces:
        return Traces(self.results, self.intake.answers, self.intake.sources)

    @cached_property
    def _reasons(self) -> Reasons:
        return Reasons(self.results, self.intake.answers)

    @cached_property
    def advices(self) -> Mapping[str, Advice]:
        """Advice by unit, of those that can be given any."""
        known = circumstances(self.round, self.intake)
        return advices(self.results, self.intake.answers, known)


def outcome(round_: Round, intake: Intake | None = None) -> Outcome:
    """The outcome of a round as its folder now stands; `intake`: what is taken in already. Writes nothing.

    `score`, `close` and `verify` all go through here, so that what is sealed is what was printed and
    what is verified is what was sealed.
    """
    intake, results = scored(round_, intake)
    return _outcome(round_, intake, results)


def closed_outcome(found: Outcome) -> Outcome:
    """The same outcome as that of a round that is sealed with nothing open: every judged unit is final."""
    return _outcome(found.round, found.intake, results_of(found.round, found.intake, closed=True))


def _outcome(round_: Round, intake: Intake, results: Results) -> Outcome:
    told = told_history(history(results, intake.answers, intake.sources), round_.by_code)
    return Outcome(round_, intake, results, told, tuple(_objections(round_)))


def _objections(round_: Round) -> Iterator[str]:
    """Each open objection with the name of its unit."""
    for code, objections in open_objections(round_).items():
        for objection in objections:
            yield f"{round_.by_code[code].name}, {objection.words}"
