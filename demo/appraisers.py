"""The example round's appraisers fill in their workbooks; people, points and reasons are invented."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from criteria.exact import as_float
from demo.story import DIVIDED, LOWERED, PEOPLE, SECOND_GIVES, SECOND_PERSON, Judged
from evidence.appraisal.form import write_appraisal
from evidence.appraisal.handing_out import appraisers_named
from evidence.appraisal.layout import FOLDER, KPS
from evidence.appraisal.overview import Signed
from evidence.appraisal.rows import Row, rows_of, rows_of_appraiser
from evidence.intake import take_in
from evidence.round import Round

SECOND_COPY = f"{DIVIDED}-2.xlsx"  # the workbook of the second person


def return_workbooks(round_: Round, ids: Sequence[str]) -> None:
    """Writes the workbooks of these appraisers, filled in, into `tham-dinh/`.

    Of the office that is divided there come two: the second person judged the wards and communes only,
    and one of them otherwise than the first.
    """
    intake = take_in(round_)
    rows = rows_of(round_, intake.answers, intake.sources, intake.rejected, {})
    folder = round_.folder / FOLDER
    for appraiser in appraisers_named(round_, ids):
        own = rows_of_appraiser(round_, rows, appraiser)
        filled = [_judged(row, LOWERED) for row in own]
        path = folder / f"{appraiser.id}.xlsx"
        write_appraisal(path, round_, appraiser, "criterion", filled, Signed(*PEOPLE[appraiser.id]))
        if appraiser.id == DIVIDED:
            second = [_judged(row, SECOND_GIVES) if row.unit.type == "xa-phuong" else row for row in own]
            path = folder / SECOND_COPY
            write_appraisal(path, round_, appraiser, "criterion", second, Signed(*SECOND_PERSON))


def _judged(row: Row, given: Mapping[tuple[str, str], Judged]) -> Row:
    """The row as an appraiser leaves it: the claim granted, or the points and reason given."""
    judged = given.get((row.unit.code, row.leaf.id))
    if judged:
        return replace(row, points=as_float(judged.points), reason=judged.reason)
    if not row.due:
        return row
    if row.state == "not_applicable":
        return replace(row, points=KPS)
    return replace(row, points=None if row.self is None else as_float(row.self))
