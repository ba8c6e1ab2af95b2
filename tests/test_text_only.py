"""What people typed is text in every output, whatever it begins with; no program ever computes it.

A round whose unit's name, block, title, mark, explanations, evidence, file names and details begin with
`=`, `+`, `-`, `@`, a tab or a full-width sign goes through the whole work. Then in every workbook,
opened and recalculated by LibreOffice: the text stands as it was typed, there is no formula but those of
a round with plain words, and no link but those inside the workbook. In `bang-diem.csv` no field begins
as a formula does, in LibreOffice none is one, and our reader gives back what was typed.
"""

from __future__ import annotations

import csv
import dataclasses
import json
import re
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.workbook import Workbook

import cli
from evidence.csv_text import as_csv_text, from_csv_text
from evidence.form.filling import Filling, FormDocument, FormEntry
from evidence.form.writer import write_form
from evidence.reading.table_file import read_sheets
from evidence.round import Round, load_round
from tests import libreoffice
from tests.evidence.fillings import best
from tests.evidence.other_rules import COUNTINGS, make_round
from tests.libreoffice import needs_libreoffice, recalculate

TRICKS = {
    "equals": "=1+1",
    "plus": "+84 276 3822",
    "minus": "-1+1",
    "at": "@SUM(A1:A9)",
    "tab": "\t=1+1",
    "full width": "＝1＋1",
    "exchange": "=cmd|' /C calc'!A0",
    "link": "https://example.vn/?a=1",
    "inside": "A;=1+1,=2+2",
}
CODES = {name: f"u{number}" for number, name in enumerate(TRICKS)}


def make(folder: Path, texts: dict[str, str]) -> Round:
    """A round through all of the work; each unit has its text wherever people may type, and its block.

    Title and mark of the round have the first of the texts.
    """
    make_round(folder, COUNTINGS[0], list(CODES.values()))
    path = folder / "dot.yaml"
    lines = path.read_text(encoding="utf-8")
    first = quoted(next(iter(texts.values())))
    blocks = ", ".join(f"{CODES[name]}: {quoted(text)}" for name, text in texts.items())
    lines = lines.replace("units:", f"title: {first}\nmark: {first}\nblocks: {{{blocks}}}\nunits:")
    for name, code in CODES.items():
        lines = lines.replace(f"name: Xã {code},", f"name: {quoted(texts[name])}, block: {code},")
    path.write_text(lines, encoding="utf-8")
    round_ = load_round(folder)
    for unit, text in zip(round_.units, texts.values(), strict=True):
        write_form(folder / "nop" / f"{unit.code}.xlsx", round_, unit, filled(round_, text))
    for command in (["forms"], ["check", "--all"], ["score"]):
        assert cli.run([command[0], str(folder), *command[1:]]) in (0, 1)
    return round_


def quoted(text: str) -> str:
    """The text as YAML and JSON write it."""
    return json.dumps(text, ensure_ascii=False)


def filled(round_: Round, text: str) -> Filling:
    """A form with the text in every cell that takes text, some of it where it has no place."""
    best_of = {leaf.id: best(leaf) for leaf in round_.criteria.criteria}
    entries = {id_: dataclasses.replace(entry, explanation=text) for id_, entry in best_of.items()}
    entries["1.5"] = FormEntry(text, None, text, text, text)
    entries["1.1"] = FormEntry(text, text, "", "1", "")
    documents = [
        FormDocument(text, text, text, text, text),
        FormDocument("2/BC", "1-2", "a", "b", text, text),
    ]
    details = dict.fromkeys(("head", "officer", "contact", "assessed_on"), text)
    return Filling(entries, documents=documents, details=details)


@pytest.fixture(scope="module")
def tricky(tmp_path_factory: pytest.TempPathFactory) -> Round:
    """The round of people who type what a program might compute."""
    return make(tmp_path_factory.mktemp("tricky"), TRICKS)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Round:
    """The same round of people who type plain words."""
    return make(tmp_path_factory.mktemp("plain"), {name: f"chữ thường {name}" for name in TRICKS})


def workbooks(round_: Round) -> dict[str, Path]:
    """All workbooks that were written, by folder and name."""
    folders = ("bieu-mau", "tra-lai", "ket-qua")
    found = {
        f"{name}/{p.name}": p for name in folders for p in sorted((round_.folder / name).glob("*.xlsx"))
    }
    assert len(found) == 2 * len(TRICKS) + 1
    return found


def formulas(book: Workbook) -> list[str]:
    """All formulas of a workbook."""
    return [str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "f"]


@needs_libreoffice
def test_in_every_workbook_it_is_the_same_text(plain: Round, tricky: Round, tmp_path: Path) -> None:
    paths = workbooks(tricky)
    count = {name: len(formulas(openpyxl.load_workbook(path))) for name, path in workbooks(plain).items()}
    computed = dict(zip(paths, recalculate(list(paths.values()), tmp_path), strict=True))
    by_code = {code: TRICKS[name].strip() for name, code in CODES.items()}
    for name, path in paths.items():
        texts = [by_code[path.stem]] if path.stem in by_code else list(by_code.values())
        for book in (openpyxl.load_workbook(path), openpyxl.load_workbook(computed[name])):
            assert len(formulas(book)) == count[name], name
            cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
            outward = {c.hyperlink.target for c in cells if c.hyperlink and c.hyperlink.target}
            assert all(target.startswith("#") for target in outward), outward
            for text in texts:
                same = [cell for cell in cells if str(cell.value).strip() == text]
                assert same, (name, text)
                assert {cell.data_type for cell in same} == {"s"}, (name, text)


@pytest.mark.parametrize("name", TRICKS)
def test_in_the_letter_the_record_and_on_the_terminal(
    tricky: Round, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text, code = TRICKS[name], CODES[name]
    assert f"Kính gửi: {text}\n" in (tricky.folder / "tra-lai" / f"{code}.txt").read_text(encoding="utf-8")
    record = json.loads((tricky.folder / "ket-qua" / "results.json").read_text(encoding="utf-8"))
    assert {unit["code"]: unit["name"] for unit in record["units"]}[code] == text
    capsys.readouterr()
    assert cli.run(["check", str(tricky.folder / "nop" / f"{code}.xlsx"), "--full"]) == 1
    told = capsys.readouterr().out
    assert ("·" + text[1:] if text.startswith("\t") else text) in told  # a tab would move the cursor


def test_in_the_points_table_nothing_begins_as_a_formula(tricky: Round) -> None:
    path = tricky.folder / "ket-qua" / "bang-diem.csv"
    raw = path.read_text(encoding="utf-8-sig")
    for separator in ";,\t":
        fields = [field for row in csv.reader(raw.splitlines(), delimiter=separator) for field in row]
        fields += raw.replace("\n", separator).split(separator)  # as a program that knows no quotes
        assert [field for field in fields if re.match(r"[\s\"]*[=+\-@＝＋－＠]", field)] == []
    (sheet,) = read_sheets(path)
    assert sheet.rows[0][0] == TRICKS["equals"]  # the mark
    names = {row[0]: row[1] for row in sheet.rows if row[0] in CODES.values()}
    assert names == {code: TRICKS[name] for name, code in CODES.items()}


@needs_libreoffice
def test_libreoffice_computes_nothing_of_the_points_table(tricky: Round, tmp_path: Path) -> None:
    # semicolons, UTF-8, and formulas computed where a field is one
    computing = "CSV:59,34,76,1,,0,false,true,false,false,false,-1,true"
    made = convert(tricky.folder / "ket-qua" / "bang-diem.csv", tmp_path / "as it is", computing)
    assert formulas(made) == []
    values = {str(cell.value).strip() for row in made.active.iter_rows() for cell in row}
    assert {as_csv_text(text).strip() for text in TRICKS.values()} <= values
    bare = tmp_path / "bare.csv"
    bare.write_text("a;=1+1\n", encoding="utf-8")
    assert formulas(convert(bare, tmp_path / "bare", computing)) == ["=1+1"]  # it would compute


def convert(path: Path, folder: Path, filter_: str) -> Workbook:
    """A table of separated values as LibreOffice opens it."""
    libreoffice.run([f"--infilter={filter_}", "--convert-to", "xlsx", "--outdir", str(folder), str(path)])
    return openpyxl.load_workbook(folder / path.with_suffix(".xlsx").name)


@given(st.text(st.sampled_from("'=+-@＝;,\t\r\n \u00a0a1")))
def test_the_guard_of_csv_comes_off_again(text: str) -> None:
    assert from_csv_text(as_csv_text(text)) == text
    parts = re.split(r"[,;\t\r\n]", as_csv_text(text))
    assert not any(part.lstrip(" \u00a0").startswith(("=", "+", "-", "@", "＝")) for part in parts)


def test_what_an_office_writes_itself_is_left_alone() -> None:
    for text in ("12,5", "'", "'a", "KPS", "", "UBND xã A - B"):
        assert as_csv_text(text) == from_csv_text(text) == text
