"""The journal `ket-qua/nhat-ky.jsonl`: what was run, when, by whom, each line bound to the one before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from criteria.catalogue import Refusal
from evidence.folders import RESULTS
from evidence.lock import person
from evidence.placing import must_be_writable, write_aside
from evidence.sealing.fingerprint import sha256_of

JOURNAL = "nhat-ky.jsonl"
MAIN_OUTPUTS = ("results.json", "so-diem.csv")
BEGINNING = "0" * 64  # what stands for the hash before the first entry
_KEYS = ("entry", "time", "who", "command", "details", "outputs", "before", "hash")


class JournalBroken(Refusal):
    """A journal whose chain does not hold, so that nothing may be added to it."""

    exit_code = 3


@dataclass(frozen=True)
class Entry:
    """One line: its number (from 1), the time with its zone, who ran which command, with what details.

    `outputs`: hash of each main output as it stood after the command. `before` is the hash of the
    entry before, `hash` that of all else in this one.
    """

    number: int
    time: str
    who: str
    command: str
    details: Mapping[str, Any]
    outputs: Mapping[str, str]
    before: str
    hash: str


@dataclass(frozen=True)
class Chain:
    """The journal as read: its entries, and by line number what is wrong with each line that is."""

    entries: tuple[Entry, ...]
    faults: Mapping[int, str]

    @property
    def head(self) -> str:
        """Hash of the last entry."""
        return self.entries[-1].hash if self.entries else BEGINNING


def must_take(folder: Path, details: Mapping[str, Any]) -> None:
    """Raises what `append` would of these details, before a command does what could not be told there."""
    path = folder / RESULTS / JOURNAL
    _sound(path)
    canonical(details)
    must_be_writable(path)


def _sound(path: Path) -> Chain:
    """The journal's chain; raises JournalBroken where it does not hold."""
    chain = read_chain(path)
    if chain.faults:
        line, fault = next(iter(sorted(chain.faults.items())))
        raise JournalBroken(
            f"Nhật ký “{RESULTS}/{JOURNAL}” bị sửa hoặc hỏng ở dòng {line} ({fault}) nên không ghi tiếp "
            "được. Khôi phục tệp từ bản sao lưu; nếu không còn, đổi tên tệp để giữ lại đối chiếu rồi chạy "
            "lại lệnh."
        )
    return chain


def append(
    folder: Path,
    command: str,
    details: Mapping[str, Any] | None = None,
    who: str = "",
    now: datetime | None = None,
) -> Entry:
    """The entry added at the end of a round's journal, with the main outputs as they now stand.

    `details` are plain values (text, whole numbers, lists, mappings). `who`: the name of the account
    where none is given. The journal is written aside and moved into place: a crash leaves the old one.
    Raises JournalBroken where its chain does not hold, FileHeld as `write_aside` does.
    """
    path = folder / RESULTS / JOURNAL
    chain = _sound(path)
    body = {
        "entry": len(chain.entries) + 1,
        "time": (now or datetime.now()).astimezone().isoformat(timespec="seconds"),
        "who": who or person(),
        "command": command,
        "details": dict(details or {}),
        "outputs": {
            name: sha256_of(folder / RESULTS / name)
            for name in MAIN_OUTPUTS
            if (folder / RESULTS / name).is_file()
        },
        "before": chain.head,
    }
    line = canonical({**body, "hash": _hash(body)})
    with write_aside(path) as aside:
        aside.write_bytes((path.read_bytes() if path.is_file() else b"") + line + b"\n")
    return _entry(json.loads(line))


def canonical(value: Mapping[str, Any]) -> bytes:
    """The one way in which a value is written to be hashed: keys in order, no blanks, UTF-8."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8")


def _hash(body: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical(body)).hexdigest()


def read_chain(path: Path) -> Chain:
    """The journal in a file, held against itself; empty where there is no file. Raises OSError."""
    lines = path.read_bytes().split(b"\n") if path.is_file() else [b""]
    faults: dict[int, str] = {}
    if lines.pop() != b"":
        faults[len(lines) + 1] = "dòng cuối không được khép lại"
    entries = tuple(_read(lines, faults))
    return Chain(entries, faults)


def _read(lines: list[bytes], faults: dict[int, str]) -> Iterator[Entry]:
    """The entries that can be read, in order; what is wrong is noted by line."""
    before = BEGINNING
    for number, line in enumerate(lines, 1):
        try:
            raw = json.loads(line)
            entry = _entry(raw)
            body = {key: value for key, value in raw.items() if key != "hash"}
            whole = canonical(raw) == line and entry.hash == _hash(body) and set(raw) == set(_KEYS)
        except (ValueError, KeyError, TypeError):
            faults[number] = "không đọc được"
            before = ""
            continue
        if not whole:
            faults[number] = "nội dung không khớp với mã băm của chính dòng này"
        elif entry.number != number or (before and entry.before != before):
            faults[number] = "không nối tiếp dòng trước; có dòng bị sửa, bị thêm hoặc bị bỏ"
        before = entry.hash
        yield entry


def _entry(raw: dict[str, Any]) -> Entry:
    return Entry(*(raw[key] for key in _KEYS))
