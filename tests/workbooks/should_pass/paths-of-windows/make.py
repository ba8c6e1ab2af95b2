"""Parts named with the strokes of Windows."""

from __future__ import annotations

from tests.workbooks.editing import packed, parts_of


def make(form: bytes) -> bytes:
    return packed({name.replace("/", "\\"): part for name, part in parts_of(form).items()})
