"""What a round knows of its units beside their answers, as scoring wants it; the round scored with it."""

from __future__ import annotations

import pandas as pd

from evidence.intake import Intake, take_in
from evidence.registers.decisions import open_objections
from evidence.round import Round
from evidence.sealing.seal import closed_for_good
from evidence.status import SoFar
from scoring.limits import Circumstances, Recorded
from scoring.results import Results, score


def circumstances(round_: Round, intake: Intake, closed: bool | None = None) -> Circumstances:
    """The recorded facts, late dossiers, open objections and results made elsewhere of a round.

    `closed`: whether its points are final; None where its seal is to say so.
    """
    facts: dict[str, list[Recorded]] = {}
    for fact in round_.facts:
        facts.setdefault(fact.unit, []).append(Recorded(fact.fact, fact.text))
    objected = frozenset(open_objections(round_))
    final = closed_for_good(round_.folder) if closed is None else closed
    return Circumstances(facts, round_.late, intake.outside, objected, final)


def scored(round_: Round, intake: Intake | None = None) -> tuple[Intake, Results]:
    """What came in for a round, unless that is taken in already, and what it comes to now."""
    intake = intake or take_in(round_)
    return intake, results_of(round_, intake)


def results_of(round_: Round, intake: Intake, closed: bool | None = None) -> Results:
    """What a round comes to by what came in for it; `closed` as in `circumstances`."""
    return score(
        round_.criteria,
        round_.plan,
        round_.units,
        intake.answers,
        intake.rejected,
        circumstances(round_, intake, closed),
        intake.judgements,
    )


def points_so_far(results: Results) -> SoFar:
    """The points as they stand, for the status of a round."""
    columns = ("self", "final", "percent")
    rows = results.units.to_dict("records")
    return SoFar(
        {
            row["code"]: tuple(None if pd.isna(row[name]) else int(row[name]) for name in columns)
            for row in rows
        },
        results.averages,
    )


def standing_points(round_: Round, unit: str, criterion: str) -> tuple[int | None, bool]:
    """The points that a unit has on a criterion now (thousandths), and whether it stands as KPS."""
    _, results = scored(round_)
    ledger = results.ledger
    row = ledger[(ledger["unit"] == unit) & (ledger["criterion"] == criterion)].iloc[0]
    return None if pd.isna(row["final"]) else int(row["final"]), row["status"] == "not_applicable"
