"""What a unit's line of the ranking computes: percent, exact share, grade, rank."""

from __future__ import annotations

from collections.abc import Sequence

from reports.ranked import formulas
from reports.ranked.detail_formulas import floor_sets
from reports.ranked.ranking_table import Table, stored_points, stored_share
from reports.sheet.styles import percent_format
from reports.standing import Standing


def write_computed(table: Table, row: int, unit: Standing) -> None:
    """Percent, exact share and grade, from the unit's own final points and maximum."""
    styles, criteria = table.page.styles, table.criteria
    final, top = table.at(row, "final"), table.at(row, "max")
    computed = formulas.percent(final, top, criteria)
    style = styles("number", num_format=percent_format(criteria.policy.percent_digits))
    table.write(row, "percent", table.when_scored(row, computed), stored_points(unit.percent), style)
    share = table.when_scored(row, formulas.exact_share(final, top))
    table.write(row, "share", share, stored_share(unit), styles("aside", num_format="0.0000000000"))
    if table.links.grades.labels:
        _write_grade(table, row, unit)


def _write_grade(table: Table, row: int, unit: Standing) -> None:
    """The grade by points, live; beside it the final one as decided, linked where no limit speaks."""
    final, top, code = (table.at(row, key) for key in ("final", "max", "code"))
    criteria, links, style = table.criteria, table.links, table.page.styles("centre")
    missed = {
        floors: links.points["final"].of(code, f"floors {number}")
        for number, floors in enumerate(floor_sets(criteria))
    }
    grades = criteria.grades_of(table.block)
    formula = formulas.grade(final, top, grades, links.grades.of(table.block), criteria, missed)
    key = "grade_by_points" if links.limited else "grade"
    table.write(row, key, table.when_scored(row, formula), unit.grade_by_points or "", style)
    if not links.limited:
        return
    if unit.limited:
        table.page.sheet.write_string(row, table.places.columns["grade"], unit.grade or "", style)
    else:
        table.write(row, "grade", table.at(row, key), unit.grade or "", style)


def write_rank(table: Table, row: int, unit: Standing, taken: int, breaks: Sequence[float]) -> None:
    """The rank, with the helpers that it needs."""
    aside, dense = table.aside, table.criteria.policy.ties == "dense"
    needed = aside.headings()
    if "key" in needed:
        _write_key(table, row, unit)
    for name, sign, points in zip(aside.breaks, aside.signs, breaks, strict=True):
        found = f"{sign}ROUND(N({table.links.points['final'].of(table.at(row, 'code'), name)}),9)"
        style = table.page.styles("aside")
        scored = f"IF({table.at(row, 'key')}<0,0,{found})"
        table.write(row, name, scored, 0 if unit.rank is None else points, style)
    chain = ("key", *aside.breaks)
    if not aside.breaks:
        key = "key" if dense else aside.measure
        own, column = table.at(row, key), table.places.local(key)
        rank = (
            formulas.dense_rank(own, column, table.first)
            if dense
            else formulas.competition_rank(own, column)
        )
    else:
        rank = formulas.place_by_chain(
            [table.at(row, key) for key in chain], [table.places.local(key) for key in chain]
        )
    if "place" in needed:
        table.write(row, "place", f"1-({rank})", taken, table.page.styles("aside"))
        rank = formulas.dense_rank(table.at(row, "place"), table.places.local("place"), table.first)
    place = "" if unit.rank is None else unit.rank
    table.write(row, "rank", table.when_scored(row, rank), place, table.page.styles("bold_number"))


def _write_key(table: Table, row: int, unit: Standing) -> None:
    """What ranks as a number for every unit, -1 where it is not ranked."""
    key, points = table.aside.measure, {"percent": unit.percent, "final": unit.final}
    stored = stored_share(unit) if key == "share" else stored_points(points[key])
    unscored = f'OR({table.at(row, "final")}="",{table.at(row, "max")}=0)'
    formula = f"IF({unscored},-1,{table.at(row, key)})"
    style = table.page.styles("aside")
    table.write(row, "key", formula, -1 if unit.rank is None else stored, style)
