"""What a form prints beside the entries, held against the criteria: a changed template is found."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping

from criteria.exact import vietnamese
from criteria.model import CriteriaSet, Criterion
from evidence.problems import At, Place, Problem, problem
from evidence.reading.reader import Entry, Table
from evidence.reading.typed import as_text, is_blank, points_of
from evidence.remembered import of_short_texts

SHOWN = 100  # characters of a title that a problem repeats


def printed_title(leaf: Criterion) -> str:
    """The title of a criterion as the form prints it: with its note on a line of its own."""
    return f"{leaf.title}\n({leaf.note})" if leaf.note else leaf.title


def label_problems(
    criteria: CriteriaSet, entries: Mapping[str, Entry], table: Table, unit: str, file: str
) -> Iterator[Problem]:
    """Titles and maxima on the sheet that are not the criteria's; what was wiped out is let pass."""
    for id_, entry in entries.items():
        leaf = criteria.by_id[id_]
        if entry.title and not _is_title(entry.title, leaf):
            place = _place(table, entry, "title", unit, file)
            owners = {alike(printed_title(leaf)): leaf.id for leaf in criteria.criteria}
            owner = owners.get(alike(entry.title))
            if owner:
                yield problem("title-of-another", place, f"{owner} ({_short(entry.title)})", id_)
            else:
                yield problem("title-changed", place, _short(entry.title), _short(leaf.title))
        if not is_blank(entry.max) and points_of(entry.max) != leaf.top:
            place = _place(table, entry, "max", unit, file)
            yield problem("max-changed", place, as_text(entry.max).replace(".", ","), vietnamese(leaf.top))


def _is_title(title: str, leaf: Criterion) -> bool:
    printed = printed_title(leaf)
    return title in (printed, leaf.title) or alike(title) in (alike(printed), alike(leaf.title))


def _place(table: Table, entry: Entry, key: str, unit: str, file: str) -> Place:
    at = At("criteria", entry.id, key)
    return Place(unit, file, table.sheet.name, table.letters(entry.row, key), at)


@of_short_texts
def alike(text: str) -> str:
    """The text without what does not tell titles apart: case, width, kinds of blanks."""
    return " ".join(unicodedata.normalize("NFKC", text).split()).casefold()


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
