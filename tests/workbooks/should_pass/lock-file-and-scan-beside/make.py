"""What Excel leaves while a file is open, and the signed form scanned."""

from __future__ import annotations


def make(form: bytes) -> dict[str, bytes]:
    return {"a.xlsx": form, "~$a.xlsx": b"\x05user", "a.pdf": b"%PDF-1.7"}
