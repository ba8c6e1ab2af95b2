"""The journal: each line bound to the one before.

1. An entry holds time, name, command, details and the hash of each main output as it then stood.
2. Any change of any byte, a line taken out, put in or moved is seen, by its number.
3. Nothing is added to a journal that does not hold.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.sealing import journal
from evidence.sealing.journal import BEGINNING, JournalBroken, append, read_chain

NOON = datetime(2024, 1, 15, 12, 30, 59, tzinfo=UTC)


def journal_of(folder: Path, entries: int = 4) -> Path:
    """A journal of that many entries, under a folder."""
    for number in range(entries):
        append(
            folder, "score", {"lần": number, "ghi chú": 'dấu "nháy" và\nxuống dòng'}, "Nguyễn Văn A", NOON
        )
    return folder / "ket-qua" / journal.JOURNAL


def test_what_an_entry_holds(tmp_path: Path) -> None:
    (tmp_path / "ket-qua").mkdir()
    (tmp_path / "ket-qua" / "results.json").write_bytes(b"{}")
    first = append(tmp_path, "score", {"errors": False}, "Nguyễn Văn A", NOON)
    (tmp_path / "ket-qua" / "so-diem.csv").write_bytes(b"")
    second = append(tmp_path, "close", now=NOON)
    assert (first.number, first.who, first.command, first.before) == (1, "Nguyễn Văn A", "score", BEGINNING)
    assert datetime.fromisoformat(first.time) == NOON
    empty_object = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"  # sha256 of {}
    assert first.outputs == {"results.json": empty_object}
    assert set(second.outputs) == {"results.json", "so-diem.csv"}
    assert (second.number, second.before) == (2, first.hash)
    assert second.who  # the account's name where none was given
    chain = read_chain(tmp_path / "ket-qua" / journal.JOURNAL)
    assert (chain.entries, chain.faults, chain.head) == ((first, second), {}, second.hash)


def test_no_journal_is_an_empty_chain(tmp_path: Path) -> None:
    chain = read_chain(tmp_path / "không-có")
    assert (chain.entries, chain.faults, chain.head) == ((), {}, BEGINNING)


CHANGES = [
    # what is done to the lines (numbered from 0), the lines that are then at fault (from 1)
    ("a line taken out", lambda lines: lines[:1] + lines[2:], {2, 3}),
    ("the first line taken out", lambda lines: lines[1:], {1, 2, 3}),
    ("a line twice", lambda lines: lines[:2] + lines[1:], {3, 4, 5}),
    ("two lines changed round", lambda lines: [lines[0], lines[2], lines[1], lines[3]], {2, 3, 4}),
    ("a blank line", lambda lines: [lines[0], b"", *lines[1:]], {2, 3, 4, 5}),
    ("blanks in a line", lambda lines: [lines[0].replace(b",", b", ", 1), *lines[1:]], {1}),
    ("another name", lambda lines: [*lines[:3], lines[3].replace("Văn A".encode(), "Văn B".encode())], {4}),
    ("not JSON", lambda lines: [lines[0], b"[]", *lines[2:]], {2}),
]


@pytest.mark.parametrize(
    ("change", "at_fault"), [case[1:] for case in CHANGES], ids=[c[0] for c in CHANGES]
)
def test_a_change_is_seen_by_its_line(tmp_path: Path, change, at_fault: set[int]) -> None:  # type: ignore[no-untyped-def]
    path = journal_of(tmp_path)
    lines = path.read_bytes().splitlines()
    path.write_bytes(b"\n".join(change(lines)) + b"\n")
    assert set(read_chain(path).faults) == at_fault
    before = path.read_bytes()
    with pytest.raises(JournalBroken, match=f"dòng {min(at_fault)} "):
        append(tmp_path, "score")
    assert path.read_bytes() == before


def test_a_last_line_cut_short_is_seen(tmp_path: Path) -> None:
    path = journal_of(tmp_path)
    path.write_bytes(path.read_bytes()[:-1])
    assert set(read_chain(path).faults) == {4}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a journal of four entries."""
    return journal_of(tmp_path_factory.mktemp("nhat-ky")).read_bytes()


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_any_other_byte_anywhere_is_seen(
    whole: bytes, tmp_path_factory: pytest.TempPathFactory, data
) -> None:  # type: ignore[no-untyped-def]
    at = data.draw(st.integers(0, len(whole) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda value: value != whole[at]))
    path = tmp_path_factory.getbasetemp() / "thu.jsonl"
    path.write_bytes(whole[:at] + bytes([other]) + whole[at + 1 :])
    assert read_chain(path).faults
