"""JSON Schemas (draft 2020-12) of criteria files, plan files and a round's `dot.yaml`."""

from __future__ import annotations

from functools import cache
from typing import Any

from criteria.rules import kinds
from criteria.rules.rule import NUMBER

Schema = dict[str, Any]

TEXT: Schema = {"type": "string", "minLength": 1}
TEXT_OR_NONE: Schema = {"type": ["string", "null"]}
ID: Schema = {"type": "string", "pattern": r"^[A-Za-z0-9][A-Za-z0-9._-]*$"}
ID_OR_NONE: Schema = {"type": ["string", "null"], "pattern": r"^[A-Za-z0-9][A-Za-z0-9._-]*$"}
DATE: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
DATE_OR_NONE: Schema = {"type": ["string", "null"], "pattern": r"^\d{4}-\d{2}-\d{2}$"}
YEAR: Schema = {"type": "string", "pattern": r"^\d{4}$"}
TEXTS: Schema = {"type": "array", "items": TEXT}
CITE: Schema = {"anyOf": [TEXT, {**TEXTS, "minItems": 1}]}
ROUNDING: Schema = {"enum": ["half_up", "half_even", "down"]}


def _object(required: str, **properties: Schema) -> Schema:
    return {
        "type": "object",
        "required": required.split(),
        "properties": properties,
        "additionalProperties": False,
    }


def _list(items: Schema, least: int = 0) -> Schema:
    return {"type": "array", "items": items, "minItems": least}


DOCUMENT: Schema = _object(
    "number date",
    number=TEXT_OR_NONE,
    date=DATE_OR_NONE,
    issuer=TEXT,
    note=TEXT,
    certainty={"enum": ["stated", "inferred"]},
)

_ROUNDED: Schema = _object("digits rounding", digits={"enum": ["0", "1", "2", "3"]}, rounding=ROUNDING)


def _criterion() -> Schema:
    common: Schema = {
        "id": ID,
        "title": TEXT,
        "max": NUMBER,
        "kind": {"enum": sorted(kinds())},
        "applies_to": {**TEXTS, "minItems": 1},
        "not_applicable": {"enum": ["forbidden", "exclude", "full"]},
        "evidence": {"enum": ["required", "optional", "none"]},
        "without_evidence": {"enum": ["zero", "flag"]},
        "appraiser": ID,
        "note": TEXT,
        "cite": CITE,
        "illustrative": TEXTS,
        "inferred": TEXTS,
    }
    required = ["id", "title", "max", "kind", "cite"]
    by_kind = [
        {
            "if": {"properties": {"kind": {"const": name}}, "required": ["kind"]},
            "then": {
                "properties": {**common, **rule.SCHEMA},
                "required": [*required, *rule.REQUIRED],
                "additionalProperties": False,
            },
        }
        for name, rule in sorted(kinds().items())
    ]
    unknown_kind = {
        "if": {"properties": {"kind": common["kind"]}, "required": ["kind"]},
        "else": {"properties": {"kind": common["kind"]}, "required": ["kind"]},
    }
    return {"type": "object", "allOf": [*by_kind, unknown_kind]}


@cache
def criteria_schema() -> Schema:
    """Schema of a criteria file whose scalars are all text; the kinds bring their own fragments."""
    group = _object(
        "id title max cite criteria",
        id=ID,
        title=TEXT,
        max=NUMBER,
        cite=CITE,
        illustrative=TEXTS,
        inferred=TEXTS,
        criteria=_list(_criterion(), 1),
    )
    return _object(
        "criteria title decision provenance scale policy unit_types grades groups",
        criteria=ID,
        title=TEXT,
        decision=_object(
            "number date issuer in_force",
            number=TEXT_OR_NONE,
            date=DATE_OR_NONE,
            issuer=TEXT,
            in_force=_object("from", **{"from": DATE, "to": DATE_OR_NONE}),
            replaces=_list(DOCUMENT),
            replaced_by={"anyOf": [{"type": "null"}, DOCUMENT]},
        ),
        provenance=_object(
            "status sources",
            status={"enum": ["official", "reconstructed", "example"]},
            checked={"anyOf": [{"type": "null"}, _object("by on", by=TEXT, on=DATE)]},
            note=TEXT,
            sources={"type": "object", "additionalProperties": TEXT},
        ),
        scale=NUMBER,
        policy=_object(
            "percent grade_on",
            points_step=NUMBER,
            points=_ROUNDED,
            percent=_ROUNDED,
            rank_on={"enum": ["exact", "rounded"]},
            ties={"enum": ["competition", "dense"]},
            grade_on={"enum": ["percent_of_applicable", "points"]},
        ),
        illustrative=TEXTS,
        inferred=TEXTS,
        unit_types={"type": "object", "minProperties": 1, "additionalProperties": TEXT},
        grades=_list(_object("label from", label=TEXT, **{"from": NUMBER})),
        groups=_list(group, 1),
    )


@cache
def plan_schema() -> Schema:
    """Schema of a plan file."""
    deadline_kinds = ["plan", "report", "dossier", "grading", "registration", "assignment"]
    target_kinds = ["grade_share", "people_share", "units_share", "not_below_last_year"]
    return _object(
        "plan title document year locality criteria appraisers deadlines targets",
        plan=ID,
        title=TEXT,
        document=DOCUMENT,
        under=_list(DOCUMENT),
        year=YEAR,
        locality=TEXT,
        criteria=ID_OR_NONE,
        roster=ID_OR_NONE,
        source=TEXT,
        appraisers=_list(
            _object(
                "id name role",
                id=ID,
                name=TEXT,
                role={"enum": ["lead", "co"]},
                groups=TEXTS,
                cite=CITE,
            )
        ),
        deadlines=_list(
            _object(
                "id kind what cite",
                id=ID,
                kind={"enum": deadline_kinds},
                what=TEXT,
                who=TEXT,
                to=TEXT,
                by=DATE,
                before=DATE,
                cite=CITE,
                passage=TEXT,
            )
        ),
        targets=_list(
            _object(
                "id text kind cite",
                id=ID,
                text=TEXT,
                kind={"enum": target_kinds},
                grade=TEXT,
                at_least=NUMBER,
                of={"enum": ["all", "rated"]},
                criterion=ID,
                cite=CITE,
            )
        ),
        duties=_list(_object("id who what cite", id=ID, who=TEXT, what=TEXT, cite=CITE)),
        without_dossier={"anyOf": [{"type": "null"}, _object("text cite", text=TEXT, cite=CITE)]},
        cites=_list(_object("text cite", text=TEXT, cite=CITE)),
    )


@cache
def round_schema() -> Schema:
    """Schema of a round's `dot.yaml`."""
    unit = _object("code name type", code=ID, name=TEXT, type=TEXT, block=TEXT)
    return _object(
        "round plan year units",
        round=TEXT,
        title=TEXT,
        plan=ID,
        year=YEAR,
        mark=TEXT_OR_NONE,
        source=TEXT_OR_NONE,
        blocks={"type": "object", "additionalProperties": TEXT},
        units=_list(unit, 1),
    )
