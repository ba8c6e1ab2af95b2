"""Numbers of annex rows: I, II / 1, 1.1 / a), b) / bullets, before a text or in a cell of their own."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_ROMAN = {"I": 1, "V": 5, "X": 10}
VIETNAMESE = "abcdđeghiklmnopqrstuvxy"
ENGLISH = "abcdefghijklmnopqrstuvwxyz"
_BULLETS = "-–—+•*▪▫◦·●○■□✓✔➢►§\uf0b7\uf0a7\uf0d8\uf02d\uf0fc"
_WORD = r"(?:(?P<word>tiêu chí|nhóm|mục|phần|nội dung|chỉ tiêu|lĩnh vực)\s+(?:thứ\s+)?(?:số\s+)?)?"
_CORE = r"(?P<core>(?:\d{1,3}|[IVX]{1,6}|[A-ZĐ])(?:\.\d{1,2}){1,4}|\d{1,3}|[IVX]{1,6}|[A-ZĐ])"
_ALONE = re.compile(rf"{_WORD}(?P<open>\()?{_CORE}(?P<close>[.)/:]|\.\))?", re.IGNORECASE)
_LEADING = re.compile(
    rf"{_WORD}(?P<open>\()?{_CORE}(?:"
    r"(?P<close>\.\)|[.)])(?:\s+(?=\S)|(?=\D))"  # "1. Có", "1.Có", "1. 100% số người", not "1.5"
    r"|(?:/|\s[-–])\s+(?=\S)"
    r"|(?(word)[:.]?\s+|(?<=\d)\s+)(?=[^\W\d]))",
    re.IGNORECASE,
)
_BULLET = re.compile(rf"(?P<bullet>[{re.escape(_BULLETS)}])(?:\s+(?=\S)|(?=[^\W\d]|\d+\s*%))")


@dataclass(frozen=True)
class Label:
    """A row's number: its style (rows of one style are siblings), its parts, and as printed.

    A letter or Roman number has one part; a bullet none.
    """

    style: str
    parts: tuple[int, ...]
    printed: str

    @property
    def dotted(self) -> bool:
        """Whether it is a decimal number of several parts, as 1.1."""
        return len(self.parts) > 1


def split_label(text: str) -> tuple[tuple[Label, ...], str]:
    """The readings of the number before a text (none if it has none), and the text after it.

    `I. Quán triệt` gives two readings, Roman one and the letter i; what stands before decides.
    """
    plain = unicodedata.normalize("NFC", text).strip()
    if bullet := _BULLET.match(plain):
        mark = "-" if bullet["bullet"] in "–—\uf02d" else bullet["bullet"]
        return (Label(f"bullet {mark}", (), mark),), plain[bullet.end() :].strip()
    match = _LEADING.match(plain)
    if match and _is_number(match):
        rest = plain[match.end() :].strip()
        if not rest.casefold().startswith("điểm"):  # "1.5 điểm"
            return _readings(match), rest
    return (), plain


def read_label(text: str) -> tuple[Label, ...]:
    """The readings of a cell that holds a number and nothing else; none where it holds more."""
    plain = unicodedata.normalize("NFC", text).strip()
    if re.fullmatch(rf"[{re.escape(_BULLETS)}]", plain):
        return (Label(f"bullet {'-' if plain in '–—' else plain}", (), plain),)
    plain = re.sub(r"\s*\.\s*", ".", plain)
    match = _ALONE.fullmatch(plain)
    return _readings(match) if match and _is_number(match) else ()


def _is_number(match: re.Match[str]) -> bool:
    core, text = match["core"], match[0].rstrip()
    if match.re is _LEADING and not match["word"] and text[-1].isalnum():
        return "." in core  # "1.1 Cán bộ" begins with a number, "2 buổi" does not
    head = core.split(".")[0]
    return head.isdigit() or len(head) == 1 or _roman(head) is not None


def _readings(match: re.Match[str]) -> tuple[Label, ...]:
    head, *tail = match["core"].split(".")
    digits = [int(part) for part in tail]
    if digits and digits[-1] == 0:
        digits.pop()  # a cell of Excel may show 1.0
    frame = ("(" if match["open"] else "") + (")" if ")" in (match["close"] or "") else "")
    word = (match["word"] or "").casefold()
    if head.isdigit():
        parts = (int(head), *digits)
        return (Label(f"{word}{frame}{len(parts)}", parts, ".".join(map(str, parts))),)
    case = "upper" if head.isupper() else "lower"
    first: list[tuple[str, int]] = []
    if roman := _roman(head):
        first.append(("roman", roman))
    if len(head) == 1:
        letters = VIETNAMESE if head.lower() in VIETNAMESE else ENGLISH
        first.append(("letter", letters.index(head.lower()) + 1))
    printed = ".".join([head, *map(str, digits)])
    depth = f" {len(digits) + 1}" if digits else ""
    return tuple(Label(f"{word}{name} {case}{depth}", (value, *digits), printed) for name, value in first)


def _roman(text: str) -> int | None:
    """Value of a Roman number up to 39 (of I, V, X); None where it is none."""
    upper = text.upper()
    if not re.fullmatch(r"X{0,3}(?:IX|IV|V?I{0,3})", upper) or not upper:
        return None
    values = [_ROMAN[letter] for letter in upper]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)


def follows(label: Label, before: Label) -> bool:
    """Whether a number is the next one after `before`, of the same style; bullets always are."""
    if not label.parts or not before.parts:
        return True
    if "letter" in label.style and not label.dotted:
        pair = (before.printed + label.printed).lower()
        return pair in VIETNAMESE or pair in ENGLISH
    return label.parts[:-1] == before.parts[:-1] and label.parts[-1] == before.parts[-1] + 1


def is_first(label: Label) -> bool:
    """Whether a number begins a list: 1, 2.1, I, a."""
    return not label.parts or label.parts[-1] == 1


def as_id(printed: str) -> str:
    """The number as part of an id, without accents: đ gives dd."""
    return printed.replace("đ", "dd").replace("Đ", "DD")
