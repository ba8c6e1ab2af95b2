"""Draws the guide's pictures again from the example round; needs soffice, pdftoppm, pdftotext, Chromium.

Run from the project's folder: python docs/pictures.py
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from PIL import Image  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

from reports.pdf import write_pdfs  # noqa: E402

COLOURS = 40
RESULTS = "ket-qua/xep-hang.xlsx"
DRAFTS = "ket-qua/van-ban"
WHOLE = 1.0
# picture: file of the round, words on the page that is drawn, dots an inch, the upper share that is shown
PICTURES = {
    "xep-hang": (RESULTS, "Khối: UBND xã, phường", 75, WHOLE),
    "tong-hop": (RESULTS, "TỔNG HỢP KẾT QUẢ", 75, WHOLE),
    "chi-tieu": (RESULTS, "Chỉ tiêu của kế hoạch", 75, WHOLE),
    "bieu-do": (RESULTS, "BIỂU ĐỒ", 75, WHOLE),
    "chi-tiet": (RESULTS, "ĐIỂM CUỐI CÙNG THEO TỪNG TIÊU CHÍ", 90, 0.6),
    "chenh-lech": (RESULTS, "CHÊNH LỆCH GIỮA", 75, WHOLE),
    "mat-diem": (RESULTS, "CÁC ĐIỂM BỊ MẤT", 80, 0.6),
    "can-cu": (RESULTS, "CĂN CỨ CỦA KẾT QUẢ", 75, WHOLE),
    "bieu-mau": ("nop/25471.xlsx", "BẢNG TỰ CHẤM ĐIỂM", 75, WHOLE),
    "tra-lai": ("tra-lai/da-sua/25474.xlsx", "DANH MỤC NỘI DUNG CẦN SỬA", 75, 0.55),
    "tham-dinh": ("bieu-mau/tham-dinh/thanh-tra.xlsx", "TIÊU CHÍ 2.6", 75, WHOLE),
    "tinh-hinh": ("ket-qua/tinh-hinh.xlsx", "TÌNH HÌNH", 75, WHOLE),
    "phan-tich": ("ket-qua/phan-tich.xlsx", "PHÂN TÍCH KẾT QUẢ", 75, WHOLE),
    "to-trinh": (f"{DRAFTS}/to-trinh.docx", "TỜ TRÌNH", 75, WHOLE),
    "quyet-dinh": (f"{DRAFTS}/quyet-dinh.docx", "QUYẾT ĐỊNH", 75, WHOLE),
    "bien-ban": (f"{DRAFTS}/bien-ban.docx", "BIÊN BẢN", 75, WHOLE),
    "bao-cao-nam": (f"{DRAFTS}/bao-cao-nam.docx", "BÁO CÁO", 75, WHOLE),
    "thong-bao": ("ket-qua/thong-bao/25465.docx", "THÔNG BÁO", 75, WHOLE),
}


def main() -> None:
    """Plays the example round in a temporary folder and draws every picture from it."""
    with tempfile.TemporaryDirectory() as name:
        round_ = Path(name) / "dot"
        for words in (["demo"], ["analyse"], ["status", "--sheet"]):
            command = [sys.executable, "-m", "cli", words[0], str(round_), *words[1:]]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=HERE.parent)
        copies = {}  # the round is sealed: nothing may be written beside its files
        for number, file in enumerate(dict.fromkeys(file for file, *_ in PICTURES.values())):
            copies[file] = Path(name) / f"{number}{Path(file).suffix}"
            shutil.copyfile(round_ / file, copies[file])
        pdfs = dict(zip(copies, write_pdfs(list(copies.values())), strict=True))
        for picture, (file, words, dots, height) in PICTURES.items():
            _draw(pdfs[file], words, dots, height, HERE / "hinh" / picture)
        _photograph(round_ / "ket-qua" / "ket-qua.html", HERE / "hinh" / "trang-ket-qua.png")


def _draw(pdf: Path, words: str, dots: int, height: float, target: Path) -> None:
    """Draws the upper part of the first page that has the words."""
    said_on = subprocess.run(["pdftotext", str(pdf), "-"], check=True, capture_output=True)
    text = said_on.stdout.decode("utf-8")
    page = next(at for at, said in enumerate(text.split("\f"), 1) if words in " ".join(said.split()))
    draw = ["pdftoppm", "-png", "-r", str(dots), "-f", str(page), "-l", str(page), "-singlefile"]
    subprocess.run([*draw, str(pdf), str(target)], check=True)
    picture = target.with_suffix(".png")
    with Image.open(picture) as whole:
        upper = whole.crop((0, 0, whole.width, round(whole.height * height)))
    upper.save(picture)
    _shrink(picture)


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
