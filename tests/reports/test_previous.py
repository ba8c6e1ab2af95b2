"""The column against the year before: what each unit was, in the workbook and on the page alike."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from criteria.catalogue import Refusal
from evidence.round import load_round
from reports.comparison.previous import HEADING, changes_since_previous
from reports.outcome import outcome
from reports.outputs import write_outputs
from reports.web.sections import write_outcome_page
from tests.reports.small_folder import CRITERIA, make_round
from tests.reports.test_compare import MERGERS, NOW, THEN
from tests.reports.test_web import rows_of

WORDS = {
    "A": "Giảm 2 bậc (1 → 3)",
    "BC": "Sáp nhập từ UBND xã B (hạng 2/6); UBND xã C (hạng 6/6)",
    "D1": "Tách từ UBND xã D (hạng 4/6)",
    "D2": "Tách từ UBND xã D (hạng 4/6)",
    "E9": "Tăng 3 bậc (5 → 2); Yếu → Tốt",
    "G": "Mới",
}
QUOTA = "limits:\n"
WITH_QUOTA = "quotas:\n  - {{grade: Tốt, at_most: 20, of: rated, by: all, cite: vd}}\nlimits:\n"


@pytest.fixture(scope="module")
def newer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A round whose `dot.yaml` names the one before, with a table of mergers and a quota."""
    folder = tmp_path_factory.mktemp("hai-nam")
    write_outputs(outcome(load_round(make_round(folder / "nam-2023", THEN, 2023))))
    more = 'previous: "../nam-2023"\n'
    criteria = CRITERIA.replace(QUOTA, WITH_QUOTA)
    made = make_round(folder / "nam-2024", NOW, 2024, more=more, criteria=criteria)
    (made / "sap-nhap.csv").write_text(MERGERS, encoding="utf-8")
    return made


def test_workbook_and_page_say_the_same(newer: Path) -> None:
    found = outcome(load_round(newer))
    write_outputs(found)
    sheet = openpyxl.load_workbook(newer / "ket-qua" / "xep-hang.xlsx").worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(row for row in rows if HEADING in row)
    code, change = head.index("Mã đơn vị"), head.index(HEADING)
    assert {row[code]: row[change] for row in rows if row[code] in WORDS} == WORDS
    page = rows_of(write_outcome_page(found))
    assert all(WORDS[code] in cells for code, cells in page.items())


def test_an_exceeded_quota_is_told_below_the_ranking(newer: Path) -> None:
    write_outputs(outcome(load_round(newer)))
    sheet = openpyxl.load_workbook(newer / "ket-qua" / "xep-hang.xlsx").worksheets[0]
    told = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert any(text.startswith("Tỷ lệ khống chế (") and "vượt tỷ lệ" in text for text in told)


def test_no_column_without_an_earlier_round(tmp_path: Path) -> None:
    found = outcome(load_round(make_round(tmp_path / "nam-2024", NOW, 2024)))
    assert changes_since_previous(found.round, found.results) == {}
    assert HEADING not in write_outcome_page(found).read_text(encoding="utf-8")


def test_an_earlier_round_without_results_is_refused(newer: Path, tmp_path: Path) -> None:
    make_round(tmp_path / "nam-2023", THEN, 2023)
    made = make_round(tmp_path / "nam-2024", NOW, 2024, more='previous: "../nam-2023"\n')
    found = outcome(load_round(made))
    with pytest.raises(Refusal, match="danvan score"):
        changes_since_previous(found.round, found.results)


def test_mistakes_in_the_table_of_mergers_are_told(newer: Path) -> None:
    found = outcome(load_round(newer))
    path = newer / "sap-nhap.csv"
    path.write_text(MERGERS.replace("01/07/2024", "hôm qua", 1), encoding="utf-8")
    try:
        with pytest.raises(Refusal, match=r"sap-nhap\.csv.* có 2 lỗi"):
            changes_since_previous(found.round, found.results)
    finally:
        path.write_text(MERGERS, encoding="utf-8")
