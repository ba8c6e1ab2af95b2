"""Who writes into a round's folder: one run at a time, by a lock of the system that names its holder.

The lock is the system's own (flock on POSIX, LockFileEx on Windows, which Windows shares pass on to the
server), so that it is free again the moment its holder ends, however it ends. Where a network disk has
no such lock, a marker file stands in for it (filelock's SoftFileLock, which knows the holder's process
and machine and breaks the marker of a process that is gone).
"""

from __future__ import annotations

import errno
import getpass
import json
import os
import socket
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import datetime
from pathlib import Path

from filelock import BaseFileLock, FileLock, SoftFileLock, Timeout, UnixFileLock

from criteria.catalogue import Refusal
from evidence.folders import ROUND_FILE
from evidence.placing import finish_moves, is_read_only, read_only, sweep

LOCK_NAME, HOLDER_NAME = ".danvan.lock", ".danvan.lock.json"
WAIT = 10.0  # seconds: most runs of others end within them
_NO_LOCKS = {errno.ENOSYS, errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL}
_HELD: ContextVar[frozenset[Path]] = ContextVar("held", default=frozenset())


class RoundHeld(Refusal):
    """A round into which somebody else's run is writing; the text names them and since when."""

    exit_code = 3


@contextmanager
def hold(folder: Path, command: str, wait: float | None = None) -> Iterator[None]:
    """The right to write into a round's folder, for as long as the block runs.

    What a killed run left is put in order first. A block inside another of the same folder is part of
    it; a folder that is no round is not locked (loading it says what is wrong). `wait`: seconds, WAIT
    if not given. Raises RoundHeld where another run does not end in that time, FileHeld where the
    folder may not be written to.
    """
    place = folder.resolve()
    if place in _HELD.get() or not (folder / ROUND_FILE).is_file():
        yield
        return
    lock = _acquired(folder, WAIT if wait is None else wait)
    token = _HELD.set(_HELD.get() | {place})
    try:
        _tell_holder(folder, command)
        finish_moves(folder)
        sweep(folder)
        yield
    finally:
        _HELD.reset(token)
        with suppress(OSError):
            (folder / HOLDER_NAME).unlink(missing_ok=True)
        _released(folder, lock)


def person() -> str:
    """The name under which somebody is logged in to this machine."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a system without accounts
        return "không rõ tên"


def holder_text(folder: Path) -> str:
    """Who holds a round, as a Vietnamese phrase; empty where that is not told."""
    try:
        told = json.loads((folder / HOLDER_NAME).read_text(encoding="utf-8"))
        since = datetime.fromisoformat(told["since"])
        return (
            f"{told['user']} (máy {told['machine']}) đang chạy lệnh “danvan {told['command']}” "
            f"từ {since:%H:%M:%S} ngày {since:%d/%m/%Y}"
        )
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _acquired(folder: Path, wait: float) -> BaseFileLock:
    try:
        return _try(FileLock(folder / LOCK_NAME), wait)
    except Timeout as error:
        who = holder_text(folder) or "một người khác đang ghi vào đợt này"
        raise RoundHeld(
            f"Chưa ghi được vào đợt “{folder.name}”: {who}. "
            "Không có gì bị thay đổi; đợi lệnh kia xong rồi chạy lại."
        ) from error
    except OSError as error:
        if not is_read_only(error):
            raise
        raise read_only(folder) from error


def _try(lock: BaseFileLock, wait: float) -> BaseFileLock:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # filelock says aloud that it falls back to a marker
            lock.acquire(timeout=wait, poll_interval=0.1)
        return lock
    except OSError as error:
        if isinstance(error, Timeout) or error.errno not in _NO_LOCKS or isinstance(lock, SoftFileLock):
            raise
        return _try(SoftFileLock(lock.lock_file), wait)


def _released(folder: Path, lock: BaseFileLock) -> None:
    """Lets go. On POSIX the file goes first, while it is still ours: whoever waits for it sees that it
    has no name any more and begins anew, and the folder is left as clean as Windows leaves it."""
    if isinstance(lock, UnixFileLock):
        with suppress(OSError):
            (folder / LOCK_NAME).unlink(missing_ok=True)
    lock.release()


def _tell_holder(folder: Path, command: str) -> None:
    told = {
        "user": person(),
        "machine": socket.gethostname(),
        "command": command,
        "since": datetime.now().isoformat(timespec="seconds"),
        "process": os.getpid(),
    }
    text = json.dumps(told, ensure_ascii=False, indent=2)
    (folder / HOLDER_NAME).write_text(text, encoding="utf-8")
