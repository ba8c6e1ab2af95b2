"""Levels with points under a criterion as a rule: bands of a percentage, or named choices."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from criteria.exact import UNIT, plain, thousandths, vietnamese
from criteria.text_yaml import Value

WHOLE = 100 * UNIT
LONGEST_LABEL = 250  # of the schema
DONE, OF = "Số đã thực hiện", "Tổng số phải thực hiện"

_N = r"(\d{1,3}(?:[.,]\d{1,2})?)"
_BETWEEN = re.compile(
    rf"(?P<open>trên|>(?!=)|hơn)?\s*(?:từ|>=|≥)?\s*{_N}\s*%?\s*(?:-|–|đến|tới)\s*(?P<below>dưới|cận|<(?!=))?\s*{_N}\s*%"
)
_BELOW = re.compile(rf"(?:dưới|<(?!=)|thấp hơn|ít hơn|chưa đạt|không đạt)\s*{_N}\s*%")
_ABOVE = re.compile(rf"(?:trên|>(?!=)|hơn)\s*{_N}\s*%")
_FROM = re.compile(rf"(?:từ|>=|≥|đạt từ)\s*{_N}\s*%|{_N}\s*%\s*(?:trở lên|trở đi)")
_JUST = re.compile(rf"{_N}\s*%")
_NOTHING = re.compile(r"(?:không|chưa|các trường hợp còn lại|còn lại|trường hợp khác)(?!\w)")


@dataclass(frozen=True)
class Level:
    """One level as printed; `points` in thousandths, None where the annex gives none."""

    text: str
    points: int | None
    proportional: bool = False


@dataclass
class Proposal:
    """A rule for a criterion: the keys it adds, and what has to be confirmed, by key."""

    kind: str = "judged"
    keys: dict[str, Value] = field(default_factory=dict)
    doubts: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class _Span:
    """Percents (thousandths) from `low` up to `high`; None where the level does not say."""

    low: int
    high: int | None = None
    open: bool = False  # "trên": without `low` itself
    closed: bool = False  # "đến": with `high` itself
    rest: bool = False  # all that is not named


def looks_like_level(text: str, points: int | None) -> bool:
    """Whether a row reads like a level: a percentage, a failure, or no points at all for it."""
    return points == 0 or _span(Level(text, points)) is not None


def propose(levels: Sequence[Level]) -> Proposal:
    """`ratio` where all levels are percentages, else `choice`, else `judged`, which says why."""
    return _ratio(levels) or _choice(levels)


def _choice(levels: Sequence[Level]) -> Proposal:
    labels = [level.text.strip(" .;,") for level in levels]
    why = ""
    if any(level.points is None for level in levels):
        why = "có mức không đọc được điểm"
    elif len(levels) < 2:
        several = any("điểm" in label.casefold() for label in labels)
        why = "không tách được các mức ghi chung một câu" if several else "chỉ có một mức"
    elif len(set(labels)) < len(labels) or not all(labels):
        why = "tên các mức trùng nhau hoặc để trống"
    elif any(len(label) > LONGEST_LABEL for label in labels):
        why = f"có mức dài quá {LONGEST_LABEL} ký tự"
    if why:
        said = f"Chưa đặt được cách chấm theo mức vì {why}; các mức được chép vào ghi chú."
        return Proposal(doubts=[("kind", said)])
    options: list[Value] = [
        {"label": label, "points": plain(level.points or 0)}
        for label, level in zip(labels, levels, strict=True)
    ]
    return Proposal("choice", {"options": options})


def _ratio(levels: Sequence[Level]) -> Proposal | None:
    found = [(level, span) for level in levels if (span := _span(level))]
    named = [pair for pair in found if not pair[1].rest]
    if len(found) < len(levels) or not named or len(found) < 2:
        return None
    if any(level.points is None and not level.proportional for level in levels):
        return None
    named.sort(key=lambda pair: -pair[1].low)
    rest = [level for level, span in found if span.rest]
    proposal = Proposal("ratio", {"inputs": {"done": DONE, "of": OF}})
    proposal.doubts.append(("inputs", "đặt tên hai số liệu để tính tỷ lệ"))
    lows = [span.low for _, span in named]
    if len(set(lows)) < len(lows) or len(rest) > 1:
        return None
    if rest and lows[-1] == 0 and rest[0].points != named[-1][0].points:
        return None
    bands: list[Value] = [
        {
            "from": plain(span.low),
            "points": "proportional" if level.proportional else plain(level.points or 0),
        }
        for level, span in named
    ]
    if lows[-1] > 0:
        bands.append({"from": "0", "points": plain(rest[0].points or 0) if rest else "0"})
    said = "; ".join(_edges([span for _, span in named], bool(rest)))
    if said:
        proposal.doubts.append(("bands", said))
    proposal.keys["bands"] = bands
    return proposal


def _edges(spans: Sequence[_Span], rest: bool) -> list[str]:
    """What the printed levels leave open between them, and how it was filled."""
    said = []
    for above, span in pairwise(spans):
        edge = vietnamese(above.low)
        if span.high is None:
            continue
        high = vietnamese(span.high)
        if span.high < above.low:
            said.append(f"phụ lục không nói từ {high}% đến dưới {edge}%, đang tính vào mức dưới")
        elif span.high > above.low or (span.closed and not above.open):
            said.append(f"hai mức cùng nhận {edge}%, đang tính {edge}% vào mức trên")
    for span in spans:
        if span.open:
            low = vietnamese(span.low)
            apart = plain(span.low + 1)
            said.append(
                f"phụ lục ghi “trên {low}%”, ở đây mức này nhận cả đúng {low}% "
                f"(không nhận thì ghi from: {apart})"
            )
    lowest = vietnamese(spans[-1].low)
    if spans[-1].low and rest:
        said.append(f"phụ lục không nói rõ dưới {lowest}%, đang tính như mức không thực hiện")
    elif spans[-1].low:
        said.append(f"phụ lục không nói dưới {lowest}%, đang đặt 0 điểm")
    return said


def _span(level: Level) -> _Span | None:
    text = " ".join(level.text.casefold().split())
    percents = re.findall(r"%", text)
    if match := _BETWEEN.search(text):
        low, high = thousandths(match[2]), thousandths(match[4])
        inside = 0 <= low < high <= WHOLE and len(percents) <= 2
        return _Span(low, high, bool(match["open"]), not match["below"]) if inside else None
    if not percents:
        return _Span(0, rest=True) if _NOTHING.match(text) and level.points == 0 else None
    if len(percents) > 1:
        return None
    if match := _BELOW.search(text):
        return _within(_Span(0, thousandths(match[1])))
    if match := _ABOVE.search(text):
        return _within(_Span(thousandths(match[1]), open=True))
    if match := _FROM.search(text):
        return _within(_Span(thousandths(match[1] or match[2])))
    match = _JUST.search(text)
    return _within(_Span(thousandths(match[1]))) if match else None


def _within(span: _Span) -> _Span | None:
    return span if max(span.low, span.high or 0) <= WHOLE else None
