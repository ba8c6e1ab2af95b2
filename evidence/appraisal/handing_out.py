"""Hands out the appraisers' workbooks of a round: into `bieu-mau/tham-dinh`, never into `tham-dinh`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from criteria.catalogue import UnknownId
from criteria.document import vietnamese_date
from criteria.model import Appraiser
from evidence.appraisal.form import write_appraisal
from evidence.appraisal.layout import DONE, FOLDER, Mode
from evidence.appraisal.merging import read_appraisal
from evidence.appraisal.overview import Signed
from evidence.appraisal.rows import rows_of, rows_of_appraiser
from evidence.folders import FORMS
from evidence.intake import Intake
from evidence.round import Round, RoundFault


@dataclass(frozen=True)
class HandedOut:
    """A workbook that was written: whose, where, how many rows wait for points, how many have them."""

    appraiser: Appraiser
    path: Path
    asked: int
    done: int


def appraisers_named(round_: Round, ids: Sequence[str]) -> tuple[Appraiser, ...]:
    """The appraisers of these ids, or all of the plan; raises UnknownId, RoundFault where it has none."""
    known = {item.id: item for item in round_.plan.appraisers}
    if not known:
        raise RoundFault(
            f"Kế hoạch “{round_.plan.id}” chưa ghi cơ quan nào thẩm định. "
            "Bổ sung phần “appraisers” trong tệp kế hoạch rồi chạy lại."
        )
    for id_ in ids:
        if id_ not in known:
            raise UnknownId("cơ quan thẩm định có mã", id_, known)
    return tuple(known[id_] for id_ in dict.fromkeys(ids)) or tuple(known.values())


def hand_out(
    round_: Round, intake: Intake, appraisers: Sequence[Appraiser], mode: Mode
) -> Iterator[HandedOut]:
    """Writes the workbook of each appraiser that has any criterion, one after the other.

    What came back in `tham-dinh` is filled in again, as far as it stands. Raises FileHeld.
    """
    back = read_appraisal(round_, intake.answers)
    rows = rows_of(round_, intake.answers, intake.sources, intake.rejected, back.earlier)
    for appraiser in appraisers:
        own = rows_of_appraiser(round_, rows, appraiser)
        if not own:
            continue
        person, day = back.people.get(appraiser.id, ("", ""))
        when = vietnamese_date(date.fromisoformat(day)) if day else ""
        path = round_.folder / FORMS / FOLDER / f"{appraiser.id}.xlsx"
        write_appraisal(path, round_, appraiser, mode, own, Signed(person, when))
        words = [row.check for row in own]
        yield HandedOut(appraiser, path, sum(map(bool, words)), words.count(DONE))
