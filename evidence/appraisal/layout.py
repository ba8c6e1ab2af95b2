"""Names of the sheets and columns of an appraiser's workbook, for the writer and the reader alike."""

from __future__ import annotations

from typing import Literal, TypeAlias

from evidence.layout import Column, positions

Mode: TypeAlias = Literal["criterion", "unit"]
MODES: tuple[Mode, ...] = ("criterion", "unit")

FOLDER = "tham-dinh"  # where filled workbooks come back, and the folder of blank ones in `bieu-mau`
APPRAISAL_MARK = "danvan-tham-dinh"
APPRAISAL_LAYOUT = "1"
OVERVIEW_SHEET = "Tổng hợp"
HIDDEN_SHEET = "_danvan"

PERSON = "Họ và tên người thẩm định"
DAY = "Ngày thẩm định"
FIELD_COLUMN = 2  # where the person and the day are typed, beside a label that is merged over two columns
KPS = "KPS"

# one layout for both modes: what stands in the sheet's head need not be repeated in every row
COLUMNS = (
    Column("unit", "Mã đơn vị", 12),
    Column("name", "Đơn vị", 24),
    Column("criterion", "Mã tiêu chí", 7),
    Column("title", "Nội dung tiêu chí", 34),
    Column("max", "Điểm tối đa", 7),
    Column("rule", "Cách chấm điểm", 34),
    Column("claim", "Đơn vị kê khai", 28),
    Column("evidence", "Minh chứng đơn vị dẫn", 44),
    Column("explanation", "Giải trình của đơn vị", 22),
    Column("status", "Tình trạng", 14),
    Column("self", "Điểm tự chấm", 8),
    Column("points", "Điểm thẩm định", 9),
    Column("reason", "Lý do", 30),
    Column("check", "Kiểm tra", 11),
    Column("value", "Điểm là số", 9),
    Column("token", "Dấu dữ liệu", 14),
)
AT = positions(COLUMNS)
LAST_SHOWN = AT["check"]
HIDDEN: dict[Mode, frozenset[str]] = {
    "criterion": frozenset({"criterion", "title", "max", "rule", "value", "token"}),
    "unit": frozenset({"unit", "name", "value", "token"}),
}
TO_FILL = ("points", "reason")

DONE, WAITING, NO_REASON, NO_POINTS, WRONG = "Đã chấm", "Chưa chấm", "Thiếu lý do", "Thiếu điểm", "Sai"


def widths(mode: Mode) -> list[float]:
    """Widths (characters) of the columns up to the last one that is shown, hidden ones without any."""
    return [0.0 if column.key in HIDDEN[mode] else column.width for column in COLUMNS[: LAST_SHOWN + 1]]
