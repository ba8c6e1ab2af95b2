"""What a round knows of its units beside their answers, as scoring wants it."""

from __future__ import annotations

from evidence.intake import Intake
from evidence.round import Round
from scoring.limits import Circumstances, Recorded


def circumstances(round_: Round, intake: Intake) -> Circumstances:
    """The recorded facts, late dossiers and results made elsewhere of a round."""
    facts: dict[str, list[Recorded]] = {}
    for fact in round_.facts:
        facts.setdefault(fact.unit, []).append(Recorded(fact.fact, fact.text))
    return Circumstances(facts, round_.late, intake.outside)
