"""What the entries of a form come to, to be stored beside its formulas."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pandas as pd

from criteria.exact import round_fraction
from criteria.model import CriteriaSet, Unit
from evidence.answers import answers_frame
from evidence.form.filling import Filling, Worth
from evidence.round import Round
from scoring.ledger import at_stage
from scoring.results import Results, score
from scoring.totals import capped, group_sums


def form_results(round_: Round, answers: pd.DataFrame) -> Results:
    """Results as the forms themselves show them: of what units typed, without the office's tables."""
    return score(round_.criteria, round_.plan, round_.units, _typed_only(round_.criteria, answers))


def _typed_only(criteria: CriteriaSet, answers: pd.DataFrame) -> pd.DataFrame:
    """The answers with nothing for criteria whose figures are the office's to write."""
    office = [leaf.id for leaf in criteria.criteria if leaf.rule.inputs[0].table]
    rows = answers.drop(columns="row").copy()
    foreign = rows["criterion"].isin(office) & (rows["state"] != "not_applicable")
    rows.loc[foreign, "state"] = "blank"
    rows.loc[foreign, ["x1", "x2"]] = pd.NA
    return answers_frame(rows)


def with_worth(filling: Filling, unit: Unit, results: Results) -> Filling:
    """The filling with what each of its entries comes to by the results."""
    ledger = results.ledger[results.ledger["unit"] == unit.code]
    # the form knows nothing of what persons made of it later
    ledger = ledger.assign(applicable=at_stage(results.criteria, ledger, "self")["applicable"])
    worth = {
        row["criterion"]: Worth(
            row["claim"],
            None if pd.isna(row["self"]) else int(row["self"]),
            int(row["applicable"]),
            row["exact_self"],
        )
        for row in ledger.to_dict("records")
    }
    row = results.units.set_index("code").loc[unit.code]
    sums = group_sums(results.criteria, ledger, "self").loc[unit.code].fillna(0)
    rounding = results.criteria.policy.points_rounding
    groups = {
        # exact where the decision rounds at the end: the form shows three decimals
        group.id: capped(group, round_fraction(Fraction(sums[group.id]), 3, rounding))
        for group in results.criteria.groups
    }
    total = 0 if pd.isna(row["self"]) else int(row["self"])
    return replace(filling, worth=worth, group_points=groups, total=total, grade=row["grade_by_points"])
