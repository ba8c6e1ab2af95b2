"""Whether a number in a cell is shown as a number or as a day, by the cell's style."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Literal, TypeAlias
from xml.parsers import expat

# "odd": a duration, or a format that is for the parser to judge
Format: TypeAlias = Literal["number", "day", "odd"]

FIRST_SURE_DAY, LAST_DAY = 61, 2_958_465  # serial numbers: before 1 March 1900 Excel counts otherwise
_DAY_0 = date(1899, 12, 30)
_FIRST_OWN = 164  # formats below are Excel's own
_NUMBERS = frozenset({*range(14), *range(37, 45), 48, 49})
_DAYS = frozenset({*range(14, 23), *range(27, 37), 45, 47})
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.')
_NUMBER = re.compile(r"[0#?.,%/ ()@;:+-]*")
_DAY = re.compile(r"(?:\[\$-[0-9A-Fa-f]{1,6}\])?(?=.*[dDyY])[dDmMyY/., -]+(?:;@)?")


def formats_of(styles: bytes) -> tuple[Format, ...]:
    """What each style of cells, by its number, makes of a number; `styles` is well-formed XML.

    Raises ValueError where a format has no number.
    """
    own: dict[int, Format] = {}
    found: list[Format] = []
    inside = False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        if tag == "numFmt":
            own[_whole(attributes.get("numFmtId", ""))] = _format(attributes.get("formatCode", ""))
        elif tag == "cellXfs":
            inside = True
        elif tag == "xf" and inside:
            number = _whole(attributes.get("numFmtId", "0"))
            if number < 0:
                raise ValueError
            found.append(own.get(number, "odd") if number >= _FIRST_OWN else _of_excel(number, own))

    def end(tag: str) -> None:
        nonlocal inside
        inside = inside and tag != "cellXfs"

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(styles, True)
    if -1 in own:
        raise ValueError
    return tuple(found)


def day_of_serial(serial: int) -> date:
    """The day of a serial number from FIRST_SURE_DAY to LAST_DAY."""
    return _DAY_0 + timedelta(days=serial)


def _of_excel(number: int, own: dict[int, Format]) -> Format:
    if number in own:  # one of Excel's own, said otherwise
        return "odd"
    return "number" if number in _NUMBERS else "day" if number in _DAYS else "odd"


def _format(code: str) -> Format:
    bare = _QUOTED.sub("", code)
    if code == "General" or _NUMBER.fullmatch(bare):
        return "number"
    return "day" if _DAY.fullmatch(code) else "odd"


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else -1
