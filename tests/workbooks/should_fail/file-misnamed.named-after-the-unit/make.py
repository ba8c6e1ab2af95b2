"""The form of unit a, sent under the name of the ward."""

from __future__ import annotations


def make(form: bytes) -> dict[str, bytes]:
    return {"Xã A.xlsx": form}
