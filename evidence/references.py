"""References to evidence as units type them beside a criterion: `1; 3-5, 7`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

_REFERENCE = re.compile(r"(\d{1,6})(?:-(\d{1,6}))?")
MOST_CITED = 1_000  # documents that one reference may span
_SHORT = 8  # characters: so short a text means a thousand documents at the most


def references(text: str) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Each part of a reference as typed, with the document numbers that it means (none: not understood).

    `1; 3-5` gives ("1", ("1",)) and ("3-5", ("3", "4", "5")).
    """
    return _parts(text) if len(text) > _SHORT else _parts_of_short(text)


@lru_cache(maxsize=512)  # each is asked for by the checks of a form several times
def _parts_of_short(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(_parts(text))


def _parts(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for token in _tokens(text):
        match = _REFERENCE.fullmatch(token)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
        if first <= last < first + MOST_CITED:
            yield token, tuple(str(number) for number in range(first, last + 1))
        else:
            yield token, ()


def cited(text: str) -> frozenset[str]:
    """Numbers of all documents that a reference means."""
    return _cited(text) if len(text) > _SHORT else _cited_in_short(text)


def _cited(text: str) -> frozenset[str]:
    return frozenset(number for _, numbers in references(text) for number in numbers)


_cited_in_short = lru_cache(maxsize=512)(_cited)


def _tokens(reference: str) -> Iterator[str]:
    """The parts of a reference: blanks around a dash join, other blanks part."""
    joined = re.sub(r"\s*[-–]\s*", "-", reference)
    for token in re.split(r"[;,\s]+", joined):
        if token.strip("."):
            yield token.strip(".")
