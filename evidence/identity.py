"""Whose form a file is, and for which round: what its fingerprint says, held against the round."""

from __future__ import annotations

from collections.abc import Iterator

from criteria.model import Unit
from evidence.layout import FORM_LAYOUT
from evidence.problems import Place, Problem, problem
from evidence.reader import Submission
from evidence.round import Round


def identity_problems(sent: Submission, unit: Unit, round_: Round, place: Place) -> Iterator[Problem]:
    """What is wrong with the identity of a unit's form."""
    identity = sent.identity
    if not identity:
        if sent.table is not None:
            yield problem("form-no-identity", place)
        return
    criteria = round_.criteria
    if identity.get("criteria") != criteria.id or identity.get("year") != str(round_.year):
        found = f"{identity.get('criteria', '?')}, năm {identity.get('year', '?')}"
        yield problem("form-wrong-round", place, found, f"{criteria.id}, năm {round_.year}")
    elif identity.get("unit") != unit.code:
        other = round_.by_code.get(identity.get("unit", ""))
        found = f"{other.name} ({other.code})" if other else identity.get("unit", "?")
        yield problem("form-wrong-unit", place, found, f"{unit.name} ({unit.code})")
    elif identity.get("version") != criteria.version or identity.get("layout") != FORM_LAYOUT:
        yield problem("form-old-version", place, identity.get("version", "?"), criteria.version)
