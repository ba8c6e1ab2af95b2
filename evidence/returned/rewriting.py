"""What was sent, as it is written into a form again: so that its formulas read it as the reader did."""

from __future__ import annotations

import re
from datetime import date, time, timedelta

from criteria.exact import UNIT, plain
from criteria.rules import Input
from evidence.form.filling import Typed
from evidence.form.formulas import NEVER_WORDS_TYPED, day_text
from evidence.layout import NOT_APPLICABLE_MARK
from evidence.reading.typed import NotUnderstood, as_text, is_blank, parse_input, parse_not_applicable

# what the form's formulas certainly take as the reader does
_PLAIN_NUMBER = re.compile(r" *[+-]?[0-9][0-9 ]*(?:[.,][0-9]+)? *")
_PLAIN_DAY = re.compile(r"[0-9]{1,2}/[0-9]{1,2}/(?:[0-9]{4}|[0-9]{2})")
# before 1 March 1900 Excel counts days from another day, having a 29 February 1900
_FIRST_SURE_DAY, _DAY_0 = date(1900, 3, 1).toordinal(), date(1899, 12, 31).toordinal()
_PLAIN_MARKS = frozenset({"x", "kps", "không phát sinh"})


def input_again(wanted: Input, sent: Typed) -> Typed:
    """What to write into an input's cell: what stood there, of its kind, or a plainer form of it.

    Text that the reader understands and the form's formulas do not (`３`, `1.234.567`) becomes the
    number, level or day that it means. A day or a time where none is asked for becomes text: as a
    number it would be taken for a figure.
    """
    if is_blank(sent):
        return None
    try:
        value = parse_input(wanted, sent)
    except NotUnderstood:
        return _as_it_was(wanted, sent)
    if value is None or not isinstance(sent, str) or _is_plain(wanted, sent):
        return sent
    if wanted.type == "number":
        return value // UNIT if value % UNIT == 0 else float(plain(value))
    if wanted.type == "level":
        return wanted.levels[value]
    return date.fromordinal(value) if value else NEVER_WORDS_TYPED[1]


def mark_again(sent: Typed) -> str:
    """What to write into the cell for “không phát sinh”."""
    try:
        declared = parse_not_applicable(sent)
    except NotUnderstood:
        return as_text(sent)
    text = as_text(sent)
    if not declared:
        return ""
    return text if text.strip(" ").lower() in _PLAIN_MARKS else NOT_APPLICABLE_MARK


def _as_it_was(wanted: Input, sent: Typed) -> Typed:
    """Something not understood: of its kind, where the formula will not understand it either."""
    if isinstance(sent, time):
        return f"{sent:%H:%M:%S}".removesuffix(":00")
    if isinstance(sent, timedelta):
        minutes, seconds = divmod(int(sent.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}".removesuffix(":00")
    if isinstance(sent, bool) or (isinstance(sent, date) and wanted.type != "date"):
        return as_text(sent)
    if isinstance(sent, date) and sent.toordinal() < _FIRST_SURE_DAY:
        return sent.toordinal() - _DAY_0  # a small number that the cell's format turned into a day
    return sent


def _is_plain(wanted: Input, text: str) -> bool:
    if wanted.type == "number":
        return _PLAIN_NUMBER.fullmatch(text) is not None
    if wanted.type == "level":
        trimmed = " ".join(word for word in text.split(" ") if word)
        return trimmed.casefold() in {level.casefold() for level in wanted.levels}
    bare = text.strip(" ").lower()
    return bare in NEVER_WORDS_TYPED or _PLAIN_DAY.fullmatch(day_text(bare)) is not None
