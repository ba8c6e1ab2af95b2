"""Attainment of the plan's targets: reached, goal, how many units are missing, which are nearest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pandas as pd

from criteria.exact import share
from criteria.model import CriteriaSet, Target
from scoring.columns import plain
from scoring.limits import Circumstances
from scoring.ranking import in_order
from scoring.shares import WHOLE
from scoring.totals import exact_points

NEAREST = 3  # units named at least, where a target is missed


@dataclass(frozen=True)
class Attainment:
    """A target held against results; shares in thousandths of a percent.

    `have` of `out_of` units (or people, for a share of people) reach it; all is None where the round holds
    nothing to compute it from, and no target is met by none of none. `of_rated` is a grade's share among
    the units that have a grade. `short_by` units are missing; where people are counted, or last year is
    compared with, so many units miss it themselves, `unknown` of them because nothing is known of them.
    `nearest` are codes of units that miss it, nearest first.
    """

    target: Target
    have: int | None = None
    out_of: int | None = None
    reached: int | None = None
    of_rated: int | None = None
    met: bool | None = None
    short_by: int | None = None
    nearest: tuple[str, ...] = ()
    unknown: int = 0


def attainment(
    criteria: CriteriaSet,
    target: Target,
    results: pd.DataFrame,
    ledger: pd.DataFrame,
    answers: pd.DataFrame,
    circumstances: Circumstances,
) -> Attainment:
    """Attainment of one target by the frames of results, ledger and answers."""
    if target.kind == "grade_share":
        return _grade_share(criteria, target, results)
    if target.kind == "people_share":
        return _people_share(criteria, target, results, answers)
    if target.kind == "units_share":
        return _units_share(criteria, target, ledger)
    return _not_below_last_year(criteria, target, results, circumstances)


def _grade_share(criteria: CriteriaSet, target: Target, results: pd.DataFrame) -> Attainment:
    labels = criteria.labels
    enough = set(labels[: labels.index(str(target.grade)) + 1])
    good = results["grade"].isin(enough)
    rated = int(results["grade"].isin(labels).sum())
    have = int(good.sum())
    missed = results[~good & results["final"].notna() & (results["max"] > 0)]
    by_points = criteria.policy.grade_on == "points"
    points = [
        Fraction(final, 1 if by_points else top)
        for final, top in zip(plain(missed["final"]), plain(missed["max"]), strict=True)
    ]
    nearness = dict(zip(missed["code"], in_order(points), strict=True))
    found = _share_of_units(
        criteria,
        target,
        have,
        rated if target.of == "rated" else len(results),
        sorted(nearness, key=lambda code: -nearness[code]),
    )
    return Attainment(**{**vars(found), "of_rated": _percent(criteria, have, rated)})


def _people_share(
    criteria: CriteriaSet, target: Target, results: pd.DataFrame, answers: pd.DataFrame
) -> Attainment:
    """The units' own figures added up: so many people of so many.

    A unit that reported nothing is short of the target like one that fell short.
    """
    asked = answers[answers["criterion"] == target.criterion]
    own = asked[asked["x2"].notna()]
    if own.empty or target.at_least is None:
        return Attainment(target)
    have, out_of = int(own["x1"].sum()), int(own["x2"].sum())
    types = criteria.by_id[str(target.criterion)].applies_to
    excused = set(asked.loc[asked["state"] == "not_applicable", "unit"]) | set(own["unit"])
    silent = [
        c for c, t in zip(results["code"], results["type"], strict=True) if t in types and c not in excused
    ]
    short = own[own["x1"] * WHOLE < own["x2"] * target.at_least]
    nearness = {
        unit: Fraction(int(done), int(of))
        for unit, done, of in zip(short["unit"], short["x1"], short["x2"], strict=True)
    }
    return Attainment(
        target,
        have // 1000,
        out_of // 1000,
        _percent(criteria, have, out_of),
        met=not silent and have * WHOLE >= target.at_least * out_of,
        short_by=len(short) + len(silent),
        nearest=(*sorted(nearness, key=lambda unit: -nearness[unit]), *silent)[:NEAREST],
        unknown=len(silent),
    )


def _units_share(criteria: CriteriaSet, target: Target, ledger: pd.DataFrame) -> Attainment:
    """The share of units with full points of a criterion, among those that it applies to.

    Bonus points have a maximum too, though it is not in the units' own.
    """
    leaf = criteria.by_id[str(target.criterion)]
    excluded = (ledger["status"] == "not_applicable") & (leaf.not_applicable == "exclude")
    own = ledger[(ledger["criterion"] == leaf.id) & ~excluded]
    full = exact_points(own, "final") >= leaf.top
    short = own[~full]
    order = short["final"].fillna(-1).astype("int64").sort_values(ascending=False, kind="stable").index
    return _share_of_units(criteria, target, int(full.sum()), len(own), list(short.loc[order, "unit"]))


def _not_below_last_year(
    criteria: CriteriaSet, target: Target, results: pd.DataFrame, circumstances: Circumstances
) -> Attainment:
    """Units whose imported result is not under last year's, among those that the criterion is for."""
    leaf = criteria.by_id.get(target.criterion or "")
    if leaf is None:
        return Attainment(target)
    values = circumstances.outside.get(leaf.rule.inputs[0].table or "", {})
    both = {unit: (now, last) for unit, (now, last) in values.items() if last is not None}
    units = zip(results["code"], results["type"], strict=True)
    asked = [code for code, type_ in units if type_ in leaf.applies_to]
    pairs = {code: both[code] for code in asked if code in both}
    if not pairs:
        return Attainment(target)
    unknown = [code for code in asked if code not in pairs]
    below = [code for code, (now, last) in pairs.items() if now < last]
    below.sort(key=lambda code: pairs[code][0] - pairs[code][1], reverse=True)
    have, short = len(pairs) - len(below), [*below, *unknown]
    reached = _percent(criteria, have, len(asked))
    nearest = tuple(short[:NEAREST])
    return Attainment(target, have, len(asked), reached, None, not short, len(short), nearest, len(unknown))


def _share_of_units(
    criteria: CriteriaSet, target: Target, have: int, out_of: int, missed: Sequence[str]
) -> Attainment:
    if target.at_least is None:
        return Attainment(target)
    need = -(-target.at_least * out_of // WHOLE)
    short = max(0, need - have)
    return Attainment(
        target,
        have,
        out_of,
        _percent(criteria, have, out_of),
        None,
        bool(out_of) and have >= need,
        short,
        tuple(missed[: max(NEAREST, short)]) if short else (),
    )


def _percent(criteria: CriteriaSet, part: int, whole: int) -> int | None:
    if not whole:
        return None
    policy = criteria.policy
    exact = share(np.array([part]), np.array([whole]), policy.percent_digits, policy.percent_rounding)
    return int(exact[0])
