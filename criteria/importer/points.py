"""Points as annexes print them: "2", "0,5", "02", "2 điểm", "tối đa 2 điểm", "Đạt 100%: 2 điểm"."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from criteria.exact import thousandths

_NUM = r"\d{1,4}(?:[.,]\d{1,3})?"
_UNIT = r"(?:điểm|đ)(?!\w)"
_LEAD = r"(?:(?:điểm\s+)?tối\s+đa|(?:được|cho|chấm|tính|cộng|đạt|thưởng)(?:\s+(?:tối\s+đa|điểm))?)"
_ALONE = re.compile(
    rf"\(?\s*(?:{_LEAD}\s*:?\s*)?(?P<sign>[-–+])?\s*(?P<value>{_NUM})\s*(?:{_UNIT})?\s*\)?[.;,]?",
    re.IGNORECASE,
)
_RANGE = re.compile(
    rf"\(?\s*(?:từ\s+)?(?P<low>{_NUM})\s*(?:-|–|→|đến)\s*(?P<value>{_NUM})\s*(?:{_UNIT})?\s*\)?[.;,]?",
    re.IGNORECASE,
)
# at the end of a sentence the word "điểm" must stand, or "Đạt 80%" would give points
_INLINE = re.compile(
    rf"\s*(?:[:;,=–(-]\s*|(?<=\s)|^)(?:{_LEAD}\s*:?\s*)?(?P<sign>[-–+])?(?P<value>{_NUM})\s*{_UNIT}"
    r"\s*\)?[.;,]?\s*$",
    re.IGNORECASE,
)
_PROPORTIONAL = re.compile(
    r"\s*[:;,=–(-]?\s*(?:điểm\s+)?(?:tính\s+)?(?:điểm\s+)?theo\s+tỷ\s+lệ.{0,60}$", re.I
)


@dataclass(frozen=True)
class Points:
    """Points read from a text: thousandths, or None; `taken_off` where a minus stands before them.

    `doubt` says, in Vietnamese, what a person has to confirm.
    """

    value: int | None = None
    taken_off: bool = False
    doubt: str = ""


NONE = Points()


def read_points(text: str) -> Points:
    """Points of a cell of the points column; an empty cell, a dash or a cross give none."""
    plain = _plain(text)
    if not plain or re.fullmatch(r"[-–—xX./*]+", plain):
        return NONE
    if match := _ALONE.fullmatch(plain):
        return _value(match)
    if match := _RANGE.fullmatch(plain):
        low = thousandths(match["low"])
        most = thousandths(match["value"])
        if low < most:
            return Points(most, doubt=f"Điểm in là “{plain}”; lấy mức cao nhất làm điểm tối đa.")
    found = re.findall(rf"({_NUM})\s*{_UNIT}", plain, re.IGNORECASE)
    if len(found) == 1 and "/" not in plain and "%" not in plain:
        return Points(thousandths(found[0]), doubt=f"Điểm in là “{plain}”; xin kiểm tra lại.")
    return Points(doubt=f"Không đọc được điểm “{plain}”.")


def split_points(text: str) -> tuple[str, Points]:
    """A sentence without the points at its end, and these points: `Đạt 100%: 2 điểm`."""
    plain = _plain(text)
    match = _INLINE.search(plain)
    if not match or re.search(r"(?:mỗi|cứ|trừ)(?!\w)", plain, re.IGNORECASE):
        return plain, NONE  # "mỗi buổi được 0,5 điểm" is a rule, not the criterion's points
    return plain[: match.start()].rstrip(" :;,–-"), _value(match)


def split_proportional(text: str) -> tuple[str, bool]:
    """A level without `tính theo tỷ lệ` at its end, and whether that stood there."""
    match = _PROPORTIONAL.search(text)
    return (text[: match.start()].rstrip(" :;,–-"), True) if match else (text, False)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).replace("\u00a0", " ").split())


def _value(match: re.Match[str]) -> Points:
    return Points(thousandths(match["value"]), taken_off=match["sign"] in ("-", "–"))
