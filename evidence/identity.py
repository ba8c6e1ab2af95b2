"""Whose form a file is, and for which round: its fingerprint and its unit's sheet against the round."""

from __future__ import annotations

from collections.abc import Iterator

from criteria.model import Unit
from evidence.layout import FORM_LAYOUT, UNIT_FIELDS, fold
from evidence.problems import At, Place, Problem, problem
from evidence.reading.reader import Submission, UnitField
from evidence.round import Round

LABELS = dict(UNIT_FIELDS)


def identity_problems(sent: Submission, unit: Unit, round_: Round, place: Place) -> Iterator[Problem]:
    """What is wrong with the identity of a unit's form; an error means that it is not taken.

    Where the fingerprint is gone, the unit's sheet speaks for it.
    """
    if sent.identity:
        found = _of_fingerprint(sent.identity, unit, round_, place)
    elif sent.table is not None:
        found = _of_sheet(sent, unit, round_, place)
    else:
        found = None
    if found:
        yield found
    if found is None or found.severity != "error":
        yield from _changed_fields(sent, unit, round_, place)


def _of_fingerprint(identity: dict[str, str], unit: Unit, round_: Round, place: Place) -> Problem | None:
    criteria = round_.criteria
    year, code = identity.get("year", "?"), identity.get("unit", "?")
    if identity.get("criteria") != criteria.id or year != str(round_.year):
        other = "" if identity.get("criteria") == criteria.id else ", theo bộ tiêu chí khác"
        return problem("form-wrong-round", place, f"năm {year}{other}", _this_round(round_))
    if code != unit.code:
        return problem("form-wrong-unit", place, _named(round_, code), f"{unit.name} ({unit.code})")
    if identity.get("version") != criteria.version:
        return problem("form-old-version", place)
    return problem("form-other-layout", place) if identity.get("layout") != FORM_LAYOUT else None


def _of_sheet(sent: Submission, unit: Unit, round_: Round, place: Place) -> Problem:
    year, code = sent.details.get("year"), sent.details.get("code")
    if year and year.value and year.value != str(round_.year):
        return problem("form-wrong-round", place, f"năm {year.value}", _this_round(round_))
    if code and _other_unit(round_, unit, code):
        return problem("form-wrong-unit", place, _named(round_, code.value), f"{unit.name} ({unit.code})")
    return problem("form-no-identity", place)


def _other_unit(round_: Round, unit: Unit, code: UnitField) -> bool:
    """Whether the sheet names another unit of the round; a misspelt code is nobody's."""
    codes = {other.code.casefold() for other in round_.units} - {unit.code.casefold()}
    return code.value.casefold() in codes


def _changed_fields(sent: Submission, unit: Unit, round_: Round, place: Place) -> Iterator[Problem]:
    known = {"code": unit.code, "name": unit.name, "year": str(round_.year)}
    for key, wanted in known.items():
        field = sent.details.get(key)
        if field and field.value and fold(field.value) != fold(wanted):
            where = Place(place.unit, place.file, field.sheet, field.cell, At("unit", key))
            yield problem("unit-field-changed", where, f"{LABELS[key]} “{field.value}”", wanted)


def _this_round(round_: Round) -> str:
    return f"năm {round_.year}, theo {round_.criteria.decision.document}"


def _named(round_: Round, code: str) -> str:
    other = round_.by_code.get(code)
    return f"{other.name} ({other.code})" if other else code
