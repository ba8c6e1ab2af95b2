"""PDF of Word drafts and workbooks by LibreOffice, where it is installed.

LibreOffice runs without a window, on copies, with a profile of its own that is thrown away: an office suite
that somebody has open is left alone.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from criteria.catalogue import Refusal
from evidence.placing import write_aside

_NAMES = ("soffice", "libreoffice", "soffice.com", "soffice.exe")
_USUAL = (
    # soffice.com waits until the work is done, soffice.exe does not
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
)
# numbers print with a comma, as every Vietnamese document has them, whatever the machine's language
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
<value>vi-VN</value></prop></item></oor:items>
"""
_BATCH = 20  # documents a run: starting takes longer than converting
_SECONDS, _SECONDS_EACH = 120, 20


class NoPdf(Refusal):
    """PDF that cannot be made; the text says why, and that what was to be converted is there."""

    exit_code = 3


def find_office() -> str | None:
    """The program of LibreOffice, on the path or where it usually lies; None where there is none."""
    found = (shutil.which(name) for name in _NAMES)
    return next((path for path in found if path), None) or next(
        (path for path in _USUAL if Path(path).is_file()), None
    )


def write_pdfs(paths: Sequence[Path]) -> Iterator[Path]:
    """Writes a PDF beside each of these files and yields its path.

    Raises NoPdf where LibreOffice is missing or fails, FileHeld where an old PDF is open elsewhere.
    """
    program = find_office()
    if program is None:
        raise NoPdf(
            "Chưa tạo được PDF vì máy này không có LibreOffice. Cài LibreOffice rồi chạy lại lệnh, hoặc mở "
            "từng tệp bằng Word, Excel và lưu ở dạng PDF; các tệp Word, Excel đã được ghi đầy đủ."
        )
    with tempfile.TemporaryDirectory(prefix="danvan-pdf-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        user = folder / "profile" / "user"
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        for start in range(0, len(paths), _BATCH):
            batch = paths[start : start + _BATCH]
            # numbered copies: files of one name in different folders must not meet
            staged = [folder / f"{number:02}{path.suffix}" for number, path in enumerate(batch)]
            for path, copy in zip(batch, staged, strict=True):
                shutil.copyfile(path, copy)
            told = _convert(program, staged, folder)
            for path, copy in zip(batch, staged, strict=True):
                yield _placed(path, copy.with_suffix(".pdf"), told)


def _placed(path: Path, made: Path, told: str) -> Path:
    if not made.is_file():
        raise NoPdf(
            f"LibreOffice không chuyển được tệp “{path.name}” sang PDF{told}. Mở tệp bằng Word hoặc Excel "
            "và lưu ở dạng PDF."
        )
    target = path.with_suffix(".pdf")
    with write_aside(target) as aside:
        shutil.copyfile(made, aside)
    made.unlink()
    return target


def _convert(program: str, files: Sequence[Path], folder: Path) -> str:
    """Converts the files in `folder`; gives what went wrong, empty where nothing did."""
    command = [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--norestore", "--convert-to", "pdf", "--outdir", str(folder)),
        *map(str, files),
    ]
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    try:
        # a session of its own: the program starts others, which must end with it
        process = subprocess.Popen(command, **quiet, start_new_session=True)  # type: ignore[call-overload]
    except OSError as error:
        raise NoPdf(
            f"Không chạy được LibreOffice ({program}). Kiểm tra lại việc cài đặt LibreOffice."
        ) from error
    try:
        process.wait(_SECONDS + _SECONDS_EACH * len(files))
    except subprocess.TimeoutExpired:
        _end(process)
        return " (chạy quá lâu)"
    except BaseException:
        _end(process)
        raise
    return ""


def _end(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
