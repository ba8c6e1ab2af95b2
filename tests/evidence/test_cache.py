"""What came of forms is kept in the round, and never trusted over the forms.

1. What is kept is what was read: of every form there is, damaged ones too.
2. A second run reads only what changed; the outcome is that of a run without anything kept.
3. Other bytes, another name, unit, rule, limit or program: nothing is known of it. A receipt changes nothing.
4. Whatever somebody puts into the folder, or takes out of it: the outcome is the same.
5. Interrupted, what was read before stays known.
6. A sealed round is left alone; lost files are tried again; the clock may jump.
"""

from __future__ import annotations

import dataclasses
import json
import shutil
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from criteria.library import SEAL
from criteria.model import Unit
from evidence import kept_reads
from evidence.file_read_json import NotOurs, from_text, to_text
from evidence.file_reading import FileRead, read_file
from evidence.folders import KEPT
from evidence.form.filling import Filling, FormDocument, FormEntry
from evidence.form.writer import write_form
from evidence.intake import Intake, take_in
from evidence.kept_reads import kept_in
from evidence.reading import limits
from evidence.reading.workers import Lost
from evidence.readings import Way, reading_by
from evidence.round import Round, load_round
from tests.evidence.fillings import best
from tests.evidence.other_rules import COUNTINGS, make_round
from tests.workbooks.editing import of_another, packed, parts_of

CODES = [f"u{number}" for number in range(12)]
LONG = "Đơn vị đã tổ chức đối thoại với nhân dân ở mười hai thôn, có biên bản kèm theo."


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A round of twelve units: the forms of ten are sound, one is damaged, one is half empty."""
    folder = tmp_path_factory.mktemp("cache") / "dot"
    round_ = make_round(folder, COUNTINGS[0], CODES)
    (folder / "nop").mkdir()
    entries = {leaf.id: best(leaf) for leaf in round_.criteria.criteria}
    first, *rest = entries
    entries[rest[0]] = dataclasses.replace(entries[rest[0]], explanation=LONG)
    documents = [
        FormDocument(f"{number}/BC-UBND", "03/4/2023", "", "Báo cáo", "bc.pdf") for number in (7, 8)
    ]
    for code, filling in (
        ("u0", Filling(entries, documents=documents)),
        ("u11", Filling({first: FormEntry("mười", None, "", "3")})),
    ):
        write_form(folder / "nop" / f"{code}.xlsx", round_, round_.by_code[code], filling)
    form = (folder / "nop" / "u0.xlsx").read_bytes()
    for code in CODES[1:-1]:
        (folder / "nop" / f"{code}.xlsx").write_bytes(of_another(form, "u0", code))
    (folder / "nop" / "u10.xlsx").write_bytes(packed(parts_of(form), 1)[:3000])
    return folder


class Reader:
    """Reads in this process, and notes whose files it was given."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.read: list[str] = []
        self.answer: dict[str, Lost[FileRead] | type[BaseException]] = {}
        monkeypatch.setattr(kept_reads, "FEWEST", 1)

    def _each(
        self, function: Any, calls: Any, workers: int | None = None, *, count: int = 1
    ) -> Iterator[Any]:
        for data, file, unit, context in calls:
            special = self.answer.get(unit.code)
            if isinstance(special, type):
                raise special
            self.read.append(unit.code)
            yield special or function(data, file, unit, context)

    def take_in(self, folder: Path) -> tuple[Intake, list[str]]:
        """What came in, and whose files were read for it."""
        self.read = []
        with reading_by(Way(keep=True, executor=self._each)):
            intake = take_in(load_round(folder))
        return intake, self.read


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Reader:
    """What reads."""
    return Reader(monkeypatch)


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A copy of the round that a test may change."""
    shutil.copytree(made, tmp_path / "dot")
    return tmp_path / "dot"


def same(one: Intake, other: Intake) -> bool:
    """Whether two intakes are the same in all they say."""
    pd.testing.assert_frame_equal(one.answers, other.answers)
    keys = ("sources", "problems", "received", "rejected", "files")
    return all(getattr(one, key) == getattr(other, key) for key in keys)


def test_what_is_kept_is_what_was_read(made: Path) -> None:
    round_ = load_round(made)
    for unit in round_.units:
        file = f"{unit.code}.xlsx"
        read = read_file((made / "nop" / file).read_bytes(), file, unit, round_)
        assert from_text(to_text(read), unit, file) == read
    assert read.claims.problems


def test_a_second_run_reads_only_what_changed(folder: Path, reader: Reader) -> None:
    bare = take_in(load_round(folder))
    first, read = reader.take_in(folder)
    assert read == CODES
    again, read = reader.take_in(folder)
    assert read == []
    assert same(first, bare)
    assert same(again, bare)
    form = folder / "nop" / "u3.xlsx"
    form.write_bytes(packed(parts_of(form.read_bytes()), 9))
    assert reader.take_in(folder)[1] == ["u3"]
    assert reader.take_in(folder)[1] == []


def other_name(folder: Path) -> list[str]:
    (folder / "nop" / "u3.xlsx").rename(folder / "nop" / "u3.xlsm")
    return ["u3"]


def anothers_bytes(folder: Path) -> list[str]:
    shutil.copyfile(folder / "nop" / "u4.xlsx", folder / "nop" / "u3.xlsx")
    return ["u3"]


def other_name_of_a_unit(folder: Path) -> list[str]:
    path = folder / "dot.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("Xã u3", "Phường u3"), encoding="utf-8")
    return CODES


def other_rules(folder: Path) -> list[str]:
    path = folder / "tieu-chi" / "thu-nghiem.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# đã xem lại\n", encoding="utf-8")
    return CODES


def a_receipt(folder: Path) -> list[str]:
    path = folder / "dot.yaml"
    more = "received: [{unit: u3, on: 2023-10-01, recorded_by: A}]\n"
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    return []


CHANGES = [other_name, anothers_bytes, other_name_of_a_unit, other_rules, a_receipt]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_what_changes_is_read_anew(change: Any, folder: Path, reader: Reader) -> None:
    reader.take_in(folder)
    want = change(folder)
    intake, read = reader.take_in(folder)
    assert read == want
    assert same(intake, take_in(load_round(folder)))


def test_other_limits_or_another_program_know_nothing(
    folder: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader.take_in(folder)
    monkeypatch.setattr(limits, "MOST_ROWS", 19_999)
    assert reader.take_in(folder)[1] == CODES
    monkeypatch.setattr(kept_reads, "_program", lambda: b"another")
    assert reader.take_in(folder)[1] == CODES


def batches(folder: Path) -> list[Path]:
    return sorted((folder / KEPT).glob("*.bin"))


ODD = {
    "nothing": lambda content: b"",
    "half of it": lambda content: content[: len(content) // 2],
    "other bytes within": lambda content: content[:900] + bytes(200) + content[1100:],
    "a pickle": lambda content: b"cos\nsystem\n(S'exit 1'\ntR.",
    "lengths beyond the end": lambda content: content[:73] + b"\xff" * (len(content) - 73),
    "a text of ours, of another's form": lambda content: content[:45] + content[45:][::-1],
}


@pytest.mark.parametrize("odd", ODD)
def test_what_is_odd_is_not_there(odd: str, folder: Path, reader: Reader) -> None:
    first, _ = reader.take_in(folder)
    (batch,) = batches(folder)
    batch.write_bytes(ODD[odd](batch.read_bytes()))
    (folder / KEPT / "da-doc-thu.bin").mkdir()
    again, read = reader.take_in(folder)
    assert same(again, first)
    assert read
    assert reader.take_in(folder)[1] == []


def test_the_folder_may_be_deleted(folder: Path, reader: Reader) -> None:
    first, _ = reader.take_in(folder)
    shutil.rmtree(folder / KEPT)
    again, read = reader.take_in(folder)
    assert read == CODES
    assert same(again, first)
    shutil.rmtree(folder / KEPT)
    (folder / KEPT).write_text("một tệp, không phải thư mục", encoding="utf-8")
    assert same(reader.take_in(folder)[0], first)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "null",
        "[" * 100_000,
        '[true,"",[],[],[["khong-co","u1","u1.xlsx","","",null,"",""]],null]',
    ],
)
def test_a_text_that_is_not_ours_is_refused(text: str) -> None:
    with pytest.raises(NotOurs):
        from_text(text, Unit("u1", "Xã u1", "xa", "xa"), "u1.xlsx")


def test_points_of_another_type_or_unit_are_refused(made: Path) -> None:
    round_ = load_round(made)
    unit = round_.by_code["u0"]
    text = to_text(read_file((made / "nop" / "u0.xlsx").read_bytes(), "u0.xlsx", unit, round_))
    assert from_text(text, unit, "u0.xlsx").taken
    for column, odd in ((0, "u1"), (2, 1), (2, 0.0), (3, "1"), (4, 2**70), (4, True), (6, 0), (8, None)):
        value = json.loads(text)
        value[3][column][0] = odd
        with pytest.raises(NotOurs):
            from_text(json.dumps(value), unit, "u0.xlsx")


def test_interrupted_the_next_run_goes_on(folder: Path, reader: Reader) -> None:
    reader.answer["u7"] = KeyboardInterrupt
    with pytest.raises(KeyboardInterrupt):
        reader.take_in(folder)
    reader.answer.clear()
    assert sorted(reader.take_in(folder)[1]) == sorted(CODES[7:])


def test_what_was_lost_is_tried_again(folder: Path, reader: Reader) -> None:
    reader.answer["u5"] = Lost("file-too-slow")
    assert "u5" in reader.take_in(folder)[0].rejected
    reader.answer.clear()
    intake, read = reader.take_in(folder)
    assert read == ["u5"]
    assert "u5" in intake.received


def test_a_sealed_round_is_left_alone(folder: Path, reader: Reader) -> None:
    (folder / SEAL).parent.mkdir(exist_ok=True)
    (folder / SEAL).write_text("{}", encoding="utf-8")
    assert reader.take_in(folder)[1] == reader.take_in(folder)[1] == CODES
    assert not (folder / KEPT).exists()


def test_without_being_asked_for_nothing_is_kept(folder: Path) -> None:
    take_in(load_round(folder))
    assert not (folder / KEPT).exists()


def test_many_batches_become_one(folder: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_reads, "FILES_A_BATCH", 1)
    reader.take_in(folder)
    assert len(batches(folder)) == 1
    assert reader.take_in(folder)[1] == []


def test_a_clock_that_jumps_changes_nothing(
    folder: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _ = reader.take_in(folder)
    monkeypatch.setattr(time, "time", lambda: 0.0)
    again, read = reader.take_in(folder)
    assert read == []
    assert same(again, first)


def test_a_record_that_swells_is_cut(folder: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    round_: Round = load_round(folder)
    kept = kept_in(round_)
    assert kept is not None
    kept.known[b"key"] = zlib.compress(b" " * 10_000_000)
    monkeypatch.setattr(kept_reads, "_MOST_TEXT", 1000)
    assert kept.get(b"key", round_.units[0], "u0.xlsx") is None
