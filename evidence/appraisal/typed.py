"""What an appraiser typed beside a claim: points, KPS or neither, and whether that may stand."""

from __future__ import annotations

from dataclasses import dataclass

from criteria.exact import NotANumber, thousandths, vietnamese
from criteria.worth import Givable
from evidence.appraisal.layout import DONE, KPS, NO_POINTS, NO_REASON, WAITING, WRONG
from evidence.layout import NOT_APPLICABLE_WORDS, fold
from evidence.reading.typed import as_text, is_blank
from evidence.reading.workbook import Cell

MOST_NAMED = 12  # values of a list that are spelt out


@dataclass(frozen=True)
class Given:
    """One cell of points: `points` in thousandths or `not_applicable`; `fault`: why it may not stand."""

    points: int | None = None
    not_applicable: bool = False
    fault: str = ""

    @property
    def blank(self) -> bool:
        """Whether nothing was given."""
        return self.points is None and not self.not_applicable and not self.fault


def given(cell: Cell, may: Givable, claimed: int | None = None) -> Given:
    """What a cell gives; a `fault` is a code of the catalogue of problems.

    The points that the unit claims may always be given, even where a table claims some between the steps.
    """
    if is_blank(cell):
        return Given()
    if fold(as_text(cell)) in NOT_APPLICABLE_WORDS:
        fault = "" if may.not_applicable else "appraisal-not-applicable-forbidden"
        return Given(None, not fault, fault)
    try:
        points = thousandths(cell)
    except NotANumber:
        return Given(fault="appraisal-not-a-number")
    if not 0 <= points <= may.top:
        return Given(fault="appraisal-over-max")
    return Given(points) if points in may or points == claimed else Given(fault="appraisal-not-in-step")


def reason_due(found: Given, state: str, claimed: int | None) -> bool:
    """Whether what was given differs from what the unit says, so that it needs a reason."""
    if found.not_applicable:
        return state != "not_applicable"
    return state != "answered" or found.points != claimed


def check_word(found: Given, reason: str, state: str, claimed: int | None, due: bool) -> str:
    """What the column of checks says of a row; `due`: whether the row waits for points."""
    if found.blank:
        return NO_POINTS if reason.strip() else WAITING if due else ""
    if found.fault:
        return WRONG
    return NO_REASON if reason_due(found, state, claimed) and not reason.strip() else DONE


def allowed_text(may: Givable) -> str:
    """What may be typed, in Vietnamese."""
    if may.listed and len(may.listed) <= MOST_NAMED:
        text = "một trong các số " + "; ".join(vietnamese(value) for value in sorted(may.listed))
    else:
        decimals = {1: ", tối đa ba số lẻ", 10: ", tối đa hai số lẻ", 100: ", tối đa một số lẻ"}
        step = decimals.get(may.step, f", mỗi bước {vietnamese(may.step)}")
        text = f"số từ 0 đến {vietnamese(may.top)}{step}"
    return text + (f", hoặc {KPS} nếu không phát sinh" if may.not_applicable else "")
