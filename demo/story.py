"""What happens in the example round after the dossiers came in, all of it invented.

Units mend what was given back, appraisers take points off, two of them disagree, a unit objects.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace

from criteria.model import Unit
from demo.tay_ninh import SEED, document_of
from evidence.form.filling import Filling
from evidence.round import Round

INVENTED = "(minh họa)"
RETURNED = ("25474", "25480")  # one with mistakes, one that cited no evidence


@dataclass(frozen=True)
class Judged:
    """What an appraiser gives in place of the claim: points in thousandths, and why."""

    points: int
    reason: str


# (unit, criterion) -> what is given; every other claim is granted as it stands
LOWERED: Mapping[tuple[str, str], Judged] = {
    ("25480", "1.6"): Judged(500, "Hồ sơ chấm điểm nhận chậm 1 ngày (sổ tiếp nhận)"),
    ("703-SN2", "1.6"): Judged(500, "Hồ sơ chấm điểm nhận chậm 3 ngày (sổ tiếp nhận)"),
    ("25471", "1.6"): Judged(500, "Báo cáo năm nhận chậm 2 ngày (sổ tiếp nhận)"),
    ("25483", "1.6"): Judged(0, "Không gửi báo cáo năm (sổ tiếp nhận)"),
    ("25474", "1.3"): Judged(0, "Sổ tiếp nhận không có kế hoạch của đơn vị"),
    ("703-VP", "6.2"): Judged(3500, "Chưa có báo cáo sơ kết phong trào (minh họa)"),
    ("703-SN2", "4.4"): Judged(2250, "Chưa niêm yết quy trình tại nơi phục vụ (minh họa)"),
    ("25462", "3.7"): Judged(0, "Chưa có văn bản chứng minh đã thực hiện kết luận đối thoại (minh họa)"),
}
PEOPLE = {
    "noi-vu": (f"Nguyễn Thị A {INVENTED}", "20/10/2023"),
    "thanh-tra": (f"Trần Văn B {INVENTED}", "20/10/2023"),
    "van-phong": (f"Lê Thị C {INVENTED}", "23/10/2023"),
}

# two people of one office judge the same claim, each in a workbook of their own
DIVIDED = "thanh-tra"
SECOND_PERSON = (f"Phạm Văn D {INVENTED}", "20/10/2023")
SECOND_GIVES: Mapping[tuple[str, str], Judged] = {
    ("25465", "2.6"): Judged(0, "Chưa thấy báo cáo về phòng, chống tham nhũng (minh họa)"),
}


@dataclass(frozen=True)
class Objection:
    """A unit's objection and how it is decided; `points` as the command takes them."""

    unit: str
    criterion: str
    text: str
    document: str
    on: str
    points: str
    reason: str
    ruling: str
    decided_by: str
    decided_on: str


OBJECTION = Objection(
    "25462",
    "3.7",
    "Đã thực hiện đủ các kết luận sau đối thoại; gửi bổ sung báo cáo, đề nghị chấm lại",
    f"41/UBND-VP {INVENTED}",
    "26/10/2023",
    "4",
    "Báo cáo bổ sung chứng minh đã thực hiện đủ các kết luận",
    f"07/BB-HĐTĐ {INVENTED}",
    f"Hội đồng thẩm định {INVENTED}",
    "30/10/2023",
)
WHY_PROVISIONAL = (
    "UBND xã Bình Minh không gửi hồ sơ dù đã đôn đốc; kế hoạch không quy định cách xử lý nên để "
    f"chưa xếp loại, trình Chủ tịch UBND thành phố xem xét {INVENTED}"
)
CLOSED_BY = f"Lãnh đạo Phòng Nội vụ {INVENTED}"


def mended(round_: Round, unit: Unit, sent: Filling) -> Filling:
    """What a unit sends again: the same, with what was found in it put right."""
    entries = dict(sent.entries)
    if unit.code == "25474":
        entries["3.4"] = replace(entries["3.4"], x1=3)
        entries["4.3"] = replace(entries["4.3"], x1=489)
        return replace(sent, entries=entries)
    leaf = round_.criteria.by_id["4.2"]
    document = document_of(leaf, unit, random.Random(f"{SEED} {unit.code} lại"))
    entries["4.2"] = replace(entries["4.2"], evidence=str(len(sent.documents) + 1))
    return replace(sent, entries=entries, documents=[*sent.documents, document])
