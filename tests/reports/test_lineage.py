"""Which units of an earlier roster the units of a later one were."""

from __future__ import annotations

from datetime import date

import pytest

from evidence.mergers import Merger
from reports.comparison.lineage import lineage

KINDS = {"+": "merge", "/": "split", ">": "rename"}


def mergers_of(text: str) -> list[Merger]:
    """Lines of `2025 A+AB` (merge), `2025 C/C1` (split), `2025 D>E` (rename), on 1 July of the year."""
    found = []
    for number, word in enumerate(text.split(), 1):
        year, _, line = word.partition(":")
        sign = next(sign for sign in KINDS if sign in line)
        old, _, new = line.partition(sign)
        kind: str = KINDS[sign]
        found.append(Merger(date(int(year), 7, 1), kind, old, "", new, "", f"NQ{year}", number))  # type: ignore[arg-type]
    return found


CASES = [
    # earlier roster, later roster, lines, years; each later unit's relation and predecessors; who is gone
    ("nothing happened", "A B", "A B", "", (2024, 2025), "A=same:A B=same:B", ""),
    ("a new unit, one gone", "A B", "A C", "", (2024, 2025), "A=same:A C=new:", "B"),
    ("two merge under a new code", "A B C", "AB C", "2025:A+AB 2025:B+AB", (2024, 2025), "AB=merged:A,B C=same:C", ""),
    ("two merge under the code of one", "A B", "A", "2025:A+A 2025:B+A", (2024, 2025), "A=merged:A,B", ""),
    ("one joins another, told in one line", "A B", "A", "2025:B+A", (2024, 2025), "A=merged:A,B", ""),
    ("a unit splits", "C", "C1 C2", "2025:C/C1 2025:C/C2", (2024, 2025), "C1=split:C C2=split:C", ""),
    ("a unit splits and keeps its code", "C", "C C2", "2025:C/C 2025:C/C2", (2024, 2025), "C=split:C C2=split:C", ""),
    ("renamed", "D", "E", "2025:D>E", (2024, 2025), "E=renamed:D", ""),
    ("renamed twice", "D", "F", "2024:D>E 2025:E>F", (2023, 2025), "F=renamed:D", ""),
    ("merged, then renamed", "A B", "X", "2024:A+AB 2024:B+AB 2025:AB>X", (2023, 2025), "X=merged:A,B", ""),
    ("merged, then merged again", "A B C", "Z", "2024:A+AB 2024:B+AB 2025:AB+Z 2025:C+Z", (2023, 2025), "Z=merged:A,B,C", ""),
    ("two change codes with each other", "A B", "A B", "2025:A>B 2025:B>A", (2024, 2025), "A=renamed:B B=renamed:A", ""),
    ("split in parts that join others", "A B", "X Y", "2025:A+X 2025:A+Y 2025:B+Y", (2024, 2025), "X=split:A Y=merged:A,B", ""),
    # the dates
    ("later than both rounds", "A B", "A B", "2026:A+AB 2026:B+AB", (2024, 2025), "A=same:A B=same:B", ""),
    ("before both rounds", "AB", "AB", "2020:A+AB 2020:B+AB", (2024, 2025), "AB=same:AB", ""),
    ("in the year of a roster from after it", "AB", "AB", "2025:A+AB 2025:B+AB", (2025, 2026), "AB=same:AB", ""),
    ("the same, under the code of one", "A", "A", "2025:A+A 2025:B+A", (2025, 2026), "A=same:A", ""),
    ("in the year of a roster from before it", "A B", "A B", "2025:A+AB 2025:B+AB", (2024, 2025), "A=same:A B=same:B", ""),
    ("the same, under the code of one, from before", "A B", "A B", "2025:A+A 2025:B+A", (2024, 2025), "A=same:A B=same:B", ""),
    ("of units that neither roster has", "A", "A", "2025:X+Y 2025:Z+Y", (2024, 2025), "A=same:A", ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "lines", "years", "told", "gone"),
    [case[1:] for case in CASES],
    ids=[c[0] for c in CASES],
)
def test_origins(old: str, new: str, lines: str, years: tuple[int, int], told: str, gone: str) -> None:
    found = lineage(old.split(), new.split(), mergers_of(lines), years)
    origins = {
        code: f"{origin.relation}:{','.join(origin.before)}" for code, origin in found.origins.items()
    }
    assert " ".join(f"{code}={origin}" for code, origin in origins.items()) == told
    assert " ".join(found.gone) == gone


def test_documents_on_the_way_are_kept() -> None:
    lines = mergers_of("2024:A+AB 2024:B+AB 2025:AB>X")
    found = lineage(["A", "B"], ["X"], lines, (2023, 2025))
    assert found.origins["X"].documents == ("NQ2024", "NQ2025")
    assert found.used == tuple(lines)
