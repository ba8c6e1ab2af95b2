"""The list of a workbook's texts, written as nearly all programs write it, read without a parser.

As with plain sheets: each text must be of a strict form to its last byte, else the list is not plain.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

_MOST_KNOWN = 50_000  # pieces remembered: titles and labels stand in every form
_LONGEST_KNOWN = 2_000  # bytes
_CUT = b"<si><t"
_ROOT = re.compile(rb"(?:<\?xml[^<>]*\?>\s*)?<sst[ >]")
_TEXT = re.compile(
    rb'(?: xml:space="preserve")?(?:>([^<>&\x00-\x08\x0b-\x1f]*(?:&(?:amp|lt|gt|quot|apos);'
    rb"[^<>&\x00-\x08\x0b-\x1f]*)*)</t>|/>)</si>"
)
_ESCAPED = re.compile(r"_x[0-9A-Fa-f]{4}_")
_known: dict[bytes, str] = {}


@dataclass(frozen=True)
class PlainTexts:
    """The texts in their order; `frame`, what stands around them, is still to be parsed."""

    texts: list[str]
    frame: bytes


def plain_texts(content: bytes) -> PlainTexts | None:
    """The texts in this XML; None where the list is not plain."""
    body, closed, after = content.rpartition(b"</sst>")
    head, *pieces = body.split(_CUT)
    frame = head + closed + after
    if (
        not _ROOT.match(frame)
        or b"<!" in frame
        or frame.rfind(b"<?") > 0
        or b"<si" in frame
        or b"\r" in frame[64:]
    ):
        return None
    texts = list(map(_known.get, pieces))
    if None in texts:
        for at, text in enumerate(texts):
            if text is None:
                made = texts[at] = _text(pieces[at])
                if made is None:
                    return None
                if len(pieces[at]) <= _LONGEST_KNOWN:
                    if len(_known) >= _MOST_KNOWN:
                        _known.clear()
                    _known[pieces[at]] = made
    return PlainTexts(texts, frame)  # type: ignore[arg-type]  # none of them is None


def _text(piece: bytes) -> str | None:
    match = _TEXT.fullmatch(piece)
    if match is None or b"\xef\xbf" in piece:  # where the two signs are that XML does not have
        return None
    try:
        text = (match[1] or b"").decode()
    except UnicodeDecodeError:
        return None
    return None if _ESCAPED.search(text) else unescape(text) if "&" in text else text
