"""The register of cited documents (`documents.yaml`), and citations held against it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

import yaml

from criteria.citations import Citation

REGISTER = Path(__file__).with_name("documents.yaml")

_SHORTER = {
    "ủy ban nhân dân": "ubnd",
    "hội đồng nhân dân": "hđnd",
    "tp.": "thành phố",
    "tp ": "thành phố ",
}
_OFFICES = ("chủ tịch ", "bộ trưởng ", "thủ tướng ", "thường trực ")
_SITTINGS = ("ban thường vụ ", "ban chấp hành ", "btv ", "bch ")


@dataclass(frozen=True)
class Succession:
    """A document that replaces or is replaced, and how sure that is (`stated` or `inferred`)."""

    number: str
    date: date | None
    certainty: str


@dataclass(frozen=True)
class RegisteredDocument:
    """One document of the register; `locality` is its province, None for central documents."""

    number: str
    kind: str
    date: date | None
    issuer: str
    locality: str | None
    title: str
    source: tuple[str, ...]
    status: str
    replaces: tuple[Succession, ...] = ()
    replaced_by: tuple[Succession, ...] = ()


@dataclass(frozen=True)
class Clash:
    """A citation that does not fit the register: other `date`, faulty `number`, or `unknown`."""

    citation: Citation
    document: RegisteredDocument | None
    what: Literal["date", "number", "unknown"]


def same_document(a: Citation, b: Citation) -> bool:
    """Whether two citations mean one document: numbers, issuers and dates agree where given.

    A number without letters ("Pháp lệnh số 34") also needs both dates or both issuers to agree.
    """
    if a.date and b.date and a.date != b.date:
        return False
    if not _same_issuer(a.number, a.issuer, b.issuer):
        return False
    if _key(a.number) == _key(b.number):
        return True
    vouched = bool(a.date and b.date) or bool(a.issuer and b.issuer)
    return vouched and (_stem_of(a, b.number, b.kind) or _stem_of(b, a.number, a.kind))


def check_citations(
    citations: Iterable[Citation],
    register: Sequence[RegisteredDocument],
    *,
    locality: str | None = None,
) -> Iterator[Clash]:
    """Clashes of citations with the register, in the order of the citations.

    Numbers begin again each year and in each province. So an issuer that names no place is taken
    as one of `locality` (a province) where that is given, and a "date" clash may also be another
    document of the same number that the register does not hold: a person decides.
    """
    for citation in citations:
        fitting = [d for d in register if _fits(citation, d, locality)]
        fitting.sort(key=lambda d: d.date != citation.date)
        document = fitting[0] if fitting else None
        if citation.slip:
            yield Clash(citation, document, "number")
        if document is None:
            yield Clash(citation, None, "unknown")
        elif citation.bad_date or (
            citation.date and all(d.date not in (None, citation.date) for d in fitting)
        ):
            yield Clash(citation, document, "date")


def load_register(path: Path = REGISTER) -> tuple[RegisteredDocument, ...]:
    """Documents of a register file; raises ValueError, in Vietnamese, at an unreadable entry."""
    entries = yaml.load(path.read_text("utf-8"), getattr(yaml, "CBaseLoader", yaml.BaseLoader)) or []
    documents: list[RegisteredDocument] = []
    known = set()
    for order, entry in enumerate(entries, 1):
        place = f"Sổ văn bản {path.name}, mục thứ {order}"
        try:
            document = _document(entry)
        except (KeyError, TypeError, ValueError, AttributeError) as fault:
            raise ValueError(f"{place}: thiếu hoặc sai nội dung ({fault}).") from fault
        key = _key(document.number), _issuer_key(document.issuer), document.locality, document.date
        if key in known:
            raise ValueError(f"{place}: {document.number} đã ghi ở một mục trước.")
        known.add(key)
        documents.append(document)
    return tuple(documents)


def _document(entry: dict[str, Any]) -> RegisteredDocument:
    """Document of one entry of the register, whose scalars are all text."""

    def day(text: str) -> date | None:
        return None if text in ("", "null", "~") else date.fromisoformat(text)

    def successions(key: str) -> tuple[Succession, ...]:
        listed = entry.get(key, [])
        listed = [listed] if isinstance(listed, dict) else listed
        return tuple(Succession(s["number"], day(s["date"]), s["certainty"]) for s in listed)

    if entry["status"] not in ("stated", "inferred"):
        raise ValueError(f"status: {entry['status']}")
    return RegisteredDocument(
        number=entry["number"],
        kind=entry["kind"],
        date=day(entry["date"]),
        issuer=entry["issuer"],
        locality=None if entry["locality"] in ("", "null", "~") else entry["locality"],
        title=entry["title"],
        source=tuple(entry["source"]),
        status=entry["status"],
        replaces=successions("replaces"),
        replaced_by=successions("replaced_by"),
    )


def _key(number: str) -> str:
    """Number for comparison: 08-CT/TU and 8-ct/tu are one."""
    return number.lstrip("0").casefold()


def _stem_of(short: Citation, number: str, kind: str) -> bool:
    """Whether a number without letters begins the other number, of the same kind of document."""
    bare = re.fullmatch(r"\d+[a-zA-ZđĐ]*(?:/\d{4})?", short.number) is not None
    begins = _key(number).startswith((_key(short.number) + "/", _key(short.number) + "-"))
    return bare and begins and short.kind == kind


def _issuer_key(issuer: str) -> str:
    """Issuer for comparison: the organ, whoever signs or sits for it, in short words."""
    words = " ".join(issuer.casefold().replace("uỷ", "ủy").split())
    for long, short in _SHORTER.items():
        words = words.replace(long, short)
    for prefix in (*_OFFICES, *_SITTINGS):
        words = words.removeprefix(prefix)
    return " ".join(words.split())


def _same_issuer(number: str, a: str | None, b: str | None) -> bool:
    """Whether two issuers can be one: UBND tỉnh and Ủy ban nhân dân tỉnh Quảng Ngãi can."""
    if a is None or b is None or number.casefold().endswith("/tw"):  # one series for all of TW
        return True
    one, other = _issuer_key(a) + " ", _issuer_key(b) + " "
    return one.startswith(other) or other.startswith(one)


def _fits(citation: Citation, document: RegisteredDocument, locality: str | None) -> bool:
    """Whether a citation can mean a document of the register, dates left aside."""
    same = _key(citation.number) == _key(document.number)
    if not same and not _stem_of(citation, document.number, document.kind):
        return False
    if not _same_issuer(document.number, citation.issuer, document.issuer):
        return False
    if not locality or not document.locality:
        return True
    named = citation.issuer and _issuer_key(citation.issuer) == _issuer_key(document.issuer)
    return bool(named) or locality.casefold() in document.locality.casefold()
