"""A decision put into the form as an object."""

from __future__ import annotations

from tests.workbooks.editing import with_parts


def make(form: bytes) -> bytes:
    return with_parts(form, xl__embeddings__oleObject1_dot_bin=b"\xd0\xcf\x11\xe0")
