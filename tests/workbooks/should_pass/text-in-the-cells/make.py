"""Every text in its own cell and none shared, some of it with its reading beside it."""

from __future__ import annotations

import re

from tests.workbooks.editing import STRINGS, packed, parts_of

_SHARED = re.compile(rb'(<c [^<>]*)t="s"><v>([0-9]+)</v></c>')


def make(form: bytes) -> bytes:
    parts = parts_of(form)
    texts = re.findall(rb"<si>(.*?)</si>", parts.pop(STRINGS), re.DOTALL)
    reading = b'<rPh sb="0" eb="1"><t>9</t></rPh>'

    def own(cell: re.Match[bytes]) -> bytes:
        return cell[1] + b't="inlineStr"><is>' + texts[int(cell[2])] + reading + b"</is></c>"

    return packed({name: _SHARED.sub(own, content) for name, content in parts.items()})
