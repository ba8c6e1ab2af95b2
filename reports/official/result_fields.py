"""The fields that tell a round's results: counts, ranking by block, targets, limits, groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from criteria.exact import round_fraction, vietnamese
from criteria.model import CriteriaSet
from evidence.round import Round
from reports.ranked.basis import program_version
from reports.ranked.quotas_part import proposal_lines
from reports.standing import Standing, in_rank_order, standings
from reports.target_words import NOT_COMPUTED, conclusion, counted
from reports.vietnamese import counted_in_words, in_capitals
from reports.wording import (
    NOT_GRADED,
    decimals,
    lower_first,
    percent_text,
    provenance_status,
    unit_note,
    with_ungraded,
)
from scoring.limits import AppliedLimit
from scoring.results import Results
from scoring.shares import WHOLE
from scoring.targets import Attainment
from scoring.totals import capped, group_sums

NOTHING = "–"
_MOST_NAMED = 12  # units named in one note: more would be a table of their own


def result_fields(round_: Round, results: Results) -> dict[str, Any]:
    """Fields of RESULTS for a round that is scored."""
    units = standings(results)
    names = {unit.code: unit.name for unit in units}
    digits = point_digits(units)
    blocks = in_rank_order(results)
    return {
        "co_ket_qua": True,
        "co_xep_loai": bool(results.criteria.labels),
        "tong_so": str(len(units)),
        "tong_so_chu": counted_in_words(len(units)),
        "da_gui": counted_in_words(sum(unit.state not in ("not_sent", "rejected") for unit in units)),
        "chua_gui": [unit.name for unit in units if unit.state == "not_sent"],
        "bi_tra": [unit.name for unit in units if unit.state == "rejected"],
        "da_tham_dinh": counted_in_words(sum(unit.state == "appraised" for unit in units)),
        "xep_loai": _grades(results, units),
        "khoi": [
            _block(round_, results, number, block, own, digits)
            for number, (block, own) in enumerate(blocks.items(), 1)
        ],
        "chi_tieu": [_target(results.criteria, attained) for attained in results.targets],
        "khong_che": [limit_fields(unit, item) for unit in units for item in unit.limits],
        "de_nghi_ty_le": [
            line.strip()
            for proposal in results.proposals
            for line in proposal_lines(round_, proposal, names)
        ],
        "nhom": list(_groups(results)),
        **basis_fields(round_),
    }


def no_result_fields() -> dict[str, Any]:
    """Fields of RESULTS where the plan asks for reports only and nothing is scored."""
    lists = ("chua_gui", "bi_tra", "xep_loai", "khoi", "chi_tieu", "khong_che", "de_nghi_ty_le", "nhom")
    texts = ("tong_so", "tong_so_chu", "da_gui", "da_tham_dinh")
    texts += ("bo_tieu_chi", "nguon_tieu_chi", "phan_mem")
    return {
        "co_ket_qua": False,
        "co_xep_loai": False,
        **{name: [] for name in lists},
        **dict.fromkeys(texts, NOTHING),
    }


def basis_fields(round_: Round) -> dict[str, str]:
    """What the figures were computed by."""
    criteria = round_.criteria
    return {
        "bo_tieu_chi": f"{criteria.id}, bản {criteria.version}",
        "nguon_tieu_chi": provenance_status(criteria),
        "phan_mem": f"danvan {program_version()}",
    }


def point_digits(units: Sequence[Standing]) -> int:
    """Decimals that show every unit's points exactly and aligned."""
    return decimals([points for unit in units for points in (unit.self, unit.appraised, unit.final)])


def points_text(value: int | None, digits: int | None = None) -> str:
    """Points for people; a dash where there are none."""
    return NOTHING if value is None else vietnamese(value, digits)


def unit_fields(criteria: CriteriaSet, unit: Standing, digits: int) -> dict[str, str]:
    """Fields of UNIT: a line of the ranking."""
    percent = unit.percent
    return {
        "hang": NOTHING if unit.rank is None else str(unit.rank),
        "ma": unit.code,
        "ten": unit.name,
        "toi_da": vietnamese(unit.max),
        "tu_cham": points_text(unit.self, digits),
        "tham_dinh": points_text(unit.appraised, digits),
        "diem": points_text(unit.final, digits),
        "ty_le": NOTHING if percent is None else vietnamese(percent, criteria.policy.percent_digits),
        "xep_loai_theo_diem": unit.grade_by_points or NOTHING,
        "xep_loai": unit.grade or (NOT_GRADED if criteria.grades_of(unit.block) else NOTHING),
        "ghi_chu": unit_note(unit),
    }


def limit_fields(unit: Standing, applied: AppliedLimit) -> dict[str, str]:
    """Fields of LIMIT: a limit or consequence on a unit."""
    consequence = applied.limit.act == "consequence"
    return {
        "don_vi": unit.name,
        "noi_dung": f"Hệ quả: {lower_first(applied.text)}" if consequence else applied.text,
        "can_cu": applied.basis or "chưa ghi",
        "theo_diem": applied.before or NOT_GRADED,
        "xep_loai": applied.after or NOT_GRADED,
    }


def _grades(results: Results, units: Sequence[Standing]) -> list[dict[str, str]]:
    """Counts of each grade over all blocks, then of whatever stands in a grade's place, then of none."""
    if not results.criteria.labels:
        return []
    found = Counter(unit.grade or NOT_GRADED for unit in units)
    labels = [*results.criteria.labels, *sorted(set(found) - {*results.criteria.labels, NOT_GRADED})]
    labels += [NOT_GRADED] if found[NOT_GRADED] else []
    return [_grade(results.criteria, label, found[label], len(units)) for label in labels]


def _grade(criteria: CriteriaSet, label: str, count: int, of: int) -> dict[str, str]:
    policy = criteria.policy
    share = round_fraction(
        Fraction(count * WHOLE, max(of, 1)), policy.percent_digits, policy.percent_rounding
    )
    return {
        "loai": label,
        "so": str(count),
        "so_chu": counted_in_words(count),
        "ty_le": percent_text(share, policy.percent_digits),
    }


def _block(
    round_: Round, results: Results, number: int, block: str, units: Sequence[Standing], digits: int
) -> dict[str, Any]:
    criteria = results.criteria
    counts = with_ungraded(results, block, units)
    title = round_.blocks[block]
    return {
        "so_thu_tu": roman(number),
        "ten": title,
        "ten_hoa": in_capitals(title),
        "so_don_vi": str(len(units)),
        "binh_quan": percent_text(results.averages[block], criteria.policy.percent_digits),
        "xep_loai": [_grade(criteria, label, count, len(units)) for label, count in counts.items()],
        "tom_tat": "; ".join(f"{label}: {count}" for label, count in counts.items() if count),
        "don_vi": [unit_fields(criteria, unit, digits) for unit in units],
        "ghi_chu": list(_notes(units)),
    }


def _notes(units: Sequence[Standing]) -> Iterator[str]:
    """Each note once, with the units that it is about."""
    about: dict[str, list[str]] = {}
    for unit in units:
        if note := unit_note(unit):
            about.setdefault(note, []).append(unit.name)
    for note, names in about.items():
        many = f"{len(names)} đơn vị" if len(names) > _MOST_NAMED else "; ".join(names)
        yield f"{note}: {many}"


def _target(criteria: CriteriaSet, attained: Attainment) -> dict[str, str]:
    target, digits = attained.target, criteria.policy.percent_digits
    goal = NOTHING if target.at_least is None else percent_text(target.at_least, 0)
    if target.kind == "not_below_last_year":
        goal = "không thấp hơn năm trước"
    reached = NOT_COMPUTED
    if attained.met is not None:
        share = percent_text(attained.reached, digits)
        reached = f"{attained.have}/{attained.out_of} {counted(target)} ({share})"
    return {
        "noi_dung": target.text,
        "muc_tieu": goal,
        "ket_qua": reached,
        "ket_luan": conclusion(attained),
    }


def _groups(results: Results) -> Iterator[dict[str, str]]:
    """Each group's mean points and share over the units that have points."""
    criteria = results.criteria
    scored = results.units.loc[results.units["final"].notna(), "code"]
    ledger = results.ledger[results.ledger["unit"].isin(scored)]
    sums = group_sums(criteria, ledger, "final")
    policy = criteria.policy
    for group in criteria.groups:
        points = [Fraction(capped(group, value)) for value in sums[group.id].dropna()]
        top = int(ledger.loc[ledger["group"] == group.id, "applicable"].sum())
        mean = share = None
        if points:
            mean = round_fraction(sum(points, Fraction(0)) / len(points), 2, "half_up")
        if points and top:
            exact = sum(points, Fraction(0)) * WHOLE / top
            share = round_fraction(exact, policy.percent_digits, policy.percent_rounding)
        yield {
            "ma": group.id,
            "ten": group.title,
            "toi_da": vietnamese(group.top),
            "binh_quan": points_text(mean, 2),
            "ty_le": percent_text(share, policy.percent_digits),
        }


def roman(number: int) -> str:
    """A number from 1 to 39 in Roman figures, as sections are numbered; beyond, in plain figures."""
    if not 0 < number < 40:
        return str(number)
    tens, ones = divmod(number, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]
