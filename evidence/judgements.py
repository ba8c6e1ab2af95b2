"""The contract of the appraisal: what persons judged of units' points, each with reason and place."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa

STAGES = ("appraised", "decided")

# One row a unit, criterion and stage. `appraised`: an appraiser of the plan; `decided`: a re-appraisal,
# an objection's outcome or the council, which needs a document and overrules the appraiser. `points` in
# thousandths, none where the criterion is judged not applicable. `by`: who; `on`: ISO day, empty where
# not known; `file` (relative to the round's folder), `sheet` and `cell` lead back to where it stands.
JUDGEMENTS = pa.DataFrameSchema(
    {
        "row": pa.Column("int64", unique=True),
        "unit": pa.Column(str),
        "criterion": pa.Column(str),
        "stage": pa.Column(str, pa.Check.isin(STAGES)),
        "points": pa.Column("Int64", pa.Check.ge(0), nullable=True),
        "not_applicable": pa.Column(bool),
        "reason": pa.Column(str),
        "by": pa.Column(str),
        "on": pa.Column(str),
        "document": pa.Column(str),
        "file": pa.Column(str),
        "sheet": pa.Column(str),
        "cell": pa.Column(str),
    },
    checks=[pa.Check(lambda f: f["points"].isna() == f["not_applicable"], name="points or not applicable")],
    unique=["unit", "criterion", "stage"],
    strict=True,
    ordered=True,
)


def judgements_frame(rows: pd.DataFrame | None = None) -> pd.DataFrame:
    """The judgements' frame of all columns but `row`, in their order; raises pandera's SchemaErrors."""
    names = [name for name in JUDGEMENTS.columns if name != "row"]
    frame = pd.DataFrame(columns=names) if rows is None else rows.reset_index(drop=True)
    frame.insert(0, "row", range(len(frame)))
    frame = frame.astype({name: str(column.dtype) for name, column in JUDGEMENTS.columns.items()})
    return JUDGEMENTS.validate(frame, lazy=True)
