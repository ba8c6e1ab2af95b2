"""The appraisers' workbooks in the office: formulas equal stored values, and what LibreOffice saves is read.

One workbook holds every kind of row and slip; LibreOffice computes it anew and saves it.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from evidence.appraisal.handing_out import appraisers_named, hand_out
from evidence.intake import take_in
from evidence.round import Round, load_round
from tests.evidence.appraisers import filled, granted, handed_out, rows_of_book, told
from tests.libreoffice import needs_libreoffice, recalculate

# group 4 (judged, levels, ratios) and 2; what is typed, and what the column of checks must say of it
TYPED: list[tuple[str, tuple[str, str], object, str]] = [
    ("thanh-tra", ("703-NV", "2.6"), 2, "Đã chấm"),
    ("thanh-tra", ("703-TP", "2.6"), (1, "thiếu báo cáo"), "Đã chấm"),
    ("thanh-tra", ("703-TTR", "2.6"), 1, "Thiếu lý do"),
    ("thanh-tra", ("25456", "2.6"), (1.5, "giữa"), "Sai"),
    ("thanh-tra", ("25459", "2.6"), "2", "Đã chấm"),
    ("thanh-tra", ("25462", "2.6"), "hai", "Sai"),
    ("thanh-tra", ("25465", "2.6"), "KPS", "Sai"),
    ("thanh-tra", ("25468", "2.6"), 3, "Sai"),
    ("thanh-tra", ("25471", "2.6"), -1, "Sai"),
    ("thanh-tra", ("25474", "2.6"), (None, "chưa xem"), "Thiếu điểm"),
    ("thanh-tra", ("25471", "2.3"), "kps", "Đã chấm"),
    ("thanh-tra", ("25456", "2.3"), ("không phát sinh", "không có đơn"), "Đã chấm"),
    ("thanh-tra", ("25459", "2.3"), "x", "Thiếu lý do"),
    ("thanh-tra", ("25465", "2.3"), ("khong phat sinh", "không có đơn"), "Đã chấm"),
    ("thanh-tra", ("25477", "2.6"), 0, "Thiếu lý do"),  # sent nothing
    ("thanh-tra", ("25465", "2.1"), "1,833", "Đã chấm"),
    ("thanh-tra", ("25468", "2.1"), ("1,8333", "quá lẻ"), "Sai"),
    ("van-phong", ("703-VHTT", "4.4"), 3.75, "Thiếu lý do"),
    ("van-phong", ("703-SN1", "4.4"), (3.3, "lẻ"), "Sai"),
    ("van-phong", ("703-SN2", "4.4"), "2,50", "Đã chấm"),
]


@pytest.fixture(scope="module")
def saved(demo_round: Round, tmp_path_factory: pytest.TempPathFactory) -> tuple[Round, list[Path]]:
    """The round with these workbooks filled in, handed out again; their recalculated copies."""
    folder = tmp_path_factory.mktemp("office") / demo_round.folder.name
    shutil.copytree(demo_round.folder, folder)
    round_ = load_round(folder)
    for id_, path in handed_out(round_).items():
        typed = {key: what for owner, key, what, _ in TYPED if owner == id_}
        if typed:
            filled(path, typed, folder / "tham-dinh" / f"{id_}.xlsx")
    chosen = appraisers_named(round_, ["thanh-tra", "van-phong"])
    written = [
        item.path for mode in ("criterion", "unit") for item in hand_out(round_, take_in(round_), chosen, mode)
    ]  # fmt: skip
    # both modes go to the same file: the second is what is there now
    copies = [folder / f"{number}.xlsx" for number in range(2)]
    for copy, path in zip(copies, written[2:], strict=True):
        shutil.copyfile(path, copy)
    list(hand_out(round_, take_in(round_), chosen, "criterion"))
    made = [*copies, *written[:2]]
    return round_, [*made, *recalculate(made, folder / "recalculated")]


@needs_libreoffice
def test_formulas_come_to_what_is_stored(saved: tuple[Round, list[Path]]) -> None:
    paths = saved[1]
    for written, computed in zip(paths[:4], paths[4:], strict=True):
        stored, anew = (openpyxl.load_workbook(path, data_only=True) for path in (written, computed))
        formulas = openpyxl.load_workbook(written)
        count = 0
        for sheet in formulas.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.data_type == "f":
                        count += 1
                        was, now = (book[sheet.title][cell.coordinate].value for book in (stored, anew))
                        assert (was or "") == (now or ""), (written.name, sheet.title, cell.coordinate)
        assert count > 150


@needs_libreoffice
def test_the_column_of_checks_says_what_the_reader_will_say(saved: tuple[Round, list[Path]]) -> None:
    paths = saved[1]
    for number, id_ in enumerate(("thanh-tra", "van-phong")):
        rows = rows_of_book(openpyxl.load_workbook(paths[6 + number], data_only=True))
        for owner, key, _, word in TYPED:
            if owner == id_:
                assert rows[key]["check"].value == word, key


@needs_libreoffice
def test_what_libreoffice_saved_is_read_back(saved: tuple[Round, list[Path]], tmp_path: Path) -> None:
    round_, paths = saved
    before = take_in(round_)
    for path in (round_.folder / "tham-dinh").iterdir():
        path.unlink()
    for number in (2, 3):
        shutil.copyfile(paths[4 + number], round_.folder / "tham-dinh" / f"lo-{number}.xlsx")
    after = take_in(round_)
    assert granted(after) == granted(before)
    assert sorted(code for code, *_ in told(after)) == sorted(code for code, *_ in told(before))
    assert len(granted(after)) == sum(word == "Đã chấm" for *_, word in TYPED)
    assert set(after.judgements["by"]) == set(before.judgements["by"])
