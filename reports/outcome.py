"""All that a round comes to, in one place: what came in, the results, the history of each point."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from evidence.intake import Intake
from evidence.round import Round
from reports.known import scored
from reports.point_history import point_history
from scoring.results import Results


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


def outcome(round_: Round) -> Outcome:
    """The outcome of a round as its folder now stands; writes nothing.

    `score`, `close` and `verify` all go through here, so that what is sealed is what was printed and
    what is verified is what was sealed.
    """
    intake, results = scored(round_)
    history = point_history(results, round_.by_code, intake.answers, intake.sources)
    return Outcome(round_, intake, results, history)
