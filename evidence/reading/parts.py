"""The parts of a zipped workbook, inflated within the limits; their XML is known to be sound."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from xml.parsers import expat

import numpy as np

from evidence.reading import limits
from evidence.reading.note import Note, Unreadable
from evidence.reading.plain_xml import is_plain, plain_xml
from evidence.reading.sheet_scan import Apart, take_apart, without_empty_rows

_LARGE = 8 * 2**20  # bytes of a sheet from which on its empty rows are taken out before parsing
_SMALL = 16 * 2**10  # bytes of a part that is remembered once it was found sound
_PLAIN_STRING = re.compile(rb'<si><t(?: xml:space="preserve")?>[^<&]*</t></si>')
_ENCODING = re.compile(rb"""<\?xml[^>]*encoding=["']([A-Za-z0-9._-]+)["']""")
_LISTED = (  # what a form has no use for: code, where it is kept
    ("book-macros", re.compile(r"(?m)vbaproject\.bin$|macrosheets/|^basic/|^scripts/")),
    ("book-external-links", re.compile(r"(?m)externallinks/[^/]+\.(xml|bin)$")),
    ("book-connections", re.compile(r"xl/(connections\.(xml|bin)|querytables/)")),
    ("book-embedded", re.compile(r"(?m)embeddings/|activex/|^object \d+/content\.xml$")),
)


def too_large(found: str, most: str) -> Unreadable:
    """The fault of a file beyond one of the limits."""
    return Unreadable("file-too-large", f"{found} (giới hạn: {most})")


class Parts:
    """The parts of a zip, read one by one within the limits; keeps those that a parser may be given."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        infos = archive.infolist()
        if len(infos) > limits.MOST_ENTRIES:
            raise too_large(f"có {len(infos)} phần bên trong", f"{limits.MOST_ENTRIES} phần")
        # some programs write the paths of Windows; letter case does not tell parts apart
        self.infos = {info.filename.replace("\\", "/").casefold(): info for info in infos}
        if len(self.infos) != len(infos):
            raise Unreadable("file-suspicious", "có hai phần trùng tên bên trong")
        self.archive, self.left = archive, limits.MOST_INFLATED
        self.notes: list[Note] = []
        self._passed: dict[str, bytes] = {}

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self.infos

    def read(self, name: str) -> bytes:
        """Content of a part as it is really inflated: declared sizes lie. KeyError where there is none."""
        info = self.infos[name.casefold()]
        with self.archive.open(info) as entry:
            content = entry.read(self.left + 1)
        packed = max(1, info.compress_size)
        if len(content) > self.left:
            most = f"{limits.MOST_INFLATED // 2**20} MB"
            raise too_large("dung lượng sau khi mở nén quá lớn", most)
        if len(content) > limits.RATIO_FROM and len(content) > packed * limits.MOST_RATIO:
            raise too_large(f"nén tới {len(content) // packed} lần", f"{limits.MOST_RATIO} lần")
        self.left -= len(content)
        return content

    def listed(self) -> Iterator[Note]:
        """Notes of what a form has no use for."""
        names = "\n".join(self.infos)
        return (Note(code) for code, where in _LISTED if where.search(names))

    def passed(self, name: str, content: bytes) -> bytes:
        """The content, to be given to the parser under this name."""
        self._passed[name] = content
        return content

    def xml(self, name: str) -> bytes:
        """A part that is well-formed XML without anything harmful; the parser may have it."""
        return self.passed(name, sound_xml(self.read(name)))

    def packed(self) -> bytes:
        """A zip of the parts that were passed."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name, content in self._passed.items():
                archive.writestr(zipfile.ZipInfo(name), content)
        return buffer.getvalue()


def sound_xml(content: bytes) -> bytes:
    """The same, written plainly. Raises Unreadable or ExpatError."""
    if len(content) <= _SMALL:
        return _sound_small(content)
    _refuse_unsound(content)
    content = plain_xml(content)
    refuse_deep(content)
    return content


@lru_cache(maxsize=64)
def _sound_small(content: bytes) -> bytes:
    """The same of a small part: styles, relations and the like are alike in the files of many units."""
    _refuse_unsound(content)
    content = plain_xml(content)
    refuse_deep(content)
    return content


def sound_sheet(content: bytes) -> tuple[bytes, Apart]:
    """A sheet written plainly, without the empty rows if it is large, and the same taken apart.

    Raises Unreadable or ExpatError.
    """
    _refuse_unsound(content)
    if len(content) > _LARGE:
        content = without_empty_rows(plain_xml(content))
    apart = take_apart(content)
    if not is_plain(apart.rest):  # plain cells hold nothing of that kind
        content = plain_xml(content)
        apart = take_apart(content)
    refuse_deep(apart.rest)
    return content, apart


def sound_strings(content: bytes) -> tuple[bytes, int, bytes]:
    """The shared texts written plainly; how many are plain texts; the XML without these.

    Raises Unreadable or ExpatError.
    """
    _refuse_unsound(content)
    rest, plain = _PLAIN_STRING.subn(b"", content)
    if not is_plain(rest):  # plain texts hold nothing of that kind
        content = plain_xml(content)
        rest, plain = _PLAIN_STRING.subn(b"", content)
    refuse_deep(rest)
    return content, plain, rest


def _refuse_unsound(content: bytes) -> None:
    """Raises Unreadable or ExpatError for what is no well-formed UTF-8 document without declarations."""
    declared = _ENCODING.match(content[:400].removeprefix(b"\xef\xbb\xbf").lstrip()[:200])
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in content[:4]:
        raise Unreadable("file-suspicious", "văn bản bên trong không ở bảng mã UTF-8")
    if declared and declared[1].lower() not in (b"utf-8", b"utf8", b"us-ascii"):
        raise Unreadable("file-suspicious", "văn bản bên trong không ở bảng mã UTF-8")
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.Parse(content, True)


def _refuse_doctype(*_: object) -> None:
    """No honest workbook declares document types or entities; they are how a small file grows large."""
    raise Unreadable("file-suspicious", "có khai báo DTD")


def refuse_deep(content: bytes) -> None:
    """Raises Unreadable where elements of a well-formed document lie too deep within elements."""
    depth = _depth(content)
    if depth > limits.MOST_DEPTH:
        found = f"các phần lồng nhau tới {depth} lớp (giới hạn: {limits.MOST_DEPTH} lớp)"
        raise Unreadable("file-suspicious", found)


def _depth(content: bytes) -> int:
    """How deep elements lie within elements, told from the signs alone."""
    if content.count(b"</") < limits.MOST_DEPTH:
        return 0  # what is open must be closed
    deepest = depth = 0
    for start in range(0, len(content), 2**20):
        signs = np.frombuffer(content[start : start + 2**20 + 1] + b" ", dtype=np.uint8)
        now, then = signs[: 2**20], signs[1 : 2**20 + 1]
        tags = np.flatnonzero(now[: then.size] == ord("<"))
        if not tags.size:
            continue
        after = then[tags]
        steps = 1 - 2 * (after == ord("/")) - ((after == ord("?")) | (after == ord("!")))
        ends = np.flatnonzero((now[: then.size] == ord("/")) & (then == ord(">")))
        of_tag = np.maximum(np.searchsorted(tags, ends) - 1, 0)
        steps -= np.bincount(of_tag, minlength=tags.size)
        heights = np.cumsum(steps)
        deepest = max(deepest, depth + int(heights.max()) + 1)  # an empty element counts as open once
        depth += int(heights[-1])
    return deepest
