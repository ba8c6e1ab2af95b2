"""Which files of a round's folder count as what came in, and their hashes."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from criteria.library import OWN_FOLDER, PREVIOUS, SEALED_COPIES
from evidence.folders import FORMS, OUTSIDE, RECEIVED, RESULTS

WRITTEN = frozenset({FORMS, "tra-lai", RESULTS})  # folders that commands write and write again
# what commands read: a file that appears here, or beside dot.yaml as a table, may change results
READ = frozenset({RECEIVED, "tham-dinh", OUTSIDE, OWN_FOLDER, PREVIOUS})
_TABLES = {".yaml", ".yml", ".csv", ".xlsx", ".xlsm", ".xls"}
_SYSTEM_FILES = {"thumbs.db", "desktop.ini"}


@dataclass(frozen=True)
class Fingerprint:
    """A file by its path in the round's folder (slashes, NFC), its size in bytes and its sha256."""

    file: str
    size: int
    sha256: str

    def to_json(self) -> dict[str, Any]:
        """The fingerprint as a seal keeps it."""
        return {"file": self.file, "size": self.size, "sha256": self.sha256}


def input_files(folder: Path) -> Iterator[Path]:
    """Every file of a round that is not written by a command, in the order of their paths.

    What Windows, Excel and other programs leave behind (hidden files, locks) is none.
    """
    found = (path for path in folder.rglob("*") if path.is_file() and _counts(path.relative_to(folder)))
    return iter(sorted(found, key=lambda path: name_in(folder, path)))


def _counts(path: Path) -> bool:
    if path.parts[0] in WRITTEN and len(path.parts) > 1:
        return False
    hidden = any(part.startswith((".", "~$")) for part in path.parts)
    return not hidden and path.name.lower() not in _SYSTEM_FILES


def may_change_results(file: str) -> bool:
    """Whether a file of this path could be read by a command: not a scan laid beside `dot.yaml`."""
    first, _, rest = file.partition("/")
    if file.startswith(f"{SEALED_COPIES.as_posix()}/"):
        return True
    return first in READ if rest else Path(file).suffix.lower() in _TABLES


def name_in(folder: Path, path: Path) -> str:
    """Path of a file in a folder: slashes on every system, letters composed (macOS splits them)."""
    return unicodedata.normalize("NFC", path.relative_to(folder).as_posix())


def sha256_of(path: Path) -> str:
    """Hex sha256 of a file's bytes; raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fingerprints(folder: Path, paths: Iterable[Path]) -> tuple[Fingerprint, ...]:
    """Fingerprints of files in a folder, in the order given; raises OSError."""
    return tuple(Fingerprint(name_in(folder, path), path.stat().st_size, sha256_of(path)) for path in paths)
