"""The one catalogue of messages about what units and offices send and record; a file a subject."""

from __future__ import annotations

from evidence.messages import (
    answers,
    appraisal,
    documents,
    dossier,
    files,
    forms,
    mergers,
    reading,
    registers,
    tables,
    templates,
)
from evidence.messages.text import SEVERITY_WORDS, Severity, Text

__all__ = ["SEVERITY_WORDS", "SUBJECTS", "TEXTS", "Severity", "Text"]

SUBJECTS = (
    files,
    reading,
    forms,
    answers,
    documents,
    dossier,
    tables,
    appraisal,
    registers,
    mergers,
    templates,
)

TEXTS: dict[str, Text] = {code: text for subject in SUBJECTS for code, text in subject.TEXTS.items()}
