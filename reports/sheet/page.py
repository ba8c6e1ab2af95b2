"""What every sheet has: the opening of an official document, marks, page set-up, signatures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from evidence.form.footer import lead_of, page_footer
from reports.sheet.measure import column_points
from reports.sheet.styles import Styles, height_of

__all__ = ["A3", "A4", "Page", "freeze", "lead_of", "set_columns", "set_up_print", "write_marks",
           "write_signatures", "write_state_heading", "write_title"]  # fmt: skip

A3, A4 = 8, 9
COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
# Rows above the data that may stay in sight while scrolling: half of a small laptop's screen.
MOST_FROZEN = 260
_PRINTABLE = {A4: (762.0, 498.0), A3: (1111.0, 744.0)}  # points of width and height inside the margins
_OVERHANG = 0.3  # of a page: so much more is shrunk to fit rather than printed on a page of its own


@dataclass
class Page:
    """A sheet being written from the top: its column widths and the next free row."""

    sheet: Worksheet
    styles: Styles
    widths: Sequence[float]
    row: int = 0
    height: float = 0  # of the rows above, in points

    @property
    def last(self) -> int:
        """Index of the last printed column."""
        return len(self.widths) - 1

    def room(self, first: int, last: int | None = None) -> float:
        """Points of width from column `first` to `last`, or of the one column."""
        return column_points(self.widths[first : (first if last is None else last) + 1])

    def fit(
        self, text: str, first: int, last: int | None = None, style: str = "text", **changes: Any
    ) -> float:
        """Row height that this text needs in these columns."""
        return height_of(text, self.room(first, last), style, **changes)

    def column_at(self, share: float) -> int:
        """The column, not the last, at which this share of the page's width is reached."""
        wanted = share * self.room(0, self.last)
        reached = next(column for column in range(self.last + 1) if self.room(0, column) >= wanted)
        return min(reached, self.last - 1)

    def next_row(self, height: float) -> int:
        """Index of the next row, now this high, and on to the one below."""
        row = self.row
        self.sheet.set_row(row, min(height, 409))
        if self.sheet.constant_memory:
            # of the rows that go to disk as they are done, those without any cell would lose their height
            self.sheet.write_blank(row, 0, None, self.styles.plain)
        self.row += 1
        self.height += height
        return row

    def put(self, row: int, first: int, last: int, text: str, style: Format) -> None:
        """A text across columns; merged where there is more than one."""
        if last > first:
            self.sheet.merge_range(row, first, row, last, "", style)
        self.sheet.write_string(row, first, text, style)

    def line(self, text: str, style: str, last: int | None = None) -> int:
        """A line of text across the page, as high as it needs; gives its row."""
        last = self.last if last is None else last
        row = self.next_row(self.fit(text, 0, last, style))
        self.put(row, 0, last, text, self.styles(style))
        return row


def set_columns(page: Page) -> None:
    """Gives the sheet's columns their widths."""
    for index, width in enumerate(page.widths):
        page.sheet.set_column(index, index, width)


def write_state_heading(page: Page, office: str) -> None:
    """The two heads of an official document: the issuing body, the country with its motto."""
    left = page.column_at(0.4)
    row = page.next_row(max(page.fit(office, 0, left, "office"), 18))
    page.put(row, 0, left, office, page.styles("office"))
    page.put(row, left + 1, page.last, COUNTRY, page.styles("office"))
    row = page.next_row(18)
    page.put(row, left + 1, page.last, MOTTO, page.styles("motto"))
    page.next_row(8)


def write_title(page: Page, title: str, under: Sequence[str], basis: str) -> None:
    """Title, lines under it and the basis in brackets, in the middle of the page."""
    page.line(title, "title")
    for text in under:
        page.line(text, "subtitle")
    page.line(basis, "basis")


def write_marks(page: Page, marks: Sequence[str], last: int | None = None) -> None:
    """Each mark on a line of its own, red and italic."""
    for text in marks:
        page.line(text, "mark", last)


def write_signatures(page: Page) -> None:
    """The place for date and signatures: who drew the table up, the head of the lead office."""
    middle = page.column_at(0.5)
    page.next_row(10)
    row = page.next_row(18)
    note = page.styles("sign_note")
    page.put(row, middle + 1, page.last, "........, ngày ..... tháng ..... năm .........", note)
    row = page.next_row(18)
    page.put(row, 0, middle, "NGƯỜI LẬP BIỂU", page.styles("sign"))
    page.put(row, middle + 1, page.last, "THỦ TRƯỞNG CƠ QUAN CHỦ TRÌ", page.styles("sign"))
    row = page.next_row(18)
    page.put(row, 0, middle, "(Ký, ghi rõ họ tên)", note)
    page.put(row, middle + 1, page.last, "(Ký, ghi rõ họ tên, đóng dấu)", note)
    page.next_row(60)


def set_up_print(
    page: Page, marks: Sequence[str], paper: int = A4, sections: Sequence[tuple[int, float]] = ()
) -> None:
    """Landscape, as wide as the paper, `Trang x/y` at the foot, the marks' first words on each page.

    What runs a little over one or two pages is shrunk to fit. `sections` (first row and height above)
    are kept whole where they fit a page.
    """
    sheet = page.sheet
    sheet.set_paper(paper)
    sheet.set_landscape()
    sheet.set_margins(left=0.6, right=0.5, top=0.6, bottom=0.75)
    sheet.center_horizontally()
    sheet.print_area(0, 0, page.row - 1, page.last)
    sheet.set_footer(page_footer(marks))
    sheet.hide_gridlines(2)
    width, height = _PRINTABLE[paper]
    scale = min(1.0, width / page.room(0, page.last))
    pages = page.height * scale / height
    if pages <= 1 + _OVERHANG:
        sheet.fit_to_pages(1, 1)
    elif paper == A4 and not sections and 2 < pages <= 2 + _OVERHANG:
        sheet.fit_to_pages(1, 2)
    elif sections:
        # spreadsheets ignore page breaks while they fit to a number of pages
        scale, breaks = _break_between(page, sections, scale, height)
        sheet.set_print_scale(int(scale * 100))
        sheet.set_h_pagebreaks(breaks)
    else:
        sheet.fit_to_pages(1, 0)


def _break_between(
    page: Page, sections: Sequence[tuple[int, float]], scale: float, height: float
) -> tuple[float, list[int]]:
    """The largest scale with the fewest pages, and the rows at which pages begin."""
    ends = [*(above for _, above in sections[1:]), page.height]
    tried = []
    for factor in (0.94, 0.9, 0.86, 0.82, 0.78):
        breaks: list[int] = []
        top = 0.0
        for (row, above), end in zip(sections, ends, strict=True):
            if (end - top) * scale * factor > height and above > top:
                breaks.append(row)
                top = above
        tried.append((len(breaks), -factor, breaks))
    _, factor, breaks = min(tried)
    return scale * -factor, breaks


def freeze(page: Page, row: int, column: int, head_height: float, zoom: int = 100) -> None:
    """Keeps columns in sight, and the head as well where it leaves room for data on a small screen."""
    page.sheet.set_zoom(zoom)
    page.sheet.freeze_panes(row if head_height * zoom / 100 <= MOST_FROZEN else 0, column)
