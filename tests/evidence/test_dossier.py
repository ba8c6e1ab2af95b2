"""The documents beside the forms, in `nop/CODE/`.

1. Documents of every kind are known by their content; what cannot be opened is told at the list's cell.
2. Names are found as people write them: case, diacritics in either form, subfolders, no extension.
3. Nothing outside the folder is touched: no `..`, no absolute path, no share, no link is followed.
4. Who collects workbooks only is left alone.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

import cli
from evidence.dossier import content as dossier_content
from evidence.dossier import folder as dossier_folder
from evidence.dossier.content import content_of
from evidence.dossier.folder import is_forbidden, leads_outside, read_dossier
from evidence.form.filling import Filling, FormDocument
from evidence.form.writer import write_form
from evidence.intake import take_in
from evidence.problems import Problem
from evidence.round import Round, load_round, new_round
from tests.evidence.documents_made import FAULTY, JPEG, SOUND, pdf
from tests.evidence.test_checks import OTHER, WARD, own_documents, sound_entries


def send(round_: Round, code: str, names: Sequence[str], files: Mapping[str, bytes] | None) -> None:
    """A sound form whose documents name these files, with these files beside it (None: no folder)."""
    documents: list[FormDocument] = own_documents(round_, code)
    for index, name in enumerate(names):
        documents[index] = replace(documents[index], file=name)
    path = round_.folder / "nop" / f"{code}.xlsx"
    write_form(
        path, round_, round_.by_code[code], Filling(sound_entries(round_, code), documents=documents)
    )
    if files is not None:
        for name, content in files.items():
            target = round_.folder / "nop" / code / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)


def told(round_: Round) -> list[tuple[str, str, str]]:
    """(code, cell, found) of each problem."""
    return [(item.code, item.cell, item.found) for item in take_in(round_).problems]


def one(round_: Round) -> Problem:
    """The only problem of a round."""
    (found,) = take_in(round_).problems
    return found


# 1: content -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SOUND)
def test_sound_documents_of_every_kind(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(SOUND[name])
    content = content_of(tmp_path / name)
    assert content.fault == ""
    assert Path(name).suffix.lower() in dossier_content.EXTENSIONS[content.kind]


@pytest.mark.parametrize("name", FAULTY)
def test_each_fault_is_told_at_the_cell_of_the_list(empty_round: Round, name: str) -> None:
    code, content = FAULTY[name]
    send(empty_round, WARD, [name, "tot.pdf"], {name: content, "tot.pdf": pdf("tốt")})
    problem = one(empty_round)
    assert (problem.code, problem.found) == (code, name)
    assert (problem.file, problem.sheet, problem.at) == (
        f"{WARD}.xlsx",
        "Minh chứng",
        ("documents", "0", "file"),
    )


def test_a_damaged_zip_in_any_way_is_only_a_problem(tmp_path: Path) -> None:
    whole = SOUND["bc.docx"]
    path = tmp_path / "bc.docx"
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        content_of(path)  # says something, whatever was damaged


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    assert content_of(tmp_path / "khong-co.pdf").fault == "dossier-file-unreadable"


# 2: names ---------------------------------------------------------------------------------------

NFC = "Báo cáo quý I.pdf"
FOUND = [
    # as listed, as it lies in the folder
    ("bc.pdf", "bc.pdf"),
    ("BC.PDF", "bc.pdf"),
    (NFC, unicodedata.normalize("NFD", NFC)),
    (unicodedata.normalize("NFD", NFC), NFC),
    ("Báo  cáo quý I.pdf", NFC),
    ("bc", "bc.pdf"),
    ("bc.pdf", "quy-1/bc.pdf"),
    ("quy-1\\bc.pdf", "quy-1/bc.pdf"),
    ("./quy-1/BC.pdf", "quy-1/bc.pdf"),
    ("báo cáo; phụ lục.pdf", "báo cáo; phụ lục.pdf"),
]


@pytest.mark.parametrize(("listed", "lying"), FOUND)
def test_names_are_found_as_people_write_them(empty_round: Round, listed: str, lying: str) -> None:
    send(empty_round, WARD, [listed], {lying: pdf()})
    assert told(empty_round) == []


@pytest.mark.parametrize("listed", ["bc.pdf; anh.jpg", "bc.pdf\nanh.jpg"])
def test_several_files_in_one_cell(empty_round: Round, listed: str) -> None:
    send(empty_round, WARD, [listed], {"bc.pdf": pdf(), "anh.jpg": JPEG})
    assert told(empty_round) == []


NAMES = [
    # problem, as listed, files, found, expected
    ("dossier-file-missing", "quyet-dinh.pdf", ["anh.jpg"], "quyet-dinh.pdf", "nop/25456"),
    (
        "dossier-file-misspelt",
        "bao-cao-quy1.pdf",
        ["bao-cao-quy-1.pdf"],
        "bao-cao-quy1.pdf",
        "bao-cao-quy-1.pdf",
    ),
    ("dossier-file-ambiguous", "bc.pdf", ["a/bc.pdf", "b/bc.pdf"], "bc.pdf", "a/bc.pdf; b/bc.pdf"),
    ("dossier-name-outside", "../25459.xlsx", ["anh.jpg"], "../25459.xlsx", ""),
    ("dossier-file-unused", "bc.pdf", ["bc.pdf", "anh.jpg"], "anh.jpg", ""),
    ("dossier-name-forbidden", "bc", ["con.pdf", "bc.pdf"], "con.pdf", ""),
    ("dossier-name-long", "bc", ["a" * 100 + "/" + "b" * 90 + ".pdf", "bc.pdf"], "195", "180"),
]


@pytest.mark.parametrize("case", NAMES, ids=lambda case: case[0])
def test_names_that_are_not_right(empty_round: Round, case: tuple[str, str, list[str], str, str]) -> None:
    code, listed, lying, found, expected = case
    if os.name == "nt" and code.startswith("dossier-name-") and code != "dossier-name-outside":
        pytest.skip("Windows lets nobody make such a file")
    files = {name: pdf(str(n)) if name.endswith("pdf") else JPEG for n, name in enumerate(lying)}
    send(empty_round, WARD, [listed], files)
    problems = {item.code: item for item in take_in(empty_round).problems}
    assert set(problems) <= {code, "dossier-file-unused"}
    assert (problems[code].found, problems[code].expected) == (found, expected)


def test_no_list_no_files_named_but_files_lie_there(empty_round: Round) -> None:
    send(
        empty_round,
        WARD,
        [],
        {f"{n}.pdf": pdf(str(n)) for n in range(3)} | {"Thumbs.db": b"x", "~$a.docx": b"x"},
    )
    assert told(empty_round) == [("dossier-file-unused", "", f"{n}.pdf") for n in range(3)]


@pytest.mark.parametrize("name", ["a:b.pdf", "a?.pdf", "a*.pdf", "a|b.pdf", "<a>.pdf", "a\\b.pdf", 'a"b.pdf',
                                  "a.pdf.", "a ", "con", "NUL.pdf", "lpt1.docx", "x/aux.pdf", "a\tb.pdf"])  # fmt: skip
def test_names_that_windows_forbids(name: str) -> None:
    assert is_forbidden(name)


@pytest.mark.parametrize(
    "name", ["Báo cáo (1).pdf", "console.pdf", "a.b.c.pdf", "quý 1/bc.pdf", "com.pdf", "12-BC.pdf"]
)
def test_names_that_windows_takes(name: str) -> None:
    assert not is_forbidden(name)


def test_a_folder_beyond_all_measure_is_cut(empty_round: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dossier_folder, "MOST_FILES", 3)
    send(empty_round, WARD, ["0.pdf", "1.pdf", "2.pdf"], {f"{n}.pdf": pdf(str(n)) for n in range(9)})
    assert [(code, found) for code, _, found in told(empty_round)] == [("dossier-too-many", "3")]
    monkeypatch.undo()
    deep = empty_round.folder / "nop" / WARD / "/".join("abcdefghij")
    deep.mkdir(parents=True)
    assert "dossier-too-many" in {code for code, _, _ in told(empty_round)}


# 3: outside -------------------------------------------------------------------------------------

OUTSIDE = ["../25459.xlsx", "..\\..\\dot.yaml", "/etc/passwd", "C:\\Windows\\win.ini", "c:bc.pdf", "\\\\may-chu\\chung\\bc.pdf",
           "//may-chu/bc.pdf", "https://drive.google.com/x", "file:///etc/passwd", "a/../../b.pdf", "~/bc.pdf",
           "www.example.vn/bc.pdf", "mailto:a@b.vn"]  # fmt: skip


@pytest.mark.parametrize("name", OUTSIDE)
def test_names_that_lead_outside_are_never_followed(
    empty_round: Round, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(empty_round, WARD, [name, "bc.pdf"], {"bc.pdf": pdf()})
    looked: list[Path] = []
    real = content_of
    monkeypatch.setattr(
        "evidence.dossier.checks.content_of", lambda path: looked.append(path) or real(path)
    )
    problem = one(empty_round)
    assert (problem.code, problem.found) == ("dossier-name-outside", name)
    folder = empty_round.folder / "nop" / WARD
    assert looked == [folder / "bc.pdf"]


@pytest.mark.parametrize("name", ["bc.pdf", "quy-1/bc.pdf", "bc..pdf", "Báo cáo...pdf", ".. .pdf"])
def test_names_that_stay_inside(name: str) -> None:
    assert not leads_outside(name)


def _link(path: Path, target: Path) -> None:
    try:
        path.symlink_to(target, target_is_directory=target.is_dir())
    except OSError:
        pytest.skip("no right to make links here")


def test_links_are_told_and_not_followed(empty_round: Round, tmp_path: Path) -> None:
    outside = tmp_path / "ngoai"
    outside.mkdir()
    (outside / "mat.pdf").write_bytes(pdf())
    send(empty_round, WARD, ["bc.pdf"], {"bc.pdf": pdf()})
    folder = empty_round.folder / "nop" / WARD
    _link(folder / "tep.pdf", outside / "mat.pdf")
    _link(folder / "thu-muc", outside)
    _link(folder / "vong", folder)
    assert {(code, found) for code, _, found in told(empty_round)} == {
        ("dossier-link", "tep.pdf"), ("dossier-link", "thu-muc"), ("dossier-link", "vong"),
    }  # fmt: skip
    assert [file.name for file in read_dossier(folder).files] == ["bc.pdf"]


def test_a_units_folder_that_is_itself_a_link_is_not_entered(empty_round: Round, tmp_path: Path) -> None:
    send(empty_round, WARD, ["bc.pdf"], {"bc.pdf": pdf()})
    outside = tmp_path / "ngoai"
    outside.mkdir()
    (outside / "khac.pdf").write_bytes(pdf())
    send(empty_round, OTHER, [], None)
    _link(empty_round.folder / "nop" / OTHER, outside)
    assert told(empty_round) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="only where pipes can lie in folders")
def test_a_pipe_does_not_hang_the_check(empty_round: Round) -> None:
    send(empty_round, WARD, ["bc.pdf"], {"bc.pdf": pdf()})
    os.mkfifo(empty_round.folder / "nop" / WARD / "ong.pdf")
    assert told(empty_round) == []


def test_nothing_in_the_folder_is_changed(empty_round: Round) -> None:
    files = {name: content for name, (_, content) in FAULTY.items()}
    send(empty_round, WARD, list(files)[:5], files)
    folder = empty_round.folder / "nop"
    before = {
        path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.rglob("*") if path.is_file()
    }
    take_in(empty_round)
    assert before == {
        path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.rglob("*") if path.is_file()
    }


# 4: workbooks only ------------------------------------------------------------------------------


def test_a_round_without_any_folder_gets_one_hint(empty_round: Round) -> None:
    send(empty_round, WARD, ["a.pdf", "b.pdf"], None)
    send(empty_round, OTHER, ["c.pdf"], None)
    problem = one(empty_round)
    assert (problem.code, problem.severity, problem.unit) == ("dossier-none", "hint", "")


def test_a_round_whose_units_name_no_files_gets_none(empty_round: Round) -> None:
    send(empty_round, WARD, [], None)
    assert told(empty_round) == []


def test_one_unit_without_folder_among_others(empty_round: Round) -> None:
    send(empty_round, WARD, ["bc.pdf"], {"bc.pdf": pdf()})
    send(empty_round, OTHER, ["a.pdf", "b.pdf"], None)
    problem = one(empty_round)
    assert (problem.code, problem.unit, problem.found) == ("dossier-folder-missing", OTHER, "2")
    assert "nop/25459" in problem.fix


def test_what_the_office_recorded_is_no_evidence_of_the_unit(tmp_path: Path) -> None:
    """A yearly report that `danvan receive` put into `nop/CODE/` changes nothing for the round's evidence."""
    round_ = new_round(tmp_path / "dot", "tay-ninh-city-2023")
    send(round_, WARD, ["a.pdf"], None)
    send(round_, OTHER, [], None)
    before = told(round_)
    (tmp_path / "báo cáo.docx").write_bytes(SOUND["bc.docx"])
    words = ("receive", round_.folder, tmp_path / "báo cáo.docx", "--unit", OTHER, "--kind", "report")
    assert cli.run([str(word) for word in (*words, "--at", "10/10/2023", "--by", "B")]) == 0
    assert (round_.folder / "nop" / OTHER / "bao-cao-nam.docx").is_file()
    # neither is the report called unlisted, nor the other unit asked for a folder: paper only, as before
    assert [item for item in told(load_round(round_.folder)) if item[0].startswith("dossier")] == [
        item for item in before if item[0].startswith("dossier")
    ]
    # beside real evidence it is passed over, what nobody recorded is not
    send(round_, OTHER, ["a.pdf"], {"a.pdf": pdf("a"), "b.pdf": pdf("b")})
    found = [item for item in told(load_round(round_.folder)) if item[0] == "dossier-file-unused"]
    assert [item[2] for item in found] == ["b.pdf"]


def test_evidence_without_a_form_beside_it_is_told(empty_round: Round) -> None:
    """A whole folder was copied as it came, the form within: the unit has not sent nothing."""
    send(empty_round, WARD, ["a.pdf"], {"a.pdf": pdf("a")})
    inside = empty_round.folder / "nop" / OTHER
    inside.mkdir()
    (inside / f"{OTHER}.xlsx").write_bytes(b"x")
    found = [item for item in take_in(empty_round).problems if item.code == "dossier-without-form"]
    assert [(item.unit, item.severity, item.found, item.expected) for item in found] == [
        (OTHER, "error", "1", f"nop/{OTHER}.xlsx")
    ]


def test_a_form_under_a_strange_name_is_not_nothing(tmp_path: Path) -> None:
    """By Đức Phổ's plan who sends nothing fails; a file that the office has not renamed yet is not nothing."""
    round_ = new_round(tmp_path / "dot", "duc-pho-2022")
    for code, name in (
        ("21439", "Hồ sơ phường.xlsx"),
        ("21442", "21442.xlsx"),
        ("21442", "21442 (1).xlsx"),
    ):
        write_form(round_.folder / "nop" / name, round_, round_.by_code[code], Filling())
    intake = take_in(round_)
    assert (
        sorted(item.code for item in intake.problems if item.code == "file-misnamed")
        == ["file-misnamed"] * 2
    )
    assert "21439" in intake.rejected and "21439" not in intake.missing(round_.units)


def test_a_folder_of_nobody(empty_round: Round) -> None:
    send(empty_round, WARD, ["bc.pdf"], {"bc.pdf": pdf()})
    (empty_round.folder / "nop" / "25456 - Phường 1").mkdir()
    problem = one(empty_round)
    assert (problem.code, problem.found) == ("dossier-folder-unknown", "25456 - Phường 1")


def test_the_folder_of_earlier_files_is_ours(empty_round: Round) -> None:
    send(empty_round, WARD, ["bc.pdf"], {"bc.pdf": pdf()})
    (empty_round.folder / "nop" / "ban-truoc").mkdir()
    assert told(empty_round) == []


def test_case_of_a_folders_name_does_not_matter(empty_round: Round) -> None:
    send(empty_round, "703-NV", ["bc.pdf"], {"bc.pdf": pdf()})
    folder = empty_round.folder / "nop"
    (folder / "703-NV").rename(folder / "703-nv")
    assert told(empty_round) == []


CODES = {code for code, _ in FAULTY.values()} | {case[0] for case in NAMES} | {
    "dossier-none", "dossier-without-form", "dossier-folder-missing", "dossier-folder-unknown", "dossier-too-many", "dossier-link",
    "dossier-file-unreadable",
}  # fmt: skip
