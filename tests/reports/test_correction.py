"""Correcting a sealed round: a new round that names it, and lists the differences when it is closed.

1. The new round has all that came in, none of what was written; the old one is not touched.
2. It names the old round with its hash, and keeps what the old one came to, which is held against the hash.
3. Closing it writes the differences; a correction of a correction is told against the one before.
4. Only a round that is sealed and as it was sealed can be corrected.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from criteria import library
from evidence.registers.objections import OBJECTIONS
from evidence.round import RoundFault, load_round
from evidence.sealing.check import check_seal
from evidence.sealing.correction import CannotCorrect, new_correction
from evidence.sealing.seal import NotSealed, head_hash
from reports.csv_text import csv_rows
from reports.sealing.seal import close_round
from reports.sealing.verify import verify
from tests.reports.small_folder import NOON, make_round, write_points

RAISED = [["A", "9", "6", "4"], ["B", "9", "5", "4"], ["C", "8", "3", "2"]]


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    """A sealed round with a dossier, a register and everything that commands write."""
    folder = make_round(tmp_path / "nho-2023")
    for name in ("nop/A/bao-cao.pdf", "so-kien-nghi.csv", "bieu-mau/A.xlsx", "tra-lai/A.xlsx"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(name.encode())
    # a register in which nobody has written yet
    heads = ";".join(heading for _, heading in OBJECTIONS.columns)
    (folder / OBJECTIONS.file).write_text(f"\ufeff{heads}\r\n", encoding="utf-8", newline="")
    close_round(folder, now=NOON)
    return folder


def state(folder: Path) -> dict[str, str]:
    """Hash of every file of a folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_correction_has_what_came_in_and_names_the_old_round(sealed: Path, tmp_path: Path) -> None:
    before = state(sealed)
    made = new_correction(tmp_path / "nho-2023-sua", sealed, "Tính sót\nphúc tra")
    assert state(sealed) == before
    head = head_hash(sealed)
    assert head and made.corrects
    assert (made.id, made.corrects.round, made.corrects.folder) == ("nho-2023-sua", "nho-2023", "nho-2023")
    assert (made.corrects.head, made.corrects.reason) == (head.full, "Tính sót phúc tra")
    own = state(made.folder)
    assert set(own) == {
        *("dot.yaml", "bang-diem.csv", "nop/A/bao-cao.pdf", "so-kien-nghi.csv"),
        *("tieu-chi/nho.yaml", "tieu-chi/ke-hoach-2023.yaml"),
        *(
            f"dot-truoc/{name}"
            for name in ("results.json", "so-diem.csv", "niem-phong.json", "nhat-ky.jsonl")
        ),
    }
    assert all(own[name] == before[name] for name in own if name in before and name != "dot.yaml")
    assert not list(tmp_path.glob(".nho-2023-sua*"))


def test_closing_a_correction_lists_the_differences(sealed: Path, tmp_path: Path) -> None:
    folder = new_correction(tmp_path / "sua", sealed).folder
    write_points(folder, RAISED)
    done = close_round(folder, now=NOON)
    assert done.changes is not None
    assert [(change.code, change.fields["grade"]) for change in done.changes] == [("C", ("Yếu", "Khá"))]
    rows = csv_rows((folder / "ket-qua" / "thay-doi.csv").read_text(encoding="utf-8"))
    assert ["C", "UBND xã C", "Tiêu chí 1.1", "6", "8", "Thẩm định, theo bảng điểm"] in rows
    seal = json.loads((folder / "ket-qua" / "niem-phong.json").read_text(encoding="utf-8"))
    assert (seal["corrects"]["round"], seal["corrects"]["units_changed"]) == ("nho-2023", 1)
    assert "ket-qua/thay-doi.csv" in {entry["file"] for entry in seal["outputs"]}
    assert verify(folder).sound and verify(sealed).sound


def test_a_correction_of_a_correction(sealed: Path, tmp_path: Path) -> None:
    first = new_correction(tmp_path / "sua-1", sealed).folder
    write_points(first, RAISED)
    close_round(first)
    second = new_correction(tmp_path / "sua-2", first, "lần hai")
    assert second.corrects and (second.corrects.round, second.corrects.reason) == ("sua-1", "lần hai")
    assert second.corrects.earlier == ("nho-2023",)
    assert (second.folder / "dot.yaml").read_text(encoding="utf-8").count("corrects:") == 1
    done = close_round(second.folder)
    assert done.changes == ()  # against the first correction, not against the first round
    assert verify(second.folder).sound


def test_a_hand_written_block_is_replaced_whole(sealed: Path, tmp_path: Path) -> None:
    shutil.rmtree(sealed / "ket-qua")
    path = sealed / "dot.yaml"
    head = "0" * 64
    block = f"corrects:\n  round: xưa\n  folder: xua\n  head: '{head}'\n"
    path.write_text(
        path.read_text(encoding="utf-8").replace("units:\n", f"{block}units:\n"), encoding="utf-8"
    )
    (sealed / "dot-truoc").mkdir()
    with pytest.raises(CannotCorrect, match=r"dot-truoc/nhat-ky\.jsonl"):
        close_round(sealed)
    path.write_text(path.read_text(encoding="utf-8").replace(block, ""), encoding="utf-8")
    close_round(sealed)
    path.write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    made = new_correction(tmp_path / "sua", sealed)
    assert made.corrects and made.corrects.round == "nho-2023"


@pytest.mark.parametrize("name", ["results.json", "so-diem.csv", "niem-phong.json", "nhat-ky.jsonl"])
def test_what_the_old_round_came_to_is_held_against_its_hash(
    sealed: Path, tmp_path: Path, name: str
) -> None:
    folder = new_correction(tmp_path / "sua", sealed).folder
    path = folder / "dot-truoc" / name
    whole = path.read_bytes()
    for spoilt in (whole.replace(b"1", b"2", 1), None):
        path.unlink()
        if spoilt is not None:
            path.write_bytes(spoilt)
        else:
            assert not path.exists()
        with pytest.raises(CannotCorrect, match=f"dot-truoc/{name}"):
            close_round(folder)
        path.write_bytes(whole)
    close_round(folder)


def test_what_cannot_be_corrected(sealed: Path, tmp_path: Path) -> None:
    with pytest.raises(NotSealed, match="danvan close"):
        new_correction(tmp_path / "sua", make_round(tmp_path / "mo"))
    with pytest.raises(RoundFault, match="nằm trong thư mục của đợt “nho-2023”"):
        new_correction(sealed / "sua", sealed)
    with pytest.raises(RoundFault, match="đã có dữ liệu"):
        new_correction(tmp_path / "mo", sealed)
    (sealed / "bang-diem.csv").write_bytes(b"x")
    with pytest.raises(CannotCorrect, match=r"bang-diem\.csv” đã bị sửa"):
        new_correction(tmp_path / "sua", sealed)
    assert not (tmp_path / "sua").exists()


def test_the_texts_it_was_scored_by_are_kept_where_the_program_has_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = tmp_path / "shipped"
    folder = make_round(tmp_path / "nho")
    for kind in ("decisions", "plans", "rosters"):
        (shipped / kind).mkdir(parents=True)
    (folder / "tieu-chi" / "nho.yaml").rename(shipped / "decisions" / "nho.yaml")
    (folder / "tieu-chi" / "ke-hoach-2023.yaml").rename(shipped / "plans" / "ke-hoach-2023.yaml")
    monkeypatch.setattr(library, "SHIPPED", shipped)
    close_round(folder)
    same = new_correction(tmp_path / "nhu-cu", folder)
    assert not (same.folder / "tieu-chi").exists()
    path = shipped / "decisions" / "nho.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("from: 80", "from: 97"), encoding="utf-8")
    kept = new_correction(tmp_path / "sau-nay", folder)
    assert [item.name for item in (kept.folder / "tieu-chi").iterdir()] == ["nho.yaml"]
    assert kept.criteria.grades[0].start == 80_000
    assert load_round(same.folder).criteria.grades[0].start == 97_000
    assert close_round(kept.folder).changes == ()
    assert check_seal(folder).differences == ()
