"""All texts as a Mac writes them: letters and accents apart."""

from __future__ import annotations

import unicodedata

from tests.workbooks.editing import STRINGS, packed, parts_of


def make(form: bytes) -> bytes:
    parts = parts_of(form)
    texts = unicodedata.normalize("NFD", parts[STRINGS].decode())
    return packed({**parts, STRINGS: texts.encode()})
