"""What a message of the catalogue consists of."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

Severity: TypeAlias = Literal["error", "warning", "hint"]
SEVERITY_WORDS = {"error": "Lỗi", "warning": "Cảnh báo", "hint": "Gợi ý"}


class Text(NamedTuple):
    """A message: how grave, what was found, what to do; `{found}` and `{expected}` are filled in."""

    severity: Severity
    message: str
    fix: str
