"""Every kind of file that a sealed round may hold, and every way of changing it (issue's bar 3).

1. 200 random byte changes, spread over every input, the ledger, the journal and the results: each is named.
2. Each file taken away, or emptied; lines of registers, ledger and journal taken away, doubled or in another
   order; the journal cut at its end, or gone: each is named.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence.sealing.check import check_seal
from evidence.sealing.journal import append
from evidence.sealing.seal import NotSealed
from reports.sealing.seal import close_round
from reports.sealing.verify import verify
from tests.reports.small_folder import NOON, make_round

CHANGES = 200
SEAL, JOURNAL = "ket-qua/niem-phong.json", "ket-qua/nhat-ky.jsonl"
REGISTERS = {
    "so-tiep-nhan.csv": "Nhận lúc;Mã đơn vị;Loại;Mã việc;Tệp\n15/10/2023 16:00;A;hồ sơ chấm điểm;;\n"
    "15/10/2023 16:05;B;hồ sơ chấm điểm;;\n",
    "su-viec.csv": "Mã đơn vị;Sự việc\n",
    "so-kien-nghi.csv": "Số;Mã đơn vị;Mã tiêu chí\n",
    "quyet-dinh.csv": "Mã đơn vị;Mã tiêu chí;Điểm\n",
    "sap-nhap.csv": "Ngày hiệu lực;Loại;Mã cũ;Mã mới\n01/07/2025;sáp nhập;X;A\n",
    "chi-so/cchc.csv": "Mã đơn vị;Điểm\nA;80\n",
}
SENT = (
    *("nop/A.xlsx", "nop/B.pdf", "nop/A/1. Báo cáo số 12.pdf", "nop/A/ảnh/anh 1.jpg"),
    *("nop/ban-truoc/A-20231001-0800-0a1b2c3d.xlsx", "tham-dinh/bien-ban.pdf", "tham-dinh/ky/noi-vu.pdf"),
    "Quyết định phân công.pdf",
)


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sealed round with every kind of input; what is in them need not be sound."""
    folder = make_round(tmp_path_factory.mktemp("niem-phong") / "nho-2023")
    for name, text in REGISTERS.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    for name in SENT:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(random.Random(name).randbytes(300))
    for command in ("forms", "receive", "score"):
        append(folder, command, now=NOON)
    close_round(folder, "Nguyễn Văn A", "có tệp hỏng", provisional=True, now=NOON)
    assert verify(folder).sound
    return folder


@pytest.fixture
def copy(sealed: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    return Path(shutil.copytree(sealed, tmp_path / sealed.name))


def files_of(folder: Path) -> list[str]:
    """Every file of a round, by its path."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def named(folder: Path) -> set[str]:
    """The files in which a round differs from its seal."""
    return {item.file for item in check_seal(folder).differences}


def test_every_file_is_held_by_the_seal(sealed: Path) -> None:
    assert {*REGISTERS, *SENT, "dot.yaml", "bang-diem.csv", "tieu-chi/nho.yaml"} <= set(files_of(sealed))
    assert check_seal(sealed).files == len(files_of(sealed)) - 2  # seal and journal hold each other


def test_random_byte_changes(copy: Path) -> None:
    chance = random.Random(1563)
    names = files_of(copy)
    for number in range(CHANGES):
        name = names[number % len(names)]
        whole = (copy / name).read_bytes()
        at = chance.randrange(len(whole))
        (copy / name).write_bytes(
            whole[:at] + bytes([whole[at] ^ chance.randrange(1, 256)]) + whole[at + 1 :]
        )
        assert name in named(copy), f"byte {at} of {name}"
        (copy / name).write_bytes(whole)
    assert named(copy) == set()


def ways(whole: bytes) -> Iterator[tuple[str, bytes | None]]:
    """A file changed in other ways than by a byte; None: taken away."""
    lines = whole.splitlines(keepends=True)
    yield "taken away", None
    yield "emptied", b""
    yield "cut at its end", whole[:-1]
    yield "with a byte more", whole + b"\n"
    if len(lines) > 1:
        yield "without its last line", b"".join(lines[:-1])
        yield "without its first line", b"".join(lines[1:])
        yield "with a line twice", b"".join([*lines, lines[-1]])
        yield "with two lines in another order", b"".join([*lines[:-2], lines[-1], lines[-2]])


def test_every_other_change(copy: Path) -> None:
    for name in files_of(copy):
        path = copy / name
        whole = path.read_bytes()
        for how, changed in ways(whole):
            if changed is None:
                path.unlink()
            elif changed == whole:
                continue
            else:
                path.write_bytes(changed)
            if name == SEAL and changed is None:
                with pytest.raises(NotSealed, match=r"niem-phong\.json"):
                    check_seal(copy)
            else:
                assert name in named(copy), f"{name} {how}"
            path.write_bytes(whole)
    assert verify(copy).sound


def test_renamed_and_moved_files(copy: Path) -> None:
    (copy / "nop" / "A.xlsx").rename(copy / "nop" / "C.xlsx")
    assert named(copy) == {"nop/A.xlsx", "nop/C.xlsx"}
    (copy / "nop" / "C.xlsx").rename(copy / "nop" / "A.XLSX")
    assert "nop/A.xlsx" in named(copy)
