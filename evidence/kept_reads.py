"""What came of files that were read before, kept in the round's folder `.danvan/`, which may be deleted.

The file rules: its bytes are read and hashed each time, and what is kept counts only for these very bytes,
under this name, for this unit, under these rules, by this very program. It is a help for `check`, `score`
and the like; `close` and `verify` go without (`kept_in` gives nothing for a sealed round).

A batch is a file of records: key, length, deflated JSON (`file_read_json`). It is written aside and moved,
read as far as it is whole, and whatever is odd in it is not there. Nothing in it is code.
"""

from __future__ import annotations

import contextlib
import hashlib
import secrets
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path

from criteria.catalogue import Refusal
from criteria.library import SEAL
from criteria.model import Unit
from evidence.file_read_json import NotOurs, from_text, to_text
from evidence.file_reading import FileRead
from evidence.folders import KEPT
from evidence.placing import write_aside, write_text
from evidence.reading import limits
from evidence.reading.code import code_digest
from evidence.round import Round

NOTE = "doc-toi.txt"
_NOTE = (
    "Thư mục này giữ kết quả đọc các biểu mẫu đã nhận để lần chạy sau nhanh hơn.\n"
    "Có thể xóa bất cứ lúc nào: chương trình sẽ đọc lại từ biểu mẫu trong thư mục “nop”.\n"
)
_FORMAT = b"danvan 1\n"
_KEY, _SIZE = 32, 4  # bytes of a record's key and of its length
_MOST_TEXT, _MOST_BATCH = 64 * 2**20, 512 * 2**20  # bytes
FEWEST = 20  # files that are worth it: fewer are read in the time in which a command starts
FILES_A_BATCH, SECONDS_A_BATCH = 500, 5.0  # what a run that is killed may lose
_MANY_BATCHES = 8  # from which on all are made one


@dataclass
class KeptReads:
    """What is kept in a folder, and what this run adds. No fault of the disk reaches whoever asks."""

    folder: Path
    rules: bytes
    criteria: frozenset[str]
    known: dict[bytes, bytes] = field(default_factory=dict)
    batches: list[Path] = field(default_factory=list)
    used: set[bytes] = field(default_factory=set)
    added: dict[bytes, bytes] = field(default_factory=dict)
    since: float = field(default_factory=time.monotonic)
    spoilt: bool = False  # a record was found that is none
    writable: bool = True

    def key(self, data: bytes, file: str, unit: Unit) -> bytes:
        """What a file's reading is kept under."""
        digest = hashlib.sha256(self.rules)
        for part in (repr((file, unit)).encode(), data):
            digest.update(len(part).to_bytes(8, "big") + part)
        return digest.digest()

    def get(self, key: bytes, unit: Unit, file: str) -> FileRead | None:
        """What came of the file with this key before; None where that is not known for certain."""
        packed = self.known.get(key)
        if packed is None:
            return None
        with contextlib.suppress(NotOurs, zlib.error):
            read = from_text(zlib.decompressobj().decompress(packed, _MOST_TEXT), unit, file)
            if self.criteria.issuperset(read.claims.columns["criterion"]):
                self.used.add(key)
                return read
        self.spoilt = True
        return None

    def add(self, key: bytes, read: FileRead) -> None:
        """Keeps what came of a file: at the latest with the next batch, on the disk."""
        if not self.writable:
            return
        self.added[key] = zlib.compress(to_text(read).encode(), 1)
        self.used.add(key)
        if len(self.added) >= FILES_A_BATCH or time.monotonic() - self.since > SECONDS_A_BATCH:
            self.flush()

    def flush(self) -> None:
        """Puts what was added onto the disk."""
        added, self.added, self.since = self.added, {}, time.monotonic()
        self.known |= added
        self._write(added)

    def settle(self) -> None:
        """Ends a run that read all: many batches, or some with what nobody asked for, become one."""
        self.flush()
        stale = self.spoilt or len(self.known) > 2 * len(self.used)
        if not self.writable or not self.used or not (stale or len(self.batches) > _MANY_BATCHES):
            return
        old = list(self.batches)
        self._write({key: self.known[key] for key in self.used})
        if self.writable:
            for path in old:
                with contextlib.suppress(OSError):
                    path.unlink(missing_ok=True)

    def _write(self, records: dict[bytes, bytes]) -> None:
        if not records or not self.writable:
            return
        parts = [_FORMAT, self.rules]
        for key, text in records.items():
            parts += (key, len(text).to_bytes(_SIZE, "big"), text)
        path = self.folder / f"da-doc-{secrets.token_hex(6)}.bin"
        try:
            if not (self.folder / NOTE).exists():
                write_text(self.folder / NOTE, _NOTE)
            with write_aside(path) as aside:
                aside.write_bytes(b"".join(parts))
            self.batches.append(path)
        except (OSError, Refusal):  # no room, no right: the run goes on as if there were nothing to keep
            self.writable = False


def kept_in(round_: Round) -> KeptReads | None:
    """What is kept in a round's folder; None for a sealed round, in which nothing is put any more."""
    if (round_.folder / SEAL).is_file():
        return None
    ids = frozenset(leaf.id for leaf in round_.criteria.criteria)
    kept = KeptReads(round_.folder / KEPT, _rules(round_), ids)
    with contextlib.suppress(OSError):
        for path in sorted(kept.folder.glob("da-doc-*.bin")):
            with contextlib.suppress(OSError):
                if path.is_file() and path.stat().st_size <= _MOST_BATCH:
                    kept.known.update(_records(path.read_bytes(), kept.rules))
                    kept.batches.append(path)
    return kept


def _records(content: bytes, rules: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Key and deflated text of each record, as far as the batch is whole; none of other rules."""
    if not content.startswith(_FORMAT + rules):
        return
    at = len(_FORMAT + rules)
    while at + _KEY + _SIZE <= len(content):
        key, start = content[at : at + _KEY], at + _KEY + _SIZE
        end = start + int.from_bytes(content[at + _KEY : start], "big")
        if end > len(content):
            return
        yield key, content[start:end]
        at = end


def reading_only(round_: Round) -> Round:
    """The round with what the reading of one form may look to, and no more: rules, units, year.

    Registers that grow every day stay out, so that a receipt does not make all forms to be read anew.
    """
    return replace(round_, folder=Path(), facts=(), receipts=(), problems=(), corrects=None, previous="")


def _rules(round_: Round) -> bytes:
    """A hash of all that a reading depends on but for the file: the round, the limits, the program."""
    bounds = {name: value for name, value in vars(limits).items() if name.isupper()}
    text = repr((reading_only(round_), bounds))  # dataclasses of texts, numbers and tuples: no sets
    return hashlib.sha256(_program() + text.encode()).digest()


@cache
def _program() -> bytes:
    """A hash of the program: what another version found in a file is not asked for."""
    digest = hashlib.sha256()
    for name in ("danvan", "python-calamine"):
        with contextlib.suppress(ImportError):
            digest.update(version(name).encode())
    digest.update(code_digest().encode())
    return digest.digest()
