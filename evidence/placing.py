"""Outputs are written aside and moved into place, so that a broken run never leaves half a file.

Several outputs of one run move together (`write_together`): what is to be moved where is noted first,
so that a run killed between two moves is finished by the next one, and nothing stays half old, half new.
"""

from __future__ import annotations

import errno
import json
import os
import re
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path

from criteria.catalogue import Refusal
from evidence.sealing.sealed_files import refuse_sealed_file

# seconds between tries: antivirus and Explorer's preview let go within this time, Excel does not
RETRY_AFTER = (0.1, 0.2, 0.4, 0.8)
MOVES_NAME = ".danvan-moves.json"
_ASIDE = re.compile(r"\..+\.danvan-\d+-[0-9a-f]{6}(\.[^.]+)?")


class FileHeld(Refusal):
    """A file that cannot be replaced because another program holds it; the text says what to do."""

    exit_code = 3


@dataclass
class _Batch:
    """What one run has written aside in a folder and not yet moved; files to go once all is moved."""

    folder: Path
    moves: list[tuple[Path, Path]] = field(default_factory=list)
    removals: list[Path] = field(default_factory=list)

    def discard(self) -> None:
        """Leaves everything as it was."""
        for aside, _ in self.moves:
            aside.unlink(missing_ok=True)


_BATCH: ContextVar[_Batch | None] = ContextVar("batch", default=None)


@contextmanager
def write_aside(path: Path) -> Iterator[Path]:
    """A temporary path beside `path`; what is written there takes its place when the block ends well.

    Inside `write_together` it takes its place with the others. The folder is made if need be. When the
    block fails, the old file stays as it was. Raises FileHeld where the old file is open in Excel, after
    some tries, or the folder may not be written to; SealedRound where it is a sealed round's file.
    """
    refuse_sealed_file(path)
    # the dot keeps it out of sight and out of the round's intake
    token = f"danvan-{os.getpid()}-{secrets.token_hex(3)}"
    aside = path.with_name(f".{path.stem}.{token}{path.suffix}")
    batch = _BATCH.get()
    try:
        # made here, so that a folder that refuses is one kind of fault for every writer
        path.parent.mkdir(parents=True, exist_ok=True)
        aside.open("xb").close()
    except OSError as error:
        if not is_read_only(error):
            raise
        raise read_only(path.parent) from error
    try:
        with _plain_faults():
            yield aside
        if batch is None:
            _move(aside, path)
        else:
            batch.moves.append((aside, path))
    finally:
        if batch is None or (aside, path) not in batch.moves:
            aside.unlink(missing_ok=True)


@contextmanager
def _plain_faults() -> Iterator[None]:
    """Lets a fault of the disk out as what it is, where a writer (XlsxWriter) has wrapped it."""
    try:
        yield
    except OSError:
        raise
    except Exception as error:
        cause = error.args[0] if error.args else None
        if isinstance(cause, OSError):
            raise cause from error
        raise


def is_full(error: OSError) -> bool:
    """Whether a disk, or somebody's share of it, has no room left."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT)


def is_read_only(error: OSError) -> bool:
    """Whether a folder, or the disk it is on, may only be read."""
    return isinstance(error, PermissionError) or error.errno == errno.EROFS


def read_only(folder: Path) -> FileHeld:
    """The refusal to write into such a folder."""
    return FileHeld(
        f"Không ghi được vào thư mục “{folder}”: thư mục chỉ cho đọc. "
        "Kiểm tra quyền ghi, hoặc chép đợt đánh giá sang thư mục khác, rồi chạy lại lệnh."
    )


def write_text(path: Path, text: str) -> None:
    """Writes a text file whole: UTF-8, line ends as LF; raises FileHeld as `write_aside` does."""
    with write_aside(path) as aside:
        aside.write_text(text, encoding="utf-8", newline="\n")


@contextmanager
def write_together(folder: Path) -> Iterator[None]:
    """All that is written aside in the block, below `folder`, takes its place at the end, or none of it.

    A block inside another is part of it. Raises FileHeld where a file is open in Excel: before anything
    was moved as far as that can be seen; else the moves that are left are made by `finish_moves`.
    """
    if _BATCH.get() is not None:
        yield
        return
    batch = _Batch(folder)
    token = _BATCH.set(batch)
    try:
        yield
    except BaseException:
        batch.discard()
        raise
    finally:
        _BATCH.reset(token)
    _commit(batch)


def remove_together(path: Path) -> None:
    """Removes a file, inside `write_together` only after everything else has taken its place."""
    batch = _BATCH.get()
    if batch is None:
        path.unlink(missing_ok=True)
    else:
        batch.removals.append(path)


def _commit(batch: _Batch) -> None:
    """Notes the moves on the disk, makes them, and takes the note away."""
    if not batch.moves:
        return
    note = batch.folder / MOVES_NAME
    try:
        for aside, path in batch.moves:
            _must_be_free(path)
            _settle(aside)
        _note_moves(note, batch)
        _move(*batch.moves[0])
    except BaseException:
        note.unlink(missing_ok=True)
        batch.discard()
        raise
    _finish(note, batch.moves[1:], batch.removals)


def _note_moves(note: Path, batch: _Batch) -> None:
    def inside(path: Path) -> str:
        return path.relative_to(batch.folder).as_posix()

    moves = [[inside(aside), inside(path)] for aside, path in batch.moves]
    text = json.dumps({"moves": moves, "removals": [inside(path) for path in batch.removals]})
    aside = note.with_name(f".moves.danvan-{os.getpid()}-{secrets.token_hex(3)}.json")
    try:
        aside.write_text(text, encoding="utf-8")
        _settle(aside)
        _move(aside, note)
    finally:
        aside.unlink(missing_ok=True)


def finish_moves(folder: Path) -> None:
    """Ends what a killed run had begun to move; the folder's lock must be held.

    A note that is not ours, or leads out of the folder, is only taken away.
    """
    note = folder / MOVES_NAME
    try:
        noted = json.loads(note.read_text(encoding="utf-8"))
        moves = [(_inside(folder, aside), _inside(folder, path)) for aside, path in noted["moves"]]
        removals = [_inside(folder, path) for path in noted["removals"]]
        sound = all(_ASIDE.fullmatch(aside.name) for aside, _ in moves)
    except FileNotFoundError:
        return
    except (OSError, ValueError, TypeError, KeyError):
        sound = False
    if sound:
        _finish(note, [(aside, path) for aside, path in moves if aside.exists()], removals)
    note.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Takes away what killed runs left aside in a round's folder; the folder's lock must be held.

    Only files that bear our mark. The folders of documents, which may hold thousands and into which
    nothing is moved but whole files, are looked into as well.
    """
    for place, _, names in os.walk(folder):
        for name in names:
            if _ASIDE.fullmatch(name):
                (Path(place) / name).unlink(missing_ok=True)


def _inside(folder: Path, name: str) -> Path:
    """The path below a folder; ValueError where it leads elsewhere."""
    path = folder / name
    path.resolve().relative_to(folder.resolve())
    return path


def _finish(note: Path, moves: list[tuple[Path, Path]], removals: list[Path]) -> None:
    try:
        for aside, path in moves:
            _move(aside, path)
        for path in removals:
            _patiently(lambda path=path: path.unlink(missing_ok=True))  # type: ignore[misc]
    except (FileHeld, PermissionError) as error:
        raise FileHeld(
            f"{error} Các tệp khác của lần ghi này đã được thay; "
            "tệp còn lại sẽ được thay nốt ở lần chạy sau."
        ) from error
    note.unlink(missing_ok=True)


def _move(aside: Path, path: Path) -> None:
    _must_be_no_folder(path)
    try:
        # Path.replace is atomic on one volume, on Windows as well
        _patiently(lambda: aside.replace(path))
    except PermissionError as error:
        raise _held(path) from error


def _must_be_free(path: Path) -> None:
    """Raises FileHeld where a folder has the place, or a program holds the file (on Windows only)."""
    _must_be_no_folder(path)
    if os.name != "nt" or not path.exists():
        return
    try:
        _patiently(lambda: path.open("r+b").close())
    except PermissionError as error:
        raise _held(path) from error


def must_be_writable(path: Path) -> None:
    """Raises FileHeld where a file could not be put into its place, as far as that can be seen before."""
    parent = path.parent
    if parent.exists() and not parent.is_dir():
        raise FileHeld(
            f"“{parent}” phải là một thư mục nhưng lại là một tệp. Đổi tên tệp đó rồi chạy lại lệnh."
        )
    if parent.exists() and not os.access(parent, os.W_OK):
        raise read_only(parent)
    _must_be_free(path)


def _must_be_no_folder(path: Path) -> None:
    if path.is_dir():
        raise FileHeld(
            f"Không ghi được tệp “{path.name}” vì đã có một thư mục trùng tên ở “{path.parent}”. "
            "Đổi tên thư mục đó rồi chạy lại lệnh."
        )


def _held(path: Path) -> FileHeld:
    return FileHeld(
        f"Không thay được tệp “{path.name}” vì tệp đang mở trong Excel hoặc chương trình khác. "
        "Đóng tệp đó rồi chạy lại lệnh; tệp cũ vẫn còn nguyên."
    )


def _patiently(deed: Callable[[], object]) -> None:
    """Does the deed, again after a while where it is not allowed; PermissionError after the last try."""
    for delay in RETRY_AFTER:
        try:
            deed()
            return
        except PermissionError:
            time.sleep(delay)
    deed()


def _settle(path: Path) -> None:
    """Puts a file's content onto the disk before anything relies on it (a power cut)."""
    with path.open("r+b") as stream:
        os.fsync(stream.fileno())
