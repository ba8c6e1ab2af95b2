"""A round scored under two criteria sets: which units' points, grades and ranks would change."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
from tabulate import tabulate

from criteria.exact import LARGEST, plain
from criteria.model import CriteriaSet, Criterion
from evidence.answers import answers_frame
from evidence.intake import take_in
from evidence.judgements import judgements_frame
from evidence.round import RoundFault, load_round
from reports.known import circumstances
from scoring.results import score


def trial(folder: Path, old: CriteriaSet, new: CriteriaSet) -> list[dict[str, Any]]:
    """A row a unit whose final points, percent, grade or rank differ; decimals as text.

    Answers are those of the round; a criterion that is new, or asks for other figures, has no points.
    Raises RoundFault where the round's own set is not the old one, or the new one cannot be applied.
    """
    round_ = load_round(folder)
    if round_.criteria.id != old.id:
        raise RoundFault(
            f"Đợt “{round_.id}” chấm theo bộ tiêu chí “{round_.criteria.id}”, không phải “{old.id}”."
        )
    intake = take_in(round_)
    plan = replace(round_.plan, targets=())
    sets = (old.on_plan(plan), new.on_plan(plan))
    unknown = [leaf.id for leaf in sets[1].criteria if leaf.rule.deadline]
    if unknown:
        raise RoundFault(
            f"Tiêu chí {', '.join(unknown)} của bộ tiêu chí mới tính theo thời hạn không có trong kế hoạch "
            f"“{plan.id}”. Thêm thời hạn vào kế hoạch rồi chạy lại."
        )
    known = circumstances(round_, intake)
    frames = [
        score(
            item,
            plan,
            round_.units,
            _fitting(intake.answers, old, item),
            intake.rejected,
            known,
            _fitting_judgements(intake.judgements, old, item),
        ).units
        for item in sets
    ]
    rows = []
    for before, after in zip(*(frame.to_dict("records") for frame in frames), strict=True):
        pair = {key: (_text(before[key]), _text(after[key])) for key in ("final", "percent", "grade")}
        pair["rank"] = tuple(None if pd.isna(row["rank"]) else int(row["rank"]) for row in (before, after))
        if any(was != now for was, now in pair.values()):
            rows.append({"code": before["code"], "name": before["name"], **pair})
    return rows


def _fitting(answers: pd.DataFrame, old: CriteriaSet, new: CriteriaSet) -> pd.DataFrame:
    """The answers that mean the same under the new set; what is over its maxima is not carried."""
    alike = [
        leaf.id for leaf in new.criteria if leaf.id in old.by_id and _asks_alike(old.by_id[leaf.id], leaf)
    ]
    kept = answers[answers["criterion"].isin(alike)].drop(columns="row")
    tops = kept["criterion"].map({id_: new.by_id[id_].top for id_ in alike})
    most = kept["criterion"].map({id_: _most(new.by_id[id_]) for id_ in alike})
    over = (kept["x1"] > most) | (kept["self"] > tops)
    return answers_frame(kept[~over.fillna(False).astype(bool)])


def _fitting_judgements(judgements: pd.DataFrame, old: CriteriaSet, new: CriteriaSet) -> pd.DataFrame:
    """What was judged of criteria that ask alike under the new set, as far as these can give as much."""
    tops = {
        leaf.id: leaf.top
        for leaf in new.criteria
        if leaf.id in old.by_id and _asks_alike(old.by_id[leaf.id], leaf)
    }
    kept = judgements[judgements["criterion"].isin(list(tops))].drop(columns="row")
    over = (kept["points"] > kept["criterion"].map(tops)).fillna(False).astype(bool)
    return judgements_frame(kept[~over])


def _asks_alike(old: Criterion, new: Criterion) -> bool:
    """Whether both criteria ask for the same figures, in the same words where there is a choice."""
    figures = [
        [(item.type, item.step, item.levels, item.table) for item in leaf.rule.inputs]
        for leaf in (old, new)
    ]
    return old.rule.KIND == new.rule.KIND and figures[0] == figures[1]


def _most(leaf: Criterion) -> int:
    return LARGEST if leaf.rule.inputs[0].most is None else leaf.rule.inputs[0].most


def _text(value: Any) -> str | None:
    if value is None or pd.isna(value):
        return None
    return value if isinstance(value, str) else plain(int(value))


def trial_text(rows: list[dict[str, Any]]) -> str:
    """The rows of a trial as a table for the terminal."""
    if not rows:
        return "Không đơn vị nào đổi điểm, xếp loại hay thứ hạng."
    heads = ["Mã", "Đơn vị", "Điểm", "Tỷ lệ %", "Xếp loại", "Hạng"]
    body = []
    for row in rows:
        points, percent = (_arrow(row[key], number=True) for key in ("final", "percent"))
        rank = _arrow(tuple(None if item is None else str(item) for item in row["rank"]))
        body.append((row["code"], row["name"], points, percent, _arrow(row["grade"]), rank))
    return tabulate(body, heads, tablefmt="simple_grid", disable_numparse=True)


def _arrow(pair: tuple[str | None, str | None], *, number: bool = False) -> str:
    was, now = ("–" if item is None else item.replace(".", ",") if number else item for item in pair)
    return was if was == now else f"{was} → {now}"
