"""Reads appraisers' workbooks one after the other: rows that may stand, and what is wrong with the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from criteria.exact import vietnamese
from criteria.model import Appraiser, Criterion, Unit
from criteria.rules import Input
from criteria.worth import givable
from evidence.appraisal.asked import asked, digest
from evidence.appraisal.layout import FOLDER, KPS
from evidence.appraisal.reader import Entry, Returned, read_appraisal_sheets
from evidence.appraisal.typed import Given, allowed_text, given, reason_due
from evidence.appraisal.whose import file_problems
from evidence.problems import Place, Problem, problem
from evidence.reading.typed import NotUnderstood, as_shown, as_text, parse_input
from evidence.reading.workbook import Unreadable, read_workbook
from evidence.round import Round

_DAY = Input("on", "Ngày thẩm định", "date")


@dataclass(frozen=True)
class Earlier:
    """What an appraiser typed before on one row; `verdict` is empty where it stands, else the fault."""

    points: object
    reason: str
    verdict: str
    text: str  # the points as people read them


def claims_of(round_: Round, answers: pd.DataFrame) -> dict[tuple[str, str], Any]:
    """What units claim now, by unit and criterion."""
    rows = asked(round_.criteria, round_.units, answers).itertuples(index=False)
    return {(row.unit, row.criterion): row for row in rows}


class Gathered:
    """What was read so far: rows that may stand, and what is wrong with the others."""

    def __init__(self, round_: Round, claims: Mapping[tuple[str, str], Any]) -> None:
        self.round, self.claims = round_, claims
        self.sound: list[dict[str, object]] = []
        self.problems: list[Problem] = []
        self.earlier: dict[tuple[str, str], Earlier] = {}
        self.people: dict[str, tuple[str, str]] = {}
        self._units = {unit.code.casefold(): unit for unit in round_.units}
        self._leaves: dict[str, Criterion] = round_.criteria.by_id
        self._owners = {id_: round_.plan.appraiser_of(leaf) for id_, leaf in self._leaves.items()}
        self._may = {id_: givable(leaf, round_.criteria.policy) for id_, leaf in self._leaves.items()}

    def add_file(self, path: Path) -> None:
        """Reads one workbook of `tham-dinh`."""
        name = f"{FOLDER}/{path.name}"
        try:
            returned = read_appraisal_sheets(read_workbook(path))
        except Unreadable as fault:
            self.problems.append(problem(fault.code, Place("", name), fault.found))
            return
        found = list(file_problems(returned, self.round, Place("", name)))
        self.problems += found
        if any(item.severity == "error" for item in found):
            return
        appraiser = {item.id: item for item in self.round.plan.appraisers}[returned.identity["appraiser"]]
        person, day = self._signed(returned, name)
        self.people.setdefault(appraiser.id, (person, day))
        by = f"{appraiser.name} ({person})" if person else appraiser.name
        # where the hidden marks of single rows are gone, the mark of the whole workbook speaks for them
        fresh = returned.identity.get("self") == self._mark_of(appraiser)
        for entry in returned.entries:
            if not entry.token and fresh:
                entry = replace(entry, token=self._token(entry))
            self._add_entry(entry, appraiser, {"by": by, "on": day, "file": name, "sheet": entry.sheet})

    def _mark_of(self, appraiser: Appraiser) -> str:
        owners = self._owners
        return digest(
            sorted(
                claim.token
                for (_, id_), claim in self.claims.items()
                if (owner := owners[id_]) and owner.id == appraiser.id
            )
        )

    def _token(self, entry: Entry) -> str:
        unit = self._units.get(entry.unit.casefold())
        claim = self.claims.get((unit.code, entry.criterion)) if unit else None
        return claim.token if claim else ""

    def _signed(self, returned: Returned, name: str) -> tuple[str, str]:
        """Who filled the workbook in and on which day (ISO), as far as it says so."""
        who, when = returned.fields.get("person"), returned.fields.get("day")
        person = as_text(who.value).strip() if who else ""
        if not person and returned.entries:
            place = Place("", name, who.sheet if who else "", who.cell if who else "")
            self.problems.append(problem("appraisal-who-missing", place))
        day = None
        with suppress(NotUnderstood):
            day = parse_input(_DAY, when.value) if when else None
        if not day and returned.entries:
            place = Place("", name, when.sheet if when else "", when.cell if when else "")
            found = as_text(when.value) if when else ""
            self.problems.append(problem("appraisal-when-missing", place, found))
        return person, date.fromordinal(day).isoformat() if day else ""

    def _add_entry(self, entry: Entry, appraiser: Appraiser, where: dict[str, str]) -> None:
        """Notes one row: sound for the merge, or its problem."""
        unit = self._units.get(entry.unit.casefold())
        leaf = self._leaves.get(entry.criterion)
        place = Place(unit.code if unit else "", where["file"], entry.sheet, entry.points_cell)
        stray = self._stray(entry, unit, leaf, appraiser, place)
        if stray or not unit or not leaf:
            self.problems += [stray] if stray else []
            return
        claim = self.claims[unit.code, leaf.id]
        own = None if pd.isna(claim.self) else int(claim.self)
        found = given(entry.points, self._may[leaf.id], own)
        wrong = next(self._wrong(entry, found, leaf, claim, place), None)
        self._remember(entry, found, unit, leaf, wrong, place)
        if wrong:
            self.problems.append(wrong)
        elif not found.blank:
            self.sound.append(
                {
                    **where,
                    "unit": unit.code,
                    "criterion": leaf.id,
                    "stage": "appraised",
                    "points": found.points,
                    "not_applicable": found.not_applicable,
                    "reason": entry.reason,
                    "document": "",
                    "cell": entry.points_cell,
                    # a value that says why goes before the same value without a word
                    "order": 0 if entry.reason else 1,
                    "unreasoned": reason_due(found, claim.state, own) and not entry.reason,
                    "reason_cell": entry.reason_cell,
                    "claimed": _claim_text(claim.state, own),
                }
            )

    def _stray(
        self, entry: Entry, unit: Unit | None, leaf: Criterion | None, appraiser: Appraiser, place: Place
    ) -> Problem | None:
        """The problem of a row that is not this appraiser's to fill, or nobody's."""
        if unit is None:
            return problem("appraisal-unknown-unit", place, entry.unit)
        if leaf is None or unit.type not in leaf.applies_to:
            return problem("appraisal-unknown-criterion", place, entry.criterion)
        owner = self._owners[leaf.id]
        if owner is None or owner.id != appraiser.id:
            return problem(
                "appraisal-not-theirs", place, leaf.id, owner.name if owner else "chưa phân công"
            )
        return None

    def _wrong(
        self, entry: Entry, found: Given, leaf: Criterion, claim: Any, place: Place
    ) -> Iterator[Problem]:
        """Why what was typed may not stand, the gravest first; a reason is looked for after the merge."""
        if found.fault:
            yield problem(found.fault, place, as_shown(entry.points), allowed_text(self._may[leaf.id]))
        if found.blank:
            yield problem("appraisal-points-missing", place)
        if entry.token != claim.token:
            own = None if pd.isna(claim.self) else int(claim.self)
            yield problem("appraisal-stale", place, given_text(found), _claim_text(claim.state, own))

    def _remember(
        self, entry: Entry, found: Given, unit: Unit, leaf: Criterion, wrong: Problem | None, place: Place
    ) -> None:
        verdict = wrong.code if wrong else ""
        text = as_shown(entry.points) if found.fault else given_text(found)
        said = Earlier(entry.points, entry.reason, verdict, text)
        before = self.earlier.get((unit.code, leaf.id))
        if before is None or (before.verdict and not verdict) or (not before.reason and entry.reason):
            self.earlier[unit.code, leaf.id] = said

    def conflict(self, key: tuple[str, str]) -> None:
        """Notes that what was typed on a row does not agree."""
        if key in self.earlier:
            self.earlier[key] = Earlier(None, "", "appraisal-conflict", "")


def given_text(found: Given) -> str:
    """Points as people read them; nothing where there are none."""
    return KPS if found.not_applicable else "" if found.points is None else vietnamese(found.points)


def _claim_text(state: str, own: int | None) -> str:
    """What a unit says on a criterion, in a few words."""
    words = {"not_applicable": "đơn vị ghi không phát sinh", "blank": "đơn vị chưa kê khai",
             "faulty": "số liệu của đơn vị có lỗi", "not_sent": "đơn vị chưa gửi hồ sơ"}  # fmt: skip
    points = "chưa có điểm tự chấm" if own is None else f"điểm tự chấm {vietnamese(own)}"
    return words.get(state, points)
