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
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from benchmarks.rounds import make_table
from criteria.exact import thousandths
from evidence.registers.decisions import Ruling, record_decision
from evidence.registers.facts import Fact, record_fact
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
from tests.reports.small_folder import CRITERIA, make_round
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
    return sent_of(outcome(demo_round), tmp_path_factory.mktemp("gui-di"))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Sent:
    """A round in which persons judged otherwise than the units: appraised, decided, limited, bonus, penalty.

    A is lowered by a fact, B has KPS and a point by decision, C lost its claim, D was added to and held
    to the maximum, E falls below nothing, G sent nothing.
    """
    folder = tmp_path_factory.mktemp("nho")
    make_round(folder / "dot", POINTS_OF_SIX, criteria=MORE_CRITERIA)
    (folder / "dot" / "bang-diem.csv").write_text(TABLE, encoding="utf-8")
    round_ = load_round(folder / "dot")
    day, now = date(2023, 10, 30), datetime(2023, 10, 30, 8)
    fact = Fact("A", "bi-ky-luat", "12/QĐ-UBND", day, "Nguyễn Văn A", "")
    record_fact(round_.folder, round_.by_code["A"], fact, round_.criteria.facts, now)
    for unit, criterion, points in (("B", "1.1", "9,5 điểm"), ("B", "1.2", "KPS"), ("C", "2.1", "1 điểm")):
        ruling = Ruling("Hội đồng xem lại", "9/BB-HĐ", "Hội đồng thẩm định", day)
        record_decision(round_, round_.by_code[unit], round_.criteria.by_id[criterion], points, ruling, now)
    return sent_of(outcome(load_round(round_.folder)), folder)


POINTS_OF_SIX = "".join(f"{code} - - -\n" for code in "ABCDEG")
TABLE = """\
Mã đơn vị;Tên đơn vị;Loại điểm;1.1;1.2;1.3;2.1;3.1
A;;Tự chấm;10;6;4;0;0
A;;Thẩm định;9,5;6;4;0;0
B;;Tự chấm;10;6;4;1;0
B;;Thẩm định;8;5,25;4;1;0,5
C;;Tự chấm;7;4;2;2;0
C;;Thẩm định;6;KPS;2;0;0,75
D;;Tự chấm;10;6;4;2;0
D;;Thẩm định;10;6;3,5;2;0
E;;Tự chấm;1;0;0;0;0
E;;Thẩm định;0,5;0;0;0;3
"""
MORE_CRITERIA = (
    CRITERIA
    + """\
  - id: "2"
    title: Điểm thưởng
    kind: bonus
    max: 2
    cite: vd
    criteria: [{{id: "2.1", title: Mô hình hay, max: 2, kind: judged, cite: vd}}]
  - id: "3"
    title: Điểm trừ
    kind: penalty
    max: 3
    cite: vd
    criteria: [{{id: "3.1", title: Chậm báo cáo, max: 3, kind: judged, cite: vd}}]
"""
)


def sent_of(found: Outcome, folder: Path) -> Sent:
    """All that is signed and sent of an outcome, written into a folder."""
    book, page = folder / "xep-hang.xlsx", folder / "ket-qua.html"
    write_ranked(book, found.round, found.results, found.reasons)
    write_page(page, found.round, found.results, found.steps, found.advice_lines)
    told = Scored(found.results, found.steps, found.advice_lines)
    elsewhere = replace(found.round, folder=folder)
    codes = [unit.code for unit in found.round.units]
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
    demo: Sent, small: Sent, many: tuple[Outcome, Path], tmp_path: Path
) -> None:
    paths = [demo.book, many[1], small.book.rename(small.book.with_stem("nho"))]
    copies = recalculate(paths, tmp_path)
    paths[2].rename(small.book)
    paths[2] = small.book
    for path, copy in zip(paths, copies, strict=True):
        written, again = read(path), read(copy)
        assert len(written.formulas) > (100 if path == small.book else 300)
        wrong = {
            place: (written.values[place], again.values.get(place, ""), formula)
            for place, formula in written.formulas.items()
            if not same(written.values[place], again.values.get(place, ""))
        }
        assert not wrong


# 2 ----------------------------------------------------------------------------------------------


def test_lost_points_add_up_for_every_unit(demo: Sent, small: Sent, many: tuple[Outcome, Path]) -> None:
    for found, path in ((demo.found, demo.book), (small.found, small.book), many):
        lost: dict[str, Fraction] = {}
        for line in read(path).table(LOSSES_SHEET, "Mã đơn vị"):
            points = Fraction(str(line["Điểm mất"]))
            lost[line["Mã đơn vị"]] = lost.get(line["Mã đơn vị"], Fraction(0)) + points
        for unit in standings(found.results):
            due = 0 if unit.final is None else unit.max - unit.final
            assert lost.get(unit.code, 0) * 1000 == due, unit.code


# 3 ----------------------------------------------------------------------------------------------


def test_figures_agree_in_four_places(demo: Sent, small: Sent) -> None:
    for sent in (demo, small):
        record = results_json(sent.found.round, sent.found.results)["units"]
        excel, html, word = _excel(read(sent.book)), _html(sent.page), _word(sent.word["quyet-dinh"])
        for unit in record:
            told = {key: unit[key] for key in HEADS.values()}
            assert excel[unit["code"]] == html[unit["code"]] == word[unit["name"]] == told, unit["code"]


def test_the_small_round_holds_what_it_is_there_for(small: Sent) -> None:
    """By hand: A 19,5 of 20 is Tốt and lowered to Khá; B 9,5 + 4 + 1 - 0,5 of 14; C 6 + 2 + 1 - 0,75 of 14."""
    units = {unit.code: unit for unit in standings(small.found.results)}
    told = {code: (unit.final, unit.max, unit.grade_by_points, unit.grade) for code, unit in units.items()}
    assert told == {
        "A": (19_500, 20_000, "Tốt", "Khá"),
        "B": (14_000, 14_000, "Tốt", "Tốt"),
        "C": (8_250, 14_000, "Yếu", "Yếu"),
        "D": (20_000, 20_000, "Tốt", "Tốt"),
        "E": (0, 20_000, "Yếu", "Yếu"),
        "G": (None, 20_000, None, "Không hoàn thành"),
    }


HEADS = {
    "Hạng": "rank",
    "Điểm tối đa áp dụng": "max",
    "Điểm tự chấm": "self",
    "Điểm thẩm định": "appraised",
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
        line["Mã đơn vị"]: {key: _told(key, line.get(head, "")) for head, key in HEADS.items()}
        for line in lines
    }


def _html(page: Path) -> dict[str, dict[str, Any]]:
    heads = re.findall(r"<button[^>]*>([^<]*)</button>", page.read_text(encoding="utf-8"))
    found = {}
    for code, cells in rows_of(page).items():
        line = dict(zip(heads, cells, strict=False))
        found[code] = {key: _told(key, line.get(head, "")) for head, key in HEADS.items()}
    return found


def _word(path: Path) -> dict[str, dict[str, Any]]:
    tables = [table for table in opened(path).tables if "Hạng" in table.rows[0].cells[0].text]
    rows = [[cell.text for cell in row.cells] for table in tables for row in table.rows[1:]]
    lines = (dict(zip(_WORD, row, strict=True)) for row in rows)
    return {line["name"]: {key: _told(key, line[key]) for key in HEADS.values()} for line in lines}


# 4 ----------------------------------------------------------------------------------------------


def test_three_places_explain_a_unit_alike(demo: Sent, small: Sent) -> None:
    assert explained_alike(demo) > 5
    assert explained_alike(small) > 1


def explained_alike(sent: Sent) -> int:
    """How many units were given advice; fails where the three places differ."""
    found, advised = sent.found, 0
    for unit in standings(found.results):
        steps, advice = found.steps(unit.code), found.advice_lines(unit.code)
        above = next_grade(found.results, unit.code)
        own = found.advices.get(unit.code)
        terminal = explain_text(found.round, found.results, unit.code, steps, above, own)
        notice = "\n".join(texts(opened(sent.word[unit.code])))
        page = _unit_text(sent.page, unit.code)
        lost = [step for step in steps if step.final is not None and step.lost]
        wanted = [step.sentence for step in lost if unit.final is not None]
        wanted += [said.reason for step in lost for said in step.history if said.reason]
        wanted += [line.strip() for line in advice]
        wanted += [applied.text for applied in unit.limits]
        advised += bool(advice)
        for where in (terminal, notice, page):
            missing = [text for text in wanted if _plain(text) not in _plain(where)]
            assert not missing, unit.code
    return advised


def _unit_text(page: Path, code: str) -> str:
    data = re.search(rf'id="{anchor(code)}-du-lieu">(.*?)</script>', page.read_text("utf-8"), re.S)
    assert data
    own = json.loads(data[1])
    return "\n".join([*own["notes"], *(text for step in own["steps"] for text in step["why"])])


def _plain(text: str) -> str:
    """Without what Word sets otherwise: runs of blanks, dashes before items."""
    lines = (line.strip().removeprefix("- ") for line in text.splitlines())
    return " ".join(" ".join(lines).split())
