"""What a person typed into one cell, as the whole number that a rule's input needs."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from criteria.exact import NotANumber, thousandths, vietnamese
from criteria.rules import Input
from criteria.rules.timely import EXCEL_DAY_0
from evidence.layout import NOT_APPLICABLE_WORDS, fold
from evidence.reading.unusable import PercentCell, Unusable
from evidence.remembered import of_short_texts

NEVER_WORDS = frozenset({"khong", "khong gui", "chua gui", "khong thuc hien", "chua thuc hien"})
FIRST_SERIAL, LAST_SERIAL = 36526, 73415  # days of the years 2000 to 2100
_TIME = r"(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?[.]?"
_DASHES = dict.fromkeys(range(0x2010, 0x2016), "-") | {0x2212: "-"}
_DAY = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4}|\d{2})" + _TIME)
_DAY_BY_YEAR = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})" + _TIME)
_DAY_IN_WORDS = re.compile(
    r"(?:(?:thu \w+|chu nhat) )?(?:ngay ?)?(\d{1,2}) ?thang ?(\d{1,2}) ?nam ?(\d{4})"
)
_BEFORE_DAY = re.compile(r"(?:(?:th[ứu]\s+\w+|ch[ủu]\s+nh[ậa]t)\s*,?\s*)?(?:ng[àa]y\s*)?", re.IGNORECASE)
# signs that nobody sees, which come along with text copied from web pages and messages
_UNSEEN = dict.fromkeys(
    [0x00AD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), 0xFEFF]
)


class NotUnderstood(ValueError):
    """A cell whose content is not what the input asks for; `code` and `likely` say more where it is known.

    `likely`: what was probably meant, in words to be shown; empty where there is nothing to be said.
    """

    def __init__(self, value: object, code: str = "value-not-understood", likely: str = "") -> None:
        super().__init__(value)
        self.code, self.likely = code, likely


def as_text(value: object) -> str:
    """Content of a cell as people see it: no trailing `.0`, dates day first, NFC."""
    if value.__class__ is str:  # most cells, so asked first
        return value if value.isascii() else unicodedata.normalize("NFC", value)  # type: ignore[attr-defined,no-any-return,arg-type]
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        day = f"{value:%d/%m/%Y}"
        return f"{day} {value:%H:%M}" if value.time() != time() else day
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return unicodedata.normalize("NFC", str(value))


def as_shown(value: object) -> str:
    """The same as Excel shows it to a Vietnamese: a figure with a comma."""
    text = as_text(value)
    return text.replace(".", ",") if isinstance(value, float) else text


def seen(text: str) -> str:
    """The text without the signs that nobody sees."""
    return text if text.isascii() else text.translate(_UNSEEN)


def is_blank(value: object) -> bool:
    """Whether nothing was typed; blanks, no-break spaces and signs that nobody sees are nothing."""
    return value is None or (isinstance(value, str) and not seen(value).strip())


def parse_input(wanted: Input, value: object) -> int | None:
    """Thousandths of a number, or the index of a level; None where nothing was typed.

    Only reads: range, step and relation to the other input are the checks' matter.
    Raises NotUnderstood.
    """
    if is_blank(value):
        return None
    if isinstance(value, Unusable):
        raise NotUnderstood(value, value.code, _before_percent(wanted, value))
    if isinstance(value, str):
        value = seen(value)
    if wanted.type == "date":
        return _day(value)
    if isinstance(value, (date, time, timedelta)):
        raise NotUnderstood(value, "cell-became-date", _before_excel(wanted, value))
    if wanted.type == "level":
        return _level(wanted, value)
    try:
        return _thousandths(value)
    except NotANumber as error:
        raise NotUnderstood(value) from error


# the same few figures stand in most cells; 1, 1.0 and True are told apart
_of_number = lru_cache(maxsize=8192, typed=True)(thousandths)


def _thousandths(value: object) -> int:
    return _of_number(value) if value.__class__ is float else thousandths(value)


def points_of(shown: object) -> int | None:
    """Thousandths of the points that a cell shows; None where it shows no number."""
    try:
        return _thousandths(shown)
    except NotANumber:
        return None


def _before_excel(wanted: Input, value: date | time | timedelta) -> str:
    """What was probably typed into a cell that Excel shows as a day: 8 May was "8.5" or "8/5".

    Of the possible ones, those that the input takes; empty where none is.
    """
    typed: list[str] = []
    if isinstance(value, datetime) and value.year < _YEAR_OF_NUMBERS:  # a number under the format of days
        days = value - datetime(1899, 12, 30 if value > datetime(1900, 2, 28) else 31)
        typed = [f"{days / timedelta(days=1):.10g}"]
    elif isinstance(value, date):
        typed = [f"{value.day},{value.month}"]
        if value.day == 1:
            typed.append(f"{value.month},{value.year % 100}")
    elif isinstance(value, time):
        typed = [f"{value.hour},{value.minute}"]
    taken = [vietnamese(number) for number in map(_number, typed) if _takes(wanted, number)]
    return " hoặc ".join(f"“{text}”" for text in dict.fromkeys(taken))


def _before_percent(wanted: Input, value: Unusable) -> str:
    """What may have been meant by a percentage: the figure before the sign, where the input takes it."""
    number = _number(value.removesuffix("%")) if isinstance(value, PercentCell) else -1
    return f"“{vietnamese(number)}”" if _takes(wanted, number) else ""


_YEAR_OF_NUMBERS = 1950  # days before it are small numbers that somebody gave a format


def _number(text: str) -> int:
    try:
        return thousandths(text)
    except NotANumber:
        return -1


def _takes(wanted: Input, number: int) -> bool:
    in_range = 0 <= number <= (wanted.most if wanted.most is not None else number)
    return wanted.type == "number" and in_range and number % wanted.step == 0


def _level(wanted: Input, value: object) -> int:
    text = _plain(as_text(value))
    levels = [_plain(level) for level in wanted.levels]
    if text not in levels:
        raise NotUnderstood(value)
    return levels.index(text)


def _day(value: object) -> int:
    """Ordinal of a day: a date, 25/10/2022, 25-10-22, "ngày 25 tháng 10 năm 2022"; 0 for never."""
    if isinstance(value, date):
        return _serial(value.toordinal() - EXCEL_DAY_0)
    if isinstance(value, (time, timedelta)):
        raise NotUnderstood(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _serial(value)
    return _day_in_text(as_text(value))


@of_short_texts  # a document's day is asked for by several checks
def _day_in_text(value: str) -> int:
    text = unicodedata.normalize("NFKC", value).strip().translate(_DASHES)
    if fold(text) in NEVER_WORDS:
        return 0
    by_year, bare = _DAY_BY_YEAR.fullmatch(text), text[_BEFORE_DAY.match(text).end() :]  # type: ignore[union-attr]
    match = by_year or _DAY.fullmatch(bare) or _DAY_IN_WORDS.fullmatch(fold(text))
    if not match:
        raise NotUnderstood(value)
    day, month, year = map(int, by_year.groups()[::-1] if by_year else match.groups())
    try:
        typed = date(year + 2000 if year < 100 else year, month, day)
        return _serial(typed.toordinal() - EXCEL_DAY_0)
    except ValueError as error:
        raise NotUnderstood(value) from error


def _serial(value: float) -> int:
    """Ordinal of one of Excel's serial numbers; only the years 2000 to 2100 are a day somebody meant."""
    if not FIRST_SERIAL <= value < LAST_SERIAL:
        raise NotUnderstood(value)
    return EXCEL_DAY_0 + int(value)


@of_short_texts
def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split()).casefold()


def parse_not_applicable(value: object) -> bool:
    """Whether the cell declares "không phát sinh"; raises NotUnderstood for another word."""
    if is_blank(value):
        return False
    if isinstance(value, Unusable):
        raise NotUnderstood(value, value.code)
    if fold(as_text(value)) not in NOT_APPLICABLE_WORDS:
        raise NotUnderstood(value)
    return True


def expected(wanted: Input) -> str:
    """What the input asks for, in Vietnamese."""
    if wanted.type == "level":
        return "một trong các mức: " + "; ".join(f"“{level}”" for level in wanted.levels)
    if wanted.type == "date":
        return "ngày có trong lịch, dạng 25/10/2023, hoặc “không gửi” nếu không thực hiện"
    kind = "số nguyên" if wanted.step % 1000 == 0 else "số"
    bound = f" từ 0 đến {vietnamese(wanted.most)}" if wanted.most is not None else " không âm"
    step = f", mỗi bước {vietnamese(wanted.step)}" if wanted.step not in (1, 1000) else ""
    return f"{kind}{bound}{step}, không kèm chữ"
