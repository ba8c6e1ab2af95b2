"""Why the content of one cell is not what its criterion asks for, as the problem that says so best."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from criteria.exact import LARGEST, UNIT
from criteria.rules import Input
from evidence.problems import Place, Problem, problem
from evidence.reading.typed import as_shown, as_text, expected

_FINE = re.compile(r"[+-]?\d{1,12}[.,]\d{4,}")
_SHORTEST_THOUSANDS = len("1.200")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")


def misread_problem(
    wanted: Input, raw: object, place: Place, code: str = "value-not-understood", likely: str = ""
) -> Problem:
    """The problem of a cell that the reader refused: too fine, too large, or `code`, the reader's reason.

    `likely`: what was probably meant, in words to be shown.
    """
    found = as_text(raw).strip()
    if wanted.type == "number" and isinstance(raw, (int, float, str)) and not isinstance(raw, bool):
        plain = unicodedata.normalize("NFKC", found)
        if _FINE.fullmatch(plain):
            return problem("value-too-fine", place, plain.replace(".", ","), expected(wanted))
        if _size(plain) > LARGEST // UNIT:
            return problem("value-too-large", place, found, expected(wanted))
    ask = expected(wanted) + (f"; có lẽ ban đầu là {likely}" if likely else "")
    return problem(code, place, as_shown(raw).strip(), ask)


def doubtful_thousands(wanted: Input, raw: object, place: Place) -> Problem | None:
    """The problem of `1.200` where a whole number is asked for: read as a decimal it is 1,2.

    `2.000` is read as 2, by the form's own formulas too, so that is a warning and the 2 stands. Only text
    can show it; a number that Excel stored has lost how it was typed.
    """
    if wanted.type != "number" or wanted.step % UNIT or not isinstance(raw, str):
        return None
    plain = unicodedata.normalize("NFKC", raw).strip()
    if not _THOUSANDS.fullmatch(plain):
        return None
    code = "value-thousands-read" if plain.endswith("000") else "value-thousands"
    return problem(code, place, plain, re.sub(r"\D", "", plain))


def may_be_thousands(raw: str) -> bool:
    """Whether a text is worth a look by `doubtful_thousands`: most hold no mark, or are too short."""
    return len(raw) >= _SHORTEST_THOUSANDS


def _size(plain: str) -> Decimal:
    try:
        size = abs(Decimal(plain.replace(" ", "").replace(",", ".")))
    except InvalidOperation:
        return Decimal(0)
    return size if size.is_finite() else Decimal(0)
