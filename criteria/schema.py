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
HASH: Schema = {"type": "string", "pattern": r"^[0-9a-f]{64}$"}
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


_FLOORS: Schema = _list(
    {
        **_object(
            "percent",
            each={"enum": ["criterion", "group"]},
            group=ID,
            criterion=ID,
            percent=NUMBER,
        ),
        "oneOf": [{"required": [key]} for key in ("each", "group", "criterion")],
    },
    1,
)
GRADES: Schema = _list(
    {
        **_object("label", label=TEXT, floors=_FLOORS, above=NUMBER, **{"from": NUMBER}),
        "oneOf": [{"required": ["from"]}, {"required": ["above"]}],
    }
)
_CONDITION: Schema = {
    "type": "object",
    "properties": {
        "all": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/condition"}},
        "any": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/condition"}},
        "not": {"$ref": "#/$defs/condition"},
        "fact": ID,
        "dossier": {"enum": ["none", "late"]},
        "group": ID,
        "criterion": ID,
        "percent_below": NUMBER,
        "evidence_missing": {"type": "string", "pattern": r"^[1-9][0-9]{0,3}$"},
    },
    "additionalProperties": False,
    "oneOf": [
        {"required": [key]}
        for key in ("all", "any", "not", "fact", "dossier", "group", "criterion", "evidence_missing")
    ],
    "dependentRequired": {
        "group": ["percent_below"],
        "criterion": ["percent_below"],
    },
}
_ACT: Schema = {
    **_object(
        "",
        at_most=TEXT,
        lower_by={"type": "string", "pattern": r"^[1-9]$"},
        fail_to=TEXT,
        not_graded=TEXT,
        consequence=TEXT,
    ),
    "minProperties": 1,
    "maxProperties": 1,
}
_LIMITS: Schema = _list(
    _object("id when act cite", id=ID, when={"$ref": "#/$defs/condition"}, act=_ACT, text=TEXT, cite=CITE)
)
_QUOTA: Schema = _object(
    "grade at_most cite",
    grade=TEXT,
    at_most=NUMBER,
    of={"anyOf": [{"const": "rated"}, {**TEXTS, "minItems": 1}]},
    by={"enum": ["block", "all"]},
    cite=CITE,
)


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
        kind={"enum": ["scale", "bonus", "penalty"]},
        applies_to={**TEXTS, "minItems": 1},
        cite=CITE,
        illustrative=TEXTS,
        inferred=TEXTS,
        criteria=_list(_criterion(), 1),
    )
    schema = _object(
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
            points=_object(
                "digits rounding",
                digits={"enum": ["0", "1", "2", "3"]},
                rounding=ROUNDING,
                at={"enum": ["criterion", "group", "end"]},
            ),
            percent=_ROUNDED,
            rank_on={"enum": ["exact", "rounded"]},
            ties={"enum": ["competition", "dense"]},
            break_by=TEXTS,
            hold_to_scale={"enum": ["true", "false"]},
            grade_on={"enum": ["percent_of_applicable", "points"]},
        ),
        illustrative=TEXTS,
        inferred=TEXTS,
        unit_types={"type": "object", "minProperties": 1, "additionalProperties": TEXT},
        grades=GRADES,
        grades_by_block={"type": "object", "additionalProperties": GRADES},
        limits=_LIMITS,
        quotas=_list(_QUOTA),
        groups=_list(group, 1),
    )
    return {**schema, "$defs": {"condition": _CONDITION}}


@cache
def plan_schema() -> Schema:
    """Schema of a plan file."""
    deadline_kinds = ["plan", "report", "dossier", "grading", "registration", "assignment"]
    target_kinds = ["grade_share", "people_share", "units_share", "not_below_last_year"]
    schema = _object(
        "plan title document year locality criteria appraisers deadlines targets",
        plan=ID,
        title=TEXT,
        document=DOCUMENT,
        under=_list(DOCUMENT),
        year=YEAR,
        locality=TEXT,
        criteria=ID_OR_NONE,
        roster=ID_OR_NONE,
        unit_types={"type": "object", "additionalProperties": TEXT},
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
                unit_types={**TEXTS, "minItems": 1},
                asked_of={"enum": ["all", "some"]},
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
        limits=_LIMITS,
        cites=_list(_object("text cite", text=TEXT, cite=CITE)),
    )
    return {**schema, "$defs": {"condition": _CONDITION}}


@cache
def round_schema() -> Schema:
    """Schema of a round's `dot.yaml`."""
    unit = _object("code name type", code=ID, name=TEXT, type=TEXT, block=TEXT)
    fact = _object(
        "unit fact recorded_by",
        unit=ID,
        fact=ID,
        document=TEXT,
        date=DATE,
        recorded_by=TEXT,
        note=TEXT,
    )
    return _object(
        "round plan year units",
        round=TEXT,
        title=TEXT,
        plan=ID,
        year=YEAR,
        mark=TEXT_OR_NONE,
        source=TEXT_OR_NONE,
        previous=TEXT,
        blocks={"type": "object", "additionalProperties": TEXT},
        units=_list(unit, 1),
        facts=_list(fact),
        received=_list(_object("unit on recorded_by", unit=ID, on=DATE, recorded_by=TEXT)),
        corrects=_object(
            "round folder head", round=TEXT, folder=TEXT, head=HASH, reason=TEXT, earlier=TEXTS
        ),
    )
