"""Whose workbook a file in `tham-dinh` is, and for which round: its fingerprint held against the round."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.appraisal.layout import APPRAISAL_LAYOUT, COLUMNS
from evidence.appraisal.reader import NEEDED, Returned
from evidence.problems import Place, Problem, problem
from evidence.round import Round

HEADINGS = ", ".join(f"“{column.heading}”" for column in COLUMNS if column.key in NEEDED)


def file_problems(returned: Returned, round_: Round, place: Place) -> Iterator[Problem]:
    """What is wrong with a workbook as a whole; after an error nothing in it may be taken."""
    identity, criteria = returned.identity, round_.criteria
    if not identity:
        yield problem("appraisal-no-identity", place)
        return
    ours = {"round": round_.id, "year": str(round_.year), "criteria": criteria.id}
    corrected = round_.corrects
    # what was judged for the round that is corrected came along with everything else
    rounds = {round_.id, *((corrected.round, *corrected.earlier) if corrected else ())}
    said = {**ours, "round": identity.get("round")}
    if said["round"] not in rounds or any(identity.get(key) != value for key, value in said.items()):
        found, wanted = (
            f"đợt “{item.get('round', '?')}”, năm {item.get('year', '?')}, {item.get('criteria', '?')}"
            for item in (identity, ours)
        )
        yield problem("appraisal-wrong-round", place, found, wanted)
        return
    appraisers = {item.id: item.name for item in round_.plan.appraisers}
    if identity.get("appraiser") not in appraisers:
        known = "; ".join(f"{name} ({id_})" for id_, name in appraisers.items())
        yield problem("appraisal-unknown-appraiser", place, identity.get("appraiser", "?"), known)
        return
    if not returned.tables:
        yield problem("appraisal-no-table", place, expected=HEADINGS)
    elif identity.get("version") != criteria.version or identity.get("layout") != APPRAISAL_LAYOUT:
        yield problem("appraisal-old-version", place)
