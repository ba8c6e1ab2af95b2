"""Results for programs: `results.json`, and beside it `dau-vao.json`, what they were computed from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from criteria.library import OWN_FOLDER
from evidence.folders import ROUND_FILE
from evidence.intake import Intake
from evidence.placing import write_aside
from evidence.round import Round
from reports.ranked.basis import program_version
from reports.standing import grade_counts, in_rank_order, standings
from reports.unit_record import decimal_text, unit_json
from reports.wording import warnings
from scoring.quotas import Proposal
from scoring.results import Results
from scoring.targets import Attainment

RECORD_NAME = "results.json"


def results_json(round_: Round, results: Results) -> dict[str, Any]:
    """The results as plain values: decimals as text with a dot, None where not known.

    Nothing in it tells in which files the answers came: the same answers give the same record.
    """
    criteria = round_.criteria
    document = replace(criteria.decision.document, issuer="")
    return {
        "round": round_.id,
        "criteria": {
            "id": criteria.id,
            "decision": str(document),
            "provenance": criteria.provenance.status,
        },
        "provisional": results.provisional,
        "units": [unit_json(unit) for unit in standings(results)],
        "blocks": list(_blocks(round_, results)),
        "quotas": [_quota(proposal) for proposal in results.proposals],
        "targets": [_target(attained) for attained in results.targets],
        "warnings": warnings(round_, results),
    }


def write_results(path: Path, round_: Round, results: Results) -> None:
    """Writes `results.json`; raises FileHeld where the file is open elsewhere."""
    _write(path, results_json(round_, results))


def write_inputs(path: Path, round_: Round, intake: Intake) -> None:
    """Writes `dau-vao.json`: the hash of each file that the results rest on, and the versions.

    No time of day stands in it, so the same inputs give the same bytes.
    """
    _write(
        path,
        {
            "round": round_.id,
            "program": program_version(),
            "criteria": {"id": round_.criteria.id, "version": round_.criteria.version},
            "plan": {"id": round_.plan.id, "version": round_.plan.version},
            "files": [
                {
                    "file": file.relative_to(round_.folder).as_posix(),
                    "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
                }
                for file in _inputs(round_, intake)
            ],
        },
    )


def _inputs(round_: Round, intake: Intake) -> list[Path]:
    """The files that results rest on: `dot.yaml`, the round's own criteria, what came in and was read."""
    own = (round_.folder / OWN_FOLDER).glob("*")
    files = {round_.folder / ROUND_FILE, *(path for path in own if path.is_file()), *intake.files}
    return sorted(files, key=lambda path: path.relative_to(round_.folder).as_posix())


def record_text(value: dict[str, Any]) -> str:
    """A record as the text of its file."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _write(path: Path, value: dict[str, Any]) -> None:
    with write_aside(path) as aside:
        aside.write_text(record_text(value), encoding="utf-8", newline="\n")


def _blocks(round_: Round, results: Results) -> Iterator[dict[str, Any]]:
    for block, units in in_rank_order(results).items():
        yield {
            "block": block,
            "title": round_.blocks[block],
            "units": len(units),
            "average": decimal_text(results.averages[block]),
            "grades": grade_counts(results, block, units),
        }


def _quota(proposal: Proposal) -> dict[str, Any]:
    return {
        "grade": proposal.quota.grade,
        "block": proposal.block,
        "text": proposal.text,
        "of": proposal.base,
        "allowed": proposal.allowed,
        "keep": list(proposal.keep),
        "undecided": list(proposal.undecided),
        "over": list(proposal.over),
    }


def _target(attained: Attainment) -> dict[str, Any]:
    return {
        "id": attained.target.id,
        "text": attained.target.text,
        "goal": decimal_text(attained.target.at_least),
        "counts": "people" if attained.target.kind == "people_share" else "units",
        "have": attained.have,
        "out_of": attained.out_of,
        "reached": decimal_text(attained.reached),
        "met": attained.met,
        "short_by": attained.short_by,
    }
