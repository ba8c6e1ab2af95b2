"""PDF by LibreOffice: pages, glyphs, what happens without it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from cli import run
from reports import pdf
from reports.official.drafts import BY_NAME
from reports.ranked.workbook import write_ranked
from tests.libreoffice import needs_libreoffice
from tests.reports.official.made import HOSTILE, many, scored_by, with_names, written
from tests.reports.rounds import tay_ninh
from tests.reports.small_folder import make_round


def text_of(path: Path) -> list[str]:
    """The text of each page."""
    run = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True)
    return run.stdout.decode("utf-8").split("\f")[:-1]


@needs_libreoffice
def test_drafts_and_the_workbook_become_pages(tmp_path: Path) -> None:
    round_, results = with_names(tay_ninh(), {"25456": HOSTILE["25456"]})
    drafts = [BY_NAME[name] for name in ("quyet-dinh", "to-trinh", "bien-ban", "bao-cao-nam")]
    paths = list(written(tmp_path, round_, scored_by(results), drafts).values())
    write_ranked(tmp_path / "xep-hang.xlsx", round_, results)
    made = list(pdf.write_pdfs([*paths, tmp_path / "xep-hang.xlsx"]))
    assert made == [path.with_suffix(".pdf") for path in (*paths, tmp_path / "xep-hang.xlsx")]
    pages = {path.stem: text_of(path) for path in made}
    assert len(pages["xep-hang"]) >= 5
    shares = re.findall(r"\b\d\d[.,]\d\d\b", "".join(pages["xep-hang"][:3]))
    assert shares and all("," in share for share in shares), "numbers print as in Vietnamese documents"
    for name in ("quyet-dinh", "to-trinh", "bien-ban", "bao-cao-nam"):
        first, *more = pages[name]
        assert 1 <= len(more) <= 4, name
        assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in first and "Độc lập - Tự do - Hạnh phúc" in first
        assert "\ufffd" not in "".join(pages[name])
        assert more[0].strip().startswith(("2", "Phụ lục")), "the second page bears its number"
    assert "A & B <w:p>" in " ".join("".join(pages["quyet-dinh"]).split())
    assert any(page.strip().startswith("Phụ lục") for page in pages["quyet-dinh"]), "on a page of its own"


@needs_libreoffice
def test_150_rows_run_over_pages_with_their_heading(tmp_path: Path) -> None:
    round_, results, answers = many(150)
    made = written(tmp_path, round_, scored_by(results, answers), [BY_NAME["quyet-dinh"]])
    pages = text_of(next(pdf.write_pdfs(list(made.values()))))
    with_rows = [page for page in pages if "UBND xã số" in page]
    assert len(with_rows) >= 4
    assert all("Đơn vị" in page and "Xếp loại" in page for page in with_rows)
    assert sum(page.count("UBND xã số") for page in with_rows) >= 150


def test_without_libreoffice_a_kind_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "find_office", lambda: None)
    with pytest.raises(pdf.NoPdf, match=r"không có LibreOffice.*lưu ở dạng PDF") as refused:
        list(pdf.write_pdfs([tmp_path / "a.docx"]))
    assert refused.value.exit_code == 3


# what is called, in a scored round of three units; the workbook that it writes
WORKBOOKS = [
    (["analyse", "ROUND", "--pdf"], "dot/ket-qua/phan-tich.xlsx"),
    (["status", "ROUND", "--pdf"], "dot/ket-qua/tinh-hinh.xlsx"),
    (["gather", "OUT/tong-hop.xlsx", "ROUND", "--pdf"], "tong-hop.xlsx"),
]


@pytest.fixture(scope="module")
def scored_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the scored round `dot`."""
    folder = tmp_path_factory.mktemp("pdf")
    assert run(["score", str(make_round(folder / "dot"))]) == 0
    return folder


def called(words: list[str], folder: Path) -> int:
    """The exit code of a command about the round in a folder."""
    return run([word.replace("ROUND", str(folder / "dot")).replace("OUT", str(folder)) for word in words])


@needs_libreoffice
def test_a_workbook_of_a_command_becomes_pages(
    scored_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words, workbook = WORKBOOKS[0]
    assert called(words, scored_folder) == 0
    made = (scored_folder / workbook).with_suffix(".pdf")
    assert f"{scored_folder / workbook}, {made}" in capsys.readouterr().out
    assert "PHÂN TÍCH KẾT QUẢ" in text_of(made)[0]


@pytest.mark.parametrize(("words", "workbook"), WORKBOOKS, ids=lambda item: item[0])
def test_each_command_leaves_its_workbook_where_there_is_no_libreoffice(
    words: list[str],
    workbook: str,
    scored_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(pdf, "find_office", lambda: None)
    assert called(words, scored_folder) == pdf.NoPdf.exit_code
    assert "không có LibreOffice" in capsys.readouterr().err
    assert (scored_folder / workbook).is_file()


def test_the_program_is_found_on_the_path_or_where_it_usually_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "soffice.com"
    program.write_text("", encoding="utf-8")
    monkeypatch.setattr(pdf.shutil, "which", lambda name: None)
    monkeypatch.setattr(pdf, "_USUAL", ("/nowhere/soffice", str(program)))
    assert pdf.find_office() == str(program)
    monkeypatch.setattr(pdf, "_USUAL", ())
    assert pdf.find_office() is None


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
@pytest.mark.parametrize(
    ("script", "told"),
    [("exit 1", "không chuyển được tệp “a.docx” sang PDF"), ("sleep 30", "chạy quá lâu")],
)
def test_a_program_that_fails_or_hangs_is_told(
    script: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(pdf, "find_office", lambda: str(program))
    monkeypatch.setattr(pdf, "_SECONDS", 1)
    monkeypatch.setattr(pdf, "_SECONDS_EACH", 0)
    (tmp_path / "a.docx").write_bytes(b"x")
    with pytest.raises(pdf.NoPdf, match=told):
        list(pdf.write_pdfs([tmp_path / "a.docx"]))
    assert not (tmp_path / "a.pdf").exists()
