"""Text in a table of separated values: shown by Excel as it is, never computed, and read back the same.

Excel computes a CSV field that begins with `=`, `+`, `-` or `@`, quoted or not. An apostrophe in front
keeps it text. A program that splits the line at other signs than ours would see a new field begin after
a comma, semicolon, tab or line end inside the text, so the same is done there.
"""

from __future__ import annotations

import re

_BEGINS = r"(?:^|(?<=[,;\t\r\n]))"
_COMPUTED = r"(?='*[^\S\t\r\n]*[=+\-@＝＋－＠])"
_BARE = re.compile(_BEGINS + _COMPUTED)
_GUARDED = re.compile(_BEGINS + "'" + _COMPUTED)


def as_csv_text(text: str) -> str:
    """The text with an apostrophe wherever a spreadsheet would begin to compute."""
    return _BARE.sub("'", text)


def from_csv_text(text: str) -> str:
    """The text that `as_csv_text` was given; other text stays as it is."""
    return _GUARDED.sub("", text) if "'" in text else text
