"""Problems in what units sent, and the one catalogue of their Vietnamese texts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal, TypeAlias

Severity: TypeAlias = Literal["error", "warning", "hint"]
SEVERITY_WORDS = {"error": "Lỗi", "warning": "Cảnh báo", "hint": "Gợi ý"}


@dataclass(frozen=True)
class Problem:
    """One mistake: what kind, how grave, whose, where, what was found and what to do."""

    code: str
    severity: Severity
    unit: str
    file: str
    sheet: str
    cell: str
    found: str
    expected: str
    message: str
    fix: str

    def to_json(self) -> dict[str, str]:
        """The problem as `check --json` gives it."""
        return asdict(self)

    @property
    def place(self) -> str:
        """File, sheet and cell, as far as known, in Vietnamese."""
        sheet = f", trang “{self.sheet}”" if self.sheet else ""
        return f"{self.file}{sheet}" + (f", ô {self.cell}" if self.cell else "")


@dataclass(frozen=True)
class Place:
    """Where a problem is: unit's code, file, sheet and cell, empty where it is the whole."""

    unit: str
    file: str
    sheet: str = ""
    cell: str = ""


# code: (severity, message, what to do); {found}, {expected} and details are filled in
TEXTS: dict[str, tuple[Severity, str, str]] = {
    "file-not-workbook": (
        "error",
        "Tệp không phải sổ tính Excel (.xlsx): {found}.",
        "Mở lại biểu mẫu đã phát, điền và lưu ở dạng “Excel Workbook (*.xlsx)” rồi gửi lại.",
    ),
    "file-too-large": (
        "error",
        "Tệp lớn bất thường: {found}.",
        "Chép số liệu sang biểu mẫu mới đã phát rồi gửi lại; tài liệu minh chứng để ở thư mục riêng.",
    ),
    "file-unreadable": (
        "error",
        "Tệp bị hỏng, không đọc được.",
        "Mở tệp bằng Excel, chọn sửa chữa (Repair), lưu lại thành tệp mới rồi gửi lại.",
    ),
    "file-unknown-unit": (
        "error",
        "Tên tệp “{found}” không phải mã của đơn vị nào trong đợt đánh giá.",
        "Đặt tên tệp theo mã đơn vị, ví dụ “{expected}.xlsx”.",
    ),
    "file-twice": (
        "error",
        "Đơn vị có nhiều tệp: {found}; không rõ tệp nào là bản chính thức.",
        "Chỉ để lại một tệp của đơn vị trong thư mục “nop”.",
    ),
    "form-wrong-unit": (
        "error",
        "Biểu mẫu này của đơn vị khác: {found}.",
        "Gửi đúng biểu mẫu của đơn vị mình ({expected}).",
    ),
    "form-wrong-round": (
        "error",
        "Biểu mẫu này của đợt đánh giá hoặc bộ tiêu chí khác: {found}.",
        "Điền vào biểu mẫu đã phát cho đợt này ({expected}).",
    ),
    "form-old-version": (
        "warning",
        "Biểu mẫu được phát trước khi bộ tiêu chí được sửa (bản {found}).",
        "Đối chiếu lại với bộ tiêu chí hiện hành (bản {expected}).",
    ),
    "form-no-identity": (
        "warning",
        "Biểu mẫu không còn dấu nhận dạng; lấy đơn vị theo tên tệp.",
        "Kiểm tra đúng là biểu mẫu của đơn vị này.",
    ),
    "form-no-table": (
        "error",
        "Không tìm thấy bảng tự chấm điểm trong tệp.",
        "Dùng đúng biểu mẫu đã phát; giữ nguyên dòng tiêu đề của bảng ({expected}).",
    ),
    "row-missing": (
        "error",
        "Thiếu dòng của tiêu chí {found}.",
        "Chép lại dòng này từ biểu mẫu đã phát rồi điền.",
    ),
    "row-unknown": (
        "warning",
        "Mã “{found}” không có trong bộ tiêu chí áp dụng cho đơn vị; dòng này không được tính.",
        "Xóa dòng này, hoặc sửa lại mã cho đúng.",
    ),
    "row-twice": (
        "error",
        "Tiêu chí {found} có hai dòng; không rõ lấy dòng nào nên chưa tính dòng nào.",
        "Chỉ để lại một dòng cho mỗi tiêu chí.",
    ),
    "value-not-understood": (
        "error",
        "Không hiểu “{found}”.",
        "Ghi {expected}.",
    ),
    "value-range": (
        "error",
        "Giá trị {found} nằm ngoài khoảng cho phép.",
        "Ghi {expected}.",
    ),
    "value-step": (
        "error",
        "Giá trị {found} không đúng bước.",
        "Ghi {expected}.",
    ),
    "value-over-total": (
        "error",
        "Số (a) là {found}, lớn hơn số (b).",
        "Kiểm tra lại hai số: (a) không được lớn hơn (b) là {expected}.",
    ),
    "value-zero-total": (
        "error",
        "Tổng số ở (b) bằng 0 nên không tính được tỷ lệ.",
        "Ghi tổng số lớn hơn 0; nếu trong năm không có việc này thì xem có được ghi “không phát sinh”.",
    ),
    "value-missing": (
        "error",
        "Kê khai chưa đủ: còn bỏ trống một số liệu.",
        "Ghi {expected}.",
    ),
    "not-answered": (
        "error",
        "Tiêu chí {found} chưa kê khai.",
        "Ghi số liệu; nếu không làm được thì ghi 0 hoặc chọn mức thấp nhất, không bỏ trống.",
    ),
    "not-applicable-forbidden": (
        "error",
        "Tiêu chí này không được ghi “không phát sinh”.",
        "Xóa dấu ở cột “Không phát sinh” và kê khai số liệu.",
    ),
    "not-applicable-and-value": (
        "error",
        "Vừa ghi “không phát sinh” vừa có số liệu.",
        "Chỉ giữ một trong hai.",
    ),
    "evidence-missing": (
        "warning",
        "Chưa dẫn minh chứng nên tiêu chí này tạm tính 0 điểm.",
        "Ghi số thứ tự của minh chứng (ở trang “Minh chứng”) vào ô này.",
    ),
    "evidence-missing-flag": (
        "warning",
        "Chưa dẫn minh chứng cho tiêu chí bắt buộc có minh chứng.",
        "Ghi số thứ tự của minh chứng (ở trang “Minh chứng”) vào ô này.",
    ),
    "evidence-unknown": (
        "error",
        "Minh chứng số {found} không có ở trang “Minh chứng”.",
        "Bổ sung văn bản này ở trang “Minh chứng” hoặc sửa lại số thứ tự.",
    ),
    "evidence-not-understood": (
        "error",
        "Không hiểu “{found}” ở cột minh chứng.",
        "Chỉ ghi các số thứ tự, cách nhau bằng dấu chấm phẩy, ví dụ “1; 3”.",
    ),
    "evidence-unused": (
        "hint",
        "Minh chứng số {found} chưa được dẫn ở tiêu chí nào.",
        "Dẫn vào tiêu chí liên quan, hoặc xóa dòng này.",
    ),
    "outside-missing": (
        "warning",
        "Chưa có kết quả của đơn vị cho tiêu chí {found}.",
        "Bổ sung vào bảng kết quả “{expected}” (cột “Mã đơn vị”, “Giá trị”).",
    ),
    "table-unreadable": (
        "error",
        "Không đọc được bảng điểm: {found}.",
        "Cần dòng tiêu đề có “Mã đơn vị” và mã các tiêu chí; ngăn cách bằng dấu phẩy hoặc chấm phẩy.",
    ),
    "table-and-others": (
        "warning",
        "Có nhiều nguồn điểm: kết quả chỉ lấy từ tệp này, không dùng {found}.",
        "Chỉ để lại một nguồn: một bảng điểm tổng hợp, hoặc các tệp trong thư mục “nop”.",
    ),
    "table-column-twice": (
        "error",
        "Tiêu chí {found} có nhiều cột; không rõ lấy cột nào nên chưa lấy cột nào.",
        "Chỉ để lại một cột. Nếu Excel đổi mã 1.10 thành 1.1, định dạng dòng tiêu đề là văn bản (Text).",
    ),
    "table-row-too-long": (
        "error",
        "Dòng có nhiều ô hơn dòng tiêu đề nên có thể lệch cột; dòng này không được tính.",
        "Nếu số lẻ dùng dấu phẩy thì đặt số trong dấu nháy kép, hoặc ngăn cột bằng dấu chấm phẩy.",
    ),
    "table-unknown-unit": (
        "error",
        "Mã đơn vị “{found}” không có trong đợt đánh giá; dòng này không được tính.",
        "Sửa lại mã, hoặc bổ sung đơn vị vào “dot.yaml”.",
    ),
    "table-unknown-criterion": (
        "error",
        "Cột “{found}” không phải mã tiêu chí nào; cột này không được tính.",
        "Sửa tiêu đề cột thành mã tiêu chí, hoặc xóa cột.",
    ),
    "table-unit-twice": (
        "error",
        "Đơn vị “{found}” có hai dòng cùng loại điểm; chưa tính dòng nào.",
        "Chỉ để lại một dòng cho mỗi đơn vị và loại điểm.",
    ),
    "table-points-kind": (
        "error",
        "Loại điểm “{found}” không dùng được; dòng này không được tính.",
        "Ghi “Tự chấm” hoặc “Thẩm định”.",
    ),
    "table-not-for-type": (
        "error",
        "Có điểm {found} ở tiêu chí không áp dụng cho loại đơn vị này; ô này không được tính.",
        "Xóa điểm ở ô này, hoặc sửa loại đơn vị trong “dot.yaml”.",
    ),
}


def problem(code: str, place: Place, found: object = "", expected: str = "") -> Problem:
    """Problem of the catalogue's `code` with its texts filled in; KeyError for an unknown code."""
    severity, message, fix = TEXTS[code]
    found = str(found)[:120]
    texts = {"found": found, "expected": expected}
    return Problem(
        code,
        severity,
        place.unit,
        place.file,
        place.sheet,
        place.cell,
        found,
        expected,
        message.format(**texts),
        fix.format(**texts),
    )


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether anything must be mended."""
    return any(item.severity == "error" for item in problems)
