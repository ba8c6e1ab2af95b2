"""The one catalogue of messages about what units and appraisers send; a file a subject."""

from __future__ import annotations

from evidence.messages import answers, files, forms, reading, tables
from evidence.messages.text import SEVERITY_WORDS, Severity, Text

__all__ = ["SEVERITY_WORDS", "TEXTS", "Severity", "Text"]

TEXTS: dict[str, Text] = {**files.TEXTS, **reading.TEXTS, **forms.TEXTS, **answers.TEXTS, **tables.TEXTS}
