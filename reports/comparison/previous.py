"""What a unit was in the round before, for the ranking; the round's `previous` names the folder."""

from __future__ import annotations

from collections.abc import Mapping

from criteria.catalogue import Refusal
from evidence.mergers import MERGERS_NAME, read_mergers
from evidence.round import Round
from reports.comparison.compare import Past, Place, Side, grade_labels_agree, load_side, previous_ranks
from reports.standing import Standing, standings
from scoring.results import Results

HEADING = "Thay đổi so với năm trước"
NEW = "Mới"
_NOWHERE = "Không có hạng để so sánh"


def changes_since_previous(round_: Round, results: Results) -> Mapping[str, str]:
    """By unit, how it stands against the round before, in words; empty where the round names none.

    Units that merged or were split are told with the places of those they were: their ranks are not
    compared. Raises Refusal where the earlier round has no results, or the table of mergers has mistakes.
    """
    if not round_.previous:
        return {}
    earlier = load_side(round_.folder / round_.previous)
    path = round_.folder / MERGERS_NAME
    mergers, problems = read_mergers(path) if path.is_file() else ((), [])
    if problems:
        first = problems[0]
        raise Refusal(
            f"Chưa so sánh được với năm trước vì “{MERGERS_NAME}” có {len(problems)} lỗi, lỗi đầu: "
            f"{first.place}: {first.message} {first.fix}"
        )
    past = previous_ranks(earlier, round_, mergers)
    return {unit.code: _told(earlier, round_, unit, past[unit.code]) for unit in standings(results)}


def _told(earlier: Side, round_: Round, unit: Standing, past: Past) -> str:
    if past.relation == "new":
        return NEW
    if past.relation in ("merged", "split"):
        word = "Sáp nhập từ" if past.relation == "merged" else "Tách từ"
        return f"{word} {'; '.join(map(_place, past.places))}"
    then = past.places[0]
    told = [_rank(unit, then)]
    agree = grade_labels_agree(earlier.criteria, round_.criteria, then.block, unit.block)
    if agree and then.grade and unit.grade and then.grade != unit.grade:
        told.append(f"{then.grade} → {unit.grade}")
    return "; ".join(told)


def _rank(unit: Standing, then: Place) -> str:
    """The change of rank within the same block."""
    if unit.rank is None or then.rank is None or then.block != unit.block:
        return _NOWHERE if then.block == unit.block else "Đổi khối"
    if unit.rank == then.rank:
        return f"Giữ hạng {unit.rank}"
    word = "Tăng" if unit.rank < then.rank else "Giảm"
    return f"{word} {abs(unit.rank - then.rank)} bậc ({then.rank} → {unit.rank})"


def _place(place: Place) -> str:
    return place.name if place.rank is None else f"{place.name} (hạng {place.rank}/{place.ranked})"
