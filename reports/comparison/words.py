"""A comparison of two rounds as text for the terminal and as plain values for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from tabulate import tabulate

from criteria.exact import plain, vietnamese
from evidence.round import heading_of_block
from reports.comparison.compare import Comparison, Place, Side, UnitThenAndNow
from reports.comparison.notes import notes
from reports.wording import NOT_GRADED

RELATION_WORDS = {
    "same": "",
    "renamed": "đổi tên hoặc mã",
    "merged": "sáp nhập",
    "split": "chia tách",
    "new": "mới, không có ở đợt cũ",
}
_HEADS = (
    "Mã",
    "Đơn vị",
    "% cũ",
    "% mới",
    "+/- %",
    "Loại cũ",
    "Loại mới",
    "Hạng cũ",
    "Hạng mới",
    "+/- hạng",
)
_LEFT = {"Mã", "Đơn vị", "Loại cũ", "Loại mới"}
_TREND_HEADS = ("Tiêu chí", "Tên", "Tối đa", "Số đơn vị", "Bình quân cũ", "Bình quân mới", "Tăng", "Giảm")
_MOST_TITLE = 60


def comparison_text(done: Comparison) -> str:
    """The comparison for the terminal: units by block, criteria, then what was left out."""
    old, new = done.old.round, done.new.round
    parts = [f"So sánh {old.id} (năm {old.year}, cũ) với {new.id} (năm {new.year}, mới)"]
    parts += [f"! {text}" for text in notes(done)]
    for block, units in by_block(done).items():
        rows = [row for unit in units for row in unit_rows(unit)]
        title = new.blocks.get(block, block)
        parts.append(
            f"\n{heading_of_block(title)} ({len(units)} đơn vị)\n{_table(_HEADS, rows)}\n{_summary(units)}"
        )
    if done.gone:
        names = "; ".join(f"{place.name} ({standing(place)})" for place in done.gone)
        parts.append(f"\n{len(done.gone)} đơn vị của đợt cũ không còn ở đợt mới: {names}.")
    if done.trends:
        parts.append(
            f"\nTheo tiêu chí (các đơn vị có ở cả hai đợt)\n{_table(_TREND_HEADS, trend_rows(done))}"
        )
    return "\n".join(parts)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    align = ["left" if head in _LEFT | {"Tiêu chí", "Tên"} else "right" for head in heads]
    return tabulate(rows, headers=heads, colalign=align, disable_numparse=True)


def by_block(done: Comparison) -> dict[str, list[UnitThenAndNow]]:
    """Units of each block of the newer round by their rank now; those without one last."""
    blocks: dict[str, list[UnitThenAndNow]] = {}
    for unit in done.units:
        blocks.setdefault(unit.now.block, []).append(unit)
    for units in blocks.values():
        units.sort(key=lambda unit: (unit.now.rank is None, unit.now.rank or 0))
    return blocks


def unit_rows(unit: UnitThenAndNow) -> Iterator[tuple[str, ...]]:
    """The unit's line; below it one for each predecessor where they are not the unit itself."""
    alone = unit.relation in ("same", "renamed")
    before = unit.before[0] if alone else None
    note = RELATION_WORDS[unit.relation]
    yield (
        unit.now.code,
        f"{unit.now.name} ({note})" if note else unit.now.name,
        percent(before),
        percent(unit.now),
        signed(unit.percent),
        grade(before),
        grade(unit.now),
        rank(before),
        rank(unit.now),
        "" if unit.rank is None else f"{unit.rank:+d}" if unit.rank else "0",
    )
    for place in () if alone else unit.before:
        came = f"- trước đây: {place.name}"
        yield (place.code, came, percent(place), "", "", grade(place), "", rank(place), "", "")


def percent(place: Place | None) -> str:
    """Percent for people; empty where there is none."""
    return "" if place is None or place.percent is None else vietnamese(place.percent, 2)


def grade(place: Place | None) -> str:
    """Grade for people; empty where there is no place, a word where there is no grade."""
    return "" if place is None else place.grade or NOT_GRADED.lower()


def rank(place: Place | None) -> str:
    """Rank out of how many; empty where there is none."""
    return "" if place is None or place.rank is None else f"{place.rank}/{place.ranked}"


def signed(value: int | None) -> str:
    """A difference in thousandths with its sign; empty where there is none."""
    if value is None:
        return ""
    return f"+{vietnamese(value)}" if value > 0 else vietnamese(value)


def standing(place: Place) -> str:
    """Percent, grade and rank in one phrase."""
    parts = [f"{percent(place)}%" if percent(place) else "", grade(place)]
    parts.append(f"hạng {rank(place)}" if rank(place) else "")
    return ", ".join(filter(None, parts))


def _summary(units: Sequence[UnitThenAndNow]) -> str:
    up, down = (sum((unit.grade or 0) * sign > 0 for unit in units) for sign in (1, -1))
    held = sum(unit.percent is not None for unit in units)
    better = sum((unit.percent or 0) > 0 for unit in units)
    worse = sum((unit.percent or 0) < 0 for unit in units)
    return (
        f"So được {held} đơn vị: tỷ lệ tăng {better}, giảm {worse}, giữ nguyên {held - better - worse}; "
        f"lên mức xếp loại {up}, xuống mức {down}."
    )


def trend_rows(done: Comparison) -> list[tuple[str, ...]]:
    """A line a compared criterion: maximum, how many units, means then and now, how many rose and fell."""
    return [
        (
            item.criterion,
            item.title if len(item.title) <= _MOST_TITLE else f"{item.title[: _MOST_TITLE - 1]}…",
            vietnamese(item.top),
            str(item.units),
            vietnamese(item.old, 2),
            vietnamese(item.new, 2),
            str(item.up),
            str(item.down),
        )
        for item in done.trends
    ]


def comparison_json(done: Comparison) -> dict[str, Any]:
    """The comparison as `compare --json` gives it; decimals as text with a dot."""
    return {
        "old": _side_json(done.old),
        "new": _side_json(done.new),
        "criteria": {
            "compared": list(done.comparable.ids),
            "left_out": [{"criterion": id_, "why": why} for id_, why in done.comparable.left_out.items()],
        },
        "totals_comparable": done.comparable.totals,
        "units": [_unit_json(unit) for unit in done.units],
        "gone": [_place_json(place) for place in done.gone],
        "trends": [
            {
                "criterion": item.criterion,
                "title": item.title,
                "max": plain(item.top),
                "units": item.units,
                "old": plain(item.old),
                "new": plain(item.new),
                "up": item.up,
                "down": item.down,
            }
            for item in done.trends
        ],
        "problems": [item.to_json() for item in done.problems],
        "notes": list(notes(done)),
    }


def _side_json(side: Side) -> dict[str, Any]:
    return {
        "round": side.round.id,
        "title": side.round.title,
        "year": side.round.year,
        "criteria": side.criteria.id,
        "provisional": bool(side.run.record.get("provisional")),
        "sealed": side.sealed,
    }


def _unit_json(unit: UnitThenAndNow) -> dict[str, Any]:
    return {
        "code": unit.now.code,
        "name": unit.now.name,
        "relation": unit.relation,
        "documents": list(unit.documents),
        "before": [_place_json(place) for place in unit.before],
        "now": _place_json(unit.now),
        "difference": {
            "points": _text(unit.points),
            "percent": _text(unit.percent),
            "grade": unit.grade,
            "rank": unit.rank,
        },
        "criteria": [
            {"criterion": id_, "old": _text(was), "new": _text(now)} for id_, was, now in unit.criteria
        ],
    }


def _place_json(place: Place) -> dict[str, Any]:
    return {
        "code": place.code,
        "name": place.name,
        "block": place.block,
        "max": plain(place.max),
        "final": _text(place.final),
        "percent": _text(place.percent),
        "grade": place.grade,
        "rank": place.rank,
        "ranked": place.ranked,
    }


def _text(value: int | None) -> str | None:
    return None if value is None else plain(value)
