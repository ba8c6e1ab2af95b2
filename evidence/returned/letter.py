"""The short letter that goes with a form given back, ready to send but for the contact."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from criteria.document import vietnamese_date
from criteria.model import Unit
from evidence.layout import MEND_COLUMNS, MEND_SHEET
from evidence.messages import SEVERITY_WORDS
from evidence.problems import At, Problem
from evidence.registers.receipts import dossier_deadline
from evidence.returned.form import Request, fix_of
from evidence.round import Round

CONTACT = (
    "Mọi vướng mắc xin liên hệ: ông/bà ........................................, "
    "điện thoại ........................, thư điện tử ................................"
)
_BLANK_DAY = "ngày ..... tháng ..... năm ........"
_COLOURS = {
    "error": "sửa các ô tô màu đỏ (lỗi)",
    "warning": "xem lại các ô tô màu cam (cảnh báo)",
    "hint": "tham khảo các ô tô màu xanh (gợi ý)",
}
_ANSWER = MEND_COLUMNS[-1].heading


def addressee(unit: Unit) -> str:
    """The line that names whom the letter is for."""
    return f"Kính gửi: {unit.name}"


def paragraphs(round_: Round, unit: Unit, request: Request) -> Iterator[str]:
    """The letter between addressee and list: what came in, what to do, until when, whom to ask."""
    if request.by_itself:
        yield f"Kết quả tự kiểm tra tệp “{request.file}”, năm {round_.year}. {_counts(request)}"
        yield from filter(None, [_colours(request)])
        yield f"Sửa xong, lưu tệp với tên “{unit.code}.xlsx” và gửi {deadline_text(round_, request)}."
        return
    lead = next((a.name for a in round_.plan.appraisers if a.role == "lead"), "Cơ quan chủ trì")
    plan = f" theo Kế hoạch số {round_.plan.document}" if round_.plan.document.number else ""
    yield (
        f"{lead} đã kiểm tra hồ sơ tự chấm điểm công tác dân vận chính quyền năm {round_.year} của đơn vị "
        f"(tệp “{request.file}”){plan}. {_counts(request)}"
    )
    yield "Đề nghị đơn vị thực hiện các việc sau:"
    for number, step in enumerate(_steps(round_, unit, request), 1):
        yield f"{number}. {step}"
    yield CONTACT


def _steps(round_: Round, unit: Unit, request: Request) -> Iterator[str]:
    name = f"{unit.code}.xlsx"
    if request.refilled:
        yield (
            f"Mở tệp “{name}” gửi kèm (biểu mẫu đã ghi sẵn số liệu của đơn vị), xem trang “{MEND_SHEET}”; "
            "bấm vào cột “Vị trí” để đến ô cần sửa."
        )
        yield f"{_colours(request)} Số liệu ở các ô khác giữ nguyên, không phải nhập lại."
    else:
        yield (
            f"Mở tệp “{name}” gửi kèm: không lấy được số liệu từ tệp đã gửi nên đây là biểu mẫu trống; "
            f"xem lý do ở trang “{MEND_SHEET}” và điền lại vào biểu mẫu này. "
            "Tệp đã gửi vẫn được giữ nguyên tại cơ quan chủ trì."
        )
    yield f"Ghi kết quả xử lý từng mục vào cột “{_ANSWER}” của trang “{MEND_SHEET}”."
    yield f"Lưu tệp, giữ nguyên tên “{name}”, và gửi lại {deadline_text(round_, request)}."


def _colours(request: Request) -> str:
    """What the colours ask for, of those that there are."""
    asked = "; ".join(text for severity, text in _COLOURS.items() if request.count(severity))
    return f"{asked[:1].upper()}{asked[1:]}. Đưa chuột vào ô để đọc cách sửa." if asked else ""


def _counts(request: Request) -> str:
    """How much there is to mend."""
    errors, warnings, hints = (request.count(severity) for severity in SEVERITY_WORDS)
    parts = [f"{errors} lỗi phải sửa"] if errors else []
    parts += [f"{warnings} nội dung cần xem lại"] if warnings else []
    parts += [f"{hints} gợi ý"] if hints else []
    return f"Hồ sơ có {', '.join(parts)}." if parts else "Hồ sơ không có lỗi."


def deadline_text(round_: Round, request: Request) -> str:
    """Until when the form is to come back: the day the office gave, the plan's, or a blank to fill.

    A unit cannot be asked to send by a day that is over: then, too, the day is left blank.
    """
    due = dossier_deadline(round_.plan)
    planned = ""
    if due:
        word = "chậm nhất" if due.inclusive else "trước"
        planned = f"{word} ngày {vietnamese_date(due.day)}"
    if request.by:
        told = f" (hạn nộp hồ sơ của kế hoạch: {planned})" if planned else ""
        return f"chậm nhất ngày {vietnamese_date(request.by)}{told}"
    if planned and request.past:
        return f"chậm nhất {_BLANK_DAY} (hạn nộp hồ sơ của kế hoạch, {planned}, đã qua)"
    return f"{planned}, hạn nộp hồ sơ của kế hoạch" if planned else f"chậm nhất {_BLANK_DAY}"


def problem_place(item: Problem, places: Mapping[At, tuple[str, str]]) -> str:
    """Where a problem stands in the form given back; in the words of the file sent where it has no cell."""
    if item.at in places:
        sheet, cell = places[item.at]
        whose = f" (tiêu chí {item.at.key})" if item.at.part == "criteria" else ""
        return f"{sheet}, ô {cell}{whose}"
    cell = f", ô {item.cell} của tệp đã gửi" if item.cell else ""
    return f"{item.sheet}{cell}" if item.sheet else "Cả tệp"


def letter_text(round_: Round, unit: Unit, request: Request, places: Mapping[At, tuple[str, str]]) -> str:
    """The whole letter as text, with the list of what is to be mended."""
    lines = [f"V/v sửa, bổ sung hồ sơ tự chấm điểm công tác dân vận chính quyền năm {round_.year}", ""]
    lines += [addressee(unit), ""]
    for text in paragraphs(round_, unit, request):
        lines += [text, ""]
    lines += [f"Danh mục nội dung cần sửa, bổ sung ({len(request.problems)} mục):"]
    for number, item in enumerate(request.problems, 1):
        head = f"{number}. [{SEVERITY_WORDS[item.severity]}] {problem_place(item, places)}: "
        lines.append(f"{head}{item.message} {fix_of(item)}")
    if request.leftovers:
        lines += ["", f"Có {len(request.leftovers)} nội dung không chép nguyên vào biểu mẫu được: "
                      f"xem cuối trang “{MEND_SHEET}”."]  # fmt: skip
    marks = [f"({text})" for text in round_.marks]
    return "\n".join([*lines, "", "Trân trọng./.", *(["", *marks] if marks else [])]) + "\n"
