"""Plain charts as SVG text: bars across, bars stacked to a whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

COLOURS = ("#2E7D32", "#1F6FB2", "#E0A100", "#C0392B", "#6D6D6D", "#7B4FA3")
_WIDTH, _LABEL, _VALUE, _BAR, _GAP = 960, 330, 90, 20, 9
_LETTERS = 44  # of a label that fit before the bars


@dataclass(frozen=True)
class Chart:
    """A chart with its title in Vietnamese; `svg` is markup, its texts escaped."""

    title: str
    svg: str


def bars(title: str, rows: Sequence[tuple[str, int, str]]) -> Chart:
    """A bar a row: label, length (any whole unit, not negative), text at the bar's end."""
    most = max((value for _, value, _ in rows), default=0) or 1
    room = _WIDTH - _LABEL - _VALUE
    parts = []
    for index, (label, value, text) in enumerate(rows):
        top = index * (_BAR + _GAP)
        width = value * room // most
        parts.append(_label(label, top))
        parts.append(_bar(_LABEL, top, width, COLOURS[1], f"{label}: {text}"))
        parts.append(f'<text x="{_LABEL + width + 6}" y="{top + 15}">{escape(text)}</text>')
    return Chart(title, _svg(title, len(rows) * (_BAR + _GAP), parts))


def stacks(title: str, names: Sequence[str], rows: Sequence[tuple[str, Sequence[int]]]) -> Chart:
    """A bar a row, as long as every other, divided as its counts are; a legend of the names below."""
    room = _WIDTH - _LABEL
    parts = []
    for index, (label, counts) in enumerate(rows):
        top = index * (_BAR + _GAP)
        parts.append(_label(label, top))
        whole, done = sum(counts) or 1, 0
        for name, count, colour in zip(names, counts, _colours(names), strict=True):
            if not count:
                continue
            start, width = _LABEL + done * room // whole, count * room // whole
            parts.append(_bar(start, top, width, colour, f"{label}, {name}: {count} đơn vị"))
            if width > 24:
                parts.append(f'<text x="{start + 6}" y="{top + 15}" style="fill:#fff">{count}</text>')
            done += count
    top = len(rows) * (_BAR + _GAP) + 8
    # names that are sentences ("Hoàn thành xuất sắc nhiệm vụ") stand two in a row, so that they can be read
    in_row, letters = (4, 20) if all(len(name) <= 20 for name in names) else (2, 42)
    for index, (name, colour) in enumerate(zip(names, _colours(names), strict=True)):
        left, line = _LABEL + (index % in_row) * (620 // in_row), top + index // in_row * 20
        parts.append(f'<rect x="{left}" y="{line}" width="12" height="12" fill="{colour}"/>')
        parts.append(f'<text x="{left + 17}" y="{line + 11}">{escape(_cut(name, letters))}</text>')
    return Chart(title, _svg(title, top + -(-len(names) // in_row) * 20, parts))


def _colours(names: Sequence[str]) -> list[str]:
    return [COLOURS[index % len(COLOURS)] for index in range(len(names))]


def _cut(text: str, letters: int) -> str:
    return text if len(text) <= letters else text[: letters - 1].rstrip() + "…"


def _label(text: str, top: int) -> str:
    cut = escape(_cut(text, _LETTERS))
    return f'<text x="0" y="{top + 15}">{cut}<title>{escape(text)}</title></text>'


def _bar(left: int, top: int, width: int, colour: str, told: str) -> str:
    size = f'x="{left}" y="{top}" width="{max(width, 1)}" height="{_BAR}"'
    return f'<rect {size} fill="{colour}"><title>{escape(told)}</title></rect>'


def _svg(title: str, height: int, parts: Sequence[str]) -> str:
    head = f'<svg viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{escape(title)}">'
    return f"{head}{''.join(parts)}</svg>"
