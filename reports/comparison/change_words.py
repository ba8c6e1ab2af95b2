"""Changes between two runs in words: on the terminal and in `ket-qua/thay-doi.csv`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from criteria.exact import vietnamese
from evidence.csv_text import as_csv_text
from evidence.placing import write_aside
from reports.comparison.changes import CriterionChange, UnitChange
from reports.csv_text import csv_text
from reports.ledger_file import STAGE_WORDS
from reports.wording import NOT_GRADED, lower_first, upper_first

CHANGES_NAME = "thay-doi.csv"
FIELD_WORDS = {
    "state": "tình trạng",
    "max": "điểm tối đa áp dụng",
    "self": "điểm tự chấm",
    "appraised": "điểm thẩm định",
    "final": "điểm cuối cùng",
    "percent": "tỷ lệ %",
    "grade_by_points": "xếp loại theo điểm",
    "grade": "xếp loại",
    "rank": "hạng",
}
_STATES = {
    "not_sent": "chưa gửi",
    "rejected": "chưa dùng được",
    "sent": "chưa thẩm định",
    "appraised_in_part": "thẩm định một phần",
    "appraised": "đã thẩm định",
    "objected": "có kiến nghị",
    "final": "đã chốt",
}
_HERE = {"added": "đơn vị mới có trong lần này", "removed": "đơn vị không còn trong lần này"}
_SHOWN = ("max", "final", "percent", "grade", "rank")
_MOST_TOLD = 8  # criteria behind one unit's change on the terminal; the file tells all
_HEADS = ("Mã đơn vị", "Đơn vị", "Nội dung", "Trước", "Sau", "Lý do")


def changes_text(found: Sequence[UnitChange], since: str) -> str:
    """The changes as text for the terminal; `since` says against what, such as "lần chấm trước"."""
    if not found:
        return f"So với {since}: không đơn vị nào đổi điểm, xếp loại hoặc hạng."
    own = [change for change in found if not change.only_rank]
    lines = [f"So với {since}: {len(found)} đơn vị đổi điểm, xếp loại hoặc hạng."]
    lines += [f"  {_line(change)}" for change in own]
    moved = [f"{change.name} ({_arrow(change, 'rank')})" for change in found if change.only_rank]
    if moved:
        lines.append(f"  Chỉ đổi hạng vì đơn vị khác thay đổi: {'; '.join(moved)}.")
    return "\n".join(lines)


def _line(change: UnitChange) -> str:
    if change.here != "changed":
        return f"{change.name}: {_HERE[change.here]}."
    shown = [f"{FIELD_WORDS[key]} {_arrow(change, key)}" for key in _SHOWN if key in change.fields]
    what = "; ".join(shown) or "quy định khống chế áp dụng thay đổi"
    return f"{change.name}: {what}. Vì: {reasons_text(change, _MOST_TOLD)}."


def reasons_text(change: UnitChange, most: int | None = None) -> str:
    """Why a unit moved, as phrases; at most so many criteria where a limit is given."""
    if change.here != "changed":
        return _HERE[change.here]
    if change.only_rank:
        return "đơn vị khác thay đổi"
    if None in change.fields.get("final", ()):
        # every criterion moved: the state of the dossier is the reason
        gone = change.fields["final"][1] is None
        state = f" ({_arrow(change, 'state')})" if "state" in change.fields else ""
        parts = [("không còn điểm" if gone else "lần đầu có điểm") + state]
    else:
        parts = [_criterion(item) for item in change.criteria[:most]]
        more = len(change.criteria) - len(parts)
        parts += [f"và {more} tiêu chí khác"] if more > 0 else []
    parts += [f"áp dụng thêm: {lower_first(text)}" for text in change.limits_added]
    parts += [f"không còn áp dụng: {lower_first(text)}" for text in change.limits_removed]
    return "; ".join(parts) or "cách tính, ngưỡng xếp loại hoặc tình trạng hồ sơ thay đổi"


def _criterion(item: CriterionChange) -> str:
    stage = "số liệu" if item.stage == "final" else STAGE_WORDS[item.stage].lower()
    by = "" if item.stage == "self" else item.by  # the unit's own name stands before it
    told = [stage, by, item.document, item.reason]
    moved = f"{_points(item.old)} → {_points(item.new, item.absent)}"
    return f"tiêu chí {item.criterion} {moved} ({', '.join(filter(None, told))})"


def _points(value: int | None, absent: bool = False) -> str:
    nothing = "không phát sinh" if absent else "chưa có điểm"
    return nothing if value is None else vietnamese(value)


def _arrow(change: UnitChange, key: str) -> str:
    old, new = change.fields[key]
    return f"{_shown(key, old)} → {_shown(key, new)}"


def _shown(key: str, value: Any) -> str:
    """A field of a record for people: decimals with a comma, words for states, for nothing a word."""
    if key == "state":
        return _STATES[value]
    if value is None:
        return NOT_GRADED.lower() if "grade" in key else "chưa có"
    return str(value) if "grade" in key or key == "rank" else str(value).replace(".", ",")


def changes_csv(found: Sequence[UnitChange]) -> str:
    """The changes as the text of a table: a line a unit and what of it changed, or a criterion."""
    return csv_text([_HEADS, *(tuple(map(as_csv_text, row)) for change in found for row in _rows(change))])


def _rows(change: UnitChange) -> Iterator[tuple[str, ...]]:
    unit = (change.code, change.name)
    if change.here != "changed":
        yield (*unit, upper_first(_HERE[change.here]), "", "", "")
        return
    for key, (old, new) in change.fields.items():
        reason = reasons_text(change) if key in ("final", "grade", "rank") else ""
        yield (*unit, upper_first(FIELD_WORDS[key]), _shown(key, old), _shown(key, new), reason)
    for item in change.criteria:
        reason = ", ".join(filter(None, (STAGE_WORDS[item.stage], item.by, item.document, item.reason)))
        yield (
            *unit,
            f"Tiêu chí {item.criterion}",
            _points(item.old),
            _points(item.new, item.absent),
            reason,
        )
    for text in change.limits_removed:
        yield (*unit, "Khống chế", text, "", "Không còn áp dụng")
    for text in change.limits_added:
        yield (*unit, "Khống chế", "", text, "Áp dụng thêm")


def write_changes(path: Path, found: Sequence[UnitChange]) -> None:
    """Writes `thay-doi.csv`; raises FileHeld where it is open in Excel."""
    with write_aside(path) as aside:
        aside.write_text(changes_csv(found), encoding="utf-8", newline="\n")
