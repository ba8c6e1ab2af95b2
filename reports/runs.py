"""An earlier run as it stands in a folder: its record and its ledger."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import NoneType
from typing import Any

import pandas as pd

from criteria.catalogue import Refusal, as_typed
from criteria.exact import thousandths
from reports.ledger_file import LEDGER_NAME, LedgerUnreadable, read_ledger
from reports.record import RECORD_NAME


class RunUnreadable(Refusal):
    """A folder whose results are not there or cannot be read."""

    exit_code = 3


@dataclass(frozen=True)
class Run:
    """A run's record, as `results_json` gives it, and the file of its ledger."""

    record: dict[str, Any]
    ledger_path: Path

    @cached_property
    def ledger(self) -> pd.DataFrame | None:
        """Its ledger, read when first asked for (a nation's takes seconds); None where unreadable."""
        try:
            return read_ledger(self.ledger_path)
        except LedgerUnreadable:
            return None


def read_run(folder: Path) -> Run:
    """The run whose files stand in a folder (a round's `ket-qua/`); raises RunUnreadable."""
    path = folder / RECORD_NAME
    if not path.is_file():
        raise RunUnreadable(
            f"Chưa có kết quả “{path}”. Chấm điểm trước bằng lệnh: danvan score {as_typed(folder.parent)}"
        )
    try:
        record = json.loads(path.read_bytes().decode("utf-8"))
        sound = _is_record(record)
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise RunUnreadable(_unreadable(path)) from error
    if not sound:
        raise RunUnreadable(_unreadable(path))
    return Run(record, folder / LEDGER_NAME)


# what is read of a unit, and of which types; the schema of the whole would take a nation's record seconds
_UNIT: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(("code", "name", "block", "state"), (str,)),
    **dict.fromkeys(("grade_by_points", "grade"), (str, NoneType)),
    **dict.fromkeys(("rank", "unanswered"), (int, NoneType)),
    "limits": (list,),
}
_DECIMALS = ("max", "self", "appraised", "final", "percent")


def _is_record(record: Any) -> bool:
    """Whether a value of JSON has a record's parts and types; raises KeyError, TypeError, ValueError."""
    units, criteria = record["units"], record["criteria"]
    codes = {unit["code"] for unit in units}
    return (
        isinstance(units, list)
        and isinstance(record["provisional"], bool)
        and all(isinstance(criteria[key], str) for key in ("id", "decision"))
        and len(codes) == len(units)
        and all(map(_is_unit, units))
    )


def _is_unit(unit: Any) -> bool:
    for key in _DECIMALS:
        if unit[key] is not None:
            thousandths(unit[key])
    return (
        all(isinstance(unit[key], types) for key, types in _UNIT.items())
        and isinstance(unit["max"], str)
        and all(isinstance(item["text"], str) for item in unit["limits"])
    )


def earlier_run(folder: Path) -> Run | None:
    """The run before this one in a round's `ket-qua/`; None where there is none that can be read."""
    try:
        return read_run(folder)
    except RunUnreadable:
        return None


def _unreadable(path: Path) -> str:
    return (
        f"Không đọc được kết quả “{path}”: tệp hỏng hoặc do chương trình khác ghi. Chấm điểm lại đợt này."
    )
