"""A value as the text of one cell, and back: plain where it reads back the same, else marked JSON.

Nothing in the cell: the key is not there. `(trống)`: it is there without a value. `(rỗng)`: an
empty list. `JSON: ...`: anything that has no plain notation, so that nothing is lost.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from criteria.exact import NotANumber, plain, thousandths
from criteria.text_yaml import Value

NOTHING, EMPTY, JSON = "(trống)", "(rỗng)", "JSON:"
_UNSAFE = re.compile(r"_x[0-9A-Fa-f]{4}_|[^\S\n ]|\r")


class BadCell(ValueError):
    """A text that is not in the notation of its cell; the text says, in Vietnamese, what is wanted."""


@dataclass(frozen=True)
class Notation:
    """How a kind of value is written in a cell; `write` gives None for what it cannot say."""

    write: Callable[[Any], str | None]
    read: Callable[[str], Value]

    def cell(self, value: Value) -> str:
        """The text of a cell for a value; `value` of it gives the same value."""
        if value is None:
            return NOTHING
        try:
            text = EMPTY if value == [] else self.write(value)
            if text and _safe(text) and self.value(text) == value:
                return text
        except (BadCell, KeyError, TypeError, ValueError, AttributeError):
            pass  # a shape that the notation does not know
        return f"{JSON} {as_json(value)}"

    def value(self, text: str) -> Value:
        """The value of a cell's text; raises BadCell."""
        text = text.strip()
        if text.startswith(JSON):
            return from_json(text[len(JSON) :])
        if text == NOTHING:
            return None
        return [] if text == EMPTY else self.read(text)


def from_json(text: str) -> Value:
    """The value of a JSON text, every number as the text that was typed; raises BadCell."""
    try:
        value: Value = json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except ValueError as error:
        raise BadCell("cần một giá trị JSON đúng cú pháp") from error
    return _texts(value)


def _texts(value: Any) -> Value:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return {key: _texts(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_texts(item) for item in value]
    return None if value is None else str(value)


def as_json(value: Value) -> str:
    """JSON in letters that every workbook keeps: what Excel would change is escaped."""
    text = json.dumps(value, ensure_ascii=False)
    text = "".join(c if c == " " or c.isprintable() else json.dumps(c)[1:-1] for c in text)
    return text.replace("_x", "\\u005fx")


def _safe(text: str) -> bool:
    """Whether a workbook keeps a text as it is."""
    plain_letters = all(c.isprintable() or c == "\n" for c in text)
    return text == text.strip() and plain_letters and not _UNSAFE.search(text)


def typed(value: object) -> str:
    """The text of what a person left in a cell: a number without trailing zeros, a date as 2022-08-19."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (datetime, date)):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, time):
        return value.isoformat()
    if isinstance(value, (int, float)):
        try:
            return plain(thousandths(value))
        except NotANumber:
            return repr(value)
    return str(value).replace("\r\n", "\n").replace("_x000D_", "").strip()


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


TEXT = Notation(_text, lambda text: text)


def words(names: dict[str, str]) -> Notation:
    """Notation of an enumeration: Vietnamese words in the cell, or the file's own; others are refused."""
    back = {name.casefold(): name for name in names} | {
        word.casefold(): name for name, word in names.items()
    }

    def read(text: str) -> Value:
        found = back.get(" ".join(text.casefold().split()))
        if found is None:
            listed = ", ".join(f"“{word}”" for word in names.values())
            raise BadCell(f"“{text}” không có trong danh sách; chọn một trong: {listed}")
        return found

    return Notation(lambda value: names.get(value, value) if isinstance(value, str) else None, read)


def _write_list(value: Any) -> str | None:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "; ".join(_item(item) for item in value)
    return None


def _item(text: str) -> str:
    return json.dumps(text, ensure_ascii=False) if ";" in text or text.startswith('"') or not text else text


def _read_list(text: str) -> Value:
    items: list[Value] = []
    rest = text.strip()
    while rest:
        if rest.startswith('"'):
            item, rest = _quoted(rest)
        else:
            item, _, rest = rest.partition(";")
        if item.strip():
            items.append(item.strip())
        rest = rest.strip()
    return items


def _quoted(text: str) -> tuple[str, str]:
    """A text in quotes at the start of another, and what follows its semicolon."""
    try:
        item, end = json.JSONDecoder().raw_decode(text)
    except ValueError:
        item, end = "", 0
    rest = text[end:].lstrip()
    if not isinstance(item, str) or (rest and not rest.startswith(";")) or not end:
        plain_item, _, rest = text.partition(";")  # a title that begins with a quotation
        return plain_item, rest
    return item, rest[1:]


LIST = Notation(_write_list, _read_list)


def _write_cite(value: Any) -> str | None:
    if isinstance(value, str):
        return value if ";" not in value else None
    listed = _write_list(value)
    return f"{listed};" if listed is not None and len(value) == 1 else listed


def _read_cite(text: str) -> Value:
    return _read_list(text) if ";" in text else text


CITE = Notation(_write_cite, _read_cite)


def _write_document(value: Any) -> str | None:
    parts = [NOTHING if key in value and value[key] is None else value.get(key, "") for key in _DOCUMENT]
    return " | ".join(parts).rstrip(" |")


def _read_document(text: str) -> Value:
    parts = [part.strip() for part in text.split("|")]
    if len(parts) > len(_DOCUMENT):
        raise BadCell("cần ghi: số | ngày | cơ quan ban hành | ghi chú | stated hoặc inferred")
    return {k: None if v == NOTHING else v for k, v in zip(_DOCUMENT, parts, strict=False) if v}


_DOCUMENT = ("number", "date", "issuer", "note", "certainty")
DOCUMENT = Notation(_write_document, _read_document)
