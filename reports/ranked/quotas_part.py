"""Quotas on a grade as proposals: on `Tổng hợp` and in the terminal's text; a person decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from evidence.round import Round
from reports.sheet.page import Page
from scoring.quotas import Proposal
from scoring.results import Results


def proposal_lines(round_: Round, proposal: Proposal, names: Mapping[str, str]) -> list[str]:
    """A proposal as lines of text: the sentence, then the names that it speaks of."""
    where = f" ({round_.blocks[proposal.block]})" if proposal.block else ""
    return [
        f"Tỷ lệ khống chế{where}: {proposal.text}",
        *(f"  {label}: {'; '.join(units)}" for label, units in _named(proposal, names)),
    ]


def write_quotas(page: Page, round_: Round, results: Results) -> None:
    """Writes a line for each proposal and, where a quota is exceeded, one for each set of names."""
    names = dict(zip(results.units["code"], results.units["name"], strict=True))
    page.next_row(10)
    page.line("Tỷ lệ khống chế xếp loại: đề nghị, không tự thay đổi xếp loại", "section")
    for proposal in results.proposals:
        block = round_.blocks[proposal.block] if proposal.block else "Toàn đợt"
        _line(page, block, proposal.text, "bold_text")
        for label, units in _named(proposal, names):
            _line(page, label, "; ".join(units), "text")


def _line(page: Page, label: str, text: str, style: str) -> None:
    row = page.next_row(max(20, page.fit(label, 0, 0, style), page.fit(text, 1, page.last, style)))
    page.put(row, 0, 0, label, page.styles(style))
    page.put(row, 1, page.last, text, page.styles(style))


def _named(proposal: Proposal, names: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
    """What is said of whom, where the quota is exceeded."""
    if not proposal.undecided and not proposal.over:
        return
    sets = (("Đề nghị giữ", proposal.keep), ("Cần chọn", proposal.undecided), ("Vượt", proposal.over))
    for label, codes in sets:
        if codes:
            yield label, [names[code] for code in codes]
