"""How wide a text gets in Times New Roman and how many lines it wraps to, to size rows by.

Rows with merged cells do not grow by themselves in any spreadsheet, so their heights are given.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

# thousandths of the font's size, from the font's published metrics
_WIDTHS = {
    180: "'",
    250: " .,",
    278: "/:;ijlt",
    333: "!()-[]I`fr“”‘’",
    389: "Js",
    408: '"',
    444: "?acez",
    500: "#$*0123456789_bdghknopquvxy–",
    556: "FPS",
    564: "+<=>",
    611: "ELTZ",
    667: "BCR",
    722: "ADGHKNOQUVXYw",
    778: "&m",
    833: "%",
    889: "M",
    921: "@",
    944: "W",
    1000: "…—",
}
_WIDTH = {char: width for width, chars in _WIDTHS.items() for char in chars}
_HORN = "\u031b"  # of ơ, ư: the only mark of Vietnamese letters that makes them wider
_HORN_WIDTH = 60
_UNKNOWN = 600
_BOLD = 1.07
_SPARE = 1.05  # programs and printers differ a little: rather a line too many than one cut off
LINE = 1.22  # height of a line, of the font's size


def text_width(text: str, size: float, bold: bool = False) -> float:
    """Width in points of a text on one line."""
    flat = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    total = sum(
        _HORN_WIDTH * (char == _HORN) if unicodedata.combining(char) else _WIDTH.get(char, _UNKNOWN)
        for char in flat
    )
    return total / 1000 * size * (_BOLD if bold else 1) * _SPARE


def line_count(text: str, room: float, size: float, bold: bool = False) -> int:
    """Lines that a text takes, wrapped between words, in `room` points of width."""
    return sum(_lines_of_paragraph(part, room, size, bold) for part in text.split("\n"))


def _lines_of_paragraph(text: str, room: float, size: float, bold: bool) -> int:
    space = text_width(" ", size, bold)
    lines, used = 1, 0.0
    for word in text.split():
        width = text_width(word, size, bold)
        if used and used + space + width > room:
            lines, used = lines + 1, 0.0
        used += width + (space if used else 0)
        while used > room:  # a word longer than the line is broken
            lines, used = lines + 1, used - room
    return lines


def column_points(widths: Sequence[float]) -> float:
    """Points of width of columns given in characters, side by side."""
    return sum((width * 7 + 5) * 0.75 for width in widths)
