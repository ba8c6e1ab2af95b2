"""Closing a round.

1. Nothing open: results, ledger, copies of the criteria, the seal; the hash for the record of the meeting.
2. Anything open: refused, with all of it by name; closed all the same only with a reason, which is kept.
3. A run broken off between any two files leaves a round that is not sealed, and closes well the next time.
4. A sealed round is scored by the texts sealed in it, whatever the program ships by then.
5. The same inputs give the same results and ledger; only the seal and the journal hold times.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from criteria import library
from evidence.round import Round, load_round
from evidence.sealing.check import check_seal
from evidence.sealing.journal import read_chain
from evidence.sealing.seal import head_hash, refuse_sealed
from evidence.sealing.sealed_files import SealedRound, is_sealed
from reports.outcome import outcome
from reports.sealing import seal as closing
from reports.sealing.open_matters import open_matters
from reports.sealing.seal import RoundOpen, close_round, closing_text
from reports.sealing.verify import verify
from tests.reports.small_folder import NOON, POINTS, make_round, write_points


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A small round in which nothing is open."""
    return make_round(tmp_path / "nho-2023")


def test_closing_writes_all_of_it(small: Path) -> None:
    done = close_round(small, "Nguyễn Văn A", now=NOON)
    names = {path.relative_to(small / "ket-qua").as_posix() for path in (small / "ket-qua").rglob("*")}
    assert names == {
        *("results.json", "so-diem.csv", "bang-diem.csv", "dau-vao.json", "xep-hang.xlsx"),
        *("niem-phong.json", "nhat-ky.jsonl", "niem-phong", "niem-phong/tieu-chi", "niem-phong/ke-hoach"),
        *("niem-phong/tieu-chi/nho.yaml", "niem-phong/ke-hoach/ke-hoach-2023.yaml"),
    }
    seal = json.loads((small / "ket-qua" / "niem-phong.json").read_text(encoding="utf-8"))
    assert (seal["round"], seal["closed"]["by"], seal["closed"]["provisional"]) == (
        *("nho-2023", "Nguyễn Văn A", False),
    )
    assert [entry["file"] for entry in seal["inputs"]] == [
        *("bang-diem.csv", "dot.yaml", "tieu-chi/ke-hoach-2023.yaml", "tieu-chi/nho.yaml"),
    ]
    entry = read_chain(small / "ket-qua" / "nhat-ky.jsonl").entries[-1]
    assert (entry.command, entry.who, done.head.full) == ("close", "Nguyễn Văn A", entry.hash)
    assert verify(small).sound


def test_the_hash_for_the_record_of_the_meeting(small: Path) -> None:
    assert head_hash(small) is None
    done = close_round(small)
    head = head_hash(small)
    assert head == done.head and head is not None
    assert head.short.replace(" ", "") == head.full[:32]
    assert [len(group) for group in head.short.split(" ")] == [4] * 8
    assert head.short in closing_text(done) and head.full in closing_text(done)


def test_a_sealed_round_is_not_sealed_again(small: Path) -> None:
    refuse_sealed(small)
    close_round(small, now=NOON)
    for deed in (refuse_sealed, close_round):
        with pytest.raises(SealedRound, match=r"đã niêm phong ngày 15/01/2024 .*--corrects") as refusal:
            deed(small)
        assert refusal.value.exit_code == 3


OPEN = [
    # the lines of the table, kind of points, what is open: code and cases
    ("one in part", "A 9 6 4\nB 9 - 4", "Thẩm định",
     {"errors": ("UBND xã B (1 lỗi)",), "appraised-in-part": ("UBND xã B (còn tiêu chí 1.2)",)}),
    ("claims only", "A 9 6 4", "Tự chấm", {"not-appraised": ("UBND xã A",)}),
    ("a mistake", "A 99 6 4\nB 9 5 4", "Thẩm định",
     {"errors": ("UBND xã A (1 lỗi)",), "appraised-in-part": ("UBND xã A (còn tiêu chí 1.1)",)}),
]  # fmt: skip


@pytest.mark.parametrize(("points", "kind", "matters"), [c[1:] for c in OPEN], ids=[c[0] for c in OPEN])
def test_what_is_open_is_listed_and_refused(
    tmp_path: Path, points: str, kind: str, matters: dict[str, tuple[str, ...]]
) -> None:
    folder = make_round(tmp_path / "nho", points, kind=kind)
    with pytest.raises(RoundOpen) as refusal:
        close_round(folder)
    assert {item.code: item.cases for item in refusal.value.matters} == matters
    assert refusal.value.exit_code == 3
    for cases in matters.values():
        assert all(case in str(refusal.value) for case in cases)
    assert not list(folder.glob("ket-qua/*"))


def test_a_unit_without_dossier_is_open_only_where_no_rule_speaks_on_it(tmp_path: Path) -> None:
    units = {"A": "UBND xã A", "B": "UBND xã B"}
    ruled = make_round(tmp_path / "co", "A 9 6 4", units=units)
    assert open_matters(outcome(load_round(ruled))) == ()
    text = (ruled / "tieu-chi" / "nho.yaml").read_text(encoding="utf-8")
    rule = next(line for line in text.splitlines(keepends=True) if "khong-ho-so" in line)
    bare = make_round(tmp_path / "khong", "A 9 6 4", units=units, criteria="{id}")
    (bare / "tieu-chi" / "nho.yaml").write_text(text.replace(rule, ""), encoding="utf-8")
    (matter,) = open_matters(outcome(load_round(bare)))
    assert (matter.code, matter.cases) == ("not-sent", ("UBND xã B",))


def test_a_criterion_that_was_decided_waits_for_nobody(tmp_path: Path) -> None:
    folder = make_round(tmp_path / "nho", "A 9 6 4\nB 9 - -")
    with (folder / "bang-diem.csv").open("a", encoding="utf-8") as table:
        table.write("B;;Quyết định;;5;\n")
    (part,) = [matter for matter in open_matters(outcome(load_round(folder))) if "part" in matter.code]
    assert part.cases == ("UBND xã B (còn tiêu chí 1.3)",)


def test_open_objections_keep_it_open(small: Path) -> None:
    from dataclasses import replace

    found = replace(outcome(load_round(small)), open_objections=("UBND xã A, tiêu chí 1.1",))
    (matter,) = open_matters(found)
    assert str(matter) == "1 kiến nghị chưa giải quyết: UBND xã A, tiêu chí 1.1."


def test_closed_in_spite_of_it_with_a_reason(tmp_path: Path) -> None:
    folder = make_round(tmp_path / "nho", "A 9 6 4\nB 9 - 4")
    for reason in ("", "  "):
        with pytest.raises(RoundOpen, match="phải ghi lý do") as refusal:
            close_round(folder, provisional=True, reason=reason)
        assert refusal.value.exit_code == 2
    done = close_round(folder, reason="họp gấp\nngày 20/10", provisional=True)
    assert "TẠM THỜI, lý do: họp gấp ngày 20/10" in closing_text(done)
    seal = json.loads((folder / "ket-qua" / "niem-phong.json").read_text(encoding="utf-8"))
    assert (seal["closed"]["provisional"], seal["closed"]["reason"]) == (True, "họp gấp ngày 20/10")
    assert seal["closed"]["open"][1]["cases"] == ["UBND xã B (còn tiêu chí 1.2)"]
    assert read_chain(folder / "ket-qua" / "nhat-ky.jsonl").entries[-1].details["open"] == {
        "errors": 1,
        "appraised-in-part": 1,
    }


def test_nothing_open_is_not_provisional_whatever_was_asked(small: Path) -> None:
    done = close_round(small, reason="phòng khi", provisional=True)
    assert done.matters == () and "TẠM THỜI" not in closing_text(done)


def test_a_run_broken_off_anywhere_leaves_an_unsealed_round(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every move into place in turn is the last thing that happens."""
    whole = Path.replace
    for last in range(1, 30):
        folder = shutil.copytree(small, tmp_path / f"lan-{last}" / small.name)
        moves = 0

        def cut_off(self: Path, target: Path, last: int = last) -> Path:
            nonlocal moves
            moves += 1
            if moves == last:
                raise KeyboardInterrupt
            return whole(self, target)

        monkeypatch.setattr(Path, "replace", cut_off)
        try:
            close_round(folder)
        except KeyboardInterrupt:
            monkeypatch.setattr(Path, "replace", whole)
            assert not is_sealed(folder)
            assert not read_chain(folder / "ket-qua" / "nhat-ky.jsonl").faults
            if last % 3 == 0 or last > 7:  # where copies and the journal are half written
                close_round(folder)
                assert check_seal(folder).differences == ()
            continue
        finally:
            monkeypatch.setattr(Path, "replace", whole)
        break
    assert verify(folder).sound
    assert last == 12, "a note of what moves, five outputs, two copies, a note, the journal, the seal"


def test_an_input_that_changes_while_closing_is_noticed(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = closing.outcome

    def meanwhile(round_: Round):  # type: ignore[no-untyped-def]
        found = real(round_)
        write_points(small, [["A", "1", "1", "1"]])
        return found

    monkeypatch.setattr(closing, "outcome", meanwhile)
    with pytest.raises(RoundOpen, match="thay đổi trong lúc niêm phong"):
        close_round(small)
    assert not is_sealed(small)


def test_a_sealed_round_is_read_by_its_own_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program's own decision and plan change after the round is sealed."""
    shipped = tmp_path / "shipped"
    folder = make_round(tmp_path / "nho")
    for kind in ("decisions", "plans", "rosters"):
        (shipped / kind).mkdir(parents=True)
    (folder / "tieu-chi" / "nho.yaml").rename(shipped / "decisions" / "nho.yaml")
    plan = (folder / "tieu-chi" / "ke-hoach-2023.yaml").rename(shipped / "plans" / "ke-hoach-2023.yaml")
    plan.write_text(
        plan.read_text(encoding="utf-8").replace("roster: null", "roster: xa"), encoding="utf-8"
    )
    (shipped / "rosters" / "xa.csv").write_text("code,name,type\nA,UBND xã A,xa\n", encoding="utf-8")
    monkeypatch.setattr(library, "SHIPPED", shipped)
    close_round(folder)
    assert (folder / "ket-qua" / "niem-phong" / "danh-sach" / "xa.csv").is_file()
    path = shipped / "decisions" / "nho.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("from: 80", "from: 97").replace("scale: 20", "scale: 21"), encoding="utf-8"
    )
    assert verify(folder).sound
    shutil.rmtree(shipped)
    assert verify(folder).sound


def test_leftovers_of_a_closing_that_was_broken_off_are_no_criteria(small: Path) -> None:
    stale = small / "ket-qua" / "niem-phong" / "tieu-chi" / "nho.yaml"
    stale.parent.mkdir(parents=True)
    stale.write_text("criteria: nho\nhỏng", encoding="utf-8")
    close_round(small)
    assert verify(small).sound


def test_only_seal_and_journal_hold_times(tmp_path: Path) -> None:
    folders = [make_round(tmp_path / name / "nho", POINTS) for name in "ab"]
    for folder in folders:
        close_round(folder, now=NOON if folder == folders[0] else None)
    for path in (folders[0] / "ket-qua").rglob("*"):
        other = folders[1] / path.relative_to(folders[0])
        if path.is_file():
            same = path.read_bytes() == other.read_bytes()
            assert same != (path.name in ("niem-phong.json", "nhat-ky.jsonl")), path.name
