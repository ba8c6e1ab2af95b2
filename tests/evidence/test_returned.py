"""The form that a unit gets back: what it sent stands in it again, each mistake is in its cell.

1. Inputs come back as what they were (number, text, day), with evidence, explanations, documents, details.
2. A faulty cell is filled by gravity and commented with all that is wrong; the list leads to it.
3. What has no place in the form is listed word for word; answers of the last time as well.
4. A file that cannot be opened, or is another unit's, gives a blank form with list and letter.
5. Round trip: form -> filled -> checked -> given back -> mended -> clean; what was right is unchanged.
6. Stored values are what the formulas give, faulty cells included.
7. `tra-lai/` holds what is still to be mended; `nop/` is never touched; the same inputs give the same bytes.
"""

from __future__ import annotations

import dataclasses
import random
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook

from criteria.model import Criterion
from evidence.form.filling import Filling, FormDocument, FormEntry, Typed
from evidence.form.writer import write_form
from evidence.intake import Intake, take_in
from evidence.messages import SEVERITY_WORDS
from evidence.problems import Place, problem
from evidence.reading.reader import Submission, read_submission
from evidence.reading.typed import as_text
from evidence.reading.workbook import read_workbook
from evidence.returned.own import own_problems
from evidence.round import Round
from reports.returns import Returns, write_returns
from tests.evidence import typist
from tests.evidence.fillings import best, faulty, not_applicable, sound, written
from tests.evidence.other_rules import COUNTINGS, make_round
from tests.evidence.test_round_trip import formulas
from tests.libreoffice import needs_libreoffice, recalculate

WARD, OTHER = "25456", "25459"
RED, ORANGE, BLUE = "FFFFB3B3", "FFFFD480", "FFCFE8FF"
DOCUMENTS = (
    FormDocument("12/BC-UBND", date(2023, 4, 3), "UBND phường", "Báo cáo quý I", "bc.pdf"),
    FormDocument("0045", "1-2", "=Đảng ủy", "Quy chế, dòng một\ndòng hai", "@quy-che.pdf"),
)


def send(round_: Round, code: str, changed: dict[str, FormEntry] | None = None) -> Path:
    """A sound form of the unit but for these entries, typed into a blank one as a person would."""
    unit = round_.by_code[code]
    entries = {leaf.id: best(leaf) for leaf in round_.criteria.applying(unit.type)} | (changed or {})
    path = round_.folder / "nop" / f"{code}.xlsx"
    write_form(path, round_, unit)
    typist.fill(path, entries, DOCUMENTS)
    return path


def give_back(round_: Round, by: date | None = None) -> tuple[Intake, Returns]:
    """What came in, and the forms written for those with errors or warnings."""
    intake = take_in(round_)
    return intake, write_returns(round_, intake, by, with_warnings=True)


def returned(round_: Round, code: str = WARD) -> Workbook:
    """The form given back to a unit."""
    return openpyxl.load_workbook(round_.folder / "tra-lai" / f"{code}.xlsx")


def texts_of(book: Workbook, sheet: str) -> list[str]:
    """Everything that stands on a sheet."""
    return [str(cell.value) for row in book[sheet].iter_rows() for cell in row if cell.value is not None]


def submission(path: Path) -> Submission:
    """What the reader finds in a form."""
    return read_submission(read_workbook(path))


# 1: what comes back -----------------------------------------------------------------------------


def test_inputs_come_back_as_what_they_were(tmp_path: Path) -> None:
    round_ = make_round(tmp_path, COUNTINGS[0], ["a"])
    changed = {
        "1.1": FormEntry(4, " 9 ", "", "1; 2", "=giải trình"),
        "1.2": FormEntry("3,25", 7.5, "", "1", ""),
        "1.9": FormEntry(datetime(2023, 10, 16), None, "", "", "dòng một\ndòng hai"),
        "1.10": FormEntry("16/10/2023"),
        "1.4": FormEntry(na="KPS"),
        "1.5": FormEntry("8 điểm", None, "", "1"),  # the one mistake
    }
    path = send(round_, "a", changed)
    book = openpyxl.load_workbook(path)
    sheet, texts = book["Thông tin"], ["Nguyễn Văn A", "@Trần B", "+84 276", "10/10/2023"]
    first = typist.heading_row(sheet, "Họ và tên thủ trưởng đơn vị")
    for row, text in enumerate(texts, first):
        typist.put(sheet.cell(row, 2), text)
    book.save(path)
    intake, _ = give_back(round_)
    errors = [item.code for item in intake.problems if item.severity == "error"]
    assert errors == ["value-not-understood"]
    back, sent = submission(tmp_path / "tra-lai" / "a.xlsx"), submission(path)
    assert [e._replace(points=None) for e in back.entries] == [
        e._replace(points=None) for e in sent.entries
    ]
    assert back.documents == sent.documents
    assert isinstance(back.documents[0].day, date)
    assert {key: item.value for key, item in back.details.items()} == {
        key: item.value for key, item in sent.details.items()
    }
    assert back.identity == sent.identity


def test_documents_keep_the_numbers_that_criteria_cite(empty_round: Round) -> None:
    path = send(empty_round, WARD, {"3.4": FormEntry("8 điểm", None, "", "1")})
    book = openpyxl.load_workbook(path)
    sheet = book["Minh chứng"]
    first = typist.heading_row(sheet, "Số thứ tự") + 1
    for offset, (no, number) in {
        4: (5, "5/BC"),
        6: (None, "không số"),
        7: (7, "7/BC"),
        9: ("b", "b/BC"),
    }.items():
        sheet.cell(first + offset, 1).value = no
        sheet.cell(first + offset, 2).value = number
    book.save(path)
    give_back(empty_round)
    back = submission(empty_round.folder / "tra-lai" / f"{WARD}.xlsx")
    numbers = [(item.no, item.number) for item in back.documents]
    assert numbers == [(i.no, i.number) for i in submission(path).documents]
    assert numbers[2:] == [("5", "5/BC"), ("", "không số"), ("7", "7/BC"), ("b", "b/BC")]
    sheet = returned(empty_round)["Minh chứng"]
    unlocked = [cell for cell in sheet["A"] if not cell.protection.locked]
    assert [cell.value or "" for cell in unlocked] == ["", "b"]  # what the unit must number itself
    listed = [cell.value for cell in sheet["A"] if isinstance(cell.value, (int, float))]
    assert sorted(listed) == list(range(1, 151))


def test_what_only_the_reader_understands_is_written_plainly(empty_round: Round) -> None:
    late = unusual("khong gui")
    send(
        empty_round, WARD, {"1.5": FormEntry("３", None, "", "1"), "1.3": late, "3.4": FormEntry("8 điểm")}
    )
    give_back(empty_round)
    book = returned(empty_round)
    assert typist.find(book["Tự chấm"], "1.5", typist.A).value == 3
    assert typist.find(book["Tự chấm"], "1.3", typist.A).value == "không gửi"
    listed = texts_of(book, "Cần sửa")
    assert "３" in listed
    assert "Hiểu là “3” và ghi lại như vậy để biểu mẫu tính được." in listed


def unusual(text: str) -> FormEntry:
    """A claim with evidence, typed so."""
    return FormEntry(text, None, "", "1")


# 2: marks and list ------------------------------------------------------------------------------


def test_every_mistake_is_in_its_cell_and_on_the_list(empty_round: Round) -> None:
    changed = {
        "1.1": FormEntry(38, 36, "", "1; 9; kèm"),
        "1.2": dataclasses.replace(best(empty_round.criteria.by_id["1.2"]), na="x"),
        "2.4": FormEntry(5, 5, "", ""),
        "3.4": FormEntry("=8 điểm", None, "", "1"),
    }
    send(empty_round, WARD, changed)
    intake, _ = give_back(empty_round, date(2023, 10, 25))
    book = returned(empty_round)
    sheet, first = book["Tự chấm"], book.worksheets[0]
    assert (first.title, book.active.title) == ("Cần sửa", "Cần sửa")
    cells = {
        ("1.1", typist.A): RED,
        ("1.1", typist.EVIDENCE): RED,
        ("1.2", typist.NOT_APPLICABLE): RED,
        ("2.4", typist.EVIDENCE): ORANGE,
        ("3.4", typist.A): RED,
    }
    marked = {typist.find(sheet, *key).coordinate: colour for key, colour in cells.items()}
    found = {cell.coordinate: cell for row in sheet.iter_rows() for cell in row if cell.comment}
    assert marked.items() <= {place: cell.fill.fgColor.rgb for place, cell in found.items()}.items()
    for place, cell in found.items():
        here = [item for item in intake.problems if item.cell == place]
        assert here
        assert all(item.message in cell.comment.text and item.fix in cell.comment.text for item in here)
    own = own_problems(intake.problems, empty_round.by_code[WARD])
    head = typist.heading_row(first, "STT")
    rows = [row for row in first.iter_rows(min_row=head + 1) if row[0].value]
    assert len(rows) == len(own) >= 8
    assert [row[1].value for row in rows] == [SEVERITY_WORDS[item.severity] for item in own]
    assert [item.severity for item in own].index("warning") == 6  # the gravest first
    for row, item in zip(rows, own, strict=True):
        assert (row[4].value, row[5].value, row[6].value) == (item.message, item.fix, None)
        assert not row[6].protection.locked
        if item.at:
            name, _, place = row[2].hyperlink.location.replace("'", "").partition("!")
            assert book[name][place].comment, place
    text = (empty_round.folder / "tra-lai" / f"{WARD}.txt").read_text(encoding="utf-8")
    for words in ("Kính gửi: UBND phường 1", "Hồ sơ có 6 lỗi phải sửa, ",
                  "chậm nhất ngày 25/10/2023 (hạn nộp hồ sơ của kế hoạch: trước ngày 16/10/2023)",
                  "ông/bà ....", "Không hiểu “=8 điểm”."):  # fmt: skip
        assert words in text
        assert words in " ".join(texts_of(book, "Cần sửa"))


def test_the_deadline_is_the_plans_or_a_blank(empty_round: Round, tmp_path: Path) -> None:
    other = make_round(tmp_path / "khac", COUNTINGS[0], ["a"])
    for round_, code, words in (
        (empty_round, WARD, "gửi lại trước ngày 16/10/2023, hạn nộp hồ sơ của kế hoạch."),
        (other, "a", "gửi lại chậm nhất ngày ..... tháng ..... năm ........."),
    ):
        send(round_, code, {"1.1": FormEntry("8 điểm", 9)})
        give_back(round_)
        assert words in (round_.folder / "tra-lai" / f"{code}.txt").read_text(encoding="utf-8")


# 3: leftovers -----------------------------------------------------------------------------------


def test_what_has_no_place_is_listed_word_for_word(empty_round: Round) -> None:
    path = send(empty_round, WARD, {"3.4": FormEntry("8 điểm", None, "", "1")})
    book = openpyxl.load_workbook(path)
    sheet, rows = book["Tự chấm"], typist.rows(book["Tự chấm"])
    typist.put(sheet.cell(rows["2.4"], 1), "2.3")  # a row twice, another gone
    typist.put(typist.find(sheet, "2.6", typist.B), "=ô không có")
    typist.put(typist.find(sheet, "4.1", typist.A), 91.5)  # the office's figure
    typist.put(sheet.cell(rows["1.1"], 25), "@ghi chú bên lề")
    last = sheet.max_row + 2
    for column, typed in {1: "9.9", 6: 7, 12: "+dòng tự thêm"}.items():
        typist.put(sheet.cell(last, column), typed)
    typist.put(sheet.cell(last + 1, 12), "dòng không mã")
    typist.put(book["Thông tin"]["B4"], "=Phường Một")
    typist.put(book["Minh chứng"].cell(8, 9), "ghi chú minh chứng")
    book.create_sheet("Phụ lục riêng")["B2"] = "x"
    book.save(path)
    assert [e.id for e in submission(path).entries].count("2.3") == 2
    give_back(empty_round)
    book = returned(empty_round)
    listed = "\n".join(texts_of(book, "Cần sửa"))
    for text in ("=ô không có", "91.5", "@ghi chú bên lề", "(a): 7; Giải trình: +dòng tự thêm", "dòng không mã",
                 "=Phường Một", "ghi chú minh chứng", "Phụ lục riêng", "mã “9.9”", "mã “2.3”"):  # fmt: skip
        assert text in listed
    assert listed.count("mã “2.3”") == 2
    for id_ in ("2.3", "2.4"):
        assert typist.find(book["Tự chấm"], id_, typist.A).value is None


def test_answers_of_the_last_time_are_not_lost(empty_round: Round) -> None:
    path = send(empty_round, WARD, {"3.4": FormEntry("8 điểm", None, "", "1")})
    book = openpyxl.load_workbook(path)
    typist.put(book["Tự chấm"].cell(12, 25), "=ghi chú cũ")
    book.save(path)
    give_back(empty_round)
    for _ in range(2):  # sent back twice without being mended
        book = returned(empty_round)
        sheet = book["Cần sửa"]
        typist.put(sheet.cell(typist.heading_row(sheet, "STT") + 1, 7), "=đã hỏi lại Phòng Nội vụ")
        book.save(path)
        give_back(empty_round)
        listed = texts_of(returned(empty_round), "Cần sửa")
        assert listed.count("=ghi chú cũ") == 1
        assert "=đã hỏi lại Phòng Nội vụ" in listed


def test_a_text_longer_than_a_cell_is_listed_whole(empty_round: Round) -> None:
    long = "=" + "dài quá " * 5_000
    path = send(empty_round, WARD, {"3.4": FormEntry("8 điểm", None, "", "1", "xxx")})
    unpacked = zipfile.ZipFile(path)
    with zipfile.ZipFile(path.with_suffix(".tmp"), "w") as packed:  # no program of ours writes such a cell
        for name in unpacked.namelist():
            packed.writestr(name, unpacked.read(name).replace(b">xxx<", f">{long}<".encode()))
    path.with_suffix(".tmp").replace(path)
    give_back(empty_round)
    book = returned(empty_round)
    assert typist.find(book["Tự chấm"], "3.4", typist.EXPLANATION).value == long.strip()[:32_767]
    listed = texts_of(book, "Cần sửa")
    assert long.strip()[:32_767] in listed
    assert long.strip()[32_767:] in listed
    heights = [row.height for sheet in book for row in sheet.row_dimensions.values() if row.height]
    assert max(heights) <= 409


# 4: nothing to fill it with ---------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04 broken", None])
def test_a_file_that_is_not_the_units_gives_a_blank_form(empty_round: Round, content: bytes | None) -> None:
    path = empty_round.folder / "nop" / f"{WARD}.xlsx"
    if content is None:  # another unit's form
        shutil.copyfile(send(empty_round, OTHER), path)
    else:
        path.write_bytes(content)
    give_back(empty_round)
    assert path.read_bytes() == content or content is None
    back = submission(empty_round.folder / "tra-lai" / f"{WARD}.xlsx")
    assert back.identity["unit"] == WARD
    assert all(
        (e.x1, e.x2, e.na, e.evidence) == (None, None, None, "") for e in back.entries if "." in e.id
    )
    assert back.documents == ()
    listed = " ".join(texts_of(returned(empty_round), "Cần sửa"))
    assert "biểu mẫu trống" in listed
    assert "Tệp đã gửi vẫn được giữ nguyên" in listed
    assert "Cả tệp" in listed


# 5: round trip ----------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Sent:
    """What a unit of the other rules types: its entries, and those of them that are wrong."""

    entries: dict[str, FormEntry]
    wrong: frozenset[str]


def _faults(leaf: Criterion) -> list[FormEntry]:
    """Entries of a criterion that each have a mistake."""
    wrong = [FormEntry(a, b, "", "1") for a, b in faulty(leaf)]
    wrong += [dataclasses.replace(best(leaf), evidence=text) for text in ("77", "1; abc")]
    wrong += [dataclasses.replace(best(leaf), na="có"), dataclasses.replace(best(leaf), na="x")]
    return wrong


@st.composite
def sendings(draw: st.DrawFn, leaves: tuple[Criterion, ...]) -> Sent:
    """Random sound answers with random mistakes among them."""
    rng = random.Random(draw(st.integers(0, 2**32)))
    wrong = draw(st.sets(st.sampled_from([leaf.id for leaf in leaves]), min_size=1, max_size=8))
    words = draw(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30))
    entries = {}
    for leaf in leaves:
        if leaf.id in wrong:
            entries[leaf.id] = rng.choice(_faults(leaf))
        elif leaf.not_applicable != "forbidden" and rng.random() < 0.2:
            entries[leaf.id] = rng.choice(
                [e for e in not_applicable(leaf) if e.x1 is None and e.na != "có"]
            )
        else:
            a, b = rng.choice(sound(leaf))
            entries[leaf.id] = FormEntry(
                written(a, rng), written(b, rng), "", rng.choice(["1", "1-2"]), words
            )
    return Sent(entries, frozenset(wrong))


@pytest.fixture(scope="module")
def other_round() -> Iterator[Round]:
    """A round of one unit under rules of every kind."""
    with tempfile.TemporaryDirectory() as name:
        yield make_round(Path(name), COUNTINGS[0], ["a"])


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_mended_it_is_clean_and_what_was_right_is_unchanged(
    other_round: Round, data: st.DataObject
) -> None:
    round_, leaves = other_round, other_round.criteria.criteria
    what = data.draw(sendings(leaves))
    path = round_.folder / "nop" / "a.xlsx"
    write_form(path, round_, round_.units[0])
    typist.fill(path, what.entries, DOCUMENTS)
    intake, returns = give_back(round_)
    assert returns.written == ("a",)
    assert {item.at.key for item in intake.problems if item.severity == "error" and item.at} == what.wrong
    sent, back = (submission(p) for p in (path, round_.folder / "tra-lai" / "a.xlsx"))
    assert_nothing_lost(sent, back, round_)
    mend(round_, path, what.wrong)
    clean, returns = give_back(round_)
    assert [item for item in clean.problems if item.severity == "error"] == []
    right = clean.answers[~clean.answers["criterion"].isin(what.wrong)].drop(
        columns=["row", "line", "source"]
    )
    before = intake.answers[~intake.answers["criterion"].isin(what.wrong)]
    before = before.drop(columns=["row", "line", "source"])
    assert right.to_dict("records") == before.to_dict("records")
    assert back.documents == submission(path).documents


def assert_nothing_lost(sent: Submission, back: Submission, round_: Round) -> None:
    """Every cell holds what it held, or the list says what it held."""
    listed = set(texts_of(returned(round_, "a"), "Cần sửa"))
    again = {entry.id: entry for entry in back.entries}
    for entry in sent.entries:
        for key in ("x1", "x2", "na", "evidence", "explanation"):
            was, now = getattr(entry, key), getattr(again[entry.id], key)
            same = was == now and type(was) is type(now)
            moved = as_text(was) == as_text(now) and isinstance(now, str)  # a day where a number is due
            assert same or moved or as_text(was) in listed or not as_text(was).strip(), (
                entry.id,
                key,
                was,
                now,
            )


def mend(round_: Round, path: Path, wrong: frozenset[str]) -> None:
    """The form given back, typed right where it was wrong, sent again."""
    book = returned(round_, "a")
    sheet = book["Tự chấm"]
    rows, columns = typist.rows(sheet), typist.headings(sheet)
    for id_ in wrong:
        entry = best(round_.criteria.by_id[id_])
        for field, heading in typist.FIELDS.items():
            typed: Typed = getattr(entry, field)
            sheet.cell(rows[id_], columns[heading]).value = typed if typed != "" else None
    book.save(path)


# 6: stored values -------------------------------------------------------------------------------


@needs_libreoffice
def test_stored_values_are_what_the_formulas_give(tay_ninh: Round, tmp_path: Path) -> None:
    rng = random.Random(20230327)
    rounds = [
        make_round(tmp_path / str(n), counting, ["a", "b"][: n // 4 + 1])
        for n, counting in enumerate(COUNTINGS)
    ]
    rounds.append(dataclasses.replace(tay_ninh, folder=tmp_path / "shipped", units=tay_ninh.units[::8]))
    paths = []
    for round_ in rounds:
        for unit in round_.units:
            leaves = list(round_.criteria.applying(unit.type))
            entries = {leaf.id: rng.choice(_odd(leaf, rng)) for leaf in leaves}
            path = round_.folder / "nop" / f"{unit.code}.xlsx"
            write_form(path, round_, unit, Filling(entries, documents=DOCUMENTS))
            paths.append(round_.folder / "tra-lai" / f"{unit.code}.xlsx")
        give_back(round_)
    stale, count = [], 0
    for path, again in zip(paths, recalculate(paths, tmp_path / "again"), strict=True):
        book = openpyxl.load_workbook(again, data_only=True)
        for sheet, cell, stored in formulas(path):
            count += 1
            value = book[sheet][cell].value
            value = "" if value is None else value
            same = stored == value
            if isinstance(stored, (int, float)) and isinstance(value, (int, float)):
                same = abs(stored - value) < 1e-9
            if not same:
                stale.append((path.parent.parent.name, path.name, sheet, cell, stored, value))
    assert not stale, f"{len(stale)} (file, sheet, cell, stored, given): " + "\n".join(map(str, stale[:40]))
    assert count > 1_000


def _odd(leaf: Criterion, rng: random.Random) -> list[FormEntry]:
    """Sound, faulty and oddly written entries, days and truths where a number is due among them."""
    a, b = rng.choice(sound(leaf))
    odd: list[Typed] = [
        datetime(2023, 5, 8),
        datetime(1950, 1, 1),
        True,
        "３",
        "1.234.567",
        "\u00a0",
        0,
        "#N/A",
    ]
    return [
        FormEntry(written(a, rng), written(b, rng), "", "1"),
        *_faults(leaf),
        *(FormEntry(value, value, "", "1") for value in odd),
        FormEntry(na="x."),
        FormEntry(na="khong phat sinh"),
        FormEntry(),
    ]


# 7: the folder ----------------------------------------------------------------------------------


def test_the_folder_holds_what_is_still_to_be_mended(empty_round: Round) -> None:
    folder = empty_round.folder / "tra-lai"
    path = send(empty_round, WARD, {"3.4": FormEntry("8 điểm", None, "", "1")})
    send(empty_round, OTHER, {"2.4": FormEntry(5, 5, "", "")})  # a warning only
    before = path.read_bytes()
    intake = take_in(empty_round)
    assert write_returns(empty_round, intake).written == (WARD,)
    assert sorted(item.name for item in folder.iterdir()) == [f"{WARD}.txt", f"{WARD}.xlsx"]
    once = (folder / f"{WARD}.xlsx").read_bytes()
    (folder / "ghi chú.docx").write_bytes(b"the office's own")
    assert write_returns(empty_round, intake, with_warnings=True).written == (WARD, OTHER)
    assert (folder / f"{WARD}.xlsx").read_bytes() == once
    assert path.read_bytes() == before
    send(empty_round, WARD)
    after = write_returns(empty_round, take_in(empty_round))
    assert (after.written, after.settled) == ((), (WARD, OTHER))
    assert sorted(item.name for item in folder.iterdir()) == ["da-sua", "ghi chú.docx"]
    assert (folder / "da-sua" / f"{WARD}.xlsx").read_bytes() == once


def test_a_round_kept_as_one_table_has_no_forms_to_give_back(empty_round: Round) -> None:
    send(empty_round, WARD, {"3.4": FormEntry("8 điểm", None, "", "1")})
    (empty_round.folder / "bang-diem.csv").write_text(f"Mã đơn vị;1.1\n{WARD};99\n", encoding="utf-8")
    intake, returns = give_back(empty_round)
    assert any(item.severity == "error" for item in intake.problems)
    assert returns == Returns()
    assert not (empty_round.folder / "tra-lai").exists()


def test_of_two_files_the_office_chooses(empty_round: Round) -> None:
    path = send(empty_round, WARD, {"3.4": FormEntry("8 điểm", None, "", "1")})
    shutil.copyfile(path, path.with_suffix(".xlsm"))
    assert give_back(empty_round)[1] == Returns()


def test_a_signed_scan_beside_the_form_is_no_second_form(empty_round: Round) -> None:
    path = send(empty_round, WARD, {"3.4": FormEntry("8 điểm", None, "", "1")})
    path.with_suffix(".pdf").write_bytes(b"%PDF-1.7")
    assert give_back(empty_round)[1].written == (WARD,)


def test_a_unit_is_told_of_nothing_that_others_keep(empty_round: Round) -> None:
    unit = empty_round.by_code[WARD]
    kept_by_others = [
        problem("register-moment", Place(WARD, "so-tiep-nhan.csv", "", "dòng 5"), "?", "14/10/2023"),
        problem("receipt-file-changed", Place(WARD, f"{WARD}.xlsx"), "16:05"),
        problem("appraisal-over-max", Place(WARD, "tham-dinh/noi-vu.xlsx", "2.6", "L12"), "3", "số"),
        problem("file-unreadable", Place(WARD, "tham-dinh/noi-vu.xlsx")),
        problem("value-range", Place(WARD, "chi-so/cchc.csv"), "101", "số"),
        problem("outside-missing", Place(WARD, "chi-so/cchc.csv"), "4.1", "chi-so/cchc.csv"),
    ]
    own = [
        problem("dossier-file-unused", Place(WARD, f"nop/{WARD}"), "a.pdf"),
        problem("value-range", Place(WARD, f"{WARD}.xlsx", "Tự chấm", "F12"), "101", "số"),
    ]
    assert own_problems([*kept_by_others, *own], unit) == (own[1], own[0])
