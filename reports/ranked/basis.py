"""The sheet `Căn cứ`: what the results rest on, and the cut-offs that the grades' formulas read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version

from xlsxwriter.worksheet import Worksheet

from criteria.document import vietnamese_date
from criteria.exact import as_float
from criteria.model import CriteriaSet, Grade
from evidence.round import Round
from reports.decision_words import (
    floors_words,
    group_title,
    limit_sentence,
    policy_sentences,
    quota_sentence,
)
from reports.sheet.page import Page, set_columns, set_up_print, write_marks, write_title
from reports.sheet.places import GradeTable, GradeTables, cell, on
from reports.sheet.styles import Styles
from reports.wording import (
    appraisers_of,
    basis_line,
    provenance_status,
    subject,
    upper_first,
)
from scoring.results import Results

BASIS_SHEET = "Căn cứ"
_WIDTHS = (8.0, 21.0, 24.0, 12.0, 22.0, 69.0)


def program_version() -> str:
    """Version of danvan as installed."""
    try:
        return version("danvan")
    except PackageNotFoundError:
        return "0.1.0"


def write_basis(
    sheet: Worksheet, styles: Styles, round_: Round, results: Results, marks: tuple[str, ...]
) -> GradeTables:
    """Writes the sheet; gives the places of the grades' labels and cut-offs."""
    page = Page(sheet, styles, _WIDTHS)
    set_columns(page)
    title = f"CĂN CỨ CỦA KẾT QUẢ {subject(round_).upper()}"
    write_title(page, title, (), basis_line(round_))
    write_marks(page, marks)
    sections = [(0, 0.0)]

    def begin(title: str) -> None:
        if page.row > first:
            sections.append((page.row, page.height))
        page.next_row(8)
        page.line(f"{len(sections)}. {title}", "section")

    first = page.row
    begin("Văn bản và bộ tiêu chí")
    _pairs(page, _documents(round_))
    begin("Cách tính")
    _pairs(page, policy_sentences(results.criteria))
    grades = GradeTables(GradeTable(), {}, {})
    if results.criteria.labels:
        begin("Ngưỡng xếp loại")
        grades = _grade_tables(page, round_, results)
    if results.criteria.limits or results.criteria.quotas:
        begin("Khống chế xếp loại")
        _limits(page, results.criteria)
    begin("Nhóm tiêu chí và cơ quan thẩm định")
    _groups(page, round_)
    set_up_print(page, marks, sections=sections)
    return grades


def _documents(round_: Round) -> Iterator[tuple[str, str]]:
    criteria, plan = round_.criteria, round_.plan
    decision = criteria.decision
    yield "Quyết định", decision.document.named
    until = f" đến {vietnamese_date(decision.in_force_to)}" if decision.in_force_to else ""
    yield "Hiệu lực", f"từ {vietnamese_date(decision.in_force_from)}{until}"
    if decision.replaces:
        yield "Thay thế", "; ".join(old.named for old in decision.replaces)
    if decision.replaced_by:
        yield "Được thay thế bởi", decision.replaced_by.named
    yield "Bộ tiêu chí", criteria.title
    yield "Độ tin cậy của bộ tiêu chí", provenance_status(criteria)
    for name in criteria.provenance.sources.values():
        yield "Nguồn", name
    yield "Kế hoạch năm", f"{plan.document.named}: {plan.title}"
    for above in plan.under:
        yield "Thực hiện", above.named
    if plan.source:
        yield "Nguồn của kế hoạch", plan.source
    for warning in round_.warnings:
        yield "Cần đối chiếu", warning
    yield "Đợt đánh giá", f"{round_.id}, năm {round_.year}, {len(round_.units)} đơn vị"
    yield "Tệp bộ tiêu chí", f"{criteria.id}, bản {criteria.version}"
    yield "Tệp kế hoạch", f"{plan.id}, bản {plan.version}"
    yield "Chương trình", f"danvan {program_version()}"


def _pairs(page: Page, pairs: Iterator[tuple[str, str]]) -> None:
    """A line for each pair: what it is, bold, and what there is to say."""
    for label, text in pairs:
        heights = page.fit(label, 0, 1, "bold_text"), page.fit(text, 2, page.last)
        row = page.next_row(max(heights))
        page.put(row, 0, 1, label, page.styles("bold_text"))
        page.put(row, 2, page.last, text, page.styles("text"))


def _grade_tables(page: Page, round_: Round, results: Results) -> GradeTables:
    """A table for the blocks that have none of their own, then one for each of the others."""
    criteria = results.criteria
    unit = "Từ (điểm)" if criteria.policy.grade_on == "points" else "Từ (%)"
    labels: dict[str, str] = {}
    default, by_block = GradeTable(), {}
    if criteria.grades:
        title = "Các khối còn lại" if criteria.grades_by_block else ""
        default = _grade_table(page, criteria, criteria.grades, title, unit, labels)
    for block, grades in criteria.grades_by_block.items():
        title = round_.block_line(block)
        by_block[block] = _grade_table(page, criteria, grades, title, unit, labels)
    return GradeTables(default, by_block, {label: labels[label] for label in criteria.labels})


def _grade_table(
    page: Page,
    criteria: CriteriaSet,
    grades: Sequence[Grade],
    title: str,
    unit: str,
    labels: dict[str, str],
) -> GradeTable:
    """One table of grades; adds to `labels` the addresses of those that it names first."""
    styles, sheet = page.styles, page.sheet
    if title:
        page.line(title, "block")
    with_floors = any(grade.floors for grade in grades)
    head = _heads(page, ("STT", "Xếp loại", unit))
    if with_floors:
        page.put(head, 4, page.last, "Điều kiện kèm theo", styles("head"))
    names, starts = [], []
    for number, grade in enumerate(grades, 1):
        floors = upper_first(floors_words(criteria, grade.floors))
        row = page.next_row(max(18, page.fit(floors, 4, page.last)))
        sheet.write_number(row, 0, number, styles("centre"))
        page.put(row, 1, 2, grade.label, styles("text"))
        style = styles("number", num_format='"trên "General') if grade.above else styles("number")
        sheet.write_number(row, 3, as_float(grade.start), style)
        if with_floors:
            page.put(row, 4, page.last, floors, styles("text"))
        names.append(on(sheet.name, cell(row, 1, fixed=True)))
        starts.append(on(sheet.name, cell(row, 3, fixed=True)))
        labels.setdefault(grade.label, names[-1])
    return GradeTable(tuple(names), tuple(starts))


def _limits(page: Page, criteria: CriteriaSet) -> None:
    """The limits in the order in which they are applied, then the quotas."""
    sentences = [(limit_sentence(limit), criteria.basis(limit.cite)) for limit in criteria.limits]
    sentences += [(quota_sentence(quota), criteria.basis(quota.cite)) for quota in criteria.quotas]
    row = page.next_row(20)
    page.sheet.write_string(row, 0, "STT", page.styles("head"))
    page.put(row, 1, 4, "Quy định", page.styles("head"))
    page.sheet.write_string(row, 5, "Căn cứ", page.styles("head"))
    for number, (text, basis) in enumerate(sentences, 1):
        row = page.next_row(max(page.fit(text, 1, 4), page.fit(basis, 5)))
        page.sheet.write_number(row, 0, number, page.styles("centre"))
        page.put(row, 1, 4, text, page.styles("text"))
        page.sheet.write_string(row, 5, basis, page.styles("text"))


def _groups(page: Page, round_: Round) -> None:
    styles, sheet, criteria = page.styles, page.sheet, round_.criteria
    _heads(page, ("Nhóm", "Nội dung", "Điểm tối đa", "Cơ quan thẩm định", "Căn cứ"))
    for group in criteria.groups:
        who, basis = appraisers_of(round_.plan, group), criteria.basis(group.cite)
        title = group_title(group)
        heights = page.fit(title, 1, 2), page.fit(who, 4), page.fit(basis, 5)
        row = page.next_row(max(heights))
        sheet.write_string(row, 0, group.id, styles("centre"))
        page.put(row, 1, 2, title, styles("text"))
        sheet.write_number(row, 3, as_float(group.top), styles("number"))
        sheet.write_string(row, 4, who, styles("text"))
        sheet.write_string(row, 5, basis, styles("text"))


def _heads(page: Page, texts: tuple[str, ...]) -> int:
    """The head of a table whose second column takes two of the sheet's; gives its row."""
    row = page.next_row(20)
    for number, text in enumerate(texts):
        first = number if number < 2 else number + 1
        page.put(row, first, 2 if number == 1 else first, text, page.styles("head"))
    return row
