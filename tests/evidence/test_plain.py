"""Reading without a parser: what it takes, it reads exactly as the parser does.

1. A form as written is plain; so are days, marks, texts with signs and lone formulas.
2. Every case of tests/workbooks and damaged forms give the same sheets with and without it.
"""

from __future__ import annotations

import random
from typing import Any

import pytest

from evidence import guard
from evidence.filling import Filling, FormDocument, FormEntry
from evidence.form import write_form
from evidence.note import Unreadable
from evidence.round import Round
from evidence.workbook import parse
from tests.evidence.fillings import best
from tests.evidence.other_rules import COUNTINGS, make_round
from tests.evidence.test_workbooks import PASS, files_of
from tests.fuzz.mutations import damaged

DAMAGED = 150


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A filled form."""
    rules: Round = make_round(tmp_path_factory.mktemp("plain"), COUNTINGS[0], ["a"])
    entries = {leaf.id: best(leaf) for leaf in rules.criteria.criteria}
    entries["1.1"] = FormEntry("8,5 <&> “x”", None, "", "1-3", "hai\ndòng")
    path = rules.folder / "a.xlsx"
    documents = [FormDocument("12/BC-UBND", "03/4/2023", "UBND xã", "Báo cáo năm 2023")]
    write_form(path, rules, rules.units[0], Filling(entries, documents=documents))
    return path.read_bytes()


def read(data: bytes) -> Any:
    """Sheets with their facts and the notes; the code where it cannot be read. Types of cells count."""
    try:
        book = parse(data, "a.xlsx")
    except Unreadable as fault:
        return fault.code, fault.found
    rows = [[[(type(cell), cell) for cell in row] for row in sheet.rows] for sheet in book.sheets]
    return [(sheet.name, sheet.facts) for sheet in book.sheets], rows, book.notes


def test_a_form_as_written_needs_no_parser(form: bytes) -> None:
    assert guard.look_into(form).plain is not None


def test_the_parser_reads_the_same(form: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(7)
    cases = [form, *(damaged(form, rng).data for _ in range(DAMAGED))]
    small = [case for case in PASS if "million" not in case.name]
    cases += [data for case in small for data in files_of(case, form).values()]
    quick = [read(data) for data in cases]
    monkeypatch.setattr(guard, "_plainly", lambda parts: None)
    assert [number for number, data in enumerate(cases) if read(data) != quick[number]] == []
