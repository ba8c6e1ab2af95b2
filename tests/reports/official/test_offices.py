"""Names of offices, documents cited and lines, as a table that an officer can read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from criteria.document import DocumentRef
from criteria.library import Library
from criteria.model import Plan
from reports.official import offices
from reports.sheet.measure import text_width

PLANS = {
    # plan: issuer, lines of its head, its head, place, letters, lead, above
    "tay-ninh-city-2023": (
        "Ủy ban nhân dân thành phố Tây Ninh",
        ["ỦY BAN NHÂN DÂN", "THÀNH PHỐ TÂY NINH"],
        "Chủ tịch Ủy ban nhân dân thành phố Tây Ninh",
        "Thành phố Tây Ninh",
        "UBND",
        "Phòng Nội vụ",
        "Ủy ban nhân dân tỉnh Tây Ninh",
    ),
    "duc-pho-2022": (
        "Ủy ban nhân dân thị xã Đức Phổ",
        ["ỦY BAN NHÂN DÂN", "THỊ XÃ ĐỨC PHỔ"],
        "Chủ tịch Ủy ban nhân dân thị xã Đức Phổ",
        "Thị xã Đức Phổ",
        offices.SHORT_BLANK,  # the plan bears no number
        "Cơ quan Tổ chức - Nội vụ thị xã",
        "Ủy ban nhân dân tỉnh Quảng Ngãi",
    ),
    "tra-cu-2023": (
        "Ủy ban nhân dân huyện Trà Cú",
        ["ỦY BAN NHÂN DÂN", "HUYỆN TRÀ CÚ"],
        "Chủ tịch Ủy ban nhân dân huyện Trà Cú",
        "Huyện Trà Cú",
        offices.SHORT_BLANK,
        offices.BLANK,  # no appraiser
        offices.BLANK,  # its plan rests on one of its own
    ),
    "nghia-ky-2023": (
        "Ủy ban nhân dân xã Nghĩa Kỳ",
        ["ỦY BAN NHÂN DÂN", "XÃ NGHĨA KỲ"],
        "Chủ tịch Ủy ban nhân dân xã Nghĩa Kỳ",
        "Xã Nghĩa Kỳ",
        "UBND",
        offices.BLANK,
        "Ủy ban nhân dân huyện Tư Nghĩa",
    ),
}
HEADS = {
    "Phòng Nội vụ": ("Trưởng phòng Nội vụ", "TRƯỞNG PHÒNG"),
    "Sở Nội vụ": ("Giám đốc Sở Nội vụ", "GIÁM ĐỐC"),
    "Thanh tra thành phố": ("Chánh Thanh tra thành phố", "CHÁNH THANH TRA"),
    "Văn phòng HĐND và UBND thành phố": ("Chánh Văn phòng HĐND và UBND thành phố", "CHÁNH VĂN PHÒNG"),
    "Ban Dân vận Thị ủy": ("Trưởng ban Dân vận Thị ủy", "TRƯỞNG BAN"),
    "UBND phường 1": ("Chủ tịch UBND phường 1", "CHỦ TỊCH"),
    "Cơ quan Tổ chức - Nội vụ": ("Thủ trưởng Cơ quan Tổ chức - Nội vụ", "THỦ TRƯỞNG"),
    "Bản tin": ("Thủ trưởng Bản tin", "THỦ TRƯỞNG"),
}
DOCUMENTS = [
    (
        DocumentRef("815/QĐ-UBND", date(2022, 8, 19), "Chủ tịch UBND thành phố Tây Ninh"),
        "Quyết định số 815/QĐ-UBND ngày 19 tháng 8 năm 2022 của Chủ tịch Ủy ban nhân dân thành phố Tây Ninh",
    ),
    (
        DocumentRef("01/NQ-HĐND", date(2024, 1, 5), "HĐND tỉnh A"),
        "Nghị quyết số 01/NQ-HĐND ngày 05 tháng 01 năm 2024 của Hội đồng nhân dân tỉnh A",
    ),
    (DocumentRef("436/QĐ-UBND", None), "Quyết định số 436/QĐ-UBND"),
    (DocumentRef(None, None, "UBND tỉnh Bình Dương"), "văn bản của UBND tỉnh Bình Dương, chưa rõ số"),
]


def plan(id_: str) -> Plan:
    """A shipped plan."""
    return Library().plan_with_criteria(id_)[0]


@pytest.mark.parametrize("id_", PLANS)
def test_offices_of_the_plans(id_: str) -> None:
    issuer, lines, head, place, letters, lead, above = PLANS[id_]
    own = plan(id_)
    assert offices.issuer_name(own) == issuer
    assert offices.heading_lines(issuer) == lines
    assert offices.head_of(issuer) == head
    assert offices.signed_for(issuer) == ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]
    assert offices.place_name(own) == place
    assert offices.sign_of(own) == letters
    assert offices.lead_name(own) == lead
    assert offices.superior_name(own) == above


@pytest.mark.parametrize("office", HEADS)
def test_who_heads_an_office(office: str) -> None:
    assert (offices.head_of(office), offices.title_of_head(office)) == HEADS[office]


@pytest.mark.parametrize(("document", "told"), DOCUMENTS)
def test_documents_cited(document: DocumentRef, told: str) -> None:
    assert offices.cited(document) == told


@pytest.mark.parametrize(
    ("id_", "told"),
    [
        (
            "tay-ninh-city-2023",
            "Kế hoạch số 49/KH-UBND ngày 27 tháng 3 năm 2023 của Ủy ban nhân dân thành phố Tây Ninh thực hiện "
            "công tác Dân vận chính quyền năm 2023 trên địa bàn thành phố Tây Ninh",
        ),
        (
            "tra-cu-2023",
            f"Kế hoạch số {offices.SHORT_BLANK} {offices.BLANK_DATE} của Ủy ban nhân dân huyện Trà Cú thực hiện "
            "công tác dân vận chính quyền năm 2023",
        ),
    ],
)
def test_a_plan_cited_leaves_blank_what_it_does_not_say(id_: str, told: str) -> None:
    assert offices.plan_cited(plan(id_)) == told


def test_an_issuer_that_nobody_names_is_blank() -> None:
    bare = replace(plan("tra-cu-2023"), document=DocumentRef(None, None))
    assert offices.issuer_name(bare) == offices.BLANK


def test_the_superior_is_shortened() -> None:
    assert offices.superior_line("Ủy ban nhân dân thành phố Tây Ninh") == "UBND THÀNH PHỐ TÂY NINH"


@pytest.mark.parametrize("name", ["PHÒNG NỘI VỤ", "THÀNH PHỐ TÂY NINH", "CƠ QUAN TỔ CHỨC - NỘI VỤ THỊ XÃ"])
def test_the_line_under_a_name_is_a_third_to_a_half_of_it(name: str) -> None:
    line = len(offices.line_under(name, 12)) * 3  # underscores of 6 points are 3 wide
    width = text_width(name, 12, bold=True)
    assert 1 / 3 <= line / width <= 1 / 2  # reckoned generously ...
    assert 1 / 3 <= line / (width / 1.12) <= 1 / 2  # ... and as the font measures
