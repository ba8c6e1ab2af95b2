"""Each point's history as the ledger file tells it: units by name, the details of what counts."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from criteria.model import Unit

STAGES = ("self", "appraised", "decided", "final")
JUDGED_NA = ("appraised_na", "decided_na")
DETAILS = ("by", "on", "file", "sheet", "cell", "reason", "document")


def history_columns() -> dict[str, str]:
    """Type of each column of a history: one row a unit and criterion, in the order of the ledger.

    Of each stage its points (thousandths, none where there are none), then who, on which day (ISO),
    in which file, sheet and cell it stands, the reason and the document; `appraised_na`, `decided_na`:
    judged not applicable. The details of `final` are those of the stage that counts.
    """
    types = {"unit": "str", "criterion": "str"}
    for stage in STAGES:
        types |= {stage: "Int64"} | {f"{stage}_{detail}": "str" for detail in DETAILS}
    return types | dict.fromkeys(JUDGED_NA, "bool")


def told_history(history: pd.DataFrame, units: Mapping[str, Unit]) -> pd.DataFrame:
    """A history as `history_columns` says, from one that tells in `final_by` which stage counts.

    `final_by` is "self", "appraised", "decided" or empty, `self_by` a unit's code (told by its name) or
    another source. Details that such a history does not have are empty.
    """
    frame = history.reset_index(drop=True)
    told = {key: frame[key] for key in ("unit", "criterion", *STAGES)}
    told |= {key: frame.get(key, False) for key in JUDGED_NA}
    judged = STAGES[:-1]
    for stage in judged:
        for detail in DETAILS:
            key = f"{stage}_{detail}"
            told[key] = frame[key] if key in frame else pd.Series("", index=frame.index)
    told["self_by"] = told["self_by"].map(lambda by: units[by].name if by in units else by)
    counts = [frame["final_by"] == stage for stage in judged]
    for detail in DETAILS:
        told[f"final_{detail}"] = np.select(counts, [told[f"{stage}_{detail}"] for stage in judged], "")
    types = history_columns()
    return pd.DataFrame(told)[list(types)].astype(types)
