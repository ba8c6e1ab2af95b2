"""The wording of the analysis: title, method in one sentence, and what is said where there is nothing."""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    """What stands above a table, and in its place where it has no rows; `{most}`, `{window}` are filled."""

    title: str
    method: str
    empty: str


_GAP_METHOD = (
    "Cách tính: trên các tiêu chí đã có cả điểm tự chấm và điểm thẩm định, lấy tổng điểm tự chấm trừ tổng "
    "điểm thẩm định; “lượt” là số ô (một đơn vị, một tiêu chí) mà thẩm định cho thấp hơn hoặc cao hơn."
)
NOT_APPRAISED = "Chưa có tiêu chí nào được thẩm định."

WORDS = {
    "flat": Words(
        "Tiêu chí không phân biệt được đơn vị",
        "Cách tính: các tiêu chí trong thang điểm mà mọi đơn vị được áp dụng đều đạt điểm tối đa, hoặc đều "
        "được 0 điểm.",
        "Không có tiêu chí nào như vậy.",
    ),
    "costs": Words(
        "Tiêu chí mất nhiều điểm nhất (nhiều nhất {most} tiêu chí)",
        "Cách tính: cộng phần chênh giữa điểm tối đa và điểm cuối cùng của các đơn vị được áp dụng; tiêu "
        "chí chưa có điểm tính là mất toàn bộ; nhóm điểm trừ tính số điểm bị trừ.",
        "Không có tiêu chí nào mất điểm.",
    ),
    "by_type": Words("Tự chấm so với thẩm định, theo loại đơn vị", _GAP_METHOD, NOT_APPRAISED),
    "by_criterion": Words(
        "Tự chấm so với thẩm định, theo tiêu chí (nhiều nhất {most} tiêu chí chênh lệch lớn nhất)",
        _GAP_METHOD,
        "Không có tiêu chí nào mà điểm thẩm định khác điểm tự chấm.",
    ),
    "agreement": Words(
        "Các nhóm tiêu chí xếp đơn vị có giống nhau không",
        "Cách tính: hệ số gamma Goodman - Kruskal trên mọi cặp đơn vị cùng khối = (số cặp cùng chiều − số "
        "cặp ngược chiều) / (tổng hai số đó); 1 là giống hẳn, 0 là không liên quan, −1 là ngược hẳn. "
        "({groups}.)",
        "Chưa đủ hai nhóm tiêu chí và hai đơn vị cùng khối để so sánh.",
    ),
    "near": Words(
        "Đơn vị sát ngưỡng xếp loại (trong vòng {window} điểm)",
        "Cách tính: tổng điểm trừ số điểm ít nhất để đạt loại đó theo điểm; số âm là còn thiếu, 0 là vừa "
        "đủ; chưa xét điều kiện kèm theo và khống chế.",
        "Không có đơn vị nào.",
    ),
    "left_out": Words(
        "Nếu bỏ một tiêu chí thì bao nhiêu đơn vị đổi hạng",
        "Cách tính: bỏ lần lượt từng tiêu chí (cả điểm và điểm tối đa của nó), tính lại tổng điểm và xếp "
        "hạng lại trong từng khối theo đúng quyết định. Tiêu chí không nêu ở đây: bỏ đi không ai đổi hạng.",
        "Bỏ bất kỳ tiêu chí nào cũng không đơn vị nào đổi hạng.",
    ),
    "disputes": Words(
        "Nếu từng điểm còn khác nhau được tính theo phía kia",
        "Cách tính: với từng ô mà điểm thẩm định khác điểm tự chấm, thay điểm đang tính bằng điểm phía kia "
        "rồi xếp hạng lại, mọi điểm khác giữ nguyên; xếp loại theo điểm, chưa xét khống chế. Bảng chỉ nêu "
        "các ô làm đổi hạng hoặc xếp loại.",
        "Không có điểm nào mà tính theo phía kia thì đổi hạng hoặc xếp loại.",
    ),
    "spans": Words(
        "Mức độ ổn định thứ hạng của từng đơn vị",
        "Cách tính: khoảng thứ nhất là hạng cao nhất và thấp nhất nếu mọi điểm còn khác nhau giữa tự chấm "
        "và thẩm định đều nghiêng về phía có lợi, hoặc đều về phía bất lợi cho đơn vị đó; khoảng thứ hai "
        "là khi bỏ bất kỳ một tiêu chí nào.",
        "Chưa có đơn vị nào được xếp hạng.",
    ),
}
