"""What the whole says of a round, as tables in Vietnamese: each with its method in one sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

from criteria.exact import round_fraction, vietnamese
from evidence.round import Round
from reports.analysis.words import NOT_APPRAISED, WORDS
from reports.wording import NOT_GRADED, lower_first
from scoring.analysis import Agreement, Analysis, Cost, Gap
from scoring.firmness import Dispute, Firm, LeftOut
from scoring.results import Results
from scoring.shares import WHOLE

MOST = 10  # rows of a table that names the greatest first
Kind: TypeAlias = Literal["text", "code", "count", "points", "percent"]
Cell: TypeAlias = str | int | None  # text, a count, or thousandths of a point or percent


@dataclass(frozen=True)
class Column:
    """A column: its heading, what stands in it, how many columns of the sheet it takes."""

    head: str
    kind: Kind
    span: int = 1


@dataclass(frozen=True)
class Table:
    """A part of the analysis; `empty` is said in place of a table without rows."""

    title: str
    method: str
    empty: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def _table(
    id_: str,
    columns: tuple[Column, ...],
    rows: Iterable[tuple[Cell, ...]],
    empty: str = "",
    **filled: object,
) -> Table:
    words = WORDS[id_]
    return Table(
        words.title.format(**filled),
        words.method.format(**filled),
        empty or words.empty,
        columns,
        tuple(rows),
    )


def criteria_tables(round_: Round, results: Results, analysis: Analysis) -> Iterator[Table]:
    """What is said of criteria, groups and cut-offs."""
    titles = {leaf.id: leaf.title for leaf in results.criteria.criteria}
    yield _flat(analysis, titles)
    yield _costs(analysis, titles)
    yield _by_type(round_, results, analysis)
    yield _by_criterion(analysis, titles)
    yield _agreement(results, analysis)
    yield _near(round_, results, analysis)


def rank_tables(round_: Round, results: Results, analysis: Analysis) -> Iterator[Table]:
    """What is said of how firm ranks are."""
    names = _names(results)
    yield _left_out(results, analysis, names)
    yield _disputes(analysis, names)
    yield _spans(round_, results, analysis, names)


def _flat(analysis: Analysis, titles: dict[str, str]) -> Table:
    words = {"full": "Mọi đơn vị đạt điểm tối đa", "nothing": "Mọi đơn vị được 0 điểm"}
    rows = tuple(
        (flat.criterion, titles[flat.criterion], words[flat.kind], flat.units) for flat in analysis.flat
    )
    return _table(
        "flat",
        (
            Column("Tiêu chí", "code"),
            Column("Nội dung", "text", 4),
            Column("Nhận xét", "text", 2),
            Column("Số đơn vị", "count"),
        ),
        rows,
    )


def _costs(analysis: Analysis, titles: dict[str, str]) -> Table:
    def row(cost: Cost) -> tuple[Cell, ...]:
        share = round_fraction(Fraction(cost.lost * WHOLE, cost.out_of), 2, "half_up")
        return (
            cost.criterion,
            titles[cost.criterion],
            cost.lost,
            cost.out_of,
            share,
            cost.losing,
            cost.units,
        )

    return _table(
        "costs",
        (
            Column("Tiêu chí", "code"),
            Column("Nội dung", "text", 2),
            Column("Điểm mất", "points"),
            Column("Có thể đạt", "points"),
            Column("Tỷ lệ mất %", "percent"),
            Column("Số đơn vị mất điểm", "count"),
            Column("Số đơn vị áp dụng", "count"),
        ),
        tuple(map(row, analysis.costs[:MOST])),
        most=MOST,
    )


def _gap(gap: Gap) -> tuple[Cell, ...]:
    mean = gap.per_unit
    rounded = round_fraction(abs(mean), 2, "half_up") * (-1 if mean < 0 else 1)
    return gap.claimed, gap.appraised, gap.claimed - gap.appraised, rounded, gap.lowered, gap.raised


_GAP_COLUMNS = (
    Column("Tổng tự chấm", "points"),
    Column("Tổng thẩm định", "points"),
    Column("Chênh lệch", "points"),
    Column("Bình quân một đơn vị", "points"),
    Column("Lượt hạ", "count"),
    Column("Lượt nâng", "count"),
)


def _by_type(round_: Round, results: Results, analysis: Analysis) -> Table:
    types = results.criteria.unit_types
    return _table(
        "by_type",
        (Column("Số đơn vị", "count"), Column("Loại đơn vị", "text"), *_GAP_COLUMNS),
        tuple((gap.units, types.get(gap.of, gap.of), *_gap(gap)) for gap in analysis.by_type),
    )


def _by_criterion(analysis: Analysis, titles: dict[str, str]) -> Table:
    changed = [gap for gap in analysis.by_criterion if gap.lowered or gap.raised]
    changed.sort(key=lambda gap: -abs(gap.claimed - gap.appraised))
    return _table(
        "by_criterion",
        (Column("Tiêu chí", "code"), Column("Nội dung", "text"), *_GAP_COLUMNS),
        tuple((gap.of, titles[gap.of], *_gap(gap)) for gap in changed[:MOST]),
        "" if analysis.by_criterion else NOT_APPRAISED,
        most=MOST,
    )


def _agreement(results: Results, analysis: Analysis) -> Table:
    scale = [group for group in results.criteria.groups if group.kind == "scale"]
    groups = "; ".join(f"nhóm {group.id}: {lower_first(group.title)}" for group in scale)

    def row(pair: Agreement) -> tuple[Cell, ...]:
        both = f"Nhóm {pair.first} và nhóm {pair.second}"
        gamma = pair.gamma
        if gamma is None:
            return both, pair.concordant, pair.discordant, pair.tied, ""
        sign = "−" if gamma < 0 else ""
        return (
            both,
            pair.concordant,
            pair.discordant,
            pair.tied,
            sign + vietnamese(round_fraction(abs(gamma) * 1000, 2, "half_up"), 2),
        )

    rows = tuple(row(pair) for pair in sorted(analysis.agreement, key=_by_gamma))
    return _table(
        "agreement",
        (
            Column("Hai nhóm tiêu chí", "text", 4),
            Column("Cặp cùng chiều", "count"),
            Column("Cặp ngược chiều", "count"),
            Column("Cặp bằng nhau", "count"),
            Column("Hệ số gamma", "code"),
        ),
        rows,
        groups=groups,
    )


def _by_gamma(pair: Agreement) -> Fraction:
    return Fraction(2) if pair.gamma is None else pair.gamma


def _near(round_: Round, results: Results, analysis: Analysis) -> Table:
    units = results.units.set_index("code")
    rows = tuple(
        (
            near.unit,
            units.loc[near.unit, "name"],
            round_.blocks[units.loc[near.unit, "block"]],
            near.grade,
            int(units.loc[near.unit, "final"]),
            near.by,
        )
        for near in analysis.near
    )
    return _table(
        "near",
        (
            Column("Mã", "code"),
            Column("Đơn vị", "text"),
            Column("Khối", "text", 3),
            Column("Ngưỡng loại", "code"),
            Column("Tổng điểm", "points"),
            Column("Cách ngưỡng", "points"),
        ),
        rows,
        window=vietnamese(analysis.window),
    )


def _left_out(results: Results, analysis: Analysis, names: dict[str, str]) -> Table:
    titles = {leaf.id: leaf.title for leaf in results.criteria.criteria}

    def row(left: LeftOut) -> tuple[Cell, ...]:
        unit, before, after = left.moved[0]
        then = "không còn hạng" if after is None else f"hạng {before} thành {after}"
        return left.criterion, titles[left.criterion], len(left.moved), f"{names[unit]}: {then}"

    moving = sorted(
        (left for left in analysis.firmness.left_out if left.moved), key=lambda left: -len(left.moved)
    )
    return _table(
        "left_out",
        (
            Column("Tiêu chí", "code"),
            Column("Nội dung", "text", 3),
            Column("Số đơn vị đổi hạng", "count"),
            Column("Đơn vị đổi nhiều nhất", "text", 3),
        ),
        tuple(map(row, moving)),
    )


def _disputes(analysis: Analysis, names: dict[str, str]) -> Table:
    def row(dispute: Dispute) -> tuple[Cell, ...]:
        rank = f"{dispute.rank} thành {dispute.other_rank}" if dispute.rank != dispute.other_rank else "–"
        grades = [grade or NOT_GRADED for grade in (dispute.grade, dispute.other_grade)]
        grade = " thành ".join(grades) if grades[0] != grades[1] else "–"
        return (
            dispute.unit,
            names[dispute.unit],
            dispute.criterion,
            dispute.final,
            dispute.other,
            rank,
            grade,
        )

    return _table(
        "disputes",
        (
            Column("Mã", "code"),
            Column("Đơn vị", "text"),
            Column("Tiêu chí", "code"),
            Column("Điểm đang tính", "points"),
            Column("Điểm phía kia", "points"),
            Column("Hạng", "code"),
            Column("Xếp loại theo điểm", "text", 2),
        ),
        tuple(row(dispute) for dispute in analysis.firmness.disputes if dispute.matters),
    )


def _spans(round_: Round, results: Results, analysis: Analysis, names: dict[str, str]) -> Table:
    blocks = dict(zip(results.units["code"], results.units["block"], strict=True))

    def span(best: int, worst: int) -> str:
        return str(best) if best == worst else f"{best} - {worst}"

    def row(unit: Firm) -> tuple[Cell, ...]:
        return (
            unit.unit,
            names[unit.unit],
            round_.blocks[blocks[unit.unit]],
            unit.rank,
            span(unit.best_by_disputes, unit.worst_by_disputes),
            span(unit.best_without_one, unit.worst_without_one),
            "Ổn định" if unit.firm else "",
        )

    order = list(dict.fromkeys(results.units["block"]))
    units = sorted(analysis.firmness.units, key=lambda unit: (order.index(blocks[unit.unit]), unit.rank))
    return _table(
        "spans",
        (
            Column("Mã", "code"),
            Column("Đơn vị", "text"),
            Column("Khối", "text", 2),
            Column("Hạng", "count"),
            Column("Theo điểm còn khác nhau", "code"),
            Column("Khi bỏ một tiêu chí", "code"),
            Column("Nhận xét", "code"),
        ),
        tuple(map(row, units)),
    )


def _names(results: Results) -> dict[str, str]:
    return dict(zip(results.units["code"], results.units["name"], strict=True))


def summary(round_: Round, results: Results, analysis: Analysis) -> Iterator[str]:
    """The analysis in a few sentences."""
    firm = analysis.firmness
    sure = sum(unit.firm for unit in firm.units)
    yield f"Phân tích trên {analysis.units} đơn vị đã có điểm."
    yield f"{len(analysis.flat)} tiêu chí không phân biệt được đơn vị nào."
    if analysis.costs:
        worst = analysis.costs[0]
        title = lower_first(results.criteria.by_id[worst.criterion].title)
        yield (
            f"Mất nhiều điểm nhất: tiêu chí {worst.criterion} ({title}), {vietnamese(worst.lost)} điểm "
            f"của {worst.losing} đơn vị."
        )
    claimed, appraised = (
        sum(getattr(gap, name) for gap in analysis.by_type) for name in ("claimed", "appraised")
    )
    if analysis.by_type:
        word = "cao hơn" if claimed >= appraised else "thấp hơn"
        yield f"Tự chấm {word} thẩm định tổng cộng {vietnamese(abs(claimed - appraised))} điểm."
    near, window = len({near.unit for near in analysis.near}), vietnamese(analysis.window)
    yield f"{near} đơn vị cách một ngưỡng xếp loại không quá {window} điểm."
    yield f"{sure} trên {len(firm.units)} đơn vị có thứ hạng không đổi trong mọi trường hợp đã thử."


def cell_text(cell: Cell, kind: Kind) -> str:
    """A cell for people: thousandths with a comma and a minus sign."""
    if cell is None or isinstance(cell, str):
        return cell or ""
    if kind == "count":
        return str(cell)
    return ("−" if cell < 0 else "") + vietnamese(abs(cell), 2)
