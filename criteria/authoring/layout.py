"""Names of the authoring workbook's sheets and columns, in one place for its writer and its reader."""

from __future__ import annotations

from dataclasses import dataclass, field

from criteria.authoring.cells import CITE, DOCUMENT, LIST, TEXT, Notation, words
from criteria.authoring.conditions import CONDITION, FLOORS
from criteria.rules import kinds
from criteria.text_yaml import Path

HEAD, GRADES, CRITERIA, LIMITS = "Quyết định", "Xếp loại", "Tiêu chí", "Khống chế"
HELP, LISTS = "Hướng dẫn", "Danh mục"
OTHER = "Mục khác (JSON)"


@dataclass(frozen=True)
class Column:
    """One column: its heading, the key it holds, its notation, its width; `choices` for a drop-down."""

    heading: str
    key: str
    notation: Notation = TEXT
    width: int = 16
    choices: tuple[str, ...] = ()


def _choice(heading: str, key: str, names: dict[str, str], width: int = 16) -> Column:
    return Column(heading, key, words(names), width, tuple(names.values()))


_KIND_WORDS = {
    "judged": "chấm theo mức độ",
    "choice": "chọn mức",
    "ratio": "tỷ lệ",
    "count": "đếm số",
    "timely": "đúng hạn",
    "imported": "kết quả nơi khác",
}
_GROUP_KINDS = {"scale": "trong thang điểm", "bonus": "điểm thưởng", "penalty": "điểm trừ"}
KINDS = {kind: _KIND_WORDS.get(kind, kind) for kind in kinds()} | _GROUP_KINDS
GROUP, CRITERION = "Nhóm", "Tiêu chí"

CRITERIA_COLUMNS = (
    Column("Loại dòng", "", width=10, choices=(GROUP, CRITERION)),
    Column("Mã", "id", width=9),
    Column("Tên", "title", width=56),
    Column("Điểm tối đa", "max", width=9),
    _choice("Cách chấm", "kind", KINDS),
    Column("Số liệu khai báo", "input 1", width=30),
    Column("Mẫu số (nếu là tỷ lệ)", "input 2", width=30),
    Column("Quy tắc tính điểm", "rule", width=44),
    Column("Áp dụng cho", "applies_to", LIST, 18),
    _choice(
        "Không phát sinh",
        "not_applicable",
        {"forbidden": "không được ghi", "exclude": "trừ khỏi điểm tối đa", "full": "được điểm tối đa"},
    ),
    _choice(
        "Minh chứng", "evidence", {"required": "bắt buộc", "optional": "nếu có", "none": "không cần"}, 12
    ),
    _choice("Thiếu minh chứng", "without_evidence", {"zero": "0 điểm", "flag": "chỉ cảnh báo"}, 12),
    Column("Người thẩm định", "appraiser", width=14),
    Column("Căn cứ", "cite", CITE, 26),
    Column("Ghi chú", "note", width=40),
    Column("Chỉ minh họa", "illustrative", LIST, 16),
    Column("Do suy luận", "inferred", LIST, 16),
    Column(OTHER, "other", width=20),
)
GRADE_COLUMNS = (
    Column("Khối (trống: mọi khối)", "block", width=20),
    Column("Mức", "label", width=34),
    Column("Từ (đạt ngưỡng là được)", "from", width=14),
    Column("Trên (phải vượt ngưỡng)", "above", width=14),
    Column("Điều kiện sàn", "floors", FLOORS, 50),
    Column(OTHER, "other", width=20),
)
LIMIT, QUOTA = "Khống chế", "Hạn mức"
ACTS = {
    "at_most": "xếp cao nhất là",
    "lower_by": "hạ số bậc",
    "fail_to": "xếp xuống mức",
    "not_graded": "không xếp loại, ghi là",
    "consequence": "hệ quả kèm theo",
}
LIMIT_COLUMNS = (
    Column("Loại dòng", "", width=12, choices=(LIMIT, QUOTA)),
    Column("Mã", "id", width=20),
    Column("Khi nào", "when", CONDITION, 50),
    _choice("Xử lý", "act", ACTS, 22),
    Column("Mức hoặc nội dung", "label", width=30),
    Column("Tối đa (%)", "at_most", width=10),
    Column("Tính trên các mức", "of", LIST, 24),
    _choice("Tính theo", "by", {"block": "từng khối", "all": "tất cả"}, 12),
    Column("Diễn giải", "text", width=40),
    Column("Căn cứ", "cite", CITE, 26),
    Column(OTHER, "other", width=20),
)

_ROUNDING = {"half_up": "làm tròn nửa lên", "half_even": "làm tròn về số chẵn", "down": "bỏ phần lẻ"}
_DIGITS = {digit: digit for digit in "0123"}


@dataclass(frozen=True)
class Entry:
    """One line of the head sheet: its name, its path in the file, its notation, how to fill it in."""

    name: str
    path: Path
    notation: Notation = TEXT
    hint: str = ""
    choices: tuple[str, ...] = field(default=())


def _pick(name: str, path: str, names: dict[str, str], hint: str = "") -> Entry:
    return Entry(name, tuple(path.split(".")), words(names), hint, tuple(names.values()))


def _entry(name: str, path: str, hint: str = "", notation: Notation = TEXT) -> Entry:
    return Entry(name, tuple(path.split(".")), notation, hint)


_DAY = "năm-tháng-ngày, ví dụ 2022-08-19"
ENTRIES = (
    _entry("Mã bộ tiêu chí", "criteria", "chữ không dấu, chữ số, gạch ngang; cũng là tên tệp"),
    _entry("Tên bộ tiêu chí", "title"),
    _entry("Số quyết định", "decision.number", "chưa biết thì ghi (trống)"),
    _entry("Ngày quyết định", "decision.date", _DAY),
    _entry("Cơ quan ban hành", "decision.issuer"),
    _entry("Có hiệu lực từ", "decision.in_force.from", _DAY),
    _entry("Hết hiệu lực", "decision.in_force.to", _DAY),
    _entry("Được thay thế bởi", "decision.replaced_by", "số | ngày | cơ quan | ghi chú", DOCUMENT),
    _pick(
        "Mức tin cậy",
        "provenance.status",
        {"official": "chính thức", "reconstructed": "phục dựng", "example": "ví dụ"},
        "“chính thức” chỉ khi đã có người đối chiếu với phụ lục",
    ),
    _entry("Đối chiếu", "provenance.checked", "chưa đối chiếu thì ghi (trống); đã có thì xóa ô này"),
    _entry("Người đối chiếu", "provenance.checked.by"),
    _entry("Ngày đối chiếu", "provenance.checked.on", _DAY),
    _entry("Ghi chú về nguồn", "provenance.note", "in kèm mọi kết quả khi chưa chính thức"),
    _entry("Thang điểm", "scale"),
    _entry("Bước điểm", "policy.points_step", "điểm do người chấm cho phải là bội số của bước này"),
    _pick("Số lẻ của điểm", "policy.points.digits", _DIGITS),
    _pick("Làm tròn điểm", "policy.points.rounding", _ROUNDING),
    _pick(
        "Làm tròn điểm ở",
        "policy.points.at",
        {"criterion": "từng tiêu chí", "group": "từng nhóm", "end": "tổng điểm"},
    ),
    _pick("Số lẻ của tỷ lệ %", "policy.percent.digits", _DIGITS),
    _pick("Làm tròn tỷ lệ %", "policy.percent.rounding", _ROUNDING),
    _pick("Xếp hạng theo", "policy.rank_on", {"exact": "số chính xác", "rounded": "số đã làm tròn"}),
    _pick("Đồng hạng", "policy.ties", {"competition": "1, 2, 2, 4", "dense": "1, 2, 2, 3"}),
    _entry(
        "Phân định đồng hạng", "policy.break_by", "mã nhóm, tiêu chí theo thứ tự, cách nhau dấu ;", LIST
    ),
    _pick("Tổng không vượt thang điểm", "policy.hold_to_scale", {"true": "có", "false": "không"}),
    _pick(
        "Xếp loại theo",
        "policy.grade_on",
        {"percent_of_applicable": "tỷ lệ % trên điểm áp dụng", "points": "điểm"},
    ),
    _entry("Chỉ minh họa", "illustrative", "tên mục không có nguồn, cách nhau dấu ;", LIST),
    _entry("Do suy luận", "inferred", "tên mục do suy luận, cách nhau dấu ;", LIST),
)
SOURCES, UNIT_TYPES, REPLACES, OTHERS = "Nguồn trích dẫn", "Loại đơn vị", "Thay thế văn bản", "Mục khác"
REPEATED = {  # lines that may stand several times, and what to fill in
    SOURCES: "Mã: tên tắt dùng ở cột Căn cứ; Giá trị: tên văn bản",
    UNIT_TYPES: "Mã: tên tắt dùng ở cột Áp dụng cho; Giá trị: tên loại đơn vị",
    REPLACES: "Giá trị: số | ngày | cơ quan | ghi chú",
}
HEAD_HEADINGS = ("Mục", "Mã", "Giá trị", "Cách ghi")
