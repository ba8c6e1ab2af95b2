"""Several rounds gathered for the report upward.

1. The table's counts, shares and units are those of the rounds' own results.
2. Rounds of different years, units counted twice, results older than what came in, rounds without
   results keep the table from being written; each is told with its way out.
3. Provisional results, different criteria, units that the superior's roster lacks or wants are told.
4. Formulas give what is stored with them; the same rounds give the same bytes.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from cli import run
from criteria.model import Unit
from reports.upward.gathering import Doubt, gather
from tests.libreoffice import needs_libreoffice, recalculate
from tests.reports.rounds import EXAMPLES
from tests.reports.workbooks import read

HUE, BINH_DUONG = "hue-cchc-2021", "binh-duong-cchc-2017"


@pytest.fixture
def rounds(tmp_path: Path) -> Path:
    """A folder with two scored rounds: Huế 2021, and the same table under the codes of another place."""
    shutil.copytree(EXAMPLES / HUE, tmp_path / "a")
    shutil.copytree(EXAMPLES / HUE, tmp_path / "b")
    for name in ("dot.yaml", "bang-diem.csv"):
        path = tmp_path / "b" / name
        text = path.read_text(encoding="utf-8-sig")
        lines = [renamed(line) for line in text.splitlines()]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    for name in "ab":
        assert run(["score", str(tmp_path / name)]) == 0
    return tmp_path


def renamed(line: str) -> str:
    """A line of the example with other unit codes: 01 becomes B01."""
    import re

    return re.sub(r'(code: "|^)(\d\d)(?=[";,])', r"\1B\2", line)


def texts(doubts: list[Doubt]) -> str:
    return " | ".join(f"{doubt.severity}: {doubt.text}" for doubt in doubts)


def test_counts_are_those_of_the_rounds(rounds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = rounds / "tong-hop.xlsx"
    capsys.readouterr()
    assert run(["gather", str(out), str(rounds / "a"), str(rounds / "b"), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    record = json.loads((rounds / "a" / "ket-qua" / "results.json").read_text(encoding="utf-8"))
    good = sum(unit["grade"] == record["units"][0]["grade"] for unit in record["units"])
    label = record["units"][0]["grade"]
    assert [item["grades"][label] for item in told["rounds"]] == [good, good]
    book = read(out)
    lines = book.table("Tổng hợp các đợt", "STT")
    assert [line["Số đơn vị"] for line in lines] == [21, 21, 42]  # the last is the sum
    units = book.table("Các đơn vị", "Mã đơn vị")
    assert len(units) == 42
    assert {line["Mã đơn vị"] for line in units} >= {"01", "B01"}
    by_code = {unit["code"]: unit for unit in record["units"]}
    for line in units[:21]:
        unit = by_code[line["Mã đơn vị"]]
        assert round(line["Điểm cuối cùng"] * 1000) == round(float(unit["final"]) * 1000)
        assert (line["Xếp loại"], line["Hạng trong đợt"]) == (unit["grade"], unit["rank"])


@needs_libreoffice
def test_formulas_and_bytes(rounds: Path, tmp_path: Path) -> None:
    outs = [tmp_path / "1.xlsx", tmp_path / "2.xlsx"]
    for out in outs:
        assert run(["gather", str(out), str(rounds / "a"), str(rounds / "b")]) == 0
    assert outs[0].read_bytes() == outs[1].read_bytes()
    copy = recalculate([outs[0]], tmp_path / "again")[0]
    written, recalculated = read(outs[0]), read(copy)
    assert len(written.formulas) > 20
    assert {place: recalculated.values.get(place, "") for place in written.formulas} == {
        place: written.values[place] for place in written.formulas
    }


def test_a_unit_in_two_rounds_is_refused(rounds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = rounds / "tong-hop.xlsx"
    assert run(["gather", str(out), str(rounds / "a"), str(rounds / "a")]) == 1
    assert "có trong 2 đợt" in capsys.readouterr().out
    assert not out.exists()


def test_what_does_not_fit_is_told(rounds: Path) -> None:
    shutil.copytree(EXAMPLES / BINH_DUONG, rounds / "c", ignore=shutil.ignore_patterns("ket-qua"))
    _, doubts = gather([rounds / "a", rounds / "c"])
    assert "error: Đợt này chưa có kết quả." in texts(doubts)
    assert run(["score", str(rounds / "c")]) == 0
    _, doubts = gather([rounds / "a", rounds / "b", rounds / "c"])
    assert "error: Đợt của năm 2017, các đợt khác của năm 2021." in texts(doubts)
    assert "bộ tiêu chí khác nhau" in texts(doubts)


def test_results_older_than_what_came_in(rounds: Path) -> None:
    table = rounds / "a" / "bang-diem.csv"
    table.write_text(table.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    _, doubts = gather([rounds / "a"])
    assert "error: Kết quả cũ hơn hồ sơ: bang-diem.csv đã thay đổi" in texts(doubts)


def test_results_that_cannot_be_read_are_told_with_their_round(rounds: Path) -> None:
    (rounds / "a" / "ket-qua" / "results.json").write_bytes(b"\0")
    (rounds / "b" / "ket-qua" / "dau-vao.json").write_text('{"files": [1]}', encoding="utf-8")
    _, doubts = gather([rounds / "a", rounds / "b"])
    assert [doubt.round for doubt in doubts] == [str(rounds / "a"), str(rounds / "b")]
    assert "error: Không đọc được kết quả" in texts(doubts)
    assert "error: Kết quả cũ hơn hồ sơ: ket-qua/dau-vao.json đã thay đổi" in texts(doubts)
    assert all("danvan score" in doubt.fix for doubt in doubts)


def test_the_superiors_roster(rounds: Path) -> None:
    roster = [Unit("01", "Văn phòng UBND tỉnh", "so", "so"), Unit("99", "Sở Mới", "so", "so")]
    _, doubts = gather([rounds / "a"], roster)
    assert "1 đơn vị trong danh sách cấp trên chưa có ở đợt nào: Sở Mới (99)." in texts(doubts)
    assert "20 đơn vị không có trong danh sách cấp trên" in texts(doubts)
