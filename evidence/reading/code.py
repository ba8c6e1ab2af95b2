"""The code that a reading is done by, told from any other."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path


@cache
def code_digest() -> str:
    """A hash of the rooms that reading lies in, whatever ends their lines."""
    digest = hashlib.blake2b(digest_size=16)
    rooms = Path(__file__).resolve().parents[2]
    for path in sorted(path for room in ("criteria", "evidence") for path in (rooms / room).rglob("*.py")):
        digest.update(path.relative_to(rooms).as_posix().encode())
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()
