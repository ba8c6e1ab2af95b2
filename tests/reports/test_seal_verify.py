"""Verifying a sealed round (bar 3 of the appraisal's work).

1. 100 random byte changes, spread over every file: the hashes alone name the file.
2. A file taken away, a file put in, a file beside: said as what it is.
3. What was computed is computed anew: a forged record or ledger, sealed again, is named by unit, criterion
   and column; a forged input shows in the results.
4. Paper: only the hash on the record of the meeting tells of a round that was changed and sealed again.
"""

from __future__ import annotations

import hashlib
import json
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from evidence.sealing.check import HeadUnreadable, check_seal
from evidence.sealing.journal import append
from evidence.sealing.seal import NotSealed, head_hash
from reports.sealing import verify as seal_verify
from reports.sealing.seal import close_round
from reports.sealing.verify import verification_text, verify
from tests.reports.small_folder import NOON, make_round, write_points

CHANGES = 100
DOCUMENT = "nop/A/Báo cáo số 1.pdf"


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small sealed round with a document and an appraiser's file beside its table; tests only read it."""
    folder = make_round(tmp_path_factory.mktemp("niem-phong") / "nho-2023")
    for name in (DOCUMENT, "tham-dinh/bien-ban.pdf", "nop/A/anh.jpg"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(random.Random(name).randbytes(400))
    append(folder, "score", now=NOON)
    close_round(folder, "Nguyễn Văn A", now=NOON)
    return folder


@pytest.fixture
def copy(sealed: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    return Path(shutil.copytree(sealed, tmp_path / sealed.name))


def files_of(folder: Path) -> list[str]:
    """Every file of a round, by its path."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_round_as_it_was_sealed(sealed: Path) -> None:
    done = verify(sealed)
    assert (done.sound, done.differences, done.notes) == (True, (), ())
    assert (done.seal.entries, done.units, done.rows) == (2, 3, 9)
    assert done.seal.files == len(files_of(sealed)) - 2  # the seal and the journal hold each other
    assert "còn nguyên như lúc niêm phong" in verification_text(done)
    assert "Chưa so với giấy" in verification_text(done)


def test_any_byte_of_any_file_changed_is_found_by_the_hashes(copy: Path) -> None:
    chance = random.Random(815)
    names = files_of(copy)
    for number in range(CHANGES):
        name = names[number % len(names)]
        path = copy / name
        whole = path.read_bytes()
        at = chance.randrange(len(whole))
        path.write_bytes(whole[:at] + bytes([whole[at] ^ chance.randrange(1, 256)]) + whole[at + 1 :])
        found = check_seal(copy).differences
        assert name in {item.file for item in found}, f"byte {at} of {name}"
        if not name.endswith("niem-phong.json"):
            assert {item.file for item in found} == {name}
            assert f"“{name}”" in found[0].message
        path.write_bytes(whole)
    assert len(names) <= CHANGES
    assert verify(copy).sound


def test_a_byte_of_each_file_changed_is_named_first_by_verify(copy: Path) -> None:
    for name in files_of(copy):
        path = copy / name
        whole = path.read_bytes()
        path.write_bytes(whole[:-2] + bytes([whole[-2] ^ 1]) + whole[-1:])
        done = verify(copy)
        assert not done.sound
        assert done.differences[0].file == name
        assert verification_text(done).startswith("KHÔNG còn như lúc niêm phong. ")
        path.write_bytes(whole)


def test_a_file_taken_away(copy: Path) -> None:
    for name in files_of(copy):
        if name.endswith("niem-phong.json"):
            continue
        whole = (copy / name).read_bytes()
        (copy / name).unlink()
        codes = {item.code for item in check_seal(copy).differences if item.file == name}
        assert codes == ({"journal-missing"} if name.endswith("jsonl") else {"file-missing"})
        (copy / name).write_bytes(whole)


ADDED = [
    # a file that was not there, whether it may change results
    ("nop/Z.xlsx", True),
    ("nop/A/them.pdf", True),
    ("bang-diem.xlsx", True),
    ("so-kien-nghi.csv", True),
    ("tieu-chi/khac.yaml", True),
    ("ket-qua/niem-phong/tieu-chi/khac.yaml", True),
    ("Biên bản họp.pdf", False),
    ("van-ban/to-trinh.docx", False),
    ("ket-qua/van-ban/to-trinh.docx", False),
    ("bieu-mau/A.xlsx", None),
    ("nop/~$A.xlsx", None),
    (".khoa", None),
    ("Thumbs.db", None),
]


@pytest.mark.parametrize(("name", "matters"), ADDED)
def test_a_file_put_in(copy: Path, name: str, matters: bool | None) -> None:
    (copy / name).parent.mkdir(parents=True, exist_ok=True)
    (copy / name).write_bytes(b"x")
    check = check_seal(copy)
    assert [(item.code, item.file) for item in check.differences] == (
        [("file-added", name)] if matters else []
    )
    assert check.notes == ((name,) if matters is False else ())


def test_a_round_that_is_not_sealed(copy: Path) -> None:
    (copy / "ket-qua" / "niem-phong.json").unlink()
    with pytest.raises(NotSealed, match=r"đã niêm phong lúc 2024-01-15.* theo nhật ký") as refusal:
        verify(copy)
    assert refusal.value.exit_code == 3
    shutil.rmtree(copy / "ket-qua")
    with pytest.raises(NotSealed, match=r"chưa được niêm phong\. Niêm phong bằng lệnh: danvan close"):
        verify(copy)


# forgery: the file is changed and its hash in the seal with it, and the journal written anew ---------


def forge(folder: Path, name: str, text: str) -> None:
    """Changes an output and seals it again, as somebody would who knows how."""
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    seal_path = folder / "ket-qua" / "niem-phong.json"
    seal = json.loads(seal_path.read_text(encoding="utf-8"))
    for entry in [*seal["inputs"], *seal["outputs"]]:
        if entry["file"] == name:
            entry |= {"size": path.stat().st_size, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
    seal_path.write_text(json.dumps(seal), encoding="utf-8")
    (folder / "ket-qua" / "nhat-ky.jsonl").unlink()
    append(folder, "close", {"seal": hashlib.sha256(seal_path.read_bytes()).hexdigest()}, now=NOON)


def record(folder: Path) -> Any:
    """The record of a round."""
    return json.loads((folder / "ket-qua" / "results.json").read_text(encoding="utf-8"))


def test_a_forged_record_is_named_by_unit_and_field(copy: Path) -> None:
    forged = record(copy)
    forged["units"][2] |= {"final": "17", "grade": "Tốt"}
    forge(copy, "ket-qua/results.json", json.dumps(forged))
    assert check_seal(copy).differences == ()  # the hashes were made to agree
    found = verify(copy).differences
    assert [(item.code, item.unit, item.found, item.expected) for item in found] == [
        ("result-differs", "C", "“17”", "“11”"),
        ("result-differs", "C", "“Tốt”", "“Yếu”"),
    ]
    assert found[0].message == (
        "Kết quả “ket-qua/results.json” khác với kết quả tính lại từ hồ sơ, đơn vị C (UBND xã C), "
        "mục “điểm cuối cùng”: tệp ghi “17”, tính lại được “11”."
    )


def test_a_record_with_a_unit_less(copy: Path) -> None:
    forged = record(copy)
    del forged["units"][1]
    forge(copy, "ket-qua/results.json", json.dumps(forged))
    (found,) = verify(copy).differences
    assert (found.unit, found.place, found.found) == ("B", "đơn vị B (UBND xã B)", "không có")


def test_a_forged_line_of_the_ledger_is_named(copy: Path) -> None:
    path = copy / "ket-qua" / "so-diem.csv"
    text = path.read_bytes().decode("utf-8")
    lines = text.split("\r\n")
    number = next(at for at, line in enumerate(lines) if line.startswith("C;UBND xã C;1.2;"))
    lines[number] = lines[number].replace(";3;theo bảng điểm;", ";5;theo bảng điểm;", 1)
    forge(copy, "ket-qua/so-diem.csv", "\r\n".join(lines))
    assert check_seal(copy).differences == ()
    found = verify(copy).differences
    assert {(item.code, item.unit, item.criterion) for item in found} == {("ledger-differs", "C", "1.2")}
    assert "dòng 10, đơn vị C, tiêu chí 1.2, cột “Thẩm định: điểm”: tệp ghi “5”" in found[0].message
    del lines[number]
    forge(copy, "ket-qua/so-diem.csv", "\r\n".join(lines))
    (gone,) = verify(copy).differences
    assert (gone.unit, gone.criterion, gone.found) == ("C", "1.2", "không có dòng này")


def test_a_forged_input_shows_in_the_results(copy: Path) -> None:
    path = copy / "bang-diem.csv"
    forge(
        copy, "bang-diem.csv", path.read_text(encoding="utf-8").replace("C;;Thẩm định;6", "C;;Thẩm định;9")
    )
    assert {item.unit for item in verify(copy).differences if item.code == "ledger-differs"} == {"C"}


@pytest.mark.parametrize("name", ["dot.yaml", "ket-qua/niem-phong/tieu-chi/nho.yaml"])
def test_an_input_that_cannot_be_read_any_more(copy: Path, name: str) -> None:
    text = (copy / name).read_text(encoding="utf-8")
    (copy / name).write_text(f"{text}\nkhông: [đọc được", encoding="utf-8")
    codes = [item.code for item in verify(copy).differences]
    assert codes == ["file-changed", "not-recomputed"]


def test_an_input_that_the_system_does_not_open(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(folder: Path) -> None:
        raise PermissionError(13, "Permission denied", str(folder / "dot.yaml"))

    monkeypatch.setattr(seal_verify, "load_round", refuse)
    (told,) = verify(copy).differences
    assert (told.code, told.found) == ("not-recomputed", f"không đọc được tệp “{copy / 'dot.yaml'}”.")


def test_words_of_a_later_version_are_no_difference(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forged = record(copy)
    forged["warnings"] = ["Lời văn của bản cũ."]
    forge(copy, "ket-qua/results.json", json.dumps(forged))
    assert [item.place for item in verify(copy).differences] == ["mục “warnings”"]
    monkeypatch.setattr(seal_verify, "program_version", lambda: "9.9")
    done = verify(copy)
    assert done.sound
    assert "kiểm tra bằng danvan 9.9" in done.notes[0]


# paper ------------------------------------------------------------------------------------------


def ways_to_copy(full: str, short: str) -> Iterator[str]:
    """A hash as people copy it."""
    yield from (full, short, short.upper(), short.replace(" ", "-"), short.replace(" ", ""), f" {short} ")


def test_the_hash_on_paper(sealed: Path) -> None:
    head = head_hash(sealed)
    assert head
    for typed in ways_to_copy(head.full, head.short):
        check = check_seal(sealed, typed)
        assert (check.differences, check.on_paper) == ((), True)
    assert "Mã trên giấy: khớp." in verification_text(verify(sealed, head.short))


def test_another_hash_on_paper_names_the_group(sealed: Path) -> None:
    head = head_hash(sealed)
    assert head
    groups = head.short.split(" ")
    groups[2] = "0000" if groups[2] != "0000" else "1111"
    done = verify(sealed, " ".join(groups))
    assert (done.sound, done.seal.on_paper) == (False, False)
    assert done.differences[0].code == "head-differs"
    assert "khác ở nhóm 3" in done.differences[0].message


@pytest.mark.parametrize(
    ("typed", "words"), [("12ab", "đã gõ 4 ký tự"), ("o" * 32, "không dùng được “o”"), ("0" * 33, "33")]
)
def test_a_hash_that_cannot_be_one(sealed: Path, typed: str, words: str) -> None:
    with pytest.raises(HeadUnreadable, match=words) as refusal:
        verify(sealed, typed)
    assert refusal.value.exit_code == 2


def test_only_paper_tells_of_a_round_changed_and_sealed_again(copy: Path) -> None:
    head = head_hash(copy)
    assert head
    shutil.rmtree(copy / "ket-qua")
    write_points(copy, [["A", "9", "6", "4"], ["B", "9", "5", "4"], ["C", "9", "6", "4"]])
    close_round(copy, now=NOON)
    assert verify(copy).sound
    assert [item.code for item in verify(copy, head.short).differences] == ["head-differs"]


def test_a_ledger_that_is_no_table_any_more(copy: Path) -> None:
    path = copy / "ket-qua" / "so-diem.csv"
    path.write_bytes(path.read_bytes() + b"x" * 140_000)
    done = verify(copy)
    assert not done.sound
    assert "“ket-qua/so-diem.csv”" in verification_text(done)
