"""What changed between two runs: units whose points, grade or rank moved, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from criteria.exact import plain
from reports.point_history import JUDGED_NA, STAGES
from reports.runs import Run
from reports.standing import whole

Record = Mapping[str, Any]  # a round's results as `results_json` gives them
# what of a unit is held against the earlier run, in the order in which it is told
FIELDS = ("state", "max", "self", "appraised", "final", "percent", "grade_by_points", "grade", "rank")
_MOVED = ("max", "final", "percent", "grade_by_points", "grade", "rank")  # what makes a unit changed


@dataclass(frozen=True)
class CriterionChange:
    """A criterion whose final points changed, at the latest stage that changed them.

    Points in thousandths, None where there were or are none; `reason`, `by` and `document` are those
    of that stage now; `absent`: a person judged there that the matter did not arise.
    """

    criterion: str
    stage: str
    old: int | None
    new: int | None
    reason: str
    by: str
    document: str
    absent: bool = False


@dataclass(frozen=True)
class UnitChange:
    """A unit that moved: the changed fields as the records give them (old, new), and why.

    `here`: "changed", or "added" or "removed" where only one run has the unit.
    """

    code: str
    name: str
    here: str
    fields: Mapping[str, tuple[Any, Any]]
    criteria: tuple[CriterionChange, ...]
    limits_added: tuple[str, ...]
    limits_removed: tuple[str, ...]

    @property
    def only_rank(self) -> bool:
        """Whether nothing of the unit's own changed: others moved past it."""
        return set(self.fields) == {"rank"} and not self.criteria and self.here == "changed"


def changes(
    old_record: Record,
    new_record: Record,
    old_ledger: pd.DataFrame | None = None,
    new_ledger: pd.DataFrame | None = None,
) -> tuple[UnitChange, ...]:
    """Units whose maximum, points, percent, grade or rank differ, in the order of the newer roster.

    The records are as `results_json` gives them, the ledgers as `read_ledger` or `point_history` do;
    without ledgers the criteria behind a change are not told.
    """
    old = {unit["code"]: unit for unit in old_record["units"]}
    new = {unit["code"]: unit for unit in new_record["units"]}
    by_unit = _criterion_changes(old_ledger, new_ledger)
    found = [_change(code, old.get(code), unit, by_unit.get(code, ())) for code, unit in new.items()]
    found += [_change(code, unit, None, ()) for code, unit in old.items() if code not in new]
    return tuple(change for change in found if change)


def changes_since(earlier: Run | None, record: Record, history: pd.DataFrame) -> tuple[UnitChange, ...]:
    """Changes from an earlier run of a round to these results; none where there was none.

    The earlier run's files must still be there.
    """
    if earlier is None or earlier.record["units"] == record["units"]:
        return ()
    return changes(earlier.record, record, earlier.ledger, history)


def _change(
    code: str, old: Record | None, new: Record | None, criteria: Sequence[CriterionChange]
) -> UnitChange | None:
    unit = new or old
    assert unit is not None
    if old is None or new is None:
        here = "added" if old is None else "removed"
        return UnitChange(code, unit["name"], here, {}, (), (), ())
    differing = {key: (old.get(key), new.get(key)) for key in FIELDS if old.get(key) != new.get(key)}
    before, after = ({item["text"] for item in side["limits"]} for side in (old, new))
    added = tuple(item["text"] for item in new["limits"] if item["text"] not in before)
    removed = tuple(item["text"] for item in old["limits"] if item["text"] not in after)
    if not (added or removed or set(differing) & set(_MOVED)):
        return None
    return UnitChange(code, unit["name"], "changed", differing, tuple(criteria), added, removed)


def _criterion_changes(
    old: pd.DataFrame | None, new: pd.DataFrame | None
) -> dict[str, tuple[CriterionChange, ...]]:
    """By unit, the criteria whose final points differ, in the order of the newer ledger."""
    if old is None or new is None:
        return {}
    keys = ["unit", "criterion"]
    pairs = new.merge(
        old[[*keys, *STAGES, *JUDGED_NA]], on=keys, how="outer", suffixes=("", "_old"), sort=False
    )
    order = {key: at for at, key in enumerate(zip(new["unit"], new["criterion"], strict=True))}
    now, was = pairs["final"].fillna(-1), pairs["final_old"].fillna(-1)
    found: dict[str, list[CriterionChange]] = {}
    rows = pairs[now != was].to_dict("records")
    rows.sort(key=lambda row: order.get((row["unit"], row["criterion"]), len(order)))
    for row in rows:
        found.setdefault(str(row["unit"]), []).append(_criterion_change(row))
    return {unit: tuple(items) for unit, items in found.items()}


def _criterion_change(row: Mapping[Any, Any]) -> CriterionChange:
    """The latest stage (decided, appraised, self) whose points differ tells why."""
    moved = (stage for stage in ("decided", "appraised", "self") if not _same(row, stage))
    stage = next(moved, "final")
    told = [row[f"{stage}_{key}"] for key in ("reason", "by", "document")]
    texts = [text if isinstance(text, str) else "" for text in told]
    points = whole(row["final_old"]), whole(row["final"])
    absent = points[1] is None and row.get(f"{stage}_na") is True
    return CriterionChange(str(row["criterion"]), stage, *points, *texts, absent)


def _same(row: Mapping[Any, Any], stage: str) -> bool:
    judged = row.get(f"{stage}_na") is True, row.get(f"{stage}_na_old") is True
    return whole(row[stage]) == whole(row[f"{stage}_old"]) and judged[0] == judged[1]


def changes_json(found: Sequence[UnitChange]) -> list[dict[str, Any]]:
    """The changes as `score --json` gives them; decimals as text."""
    return list(map(_json, found))


def _json(change: UnitChange) -> dict[str, Any]:
    return {
        "code": change.code,
        "name": change.name,
        "here": change.here,
        "fields": {key: {"old": old, "new": new} for key, (old, new) in change.fields.items()},
        "criteria": list(_criteria_json(change.criteria)),
        "limits_added": list(change.limits_added),
        "limits_removed": list(change.limits_removed),
        "only_rank": change.only_rank,
    }


def _criteria_json(found: Sequence[CriterionChange]) -> Iterator[dict[str, Any]]:
    for item in found:
        yield {
            "criterion": item.criterion,
            "stage": item.stage,
            "old": None if item.old is None else plain(item.old),
            "new": None if item.new is None else plain(item.new),
            "reason": item.reason,
            "by": item.by,
            "document": item.document,
        }
