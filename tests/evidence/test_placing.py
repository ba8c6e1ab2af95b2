"""How outputs get to their place, and who may write into a round.

1. A file is of before or of after; one that is open elsewhere is tried again, then told kindly.
2. Several files move together, or none of them: when writing fails, when the first is held; what could
   not be moved is moved by the next run.
3. What killed runs left is finished or taken away; only ours, and nothing outside the folder.
4. One run at a time: who waits is told who writes and since when; the lock leaves nothing behind.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from evidence import placing
from evidence.folders import ROUND_FILE
from evidence.lock import RoundHeld, hold, holder_text
from evidence.placing import (
    MOVES_NAME,
    FileHeld,
    finish_moves,
    remove_together,
    sweep,
    write_aside,
    write_text,
    write_together,
)

REPLACE = Path.replace


def holds(times: int, name: str = "") -> Callable[..., Path]:
    """`Path.replace` as it is while another program holds a file: refused so many times."""
    left = [times]

    def replace(self: Path, target: Path) -> Path:
        if (not name or Path(target).name == name) and left[0] > 0:
            left[0] -= 1
            raise PermissionError(13, "held")
        return REPLACE(self, target)

    return replace


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tries follow each other without a pause."""
    monkeypatch.setattr(placing, "RETRY_AFTER", (0.0, 0.0))


def names(folder: Path) -> list[str]:
    """Everything in a folder, hidden or not."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


# 1 ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("times", "text"), [(0, "mới"), (2, "mới"), (3, "cũ")])
def test_a_held_file_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int, text: str
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("cũ", encoding="utf-8")
    monkeypatch.setattr(Path, "replace", holds(times))
    if text == "mới":
        write_text(path, "mới")
    else:
        with pytest.raises(FileHeld, match="đang mở trong Excel"):
            write_text(path, "mới")
    assert path.read_text(encoding="utf-8") == text
    assert names(tmp_path) == ["a.txt"]


# 2 ----------------------------------------------------------------------------------------------


def write_three(folder: Path, text: str) -> None:
    """Three files of one run, in two folders; a fourth goes."""
    with write_together(folder):
        for name in ("ket-qua/1.txt", "ket-qua/2.txt", "nop/3.txt"):
            write_text(folder / name, text)
        remove_together(folder / "thua.txt")
        assert text not in {path.read_text(encoding="utf-8") for path in folder.rglob("[!.]*.txt")}


def texts(folder: Path) -> dict[str, str]:
    """The text of every file that people see."""
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("[!.]*.txt"))
    }


OLD = {"ket-qua/1.txt": "cũ", "ket-qua/2.txt": "cũ", "nop/3.txt": "cũ", "thua.txt": "cũ"}
NEW = {"ket-qua/1.txt": "mới", "ket-qua/2.txt": "mới", "nop/3.txt": "mới"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder in which the run before has written."""
    for name, text in OLD.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        write_text(tmp_path / name, text)
    return tmp_path


def test_files_move_together(folder: Path) -> None:
    write_three(folder, "mới")
    assert texts(folder) == NEW
    assert names(folder) == sorted(NEW)


def test_a_run_that_fails_moves_nothing(folder: Path) -> None:
    with pytest.raises(ZeroDivisionError), write_together(folder):
        write_text(folder / "ket-qua/1.txt", "mới")
        with write_aside(folder / "ket-qua/2.txt") as aside:
            aside.write_text("nửa", encoding="utf-8")
            raise ZeroDivisionError
    assert texts(folder) == OLD
    assert names(folder) == sorted(OLD)


def test_a_held_first_file_leaves_all_as_it_was(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "replace", holds(99, "1.txt"))
    with pytest.raises(FileHeld, match="tệp cũ vẫn còn nguyên"):
        write_three(folder, "mới")
    assert texts(folder) == OLD
    assert names(folder) == sorted(OLD)


def test_a_held_later_file_is_moved_by_the_next_run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "replace", holds(99, "2.txt"))
    with pytest.raises(FileHeld, match="thay nốt ở lần chạy sau"):
        write_three(folder, "mới")
    with pytest.raises(FileHeld):  # it is still held
        finish_moves(folder)
    monkeypatch.setattr(Path, "replace", REPLACE)
    finish_moves(folder)
    sweep(folder)
    assert texts(folder) == NEW
    assert names(folder) == sorted(NEW)


def test_a_folder_in_the_place_of_a_file_leaves_all_as_it_was(folder: Path) -> None:
    (folder / "nop/3.txt").unlink()
    (folder / "nop/3.txt/trong").mkdir(parents=True)
    with pytest.raises(FileHeld, match="vì đã có một thư mục trùng tên"), write_together(folder):
        write_text(folder / "ket-qua/1.txt", "mới")
        write_text(folder / "nop/3.txt", "mới")
    with pytest.raises(FileHeld, match="Đổi tên thư mục đó"):
        write_text(folder / "nop/3.txt", "mới")
    assert (folder / "ket-qua/1.txt").read_text(encoding="utf-8") == "cũ"
    assert names(folder) == ["ket-qua/1.txt", "ket-qua/2.txt", "thua.txt"]


# 3 ----------------------------------------------------------------------------------------------


def test_only_what_is_ours_is_swept(folder: Path) -> None:
    ours = [
        ".a.danvan-123-0a1b2c.xlsx",
        "ket-qua/.results.danvan-9-ffffff.json",
        "nop/X/.b.danvan-1-abcdef",
    ]
    others = [
        ".a.xlsx",
        "ket-qua/~$a.xlsx",
        ".danvan.txt",
        "a.danvan-123-0a1b2c.xlsx",
        ".a.danvan-123.xlsx",
    ]
    for name in (*ours, *others):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("x", encoding="utf-8")
    sweep(folder)
    assert names(folder) == sorted([*OLD, *others])


@pytest.mark.parametrize(
    "noted",
    [
        "{",
        "[]",
        '{"moves": []}',
        '{"moves": [["../ngoai/.a.danvan-1-abcdef.txt", "ket-qua/1.txt"]], "removals": []}',
        '{"moves": [[".a.danvan-1-abcdef.txt", "../ngoai.txt"]], "removals": []}',
        '{"moves": [["ket-qua/1.txt", "ket-qua/2.txt"]], "removals": []}',
        '{"moves": [], "removals": ["../ngoai.txt"]}',
    ],
)
def test_a_note_that_is_not_ours_moves_nothing(folder: Path, noted: str) -> None:
    outside = folder.parent / "ngoai.txt"
    outside.write_text("ngoài", encoding="utf-8")
    (folder / MOVES_NAME).write_text(noted, encoding="utf-8")
    finish_moves(folder)
    assert texts(folder) == OLD
    assert names(folder) == sorted(OLD)
    assert outside.read_text(encoding="utf-8") == "ngoài"


def test_a_note_is_finished_once(folder: Path) -> None:
    (folder / ".x.danvan-1-abcdef.txt").write_text("mới", encoding="utf-8")
    moves = [[".x.danvan-1-abcdef.txt", "ket-qua/1.txt"], [".y.danvan-1-abcdef.txt", "ket-qua/2.txt"]]
    (folder / MOVES_NAME).write_text(
        json.dumps({"moves": moves, "removals": ["thua.txt"]}), encoding="utf-8"
    )
    finish_moves(folder)
    assert texts(folder) == {"ket-qua/1.txt": "mới", "ket-qua/2.txt": "cũ", "nop/3.txt": "cũ"}
    assert not (folder / MOVES_NAME).exists()


# 4 ----------------------------------------------------------------------------------------------


def test_a_block_inside_another_is_part_of_it(folder: Path) -> None:
    (folder / ROUND_FILE).write_text("", encoding="utf-8")
    with hold(folder, "score"):
        with hold(folder / "ket-qua" / "..", "check", 0):
            assert "danvan score" in holder_text(folder)
        assert "danvan score" in holder_text(folder)
    assert holder_text(folder) == ""
    assert names(folder) == sorted([*OLD, ROUND_FILE])


def test_what_is_no_round_is_not_locked(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "khong-co"):
        with hold(place, "score"):
            assert names(tmp_path) == []


def test_the_lock_is_let_go_when_a_command_fails(folder: Path) -> None:
    (folder / ROUND_FILE).write_text("", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), hold(folder, "score", 0):
            raise ZeroDivisionError
    assert names(folder) == sorted([*OLD, ROUND_FILE])


def test_a_disk_without_locks_has_a_marker(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import errno

    from filelock import FileLock

    def unsupported(self: object, *_: object, **__: object) -> None:
        raise OSError(errno.ENOTSUP, "no locks here")

    (folder / ROUND_FILE).write_text("", encoding="utf-8")
    monkeypatch.setattr(FileLock, "acquire", unsupported)
    monkeypatch.setattr("evidence.lock._HELD", Unheld())
    with hold(folder, "score"), pytest.raises(RoundHeld, match="danvan score"), hold(folder, "check", 0.1):
        pass
    assert names(folder) == sorted([*OLD, ROUND_FILE])


class Unheld:
    """What this process holds, as another process knows it: nothing."""

    def get(self) -> frozenset[Path]:
        return frozenset()

    def set(self, _: object) -> None: ...

    def reset(self, _: object) -> None: ...
