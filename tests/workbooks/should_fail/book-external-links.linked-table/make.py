"""A form that looks to a table on somebody's own disk."""

from __future__ import annotations

from tests.workbooks.editing import with_parts


def make(form: bytes) -> bytes:
    return with_parts(form, xl__externalLinks__externalLink1_dot_xml=b"<externalLink/>")
