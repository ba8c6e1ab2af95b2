"""Four billion texts declared where there are few: a parser that makes room for them has none left."""

from __future__ import annotations

import re

from tests.workbooks.editing import STRINGS, packed, parts_of


def make(form: bytes) -> bytes:
    parts = parts_of(form)
    texts = re.sub(rb'uniqueCount="[0-9]+"', b'uniqueCount="4294967295"', parts[STRINGS])
    return packed({**parts, STRINGS: texts})
