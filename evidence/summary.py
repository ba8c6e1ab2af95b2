"""What came in and what is wrong with it, as text for the terminal."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from tabulate import tabulate

from evidence.intake import Intake
from evidence.problems import SEVERITY_WORDS, Problem
from evidence.round import Round

SHOWN_ALIKE = 3  # of the same mistake in one file, the rest is counted
MANY_UNITS = 4  # so many with the very same mistake are told in one line
_HEADS = ("Mức", "Đơn vị", "Vị trí", "Vấn đề", "Cách sửa")
_WIDTHS = [8, 17, 17, 29, 32]  # a terminal of 120 columns, borders included
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")


class _Row(NamedTuple):
    """A line of the table: some problems that are told together."""

    severity: str
    units: str
    place: str
    message: str
    fix: str


def problems_text(round_: Round, intake: Intake, *, full: bool = False) -> str:
    """Who sent, who did not, and a table of all problems by unit, at most 120 columns wide.

    Repeated problems are grouped and counted; `full` lists each on a line of its own.
    """
    missing = intake.missing(round_.units)
    counts = Counter(item.severity for item in intake.problems)
    lines = [
        *(f"! {text}" for text in round_.marks),
        f"Đã nhận {len(intake.received) + len(intake.rejected)}/{len(round_.units)} hồ sơ"
        + (f", {len(intake.rejected)} hồ sơ không dùng được" if intake.rejected else "")
        + f"; {counts_text(counts)}.",
    ]
    if missing:
        names = ", ".join(f"{round_.by_code[code].name} ({code})" for code in missing)
        lines.append(f"Chưa gửi: {names}.")
    if intake.problems:
        lines.append(problems_table(round_, intake.problems, full=full))
    return "\n".join(map(visible, lines)) + "\n"


def counts_text(counts: Counter[str]) -> str:
    """`2 lỗi, 1 cảnh báo, 0 gợi ý` of the counts by severity."""
    return ", ".join(f"{counts[key]} {word.lower()}" for key, word in SEVERITY_WORDS.items())


def problems_table(round_: Round, problems: Sequence[Problem], *, full: bool = False) -> str:
    """The problems as a table for the terminal."""
    names = {unit.code: unit.name for unit in round_.units}
    if full:
        rows = [_row(item, names.get(item.unit, ""), _place([item])) for item in problems]
    else:
        told = _across_units(problems)
        rows = [*_rows_of_many(told, names), *_rows_by_file(problems, told, names)]
    words = list(SEVERITY_WORDS.values())  # what must be mended stands above what may be looked at
    rows.sort(key=lambda row: words.index(row.severity))
    table = tabulate(
        [tuple(map(visible, row)) for row in rows],
        _HEADS,
        tablefmt="simple_grid",
        maxcolwidths=_WIDTHS,
        disable_numparse=True,
    )
    grouped = len(rows) < len(problems)
    return table + ("\nXem đủ từng vị trí: thêm --full vào lệnh." if grouped else "")


def visible(text: str) -> str:
    """Text that a terminal only shows: what units wrote can hold codes that would command it."""
    return _CONTROL.sub("·", text)


_Key = tuple[str, str, str]  # code, message, fix


def _across_units(problems: Sequence[Problem]) -> dict[_Key, list[Problem]]:
    """The mistakes that many units make alike, word for word and once each."""
    alike: dict[_Key, list[Problem]] = {}
    for item in problems:
        alike.setdefault((item.code, item.message, item.fix), []).append(item)
    return {
        key: found
        for key, found in alike.items()
        if len({item.unit for item in found}) == len(found) >= MANY_UNITS
    }


def _rows_of_many(told: dict[_Key, list[Problem]], names: dict[str, str]) -> Iterator[_Row]:
    for found in told.values():
        first = [names.get(item.unit) or item.file for item in found[:SHOWN_ALIKE]]
        rest = f" và {len(found) - SHOWN_ALIKE} đơn vị khác"
        places = {(item.sheet, item.cell) for item in found}
        place = " ".join(places.pop()).strip() if len(places) == 1 else "(mỗi tệp một ô)"
        yield _row(found[0], f"{len(found)} đơn vị: {', '.join(first)}{rest}", place)


def _alike(problems: Sequence[Problem], told: Collection[_Key]) -> Counter[_Key]:
    """How often each mistake, to be mended in the same way, is in each file, of those told by file."""
    return Counter(_kind(item) for item in problems if (item.code, item.message, item.fix) not in told)


def _kind(item: Problem) -> _Key:
    """File, kind of mistake, and how the fix begins: a figure and a level are not mended alike."""
    return item.file, item.code, " ".join(item.fix.split()[:3])


def _rows_by_file(
    problems: Sequence[Problem], told: Collection[_Key], names: dict[str, str]
) -> Iterator[_Row]:
    """A line for each mistake; one line for neighbours of the same words; no more than a few alike."""
    alike, seen = _alike(problems, told), Counter[_Key]()
    rest = [item for item in problems if (item.code, item.message, item.fix) not in told]
    for _, run in groupby(rest, lambda item: (item.unit, item.file, item.sheet, item.message, item.fix)):
        found = list(run)
        key = _kind(found[0])
        shown = found[: SHOWN_ALIKE - seen[key]] if seen[key] < SHOWN_ALIKE else []
        seen[key] += len(found)
        if shown:
            last = seen[key] >= min(SHOWN_ALIKE, alike[key])
            more = alike[key] - SHOWN_ALIKE if last else 0
            words = f" (và {more} chỗ khác cùng lỗi trong tệp này)" if more > 0 else ""
            row = _row(found[0], names.get(found[0].unit, ""), _place(shown))
            yield row._replace(message=row.message + words)


def _row(item: Problem, units: str, place: str) -> _Row:
    return _Row(SEVERITY_WORDS[item.severity], units, place, item.message, item.fix)


def _place(found: Sequence[Problem]) -> str:
    """File, and under it the sheet with the cells."""
    cells = ", ".join(dict.fromkeys(item.cell for item in found if item.cell))
    inside = f"{found[0].sheet} {cells}".strip()
    return found[0].file + (f"\n{inside}" if inside else "")
