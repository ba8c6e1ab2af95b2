"""What a person typed into one cell, as the whole number that a rule's input needs."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime, time, timedelta

from criteria.exact import NotANumber, thousandths, vietnamese
from criteria.rules import Input
from evidence.layout import NOT_APPLICABLE_WORDS, fold


class NotUnderstood(ValueError):
    """A cell whose content is not what the input asks for."""


def as_text(value: object) -> str:
    """Content of a cell as people see it: no trailing `.0`, dates day first, NFC."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        day = f"{value:%d/%m/%Y}"
        return f"{day} {value:%H:%M}" if value.time() != time() else day
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return unicodedata.normalize("NFC", str(value))


def is_blank(value: object) -> bool:
    """Whether nothing was typed; blanks and no-break spaces are nothing."""
    return value is None or (isinstance(value, str) and not value.strip())


def parse_input(wanted: Input, value: object) -> int | None:
    """Thousandths of a number, or the index of a level; None where nothing was typed.

    Only reads: range, step and relation to the other input are the checks' matter.
    Raises NotUnderstood.
    """
    if is_blank(value):
        return None
    if isinstance(value, (date, time, timedelta)):
        raise NotUnderstood(value)
    if wanted.type == "level":
        return _level(wanted, value)
    try:
        return thousandths(value)
    except NotANumber as error:
        raise NotUnderstood(value) from error


def _level(wanted: Input, value: object) -> int:
    text = _plain(as_text(value))
    levels = [_plain(level) for level in wanted.levels]
    if text not in levels:
        raise NotUnderstood(value)
    return levels.index(text)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split()).casefold()


def parse_not_applicable(value: object) -> bool:
    """Whether the cell declares "không phát sinh"; raises NotUnderstood for another word."""
    if is_blank(value):
        return False
    if fold(as_text(value)) not in NOT_APPLICABLE_WORDS:
        raise NotUnderstood(value)
    return True


def expected(wanted: Input) -> str:
    """What the input asks for, in Vietnamese."""
    if wanted.type == "level":
        return "một trong các mức: " + "; ".join(f"“{level}”" for level in wanted.levels)
    kind = "số nguyên" if wanted.step % 1000 == 0 else "số"
    bound = f" từ 0 đến {vietnamese(wanted.most)}" if wanted.most is not None else " không âm"
    step = f", mỗi bước {vietnamese(wanted.step)}" if wanted.step not in (1, 1000) else ""
    return f"{kind}{bound}{step}"
