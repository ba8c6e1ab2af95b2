"""The cells whose format shows a hundred times what is stored: 50% typed into Excel is kept as 0.5."""

from __future__ import annotations

import re
from html import unescape

FORMATS = frozenset({9, 10})  # Excel's own: 0% and 0.00%
_FORMAT = re.compile(rb"<(?:\w+:)?numFmt (?P<attributes>[^<>]*)>")
_ID = re.compile(rb'\bnumFmtId="([0-9]{1,6})"')
_CODE = re.compile(rb'\bformatCode="([^"]*)"')
_STYLES = re.compile(rb"<(?:\w+:)?cellXfs[ >].*?</(?:\w+:)?cellXfs>", re.DOTALL)
_STYLE = re.compile(rb"<(?:\w+:)?xf[ />][^<>]*")
_LITERAL = re.compile(r'"[^"]*"|\\.')  # a sign that is only shown and changes no figure


def percent_cells(styles: bytes) -> re.Pattern[bytes] | None:
    """What finds the cells with a percent format in a sheet, letters and number; None where there is none.

    `styles`: the part that lists the formats; most files have no such format; then no sheet is searched.
    """
    wanted = FORMATS | {
        int(id_[1])
        for found in (_FORMAT.finditer(styles) if b"%" in styles else ())
        if (id_ := _ID.search(found[0])) and (code := _CODE.search(found[0])) and _is_percent(code[1])
    }
    listed = _STYLES.search(styles)
    formats = [_ID.search(style) for style in _STYLE.findall(listed[0])] if listed else []
    own = [b"%d" % at for at, found in enumerate(formats) if found and int(found[1]) in wanted]
    if not own:
        return None
    return re.compile(
        rb'<(?:\w+:)?c (?=[^<>]*\br="([A-Z]{1,3})([0-9]{1,7})")[^<>]*\bs="(?:' + b"|".join(own) + rb')"'
    )


def shown_percent(value: float) -> str:
    """A stored figure as a percent format shows it: 50% of 0.5."""
    return f"{value * 100:.10g}%".replace(".", ",")


def _is_percent(code: bytes) -> bool:
    return is_percent(unescape(code.decode("utf-8", "replace")))


def is_percent(code: str) -> bool:
    """Whether the code of a format shows a hundred times what is stored."""
    return "%" in _LITERAL.sub("", code)
