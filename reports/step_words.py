"""What is told of one point beside its rule: what the unit declared, what persons judged, when, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from criteria.document import vietnamese_date
from criteria.exact import vietnamese
from evidence.round import Round
from scoring.trace import Judgement, Step

_STAGES = {"appraised": "Thẩm định", "decided": "Quyết định"}


def dossier_lines(round_: Round, code: str, steps: Sequence[Step]) -> Iterator[str]:
    """The files that a unit's points come from, and when its dossier was received."""
    yield from sorted({f"Hồ sơ: {_place(step)}" for step in steps if step.file})
    receipt = round_.dossiers.get(code)
    if receipt is not None and receipt.source != "file":
        # the time of a file changes with every copy: told in the status, where somebody mends it
        yield f"Hồ sơ {receipt.text}"


def _place(step: Step) -> str:
    return f"tệp {step.file}" + (f", trang {step.sheet}" if step.sheet else "")


def claim_lines(step: Step) -> Iterator[str]:
    """What the unit declared, each figure with its cell, and its own words on it."""
    if step.facts:
        told = (
            f"{fact.label}: {fact.value}" + (f" (ô {fact.cell})" if fact.cell else "")
            for fact in step.facts
        )
        yield f"Kê khai: {'; '.join(told)}"
    if step.explanation:
        yield f"Đơn vị giải trình: {step.explanation}"


def history_lines(step: Step) -> Iterator[str]:
    """What persons judged, the last word last."""
    return (judgement_line(said, step.self) for said in step.history)


def judgement_line(said: Judgement, own: int | None) -> str:
    """What a person judged, why, by which document, and where it stands; `own`: the claimed points."""
    points = "không phát sinh" if said.points is None else vietnamese(said.points)
    differs = f" (tự chấm {vietnamese(own)})" if own is not None and own != said.points else ""
    who = f" – {said.by}" + (f", ngày {vietnamese_date(said.on)}" if said.on else "")
    why = f"; lý do: {said.reason}" if said.reason else ""
    document = f"; văn bản: {said.document}" if said.document else ""
    # a register has lines instead of cells: "dòng 2"
    cell = said.cell if said.cell.startswith("dòng ") or not said.cell else f"ô {said.cell}"
    parts = (said.file, f"trang {said.sheet}" if said.sheet else "", cell)
    place = ", ".join(part for part in parts if part)
    return f"{_STAGES[said.stage]}: {points}{differs}{who}{why}{document} ({place})"
