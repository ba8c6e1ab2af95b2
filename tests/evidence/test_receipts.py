"""When what was received, how late that is, and how what is sent comes into the round.

1. Late by days past the last day in time: `chậm nhất` takes the day in, `trước` leaves it out.
2. Where the time is known from: `dot.yaml` before the register, the register before the file's time; the
   first receipt counts, not what was sent again; what the limits then do says so.
3. `receive`: whose a file is, where it goes, what is kept of before; nothing that came in is lost or changed.
4. Mistakes in the register are problems with their line; a recorded dossier without a file is not missing.
5. Duties other than the dossier, also where nobody scores; a duty for some types of units only.
"""

from __future__ import annotations

import os
import shutil
from datetime import date, datetime, time
from pathlib import Path
from types import SimpleNamespace

import pytest

from criteria.catalogue import Refusal, UnknownId
from criteria.library import SHIPPED
from evidence.form.writer import write_form
from evidence.intake import take_in
from evidence.registers.receipts import RECEIPTS, file_time, first_of, sha256_of
from evidence.registers.receiving import (
    NotTaken,
    Receiving,
    Taken,
    duty_named,
    receive_file,
    receive_files,
    receive_paper,
)
from evidence.round import Round, load_round, new_round

HEADINGS = ";".join(heading for _, heading in RECEIPTS.columns)
NOW = datetime(2023, 10, 20, 9, 30)
LATE_LIMIT = """
limits:
  - {id: gui-cham, when: {dossier: late}, act: {lower_by: 1}, cite: IV.1}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A blank round of TP Tây Ninh 2023: reports by 16/10/2023, dossiers before that day."""
    return new_round(tmp_path / "dot", "tay-ninh-city-2023").folder


def register(folder: Path, *lines: str) -> Round:
    """The round with a register of these lines: when; unit; kind; duty; rest."""
    rows = (
        f"{at};{unit};;{kind};{duty};;;;An;;"
        for at, unit, kind, duty in (line.split(";") for line in lines)
    )
    text = "\r\n".join([HEADINGS, *rows])
    (folder / RECEIPTS.file).write_text(text + "\r\n", encoding="utf-8-sig")
    return load_round(folder)


def dossier(folder: Path, code: str, changed: datetime) -> Path:
    """A file in `nop/` that was last changed at this time."""
    path = folder / "nop" / f"{code}.xlsx"
    path.write_bytes(f"tệp của {code}".encode())
    os.utime(path, (changed.timestamp(), changed.timestamp()))
    return path


# 1, 2 -------------------------------------------------------------------------------------------

LATE: list[tuple[str, dict[str, int]]] = [
    # received at, days late by duty: the dossier before 16/10, the report by 16/10
    ("14/10/2023 16:05", {}),
    ("15/10/2023 23:59", {}),
    ("16/10/2023 00:00", {"ho-so-cham-diem": 1}),
    ("16/10/2023", {"ho-so-cham-diem": 1}),
    ("17/10/2023 07:00", {"ho-so-cham-diem": 2, "bao-cao-nam": 1}),
    ("31/10/2023", {"ho-so-cham-diem": 16, "bao-cao-nam": 15}),
]


@pytest.mark.parametrize(("at", "late"), LATE, ids=[at for at, _ in LATE])
def test_days_late(folder: Path, at: str, late: dict[str, int]) -> None:
    round_ = register(folder, f"{at};25456;;ho-so-cham-diem", f"{at};25456;báo cáo;")
    found = {}
    for item in round_.plan.deadlines:
        for receipt in first_of(round_.receipts, item.kind, item.id).values():
            found[item.id] = receipt.days_late(item)
    assert {duty: days for duty, days in found.items() if days} == late
    assert round_.late == ({"25456": late["ho-so-cham-diem"]} if late else {})


@pytest.mark.parametrize(
    "seconds, year",
    [(-11_644_473_600, 1970), (0, 1970), (1_697_000_000, 2023), (2**40, 2999), (1e18, 2999)],
)
def test_whatever_time_a_disk_says_a_file_has_one(seconds: float, year: int, tmp_path: Path) -> None:
    """Some disks say 1601 for none at all, or what no calendar reaches; no other file may suffer for it."""

    class Odd(type(tmp_path)):  # type: ignore[misc]
        def stat(self, **_: object) -> SimpleNamespace:
            return SimpleNamespace(st_mtime=seconds)

    assert file_time(Odd(tmp_path)).year == year


def test_where_the_time_is_known_from(folder: Path) -> None:
    for code in ("25456", "25459", "25462"):
        dossier(folder, code, datetime(2023, 10, 18, 8, 0))
    with (folder / "dot.yaml").open("a", encoding="utf-8") as file:
        file.write("received:\n  - {unit: '25456', on: 2023-10-15, recorded_by: Nguyễn Văn A}\n")
    round_ = register(
        folder, "20/10/2023 10:00;25456;;ho-so-cham-diem", "17/10/2023 09:00;25459;;ho-so-cham-diem"
    )
    known = {code: (item.day, item.hour, item.source, item.line) for code, item in round_.dossiers.items()}
    assert known == {
        "25456": (date(2023, 10, 15), None, "round", 0),
        "25459": (date(2023, 10, 17), time(9), "register", 3),
        "25462": (date(2023, 10, 18), time(8), "file", 0),
    }
    assert round_.late == {"25459": 2, "25462": 3}
    assert [(item.code, item.unit, item.cell) for item in round_.problems] == [
        ("receipt-two-days", "25456", "dòng 2")
    ]
    assert "giờ của tệp" in round_.dossiers["25462"].text


def test_what_is_sent_again_makes_nobody_late(folder: Path) -> None:
    round_ = register(
        folder,
        "19/10/2023 08:00;25456;;ho-so-cham-diem",
        "14/10/2023 08:00;25456;;ho-so-cham-diem",
        "17/10/2023 08:00;25456;;ho-so-cham-diem",
    )
    assert round_.dossiers["25456"].line == 3
    assert round_.late == {}


def test_results_that_hang_on_the_times_of_files_say_so(folder: Path) -> None:
    plan = (SHIPPED / "plans" / "tay-ninh-city-2023.yaml").read_text(encoding="utf-8")
    (folder / "tieu-chi").mkdir()
    (folder / "tieu-chi" / "tay-ninh-city-2023.yaml").write_text(plan + LATE_LIMIT, encoding="utf-8")
    dossier(folder, "25462", datetime(2023, 10, 18, 8, 0))
    (said,) = (text for text in load_round(folder).warnings if "giờ của tệp" in text)
    assert "25462" in said
    recorded = register(folder, "18/10/2023;25462;;ho-so-cham-diem")
    assert recorded.late == {"25462": 3}
    assert not any("giờ của tệp" in text for text in recorded.warnings)


# 3 ----------------------------------------------------------------------------------------------


def receiving(folder: Path, kind: str | None = None, duty: str | None = None, at: str = "") -> Receiving:
    """What is received by a person now, or at a given time."""
    round_ = load_round(folder)
    when = datetime.fromisoformat(at) if at else None
    moment = (when.date(), when.time()) if when else None
    return Receiving(round_, *duty_named(round_.plan, kind, duty), moment, "An", NOW)


def lines(folder: Path) -> list[str]:
    """The register's lines: when, unit, file, note."""
    text = (folder / RECEIPTS.file).read_text(encoding="utf-8-sig").splitlines()[1:]
    return ["; ".join(line.split(";")[index] for index in (0, 1, 5, 10)) for line in text]


def test_a_file_goes_to_its_place_and_is_recorded(folder: Path, tay_ninh: Round) -> None:
    sent = folder.parent / "gui den" / "bieu mau.xlsx"
    write_form(sent, tay_ninh, tay_ninh.by_code["25459"])
    (taken,) = receive_files([sent], None, receiving(folder, at="2023-10-14 16:05"))
    assert isinstance(taken, Taken)
    assert (taken.unit.code, taken.file) == ("25459", "nop/25459.xlsx")
    assert (folder / "nop" / "25459.xlsx").read_bytes() == sent.read_bytes()
    (receipt,) = load_round(folder).receipts
    assert (receipt.day, receipt.hour, receipt.by) == (date(2023, 10, 14), time(16, 5), "An")
    assert receipt.sha256 == sha256_of(sent)
    assert lines(folder) == ["14/10/2023 16:05; 25459; nop/25459.xlsx; "]


WHOSE: list[tuple[str, str, str]] = [
    # the file's name, whose form is inside, whose it is or what is said
    ("25459.xlsx", "25459", "25459"),
    ("25459 (1).xlsx", "", "25459"),
    ("25459_UBND phường 3.pdf", "", "25459"),
    ("703-sn1.xlsx", "", "703-SN1"),
    ("703-SN10.xlsx", "", "không nhận ra đơn vị"),
    ("254590.xlsx", "", "không nhận ra đơn vị"),
    ("ho so.xlsx", "703-NV", "703-NV"),
    ("ho so.xlsx", "", "không nhận ra đơn vị"),
    ("25459.xlsx", "25456", "biểu mẫu bên trong là của"),
]


@pytest.mark.parametrize(("name", "form", "want"), WHOSE, ids=[f"{name} {form}" for name, form, _ in WHOSE])
def test_whose_a_file_is(folder: Path, tay_ninh: Round, name: str, form: str, want: str) -> None:
    path = folder.parent / name
    path.write_bytes(b"khong phai so tinh")
    if form:
        write_form(path, tay_ninh, tay_ninh.by_code[form])
    (got,) = receive_files([path], None, receiving(folder))
    assert got.unit.code == want if isinstance(got, Taken) else want in str(got)
    assert isinstance(got, NotTaken) is not (folder / RECEIPTS.file).is_file()


def test_an_earlier_file_is_kept_as_it_was(folder: Path) -> None:
    by_hand = dossier(folder, "25456", datetime(2023, 10, 13, 7, 0))  # copied in, never recorded
    first = by_hand.read_bytes()
    unit = load_round(folder).by_code["25456"]
    for number, at in ((2, "2023-10-17 08:00"), (3, "2023-10-19 08:00")):
        sent = folder.parent / "25456.xlsx"
        sent.write_bytes(f"bản {number}".encode())
        taken = receive_file(sent, unit, receiving(folder, at=at))
        assert (folder / taken.kept).is_file()
        again = receive_file(sent, unit, receiving(folder))
        assert not again.new
    assert by_hand.read_bytes() == "bản 3".encode()
    kept = sorted((folder / "nop" / "ban-truoc").iterdir(), key=lambda path: path.stat().st_mtime)
    assert [path.read_bytes() for path in kept] == [first, "bản 2".encode()]
    told = lines(folder)
    assert [line.rsplit("; ", 1)[0] for line in told] == [
        "13/10/2023 07:00; 25456; nop/25456.xlsx",
        "17/10/2023 08:00; 25456; nop/25456.xlsx",
        "19/10/2023 08:00; 25456; nop/25456.xlsx",
    ]
    assert told[0].endswith("theo giờ của tệp")
    round_ = load_round(folder)
    assert (round_.dossiers["25456"].day, round_.late) == (date(2023, 10, 13), {})
    assert round_.problems == ()
    assert (
        "25456" in take_in(round_).rejected
    )  # as a damaged workbook; the folder of earlier ones is passed over


def test_a_form_of_another_kind_takes_the_place_of_the_earlier(folder: Path) -> None:
    old = folder / "nop" / "25456.xls"
    old.write_bytes(b"cu")
    sent = folder.parent / "25456.xlsx"
    sent.write_bytes(b"moi")
    taken = receive_file(sent, load_round(folder).by_code["25456"], receiving(folder))
    assert (folder / taken.kept).read_bytes() == b"cu"
    assert sorted(path.name for path in (folder / "nop").iterdir()) == ["25456.xlsx", "ban-truoc"]


def test_a_file_that_lies_in_nop_is_recorded_with_its_time(folder: Path) -> None:
    path = dossier(folder, "25456", datetime(2023, 10, 13, 7, 0))
    before = path.read_bytes()
    (taken,) = receive_files([path], None, receiving(folder))
    assert isinstance(taken, Taken)
    assert path.read_bytes() == before
    assert lines(folder) == ["13/10/2023 07:00; 25456; nop/25456.xlsx; theo giờ của tệp"]
    path.write_bytes(b"sua")
    (changed,) = load_round(folder).problems
    assert (changed.code, changed.unit, changed.severity) == ("receipt-file-changed", "25456", "warning")
    sent = folder.parent / "25456.xlsx"
    sent.write_bytes(b"gui lai")
    receive_file(sent, load_round(folder).by_code["25456"], receiving(folder))
    register = folder / RECEIPTS.file
    head, *rest = register.read_text(encoding="utf-8-sig").splitlines()
    register.write_text("\n".join([head, *reversed(rest)]), encoding="utf-8")  # sorted in Excel
    assert load_round(folder).problems == ()
    strange = folder / "nop" / "25456 (2).xlsx"
    strange.write_bytes(b"a")
    (refused,) = receive_files([strange], None, receiving(folder))
    assert "đổi tên thành 25456.xlsx" in str(refused)


def test_one_bad_file_costs_only_itself(folder: Path) -> None:
    for name in ("25456.xlsx", "25459.xlsx", "25459 ban 2.xlsx", "la.docx"):
        (folder.parent / name).write_bytes(name.encode())
    names = ("25456.xlsx", "25459.xlsx", "25459 ban 2.xlsx", "la.docx", "khong-co.xlsx")
    outcomes = list(receive_files([folder.parent / name for name in names], None, receiving(folder)))
    assert [isinstance(item, Taken) for item in outcomes] == [True, True, False, False, False]
    assert "trong lần nhận này" in str(outcomes[2])
    assert "Không có tệp" in str(outcomes[4])
    assert [line.split("; ")[1] for line in lines(folder)] == ["25456", "25459"]


# 4 ----------------------------------------------------------------------------------------------

MISTAKES = [
    # a line of the register, the problem it makes
    ("14/10/2023 16:05;99999;;", "register-unknown-unit"),
    ("hôm kia;25456;;", "register-moment"),
    (";25456;;", "register-lacking"),
    ("14/10/2023 16:05;25456;;bao-cao-name", "register-unknown-duty"),
]


@pytest.mark.parametrize(("line", "code"), MISTAKES, ids=[code for _, code in MISTAKES])
def test_a_mistake_is_told_with_its_line_and_costs_only_that(folder: Path, line: str, code: str) -> None:
    round_ = register(folder, "14/10/2023;25459;;ho-so-cham-diem", line)
    assert [(item.code, item.file, item.cell) for item in round_.problems] == [
        (code, RECEIPTS.file, "dòng 3")
    ]
    assert round_.problems[0].place == "so-tiep-nhan.csv, dòng 3"
    assert set(round_.dossiers) == {"25459"}
    assert round_.problems[0] in take_in(round_).problems


def test_a_recorded_dossier_without_a_file_is_no_missing_one(folder: Path) -> None:
    round_ = register(folder, "18/10/2023;25456;;ho-so-cham-diem")
    intake = take_in(round_)
    assert "25456" not in intake.missing(round_.units)
    assert "25456" in intake.rejected
    (told,) = (item for item in intake.problems if item.code == "receipt-without-file")
    assert (told.unit, told.severity, told.cell) == ("25456", "error", "dòng 2")


# 5 ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("plan", "kind", "duty", "want"),
    [
        ("tay-ninh-city-2023", None, None, ("dossier", "ho-so-cham-diem")),
        ("tay-ninh-city-2023", "report", None, ("report", "bao-cao-nam")),
        ("tay-ninh-city-2023", None, "gui-ke-hoach", ("plan", "gui-ke-hoach")),
        ("tay-ninh-city-2023", None, "bao-cao-name", "Có phải ý bạn là “bao-cao-nam”?"),
        ("tay-ninh-city-2023", None, "quyet-dinh-xep-loai", "Không tìm thấy việc"),  # the office's own
        ("tay-ninh-city-2023", "plan", "bao-cao-nam", "là báo cáo, không phải kế hoạch"),
        ("duc-pho-2022", "report", None, "bao-cao-6-thang, bao-cao-nam"),
        ("duc-pho-2022", "assignment", None, ("assignment", "phan-cong")),
        ("tra-cu-2023", None, "bao-cao-6-thang", ("report", "bao-cao-6-thang")),
        ("tra-cu-2023", None, None, "nhiều báo cáo"),
        ("nghia-ky-2023", None, None, ("report", "")),  # a report without a date
    ],
)
def test_what_a_receipt_is_for(
    tmp_path: Path, plan: str, kind: str | None, duty: str | None, want: object
) -> None:
    round_ = new_round(tmp_path / "dot", plan)
    if isinstance(want, tuple):
        assert duty_named(round_.plan, kind, duty) == want
    else:
        with pytest.raises((Refusal, UnknownId), match=str(want)):
            duty_named(round_.plan, kind, duty)


def test_papers_are_recorded_without_a_file(tmp_path: Path) -> None:
    folder = new_round(tmp_path / "dot", "tra-cu-2023").folder
    unit = load_round(folder).units[0]
    taken = receive_paper(unit, receiving(folder, duty="bao-cao-6-thang", at="2023-06-07 10:00"))
    assert "không kèm tệp" in taken.text
    (receipt,) = load_round(folder).receipts
    (due,) = (item for item in load_round(folder).plan.deadlines if item.id == "bao-cao-6-thang")
    assert receipt.days_late(due) == 3  # before 05/6: the last day in time is 04/6


def test_other_documents_go_to_the_units_folder(folder: Path) -> None:
    unit = load_round(folder).by_code["25456"]
    for content in (b"a", b"b"):
        sent = folder.parent / "Bao cao.DOCX"
        sent.write_bytes(content)
        receive_file(sent, unit, receiving(folder, "report"))
    assert (folder / "nop" / "25456" / "bao-cao-nam.docx").read_bytes() == b"b"
    assert [path.read_bytes() for path in (folder / "nop" / "ban-truoc").iterdir()] == [b"a"]
    intake = take_in(load_round(folder))
    assert intake.missing(load_round(folder).units) == [item.code for item in load_round(folder).units]


def test_a_duty_of_some_types_of_units(tmp_path: Path) -> None:
    folder = new_round(tmp_path / "dot", "tra-cu-2023").folder
    plan = (SHIPPED / "plans" / "tra-cu-2023.yaml").read_text(encoding="utf-8")
    changed = plan.replace(
        "    who: Cơ quan, đơn vị; UBND xã, thị trấn\n", "    unit_types: [xa-phuong]\n", 1
    )
    assert changed != plan
    (folder / "tieu-chi").mkdir()
    own = folder / "tieu-chi" / "tra-cu-2023.yaml"
    own.write_text(changed, encoding="utf-8")
    first, second = load_round(folder).plan.deadlines
    assert (first.unit_types, second.unit_types) == (("xa-phuong",), ())
    own.write_text(changed.replace("[xa-phuong]", "[xa-phuog]"), encoding="utf-8")
    with pytest.raises(Refusal, match="Có phải ý bạn là “xa-phuong”"):
        load_round(folder)
    shutil.rmtree(folder / "tieu-chi")
