"""Names of the sheets and columns of a form, for the writer and the reader alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

FORM_MARK = "danvan-form"
FORM_LAYOUT = "1"

GUIDE_SHEET = "Hướng dẫn"
UNIT_SHEET = "Thông tin"
CRITERIA_SHEET = "Tự chấm"
EVIDENCE_SHEET = "Minh chứng"
HIDDEN_SHEET = "_danvan"

MEND_SHEET = "Cần sửa"  # of a form that is given back; the reader has no use for it

NOT_APPLICABLE_MARK = "x"
NOT_APPLICABLE_WORDS = frozenset({"x", "kps", "khong phat sinh"})


@dataclass(frozen=True)
class Column:
    """A column of a sheet: key in code, heading on the sheet, width in characters."""

    key: str
    heading: str
    width: float


CRITERIA_COLUMNS = (
    Column("id", "Mã", 6),
    Column("title", "Nội dung tiêu chí", 40),
    Column("max", "Điểm tối đa", 7),
    Column("rule", "Cách chấm điểm", 36),
    Column("labels", "Số liệu cần kê khai", 26),
    Column("x1", "Kê khai (a)", 18),
    Column("x2", "Kê khai (b)", 10),
    Column("na", "Không phát sinh", 8),
    Column("points", "Điểm tự chấm", 8),
    Column("status", "Tình trạng", 12),
    Column("evidence", "Minh chứng số", 11),
    Column("explanation", "Giải trình", 24),
)
# beyond the print area: the declared values as numbers, their state, the maximum that applies
HELPER_COLUMNS = (
    Column("value1", "(a) là số", 9),
    Column("value2", "(b) là số", 9),
    Column("state", "Trạng thái", 9),
    Column("applicable", "Tối đa áp dụng", 9),
    Column("exact", "Điểm chưa làm tròn", 9),
)
EVIDENCE_COLUMNS = (
    Column("no", "Số thứ tự", 7),
    Column("number", "Số, ký hiệu", 20),
    Column("date", "Ngày ban hành", 13),
    Column("issuer", "Cơ quan ban hành", 28),
    Column("summary", "Trích yếu nội dung", 52),
    Column("file", "Tên tệp", 30),
)
EVIDENCE_ROWS = 150
# what is printed where people sign, below the criteria
SIGNATURES = ("NGƯỜI LẬP BIỂU", "THỦ TRƯỞNG ĐƠN VỊ", "(Ký, ghi rõ họ tên)")
# a form given back: what is to be mended, and what could not be put into the form again
MEND_COLUMNS = (
    Column("no", "STT", 5),
    Column("severity", "Mức độ", 10),
    Column("place", "Vị trí", 27),  # links do not wrap in every program
    Column("found", "Đang ghi", 16),
    Column("message", "Vấn đề", 32),
    Column("fix", "Cách sửa", 38),
    Column("answer", "Đơn vị trả lời", 20),
)
LEFT_COLUMNS = (
    Column("no", "STT", 5),
    Column("place", "Vị trí trong tệp đã gửi", 37),
    Column("text", "Đơn vị đã ghi", 48),
    Column("note", "Xử lý", 58),
)

UNIT_FIELDS = (
    ("code", "Mã đơn vị"),
    ("name", "Tên đơn vị"),
    ("type", "Loại đơn vị"),
    ("block", "Khối đánh giá"),
    ("year", "Năm đánh giá"),
    ("head", "Họ và tên thủ trưởng đơn vị"),
    ("officer", "Người phụ trách công tác dân vận"),
    ("contact", "Điện thoại, thư điện tử liên hệ"),
    ("assessed_on", "Ngày tự đánh giá"),
)
UNIT_FIELDS_TO_FILL = frozenset({"head", "officer", "contact", "assessed_on"})

TABLE_CODE, TABLE_NAME, TABLE_POINTS = "Mã đơn vị", "Tên đơn vị", "Loại điểm"
TABLE_SELF, TABLE_APPRAISED, TABLE_DECIDED = "Tự chấm", "Thẩm định", "Quyết định"


def fold(text: object) -> str:
    """Text without case, diacritics, punctuation and double spaces, to compare headings by."""
    return _folded(str(text))


@lru_cache(maxsize=4096)  # the same headings and labels stand in every form
def _folded(text: str) -> str:
    flat = unicodedata.normalize("NFKD", text.replace("đ", "d").replace("Đ", "D"))
    bare = "".join(char for char in flat if not unicodedata.combining(char)).casefold()
    return " ".join(re.sub(r"[^\w()]+", " ", bare).split())


def column_letter(index: int) -> str:
    """Letters of a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def positions(columns: Sequence[Column]) -> dict[str, int]:
    """Index of each column by key, as the writer lays them out."""
    return {column.key: index for index, column in enumerate(columns)}
