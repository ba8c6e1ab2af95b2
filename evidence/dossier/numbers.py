"""Numbers of documents as units type them, held to the form that official documents are numbered in.

State documents are numbered `45/BC-UBND` or `30/2020/NĐ-CP` (annex I of Decree 30/2020/NĐ-CP), laws
`12/2022/QH15`, letters `45/UBND-NV`, documents of the party and the unions `12-QĐ/TU`.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from criteria.citations import parse_citation
from evidence.layout import fold
from evidence.remembered import of_short_texts

LONGEST = 200  # characters looked into; a longer text is no number
_UNNUMBERED = frozenset({"ks", "k s", "k so", "khong", "khong so", "khong co so", "chua co so", "chua so"})
_LEAD = re.compile(r"(?:[^\W\d_]+\s+){0,4}(?:số)?\s*:?\s*(?=\d)", re.IGNORECASE)  # "Báo cáo số: "
_SERIAL = r"\d{1,5}[a-zđA-ZĐ]?"
_ORGANS = r"[^\W\d_][\w&.]{0,15}(?:[-/.][\w&.]{1,15}){0,3}"
_FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_SERIAL}(?:/\d{{4}})?/(?P<kind>[^\W\d_]{{1,6}})-(?P<organs>{_ORGANS})",
        rf"{_SERIAL}-(?P<kind>[^\W\d_]{{1,6}})/(?P<organs>{_ORGANS})",
        rf"{_SERIAL}/\d{{4}}/(?P<kind>QH|UBTVQH)(?P<organs>)\d{{1,2}}",
    )
)
_SPLIT = re.compile(rf"(\d{{1,5}}[a-zđ]?)\s*[-/.,]?\s*([^\W\d_]{{1,6}})(?:\s*[-/.–]\s*|\s)({_ORGANS})")


class Number(NamedTuple):
    """What was typed as a document's number.

    `key`: the number that is meant, to compare documents by (empty where there is none); `kind`: its
    abbreviation (`BC`), empty where not known; `state`: `sound`, `blank`, `unnumbered` ("không số") or
    `odd`; `repair`: the number as it should be, where an odd one leaves no doubt.
    """

    key: str
    kind: str
    state: str
    repair: str = ""


@of_short_texts  # each is asked for by the checks of one form and again for the whole round
def read_number(typed: str) -> Number:
    """The number of a document as typed; never raises."""
    text = " ".join(unicodedata.normalize("NFC", typed[: LONGEST + 1]).split())
    if not text:
        return Number("", "", "blank")
    if fold(text) in _UNNUMBERED or not any(letter.isdecimal() for letter in text):
        return Number("", "", "unnumbered")
    if len(text) > LONGEST:
        return Number("", "", "odd")
    bare = text[match.end() :] if (match := _LEAD.match(text)) else text
    meant, kind = _meant(text)
    if _is_sound(bare) and bare.casefold().startswith(meant.casefold()):
        return Number(_key(bare), kind or _kind(bare), "sound")
    repair = meant if _is_sound(meant) else _rebuilt(bare)
    return Number(_key(repair or bare), kind or _kind(repair), "odd", repair)


def _meant(text: str) -> tuple[str, str]:
    """The one number that a text holds, in its proper form, and its kind; empty where there is none."""
    try:
        found = parse_citation(text)
    except ValueError:
        return "", ""
    return found.number, found.kind


def _rebuilt(bare: str) -> str:
    """The number that was meant where only its marks are wrong: `436QĐ-UBND`, `436.QĐ.UBND`."""
    parts = _SPLIT.fullmatch(bare)
    if not parts:
        return ""
    made, _ = _meant(f"{parts[1]}/{parts[2].upper()}-{parts[3]}")
    return made if _is_sound(made) else ""


def _is_sound(number: str) -> bool:
    match = _match(number)
    return match is not None and match["kind"][0].isupper() and (match["organs"][:1] or "X").isupper()


def _match(number: str) -> re.Match[str] | None:
    return next((match for form in _FORMS if (match := form.fullmatch(number))), None)


def _kind(number: str) -> str:
    match = _match(number)
    return match["kind"] if match else ""


def _key(number: str) -> str:
    """A number without case, blanks and leading zeros; only the letters and figures distinguish."""
    return re.sub(r"[\W_]+", "-", number.casefold().lstrip("0")).strip("-")
