"""Worked examples of a decision, as a table that an officer can read: inputs, expected points and grade.

They stand beside the decision as `ID.cases.yaml`; `danvan criteria lint` computes and compares them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from criteria.exact import thousandths
from criteria.model import Deadline
from criteria.reading import read_document, read_text
from criteria.rules.rule import NUMBER
from criteria.schema import CITE, DATE, ID, TEXT, Schema
from criteria.text_yaml import Mark


@dataclass(frozen=True)
class Case:
    """One unit of an example: what it declares and what must come of it (points in thousandths).

    `answers` holds one text, or two for a ratio, by criterion id; `KPS` is not applicable. `others`
    says what every other criterion gets. `grade` "" means: no grade. None: not compared.
    """

    name: str
    mark: Mark
    type: str
    block: str
    others: Literal["full", "zero"]
    answers: Mapping[str, tuple[str, ...]]
    without_evidence: frozenset[str]
    facts: tuple[str, ...]
    late: int
    no_dossier: bool
    points: Mapping[str, int]
    figures: Mapping[str, int | None]  # `total`, `max`, as far as given; None: none is expected
    grade_by_points: str | None
    grade: str | None


def cases_path(criteria_path: Path) -> Path:
    """Where the worked examples of a criteria file stand."""
    return criteria_path.with_name(f"{criteria_path.stem}.cases.yaml")


@cache
def cases_schema() -> Schema:
    """Schema of a file of worked examples."""
    answer: Schema = {"anyOf": [TEXT, {"type": "array", "items": TEXT, "minItems": 1, "maxItems": 2}]}
    texts: Schema = {"type": "array", "items": TEXT}
    by_id: dict[str, Any] = {"type": "object", "propertyNames": ID}
    deadline: Schema = {
        "type": "object",
        "properties": {"by": DATE, "before": DATE},
        "additionalProperties": False,
        "minProperties": 1,
        "maxProperties": 1,
    }
    case: Schema = {
        "type": "object",
        "required": ["name", "type"],
        "properties": {
            "name": TEXT,
            "type": TEXT,
            "block": TEXT,
            "others": {"enum": ["full", "zero"]},
            "answers": {**by_id, "additionalProperties": answer},
            "without_evidence": texts,
            "facts": texts,
            "late": {"type": "string", "pattern": r"^[0-9]{1,4}$"},
            "no_dossier": {"enum": ["true", "false"]},
            "points": {**by_id, "additionalProperties": NUMBER},
            "total": {**NUMBER, "type": ["string", "null"]},
            "max": NUMBER,
            "grade_by_points": {"type": ["string", "null"]},
            "grade": {"type": ["string", "null"]},
            "note": TEXT,
            "cite": CITE,
        },
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "required": ["cases", "units"],
        "properties": {
            "cases": ID,
            "deadlines": {**by_id, "additionalProperties": deadline},
            "units": {"type": "array", "items": case, "minItems": 1},
        },
        "additionalProperties": False,
    }


def load_cases(path: Path) -> tuple[Case, ...]:
    """Worked examples of a file; raises FileFaults where it is not one."""
    document = read_document(read_text(path), path.name, cases_schema())
    raw: Any = document.value
    return tuple(_case(item, document.mark(("units", index))) for index, item in enumerate(raw["units"]))


def load_deadlines(path: Path) -> tuple[Deadline, ...]:
    """The deadlines that the examples suppose, in place of a plan's; raises FileFaults."""
    raw: Any = read_document(read_text(path), path.name, cases_schema()).value
    return tuple(
        Deadline(
            id_,
            "report",
            "",
            "",
            "",
            date.fromisoformat(item.get("by") or item["before"]),
            "by" in item,
            (),
        )
        for id_, item in raw.get("deadlines", {}).items()
    )


def _case(raw: Mapping[str, Any], mark: Mark) -> Case:
    return Case(
        name=raw["name"],
        mark=mark,
        type=raw["type"],
        block=raw.get("block", raw["type"]),
        others=raw.get("others", "full"),
        answers={
            id_: (value,) if isinstance(value, str) else tuple(value)
            for id_, value in raw.get("answers", {}).items()
        },
        without_evidence=frozenset(raw.get("without_evidence", ())),
        facts=tuple(raw.get("facts", ())),
        late=int(raw.get("late", "0")),
        no_dossier=raw.get("no_dossier") == "true",
        points={id_: thousandths(value) for id_, value in raw.get("points", {}).items()},
        figures={
            key: None if raw[key] is None else thousandths(raw[key])
            for key in ("total", "max")
            if key in raw
        },
        grade_by_points=_label(raw, "grade_by_points"),
        grade=_label(raw, "grade"),
    )


def _label(raw: Mapping[str, Any], key: str) -> str | None:
    """The expected label; "" where none is expected, None where the case does not say."""
    return (raw[key] or "") if key in raw else None
