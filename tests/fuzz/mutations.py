"""Damage done to a workbook: to its zip, or to the XML within it, and what that damage touches."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from tests.workbooks.editing import SHEET, STRINGS, packed, parts_of

NUMBERS = [b"0", b"-1", b"1048577", b"4294967295", b"99999999999999999999", b"1e308", b"NaN", b"", b"\xff"]
ADDRESSES = [b"XFD1048576", b"A0", b"ZZZZ1", b"F", b"1", b"f12", b"A1:XFD1048576", b"F12F12", b"&#70;12"]


@dataclass(frozen=True)
class Damaged:
    """A damaged form: its bytes, what was done, the rows of “Tự chấm” (from 1) that may read otherwise.

    `rows` is None where any may.
    """

    data: bytes
    what: str
    rows: frozenset[int] | None


def damaged(form: bytes, rng: random.Random) -> Damaged:
    """The form damaged in one random way."""
    return _in_the_zip(form, rng) if rng.random() < 0.35 else _in_a_part(form, rng)


def _in_the_zip(form: bytes, rng: random.Random) -> Damaged:
    """Bytes of the file changed, lost or doubled: the checksums of its parts must tell."""
    data = bytearray(form)
    way = rng.choice(["bits", "lost", "doubled", "cut", "heads"])
    if way == "bits":
        for _ in range(rng.choice([1, 1, 2, 8, 60])):
            data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    elif way == "heads":  # sizes, flags and methods as the zip declares them
        places = [hit.start() for hit in re.finditer(rb"PK\x01\x02|PK\x03\x04|PK\x05\x06", form)]
        at = rng.choice(places) + rng.randrange(4, 30)
        data[at : at + 4] = rng.randbytes(4)
    else:
        start, length = rng.randrange(len(data)), rng.randrange(1, 2000)
        if way == "cut":
            del data[start:]
        elif way == "lost":
            del data[start : start + length]
        else:
            data[start:start] = data[start : start + length]
    return Damaged(bytes(data), f"zip: {way}", frozenset())


def _in_a_part(form: bytes, rng: random.Random) -> Damaged:
    """The XML of one part changed, and packed again as if it were meant so."""
    parts = parts_of(form)
    name = rng.choice([SHEET] * 6 + [STRINGS] * 2 + sorted(parts))
    content = parts[name]
    way = rng.choice(list(_WAYS))
    start, end, new = _WAYS[way](content, rng)
    parts[name] = content[:start] + new + content[end:]
    if rng.random() < 0.05:
        parts[rng.choice(sorted(parts)) + rng.choice(["", ".bak"])] = content
    return Damaged(packed(parts, 1), f"{name}: {way} at {start}", _touched(name, content, start, end))


def _touched(name: str, content: bytes, start: int, end: int) -> frozenset[int] | None:
    """The rows that a change between these bytes may touch; headings, texts and styles touch all."""
    if name != SHEET:
        harmless = name.startswith(("docProps/", "xl/theme/"))
        return frozenset() if harmless else None
    rows = {
        int(hit[1])
        for hit in re.finditer(rb'<row r="([0-9]+)"[^<>]*(?:/>|>.*?</row>)', content, re.DOTALL)
        if hit.start() < end + 1 and start - 1 < hit.end()
    }
    return None if min(rows, default=99) <= 8 else frozenset(rows)


Change = tuple[int, int, bytes]  # from, to, what stands there now


def _bytes(content: bytes, rng: random.Random) -> Change:
    at = rng.randrange(len(content))
    return at, at + rng.choice([0, 1, 1, 3]), rng.randbytes(rng.choice([0, 1, 1, 4]))


def _element_lost(content: bytes, rng: random.Random) -> Change:
    return (*_element(content, rng), b"")


def _element_doubled(content: bytes, rng: random.Random) -> Change:
    start, end = _element(content, rng)
    return end, end, content[start:end]


def _piece_lost(content: bytes, rng: random.Random) -> Change:
    start = rng.randrange(len(content))
    return start, min(len(content), start + rng.randrange(1, 3000)), b""


def _attribute(content: bytes, rng: random.Random) -> Change:
    hit = rng.choice(list(re.finditer(rb'="([^"]*)"', content)) or [re.match(b"", content)])
    assert hit
    return (*hit.span(1), rng.choice(NUMBERS + ADDRESSES)) if hit.re.groups else (0, 0, b"")


def _number(content: bytes, rng: random.Random) -> Change:
    hits = list(re.finditer(rb"<v>([^<]*)</v>", content))
    return (*rng.choice(hits).span(1), rng.choice(NUMBERS)) if hits else (0, 0, b"")


def _inserted(content: bytes, rng: random.Random) -> Change:
    at = content.find(b"<", rng.randrange(len(content)))
    at = at if at >= 0 else len(content)
    what = [b"<!DOCTYPE a>", b"<!-- -->", b"<![CDATA[8]]>", b"&amp;", b"&a;", b"<a>" * 300, b"<c/>", b"\0"]
    return at, at, rng.choice(what)


def _element(content: bytes, rng: random.Random) -> tuple[int, int]:
    """Where some element without elements of its own name in it begins and ends."""
    starts = list(re.finditer(rb"<([A-Za-z:]+)[^<>]*?(/?)>", content))
    hit = rng.choice(starts)
    if hit[2]:
        return hit.span()
    end = content.find(b"</" + hit[1] + b">", hit.end())
    return hit.start(), end + len(hit[1]) + 3 if end >= 0 else hit.end()


_WAYS: dict[str, Callable[[bytes, random.Random], Change]] = {
    "bytes": _bytes,
    "element lost": _element_lost,
    "element doubled": _element_doubled,
    "piece lost": _piece_lost,
    "attribute": _attribute,
    "number": _number,
    "inserted": _inserted,
}
