"""The rule of a criterion as a few lines in one cell: bands, options, a ladder, its other figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from criteria.authoring.cells import BadCell, Notation
from criteria.text_yaml import Value

_N = r"(\d+(?:[.,]\d+)?)"
_BAND = re.compile(rf"từ\s+{_N}\s*%?\s*:\s*(.+)", re.IGNORECASE)
_RISE = re.compile(rf"tăng\s+(?:đều\s+)?từ\s+{_N}\s+đến\s+{_N}(?:\s*điểm)?", re.IGNORECASE)
_POINTS = re.compile(rf"{_N}(?:\s*điểm)?", re.IGNORECASE)
_SHARE = re.compile(rf"{_N}\s*%(?:\s*điểm tối đa)?", re.IGNORECASE)
_LATE = re.compile(rf"chậm\s+(?:không quá\s+)?(\d+)\s+ngày\s*:\s*{_N}(?:\s*điểm)?", re.IGNORECASE)

# key of the file -> words in the cell
FIGURES = {
    "step": "bước điểm",
    "each": "mỗi trường hợp",
    "direction": "cách tính",
    "free": "miễn",
    "floor": "điểm sàn",
    "cap": "điểm trần",
    "deadline": "thời hạn của kế hoạch",
    "by": "chậm nhất ngày",
    "before": "trước ngày",
    "per_day": "mỗi ngày chậm trừ",
    "table": "lấy từ bảng",
    "as": "tính theo",
    "of": "thang điểm gốc",
}
_WORDS = {
    "direction": {"add": "cộng thêm", "take_off": "trừ đi"},
    "as": {"percent": "phần trăm", "points": "điểm"},
}
_KEYS = {words: key for key, words in FIGURES.items()}
RULE_KEYS = ("options", "bands", "late", *FIGURES)


def _write(rule: Any) -> str | None:
    return "\n".join(_lines(dict(rule)))


def _lines(rule: dict[str, Any]) -> Iterator[str]:
    for key, words in FIGURES.items():
        if key in rule:
            value = rule.pop(key)
            yield f"{words}: {_WORDS.get(key, {}).get(value, value)}"
    for option in rule.pop("options", ()):
        if {*option} == {"label", "points"}:
            yield f"{option['label']}: {option['points']} điểm"
        elif {*option} == {"label", "share"}:
            yield f"{option['label']}: {option['share']}% điểm tối đa"
        else:
            raise BadCell("mức lạ")
    for band in rule.pop("bands", ()):
        yield f"từ {band['from']}%: {_worth(band['points'])}"
    for rung in rule.pop("late", ()):
        yield f"chậm {rung['days']} ngày: {rung['points']} điểm"
    if rule:
        raise BadCell("mục lạ")


def _worth(points: Any) -> str:
    if points == "proportional":
        return "theo tỷ lệ"
    if isinstance(points, dict):
        return f"tăng từ {points['from']} đến {points['to']} điểm"
    return f"{points} điểm"


def _read(text: str, kind: str) -> Value:
    rule: dict[str, Any] = {}
    for line in filter(None, map(str.strip, text.split("\n"))):
        head, _, rest = line.partition(":")
        key = _KEYS.get(" ".join(head.casefold().split()))
        if kind == "choice":
            rule.setdefault("options", []).append(_option(line))
        elif key is not None:
            named = {words: name for name, words in _WORDS.get(key, {}).items()}
            value = rest.strip()
            rule[key] = named.get(value.casefold(), value)
        elif match := _LATE.fullmatch(line):
            rule.setdefault("late", []).append({"days": match[1], "points": match[2]})
        elif match := _BAND.fullmatch(line):
            rule.setdefault("bands", []).append(
                {"from": match[1], "points": _band_points(match[2].strip())}
            )
        else:
            raise BadCell(f"không hiểu dòng “{line}”; xem cách viết ở trang Hướng dẫn")
    return rule


def _option(line: str) -> Value:
    label, colon, worth = line.rpartition(":")
    worth = worth.strip()
    if colon and (match := _POINTS.fullmatch(worth)):
        return {"label": label.strip(), "points": match[1]}
    if colon and (match := _SHARE.fullmatch(worth)):
        return {"label": label.strip(), "share": match[1]}
    raise BadCell(f"mức “{line}” cần viết là “Tên mức: 2 điểm” hoặc “Tên mức: 50% điểm tối đa”")


def _band_points(text: str) -> Value:
    if text.casefold() == "theo tỷ lệ":
        return "proportional"
    if match := _RISE.fullmatch(text):
        return {"from": match[1], "to": match[2]}
    if match := _POINTS.fullmatch(text):
        return match[1]
    raise BadCell(f"điểm của bậc “{text}” cần là số điểm, “theo tỷ lệ” hoặc “tăng từ 1 đến 2 điểm”")


def rule_notation(kind: str) -> Notation:
    """Notation of the rule of one kind: its keys without `inputs`, as a mapping."""
    return Notation(_write, lambda text: _read(text, kind))


_DECIMALS = re.compile(r"(.*?)\s*\[(?:số nguyên|(\d) số lẻ)\]", re.DOTALL)


def _write_input(value: Any) -> str | None:
    if isinstance(value, str):
        return value
    if "decimals" in value:
        return (
            f"{value['label']} [{value['decimals']} số lẻ]" if {*value} == {"label", "decimals"} else None
        )
    return f"{value['label']} [số nguyên]" if {*value} == {"label"} else None


def _read_input(text: str) -> Value:
    match = _DECIMALS.fullmatch(text)
    if not match:
        return text
    return {"label": match[1], "decimals": match[2]} if match[2] else {"label": match[1]}


INPUT = Notation(_write_input, _read_input)
