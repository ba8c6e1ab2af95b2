"""The one catalogue of messages about what units and appraisers send; a file a subject."""

from __future__ import annotations

from evidence.messages import answers, files, forms, reading, tables
from evidence.messages.text import SEVERITY_WORDS, Severity, Text

__all__ = ["SEVERITY_WORDS", "SUBJECTS", "TEXTS", "Severity", "Text"]

SUBJECTS = (files, forms, answers, tables, reading)

TEXTS: dict[str, Text] = {code: text for subject in SUBJECTS for code, text in subject.TEXTS.items()}
