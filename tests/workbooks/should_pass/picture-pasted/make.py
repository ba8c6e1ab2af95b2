"""A photograph pasted beside the table."""

from __future__ import annotations

from tests.workbooks.editing import with_parts


def make(form: bytes) -> bytes:
    return with_parts(form, xl__media__image1_dot_jpg=b"\xff\xd8\xff" + bytes(100_000))
