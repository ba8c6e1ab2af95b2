"""Citations of documents in Vietnamese text.

State documents are numbered `436/QĐ-UBND` or `48/2021/QĐ-UBND` (annex of Decree 30/2020/NĐ-CP),
party documents `114-KL/TW`; people mix the two, and that slip is kept beside the number it means.
All patterns repeat only a bounded number of times, so the time grows with the text and no faster.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

# fmt: off
_KINDS = {  # the name in words -> the abbreviation; "Văn bản" says nothing of the kind
    "thông tư liên tịch": "TTLT", "nghị quyết liên tịch": "NQLT", "quyết định": "QĐ",
    "quy định": "QyĐ", "kế hoạch": "KH", "nghị định": "NĐ", "chỉ thị": "CT", "nghị quyết": "NQ",
    "kết luận": "KL", "thông tư": "TT", "pháp lệnh": "PL", "công văn": "CV", "chương trình": "CTr",
    "hướng dẫn": "HD", "báo cáo": "BC", "tờ trình": "TTr", "thông báo": "TB", "công điện": "CĐ",
    "luật": "Luật", "quy chế": "QC", "đề án": "ĐA", "phương án": "PA", "văn bản": "",
}
_CODES = {kind.casefold(): kind for kind in (*_KINDS.values(), "QĐi", "GM", "BB") if kind}
_ORGANS = {organ.casefold(): organ for organ in (
    "UBND", "HĐND", "CP", "TTg", "TW", "TU", "HU", "ThU", "QU", "ĐU", "CTN", "BNV", "VPCP",
)}
# fmt: on
_PARTY = re.compile(r"(?:TW|TU|HU|ThU|QU|ĐU)$")  # BDVTU, BTCTW, VPHU are organs of the party too

_SAME = {
    **dict.fromkeys("\u00a0\u2000\u2002\u2003\u2007\u2009\u202f\u3000", " "),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    **dict.fromkeys("\u2044\u2215\uff0f", "/"),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
    **dict.fromkeys("\u00d0\u0189", "Đ"),  # Eth and African D look like Đ
    **dict.fromkeys("\u00f0\u0256", "đ"),
}

_LETTERS = [chr(c) for c in (*range(0x41, 0x1B1), *range(0x1EA0, 0x1EFA)) if chr(c).isalpha()]
_CAP = f"[{''.join(c for c in _LETTERS if c.isupper())}]\\w{{0,7}}"
_LOW = f"[{''.join(c for c in _LETTERS if c.islower())}]\\w{{0,7}}"


def _pattern(text: str) -> re.Pattern[str]:
    """Compiled pattern: a blank matches any short gap, `ủy` also matches `uỷ`."""
    return re.compile(text.replace(" ", r"\s{1,4}").replace("ủy", "(?:ủy|uỷ)"))


_SEGMENT = r"[^\W\d_](?:[^\W\d_]|&){0,11}(?:(?:(?<=QH)\s)?\d{1,2})?(?!\w)"
_WORDS = "|".join(_KINDS)
_HEAD = _pattern(
    rf"(?:(?<!\w)(?:(?P<word>(?i:{_WORDS}))(?: (?i:phối hợp|liên tịch|liên ngành|hành động))? |"
    r"(?P<short>QĐ|KH|NĐ|CT|NQ|KL|TT|PL|CV|CTr) ))?"
    r"(?:(?<!\w)(?P<so>(?i:số))\s{0,3}(?P<colon>:)?\s{0,3})?"
    r"(?:(?<![\w/])(?<!\d[-.,])|(?<=số)|(?<=Số)|(?<=SỐ))(?P<serial>\d{1,5}[a-zA-ZđĐ]{0,2})(?![^\W_])"
    r"(?:\s{0,2}(?P<ysep>[-/])\s{0,2}(?P<year>(?:19|20)\d\d)(?!\w))?"
)
_CODE = re.compile(
    rf"(?:\s{{0,3}}(?P<sep1>[-/])\s{{0,3}}|\s{{1,2}})(?P<kind>{_SEGMENT})"
    # after a blank only capitals can belong to the number: "436/QĐ - UBND", not "12/KH - Phòng"
    r"(?:(?P<sep2>[-/]|\s{0,3}[-/]\s{0,3}(?=[A-ZĐ]{2}|T[hp]U))"
    rf"(?P<organs>{_SEGMENT}(?:[-/]{_SEGMENT}){{0,3}}))?"
)
_DAY = (
    r"(?:(?P<d>\d{1,2})\s?[-/.]\s?(?P<m>\d{1,2})\s?[-/.]\s?(?P<y>\d{4})"
    r"|(?P<d2>\d{1,2}) tháng (?P<m2>\d{1,2}) năm (?P<y2>\d{4})"
    r"|(?P<y3>\d{4})-(?P<m3>\d\d)-(?P<d3>\d\d)"
    r"|[\s.…_]{0,12}tháng[\s.…_]{1,12}\d{0,2}[\s.…_]{0,8}năm \d{4})(?!\d)"  # left blank
)
_DATE = _pattern(rf"[\s,(]{{0,6}}(?i:ký |ban hành )?(?i:ngày\s{{0,6}})?{_DAY}")
_HEAD_DATE = _pattern(rf"\s{{0,9}}[^\n,;:]{{1,40}},\s{{0,4}}ngày\s{{0,6}}{_DAY}")  # place, date
_LATER_DATE = _pattern(rf"[\s,(]{{0,6}}(?i:ký |ban hành )?ngày\s{{0,6}}{_DAY}")

_STOP = (
    rf"(?!(?i:{_WORDS}|về|v/v|ban hành|triển khai|thực hiện|phê duyệt|sửa đổi|bổ sung|"
    r"công bố|thông qua|ủy ban|hội đồng|trên|theo|tại|đối|ngày|năm|số|UBND|HĐND)(?!\w))"
)
_LEVEL = r"(?i:tỉnh|thành phố|tp\.?|thị xã|huyện|quận|xã|phường|thị trấn|đặc khu)"
# a name stays on its line: after a line break the next capital may begin a new paragraph
_PLACE = (
    rf"(?:\x20{_STOP}{_CAP}(?:\x20(?:-\x20)?{_STOP}{_CAP}){{0,3}}"
    r"|(?:(?<=phường)|(?<=quận))\x20\d\d?(?!\w))?"
)
_AREA = rf"(?: {_LEVEL}(?!\w){_PLACE})?"
_UNIT = rf"{_STOP}{_CAP}(?: {_STOP}{_LOW}(?: nông thôn)?)?".replace("kế hoạch|", "")
_BODY = "|".join(
    (
        rf"(?:(?i:chủ tịch|thường trực) )?(?i:UBND|ủy ban nhân dân|HĐND|hội đồng nhân dân){_AREA}",
        r"(?i:(?:thủ tướng )?chính phủ|bộ chính trị|(?:ủy ban thường vụ )?quốc hội|chủ tịch nước)",
        r"(?:(?i:thường trực|ban thường vụ|ban chấp hành|ban bí thư|btv|bch) )?"
        rf"(?:(?i:tỉnh ủy|thành ủy|thị ủy|huyện ủy|quận ủy){_PLACE}"
        rf"|(?i:đảng ủy|đảng bộ){_AREA}{_PLACE}|(?i:trung ương(?: đảng)?))",
        r"(?i:ban bí thư)",
        r"(?:(?i:bộ trưởng|giám đốc|trưởng phòng|trưởng ban|chủ nhiệm|chánh văn phòng) )?"
        r"(?i:bộ|sở|ban|phòng|văn phòng|ủy ban|hội|cục|tổng cục|thanh tra) "
        rf"{_UNIT}(?:(?:,(?= Thể)| -| và)?\x20{_UNIT}){{0,4}}{_AREA}",
    )
)
_BY = re.compile(r"[\s,)]{0,4}(?i:của|do)\s")  # what an issuer is named after


@cache
def _issuer() -> re.Pattern[str]:
    """Compiled when the first issuer is named: it takes as long as reading some forms."""
    return _pattern(
        rf"[\s,)]{{0,4}}(?i:của|do) (?P<issuer>(?:{_BODY})(?!\w)(?: và (?:{_BODY})(?!\w))?)"
        r"(?:\s{0,3}\(?(?i:khóa|khoá) \w{1,6}\)?)?"
    )


@dataclass(frozen=True)
class Citation:
    """One citation: what it means (`number`, `kind`, `date`) and what was written (`text`, `slip`).

    `kind` is an abbreviation (`QĐ`; "" where neither words nor number tell). `date` is None where
    none is given, or where the one given, `bad_date`, is not in the calendar. `issuer` is None or
    as written. `start` and `end` count characters of the text given, in whichever Unicode form.
    """

    kind: str
    number: str
    date: date | None
    issuer: str | None
    text: str
    start: int
    end: int
    slip: str | None = None
    bad_date: str | None = None


def find_citations(text: str) -> Iterator[Citation]:
    """Citations in running text, in order; raises nothing, whatever the text."""
    yield from _scan(text, trusted=False)


def parse_citation(text: str) -> Citation:
    """The one citation that a text holds, also a bare `123/SNV-XDCQ`.

    Raises ValueError, with a Vietnamese sentence, where there is none or more than one.
    """
    found = list(_scan(text, trusted=True))
    if len(found) == 1:
        return found[0]
    shown = " ".join(text.split())
    shown = shown if len(shown) <= 80 else shown[:80] + "…"
    if found:
        raise ValueError(f"“{shown}” nêu {len(found)} văn bản; xin ghi mỗi văn bản một ô.")
    raise ValueError(
        f"Không đọc được số, ký hiệu văn bản trong “{shown}”; xin ghi theo mẫu: "
        "Quyết định số 436/QĐ-UBND ngày 11/6/2019 của UBND tỉnh."
    )


def _scan(text: str, *, trusted: bool) -> Iterator[Citation]:
    """Citations in a text; `trusted`: a number needs no word before it to count as one."""
    plain, places = _readable(text)
    position = 0
    while head := _HEAD.search(plain, position):
        position = head.end()
        numbered = _numbered(plain, head, trusted)
        if numbered is None:
            continue
        number, kind, slip, position = numbered
        day, bad_date, issuer, position = _tail(plain, position, bool(head["colon"]))
        start, end = places[head.start()][0], places[position - 1][1]
        yield Citation(kind, number, day, issuer, text[start:end], start, end, slip, bad_date)


def _readable(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Text in NFC with plain blanks, hyphens and slashes, and where each character stood."""
    letters: list[str] = []
    places: list[tuple[int, int]] = []
    start = 0
    while start < len(text):
        end = start + 1
        # no Vietnamese letter has more than two marks; the bound keeps normalisation linear
        while end < len(text) and end < start + 8 and unicodedata.combining(text[end]):
            end += 1
        letter = unicodedata.normalize("NFC", text[start:end])
        letter = _SAME.get(letter, letter)
        letters.append(letter)
        places.extend([(start, end)] * len(letter))
        start = end
    return "".join(letters), places


def _numbered(plain: str, head: re.Match[str], trusted: bool) -> tuple[str, str, str | None, int] | None:
    """Number, kind, slip and end of what begins with `head`; None where it is no citation."""
    word = (head["word"] or "").casefold()
    said = _KINDS.get(" ".join(word.split()), head["short"] or "")
    code = _CODE.match(plain, head.end())
    coded = _coded(head, code, trusted) if code else None
    if coded is None or code is None:
        return _bare(plain, head, said)
    number, kind, end = coded
    printed = re.sub(r" ?([-/]) ?", r"\1", " ".join(plain[head.start("serial") : end].split()))
    slip = printed if printed.replace(" ", "").casefold() != number.casefold() else None
    if kind == "QĐi" or (kind == "QĐ" and said == "QyĐ"):
        kind = "QyĐ"  # the party numbers its Quyết định and Quy định alike
    if not kind and not said and _canonical(code["kind"], _ORGANS) and code["organs"]:
        kind = "CV"  # only letters carry no kind: 5451/UBND-CNXD
    return number, kind or said, slip, end


def _coded(head: re.Match[str], code: re.Match[str], trusted: bool) -> tuple[str, str, int] | None:
    """Number with its letters, the kind these name ("" for 5451/UBND-CNXD), and its end."""
    first, organs, mark, end = code["kind"], code["organs"] or "", code["sep1"], code.end()
    if not _is_code(re.split("[-/]", organs)[0], _ORGANS):
        organs, end = "", code.end("kind")
    kind = _canonical(first, _CODES)
    if not kind and not organs:
        kind, organs = _unglued(first)
    led = bool(head["word"] or head["short"] or head["so"])
    trusted = trusted or led
    shaped = bool(mark) and any(letter.isupper() for letter in first)
    if kind and not (organs and (trusted or shaped)) and not (led and shaped):
        return None
    if not kind and not (mark and _is_code(first, _ORGANS)):
        return None
    known = bool(organs and _canonical(first, _ORGANS)) or first.startswith("QH")
    if not kind and not (trusted or known):
        return None
    serial = head["serial"] + (f"/{head['year']}" if head["year"] else "")
    parts = [_organ(part) for part in re.split("[-/]", organs) if part]
    inner = (code["sep2"] or "").strip()
    if not kind:
        return serial + mark + _organ(first) + inner * bool(parts) + "-".join(parts), "", end
    if not parts:
        return f"{serial}{mark}{kind}", kind, end
    of_state = len(parts) == 1 and parts[0] in _ORGANS.values()
    if _PARTY.search(parts[0]) or (mark == "-" and inner == "/" and not of_state):
        return f"{serial}-{kind}/{'-'.join(parts)}", kind, end
    return f"{serial}/{kind}-{'-'.join(parts)}", kind, end


def _bare(plain: str, head: re.Match[str], said: str) -> tuple[str, str, None, int] | None:
    """A number without letters, after the kind in words: "Pháp lệnh số 34"."""
    if not said or not head[0][0].isupper() or head["ysep"] == "-":
        return None
    if not head["so"] and not (head["year"] and said in {"NĐ", "TT", "TTLT", "PL", "Luật"}):
        return None
    if re.compile(r"[-/%]|[.,]\d").match(plain, head.end()):
        return None  # "số 3/4", "số 3,5"
    return head["serial"] + (f"/{head['year']}" if head["year"] else ""), said, None, head.end()


def _canonical(printed: str, known: dict[str, str]) -> str | None:
    """The known abbreviation that was meant, also where Đ was typed as D; None where none."""
    folded = printed.casefold()
    if folded in known:
        return known[folded]
    return next((v for k, v in known.items() if "đ" in k and k.replace("đ", "d") == folded), None)


def _is_code(printed: str, known: dict[str, str]) -> bool:
    """Whether letters are an abbreviation: a known one, or with two capitals."""
    return bool(_canonical(printed, known)) or sum(letter.isupper() for letter in printed) > 1


def _organ(printed: str) -> str:
    """Abbreviation of an organ as it should be; TƯ is how older texts write TW."""
    printed = "".join(printed.split())
    printed = re.sub(r"TƯ$", "TW", printed)
    return _canonical(printed, _ORGANS) or (printed.upper() if printed.islower() else printed)


def _unglued(printed: str) -> tuple[str | None, str]:
    """Kind and organ of letters that lost their hyphen, as in 04/2015/NĐCP."""
    for cut in range(2, len(printed) - 1):
        kind, organ = _canonical(printed[:cut], _CODES), _canonical(printed[cut:], _ORGANS)
        if kind and organ:
            return kind, organ
    return None, ""


def _tail(plain: str, end: int, is_head: bool) -> tuple[date | None, str | None, str | None, int]:
    """Date, impossible date, issuer and end of what follows a number."""
    dated = _DATE.match(plain, end) or (_HEAD_DATE.match(plain, end) if is_head else None)
    end = dated.end() if dated else end
    issued = _issuer().match(plain, end) if _BY.match(plain, end) else None
    end = issued.end() if issued else end
    if issued and not dated:
        dated = _LATER_DATE.match(plain, end)
        end = dated.end() if dated else end
    day, bad_date = _day(dated) if dated else (None, None)
    return day, bad_date, " ".join(issued["issuer"].split()) if issued else None, end


def _day(found: re.Match[str]) -> tuple[date | None, str | None]:
    """The date, or what was written where no calendar has it; nothing where the day is blank."""
    for day, month, year in (("d", "m", "y"), ("d2", "m2", "y2"), ("d3", "m3", "y3")):
        if found[year]:
            try:
                return date(int(found[year]), int(found[month]), int(found[day])), None
            except ValueError:
                return None, f"{found[day]}/{found[month]}/{found[year]}"
    return None, None
