"""`danvan report`, end to end: what is written where, which options go together, what is told and how it ends."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import cli
from evidence.round import Round, new_round
from reports import pdf
from reports.official.writing import SHIPPED
from tests.libreoffice import needs_libreoffice

DONE, FOUND_MISTAKES, USED_WRONGLY, NOT_DONE = 0, 1, 2, 3
DOCUMENTS = {"to-trinh", "quyet-dinh", "bien-ban", "bao-cao-6-thang", "bao-cao-nam"}
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs danvan; gives the exit code, what it printed, and what it said on the error stream."""

    def run_danvan(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = cli.run([str(argument) for argument in arguments])
        return code, *capsys.readouterr()

    return run_danvan


def stems(folder: Path, suffix: str = ".docx") -> set[str]:
    """Names of the files in a folder, without their ends."""
    return {path.stem for path in folder.glob(f"*{suffix}")}


def test_everything_is_drafted(demo_copy: Round, run: Run) -> None:
    code, said, _ = run("report", demo_copy.folder)
    results = demo_copy.folder / "ket-qua"
    assert code == FOUND_MISTAKES, "as with score: units of the example sent mistakes"
    assert stems(results / "van-ban") == DOCUMENTS
    assert stems(results / "thong-bao") == {unit.code for unit in demo_copy.units}
    assert "Đã soạn 5 văn bản" in said and "Đã soạn 17 văn bản" in said
    assert all(mark in said for mark in demo_copy.marks)
    page = (results / "ket-qua.html").read_text(encoding="utf-8")
    assert "Các nhóm tiêu chí xếp đơn vị có giống nhau không" in page, "what the whole says is on the page"
    assert "Cách ngắn nhất để đạt loại" in page and "Đơn vị giải trình: " in page


@pytest.mark.parametrize(
    ("options", "documents", "notices"),
    [
        (["--kind", "quyet-dinh"], {"quyet-dinh"}, set()),
        (["--kind", "bao-cao"], {"bao-cao-6-thang", "bao-cao-nam"}, set()),
        (["--kind", "bao-cao-nam", "--kind", "bien-ban"], {"bao-cao-nam", "bien-ban"}, set()),
        (["--unit", "25465", "--unit", "703-nv"], set(), {"25465", "703-NV"}),
        (["--kind", "thong-bao", "--kind", "to-trinh", "--unit", "25465"], {"to-trinh"}, {"25465"}),
    ],
)
def test_only_what_is_asked_for(
    options: list[str], documents: set[str], notices: set[str], demo_copy: Round, run: Run
) -> None:
    run("report", demo_copy.folder, *options)
    results = demo_copy.folder / "ket-qua"
    assert stems(results / "van-ban") == documents
    assert stems(results / "thong-bao") == notices
    assert not (results / "ket-qua.html").exists()


def test_the_page_is_written_when_asked_for(demo_copy: Round, run: Run) -> None:
    page = demo_copy.folder / "ket-qua" / "ket-qua.html"
    run("report", demo_copy.folder, "--no-html", "--kind", "bien-ban")
    assert not page.exists()
    run("report", demo_copy.folder, "--kind", "bien-ban", "--html")
    assert page.is_file()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--kind", "quyet-din"], "Có phải ý bạn là “quyet-dinh”?"),
        (["--unit", "25466"], "Không tìm thấy đơn vị có mã “25466”"),
        (["--kind", "to-trinh", "--unit", "25465"], "--unit chỉ dùng để soạn thông báo"),
    ],
)
def test_options_that_cannot_be_meant(arguments: list[str], told: str, demo_round: Round, run: Run) -> None:
    code, _, said = run("report", demo_round.folder, *arguments)
    assert code == USED_WRONGLY
    assert told in said


def test_a_folder_is_wanted(run: Run) -> None:
    code, _, said = run("report")
    assert code == USED_WRONGLY
    assert "Thiếu tham số [THƯ_MỤC]" in said


def test_a_plan_that_scores_nothing(tmp_path: Path, run: Run) -> None:
    new_round(tmp_path / "tra-cu", "tra-cu-2023")
    assert run("report", tmp_path / "tra-cu")[0] == DONE
    assert stems(tmp_path / "tra-cu" / "ket-qua" / "van-ban") == {"bao-cao-6-thang", "bao-cao-nam"}
    code, _, said = run("report", tmp_path / "tra-cu", "--kind", "quyet-dinh")
    assert code == USED_WRONGLY
    assert "không chấm điểm" in said


def test_a_template_is_checked(tmp_path: Path, run: Run) -> None:
    good = Path(shutil.copyfile(SHIPPED / "thong-bao.docx", tmp_path / "thong-bao.docx"))
    code, said, _ = run("report", "--check-template", good)
    assert code == DONE
    assert "Mẫu “thong-bao.docx” (Thông báo kết quả): dùng được." in said
    assert "don_vi.diem: điểm cuối cùng" in said
    code, said, _ = run("report", "--check-template", good, "--kind", "to-trinh")
    assert code == FOUND_MISTAKES
    assert "trường lạ “don_vi”" in said and "thiếu trường bắt buộc “tong_so_chu”" in said
    code, _, said = run("report", "--check-template", tmp_path / "khac.docx")
    assert code == USED_WRONGLY
    assert "--kind" in said


def test_without_libreoffice_the_drafts_are_there(
    demo_copy: Round, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "find_office", lambda: None)
    code, _, said = run("report", demo_copy.folder, "--kind", "to-trinh", "--pdf")
    assert code == NOT_DONE
    assert "không có LibreOffice" in said
    assert stems(demo_copy.folder / "ket-qua" / "van-ban") == {"to-trinh"}


@needs_libreoffice
def test_pdfs_stand_beside_the_drafts_and_the_workbook(demo_copy: Round, run: Run) -> None:
    code, said, _ = run("report", demo_copy.folder, "--kind", "to-trinh", "--pdf")
    assert code == FOUND_MISTAKES
    assert "Đã tạo 2 tệp PDF" in said
    results = demo_copy.folder / "ket-qua"
    assert stems(results / "van-ban", ".pdf") == {"to-trinh"} and stems(results, ".pdf") == {"xep-hang"}


def test_documents_and_results_of_different_times_are_told(demo_copy: Round, run: Run) -> None:
    """Nobody takes a decision's draft of today and a ranking of last week for one and the same."""
    folder = demo_copy.folder
    assert "kết quả trước" not in run("score", folder)[1]
    assert "Lưu ý: số liệu" not in run("report", folder, "--kind", "quyet-dinh")[1]
    assert "kết quả trước" not in run("score", folder)[1], "nothing changed"
    (folder / "ket-qua" / "van-ban" / "quyet-dinh.pdf").write_bytes(b"%PDF-1.4")
    words = ("decide", folder, "25462", "3.7", "--points", "1", "--reason", "Thiếu", "--document", "7/BB")
    assert run(*words, "--by", "Hội đồng")[0] == DONE
    said = run("report", folder, "--kind", "quyet-dinh")[1]
    assert f"chưa theo kịp các văn bản này. Chạy: danvan score {folder}" in said
    assert "1 bản PDF cạnh các văn bản này là của lần trước" in said
    said = run("score", folder)[1]
    assert (
        f"văn bản Word trong “{folder / 'ket-qua'}” còn theo kết quả trước; soạn lại: danvan report" in said
    )
