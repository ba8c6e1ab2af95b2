"""What stands in a cell of a register, as people and Excel leave it: units, criteria, moments, points."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

from criteria.catalogue import closest
from criteria.exact import NotANumber, thousandths, vietnamese
from criteria.model import CriteriaSet, Criterion, Unit
from evidence.layout import NOT_APPLICABLE_WORDS, fold
from evidence.problems import Problem, problem
from evidence.registers.register import Entry

_DAY_FIRST = r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4}|\d{2})"
_YEAR_FIRST = r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"
_TIME = (
    r"(?P<hour>\d{1,2})(?:[:hg](?P<minute>\d{2})?)(?::(?P<second>\d{2})(?:\.\d+)?)?"
    r"\s*(?P<half>am|pm|sa|ch)?"
)
_MOMENTS = tuple(
    re.compile(pattern)
    for day in (_DAY_FIRST, _YEAR_FIRST)
    for pattern in (rf"{day}(?:[ t,]+{_TIME})?", rf"(?:luc )?{_TIME}(?:[ ,]+|\s+ngay\s+){day}")
)
KEEP_WORDS = "giữ nguyên"


class NoMoment(ValueError):
    """A text that is no day, or no day with its hour."""


def moment_of(text: str) -> tuple[date, time | None]:
    """Day and hour of `14/10/2023 16:05`, `2023-10-14 16:05`, `14-10-23`, `16h05 ngày 14/10/2023`.

    Day before month, as Vietnamese write it, whatever Excel's language. Raises NoMoment.
    """
    plain = unicodedata.normalize("NFKD", text.strip().casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    match = next((m for pattern in _MOMENTS if (m := pattern.fullmatch(" ".join(plain.split())))), None)
    if match is None:
        raise NoMoment(text)
    part = {key: int(value) for key, value in match.groupdict().items() if value and value.isdigit()}
    year = part["year"] + 2000 if part["year"] < 100 else part["year"]
    try:
        day = date(year, part["month"], part["day"])
        if "hour" not in part:
            return day, None
        hour = part["hour"]
        if match["half"] in ("pm", "ch") and hour < 12:
            hour += 12
        elif match["half"] in ("am", "sa") and hour == 12:
            hour = 0
        return day, time(hour, part.get("minute", 0), part.get("second", 0))
    except ValueError as error:
        raise NoMoment(text) from error


def moment_text(day: date, hour: time | None = None) -> str:
    """Day first, which Excel of any language gives back in the same order: `14/10/2023 16:05`."""
    return f"{day:%d/%m/%Y}" + (f" {hour:%H:%M}" if hour else "")


def now_text(now: datetime) -> str:
    """The moment at which a line is added."""
    return moment_text(now.date(), now.time())


def unit_of(entry: Entry, units: Sequence[Unit], problems: list[Problem]) -> Unit | None:
    """The unit that a line names by code, by a code that lost its zeros in Excel, or by name alone.

    None, with the problem noted, where it names none or more than one, or the name is another unit's.
    """
    found = find_unit(entry["unit"], units, entry["name"])
    if found is None:
        hint = nearest(entry["unit"], [unit.code for unit in units])
        problems.append(problem("register-unknown-unit", entry.place(), entry["unit"], hint))
        return None
    named = [unit for unit in units if fold(unit.name) == fold(entry["name"])]
    if named and found not in named:
        told = f"{named[0].name} ({named[0].code})"
        problems.append(problem("register-two-units", entry.place(), entry["unit"], told))
        return None
    return found


def find_unit(code: str, units: Sequence[Unit], name: str = "") -> Unit | None:
    """The unit of a code, of a code whose leading zeros were lost, or of a name; None if not just one."""
    for same in (
        [unit for unit in units if unit.code.casefold() == code.casefold()],
        [unit for unit in units if code.isdecimal() and _bare(unit.code) == _bare(code)],
        [unit for unit in units if name and fold(unit.name) == fold(name)],
    ):
        if len(same) == 1:
            return same[0]
    return None


def nearest(word: str, known: Iterable[str]) -> str:
    """A suggestion in brackets, to be put before the full stop; empty where nothing is near."""
    near = closest(word, known)
    return f" (có phải ý bạn là “{near}”?)" if near else ""


def _bare(code: str) -> str:
    return code.lstrip("0") if code.isdecimal() else code


def criterion_text(leaf: Criterion) -> str:
    """A criterion as registers name it: with its title, or Excel would make a number of `1.10`."""
    return f"{leaf.id} {leaf.title}"


def criterion_of(
    entry: Entry, criteria: CriteriaSet, unit: Unit, problems: list[Problem]
) -> Criterion | None:
    """The criterion that a line names; None, with the problem noted, where it is not one of the unit's."""
    text = entry["criterion"]
    id_ = text.split(None, 1)[0] if text else ""
    leaf = criteria.by_id.get(id_)
    place = entry.place(unit.code)
    if leaf is None:
        problems.append(problem("register-unknown-criterion", place, text, nearest(id_, criteria.by_id)))
    elif text == id_ and "." in id_ and f"{id_}0" in criteria.by_id:
        problems.append(problem("register-criterion-unsure", place, id_, f"{id_}0"))
        return None
    elif unit.type not in leaf.applies_to:
        problems.append(problem("register-not-for-type", place, leaf.id, unit.name))
        return None
    return leaf


def needs(
    entry: Entry, keys: Iterable[str], words: dict[str, str], unit: str, problems: list[Problem]
) -> bool:
    """Whether a line has all of these columns filled; what it lacks becomes one problem."""
    lacking = [words[key] for key in keys if not entry[key].strip()]
    if lacking:
        problems.append(problem("register-lacking", entry.place(unit), ", ".join(lacking)))
    return not lacking


def points_fault(criteria: CriteriaSet, leaf: Criterion, points: int) -> str:
    """What points (thousandths) on a criterion must be where these cannot be given; empty where they can.

    A criterion that persons judge has steps; on the others the decision's decimals bind.
    """
    step = getattr(leaf.rule, "step", None) or 10 ** (3 - criteria.policy.points_digits)
    if 0 <= points <= leaf.top and points % step == 0:
        return ""
    each = f", mỗi bước {vietnamese(step)}" if step > 1 else ""
    return f"từ 0 đến {vietnamese(leaf.top)} điểm{each}"


def points_of(text: str) -> int | str | None:
    """Points (thousandths) of `4,5`, `4.5`, `4,5 điểm`; None for `KPS`; `keep` for “giữ nguyên” alone.

    “Giữ nguyên 4,5 điểm” gives the points that were kept. Raises NotANumber.
    """
    flat = fold(text)
    kept = flat.startswith(fold(KEEP_WORDS))
    if flat in ("keep", fold(KEEP_WORDS)):
        return "keep"
    bare = re.sub(r"(?i)^\s*giữ nguyên\s*|\s*(điểm|đ)\s*$", "", unicodedata.normalize("NFC", text)).strip()
    if fold(bare) in NOT_APPLICABLE_WORDS:
        return None
    if kept and bare == text.strip():
        raise NotANumber(text)
    return thousandths(bare)
