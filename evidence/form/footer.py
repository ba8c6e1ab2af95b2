"""The foot of every printed page: the marks' first words, so that a page alone still says what it is."""

from __future__ import annotations

from collections.abc import Sequence

_FONT = "Times New Roman"
_LIMIT = 170  # of the 255 characters that a footer may have


def lead_of(mark: str) -> str:
    """The first sentence of a mark."""
    return f"{mark.split('. ')[0].rstrip('.')}."


def page_footer(marks: Sequence[str], *, sheet_name: bool = False) -> str:
    """Excel's code of a footer: first sentences of the marks, `Trang x/y`, the sheet's name if wanted.

    A page taken out of the set still says that its figures are not official.
    """
    leads = " ".join(lead_of(text) for text in marks).replace("&", "&&")
    if len(leads) > _LIMIT:
        leads = leads[:_LIMIT].rsplit(" ", 1)[0] + "…"
    left = f'&L&"{_FONT},Italic"&8 {leads}' if leads else ""
    name = "&A - " if sheet_name else ""
    return f'{left}&R&"{_FONT},Regular"&10{name}Trang &P/&N'
