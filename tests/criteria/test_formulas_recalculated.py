"""The Excel formula of every rule kind gives its points.

1. For each kind: 500 random inputs and every edge, in formulas with useless stored values, recalculated
   by LibreOffice, equal the exact points, at every rounding.
2. A formula that is wrong by a thousandth is seen.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import xlsxwriter

from criteria.exact import Rounding, divide, excel_divide
from criteria.rules import Rule, kinds
from criteria.rules.timely import EXCEL_DAY_0
from tests.libreoffice import needs_libreoffice, recalculate

RANDOM_INPUTS = 500
ROUNDINGS: list[tuple[int, Rounding]] = [(3, "half_up"), (2, "half_even"), (1, "down"), (0, "half_up")]

BANDS = [
    {"from": "100", "points": "7.3"},
    {"from": "66.667", "points": {"from": "4", "to": "6.5"}},
    {"from": "33.3", "points": "proportional"},
    {"from": "5", "points": "0.125"},
    {"from": "0", "points": "0"},
]
FIGURE = {"label": "Đạt", "decimals": "2"}
# kind: rules to try, each with its maximum in thousandths
RULES: dict[str, list[tuple[dict[str, Any], int]]] = {
    "judged": [({"step": "0.125"}, 5_000), ({"step": "0.001"}, 100_000)],
    "choice": [
        (
            {
                "options": [
                    {"label": "Đủ", "share": "100"},
                    {"label": "Một phần ba", "share": "33.333"},
                    {"label": "Ít", "points": "0.5"},
                    {"label": "Không", "points": "0"},
                ]
            },
            7_000,
        )
    ],
    "ratio": [
        ({"inputs": {"done": "a", "of": "b"}, "bands": BANDS}, 7_300),
        ({"inputs": {"done": FIGURE, "of": FIGURE}, "bands": BANDS}, 7_300),
    ],
    "count": [
        ({"inputs": {"count": "a"}, "each": "0.7", "direction": "add", "free": "1", "floor": "0.4"}, 3_000),
        ({"inputs": {"count": "a"}, "each": "0.125", "direction": "take_off", "floor": "2.5"}, 10_000),
    ],
    "timely": [
        (
            {"by": "2023-10-16", "late": [{"days": "3", "points": "2.5"}, {"days": "30", "points": "1"}]},
            4_000,
        ),
        ({"before": "2023-10-16", "per_day": "0.3"}, 2_000),
    ],
    "imported": [
        ({"table": "cchc", "as": "percent", "bands": BANDS}, 7_300),
        ({"table": "dtxhh", "as": "points", "of": "35"}, 20_000),
    ],
}


def rules() -> Iterator[Rule]:
    for kind, settings in RULES.items():
        for raw, top in settings:
            yield kinds()[kind].parse(raw, top, 250)


def inputs(rule: Rule, rng: random.Random) -> list[tuple[int, ...]]:
    """Random inputs and every edge, as the rule takes them (thousandths, indexes, ordinals)."""
    first = rule.inputs[0]
    if first.type == "level":
        return [(index,) for index in range(len(first.levels))] * (RANDOM_INPUTS // len(first.levels) + 1)
    if first.type == "date":
        last = date(2023, 10, 15).toordinal()
        return [
            (0,),
            *((last + day,) for day in range(-5, 40)),
            *((last + rng.randint(-400, 400),) for _ in range(RANDOM_INPUTS)),
        ]
    if len(rule.inputs) == 1:
        most = (first.most or 60_000) // first.step
        edges = {0, 1, most - 1, most}
        if rule.KIND == "imported":  # just below, at and just above each band, of its own maximum
            cuts = [first.most * cut // 100_000 for cut in (5_000, 33_300, 66_667, 100_000)]
            edges |= {min(max(cut + move, 0), most) for cut in cuts for move in (-1, 0, 1)}
        return [(n * first.step,) for n in [*edges, *(rng.randint(0, most) for _ in range(RANDOM_INPUTS))]]
    pairs = [(rng.randint(0, of), of) for of in (rng.randint(1, 5_000) for _ in range(RANDOM_INPUTS))]
    pairs += [
        (100_000 * cut // 100_000 + move, 100_000) for cut in (5_000, 33_300, 66_667) for move in (-1, 0, 1)
    ]
    pairs += [(0, 1), (1, 1), (999_999_999, 1_000_000_000), (333, 1_000), (333_000_000, 1_000_000_000)]
    return [(done * first.step, of * first.step) for done, of in pairs]


def typed(rule: Rule, index: int, value: int) -> float | int:
    """What stands in the cell that the formula refers to."""
    wanted = rule.inputs[index]
    if wanted.type == "level":
        return value + 1
    if wanted.type == "date":
        return value - EXCEL_DAY_0 if value else 0
    return value // 1000 if value % 1000 == 0 else value / 1000


def write(path: Path, cases: list[tuple[Rule, tuple[int, ...]]], broken: bool = False) -> None:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    for row, (rule, values) in enumerate(cases):
        for index, value in enumerate(values):
            sheet.write_number(row, index, typed(rule, index, value))
        exact = rule.formula([f"{letter}{row + 1}" for letter, _ in zip("AB", values, strict=False)])
        num = f"({exact.num})+({exact.den})" if broken else exact.num
        for place, (digits, rounding) in enumerate(ROUNDINGS):
            sheet.write_formula(
                row, 2 + place, "=" + excel_divide(num, exact.den, digits, rounding), None, -1
            )
    book.close()


def read(path: Path, rows: int) -> list[list[int]]:
    sheet = openpyxl.load_workbook(path, data_only=True).worksheets[0]
    cells = sheet.iter_rows(
        min_row=1, max_row=rows, min_col=3, max_col=2 + len(ROUNDINGS), values_only=True
    )
    return [[round(value * 1000) for value in row] for row in cells]


def expected(rule: Rule, values: tuple[int, ...]) -> list[int]:
    exact = rule.points([np.array([value], dtype=np.int64) for value in values])
    return [int(divide(exact.num, exact.den, digits, rounding)[0]) for digits, rounding in ROUNDINGS]


def test_every_kind_is_tried() -> None:
    assert set(RULES) == set(kinds())


@needs_libreoffice
def test_formulas_give_the_points(tmp_path: Path) -> None:
    rng = random.Random(6)
    cases = [(rule, values) for rule in rules() for values in inputs(rule, rng)]
    for kind in kinds():
        assert sum(kind == rule.KIND for rule, _ in cases) >= RANDOM_INPUTS
    write(tmp_path / "formulas.xlsx", cases)
    (made,) = recalculate([tmp_path / "formulas.xlsx"], tmp_path / "out")
    wrong = [
        (rule.KIND, values, found, want)
        for (rule, values), found in zip(cases, read(made, len(cases)), strict=True)
        if found != (want := expected(rule, values))
    ]
    assert not wrong, f"{len(wrong)} of {len(cases)}: {wrong[:5]}"


@needs_libreoffice
def test_a_thousandth_too_much_is_seen(tmp_path: Path) -> None:
    case = (next(rules()), (2_500,))
    write(tmp_path / "wrong.xlsx", [case], broken=True)
    (made,) = recalculate([tmp_path / "wrong.xlsx"], tmp_path / "out")
    assert read(made, 1)[0][0] == expected(*case)[0] + 1
