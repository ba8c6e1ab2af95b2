"""Conditions of limits and floors of grades in words, and back."""

from __future__ import annotations

import re
from typing import Any

from criteria.authoring.cells import BadCell, Notation
from criteria.text_yaml import Value

_ID = r"([A-Za-z0-9][A-Za-z0-9._-]*)"
_N = r"(\d+(?:[.,]\d+)?)"
_DOSSIERS = {"none": "không có hồ sơ", "late": "hồ sơ chậm"}
_JOINTS = {"all": "tất cả", "any": "một trong"}
_DEEPEST = 20


def _write(when: Any) -> str | None:
    (first, *rest) = when
    if first in _JOINTS and not rest:
        return f"{_JOINTS[first]}({'; '.join(_must(part) for part in when[first])})"
    if {*when} == {"not"}:
        return f"không phải({_must(when['not'])})"
    if {*when} == {"fact"}:
        return f"sự việc {when['fact']}"
    if {*when} == {"dossier"}:
        return _DOSSIERS[when["dossier"]]
    if {*when} == {"evidence_missing"}:
        return f"thiếu minh chứng từ {when['evidence_missing']} tiêu chí"
    for key, words in (("group", "nhóm"), ("criterion", "tiêu chí")):
        if {*when} == {key, "percent_below"}:
            return f"{words} {when[key]} dưới {when['percent_below']}%"
    return None


def _must(part: Any) -> str:
    text = _write(part)
    if text is None:
        raise BadCell("điều kiện lạ")
    return text


_SIMPLE = (
    (re.compile(rf"sự việc:?\s+{_ID}", re.I), lambda m: {"fact": m[1]}),
    (re.compile(r"không có hồ sơ", re.I), lambda m: {"dossier": "none"}),
    (re.compile(r"hồ sơ chậm", re.I), lambda m: {"dossier": "late"}),
    (re.compile(r"thiếu minh chứng từ\s+(\d+)\s+tiêu chí", re.I), lambda m: {"evidence_missing": m[1]}),
    (
        re.compile(rf"nhóm\s+{_ID}\s+dưới\s+{_N}\s*%", re.I),
        lambda m: {"group": m[1], "percent_below": m[2]},
    ),
    (
        re.compile(rf"tiêu chí\s+{_ID}\s+dưới\s+{_N}\s*%", re.I),
        lambda m: {"criterion": m[1], "percent_below": m[2]},
    ),
)
_COMBINED = re.compile(r"(tất cả|một trong|không phải)\s*\((.*)\)", re.IGNORECASE | re.DOTALL)


def _read(text: str, depth: int = 0) -> Value:
    text = text.strip()
    if depth > _DEEPEST:
        raise BadCell("điều kiện lồng nhau quá sâu")
    if match := _COMBINED.fullmatch(text):
        parts: list[Value] = [_read(part, depth + 1) for part in _split(match[2])]
        word = match[1].casefold()
        if word != "không phải":
            return {"all" if word == "tất cả" else "any": parts}
        if len(parts) == 1:
            return {"not": parts[0]}
    for pattern, made in _SIMPLE:
        if found := pattern.fullmatch(text):
            return {**made(found)}
    raise BadCell(f"không hiểu điều kiện “{text}”; xem cách viết ở trang Hướng dẫn")


def _split(text: str) -> list[str]:
    """The parts between semicolons that stand in no inner parentheses."""
    parts, depth = [""], 0
    for letter in text:
        depth += (letter == "(") - (letter == ")")
        if letter == ";" and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return [part for part in parts if part.strip()]


CONDITION = Notation(_write, _read)

_EACH = {"criterion": "mỗi tiêu chí", "group": "mỗi nhóm"}
_FLOOR = re.compile(rf"(?:(mỗi tiêu chí|mỗi nhóm)|(nhóm|tiêu chí)\s+{_ID})\s+từ\s+{_N}\s*%", re.IGNORECASE)


def _write_floors(floors: Any) -> str | None:
    return "; ".join(_floor(floor) for floor in floors)


def _floor(floor: dict[str, str]) -> str:
    (of,) = {*floor} - {"percent"}
    whole = _EACH[floor["each"]] if of == "each" else None
    named = whole or f"{ {'group': 'nhóm', 'criterion': 'tiêu chí'}[of] } {floor[of]}"
    return f"{named} từ {floor['percent']}%"


def _read_floors(text: str) -> Value:
    floors: list[Value] = []
    for part in filter(str.strip, re.split(r"[;\n]", text)):
        match = _FLOOR.fullmatch(part.strip())
        if not match:
            raise BadCell(f"không hiểu điều kiện sàn “{part.strip()}”; ví dụ: mỗi tiêu chí từ 50%")
        if match[1]:
            each = next(key for key, words in _EACH.items() if words == match[1].casefold())
            floors.append({"each": each, "percent": match[4]})
        else:
            key = "group" if match[2].casefold() == "nhóm" else "criterion"
            floors.append({key: match[3], "percent": match[4]})
    return floors


FLOORS = Notation(_write_floors, _read_floors)
