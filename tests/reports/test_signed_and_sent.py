"""What is signed and sent says the same everywhere.

1. The ranked workbooks of the example round and of one of 200 units, recalculated: every formula gives the
   value that is stored with it.
2. Over the sheet of lost points, each unit's lines add up to its maximum less its final points, exactly.
3. Figures in Word, Excel, the HTML page and `results.json` agree, unit by unit.
4. Terminal, notice and page explain a unit alike: each lost point with its reason, and how to win the next grade.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from benchmarks.rounds import make_table
from criteria.exact import thousandths
from evidence.round import Round, load_round
from reports.explanation import explain_text
from reports.official.drafts import drafts_of
from reports.official.writing import Scored, write_drafts
from reports.outcome import Outcome, outcome
from reports.ranked.losses import LOSSES_SHEET
from reports.ranked.workbook import write_ranked
from reports.record import results_json
from reports.standing import standings
from reports.web.content import anchor
from reports.web.page import write_page
from scoring.trace import next_grade
from tests.libreoffice import needs_libreoffice, recalculate
from tests.reports.official.made import opened, texts
from tests.reports.test_recalculated import same
from tests.reports.test_web import rows_of
from tests.reports.workbooks import Workbook, read

DASHES = {"", "–", "Chưa xếp loại"}


@dataclass(frozen=True)
class Sent:
    """An outcome with all that was written of it."""

    found: Outcome
    book: Path
    page: Path
    word: dict[str, Path]


@pytest.fixture(scope="module")
def demo(demo_round: Round, tmp_path_factory: pytest.TempPathFactory) -> Sent:
    """The example round with everything that is signed and sent of it."""
    folder = tmp_path_factory.mktemp("gui-di")
    found = outcome(demo_round)
    book, page = folder / "xep-hang.xlsx", folder / "ket-qua.html"
    write_ranked(book, demo_round, found.results, found.reasons)
    write_page(page, demo_round, found.results, found.steps, found.advice_lines)
    told = Scored(found.results, found.steps, found.advice_lines)
    elsewhere = replace(demo_round, folder=folder)
    codes = [unit.code for unit in demo_round.units]
    drafts = write_drafts(elsewhere, told, drafts_of(("quyet-dinh", "thong-bao"), True), codes)
    return Sent(found, book, page, {path.stem: path for path in drafts})


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> tuple[Outcome, Path]:
    """A round of 200 units with its workbook."""
    folder = tmp_path_factory.mktemp("hai-tram")
    make_table(folder / "dot", 200)
    found = outcome(load_round(folder / "dot"))
    write_ranked(folder / "xep-hang.xlsx", found.round, found.results, found.reasons)
    return found, folder / "xep-hang.xlsx"


# 1 ----------------------------------------------------------------------------------------------


@needs_libreoffice
def test_every_formula_gives_its_stored_value(
    demo: Sent, many: tuple[Outcome, Path], tmp_path: Path
) -> None:
    paths = [demo.book, many[1]]
    for path, copy in zip(paths, recalculate(paths, tmp_path), strict=True):
        written, again = read(path), read(copy)
        assert len(written.formulas) > 300
        wrong = {
            place: (written.values[place], again.values.get(place, ""), formula)
            for place, formula in written.formulas.items()
            if not same(written.values[place], again.values.get(place, ""))
        }
        assert not wrong


# 2 ----------------------------------------------------------------------------------------------


def test_lost_points_add_up_for_every_unit(demo: Sent, many: tuple[Outcome, Path]) -> None:
    for found, path in ((demo.found, demo.book), many):
        lost: dict[str, Fraction] = {}
        for line in read(path).table(LOSSES_SHEET, "Mã đơn vị"):
            points = Fraction(str(line["Điểm mất"]))
            lost[line["Mã đơn vị"]] = lost.get(line["Mã đơn vị"], Fraction(0)) + points
        for unit in standings(found.results):
            due = 0 if unit.final is None else unit.max - unit.final
            assert lost.get(unit.code, 0) * 1000 == due, unit.code


# 3 ----------------------------------------------------------------------------------------------


def test_figures_agree_in_four_places(demo: Sent) -> None:
    record = results_json(demo.found.round, demo.found.results)["units"]
    excel, html, word = _excel(read(demo.book)), _html(demo.page), _word(demo.word["quyet-dinh"])
    for unit in record:
        told = {key: unit[key] for key in ("rank", "max", "self", "final", "percent", "grade")}
        assert excel[unit["code"]] == html[unit["code"]] == word[unit["name"]] == told


HEADS = {
    "Hạng": "rank",
    "Điểm tối đa áp dụng": "max",
    "Điểm tự chấm": "self",
    "Điểm cuối cùng": "final",
    "Tỷ lệ (%)": "percent",
    "Xếp loại": "grade",
}
_WORD = ("rank", "name", "max", "self", "appraised", "final", "percent", "grade")


def _told(key: str, shown: Any) -> Any:
    """A shown cell as the record has it."""
    if str(shown) in DASHES:
        return None
    if key == "grade":
        return shown
    whole, rest = divmod(thousandths(str(shown)), 1000)
    return whole if key == "rank" else f"{whole}.{rest:03}".rstrip("0").rstrip(".")


def _excel(book: Workbook) -> dict[str, dict[str, Any]]:
    sheets = [sheet for sheet in book.sheets if sheet.startswith("Xếp hạng")]
    lines = [line for sheet in sheets for line in book.table(sheet, "Mã đơn vị")]
    return {
        line["Mã đơn vị"]: {key: _told(key, line[head]) for head, key in HEADS.items()} for line in lines
    }


def _html(page: Path) -> dict[str, dict[str, Any]]:
    heads = re.findall(r"<button[^>]*>([^<]*)</button>", page.read_text(encoding="utf-8"))
    found = {}
    for code, cells in rows_of(page).items():
        line = dict(zip(heads, cells, strict=False))
        found[code] = {key: _told(key, line[head]) for head, key in HEADS.items()}
    return found


def _word(path: Path) -> dict[str, dict[str, Any]]:
    tables = [table for table in opened(path).tables if "Hạng" in table.rows[0].cells[0].text]
    rows = [[cell.text for cell in row.cells] for table in tables for row in table.rows[1:]]
    lines = (dict(zip(_WORD, row, strict=True)) for row in rows)
    return {line["name"]: {key: _told(key, line[key]) for key in HEADS.values()} for line in lines}


# 4 ----------------------------------------------------------------------------------------------


def test_three_places_explain_a_unit_alike(demo: Sent) -> None:
    found = demo.found
    advised = 0
    for unit in standings(found.results):
        steps, advice = found.steps(unit.code), found.advice_lines(unit.code)
        above = next_grade(found.results, unit.code)
        own = found.advices.get(unit.code)
        terminal = explain_text(found.round, found.results, unit.code, steps, above, own)
        notice = "\n".join(texts(opened(demo.word[unit.code])))
        page = _unit_text(demo.page, unit.code)
        lost = [step for step in steps if step.final is not None and step.lost]
        wanted = [step.sentence for step in lost if unit.final is not None]
        wanted += [said.reason for step in lost for said in step.history if said.reason]
        wanted += [line.strip() for line in advice]
        wanted += [applied.text for applied in unit.limits]
        advised += bool(advice)
        for where in (terminal, notice, page):
            missing = [text for text in wanted if _plain(text) not in _plain(where)]
            assert not missing, unit.code
    assert advised > 5


def _unit_text(page: Path, code: str) -> str:
    data = re.search(rf'id="{anchor(code)}-du-lieu">(.*?)</script>', page.read_text("utf-8"), re.S)
    assert data
    own = json.loads(data[1])
    return "\n".join([*own["notes"], *(text for step in own["steps"] for text in step["why"])])


def _plain(text: str) -> str:
    """Without what Word sets otherwise: runs of blanks, dashes before items."""
    lines = (line.strip().removeprefix("- ") for line in text.splitlines())
    return " ".join(" ".join(lines).split())
