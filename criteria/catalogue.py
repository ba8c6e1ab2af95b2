"""Findings about criteria and plan files, and the one catalogue of their Vietnamese texts."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

Severity: TypeAlias = Literal["error", "warning", "hint"]


@dataclass(frozen=True)
class Finding:
    """One mistake in a criteria or plan file: where, what, and what to do (in Vietnamese)."""

    code: str
    severity: Severity
    file: str
    line: int
    column: int
    message: str
    fix: str

    def __str__(self) -> str:
        return f"{self.file}, dòng {self.line}, cột {self.column}: {self.message} {self.fix}"


class Refusal(Exception):
    """Something foreseen that stops the work; its text is for the user, in Vietnamese."""

    exit_code = 2  # used wrongly; 3 where the work could not be done


def as_typed(path: object) -> str:
    """A path as it is typed in a command: in quotes where a shell would take it apart."""
    text = str(path)
    return f'"{text}"' if _TAKEN_APART.search(text) else text


_TAKEN_APART = re.compile(r"[\s&()'`;^$]")


class FileFaults(Refusal):
    """A criteria or plan file that cannot be used; `findings` says why, errors first."""

    exit_code = 3

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(["Tệp có lỗi:", *map(str, self.findings)]))


class UnknownId(Refusal):
    """An id that names nothing we have; `kind` is the Vietnamese noun, `nearest` a suggestion."""

    def __init__(self, kind: str, wanted: str, known: Iterable[str]) -> None:
        self.kind, self.wanted, self.known = kind, wanted, sorted(known)
        self.nearest = closest(wanted, self.known)
        hint = f" Có phải ý bạn là “{self.nearest}”?" if self.nearest else ""
        listed = ", ".join(self.known) or "chưa có mục nào"
        super().__init__(f"Không tìm thấy {kind} “{wanted}”.{hint} Hiện có: {listed}.")


class PlanNamed(Refusal):
    """A plan's id where a criteria set's is wanted; tells the set that the plan scores by, if any."""

    def __init__(self, plan: str, criteria: str | None) -> None:
        scored = (
            f"; bộ tiêu chí của kế hoạch này: {criteria}" if criteria else ", kế hoạch này không chấm điểm"
        )
        super().__init__(f"“{plan}” là mã kế hoạch, không phải bộ tiêu chí{scored}.")


def closest(word: str, options: Iterable[str]) -> str | None:
    """The option most like `word`, or None where none is near."""
    options = list(options)
    folded = {option.casefold(): option for option in options}
    near = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return folded[near[0]] if near else None


# code: (severity, what is wrong, what to do)
TEXTS: dict[str, tuple[Severity, str, str]] = {
    "file-missing": (
        "error",
        "Không mở được tệp “{name}”.",
        "Kiểm tra lại đường dẫn và quyền đọc tệp.",
    ),
    "file-encoding": (
        "error",
        "Tệp không phải văn bản UTF-8.",
        "Lưu lại tệp với bảng mã UTF-8.",
    ),
    "file-name": (
        "error",
        "Mã “{id}” khác tên tệp “{name}”.",
        "Đặt tên tệp là “{id}.yaml” hoặc sửa lại mã.",
    ),
    "yaml-tab": (
        "error",
        "Có dấu Tab ở chỗ thụt dòng.",
        "Thay dấu Tab bằng dấu cách.",
    ),
    "yaml-syntax": (
        "error",
        "Sai cú pháp YAML: không đọc được từ chỗ này.",
        "Xem lại dấu hai chấm, dấu ngoặc, dấu nháy và độ thụt dòng ở dòng này và dòng trên.",
    ),
    "yaml-duplicate": (
        "error",
        "Khóa “{key}” bị lặp lại, đã có ở dòng {line}.",
        "Bỏ một trong hai, hoặc đổi tên khóa.",
    ),
    "yaml-trick": (
        "error",
        "Dùng neo, bí danh, thẻ hoặc khóa không phải chữ của YAML.",
        "Viết đầy đủ nội dung tại chỗ: tệp tiêu chí phải đọc được bằng mắt.",
    ),
    "schema-required": (
        "error",
        "{where} thiếu mục “{key}”.",
        "Bổ sung mục “{key}”.",
    ),
    "schema-unknown-key": (
        "error",
        "{where} có mục lạ “{key}”.",
        "{hint}Các mục dùng được: {known}.",
    ),
    "schema-choice": (
        "error",
        "Giá trị “{found}” của “{key}” không dùng được.",
        "{hint}Chọn một trong: {known}.",
    ),
    "schema-form": (
        "error",
        "Giá trị “{found}” của “{key}” sai dạng.",
        "Cần {expected}.",
    ),
    "schema-type": (
        "error",
        "“{key}” phải là {expected}.",
        "Xem ví dụ trong tài liệu “Cách viết một bộ tiêu chí”.",
    ),
    "schema-size": (
        "error",
        "“{key}” có số mục hoặc độ dài không phù hợp.",
        "Cần {expected}.",
    ),
    "schema-one-of": (
        "error",
        "“{key}” phải có đúng một trong các mục: {known}.",
        "Giữ một mục, bỏ các mục kia.",
    ),
    "penalty-full": (
        "error",
        "Tiêu chí {id} thuộc nhóm điểm trừ mà “không phát sinh” lại được tính đủ điểm, tức là bị trừ hết.",
        "Sửa thành “not_applicable: exclude”.",
    ),
    "max-finer": (
        "error",
        "Điểm tối đa {max} lẻ hơn số chữ số thập phân mà quyết định giữ lại ({digits}).",
        "Sửa điểm tối đa, hoặc tăng “digits” ở “policy.points”.",
    ),
    "label-twice": (
        "error",
        "Mức xếp loại “{label}” ghi hai lần.",
        "Mỗi mức chỉ ghi một lần.",
    ),
    "criteria-unknown": (
        "error",
        "Kế hoạch dẫn đến bộ tiêu chí “{found}” không tìm thấy.",
        "{hint}Sửa lại mã, hoặc đặt tệp tiêu chí cạnh tệp kế hoạch.",
    ),
    "roster-form": (
        "error",
        "Danh sách đơn vị không đúng mẫu: thiếu {missing}.",
        "Dòng đầu phải là code,name,type,block; mỗi dòng sau là một đơn vị, đủ mã, tên, loại.",
    ),
    "date-invalid": (
        "error",
        "Ngày “{found}” không có trong lịch.",
        "Ghi ngày theo dạng năm-tháng-ngày, ví dụ 2022-08-19.",
    ),
    "id-duplicate": (
        "error",
        "Mã “{id}” được dùng hai lần, lần trước ở dòng {line}.",
        "Mỗi nhóm, tiêu chí, chỉ tiêu phải có mã riêng.",
    ),
    "sum-group": (
        "error",
        "Nhóm “{id}” ghi {max} điểm nhưng các tiêu chí áp dụng cho “{type}” cộng lại được {sum}.",
        "Sửa điểm tối đa của nhóm hoặc của tiêu chí cho khớp.",
    ),
    "sum-scale": (
        "error",
        "Thang điểm ghi {scale} nhưng các nhóm cộng lại được {sum}.",
        "Sửa thang điểm hoặc điểm tối đa của các nhóm cho khớp.",
    ),
    "type-unknown": (
        "error",
        "Loại đơn vị “{found}” chưa được khai ở “unit_types”.",
        "{hint}Khai thêm loại đơn vị hoặc sửa lại tên. Đã khai: {known}.",
    ),
    "source-unknown": (
        "error",
        "Căn cứ “{found}” dẫn đến nguồn chưa khai ở “provenance.sources”.",
        "{hint}Khai thêm nguồn, hoặc sửa lại. Đã khai: {known}.",
    ),
    "decision-unnamed": (
        "error",
        "Quyết định chưa có số hoặc ngày ban hành.",
        "Ghi số và ngày của quyết định; chỉ bộ tiêu chí ví dụ (example) mới được để trống.",
    ),
    "official-unchecked": (
        "error",
        "Ghi là bản chính thức (official) nhưng chưa có ai đối chiếu với phụ lục.",
        "Ghi người và ngày đối chiếu ở “checked”, hoặc đổi “status” thành reconstructed.",
    ),
    "official-illustrative": (
        "error",
        "Bản chính thức (official) không được còn điểm minh họa (“illustrative”, “inferred”).",
        "Đối chiếu với phụ lục rồi bỏ dấu này, hoặc đổi “status” thành reconstructed.",
    ),
    "grades-order": (
        "error",
        "Các mức xếp loại phải xếp từ cao xuống thấp; “{label}” từ {start} đứng sai chỗ.",
        "Xếp lại, mức cao đứng trước, không trùng ngưỡng.",
    ),
    "grades-bottom": (
        "error",
        "Mức xếp loại thấp nhất “{label}” bắt đầu từ {start}: điểm thấp hơn sẽ không có xếp loại.",
        "Cho mức thấp nhất bắt đầu từ 0.",
    ),
    "grades-unreachable": (
        "error",
        "Mức “{label}” cần từ {start}, cao hơn mức cao nhất có thể đạt ({top}).",
        "Sửa ngưỡng của mức này.",
    ),
    "bands-order": (
        "error",
        "Các bậc tỷ lệ phải xếp từ cao xuống thấp; bậc từ {start}% đứng sai chỗ.",
        "Xếp lại các bậc, ngưỡng lớn đứng trước, không trùng ngưỡng.",
    ),
    "bands-bottom": (
        "error",
        "Bậc thấp nhất bắt đầu từ {start}%: tỷ lệ thấp hơn sẽ không có điểm.",
        "Thêm bậc bắt đầu từ 0.",
    ),
    "bands-over-whole": (
        "error",
        "Bậc từ {start}% không bao giờ đạt được: tỷ lệ cao nhất là 100%.",
        "Sửa ngưỡng của bậc này, cao nhất là 100.",
    ),
    "each-zero": (
        "error",
        "Mỗi trường hợp được tính 0 điểm nên số lượng không ảnh hưởng đến điểm.",
        "Ghi số điểm lớn hơn 0 ở “each”.",
    ),
    "points-over-max": (
        "error",
        "{points} điểm vượt điểm tối đa {max} của tiêu chí.",
        "Sửa số điểm này hoặc điểm tối đa.",
    ),
    "points-max-unreachable": (
        "warning",
        "Không cách nào đạt điểm tối đa {max}: cao nhất chỉ được {points}.",
        "Xem lại điểm của các bậc, các mức hoặc điểm tối đa.",
    ),
    "step-not-dividing": (
        "error",
        "Điểm tối đa {max} không chia hết cho bước điểm {step}.",
        "Sửa bước điểm hoặc điểm tối đa.",
    ),
    "options-duplicate": (
        "error",
        "Mức “{label}” ghi hai lần.",
        "Mỗi mức phải có tên riêng.",
    ),
    "evidence-without": (
        "error",
        "Có “without_evidence” mà minh chứng không bắt buộc.",
        "Bỏ “without_evidence”, hoặc ghi “evidence: required”.",
    ),
    "of-zero": (
        "error",
        "Điểm tối đa “of” của kết quả lấy từ nơi khác bằng 0.",
        "Ghi thang điểm của kết quả đó, ví dụ 100.",
    ),
    "floor-over-cap": (
        "error",
        "Điểm sàn {floor} cao hơn điểm trần {cap}.",
        "Sửa “floor” hoặc “cap”.",
    ),
    "timely-deadline": (
        "error",
        "Tiêu chí theo thời hạn phải có đúng một trong ba: “deadline” (thời hạn của kế hoạch), “by” "
        "(chậm nhất ngày), “before” (trước ngày).",
        "Ghi một, bỏ các mục kia.",
    ),
    "timely-two-ways": (
        "error",
        "Vừa có bậc chậm (“late”) vừa trừ theo ngày (“per_day”).",
        "Giữ một cách tính.",
    ),
    "ladder-order": (
        "error",
        "Các bậc chậm phải xếp theo số ngày tăng dần; bậc {days} ngày đứng sai chỗ.",
        "Xếp lại các bậc, không trùng số ngày.",
    ),
    "ladder-rising": (
        "error",
        "Chậm hơn mà được nhiều điểm hơn: {points} điểm, bậc trước chỉ {max} điểm.",
        "Sửa điểm của các bậc chậm cho giảm dần.",
    ),
    "deadline-unknown": (
        "error",
        "Tiêu chí {id} của bộ tiêu chí tính theo thời hạn “{found}” không có trong kế hoạch.",
        "{hint}Thêm thời hạn này vào kế hoạch, hoặc sửa lại trong bộ tiêu chí.",
    ),
    "reference-unknown": (
        "error",
        "{what} “{found}” không có trong bộ tiêu chí.",
        "{hint}Sửa lại mã hoặc tên. Đã khai: {known}.",
    ),
    "id-alike": (
        "warning",
        "Mã “{id}” và mã “{other}” (dòng {line}) rất giống nhau; phần mềm coi là hai mã khác nhau.",
        "Kiểm tra có phải gõ nhầm; nếu đúng là hai tiêu chí thì nên đặt mã dễ phân biệt hơn.",
    ),
    "sum-type": (
        "error",
        "Các nhóm áp dụng cho “{type}” cộng lại được {sum}, khác thang điểm {scale}.",
        "Sửa điểm tối đa hoặc “applies_to” của nhóm cho khớp.",
    ),
    "cap-unreachable": (
        "warning",
        "Nhóm “{id}” cho tối đa {max} điểm nhưng các tiêu chí cộng lại chỉ được {sum}.",
        "Xem lại mức trần của nhóm hoặc điểm của tiêu chí.",
    ),
    "in-force-order": (
        "error",
        "Ngày hết hiệu lực {to} đứng trước ngày có hiệu lực {start}.",
        "Sửa lại hai ngày ở “in_force”.",
    ),
    "signed-after-force": (
        "warning",
        "Quyết định ký ngày {signed} nhưng ghi có hiệu lực từ ngày {start}, sớm hơn ngày ký.",
        "Kiểm tra lại ngày ký và ngày có hiệu lực.",
    ),
    "text-cut": (
        "error",
        "{where}: văn bản bị cắt ở dấu phẩy, phần sau dấu phẩy là “{key}”.",
        "Đặt cả văn bản trong dấu nháy kép: trong ngoặc {{ }} dấu phẩy ngăn hai mục.",
    ),
    "draft-marks": (
        "warning",
        "Bản nháp còn {count} chỗ ghi “CẦN XEM” chưa có người quyết định; chỗ đầu ở dòng này.",
        "Đối chiếu từng chỗ với phụ lục, sửa, rồi xóa ghi chú “CẦN XEM” ở cuối dòng.",
    ),
    "case-wrong": (
        "error",
        "Ví dụ tính “{name}”: {what} tính ra {found}, tệp ghi {expected}.",
        "Tính lại bằng tay; sửa quy tắc trong bộ tiêu chí hoặc sửa ví dụ.",
    ),
    "case-unusable": (
        "error",
        "Ví dụ tính “{name}” không dùng được: {what}.",
        "Sửa lại ví dụ theo mẫu trong tài liệu “Cách viết một bộ tiêu chí”.",
    ),
    "deadline-one": (
        "error",
        "Thời hạn “{id}” phải có đúng một trong hai: “by” (chậm nhất ngày) hoặc “before” (trước ngày).",
        "Ghi một, bỏ một.",
    ),
    "plan-reference": (
        "error",
        "{what} “{found}” không có trong bộ tiêu chí “{criteria}”.",
        "{hint}Sửa lại cho khớp với bộ tiêu chí.",
    ),
    "appraiser-unknown": (
        "warning",
        "Tiêu chí {criteria} giao cho cơ quan thẩm định “{found}” mà kế hoạch không kê.",
        "{hint}Bổ sung vào “appraisers” của kế hoạch, hoặc sửa “appraiser”; chưa sửa thì nơi khác chấm.",
    ),
    "target-kind": (
        "error",
        "Chỉ tiêu “{id}” loại {kind} thiếu mục “{key}”.",
        "Bổ sung mục “{key}”.",
    ),
}


def finding(code: str, file: str, line: int, column: int, /, **detail: str) -> Finding:
    """Finding of the catalogue's `code` with its texts filled in; KeyError for an unknown code."""
    severity, message, fix = TEXTS[code]
    near = detail.pop("nearest", "")
    detail["hint"] = f"Có phải ý bạn là “{near}”? " if near else ""
    return Finding(code, severity, file, line, column, message.format(**detail), fix.format(**detail))
