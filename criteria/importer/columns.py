"""Which column of a table holds what: by its headings, else by what stands in the cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from criteria.importer.numbering import read_label
from criteria.importer.points import read_points, split_points
from criteria.importer.source import Grid, Line

HEADING_ROWS = 6  # a heading has at most so many rows
MOST_ROWS_ABOVE = 40  # on a sheet, the table may begin below a letterhead

_OTHERS = (  # what others fill in later, or remarks
    r"tự\s+(?:chấm|đánh giá|cho)|thẩm định|phúc tra|đánh giá lại|hội đồng|tổ chấm|điểm đạt|kết quả|"
    r"giải trình|điểm trừ lý do|đơn vị thực hiện|cơ quan (?:theo dõi|chấm|chủ trì)|bộ phận"
)
_ROLES = (  # the first that fits wins
    ("evidence", r"minh chứng|kiểm chứng|tài liệu|hồ sơ"),
    ("aside", r"ghi chú"),
    ("other", _OTHERS),
    ("detail", r"điểm\s+(?:chi tiết|thành phần|từng|cụ thể|theo mức)|mức điểm"),
    (
        "points",
        r"điểm\s+(?:tối đa|chuẩn|quy định|cao nhất|khung)|thang\s+điểm|khung điểm|số\s+điểm|^điểm\b",
    ),
    ("level", r"cách\s+(?:chấm|tính|đánh giá|cho điểm|xác định)|phương pháp|hướng dẫn|mức độ|mức đánh giá"),
    ("number", r"^(?:stt|tt|số\s*tt|số thứ tự|mục|ký hiệu|mã(?: số)?)$"),
    ("text", r"tiêu chí|nội dung|chỉ tiêu|nhiệm vụ|lĩnh vực|tiêu chuẩn|nhóm"),
    ("points", r"điểm"),
)


@dataclass(frozen=True)
class Columns:
    """Columns by role, and the rows of headings; `text` from the outer to the inner level."""

    number: int | None
    text: tuple[int, ...]
    points: int | None
    level: int | None = None
    detail: int | None = None
    evidence: int | None = None
    aside: int | None = None  # "Ghi chú": empty in most annexes, a rule in some
    headings: tuple[tuple[str, ...], ...] = field(default=())
    first: int = 0  # the first row of the table's body


def find_columns(grid: Grid) -> Columns | None:
    """The columns of a table of criteria; None where the table is something else."""
    for top in range(min(len(grid.lines), MOST_ROWS_ABOVE)):
        if _looks_like_heading(grid.lines[top]):
            bottom = _bottom(grid.lines, top)
            found = _by_headings(grid.lines[top:bottom])
            if found is not None:
                return _with_body(found, grid.lines, top, bottom)
    return _by_contents(grid)


def continues(grid: Grid, before: Columns, width: int) -> Columns | None:
    """The columns of a table that goes on after a page's end; None where it is another table."""
    if not grid.lines or len(grid.lines[0].cells) != width:
        return None
    return replace(before, first=0)


def is_heading(line: Line, columns: Columns) -> bool:
    """Whether a row repeats the table's heading, or only numbers its columns: (1), (2), (3)."""
    texts = _texts(line)
    return texts in columns.headings or _numbers_columns(texts)


def _texts(line: Line) -> tuple[str, ...]:
    return tuple(" ".join(cell.text.split()).casefold() for cell in line.cells)


def _numbers_columns(texts: Sequence[str]) -> bool:
    marks = [text.strip("()[] ") for text in texts if text]
    counted = [str(order) for order in range(1, len(marks) + 1)]
    lettered = [*"abcdefgh"[: len(marks)]]
    mixed = [*"ab", *[str(order) for order in range(1, len(marks) - 1)]]
    short = [re.split(r"\s*=", mark)[0] for mark in marks]  # "5=3+4"
    return len(marks) >= 3 and short in (counted, lettered, mixed)


def _looks_like_heading(line: Line) -> bool:
    """Whether a row names columns: at least a text column and one of points, or a number column."""
    texts = _texts(line)
    if any(
        text[:1].isdigit() and (read_points(text).value is not None or read_label(text)) for text in texts
    ):
        return False  # a row of the body may speak of criteria and points too, but has its own figures
    roles = {_role(text) for cell, text in zip(line.cells, texts, strict=True) if not cell.across}
    return bool(roles & {"text", "level"}) and bool(roles & {"number", "points", "detail"})


def _role(text: str) -> str | None:
    if not text or len(text) > 120:
        return None
    return next((role for role, pattern in _ROLES if re.search(pattern, text)), None)


def _bottom(lines: Sequence[Line], top: int) -> int:
    """The row after the heading: merged cells of the first row say how far it reaches."""
    height = max(cell.span for cell in lines[top].cells)
    bottom = min(top + height, top + HEADING_ROWS, len(lines))
    under = [  # a heading over two columns whose second row stands in cells that are not merged down
        column for column, cell in enumerate(lines[top].cells) if cell.across
    ]
    if height == 1 and under and bottom < len(lines):
        below = _texts(lines[bottom])
        if any(_role(below[column]) in ("points", "other", "detail") for column in under):
            bottom += 1
    return bottom


def _by_headings(lines: Sequence[Line]) -> Columns | None:
    roles: dict[str, list[int]] = {}
    for column in range(len(lines[0].cells)):
        texts = dict.fromkeys(_texts(line)[column] for line in lines if not line.cells[column].down)
        # the row nearest to the figures says most: "Điểm" over "Tối đa", "Tự chấm"
        own, whole = next((t for t in reversed(texts) if t), ""), " ".join(texts)
        role = _role(own) if _role(own) in ("other", "evidence", "aside") else _role(whole)
        if role:
            roles.setdefault(role, []).append(column)
    if "text" not in roles:
        roles["text"] = roles.pop("level", [])
    texts_found, points = roles["text"], roles.get("points", [])
    if not texts_found:
        return None
    most = [
        c for c in points if re.search("tối đa|chuẩn|quy định", " ".join(_texts(line)[c] for line in lines))
    ]
    return Columns(
        number=roles["number"][0] if "number" in roles else None,
        text=tuple(column for column in texts_found if not lines[-1].cells[column].across),
        points=next(iter(most or points), None),
        level=roles.get("level", [None])[0],
        detail=roles.get("detail", [None])[0],
        evidence=roles.get("evidence", [None])[0],
        aside=roles.get("aside", [None])[0],
    )


def _with_body(found: Columns, lines: Sequence[Line], top: int, bottom: int) -> Columns:
    headings = tuple(_texts(line) for line in lines[top:bottom])
    return replace(found, headings=headings, first=bottom)


def _by_contents(grid: Grid) -> Columns | None:
    """Columns of a table without headings: numbers on the left, points on the right, text between."""
    rows = [line.cells for line in grid.lines]
    if len(rows) < 3:
        return None
    width = len(rows[0])
    filled = [[row[c].text for row in rows if row[c].text and not row[c].across] for c in range(width)]
    length = [sum(map(len, texts)) / max(len(texts), 1) for texts in filled]
    text = max(range(width), key=lambda column: length[column])
    numbers = [c for c in range(text) if _most(bool(read_label(t)) for t in filled[c])]
    points = [
        c for c in range(text + 1, width) if _most(read_points(t).value is not None for t in filled[c])
    ]
    inline = _most(split_points(row[text].text.split("\n")[0])[1].value is not None for row in rows)
    if length[text] < 12 or not (points or inline):
        return None
    return Columns(numbers[0] if numbers else None, (text,), points[0] if points else None)


def _most(found: Iterator[bool]) -> bool:
    marks = list(found)
    return len(marks) >= 3 and sum(marks) * 10 >= len(marks) * 7
