"""Names of offices as an official document writes them, from what the plan says of its issuer.

Form: Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, mục II (2: offices; 4: place; 6: documents cited).
What the plan does not say is a dotted blank: nothing is guessed that somebody signs.
"""

from __future__ import annotations

import re
from dataclasses import replace

from criteria.document import DocumentRef
from criteria.model import Plan
from reports.sheet.measure import text_width
from reports.vietnamese import in_capitals, official_date
from reports.wording import upper_first

BLANK = "................................"
SHORT_BLANK = ".........."
BLANK_DATE = "ngày ..... tháng ..... năm ........."
_HEADS = {
    "phòng": "Trưởng phòng",
    "ban": "Trưởng ban",
    "sở": "Giám đốc",
    "thanh tra": "Chánh Thanh tra",
    "văn phòng": "Chánh Văn phòng",
    "ubnd": "Chủ tịch",
    "ủy ban nhân dân": "Chủ tịch",
}
_LINE_SHARE = 0.38  # of the text above: the decree asks for a third to a half
_RULE_SIZE = 6.0  # of the underscores that make a line
_LINE_WIDTH = 467.0  # points between the margins of the shipped templates


def spelt_out(name: str) -> str:
    """An office's name with `UBND`, `HĐND` spelt out."""
    name = re.sub(r"\bUBND\b", "Ủy ban nhân dân", name)
    return re.sub(r"\bHĐND\b", "Hội đồng nhân dân", name)


def issuer_name(plan: Plan) -> str:
    """The office that issued the plan, spelt out and without its head's title; a blank where not known."""
    name = re.sub(r"^chủ tịch\s+", "", plan.document.issuer, flags=re.IGNORECASE)
    return upper_first(spelt_out(name)) if name else BLANK


def lead_name(plan: Plan) -> str:
    """The office that leads the appraisal; a blank where the plan names none."""
    return next((item.name for item in plan.appraisers if item.role == "lead"), BLANK)


def superior_name(plan: Plan) -> str:
    """The office above, to which the yearly report goes, as far as the plan rests on its plan."""
    own = issuer_name(plan)
    above = (spelt_out(item.issuer) for item in plan.under if item.issuer)
    return next((upper_first(name) for name in above if name.casefold() != own.casefold()), BLANK)


def heading_lines(name: str) -> list[str]:
    """An office's name for the head of a document: in capitals, `ỦY BAN NHÂN DÂN` on a line of its own."""
    capitals = in_capitals(name)
    office = "ỦY BAN NHÂN DÂN"
    if capitals.startswith(f"{office} "):
        return [office, capitals.removeprefix(f"{office} ")]
    return [capitals]


def superior_line(name: str) -> str:
    """The directly superior office's name for the line above: capitals, common words shortened (II.2.a)."""
    return in_capitals(name).replace("ỦY BAN NHÂN DÂN", "UBND").replace("HỘI ĐỒNG NHÂN DÂN", "HĐND")


def head_of(office: str) -> str:
    """Who heads an office, with its name: `Trưởng phòng Nội vụ`, `Chủ tịch Ủy ban nhân dân ...`."""
    for word, title in _HEADS.items():
        if re.match(rf"{word}\b", office.casefold()):
            held = word in title.casefold()  # the title says the kind of office already
            return f"{title}{office[len(word) :]}" if held else f"{title} {office}"
    return f"Thủ trưởng {office}"


def title_of_head(office: str) -> str:
    """The title of an office's head for the signature, in capitals."""
    for word, title in _HEADS.items():
        if re.match(rf"{word}\b", office.casefold()):
            return in_capitals(title)
    return "THỦ TRƯỞNG"


def signed_for(office: str) -> list[str]:
    """The lines over a signature: a council's chairman signs for it (`TM.`), another head for himself."""
    title = title_of_head(office)
    if office.casefold().startswith("ủy ban nhân dân"):
        return ["TM. ỦY BAN NHÂN DÂN", title]
    return [title]


def sign_of(plan: Plan) -> str:
    """The office's letters in the signs of its documents, as its plan bears them: `UBND` of 49/KH-UBND."""
    return (plan.document.number or "").rpartition("-")[2] or SHORT_BLANK


def place_name(plan: Plan) -> str:
    """The place in the date line: the administrative unit's official name, in full (II.4.a)."""
    return upper_first(plan.locality.partition(",")[0]) or SHORT_BLANK


def cited(document: DocumentRef, title: str = "") -> str:
    """A document as the bases cite it: kind, number, date, issuer, and what it is about where known."""
    if not (document.number or "")[:1].isdigit():
        return document.named
    name = replace(document, date=None, issuer="").named
    when = f" {official_date(document.date)}" if document.date else ""
    by = f" của {spelt_out(document.issuer)}" if document.issuer else ""
    return f"{name}{when}{by}" + (f" về {title}" if title else "")


def plan_cited(plan: Plan) -> str:
    """The plan as the bases cite it; what it does not say of its number and date stays blank."""
    match = re.match(r"kế hoạch\s+", plan.title, flags=re.IGNORECASE)
    if match is None:
        return cited(plan.document)
    number = plan.document.number or SHORT_BLANK
    when = official_date(plan.document.date) if plan.document.date else BLANK_DATE
    about = plan.title[match.end() :]
    return f"Kế hoạch số {number} {when} của {issuer_name(plan)} {about}"


def line_under(text: str, size: float, share: float = _LINE_SHARE) -> str:
    """Underscores that make a line of this share of the text's length, or of a full line where it wraps.

    The sample forms of the decree (Phụ lục III) draw their lines so; the template gives them 6 points.
    """
    width = min(text_width(text, size, bold=True), _LINE_WIDTH)
    return "_" * max(round(width * share / (_RULE_SIZE / 2)), 1)
