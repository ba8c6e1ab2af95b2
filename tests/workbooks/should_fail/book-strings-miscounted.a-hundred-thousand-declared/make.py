"""A hundred thousand texts declared where there are few."""

from __future__ import annotations

import re

from tests.workbooks.editing import STRINGS, packed, parts_of


def make(form: bytes) -> bytes:
    parts = parts_of(form)
    texts = re.sub(rb'uniqueCount="[0-9]+"', b'uniqueCount="100000"', parts[STRINGS])
    return packed({**parts, STRINGS: texts})
