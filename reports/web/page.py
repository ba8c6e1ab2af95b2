"""Writes the page: everything in one file, text that people typed always as text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from criteria.exact import vietnamese
from evidence.placing import write_aside
from evidence.round import Round
from reports.comparison.previous import changes_since_previous
from reports.ranked.basis import program_version
from reports.standing import Standing, in_rank_order
from reports.web.charts import Chart, bars, stacks
from reports.web.content import (
    anchor,
    columns,
    ranking_rows,
    shared_data,
    targets,
    unit_data,
)
from reports.wording import (
    NOT_GRADED,
    basis_line,
    block_summary,
    issuing_body,
    lower_first,
    sentences_for_every_sheet,
    subject,
    with_ungraded,
)
from scoring.losses import dearest_criteria, losses
from scoring.results import Results
from scoring.trace import Step

PAGE_NAME = "ket-qua.html"
_MOST_BARS = 12
_BANDS = 10  # the distribution's steps, of ten percent each


@dataclass(frozen=True)
class Part:
    """A part of the page about the whole: title, how it was worked out, a table; or what to say of none."""

    title: str
    method: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    nothing: str = "Không có."
    numbers: frozenset[int] = frozenset()  # columns of figures, from 0


def write_page(
    path: Path,
    round_: Round,
    results: Results,
    steps_of: Callable[[str], Sequence[Step]],
    advice_of: Callable[[str], Sequence[str]] = lambda code: (),
    analysis: Sequence[Part] = (),
) -> None:
    """Writes the page of a round; raises FileHeld where it is held.

    `steps_of` gives a unit's trace by its code, `advice_of` lines on its next grade.
    """
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    template = environment.from_string(_resource("page.html"))
    blocks = in_rank_order(results)
    changes = changes_since_previous(round_, results)
    shown = columns(results, bool(changes))
    stream = template.stream(
        title=f"Kết quả {lower_first(subject(round_))}",
        office=issuing_body(round_.plan),
        basis=basis_line(round_),
        marks=sentences_for_every_sheet(round_, results),
        css=Markup(_resource("page.css")),
        js=Markup(_resource("page.js")),
        labels=results.criteria.labels,
        columns=shown,
        blocks=[
            {
                "id": block,
                "title": round_.blocks[block],
                "size": len(units),
                "summary": block_summary(results, block, units),
                "units": list(ranking_rows(results, units, shown, changes)),
            }
            for block, units in blocks.items()
        ],
        targets=list(targets(results)),
        charts=[{"title": chart.title, "svg": Markup(chart.svg)} for chart in _charts(round_, results)],
        analysis=analysis,
        foot=_foot(round_),
        criteria=Markup(shared_data(results)),
        details=_details(round_, results, blocks, steps_of, advice_of),
    )
    stream.enable_buffering(1000)
    with write_aside(path) as aside, aside.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(stream)


def _resource(name: str) -> str:
    return files("reports.web").joinpath(name).read_text(encoding="utf-8")


def _foot(round_: Round) -> str:
    criteria, plan = round_.criteria, round_.plan
    return (
        f"Bộ tiêu chí {criteria.id}, bản {criteria.version}; kế hoạch {plan.id}, bản {plan.version}; "
        f"{program_version()}."
    )


def _details(
    round_: Round,
    results: Results,
    blocks: dict[str, tuple[Standing, ...]],
    steps_of: Callable[[str], Sequence[Step]],
    advice_of: Callable[[str], Sequence[str]],
) -> Iterator[dict[str, Any]]:
    """The data of each unit's page, one after the other, so that no more than one is held at a time."""
    for units in blocks.values():
        for unit in units:
            text = unit_data(round_, results, unit, len(units), steps_of(unit.code), advice_of(unit.code))
            yield {"anchor": anchor(unit.code), "json": Markup(text)}


def _charts(round_: Round, results: Results) -> Iterator[Chart]:
    blocks = in_rank_order(results)
    labels = list(results.criteria.labels)
    if labels:
        counts = {block: with_ungraded(results, block, units) for block, units in blocks.items()}
        others = dict.fromkeys(name for found in counts.values() for name in found if name not in labels)
        names = [*labels, *(name for name in others if name != NOT_GRADED), NOT_GRADED]
        rows = [(round_.blocks[block], [counts[block].get(name, 0) for name in names]) for block in blocks]
        yield stacks("Số đơn vị theo xếp loại, từng khối", names, rows)
    yield bars("Số đơn vị theo tỷ lệ điểm", _distribution(results))
    lost = _dearest(results)
    if lost:
        yield bars(
            f"Tiêu chí mất nhiều điểm nhất (tổng điểm mất của các đơn vị, {len(lost)} tiêu chí)", lost
        )


def _distribution(results: Results) -> list[tuple[str, int, str]]:
    """Units by tenth of the maximum; the last band takes in the whole and what bonus lifts above it."""
    counts = [0] * _BANDS
    for final, top, percent in zip(
        results.units["final"], results.units["max"], results.units["percent"].notna(), strict=True
    ):
        if percent:
            counts[min(int(final) * _BANDS // int(top), _BANDS - 1)] += 1
    named = [
        (f"từ {10 * index}% đến dưới {10 * (index + 1)}%", count, f"{count} đơn vị")
        for index, count in enumerate(counts)
    ]
    named[-1] = ("từ 90% trở lên", *named[-1][1:])
    first = next((index for index, count in enumerate(counts) if count), 0)
    return named[first:][::-1]


def _dearest(results: Results) -> list[tuple[str, int, str]]:
    """The criteria that cost most points over all units."""
    dearest = dearest_criteria(losses(results))[:_MOST_BARS]
    leaves = results.criteria.by_id
    return [(f"{id_} {leaves[id_].title}", points, vietnamese(points)) for id_, points in dearest]
