"""The rows of an appraiser's workbook: each claim as a person reads it, and what was typed beside it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from criteria.exact import as_float
from criteria.model import Appraiser, CriteriaSet, Criterion, Unit
from criteria.worth import Givable, givable
from evidence.answers import Source
from evidence.appraisal.asked import asked, is_due
from evidence.appraisal.dossiers import Dossier, claim_text, dossiers, evidence_text
from evidence.appraisal.gathering import Earlier
from evidence.appraisal.layout import KPS
from evidence.appraisal.typed import Given, check_word, given
from evidence.reading.workbook import Cell
from evidence.round import Round

STATUS_WORDS = {
    "answered": "",
    "not_applicable": "Không phát sinh",
    "blank": "Chưa kê khai",
    "faulty": "Số liệu có lỗi",
    "not_sent": "Chưa gửi hồ sơ",
}
REJECTED, NO_EVIDENCE, EVIDENCE_LOST = (
    "Hồ sơ chưa dùng được",
    "Không có minh chứng",
    "Không có minh chứng: 0 điểm",
)
# verdicts after which what was typed is not shown as if it stood
_TO_REPEAT = {
    "appraisal-stale": "Đã chấm {text} trước khi số liệu thay đổi; chấm lại.",
    "appraisal-conflict": "Hai phiếu chấm khác nhau; chấm lại.",
}


@dataclass(frozen=True)
class Row:
    """One claim and what is typed beside it; `self` in thousandths; `points` as its cell holds it."""

    unit: Unit
    leaf: Criterion
    state: str
    self: int | None
    due: bool  # whether the row waits for points
    may: Givable
    token: str
    claim: str
    evidence: str
    explanation: str
    status: str
    points: Cell
    reason: str

    @property
    def given(self) -> Given:
        """What the cell of points gives."""
        return given(self.points, self.may, self.self)

    @property
    def check(self) -> str:
        """What the column of checks says."""
        return check_word(self.given, self.reason, self.state, self.self, self.due)


def rows_of(
    round_: Round,
    answers: pd.DataFrame,
    sources: Sequence[Source],
    rejected: Collection[str],
    earlier: Mapping[tuple[str, str], Earlier],
) -> tuple[Row, ...]:
    """All rows of a round: units by block and roster within each criterion, criteria as in the decision.

    `earlier`: what came back in `tham-dinh`, by unit and criterion; what stands is filled in again.
    """
    criteria = round_.criteria
    known = dossiers(round_, answers, sources)
    may = {leaf.id: givable(leaf, criteria.policy) for leaf in criteria.criteria}
    blocks = list(round_.blocks)
    places = {unit.code: (blocks.index(unit.block), n) for n, unit in enumerate(round_.units)}
    order = {leaf.id: n for n, leaf in enumerate(criteria.criteria)}
    records = asked(criteria, round_.units, answers).to_dict("records")
    records.sort(key=lambda row: (order[row["criterion"]], places[row["unit"]]))
    told = answers.to_dict("records")
    return tuple(
        _row(
            criteria,
            round_.by_code[record["unit"]],
            criteria.by_id[record["criterion"]],
            record,
            None if pd.isna(record["answer"]) else told[int(record["answer"])],
            known.get(record["unit"]),
            record["unit"] in rejected,
            may[record["criterion"]],
            earlier.get((record["unit"], record["criterion"])),
        )
        for record in records
    )


def rows_of_appraiser(round_: Round, rows: Sequence[Row], appraiser: Appraiser) -> tuple[Row, ...]:
    """The rows of the criteria that the plan gives to an appraiser."""
    own = {
        leaf.id
        for leaf in round_.criteria.criteria
        if (found := round_.plan.appraiser_of(leaf)) and found.id == appraiser.id
    }
    return tuple(row for row in rows if row.leaf.id in own)


def _row(
    criteria: CriteriaSet,
    unit: Unit,
    leaf: Criterion,
    record: Mapping[Any, Any],
    answer: Mapping[Any, Any] | None,
    dossier: Dossier | None,
    rejected: bool,
    may: Givable,
    before: Earlier | None,
) -> Row:
    own = None if pd.isna(record["self"]) else int(record["self"])
    state = record["state"]
    values = [
        None if answer is None or pd.isna(answer[name]) else int(answer[name]) for name in ("x1", "x2")
    ]
    reference = "" if answer is None else str(answer["evidence"])
    again = _TO_REPEAT.get(before.verdict) if before else None
    filled = before if before and not again else None
    status = [REJECTED if rejected else STATUS_WORDS[state]]
    if record["no_evidence"]:
        status = [EVIDENCE_LOST]
    elif state == "answered" and leaf.evidence == "required" and not reference:
        status = [NO_EVIDENCE]
    if before and again:
        status.append(again.format(text=before.text))
    return Row(
        unit,
        leaf,
        state,
        own,
        is_due(criteria, leaf, state, own),
        may,
        record["token"],
        claim_text(leaf, state, values, dossier),
        evidence_text(reference, dossier),
        "" if answer is None else str(answer["explanation"]),
        "\n".join(filter(None, status)),
        _cell_of(filled.points, may, own) if filled else None,
        filled.reason if filled else "",
    )


def _cell_of(typed: object, may: Givable, own: int | None) -> Cell:
    """What was typed, as the new workbook holds it: a number where it is one, else the text as it was."""
    found = given(typed, may, own)  # type: ignore[arg-type]
    if found.not_applicable:
        return KPS
    if found.points is not None:
        return as_float(found.points)
    return typed if isinstance(typed, str | int | float) else None
