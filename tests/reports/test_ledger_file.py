"""`so-diem.csv`: the ledger as people open it.

1. What is written is read back as it was, for every unit of a round with every kind of cell.
2. Nothing in it is a formula to Excel; it is UTF-8 with its mark, semicolons, decimal commas.
3. The round's marks stand above the heading.
4. Every final point leads to a file and a cell.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.answers import Source
from evidence.csv_text import as_csv_text, from_csv_text
from evidence.round import Round
from reports.csv_text import csv_rows, csv_text
from reports.ledger_file import LedgerUnreadable, headings, ledger_text, read_ledger, write_ledger
from reports.outcome import Outcome, outcome
from reports.point_history import history_columns, told_history
from scoring.history import history
from tests.reports.rounds import STRANGE_NAMES, answers_of_tay_ninh, tay_ninh

_NOWHERE = Source("bang-diem.csv", "")


@pytest.fixture(scope="module")
def demo(demo_round: Round) -> Outcome:
    """What the example round comes to."""
    return outcome(demo_round)


def test_written_and_read_back(demo: Outcome, tmp_path: Path) -> None:
    write_ledger(tmp_path / "so-diem.csv", demo.round, demo.results, demo.history)
    found = read_ledger(tmp_path / "so-diem.csv")
    pd.testing.assert_frame_equal(found[list(history_columns())], demo.history)
    kept = demo.results.ledger[["unit", "criterion", "status", "top", "applicable"]]
    assert found[kept.columns].to_dict("records") == kept.to_dict("records")


def test_a_history_that_tells_whose_word_counts(demo: Outcome, tmp_path: Path) -> None:
    """The appraiser finds that one criterion did not arise; a decision raises another."""
    codes = {unit.name: unit.code for unit in demo.round.units}
    judged = demo.history.copy()
    judged["self_by"] = judged["self_by"].map(lambda name: codes.get(name, name))
    judged["final_by"] = judged["final"].notna().map({True: "self", False: ""})
    first, second = judged.index[judged["final"].notna()][:2]
    judged.loc[first, ["appraised_na", "final", "final_by", "appraised_by"]] = [
        True,
        None,
        "appraised",
        "Thanh tra",
    ]
    details = {"by": "Chủ tịch", "on": "2023-10-20", "cell": "dòng 2", "reason": "=đủ", "document": "7/QĐ"}
    judged.loc[second, ["decided", "final", "final_by"]] = [2500, 2500, "decided"]
    for key, text in details.items():
        judged.loc[second, f"decided_{key}"] = text
    history = told_history(judged.drop(columns=["self_document", "self_on"]), demo.round.by_code)
    assert (history["self_by"] == demo.history["self_by"]).all()
    assert history.loc[first, "final_by"] == "Thanh tra"
    assert {key: history.loc[second, f"final_{key}"] for key in details} == details
    others = [index for index in history.index if index not in (first, second)]
    pd.testing.assert_frame_equal(history.loc[others], demo.history.loc[others])
    write_ledger(tmp_path / "so-diem.csv", demo.round, demo.results, history)
    found = read_ledger(tmp_path / "so-diem.csv")
    pd.testing.assert_frame_equal(found[list(history_columns())], history)
    assert (found.loc[first, "appraised_na"], found["appraised_na"].sum()) == (True, 1)


def test_the_bytes_are_the_same_each_time(demo: Outcome, tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        write_ledger(tmp_path / name, demo.round, demo.results, demo.history)
    written = (tmp_path / "a.csv").read_bytes()
    assert written == (tmp_path / "b.csv").read_bytes()
    assert written.startswith(b"\xef\xbb\xbf") and written.endswith(b"\r\n")


def test_the_marks_stand_above_the_heading(demo: Outcome) -> None:
    rows = csv_rows(ledger_text(demo.round, demo.results, demo.history))
    assert [row[0] for row in rows[: len(demo.round.marks)]] == list(demo.round.marks)
    assert rows[len(demo.round.marks)] == list(headings().values())


def test_every_final_point_leads_to_a_file_and_a_cell(demo: Outcome) -> None:
    known = demo.history[demo.history["final"].notna()]
    assert len(known) > 400
    assert (known["final_file"] != "").all() and (known["final_by"] != "").all()
    # full points for what did not arise come from the mark in the form, all others from figures
    assert known["final_cell"].str.fullmatch(r"[A-Z]+\d+(; [A-Z]+\d+)?").all()
    index = known[known["criterion"] == "4.1"].iloc[0]
    assert index["final_file"] == "chi-so/cchc.csv"


def test_a_line_as_an_officer_reads_it(demo: Outcome) -> None:
    rows = csv_rows(ledger_text(demo.round, demo.results, demo.history))
    line = next(row for row in rows if row[0] == "25465" and row[2] == "3.4")
    told = {head: cell for head, cell in zip(headings().values(), line, strict=True) if cell}
    assert told == {
        "Mã đơn vị": "25465",
        "Đơn vị": "UBND phường Hiệp Ninh",
        "Tiêu chí": "3.4",
        "Tên tiêu chí": demo.results.criteria.by_id["3.4"].title,
        "Tình trạng": "Đã kê khai",
        "Điểm tối đa": "4",
        "Điểm tối đa áp dụng": "4",
        "Tự chấm: điểm": "3,25",
        "Tự chấm: người": "UBND phường Hiệp Ninh",
        "Tự chấm: tệp": "25465.xlsx",
        "Tự chấm: trang": "Tự chấm",
        "Tự chấm: ô": told["Tự chấm: ô"],
        "Cuối cùng: điểm": "3,25",
        "Cuối cùng: người": "UBND phường Hiệp Ninh",
        "Cuối cùng: tệp": "25465.xlsx",
        "Cuối cùng: trang": "Tự chấm",
        "Cuối cùng: ô": told["Tự chấm: ô"],
    }


def test_names_that_look_like_formulas_are_text() -> None:
    round_, results = tay_ninh()
    answers = answers_of_tay_ninh().assign(source=0)
    told = told_history(history(results, answers, [_NOWHERE]), round_.by_code)
    for row in csv_rows(ledger_text(round_, results, told)):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)
    names = {row[0]: row[1] for row in csv_rows(ledger_text(round_, results, told)) if len(row) > 1}
    for code, name in STRANGE_NAMES.items():
        assert from_csv_text(names[code]) == name


@settings(deadline=None)  # a loaded machine is no fault of the text
@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12))
def test_any_text_comes_back_from_a_as_csv_text_cell(text: str) -> None:
    ((cell, other),) = csv_rows(csv_text([[as_csv_text(text), "x"]]))
    assert (from_csv_text(cell), other) == (text, "x")
    assert not cell.lstrip().startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: "",
        lambda text: text.replace("Tiêu chí;", "Tieu chi;"),
        lambda text: text.replace("Đã kê khai", "Đã khai", 1),
        lambda text: text.replace(";4;4;", ";bốn;4;", 1),
        lambda text: text + "703-NV;thiếu ô\n",
        lambda text: text.replace(";4;4;", ";;4;", 1),
        lambda text: text.replace("\r\n", "\r\r\n"),
        lambda text: text + "x" * 140_000 + ";",  # more than a field of the csv module takes
    ],
)
def test_what_is_no_ledger_is_refused(demo: Outcome, tmp_path: Path, spoil) -> None:  # type: ignore[no-untyped-def]
    text = ledger_text(demo.round, demo.results, demo.history)
    assert spoil(text) != text
    (tmp_path / "so-diem.csv").write_text(spoil(text), encoding="utf-8", newline="\n")
    with pytest.raises(LedgerUnreadable, match="Không đọc được sổ điểm"):
        read_ledger(tmp_path / "so-diem.csv")
