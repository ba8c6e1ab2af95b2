"""A form saved with macros."""

from __future__ import annotations

from tests.workbooks.editing import with_parts


def make(form: bytes) -> dict[str, bytes]:
    return {"a.xlsm": with_parts(form, xl__vbaProject_dot_bin=b"\xd0\xcf\x11\xe0")}
