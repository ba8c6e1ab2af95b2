"""Whether a decision may be used for a year, and whether a plan cites documents as they are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from criteria.citations import find_citations
from criteria.document import DocumentRef, vietnamese_date
from criteria.model import CriteriaSet, Plan
from criteria.register import Clash, RegisteredDocument, check_citations, load_register


def currency_warnings(criteria: CriteriaSet | None, plan: Plan, year: int) -> tuple[str, ...]:
    """Vietnamese sentences about the decision's days and the plan's citations; empty where all is well."""
    register = load_register()
    real = criteria is not None and criteria.provenance.status != "example"
    found = list(_decision_warnings(criteria, year, register)) if criteria and real else []
    return (*found, *_citation_warnings(plan, register))


def _decision_warnings(
    criteria: CriteriaSet, year: int, register: tuple[RegisteredDocument, ...]
) -> Iterator[str]:
    decision = criteria.decision
    first, last = date(year, 1, 1), date(year, 12, 31)
    name = f"Quyết định {decision.document.number or criteria.id}"
    if decision.in_force_from > last:
        start = vietnamese_date(decision.in_force_from)
        yield f"{name} có hiệu lực từ ngày {start}, sau năm đánh giá {year}."
    if decision.in_force_to and decision.in_force_to < first:
        end = vietnamese_date(decision.in_force_to)
        yield f"{name} đã hết hiệu lực từ ngày {end}, trước năm đánh giá {year}."
    if decision.replaced_by and (decision.replaced_by.date or first) <= last:
        yield _replaced(name, decision.replaced_by, year)
    for document in register:
        same_number = document.number == decision.document.number
        if same_number and document.issuer.casefold() == decision.document.issuer.casefold():
            known, ours = document.date, decision.document.date
            if known and ours and known != ours:
                yield (
                    f"{name}: bộ tiêu chí ghi ngày {vietnamese_date(ours)}, "
                    f"sổ tra cứu văn bản ghi ngày {vietnamese_date(known)}; cần đối chiếu với bản gốc."
                )


def _replaced(name: str, by: DocumentRef, year: int) -> str:
    if by.certainty == "inferred":
        return (
            f"{name} có thể đã được thay thế bởi {by} (suy luận, chưa đọc được văn bản); "
            f"cần kiểm tra trước khi dùng cho năm {year}."
        )
    return f"{name} đã được thay thế bởi {by}; không nên dùng cho năm {year}."


def _citation_warnings(plan: Plan, register: tuple[RegisteredDocument, ...]) -> Iterator[str]:
    for text, passage in plan.cites:
        for clash in check_citations(find_citations(text), register):
            sentence = _clash_sentence(clash, text, passage)
            if sentence:
                yield sentence


def _clash_sentence(clash: Clash, text: str, passage: str) -> str:
    document = clash.document
    where = f"Kế hoạch, mục {passage}, ghi “{text}”"
    if document is None:
        return ""  # a document that we never read is no mistake of the plan's
    if clash.what == "date":
        known = vietnamese_date(document.date) if document.date else "chưa rõ"
        return f"{where}: sổ tra cứu văn bản ghi {document.number} ban hành ngày {known}; cần đối chiếu."
    return f"{where}: cách viết số, ký hiệu chưa đúng, nên là {document.number}."
