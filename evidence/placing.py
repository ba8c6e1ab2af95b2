"""Outputs are written aside and moved into place, so that a broken run never leaves half a file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from criteria.catalogue import Refusal


class FileHeld(Refusal):
    """A file that cannot be replaced because another program holds it; the text says what to do."""

    exit_code = 3


@contextmanager
def write_aside(path: Path) -> Iterator[Path]:
    """A temporary path beside `path`; what is written there takes its place when the block ends well.

    The folder is made if need be. When the block fails, the old file stays as it was. Raises FileHeld
    where the old file is open in Excel or the folder may not be written to.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    # the dot keeps it out of sight and out of the round's intake
    aside = path.with_name(f".{path.stem}.{os.getpid()}{path.suffix}")
    try:
        try:
            # made here, so that a folder that refuses is one kind of fault for every writer
            aside.open("xb").close()
        except PermissionError as error:
            raise FileHeld(
                f"Không ghi được vào thư mục “{path.parent}”: thư mục chỉ cho đọc. "
                "Kiểm tra quyền ghi, hoặc chép đợt đánh giá sang thư mục khác, rồi chạy lại lệnh."
            ) from error
        yield aside
        try:
            # Path.replace is atomic on one volume, on Windows as well
            aside.replace(path)
        except PermissionError as error:
            raise FileHeld(
                f"Không thay được tệp “{path.name}” vì tệp đang mở trong Excel hoặc chương trình khác. "
                "Đóng tệp đó rồi chạy lại lệnh; tệp cũ vẫn còn nguyên."
            ) from error
    finally:
        aside.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Writes a text file whole: UTF-8, line ends as LF; raises FileHeld as `write_aside` does."""
    with write_aside(path) as aside:
        aside.write_text(text, encoding="utf-8", newline="\n")
