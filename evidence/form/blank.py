"""Blank forms of many units: written cell by cell once for all units that differ in code and name only.

The form of any other unit is that one with its own code and name put into the XML, the same bytes that
`write_form` gives. Where that is not certain, the form is written cell by cell.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from criteria.model import Unit
from evidence.form.writer import form_bytes
from evidence.placing import write_aside
from evidence.round import Round

# letters of the last private plane, which nobody's texts have, stand for what is a unit's own. A code keeps
# its length, by which rows grow; a name, whether it is all capitals, which is one text or two in the file
_CODE, _NAME = "\U0010fffc", "\U0010fffd"
_NOT_AS_IT_IS = re.compile('[&<>"]|_x')  # in XML, and in what Excel makes of it
_LONGEST = 200  # characters of a name; cells take more, but nobody's name does
_MOST_PATTERNS = 256  # of some 40 kB: more types and blocks than a round has


def blank_forms(round_: Round) -> Callable[[Path, Unit], None]:
    """What writes the blank form of a unit of the round to a path.

    It raises FileHeld where the file is open elsewhere.
    """

    @lru_cache(_MOST_PATTERNS)
    def pattern_of(like: Unit) -> _Pattern:
        return _pattern(round_, like)

    def write(path: Path, unit: Unit) -> None:
        with write_aside(path) as aside:
            pattern = pattern_of(_like(unit)) if all(map(_plain, _own(unit))) else None
            if pattern is not None and pattern.takes(unit):
                form = pattern.filled(unit)
            else:
                form = form_bytes(round_, unit)
            aside.write_bytes(form)

    return write


@dataclass(frozen=True)
class _Pattern:
    """The form of a unit with stand-ins for what is its own.

    `start` is a zip of the parts before the first that holds any, `rest` that one and those after it.
    """

    like: Unit
    start: bytes
    rest: tuple[tuple[zipfile.ZipInfo, bytes], ...]

    def takes(self, unit: Unit) -> bool:
        """Whether a unit's own texts are each another and none of the form's: a file keeps a text once."""
        own = set(_own(unit))
        apart = len(own) == len(set(_own(self.like)))
        return apart and not any(f"<t>{text}</t>".encode() in part for text in own for _, part in self.rest)

    def filled(self, unit: Unit) -> bytes:
        """The form of a unit."""
        pairs = zip(_own(self.like), _own(unit), strict=True)
        changes = [(stand_in.encode(), text.encode()) for stand_in, text in pairs]
        form = io.BytesIO(self.start)
        with zipfile.ZipFile(form, "a", zipfile.ZIP_DEFLATED) as archive:
            for info, part in self.rest:
                for stand_in, text in changes:
                    part = part.replace(stand_in, text)
                archive.writestr(copy(info), part)
        return form.getvalue()


def _like(unit: Unit) -> Unit:
    """The unit with stand-ins for code and name: the same for all whose forms differ in these only."""
    capitals = unit.name == unit.name.upper()
    return replace(unit, code=_CODE * len(unit.code), name=f"{_NAME}{'A' if capitals else 'a'}")


def _own(unit: Unit) -> tuple[str, str, str]:
    """The texts of a form that are the unit's own."""
    return unit.code, unit.name, unit.name.upper()


def _plain(text: str) -> bool:
    """Whether a text stands in the XML as it is."""
    as_it_is = text.isprintable() and text == text.strip() and not _NOT_AS_IT_IS.search(text)
    return as_it_is and 0 < len(text) <= _LONGEST


def _pattern(round_: Round, like: Unit) -> _Pattern:
    with zipfile.ZipFile(io.BytesIO(form_bytes(round_, like))) as form:
        parts = [(info, form.read(info)) for info in form.infolist()]
    first = next(
        at for at, (_, part) in enumerate(parts) if _CODE.encode() in part or _NAME.encode() in part
    )
    start = io.BytesIO()
    with zipfile.ZipFile(start, "w", zipfile.ZIP_DEFLATED) as archive:
        for info, part in parts[:first]:
            archive.writestr(copy(info), part)
    return _Pattern(like, start.getvalue(), tuple(parts[first:]))
