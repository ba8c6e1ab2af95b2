"""The head of a draft: what the text around the tables says of the decision, placeholders for the rest."""

from __future__ import annotations

import re
from collections.abc import Sequence

from criteria.citations import Citation, find_citations
from criteria.importer.rows import Annex
from criteria.text_yaml import Path, Value

UNKNOWN_DAY = "1900-01-01"
SOURCE = "phuluc"
_ISSUED_WITH = re.compile(r"kèm\s+theo\s*$", re.IGNORECASE)
_TITLE = re.compile(r"tiêu chí|thang điểm|bảng điểm|bảng chấm|chấm điểm", re.IGNORECASE)
_NOT_TITLE = re.compile(r"kèm theo|quyết định số|căn cứ|^\W*phụ lục\W*[ivx\d]*\W*$", re.IGNORECASE)


def decision_of(annex: Annex) -> Citation | None:
    """The decision that an annex belongs to: the one it is issued with, else the file's own number."""
    text = " ".join(" ".join([*annex.before, "", *annex.after]).split())
    found = [item for item in find_citations(text) if item.kind in ("QĐ", "")]
    for item in found:
        if _ISSUED_WITH.search(text[max(0, item.start - 20) : item.start]):
            return item
    heads = (item for item in found if re.match(r"số\s*:", item.text, re.IGNORECASE) and item.kind == "QĐ")
    return next(heads, None)


def title_of(annex: Annex) -> str:
    """The heading above the first table that names criteria, on one line; nothing where there is none."""
    lines = [line.strip() for line in "\n".join(annex.before[-30:]).split("\n")]
    for order in range(len(lines) - 1, -1, -1):
        if _TITLE.search(lines[order]) and not _NOT_TITLE.search(lines[order]):
            begin = order
            # a heading over several lines: all in capitals
            while begin and lines[order].isupper() and lines[begin - 1].isupper():
                if _NOT_TITLE.search(lines[begin - 1]):
                    break
                begin -= 1
            end = order + 1
            while end < len(lines) and lines[order].isupper() and lines[end].isupper():
                end += 1
            return " ".join(" ".join(lines[begin:end]).split())
    return ""


def head(
    id_: str, title: str | None, file: str, annex: Annex, scale: str, steps: Sequence[tuple[Path, str]]
) -> tuple[dict[str, Value], dict[Path, str]]:
    """The keys of a draft before its groups, and the remarks on them; `steps` are remarks known already."""
    remarks: dict[Path, str] = dict(steps)
    act = decision_of(annex)
    decision, source = _decision(act, file, remarks)
    own = title or title_of(annex)
    if not title:
        said = "tên lấy từ dòng tiêu đề của phụ lục" if own else "không tìm thấy tên của bộ tiêu chí"
        remarks["title",] = said
    remarks["policy", "percent"] = "cách làm tròn tỷ lệ %, không ghi trong bảng"
    remarks["policy", "grade_on"] = "xếp loại theo tỷ lệ % trên điểm áp dụng hay theo điểm (points)"
    remarks["unit_types",] = (
        "khai các loại đơn vị được chấm; tiêu chí nào chỉ dành cho một loại thì thêm applies_to"
    )
    remarks["grades",] = "khai các mức xếp loại và ngưỡng, ví dụ {label: Tốt, from: 90}"
    value: dict[str, Value] = {
        "criteria": id_,
        "title": own or "(chưa có tên)",
        "decision": decision,
        "provenance": {
            "status": "reconstructed",
            "checked": None,
            "note": f"Bản nháp nhập từ tệp {file}, chưa có người đối chiếu với phụ lục.",
            "sources": {SOURCE: source},
        },
        "scale": scale,
        "policy": {
            "percent": {"digits": "2", "rounding": "half_up"},
            "grade_on": "percent_of_applicable",
        },
        "unit_types": {"don-vi": "Đơn vị"},
        "grades": [],
    }
    return value, remarks


def _decision(act: Citation | None, file: str, remarks: dict[Path, str]) -> tuple[Value, str]:
    at = ("decision", "number")
    if act is None:
        remarks[at] = "không tìm thấy số của quyết định trong tệp"
    elif act.slip:
        remarks[at] = f"trong tệp ghi “{act.slip}”"
    day = act.date.isoformat() if act and act.date else None
    if day is None:
        wrong = f"; trong tệp ghi “{act.bad_date}”" if act and act.bad_date else ""
        remarks["decision", "date"] = f"không tìm thấy ngày của quyết định{wrong}"
    if not (act and act.issuer):
        remarks["decision", "issuer"] = "không tìm thấy cơ quan ban hành"
    begin = "tạm lấy ngày ký" if day else "chưa biết ngày có hiệu lực, đây là ngày giữ chỗ"
    remarks["decision", "in_force"] = begin
    decision: Value = {
        "number": act.number if act else None,
        "date": day,
        "issuer": (act.issuer if act else None) or "(chưa rõ cơ quan ban hành)",
        "in_force": {"from": day or UNKNOWN_DAY},
        "replaces": [],
    }
    named = f"kèm theo {_cited(act)} " if act else ""
    return decision, f"Phụ lục {named}(tệp {file})"


def _cited(act: Citation) -> str:
    day = f" ngày {act.date.day:02d}/{act.date.month:02d}/{act.date.year}" if act.date else ""
    return f"Quyết định số {act.number}{day}" + (f" của {act.issuer}" if act.issuer else "")
