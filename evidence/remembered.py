"""What was worked out of a short text, kept in this process: the same stand in all forms of a round."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

T = TypeVar("T")

_MOST, _LONGEST = 8192, 200  # texts and their characters: some megabytes for each function


def of_short_texts(function: Callable[[str], T]) -> Callable[[str], T]:
    """The function, which must be pure, with its last results for short texts remembered."""
    remembering = lru_cache(maxsize=_MOST)(function)

    @wraps(function)
    def call(text: str) -> T:
        return remembering(text) if len(text) <= _LONGEST else function(text)

    return call
