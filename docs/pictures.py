"""Draws the guide's pictures again from the example round; needs soffice and pdftoppm.

Run from the project's folder: python docs/pictures.py
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import openpyxl
from PIL import Image
from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
COLOURS = 24
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
<value>vi-VN</value></prop></item></oor:items>
"""
# picture: file of the round, page of its PDF (from 1)
PICTURES = {
    "xep-hang": ("ket-qua/xep-hang.xlsx", 3),
    "tong-hop": ("ket-qua/xep-hang.xlsx", 4),
    "chi-tieu": ("ket-qua/xep-hang.xlsx", 5),
    "bieu-do": ("ket-qua/xep-hang.xlsx", 6),
    "mat-diem": ("ket-qua/xep-hang.xlsx", 9),
    "can-cu": ("ket-qua/xep-hang.xlsx", 18),
    "to-trinh": ("ket-qua/van-ban/to-trinh.docx", 1),
    "bien-ban": ("ket-qua/van-ban/bien-ban.docx", 1),
    "bao-cao-nam": ("ket-qua/van-ban/bao-cao-nam.docx", 1),
    "chi-tiet": ("ket-qua/xep-hang.xlsx", 8),
    "bieu-mau": ("nop/25471.xlsx", 3),
    "tra-lai": ("tra-lai/25474.xlsx", 1),
    "quyet-dinh": ("ket-qua/van-ban/quyet-dinh.docx", 1),
    "thong-bao": ("ket-qua/thong-bao/25465.docx", 1),
    "tham-dinh": ("bieu-mau/tham-dinh/thanh-tra.xlsx", 9),
}
# what the inspectorate types in the picture of its workbook, on the sheet of criterion 2.6
SHEET, POINTS, REASON = "2.6", 12, 13
TYPED = {"25456": (2, ""), "25462": (0, "Chưa gửi báo cáo năm"), "25465": (2, "")}


def main() -> None:
    """Makes the example round in a temporary folder and draws every picture from it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        profile = folder / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(PROFILE, encoding="utf-8")
        subprocess.run([sys.executable, "-m", "cli", "demo", str(folder / "dot")], check=True, stdout=-3)
        # ends with 1: the example's units sent mistakes
        subprocess.run([sys.executable, "-m", "cli", "report", str(folder / "dot")], check=False, stdout=-3)
        _appraise(folder / "dot")
        for picture, (source, page) in PICTURES.items():
            _draw(folder / "dot" / source, page, HERE / "hinh" / picture, profile)
        _photograph(folder / "dot" / "ket-qua" / "ket-qua.html", HERE / "hinh" / "trang-ket-qua.png")


def _appraise(round_: Path) -> None:
    """Hands out the appraisers' workbooks, fills one in a little, hands it out again as it came back."""
    command = [sys.executable, "-m", "cli", "appraise", str(round_), "--appraiser", "thanh-tra"]
    subprocess.run(command, check=True, stdout=-3)
    book = openpyxl.load_workbook(round_ / "bieu-mau" / "tham-dinh" / "thanh-tra.xlsx")
    for row in book[SHEET].iter_rows(min_col=1, max_col=REASON):
        points, reason = TYPED.get(str(row[0].value), (None, ""))
        if points is not None:
            row[POINTS - 1].value, row[REASON - 1].value = points, reason
    book.save(round_ / "tham-dinh" / "thanh-tra.xlsx")
    subprocess.run(command, check=False, stdout=-3)  # one row in it still lacks its reason


def _draw(document: Path, page: int, target: Path, profile: Path) -> None:
    pdf = document.with_suffix(".pdf")
    if not pdf.exists():
        office = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless"]
        convert = ["--convert-to", "pdf", "--outdir", str(document.parent), str(document)]
        subprocess.run([*office, *convert], check=True, capture_output=True)
    draw = ["pdftoppm", "-png", "-r", "75", "-f", str(page), "-l", str(page), "-singlefile"]
    subprocess.run([*draw, str(pdf), str(target)], check=True)
    _shrink(target.with_suffix(".png"))


def _photograph(page: Path, target: Path) -> None:
    """The page in the system's Chromium, as wide as a small screen."""
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with sync_playwright() as playing:
        browser = playing.chromium.launch(executable_path=program, args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": 1100, "height": 900})
        tab.goto(page.as_uri())
        tab.screenshot(path=target)
        browser.close()
    _shrink(target)


def _shrink(picture: Path) -> None:
    """Few colours are enough for tables and letters, and keep the guide light."""
    with Image.open(picture) as full:
        few = full.convert("RGB").quantize(COLOURS)
    few.save(picture, optimize=True)


if __name__ == "__main__":
    main()
